"""What the references are made of is told, a change is named, and nothing is marked by what is stale."""

import json
import subprocess
import sys
from copy import deepcopy
from dataclasses import replace

import numpy as np
import pytest
from typer.testing import CliRunner

from assignment import equations, learning_sources
from assignment.bands import BANDS
from assignment.documents import practice_file, read_documents
from assignment.learning_models import BROKEN, RIGHT
from assignment.many_seeds import origin
from assignment.many_seeds.origin import machine
from assignment.many_seeds.runs import Chunk
from assignment.many_seeds.training import SeedResult
from assignment.many_seeds.variants import VARIANTS
from assignment.other_runs import bands_behind, other_runs, place_among, what_is_shaded
from assignment.recipe_inputs import EPOCHS
from assignment.references import (
    bands,
    baseline,
    collected,
    drawings,
    golden,
    golden_numbers,
    learning,
    rows,
    tables,
    trainings,
)
from assignment.references.kept import DamagedReference
from assignment.references.plan import PLAN, PRACTICE, Planned
from assignment.training import History
from grading import reference
from grading.__main__ import app, run
from grading.command_line import Terminated
from grading.intervals import interval
from grading.mark.agreement import ABSOLUTE
from grading.mark.sources import digest_of_code as digest
from grading.processor import processor
from grading.room import REPOSITORY, open_room


@pytest.fixture(scope="module")
def room():
    return open_room()


@pytest.fixture
def results():
    """Two seeds' results of two epochs."""
    history = History([1.5, 1.2], [0.3, 0.5], [1.4, 1.3], [0.35, 0.45])
    return [SeedResult(seed, history, [0.3, 0.4 + seed / 100], [1.0] * 10, [0.5] * 10) for seed in (0, 1)]


@pytest.fixture
def chunks(results):
    """The same as two chunks, from two machines."""
    return [Chunk({}, f"machine {result.seed}", [result]) for result in results]


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


@pytest.mark.parametrize("name", ["made_from", "tolerance", "nearest misconception"])
def test_golden_numbers_that_were_made_from_something_else_are_stale(name, room, monkeypatch):
    measured = golden.measured(room)
    measured[name] = dict(measured[name]) | {"more": 1}
    monkeypatch.setattr(golden, "measured", lambda room: measured)
    assert golden.check(room) == [f"golden.json was made with another {name}"]


def test_a_source_of_the_thresholds_that_changed_is_named(monkeypatch):
    monkeypatch.setattr(learning_sources, "digest_of_code", lambda path: "another")
    assert len(learning.changes()) == len(learning_sources.SOURCES)  # and torch is the same
    assert "assignment/marking/learning.py has changed since learning_manifest.json was made" in learning.changes()


def test_the_thresholds_are_of_the_code_of_today():
    assert learning.changes() == []


@pytest.mark.parametrize("name", ["threshold", "false_alarms", "kinds"])
def test_what_does_not_follow_from_the_kept_runs_is_named(name, monkeypatch, tmp_path):
    kept = json.loads(learning.MANIFEST.read_text())
    kept[name]["GRUModel"] = 121
    monkeypatch.setattr(learning, "MANIFEST", tmp_path / "learning_manifest.json")
    learning.MANIFEST.write_text(json.dumps(kept))
    told = f"GRUModel: {name} in learning_manifest.json does not follow from its runs"
    assert list(learning.judged_otherwise()) == [told]


def test_a_run_that_ends_otherwise_is_found_by_the_check(monkeypatch):
    monkeypatch.setattr(learning, "one_run", lambda class_name, kind, seed: {"right": -100})
    found = list(learning.trained_otherwise())
    asked = sum(len(RIGHT[name]) + len(BROKEN[name]) for name in RIGHT)
    assert len(found) == asked
    assert "VanillaRNN, right, seed 0: -100 texts right, where learning_manifest.json has" in found[0]


def test_thresholds_that_other_code_found_are_stale_and_those_of_another_torch_are_not(room, monkeypatch):
    monkeypatch.setattr(learning_sources, "version", lambda name: "1.0")
    assert reference.stale(room) == []
    changed = "assignment/marking/learning.py"
    monkeypatch.setattr(
        learning_sources, "digest_of_code", lambda path: "another" if path == REPOSITORY / changed else digest(path)
    )
    assert reference.stale(room) == [f"{changed} has changed since learning_manifest.json was made"]


