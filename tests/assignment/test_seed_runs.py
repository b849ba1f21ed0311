"""Many seeds in chunks: what is on disk is not made again, a stop loses only what was under way."""

import json
from dataclasses import replace

import pandas as pd
import pytest
from typer.testing import CliRunner

from assignment.many_seeds import origin, runs
from assignment.many_seeds.__main__ import app
from assignment.many_seeds.runs import ChangedWhileTrained, UnknownVariant, run_seeds, train_chunk
from assignment.many_seeds.variants import VARIANTS
from tests.executors import Here

pytestmark = [
    pytest.mark.trainer,
    pytest.mark.filterwarnings("ignore:.* has 45 documents where 2225 were expected:UserWarning"),
]


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    """The path of 45 tiny documents, each with a word of its class."""
    rows = [(f"word{number % 5} and {number} words of filler {number % 7}", number % 5) for number in range(45)]
    path = tmp_path_factory.mktemp("documents") / "df_file.csv"
    pd.DataFrame(rows, columns=["Text", "Label"]).to_csv(path, index=False)
    return path


@pytest.fixture
def run(documents, tmp_path):
    """run(seeds, ...): train the RNN for an epoch, two seeds at once, in this process; `runs` counts its jobs."""

    def start(seeds, **options):
        options = {"epochs": 1, "at_once": 2, "executor": Here(), "shown": False} | options
        return run_seeds("RNN", seeds, documents, tmp_path, **options)

    return start


def test_results_come_in_the_order_of_the_seeds(run):
    assert [result.seed for result in run([3, 1, 2])] == [3, 1, 2]


def test_a_seeds_result_does_not_depend_on_its_chunk(run, documents, tmp_path):
    alone = run_seeds("RNN", [2], documents, tmp_path / "alone", epochs=2, executor=Here(), shown=False)
    among = run([0, 1, 2, 3], epochs=2, at_once=3)
    assert among[2].history.valid_loss == pytest.approx(alone[0].history.valid_loss, abs=1e-5)
    assert among[2].history.valid_loss != pytest.approx(among[1].history.valid_loss, abs=1e-5)


def test_what_is_on_disk_is_not_trained_again(run):
    made = run(range(4))
    again = Here()
    assert run(range(4), executor=again) == made
    assert again.jobs == []


def test_after_a_stop_only_the_rest_is_trained(run, monkeypatch):
    monkeypatch.setattr("grading.jobs.as_completed", list)  # in the order of the jobs
    with pytest.raises(KeyboardInterrupt):
        run(range(6), executor=Here(stop_at=2))
    rest = Here()
    assert len(run(range(6), executor=rest)) == 6
    assert [job.seeds for job in rest.jobs] == [(2, 3), (4, 5)]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"identity": {}}'])
def test_a_damaged_file_is_made_again(run, tmp_path, content):
    made = run(range(2))
    (file,) = tmp_path.rglob("*.json")
    file.write_text(content)
    assert run(range(2)) == made
    assert json.loads(file.read_text())["results"][1]["seed"] == 1


def test_a_file_of_a_longer_training_or_of_other_code_is_made_again(run, monkeypatch):
    run(range(2))
    longer = Here()
    assert len(run(range(2), epochs=2, executor=longer)[0].test_accuracy) == 2
    assert len(longer.jobs) == 1
    monkeypatch.setattr(origin, "digest_of_code", lambda path: "another")
    changed = Here()
    run(range(2), epochs=2, executor=changed)
    assert len(changed.jobs) == 1


def test_a_chunk_that_other_code_trained_is_refused_and_not_kept(documents, tmp_path, monkeypatch):
    def elsewhere(job):
        return replace(train_chunk(job), identity={"code": "another"})

    monkeypatch.setattr(runs, "train_chunk", elsewhere)
    with pytest.raises(ChangedWhileTrained, match="RNN was trained with other code, documents or versions"):
        run_seeds("RNN", [0], documents, tmp_path, epochs=1, executor=Here(), shown=False)
    assert not list(tmp_path.rglob("*.json"))


def test_a_random_start_does_not_depend_on_its_chunk(documents, tmp_path):
    name = "rnn.model: random-initial-state"
    how = {"epochs": 1, "executor": Here(), "shown": False}
    together = run_seeds(name, [0, 1], documents, tmp_path / "together", **how)
    alone = run_seeds(name, [1], documents, tmp_path / "alone", **how)
    assert together[1].history.valid_loss == pytest.approx(alone[0].history.valid_loss, abs=1e-5)


def test_the_code_that_a_result_depends_on_is_its_cell_and_the_recipe_and_not_what_runs_it():
    names = {path.name for path in origin.code_behind(VARIANTS["GRU"])}
    assert {"cells.py", "by_hand.py", "training.py", "preprocessing.py"} <= names
    assert not {"runs.py", "variants.py", "by_autograd.py", "excerpts.py"} & names
    assert "excerpts.py" in {path.name for path in origin.code_behind(VARIANTS["GRU, first 100 words"])}


def test_code_is_what_python_reads_of_it():
    code = "def f(x):\n    return x + 1\n"
    same = 'def f(x):  # adds\n    """One more."""\n    return (x\n            + 1)\n'
    assert origin.digest_of_text(same) == origin.digest_of_text(code)
    assert origin.digest_of_text(code.replace("1", "2")) != origin.digest_of_text(code)


def test_every_variant_has_an_origin_of_its_own(documents):
    told = {name: json.dumps(origin.described(variant)) for name, variant in VARIANTS.items()}
    assert len(set(told.values())) == len(told)


def test_an_unknown_variant_is_named_with_those_that_are_near_it(tmp_path):
    with pytest.raises(UnknownVariant, match=r"there is no variant 'GRU, mean' \(near it: .*GRU, mean of states"):
        run_seeds("GRU, mean", [0], "nowhere.csv", tmp_path)


def test_the_command_trains_in_processes_of_its_own_and_prints_how_accuracies_are_spread(
    documents, tmp_path, monkeypatch
):
    monkeypatch.setenv("RNN_DATA", str(documents))
    words = ["RNN", "--seeds", "2", "--at-once", "1", "--processes", "1", "--epochs", "1", "--out", str(tmp_path)]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    assert "RNN: accuracy in percent over 2 seeds, df_file.csv" in result.stdout
    assert "test, best checkpoint" in result.stdout
    folder = tmp_path / "df_file"
    assert sorted(path.name for path in folder.iterdir()) == ["RNN-seeds-0-0.json", "RNN-seeds-1-1.json"]


def test_the_command_says_wrong_usage_in_one_sentence(tmp_path):
    result = CliRunner().invoke(app, ["LSTM", "--out", str(tmp_path), "--practice"])
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1].startswith("Error: there is no variant 'LSTM'")


def test_a_fault_of_our_own_is_not_called_wrong_usage(tmp_path, monkeypatch):
    def fails(*_, **__):
        raise ValueError("operands could not be broadcast together")

    monkeypatch.setattr("assignment.many_seeds.__main__.run_seeds", fails)
    with pytest.raises(ValueError, match="could not be broadcast"):
        CliRunner().invoke(app, ["RNN", "--out", str(tmp_path), "--practice"], catch_exceptions=False)


@pytest.mark.parametrize("words", [["--device", "cuda"], ["--out", "a file/below"]])
def test_the_command_says_in_one_sentence_what_it_can_not_use(words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("torch.cuda.is_available", lambda: False)
    (tmp_path / "a file").write_text("")
    result = CliRunner().invoke(app, ["RNN", "--practice", "--seeds", "1", "--epochs", "1", "--out", "out", *words])
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1].startswith("Error: ")
