"""Both modules of a submission, and the check of each of their items."""

from functools import cached_property, partial

from grading.mark.checks import Checks
from grading.mark.half import Half
from labs.gating.equations import GRU_LINES, MGU_LINES
from labs.gating.marking.cell import Cell, line_verdict
from labs.gating.marking.network import Network, last_state_verdict
from labs.gating.marking.specs import GRU_CELL, GRU_NET, MINIMAL_CELL, MINIMAL_NET, stand_in_spec

CHECKS = Checks()
GRU_CLASSES = {spec.name: spec for spec in (GRU_CELL, GRU_NET)}
MINIMAL_CLASSES = {spec.name: spec for spec in (MINIMAL_CELL, MINIMAL_NET)}


class GruHalf(Half):
    """GRUNet_skeleton.py."""

    @cached_property
    def cell(self):
        return Cell(self, GRU_CELL, GRU_LINES, stacked=("W", "U"))

    @cached_property
    def network(self):
        spec = stand_in_spec("GRUNet", "cells.0")
        return Network(self, spec, GRU_NET, "gru.last_state", "cells.0", "GRUCell")

    def observe(self):
        return self.cell.output, self.network.output


class MinimalHalf(Half):
    """pmGRU_skeleton.py."""

    @cached_property
    def cell(self):
        return Cell(self, MINIMAL_CELL, MGU_LINES, joined=("W_f", "W_h"))

    @cached_property
    def network(self):
        spec = stand_in_spec("pmGRU", "cell")
        return Network(self, spec, MINIMAL_NET, "mgu.last_state", "cell", "MinimalGatedCell")

    def observe(self):
        return self.cell.output, self.network.output


for line in (*GRU_LINES, *MGU_LINES):
    CHECKS.item(line)(partial(line_verdict, item_id=line))
for item in ("gru.last_state", "mgu.last_state"):
    CHECKS.item(item)(partial(last_state_verdict, item_id=item))
