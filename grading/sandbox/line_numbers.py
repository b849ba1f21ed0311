"""Which lines a file can have: a line that a child tells of, and that the file has not, is not shown to anybody."""

LINE_ENDS = (b"\n", b"\r", b"\x0b", b"\x0c", b"\x85", b"\xa8", b"\x1c", b"\x1d")  # of any system or encoding


def lines_of(content):
    """How many lines a file may have at most, whichever line ends it has; in a notebook they may be written `\\n`."""
    ends = LINE_ENDS if content.lstrip()[:1] != b"{" else (*LINE_ENDS, b"\\n")
    return 1 + sum(content.count(end) for end in ends)


def is_line(value, content):
    """Whether a value that a child told is the number of a line that a file may have."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= lines_of(content)
