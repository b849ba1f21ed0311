"""*.learns: what the short training asks, and the study that its thresholds come from."""

import json

import numpy as np
import pytest

from assignment.learning_models import BROKEN, MODELS, RIGHT, source
from assignment.learning_study import (
    SPECS,
    InProcess,
    choose_threshold,
    judged,
    made_from,
    one_run,
    opened,
    rate,
    read_runs,
    right_by_seed,
    runs_waiting,
    runs_wanted,
    study,
)
from assignment.marking import CLASSES
from assignment.marking.learning import (
    HELD_BACK,
    MANIFEST,
    SEED,
    constants,
    documents,
    draw_weights,
    is_small_matrix,
    short_training,
    threshold,
)
from grading.mark.module import Module
from grading.sandbox.student_module import load_module
from tests.executors import Here

RUN = ("class", "kind", "seed", "right")


@pytest.fixture(scope="module")
def manifest():
    return json.loads(MANIFEST.read_text(encoding="utf-8"))


@pytest.fixture
def numbers():
    return np.random.default_rng(7)


def kinds(of):
    return [(class_name, kind) for class_name in MODELS for kind in of[class_name]]


def test_the_manifest_was_measured_with_the_constants_of_today(manifest):
    assert manifest["constants"] == constants()


def test_the_manifest_rests_on_three_thousand_runs_or_more_and_counts_them_all(manifest):
    counted = sum(row["runs"] for rows in manifest["kinds"].values() for row in rows.values())
    assert manifest["runs"] == counted >= 3000


def test_the_manifest_tells_of_every_kind_that_the_study_knows(manifest):
    assert {name: set(rows) for name, rows in manifest["kinds"].items()} == {n: set(k) for n, k in MODELS.items()}


@pytest.mark.parametrize("class_name", MODELS)
def test_the_threshold_is_the_one_that_the_even_seeds_choose(manifest, class_name):
    even = {kind: right[::2] for kind, right in manifest["right"][class_name].items()}
    chosen = choose_threshold(*([even[kind] for kind in of[class_name]] for of in (RIGHT, BROKEN)))
    assert threshold(class_name) == chosen


@pytest.mark.parametrize(("class_name", "kind"), kinds(RIGHT))
def test_a_right_model_learns_with_the_markers_own_seed(class_name, kind):
    assert one_run(class_name, kind, SEED)["right"] >= threshold(class_name)


@pytest.mark.parametrize(("class_name", "kind"), kinds(BROKEN))
def test_a_broken_model_does_not_learn_with_the_markers_own_seed(class_name, kind):
    assert one_run(class_name, kind, SEED)["right"] < threshold(class_name)


@pytest.mark.parametrize(
    ("class_name", "kind"),
    [("VanillaRNN", "state added on top"), ("VanillaRNN", "mean over time"), ("GRUModel", "mix swapped"),
     ("GRUModel", "reset ignored"), ("GRUModel", "reset after matmul")],
)  # fmt: skip
def test_a_mistake_that_keeps_no_model_from_learning_does_not_cost_learns(class_name, kind):
    assert one_run(class_name, kind, SEED)["right"] >= threshold(class_name)


def test_a_run_repeated_gives_the_same_number():
    first, again = (one_run("VanillaRNN", "random start", SEED) for _ in range(2))
    assert first == again


@pytest.mark.parametrize("class_name", MODELS)
def test_no_two_kinds_of_model_are_the_same_text(class_name):
    texts = {source(class_name, kind) for kind in MODELS[class_name]}
    assert len(texts) == len(MODELS[class_name])


def test_a_replacement_that_finds_nothing_says_so(monkeypatch):
    monkeypatch.setitem(MODELS["VanillaRNN"], "typo", {"no such line": ""})
    with pytest.raises(ValueError, match=r"VanillaRNN, typo: 'no such line' is not in RNN_skeleton\.py"):
        source("VanillaRNN", "typo")


def test_the_label_is_the_first_words(numbers):
    words, labels = documents(numbers, 50, 6)
    assert words.shape == (50, 6)
    assert labels.tolist() == [first % 2 for first in words[:, 0].tolist()]


