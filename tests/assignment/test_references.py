"""What the references are made of is told, a change is named, and nothing is marked by what is stale."""

import json

import numpy as np
import pytest
from typer.testing import CliRunner

from assignment import equations
from assignment.bands import BANDS
from assignment.documents import practice_file
from assignment.many_seeds import origin
from assignment.many_seeds.training import SeedResult
from assignment.other_runs import bands_behind, other_runs, place_among
from assignment.recipe_inputs import EPOCHS
from assignment.references import bands, collected, golden, golden_numbers, tables, trainings
from assignment.references.kept import DamagedReference
from assignment.references.plan import PLAN, PRACTICE, Planned
from assignment.training import History
from grading import reference
from grading.__main__ import app
from grading.intervals import interval
from grading.mark.agreement import ABSOLUTE
from grading.room import REPOSITORY, open_room


@pytest.fixture(scope="module")
def room():
    return open_room()


@pytest.fixture
def results():
    """Two seeds' results of two epochs."""
    history = History([1.5, 1.2], [0.3, 0.5], [1.4, 1.3], [0.35, 0.45])
    return [SeedResult(seed, history, [0.3, 0.4 + seed / 100], [1.0] * 10, [0.5] * 10) for seed in (0, 1)]


def test_the_markers_equations_give_the_golden_numbers(room):
    assert golden_numbers.disagreements(room) == []


def test_golden_outputs_exist_for_every_convention(room):
    kept = json.loads(golden_numbers.GOLDEN.read_text(encoding="utf-8"))["outputs"]
    assert set(kept) == {golden_numbers.name_of(convention) for convention in golden.conventions(room)}
    assert len(kept) == 4


def test_an_equation_that_gives_other_numbers_is_named(room, monkeypatch):
    monkeypatch.setitem(golden_numbers.EQUATIONS, "GRUCell", lambda c: 1.0001 * equations.gru_cell(c))
    assert golden_numbers.disagreements(room) == ["the equations of GRUCell give other numbers than golden.json has"]


def test_the_file_that_changed_is_named_first(room, monkeypatch):
    changed = golden_numbers.cases(room)
    changed["VanillaRNN"] = changed["VanillaRNN"].replace(tokens=changed["VanillaRNN"].tokens[:, ::-1])
    monkeypatch.setattr(golden_numbers, "cases", lambda room: changed)
    monkeypatch.setattr(golden_numbers, "digest", lambda path: f"another {path.name}"[:20])
    first, second = golden_numbers.disagreements(room)
    assert first.startswith("changed since golden.json was made: ")
    assert "assignment/fixed_arrays.json" in first
    assert "VanillaRNN" in second


def test_another_convention_is_golden_without_making_anything(room, monkeypatch):
    monkeypatch.setattr(golden_numbers, "CONVENTION", {"reset": "after", "update": "past"})
    monkeypatch.setattr(equations, "RESET_ACTS_AFTER", True)
    monkeypatch.setattr(equations, "UPDATE_WEIGHS_PAST", True)
    assert golden_numbers.disagreements(room) == []


def test_one_convention_is_not_anothers(room, monkeypatch):
    monkeypatch.setattr(golden_numbers, "CONVENTION", {"reset": "after", "update": "candidate"})
    assert len(golden_numbers.disagreements(room)) == 2


def test_the_tolerance_lies_between_float32_and_the_nearest_misconception(room):
    kept = json.loads(golden_numbers.GOLDEN.read_text(encoding="utf-8"))
    assert max(kept["float32 strays"].values()) * golden.MARGIN < ABSOLUTE
    assert golden.nearest(golden_numbers.cases(room)) == kept["nearest misconception"]
    assert kept["nearest misconception"]["distance"] > ABSOLUTE * golden.MARGIN


def test_a_solution_with_other_outputs_is_found_by_the_check(room, monkeypatch):
    measured = golden.measured(room)
    measured["outputs"]["reset=before, update=candidate"]["GRUCell"]["output"][0][0] += 1e-6
    monkeypatch.setattr(golden, "measured", lambda room: measured)
    (sentence,) = golden.check(room)
    assert sentence.startswith("the solution (reset=before, update=candidate) gives other numbers")


