"""The vanilla RNN as a whole: its numbers and gradients, what explains them, and its loop over given inputs."""

from functools import cached_property

import numpy as np

from assignment import equations
from assignment.equations import classify, embed, hidden_update, vanilla_rnn
from assignment.marking.blanks import hidden_update_blank, step_input_blank
from assignment.marking.cuts import LOOP_CUTS, UPDATE_CUTS, classify_constant_words
from assignment.marking.loops import (
    HEADS,
    LOOP,
    RIGHT_HEADS,
    WRONG_AXES,
    explain_loop,
    loop_mistake,
    random_starts,
    same,
    settled,
    walk,
)
from assignment.marking.specs import VANILLA_RNN, B, E, H, O, T, V, vanilla_rnn_spec
from grading.mark.agreement import agrees, compare
from grading.mark.gradient import cut_weight_gradient, has_weight_gradients
from grading.mark.half import Whole
from grading.mark.module import named_gradients
from grading.sandbox.worker import StudentFault

UPDATE, INPUT, MODEL = "rnn.hidden_update", "rnn.step_input", "rnn.model"
LONGER, LONGER_STEP = 8, 2  # documents of so many words, and the step at which a slice is tried alone


def same_word(case, words):
    return words


def projected_word(case, words):
    return case.Wx(words)


def projected_without_bias(case, words):
    return words @ case.layers["Wx"][0].T


PROJECTIONS = (same_word, projected_word, projected_without_bias)


