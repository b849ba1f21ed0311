"""A model of K seeds whose lines are formulas, right or wrong: autograd for the formulas, our own products for layers.

Words go through the layers that read them once for all steps, and the state layers' weights get their gradients in one
product over all steps.  It takes half the time of `by_autograd`, which takes any class.
"""

from collections import defaultdict
from functools import cache

import torch
import torch.nn.functional as F

from assignment.many_seeds.buffers import Buffers
from assignment.many_seeds.cells import turned
from assignment.many_seeds.formula_trees import compiled, of_word
from assignment.many_seeds.words import DistinctWords
from assignment.preprocessing import BATCH_SIZE


class ByFormula:
    """K models with the weights `weights`: the readable class's names -> (K, ...), float32, changed by whoever trains.

    formulas   of `wrong_formulas`: what a step computes, which words are read, what is carried and read out
    seeds      (K,): those of a start that is drawn
    """

    def __init__(self, weights, formulas, seeds):
        self.weights, self.formulas = weights, formulas
        self.generators = [torch.Generator().manual_seed(seed) for seed in seeds]
        self.full_names = {name.split(".")[-2]: name.rpartition(".")[0] for name in weights}
        self.embedding = weights["embedding.weight"]
        self.buffers = Buffers(self.embedding.device)
        self.step = [(name, compiled(tree)) for name, tree in formulas.step]
        self.carry, self.head = compiled(formulas.carry), compiled(formulas.head)
        self.read_out = cache(lambda T: compiled(formulas.read_out(T)))
        self.kept = None
        for weight in weights.values():
            weight.grad = torch.zeros_like(weight)

    @torch.no_grad()
    def scores(self, tokens):
        """Scores (K, B, O) of tokens (K, B, T), in the recipe's batches: a state may be kept from one to the next."""
        batches = tokens.split(BATCH_SIZE if self.formulas.start == "kept" else tokens.shape[1], dim=1)
        words = (DistinctWords.of(batch, self.embedding.shape[1]) for batch in batches)
        return torch.cat([self.forward(*both)[0] for both in zip(batches, words, strict=True)], dim=1)

    @torch.no_grad()
    def learn(self, tokens, labels):
        """Put the gradients of the batch's mean cross entropy into every weight's `grad`; the scores (K, B, O)."""
        words = DistinctWords.of(tokens, self.embedding.shape[1])
        with torch.enable_grad():
            scores, layers = self.forward(tokens, words)
            loss = F.cross_entropy(scores.flatten(0, 1), labels.flatten(), reduction="sum") / labels.shape[1]
            gradients = layers.gradients(loss)
        for weight in self.weights.values():
            weight.grad.zero_()
        at_words = torch.zeros_like(layers.embedded)
        for name in self.formulas.word_layers:
            at_words += self.learn_words(name, words, gradients[of_word(name)], layers.embedded)
        for name, given in layers.given.items():
            self.learn_layer(name, gradients[name], given)
        of_embedding = self.embedding.grad.flatten(0, 1)
        of_embedding[words.rows[words.known]] = at_words.flatten(0, 1)[words.known]
        return scores.detach()

    def learn_words(self, name, words, gradients, embedded):
        """A word layer's gradients from those at what it gave at each step (K, B, G); those at the words (K, U, E)."""
        weight, bias = self.layer(name)
        at_table = words.of_words(self.stacked("gradients", gradients)).view(*embedded.shape[:2], -1)
        weight.grad += at_table.transpose(1, 2) @ embedded
        bias.grad += at_table.sum(dim=1)
        return at_table @ weight

    def learn_layer(self, name, gradients, given):
        """A layer's gradients from those at what it gave at each step (K, B, G) and what it was given (K, B, H)."""
        weight, bias = self.layer(name)
        left = self.stacked("gradients by seed", gradients, dim=1).flatten(1, 2)
        right = self.stacked("given by seed", given, dim=1).flatten(1, 2)
        weight.grad += left.transpose(1, 2) @ right
        bias.grad += left.sum(dim=1)

    def stacked(self, name, steps, dim=0):
        """The tensors (K, B, G) of T steps in one: (T, K, B, G), or with the seeds first."""
        K, B, G = steps[0].shape
        T = len(steps)
        return torch.stack(steps, dim=dim, out=self.buffers.empty(name, *((K, T) if dim else (T, K)), B, G))

    def forward(self, tokens, words):
        """(scores, the Applied layers) of tokens (K, B, T)."""
        K, B, T = tokens.shape
        layers = Applied(self.layer, words.embedded(self.embedding))
        projected = {
            of_word(name): self.words_part(name, words, layers, (T, K, B)) for name in self.formulas.word_layers
        }
        h, states = self.start(K, B), []
        for t in self.formulas.steps(T):
            values = {name: parts[t] for name, parts in projected.items()}
            values["h"] = as_state(self.carry({"h": h}, layers), h)
            for name, formula in self.step:
                values[name] = formula(values, layers)
            h = values["new_state"]
            states.append(h)
        self.kept = h.detach()
        named = {f"h_{number}": state for number, state in enumerate(states, 1)}
        summary = self.read_out(len(states))(named, layers)
        return self.head({"scores": layers("fc", summary)}, layers), layers

    def words_part(self, name, words, layers, shape):
        """What a word layer gives at each step: T tensors (K, B, G)."""
        weight, bias = self.layer(name)
        with torch.no_grad():
            table = torch.baddbmm(bias[:, None], layers.embedded, weight.transpose(1, 2)).flatten(0, 1)
            sequence = self.buffers.empty(name, *shape, table.shape[1])
            words.of_tokens(table, out=sequence)
        return layers.noted(of_word(name), sequence.detach().unbind())

    def start(self, K, B):
        """The state before the first word."""
        shape = (K, B, self.layer("fc")[0].shape[2])
        if self.formulas.start == "kept" and self.kept is not None and self.kept.shape == shape:
            return self.kept
        if self.formulas.start == "normal":
            drawn = [torch.randn(shape[1:], generator=generator) for generator in self.generators]
            return torch.stack(drawn).to(self.embedding.device)
        return torch.zeros(shape, device=self.embedding.device)

    def layer(self, name):
        """(weight (K, G, inputs), bias (K, G)) of the layer of this name."""
        full = self.full_names[name]
        return self.weights[f"{full}.weight"], self.weights[f"{full}.bias"]