def test_grade_refuses_stale_references_and_says_what_changed(monkeypatch, tmp_path):
    monkeypatch.setitem(golden_numbers.EQUATIONS, "GRUCell", lambda c: 1.0001 * equations.gru_cell(c))
    words = ["grade", str(REPOSITORY / "assignment" / "cases" / "all-right"), "--out", str(tmp_path / "out")]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 2
    assert "the equations of GRUCell give other numbers than golden.json has" in result.stderr
    assert "run: python -m grading reference" in result.stderr
    assert not (tmp_path / "out").exists()


def test_collected_results_are_read_as_they_were_written(results, tmp_path):
    path = collected.write_collected("RNN", practice_file(), results, tmp_path)
    kept = collected.read_collected("RNN", practice_file(), tmp_path)
    assert path == tmp_path / "practice" / "RNN.json"
    assert kept.seeds == [0, 1]
    assert kept.ends["test_last"] == [0.4, 0.41]
    assert kept.curves["valid_accuracy"] == [[0.35, 0.45]] * 2
    assert kept.reaches["after"] == [[0.5] * 10] * 2
    assert list(collected.what_changed(kept, "RNN", practice_file())) == []


def test_other_code_is_named(results, tmp_path, monkeypatch):
    collected.write_collected("RNN", practice_file(), results, tmp_path)
    kept = collected.read_collected("RNN", practice_file(), tmp_path)
    monkeypatch.setattr(origin, "digest_of_code", lambda path: "another" if path.name == "cells.py" else "same")
    changed = list(collected.what_changed(kept, "RNN", practice_file()))
    assert "assignment/many_seeds/cells.py has changed" in changed


