"""The test cells of a course system: what they hold, what they earn, and that no answer travels with them."""

import json
import sys
import types

import numpy as np
import pytest
import torch

from assignment import graded_cases
from assignment.check_cases import fixed_arrays
from assignment.marking import learning
from grading.export import graded_cells


def all_earned(room, graded_checks, unseen):
    """item id -> points, as the test cells count them; without the short trainings."""
    found = {}
    for item in room.items.values():
        if item.id in unseen:
            points = graded_checks.earned(item.class_name, item.id)
            found[item.id] = graded_checks.earned_unseen(points, item.class_name, unseen[item.id])
    return found


@pytest.mark.parametrize("case", ["all-right", "own-style", "one-bias-per-equation", "tanh-on-y"])
def test_a_right_submission_earns_every_point(room, graded_checks, unseen, hand_in, case):
    hand_in(case)
    assert all_earned(room, graded_checks, unseen) == {item_id: room.items[item_id].points for item_id in unseen}


@pytest.mark.parametrize("case", ["rnn.learns", "gru.learns"])
def test_a_right_submission_earns_the_points_of_a_short_training(room, graded_checks, hand_in, case):
    hand_in("all-right")
    assert graded_checks.earned(room.items[case].class_name, case) == room.items[case].points


def test_a_blank_notebook_earns_nothing(room, graded_checks, unseen, hand_in):
    hand_in("untouched")
    assert set(all_earned(room, graded_checks, unseen).values()) == {0.0}


def test_a_class_that_is_not_there_earns_nothing_and_says_so(room, graded_checks, notebook_names, capsys):
    assert graded_checks.earned("GRUCell", "gru.candidate") == 0.0
    assert "The class GRUCell is not defined" in capsys.readouterr().out


def test_another_published_form_earns_what_the_rubric_sets_and_its_numbers_are_tried_twice(
    room, graded_checks, unseen, hand_in
):
    hand_in("reset-after-matmul")
    earned = all_earned(room, graded_checks, unseen)
    lost = {item_id: points for item_id, points in earned.items() if points != room.items[item_id].points}
    assert lost == {"gru.candidate": room.items["gru.candidate"].points / 2}


@pytest.mark.parametrize("case", ["no-recurrence", "feature-for-time", "time-and-batch-swapped"])
def test_a_wrong_line_does_not_cost_the_loop_around_it(graded_checks, unseen, hand_in, case):
    hand_in(case)
    points = graded_checks.earned("VanillaRNN", "rnn.model")
    assert graded_checks.earned_unseen(points, "VanillaRNN", unseen["rnn.model"]) == 10


@pytest.mark.parametrize("case", ["mean-over-time", "untouched", "random-initial-state"])
def test_a_wrong_loop_earns_nothing_for_the_loop(graded_checks, unseen, hand_in, case):
    hand_in(case)
    points = graded_checks.earned("VanillaRNN", "rnn.model")
    assert graded_checks.earned_unseen(points, "VanillaRNN", unseen["rnn.model"]) == 0


def test_what_is_made_for_the_seen_numbers_earns_nothing(graded_checks, unseen, hand_in, notebook_names, capsys):
    hand_in("all-right")
    (seen,) = [item for item in graded_checks.CHECKS["classes"]["GRUModel"]["items"] if item["id"] == "gru.unroll"]
    known = torch.tensor(seen["right"][0][1], dtype=torch.float32)
    slopes = sum(0 * parameter.sum() for parameter in notebook_names.GRUModel(7, 3, 4, 6).parameters())
    notebook_names.GRUModel.forward = lambda self, x: known + slopes
    found = graded_checks.examine_numbers(notebook_names.GRUModel, seen | {"right": [["", seen["right"][0][1], {}]]})
    assert found["status"] == "right"
    assert graded_checks.earned_unseen(10.0, "GRUModel", unseen["gru.unroll"]) == 0.0
    assert "With other numbers than these" in capsys.readouterr().out


def test_what_a_class_prints_at_the_unseen_numbers_is_kept_back(graded_checks, unseen, hand_in, notebook_names, capsys):
    hand_in("all-right")
    forward = notebook_names.GRUCell.forward

    def tells(self, x, h_prev):
        print("told", x, file=sys.stderr)
        print("told", x)
        return forward(self, x, h_prev)

    notebook_names.GRUCell.forward = tells
    graded_checks.earned_unseen(12.0, "GRUCell", unseen["gru.update_gate"])
    captured = capsys.readouterr()
    assert "told" not in captured.out + captured.err


def test_a_class_that_leaves_at_the_unseen_numbers_only_loses_its_item(graded_checks, unseen, hand_in, notebook_names):
    hand_in("all-right")

    def leave(self, x, h_prev):
        raise SystemExit

    notebook_names.GRUCell.forward = leave
    assert graded_checks.earned_unseen(12.0, "GRUCell", unseen["gru.candidate"]) == 0.0


def test_an_item_that_is_not_earned_raises_its_four_lines_where_a_system_asks_for_that(graded_checks, hand_in):
    hand_in("reset-ignored")
    with pytest.raises(AssertionError, match=r"(?s)Saw.*Expected.*Cause.*Next"):
        graded_checks.must_earn("GRUCell", "gru.candidate")


def test_the_points_of_all_parts_are_those_of_the_rubric(room):
    items = [item for part in graded_cells.parts_of(room) for item in part.items]
    assert sum(item.points for item in items) == room.max_score
    assert {item.id for item in items} == {item.id for item in room.items.values() if item.points}


def test_only_the_cells_with_classes_and_their_prose_go_along(room):
    parts = graded_cells.parts_of(room)
    assert [part.name for part in parts] == ["VanillaRNN", "GRUCell", "GRUModel"]
    assert all(part.prose.startswith("#") for part in parts)


def test_the_unseen_numbers_are_others_of_the_same_shapes(room):
    seen = fixed_arrays(room)
    others = graded_cases.other_arrays(seen)
    for class_name, arrays in seen.items():
        for name, array in arrays.items():
            other = others[class_name][name]
            assert np.shape(other) == np.shape(array), name
            assert other != array, name


def test_no_unseen_number_is_told_by_the_module_that_students_get(room, unseen):
    module = graded_cells.module_source(room)
    for table in unseen.values():
        (item,) = json.loads(table)["items"]
        if "right" in item:
            assert json.dumps(item["right"][0][1]) not in module


def test_the_short_training_is_the_markers_own(room, monkeypatch):
    asked = []
    monkeypatch.setattr(learning, "train", lambda module, spec, texts, weights: asked.append((texts, weights)))
    spec = graded_cases.TRAININGS["gru.learns"](*learning.SIZES)
    module = types.SimpleNamespace(is_unusual=lambda name: False)
    with pytest.raises(learning.StudentFault):
        learning.short_training(module, spec)
    texts, weights = asked[0]
    table = graded_cases.training(room, "gru.learns")
    random = np.random.default_rng(table["seed"])
    steps = table["steps"] * table["facts"]["batch_size"]
    assert (random.integers(0, table["words"], (steps, table["length"])) == texts["x"]).all()
    assert (random.integers(0, table["words"], (table["held_back"], table["length"])) == texts["held_back"]).all()
    assert {name: array.tolist() for name, array in weights.items()} == table["weights"]
