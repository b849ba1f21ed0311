"""A case: given values and layers, under the names that the equations use."""

import numpy as np


class Case:
    """Arrays for an equation to read: `c.x` is a value, `c.W_z(c.x)` a layer applied to one.

    values  name -> array; batch first: x (B, E), h (B, H), tokens (B, T), ...
    layers  name -> (weight (out, in), bias (out) or None); `gru_cell.W_z` is also known as W_z
    tensors what a student's object is given so that it has these layers: name -> array
    """

    def __init__(self, values, layers, tensors=None):
        self.values, self.layers = dict(values), dict(layers)
        self.tensors = tensors or {}
        self.full_names = {name.rpartition(".")[2]: name for name in self.layers}

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        if name in self.values:
            return self.values[name]
        if name in self.full_names:
            return lambda x: apply_layer(self.layers[self.full_names[name]], x)
        raise AttributeError(f"this case has neither a value nor a layer called {name}")

    def replace(self, **values):
        """The same case with some values changed."""
        return Case(self.values | values, self.layers, self.tensors)

    def real(self):
        """The same case without the imaginary parts of complex steps: constants, for a gradient."""
        layers = {
            name: tuple(None if part is None else np.real(part) for part in layer)
            for name, layer in self.layers.items()
        }
        return Case({name: np.real(value) for name, value in self.values.items()}, layers, self.tensors)

    def with_layers(self, layers):
        """The same values and tensors, read as other layers."""
        return Case(self.values, layers, self.tensors)

    def arrays(self):
        """Every array by name: values as they are called, weights as `W_z.weight` and `W_z.bias`."""
        weights = {f"{name}.weight": weight for name, (weight, _) in self.layers.items()}
        biases = {f"{name}.bias": bias for name, (_, bias) in self.layers.items() if bias is not None}
        return self.values | weights | biases

    def with_array(self, name, array):
        """The same case with one array of `arrays()` changed."""
        if name in self.values:
            return self.replace(**{name: array})
        layer, _, part = name.rpartition(".")
        weight, bias = self.layers[layer]
        changed = (array, bias) if part == "weight" else (weight, array)
        return Case(self.values, self.layers | {layer: changed}, self.tensors)


def apply_layer(layer, x):
    """x W^T + b, as nn.Linear has it."""
    weight, bias = layer
    return x @ weight.T if bias is None else x @ weight.T + bias


def gradients(equation, case, probe, names):
    """d sum(probe * equation(case)) / d array, for each array of `case` in `names`.

    By complex steps (Squire and Trapp 1998): exact to rounding, since nothing is subtracted. `equation` must be
    analytic, as sums, products, tanh and sigmoid are.
    """
    arrays = case.arrays()
    return {name: complex_step(equation, case, probe, name, arrays[name]) for name in names}


def complex_step(equation, case, probe, name, array):
    found = np.zeros(array.shape)
    for index in np.ndindex(array.shape):
        moved = array.astype(complex)
        moved[index] += 1e-30j
        found[index] = (probe * equation(case.with_array(name, moved))).imag.sum() / 1e-30
    return found