@pytest.mark.parametrize(("content", "said"), [(None, "is not there"), ("{", "is damaged"), ("{}", "has changed")])
def test_thresholds_that_can_not_be_read_are_stale(content, said, room, monkeypatch, tmp_path):
    manifest = tmp_path / "learning_manifest.json"
    monkeypatch.setattr(learning_sources, "MANIFEST", manifest)
    if content:
        manifest.write_text(content)
    assert said in reference.stale(room)[0]


def test_a_part_that_can_not_be_read_is_a_difference_and_the_other_parts_are_compared(room, monkeypatch, tmp_path):
    for module in (learning, learning_sources):
        monkeypatch.setattr(module, "MANIFEST", tmp_path / "learning_manifest.json")
    learning.MANIFEST.write_text("{")
    found = {one.part: one.differences for one in reference.compare(room, ["learning", "bands"], tmp_path)}
    assert "learning_manifest.json is damaged" in found["learning"][0]
    assert found["bands"] == []


def test_golden_numbers_are_not_written_where_equations_and_solution_part(room, monkeypatch):
    monkeypatch.setitem(golden_numbers.EQUATIONS, "GRUCell", lambda c: 1.0001 * equations.gru_cell(c))
    before = golden_numbers.GOLDEN.read_bytes()
    with pytest.raises(DamagedReference, match="the equations of GRUCell give other numbers than the solution has"):
        list(golden.make(room))
    assert golden_numbers.GOLDEN.read_bytes() == before


def test_grade_refuses_stale_references_and_says_what_changed(monkeypatch, tmp_path):
    monkeypatch.setitem(golden_numbers.EQUATIONS, "GRUCell", lambda c: 1.0001 * equations.gru_cell(c))
    words = ["grade", str(REPOSITORY / "assignment" / "cases" / "all-right"), "--out", str(tmp_path / "out")]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 2
    assert "the equations of GRUCell give other numbers than golden.json has" in result.stderr
    assert "run: python -m grading reference" in result.stderr
    assert not (tmp_path / "out").exists()


def test_collected_results_are_read_as_they_were_written(chunks, tmp_path):
    path = collected.write_collected("RNN", practice_file(), chunks, tmp_path)
    kept = collected.read_collected("RNN", practice_file(), tmp_path)
    assert path == tmp_path / "practice" / "RNN.json"
    assert kept.seeds == [0, 1]
    assert kept.machines == ["machine 0", "machine 1"]
    assert kept.ends["test_last"] == [0.4, 0.41]
    assert kept.curves["valid_accuracy"] == [[0.35, 0.45]] * 2
    assert kept.reaches["after"] == [[0.5] * 10] * 2
    assert list(collected.what_changed(kept, "RNN", practice_file())) == []


def test_other_code_is_named(chunks, tmp_path, monkeypatch):
    collected.write_collected("RNN", practice_file(), chunks, tmp_path)
    kept = collected.read_collected("RNN", practice_file(), tmp_path)
    monkeypatch.setattr(origin, "digest_of_code", lambda path: "another" if path.name == "cells.py" else "same")
    changed = list(collected.what_changed(kept, "RNN", practice_file()))
    assert "assignment/many_seeds/cells.py has changed" in changed


def test_only_the_seeds_that_are_missing_are_trained(chunks, tmp_path, monkeypatch):
    asked = []

    def run_jobs(jobs, *_, **__):
        asked.extend(job.seeds for job in jobs)
        yield from zip(jobs, chunks[1:], strict=False)

    monkeypatch.setattr(trainings, "run_jobs", run_jobs)
    collected.write_collected("RNN", practice_file(), chunks[:1], tmp_path)
    said = list(trainings.make(None, tmp_path, [Planned("RNN", PRACTICE, 2)], tmp_path))
    assert asked == [(1,)]
    assert said == ["RNN on practice.csv.xz: 1 seeds trained, RNN.json written"]
    kept = collected.read_collected("RNN", practice_file(), tmp_path)
    assert kept.seeds == [0, 1]
    assert kept.curves["train_loss"] == [[1.5, 1.2]] * 2
    assert list(trainings.make(None, tmp_path, [Planned("RNN", PRACTICE, 2)], tmp_path)) == [
        "RNN on practice.csv.xz: current"
    ]


