"""What a student is told: whole sentences, the line that is at fault, and the question that leads on."""

import json
import shutil
from dataclasses import replace

import pytest

from grading.mark.files import Submission
from grading.mark.marking import mark_submission
from grading.room import REPOSITORY, open_room

RNN, GRU, NOTEBOOK = "RNN_skeleton.py", "GRU_skeleton.py", "RNN_Implementation.ipynb"
LINE = "            h = self.tanh(self.Wx(xt) + self.Wh(h))"


def line_of(text, part):
    return next(number for number, line in enumerate(text.split("\n"), 1) if part in line)


# An error has a cause and a question of its own


ERRORS = {
    "a name that was never set": ("rnn.hidden_update", "self.Wx(xt)", "self.Wx(x_t)", "name_unknown", "self.Wx(x_t)"),
    "nothing given back": ("rnn.model", "return self.fc(h)", "self.fc(h)", "gives_nothing", "def forward"),
    "several values given back": (
        "rnn.model",
        "return self.fc(h)",
        "return self.fc(h), h",
        "gives_several",
        "return self.fc",
    ),
    "a list given back": ("rnn.model", "return self.fc(h)", "return [self.fc(h)]", "gives_list", "return [self.fc"),
}


@pytest.mark.parametrize(("item", "old", "new", "kind", "place"), ERRORS.values(), ids=ERRORS)
def test_an_error_has_a_cause_a_question_and_a_line_of_its_own(mark_texts, changed, item, old, new, kind, place):
    text, tables = changed(RNN, old, new), open_room().words.tables
    _, rows = mark_texts({RNN: text})
    row = rows[item]
    assert (row.status, row.cause) == ("error", tables["cause"][kind])
    assert row.line == line_of(text, place)
    assert row.next == f"{RNN}, line {row.line}: {tables['question'][kind]}"


def test_what_a_cell_gives_back_is_asked_of_its_return(mark_texts, changed):
    text = changed(GRU, "        return h_t\n", "        return h_t, z_t\n")
    _, rows = mark_texts({GRU: text})
    assert rows["gru.new_state"].line == line_of(text, "return h_t, z_t")
    assert "which of them does the caller expect" in rows["gru.new_state"].next


# The line


PLACES = {
    "the loop": (RNN, LINE, f"            h = torch.zeros_like(h)\n{LINE}", "rnn.model", "for t in"),
    "the return of the RNN": (RNN, "return self.fc(h)", "return self.fc(h).softmax(1)", "rnn.model", "softmax"),
    "the return of the GRU": (GRU, "return self.fc(h_t)", "return self.fc(h_t).relu()", "gru.unroll", "relu"),
    "the return of the cell": (GRU, "        return h_t\n", "        return h_tilde\n", "gru.new_state", "return h_t"),
}


@pytest.mark.parametrize(("file", "old", "new", "item", "place"), PLACES.values(), ids=PLACES)
def test_a_lost_model_names_the_line_that_is_at_fault(mark_texts, changed, file, old, new, item, place):
    text = changed(file, old, new)
    _, rows = mark_texts({file: text})
    assert rows[item].status == "failed"
    assert rows[item].line == line_of(text, place)


# Notes


def notebook(*texts):
    return json.dumps({"cells": [{"cell_type": "code", "source": text} for text in texts]})


def test_a_notebook_without_a_class_is_said_to_lack_it_and_to_be_worth_a_look(mark_texts, right):
    result, rows = mark_texts({**right, NOTEBOOK: notebook(right[GRU].replace("1 - z_t", "1.0 - z_t"))})
    saw = "the notebook does not define VanillaRNN; the notebook and the modules differ in GRUCell"
    assert (rows["submission.notebook"].status, rows["submission.notebook"].saw) == ("failed", saw)
    assert result.notes == ["Not scored, but worth a look: submission.notebook."]
    assert (result.status, result.score) == ("graded", 100)


@pytest.mark.parametrize(
    ("language", "note"),
    [
        ("en", "RNN_skeleton.py could not be run whole (it did not end within 1 seconds): its definitions alone"),
        ("ko", "RNN_skeleton.py: 파일 전체를 실행할 수 없어서(1초 안에 끝나지 않음) 정의만 채점했어요."),
    ],
)
def test_a_file_that_never_ends_is_told_so_in_a_sentence(zygote, right, language, note):
    files = {RNN: (right[RNN] + "\nwhile True:\n    pass\n").encode()}
    result = mark_submission(open_room(language=language), Submission("one", files), zygote, time_limit=1.0)
    assert result.notes[0].startswith(note)


def test_a_file_that_ends_in_an_exception_of_ours_is_told_about_and_marked(mark_texts, right):
    ending = "\nraise next(kind for kind in LookupError.__subclasses__() if kind.__name__ == 'NoSuchClass')\n"
    result, _ = mark_texts({RNN: right[RNN] + ending})
    assert "its process gave no answer that could be read" in result.notes[0]
    assert (result.status, result.score_possible) == ("needs_review", 37)  # such a file may hide more


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("output", ["either", "plain", "tanh"])
def test_the_output_that_the_rubric_asks_for_is_the_one_that_is_printed(tmp_path, language, output):
    room = open_room(language=language)
    shutil.copytree(room.path / "words", tmp_path / "words")
    rubric = (REPOSITORY / "assignment" / "rubric.toml").read_text(encoding="utf-8")
    (tmp_path / "rubric.toml").write_text(rubric.replace('output = "either"', f'output = "{output}"'), encoding="utf-8")
    room = replace(room, path=tmp_path)
    expected = room.words.expected(room.items["rnn.model"])
    right = "y = tanh(W_y h_T + b_y)" if output == "tanh" else "y = W_y h_T + b_y"
    assert right in expected
    assert ("(" in expected.split(right)[1]) is (output == "either")


# What could not be decided


LOW_RANK = """
import torch
import torch.nn as nn

class VanillaRNN(nn.Module):
    def __init__(self, vocab_size, embedding_dim, hidden_size, output_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.embedding = nn.Embedding(vocab_size, embedding_dim)
        self.down = nn.Parameter(torch.randn(embedding_dim + hidden_size, 2))
        self.up = nn.Parameter(torch.randn(2, hidden_size))
        self.fc = nn.Linear(hidden_size, output_size)

    def forward(self, x):
        words = self.embedding(x)
        state = words.new_zeros(len(words), self.hidden_size)
        for word in words.unbind(1):
            state = torch.tanh(torch.cat((word, state), 1) @ self.down @ self.up)
        return self.fc(state)
"""


def test_a_whole_that_could_not_be_compared_is_not_said_to_differ(mark_texts):
    _, rows = mark_texts({RNN: LOW_RANK})
    words = open_room().words
    assert rows["rnn.hidden_update"].status == "needs_review"
    assert rows["rnn.hidden_update"].saw == words.say("saw", "not_compared")
    assert words.say("saw", "undecided") not in {row.saw for row in rows.values()}


def test_a_half_that_learns_nothing_is_not_called_right():
    said = open_room().words.say("saw", "learns_in_doubt", saw="66 of 128")
    assert said == "66 of 128; nothing else in this half was found wrong, so a person decides"
