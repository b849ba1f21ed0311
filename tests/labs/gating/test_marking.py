"""The lab's marker: every known mistake is named, right forms cost nothing, and each has its words."""

import tomllib
from collections import Counter
from itertools import combinations

import pytest

from grading.build.solution import solution_files
from grading.mark.agreement import agrees
from grading.mark.case import Case
from grading.mark.module import drawn_values
from grading.prove.claim import EXPLAINED, KEPT
from grading.prove.known_mistakes import read_doubts, read_equal, read_hands, read_mistakes, read_written
from grading.prove.known_trials import equal_trials, form_trials, judge_right, seen, single_trials
from grading.prove.marker import Marker
from grading.prove.solution_trials import skeleton_trial, solution_trial
from grading.room import open_room
from labs.gating.equations import EQUATIONS, GRU_LINES, MGU_LINES, cell_values
from labs.gating.marking.specs import GRU_CELL, MINIMAL_CELL, B, E, H
from labs.gating.misconceptions import CATALOGUE
from labs.gating.proofs import FORMS, REMARKS

ROOM = open_room("gating")
WRITTEN, DOUBTS = read_written(ROOM), read_doubts(ROOM)
FIRST = [one for one in WRITTEN if one.way == 0]
DOUBTED = [one for one in FIRST if any(doubt.is_of(one) for doubt in DOUBTS)]
SURE = [one for one in FIRST if one not in DOUBTED]
TRIALS = [
    solution_trial(ROOM),
    skeleton_trial(ROOM),
    *form_trials(ROOM, FORMS),
    *single_trials(SURE, DOUBTS, REMARKS),
]
WORDS = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in (ROOM.path / "words").glob("*.toml")}


@pytest.fixture(scope="module")
def marker():
    with Marker(ROOM, jobs=1) as marker:
        yield marker


@pytest.mark.parametrize("trial", TRIALS, ids=lambda trial: trial.name)
def test_a_submission_comes_to_what_is_known_of_it(marker, trial):
    assert trial.judge(marker.mark(trial.files)) == (KEPT, "")


@pytest.mark.parametrize("trial", single_trials(DOUBTED, DOUBTS, REMARKS), ids=lambda trial: trial.name)
def test_what_numbers_cannot_tell_apart_is_left_to_a_person(marker, trial):
    kind, why = trial.judge(marker.mark(trial.files))
    assert kind == EXPLAINED, why


@pytest.mark.parametrize("name", read_hands(ROOM))
def test_every_hand_writes_a_right_solution(marker, name):
    files = {file: text.encode() for file, text in read_hands(ROOM)[name].write().items()}
    assert judge_right(files)(marker.mark(files)) == (KEPT, "")


@pytest.mark.parametrize(
    ("file", "line", "changed", "lost"),
    [
        ("GRUNet_skeleton.py", "nn.Linear(input_size, 3 * hidden_size)", "nn.Linear(3 * hidden_size)", "gru.new_state"),
        (
            "pmGRU_skeleton.py",
            "super().__init__()\n        self.hidden_size = h",
            "self.hidden_size = h",
            "mgu.new_state",
        ),
        ("pmGRU_skeleton.py", "self.relu = nn.ReLU()", "self.relu = nn.ReLU(3, 4)", "mgu.last_state"),
    ],
)
def test_a_class_that_cannot_be_built_loses_what_it_returns(marker, file, line, changed, lost):
    text = solution_files(ROOM)[file].decode()
    files = {file: text.replace(line, changed, 1).encode()}
    assert text.encode() != files[file]
    found = seen(marker.mark(files), files)
    assert found == {lost: ("error", None)}


@pytest.mark.parametrize(
    ("file", "line", "changed", "item"),
    [
        (
            "GRUNet_skeleton.py",
            "self.U = nn.Linear(hidden_size, 3",
            "self.U = nn.Linear(hidden_size, 2",
            "gru.new_state",
        ),
        (
            "GRUNet_skeleton.py",
            "self.fc = nn.Linear(hidden_size, o",
            "self.fc = nn.Linear(input_size, o",
            "gru.last_state",
        ),
        (
            "pmGRU_skeleton.py",
            "self.fc = nn.Linear(hidden_size, o",
            "self.fc = nn.Linear(input_size, o",
            "mgu.last_state",
        ),
    ],
)
def test_a_given_layer_of_another_size_is_left_to_a_person(marker, file, line, changed, item):
    files = {file: solution_files(ROOM)[file].decode().replace(line, changed, 1).encode()}
    assert seen(marker.mark(files), files) == {item: ("needs_review", None)}


READS_ANOTHER_NAME = """
        states = x
        for cell in self.cells:
            states = self.read(cell, states)
            x = states
        last_state = x[torch.arange(x.size(0)), lengths - 1]
        return self.log_softmax(self.fc({read}))

"""


