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
        return self.say("cause", key) if self.is_certain(key) else self.perhaps(key)

    def is_certain(self, key):
        """Whether a cause is certain, or only likely."""
        return key in self.tables["cause"]

    def question(self, key):
        """The question that belongs to a cause, or None: then it is the item's own."""
        return self.tables["question"].get(key)

    def labelled(self, key, text):
        """(label, text) of one of the four lines; the first word of a cause that is only likely is its label."""
        labels = self.tables["labels"]
        likely = f"{labels['perhaps']}: "
        if key == "cause" and text.startswith(likely):
            return labels["perhaps"], text.removeprefix(likely)
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
        return self.say("saw", agreement.kind, **agreement.in_words(self.say("saw", "one_number")))

    def both(self, names):
        """Names as a reader lists them: W_z, W_r and W_h."""
        *others, last = names
        return self.tables["labels"]["and"].join([", ".join(others), last] if others else [last])
