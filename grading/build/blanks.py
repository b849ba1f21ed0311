"""The blanks of a source: marked regions that are the answer for instructors and a `...` for students.

    # BEGIN BLANK gru.update_gate
    z_t = torch.sigmoid(self.W_z(x) + self.U_z(h_prev))
    # END BLANK

becomes `z_t = ...  # z_t = sigmoid(W_z x_t + U_z h_{t-1} + b_z)`, with the equation of the rubric's item; an
item whose blank is "arguments" keeps the call and loses what is in its brackets.
"""

import ast
import re
import textwrap
from dataclasses import dataclass

BEGIN = re.compile(r"^\s*# BEGIN BLANK (\S+)$")
END = re.compile(r"^\s*# END BLANK$")
LOOKS_LIKE_A_MARKER = re.compile(
    r"^\s*#+\W*(?:(begin|end)\w*?[\W_]*(blank|solution)|blank[\W_]*(begin|end))", re.IGNORECASE
)


class MalformedSource(ValueError):
    """The source can't be projected: one sentence with the file and the line."""

    def __init__(self, name, line, reason):
        super().__init__(f"{name}, line {line}: {reason}")
        self.name, self.line, self.reason = name, line, reason


@dataclass(frozen=True)
class Region:
    """Lines first ... last (counted from 0, markers included) that hold the answer to one item."""

    item_id: str
    first: int
    last: int


def find_regions(lines, items, name):
    """The marked regions, checked: each opened and closed once, each a blank of the rubric, none missing."""
    regions, opened = [], None
    for number, line in enumerate(lines):
        begin, end = BEGIN.match(line), END.match(line)
        if begin and opened:
            raise MalformedSource(
                name, number + 1, f"a blank begins inside the blank {opened[0]}; close that one first."
            )
        if begin:
            check_item(begin[1], items, [region.item_id for region in regions], name, number + 1)
            opened = begin[1], number
        elif end and not opened:
            raise MalformedSource(
                name, number + 1, "END BLANK without a BEGIN BLANK before it; remove one or add the other."
            )
        elif end:
            regions.append(Region(opened[0], opened[1], number))
            opened = None
        elif LOOKS_LIKE_A_MARKER.match(line):
            raise MalformedSource(
                name,
                number + 1,
                f"{line.strip()!r} looks like a marker but is none; write `# BEGIN BLANK item` or `# END BLANK`.",
            )
    if opened:
        raise MalformedSource(name, opened[1] + 1, f"the blank {opened[0]} is never closed; add `# END BLANK`.")
    missing = [item.id for item in items.values() if item.blank and item.id not in {r.item_id for r in regions}]
    if missing:
        raise MalformedSource(
            name, len(lines), f"there is no blank for {', '.join(missing)}; mark it, or change the rubric."
        )
    return regions


def check_item(item_id, items, seen, name, line):
    if item_id not in items:
        raise MalformedSource(name, line, f"the rubric has no item {item_id!r}; correct the id, or add the item.")
    if not items[item_id].blank:
        raise MalformedSource(
            name, line, f"the rubric's item {item_id!r} has no blank; give it one, or remove the marker."
        )
    if item_id in seen:
        raise MalformedSource(name, line, f"the blank {item_id!r} is there twice; one item has one blank.")


def for_instructors(lines, regions):
    """The source with its answers and without its markers."""
    markers = {line for region in regions for line in (region.first, region.last)}
    return [line for number, line in enumerate(lines) if number not in markers]


def for_students(lines, regions, items, name):
    """The source with a `...` in place of each answer."""
    projected, position = [], 0
    for region in regions:
        projected += lines[position : region.first]
        answer = lines[region.first + 1 : region.last]
        projected += blanked(answer, items[region.item_id], name, region.first + 1)
        position = region.last + 1
    return projected + lines[position:]


def blanked(answer, item, name, line):
    """The lines that students get for one answer."""
    indent = re.match(r"\s*", answer[0])[0] if answer else ""
    statements = assignments(answer, name, line)
    if item.blank == "value":
        if len(statements) != 1:
            raise MalformedSource(
                name, line, f"the blank {item.id!r} must hold one assignment; it holds {len(statements)}."
            )
        return [f"{indent}{ast.unparse(statements[0].targets[0])} = ...  # {item.prompt or item.equation}"]
    if not statements:
        raise MalformedSource(name, line, f"the blank {item.id!r} is empty; put the answer between its markers.")
    return [
        f"{indent}# {item.prompt or item.equation}",
        *(indent + without_arguments(s, item, name, line) for s in statements),
    ]


def assignments(answer, name, line):
    """The statements of an answer, each a plain assignment."""
    try:
        statements = ast.parse(textwrap.dedent("\n".join(answer))).body
    except SyntaxError as reason:
        raise MalformedSource(name, line + (reason.lineno or 0), f"the answer is not Python ({reason.msg}).") from None
    for statement in statements:
        if not isinstance(statement, ast.Assign) or len(statement.targets) != 1:
            raise MalformedSource(
                name, line + statement.lineno, "an answer is made of plain assignments, `name = value`."
            )
    return statements


def without_arguments(statement, item, name, line):
    """`self.Wx = nn.Linear(..., ...)` of `self.Wx = nn.Linear(embedding_dim, hidden_size)`."""
    if not isinstance(statement.value, ast.Call):
        raise MalformedSource(
            name, line + statement.lineno, f"the blank {item.id!r} hides arguments, so it must hold calls."
        )
    named = [f"{keyword.arg}=..." if keyword.arg else "**..." for keyword in statement.value.keywords]
    blanks = ", ".join([*["..."] * len(statement.value.args), *named])
    return f"{ast.unparse(statement.targets[0])} = {ast.unparse(statement.value.func)}({blanks})"
