"""A course.toml says every rule that a course may have, and what is wrong in it is told in one sentence."""

from datetime import datetime
from pathlib import Path

import pytest

from grading.courses.course import Course, CourseFault
from grading.courses.course_file import read_course
from grading.courses.lateness import LateRule


@pytest.fixture
def read(room, tmp_path):
    """read(text) -> the Course of a file with this text."""

    def read(text):
        path = tmp_path / "course.toml"
        path.write_text(text, encoding="utf-8")
        return read_course(path, room)

    return read


def test_every_key_may_be_left_out(read, tmp_path):
    assert read("") == Course(path=tmp_path / "course.toml", groups="download")


def test_every_key_is_read(read, tmp_path):
    course = read(
        """
        roster = "roster.csv"
        groups = "groups.csv"
        attempt = "best"
        deadline = 2026-11-20T23:59:00+09:00
        contact = "ta@example.org"
        late = { percent = 10, days = 3 }
        [extensions]
        "김민준" = 2026-11-25T23:59:00+09:00
        [points]
        "rnn.layers" = 8
        [options]
        output = "plain"
        [convention]
        reset = "before"
        """
    )
    assert course == Course(
        tmp_path / "course.toml",
        tmp_path / "roster.csv",
        tmp_path / "groups.csv",
        "best",
        datetime.fromisoformat("2026-11-20T23:59:00+09:00"),
        LateRule(10.0, "percent", 3),
        {"김민준": datetime.fromisoformat("2026-11-25T23:59:00+09:00")},
        "ta@example.org",
        {"rnn.layers": 8.0},
        {"output": "plain"},
    )


WRONG = {
    "rooster = 'x'": "sets rooster, which is not known; there are: roster, ",
    "roster = 3": "sets roster to 3; it has to be the name of a CSV file",
    "deadline = 2026-11-20T23:59:00": "sets deadline to 2026-11-20T23:59:00; it has to be a time with its zone",
    "deadline = 2026-11-20": "sets deadline to 2026-11-20; it has to be a time with its zone",
    "deadline = 'soon'": "it has to be a time with its zone",
    "attempt = 'first'": 'has to be one of "newest", "newest-in-time", "best"',
    "attempt = ['best']": 'has to be one of "newest"',
    "late = 'none'": "sets late to 'none'; it has to be a table",
    "late = {points = -1}": "sets late.points to -1; it has to be a number from 0",
    "late = {points = true}": "sets late.points to True; it has to be a number from 0",
    "late = {percent = nan}": "sets late.percent to nan",
    "late = {percent = 250}": "sets late.percent to 250; it has to be a number from 0 to 100",
    "late = {days = 0}": "sets late.days to 0; it has to be a whole number from 1",
    "late = {hours = 1}": "sets late.hours, which is not known; there are: points, percent, days",
    "late = {points = 1, percent = 1}": "sets both late.points and late.percent; leave one of them out",
    "extensions = {Ann = 3}": "sets extensions.Ann to 3; it has to be a time with its zone",
    "points = {'rnn.layer' = 3}": "sets points.rnn.layer, which is not known; there are: rnn.layers, ",
    "points = {'rnn.layers' = 'all'}": "sets points.rnn.layers to 'all'; it has to be a number from 0",
    "options = {outputs = 'plain'}": "sets options.outputs, which is not known; there are: convention_credit, ",
    "options = {output = 'relu'}": "sets options.output to 'relu'; it has to be one of either, plain, tanh",
    "options = {output = ['plain']}": "sets options.output to",
    "convention = {reset = 'after'}": "but what students were given says 'before'; change it in assignment.toml",
    "convention = {forget = 'after'}": "sets convention.forget, which is not known; there are: reset, update",
    "contact = ''": "sets contact to ''; it has to be one line of text",
    "deadline =": "is no TOML",
}


@pytest.mark.parametrize(("text", "said"), WRONG.items(), ids=WRONG)
def test_what_is_wrong_is_one_sentence_with_the_file_the_key_and_the_fix(read, text, said):
    with pytest.raises(CourseFault) as raised:
        read(text)
    assert said in str(raised.value)
    assert str(raised.value).endswith(".")
    assert "course.toml" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_file_that_is_not_there_is_one_sentence(room):
    with pytest.raises(CourseFault, match=r"nowhere\.toml can't be read \(No such file or directory\); give"):
        read_course(Path("nowhere.toml"), room)


def test_a_file_in_another_encoding_is_one_sentence(room, tmp_path):
    path = tmp_path / "course.toml"
    path.write_bytes("contact = '김'".encode("cp949"))
    with pytest.raises(CourseFault, match="is not in UTF-8; save it so"):
        read_course(path, room)