def test_a_layer_over_both_begins_as_small_as_the_handouts(numbers):
    module = opened("VanillaRNN", "right, one layer over [x, h]")
    weights = draw_weights(numbers, module, SPECS["VanillaRNN"])
    assert {name: array.shape for name, array in weights.items()} == {
        "weight:embedding.weight": (10, 8), "weight:W.weight": (8, 16), "weight:fc.weight": (2, 8),
    }  # fmt: skip
    assert abs(weights["weight:embedding.weight"]).max() < 0.2
    assert 0.3 < abs(weights["weight:W.weight"]).max() <= 8**-0.5


def test_a_matrix_that_is_no_parameter_leaves_a_model_of_another_form_its_own_start():
    text = source("VanillaRNN", "right, one layer over [x, h]")
    text = text.replace("self.tanh = nn.Tanh()", "self.tanh = nn.Tanh(); self.register_buffer('mask', torch.eye(3))")
    worker = InProcess(load_module("RNN_skeleton.py", text.encode(), "whole"))
    module = Module(worker, worker, CLASSES["RNN_skeleton.py"], ())
    assert 0 <= short_training(module, SPECS["VanillaRNN"]) <= HELD_BACK


@pytest.mark.parametrize("shape", [(), (5,), (10**9, 10**9), (-8, 8), (0, 8), (-8, -8)])
def test_a_shape_that_no_model_of_this_size_has_is_not_drawn(shape):
    assert not is_small_matrix(shape)


@pytest.mark.parametrize("shape", [(8, 8), (24, 16), (3, 8, 8)])
def test_a_fused_matrix_is_drawn(shape):
    assert is_small_matrix(shape)


def test_the_threshold_lies_half_way_between_right_and_broken_models():
    assert choose_threshold([[120, 128], [115]], [[90, 60], [70]]) == 103  # the middle of 91 ... 115


def test_the_threshold_makes_the_fewest_mistakes_where_right_and_broken_overlap():
    assert choose_threshold([[128] * 9 + [50]], [[60] * 9 + [70]]) in range(71, 129)


def test_error_rates_come_from_seeds_that_the_threshold_never_saw():
    runs = [
        {"class": "GRUModel", "kind": kind, "seed": seed, "right": right}
        for kind in MODELS["GRUModel"]
        for seed, right in enumerate((60, 127) if kind in BROKEN["GRUModel"] else (128, 70))
    ]
    limit, alarms, measured = judged("GRUModel", runs)
    assert 60 < limit <= 128
    assert alarms["events"] == alarms["runs"] == 1  # of the odd seeds, however many right kinds fail with it
    assert measured["right"]["lowest"] == 70


def test_a_rate_has_its_clopper_pearson_interval():
    assert rate(0, 100) == {"runs": 100, "events": 0, "rate": 0.0, "interval": [0.0, 0.0362]}


def test_a_study_that_was_stopped_goes_on_with_what_is_missing(tmp_path):
    path = tmp_path / "runs.jsonl"
    every = list(runs_wanted(1))
    rows = [{"class": c, "kind": k, "seed": s, "right": 1, "made_from": made_from()} for c, k, s in every]
    lines = [json.dumps(row) + "\n" for row in rows]
    path.write_text("".join(lines[:-1]) + lines[-1][:20], encoding="utf-8")
    assert len(read_runs(path)) == len(every) - 1
    assert runs_waiting(path, 1) == every[-1:]


def test_runs_of_other_code_are_made_anew(tmp_path):
    path = tmp_path / "runs.jsonl"
    row = {"class": "GRUModel", "kind": "right", "seed": 0, "right": 1, "made_from": made_from() | {"file.py": "old"}}
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    assert runs_waiting(path, 1) == list(runs_wanted(1))


def test_a_study_keeps_each_run_as_it_is_done(tmp_path, monkeypatch):
    monkeypatch.setattr("assignment.learning_study.run_of", lambda job: dict(zip(RUN, (*job, 7), strict=True)))
    runs = study(tmp_path / "new" / "runs.jsonl", 1, executor=Here(), shown=False)
    assert {tuple(run[name] for name in RUN) for run in runs} == {(*job, 7) for job in runs_wanted(1)}
    assert study(tmp_path / "new" / "runs.jsonl", 1, executor=None, shown=False) == runs
    assert right_by_seed(runs)["GRUModel"]["right"] == [7]


def test_a_study_begins_without_a_file(tmp_path):
    assert runs_waiting(tmp_path / "none.jsonl", 1) == list(runs_wanted(1))
