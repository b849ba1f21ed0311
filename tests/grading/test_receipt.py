"""A receipt is run as a student runs it: by a plain interpreter, on its own; what it prints is what the result says."""

import re
import subprocess
import sys
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from grading.courses.course import Course
from grading.courses.overrides import Override
from grading.courses.settle import settle
from grading.mark.grade import grade
from grading.mark.result import Result
from grading.report.receipt import NoSuchItem, receipt, seen_numbers
from grading.report.working import Working
from grading.room import REPOSITORY, open_room
from tests.grading.results import FAILED, HOSTILE, IN_DOUBT, PASSED, result_of

CASES = REPOSITORY / "assignment" / "cases"
WORKED = {  # case -> the items that it loses by numbers
    "gate-complement": ["gru.update_gate"],
    "last-word-every-time": ["rnn.step_input"],
    "first-word-skipped": ["rnn.step_input"],
    "last-word-skipped": ["gru.unroll"],
    "mean-over-time": ["rnn.model"],
    "mix-swapped": ["gru.new_state"],
    "own-names-and-a-mistake": ["gru.new_state"],
    "softmax-before-loss": ["rnn.model"],
    "state-not-carried": ["gru.unroll"],
    "several-mistakes": ["rnn.hidden_update", "gru.update_gate", "gru.candidate", "gru.new_state"],
}
SEEN = {"got": "0.111", "expected": "0.999", "row": 1, "unit": 1, "shape": "3 x 6", "differing": 1, "total": 18}
WITHOUT_MISTAKE = {"mean-over-time"}  # it takes every state, and ten lines hold no second walk that keeps them
BY_HAND = [(case, item) for case, items in WORKED.items() for item in items]


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    """(case, language) -> Result, marked once for the module."""
    folder, kept = tmp_path_factory.mktemp("receipts"), {}

    def mark(case, language="en", source=None):
        if (case, language) not in kept:
            out = folder / f"{case}-{language}"
            room = open_room(language=language).without(".learns")  # which trains, and says nothing about one number
            done = grade(room, source or CASES / case, out, jobs=1, progress=False)
            (kept[case, language],) = done.results
        return kept[case, language]

    return mark


