"""Other versions: a pair is read, set up or said not to be had, and its scores are compared in every column."""

import platform
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from benchmarks import versions
from benchmarks.versions import NEEDED, NotToBeHad, Pair, app, find_python, read_pair, unequal, verdict, wanted_packages

PAIR = Pair("3.12", "2.6.0")


def grades(**scores):
    return {name: {"student": name, "score": score, "status": "graded"} for name, score in scores.items()}


@pytest.fixture
def environments(tmp_path, monkeypatch):
    """A folder for environments that is empty, and a Python of every version."""
    monkeypatch.setattr(versions, "ENVIRONMENTS", tmp_path / "environments")
    monkeypatch.setattr(versions, "find_python", lambda version: sys.executable)
    return tmp_path / "environments"


@pytest.fixture
def pip(environments, monkeypatch):
    """The commands that were to be run; pip ends as `pip.code` says."""

    class Commands(list):
        code, said = 0, ""

    asked_for = Commands()

    def record(command):
        asked_for.append([str(word) for word in command])
        (environments / "3.12-2.6.0").mkdir(exist_ok=True)
        return subprocess.CompletedProcess(command, asked_for.code if "pip" in command else 0, "", asked_for.said)

    monkeypatch.setattr(versions, "run", record)
    return asked_for


# Pairs


def test_a_pair_is_two_versions_with_a_colon():
    assert read_pair("3.12:2.6.0") == PAIR
    assert str(PAIR) == "3.12:2.6.0"


@pytest.mark.parametrize("text", ["3.12", "3.12:2.6", "torch:2.6.0", "3.12:2.6.0+cpu", "3.12:2.6.0; rm -rf /"])
def test_what_is_no_pair_is_refused_with_an_example(text):
    with pytest.raises(ValueError, match=r"write Python's and torch's as 3\.12:2\.6\.0"):
        read_pair(text)


def test_every_default_is_a_pair_and_none_is_the_pinned_one():
    assert len({read_pair(text) for text in versions.PAIRS}) == len(versions.PAIRS)
    assert "3.11:2.13.0" not in versions.PAIRS


# Setting up


def test_all_but_torch_has_the_pinned_version():
    wanted = dict(package.split("==") for package in wanted_packages(PAIR))
    assert wanted.pop("torch") == "2.6.0"
    assert set(wanted) == set(NEEDED)


def test_the_python_that_runs_is_found_where_its_version_is_asked_for(monkeypatch):
    monkeypatch.setattr(versions.shutil, "which", lambda name: sys.executable)
    here = ".".join(platform.python_version_tuple()[:2])
    assert find_python(here) == sys.executable


def test_a_python_of_another_version_is_none(monkeypatch, tmp_path):
    monkeypatch.setattr(versions.shutil, "which", lambda name: sys.executable)
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    with pytest.raises(NotToBeHad, match=r"there is no Python 2\.7 here"):
        find_python("2.7")


def test_an_environment_is_made_once(pip):
    versions.set_up(PAIR)
    assert [command[1:3] for command in pip] == [["-m", "venv"], ["-m", "pip"]]
    assert pip[1][-len(NEEDED) - 1] == "torch==2.6.0"
    pip.clear()
    assert versions.set_up(PAIR).parts[-3:] == ("3.12-2.6.0", "bin", "python")
    assert pip == []


def test_what_pip_can_not_install_is_said_and_leaves_nothing(pip, environments):
    pip.code, pip.said = 1, "ERROR: No matching distribution found for torch==2.6.0\nnotice: a new pip\n"
    with pytest.raises(NotToBeHad, match=r"^pip: No matching distribution found for torch==2\.6\.0$"):
        versions.set_up(PAIR)
    assert not list(environments.iterdir())


def test_nothing_is_set_up_on_a_full_disk(pip, monkeypatch):
    monkeypatch.setattr(versions, "ROOM", 2**62)
    with pytest.raises(NotToBeHad, match="GiB are free"):
        versions.set_up(PAIR)
    assert pip == []


# Comparing


def test_rows_that_differ_in_any_column_are_named():
    pinned, other = grades(ann="90", ben="80"), grades(ann="90", ben="80")
    assert unequal(pinned, other) == []
    assert verdict(pinned, other) == "all 2 equal, in every column"
    other["ben"]["status"] = "needs_review"
    assert verdict(pinned, other) == "1 of 2 differ: ben"


def test_a_student_who_is_in_one_table_alone_differs():
    assert unequal(grades(ann="90", ben="80"), grades(ann="90", eve="0")) == ["ben", "eve"]


# The command


@pytest.fixture
def command(environments, monkeypatch):
    """Runs the command; `command.marked` says what each Python's marking gives, in order."""

    def run(*pairs):
        marked = iter(run.marked)

        def mark(python, jobs):
            found = next(marked)
            if isinstance(found, Exception):
                raise found
            return found, ["3.12.1", "2.6.0"]

        monkeypatch.setattr(versions, "mark", mark)
        return CliRunner().invoke(app, list(pairs))

    monkeypatch.setattr(versions, "set_up", lambda pair: sys.executable)
    return run


def test_equal_scores_end_with_zero(command):
    command.marked = [grades(ann="90"), grades(ann="90")]
    found = command("3.12:2.6.0")
    assert found.exit_code == 0, found.output
    assert found.stdout.splitlines()[-1] == "| 3.12.1 | 2.6.0 | all 1 equal, in every column |"


def test_other_scores_end_with_one_whatever_comes_after(command):
    command.marked = [grades(ann="90"), grades(ann="80"), grades(ann="90")]
    found = command("3.12:2.6.0", "3.13:2.6.0")
    assert found.exit_code == 1
    assert "1 of 1 differ: ann" in found.stdout


def test_a_pair_that_can_not_be_had_is_a_row_and_no_failure(command, monkeypatch):
    def refuse(pair):
        raise NotToBeHad("there is no Python 3.12 here")

    command.marked = [grades(ann="90")]
    monkeypatch.setattr(versions, "set_up", refuse)
    found = command("3.12:2.6.0")
    assert found.exit_code == 0
    assert found.stdout.splitlines()[-1] == "| 3.12 | 2.6.0 | could not be had: there is no Python 3.12 here |"


def test_a_marker_that_fails_with_other_versions_is_our_fault(command):
    command.marked = [grades(ann="90"), versions.MarkingFailed("it ended with 3; its last words: none")]
    found = command("3.12:2.6.0")
    assert found.exit_code == 3
    assert "could not mark: it ended with 3" in found.stdout


def test_a_wrong_pair_is_wrong_usage(command):
    command.marked = []
    found = command("newest")
    assert (found.exit_code, found.stderr) == (
        2,
        "Error: 'newest' is no pair of versions; write Python's and torch's as 3.12:2.6.0.\n",
    )


def test_a_pinned_pair_that_can_not_mark_is_our_fault(command):
    command.marked = [versions.MarkingFailed("it ended with 3; its last words: none")]
    assert command("3.12:2.6.0").exit_code == 3
