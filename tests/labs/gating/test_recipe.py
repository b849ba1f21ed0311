"""What `train` runs: what is chosen is trained, nothing is half-written, and a kill costs what followed a report."""

import json
import os
import signal
import subprocess
import sys

import pytest
import torch

from grading.room import REPOSITORY
from labs.gating import recipe, recipe_inputs
from labs.gating.recipe import CHOICES, RECIPES, train
from labs.gating.reviews import PRACTICE, UnusableData
from labs.gating.training import BATCHED, PUBLISHED, Recipe

DIES = """
import os, signal, sys
from grading.build.solution import solution_classes
from grading.room import open_room
from labs.gating import recipe, training

steps, real_step = [], training.train_step
os.chdir(sys.argv[1])

def step(*arguments):
    steps.append(arguments)
    if len(steps) == 90:
        os.kill(os.getpid(), signal.SIGKILL)
    return real_step(*arguments)

training.train_step = step
recipe.train(solution_classes(open_room("gating")), "broken", 0, "published", "minimal", "3")
"""


@pytest.fixture
def short(monkeypatch):
    """Both recipes with one epoch."""
    for name, full in RECIPES.items():
        monkeypatch.setitem(RECIPES, name, Recipe(1, full.learning_rate, full.batch_size))


def test_the_choices_are_the_published_way_and_the_batches_and_batches_come_first():
    assert {"batches": BATCHED, "published": PUBLISHED} == RECIPES
    assert CHOICES["recipe"] == ("batches", "published")


@pytest.mark.parametrize(("way", "model"), [("published", "GRU"), ("batches", "minimal")])
def test_what_is_chosen_is_trained_and_kept_under_its_name(few_reviews, short, classes, capsys, way, model):
    table, results = train(classes, "out", 3, way, model, "3")
    (name,) = results
    stem = f"{name.replace(' ', '_')}_{way}_3_seed_3"
    out = few_reviews.parent / "out"
    files = {path.name for path in out.iterdir() if path.is_file()}
    assert files == {f"{stem}.json", f"{stem}.pth", f"{stem}_training.pt"}
    known = json.loads((out / f"{stem}.json").read_text())
    assert known["accuracy"] == results[name].accuracy
    assert known["parameters"] == {"GRU": 181_402, "minimal": 80_604}[model]
    assert len(list((out / "figures").glob(f"*_{model}_{way}_3_seed_3.p*"))) == 6
    assert "4 of 12 test reviews" in table.caption
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "Overall classification accuracy" in printed.err


def test_accuracy_without_repeated_reviews_is_that_of_the_other_eight(few_reviews, short, classes):
    _, results = train(classes, "out", 0, "batches", "minimal", "3")
    sets = recipe_inputs.read_sets("3")
    known = json.loads((few_reviews.parent / "out" / "minimal_gated_unit_batches_3_seed_0.json").read_text())
    right = results["minimal gated unit"].labels == results["minimal gated unit"].predicted
    assert sets.repeated.sum() == 4
    assert known["accuracy without repeated reviews"] == right[~sets.repeated].mean()


def test_after_a_kill_training_ends_as_if_there_had_been_none(few_reviews, classes, capsys):
    folder = few_reviews.parent
    words = [sys.executable, "-c", DIES, str(folder)]
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY), "OMP_NUM_THREADS": "1"}
    died = subprocess.run(words, cwd=REPOSITORY, env=environment, capture_output=True, text=True)
    assert died.returncode == -signal.SIGKILL, died.stderr
    train(classes, "broken", 0, "published", "minimal", "3")
    assert "Going on in epoch 4 after 0 reviews" in capsys.readouterr().err
    train(classes, "whole", 0, "published", "minimal", "3")
    broken, whole = (
        torch.load(folder / name / "minimal_gated_unit_published_3_seed_0.pth") for name in ("broken", "whole")
    )
    assert all(torch.equal(broken[key], whole[key]) for key in whole)
    assert not list(folder.rglob("*.part"))


def test_practice_reviews_are_found_wherever_the_archives_are(few_reviews):
    size, paths = recipe_inputs.archives_of(PRACTICE)
    assert size == PRACTICE
    assert all(path.is_file() for path in paths)


def test_an_archive_that_is_not_there_is_said_to_be(few_reviews, monkeypatch):
    with pytest.raises(UnusableData, match="does not hold sentiment_dataset_train_40"):
        recipe_inputs.archives_of("40")
    monkeypatch.delenv("REVIEWS_DATA")
    with pytest.raises(UnusableData, match=r"sentiment_dataset_train_40\.tar\.gz was not found; put both halves"):
        recipe_inputs.archives_of("40")


def test_the_time_left_is_that_of_the_reviews_left(monkeypatch):
    watch = recipe.Watch("GRU", epochs=5, reviews=100)
    progress = recipe.training.Progress(epoch=3, reviews=50, read=250)
    with watch:
        watch(progress)
        progress.read = 260
        watch(progress)
    assert (watch.bar.total, watch.bar.done) == (250, 10)
