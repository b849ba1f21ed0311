"""A student's bytes as text that Python can read: encodings, notebooks, and what IPython, git or an editor left in.

Everything that is done to a text keeps its lines where they were, and is told as a `Mending`, so that the student
reads what was taken.  Runs in the sandbox only: the marker itself never parses what a student wrote.
"""

import ast
import codecs
import io
import json
import re
import tokenize
from dataclasses import dataclass, field

BYTE_ORDER_MARKS = {  # the longer ones first: UTF-32's begins as UTF-16's does
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
    codecs.BOM_UTF8: "utf-8-sig",
}
OTHER_KINDS = {b"%pdf": "a PDF", b"pk\x03\x04": "a zip", b"<!doctype html": "a web page", b"<html": "a web page"}
INVISIBLE = dict.fromkeys(map(ord, "\0\x1a\ufeff\u200b\u200c\u200d\u2060")) | {0xA0: " "}
COMMAND = re.compile(r"(?P<indent>[ \t]*)(?:[\w.,\[\] \t]+=[ \t]*)?(?:!|%|\?).*|(?P<asked>[ \t]*)[\w.]+\?\??[ \t]*")
CONFLICT = re.compile(
    r"^<{7}(?: (?P<first>.*))?\n(?P<ours>(?:.*\n)*?)(?:^\|{7}.*\n(?P<base>(?:.*\n)*?))?^={7}\n"
    r"(?P<theirs>(?:.*\n)*?)^>{7}(?: (?P<second>.*))?$",
    re.MULTILINE,
)
STRING_OR_COMMENT = re.compile(
    r"""(?P<quotes>\"{3}|'{3})(?:\\.|(?!(?P=quotes)).)*?(?P=quotes)|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\#[^\n]*""",
    re.DOTALL,
)
GOES_ON = re.compile(r"(?:else|elif|except|finally)\b|[)\]}]")  # at the margin, and yet part of what stands above


class Unreadable(ValueError):
    """The text is not Python: why, and the line where it stops making sense."""

    def __init__(self, reason, line=None):
        super().__init__(reason)
        self.line = line


@dataclass(frozen=True)
class Mending:
    """One thing that was done to make a file readable: a key of the table of words, the line, and a detail."""

    key: str
    line: int | None = None
    detail: str = ""


@dataclass(frozen=True)
class Source:
    """A text that parses, what was done to make it so, and the classes and functions that had to be left out.

    unread   name -> Unreadable
    """

    text: str
    mendings: tuple = ()
    unread: dict = field(default_factory=dict)
    is_notebook: bool = False


def read_source(content):
    """The Source of a file's bytes, be it a module or a notebook, whatever it is called.  Raises Unreadable."""
    kind = next((kind for start, kind in OTHER_KINDS.items() if content[:100].lstrip().lower().startswith(start)), None)
    if kind:
        raise Unreadable(f"it is {kind}")
    text, mendings = decoded(content)
    cells = cells_of(text)
    if cells is None:
        source = mended(text)
        if isinstance(source, Unreadable):
            raise source
        return Source(source.text, (*mendings, *source.mendings), source.unread)
    return notebook_source(cells)


def notebook_source(cells):
    """The cells that can be read, one after the other; the rest of a notebook is nobody's loss, unless it has a name.

    A later cell that defines the same name again takes the place of one that can't be read.
    """
    texts, mendings, unread = [], [], {}
    for cell in cells:
        source = mended(cell)
        if isinstance(source, Unreadable):
            unread |= names_in(cell, source)
            continue
        texts.append(source.text)
        mendings += [mending for mending in source.mendings if mending.key not in {"commands", "left_out"}]
        unread = {name: fault for name, fault in unread.items() if name not in defined_in(source.text)} | source.unread
    mendings += [Mending("cell_left_out", None, name) for name in unread]
    return Source("\n\n".join(texts) + "\n", tuple(mendings), unread, is_notebook=True)