class Applied:
    """Layers as they are applied, with what each was given and gave: for their gradients, which autograd leaves out.

    embedded   the words' embeddings (K, U, E)
    """

    def __init__(self, layer, embedded):
        self.layer, self.embedded = layer, embedded
        self.given, self.gave, self.weights = defaultdict(list), defaultdict(list), {}

    def __call__(self, name, given):
        if name not in self.weights:
            weight, bias = (part.detach() for part in self.layer(name))
            self.weights[name] = bias[:, None], weight, turned(weight)
        self.given[name].append(given.detach())
        return self.noted(name, [Product.apply(given, *self.weights[name])])[0]

    def gradients(self, loss):
        """name -> the gradients of the loss at what the layer gave, one for each time that it was applied."""
        outputs = [output for each in self.gave.values() for output in each]
        found = iter(torch.autograd.grad(loss, outputs, allow_unused=True, materialize_grads=True))
        return {name: [next(found) for _ in outputs] for name, outputs in self.gave.items()}

    def noted(self, name, outputs):
        """The outputs, noted for their gradients."""
        if torch.is_grad_enabled():
            outputs = [output if output.requires_grad else output.requires_grad_() for output in outputs]
            self.gave[name] += outputs
        return outputs


class Product(torch.autograd.Function):
    """A layer of K seeds, given (K, B, H): either way with the weight in the order in memory that is faster."""

    @staticmethod
    def forward(context, given, bias, weight, to_output):
        context.weight = weight
        return torch.baddbmm(bias, given, to_output)

    @staticmethod
    def backward(context, gradient):
        return torch.bmm(gradient, context.weight), None, None, None


def as_state(value, h):
    """What a step starts from as a tensor like h, where a formula made a number of it."""
    return value if isinstance(value, torch.Tensor) else torch.full_like(h, value)
