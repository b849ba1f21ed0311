"""Runs are files: what is there is not trained again, what is damaged or of other code is, and a stop loses little."""

import json
from dataclasses import replace

import numpy as np
import pytest

from grading.build.solution import solution_classes
from labs.gating import recipe_inputs, training
from labs.gating.recipe_inputs import read_sets
from labs.gating.seed_study import runs
from labs.gating.seed_study.runs import ChangedWhileTrained, Job, train_all
from tests.executors import Here

JOBS = [Job("minimal gated unit", seed, "3", epochs=1) for seed in (0, 1)]


@pytest.fixture
def train(few_reviews, tmp_path, monkeypatch):
    """train(jobs, executor) -> their Runs on twelve test reviews, trained in this process."""
    runs.quietly_read.cache_clear()
    runs.digest_of_reviews.cache_clear()
    monkeypatch.setattr("grading.jobs.as_completed", list)  # in the order of the jobs
    kept = {}

    def classes(room):
        return kept.setdefault("classes", solution_classes(room))

    monkeypatch.setattr(runs, "solution_classes", classes)

    def start(jobs=JOBS, executor=None):
        return train_all(jobs, tmp_path / "out", executor=executor or Here(), shown=False)

    start.folder = tmp_path / "out"
    return start


def test_a_run_says_which_test_reviews_were_right_and_leaves_one_file(train):
    first, second = train()
    assert [first.job, second.job] == JOBS
    assert first.right.shape == (12,)
    assert first.right.dtype == bool
    files = {path.name for path in train.folder.rglob("*") if path.is_file()}
    assert files == {"minimal_gated_unit_3_seed_0.json", "minimal_gated_unit_3_seed_1.json"}


def test_what_is_on_disk_is_not_trained_again(train):
    made, again = train(), Here()
    kept = train(executor=again)
    assert again.jobs == []
    assert all(np.array_equal(one.right, other.right) for one, other in zip(made, kept, strict=True))


def test_after_a_stop_only_the_rest_is_trained(train):
    with pytest.raises(KeyboardInterrupt):
        train(executor=Here(stop_at=2))
    rest = Here()
    assert len(train(executor=rest)) == 2
    assert rest.jobs == JOBS[1:]


def test_a_run_that_was_stopped_inside_goes_on_from_its_last_report(train, monkeypatch, capsys):
    jobs = [Job("minimal gated unit", 0, "3", epochs=2)]
    whole = train(jobs)[0]
    (file,) = train.folder.glob("*.json")
    file.unlink()
    real_step, steps = training.train_step, []

    def breaking_step(*arguments):
        steps.append(arguments)
        if len(steps) == 2:  # an epoch is one batch
            raise KeyboardInterrupt
        return real_step(*arguments)

    monkeypatch.setattr(training, "train_step", breaking_step)
    with pytest.raises(KeyboardInterrupt):
        train(jobs)
    monkeypatch.setattr(training, "train_step", lambda *arguments: steps.append(arguments) or real_step(*arguments))
    steps.clear()
    assert np.array_equal(train(jobs)[0].right, whole.right)
    assert len(steps) == 1


@pytest.mark.parametrize("content", ["", "{", "[]", '{"identity": {}}'])
def test_a_damaged_file_is_made_again(train, content):
    made = train()
    file = train.folder / "minimal_gated_unit_3_seed_1.json"
    file.write_text(content)
    assert np.array_equal(train()[1].right, made[1].right)
    assert len(json.loads(file.read_text())["right"]) == 12


def test_a_run_of_other_code_is_made_again(train, monkeypatch):
    train()
    monkeypatch.setattr(runs, "digest_of_code", lambda: "another")
    changed = Here()
    train(executor=changed)
    assert changed.jobs == JOBS


def test_the_code_behind_a_run_is_that_of_data_vectors_training_and_evaluation():
    names = {path.name for path in runs.sources_behind(*runs.TRAINED_BY)}
    assert {"reviews.py", "word_vectors.py", "training.py", "evaluation.py", "recipe_inputs.py"} <= names


def test_a_clean_run_is_trained_without_what_the_test_half_repeats_and_so_are_its_vectors(few_reviews, monkeypatch):
    read = []
    real = recipe_inputs.obtain_vectors
    monkeypatch.setattr(recipe_inputs, "obtain_vectors", lambda train, test: read.append(train) or real(train, test))
    plain, clean = read_sets("3"), read_sets("3", is_clean=True)
    assert plain.repeated.sum() == clean.repeated.sum() == 4
    assert [len(plain.train.rows), len(clean.train.rows)] == [len(each) for each in read] == [24, 20]
    assert len(clean.train.labels) == 20
    tested = {tuple(row.tolist()) for row in clean.test.rows}
    assert not tested & {tuple(row.tolist()) for row in clean.train.rows}


def test_clean_and_plain_runs_have_files_of_their_own(train):
    plain = Job("GRU", 0, "3", epochs=1)
    clean = Job("GRU", 0, "3", epochs=1, is_clean=True)
    assert runs.place_of(plain, train.folder) != runs.place_of(clean, train.folder)


def test_the_solution_is_part_of_what_a_run_depends_on(monkeypatch):
    before = runs.digest_of_code.__wrapped__()
    monkeypatch.setattr(runs, "solution_files", lambda room: {"pmGRU_skeleton.py": b"another"})
    assert runs.digest_of_code.__wrapped__() != before


def test_other_vectors_of_the_same_words_make_another_run(few_reviews, monkeypatch):
    before = runs.digest_of_reviews.__wrapped__("3", False)
    real = recipe_inputs.obtain_vectors

    def doubled(train, test):
        vectors = real(train, test)
        return replace(vectors, table=2 * vectors.table)

    monkeypatch.setattr(recipe_inputs, "obtain_vectors", doubled)
    runs.quietly_read.cache_clear()
    assert runs.digest_of_reviews.__wrapped__("3", False) != before
    runs.quietly_read.cache_clear()


def test_code_that_changed_between_asking_and_training_is_refused(few_reviews, tmp_path):
    job = JOBS[0]
    with pytest.raises(ChangedWhileTrained, match="minimal_gated_unit_3_seed_0 would be trained with other code"):
        runs.train_one(job, tmp_path, {job: runs.identity(job) | {"code": "another"}})
    assert not list(tmp_path.glob("*.json"))
