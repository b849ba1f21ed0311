"""What the marker writes: pages that escape, a table that no spreadsheet runs, JSON as promised, files whole."""

import csv
import dataclasses
import io
import itertools
import json
import os
from html.parser import HTMLParser

import pytest
from rich.cells import cell_len

from grading import __version__
from grading.mark import grade as grading_a_class
from grading.mark.files import Submission
from grading.mark.grade import earlier_result, grade
from grading.mark.marking import Marking, mark_submission
from grading.mark.names import student_name
from grading.mark.result import TEXT_LIMIT, ItemResult, Result, plain
from grading.mark.stamp import stamp, submission_digest
from grading.mark.verdict import Verdict
from grading.report.pages import write_feedback, write_report, write_whole
from grading.report.progress import Progress
from grading.report.summary import Summary
from grading.report.tables import Rows, write_grades
from grading.sandbox.worker import ZygoteFault

PASSED = Verdict("passed", 1.0, "your numbers agree")
FAILED = Verdict("failed", 0.0, "0.4 where 0.2 was expected", "", "no tanh", "what is squashed?", "no-activation", 31)
IN_DOUBT = Verdict("needs_review", 0.0, "another layout")


def result_of(room, student="Ann", notes=(), **verdicts):
    """A result with all items passed, but those given by id (a `_` for the dot)."""
    by_id = {key.replace("_", ".", 1): verdict for key, verdict in verdicts.items()}
    items = [ItemResult.of(item, by_id.get(item.id, PASSED)) for item in room.items.values()]
    status = "needs_review" if any(item.status == "needs_review" for item in items) else "graded"
    return Result(student, status, sum(item.points for item in items), float(room.max_score), items, list(notes))


# Results


def test_a_doubt_counts_for_the_score_that_is_possible_and_not_for_the_score(room):
    result = result_of(room, gru_candidate=IN_DOUBT, rnn_layers=FAILED)
    assert (result.score, result.score_possible, result.max_score) == (82.0, 94.0, 100.0)


def test_a_share_of_an_items_points_is_a_number_with_two_digits(room):
    item = dataclasses.replace(room.items["gru.candidate"], points=10)
    assert ItemResult.of(item, FAILED.but(share=1 / 3)).points == 3.33


def test_a_result_read_back_is_the_result(room):
    result = result_of(room, "Zoë 王", ["a note"], gru_candidate=IN_DOUBT, rnn_layers=FAILED)
    assert Result.from_json(result.to_json()) == result


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "7", "null", "{}", '{"items": 7}', '{"items": ["a"]}', '{"items": []}']
)
def test_what_is_no_result_is_refused_in_a_known_way(text):
    with pytest.raises((ValueError, KeyError, TypeError)):
        Result.from_json(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("two words", "two words"),
        ("\x1b[2Jwiped\r\n\tgone\0", " [2Jwiped   gone "),
        ("right\u202eleft \ud800", "right left  "),
        ("<Foo object at 0x7f09e07ad0>, 0xff", "<Foo object at 0x…>, 0xff"),
        ("Zoë 王 h~_t → ½", "Zoë 王 h~_t → ½"),
    ],
)
def test_a_students_words_can_not_steer_a_terminal(text, shown):
    assert plain(text) == shown


def test_a_students_words_are_cut_to_a_length():
    assert plain("x" * TEXT_LIMIT) == "x" * TEXT_LIMIT
    assert len(plain("x" * (TEXT_LIMIT + 1))) == TEXT_LIMIT


# Pages

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "attribute": '" onmouseover="alert(1)" x="',
    "image": "'><img src=x onerror=alert(1)>",
    "closing_tags": "</dd></dl></body></html><h1>100 / 100</h1>",
    "entity": "&lt;b&gt; &amp; &#60;i&#62;",
    "template": "{{ 7 * 191 }}{% include 'page.html' %}",
    "comment": "<!-- the rest is gone",
}


