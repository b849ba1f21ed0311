"""python -m benchmarks: one sentence for a wrong word, tables on stdout, raw figures in a file."""

import json
import re

import pytest
from typer.testing import CliRunner

from benchmarks import __main__ as command_line
from benchmarks.__main__ import app
from benchmarks.machine import describe_machine
from benchmarks.peers import CONSTRAINTS, REQUIREMENTS, PeerFault
from grading.room import REPOSITORY


@pytest.fixture
def memory(monkeypatch):
    """The subject `memory`, which measures at once and shows a table that it is given."""

    class Subject:
        measured = staticmethod(lambda quick: {"quick": quick})
        table = staticmethod(lambda measured: "a table")

        def measure(self, quick):
            return self.measured(quick)

    monkeypatch.setitem(command_line.SUBJECTS, "memory", subject := Subject())
    return subject


def test_an_unknown_subject_is_wrong_usage():
    result = CliRunner().invoke(app, ["speed"])
    assert result.exit_code == 2
    assert "there is no subject 'speed'" in result.stderr


def test_a_subject_leaves_its_table_and_its_raw_figures(tmp_path, memory):
    result = CliRunner().invoke(app, ["memory", "--out", str(tmp_path), "--quick"])
    assert result.exit_code == 0
    assert "a table" in result.stdout
    kept = json.loads((tmp_path / "memory.json").read_text())
    assert kept["measured"] == {"quick": True}
    assert kept["machine"]["cores"] >= 1


def test_a_grader_that_fails_is_one_sentence(tmp_path, memory):
    def measure(quick):
        raise PeerFault("`otter run` ended with 1.")

    memory.measured = measure
    result = CliRunner().invoke(app, ["memory", "--out", str(tmp_path)])
    assert (result.exit_code, result.stderr.strip()) == (3, "Error: `otter run` ended with 1.")


def test_a_figure_comes_with_its_machine():
    machine = describe_machine()
    assert all(machine[name] for name in ("cores", "processor", "memory, GiB", "system", "Python", "torch"))
    assert "load before the run" in machine


def test_the_peers_have_the_same_versions_as_the_marker_where_both_name_one():
    ours, theirs = (
        dict(re.findall(r"^([\w-]+)==(\S+)", path.read_text(), re.MULTILINE))
        for path in (REPOSITORY / "requirements.txt", REQUIREMENTS)
    )
    assert {name: ours[name] for name in theirs if name in ours} == {n: v for n, v in theirs.items() if n in ours}
    assert {"torch", "numpy", "nbgrader"} <= set(ours) & set(theirs)


def test_whatever_the_peers_bring_along_is_pinned():
    lines = CONSTRAINTS.read_text().splitlines()[1:]
    assert len(lines) > 50
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []
