"""The proof of hostile submissions: a part of them is tried, and the trial itself can fail."""

import subprocess
import time
from dataclasses import replace
from pathlib import Path

import pytest

from assignment.proofs import INNOCENT, QUICK_ATTACKS, attacks
from grading.mark import files, marking, result
from grading.mark.files import Submission
from grading.mark.verdict import Speaker
from grading.prove import traces
from grading.prove.attack_files import FOLDER, STUDENT, Attack, one_in_so_many
from grading.prove.attacks import Trying, control
from grading.prove.claim import BROKEN, EXPLAINED, KEPT
from grading.prove.marker import Marker
from grading.prove.points import earned
from grading.prove.shown import ESCAPES
from grading.prove.traces import Scene
from grading.report import pages, tables
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
        assert set(attack.escapes) <= ESCAPES, name


def test_the_page_of_the_attacks_counts_them_as_they_are(room):
    page = (room.path / FOLDER / "README.md").read_text(encoding="utf-8")
    for family in {attack.family for attack in ALL.values()}:
        count = sum(attack.family == family for attack in ALL.values())
        controlled = sum(attack.family == family and bool(attack.without) for attack in ALL.values())
        assert f"| `{family}` | {count} | {controlled} |" in page


def test_in_the_quick_form_each_layer_and_each_escape_stops_one():
    quick = one_in_so_many(list(ALL.values()), QUICK_ATTACKS)
    everything = {name for attack in ALL.values() for name in attack.stopped_by}
    assert everything >= ESCAPES
    assert {name for attack in quick for name in attack.stopped_by} == everything
    assert len(quick) < 60


def no_escape(monkeypatch):
    monkeypatch.setattr(pages.templates(), "autoescape", False)
    pages.templates().cache.clear()


def formulas_as_they_come(monkeypatch):
    monkeypatch.setattr(tables, "in_spreadsheet", lambda text: text)


def names_as_they_come(monkeypatch):
    monkeypatch.setattr(files, "student_name", lambda name: name)


def words_as_they_come(monkeypatch):
    for module in (result, marking):
        monkeypatch.setattr(module, "plain", lambda text: text[:500])


@pytest.mark.parametrize(
    ("broken", "name", "why"),
    [
        (no_escape, "forging/markup_in_an_error", "wrote into page.html"),
        (formulas_as_they_come, "archives/a_name_that_is_a_formula", "wrote a formula into grades.csv"),
        (names_as_they_come, "archives/a_name_that_steers_a_terminal", "steered the terminal"),
        (words_as_they_come, "forging/half_a_letter_in_a_message", "can't be shown"),
    ],
)
def test_an_attack_wins_where_the_escape_that_stops_it_is_left_out(trying, monkeypatch, broken, name, why):
    broken(monkeypatch)
    found = outcome(trying, ALL[name])
    monkeypatch.undo()
    pages.templates().cache.clear()
    assert found.kind == BROKEN
    assert why in found.why


@pytest.mark.parametrize("name", TRIED)
def test_an_attack_gains_nothing_and_leaves_nothing(trying, name):
    found = outcome(trying, ALL[name])
    assert found.kind == (EXPLAINED if ALL[name].wins else KEPT), found.why


def fake(submitted, case="", **changes):
    """An attack that does what a test says, with an honest part that earns nothing unless a case is named."""
    earns = earned(open_room(), CASES / case, [FILE]) if case else {}
    return replace(Attack("fakes", "fake", "Nothing.", earns, submitted), **changes)


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
        (fake(lambda targets: hand_in(RIGHT), INNOCENT), "gained 12 points for gru.candidate"),
        (fake(wins), "reached its goal"),
        (fake(steals), "read the secret"),
        (fake(leaves_a_file), "left "),
        (fake(lambda targets: NO_BYTES), "passed for a fault of ours"),
        (fake(lambda targets: hand_in(WRONG), INNOCENT, wins="It did once."), "gains nothing any more"),
    ],
    ids=["gains", "gains_more", "wins", "steals", "leaves_a_file", "our_fault", "wins_no_more"],
)
def test_an_attack_that_does_win_is_called_broken(trying, attack, why):
    found = outcome(trying, attack)
    assert found.kind == BROKEN
    assert why in found.why


def test_only_a_known_gain_of_the_short_training_is_explained(trying):
    earns = earned(open_room(), CASES / "all-right", [FILE]) | {"gru.learns": 0.0}
    learns = fake(lambda targets: hand_in(RIGHT), wins="Known.", learns=True, earns=earns)
    assert outcome(trying, learns).kind == EXPLAINED
    assert outcome(trying, fake(lambda targets: hand_in(RIGHT), wins="Known.")).kind == BROKEN
    assert outcome(trying, fake(steals, wins="Known.")).kind == BROKEN


def test_points_that_the_marker_gives_its_honest_part_too_are_gained_all_the_same(trying, monkeypatch):
    attack = fake(lambda targets: hand_in(WRONG), INNOCENT)
    assert outcome(trying, attack).kind == KEPT
    monkeypatch.setattr(Speaker, "failed", lambda speaker, *said, **places: speaker.passed())
    found = outcome(trying, attack)
    assert found.kind == BROKEN
    assert "gained 12 points for gru.candidate" in found.why


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
    found = trying.outcome(fake(lambda targets: hand_in(WRONG), INNOCENT), untouched="{}")
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
