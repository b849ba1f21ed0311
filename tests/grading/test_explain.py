"""`explain`: what it says of each item and of each mistake, in every language and at any width."""

import re
import unicodedata

import pytest
from rich.console import Console

from assignment.misconceptions import CATALOGUE
from grading import __main__ as command_line
from grading.explain import explain
from grading.room import RoomError, open_room

LANGUAGES = ("en", "ko")


def shown(room, identifier, width=80):
    console = Console(width=width, highlight=False)
    with console.capture() as captured:
        console.print(explain(room, identifier))
    return captured.get()


def squeezed(text):
    """A text without blanks and line ends, so that a sentence is found wherever it was wrapped."""
    return re.sub(r"\s", "", text)


@pytest.fixture(scope="module", params=LANGUAGES)
def any_room(request):
    return open_room(language=request.param)


def test_an_item_is_told_whole(any_room):
    for item in any_room.items.values():
        words, text = any_room.words, squeezed(shown(any_room, item.id))
        wanted = [words.item(item.id, key) for key in ("title", "belief", "question")]
        wanted += [words.expected(item), f"{item.points:g}" if item.points else words.say("explain", "unscored")]
        wanted += [item.file, item.target] + ([words.prompt(item)] if item.blank else [])
        assert [part for part in wanted if squeezed(part) not in text] == []


def test_an_item_names_the_mistakes_that_are_known_there_each_with_its_cause(any_room):
    text = squeezed(shown(any_room, "gru.candidate"))
    entries = CATALOGUE.of("gru.candidate")
    assert len(entries) > 10
    for entry in entries:
        assert entry.id + squeezed(any_room.words.misconception(entry.id)) in text


@pytest.mark.parametrize("width", [60, 100])
def test_a_mistake_is_told_whole_however_narrow_the_terminal(any_room, width):
    for name in CATALOGUE.identifiers():
        page = shown(any_room, name, width)
        entry, text = any_room.words.tables["misconceptions"][name], squeezed(page)
        question = any_room.words.misconception(name, "question", layer=any_room.words.say("explain", "this_layer"))
        assert squeezed(entry["why"]) in text, name
        assert squeezed(question) in text, name
        assert all(squeezed(item_id) in text for item_id in CATALOGUE.items_of(name))
        assert not re.search(r"…|\{(?!t-1\})", page), page
        assert max(map(cells, page.splitlines())) <= width


def cells(line):
    """How many columns of a terminal a line takes."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line.rstrip())


def test_the_equation_that_is_asked_stands_above_what_is_computed_in_its_place(room):
    lines = [line.split(maxsplit=1) for line in shown(room, "reset-after-matmul").splitlines()]
    assert ["Asked", "h~_t = tanh(W_h x_t + U_h (r_t * h_{t-1}))"] in [
        [part.strip() for part in line] for line in lines
    ]
    assert ["Computed", "h~_t = tanh(W_h x_t + r_t * (U_h h_{t-1}))"] in [[p.strip() for p in line] for line in lines]


def test_that_biases_are_left_out_is_said_where_a_layer_is_written(any_room):
    said = squeezed(any_room.words.say("explain", "without_biases"))
    assert said in squeezed(shown(any_room, "reset-ignored"))
    assert said not in squeezed(shown(any_room, "mix-swapped"))


def test_only_a_published_form_says_who_published_it(any_room):
    label = f"  {any_room.words.say('explain', 'published')}  "
    conventions = {entry.id for entry in CATALOGUE.entries if entry.convention}
    assert {name for name in CATALOGUE.identifiers() if label in shown(any_room, name)} == conventions


def test_only_what_counts_as_right_says_so(any_room):
    remark = squeezed(any_room.words.say("explain", "counts_as_right"))
    right = {entry.id for entry in CATALOGUE.entries if entry.right}
    assert {name for name in CATALOGUE.identifiers() if remark in squeezed(shown(any_room, name))} == right


@pytest.mark.parametrize(
    ("asked_for", "offered", "not_offered"),
    [("reset-ignor", "reset-ignored", "mix-halved"), ("gru.candidat", "gru.candidate", "rnn.model"),
     ("rest-ignored", "reset-ignored", "mix-halved"), ("GRU.", "gru.unroll", "rnn.layers")],
)  # fmt: skip
def test_an_unknown_name_is_answered_with_the_names_that_look_like_it(room, asked_for, offered, not_offered):
    with pytest.raises(RoomError) as raised:
        explain(room, asked_for)
    assert offered in str(raised.value)
    assert not_offered not in str(raised.value)


def test_the_reset_gates_own_form_is_no_mistake_where_the_course_teaches_it(room):
    with pytest.raises(RoomError, match="reset-after-matmul"):
        explain(room, "reset-before-matmul")


def run(monkeypatch, capsys, *words):
    monkeypatch.setattr("sys.argv", ["grading", *words])
    with pytest.raises(SystemExit) as ended:
        command_line.run()
    return ended.value.code or 0, *capsys.readouterr()


def test_the_command_line_explains_in_the_language_that_is_asked_for(monkeypatch, capsys):
    code, out, _ = run(monkeypatch, capsys, "explain", "gru.candidate", "--language", "ko")
    assert code == 0
    assert "후보 상태" in out


@pytest.mark.parametrize("words", [("gru.x", "--language", "ko"), ("gru.x",), ("gru.candidate", "--language", "xx")])
def test_an_unknown_name_or_language_is_wrong_usage_in_one_line(monkeypatch, capsys, words):
    code, out, err = run(monkeypatch, capsys, "explain", *words)
    assert (code, out) == (2, "")
    assert err.startswith("Error: ")
    assert len(err.splitlines()) == 1
