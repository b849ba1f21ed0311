"""The tests in the lab's release, run as a student runs them: unpacked, `pytest --points` beside the files."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile

import pytest

from grading.build.products import INSTRUCTORS_ONLY, RELEASES, make_products
from grading.room import open_room

ROOM = open_room("gating")
RELEASE = RELEASES / ROOM.release


@pytest.fixture(scope="module")
def products():
    return make_products(ROOM)


@pytest.fixture(scope="module")
def unpack(products, tmp_path_factory):
    """unpack() -> a folder with the release as a student has it."""

    def unpack_one():
        folder = tmp_path_factory.mktemp("student")
        with zipfile.ZipFile(io.BytesIO(products[RELEASE])) as archive:
            archive.extractall(folder)
        return folder / RELEASE.stem

    return unpack_one


@pytest.fixture(scope="module")
def try_case(unpack, tmp_path_factory):
    """try_case(NAME) -> (points as told, item -> its failure) of a submission of the sample class."""

    def run(name=None):
        folder = unpack()
        for file in ROOM.modules if name else ():
            shutil.copy2(ROOM.path / "cases" / name / file, folder / file)
        return run_pytest(folder)

    return run


def run_pytest(folder):
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    words = [sys.executable, "-m", "pytest", "--points"]
    done = subprocess.run(words, cwd=folder, env=environment | {"OMP_NUM_THREADS": "1"}, capture_output=True, text=True)
    points = next(json.loads(line) for line in done.stdout.splitlines() if line.startswith('{"score"'))
    parts = re.split(r"^_+ test_item\[([\w.]+)\] _+$", done.stdout.partition('\n{"score"')[0], flags=re.MULTILINE)
    return points, dict(zip(parts[1::2], parts[2::2], strict=True))


def statuses(points):
    return {row["id"]: row["status"] for row in points["items"]}


def test_the_untouched_release_earns_nothing_and_every_blank_is_told_with_its_line(try_case, products):
    points, failures = try_case()
    assert (points["score"], points["max_score"], points["not_tried"]) == (0, 100, [])
    assert set(statuses(points).values()) == {"blank"}
    assert list(statuses(points)) == [item.id for item in ROOM.items.values() if item.points]
    text = products[ROOM.handed_out("pmGRU_skeleton.py")].decode().splitlines()
    line = int(re.search(r"pmGRU_skeleton\.py, line (\d+):", failures["mgu.gate"])[1])
    assert text[line - 1].strip().startswith("f_t = ...")


def test_the_solution_earns_a_hundred(unpack, products):
    folder = unpack()
    for file in ROOM.modules:
        (folder / file).write_bytes(products[INSTRUCTORS_ONLY / ROOM.name / file])
    points, failures = run_pytest(folder)
    assert (points["score"], points["max_score"], failures) == (100, 100, {})


@pytest.mark.parametrize(
    ("case", "told"),
    [
        (
            "several-mistakes",
            {
                "gru.update_gate": "gate-ignores-state",
                "gru.candidate": "reset-ignored",
                "gru.new_state": "past-never-forgotten",
                "mgu.gate": "minimal-gate-without-sigmoid",
                "mgu.last_state": "last-position-for-last-word",
            },
        ),
        ("last-word-off-by-one", {"gru.last_state": "state-after-last-word"}),
    ],
)
def test_a_known_mistake_fails_its_own_item_with_its_cause(try_case, case, told):
    points, failures = try_case(case)
    assert {item for item, status in statuses(points).items() if status != "right"} == set(told) == set(failures)
    for item, mistake in told.items():
        assert re.findall(r"^  (\w+) {2,}\S", failures[item], re.MULTILINE) == ["Saw", "Expected", "Cause", "Next"]
        assert ROOM.words.misconception(mistake).partition("…")[0] in failures[item]


def test_no_answer_is_in_the_release(unpack, products):
    texts = [p.read_text(encoding="utf-8") for p in unpack().rglob("*") if p.suffix in {".py", ".ipynb", ".md"}]
    lines = {
        line.strip()
        for file in ROOM.modules
        for line in products[INSTRUCTORS_ONLY / ROOM.name / file].decode().splitlines()
    }
    handed = {line.strip() for file in ROOM.modules for line in products[ROOM.handed_out(file)].decode().splitlines()}
    answers = lines - handed
    assert len(answers) == 8  # nine blanks; both last states are one line
    assert [answer for answer in answers if any(answer in text for text in texts)] == []
