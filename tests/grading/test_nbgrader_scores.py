"""What the marker writes into nbgrader's gradebook, and says of it."""

from types import SimpleNamespace

from grading.export.nbgrader_scores import comment_on, said
from tests.grading.results import FAILED, HOSTILE, result_of

GATES = ("gru.update_gate", "gru.reset_gate", "gru.candidate")


def comment(room, **verdicts):
    result = result_of(room, **verdicts)
    return comment_on([item for item in result.items if item.id in GATES], result, room.words)


def test_a_comment_begins_with_what_was_lost_and_its_four_lines(room):
    told = comment(room, gru_candidate=FAILED)
    titles = [room.words.item(item, "title") for item in ("gru.candidate", "gru.update_gate", "gru.reset_gate")]
    places = [told.index(f"**{title}**") for title in titles]
    assert places == sorted(places)
    assert places[0] == 0
    assert places[0] < told.index(FAILED.saw) < told.index(FAILED.next) < places[1]


def test_a_comment_on_what_is_right_keeps_the_order_of_the_rubric(room):
    told = comment(room)
    places = [told.index(f"**{room.words.item(item, 'title')}**") for item in GATES]
    assert places == sorted(places)


def test_whatever_a_student_wrote_is_a_block_that_markdown_shows_as_it_is(room):
    for words in (*HOSTILE.values(), "two\nlines\n# of Markdown"):
        told = comment(room, gru_candidate=FAILED.but(saw=words, cause=words))
        lines = [line for line in told.splitlines() if line and not line.startswith("**")]
        assert all(line.startswith("    ") for line in lines)


def test_a_folders_name_can_t_steer_the_terminal(tmp_path):
    course = SimpleNamespace(directory=SimpleNamespace(db_url="sqlite:///gradebook.db"), assignment="ps1")
    marked = SimpleNamespace(students=("Ann",), results=(), out=tmp_path)
    lines = said(course, marked, 0, ["Ann\x1b[2J\rBob"])
    assert all(line.isprintable() for line in lines)
