"""What a course sets in assignment.toml chooses among texts: one source, and next year's variant of it.

In a table a key may carry a condition, `"equation?reset=after"`: where it holds, its value stands in the place of
`equation`.  In the notebook's source lines stand between `# IF reset=after`, perhaps `# ELSE`, and `# END IF`.
"""

import re

CONDITION = re.compile(r"^# IF (\w+=\w+(?:,\w+=\w+)*)$")


class UnevenVariant(ValueError):
    """An IF, ELSE or END IF without its partners: (line counted from 1, reason)."""

    def __init__(self, line, reason):
        super().__init__(line, reason)
        self.line, self.reason = line, reason


def chosen(table, settings):
    """A table, or a list of such, with every key's condition decided."""
    if isinstance(table, list):
        return [chosen(entry, settings) for entry in table]
    if not isinstance(table, dict):
        return table
    plain = {key: chosen(value, settings) for key, value in table.items() if "?" not in key}
    for key, value in table.items():
        name, _, condition = key.partition("?")
        if condition and holds(condition, settings):
            plain[name] = chosen(value, settings)
    return plain


def holds(condition, settings):
    """Whether `reset=after`, or each of `reset=after,update=past`, is what the course has set."""
    pairs = (part.partition("=") for part in condition.split(","))
    return all(settings.get(name) == value for name, _, value in pairs)


def chosen_lines(lines, settings):
    """[(line counted from 1, text)] of a source, with every condition decided.  Raises UnevenVariant."""
    kept, opened, keeps = [], None, True
    for number, line in enumerate(lines, 1):
        condition = CONDITION.match(line.strip())
        if condition and opened:
            raise UnevenVariant(number, f"an IF inside the IF of line {opened}; end that one first")
        if not opened and line.strip() in {"# ELSE", "# END IF"}:
            raise UnevenVariant(number, f"a {line.strip()[2:]} without an IF before it")
        if condition:
            opened, keeps = number, holds(condition[1], settings)
        elif line.strip() == "# ELSE":
            keeps = not keeps
        elif line.strip() == "# END IF":
            opened, keeps = None, True
        elif keeps:
            kept.append((number, line))
    if opened:
        raise UnevenVariant(opened, "an IF without an END IF")
    return kept
