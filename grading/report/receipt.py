"""The receipt of one verdict: a few lines of Python in which student and teacher see by hand that the mark is right.

What is written is our own: numbers, formulas run on symbols, and texts as literals.  A student's words (a name, an
error's message) stand in a literal alone, never where Python could read code or an encoding.
"""

import re
from dataclasses import replace

from grading.mark.agreement import number
from grading.mark.result import plain
from grading.report.working import joined

PLACE = re.compile(r"\\\{(\w+)\\\}")
NUMBER = r"-?(?:[0-9.]+(?:e[-+]?[0-9]+)?|inf|nan)"
LINES = 10  # of a receipt; a line more only where nothing can stand beside another
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
    decided = list(decisions(result, item, room.words))
    waits = [room.words.say("receipt", "waits")] if item.status == "needs_review" else []
    last = [*map(printed, [*decided, *waits, result.student])]
    worked = seen and worked_lines(room, item, seen, LINES - len(last))
    lines = worked or said_lines(room, item, seen, is_open=not waits, is_told=bool(decided))
    return "\n".join([*lines, *last]) + "\n"


def decisions(result, item, words):
    """The sentence on what a person decided of an item, where somebody did."""
    for one in result.grader.get("settled", {}).get("overrides", ()):
        if one["item"] == item.id:
            points = {"points": f"{one['points']:g}", "max_points": f"{item.max_points:g}"}
            yield words.say("receipt", "decided", reviewer=one["reviewer"], reason=one["reason"], **points)


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


def worked_lines(room, item, seen, most):
    """The lines that compute the entry, if it can be `most`; None where no working gives the number expected."""
    catalogue, row, unit = room.load("marking").CATALOGUE, int(seen["row"]) - 1, int(seen["unit"]) - 1
    for working in room.load("receipts").workings(item.id, row, unit):
        if not gives(working, None, seen["expected"]):
            continue
        ways = working.ways(catalogue, item.misconception)
        wrong = next((way for way in ways if gives(working, way, seen["got"])), None)
        digits = next((d for d in DIGITS if shows(working, wrong, seen, d)), DIGITS[-1])
        return lines_of(room.words, item, seen, working.python(digits, wrong), most)
    return None


def gives(working, way, text, digits=None):
    """Whether a WrongWay gives the number that a text shows; one that can't be computed from what is here does not."""
    try:
        return number(working.result(way, digits)) == text
    except (IndexError, ValueError, AttributeError):
        return False


def shows(working, wrong, seen, digits):
    """Whether values of so many decimals give the numbers of the result."""
    is_right = gives(working, None, seen["expected"], digits)
    return is_right and (wrong is None or gives(working, wrong, seen["got"], digits))


def lines_of(words, item, seen, worked, most):
    """The program's lines, if it can be `most` of them."""
    assignments, expected, wrong = worked
    title = words.item(item.id, "title")
    first = [
        "# " + words.say("receipt", "heading", title=title, item=item.id, row=seen["row"], unit=seen["unit"]),
        "import numpy as np",
    ]
    last = [
        f"print({words.say('receipt', 'expected')!r}, {shown(expected, seen['expected'])})",
        f"print({words.say('receipt', 'yours')!r}, {seen['got']!r})",
    ]
    if wrong:
        said = words.say("receipt", "mistake", mistake=item.misconception)
        last.append(f"print({said!r}, {shown(wrong, seen['got'])})")
    return [*first, *joined(assignments, most - len(first) - len(last)), *last]


def shown(expression, text):
    """The expression of a number, written with as many digits as the text."""
    kind = "f" if number(float(text)) == f"{float(text):.3f}" else "g"
    return f"format({expression}, '.3{kind}')"


def said_lines(room, item, seen, is_open=True, is_told=False):
    """What is said where no ten lines show it: what was seen, what is asked, and how to see it all the same.

    is_open   whether there is something to do about it, as there is not where a person has to look
    is_told   whether it is said who decided on it: then there may be nothing seen that could be mended
    """
    words = room.words
    reason = "other_layers" if seen else room.load("receipts").REASONS.get(item.id, "not_numbers")
    is_code = item.id not in room.items or room.items[item.id].target
    key = "passed" if item.status == "passed" else reason if is_code else "not_code"
    heading = words.say("receipt", "sentence", title=words.item(item.id, "title"), item=item.id)
    texts = [said for key in ("saw", "expected") if (said := getattr(item, key))]
    has_advice = is_open and (key != "not_code" or (item.file and item.status != "not_run"))
    has_advice = has_advice and not (is_told and key == "not_numbers" and not item.saw)
    advice = [words.say("receipt", key, file=item.file)] if has_advice else []
    return [f"# {heading}", *map(printed, [*texts, *advice])]


def printed(text):
    """A line that prints a text: as a literal, in which nothing of it is code."""
    return f"print({plain(text)!r})"
