"""The receipt of one verdict: a few lines of Python in which student and teacher see by hand that the mark is right.

What is written is our own: numbers, formulas run on symbols, and texts as literals.  A student's words (a name, an
error's message) stand in a literal alone, never where Python could read code or an encoding.
"""

import re
from dataclasses import replace

from grading.mark.agreement import number
from grading.mark.result import plain

PLACE = re.compile(r"\\\{(\w+)\\\}")
NUMBER = r"-?(?:[0-9.]+(?:e[-+]?[0-9]+)?|inf|nan)"
DIGITS = (2, 3, 4, 6, 9, 17)  # decimals of what is given: the fewest with which the numbers are the result's


class NoSuchItem(ValueError):
    """A result has no such item: one sentence."""


def receipt(room, result, item_id):
    """The receipt of one item of a Result, as a Python program.  Raises NoSuchItem."""
    item = next((item for item in result.items if item.id == item_id), None)
    if item is None:
        known = ", ".join(item.id for item in result.items)
        raise NoSuchItem(f"the result of {plain(result.student)} has no item {item_id!r}; there are: {known}.")
    seen = seen_numbers(room, item.saw)
    lines = (seen and worked_lines(room, item, seen)) or said_lines(room, item, seen)
    return "\n".join([*lines, printed(result.student)]) + "\n"


def seen_numbers(room, saw):
    """The numbers in the sentence that tells of one entry, in whatever language the result is; None in another one."""
    for language in room.languages:
        template = replace(room, language=language).words.tables["saw"]["numbers"]
        pattern = PLACE.sub(lambda place: f"(?P<{place[1]}>{group_of(place[1])})", re.escape(template))
        if found := re.fullmatch(pattern, saw):
            return found.groupdict()
    return None


def group_of(place):
    return {"got": NUMBER, "expected": NUMBER, "shape": r"[0-9 x]+"}.get(place, "[0-9]+")


def worked_lines(room, item, seen):
    """The lines that compute the entry; None where no working of the room gives the number that was expected."""
    catalogue, row, unit = room.load("marking").CATALOGUE, int(seen["row"]) - 1, int(seen["unit"]) - 1
    for working in room.load("receipts").workings(item.id, row, unit):
        if not gives(working, None, seen["expected"]):
            continue
        entries = [entry for entry in catalogue.of(working.part) if entry.id == item.misconception]
        wrong = next((e.formula for e in entries if gives(working, e.formula, seen["got"])), None)
        digits = next((d for d in DIGITS if shows(working, wrong, seen, d)), DIGITS[-1])
        return lines_of(room.words, item, seen, working.python(digits, wrong))
    return None


def gives(working, formula, text, digits=None):
    """Whether a formula (None: the working's own) gives the number of a text; what can't be computed does not."""
    try:
        return number(working.result(formula, digits)) == text
    except (IndexError, ValueError, AttributeError):
        return False


def shows(working, wrong, seen, digits):
    """Whether values of so many decimals give the numbers of the result."""
    is_right = gives(working, None, seen["expected"], digits)
    return is_right and (wrong is None or gives(working, wrong, seen["got"], digits))


def lines_of(words, item, seen, worked):
    """The program's lines."""
    given, expected, wrong = worked
    title = words.item(item.id, "title")
    lines = [
        "# " + words.say("receipt", "heading", title=title, item=item.id, row=seen["row"], unit=seen["unit"]),
        "import numpy as np",
        *given,
        f"print({words.say('receipt', 'expected')!r}, {shown(expected, seen['expected'])})",
        f"print({words.say('receipt', 'yours')!r}, {seen['got']!r})",
    ]
    if wrong:
        said = words.say("receipt", "mistake", mistake=item.misconception)
        lines.append(f"print({said!r}, {shown(wrong, seen['got'])})")
    return lines


def shown(expression, text):
    """The expression of a number, written with as many digits as the text."""
    kind = "f" if number(float(text)) == f"{float(text):.3f}" else "g"
    return f"format({expression}, '.3{kind}')"


def said_lines(room, item, seen):
    """What is said where no ten lines show it: what was seen, what is asked, and how to see it all the same."""
    words = room.words
    reason = "other_layers" if seen else room.load("receipts").REASONS.get(item.id, "not_numbers")
    key = "passed" if item.status == "passed" else reason
    heading = words.say("receipt", "sentence", title=words.item(item.id, "title"), item=item.id)
    texts = [said for key in ("saw", "expected") if (said := getattr(item, key))]
    return [f"# {heading}", *map(printed, [*texts, words.say("receipt", key, file=item.file)])]


def printed(text):
    """A line that prints a text: as a literal, in which nothing of it is code."""
    return f"print({plain(text)!r})"