@pytest.mark.parametrize(("read", "lost"), [("self.relu(last_state)", set()), ("last_state", {"needs_review"})])
def test_a_right_line_that_reads_another_name_is_not_accused_for_what_is_lost_elsewhere(marker, read, lost):
    text = solution_files(ROOM)["GRUNet_skeleton.py"].decode()
    head = "    def forward(self, x, lengths):  # (B, T, I) word vectors, (B,) words of each review -> (B, O)"
    begin, end = text.index(head) + len(head), text.index("    def read(")
    files = {"GRUNet_skeleton.py": (text[:begin] + READS_ANOTHER_NAME.format(read=read) + text[end:]).encode()}
    found = seen(marker.mark(files), files)
    assert {status for status, _ in found.values()} == lost
    assert set(found) <= {"gru.last_state"}


def test_a_network_that_asks_for_no_lengths_is_told_what_stopped_it(marker):
    text = solution_files(ROOM)["pmGRU_skeleton.py"].decode()
    asking_less = text.replace("def forward(self, x, lengths)", "def forward(self, x)")
    asking_less = asking_less.replace("states[torch.arange(len(states)), lengths - 1]", "states[:, -1]")
    result = marker.mark({"pmGRU_skeleton.py": asking_less.encode()})
    verdict = next(item for item in result.items if item.id == "mgu.last_state")
    assert verdict.status == "needs_review"
    assert "takes 2 positional arguments but 3 were given" in verdict.saw


@pytest.mark.parametrize("trial", equal_trials(FIRST, read_equal(ROOM)), ids=lambda trial: trial.name)
def test_two_mistakes_that_come_to_what_is_right_cost_nothing(marker, trial):
    kind, why = trial.judge(marker.mark(trial.files))
    assert kind == EXPLAINED, why


@pytest.mark.parametrize(("spec", "lines"), [(GRU_CELL, GRU_LINES), (MINIMAL_CELL, MGU_LINES)], ids=["gru", "mgu"])
def test_two_mistakes_come_to_what_is_right_only_where_that_is_listed(spec, lines):
    values = {"x": drawn_values("x", B, E), "h": drawn_values("h", B, H)}
    layers = {name: (drawn_values(name, *shape), drawn_values(name, shape[0])) for name, shape in spec.layers.items()}
    case = Case(values, layers)
    exchanged = case.with_layers({name: gates_exchanged(layer) for name, layer in layers.items()})
    right = [cell_values(one, lines).new_state for one in ((case, exchanged) if spec is GRU_CELL else (case,))]
    entries = [entry for entry in CATALOGUE.entries if entry.part in lines]
    found = {
        frozenset(f"{entry.part}: {entry.id}" for entry in pair)
        for pair in combinations(entries, 2)
        if pair[0].part != pair[1].part and any(agrees(computed(case, lines, *pair), array) for array in right)
    }
    listed = {frozenset((row.first, row.second)) for row in read_equal(ROOM) if not (row.in_doubt or row.named)}
    assert found == {pair for pair in listed if all(name.partition(":")[0] in lines for name in pair)}


def gates_exchanged(layer):
    """A stacked layer of the GRU with the rows of its gates in each other's place."""
    rows = [*range(H, 2 * H), *range(H), *range(2 * H, 3 * H)]
    return tuple(part[rows] for part in layer) if len(layer[0]) == 3 * H else layer


def computed(case, lines, *mistakes):
    return cell_values(case, lines, EQUATIONS | {entry.part: entry.formula for entry in mistakes}).new_state


def test_every_doubt_is_of_a_way_that_can_be_written():
    assert [doubt.mistake for doubt in DOUBTS if not any(doubt.is_of(one) for one in WRITTEN)] == []


def test_every_misconception_is_written_in_three_ways_in_each_item_where_it_can_be_met():
    written = Counter((mistake.item, mistake.name) for mistake in read_mistakes(ROOM))
    assert {(entry.part, entry.id) for entry in CATALOGUE.entries} <= set(written)
    assert min(written.values()) >= 3


def test_points_are_a_hundred():
    assert ROOM.max_score == 100


def keys(table, place=()):
    if not isinstance(table, dict):
        return {place}
    return {inner for key, value in table.items() for inner in keys(value, (*place, key))}


def in_place_of_the_rubric(place):
    return place[-1] in {"expected", "prompt"}


def test_both_languages_have_the_same_keys():
    english, korean = ({p for p in keys(WORDS[name]) if not in_place_of_the_rubric(p)} for name in ("en", "ko"))
    assert english == korean


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_item_and_every_misconception_has_its_words(language):
    words = open_room("gating", language).words
    for item_id in ROOM.items:
        assert all(words.item(item_id, key) for key in ("title", "belief", "question"))
    for name in CATALOGUE.identifiers():
        assert all(words.misconception(name, key) for key in ("cause", "question", "why"))
    for entry in CATALOGUE.entries:
        assert not entry.convention or words.misconception(entry.id, "published")


def test_a_room_says_its_own_words_before_those_that_it_stands_beside():
    main, lab = open_room().words, ROOM.words
    assert lab.item("gru.candidate", "belief") != main.item("gru.candidate", "belief")
    assert lab.say("saw", "agrees") == main.say("saw", "agrees")
    assert set(main.tables["cause"]) < set(lab.tables["cause"])
