"""Random edits of a file's text and bytes: what an editor, a merge, a download or a cat on the keyboard leaves.

A text edit takes (text, random.Random) and returns a text; an edit of bytes takes and returns bytes.
"""

import io
import re
import tokenize

CHARACTERS = "()[]{}:=,.*+-'\"\\#@;\t \n0aλ é한\x00\x0c\u200b\ufeff＝–“"
SNIPPETS = (
    "<<<<<<< HEAD\n", "=======\n", ">>>>>>> other\n", "!pip install torch\n", "%matplotlib inline\n", '"""', "'''",
    "```python\n", "    ", "\t", "\\\n", "async ", "lambda ", "return ", "else:\n", "f'{x", "(" * 300, "...", ">>> ",
    "# -*- coding: nothing -*-\n", "match x:\n", "1_", "0777", "print 'x'\n", "…", "\r", "9" * 5000,
)  # fmt: skip


def delete_characters(text, random):
    start = random.randrange(len(text))
    return text[:start] + text[start + random.choice((1, 1, 1, 2, 5, 40)) :]


def insert_character(text, random):
    return insert(text, random.choice(CHARACTERS), random)


def insert_snippet(text, random):
    return insert(text, random.choice(SNIPPETS), random)


def insert(text, added, random):
    start = random.randrange(len(text) + 1)
    return text[:start] + added + text[start:]


def insert_line(text, random):
    lines = text.splitlines(keepends=True)
    lines.insert(random.randrange(len(lines) + 1), random.choice(SNIPPETS))
    return "".join(lines)


def delete_line(text, random):
    lines = text.splitlines(keepends=True)
    del lines[random.randrange(len(lines))]
    return "".join(lines)


def repeat_line(text, random):
    lines = text.splitlines(keepends=True)
    lines.insert(random.randrange(len(lines)), random.choice(lines))
    return "".join(lines)


def swap_lines(text, random):
    lines = text.splitlines(keepends=True)
    first, second = random.randrange(len(lines)), random.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[first]
    return "".join(lines)


def indent_line(text, random):
    lines = text.splitlines(keepends=True)
    place = random.randrange(len(lines))
    lines[place] = random.choice((" ", "    ", "\t", "")) + lines[place].lstrip(" " if random.random() < 0.5 else "")
    return "".join(lines)


def cut_off(text, random):
    return text[: random.randrange(len(text))]


def repeat_all(text, random):
    return text + text[random.randrange(len(text)) :]


def delete_token(text, random):
    return replace_tokens(text, random, lambda token: "")


def repeat_token(text, random):
    return replace_tokens(text, random, lambda token: f"{token} {token}")


def replace_token(text, random):
    others = words_in(text)
    return replace_tokens(text, random, lambda token: random.choice(others))


def replace_tokens(text, random, change):
    """The text with one of its words changed; where Python can't split it, words are what stands between blanks."""
    place = random.choice(spans(text))
    return text[: place[0]] + change(text[slice(*place)]) + text[place[1] :]


def words_in(text):
    return [text[start:end] for start, end in spans(text)]


def spans(text):
    """(start, end) of every token."""
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    found = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.string.strip() and token.end[0] < len(starts):
                found.append((starts[token.start[0] - 1] + token.start[1], starts[token.end[0] - 1] + token.end[1]))
    except (SyntaxError, ValueError, tokenize.TokenError):
        found = []
    return found or [match.span() for match in re.finditer(r"\S+", text)] or [(0, 0)]


def other_encoding(text, random):
    encoding = random.choice(("utf-16", "utf-8-sig", "cp949", "utf-7", "utf-32", "latin-1", "utf-16-be"))
    return text.encode(encoding, errors="replace")


def other_line_ends(text, random):
    return text.replace("\n", random.choice(("\r\n", "\r", "\n\r", "\x0b", "\u2028"))).encode(errors="replace")


def random_bytes(text, random):
    content = bytearray(text.encode(errors="replace"))
    for _ in range(random.choice((1, 3, 20))):
        content.insert(random.randrange(len(content) + 1), random.randrange(256))
    return bytes(content)


TEXT_EDITS = (
    delete_characters, insert_character, insert_snippet, insert_line, delete_line, repeat_line, swap_lines, indent_line,
    cut_off, repeat_all, delete_token, repeat_token, replace_token,
)  # fmt: skip
BYTE_EDITS = (other_encoding, other_line_ends, random_bytes)
