"""A model of K seeds whose backward pass is written out: embedding, a cell, a read-out and the output layer."""

import torch
import torch.nn.functional as F

from assignment.many_seeds.buffers import Buffers
from assignment.many_seeds.read_outs import LastState
from assignment.many_seeds.words import DistinctWords


class HandWritten:
    """K models with the weights `weights`: the readable class's names -> (K, ...), float32, changed by whoever trains.

    cell       of `cells`;  its layers' names are among the weights'
    read_out   of `read_outs`
    head       what is done to the output layer's scores (K, B, O) before the loss and as the answer, by autograd
    """

    def __init__(self, weights, cell, read_out=LastState, head=None):
        self.weights, self.cell, self.read_out, self.head = weights, cell, read_out, head
        self.vocabulary = weights["embedding.weight"].shape[1]
        self.buffers = Buffers(weights["embedding.weight"].device)
        for weight in weights.values():
            weight.grad = torch.zeros_like(weight)

    @torch.no_grad()
    def scores(self, tokens):
        """Scores (K, B, O) of tokens (K, B, T)."""
        words = DistinctWords.of(tokens, self.vocabulary)
        trace = self.forward(tokens.shape, words)[0]
        return self.answer(self.read_out.summary(trace.states[1:]), self.part("fc", "weight"), self.part("fc", "bias"))

    @torch.no_grad()
    def learn(self, tokens, labels):
        """Put the gradients of the batch's mean cross entropy into every weight's `grad`; the scores (K, B, O).

        tokens: (K, B, T), labels: (K, B), each seed's own documents.
        """
        words = DistinctWords.of(tokens, self.vocabulary)
        trace, embedded = self.forward(tokens.shape, words)
        scores, gradients = self.backward(trace, labels)
        self.learn_state_layers(gradients, trace)
        self.learn_words(gradients, words, embedded)
        return scores

    @torch.no_grad()
    def gradient_reach(self, tokens, labels):
        """How much each seed's loss depends on the word k steps before the end, relative to the last word: (K, T).

        The same number as the notebook's `gradient_reach`, of tokens (K, B, T) and labels (K, B).  Changes `grad`.
        """
        trace, _ = self.forward(tokens.shape, DistinctWords.of(tokens, self.vocabulary))
        gradients = self.backward(trace, labels)[1]
        at_words = sum(
            torch.matmul(gradient, layers)
            for gradient, layers in zip(gradients, self.stacked("input_layers"), strict=True)
        )  # (T, K, B, E)
        norms = at_words.norm(dim=3).mean(dim=2).flip(0).double()
        return (norms / norms[0].clamp(min=torch.finfo(torch.float64).tiny)).T

    def backward(self, trace, labels):
        """(scores (K, B, O), for each group of layers the gradient at what they gave, (T, K, B, G))."""
        states = trace.states[1:]
        scores, arriving = self.learn_head(self.read_out.summary(states), labels)
        arrived = self.read_out.arriving(states, arriving)
        return scores, self.cell.backward(self.stacked("state_layers"), trace, arrived, self.buffers)

    def forward(self, shape, words):
        """(Trace, the words' embeddings (K, U, E)) of tokens (K, B, T)."""
        K, B, T = shape
        embedded = words.embedded(self.weights["embedding.weight"])
        projected = []
        layers = zip(self.cell.input_layers, self.stacked("input_layers"), self.biases(), strict=True)
        for names, weight, bias in layers:
            table = torch.baddbmm(bias, embedded, weight.transpose(1, 2)).flatten(0, 1)
            projected.append(self.buffers.empty(names, T, K, B, table.shape[1]))
            words.of_tokens(table, out=projected[-1])
        return self.cell.forward(self.stacked("state_layers"), projected, self.buffers), embedded

    def answer(self, summary, weight, bias):
        scores = torch.baddbmm(bias[:, None], summary, weight.transpose(1, 2))
        return self.head(scores) if self.head else scores

    def learn_head(self, summary, labels):
        """(scores, gradient at the summary); the output layer's gradients go where they belong."""
        layer = [self.part("fc", "weight"), self.part("fc", "bias")]
        with torch.enable_grad():
            leaves = [tensor.detach().requires_grad_() for tensor in (summary, *layer)]
            scores = self.answer(*leaves)
            # The mean over a seed's documents, and the sum over seeds, none of which sees another's weights.
            loss = F.cross_entropy(scores.flatten(0, 1), labels.flatten(), reduction="sum") / labels.shape[1]
        arriving, *of_layer = torch.autograd.grad(loss, leaves)
        for weight, gradient in zip(layer, of_layer, strict=True):
            weight.grad.copy_(gradient)
        return scores.detach(), arriving

    def learn_state_layers(self, gradients, trace):
        """The state layers' weights: one product over all steps for each group."""
        for names, gradient, given in zip(self.cell.state_layers, gradients, trace.inputs, strict=True):
            left, right = self.by_seed("gradients", gradient), self.by_seed("given", given)
            self.keep(names, "weight", torch.bmm(left.transpose(1, 2), right))

    def by_seed(self, name, sequence):
        """A sequence (T, K, B, G) as (K, T B, G); a copy where there is more than one seed."""
        T, K, B, G = sequence.shape
        if K == 1:
            return sequence.view(1, T * B, G)
        copied = self.buffers.empty(name, K, T, B, G)
        copied.copy_(sequence.transpose(0, 1))
        return copied.view(K, T * B, G)

    def learn_words(self, gradients, words, embedded):
        """The input layers, all biases and the embedding, whose rows get gradients where their words were."""
        at_words = torch.zeros_like(embedded)
        both = zip(self.cell.input_layers, self.cell.state_layers, strict=True)
        for gradient, layers, (names, partners) in zip(gradients, self.stacked("input_layers"), both, strict=True):
            at_table = words.of_words(gradient).view(*embedded.shape[:2], -1)
            self.keep(names, "weight", torch.bmm(at_table.transpose(1, 2), embedded))
            for layer in (names, partners):
                self.keep(layer, "bias", at_table.sum(dim=1))
            at_words.baddbmm_(at_table, layers)
        of_embedding = self.weights["embedding.weight"].grad.zero_().flatten(0, 1)
        of_embedding[words.rows[words.known]] = at_words.flatten(0, 1)[words.known]

    def part(self, layer, part):
        return self.weights[f"{layer}.{part}"]

    def stacked(self, kind):
        """The weights of each group of layers, one below the other: (K, G, inputs)."""
        groups = getattr(self.cell, kind)
        return [torch.cat([self.part(name, "weight") for name in names], dim=1) for names in groups]

    def biases(self):
        """For each group the sum of both its layers' biases, (K, 1, G): they are added to the same thing."""
        for names, partners in zip(self.cell.input_layers, self.cell.state_layers, strict=True):
            pairs = zip(names, partners, strict=True)
            sums = [self.part(name, "bias") + self.part(partner, "bias") for name, partner in pairs]
            yield torch.cat(sums, dim=1)[:, None]

    def keep(self, names, part, gradient):
        """Share a group's gradient (K, G, ...) out among its layers."""
        for name, own in zip(names, gradient.chunk(len(names), dim=1), strict=True):
            self.part(name, part).grad.copy_(own)
