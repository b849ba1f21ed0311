"""Under pseudonyms nothing that is kept among the results tells who a student is; the key, apart, gives names back."""

import csv
import io
import stat
from dataclasses import replace

import pytest

from grading.courses.course import Course, CourseFault
from grading.courses.course_file import read_course
from grading.courses.pseudonyms import Disguise, Identity, Keys, hiding, read_keys
from grading.courses.roster import read_roster
from grading.courses.settlement import grade_course
from grading.downloads.attempt import Attempt
from grading.export import kinds
from grading.mark import where
from grading.mark.fault import Fault
from grading.mark.result import Result
from grading.mark.submission import Row
from grading.report.tables import FORMULA_STARTS
from tests.grading.class_of_seven import NoPool
from tests.grading.results import FAILED, result_of

ANN = Identity("s-1", "doejane_1001", "1001", "Doe Jane")


@pytest.fixture
def download(tmp_path):
    """A download of Canvas, in which one student's file has her own name in its name, too."""
    folder = tmp_path / "canvas"
    folder.mkdir()
    for name in ("doejane_1001_501_doejane_RNN_skeleton.py", "kimmin_late_1002_502_RNN_skeleton.py"):
        (folder / name).write_text("doejane_1001" if "doe" in name else "kimmin_1002")
    return folder


@pytest.fixture
def mark(monkeypatch, room, tmp_path, download):
    """mark() -> the Class of the download under pseudonyms, by a stand-in that says what files it was given."""

    def mark_one(room, submission, zygote, time_limit, told):
        if submission.rejected:
            return Result(submission.student, "rejected", 0.0, float(room.max_score), result_of(room).items)
        notes = [room.words.say("notes", key, **places) for key, places in submission.notes]
        (called,) = (content.decode() for content in submission.files.values())
        notes += [f"{called}_RNN_skeleton.py was taken for RNN_skeleton.py."]
        result = Result(submission.student, "graded", 40.0, float(room.max_score), result_of(room).items, notes)
        return result.failed_on([Fault("ValueError", "", f"in /home/{called}/x.py")])

    monkeypatch.setattr(where, "mark_submission", mark_one)
    monkeypatch.setattr(where, "ZygotePool", NoPool)

    def grade(**rules):
        course = Course(pseudonyms=tmp_path / "keys.csv", **rules)
        return grade_course(room, download, tmp_path / "marked", course, jobs=1, progress=False)

    return grade


def test_no_file_among_the_results_tells_a_name(mark, tmp_path):
    mark()
    kept = [path for path in (tmp_path / "marked").rglob("*") if path.is_file()]
    assert {path.name for path in kept} >= {"grades.csv", "report.html", "students.json"}
    for path in kept:
        text = path.name + path.read_text(encoding="utf-8")
        assert [name for name in ("doejane", "kimmin", "1001", "1002") if name in text] == [], path


def test_the_key_is_apart_and_its_owner_s_alone(mark, tmp_path):
    marked = mark()
    key = tmp_path / "keys.csv"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    with key.open(newline="", encoding="utf-8") as table:
        rows = list(csv.DictReader(table))
    assert {row["student"] for row in rows} == {"doejane_1001", "kimmin_1002"}
    assert sorted(row["pseudonym"] for row in rows) == list(marked.students)


def test_a_student_keeps_the_pseudonym_in_every_marking(mark):
    assert mark().students == mark().students


def test_pseudonyms_can_t_be_computed_from_names(tmp_path):
    rows = [Row("Ann"), Row("Bob")]
    made = [Keys(tmp_path / "keys.csv").with_rows(rows) for _ in range(2)]
    assert made[0]["Ann"].pseudonym != made[1]["Ann"].pseudonym
    assert made[0]["Ann"].pseudonym != made[0]["Bob"].pseudonym


