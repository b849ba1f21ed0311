"""The proof of hostile submissions: a part of them is tried, and the trial itself can fail."""

import subprocess
import time
from dataclasses import replace
from pathlib import Path

import pytest

from assignment.proofs import INNOCENT, attacks
from grading.mark.files import Submission
from grading.prove import traces
from grading.prove.attack_files import FOLDER, STUDENT, Attack
from grading.prove.attacks import Trying, control
from grading.prove.claim import BROKEN, EXPLAINED, KEPT
from grading.prove.marker import Marker
from grading.prove.traces import Scene
from grading.room import open_room
from grading.sandbox.layers import LAYERS
from grading.sandbox.worker import Zygote

ALL = {str(attack): attack for attack in attacks(open_room())}
TRIED = [*list(ALL)[::24], "forging/arrays_of_other_shapes", "forging/nothing_in_the_arrays"]
CASES = open_room().path / "cases"
FILE = "GRU_skeleton.py"


@pytest.fixture(scope="module")
def scene(room):
    with Scene(room) as made:
        yield made


@pytest.fixture(scope="module")
def trying(room, scene):
    innocent = {name: (CASES / INNOCENT / name).read_bytes() for name in room.modules}
    with Marker(room, jobs=1) as marker:
        yield Trying(room, marker, scene, innocent)


def outcome(trying, attack):
    return next(trying.outcomes([attack]))


def test_there_are_attacks_of_every_family():
    assert len(ALL) >= 120
    assert {attack.family for attack in ALL.values()} == {
        "leaving", "forging", "replacing", "reading", "staying", "using_up", "roundabout", "archives", "pickles",
    }  # fmt: skip


def test_every_attack_says_what_it_tries_and_names_layers_that_there_are():
    for name, attack in ALL.items():
        assert attack.tries.endswith("."), name
        assert set(attack.without) <= LAYERS.keys(), name


def test_the_page_of_the_attacks_counts_them_as_they_are(room):
    page = (room.path / FOLDER / "README.md").read_text(encoding="utf-8")
    for family in {attack.family for attack in ALL.values()}:
        count = sum(attack.family == family for attack in ALL.values())
        controlled = sum(attack.family == family and bool(attack.without) for attack in ALL.values())
        assert f"| `{family}` | {count} | {controlled} |" in page


@pytest.mark.parametrize("name", TRIED)
def test_an_attack_gains_nothing_and_leaves_nothing(trying, name):
    found = outcome(trying, ALL[name])
    assert found.kind == (EXPLAINED if ALL[name].wins else KEPT), found.why


def fake(submitted, honest=b"", **changes):
    """An attack that does what a test says, with an honest part that earns nothing unless one is given."""
    attack = Attack("fakes", "fake", "Nothing.", {FILE: honest} if honest else {}, submitted)
    return replace(attack, **changes)


def hand_in(source):
    return Submission(STUDENT, {FILE: source if isinstance(source, bytes) else source.encode()})


def steals(targets):
    return hand_in(f"raise ValueError({Path(targets.CANARY).read_text()!r})")


def wins(targets):
    return hand_in(targets.preamble() + "raise Won('here')")


def leaves_a_file(targets):
    (Path(targets.PLACE) / targets.MARK).touch()
    return hand_in("")


RIGHT = (CASES / "all-right" / FILE).read_bytes()
WRONG = (CASES / "several-mistakes" / FILE).read_bytes()
NO_BYTES = Submission(STUDENT, {FILE: "a text"})  # what our own code can't work with


@pytest.mark.parametrize(
    ("attack", "why"),
    [
        (fake(lambda targets: hand_in(RIGHT)), "gained 12 points for gru.candidate"),
        (fake(lambda targets: hand_in(RIGHT), WRONG), "gained 12 points for gru.candidate"),
        (fake(wins), "reached its goal"),
        (fake(steals), "read the secret"),
        (fake(leaves_a_file), "left "),
        (fake(lambda targets: NO_BYTES), "passed for a fault of ours"),
        (fake(lambda targets: hand_in(WRONG), WRONG, wins="It did once."), "gains nothing any more"),
    ],
    ids=["gains", "gains_more", "wins", "steals", "leaves_a_file", "our_fault", "wins_no_more"],
)
def test_an_attack_that_does_win_is_called_broken(trying, attack, why):
    found = outcome(trying, attack)
    assert found.kind == BROKEN
    assert why in found.why


def test_only_a_known_gain_of_the_short_training_is_explained(trying, monkeypatch):
    learns = fake(lambda targets: hand_in(RIGHT), honest=RIGHT, wins="Known.", learns=True)
    with monkeypatch.context() as patched:
        patched.setattr(trying, "earned", lambda *asked: dict.fromkeys(trying.rooms[False].items, 100.0))
        assert outcome(trying, learns).kind == EXPLAINED
    assert outcome(trying, fake(lambda targets: hand_in(RIGHT), wins="Known.")).kind == BROKEN
    assert outcome(trying, fake(steals, wins="Known.")).kind == BROKEN


def test_a_process_that_stays_is_found(trying, monkeypatch):
    monkeypatch.setattr(traces, "SETTLING", 0.1)
    started = []

    def stays(targets):
        started.append(subprocess.Popen(["sleep", "60"]))
        return hand_in("")

    found = outcome(trying, fake(stays))
    for process in started:
        process.kill()
        process.wait()
    assert found.kind == BROKEN
    assert f"left the process {started[0].pid}" in found.why


def test_a_process_that_is_on_its_way_out_is_waited_for(monkeypatch):
    monkeypatch.setattr(time, "sleep", lambda seconds: process.wait())
    before = traces.descendants()
    process = subprocess.Popen(["true"])
    assert traces.left_processes(before) == set()


def test_a_changed_canary_is_found(room):
    with Scene(room) as scene:
        Path(scene.targets.CANARY).write_text("changed")
        assert scene.traces(traces.descendants()) == ["changed the canary"]


def test_another_result_for_the_innocent_is_found(trying):
    found = trying.outcome(fake(lambda targets: hand_in(WRONG), WRONG), untouched="{}")
    assert (found.kind, found.why) == (BROKEN, "changed an innocent submission's result")


CONTROLLED = ["reading/the_canary", "staying/a_daemon", "using_up/descriptors", "pickles/pickle_loads"]


@pytest.mark.parametrize("name", CONTROLLED)
def test_an_attack_wins_where_the_layers_that_stop_it_are_left_out(room, scene, name):
    zygote = Zygote(without=ALL[name].without)
    try:
        found = control(room, ALL[name], scene, zygote)
    finally:
        zygote.close()
    assert found.kind == KEPT, found.why


def test_a_control_that_does_not_win_is_called_broken(room, scene, trying):
    found = control(room, fake(lambda targets: hand_in(WRONG)), scene, trying.zygote)
    assert found.kind == BROKEN
