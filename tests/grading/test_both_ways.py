"""The sample class by the test cells and by the marker: the same points, or a difference that has its reason.

The cells are run in this process, on the classes as they stand in the files: make test-courses.
"""

import tomllib

import pytest

from grading.room import REPOSITORY

pytestmark = pytest.mark.course_systems

CASES = REPOSITORY / "assignment" / "cases"
REFUSED = "Python refuses the file, so the cell defines nothing; the marker reads what can be read"
BY_NAME = "the cells try a line alone under the handout's names only; the marker finds out what stands where"
DIFFERENT = {  # case -> (points by the cells, why they are not the marker's)
    "batch-of-one-squeezed": (100, "the cells never try a document alone"),
    "state-kept-between-batches": (95, "the cells never call a model twice"),
    "convention-with-a-cut": (94, "the cells credit another published form by its numbers, and not by its gradients"),
    "first-word-skipped": (85, "a word that is skipped costs the loop here, and the input of a step with the marker"),
    "library-gru": (90, "nn.GRU has right numbers; the marker leaves that half to a person"),
    "one-layer-over-both": (57, BY_NAME),
    "own-names-and-a-mistake": (58, BY_NAME),
    "wrong-return-and-a-gate": (90, "what is returned costs nothing here where another line is wrong, too"),
    "merge-conflict": (37, REFUSED),
    "old-editor": (37, REFUSED),
    "one-class-unreadable": (37, REFUSED),
    "tabs-and-blanks": (37, REFUSED),
}
NOT_HERE = {  # only a kernel can tell, or there are no such files in a notebook
    "colab-commands": "has lines that only IPython reads",
    "downloaded-twice": "is about the names of files",
    "forward-never-ends": "needs nbgrader's time limit",
    "never-ends-at-import": "needs nbgrader's time limit",
    "notebook-alone": "is a notebook",
    "nothing-to-mark": "has no code",
    "training-left-in": "trains when it is imported",
}
EXPECTED = {
    path.parent.name: tomllib.loads(path.read_text())["score"] for path in sorted(CASES.glob("*/expected.toml"))
}


@pytest.mark.parametrize("case", sorted(set(EXPECTED) - set(NOT_HERE)))
def test_a_case_earns_the_markers_points_or_the_difference_has_its_reason(room, graded_checks, unseen, hand_in, case):
    for file in ("RNN_skeleton.py", "GRU_skeleton.py"):
        try:
            hand_in(case, file)
        except (SyntaxError, FileNotFoundError, ValueError):
            continue
    earned = 0.0
    for item in room.items.values():
        if item.points:
            points = graded_checks.earned(item.class_name, item.id)
            again = item.id in unseen
            earned += graded_checks.earned_unseen(points, item.class_name, unseen[item.id]) if again else points
    assert earned == DIFFERENT.get(case, (EXPECTED[case], ""))[0]


def test_every_difference_and_every_case_that_is_not_tried_is_one_of_the_class():
    assert set(DIFFERENT) | set(NOT_HERE) <= set(EXPECTED)
    assert all(points != EXPECTED[case] for case, (points, _) in DIFFERENT.items())
