"""GRU_skeleton.py: the cell, and the model that walks over a text with it."""

from functools import cached_property

from assignment.marking import gru_cell, gru_model
from assignment.marking.gru_cell import GruCell
from assignment.marking.gru_model import GruModel
from assignment.marking.loops import places_in
from assignment.marking.specs import GRU_CELL, GRU_MODEL
from assignment.misconceptions import CATALOGUE
from grading.mark.half import Half

CLASSES = {"GRUCell": GRU_CELL, "GRUModel": GRU_MODEL}
CHECKS = gru_cell.CHECKS | gru_model.CHECKS


class GruHalf(Half):
    """The GRU's half of the rubric."""

    places = places_in("GRUModel") | {"cell": "GRUCell.forward:<return>"}

    @cached_property
    def cell(self):
        return GruCell(self, CATALOGUE)

    @cached_property
    def model(self):
        return GruModel(self)

    def observe(self):
        return self.cell.output, self.model.own_output
