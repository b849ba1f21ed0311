"""What every half of a rubric shares: one module of a submission, and how a blank of it is judged."""

from dataclasses import dataclass, field
from functools import cached_property, partial

from grading.mark.agreement import agrees, compare
from grading.mark.explanation import AT_MOST, UNNAMED, explanations_with, reading_of
from grading.mark.gradient import cut_gradient, cut_verdict
from grading.mark.verdict import Speaker
from grading.sandbox.worker import StudentFault

EXPLAINED_LIMIT = 100  # arrangements of nameless layers that are explained; more are a person's


class Half:
    """One module of a submission with everything that its items ask of it, each thing asked once.

    A subclass is the room's: it knows the equations, the catalogue of misconceptions and the whole.
    `option(name, allowed)` is an option that the rubric sets.
    """

    def __init__(self, module, items, words, option):
        self.module, self.items, self.words, self.option = module, items, words, option

    def speaker(self, item_id):
        item = self.items[item_id]
        return Speaker(self.words, item, self.module.line(item.target))

    def is_blank(self, item_id):
        return self.module.is_blank(self.items[item_id].target)

    def has_blanks(self):
        """Whether any blank of this half is still there."""
        return any(self.is_blank(item.id) for item in self.items.values() if item.blank)

    def observe(self):
        """Run everything once, so that what is seen on the way, such as a ready-made layer, has been seen."""


@dataclass(frozen=True)
class Blank:
    """How one blank is tried alone.

    equation     what it should compute, from a Case
    given        the skeleton's name -> value, for all that the blank may read
    names        the equation's name -> the skeleton's, for the given arrays
    reads        the skeleton's names that the right answer reads
    parameters   the handout's names of the method's parameters
    arguments    what the method is called with: name -> value
    may_be_returned   whether the method may return this value without giving it its name
    """

    equation: object
    given: dict
    names: dict
    reads: tuple
    parameters: tuple = ()
    arguments: dict = field(default_factory=dict)
    may_be_returned: bool = False

    def request(self):
        return {
            "reads": list(self.reads),
            "parameters": list(self.parameters),
            "may_be_returned": self.may_be_returned,
        }


