"""Where a notebook keeps its training, and what it says of names that an earlier cell makes."""

import sys
import types

import pytest

from assignment import environment
from assignment.environment import explain_missing_names, folder_to_keep


@pytest.fixture
def drive(monkeypatch, tmp_path):
    """A stand-in for Google Drive, mounted into a folder; `.refuses` is what it raises."""
    stand_in = types.SimpleNamespace(refuses=None, folder=tmp_path / "drive")

    def mount(place):
        if stand_in.refuses:
            raise stand_in.refuses
        (stand_in.folder / "MyDrive").mkdir(parents=True, exist_ok=True)

    google, colab = types.ModuleType("google"), types.ModuleType("google.colab")
    google.colab, colab.drive = colab, types.SimpleNamespace(mount=mount)
    monkeypatch.setitem(sys.modules, "google", google)
    monkeypatch.setitem(sys.modules, "google.colab", colab)
    monkeypatch.setattr(environment, "DRIVE", str(stand_in.folder))
    return stand_in


@pytest.fixture
def shell(monkeypatch):
    """As much of IPython's shell as shows an error: `.shown` is what a student reads."""
    stand_in = types.SimpleNamespace(custom_exceptions=(), CustomTB=None, shown=[])

    def set_custom_exc(kinds, show):
        stand_in.custom_exceptions = kinds
        stand_in.CustomTB = lambda *arguments, **named: show(stand_in, *arguments, **named)

    def showtraceback(told, tb_offset=None):
        stand_in.shown += told[1]._render_traceback_() if hasattr(told[1], "_render_traceback_") else ["Traceback"]

    stand_in.set_custom_exc, stand_in.showtraceback = set_custom_exc, showtraceback
    monkeypatch.setitem(sys.modules, "IPython", types.SimpleNamespace(get_ipython=lambda: stand_in))
    return stand_in


def show_error_of(shell, source):
    try:
        exec(source, {})
    except Exception as reason:
        shell.CustomTB(type(reason), reason, reason.__traceback__)


def test_training_goes_beside_the_notebook_and_it_is_said_what_a_lost_runtime_takes(capsys):
    assert folder_to_keep(on_drive=False) == "checkpoints"
    assert "on Colab is lost with the runtime, and then training starts anew" in capsys.readouterr().out


def test_training_goes_to_drive_where_it_is_asked_for(drive, capsys):
    folder = drive.folder / "MyDrive" / "rnn_assignment"
    assert folder_to_keep(on_drive=True) == str(folder)
    assert "Kept there by an earlier runtime: nothing yet." in capsys.readouterr().out
    (folder / "gru_training.pt").touch()
    assert folder_to_keep(on_drive=True) == str(folder)
    assert "Kept there by an earlier runtime: gru_training.pt." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("reason", "told"), [(ValueError("mount failed"), "mount failed"), (ConnectionError(), "ConnectionError")]
)
def test_a_drive_that_refuses_is_told_and_gone_on_without(drive, capsys, reason, told):
    drive.refuses = reason
    assert folder_to_keep(on_drive=True) == "checkpoints"
    assert capsys.readouterr().out.startswith(f"Google Drive can't be used ({told}): run this cell again")


def test_a_cell_that_lacks_a_name_asks_for_the_cells_above_it(shell):
    explain_missing_names()
    show_error_of(shell, "padded_sequences")
    assert shell.shown == [
        "padded_sequences is missing: run all cells above this one, then this one again; "
        "if the name is yours, correct it."
    ]


def test_a_function_that_lacks_a_name_is_named_with_the_line(shell):
    explain_missing_names()
    show_error_of(shell, "def forward():\n    return h_tild\n\nforward()")
    assert shell.shown[0].startswith("h_tild is missing in forward, line 2 of its cell: run all cells above")


@pytest.mark.parametrize("source", ["import no_such_module", "def f():\n    x += 1\nf()"])
def test_what_no_cell_above_can_mend_keeps_its_traceback(shell, source):
    explain_missing_names()
    show_error_of(shell, source)
    assert shell.shown == ["Traceback"]


def test_a_handler_that_was_there_before_stays_in_force_for_its_own_errors(shell):
    shell.custom_exceptions = (ImportError,)
    shell.CustomTB = lambda kind, reason, trace, tb_offset=None: shell.shown.append("Colab's own words")
    explain_missing_names()
    show_error_of(shell, "import no_such_module")
    assert shell.shown == ["Colab's own words"]


def test_names_are_explained_once_however_often_it_is_asked_for(shell):
    explain_missing_names()
    once = shell.CustomTB
    explain_missing_names()
    assert shell.CustomTB is once


def test_outside_ipython_nothing_is_changed(monkeypatch):
    monkeypatch.delitem(sys.modules, "IPython", raising=False)
    explain_missing_names()
