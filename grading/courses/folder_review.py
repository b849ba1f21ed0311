"""A review of a marked folder: what waits in it for a person, and where the decisions go."""

from dataclasses import dataclass
from pathlib import Path

from grading.courses.course import Course
from grading.courses.course_file import read_course
from grading.courses.marked import MarkedFault, read_results
from grading.courses.marked_names import MarkedNames
from grading.courses.outlines import outlines_of
from grading.courses.overrides import add_overrides, decided_in, overrides_path
from grading.courses.review import ReviewFault, decide, decision, groups_of, open_cases, shown, with_outline
from grading.courses.settlement import planned


@dataclass(frozen=True)
class FolderReview:
    """The groups of what waits for a person.

    path    of overrides.csv
    names   whom its rows mean
    """

    room: object
    groups: tuple
    path: Path
    names: MarkedNames

    @classmethod
    def of(cls, room, folder, submissions=None, course_file=None):
        """The review of a marked folder; with the submissions, functions that read alike are told from others.

        Raises MarkedFault, CourseFault, NoSubmissions, ZygoteFault.
        """
        course = read_course(course_file, room) if course_file else Course()
        path = overrides_path(course, folder)
        results = read_results(folder)
        names = MarkedNames.of(folder, list(results), course)
        cases = list(open_cases(room, results.values(), decided=decided_in(path, names.called)))
        check_rubric(room, folder, cases)
        if submissions is not None:
            plan = planned(room, submissions, folder, course)
            marked = {student: result.grader.get("marked") for student, result in results.items()}
            told = outlines_of(room, plan.found, cases, marked)
            cases = [with_outline(case, told) for case in cases]
        return cls(room, tuple(groups_of(cases)), path, names)

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
            add_overrides(self.path, overrides, self.names.called)
        except OSError as fault:
            raise ReviewFault(f"{self.path} can't be written ({fault.strerror}); check its permissions.") from None
        return self.room.words.say("review", "decided", count=len(overrides), file=self.path, option="--resume")


def check_rubric(room, folder, cases):
    """Raises MarkedFault where a Case is of an item that the rubric does not have."""
    unknown = next((item.id for case in cases for item in case.items if item.id not in room.items), None)
    if unknown:
        raise MarkedFault(
            f"{folder} was marked by another rubric ({unknown} is not in this one); "
            "give its --assignment, or mark it again with grade."
        )
