"""The tables of words: every language says everything, in whole sentences of its own, and the marker says nothing else.

A sentence is told by two lower-case words in a row: an approximation, with a short list of what it takes for one.
"""

import ast
import json
import re
import tomllib
from string import Formatter

import pytest

from assignment.misconceptions import CATALOGUE
from grading.mark.grade import grade
from grading.room import MAIN_ASSIGNMENT, REPOSITORY, open_room

FOLDER = REPOSITORY / MAIN_ASSIGNMENT / "words"
CASES = REPOSITORY / MAIN_ASSIGNMENT / "cases"
TABLES = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml"))}
OTHERS = [language for language in TABLES if language != "en"]
FORMS_OF_THE_RESET = {"reset-before-matmul", "reset-after-matmul"}  # which one is a mistake, the course's setting says
IN_PLACE_OF_THE_RUBRIC = {"expected", "prompt"}  # an item's keys where the rubric's own text is an English sentence
TWO_WORDS = re.compile(r"\b[a-z]{2,}(?:'[a-z]+)? [a-z]{2,}\b")
PARTICLE = re.compile(r"(?<!\})\}(?:은|는|이|가|을|를|과|와|으로|로|이나|나|예요|이에요|이라|라)(?![가-힣])")
CODE_WORDS = re.compile(
    r"\b\w+\.(?:py|ipynb|pdf)\b|\{[^{}]*\}|[A-Za-z_.]+\([^)]*\)|__\w+__|\b(?:nn|torch)(?:\.\w+)+"
    r"|\b[a-zA-Z]\w*\.(?:learns|layers|\w+_\w+|model|candidate|unroll|notebook|handwritten)\b",  # ids of items
    re.ASCII,
)
WORDS_OF_THE_TRADE = {
    "RNN",
    "GRU",
    "GRUCell",
    "GRUModel",
    "VanillaRNN",
    "ReLU",
    "tanh",
    "fc",
    "squeeze",
    "reshape",
    "data",
}
WORDS_OF_THE_TRADE |= {"Cho", "Chung", "et", "al", "cuDNN", "PDF", "UTF", "zip", "bias", "return", "None"}


def sentences(table, place=()):
    """(table, ..., key) -> sentence, for every sentence of a table; a key keeps its condition."""
    if not isinstance(table, dict):
        return {place: table}
    return {inner: text for key, value in table.items() for inner, text in sentences(value, (*place, key)).items()}


SENTENCES = {language: sentences(table) for language, table in TABLES.items()}


def is_in_place_of_the_rubric(place):
    return place[0] == "items" and place[2].partition("?")[0] in IN_PLACE_OF_THE_RUBRIC


COMMON = {place for place in SENTENCES["en"] if not is_in_place_of_the_rubric(place)}


def places_in(sentence):
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def english_in(text):
    """The Latin words of a text that are neither symbols, nor code, nor names."""
    words = re.findall(r"[A-Za-z]{2,}", CODE_WORDS.sub(" ", text))
    return [word for word in words if word not in WORDS_OF_THE_TRADE]


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_the_keys_of_english_with_their_conditions_and_no_others(language):
    own = {place for place in SENTENCES[language] if not is_in_place_of_the_rubric(place)}
    assert own ^ COMMON == set()


@pytest.mark.parametrize("language", OTHERS)
def test_a_sentence_has_the_same_places_in_every_language(language):
    ours, english = SENTENCES[language], SENTENCES["en"]
    assert [place for place in COMMON if places_in(ours[place]) != places_in(english[place])] == []


@pytest.mark.parametrize("language", TABLES)
def test_no_sentence_is_empty_and_each_can_be_filled_in(language):
    for place, sentence in SENTENCES[language].items():
        filled = sentence.format(**dict.fromkeys(places_in(sentence), "7"))
        assert filled.strip(), place
        assert not re.search("[{}]", filled.replace("h_{t-1}", "h")), place