class Page(HTMLParser):
    """The tags of a page with their attributes' names and values, and its text."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, [(name, value) for name, value in attributes if name != "href"]))

    def handle_endtag(self, tag):
        self.tags.append(("/" + tag, []))

    def handle_data(self, data):
        self.text += data


def class_with(room, words):
    """A class in which a student's words stand wherever they can."""
    said = {"saw": words, "expected": words, "cause": words, "next": words}
    in_doubt, failed = IN_DOUBT.but(**said), FAILED.but(**said)
    first = result_of(room, words, [words], gru_candidate=in_doubt, rnn_layers=failed, rnn_model=PASSED.but(saw=words))
    rejected = Result("Max", "rejected", 0.0, 100.0, first.items, [f"Rejected: {words}."])
    return [first, rejected]


def pages_of(room, words, folder):
    results = class_with(room, words)
    write_report(results, room, folder / "report.html")
    write_feedback(results[0], room, folder / "feedback.html")
    return [Page((folder / name).read_text(encoding="utf-8")) for name in ("report.html", "feedback.html")]


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


# The table


def rows_of(results, room, folder):
    write_grades(results, room, folder / "grades.csv")
    return list(csv.reader(io.StringIO((folder / "grades.csv").read_text(encoding="utf-8"))))


def test_the_columns_are_those_that_were_promised(room, tmp_path):
    header, *_ = rows_of([result_of(room)], room, tmp_path)
    assert header[:5] == ["student", "score", "score_possible", "max_score", "status"]
    assert header[5:] == [
        "rnn.layers", "rnn.step_input", "rnn.hidden_update", "rnn.model", "rnn.learns",
        "gru.layers", "gru.update_gate", "gru.reset_gate", "gru.candidate", "gru.new_state", "gru.unroll", "gru.learns",
        "submission.notebook", "submission.handwritten", "report.one_page",
    ]  # fmt: skip


def test_a_row_holds_the_points_of_each_item_as_numbers(room, tmp_path):
    header, row = rows_of([result_of(room, gru_candidate=IN_DOUBT, rnn_layers=FAILED)], room, tmp_path)
    told = dict(zip(header, row, strict=True))
    assert told["student"] == "Ann"
    assert told["status"] == "needs_review"
    assert (float(told["score"]), float(told["score_possible"]), float(told["max_score"])) == (82, 94, 100)
    assert {item: float(told[item]) for item in ("rnn.layers", "gru.candidate", "rnn.model", "report.one_page")} == {
        "rnn.layers": 0.0,
        "gru.candidate": 0.0,
        "rnn.model": 10.0,
        "report.one_page": 0.0,
    }


