"""A download of a course system is recognised: whose files are whose, which attempt counts, what was late."""

from pathlib import PurePosixPath

import pytest

from grading.downloads.attempt import without_copies
from grading.downloads.download import recognise

RNN, GRU = "RNN_skeleton.py", "GRU_skeleton.py"


def no_text(name):
    raise AssertionError(f"{name} need not be read")


def told(names, text=no_text):
    """student -> {own name: place} of a recognised download."""
    found = recognise(names, text)
    return {attempt.student: {name: str(place) for name, place in attempt.files.items()} for attempt in found.attempts}


CANVAS = [
    "doejane_1001_501_RNN_skeleton.py",
    "doejane_1001_502_GRU_skeleton.py",
    "kimmin_late_1002_510_RNN_skeleton-1.py",
    "kimmin_late_1002_511_report.pdf",
]


def test_canvas_names_the_student_by_name_and_id_and_says_who_was_late():
    found = recognise(CANVAS, no_text)
    assert found.system == "canvas"
    assert [(one.student, one.late) for one in found.attempts] == [("doejane_1001", False), ("kimmin_1002", True)]
    assert found.attempts[0].files == {RNN: PurePosixPath(CANVAS[0]), GRU: PurePosixPath(CANVAS[1])}


def test_two_students_of_one_name_stay_two_on_canvas():
    assert set(told(["kimmin_7_1_RNN_skeleton.py", "kimmin_8_2_RNN_skeleton.py"])) == {"kimmin_7", "kimmin_8"}


def test_an_anonymous_download_of_canvas_knows_students_by_their_number():
    assert set(told(["7_1_RNN_skeleton.py", "late_8_2_RNN_skeleton.py"])) == {"7", "8"}


def test_a_file_uploaded_again_on_canvas_takes_the_first_ones_place():
    again = "doe_7_9_RNN_skeleton-1.py"
    assert told(["doe_7_3_RNN_skeleton.py", again]) == {"doe_7": {RNN: again}}


def test_files_that_are_numbered_by_the_student_stay_apart():
    assert without_copies([("part-1.py", "a"), ("part-2.py", "b")]) == {"part-1.py": "a", "part-2.py": "b"}


@pytest.mark.parametrize("name", ["김민준", "O'Hara, Ann", "=cmd()", "Å. Ünal", "Participant"])
def test_moodle_names_folders_after_the_student(name):
    place = f"{name}_4711_assignsubmission_file_/sub/RNN_skeleton.py"
    expected = "4711" if name == "Participant" else f"{name}_4711"
    assert told([place]) == {expected: {"sub/RNN_skeleton.py": place}}


def test_a_flat_download_of_moodle_is_the_same():
    places = [
        "Ann Lee_1_assignsubmission_file_RNN_skeleton.py",
        "Ann Lee_1_assignsubmission_onlinetext_onlinetext.html",
    ]
    assert told(places) == {"Ann Lee_1": {RNN: places[0]}}


def test_blackboard_counts_the_newest_attempt_and_reads_who_it_was():
    early, late = "Lab 3_ann_lee_attempt_2026-11-01-10-00-00", "Lab 3_ann_lee_attempt_2026-11-02-09-00-00"
    names = [
        f"{early}_{RNN}",
        f"{early}.txt",
        f"{late}_{RNN}",
        f"{late}.txt",
        "Lab 3_bob_attempt_2026-11-01-00-00-00_x.py",
    ]
    text = "Name: Ann Lee (ann_lee)\nAssignment: Lab 3\n"
    assert told(names, lambda name: text) == {
        "Ann Lee_ann_lee": {RNN: f"{late}_{RNN}"},
        "bob": {"x.py": "Lab 3_bob_attempt_2026-11-01-00-00-00_x.py"},
    }


def test_blackboard_in_another_language_is_read_alike():
    place = f"과제_min_시도_2026-11-01-10-00-00_{RNN}"
    receipt = "과제_min_시도_2026-11-01-10-00-00.txt"
    assert told([place, receipt], lambda name: "이름: 김민 (min)\n") == {"김민_min": {RNN: place}}


