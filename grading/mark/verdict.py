"""A verdict on one rubric item, and the four lines in which a student reads it."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Verdict:
    """What one item came to.

    status   passed, failed, blank, error, not_run or needs_review
    share    of the item's points, 0 to 1 (0 while a person has to decide)
    saw, expected, cause, next   the four lines; plain text that may hold words of the student's: escape it
    """

    status: str
    share: float = 0.0
    saw: str = ""
    expected: str = ""
    cause: str = ""
    next: str = ""
    misconception: str | None = None
    line: int | None = None

    @property
    def is_right(self):
        return self.status == "passed"

    def but(self, **changes):
        return replace(self, **changes)


class Speaker:
    """Makes verdicts on one item, in the room's words."""

    def __init__(self, words, item, line=None):
        self.words, self.item, self.line = words, item, line

    def passed(self, saw="agrees", **places):
        return Verdict("passed", 1.0, self.words.say("saw", saw, **places), self.item.equation, line=self.line)

    def failed(self, saw, misconception=None, cause=None, **places):
        """`saw` is a sentence already filled in; the cause is the misconception's, or a sentence, or unknown."""
        if misconception:
            cause = self.words.say("misconceptions", misconception, **places)
        return self.verdict("failed", saw, cause or self.words.say("cause", "unknown"), misconception)

    def blank(self):
        return self.verdict("blank", self.words.say("saw", "blank"), self.words.say("cause", "blank"))

    def waiting(self):
        return self.verdict("not_run", self.words.say("saw", "blank_before"), self.words.say("cause", "not_right_yet"))

    def absent(self, saw):
        """There is nothing to look at, and that is no fault."""
        return Verdict("not_run", 0.0, self.words.say("saw", saw), self.item.equation)

    def review(self, saw, cause="unusual"):
        verdict = self.verdict("needs_review", saw, self.words.say("cause", cause))
        return verdict.but(next=self.words.say("next", "person"))

    def verdict(self, status, saw, cause, misconception=None):
        question = self.words.item(self.item.id, "question")
        place = "line" if self.line else "no_line"
        step = self.words.say("next", place, file=self.item.file, line=self.line, question=question)
        return Verdict(status, 0.0, saw, self.item.equation, cause, step, misconception, self.line)

    def fault(self, fault):
        """The verdict on a StudentFault."""
        words = self.words
        if fault.outcome == "blank":
            return self.blank()
        if fault.outcome in {"unbound", "no_statement"}:
            return self.review(words.say("saw", "unusual" if fault.outcome == "unbound" else "undecided"))
        saw = {
            "timeout": lambda: words.say("saw", "timeout", seconds=fault.message),
            "crashed": lambda: words.say("saw", "crashed"),
            "bad_answer": lambda: words.say("saw", "bad_answer"),
            "unreadable": lambda: words.say("saw", "unreadable", message=fault.message),
            "no_class": lambda: words.say("saw", "no_class", message=fault.message),
            "error": lambda: words.say("saw", "error", message=fault.message),
        }[fault.outcome]()
        cause = fault.outcome if fault.outcome in words.tables["cause"] else "error"
        speaker = Speaker(words, self.item, fault.line or self.line)
        verdict = speaker.verdict("error", saw, words.say("cause", cause))
        if fault.line:
            step = "fix_file" if fault.outcome == "unreadable" else "fix_error"
            verdict = verdict.but(next=words.say("next", step, file=self.item.file, line=fault.line))
        return verdict
