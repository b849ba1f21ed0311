"""Whose memory is whose: the trusted side, a zygote, its children; and peaks that only rise."""

import subprocess
import sys

import pytest

from benchmarks.memory import Kinds, Memory, Peaks, memory_of, table, watch
from benchmarks.students import make_class

pytestmark = pytest.mark.benchmarks

PLAIN = ["python", "-m", "grading"]
STARTING = ["python", "-I", "/somewhere/zygote.py", "3"]


@pytest.fixture
def kinds(monkeypatch):
    """Kinds of processes of which number 7 alone has torch."""
    monkeypatch.setattr("benchmarks.memory.Path.read_text", lambda path, **_: "libtorch" if "/7/" in str(path) else "")
    return Kinds()


def test_the_marking_itself_is_trusted(kinds):
    assert kinds.find_out(5, 1, PLAIN) == "trusted"


def test_a_process_on_its_way_to_be_a_zygote_counts_nowhere(kinds):
    assert kinds.find_out(6, 5, ["bwrap", "--unshare-all", *STARTING]) == ""


def test_a_zygote_is_the_first_that_has_torch_and_what_it_starts_are_children(kinds):
    assert kinds.find_out(7, 6, STARTING) == "zygote"
    kinds.known[7] = "zygote"
    assert kinds.find_out(8, 7, STARTING) == "child"
    kinds.known[8] = "child"
    assert kinds.find_out(9, 8, ["sh"]) == "child"


def test_peaks_sum_what_is_trusted_and_keep_the_largest_of_the_others():
    peaks = Peaks(1, "one")
    peaks.raise_to(
        {"trusted": [Memory(5, 4, 3), Memory(1, 1, 1)], "zygote": [Memory(9, 8, 7), Memory(8, 9, 7)], "child": []}
    )
    peaks.raise_to({"trusted": [Memory(2, 2, 2)], "zygote": [], "child": [Memory(9, 9, 2), Memory(9, 9, 3)]})
    assert (peaks.trusted_resident, peaks.trusted_proportional) == (6, 5)
    assert (peaks.zygote_resident, peaks.zygote_proportional) == (9, 9)
    assert (peaks.child_own, peaks.samples) == (3, 2)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured on Linux only")
def test_a_process_that_has_ended_holds_nothing():
    import psutil

    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    seen = psutil.Process(process.pid)
    assert memory_of(seen).rss > 0
    process.communicate()
    assert memory_of(seen) == Memory()


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured on Linux only")
def test_a_marking_that_is_watched_shows_its_trusted_side_and_its_zygote(tmp_path):
    peaks = watch(tmp_path, make_class(2, ("untouched",)), "blank", training=False)
    assert peaks.zygote_resident > peaks.trusted_resident > 0
    assert table([vars(peaks)]).row_count == 1