MANIFEST = """\
submission_11:
  :submitters:
  - :name: Ann Lee
    :sid: '42'
    :email: ann@example.org
  - :name: Bob Oh
    :email: bob@example.org
  :created_at: 2026-11-01 10:00:00.000000000 Z
submission_12:
  :submitters: []
"""


def test_gradescope_tells_groups_and_ids_in_its_manifest():
    outer = "assignment_5_export/"
    names = [f"{outer}submission_metadata.yml", f"{outer}submission_11/{RNN}", f"{outer}submission_12/{GRU}"]
    found = recognise(names, lambda name: MANIFEST)
    assert found.system == "gradescope"
    assert [one.student for one in found.attempts] == ["Ann Lee and Bob Oh_42", "submission_12"]
    assert found.attempts[0].members == ("Ann Lee", "Bob Oh")
    assert str(found.attempts[0].files[RNN]) == f"{outer}submission_11/{RNN}"


@pytest.mark.parametrize("manifest", ["[1, 2", "just words", "!!python/object/apply:os.system ['true']", "[" * 20_000])
def test_a_broken_manifest_is_refused_in_one_sentence(manifest):
    with pytest.raises(ValueError, match=r"submission_metadata\.yml .*; download the export again"):
        recognise(["submission_metadata.yml", f"submission_1/{RNN}"], lambda name: manifest)


def test_clutter_beside_a_download_changes_nothing():
    assert told([*CANVAS, "__MACOSX/._doejane", ".DS_Store", "../7_1_x.py"]) == told(CANVAS)


MOODLE = [f"{name}_{number}_assignsubmission_file_/{RNN}" for name, number in (("Ann Lee", 71), ("Bo Kim", 72))]


@pytest.mark.parametrize("names", [CANVAS, MOODLE])
@pytest.mark.parametrize("stray", ["desktop.ini", "Thumbs.db", "notes.txt", "course.toml", "roster.csv"])
def test_what_a_teacher_or_windows_put_beside_a_download_changes_nothing(names, stray):
    assert told([stray, *names]) == told(names)


def test_a_folder_of_moodle_that_was_renamed_with_an_underscore_is_still_the_students():
    place = f"Jean_Luc_81_assignsubmission_file_/{RNN}"
    assert told([*MOODLE, place])["Jean_Luc_81"] == {RNN: place}


BLACKBOARD = [f"Lab_{user}_attempt_2026-11-01-10-00-00_{RNN}" for user in ("ann", "bob")]


@pytest.mark.parametrize("names", [CANVAS, MOODLE, BLACKBOARD], ids=["canvas", "moodle", "blackboard"])
@pytest.mark.parametrize("odd", [f"Jean Luc/{RNN}", f"Jo/Kim_81_assignsubmission_file_/{RNN}", f"ann_{RNN}"])
@pytest.mark.parametrize("outer", ["", "export/"])
def test_one_odd_name_hides_no_download_and_is_told_apart(names, odd, outer):
    found = recognise([outer + name for name in [*names, odd]], no_text)
    plain = recognise(names, no_text)
    assert (found.system, [one.student for one in found.attempts]) == (
        plain.system,
        [one.student for one in plain.attempts],
    )
    assert {str(name): str(place) for name, place in found.odd.items()} == {odd: outer + odd}
    assert not plain.odd


@pytest.mark.parametrize(
    "names",
    [
        [f"ann/{RNN}", f"bob/{RNN}"],
        [f"ann_{RNN}", f"bob_{RNN}"],
        [RNN, GRU],
        ["s0001-all-right/RNN_skeleton.py"],
        [],
        [*CANVAS[:2], "ann_RNN_skeleton.py", "bob_RNN_skeleton.py"],
        [*CANVAS[:2], "ann/RNN_skeleton.py", "notes/of_the_teacher.txt"],
        [f"/{name}" for name in CANVAS],
    ],
)
def test_what_is_no_download_is_not_taken_for_one(names):
    assert recognise(names, no_text) is None
