"""The made-up class: whole cases, no file twice, right and wrong ones in every short piece of it."""

import tomllib

import pytest

from benchmarks.students import CASES, MIX, MODULES, RIGHT, is_right, make_class, write_class
from grading.mark.files import find_submissions


def test_no_two_students_hand_in_the_same_file():
    files = [source for files in make_class(3 * len(MIX)).values() for source in files.values()]
    assert len(set(files)) == len(files)


def test_a_student_hands_in_the_case_that_the_name_says():
    for name, files in make_class(len(MIX)).items():
        case = CASES / name.partition("-")[2]
        assert {file: source.startswith((case / file).read_text()) for file, source in files.items()} == dict.fromkeys(
            MODULES, True
        )


@pytest.mark.parametrize("start", range(0, len(MIX), 4))
def test_every_four_students_are_right_and_wrong_ones(start):
    four = [case in RIGHT for case in MIX[start : start + 4]]
    assert 0 < sum(four) < 4


def test_right_students_are_those_with_full_marks_in_the_sample_class():
    scores = {case: tomllib.loads((CASES / case / "expected.toml").read_text())["score"] for case in {*MIX, *RIGHT}}
    assert {case for case, score in scores.items() if score == 100} == {*RIGHT}
    assert is_right("s0001-own-style")
    assert not is_right("s0001-reset-ignored")


def test_the_marker_finds_every_student_of_a_written_class(tmp_path):
    students = make_class(5)
    write_class(students, tmp_path)
    found = find_submissions(tmp_path, set(MODULES))
    assert [submission.student for submission in found] == sorted(students)