FORMULAS = ["＝1+1", "\n=1", "=1+1", "+1", "-1", "@SUM(A1)", "\tx", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")']


@pytest.mark.parametrize("student", FORMULAS)
def test_no_spreadsheet_takes_a_student_for_a_formula(room, tmp_path, student):
    _, row = rows_of([result_of(room, student)], room, tmp_path)
    assert row[0] == "'" + student


@pytest.mark.parametrize("student", ["O'Neil, Ann", 'Ann "A." Smith', "two\nlines", "Zoë; 王", "a=b", "1-2"])
def test_other_names_stay_as_they_are_and_on_one_row(room, tmp_path, student):
    header, *rows = rows_of([result_of(room, student), result_of(room, "Max")], room, tmp_path)
    assert [row[0] for row in rows] == [student, "Max"]
    assert all(len(row) == len(header) for row in rows)


def test_a_row_on_the_terminal_says_what_was_lost(room):
    row = Rows().row(result_of(room, "Max", rnn_layers=FAILED))
    assert row.split() == ["Max", "94", "graded", "rnn.layers", "(no-activation)"]


@pytest.mark.parametrize(
    "words", ["[red]Ann[/red]", "\x1b[2Jwiped\nnext", "right\u202eleft", "김민준", "x" * 200, "--"]
)
def test_a_row_is_one_line_that_steers_no_terminal(room, words):
    rejected = dataclasses.replace(result_of(room, student_name(words)), status="rejected", notes=[words])
    row = Rows().row(rejected)
    assert row.isprintable()
    assert words[:20] in row or not words.isprintable()


def test_columns_stand_below_each_other_whatever_a_student_is_called(room):
    places = {cell_len(Rows().row(result_of(room, name)).partition("100")[0]) for name in ("Ann", "김민준", "n" * 99)}
    assert len(places) == 1


# Progress


class Stream(io.StringIO):
    """Somewhere to write, which is a terminal or not."""

    def __init__(self, terminal):
        super().__init__()
        self.terminal = terminal

    def isatty(self):
        return self.terminal


def advanced(times, terminal=False, shown=True, seconds_each=10):
    """What is written on a stream while a batch of four advances, on a clock of its own."""
    stream, now = Stream(terminal), [0]
    with Progress(4, shown, stream, clock=lambda: now[0]) as progress:
        for _ in range(times):
            now[0] += seconds_each
            progress.advance()
    return stream.getvalue()


def test_progress_is_a_plain_line_now_and_then_where_there_is_no_terminal():
    assert advanced(4).splitlines() == [
        "2 of 4 submissions marked, about 00:20 left",
        "4 of 4 submissions marked, about 00:00 left",
    ]
    assert advanced(4, seconds_each=1) == ""


def test_progress_is_a_bar_with_the_time_left_on_a_terminal():
    shown = advanced(4, terminal=True)
    assert "marking" in shown
    assert "4/4" in shown
    assert "<" in shown


@pytest.mark.parametrize("terminal", [True, False])
def test_progress_that_nobody_wants_says_nothing(terminal):
    assert advanced(4, terminal, shown=False) == ""


# Files


def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path):
    path = tmp_path / "grades.csv"
    for text in ("first\n", "second, Zoë\n"):
        write_whole(path, text)
        assert path.read_bytes() == text.encode()
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_can_not_be_written_whole_stays_as_it_was(tmp_path):
    path = tmp_path / "grades.csv"
    write_whole(path, "old\n")
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "new, but not \ud800 text\n")
    assert path.read_text() == "old\n"


def test_a_file_is_complete_before_it_takes_its_name(tmp_path, monkeypatch):
    path = tmp_path / "grades.csv"
    write_whole(path, "old\n")
    seen = []
    replace = os.replace

    def looking(source, target):
        seen.append((path.read_text(), source.read_text(), source.parent == path.parent))
        replace(source, target)

    monkeypatch.setattr(os, "replace", looking)
    write_whole(path, "new\n")
    assert seen == [("old\n", "new\n", True)]
    assert path.read_text() == "new\n"


def test_an_earlier_result_counts_only_if_it_is_whole_and_has_the_same_stamp(room, tmp_path):
    for folder in ("results", "feedback"):
        (tmp_path / folder).mkdir()
    path, page = tmp_path / "results" / "Ann.json", tmp_path / "feedback" / "Ann.html"
    facts = stamp(room) | {"marked": "digest"}
    result = result_of(room).stamped(facts)
    assert earlier_result(tmp_path, "Ann", facts) is None
    path.write_text(result.to_json(), encoding="utf-8")
    assert earlier_result(tmp_path, "Ann", facts) is None
    page.write_text("the page")
    assert earlier_result(tmp_path, "Ann", facts) == result
    for other in ("version", "marker", "release", "marked"):
        assert earlier_result(tmp_path, "Ann", facts | {other: "another"}) is None
    path.write_text(result.stamped({"fault": "OSError"}).to_json(), encoding="utf-8")
    assert earlier_result(tmp_path, "Ann", facts) is None
    path.write_text(result.to_json()[:-20], encoding="utf-8")
    assert earlier_result(tmp_path, "Ann", facts) is None


