"""The recurrent cells over a whole sequence, with the backward pass through time written out.

A cell is its layers' names and two methods:

    forward(weights, projected, buffers)
        projected: for each group of layers its words' part W x + b of every step, (T, K, B, G), which the cell may
        overwrite.  Returns a Trace.
    backward(weights, trace, arriving, buffers)
        arriving: for each step the loss's gradient at its state, (K, B, H), or None.  Returns the gradient at each
        group of `projected`.

`weights` are a group's state layers, stacked: (K, G, H).  What does not depend on the gradient is worked out for
many steps at once; a step is left with its products and a few passes over (K, B, H).
"""

from dataclasses import dataclass

import torch

STEPS_AT_ONCE = 10  # of a backward pass: few enough to stay in the cache, enough to pay for the calls


@dataclass(frozen=True)
class Trace:
    """What a forward pass leaves for the backward one.

    states     (T + 1, K, B, H), h_0 first
    inputs     for each group what its state layers were given, (T, K, B, H)
    activated  for each group what its activations gave, (T, K, B, G)
    """

    states: torch.Tensor
    inputs: tuple
    activated: tuple


def turned(weight):
    """(K, G, H) as (K, H, G), in that order in memory: products with few rows are faster so."""
    return weight.transpose(1, 2).contiguous()


def starting_states(projected, size, buffers):
    """The states' buffer (T + 1, K, B, size) with h_0 = 0, for words' parts (T, K, B, G)."""
    T, K, B, _ = projected.shape
    states = buffers.empty("states", T + 1, K, B, size)
    states[0] = 0
    return states


class Tanh:
    """tanh(a) from 2 a, as 2 sigmoid(2 a) - 1: on a CPU torch's sigmoid takes a third of its tanh's time."""

    scale = 2

    @staticmethod
    def apply(scaled, out, buffers):
        """The activation of a = `scaled` / 2 into `out`; overwrites `scaled`."""
        scaled.sigmoid_()
        torch.add(buffers.filled(-1, *scaled.shape), scaled, alpha=2, out=out)

    @staticmethod
    def slope(activated, out):
        """The derivative by a, from the activation's value: 1 - tanh^2."""
        torch.mul(activated, activated, out=out)
        torch.sub(1, out, out=out)


class ReLU:
    """max(a, 0)."""

    scale = 1

    @staticmethod
    def apply(scaled, out, buffers):
        torch.clamp(scaled, min=0, out=out)

    @staticmethod
    def slope(activated, out):
        torch.sign(activated, out=out)


class VanillaRNNCell:
    """h_t = tanh(W_x x_t + W_h h_{t-1} + b_h), or with another activation."""

    input_layers, state_layers = (("Wx",),), (("Wh",),)

    def __init__(self, activation=Tanh):
        self.activation = activation

    def __repr__(self):
        return f"VanillaRNNCell({self.activation.__name__})"

    def forward(self, weights, projected, buffers):
        (sums,), (W_h,) = projected, weights
        states = starting_states(sums, W_h.shape[2], buffers)
        to_state, scale = turned(W_h), self.activation.scale
        for a, h, h_next in zip(sums, states[:-1], states[1:], strict=True):
            a.baddbmm_(h, to_state, beta=scale, alpha=scale)
            self.activation.apply(a, h_next, buffers)
        return Trace(states, (states[:-1],), (sums,))

    def backward(self, weights, trace, arriving, buffers):
        (W_h,), (gradients,) = weights, trace.activated
        self.activation.slope(trace.states[1:], out=gradients)
        dh = torch.zeros_like(trace.states[0])
        for d, arrived in zip(gradients.unbind()[::-1], arriving[::-1], strict=True):
            if arrived is not None:
                dh.add_(arrived)
            d.mul_(dh)  # becomes dL/da
            torch.bmm(d, W_h, out=dh)
        return (gradients,)


class GRUCell:
    """The handout's gated unit: r before U_h, z on the candidate.

        z = sigmoid(W_z x + U_z h)     r = sigmoid(W_r x + U_r h)     c = tanh(W_h x + U_h (r * h))
        h' = (1 - z) * h + z * c

    z and r come out of one product over h.  With d = dL/dh' and q = U_h^T dL/da_c:

        dL/da_c = d * z (1 - c^2)      dL/da_z = d * (1 - z) z (c - h)      dL/da_r = q * r h (1 - r)
        dL/dh   = d * (1 - z) + q * r + U_z^T dL/da_z + U_r^T dL/da_r
    """

    input_layers = (("gru_cell.W_z", "gru_cell.W_r"), ("gru_cell.W_h",))
    state_layers = (("gru_cell.U_z", "gru_cell.U_r"), ("gru_cell.U_h",))

    def __repr__(self):
        return "GRUCell()"

    def forward(self, weights, projected, buffers):
        gates, candidates = projected
        U_gates, U_h = map(turned, weights)
        states = starting_states(gates, U_h.shape[2], buffers)
        reset_states = buffers.empty("reset states", *candidates.shape)
        steps = zip(gates, *gates.chunk(2, dim=-1), candidates, reset_states, states[:-1], states[1:], strict=True)
        for gate, z, r, c, reset_h, h, h_next in steps:
            gate.baddbmm_(h, U_gates).sigmoid_()
            torch.mul(r, h, out=reset_h)
            c.baddbmm_(reset_h, U_h, beta=Tanh.scale, alpha=Tanh.scale)
            Tanh.apply(c, c, buffers)
            torch.lerp(h, c, z, out=h_next)
        return Trace(states, (states[:-1], reset_states), (gates, candidates))

    def backward(self, weights, trace, arriving, buffers):
        U_gates, U_h = weights
        d_gates, d_candidates = (
            buffers.empty(name, *values.shape)
            for name, values in zip(("d gates", "d candidates"), trace.activated, strict=True)
        )
        dh = torch.zeros_like(trace.states[0])
        q = torch.empty_like(dh)
        for end in range(len(arriving), 0, -STEPS_AT_ONCE):
            block = slice(max(end - STEPS_AT_ONCE, 0), end)
            of_gates, of_c = d_gates[block], d_candidates[block]
            self.slopes(trace, block, of_gates, of_c)
            sequences = (*trace.activated[0][block].chunk(2, dim=-1), of_gates, *of_gates.chunk(2, dim=-1), of_c)
            steps = zip(*(sequence.unbind()[::-1] for sequence in sequences), arriving[block][::-1], strict=True)
            for z, r, d_gate, dz, dr, dc, arrived in steps:
                if arrived is not None:
                    dh.add_(arrived)
                dc.mul_(dh)
                torch.bmm(dc, U_h, out=q)
                dz.mul_(dh)
                dr.mul_(q)
                dh.addcmul_(dh, z, value=-1).addcmul_(q, r).baddbmm_(d_gate, U_gates)
        return d_gates, d_candidates

    @staticmethod
    def slopes(trace, block, of_gates, of_c):
        """What d and q are multiplied with in a block of steps: into (., K, B, 2 H) for z and r, (., K, B, H) for c."""
        gates, c, h, reset_h = (sequence[block] for sequence in (*trace.activated, *trace.inputs))
        (z, r), (of_z, of_r) = gates.chunk(2, dim=-1), of_gates.chunk(2, dim=-1)
        torch.sub(trace.states[1:][block], h, out=of_z)  # h' - h = z (c - h)
        of_z.addcmul_(of_z, z, value=-1)
        torch.addcmul(reset_h, reset_h, r, value=-1, out=of_r)
        torch.mul(z, c, out=of_c)
        torch.addcmul(z, of_c, c, value=-1, out=of_c)
