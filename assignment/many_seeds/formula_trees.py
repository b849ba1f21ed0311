"""Formulas as trees, turned into functions of tensors.

A tree is what `grading.mark.symbols` reads off a formula of the marker: ("add", "h", "candidate").  So what is named,
what a person reads and what is trained are one thing.
"""

import operator

import torch

OPERATIONS = {
    "add": operator.add,
    "subtract": operator.sub,
    "multiply": operator.mul,
    "divide": operator.truediv,
    "negative": operator.neg,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "softmax": lambda scores: scores.softmax(dim=-1),
    "log": torch.log,
    "relu": torch.relu,
    "cut": torch.Tensor.detach,
}
WORD = "x"  # the word of a step, which only layers read


def compiled(tree):
    """A function (values, layers) of a tree.

    values  name -> tensor, the words' parts `W_z x` among them
    layers  (name, tensor) -> what the layer of this name gives
    """
    match tree:
        case "matmul", "x", layer:
            return compiled(of_word(layer))
        case str():
            return lambda values, layers: values[tree]
        case int() | float():
            return lambda values, layers: tree
        case "matmul", operand, layer:
            given = compiled(operand)
            return lambda values, layers: layers(layer, given(values, layers))
        case ("maximum", 0, operand) | ("maximum", operand, 0):
            return compiled(("relu", operand))
        case operation, *operands:
            function, parts = OPERATIONS[operation], [compiled(operand) for operand in operands]
            return lambda values, layers: function(*(part(values, layers) for part in parts))
    raise ValueError(f"{tree!r} is no formula.")


def of_word(layer):
    """The name of what a layer gives for the word of a step."""
    return f"{layer} {WORD}"


def layers_of_words(tree):
    """The names of the layers of a tree that read the word."""
    match tree:
        case "matmul", "x", layer:
            return {layer}
        case _, *operands:
            return set().union(*map(layers_of_words, operands))
    return set()


def with_cut(tree, name="h"):
    """The tree with the gradient of a value cut off wherever it is read."""
    match tree:
        case str():
            return ("cut", tree) if tree == name else tree
        case "matmul", operand, layer:
            return ("matmul", with_cut(operand, name), layer)
        case operation, *operands:
            return (operation, *(with_cut(operand, name) for operand in operands))
    return tree
