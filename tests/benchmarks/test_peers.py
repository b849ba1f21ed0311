"""The other graders: installed once, their failures said in a sentence, their points read from their files."""

import json
import sys

import pytest

from benchmarks import peers
from benchmarks.peers import CONSTRAINTS, REQUIREMENTS, PeerFault, install, points_in, run


@pytest.fixture
def commands(tmp_path, monkeypatch):
    """An environment that is not there yet, and the list of the commands that were to be run for it."""
    monkeypatch.setattr(peers, "ENVIRONMENT", tmp_path / "environment")
    asked_for = []

    def record(command, folder):
        (tmp_path / "environment").mkdir(exist_ok=True)
        asked_for.append([str(word) for word in command])

    monkeypatch.setattr(peers, "run", record)
    return asked_for


def test_the_peers_are_installed_from_their_pinned_requirements(commands):
    install()
    assert commands[0][1:3] == ["-m", "venv"]
    assert commands[1][-4:] == ["-r", str(REQUIREMENTS), "-c", str(CONSTRAINTS)]


def test_peers_that_are_installed_are_not_installed_again(commands):
    install()
    commands.clear()
    install()
    assert commands == []


def test_peers_of_other_versions_are_installed_anew(commands):
    install()
    (peers.ENVIRONMENT / "installed").write_text("nbgrader==0.1.0")
    commands.clear()
    install()
    assert len(commands) == 2


def test_a_command_that_fails_is_named_with_its_last_words(tmp_path):
    with pytest.raises(PeerFault, match=r"exit.*ended with 3; its last words: no gradebook"):
        run([sys.executable, "-c", "import sys; print('no gradebook', file=sys.stderr); sys.exit(3)"], tmp_path)


def test_a_peer_finds_its_own_programs_first_and_has_one_thread(tmp_path):
    words = (
        f"assert os.environ['PATH'].startswith({str(peers.ENVIRONMENT)!r}); assert os.environ['OMP_NUM_THREADS'] == '1'"
    )
    run([sys.executable, "-c", f"import os; {words}"], tmp_path)


def test_points_are_summed_over_otters_tests(tmp_path):
    tests = [{"name": "Public Tests"}, {"score": 6.0, "max_score": 6.0}, {"score": 0.0}, {"score": 4.5}]
    (tmp_path / "results.json").write_text(json.dumps({"tests": tests}))
    assert points_in(tmp_path / "results.json") == 10.5