def decoded(content):
    """(text with plain line ends, mendings).  Never fails: Latin-1 takes any bytes."""
    marked = next((name for mark, name in BYTE_ORDER_MARKS.items() if content.startswith(mark)), None)
    said = declared(content)
    for name in (marked, said, unmarked_utf16(content), "utf-8", "cp949", "latin-1"):
        try:
            text = content.decode(name) if name else None
        except (UnicodeError, LookupError):
            continue
        if isinstance(text, str):
            mendings = [] if name in {"utf-8", "utf-8-sig", said} else [Mending("encoding", None, name)]
            return text.replace("\r\n", "\n").replace("\r", "\n"), mendings
    raise AssertionError("Latin-1 takes any bytes")


def declared(content):
    """The encoding that a comment in the first two lines names (PEP 263), or None."""
    try:
        name, lines = tokenize.detect_encoding(io.BytesIO(content[:1000].replace(b"\r", b"\n")).readline)
    except (SyntaxError, ValueError, LookupError):
        return None
    return name if lines and name not in {"utf-8", "utf-8-sig"} else None


def unmarked_utf16(content):
    """UTF-16 without its mark: every other byte of what is mostly ASCII is zero, and few of those between them are."""
    halves = content[:2000:2], content[1:2000:2]
    for name, (text, zeros) in (("utf-16-le", halves), ("utf-16-be", halves[::-1])):
        if zeros and zeros.count(0) > 0.7 * len(zeros) and text.count(0) < 0.3 * len(text):
            return name
    return None


def cells_of(text):
    """The sources of a notebook's code cells, with or without metadata; None where the text is no JSON.

    Raises Unreadable for JSON that is no notebook.
    """
    if not text.lstrip().startswith("{"):
        return None
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError):
        if parse_fault(text) is None:
            return None
        raise Unreadable("neither Python nor a notebook: its JSON is damaged") from None
    try:
        cells = notebook["cells"] if "cells" in notebook else notebook["worksheets"][0]["cells"]
        code = [cell for cell in cells if cell.get("cell_type") == "code"]
        sources = ["".join(cell["source"] if "source" in cell else cell["input"]) for cell in code]
    except (KeyError, IndexError, TypeError, AttributeError):
        raise Unreadable("neither Python nor a notebook: it is JSON without cells") from None
    return [source.replace("\r\n", "\n").replace("\r", "\n") for source in sources]


def mended(text):
    """The Source of a module's or a cell's text, or the Unreadable that it is: as little is changed as will do."""
    if (fault := parse_fault(text)) is None:
        return Source(text)
    mendings = []
    for mend in (without_invisible, one_side_of_conflicts, without_commands, with_even_indentation):
        changed, told = mend(text)
        if told:
            text, mendings = changed, [*mendings, told]
            if (fault := parse_fault(text)) is None:
                return Source(text, tuple(mendings))
    text, unread, left_out = readable_blocks(text)
    if parse_fault(text) or not defined_in(text):
        return fault
    return Source(text, (*mendings, *left_out), unread)


def parse(text):
    """The syntax tree of a text.  Raises Unreadable."""
    try:
        return ast.parse(text)
    except SyntaxError as reason:
        raise Unreadable(reason.msg, reason.lineno) from None
    except (ValueError, RecursionError, MemoryError) as reason:
        raise Unreadable(str(reason) or type(reason).__name__) from None


def parse_fault(text):
    """The Unreadable that parsing a text raises, or None."""
    try:
        parse(text)
    except Unreadable as fault:
        return fault
    return None


def without_invisible(text):
    """Zero bytes, zero-width characters and no-break spaces, which come with text copied from elsewhere."""
    changed = text.translate(INVISIBLE)
    line = next((n for n, (a, b) in enumerate(lines_of_both(text, changed), 1) if a != b), None)
    return changed, line and Mending("invisible", line)