@pytest.mark.parametrize("language", OTHERS)
def test_no_sentence_is_the_english_one_unless_it_is_all_symbols_and_places(language):
    ours, english = SENTENCES[language], SENTENCES["en"]
    assert [place for place in COMMON if ours[place] == english[place] and english_in(english[place])] == []


def test_nothing_english_is_left_in_korean_but_symbols_code_and_names():
    assert {place: found for place, text in SENTENCES["ko"].items() if (found := english_in(text))} == {}


def test_no_korean_particle_depends_on_how_the_text_in_a_place_ends():
    assert [place for place, text in SENTENCES["ko"].items() if PARTICLE.search(text)] == []


def test_korean_keeps_to_one_level_of_politeness():
    assert [place for place, text in SENTENCES["ko"].items() if re.search(r"니다\b|니까\b", text)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_rubric_item_that_is_asked_for_in_an_english_sentence_has_its_own_in_every_language(language):
    room = open_room(language=language)
    assert [item.id for item in room.items.values() if TWO_WORDS.search(room.words.expected(item))] == []
    assert [item.id for item in room.items.values() if item.blank and TWO_WORDS.search(room.words.prompt(item))] == []


@pytest.mark.parametrize("language", TABLES)
def test_every_known_mistake_has_its_words_and_no_words_are_for_a_mistake_that_is_not_known(language):
    table = TABLES[language]["misconceptions"]
    assert set(table) == set(CATALOGUE.identifiers()) | FORMS_OF_THE_RESET
    assert [name for name, entry in table.items() if not {"cause", "question", "why"} <= set(entry)] == []


@pytest.mark.parametrize("language", TABLES)
def test_what_leads_on_is_a_question(language):
    asked = {place: text for place, text in SENTENCES[language].items() if place[-1].startswith("question")}
    questions = {place: text for place, text in asked.items() if place[0] in {"items", "misconceptions"}}
    questions |= {place: text for place, text in SENTENCES[language].items() if place[0] == "question"}
    assert [place for place, text in questions.items() if not text.endswith("?")] == []
    assert len(questions) > 60


@pytest.mark.parametrize("language", TABLES)
def test_a_convention_says_who_published_it(language):
    conventions = {entry.id for entry in CATALOGUE.entries if entry.convention} | FORMS_OF_THE_RESET
    table = TABLES[language]["misconceptions"]
    assert {name for name, entry in table.items() if "published" in entry} == conventions


@pytest.mark.parametrize("language", TABLES)
def test_a_cause_with_places_has_a_sentence_without_them_for_explain(language):
    for name, entry in TABLES[language]["misconceptions"].items():
        general = entry.get("general", entry["cause"])
        assert places_in(general) <= {"layer"}, name
        assert not places_in(entry["why"]), name


# What the code says, found in its syntax trees.

SPEAKING = [*(REPOSITORY / "grading").rglob("*.py"), *(REPOSITORY / MAIN_ASSIGNMENT).glob("*.py")]
SPEAKING += [*(REPOSITORY / MAIN_ASSIGNMENT / "marking").glob("*.py")]
TABLE_OF = {
    "perhaps": "perhaps",
    "passed": "saw",
    "absent": "saw",
    "note": "notes",
}  # the short ways to say(table, key)
MARKER = [*(REPOSITORY / "grading" / "mark").glob("*.py"), *(REPOSITORY / MAIN_ASSIGNMENT / "marking").glob("*.py")]
TO_THE_INSTRUCTOR = {"grade.py", "output.py", "where.py"}  # of grading/mark: they speak on the command line alone
TO_OTHERS = {  # what no student reads, by the call that it stands in
    "NoSubmissions": "to the instructor, on the command line",
    "AttributeError": "to whoever writes a check",
    "ValueError": "to whoever writes a check",
    "removeprefix": "part of a file's name",
}


def trees(paths):
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def constant(node):
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def said_by(tree):
    """(table, key) of every literal key that is said in a module."""
    found = set()
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        arguments = [constant(argument) for argument in call.args]
        if name == "say" and len(arguments) >= 2 and all(arguments[:2]):
            found.add(tuple(arguments[:2]))
        elif name == "Rejected" and arguments and arguments[0]:
            found.add(("rejected", arguments[0]))
        elif name in TABLE_OF and isinstance(call.func, ast.Attribute) and arguments and arguments[0]:
            found.add((TABLE_OF[name], arguments[0]))
        elif name == "review" and len(arguments) == 2 and arguments[1]:
            found.add(("cause", arguments[1]))
        elif name == "failed" and len(arguments) == 3 and arguments[2]:
            found.add(("cause" if arguments[2] in TABLES["en"]["cause"] else "perhaps", arguments[2]))
    return found


def test_every_key_that_the_code_says_is_in_the_table():
    said = set().union(*map(said_by, trees(SPEAKING).values()))
    assert len(said) > 40
    assert {pair for pair in said if pair[1] not in TABLES["en"].get(pair[0], ())} == set()


def test_every_key_of_the_table_is_said_somewhere():
    nodes = [node for tree in trees(SPEAKING).values() for node in ast.walk(tree)]
    named = {constant(node) for node in nodes} - {None}
    starts = [constant(node.values[0]) for node in nodes if isinstance(node, ast.JoinedStr) and node.values]
    begun = tuple(start for start in starts if start and re.fullmatch(r"[a-z]+_", start))  # f"output_{asked}"
    templates = "".join(path.read_text(encoding="utf-8") for path in (REPOSITORY / "grading").rglob("*.html"))
    keys = {(t, key) for t, table in TABLES["en"].items() if t not in {"items", "misconceptions"} for key in table}
    lines = [line for line in templates.splitlines() if "say(" in line]
    said = {(t, key) for t, key in keys if any(f'say("{t}"' in line and f'"{key}"' in line for line in lines)}
    said |= {(t, key) for t, key in keys if not t.endswith("page") and (key in named or key.startswith(begun))}
    assert keys - said == set()


def docstrings(tree):
    holders = ast.Module | ast.ClassDef | ast.FunctionDef
    return {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, holders) and node.body and isinstance(node.body[0], ast.Expr)
    }


