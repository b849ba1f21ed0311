"""Everybody of the roster gets a row, each member of a group as well, and whom a file calls by any name is found."""

import pytest

from grading.courses.course import NO_GROUPS, Course, CourseFault
from grading.courses.enrolment import enrol
from grading.courses.roster import left_out
from grading.downloads.attempt import Attempt
from grading.mark.submission import Found

ANN = Found("doeann_7", "class.zip", attempt=Attempt("7", "doeann", {}, system="canvas"))
MIN = Found("kimmin_8", "class.zip", attempt=Attempt("8", "kimmin", {}, system="canvas"))
CANVAS = 'Student,ID,SIS User ID,SIS Login ID,Section,RNN\n    Points Possible,,,,,100\n"Doe, Ann",7,s7,ann,A,\n'


@pytest.fixture
def enrolled(room, tmp_path):
    """enrolled(found, roster=text, groups=text or a word) -> the Enrolment."""

    def enrolled(found, roster=None, groups=None):
        paths = {"groups": "download"}
        for name, text in {"roster": roster, "groups": groups}.items():
            if text is not None and text != NO_GROUPS:
                paths[name] = tmp_path / f"{name}.csv"
                paths[name].write_text(text, encoding="utf-8")
        if groups == NO_GROUPS:
            paths["groups"] = NO_GROUPS
        return enrol(found, Course(path=tmp_path / "course.toml", **paths), room.words)

    return enrolled


def students(enrolment):
    return [row.student for row in enrolment.rows]


def test_who_handed_in_nothing_gets_a_row_in_the_order_of_the_names(enrolled):
    enrolment = enrolled([Found("Bob", "Bob")], "student\nCyd\nBob\nAnn\n")
    assert [(one.student, one.path) for one in enrolment.found] == [("Ann", None), ("Bob", "Bob"), ("Cyd", None)]
    assert not enrolment.strangers


def test_who_is_not_in_the_roster_is_marked_and_told_of_to_the_teacher_alone(enrolled):
    enrolment = enrolled([Found("Bob", "Bob"), Found("Max", "Max")], "student\nBob\n")
    assert (students(enrolment), enrolment.strangers) == (["Bob", "Max"], ("Max",))
    assert not enrolment.remarks


def test_a_gradebook_of_canvas_is_a_roster_and_finds_students_by_id(enrolled):
    enrolment = enrolled([ANN], CANVAS + '"Kim, Min",8,s8,min,A,\n')
    assert students(enrolment) == ["Kim, Min", "doeann_7"]
    absent = enrolment.found[0].attempt
    assert (absent.system, absent.key, absent.name) == ("canvas", "8", "Kim, Min")


def test_a_worksheet_of_moodle_is_a_roster_and_finds_students_by_identifier(enrolled):
    found = Found("Ann Doe_12", "m.zip", attempt=Attempt("12", "Ann Doe", {}, system="moodle"))
    roster = "Identifier,Full name,Email address\nParticipant 12,Ann Doe,a@x\nParticipant 13,Ann Doe,b@x\n"
    enrolment = enrolled([found], roster.replace("13,Ann", "13,Kim"))
    assert students(enrolment) == ["Ann Doe_12", "Kim Doe"]
    assert enrolment.found[1].attempt.key == "13"


def test_a_roster_by_user_names_finds_students_of_blackboard(enrolled):
    found = Found("Ann Lee_ann_lee", "b.zip", attempt=Attempt("ann_lee", "Ann Lee", {}, system="blackboard"))
    roster = "Last Name,First Name,Username,Student ID\nLee,Ann,ann_lee,1\nOh,Bob,bob_oh,2\n"
    assert students(enrolled([found], roster)) == ["Ann Lee_ann_lee", "bob_oh"]


def test_two_of_one_name_are_told_apart_by_their_ids_and_never_mixed_up(enrolled):
    roster = "student,name,id\nmin-1,Kim Min,8\nmin-2,Kim Min,9\n"
    one = Found("Kim Min_9", "x", attempt=Attempt("9", "Kim Min", {}, system="canvas"))
    assert students(enrolled([one], roster)) == ["Kim Min_9", "min-1"]


@pytest.mark.parametrize(
    ("system", "roster"),
    [
        ("canvas", 'Student,ID,SIS User ID,Section\n"Kim, Min",8,s8,A\n"Kim, Min",9,s9,A\n'),
        ("moodle", "Identifier,Full name,Email address\nParticipant 8,Kim Min,a@x\nParticipant 9,Kim Min,b@x\n"),
    ],
)
def test_two_of_one_name_in_a_systems_export_are_told_apart_by_its_key(enrolled, system, roster):
    found = Found("kimmin_9", "x", attempt=Attempt("9", "kimmin", {}, system=system))
    here, absent = enrolled([found], roster), enrolled([], roster)
    name = absent.rows[0].student.removesuffix("_8")
    assert students(absent) == [f"{name}_8", f"{name}_9"]
    assert sorted(students(here)) == sorted([f"{name}_8", "kimmin_9"])
    assert not here.strangers
    assert here.called("8", "x") == f"{name}_8"
    with pytest.raises(CourseFault, match="which several students are called"):
        absent.called(name, "x")


