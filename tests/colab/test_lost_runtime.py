"""A runtime that is lost between two epochs: what a student still has in the next one."""

import ast

import pytest
from nbclient.exceptions import DeadKernelError

pytestmark = pytest.mark.colab

EPOCHS = 3
# The machine goes away once the second epoch of the vanilla RNN is on disk.
LOSE_THE_RUNTIME = """
import os
save_for_good = save
def save(state, path):
    save_for_good(state, path)
    if path.name == "rnn_training.pt" and len(state["history"]["valid_loss"]) == 2:
        os.kill(os.getpid(), 9)
"""


def train_from_the_top(runtime, on_drive, upload=None, before_training=""):
    """Run all up to the vanilla RNN's training, with the box for Drive ticked or not: the Answers by part."""
    runtime.type(f"import os\nos.environ['UPLOAD'] = {str(upload or '')!r}")
    runtime.run("setup", "setup-run", "settings")
    runtime.type(f"RNN_EPOCHS = {EPOCHS}\nDRIVE = {str(runtime.mounted)!r}")
    drive = runtime.run_changed("drive", "SAVE_TO_DRIVE = False", f"SAVE_TO_DRIVE = {on_drive}")
    documents = runtime.run("practice-code", "documents-code", "documents-run")
    runtime.run("preprocessing-code", "preprocessing-run", "split-run")
    runtime.run("training-code", "figures-code", "experiments-code", "rnn-model")
    runtime.type(before_training)
    return {"drive": drive, "documents": documents, "training": runtime.run("rnn-train")}


def losses(runtime):
    return ast.literal_eval(runtime.type("print(rnn_history.valid_loss)").printed)


@pytest.fixture(scope="module")
def drive_of_a_lost_runtime(open_runtime, few_documents, tmp_path_factory):
    """The folder that stands in for Google Drive, after its runtime was lost."""
    mounted = tmp_path_factory.mktemp("google") / "drive"
    with open_runtime(mounted=mounted) as runtime, pytest.raises(DeadKernelError):
        train_from_the_top(runtime, True, few_documents, LOSE_THE_RUNTIME)
    return mounted


@pytest.fixture(scope="module")
def next_runtime(open_runtime, drive_of_a_lost_runtime):
    """(answers, losses, calls) of a new runtime with the same Drive; the student has no file at hand."""
    with open_runtime(mounted=drive_of_a_lost_runtime) as runtime:
        answers = train_from_the_top(runtime, True)
        assert answers["training"].error == ""
        yield answers, losses(runtime), runtime.calls


@pytest.fixture(scope="module")
def runtime_without_drive(open_runtime, few_documents):
    """(answers, losses) of a new runtime without Drive, which nothing is left for."""
    with open_runtime() as runtime:
        answers = train_from_the_top(runtime, False, few_documents)
        assert answers["training"].error == ""
        yield answers, losses(runtime)


def test_drive_holds_documents_training_and_the_best_checkpoint_of_a_lost_runtime(drive_of_a_lost_runtime):
    kept = {path.name for path in (drive_of_a_lost_runtime / "MyDrive" / "rnn_assignment").iterdir()}
    assert kept == {"df_file.csv", "rnn_training.pt", "rnn_best_model.pth"}


def test_the_next_runtime_says_what_it_found_on_drive(next_runtime):
    answers, _, _ = next_runtime
    assert "Kept there by an earlier runtime: df_file.csv, rnn_training.pt." in answers["drive"].printed


def test_the_next_runtime_asks_for_no_documents(next_runtime):
    answers, _, calls = next_runtime
    assert "df_file.csv: 159 documents" in answers["documents"].printed
    assert [call[0] for call in calls] == ["mount"]


def test_the_next_runtime_goes_on_after_the_last_epoch_that_was_saved(next_runtime):
    answers, _, _ = next_runtime
    assert f"Going on after epoch 2 of {EPOCHS}, saved in " in answers["training"].printed


def test_training_over_two_runtimes_gives_what_one_gives(next_runtime, runtime_without_drive):
    assert len(next_runtime[1]) == EPOCHS
    assert next_runtime[1] == runtime_without_drive[1]


def test_without_drive_a_new_runtime_starts_anew_as_it_was_said_beforehand(runtime_without_drive):
    answers, _ = runtime_without_drive
    assert "lost with the runtime, and then training starts anew" in answers["drive"].printed
    assert "Going on" not in answers["training"].printed
