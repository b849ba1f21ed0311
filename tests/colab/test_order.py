"""Cells that run out of order and twice: what a student sees is a sentence, and nothing breaks."""

import re
import zipfile

import pytest

pytestmark = pytest.mark.colab

SUBMISSION = "submission-run"
WARNING = "Warning: your trained VanillaRNN is of an earlier version of the class"


@pytest.fixture(scope="module")
def new_runtime(open_runtime):
    """The solution open, its first cells run and no other."""
    with open_runtime() as runtime:
        assert runtime.run("setup", "setup-run", "settings").error == ""
        yield runtime


@pytest.fixture(scope="module")
def trained(open_runtime, few_documents):
    """The solution after one epoch of each model."""
    with open_runtime() as runtime:
        runtime.type(f"import os\nos.environ['UPLOAD'] = {str(few_documents)!r}")
        runtime.run_until("checks-import")
        runtime.type("RNN_EPOCHS = GRU_EPOCHS = 1")
        runtime.run("rnn-model", "rnn-train", "gru-cell", "gru-model", "gru-train", "submission-code")
        yield runtime


@pytest.mark.parametrize(
    ("cell_id", "missing"),
    [
        ("rnn-check", "check"),
        ("rnn-train", "nn|VanillaRNN|torch"),
        ("rnn-test", "test_model"),
        ("preprocessing-run", "Tokenizer"),
        ("comparison-curves", "show"),
        ("gru-model-check", "check"),
        (SUBMISSION, "make_submission"),
        ("checks-import", "notebook_checks"),
    ],
)
def test_a_cell_before_those_that_it_needs_asks_for_them_in_a_sentence(new_runtime, cell_id, missing):
    error = new_runtime.run(cell_id).error
    assert re.fullmatch(
        rf"({missing}) is missing: run all cells above this one, then this one again; "
        "if the name is yours, correct it.",
        error,
    )


def test_a_name_that_a_function_lacks_is_told_with_the_function_and_its_line(new_runtime):
    new_runtime.type("def helper():\n    return tanhh(1)")
    assert new_runtime.type("helper()").error.startswith("tanhh is missing in helper, line 2 of its cell: run all")


def test_other_errors_keep_their_traceback(new_runtime):
    for source in ("1 / 0", "import no_such_module", "def f():\n    x += 1\nf()"):
        assert "Traceback" in new_runtime.type(source).error


def test_handlers_that_colab_has_itself_stay_in_force(new_runtime):
    new_runtime.type(
        "shell = get_ipython()\nours = shell.custom_exceptions, shell.CustomTB\n"
        "shell.set_custom_exc((ZeroDivisionError,), lambda shell, kind, reason, trace, tb_offset=None: print('theirs'))"
    )
    new_runtime.run("setup-run")
    both = new_runtime.type("1 / 0"), new_runtime.type("no_such_name")
    new_runtime.type("shell.custom_exceptions, shell.CustomTB = ours")
    assert both[0].printed == "theirs\n"
    assert both[1].error.startswith("no_such_name is missing: run all cells above")


def test_the_setup_cell_runs_twice(new_runtime):
    assert new_runtime.run("setup-run", "setup-run").error == ""
    assert new_runtime.type("no_such_name").error.startswith("no_such_name is missing")


def test_a_cell_for_the_test_that_runs_twice_says_the_same_twice(trained):
    for model in ("rnn", "gru"):
        assert trained.run(f"{model}-test").printed == trained.run(f"{model}-test").printed


def test_a_training_cell_that_runs_twice_does_not_train_twice(trained):
    answer = trained.run("rnn-train")
    assert answer.error == ""
    assert "Going on after epoch 1 of 1" in answer.printed


def test_a_test_without_its_checkpoint_asks_for_the_training(trained):
    trained.type("kept, CHECKPOINTS = CHECKPOINTS, 'elsewhere'")
    error = trained.run("rnn-test").error
    trained.type("CHECKPOINTS = kept")
    assert (
        error == "elsewhere/rnn_best_model.pth is not there: run the cell that trains the model again, then this one."
    )


def test_settings_that_run_again_leave_training_where_it_is(trained):
    trained.type("kept, CHECKPOINTS = CHECKPOINTS, '/content/drive/MyDrive/rnn_assignment'")
    trained.run("settings")
    where = trained.type("print(CHECKPOINTS)").printed
    trained.type("CHECKPOINTS = kept\nRNN_EPOCHS = GRU_EPOCHS = 1")
    assert where == "/content/drive/MyDrive/rnn_assignment\n"


def test_the_export_says_which_run_of_a_cell_it_took(trained):
    for _ in range(2):
        trained.run("rnn-model")
        count = next(cell.execution_count for cell in trained.client.nb.cells if cell.id == "rnn-model")
        assert f"RNN_skeleton.py: written from In [{count}]." in trained.run(SUBMISSION).printed


def test_a_class_that_ran_again_unchanged_is_no_other_class(trained):
    trained.run("rnn-model", "gru-cell", "gru-model")
    answer = trained.run(SUBMISSION)
    assert answer.error == ""
    assert "Warning" not in answer.printed


def test_a_class_that_was_changed_after_training_is_told_and_exported_as_it_ran_last(trained):
    trained.run_changed("rnn-model", "embedded[:, t, :]", "embedded[:, t]")
    said = trained.run(SUBMISSION).printed
    with zipfile.ZipFile(trained.folder / "submission.zip") as archive:
        module = archive.read("RNN_skeleton.py").decode()
    trained.run("rnn-model")
    assert WARNING in said
    assert "xt = embedded[:, t]\n" in module
    assert WARNING not in trained.run(SUBMISSION).printed


def test_a_cell_of_the_model_that_was_changed_after_training_is_told_by_its_own_name(trained):
    trained.run_changed("gru-cell", "(1 - z_t) * h_prev", "h_prev * (1 - z_t)")
    said = trained.run(SUBMISSION).printed
    trained.run("gru-cell")
    assert "Warning: your trained GRUCell is of an earlier version" in said


def test_the_export_before_its_classes_leaves_them_out_in_a_sentence(open_runtime, few_documents):
    with open_runtime() as runtime:
        runtime.type(f"import os\nos.environ['UPLOAD'] = {str(few_documents)!r}")
        runtime.run_until("checks-import")
        answer = runtime.run("submission-code", SUBMISSION)
    assert answer.error == ""
    assert (
        "RNN_skeleton.py: left out, because VanillaRNN is not defined; run its cell, then this one." in answer.printed
    )