def test_one_of_two_of_one_name_who_has_no_key_is_an_error_with_both_lines(enrolled):
    with pytest.raises(CourseFault, match=r"roster\.csv has 'Kim, Min' in lines 2 and 3"):
        enrolled([], 'Student,ID\n"Kim, Min",8\n"Kim, Min",\n')


def test_the_student_with_whom_canvas_tests_a_course_is_nobody(enrolled, tmp_path):
    assert students(enrolled([], CANVAS + '"Student, Test",99,,5f2c,A,\n')) == ["Doe, Ann"]
    (said,) = left_out(tmp_path / "roster.csv")
    assert "line 4" in said
    assert "'Student, Test'" in said


def test_somebody_called_so_in_a_roster_of_ones_own_is_somebody(enrolled, tmp_path):
    assert students(enrolled([], 'student\n"Student, Test"\n')) == ["Student, Test"]
    assert list(left_out(tmp_path / "roster.csv")) == []


@pytest.mark.parametrize("name", ['Kim, "Min"', "=cmd()", "O'Hara", "김민준", "../x", "a" * 300])
def test_any_name_in_a_roster_is_a_safe_name_of_a_result(enrolled, name):
    quoted = '"' + name.replace('"', '""') + '"'
    (student,) = students(enrolled([], f"student\n{quoted}\n"))
    assert len(student.encode()) <= 150
    assert not set(student) & set('/\\"')


def test_case_and_normal_form_make_no_other_student(enrolled):
    assert students(enrolled([Found("José", "x")], "student\nJOSE\u0301\n")) == ["José"]


def test_one_student_twice_in_the_roster_is_an_error_with_both_lines(enrolled):
    with pytest.raises(CourseFault, match=r"roster\.csv has 'ann' in lines 2 and 4"):
        enrolled([], "student\nAnn\nBob\nann\n")


def test_a_roster_without_names_says_which_column_it_needs(enrolled):
    with pytest.raises(CourseFault, match="has no column that names a student; call one of them `student`"):
        enrolled([], "nr,mark\n1,2\n")


# Groups


GROUP = Attempt(
    "42", "Ann Lee and Bob Oh", {}, at="2026-11-01 10:00:00 Z", members=("Ann Lee", "Bob Oh"), system="gradescope",
    member_keys=("42", "bob@x"),
)  # fmt: skip


def test_each_member_of_a_downloads_group_gets_a_row_with_a_key_of_their_own(enrolled, room):
    enrolment = enrolled([Found("Ann Lee and Bob Oh_42", "g.zip", attempt=GROUP)])
    assert [(row.student, row.attempt.key) for row in enrolment.rows] == [("Ann Lee", "42"), ("Bob Oh", "bob@x")]
    assert enrolment.found[0].student == "Ann Lee and Bob Oh_42"
    said = room.words.say("settled", "group", group="Ann Lee and Bob Oh_42", members="Ann Lee, Bob Oh")
    assert enrolment.remarks == {"Ann Lee": [said], "Bob Oh": [said]}


def test_the_roster_knows_a_groups_members_by_their_keys(enrolled):
    roster = "student,sid,email\na1,42,ann@x\nb1,43,bob@x\nc1,44,c@x\n"
    enrolment = enrolled([Found("Ann Lee and Bob Oh_42", "g.zip", attempt=GROUP)], roster)
    assert students(enrolment) == ["a1", "b1", "c1"]
    assert not enrolment.strangers


def test_without_groups_a_downloads_group_is_one_row(enrolled):
    one = Found("Ann Lee and Bob Oh_42", "g.zip", attempt=GROUP)
    assert students(enrolled([one], groups=NO_GROUPS)) == ["Ann Lee and Bob Oh_42"]


def test_a_table_of_groups_shares_folders_among_their_members(enrolled):
    groups = 'group,student\nteam 1,Ann\nTEAM 1,"Kim, Min"\nteam 2,Bob\n'
    enrolment = enrolled([Found("team 1", "x"), Found("Zoe", "x")], groups=groups)
    assert sorted(students(enrolment)) == ["Ann", "Kim, Min", "Zoe"]


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ("group,student\na,Ann\nb,ann\n", "has 'ann' in lines 2 and 3; leave one of them"),
        ("group,student\na,\n", "line 2, has no student; fill it in"),
        ("team,student\na,Ann\n", "has no column 'group'"),
        ("group,student\nteam,Zoe\n", "'Zoe' would have two results"),
    ],
)
def test_what_is_wrong_in_a_table_of_groups_is_one_sentence(enrolled, groups, said):
    with pytest.raises(CourseFault, match=said):
        enrolled([Found("team", "x"), Found("Zoe", "x")], groups=groups)


