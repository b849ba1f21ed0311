"""The table of words: every sentence that is said to a student, with places for what differs.  One file a language."""

from collections import defaultdict
from dataclasses import dataclass

DEFAULT_LANGUAGE = "en"


@dataclass(frozen=True)
class Words:
    """Sentences by table and key.  `say("saw", "numbers", got=..., ...)` fills a sentence in."""

    tables: dict
    language: str = DEFAULT_LANGUAGE

    def say(self, table, key, **places):
        return self.tables[table][key].format(**places)

    def misconception(self, identifier, key="cause", **places):
        """What a misconception is, or the question that leads on; details of a submission that are not given are …"""
        return self.tables["misconceptions"][identifier][key].format_map(defaultdict(lambda: "…", places))

    def perhaps(self, key, **places):
        """A cause that is only likely, and says so."""
        return f"{self.tables['labels']['perhaps']}: {self.say('perhaps', key, **places)}"

    def cause(self, key):
        """A cause: certain, or only likely, as the tables have it."""
        return self.say("cause", key) if key in self.tables["cause"] else self.perhaps(key)

    def question(self, key):
        """The question that belongs to a cause, or None: then it is the item's own."""
        return self.tables["question"].get(key)

    def is_likely(self, cause):
        """Whether a cause is only likely."""
        return cause.startswith(f"{self.tables['labels']['perhaps']}: ")

    def labelled(self, key, text):
        """(label, text) of one of the four lines; a cause that is only likely has a label of its own."""
        labels = self.tables["labels"]
        if key == "cause" and self.is_likely(text):
            return labels["perhaps"], text.removeprefix(f"{labels['perhaps']}: ")
        return labels[key], text

    def item(self, item_id, key):
        """The title, belief or question of a rubric item."""
        return self.tables["items"][item_id][key]

    def expected(self, item):
        """What an item asks for: its equation, or a sentence of this language in its place."""
        return self.tables["items"][item.id].get("expected", item.equation)

    def prompt(self, item):
        """What stands beside an item's blank, in this language."""
        return self.tables["items"][item.id].get("prompt") or item.prompt or self.expected(item)

    def difference(self, agreement):
        """What an Agreement found, as a sentence: one of their numbers beside the right one, or the two shapes."""
        places = {"shape": self.shape(agreement.shape), "expected_shape": self.shape(agreement.expected_shape)}
        if agreement.shape != agreement.expected_shape:
            return self.say("saw", "shape", **places)
        return self.say(
            "saw",
            "numbers",
            got=number(agreement.got),
            expected=number(agreement.expected),
            row=agreement.row,
            unit=agreement.unit,
            differing=agreement.differing,
            total=agreement.total,
            **places,
        )

    def shape(self, sizes):
        """A shape as a student reads it: 2 x 4."""
        return " x ".join(map(str, sizes)) or self.say("saw", "one_number")

    def both(self, names):
        """Names as a reader lists them: W_z, W_r and W_h."""
        *others, last = names
        return self.tables["labels"]["and"].join([", ".join(others), last] if others else [last])


def number(value):
    """A number as a student reads it: three digits that count."""
    return f"{value:.3f}" if 0.001 <= abs(value) < 1000 else f"{value:.3g}"