def test_a_line_of_the_plan_is_written_when_its_last_chunk_is_there(results, tmp_path, monkeypatch):
    def run_jobs(jobs, *_, **__):
        assert [(job.variant, job.seeds) for job in jobs] == [
            ("RNN", (0, 1, 2, 3)), ("RNN", (4,)), ("GRU", (0, 1, 2, 3)), ("GRU", (4,)),
        ]  # fmt: skip
        for job in (jobs[1], jobs[0], jobs[2]):  # and then it is stopped
            yield job, Chunk({}, "one", [replace(results[0], seed=seed) for seed in job.seeds])

    monkeypatch.setattr(trainings, "run_jobs", run_jobs)
    plan = [Planned("RNN", PRACTICE, 5), Planned("GRU", PRACTICE, 5)]
    assert list(trainings.make(None, tmp_path, plan, tmp_path)) == [
        "RNN on practice.csv.xz: 5 seeds trained, RNN.json written"
    ]
    assert collected.read_collected("RNN", PRACTICE, tmp_path).seeds == [0, 1, 2, 3, 4]
    assert collected.read_collected("GRU", PRACTICE, tmp_path) is None


def test_another_build_of_the_same_torch_changes_nothing_and_another_version_does(chunks, tmp_path):
    collected.write_collected("RNN", practice_file(), chunks, tmp_path)
    kept = collected.read_collected("RNN", practice_file(), tmp_path)
    public = kept.origin["torch"].split("+")[0]
    same, other = (replace(kept, origin=kept.origin | {"torch": torch}) for torch in (f"{public}+cu999", "2.0.1"))
    assert list(collected.what_changed(same, "RNN", practice_file())) == []
    assert list(collected.what_changed(other, "RNN", practice_file())) == [
        f"made with torch 2.0.1, and this is {public}"
    ]


def test_what_is_missing_or_has_too_few_seeds_is_found_by_the_check(chunks, tmp_path, monkeypatch):
    monkeypatch.setattr(trainings, "trained_otherwise", lambda *_, **__: ())
    plan = [Planned("RNN", PRACTICE, 3), Planned("GRU", PRACTICE, 3)]
    collected.write_collected("RNN", practice_file(), chunks, tmp_path)
    assert trainings.check(None, tmp_path, plan, tmp_path) == [
        "RNN on practice.csv.xz: 2 seeds, where 3 are planned",
        "GRU on practice.csv.xz is not there: GRU.json",
    ]


def test_a_training_that_parts_from_the_curves_is_found(results, tmp_path, monkeypatch):
    monkeypatch.setattr(trainings, "TRAINED_AGAIN", {"RNN": 2})
    monkeypatch.setattr(trainings, "run_seeds", lambda *_, **__: [*results, *results])
    series = {sentence.split(": ")[1].split()[0] for sentence in trainings.trained_otherwise()}
    assert series == {"valid_loss", "valid_accuracy", "train_accuracy"}


def test_a_damaged_file_is_named_with_what_to_do(tmp_path):
    path = collected.results_file("RNN", PRACTICE, tmp_path)
    path.parent.mkdir()
    path.write_text("{")
    with pytest.raises(DamagedReference, match=r"RNN\.json is damaged .*; take it back from git, or delete it"):
        collected.read_collected("RNN", PRACTICE, tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        lambda kept: kept["ends"]["test_last"].__setitem__(20, 0.9),
        lambda kept: kept["ends"]["test_last"].__setitem__(20, float("nan")),
        lambda kept: kept["ends"]["test_last"].pop(),
        lambda kept: kept["seeds"].__setitem__(5, 4),
    ],
    ids=["another number", "no number", "one too few", "a seed twice"],
)
def test_numbers_that_no_training_wrote_are_not_read(change, tmp_path):
    path = collected.results_file("RNN", PRACTICE, tmp_path)
    path.parent.mkdir()
    kept = json.loads(collected.results_file("RNN", PRACTICE).read_text(encoding="utf-8"))
    change(kept)
    path.write_text(json.dumps(kept))
    with pytest.raises(DamagedReference, match="its numbers are not those that were written"):
        collected.read_collected("RNN", PRACTICE, tmp_path)