def one_side_of_conflicts(text):
    """Of each merge conflict one side, the same one everywhere: the first that Python can read, else the first."""
    found = CONFLICT.search(text)
    if not found:
        return text, None
    line = text.count("\n", 0, found.start()) + 1
    sides = {
        side: CONFLICT.sub(lambda conflict, side=side: only_side(conflict, side), text) for side in ("ours", "theirs")
    }
    taken = next((side for side, changed in sides.items() if parse_fault(changed) is None), "ours")
    label = found["first" if taken == "ours" else "second"] or ""
    return sides[taken], Mending("conflict_first" if taken == "ours" else "conflict_second", line, label)


def only_side(conflict, side):
    """A conflict with the lines of one side, each where it was, and empty lines for the rest."""
    before = conflict.string[conflict.start() : conflict.start(side)].count("\n")
    after = conflict.string[conflict.end(side) : conflict.end()].count("\n")
    return "\n" * before + conflict[side] + "\n" * after


def without_commands(text):
    """Lines that only IPython understands (`!pip`, `%cd`, `torch?`, `files = !ls`) as `pass`, where they stood."""
    kept, first, continued = [], None, False
    for number, line in enumerate(text.split("\n"), 1):
        if not continued and not (command := COMMAND.fullmatch(line)):
            kept.append(line)
            continue
        first = first or number
        kept.append("" if continued else (command["indent"] or command["asked"] or "") + "pass")
        continued = line.endswith("\\")
    return "\n".join(kept), first and Mending("commands", first)


def with_even_indentation(text):
    """Tabs of the indentation as blanks, of the first width with which Python can read the text."""
    for width in (8, 4, 2):
        lines = [indented(line, width) for line in text.split("\n")]
        changed = "\n".join(lines)
        if parse_fault(changed) is None:
            number = next((n for n, (a, b) in enumerate(lines_of_both(text, changed), 1) if a != b), None)
            return changed, Mending("tabs", number, str(width))
    return text, None


def indented(line, width):
    body = line.lstrip(" \t")
    return line[: len(line) - len(body)].expandtabs(width) + body


def lines_of_both(text, changed):
    return zip(text.split("\n"), changed.split("\n"), strict=True)


def readable_blocks(text):
    """(text with empty lines for each block at the margin that can't be read, name -> Unreadable, mendings)."""
    kept, unread, left_out = [], {}, []
    for start, lines in blocks(text):
        block = "\n".join(lines)
        fault = parse_fault(block)
        if fault:
            fault = Unreadable(str(fault), start + (fault.line or 1) - 1)
            unread |= names_in(block, fault)
            left_out.append(Mending("left_out", fault.line, str(fault)))
            block = "\n" * (len(lines) - 1)
        else:
            unread = {name: fault for name, fault in unread.items() if name not in defined_in(block)}
        kept.append(block)
    return "\n".join(kept), unread, left_out


def blocks(text):
    """(number of the first line, lines) of each statement at the margin, with its decorators and what goes on below."""
    inside = {n for found in STRING_OR_COMMENT.finditer(text) if found["quotes"] for n in lines_inside(text, found)}
    start, lines, decorated = 1, [], False
    for number, line in enumerate(text.split("\n"), 1):
        begins = line[:1] not in {"", " ", "\t", "#"} and number not in inside and not GOES_ON.match(line)
        if begins and not decorated and lines:
            yield start, lines
            start, lines = number, []
        decorated = line.startswith("@") if begins else decorated
        lines.append(line)
    yield start, lines


def lines_inside(text, found):
    """The numbers of the lines that begin within a string of several lines."""
    first = text.count("\n", 0, found.start()) + 2
    return range(first, first + found[0].count("\n"))


def names_in(block, fault):
    """Each class or function that a block which can't be read begins at the margin -> why."""
    return dict.fromkeys(re.findall(r"^(?:class|(?:async )?def)\s+(\w+)", block, re.MULTILINE), fault)


def defined_in(text):
    """The classes and functions at the margin of a text that parses."""
    kinds = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    return {node.name for node in ast.parse(text).body if isinstance(node, kinds)}
