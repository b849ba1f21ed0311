"""A network as a whole: it reads reviews with a cell that is right by definition, and the state that it reads out."""

from functools import cached_property

import numpy as np

from grading.mark.agreement import agrees, compare
from grading.mark.binding import find_bindings, named_binding
from grading.mark.gradient import cut_verdict, cut_weight_gradient
from grading.mark.half import Whole, blank_verdict
from grading.mark.module import named_gradients
from grading.sandbox.worker import StudentFault
from labs.gating.equations import last_state, network
from labs.gating.marking.specs import INPUTS, LENGTHS, B, E, H, O, T, last_state_blank
from labs.gating.misconceptions import CATALOGUE


class Network(Whole):
    """A student's network with the sandbox's cell in the place of the student's own.

    spec   the ClassSpec of the network with that cell in it
    own    the ClassSpec with the student's
    part   the item of the state that is read out
    """

    def __init__(self, half, spec, own, part, place, cell_name):
        super().__init__(half, CATALOGUE)
        self.spec, self.own, self.parts = spec, own, (part,)
        self.stand_in = {"class": cell_name, "name": place, "sizes": [E, H]}

    @cached_property
    def cases(self):
        """The padding holds numbers like any other: what is read of it shows.

        The states that the line alone is given go on for a step after the longest review: one that reads the position
        after the last word gives numbers there, and no IndexError.
        """
        values = {"words": self.drawn("words", B, T, E), "states": self.drawn("states", B, T + 1, H)}
        values |= {"lengths": np.array(LENGTHS), "hidden_size": H}
        binding = named_binding(self.spec, {})
        return [(binding, self.module.case_of_layers(self.spec, binding, **values))]

    def drawn(self, name, *shape):
        return self.module.values(f"{self.spec.name}.{name}", *shape)

    @cached_property
    def probe(self):
        return self.drawn("probe", B, O)

    @cached_property
    def output(self):
        """What the network gives, with gradients, or the StudentFault that it was."""
        case = self.bound_case
        arrays = {"x": case.words, "lengths": case.lengths, "probe": self.probe}
        try:
            return self.module.ask("forward", self.spec, case, arrays, inputs=list(INPUTS), stand_in=self.stand_in)
        except StudentFault as fault:
            return fault

    @property
    def bound_case(self):
        return self.cases[0][1]

    @cached_property
    def numbers(self):
        return None if isinstance(self.output, StudentFault) else self.output["output"]

    def compute(self, case, explanation):
        entry = explanation.get(self.parts[0])
        return network(case, entry.formula if entry else last_state)

    @cached_property
    def has_right_numbers(self):
        if self.numbers is None:
            return False
        right = network(self.bound_case)
        return all(agrees(self.output[call], right) for call in ("output", "again"))

    @cached_property
    def wrong_gradient(self):
        """(name, Agreement) of the first gradient of a weight that is not a right network's, or None."""
        binding, case = self.cases[0]
        return cut_weight_gradient(network, case, binding, self.probe, named_gradients(self.output))

    @cached_property
    def is_right(self):
        return not self.half.is_blank(self.parts[0]) and self.has_right_numbers and not self.wrong_gradient

    def blank(self, item, case):
        return last_state_blank(item, case)

    def undecided(self, speak):
        """A person decides on what stopped, too: it may have asked the stand-in for what only the own cell has."""
        if isinstance(self.output, StudentFault):
            return speak.review(speak.fault(self.output).saw, "undecided")
        return super().undecided(speak)

    def difference(self):
        return self.words.difference(compare(self.numbers, network(self.bound_case)))


def last_state_verdict(half, item_id):
    """The state that is read out; where that line is right and the network is not, given lines are changed."""
    net, speak = half.network, half.speaker(item_id)
    verdict = blank_verdict(net, item_id)
    if not verdict.is_right:
        return verdict
    own = half.module.described[net.own.name]
    if half.module.arranges_all(half.cell.spec):  # else it is the cell's doing
        if isinstance(own, StudentFault):
            return speak.fault(own)
        if not has_its_layers(net.own, own):  # they were given; a wrong one was replaced by a right one
            return speak.review(half.words.say("saw", "unusual"))
    if net.is_right:
        return verdict
    if isinstance(net.output, StudentFault):
        return speak.fault(net.output)
    if net.has_right_numbers:
        return cut_verdict(speak, net.wrong_gradient)
    return speak.failed(net.difference(), None, "given_lines")


def has_its_layers(spec, described):
    """Whether the student's tensors can be the network's layers; the projection that nothing reads is no head."""
    read = {name: shape for name, shape in described.tensors.items() if not name.startswith("project.")}
    return bool(find_bindings(spec, read, set(described.linear)))
