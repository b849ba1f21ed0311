"""The same submissions give the same bytes, in whatever order and however often the marking was stopped."""

import shutil
import signal
import subprocess
import sys

import pytest

from grading.mark import grade as marking
from grading.mark.grade import grade
from grading.room import REPOSITORY
from tests.grading.class_of_seven import CASES, results_in, rows_in

SAMPLE = ["half-done", "own-style", "syntax-error"]


HOSTILE = "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\nos.killpg(0, signal.SIGKILL)\nos._exit(0)\n"


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample")
    for name in SAMPLE:
        shutil.copytree(CASES / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def alone(room, sample, tmp_path_factory):
    """Each of the sample, marked by itself."""
    found = {}
    for name in SAMPLE:
        out = tmp_path_factory.mktemp(name)
        grade(room, sample / name, out, jobs=1, progress=False)
        found |= {path.name: path.read_bytes() for path in out.rglob("*") if path.stem == name}
    return found


def test_what_differs_from_process_to_process_is_not_in_a_result(room, tmp_path):
    shutil.copytree(CASES / "own-style", tmp_path / "class" / "Ann")
    with (tmp_path / "class" / "Ann" / "RNN_skeleton.py").open("a") as module:
        module.write("\nimport random, numpy\nDRAWN = random.random(), numpy.random.rand(), torch.rand(1)\n")
        module.write("raise ValueError(f'{object()} {hash(\"a\")} {DRAWN}')\n")
    found = set()
    for out in (tmp_path / "one", tmp_path / "two"):
        grade(room, tmp_path / "class", out, jobs=1, progress=False)
        found |= set(results_in(out).values())
    assert len(found) == 1
    assert b"object object at 0x" in found.pop()


def test_a_class_with_hostile_submissions_in_another_order_gives_the_same_bytes(
    room, sample, alone, tmp_path, monkeypatch
):
    shutil.copytree(sample, tmp_path / "class")
    for name in ("attack", "zzz"):
        (tmp_path / "class" / name).mkdir()
        (tmp_path / "class" / name / "RNN_skeleton.py").write_text(HOSTILE)
    (tmp_path / "class" / "bomb.zip").write_bytes(b"PK\x03\x04")
    find = marking.find_submissions
    monkeypatch.setattr(marking, "find_submissions", lambda *a: find(*a)[::-1])
    marked = grade(room, tmp_path / "class", tmp_path / "out", jobs=3, progress=False)
    assert len(marked.students) == len(SAMPLE) + 3
    together = {path.name: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.stem in SAMPLE}
    assert together == alone


def start(sample, out, *more):
    """`python -m grading grade` in a process of its own, with its output as it comes."""
    command = [sys.executable, "-m", "grading", "grade", str(sample), "--out", str(out), "--jobs", "1", *more]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, cwd=REPOSITORY, text=True, **pipes)


def first_row(process):
    heading, row = process.stdout.readline(), process.stdout.readline()
    assert heading.startswith("student")
    return row.split()[0]


def test_a_kill_at_any_moment_loses_nothing_that_was_printed(sample, alone, tmp_path):
    with start(sample, tmp_path) as process:
        printed = first_row(process)
        process.kill()
    kept = tmp_path / "results" / f"{printed}.json"
    assert kept.read_bytes() == alone[kept.name]
    before = kept.stat().st_mtime_ns
    with start(sample, tmp_path, "--resume") as process:
        process.communicate()
    assert process.returncode == 0
    assert kept.stat().st_mtime_ns == before
    assert results_in(tmp_path) == {name: alone[f"{name}.json"] for name in SAMPLE}
    assert not list(tmp_path.rglob("*.part"))


@pytest.fixture
def endless(sample, tmp_path):
    """The sample, and a last submission that takes longer than any test waits to interrupt it."""
    shutil.copytree(sample, tmp_path / "class")
    shutil.copytree(CASES / "forward-never-ends", tmp_path / "class" / "zzz")
    return tmp_path / "class"


ENDS = {"ctrl-c": (signal.SIGINT, 130, "Stopped; "), "sigterm": (signal.SIGTERM, 143, "Stopped by SIGTERM; ")}


@pytest.mark.parametrize(("number", "code", "begins"), ENDS.values(), ids=ENDS)
def test_an_interrupt_ends_the_marking_with_its_own_code_and_one_sentence(
    endless, alone, tmp_path, number, code, begins
):
    out = tmp_path / "marked"
    with start(endless, out) as process:
        first_row(process)
        process.send_signal(number)
        _, said = process.communicate()
    assert process.returncode == code
    layers, *progress, sentence = said.strip().splitlines()
    assert layers.startswith("student code:")
    assert all(line.endswith(" left") for line in progress)  # on a busy machine
    assert sentence.startswith(begins)
    assert all(content == alone[f"{name}.json"] for name, content in results_in(out).items())
    assert rows_in(out) == sorted(results_in(out))


def test_a_reader_of_the_output_who_leaves_does_not_stop_the_marking(sample, tmp_path):
    with start(sample, tmp_path) as process:
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()
    assert process.returncode == 0, said
    assert set(results_in(tmp_path)) == set(SAMPLE)