class VanillaRnn(Whole):
    """The model as a whole, and the states of the student's own update."""

    parts = (INPUT, UPDATE, *LOOP)
    spec = VANILLA_RNN

    @cached_property
    def cases(self):
        values = self.module.values
        tokens = self.module.tokens("rnn.tokens", V, B, T)
        given = {"x": values("rnn.x", B, E), "h": values("rnn.h", B, H), "tokens": tokens, "hidden_size": H, "t": 1}
        given["start"] = None
        cases = [(b, self.module.case(VANILLA_RNN, b, **given)) for b in self.module.bindings(VANILLA_RNN)]
        return [(binding, case.replace(embedded=embed(case))) for binding, case in cases]

    @cached_property
    def probe(self):
        return self.module.values("rnn.probe", B, O)

    @cached_property
    def output(self):
        """{"output", "again", "alone", "gradient:..."} of the student's model, or the StudentFault that it was."""
        case = self.cases[0][1]
        try:
            return self.module.ask("forward", VANILLA_RNN, case, {"x": case.tokens, "probe": self.probe})
        except StudentFault as fault:
            return fault

    @cached_property
    def numbers(self):
        return None if isinstance(self.output, StudentFault) else self.output["output"]

    @property
    def has_no_numbers(self):
        """Whether the whole can't be run, or gives what is no number."""
        return self.numbers is None or not np.isfinite(self.numbers).all()

    @cached_property
    def agreeing(self):
        """(Binding, Case, head) with which the whole agrees in values; None where it does not."""
        if self.half.has_blanks() or self.numbers is None:
            return None
        rows = ((binding, case, head) for binding, case in self.cases for head in RIGHT_HEADS)
        return next((row for row in rows if agrees(self.numbers, HEADS[row[2]](vanilla_rnn(row[1])))), None)

    @cached_property
    def wrong_gradient(self):
        """(name, Agreement) where the whole is right in values, but a gradient is not; else None."""
        binding, case, head = self.agreeing
        slopes = named_gradients(self.output)
        return cut_weight_gradient(lambda c: HEADS[head](vanilla_rnn(c)), case, binding, self.probe, slopes)

    @cached_property
    def cut_by(self):
        """Which of the update, the step's input and the loop may have cut the gradient: a set of item ids."""
        tried = self.alone(UPDATE)
        if tried and not tried.is_right:
            return {UPDATE}
        if self.has_gradients(classify_constant_words, hidden_update):
            return {INPUT}
        if tried:
            return {MODEL}
        by_update = any(self.has_gradients(classify, update) for update in UPDATE_CUTS)
        by_loop = any(self.has_gradients(model, hidden_update) for model in LOOP_CUTS)
        return {item for item, found in {UPDATE: by_update, MODEL: by_loop}.items() if found} or {UPDATE, MODEL}

    def has_gradients(self, model, update):
        """Whether the student's gradients are those of `model(case, update)`."""
        binding, case, head = self.agreeing
        slopes = named_gradients(self.output)
        return has_weight_gradients(lambda c: HEADS[head](model(c, update)), case, binding, self.probe, slopes)

    @cached_property
    def is_settled(self):
        return settled(self.output)

    @cached_property
    def is_right(self):
        return self.agreeing is not None and self.wrong_gradient is None and self.is_settled

    def plausible_cases(self, mistakes):
        """Where two calls give two answers, the first may have begun with random numbers."""
        rows = super().plausible_cases(mistakes)
        starts = [None] if self.is_settled else [None, *random_starts(self.output)]
        return [(binding, case.replace(start=start)) for start in starts for binding, case in rows]

    def output_from(self, start):
        """What the model gives from a start (B, H), zero for None, with the mistakes that are known of it."""
        _, case, explanation = self.explained_cases[0] if self.explained_cases else (*self.cases[0], {})
        return self.compute(case.replace(start=start), explanation)

    @cached_property
    def wrong_axis(self):
        """The id of a mistake in the words' axes that can only run where two sizes are equal, or None."""
        if self.numbers is None and self.output.outcome == "error":
            return next((name for name in WRONG_AXES if self.reads_along(*WRONG_AXES[name])), None)
        return None

    def reads_along(self, documents, steps, inner, read):
        """Whether the model, at sizes where it can run, is a right one over other words than the handout's."""
        spec = vanilla_rnn_spec(V, inner, H, O)
        tokens = self.module.tokens("rnn.equal_sizes", V, documents, steps)
        binding = self.bound[0]
        if inner != E and not binding.is_named:  # where the blocks of other arrangements lie, depends on the sizes
            return False
        make_case = self.module.case if inner == E else self.module.case_of_layers
        case = make_case(spec, binding, tokens=tokens, hidden_size=H)
        try:
            output = self.module.ask("forward", spec, case, {"x": tokens}, once=True)["output"]
        except StudentFault:
            return False
        scores = case.fc(equations.states(case, hidden_update, read(embed(case)))[:, -1])
        return any(agrees(output, HEADS[head](scores)) for head in RIGHT_HEADS)

    def compute(self, case, explanation):
        """The model's output with wrong formulas in the place of its parts."""
        update = explanation[UPDATE].formula if UPDATE in explanation else hidden_update

        def states_of(steps, carry):
            return equations.states(case, update, steps(case.embedded), carry, case.start)

        if INPUT in explanation:  # as a whole, a wrong slice is one of the loop's ways to read
            raise ValueError(explanation[INPUT].id)
        return walk(explanation, case.embedded, states_of, case.fc)

    def blank(self, item, case):
        return step_input_blank(case) if item.id == INPUT else hidden_update_blank(case, case.word)

    def case_for(self, item_id, case):
        """The slice of a step is tried on longer texts, at a step where no two slices that students take are alike."""
        if item_id == UPDATE:
            return case.replace(word=self.projected(case, case.x))
        longer = case.replace(tokens=self.module.tokens("rnn.more_tokens", V, B, LONGER), t=LONGER_STEP)
        return longer.replace(embedded=embed(longer))

    def catalogue_name(self, item, got, case):
        """As everywhere; the slice of a step may be that of words which were projected before the loop."""
        if item.id != INPUT:
            return super().catalogue_name(item, got, case)
        names = (self.slice_name(item, got, case, projected) for projected in PROJECTIONS)
        return next((name for name in names if name is not None), None)

    def slice_name(self, item, got, case, projected):
        return super().catalogue_name(item, got, case.replace(embedded=projected(case, case.embedded)))

    @cached_property
    def projected(self):
        """What a step reads of a word: the word itself, or what W_x makes of it before the loop."""
        item, case = self.half.items[INPUT], self.case_for(INPUT, self.bound[1])
        try:
            got, _, _ = self.module.statement(item, case, self.blank(item, case))
        except StudentFault:
            return same_word
        fitting = (way for way in PROJECTIONS if self.slice_name(item, got, case, way) is not None)
        return next(fitting, same_word)

    def difference(self):
        if self.numbers is None:
            return self.half.speaker(MODEL).fault(self.output).saw
        return self.words.difference(compare(self.numbers, vanilla_rnn(self.bound[1])))

    @cached_property
    def makes_no_state(self):
        """Whether the scores are those of a state that stays zero, and no line of the loop sets it."""
        line, loop = (self.module.line(target) for target in (self.half.items[UPDATE].target, self.half.places["loop"]))
        if self.numbers is None or self.is_right or not line or not loop or line > loop:
            return False
        untouched = ((case.fc(np.zeros((B, H))), head) for _, case in self.cases for head in RIGHT_HEADS)
        return any(agrees(self.numbers, HEADS[head](scores)) for scores, head in untouched)

    def explained(self, part):
        """As everywhere; which words the loop reads is what the slice of a step comes to."""
        if self.wrong_axis:
            return self.wrong_axis if part == INPUT else ""
        return loop_mistake(self.readings, ("steps",)) if part == INPUT else super().explained(part)

    @cached_property
    def loop(self):
        """The Explanations of the output by a loop over the student's own update.  Raises StudentFault."""
        if isinstance(self.output, StudentFault):
            raise self.output
        _, case = self.bound
        return explain_loop(self.numbers, case, self.own_states, self.projected(case, case.embedded))

    @cached_property
    def fed_loop(self):
        """The same with known inputs of each step in the place of the student's own slice.  Raises StudentFault."""
        _, case = self.bound
        steps = self.projected(case, self.module.values("rnn.steps", B, T, E))
        arrays = {"x": case.tokens, "steps": steps}
        name = self.half.items[INPUT].local_name
        found = self.module.ask("forward", VANILLA_RNN, case, arrays, fed=name)
        return explain_loop(found["output"], case, self.own_states, steps)

    @cached_property
    def fed_states(self):
        """The same with known states in the place of the student's own update.  Raises StudentFault."""
        _, case = self.bound
        states = self.module.values("rnn.states", B, T, H)
        name = self.half.items[UPDATE].local_name
        found = self.module.ask("forward", VANILLA_RNN, case, {"x": case.tokens, "steps": states}, fed=name)
        return explain_loop(found["output"], case, lambda given, carry: given, states)

    def own_states(self, embedded, carry):
        """The states that the student's own update makes of given step inputs.  Raises StudentFault."""
        items = self.half.items
        request = {"target": items[UPDATE].target, "input_name": items[INPUT].local_name}
        request["carry"] = carry is same
        return self.module.ask("states", VANILLA_RNN, self.bound[1], {"xs": embedded}, **request)["states"]