def test_a_digest_changes_with_the_files_and_not_with_their_order():
    def digest(**files):
        return submission_digest(Submission("Ann", files))

    assert digest(a=b"1", b=b"2") == digest(b=b"2", a=b"1")
    assert len({digest(a=b"1"), digest(a=b"2"), digest(b=b"1"), digest(a=b"1", b=b"1"), digest()}) == 5
    assert submission_digest(Submission("Ann", {"a": b"1"})) == submission_digest(Submission("Max", {"a": b"1"}))
    assert submission_digest(Submission("Ann", rejected=("link", {}))) != digest()


# A class, from its files to what is written

HOSTILE_MODULE = r"""
class VanillaRNN:
    def __init__(self, *sizes):
        raise RuntimeError("\x1b[2J<script>alert('built')</script>")

raise ValueError("\ud800 \x1b[2J <script>alert('imported')</script>\n" * 3)
"""


@pytest.fixture(scope="module")
def hostile_name():
    return "=1+1 [red] & Zoë"


@pytest.fixture(scope="module")
def marked(room, products, zygote, hostile_name, tmp_path_factory):
    """A class of three, marked: one untouched, one hostile, one without files."""
    folder, out = tmp_path_factory.mktemp("class"), tmp_path_factory.mktemp("marked")
    for student in ("Untouched", hostile_name, "Empty"):
        (folder / student).mkdir()
    for path, content in products.items():
        if path.suffix == ".py" and len(path.parts) == 1:
            (folder / "Untouched" / path).write_bytes(content)
    (folder / hostile_name / "RNN_skeleton.py").write_text(HOSTILE_MODULE)

    class OneZygote:
        def get(self):
            return zygote

        def close(self):
            pass

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grading_a_class, "ZygotePool", OneZygote)
        grade(room, folder, out, jobs=1, time_limit=20.0, progress=False)
    return out


def results_in(out):
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (out / "results").iterdir()}


def test_every_student_has_a_result_a_page_and_a_row_in_order(marked, hostile_name):
    students = sorted([hostile_name, "Empty", "Untouched"])
    assert sorted(results_in(marked)) == students
    assert sorted(path.stem for path in (marked / "feedback").iterdir()) == students
    rows = list(csv.reader(io.StringIO((marked / "grades.csv").read_text(encoding="utf-8"))))
    assert [row[0] for row in rows[1:]] == ["'" + hostile_name, "Empty", "Untouched"]


def test_nothing_else_lies_beside_the_results(marked):
    assert {path.name for path in marked.iterdir()} == {"grades.csv", "report.html", "results", "feedback"}
    assert not list(marked.rglob("*.part"))


def test_a_result_has_the_fields_that_were_promised(room, marked):
    for student, told in results_in(marked).items():
        assert list(told) == ["student", "status", "score", "max_score", "items", "notes", "grader"]
        assert told["student"] == student
        assert told["status"] in {"graded", "needs_review", "rejected"}
        assert type(told["score"]) is type(told["max_score"]) is float
        assert told["max_score"] == 100.0
        assert all(isinstance(note, str) for note in told["notes"])
        assert (told["grader"]["version"], told["grader"]["seed"]) == (__version__, 0)
        assert set(told["grader"]) == {"version", "seed", "marker", "release", "marked"}
        assert [item["id"] for item in told["items"]] == list(room.items)
        assert told["score"] == sum(item["points"] for item in told["items"])


def test_an_item_has_the_fields_that_were_promised(room, marked):
    names = [field.name for field in dataclasses.fields(ItemResult)]
    assert " ".join(names) == "id points max_points status saw expected cause next misconception file line"
    for told in results_in(marked).values():
        for item in told["items"]:
            assert list(item) == names
            assert item["status"] in {"passed", "failed", "blank", "error", "not_run", "needs_review"}
            assert type(item["points"]) is type(item["max_points"]) is float
            assert 0 <= item["points"] <= item["max_points"] == room.items[item["id"]].points
            assert all(isinstance(item[name], str) for name in ("saw", "expected", "cause", "next", "file"))
            assert item["misconception"] is None or isinstance(item["misconception"], str)
            assert item["line"] is None or isinstance(item["line"], int)