class Whole:
    """A student's class as a whole, tried with random weights, and what explains its numbers.

    A subclass gives
        cases       [(Binding, Case)]: each way in which the student's tensors may be the equations' layers
        numbers     what the whole gave, or None where it can't be run
        parts       the parts of the whole, as the catalogue knows them
        is_right    whether it agrees with the equations in values and gradients: then all of its blanks are right
        compute(case, explanation), blank(item, case), difference()
    """

    def __init__(self, half, catalogue):
        self.half, self.catalogue = half, catalogue
        self.module, self.words = half.module, half.words
        self.tried, self.ran = {}, {}

    @cached_property
    def explained_cases(self):
        """[(Binding, Case, Explanation)]: those of the possible ones against whose arrangement nothing speaks.

        Where something speaks against each, none counts: an odd arrangement can clear a whole, and accuse no part.
        """
        return self.likeliest(self.possible_cases)

    @cached_property
    def possible_cases(self):
        """[(Binding, Case, Explanation)]: with the fewest mistakes, at most two, that give the numbers of the whole and
        what its lines gave alone."""
        if self.numbers is None:
            return []
        for mistakes in range(AT_MOST + 1):
            found = [
                (binding, case, explanation)
                for binding, case in self.plausible_cases(mistakes)
                for explanation in explanations_with(
                    mistakes, self.numbers, partial(self.compute, case), self.catalogue, self.parts
                )
                if self.lines_agree(case, explanation)
            ]
            if found:
                return found
        return []

    def lines_agree(self, case, explanation):
        """Whether no line that was tried alone speaks against an explanation that gives the numbers of the whole."""
        return True

    def likeliest(self, rows):
        """Those of the possible cases in whose arrangement a reader would believe."""
        return rows

    def plausible_cases(self, mistakes):
        """Those of the cases under which so many mistakes are looked for."""
        return self.cases[:EXPLAINED_LIMIT]

    @property
    def bound(self):
        """(Binding, Case): the student's layers as far as they are known."""
        return self.bound_cases[0]

    @cached_property
    def bound_cases(self):
        """[(Binding, Case)]: those that explain the whole, or, where nothing does, all; a blank is tried with each."""
        explained = {id(case): (binding, case) for binding, case, _ in self.explained_cases}
        return list(explained.values()) or self.cases[:EXPLAINED_LIMIT]

    @cached_property
    def likely_cases(self):
        """[(Binding, Case, Explanation)]: those that also fit what each blank gave alone, and what `narrowed` knows."""
        fitting = [row for row in self.explained_cases if all(self.fits(item_id, row[2]) for item_id in self.parts)]
        return self.narrowed(fitting)

    @property
    def readings(self):
        """The Explanations of the likely cases."""
        return [explanation for _, _, explanation in self.likely_cases]

    def fits(self, part, explanation):
        """Whether an explanation agrees with what a blank gave alone."""
        verdict = self.alone(part) if part in self.half.items and not self.half.is_blank(part) else None
        if verdict is None or verdict.status == "error":
            return True
        reading = explanation.mistakes().get(part, "")
        return reading == "" if verdict.is_right else verdict.misconception in {reading, None, "gradient-cut"}

    def narrowed(self, rows):
        """Those of the explained cases that fit best what else is known of the student's run."""
        return rows

    def explained(self, part):
        """What the numbers of the whole say of a part: a misconception's id, "" where it is right, None if unknown."""
        return reading_of(part, self.readings)

    def alone(self, item_id):
        """The Verdict on a blank tried alone with given values; None where that can't tell."""
        if item_id not in self.tried:
            self.tried[item_id] = self.try_alone(item_id)
        return self.tried[item_id]

    def try_alone(self, item_id):
        """The Verdict on what was written for a blank, run once and compared under each binding."""
        half, item, speak = self.half, self.half.items[item_id], self.half.speaker(item_id)
        case = self.case_for(item_id, self.bound[1])
        blank = self.blank(item, case)
        try:
            got, sure = self.given_alone(item_id, case)
            name, known, fitting = self.name_alone(item, got)
            if name != "" and not (sure and known):
                return None
            if name == "":
                cut = self.cut_alone(item, fitting, blank, blank.equation, got.shape)
                return cut_verdict(speak, cut) if cut else speak.passed()
            if self.catalogue.is_convention(item_id, name):  # another's form earns points, if its gradients are its own
                formula = next(entry.formula for entry in self.catalogue.of(item_id) if entry.id == name)
                cut = self.cut_alone(item, fitting, blank, formula, got.shape)
                if cut:
                    return cut_verdict(speak, cut)
            return speak.failed(half.words.difference(compare(got, blank.equation(case))), name)
        except StudentFault as fault:
            is_our_slice = fault.outcome in {"unbound", "no_statement"} or (
                fault.outcome == "error" and self.numbers is not None
            )
            return None if is_our_slice else speak.fault(fault)

    def given_alone(self, item_id, case):
        """(numbers, whether sure) of what was written for a blank, run once alone: no binding changes what is given.

        Raises StudentFault.
        """
        if item_id not in self.ran:
            self.ran[item_id] = self.run_alone(item_id, case)
        if isinstance(self.ran[item_id], StudentFault):
            raise self.ran[item_id]
        return self.ran[item_id]

    def run_alone(self, item_id, case):
        """(numbers, whether sure) of a blank tried alone, or the StudentFault that it was."""
        item = self.half.items[item_id]
        try:
            got, _, sure = self.module.statement(item, case, self.blank(item, case))
            return got, sure
        except StudentFault as fault:
            return fault

    def cut_alone(self, item, case, blank, formula, shape):
        """(name, Agreement) of the first gradient of a blank tried alone that is not the formula's, or None."""
        probe = self.module.values(f"{item.id}.probe", *shape)
        _, found, _ = self.module.statement(item, case, blank, probe)
        slopes = {name: found[local] for name, local in blank.names.items() if local in found}
        names = [name for name, local in blank.names.items() if local in blank.given]
        return cut_gradient(formula, case, probe, slopes, names)

    def name_alone(self, item, got):
        """What the numbers of a blank tried alone are, whether that is known for the student's own layers, and a Case
        under which they are that.

        "" for right, a misconception's id, or None.  Numbers agree by no accident: where some bindings say what they
        are, and the others nothing, it is that.
        """
        cases = [self.case_for(item.id, case) for _, case in self.bound_cases]
        names = [self.catalogue_name(item, got, case) for case in cases]
        found = set(names) - {None}
        if len(found) == 1:
            (name,) = found
            return name, True, cases[names.index(name)]
        return None, not found and self.layers_are_known(self.module.classes[item.class_name]), cases[0]

    def catalogue_name(self, item, got, case):
        if agrees(got, self.blank(item, case).equation(case)):
            return ""
        return self.catalogue.name_of(item.id, got, case)

    def layers_are_known(self, spec):
        """Whether the layers that the equations need are among the student's, or at least no others are there."""
        bound = {block.tensor for block in self.bound[0].blocks}
        return self.module.arranges_all(spec) or set(self.module.shapes(spec)) <= bound

    def case_for(self, item_id, case):
        """The Case with the given values with which a blank is tried alone, where the whole's own do not serve."""
        return case


def blank_verdict(whole, item_id):
    """One blank: right where the whole is; else tried alone; else what explains the whole; else a person decides."""
    half, speak = whole.half, whole.half.speaker(item_id)
    if half.is_blank(item_id):
        return speak.blank()
    if whole.is_right:
        return speak.passed()
    if half.module.fault:
        return speak.fault(half.module.fault)
    verdict = whole.alone(item_id)
    if verdict:
        return verdict
    reading = whole.explained(item_id)
    if reading is None:
        return speak.review(half.words.say("saw", "undecided"), "undecided")
    if reading == "":
        return speak.passed()
    return speak.failed(whole.difference(), None if reading == UNNAMED else reading)
