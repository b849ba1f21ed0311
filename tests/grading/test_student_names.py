"""Names of students: safe for files and terminals, and two students stay two."""

import unicodedata

import pytest

from grading.mark.student_names import NAME_LIMIT, listed, same_file_name, student_name

NAMES = {
    "Ann Müller": "Ann Müller",
    "王小明": "王小明",
    "O'Neil, Ann-Sophie (late)": "O'Neil, Ann-Sophie (late)",
    "a/b\\c": "a_b_c",
    "C:\\Users\\Ann": "C__Users_Ann",
    'x:*?"<>|y': "x_______y",
    "../../etc/passwd": "_.._etc_passwd",
    "..": "unnamed",
    "": "unnamed",
    " . ": "unnamed",
    "Ann. ": "Ann",
    "\x1b[2Jwiped\n": "_[2Jwiped_",
    "right\u202eleft": "right_left",
    "broken\udcff": "broken_",
    "<script>": "_script_",
}


@pytest.mark.parametrize(("name", "safe"), NAMES.items())
def test_a_students_name_is_made_safe_for_files_and_terminals(name, safe):
    assert student_name(name) == safe


@pytest.mark.parametrize("letter", ["a", "ü", "王", "\U0001f600"])
def test_a_long_name_is_cut_at_a_whole_letter(letter):
    name = student_name(letter * 400)
    assert set(name.rpartition("-")[0]) == {letter}
    assert NAME_LIMIT - 4 < len(name.encode()) <= NAME_LIMIT


@pytest.mark.parametrize("name", ["CON", "con", "Nul.alice", "COM1", "lpt9.txt"])
def test_a_device_of_windows_is_no_students_file_name(name):
    assert student_name(name) == "_" + name


@pytest.mark.parametrize("name", ["Conrad", "Nullmann", "com10", "aux_ann"])
def test_a_name_that_begins_like_a_device_is_left_alone(name):
    assert student_name(name) == name


def test_two_long_names_with_one_beginning_stay_two_students():
    first, second = (student_name("x" * 200 + end) for end in "ab")
    assert first != second
    assert len(first.encode()) <= NAME_LIMIT


def test_normal_forms_and_cases_of_one_name_are_one_file_name():
    for name in ("José Ñandú", "Ångström", "김민준", "STRASSE"):
        forms = [unicodedata.normalize(form, written) for form in ("NFC", "NFD") for written in (name, name.lower())]
        assert len(set(map(same_file_name, forms))) == 1


def test_names_in_a_message_are_quoted_and_bounded():
    assert listed(["Ann", "Lee, Bo"]) == "'Ann', 'Lee, Bo'"
    assert listed(map(str, range(12))) == "'0', '1', '2', '3', '4', '5', '6', '7', '8', '9' and 2 more"
    assert len(listed(["x" * 9000])) < 200


def test_a_name_in_a_message_can_t_steer_a_terminal():
    assert listed(["\x1b[2J", "a\nb", "\ud800"]).isprintable()