def test_grades_go_back_under_the_names_with_the_key(mark, room, tmp_path):
    mark()
    kinds.export(room, "canvas-grades", tmp_path / "out.csv", tmp_path / "marked", tmp_path / "keys.csv")
    text = (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    rows = {row["ID"]: row["Student"] for row in csv.DictReader(io.StringIO(text))}
    assert rows == {"1001": "doejane", "1002": "kimmin"}


def test_grades_under_pseudonyms_are_no_export_without_the_key(mark, room, tmp_path):
    mark()
    with pytest.raises(kinds.ExportFault, match="give their key with --keys FILE"):
        kinds.export(room, "canvas-grades", tmp_path / "out.csv", tmp_path / "marked")
    assert not (tmp_path / "out.csv").exists()


def test_a_key_that_does_not_know_a_pseudonym_is_told(mark, room, tmp_path):
    mark()
    (tmp_path / "other.csv").write_text("pseudonym,student,key,name\ns-1,Ann,1,Ann\n")
    with pytest.raises(kinds.ExportFault, match="does not know"):
        kinds.export(room, "canvas-grades", tmp_path / "out.csv", tmp_path / "marked", tmp_path / "other.csv")


def test_a_key_that_is_not_there_is_told(mark, room, tmp_path):
    mark()
    with pytest.raises(kinds.ExportFault, match=r"no_keys\.csv is not there; give the file that `pseudonyms` names"):
        kinds.export(room, "canvas-grades", tmp_path / "out.csv", tmp_path / "marked", tmp_path / "no_keys.csv")


def test_an_export_without_names_takes_no_key(room, tmp_path):
    with pytest.raises(kinds.ExportFault, match="leave out --keys"):
        kinds.export(room, "otter", tmp_path / "out", None, tmp_path / "keys.csv")


@pytest.mark.parametrize("called", ["pseudonym", "doejane_1001"])
def test_a_decision_holds_for_whoever_it_names_by_name_or_by_pseudonym(mark, tmp_path, called):
    mark()
    keys = read_keys(tmp_path / "keys.csv").by_student
    student = keys["doejane_1001"].pseudonym if called == "pseudonym" else called
    overrides = f"student,item,points,reviewer,reason\n{student},gru.candidate,1,Kim,one point\n"
    (tmp_path / "marked" / "overrides.csv").write_text(overrides)
    counted = {result.student: result for result in mark().results}
    items = {item.id: item.points for item in counted[keys["doejane_1001"].pseudonym].items}
    assert items["gru.candidate"] == 1.0
    assert "doejane" not in counted[keys["doejane_1001"].pseudonym].to_json()


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("doejane_1001 showed me", "{doe} showed me"),
        ("as for Min Kim, 1002", "as for {kim}, {kim}"),
        ("mk@example.org wrote: Min copied it", "{kim} wrote: {kim} copied it"),
        ("Jane and Min Kim's minute of Janeway", "{doe} and {kim}'s minute of Janeway"),
        ("민준이 물어보았다", "{kim}이 물어보았다"),
        ("right, in einsum", "right, in einsum"),
    ],
)
def test_the_reason_of_a_decision_names_nobody_of_the_class(mark, tmp_path, reason, told):
    (tmp_path / "roster.csv").write_text(
        "student,First Name,Last Name,Email\ndoejane_1001,Jane,Doe,\nkimmin_1002,Min,Kim,mk@example.org\n민준,,,\n"
    )
    if "민준" in reason:
        (tmp_path / "roster.csv").write_text("student,Full name\ndoejane_1001,Jane Doe\nkimmin_1002,민준\n")
    overrides = f'student,item,points,reviewer,reason\ndoejane_1001,gru.candidate,1,Choi,"{reason}"\n'
    (tmp_path / "marked").mkdir()
    (tmp_path / "marked" / "overrides.csv").write_text(overrides)
    results = mark(roster=tmp_path / "roster.csv").results
    keys = read_keys(tmp_path / "keys.csv").by_student
    doe, kim = (keys[student].pseudonym for student in ("doejane_1001", "kimmin_1002"))
    [one] = next(result for result in results if result.student == doe).grader["settled"]["overrides"]
    assert one["reason"] == told.format(doe=doe, kim=kim)


def test_a_name_that_two_students_share_is_hidden_and_points_to_neither():
    people = [Identity("s-1", "kim_1", "", "Kim Min"), Identity("s-2", "kim_2", "", "Kim Ha-eun")]
    assert hiding(people, with_words=True)("Kim asked; so did Ha-eun") == "… asked; so did s-2"


def test_an_extension_by_name_still_holds(mark, tmp_path, room, download):
    path = tmp_path / "course.toml"
    path.write_text(
        'pseudonyms = "keys.csv"\nroster = "roster.csv"\ndeadline = 2026-11-19T23:59:00+09:00\n'
        "[extensions]\nkimmin_1002 = 2026-11-20T23:59:00+09:00\n"
    )
    (tmp_path / "roster.csv").write_text("student\ndoejane_1001\nkimmin_1002\nzoe\n")
    mark()
    marked = grade_course(room, download, tmp_path / "marked", read_course(path, room), jobs=1, progress=False)
    assert len(marked.students) == 3
    assert "zoe" not in "".join(result.to_json() for result in marked.results)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("doejane_1001 handed in", "s-1 handed in"),
        ("doejane_1001_RNN_skeleton.py", "s-1_RNN_skeleton.py"),
        ("by Doe Jane (1001)", "by s-1 (s-1)"),
        ("a doe and a jane", "a doe and a jane"),
        ("line 10010 of 21001", "line 10010 of 21001"),
        ("0.1001 where 1001.5 was, or 1,001", "0.1001 where 1001.5 was, or 1,001"),
        ("undoejane_1001ed", "undoejane_1001ed"),
    ],
)
def test_a_name_is_hidden_where_it_is_one(text, said):
    assert hiding([ANN])(text) == said


