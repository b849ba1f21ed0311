"""How far a batch is: a bar on a terminal, a plain line now and then elsewhere."""

import io

import pytest

from grading.report.progress import Progress


class Stream(io.StringIO):
    """Somewhere to write, which is a terminal or not."""

    def __init__(self, terminal):
        super().__init__()
        self.terminal = terminal

    def isatty(self):
        return self.terminal


def advanced(times, terminal=False, shown=True, seconds_each=10):
    """What is written on a stream while a batch of four advances, on a clock of its own."""
    stream, now = Stream(terminal), [0]
    with Progress(4, shown, stream, clock=lambda: now[0]) as progress:
        for _ in range(times):
            now[0] += seconds_each
            progress.advance()
    return stream.getvalue()


def test_progress_is_a_plain_line_now_and_then_where_there_is_no_terminal():
    assert advanced(4).splitlines() == [
        "2 of 4 submissions marked, about 00:20 left",
        "4 of 4 submissions marked, about 00:00 left",
    ]
    assert advanced(4, seconds_each=1) == ""


def test_progress_is_a_bar_with_the_time_left_on_a_terminal():
    shown = advanced(4, terminal=True)
    assert "marking" in shown
    assert "4/4" in shown
    assert "<" in shown


@pytest.mark.parametrize("terminal", [True, False])
def test_progress_that_nobody_wants_says_nothing(terminal):
    assert advanced(4, terminal, shown=False) == ""


def test_a_step_may_count_for_several():
    stream, now = Stream(terminal=False), [0]
    with Progress(8, True, stream, clock=lambda: now[0], unit="seed", did="trained") as progress:
        now[0] += 20
        progress.advance(4)
    assert stream.getvalue() == "4 of 8 seeds trained, about 00:20 left\n"
