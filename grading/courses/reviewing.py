"""A review of a marked folder: what waits in it for a person, and where the decisions go."""

from dataclasses import dataclass
from pathlib import Path

from grading.courses.course import Course
from grading.courses.course_file import read_course
from grading.courses.marked import read_results
from grading.courses.outlines import outlines_of
from grading.courses.overrides import add_overrides, decided_in, overrides_path
from grading.courses.review import ReviewFault, decide, decision, groups_of, open_cases, shown, with_outline
from grading.courses.settlement import planned


@dataclass(frozen=True)
class Reviewing:
    """The groups of what waits for a person.

    path   of overrides.csv
    """

    room: object
    groups: tuple
    path: Path

    @classmethod
    def of(cls, room, folder, submissions=None, course_file=None):
        """The review of a marked folder; with the submissions, functions that read alike are told from others.

        Raises MarkedFault, CourseFault, NoSubmissions, ZygoteFault.
        """
        course = read_course(course_file, room) if course_file else Course()
        path = overrides_path(course, folder)
        results = read_results(folder).values()
        cases = list(open_cases(results, decided=decided_in(path)))
        if submissions is not None:
            plan = planned(room, submissions, folder, course)
            told = outlines_of(room, plan.found, cases)
            cases = [with_outline(case, told) for case in cases]
        return cls(room, tuple(groups_of(cases)), path)

    def lines(self):
        """What waits, as lines for a terminal."""
        words = self.room.words
        count = sum(len(group.cases) for group in self.groups)
        yield words.say("review", "open", cases=count, groups=len(self.groups))
        for group in self.groups:
            yield from ("", *shown(group, words))

    def decide(self, decisions, reviewer, reason):
        """Write decisions GROUP=POINTS; the sentence to tell.  Raises ReviewFault, CourseFault."""
        taken = [decision(text, self.groups) for text in decisions]
        overrides = decide(taken, reviewer, reason)
        try:
            add_overrides(self.path, overrides)
        except OSError as fault:
            raise ReviewFault(f"{self.path} can't be written ({fault.strerror}); check its permissions.") from None
        return self.room.words.say("review", "decided", count=len(overrides), file=self.path, option="--resume")
