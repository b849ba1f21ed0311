"""The rules by which a course counts what was handed in, as its course.toml has them."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from grading.courses.lateness import Lateness, LateRule, lateness

ATTEMPTS = ("newest", "newest-in-time", "best")
NO_GROUPS, GROUPS_OF_THE_DOWNLOAD = "none", "download"


@dataclass(frozen=True)
class Course:
    """A course's rules; without a file of them, all that was handed in counts as the marker has it.

    path        the course.toml, or None; files that it names lie beside it
    roster      the CSV of everybody in the course, or None
    groups      "download" (in a file the default): who the download says are a group; "none"; or the path of a CSV
                `group,student`
    attempt     which of a student's attempts counts: one of ATTEMPTS
    deadline    with its time zone, or None
    late        what a late submission loses
    extensions  student -> deadline
    contact     whom to ask, a line on every page
    points      item id -> points, where they are not the rubric's
    options     the rubric's options, where they are not the rubric's
    pseudonyms  the key file, where results are to be under pseudonyms, or None
    """

    path: Path | None = None
    roster: Path | None = None
    groups: str | Path = NO_GROUPS
    attempt: str = ATTEMPTS[0]
    deadline: datetime | None = None
    late: LateRule = field(default_factory=LateRule)
    extensions: dict = field(default_factory=dict)
    contact: str = ""
    points: dict = field(default_factory=dict)
    options: dict = field(default_factory=dict)
    pseudonyms: Path | None = None

    def lateness(self, student, attempt):
        """The Lateness of a student's Attempt, or of None."""
        deadline = self.extensions.get(student, self.deadline)
        if attempt is None:
            return Lateness(None, deadline)
        told = None if student in self.extensions else attempt.late  # the system knows nothing of our extensions
        return lateness(attempt.at, told, deadline)

    def knows_students_as(self, called):
        """The same course with each student of its extensions under the name of the results.

        called   a name of the file -> the name of the results.  Raises CourseFault.
        """
        return replace(self, extensions={called(name): when for name, when in self.extensions.items()})


class CourseFault(ValueError):
    """A file of the course is wrong: one sentence that names the file, the reason and the fix."""
