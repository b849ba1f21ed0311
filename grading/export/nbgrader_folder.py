"""A course folder of nbgrader: where its own settings put submissions and the gradebook."""

from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import SQLAlchemyError
from traitlets.config import PyFileConfigLoader

from grading.export.kinds import ExportFault
from grading.export.nbgrader_course import assignment_name, grade_id
from grading.export.nbgrader_times import CourseDirectoryOfAnyTime

CONFIG = "nbgrader_config.py"


@dataclass(frozen=True)
class CourseFolder:
    """A course folder of nbgrader as its own settings describe it.

    assignment   the name of the assignment, and of its notebook
    """

    directory: CourseDirectory
    assignment: str

    def folder(self, step, student):
        return Path(self.directory.format_path(step, student, self.assignment))

    def gradebook(self):
        return Gradebook(self.directory.db_url, self.directory.course_id)

    def holds_modules(self, room):
        """Whether the course gives out modules beside the notebook, so that they are handed in, too."""
        return any((self.folder(self.directory.source_directory, ".") / name).is_file() for name in room.modules)

    def students(self):
        """Who handed in something, sorted."""
        pattern = self.folder(self.directory.submitted_directory, "*")
        place = pattern.parts.index("*")
        parent = Path(*pattern.parts[:place])
        rest = Path(*pattern.parts[place + 1 :])
        if not parent.is_dir():
            return []
        return sorted(entry.name for entry in parent.iterdir() if (entry / rest).is_dir() and not entry.is_symlink())


def open_course(room, folder):
    """The CourseFolder at a path, with the settings of its nbgrader_config.py.  Raises ExportFault."""
    if not (folder / CONFIG).is_file():
        raise ExportFault(f"{folder} is no course folder ({CONFIG} is not there); make one with: export nbgrader.")
    try:
        config = PyFileConfigLoader(CONFIG, path=str(folder.resolve())).load_config()
    except Exception as reason:  # it is Python, and may raise anything
        raise ExportFault(f"{folder / CONFIG} can't be used ({type(reason).__name__}: {reason}); correct it.") from None
    course = CourseFolder(CourseDirectoryOfAnyTime(config=config), assignment_name(room))
    if course.directory.db_url.startswith("sqlite:///") and not Path(course.directory.db_url[10:]).is_file():
        raise ExportFault(
            f"{folder} has no gradebook; run `nbgrader generate_assignment {course.assignment}` there first."
        )
    try:
        with course.gradebook() as gradebook:
            notebook = gradebook.find_notebook(course.assignment, course.assignment)
            there = {cell.name for cell in notebook.grade_cells}
    except (MissingEntry, SQLAlchemyError) as reason:
        why = str(reason).splitlines()[0]
        raise ExportFault(f"the gradebook can't be used ({why}); run nbgrader generate_assignment there.") from None
    asked = {grade_id(item.id) for item in room.items.values() if item.points}
    if asked != there:
        differing = ", ".join(sorted(asked ^ there))
        raise ExportFault(f"the gradebook has other test cells than the rubric ({differing}); release the course anew.")
    return course
