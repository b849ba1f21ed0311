"""The notebooks of autograded/ without a run: what formgrader and generate_feedback show beside the marker's scores.

    python -m grading.export.nbgrader_notebooks COURSE ASSIGNMENT

nbgrader's own conversion with all that puts a submission right, and nothing that runs it or changes a score.  It reads
what students wrote, so it has a process of its own, which holds no expected value.
"""

import logging
import sys
from contextlib import suppress
from pathlib import Path

from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import AssignLatePenalties, CheckCellMetadata
from traitlets.config import PyFileConfigLoader

from grading.export.nbgrader_times import CourseDirectoryOfAnyTime


def write_notebooks(folder, assignment):
    """Write the notebooks of everyone who handed in one; one that can't be read is left out."""
    config = PyFileConfigLoader("nbgrader_config.py", path=str(folder)).load_config()
    config.CourseDirectory.assignment_id = assignment
    config.Autograde.autograde_preprocessors = [AssignLatePenalties, CheckCellMetadata]
    logging.getLogger("traitlets").setLevel(logging.CRITICAL)
    converter = Autograde(coursedir=CourseDirectoryOfAnyTime(config=config), config=config)
    converter.force = True
    with suppress(NbGraderException):  # of some that can't be read; the others are written
        converter.start()


if __name__ == "__main__":
    write_notebooks(Path(sys.argv[1]), sys.argv[2])