def run(program, tmp_path):
    """The lines that a program prints, run as a file by an interpreter that knows none of our modules."""
    path = tmp_path / "receipt.py"
    path.write_text(program, encoding="utf-8")
    done = subprocess.run([sys.executable, "-I", str(path)], capture_output=True, encoding="utf-8", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def item_of(result, item_id):
    return next(item for item in result.items if item.id == item_id)


@pytest.mark.parametrize(("case", "item_id"), BY_HAND)
def test_a_receipt_prints_the_number_that_was_expected_and_the_student_s(room, marked, tmp_path, case, item_id):
    result = marked(case)
    seen = seen_numbers(room, item_of(result, item_id).saw)
    expected, yours, *_ = run(receipt(room, result, item_id), tmp_path)
    assert expected.split()[-1] == seen["expected"]
    assert yours.split()[-1] == seen["got"]
    assert seen["expected"] != seen["got"]


@pytest.mark.parametrize(
    ("case", "item_id"), [row for row in BY_HAND if row[0] not in WITHOUT_MISTAKE and row[1] != "rnn.hidden_update"]
)
def test_a_named_mistake_is_computed_from_the_same_numbers_and_gives_the_student_s(
    room, marked, tmp_path, case, item_id
):
    result = marked(case)
    _, yours, mistake, _ = run(receipt(room, result, item_id), tmp_path)
    assert item_of(result, item_id).misconception in mistake
    assert mistake.split()[-1] == yours.split()[-1]


def test_layers_without_a_bias_are_computed_without_it(room, marked, tmp_path):
    skeleton = (CASES / "reset-ignored" / "GRU_skeleton.py").read_text(encoding="utf-8")
    without = re.sub(r"(self\.U_h = nn\.Linear\([^)]*)\)", r"\1, bias=False)", skeleton)
    (tmp_path / "unbiased").mkdir()
    (tmp_path / "unbiased" / "GRU_skeleton.py").write_text(without, encoding="utf-8")
    result = marked("unbiased", source=tmp_path / "unbiased")
    seen = seen_numbers(room, item_of(result, "gru.candidate").saw)
    expected, yours, mistake, _ = run(receipt(room, result, "gru.candidate"), tmp_path)
    assert without != skeleton
    assert expected.split()[-1] == seen["expected"]
    assert mistake.split()[-1] == yours.split()[-1] == seen["got"]


@pytest.mark.parametrize(("case", "item_id"), BY_HAND)
def test_a_receipt_has_ten_lines_at_most(room, marked, case, item_id):
    assert len(receipt(room, marked(case), item_id).splitlines()) <= 10


def test_the_receipt_of_one_line_of_a_cell_fits_on_a_page(room, marked):
    program = receipt(room, marked("several-mistakes"), "gru.candidate")
    assert max(map(len, program.splitlines())) <= 130


def test_a_decision_is_told_with_who_took_it_and_why(room, marked, tmp_path):
    result = marked("several-mistakes")
    one = Override(result.student, "gru.candidate", 11.0, "Choi '); 1/0 #", "shown in the lecture")
    settled = settle(result, room, Course(), (one,))
    *numbers, decision, student = run(receipt(room, settled, "gru.candidate"), tmp_path)
    assert decision.startswith("Choi '); 1/0 # decided on this item: 11 of 12 points.")
    assert decision.endswith("shown in the lecture")
    assert [*numbers, student] == run(receipt(room, result, "gru.candidate"), tmp_path)
    assert "Choi" not in receipt(room, settled, "gru.update_gate")


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("key", ["waits", "undecided", "numbers"])
def test_an_item_in_doubt_waits_for_a_person_and_is_not_to_be_mended(tmp_path, language, key):
    room = open_room(language=language)
    saw = room.words.say("saw", key, **SEEN)
    result = result_of(room, gru_candidate=IN_DOUBT.but(saw=saw))
    said = run(receipt(room, result, "gru.candidate"), tmp_path)
    assert said == [saw, room.words.say("receipt", "waits"), "Ann"]


def test_a_doubt_that_somebody_decided_waits_for_nobody(room, tmp_path):
    doubt = IN_DOUBT.but(saw=room.words.say("saw", "waits"), next=room.words.say("next", "person"))
    one = Override("Ann", "gru.candidate", 0.0, "Choi", "that is nn.GRU")
    settled = settle(result_of(room, gru_candidate=doubt), room, Course(), (one,))
    decision, student = run(receipt(room, settled, "gru.candidate"), tmp_path)
    assert decision == "Choi decided on this item: 0 of 12 points. The reason: that is nn.GRU"
    assert student == "Ann"


@pytest.mark.parametrize("item_id", ["report.one_page", "submission.notebook"])
def test_what_is_no_code_is_not_to_be_mended_and_checked(room, tmp_path, item_id):
    verdict = FAILED.but(saw="the report has 3 pages", file="report.pdf")
    said = run(receipt(room, result_of(room, **{item_id.replace(".", "_", 1): verdict}), item_id), tmp_path)
    assert room.words.say("receipt", "not_code", file="report.pdf") in said
    assert not any("check" in line for line in said)


def test_a_receipt_can_be_in_another_language_than_the_result(marked, tmp_path):
    program = receipt(open_room(language="ko"), marked("mix-swapped"), "gru.new_state")
    assert "식으로 계산한 값:" in run(program, tmp_path)[0]
    assert "import numpy" in program


def test_numbers_are_read_from_a_result_in_any_language(room):
    for language in ("en", "ko"):
        words = open_room(language=language).words
        said = words.say("saw", "numbers", **SEEN | {"expected": "1e-05"})
        assert seen_numbers(room, said)["expected"] == "1e-05"


@pytest.mark.parametrize("item_id", ["rnn.layers", "rnn.learns", "gru.candidate", "report.one_page"])
def test_where_no_number_can_be_shown_a_receipt_says_so_and_runs_all_the_same(room, tmp_path, item_id):
    verdict = FAILED.but(saw="your code stopped with: an error")
    result = result_of(room, **{item_id.replace(".", "_", 1): verdict})
    said = run(receipt(room, result, item_id), tmp_path)
    assert said[0] == verdict.saw
    assert len(said) == 3  # what was seen, how to see it, and whose it is


def test_numbers_that_this_marker_can_t_rebuild_are_not_claimed_to_be_shown(room, tmp_path):
    verdict = FAILED.but(saw=room.words.say("saw", "numbers", **SEEN))
    program = receipt(room, result_of(room, gru_candidate=verdict), "gru.candidate")
    assert "import numpy" not in program
    assert room.words.say("receipt", "other_layers") in run(program, tmp_path)


@pytest.mark.parametrize("place", ["row", "unit"])
def test_an_entry_outside_of_the_test_is_said_not_computed(room, place):
    verdict = FAILED.but(saw=room.words.say("saw", "numbers", **SEEN | {place: 99}))
    for item_id in room.items:
        result = result_of(room, **{item_id.replace(".", "_", 1): verdict})
        assert "import numpy" not in receipt(room, result, item_id)


def test_a_working_that_can_t_be_computed_is_passed_over_for_the_next(room, monkeypatch):
    verdict = FAILED.but(saw=room.words.say("saw", "numbers", **SEEN))
    result = result_of(room, gru_candidate=verdict)
    workings = [
        Working({}, {}, (("h", lambda c: c.not_there),)),
        Working({"x": np.array([0.999])}, {}, (("h", lambda c: c.x[7]),)),
        Working({"x": np.array([0.999])}, {}, (("h", lambda c: c.x),)),
    ]
    receipts, load = SimpleNamespace(workings=lambda *_: workings), type(room).load
    monkeypatch.setattr(type(room), "load", lambda self, name: receipts if name == "receipts" else load(self, name))
    assert "import numpy" in receipt(room, result, "gru.candidate")
    workings.pop()
    assert "import numpy" not in receipt(room, result, "gru.candidate")


def test_an_item_with_all_of_its_points_has_nothing_to_show(room, tmp_path):
    said = run(receipt(room, result_of(room, gru_candidate=PASSED), "gru.candidate"), tmp_path)
    assert room.words.say("receipt", "passed") in said


@pytest.mark.parametrize(
    "words",
    [
        *HOSTILE.values(),
        "'); import os; os.abort() #",
        '""" + str(1/0) + """',
        "coding=utf-7 +AAo-raise SystemExit(9)",
        "coding=rot13\\",
        "one\nraise SystemExit(9)",
        "one\rraise SystemExit(9)\u2028raise SystemExit(9)",
        "{__import__('os').abort()}",
        "\ud800",
        "\\",
    ],
)
def test_what_a_student_wrote_is_printed_and_is_never_code(room, tmp_path, words):
    result = replace(result_of(room, gru_candidate=FAILED.but(saw=words)), student=words)
    said = run(receipt(room, result, "gru.candidate"), tmp_path)
    assert len(said) == 3


def test_an_unknown_item_is_told_in_one_sentence_with_those_there_are(room):
    with pytest.raises(NoSuchItem, match=r"no item 'gru.nothing'; there are: rnn.layers"):
        receipt(room, result_of(room), "gru.nothing")


def test_a_result_without_items_is_told_too(room):
    with pytest.raises(NoSuchItem):
        receipt(room, Result("Ann", "graded", 0.0, 1.0, []), "gru.candidate")