def test_a_place_for_finished_work_is_tried_before_any_work(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setattr(bands, "make", lambda *_, **__: pytest.fail("work was begun"))
    for place in (tmp_path / "file", "/proc/nowhere"):
        result = CliRunner().invoke(app, ["reference", "--only", "bands", "--work", str(place)])
        assert result.exit_code == 2
        assert result.stderr.startswith(f"Error: {place} can't be written (")
        assert result.stderr.endswith("make room there, or choose another with --work.\n")


def test_the_processor_is_part_of_what_numbers_were_made_on():
    assert processor() in machine()


def test_every_line_of_the_plan_is_a_variant_and_stands_there_once():
    names = [str(one) for one in PLAN]
    assert {one.variant for one in PLAN} <= VARIANTS.keys()
    assert len(set(names)) == len(names)


def test_every_variant_that_is_planned_has_results():
    assert not [one for one in PLAN if collected.read_collected(one.variant, one.documents) is None]


def test_a_band_leaves_two_in_ten_runs_out_at_each_epoch(room):
    kept = collected.read_collected("RNN", PRACTICE)
    band = bands.band(kept)
    curves = np.array(kept.curves["valid_accuracy"])[1:]  # but for the notebook's own seed
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


@pytest.fixture
def runs():
    """What right runs gave on the practice corpus, for a student who has it."""
    return {model: band | {"same_sets": True} for model, band in BANDS[PRACTICE]["models"].items()}


@pytest.mark.parametrize(
    ("accuracy", "said"),
    [("lowest", "right runs with other seeds gave"), (0.1, "is unusual: it lies below all of 50 right runs")],
)
def test_a_test_accuracy_is_placed_among_those_of_right_runs(accuracy, said, runs, capsys):
    place_among(runs, "RNN", runs["RNN"][accuracy] if isinstance(accuracy, str) else accuracy, EPOCHS["RNN"])
    told = capsys.readouterr().out
    assert said in told
    assert ("no points hang on it" in told) == (accuracy == 0.1)


def test_an_accuracy_is_not_unusual_for_how_it_was_rounded(runs, capsys):
    lowest = round(runs["RNN"]["lowest"] * 334) / 334
    place_among(runs, "RNN", lowest - 1e-5, EPOCHS["RNN"])
    place_among(runs, "RNN", lowest - 1 / 334, EPOCHS["RNN"])
    assert capsys.readouterr().out.count("unusual") == 1


def test_documents_in_another_order_are_told_and_nothing_is_unusual(capsys):
    texts, labels = read_documents(practice_file())
    runs = other_runs(texts[::-1], labels[::-1])
    place_among(runs, "RNN", 0.1, EPOCHS["RNN"])
    told = capsys.readouterr().out.splitlines()[-1]
    assert "with these documents in another order, and so on other test documents" in told
    assert "unusual" not in told
    assert other_runs(texts, labels)["RNN"]["same_sets"]
    assert bands_behind(runs, "RNN", "GRU") == {}
    assert what_is_shaded({}) == ""


def test_documents_that_were_tried_have_a_band_below_which_it_is_said_what_is_shaded(runs):
    found = bands_behind(runs, "RNN", "GRU")
    assert found["RNN"] == (runs["RNN"]["low"], runs["RNN"]["high"])
    assert "eight in ten right runs" in what_is_shaded(found)


def test_a_shorter_training_is_not_compared(runs, capsys):
    place_among(runs, "RNN", 0.1, EPOCHS["RNN"] - 1)
    assert capsys.readouterr().out == ""


def test_documents_that_nobody_tried_have_no_band():
    assert other_runs(["a text"] * 2225, [0] * 2225) == {}
    assert bands_behind({}, "RNN", "GRU") == {}


def test_the_pages_tables_are_those_of_the_results(room):
    assert tables.check(room) == []


def test_a_table_that_says_something_else_is_named(room, monkeypatch, tmp_path):
    text = tables.PAGES[0].read_text(encoding="utf-8")
    (tmp_path / "experiments.md").write_text(text.replace("| RNN: test, last epoch |", "| RNN: test |"))
    monkeypatch.setattr(tables, "PAGES", [tmp_path / "experiments.md"])
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


@pytest.mark.parametrize(
    ("ended_by", "code", "said"), [(KeyboardInterrupt(), 130, "Stopped; "), (Terminated(), 143, "Stopped by SIGTERM; ")]
)
def test_a_stop_says_that_what_is_finished_is_kept(ended_by, code, said, monkeypatch, capsys):
    def stopped(*_, **__):
        raise ended_by
        yield

    monkeypatch.setattr(bands, "make", stopped)
    monkeypatch.setattr(sys, "argv", ["grading", "reference", "--only", "bands"])
    with pytest.raises(SystemExit) as ended:
        run()
    assert ended.value.code == code
    assert (
        capsys.readouterr().err
        == f"{said}what is finished is kept in measured/references, and the same command goes on.\n"
    )


def test_check_ends_with_0_where_nothing_would_be_otherwise():
    result = CliRunner().invoke(app, ["reference", "--check", "--only", "bands", "--only", "tables"])
    assert result.exit_code == 0
    assert result.stdout.splitlines() == ["bands: as it would be made now", "tables: as it would be made now"]


def test_an_unknown_part_is_wrong_usage_and_the_known_ones_are_listed():
    result = CliRunner().invoke(app, ["reference", "--only", "silver"])
    assert result.exit_code == 2
    assert "there are: golden, learning, baseline, trainings, bands, tables" in result.stderr


def test_a_room_without_references_has_nothing_to_compare(room, monkeypatch):
    monkeypatch.setattr(reference, "references_of", lambda room: None)
    assert reference.stale(room) == []
    assert CliRunner().invoke(app, ["reference", "--check"]).exit_code == 0


def test_a_price_stands_beside_the_same_seeds_of_the_right_model(monkeypatch):
    def ends(accuracies):
        both = {"train_last": [0.8] * len(accuracies), "test_last": accuracies}
        return collected.Collected({}, [], [], list(range(len(accuracies))), both, {}, {})

    kept = {"RNN": ends([0.4, 0.5, 0.6, 0.9]), "rnn.hidden_update: no-input": ends([0.2, 0.2, 0.26])}
    monkeypatch.setattr(rows, "read_collected", lambda name, documents: kept.get(name))
    *_, line = rows.prices("df_file.csv")
    expected = interval([-0.2, -0.3, -0.34]).in_points("+")
    assert line == f"| rnn.hidden_update: no-input | `h_t = tanh(W_h h_{{t-1}})` | 3 | 80.0 | 22.0 | {expected} |"


@pytest.fixture(scope="module")
def measured():
    """The baseline on the practice corpus, as it is measured now."""
    return baseline.measured(practice_file())


def test_the_baseline_on_the_practice_corpus_is_what_is_kept(measured):
    assert baseline.differences(PRACTICE, measured) == []


def test_what_differs_from_the_baseline_is_named(measured, monkeypatch, tmp_path):
    now = deepcopy(measured)
    now["tfidf"]["last 10 words"] += 0.01
    now["shorter"] += 1
    first, second = baseline.differences(PRACTICE, now)
    assert first == "the baseline on practice.csv.xz: shorter has changed"
    assert second.startswith("the baseline on practice.csv.xz: last 10 words: ")
    monkeypatch.setattr(baseline, "baseline_file", lambda documents: tmp_path / "baseline.json")
    assert baseline.differences(PRACTICE, now) == ["the baseline on practice.csv.xz is not there"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<!-- table prices -->\nprose\n<!-- table learning -->\n<!-- end -->\n", "prices -->: write its missing"),
        ("<!-- table learning -->\n<!-- end -->\n<!-- table prices\nprose\n", "prices: write its missing"),
        ("prose\n<!-- end -->\n", "an <!-- end --> without a table"),
    ],
)
def test_a_table_and_its_end_come_together(text, told, monkeypatch, tmp_path):
    page = tmp_path / "page.md"
    page.write_text(text)
    monkeypatch.setattr(tables, "PAGES", [page])
    with pytest.raises(DamagedReference, match=rf"page\.md.* {told}"):
        list(tables.make(None))
    assert page.read_text() == text