def said_to_others(tree):
    """The constants inside of what is said to others than students."""
    inside = set()
    for node in ast.walk(tree):
        called = getattr(node, "func", None)
        if getattr(called, "id", getattr(called, "attr", "")) in TO_OTHERS:
            inside |= {id(inner) for inner in ast.walk(node)}
    return inside


@pytest.mark.parametrize(
    "path",
    [path for path in MARKER if path.name not in TO_THE_INSTRUCTOR],
    ids=lambda path: f"{path.parent.name}/{path.name}",
)
def test_the_marker_holds_no_sentence_of_its_own(path):
    tree = trees([path])[path]
    known = docstrings(tree) | said_to_others(tree)
    texts = [node.value for node in ast.walk(tree) if constant(node) and id(node) not in known]
    assert [text for text in texts if TWO_WORDS.search(text)] == []


@pytest.mark.parametrize("case", ["several-mistakes", "two-conventions", "layer-sizes-swapped", "untouched"])
def test_in_korean_every_line_of_a_result_is_korean(case, tmp_path):
    grade(open_room(language="ko"), CASES / case, tmp_path, jobs=1, progress=False)
    result = json.loads((tmp_path / "results" / f"{case}.json").read_text(encoding="utf-8"))
    lost = [item for item in result["items"] if item["status"] in {"failed", "blank"}]
    assert lost
    for item in lost:
        assert all(re.search("[가-힣]", item[line]) for line in ("saw", "cause", "next")), item
    said = [item[line] for item in result["items"] for line in ("saw", "expected", "cause", "next")] + result["notes"]
    assert [text for text in said if english_in(text)] == []
