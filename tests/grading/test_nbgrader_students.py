"""What a roster or a key file knows of nbgrader's students: first and last names, and addresses."""

import pytest

from grading.courses.course import Course
from grading.export import kinds, nbgrader_students
from grading.export.kinds import ExportFault
from grading.export.nbgrader_scores import said_of
from grading.export.nbgrader_students import CourseOfExport


def known_students(room, students, course_file=None, keys=None):
    return nbgrader_students.known_students(students, CourseOfExport.of(room, course_file).rules, keys)


KEYS = "pseudonym,student,key,name\ns-0000000a,ann,7,Ann Lee\ns-0000000b,bo,,\n"
PSEUDONYMS = ["s-0000000a", "s-0000000b"]


@pytest.fixture
def course(tmp_path):
    """course(text of its roster) -> its course.toml."""

    def course(roster):
        (tmp_path / "course.toml").write_text('roster = "roster.csv"\n', encoding="utf-8")
        (tmp_path / "roster.csv").write_text(roster, encoding="utf-8")
        return tmp_path / "course.toml"

    return course


@pytest.fixture
def keys(tmp_path):
    (tmp_path / "keys.csv").write_text(KEYS, encoding="utf-8")
    return tmp_path / "keys.csv"


@pytest.mark.parametrize(
    ("roster", "called"),
    [
        ("student,First Name,Last Name\nann,Ann,Lee\n", ("Ann", "Lee")),
        ("Username,First name,Surname\nann,Ann,Lee\n", ("Ann", "Lee")),
        ('Student,SIS Login ID\n"Lee, Ann",ann\n', ("Ann", "Lee")),
        ("Full name,Username\nAnn Lee,ann\n", ("", "Ann Lee")),
        ("student,Last Name\nann,김\n", ("", "김")),
    ],
)
def test_names_are_taken_from_the_roster_however_it_heads_them(room, course, roster, called):
    assert known_students(room, ["ann"], course(roster)) == {
        "ann": dict(zip(("first_name", "last_name"), called, strict=True))
    }


def test_who_is_in_no_roster_keeps_the_name_that_the_gradebook_has(room, course):
    assert known_students(room, ["zoe"], course("student\nann\n")) == {"zoe": {}}
    assert known_students(room, ["zoe"]) == {"zoe": {}}


def test_a_roster_without_names_takes_none_away(room, course):
    assert known_students(room, ["7"], course("ID,Email\n7,ann@example.org\n")) == {"7": {"email": "ann@example.org"}}


def test_a_key_gives_pseudonyms_their_names_back_and_the_roster_the_rest(room, course, keys):
    assert known_students(room, PSEUDONYMS, keys=keys) == {
        "s-0000000a": {"first_name": "", "last_name": "Ann Lee"},
        "s-0000000b": {"first_name": "", "last_name": "bo"},
    }
    roster = course("student,First Name,Last Name,Email\nann,Ann,Lee,ann@example.org\n")
    assert known_students(room, PSEUDONYMS, roster, keys)["s-0000000a"] == {
        "first_name": "Ann", "last_name": "Lee", "email": "ann@example.org",
    }  # fmt: skip


def test_a_first_name_alone_finds_nobody(room, course):
    roster = course("student,First Name,Last Name\nlee1,Ann,Lee\n")
    assert known_students(room, ["Ann"], roster) == {"Ann": {}}


def test_another_classs_key_is_refused(room, keys):
    with pytest.raises(ExportFault, match=r"keys.csv does not know 's-0000000c'; give the key"):
        known_students(room, ["s-0000000c"], keys=keys)


def test_a_course_without_a_roster_is_refused(room, tmp_path):
    (tmp_path / "course.toml").write_text("", encoding="utf-8")
    with pytest.raises(ExportFault, match=r"course.toml has no roster"):
        known_students(room, ["ann"], tmp_path / "course.toml")


def test_decisions_beside_the_course_count_and_what_does_not_is_named(tmp_path, room):
    path = tmp_path / "course.toml"
    path.write_text('contact = "ta@example.org"\ndeadline = 2026-11-20T23:59:00+09:00\n[points]\n"gru.candidate" = 3\n')
    (tmp_path / "overrides.csv").write_text("student,item,points,reviewer,reason\n")
    course = CourseOfExport.of(room, path)
    assert course.rules == Course(path=path)
    assert course.unused == ("deadline", "contact", "points")
    (said,) = said_of(path, course.unused)
    assert said.endswith("the roster and overrides.csv beside it count here, and not: deadline, contact, points.")
    assert list(said_of(None, CourseOfExport.of(room, None).unused)) == []


def test_an_export_that_reads_no_roster_says_so(room, tmp_path):
    with pytest.raises(ExportFault, match="export otter takes nothing from a roster; leave out --course"):
        kinds.export(room, "otter", tmp_path / "out", course_file=tmp_path / "course.toml")
