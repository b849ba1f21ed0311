"""What is trained: the recipe's two models, and what differs from them in one thing.

A variant is one line here if its parts are there: a cell of `cells`, a read-out of `read_outs`, a start.  Every wrong
formula of the catalogue is one, `gru.new_state: mix-swapped`; and every kind of `learning_models`, by autograd:
`GRU: mix swapped`.
"""

from dataclasses import dataclass
from functools import cache, partial

import torch
import torch.nn as nn

from assignment.learning_models import FILES, MODELS, source
from assignment.many_seeds.by_autograd import ByAutograd
from assignment.many_seeds.by_formula import ByFormula
from assignment.many_seeds.by_hand import HandWritten
from assignment.many_seeds.cells import GRUCell, ReLU, VanillaRNNCell
from assignment.many_seeds.excerpts import EXCERPTS, RECIPE
from assignment.many_seeds.probes import train_probed
from assignment.many_seeds.read_outs import LastState, MaximumOfStates, MeanOfStates
from assignment.many_seeds.training import initial_weights, train_seeds
from assignment.many_seeds.wrong_formulas import Formulas, named_mistakes
from assignment.recipe_inputs import EPOCHS, SIZES
from grading.sandbox.student_module import load_module

CLASS_NAMES = {"RNN": "VanillaRNN", "GRU": "GRUModel"}
KEPT_ON_THE_OBJECT = "state kept between batches"  # seeds that share a module would share the state


@dataclass(frozen=True)
class Variant:
    """A model and how it is trained.

    model      "RNN" or "GRU"
    kind       of `learning_models`: the readable class, which says how a model starts, and is trained where no cell is
    cell       one with a written backward pass; None: autograd
    read_out, head   as in `by_hand`, for a cell
    start      changes a fresh readable model in place; None: as torch starts it
    clip       the longest gradient of a seed; None: any
    excerpt    of `excerpts`: what of a document it is shown
    formulas   of `wrong_formulas`: what is computed, where no cell says it
    is_probed  whether its states are, before and after training, as `probes` has it; for a cell
    """

    model: str
    kind: str = "right"
    cell: object = None
    read_out: type = LastState
    head: object = None
    start: object = None
    clip: float | None = None
    excerpt: str = RECIPE
    formulas: Formulas | None = None
    is_probed: bool = False

    @property
    def epochs(self):
        return EPOCHS[self.model]

    def train(self, seeds, sets, epochs=None):
        """Train these seeds at once on DocumentSets, on the device where they lie: TrainedSeeds."""
        model = self.fresh(seeds, sets.train.tokens.device)
        train = train_probed if self.is_probed else train_seeds
        return train(model, seeds, sets, epochs or self.epochs, self.clip)

    def fresh(self, seeds, device="cpu"):
        """The models of these seeds before training, as `by_hand`, `by_formula` or `by_autograd` has them."""
        kind = readable_class(self.model, self.kind)  # before a seed is set: running a module may draw numbers

        def made():
            model = kind(*SIZES)
            if self.start is not None:
                self.start(model)
            return model

        weights = {name: weight.to(device) for name, weight in initial_weights(made, seeds).items()}
        if self.formulas is not None:
            return ByFormula(weights, self.formulas, seeds)
        if self.cell is None:
            return ByAutograd(weights, kind(*SIZES).to(device))
        return HandWritten(weights, self.cell, self.read_out, self.head)


@cache
def readable_class(model, kind):
    """The readable class of one kind of `learning_models`."""
    name = CLASS_NAMES[model]
    return vars(load_module(FILES[name], source(name, kind).encode(), "whole"))[name]


def orthogonal_start(model):
    """W_h keeps the length of every state."""
    nn.init.orthogonal_(model.Wh.weight)


@torch.no_grad()
def identity_start(model):
    """W_h keeps every state, and adds nothing of its own."""
    nn.init.eye_(model.Wh.weight)
    model.Wh.bias.zero_()


RNN = partial(Variant, "RNN", cell=VanillaRNNCell())
GRU = partial(Variant, "GRU", cell=GRUCell())
VARIANTS = {
    "RNN": RNN(),
    "GRU": GRU(),
    "RNN, mean of states": RNN(read_out=MeanOfStates),
    "RNN, maximum of states": RNN(read_out=MaximumOfStates),
    "GRU, mean of states": GRU(read_out=MeanOfStates),
    "GRU, maximum of states": GRU(read_out=MaximumOfStates),
    "RNN, orthogonal start": RNN(start=orthogonal_start),
    "RNN, identity start": RNN(start=identity_start),
    "RNN, gradient clipped": RNN(clip=1.0),
    "RNN, ReLU": Variant("RNN", "ReLU for tanh", cell=VanillaRNNCell(ReLU)),
    "RNN, ReLU and identity start": Variant(
        "RNN", "ReLU for tanh", cell=VanillaRNNCell(ReLU), start=identity_start, clip=1.0
    ),
}
VARIANTS |= {f"{name}, probed": one(is_probed=True) for name, one in (("RNN", RNN), ("GRU", GRU))}
VARIANTS |= {
    f"{name}, {excerpt}": one(excerpt=excerpt)
    for name, one in (("RNN", RNN), ("GRU", GRU))
    for excerpt in EXCERPTS
    if excerpt != RECIPE
}
VARIANTS |= {
    f"{model}: {kind}": Variant(model, kind)
    for model, name in CLASS_NAMES.items()
    for kind in MODELS[name]
    if kind != KEPT_ON_THE_OBJECT
}
MISTAKES = {name: Variant(formulas.model, formulas=formulas) for name, formulas in named_mistakes().items()}
VARIANTS |= MISTAKES
