"""One rubric item or one known mistake, in words, with its equation: for a terminal, wrapped to its width."""

import re
from difflib import get_close_matches

from rich.console import Group
from rich.table import Table
from rich.text import Text

from grading.room import RoomError

NEAR = 5  # names that are offered for one that is unknown
BLANK_LINE = Text()
LAYER = re.compile(r"\b[WU]_")  # a layer's matrix in a formula, which stands there without its bias


def explain(room, identifier):
    """What rich prints on the item or misconception called `identifier`.  Raises RoomError if there is none."""
    catalogue = room.load("misconceptions").CATALOGUE
    if identifier in room.items:
        return explained_item(room, catalogue, room.items[identifier])
    if identifier in catalogue.identifiers():
        return explained_misconception(room, catalogue, identifier)
    near = ", ".join(near_names(identifier, [*room.items, *catalogue.identifiers()]))
    raise RoomError(room.words.say("explain", "unknown", name=identifier, near=near))


def near_names(identifier, known):
    """The names that look like this one, or that hold it; all of them where none does."""
    asked = identifier.lower()
    near = [name for name in known if asked in name] + get_close_matches(asked, known, NEAR)
    return list(dict.fromkeys(near)) or known


def explained_item(room, catalogue, item):
    """Title, points and belief of an item; what is asked where; the mistakes that are known there."""
    words = room.words
    points = words.say("explain", "points", points=f"{item.points:g}") if item.points else said(words, "unscored")
    asked, prompt = words.expected(item), words.prompt(item)
    lines = {
        "belief": words.item(item.id, "belief"),
        "equation": asked,
        "where": ", ".join(filter(None, (item.file, item.target))) or said(words, "whole_submission"),
        "prompt": prompt if item.blank and prompt != asked else "",
        "question": words.item(item.id, "question"),
    }
    parts = [heading(f"{words.item(item.id, 'title')} ({item.id}), {points}"), BLANK_LINE, labelled(words, lines)]
    mistakes = {name: in_general(words, name) for name in catalogue.identifiers_in(item.id)}
    if mistakes:
        parts += [BLANK_LINE, heading(said(words, "mistakes")), BLANK_LINE, rows(mistakes)]
    return Group(*parts)


def explained_misconception(room, catalogue, identifier):
    """What a mistake is, the equation asked beside what was computed, why it matters, and the question."""
    words, entry = room.words, room.words.tables["misconceptions"][identifier]
    parts = [heading(identifier), BLANK_LINE, labelled(words, {"what": in_general(words, identifier)}), BLANK_LINE]
    formulas, entries, with_layers = room.load("formulas"), catalogue.called(identifier), False
    for item_id in catalogue.items_of(identifier):
        met = [entry for entry in entries if item_id in catalogue.seen_in(entry.part)]
        pairs = [(formulas.asked(entry.part), formulas.computed(entry)) for entry in met]
        parts += [Text(f"{words.item(item_id, 'title')} ({item_id})"), *equations(words, pairs)]
        with_layers = with_layers or any(LAYER.search(formula) for pair in pairs for formula in pair)
    if with_layers:
        parts.append(Text(f"({said(words, 'without_biases')})"))
    lines = {
        "why": entry["why"],
        "counts": said(words, "counts_as_right") if catalogue.counts_as_right(identifier) else "",
        "published": entry.get("published", ""),
        "question": words.misconception(identifier, "question", layer=said(words, "this_layer")),
    }
    return Group(*parts, BLANK_LINE, labelled(words, lines))


def in_general(words, identifier):
    """What a mistake is, with no one submission in mind."""
    entry = words.tables["misconceptions"][identifier]
    return entry.get("general") or words.misconception(identifier, "cause", layer=said(words, "this_layer"))


def equations(words, pairs):
    """A table of each equation asked, once, and of what is computed in its place."""
    grouped = {}
    for asked, computed in pairs:
        grouped.setdefault(asked, []).append(computed)
    tables = [labelled(words, {"asked": asked, "computed": "\n".join(found)}) for asked, found in grouped.items()]
    return [part for table in tables for part in (table, BLANK_LINE)]


def labelled(words, lines):
    """Lines with their labels in a column of their own; empty ones are left out."""
    return rows({said(words, label): text for label, text in lines.items() if text})


def rows(texts):
    """A name and its text a row, each wrapped in its own column."""
    table = Table.grid(padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, text in texts.items():
        table.add_row(Text(f"  {name}"), Text(text))
    return table


def heading(text):
    return Text(text, style="bold")


def said(words, key):
    return words.say("explain", key)
