"""The tests in the students' release, run as a student runs them: the real release, unpacked, `pytest --points`."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from grading.room import REPOSITORY

CASES = REPOSITORY / "assignment" / "cases"
RELEASE = Path("release/RNN_assignment.zip")
TRIED = 90  # points: all but the two trainings
MODULES = ("RNN_skeleton.py", "GRU_skeleton.py")


@dataclass(frozen=True)
class Run:
    """What `pytest --points` said: its exit code, all of its text, the points, and each failure by its item."""

    code: int
    text: str
    points: dict
    failures: dict

    def statuses(self):
        return {row["id"]: row["status"] for row in self.points["items"]}


@pytest.fixture(scope="module")
def unpack(products, tmp_path_factory):
    """unpack() -> a folder with the release as a student has it."""

    def unpack_one():
        folder = tmp_path_factory.mktemp("student")
        with zipfile.ZipFile(io.BytesIO(products[RELEASE])) as archive:
            archive.extractall(folder)
        return folder / RELEASE.stem

    return unpack_one


def environment_of_a_student():
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    return environment | {"OMP_NUM_THREADS": "1"}


def run_pytest(folder, *options):
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--points", *options],
        cwd=folder,
        env=environment_of_a_student(),
        capture_output=True,
        text=True,
    )
    points = next(json.loads(line) for line in done.stdout.splitlines() if line.startswith('{"score"'))
    parts = re.split(r"^_+ test_item\[([\w.]+)\] _+$", done.stdout.partition('\n{"score"')[0], flags=re.MULTILINE)
    return Run(done.returncode, done.stdout, points, dict(zip(parts[1::2], parts[2::2], strict=True)))


@pytest.fixture(scope="module")
def run_case(unpack):
    """run_case(NAME) -> the Run on a submission of the sample class; each is run once."""
    done = {}

    def run_one(name):
        if name not in done:
            folder = unpack()
            for file in MODULES:
                shutil.copy2(CASES / name / file, folder / file)
            done[name] = run_pytest(folder)
        return done[name]

    return run_one


@pytest.fixture(scope="module")
def skeleton(unpack):
    return run_pytest(unpack())


def labels(failure):
    """The labels of the lines below the heading."""
    return re.findall(r"^  (\w+) {2,}\S", failure, re.MULTILINE)


def test_the_release_says_what_its_tests_were_generated_from(unpack):
    folder = unpack()
    files = [folder / "conftest.py", folder / "pytest.ini", *sorted((folder / "tests").iterdir())]
    assert [file.name for file in files[2:]] == ["assignment_checks.py", "test_items.py"]
    for file in files:
        assert re.match(r"# generated from [\w/.]+; do not edit\n", file.read_text(encoding="utf-8")), file


def test_no_answer_is_in_the_release(unpack, products):
    solution = products_lines(products, Path("instructor/assignment")) - products_lines(products, Path())
    texts = [
        path.read_text(encoding="utf-8") for path in unpack().rglob("*") if path.suffix in {".py", ".ipynb", ".md"}
    ]
    assert len(solution) == 15
    assert [line for line in solution if any(line in text for text in texts)] == []


def products_lines(products, folder):
    return {line.strip() for name in MODULES for line in products[folder / name].decode().splitlines()} - {""}


def test_every_scored_item_is_a_test(skeleton, room):
    seen = [*skeleton.statuses(), *skeleton.points["not_tried"]]
    assert sorted(seen) == sorted(item.id for item in room.items.values() if item.points)
    assert skeleton.points["not_tried"] == ["rnn.learns", "gru.learns"]


def test_the_skeleton_earns_nothing_and_is_told_what_is_not_filled_in_yet(skeleton, room):
    assert (skeleton.code, skeleton.points["score"], skeleton.points["max_score"]) == (1, 0, TRIED)
    for item in room.items.values():
        if item.blank:
            assert skeleton.statuses()[item.id] == "blank"
            assert "this blank is not filled in yet" in skeleton.failures[item.id]


def test_a_failure_is_four_lines_and_no_traceback(skeleton):
    assert len(skeleton.failures) == 10
    for item, failure in skeleton.failures.items():
        assert labels(failure) == ["Saw", "Expected", "Cause", "Next"], item
    assert "Traceback" not in skeleton.text
    assert "test_items.py:" not in skeleton.text.partition("short test summary")[0]


def test_the_line_that_is_told_is_the_blank_s(skeleton, products):
    lines = products[Path("GRU_skeleton.py")].decode().splitlines()
    told = re.search(r"GRU_skeleton\.py, line (\d+):", skeleton.failures["gru.candidate"])
    assert lines[int(told[1]) - 1].strip().startswith("h_tilde = ...")


def test_the_solution_earns_all_that_is_tried_here(unpack, products):
    folder = unpack()
    for file in MODULES:
        (folder / file).write_bytes(products[Path("instructor/assignment") / file])
    run = run_pytest(folder, "--points-file", "points.json")
    assert (run.code, run.points["score"], run.points["max_score"]) == (0, TRIED, TRIED)
    assert run.failures == {}
    assert json.loads((folder / "points.json").read_text()) == run.points


def written_points(folder, *options, place=""):
    """(exit code, points.json or None) of the command in the documents."""
    command = [sys.executable, "-m", "pytest", "-q", *(options or ("--points-file", "points.json"))]
    done = subprocess.run(command, cwd=folder / place, env=environment_of_a_student(), capture_output=True, text=True)
    file = folder / place / "points.json"
    return done.returncode, json.loads(file.read_text(encoding="utf-8")) if file.is_file() else None


@pytest.mark.parametrize("place", ["", "tests"])
def test_the_same_command_writes_the_points_anew_each_time(unpack, place):
    folder = unpack()
    old = {"score": TRIED}
    (folder / place / "points.json").write_text(json.dumps(old))
    code, points = written_points(folder, place=place)
    assert (code, points["score"], points["max_score"]) == (1, 0, TRIED)


def test_a_run_that_tries_nothing_leaves_no_old_score(unpack):
    folder = unpack()
    (folder / "points.json").write_text(json.dumps({"score": TRIED}))
    (folder / "tests" / "assignment_checks.py").write_text("raise SystemExit\n")
    code, points = written_points(folder)
    assert code != 0
    assert points is None or points["score"] == 0


@pytest.mark.parametrize("case", ["rnn-sigmoid-for-tanh", "reset-ignored"])
def test_a_known_mistake_fails_its_own_item_with_its_cause(run_case, room, case):
    run = run_case(case)
    expected = tomllib.loads((CASES / case / "expected.toml").read_text())["misconceptions"]
    wrong = {item for item, status in run.statuses().items() if status == "wrong"}
    assert wrong == set(expected) & set(run.statuses())
    for item in wrong:
        assert labels(run.failures[item]) == ["Saw", "Expected", "Cause", "Next"]
        assert room.words.misconception(expected[item]).partition("…")[0] in run.failures[item]
        assert re.search(r"Saw +-?\d\.\d{3} where -?\d\.\d{3} was expected", run.failures[item])


def test_a_file_that_is_not_python_and_one_that_is_not_there_are_said_to_be(unpack):
    folder = unpack()
    (folder / "RNN_skeleton.py").write_text("class VanillaRNN(:\n")
    (folder / "GRU_skeleton.py").unlink()
    run = run_pytest(folder)
    assert run.points["score"] == 0
    assert "the file can't be read as Python" in run.failures["rnn.model"]
    assert "the file GRU_skeleton.py was not handed in" in run.failures["gru.unroll"]
    assert "Traceback" not in run.text


def test_code_that_stops_at_import_and_a_class_that_is_not_there_are_said_to_be(unpack):
    folder = unpack()
    (folder / "RNN_skeleton.py").write_text("raise SystemExit('enough')\n")
    (folder / "GRU_skeleton.py").write_text("class Gated: pass\n")
    run = run_pytest(folder)
    assert run.points["score"] == 0
    assert "your code stopped with: SystemExit: enough" in run.failures["rnn.layers"]
    assert "the class GRUCell is not defined" in run.failures["gru.layers"]


def test_what_the_checks_do_not_know_is_a_doubt_and_no_failure(run_case):
    run = run_case("one-layer-over-both")
    assert run.points["in_doubt"]
    assert not set(run.points["in_doubt"]) & set(run.failures)
    assert run.code == 1  # but no points either: a course system must not take it for right


def test_the_workflow_in_the_documents_tries_each_item_for_its_points(skeleton, room):
    page = (REPOSITORY / "docs" / "courses" / "pytest.md").read_text(encoding="utf-8")
    workflow = yaml.safe_load(re.search(r"```yaml\n(.*?)```", page, re.DOTALL)[1])
    steps = workflow["jobs"]["run-autograding-tests"]["steps"]
    graders = {step["id"]: step["with"] for step in steps if "autograding-command-grader" in step.get("uses", "")}
    points = {item.replace(".", "-"): room.items[item].points for item in skeleton.statuses()}
    assert {name: settings["max-score"] for name, settings in graders.items()} == points
    for item in skeleton.statuses():
        assert f'"tests/test_items.py::test_item[{item}]"' in graders[item.replace(".", "-")]["command"]
    assert steps[-1]["with"]["runners"].split(",") == list(graders)
    results = {name: f"${{{{steps.{name}.outputs.result}}}}" for name in graders}
    assert steps[-1]["env"] == {f"{name.upper()}_RESULTS": result for name, result in results.items()}


def test_one_item_alone_is_tried_as_the_workflow_does(unpack, products):
    folder = unpack()
    (folder / "GRU_skeleton.py").write_bytes(products[Path("instructor/assignment/GRU_skeleton.py")])
    right = run_pytest(folder, "tests/test_items.py::test_item[gru.candidate]")
    blank = run_pytest(folder, "tests/test_items.py::test_item[rnn.layers]")
    assert (right.code, right.points["score"]) == (0, 12)
    assert (blank.code, blank.points["score"]) == (1, 0)