@pytest.mark.parametrize("name", ["curves_news", "prices_news", "reaches_news"])
def test_a_figure_without_its_results_names_the_file(name, monkeypatch):
    monkeypatch.setattr(drawings, "read_collected", lambda variant, documents: None)
    with pytest.raises(DamagedReference, match=r"RNN\.json is not there; make it: python -m grading reference"):
        drawings.as_svg(name, drawings.FIGURE_OF[name])


def test_a_figure_that_would_be_drawn_otherwise_is_named(monkeypatch):
    monkeypatch.setattr(tables, "as_svg", lambda name, draw: b"<svg/>")
    assert "interventions_news.svg is not as it would be drawn now" in tables.check(None)


def test_thresholds_that_were_never_made_or_by_other_code_are_named(monkeypatch, tmp_path):
    for module in (learning, learning_sources):
        monkeypatch.setattr(module, "MANIFEST", tmp_path / "learning_manifest.json")
    assert learning.check(None) == ["learning_manifest.json is not there"]
    learning.MANIFEST.write_text("{}")
    assert len(learning.changes()) == len(learning_sources.made_from())


def test_grade_asks_for_references_without_torch():
    words = (
        "import sys; from grading import reference; from grading.room import open_room; "
        "reference.stale(open_room()); sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", words], cwd=REPOSITORY, check=False).returncode == 0
