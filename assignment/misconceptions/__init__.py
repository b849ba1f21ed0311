"""What students compute instead: the catalogue of this assignment, one small function for each wrong formula.

For instructors only.  A name is given when the student's numbers agree with a formula here and with no other, on
the student's own weights.  A new entry is a function in one of these modules and its words in ../words/*.toml;
the tests hold every entry to that.
"""

from assignment.equations import EQUATIONS
from assignment.misconceptions import candidate, gates, hidden_update, loop, new_state, step_input
from grading.mark.catalogue import Catalogue

MODELS = ("rnn.model", "gru.unroll")
LAYERS = ("rnn.layers", "gru.layers")
ITEMS_OF_PARTS = {"steps": ("rnn.step_input", "gru.unroll"), "carry": MODELS, "read_out": MODELS, "head": MODELS}
WITHOUT_FORMULA = {  # what is seen in another way than by a wrong formula
    "layer-sizes-swapped": LAYERS,
    "layer-size-wrong": LAYERS,
    "layer-missing": LAYERS,
    "layer-shared": LAYERS,
    "arguments-swapped": ("gru.unroll",),
    "random-initial-state": MODELS,
    "state-kept-between-batches": MODELS,
    "gradient-cut": (*EQUATIONS, *MODELS),
}
PARTS = (step_input, hidden_update, gates, candidate, new_state, loop)

CATALOGUE = Catalogue(
    *(part.CATALOGUE for part in PARTS), items_of_parts=ITEMS_OF_PARTS, without_formula=WITHOUT_FORMULA
)