def test_a_name_that_is_a_word_leaves_the_words_of_a_page_as_they_are():
    people = [Identity("s-1", "an", "7", "An"), Identity("s-2", "will_8", "8", "Will")]
    assert hiding(people)("an error will stop 7 of 8 loops") == "an error will stop 7 of 8 loops"


def test_what_was_seen_in_an_item_names_nobody_either(room):
    result = replace(result_of(room, rnn_layers=FAILED.but(saw="Doe Jane's error")), student="s-1")
    assert "Doe Jane" not in Disguise({"s-1": (ANN,)}).hide(result).to_json()


def test_a_key_has_no_place_among_the_results(tmp_path):
    with pytest.raises(CourseFault, match="keep the key"):
        read_keys(tmp_path / "marked" / "keys.csv", tmp_path / "marked")


@pytest.mark.parametrize("text", ["pseudonym,student\na,b\n", "pseudonym,student,key,name\n,Ann,,\n", "\xff"])
def test_a_broken_key_is_one_sentence(tmp_path, text):
    (tmp_path / "keys.csv").write_bytes(text.encode("latin-1"))
    with pytest.raises(CourseFault, match=r"keys\.csv"):
        read_keys(tmp_path / "keys.csv")


@pytest.mark.parametrize("name", ['=1+1, "x"', "+82 10", "@SUM(A1)", "'=1+1", "'t Hooft", "＝1"])
def test_a_name_that_looks_like_a_formula_is_none_in_the_key_and_comes_back_as_it_was(tmp_path, name):
    keys = Keys(tmp_path / "keys.csv")
    keys.with_rows([Row(name, Attempt("7", name, {}))])
    keys.write()
    with keys.path.open(newline="", encoding="utf-8") as table:
        assert not any(cell.startswith(FORMULA_STARTS) for row in csv.reader(table) for cell in row)
    assert [(one.student, one.name) for one in read_keys(keys.path).identities.values()] == [(name, name)]


def test_an_id_of_a_few_digits_is_hidden_in_names_of_files_and_is_a_number_elsewhere():
    hide = hiding([Identity("s-1", "128", "128")], with_words=True)
    assert hide("0.128 where 128 was, line 128; 128_RNN.py, RNN_128.py") == (
        "0.128 where 128 was, line 128; s-1_RNN.py, RNN_s-1.py"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ADA1815 and ada1815 and Ada1815@example.edu", "s-1 and s-1 and s-1"),
        ("ada lovelace asked, LOVELACE, ADA too", "s-1 asked, s-1 too"),
        ("Will will mark it; MAY I?", "s-2 will mark it; MAY I?"),
    ],
)
def test_what_can_be_no_word_is_hidden_in_any_case_and_a_word_only_in_its_own(text, said):
    people = [
        Identity("s-1", "ada1815", "ada1815@example.edu", "Lovelace, Ada", others=("Ada Lovelace",)),
        Identity("s-2", "wmay", "", "May, Will"),
    ]
    assert hiding(people, with_words=True)(text) == said


def test_a_syllable_is_a_word_though_it_is_a_family_name():
    person = Identity("s-1", "안하나", others=("안하나",), parts=("하나", "안"))
    hide = hiding([person], with_words=True)
    assert hide("안 되는 줄, 안하나의 코드") == "안 되는 줄, s-1의 코드"


def test_what_the_roster_calls_a_student_is_hidden_in_notes_on_files(tmp_path):
    (tmp_path / "roster.csv").write_text("student,name,First Name,Last Name\nalice,Alice Kim,Alice,Kim\n")
    (person,) = read_roster(tmp_path / "roster.csv")
    identity = Keys(tmp_path / "keys.csv").with_rows([Row("alice")], {"alice": person})["alice"]
    hide = hiding([replace(identity, pseudonym="s-1")])
    assert hide("Alice Kim GRU.py was taken; Kim, Alice; what Alice says") == (
        "s-1 GRU.py was taken; s-1; what Alice says"
    )


def test_the_key_learns_how_a_student_is_called_who_had_handed_in_nothing(tmp_path):
    keys = Keys(tmp_path / "keys.csv")
    first = keys.with_rows([Row("ann")])["ann"].pseudonym
    keys.with_rows([Row("ann", Attempt("1001", "Ann Lee", {}))])
    keys.with_rows([Row("ann")])
    assert keys.identities == {first: Identity(first, "ann", "1001", "Ann Lee")}
