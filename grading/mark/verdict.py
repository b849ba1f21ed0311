"""A verdict on one rubric item, and the four lines in which a student reads it."""

import re
from dataclasses import dataclass, replace

from grading.sandbox.outcome import Outcome

UNDECIDABLE = {Outcome.UNBOUND, Outcome.NO_STATEMENT}  # outcomes that say nothing about the student's work
ERRORS = {  # errors that have a cause and a question of their own, by what their messages begin with
    "name_unknown": re.compile(r"(?:NameError|UnboundLocalError): "),
    "gives_nothing": re.compile(r"TypeError: a tensor.* NoneType$"),
    "gives_several": re.compile(r"TypeError: a tensor.* tuple$"),
    "gives_list": re.compile(r"TypeError: a tensor.* list$"),
}
IN_FILE = {Outcome.ERROR: "fix_error", Outcome.UNREADABLE: "fix_file"}  # outcomes with a line: what to do there


@dataclass(frozen=True)
class Verdict:
    """What one item came to.

    status   passed, failed, blank, error, not_run or needs_review
    share    of the item's points, 0 to 1 (0 while a person has to decide)
    saw, expected, cause, next   the four lines; plain text that may hold words of the student's: escape it
    is_certain   whether the cause is certain; one that is only likely says so in its first word, too
    """

    status: str
    share: float = 0.0
    saw: str = ""
    expected: str = ""
    cause: str = ""
    next: str = ""
    misconception: str | None = None
    file: str = ""  # where it was seen, and of which `line` is a line; "" for the item's own
    line: int | None = None
    is_certain: bool = True

    @property
    def is_right(self):
        return self.status == "passed"

    def but(self, **changes):
        return replace(self, **changes)


class Speaker:
    """Makes verdicts on one item, in the room's words."""

    def __init__(self, words, item, line=None):
        self.words, self.item, self.line = words, item, line

    @property
    def expected(self):
        return self.words.expected(self.item)

    def passed(self, saw="agrees", **places):
        said = self.words.say("saw", saw, **places)
        return Verdict("passed", 1.0, said, self.expected, file=self.item.file, line=self.line)

    def failed(self, saw, misconception=None, cause="unknown", **places):
        """`saw` is a sentence already filled in; the cause is the misconception's, or a key of the tables of words."""
        if misconception:
            return self.named(saw, misconception, places)
        return self.because("failed", saw, cause)

    def named(self, saw, misconception, places):
        """A known mistake: its own cause, and its own question to lead on."""
        cause = self.words.misconception(misconception, "cause", **places)
        question = self.words.misconception(misconception, "question", **places)
        return self.verdict("failed", saw, cause, question).but(misconception=misconception)

    def blank(self):
        return self.verdict("blank", self.words.say("saw", "blank"), self.words.say("cause", "blank"))

    def waiting(self):
        return self.verdict("not_run", self.words.say("saw", "blank_before"), self.words.say("cause", "not_right_yet"))

    def absent(self, saw):
        """There is nothing to look at, and that is no fault."""
        return Verdict("not_run", 0.0, self.words.say("saw", saw), self.expected)

    def not_handed_in(self):
        words = self.words
        verdict = self.verdict(
            "not_run", words.say("saw", "no_file", file=self.item.file), words.say("cause", "no_file")
        )
        return verdict.but(next=words.say("next", "hand_in", file=self.item.file))

    def rejected(self):
        """Nothing of the submission could be read."""
        said = self.words.say("saw", "rejected"), self.words.say("cause", "rejected")
        verdict = self.verdict("not_run", *said)
        return verdict.but(next=self.words.say("next", "hand_in", file=self.item.file)) if self.item.file else verdict

    def our_fault(self):
        """Our own code failed: that costs nothing, and a person marks it."""
        return self.review(self.words.say("saw", "our_fault"), "our_fault")

    def review(self, saw, cause="unusual"):
        verdict = self.verdict("needs_review", saw, self.words.say("cause", cause))
        return verdict.but(next=self.words.say("next", "person"))

    def after(self, verdict, items):
        """The verdict where what is lost in other items explains it."""
        cause, question = self.words.perhaps("learns_after", items=items), self.words.question("learns_after")
        likely = self.verdict(verdict.status, verdict.saw, cause, question)
        return likely.but(line=verdict.line, is_certain=False)

    def because(self, status, saw, cause):
        """The verdict with a cause of the tables of words, certain or only likely, and with its question."""
        verdict = self.verdict(status, saw, self.words.cause(cause), self.words.question(cause))
        return verdict.but(is_certain=self.words.is_certain(cause))

    def verdict(self, status, saw, cause, question=None):
        question = question or self.words.item(self.item.id, "question")
        place = "line" if self.line else "no_line" if self.item.file else "nowhere"
        step = self.words.say("next", place, file=self.item.file, line=self.line, question=question)
        return Verdict(status, 0.0, saw, self.expected, cause, step, None, self.item.file, self.line)

    def fault(self, fault):
        """The verdict on a StudentFault."""
        words = self.words
        if fault.outcome == Outcome.BLANK:
            return self.blank()
        if fault.outcome in UNDECIDABLE:
            return self.review(words.say("saw", "unusual" if fault.outcome == Outcome.UNBOUND else "undecided"))
        saw = words.say("saw", fault.outcome, message=fault.message, seconds=fault.message)
        speaker = Speaker(words, self.item, fault.line or self.line)
        kind = next((kind for kind, start in ERRORS.items() if start.match(fault.message)), None)
        kind = kind if kind and fault.outcome == Outcome.ERROR else fault.outcome
        verdict = speaker.because("error", saw, kind)
        if fault.line and kind in IN_FILE:
            verdict = verdict.but(next=words.say("next", IN_FILE[fault.outcome], file=self.item.file, line=fault.line))
        return verdict