def test_an_untouched_skeleton_has_nothing_and_is_in_no_doubt(room, marked):
    told = results_in(marked)["Untouched"]
    assert (told["status"], told["score"]) == ("graded", 0.0)
    blanks = {item["id"] for item in told["items"] if item["status"] == "blank"}
    assert blanks == {item.id for item in room.items.values() if item.blank}


def test_a_submission_without_files_is_rejected_with_its_reason(marked):
    told = results_in(marked)["Empty"]
    assert (told["status"], told["score"]) == ("rejected", 0.0)
    assert "RNN_skeleton.py" in " ".join(told["notes"])
    assert {item["status"] for item in told["items"]} == {"not_run"}


def test_what_a_hostile_file_says_is_shown_without_its_control_characters(marked, hostile_name):
    told = results_in(marked)[hostile_name]
    assert "<script>alert('imported')</script>" in " ".join(told["notes"])
    texts = [*told["notes"], *(value for item in told["items"] for value in item.values() if isinstance(value, str))]
    assert all(text.isprintable() for text in texts)
    for path in (marked / "report.html", marked / "feedback" / f"{hostile_name}.html"):
        page = Page(path.read_text(encoding="utf-8"))
        assert "script" not in {tag for tag, _ in page.tags}
        assert "<script>alert('imported')</script>" in page.text or path.name == "report.html"


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


# Our own faults


@pytest.fixture
def submission():
    return Submission("Ann", {"RNN_skeleton.py": b"x = 1\n"})


def test_where_our_own_code_fails_the_whole_mark_stays_open(room, submission, monkeypatch):
    def fail(self):
        raise KeyError("a mistake of ours")

    monkeypatch.setattr(Marking, "open_modules", fail)
    result = mark_submission(room, submission, zygote=None)
    assert (result.status, result.score, result.score_possible) == ("needs_review", 0.0, 100.0)
    assert {item.status for item in result.items} == {"needs_review"}
    assert "Our marker failed (KeyError)" in result.notes[0]


def test_where_one_check_of_ours_fails_its_item_alone_stays_open(room, submission, zygote, monkeypatch):
    def fail(half):
        raise ZeroDivisionError

    monkeypatch.setitem(room.load("marking").CHECKS, "rnn.layers", fail)
    result = mark_submission(room, submission, zygote, time_limit=20.0)
    in_doubt = {item.id for item in result.items if item.status == "needs_review"}
    assert (in_doubt, result.status) == ({"rnn.layers"}, "needs_review")
    assert any("rnn.layers: our marker failed (ZeroDivisionError)" in note for note in result.notes)


def test_what_earns_no_points_can_not_hold_up_a_mark(room, submission, zygote):
    with_report = dataclasses.replace(submission, files=submission.files | {"report.pdf": b"no PDF at all"})
    result = mark_submission(room, with_report, zygote, time_limit=20.0)
    (report,) = [item for item in result.items if item.id == "report.one_page"]
    assert (report.status, result.status) == ("needs_review", "graded")
    assert result.notes[-1] == "Not scored, but worth a look: report.one_page."


def test_a_note_about_the_files_is_said_in_whole_words_that_steer_no_terminal(room, zygote):
    noted = Submission(
        "Ann", {"RNN_skeleton.py": b""}, notes=(("taken_for", {"file": "a.py", "other": "\x1b[2J{x}.py"}),)
    )
    note, _ = mark_submission(room, noted, zygote, time_limit=20.0).notes
    assert note == " [2J{x}.py was taken for a.py; give it that name."


def test_without_a_process_for_student_code_nothing_is_marked_at_all(room, submission, monkeypatch):
    def fail(self):
        raise ZygoteFault("it does not start")

    monkeypatch.setattr(Marking, "open_modules", fail)
    with pytest.raises(ZygoteFault):
        mark_submission(room, submission, zygote=None)