def test_only_the_seeds_that_are_missing_are_trained(results, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(trainings, "run_seeds", lambda variant, seeds, *_, **__: asked.append(seeds) or results[-1:])
    collected.write_collected("RNN", practice_file(), results[:1], tmp_path)
    said = list(trainings.make(None, tmp_path, [Planned("RNN", PRACTICE, 2)], tmp_path))
    assert asked == [range(1, 2)]
    assert said == ["RNN on practice.csv.xz: 1 seeds trained, RNN.json written"]
    kept = collected.read_collected("RNN", practice_file(), tmp_path)
    assert kept.seeds == [0, 1]
    assert kept.curves["train_loss"] == [[1.5, 1.2]] * 2
    assert list(trainings.make(None, tmp_path, [Planned("RNN", PRACTICE, 2)], tmp_path)) == [
        "RNN on practice.csv.xz: current"
    ]


def test_what_is_missing_or_has_too_few_seeds_is_found_by_the_check(results, tmp_path, monkeypatch):
    monkeypatch.setattr(trainings, "trained_otherwise", lambda *_, **__: ())
    plan = [Planned("RNN", PRACTICE, 3), Planned("GRU", PRACTICE, 3)]
    collected.write_collected("RNN", practice_file(), results, tmp_path)
    assert trainings.check(None, tmp_path, plan, tmp_path) == [
        "RNN on practice.csv.xz: 2 seeds, where 3 are planned",
        "GRU on practice.csv.xz is not there: GRU.json",
    ]


def test_a_training_that_parts_from_the_curves_is_found(results, tmp_path, monkeypatch):
    monkeypatch.setattr(trainings, "TRAINED_AGAIN", {"RNN": 2})
    monkeypatch.setattr(trainings, "run_seeds", lambda *_, **__: [*results, *results])
    series = {sentence.split(": ")[1].split()[0] for sentence in trainings.trained_otherwise(tmp_path)}
    assert series == {"valid_loss", "valid_accuracy", "train_accuracy"}


def test_a_damaged_file_is_named_with_what_to_do(tmp_path):
    path = collected.place_of("RNN", PRACTICE, tmp_path)
    path.parent.mkdir()
    path.write_text("{")
    with pytest.raises(DamagedReference, match=r"RNN\.json is damaged .*; take it back from git, or delete it"):
        collected.read_collected("RNN", PRACTICE, tmp_path)


def test_every_variant_that_is_planned_exists_and_has_results():
    assert not [one for one in PLAN if collected.read_collected(one.variant, one.documents) is None]


def test_a_band_leaves_two_in_ten_runs_out_at_each_epoch(room):
    kept = collected.read_collected("RNN", PRACTICE)
    band = bands.band(kept)
    curves = np.array(kept.curves["valid_accuracy"])
    outside = (curves < np.array(band["low"]) - 1e-4) | (curves > np.array(band["high"]) + 1e-4)
    assert 0.1 < outside.mean() <= 0.2


def test_the_share_of_right_runs_below_all_others_is_that_of_order_statistics():
    rng = np.random.default_rng(0)
    draws = rng.normal(size=(20000, 51))
    below = (draws[:, 50] < draws[:, :50].min(axis=1)).mean()
    share, low, high = bands.band(collected.read_collected("RNN", PRACTICE))["below"]
    assert share == pytest.approx(1 / 51, abs=1e-4)
    assert below == pytest.approx(share, abs=0.003)
    chances = rng.uniform(size=(20000, 50)).min(axis=1)  # of a new run to lie below each set's lowest
    assert np.quantile(chances, [0.025, 0.975]) == pytest.approx([low, high], abs=0.003)


def test_the_notebooks_bands_are_those_of_the_results(room):
    assert bands.check(room) == []


@pytest.mark.parametrize(
    ("accuracy", "said"),
    [("lowest", "right runs with other seeds gave"), (0.1, "is unusual: it lies below all of 50 right runs")],
)
def test_a_test_accuracy_is_placed_among_those_of_right_runs(accuracy, said, capsys):
    runs = BANDS[PRACTICE]
    place_among(runs, "RNN", runs["RNN"][accuracy] if isinstance(accuracy, str) else accuracy, EPOCHS["RNN"])
    told = capsys.readouterr().out
    assert said in told
    assert ("no points hang on it" in told) == (accuracy == 0.1)


def test_a_shorter_training_is_not_compared(capsys):
    place_among(BANDS[PRACTICE], "RNN", 0.1, EPOCHS["RNN"] - 1)
    assert capsys.readouterr().out == ""


def test_documents_that_nobody_tried_have_no_band(tmp_path):
    assert other_runs(tmp_path / "df_file.csv", [0] * 100) == {}
    assert bands_behind({}, "RNN", "GRU") == {}


def test_the_pages_tables_are_those_of_the_results(room):
    assert tables.check(room) == []


def test_a_table_that_says_something_else_is_named(room, monkeypatch, tmp_path):
    text = tables.PAGE.read_text(encoding="utf-8")
    (tmp_path / "experiments.md").write_text(text.replace("| RNN: test, last epoch |", "| RNN: test |"))
    monkeypatch.setattr(tables, "PAGE", tmp_path / "experiments.md")
    assert "experiments.md: the table distributions on practice.csv.xz is stale" in tables.check(room)


def test_an_interval_holds_the_mean_of_normal_draws_as_often_as_it_says():
    rng = np.random.default_rng(1)
    found = [interval(draw) for draw in rng.normal(0.5, 0.02, size=(2000, 10))]
    held = np.mean([one.low <= 0.5 <= one.high for one in found])
    assert held == pytest.approx(0.95, abs=0.02)


def test_check_ends_with_1_where_a_part_would_be_otherwise(monkeypatch):
    monkeypatch.setattr(bands, "module_text", lambda: "other numbers")
    result = CliRunner().invoke(app, ["reference", "--check", "--only", "bands"])
    assert result.exit_code == 1
    assert "bands: NOT as it would be made now" in result.stdout
    assert "bands.py has other numbers" in result.stderr


def test_check_ends_with_0_where_nothing_would_be_otherwise():
    result = CliRunner().invoke(app, ["reference", "--check", "--only", "bands", "--only", "tables"])
    assert result.exit_code == 0
    assert result.stdout.splitlines() == ["bands: as it would be made now", "tables: as it would be made now"]


def test_an_unknown_part_is_wrong_usage_and_the_known_ones_are_listed():
    result = CliRunner().invoke(app, ["reference", "--only", "silver"])
    assert result.exit_code == 2
    assert "there are: golden, trainings, bands, tables" in result.stderr


def test_a_room_without_references_has_nothing_to_compare(room, monkeypatch):
    monkeypatch.setattr(reference, "references_of", lambda room: None)
    assert reference.stale(room) == []
    assert CliRunner().invoke(app, ["reference", "--check"]).exit_code == 0
