"""The table of words: every sentence that is said to a student, with places for what differs."""

import tomllib
from collections import defaultdict
from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """Sentences by table and key.  `say("saw", "numbers", got=..., ...)` fills a sentence in."""

    tables: dict

    @classmethod
    def load(cls, path):
        return cls(tomllib.loads(path.read_text(encoding="utf-8")))

    def say(self, table, key, **places):
        return self.tables[table][key].format(**places)

    def misconception(self, identifier):
        """What a misconception is, without the details of one submission."""
        return self.tables["misconceptions"][identifier].format_map(defaultdict(lambda: "…"))

    def difference(self, agreement):
        """What an Agreement found, as a sentence: one of their numbers beside the right one, or the two shapes."""
        places = {"shape": shape(agreement.shape), "expected_shape": shape(agreement.expected_shape)}
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

    def both(self, names):
        """Names as a reader lists them: W_z and W_r."""
        return self.tables["labels"]["and"].join(names)

    def item(self, item_id, key):
        """The title, belief or question of a rubric item."""
        return self.tables["items"][item_id][key]


def number(value):
    """A number as a student reads it: three digits that count."""
    return f"{value:.3f}" if 0.001 <= abs(value) < 1000 else f"{value:.3g}"


def shape(sizes):
    """A shape as a student reads it: 2 x 4."""
    return " x ".join(map(str, sizes)) or "a single number"
