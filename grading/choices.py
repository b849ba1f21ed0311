"""What a room's training lets its user choose, from the command line: `--choose NAME=VALUE`.

A room's `recipe.CHOICES` maps each name to its values, the default first; a room without it offers nothing.
"""


class UnknownChoice(ValueError):
    """No such choice, or no such value of it; the sentence lists those that there are."""


def read_choices(offered, texts):
    """name -> value of every choice that is offered, from texts like `recipe=published`.  Raises UnknownChoice."""
    chosen = {name: values[0] for name, values in offered.items()}
    given = set()
    for text in texts:
        name, _, value = text.partition("=")
        if value not in offered.get(name, ()) or name in given:
            raise UnknownChoice(f"--choose {text}: {reason(offered, name, given)}; there are: {listed(offered)}.")
        given.add(name)
        chosen[name] = value
    return chosen


def reason(offered, name, given):
    if name in given:
        return f"{name} is chosen twice"
    return f"{name} has no such value" if name in offered else "there is no such choice in this assignment"


def listed(offered):
    """`recipe=batches|published`, the defaults first, or that there is none."""
    return ", ".join(f"{name}={'|'.join(values)}" for name, values in offered.items()) or "none"
