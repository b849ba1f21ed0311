"""The catalogue's wrong formulas, one model each: the recipe's with one line or one part of the loop wrong.

Beside them a gradient that is cut and a state that does not start from zero.  What does not run at the recipe's sizes
stops with an error, and needs no price; what counts as right is none of them.
"""

from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np

from assignment.equations import EQUATIONS
from assignment.formulas import LEFT_SIDES, RIGHT, STEPS, computed
from assignment.many_seeds.formula_trees import layers_of_words, with_cut
from assignment.marking.cell_values import HELD
from assignment.misconceptions import CATALOGUE
from grading.mark.case import Case
from grading.mark.catalogue import Misconception
from grading.mark.symbols import Symbol, symbolic_case

LAYERS = ("Wx", "Wh", "W_z", "U_z", "W_r", "U_r", "W_h", "U_h")
SYMBOLS = symbolic_case({name: name for name in ("x", "h", "z", "r", "candidate")}, {name: name for name in LAYERS})
LINES = {  # of a step: what each is called
    "RNN": {"rnn.hidden_update": "new_state"},
    "GRU": HELD | {"gru.new_state": "new_state"},
}
LOOP = ("steps", "carry", "read_out", "head")
PARTS = {"RNN": ("rnn.step_input", *LINES["RNN"], *LOOP), "GRU": (*LINES["GRU"], *LOOP)}
CUTS = {"RNN": (*LINES["RNN"], "read_out"), "GRU": (*LINES["GRU"], "carry", "read_out")}
CUT_IN = {"carry": "the step", "read_out": "the output layer"} | LEFT_SIDES
CUT, STARTS = "gradient-cut", {"random-initial-state": "normal", "state-kept-between-batches": "kept"}


@dataclass(frozen=True)
class Formulas:
    """What a model computes, with at most one formula that is not the right one.

    model  "RNN" or "GRU"
    entry  of the catalogue, in place of the right formula of its part; None: all are right
    cut    the part that reads the state without its gradient
    start  the state before the first word: "zero", "normal" (standard normal numbers), or "kept" from the batch before
    """

    model: str
    entry: Misconception | None = None
    cut: str = ""
    start: str = "zero"

    def formula(self, part, right):
        return self.entry.formula if self.entry and self.entry.part == part else right

    @cached_property
    def step(self):
        """(name, tree) of each line of a step, in order."""
        return [(name, self.line(part)) for part, name in LINES[self.model].items()]

    def line(self, part):
        tree = self.formula(part, EQUATIONS[part])(SYMBOLS).tree
        return with_cut(tree) if part == self.cut else tree

    @cached_property
    def word_layers(self):
        """The layers that read words, each once."""
        return sorted(set().union(*(layers_of_words(tree) for _, tree in self.step)))

    def steps(self, T):
        """Which of T words are read, in order.  Raises IndexError where a step reads none."""
        words = self.formula("steps", RIGHT["steps"])(np.arange(T)[None])[0]
        step_input = self.formula("rnn.step_input", EQUATIONS["rnn.step_input"])
        return [int(step_input(Case({"embedded": words[None], "t": t}, {}))[0]) for t in range(len(words))]

    @property
    def carry(self):
        """The tree of what a step starts from."""
        (state,) = self.formula("carry", RIGHT["carry"])(np.array([Symbol("h")], dtype=object))
        tree = getattr(state, "tree", state)
        return with_cut(tree) if self.cut == "carry" else tree

    def read_out(self, T):
        """The tree of what the output layer is given of h_1 ... h_T."""
        states = np.array([[Symbol(f"h_{t}") for t in range(1, T + 1)]], dtype=object)
        tree = self.formula("read_out", RIGHT["read_out"])(states)[0].tree
        return ("cut", tree) if self.cut == "read_out" else tree

    @property
    def head(self):
        """The tree of what is made of the scores."""
        return self.formula("head", RIGHT["head"])(Symbol("scores")).tree

    @property
    def wrong(self):
        """What is not right, for a reader."""
        if self.entry:
            return computed(self.entry)
        if self.start != "zero":
            return {"normal": "h_0 drawn at random", "kept": "h_0 = the last batch's h_T"}[self.start]
        return f"h without its gradient in {CUT_IN.get(self.cut, self.cut)}"

    def __repr__(self):
        """All that is computed, in words."""
        parts = [*self.step, ("steps", self.steps(STEPS)), ("carry", self.carry), ("read_out", self.read_out(STEPS))]
        return "; ".join(f"{name} = {tree}" for name, tree in [*parts, ("head", self.head), ("start", self.start)])


def wrong_models():
    """(item, id, Formulas) of every mistake that runs at the recipe's sizes; one id may have several."""
    for model, parts in PARTS.items():
        for part in parts:
            for entry in CATALOGUE.of(part):
                if not entry.right and runs(formulas := Formulas(model, entry)):
                    yield item_of(model, part), entry.id, formulas
        for part in CUTS[model]:
            yield item_of(model, part), CUT, Formulas(model, cut=part)
        for identifier, start in STARTS.items():
            yield item_of(model, "carry"), identifier, Formulas(model, start=start)


def item_of(model, part):
    """The model's rubric item in which a part is seen."""
    return next(item for item in CATALOGUE.seen_in(part) if item.startswith(model.lower()))


def runs(formulas):
    """Whether a mistake runs where documents, words and the embedding have different sizes."""
    try:
        formulas.steps(STEPS)
    except IndexError:
        return False
    return True


@cache
def named_mistakes():
    """name -> Formulas: `gru.candidate: reset-ignored`; a second formula of an id in an item has (2) behind it.

    What two parts of a loop come to in the same way is there once.
    """
    found, seen = {}, set()
    for item, identifier, formulas in wrong_models():
        name, number = f"{item}: {identifier}", 1
        while name in found:
            number += 1
            name = f"{item}: {identifier} ({number})"
        if (formulas.model, repr(formulas)) not in seen:
            seen.add((formulas.model, repr(formulas)))
            found[name] = formulas
    return found
