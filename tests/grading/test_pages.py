"""The pages for students and instructors: they escape everything, and everyone can read them."""

import dataclasses
import itertools

import pytest

from grading.mark.result import Result
from grading.report.pages import write_feedback, write_report
from grading.report.summary import Summary
from tests.grading.results import FAILED, HOSTILE, IN_DOUBT, Page, pages_of, result_of

# Pages


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_a_students_words_are_shown_and_change_no_tag_of_a_page(room, tmp_path, words):
    for page, innocent in zip(pages_of(room, words, tmp_path), pages_of(room, "innocent", tmp_path), strict=True):
        assert page.tags == innocent.tags
        assert words in page.text
        assert page.text.count(words) == innocent.text.count("innocent")


def test_a_page_links_to_nothing_but_feedback_whatever_a_student_is_called(room, tmp_path):
    for student in ('x" href="javascript:alert(1)', "javascript:alert(1)", "a?b#c&d=e%41"):
        write_report([result_of(room, student)], room, tmp_path / "report.html")
        html = (tmp_path / "report.html").read_text(encoding="utf-8")
        links = [link.partition('"')[0] for link in html.split('href="')[1:]]
        assert links
        for link in links:
            assert link.startswith("feedback/")
            assert set(link) & set("\"'<>?#&: ") == set()


def test_a_feedback_page_shows_the_four_lines_and_the_points(room, tmp_path):
    write_feedback(result_of(room, notes=["please see me"], rnn_layers=FAILED), room, tmp_path / "a.html")
    text = " ".join(Page((tmp_path / "a.html").read_text(encoding="utf-8")).text.split())
    for line in ("Ann", "94 of 100", "0 / 6", "please see me", FAILED.saw, FAILED.cause, FAILED.next):
        assert line in text


# The page of the class


def test_a_class_is_summed_up_without_those_that_could_not_be_marked(room):
    rejected = Result("Zoe", "rejected", 0.0, 100.0, result_of(room).items, ["Rejected: no file."])
    results = [result_of(room), result_of(room, "Max", rnn_layers=FAILED, gru_layers=FAILED), rejected]
    summary = Summary.of(iter(results), room)
    assert (summary.mean, summary.median, summary.scores) == (94.0, 94.0, [100.0, 88.0])
    assert [count for _, _, count in summary.distribution] == [0] * 8 + [1, 1]
    assert summary.statuses["rnn.layers"] == {"passed": 1, "failed": 1}
    assert [row.student for row in summary.rejected] == ["Zoe"]


def test_mistakes_are_listed_by_how_many_made_them(room):
    often, once = FAILED.but(misconception="reset-ignored"), FAILED.but(misconception="mix-swapped")
    results = [result_of(room, name, gru_candidate=often) for name in ("Ann", "Max")]
    summary = Summary.of([*results, result_of(room, "Zoe", gru_candidate=once)], room)
    assert summary.frequent_mistakes == [
        ("gru.candidate", "reset-ignored", ["Ann", "Max"]),
        ("gru.candidate", "mix-swapped", ["Zoe"]),
    ]


def test_the_page_says_who_waits_and_why(room, tmp_path):
    write_report([result_of(room, gru_candidate=IN_DOUBT, gru_new_state=IN_DOUBT)], room, tmp_path / "report.html")
    text = " ".join(Page((tmp_path / "report.html").read_text(encoding="utf-8")).text.split())
    assert "78–100" in text
    assert "another layout" in text


@pytest.mark.parametrize("status", ["rejected", "needs_review"])
def test_a_class_in_which_nobody_could_be_marked_has_a_page(room, tmp_path, status):
    one = dataclasses.replace(result_of(room), status=status, score=0.0, notes=["why"])
    write_report([one], room, tmp_path / "report.html")
    assert "Ann" in (tmp_path / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["report.html", "feedback.html"])
def test_a_page_can_be_read_by_everyone(room, tmp_path, name):
    page = pages_of(room, "innocent", tmp_path)[name != "report.html"]
    levels = [int(tag[1]) for tag, _ in page.tags if tag in {"h1", "h2", "h3", "h4"}]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in itertools.pairwise(levels))
    assert ("html", [("lang", "en")]) in page.tags
    assert {"main", "title"} <= {tag for tag, _ in page.tags}
    assert all(attributes for tag, attributes in page.tags if tag == "th")
    assert "script" not in {tag for tag, _ in page.tags}
