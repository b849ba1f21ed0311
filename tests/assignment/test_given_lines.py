"""The lines that students are given, changed: what no longer runs or learns costs the item that it is of."""

import pytest

from grading.build.solution import solution_files
from grading.prove.known_mistakes import with_line
from grading.prove.known_trials import seen
from grading.prove.marker import Marker
from grading.room import open_room

ROOM = open_room()
RNN, GRU = "RNN_skeleton.py", "GRU_skeleton.py"
EMBEDDING = "self.embedding = nn.Embedding(vocab_size, embedding_dim)"
CELL = "self.gru_cell = GRUCell(embedding_dim, hidden_size)"
HEAD = "self.fc = nn.Linear(hidden_size, output_size)"
UPDATE = "h = self.tanh(self.Wx(xt) + self.Wh(h))"
SWAPPED, WRONG, MISSING = (("failed", name) for name in ("layer-sizes-swapped", "layer-size-wrong", "layer-missing"))


@pytest.fixture(scope="module")
def lost():
    """lost(file, line, other, ...) -> item -> (status, misconception) of the solution with other lines."""
    solution = solution_files(ROOM)
    with Marker(ROOM, jobs=1) as marker:

        def of(file, *lines):
            text = solution[file].decode()
            for line, other in zip(lines[::2], lines[1::2], strict=True):
                text = with_line(text, line, other)
            return seen(marker.mark({file: text.encode()}), {file})

        yield of


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ("self.embedding = nn.Embedding(vocab_size, hidden_size)", WRONG),
        ("self.embedding = nn.Embedding(output_size, embedding_dim)", WRONG),
        ("", MISSING),
    ],
)
def test_an_embedding_that_does_not_fit_costs_the_vanilla_rnn_its_layers(lost, line, verdict):
    assert lost(RNN, EMBEDDING, line) == {"rnn.layers": verdict}


@pytest.mark.parametrize(
    ("line", "other", "verdict"),
    [
        (EMBEDDING, "self.embedding = nn.Embedding(vocab_size, hidden_size)", WRONG),
        (EMBEDDING, "", MISSING),
        (EMBEDDING, "self.embedding = nn.Embedding(vocab_size)", ("error", None)),
        (HEAD, "self.fc = nn.Linear(output_size, hidden_size)", SWAPPED),
        (HEAD, "self.fc = nn.Linear(embedding_dim, output_size)", WRONG),
        (HEAD, "", MISSING),
        (CELL, "self.gru_cell = GRUCell(hidden_size, embedding_dim)", SWAPPED),
        (CELL, "self.gru_cell = GRUCell(hidden_size, hidden_size)", WRONG),
        (CELL, "self.gru_cell = GRUCell(vocab_size, hidden_size)", WRONG),
        (CELL, "self.gru_cell = GRUCell(hidden_size)", ("error", None)),
        (CELL, "", MISSING),
    ],
)
def test_a_model_whose_own_parts_do_not_fit_costs_the_gru_its_unroll_alone(lost, line, other, verdict):
    if line == HEAD:  # the vanilla RNN's file has the same line, and another item
        assert set(lost(RNN, line, other)) == {"rnn.layers"}
    assert lost(GRU, line, other) == {"gru.unroll": verdict}


@pytest.mark.parametrize(
    "line",
    [
        "self.W_z = nn.Linear(hidden_size, input_size)",
        "self.W_z = nn.Linear(input_size)",
    ],
)
def test_a_wrong_layer_of_the_cell_does_not_cost_the_unroll(lost, line):
    assert set(lost(GRU, "self.W_z = nn.Linear(input_size, hidden_size)", line)) == {"gru.layers"}


@pytest.mark.parametrize(
    "update",
    [
        "h = self.tanh(self.Wx(xt) + self.Wh())",
        "h = self.tanh(self.Wx(xt) @ self.Wh(h))",
        "h = self.tanh(self.Wx(h) + self.Wh(h))",
        "h = self.tanh(self.Wx(xt) ** self.Wh(h))",
    ],
)
def test_an_update_that_stops_or_makes_no_numbers_does_not_cost_the_model(lost, update):
    assert set(lost(RNN, UPDATE, update)) == {"rnn.hidden_update"}


def test_where_the_update_stops_the_rest_of_the_loop_is_still_judged(lost):
    head = "return self.fc(h)", "return torch.sigmoid(self.fc(h))"
    found = lost(RNN, UPDATE, "h = self.tanh(self.Wx(xt) + self.Wh())", *head)
    assert found == {"rnn.hidden_update": ("error", None), "rnn.model": ("failed", "sigmoid-on-output")}


@pytest.mark.parametrize(
    ("line", "other"),
    [
        ("xt = embedded[:, t, :]", "xt = embedded[:, t, :].detach()"),
        ("embedded = self.embedding(x)  # (B, T, E)", "embedded = self.embedding(x).detach()"),
    ],
)
def test_words_without_a_gradient_cost_the_step_s_input(lost, line, other):
    assert lost(RNN, line, other) == {"rnn.step_input": ("failed", "gradient-cut")}