def test_a_group_under_whose_name_nothing_is_handed_in_is_told(enrolled):
    enrolment = enrolled([Found("team 1", "x")], groups="group,student\nteam 1,Ann\nteam 2,Bob\n")
    assert enrolment.unfound == ("team 2",)


def test_two_submissions_of_one_person_are_one_sentence_though_the_names_differ(enrolled):
    with pytest.raises(CourseFault, match="'alice' and 'Alice Kim' are one person of the roster and would have two"):
        enrolled([Found("alice", "x"), Found("Alice Kim", "y")], "student,name\nalice,Alice Kim\n")


def test_a_groups_member_who_hands_in_alone_is_one_person_under_whatever_name(enrolled):
    groups = "group,student\nteam,Alice Kim\nteam,Bob\n"
    with pytest.raises(CourseFault, match="are one person of the roster"):
        enrolled([Found("team", "x"), Found("akim", "y")], "student,name,username\nalice,Alice Kim,akim\n", groups)


def test_a_stranger_of_a_rostered_students_name_is_no_second_result_of_theirs(enrolled):
    other = Found("doeann_9", "x", attempt=Attempt("9", "Doe, Ann", {}, system="canvas"))
    enrolment = enrolled([ANN, other], CANVAS)
    assert (students(enrolment), enrolment.strangers) == (["doeann_7", "doeann_9"], ("doeann_9",))


def test_a_roster_that_has_other_ids_than_the_download_still_finds_students_by_name(enrolled):
    one = Found("Ann Lee_42", "x", attempt=Attempt("42", "Ann Lee", {}, system="gradescope"))
    enrolment = enrolled([one], "name,email\nAnn Lee,ann@x\n")
    assert (students(enrolment), enrolment.strangers) == (["Ann Lee_42"], ())


# Whom a file names


@pytest.mark.parametrize("name", ["doeann_7", "DOEANN_7", "7", "Doe, Ann", "s7", "ann", "doeann"])
def test_a_student_is_found_by_all_that_is_known_of_them(enrolled, name):
    assert enrolled([ANN, MIN], CANVAS).called(name, "x") == "doeann_7"


def test_a_name_as_grades_csv_writes_it_is_the_students(enrolled):
    assert enrolled([Found("=cmd()", "x")]).called("'=cmd()", "x") == "=cmd()"


def test_the_name_of_a_result_wins_over_anothers_other_name(enrolled):
    other = Found("max_9", "x", attempt=Attempt("9", "Ann", {}, system="canvas"))
    assert enrolled([Found("Ann", "x"), other]).called("Ann", "x") == "Ann"


def test_nobodys_name_and_several_students_name_are_one_sentence(enrolled):
    twins = [Found(f"min_{key}", "x", attempt=Attempt(key, "min", {}, system="canvas")) for key in "89"]
    with pytest.raises(CourseFault, match=r"^x names 'min', which several students are called; write"):
        enrolled(twins).called("min", "x")
    with pytest.raises(CourseFault, match=r"^x names 'Zoe', who handed in nothing and is in no roster; write"):
        enrolled(twins).called("Zoe", "x")


def test_a_roster_in_which_two_have_one_id_is_refused_with_both_lines(enrolled):
    with pytest.raises(CourseFault, match=r"roster\.csv has the id '7' in lines 2 and 4; leave one of them\."):
        enrolled([], "Student,ID\nAnn,7\nBob,8\nCyd,7\n")
    with pytest.raises(CourseFault, match=r"has the email 'A@x' in lines 2 and 3"):
        enrolled([], "student,Email\nAnn,a@x\nBob,A@x\n")


@pytest.mark.parametrize(("sign", "named"), [(";", "';'"), ("\t", r"'\\t'")])
def test_a_roster_with_another_separator_is_told_which_one(enrolled, sign, named):
    roster = "Student,ID\nLee; Ann,7\n".replace(",", sign)
    with pytest.raises(CourseFault, match=rf"roster\.csv has {named} between its cells; save it with commas\."):
        enrolled([], roster)


def test_a_roster_that_is_a_folder_is_one_sentence(room, tmp_path):
    with pytest.raises(CourseFault, match=r"is a folder; give the name of a CSV file\."):
        enrol([], Course(path=tmp_path / "course.toml", roster=tmp_path), room.words)
