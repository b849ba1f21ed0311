"""Gradescope's autograder: what is in the zip, and what its own scripts make of a submission.

The service is laid out under a temporary root (AUTOGRADER_ROOT).  Nothing is installed: AUTOGRADER_PYTHON names the
interpreter that runs the tests, which stands for the one that setup.sh would make.
"""

import ast
import dataclasses
import json
import os
import random
import resource
import shutil
import signal
import stat
import subprocess
import sys
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import jsonschema
import psutil
import pytest

from grading.export import gradescope, gradescope_run
from grading.export.gradescope_results import results_of
from grading.export.kinds import ExportFault, export
from grading.mark.result import ItemResult, Result
from grading.mark.verdict import Speaker
from grading.room import REPOSITORY

SCHEMA = json.loads(Path(__file__).with_name("gradescope_results.schema.json").read_text(encoding="utf-8"))
CASES = REPOSITORY / "assignment" / "cases"
MEMORY, SHARE_OF_A_CORE, SECONDS = 768 << 20, 0.5, 600  # what the service gives by default
METADATA = {
    "id": 123456,
    "created_at": "2018-07-01T14:22:32.365935-07:00",
    "assignment": {"title": "RNN", "total_points": "100.0", "group_size": None},
    "submission_method": "upload",
    "users": [{"email": "ann@example.com", "id": 1234, "name": "Ann Lee"}],
    "previous_submissions": [],
}
SETTINGS = {"visibility": "visible", "stdout_visibility": "hidden"}


@pytest.fixture(scope="module")
def archive(room, tmp_path_factory):
    """The zip, written as the command line writes it."""
    path = tmp_path_factory.mktemp("gradescope") / "autograder.zip"
    export(room, "gradescope", path)
    return path


@pytest.fixture(scope="module")
def texts(archive):
    """name -> text of everything in the zip."""
    with zipfile.ZipFile(archive) as opened:
        return {name: opened.read(name).decode() for name in opened.namelist()}


class Service:
    """A root as the service lays it out; `mark` runs the real run_autograder on a submission."""

    def __init__(self, root, archive):
        self.root, self.results = root, root / "results" / "results.json"
        self.environment = os.environ | {"AUTOGRADER_ROOT": str(root), "AUTOGRADER_PYTHON": sys.executable}
        (root / "source").mkdir(parents=True)
        with zipfile.ZipFile(archive) as opened:
            for member in opened.infolist():
                opened.extract(member, root / "source")
                (root / "source" / member.filename).chmod(member.external_attr >> 16)
        shutil.copy2(root / "source" / "run_autograder", root / "run_autograder")
        (root / "results").mkdir()
        (root / "submission_metadata.json").write_text(json.dumps(METADATA), encoding="utf-8")

    def set_up(self):
        subprocess.run([self.root / "source" / "setup.sh"], env=self.environment, check=True, capture_output=True)

    def start(self, submission):
        shutil.rmtree(self.root / "submission", ignore_errors=True)
        shutil.copytree(submission, self.root / "submission")
        self.results.unlink(missing_ok=True)
        return subprocess.Popen(
            [self.root / "run_autograder"],
            env=self.environment,
            cwd=self.root,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def mark(self, submission):
        """(results.json, what was printed for the instructor)."""
        process = self.start(submission)
        printed, _ = process.communicate()
        assert process.returncode == 0
        return self.read(), printed

    def read(self):
        return valid(json.loads(self.results.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def service(archive, tmp_path_factory):
    laid_out = Service(tmp_path_factory.mktemp("service") / "autograder", archive)
    laid_out.set_up()
    return laid_out


def valid(results):
    jsonschema.validate(results, SCHEMA)
    return results


def by_item(results):
    """item id -> its test: both lists have one order."""
    rows = results["extra_data"]["result"]["items"]
    return {row["id"]: test for row, test in zip(rows, results["tests"], strict=True)}


# The zip


def test_the_scripts_lie_at_the_root_and_can_be_executed(archive):
    with zipfile.ZipFile(archive) as opened:
        for name in ("setup.sh", "run_autograder"):
            assert opened.getinfo(name).external_attr >> 16 & stat.S_IXUSR, name


def test_the_same_room_gives_the_same_zip(room):
    assert gradescope.packed(gradescope.autograder_files(room)) == gradescope.packed(gradescope.autograder_files(room))


def test_no_answer_travels_in_the_zip(texts, products):
    solved = lines_of(products, Path("instructor/assignment")) - lines_of(products, Path())
    assert len(solved) == 15  # and fc, which GRUModel comes with
    assert [(line, name) for line in solved for name, text in texts.items() if line in text] == []


def lines_of(products, folder):
    """The lines of both modules."""
    modules = [products[folder / name].decode() for name in ("RNN_skeleton.py", "GRU_skeleton.py")]
    return {line.strip() for module in modules for line in module.splitlines()} - {""}


@pytest.mark.parametrize(
    "part", ["cases/", "forms/", "hands/", "mistakes.toml", "doubts.toml", "notebook.py", "proofs"]
)
def test_what_marking_does_not_need_stays_at_home(texts, part):
    assert [name for name in texts if name.startswith(f"assignment/{part}")] == []


def test_requirements_pin_every_package_that_the_marker_imports(texts):
    package_of = packages_distributions()
    named = {name for file, text in texts.items() if file.endswith(".py") for name in third_party(text)}
    imported = {package_of[name][0].lower() for name in named}
    pinned = {line.partition("==")[0].lower() for line in texts["requirements.txt"].splitlines() if "==" in line}
    assert imported
    assert imported <= pinned


def third_party(text):
    """The modules that a text imports and that are neither ours nor Python's."""
    own = {"grading", "assignment", *sys.stdlib_module_names}
    for node in ast.walk(ast.parse(text)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module] if isinstance(node, ast.ImportFrom) else []
        yield from {name.partition(".")[0] for name in names} - own


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"visibility": "always"}, "gradescope.visibility to 'always'"),
        ({"timeout": 30}, "gradescope.timeout to 30"),
        ({"leaderbord": True}, "gradescope.leaderbord, which is none of"),
    ],
)
def test_a_setting_that_gradescope_does_not_know_is_refused(room, table, said):
    with pytest.raises(ExportFault, match=said):
        gradescope.settings_of(dataclasses.replace(room, gradescope=table))


def test_an_output_that_can_not_be_written_is_said_in_one_sentence(room, tmp_path):
    with pytest.raises(ExportFault, match="can't be written"):
        export(room, "gradescope", tmp_path / "absent" / "autograder.zip")


# The scripts, run


@pytest.fixture(scope="module")
def measured(service):
    """(results, printed, the most memory at any moment that was looked at, processor seconds) of one marking."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = service.start(CASES / "several-mistakes")
    most = 0
    while process.poll() is None:
        most = max(most, memory_of(process.pid))
    printed = process.stdout.read()
    process.stdout.close()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return service.read(), printed, most, sum(after[:2]) - sum(before[:2])


def memory_of(pid):
    """The bytes of a process and of all that it started; pages that several share count once."""
    try:
        marker = psutil.Process(pid)
        return sum(own_memory(process) for process in [marker, *marker.children(recursive=True)])
    except psutil.NoSuchProcess:
        return 0


def own_memory(process):
    try:
        return process.memory_full_info().pss
    except psutil.AccessDenied:  # told to root alone; a fork shares what it was born with
        return max(0, process.memory_info().rss - process.parent().memory_info().rss)
    except psutil.Error:
        return 0


def test_every_item_is_a_test_and_the_points_are_those_of_the_result(measured, room):
    results = measured[0]
    assert list(by_item(results)) == list(room.items)
    assert results["score"] == sum(test.get("score", 0) for test in results["tests"])
    assert sum(test.get("max_score", 0) for test in results["tests"]) == 100
    assert results["extra_data"]["finished"]


def test_a_mistake_fails_its_own_test_with_the_four_lines(measured):
    test = by_item(measured[0])["rnn.hidden_update"]
    assert (test["status"], test["score"], test["max_score"]) == ("failed", 0.0, 12.0)
    assert [line.partition(":")[0] for line in test["output"].splitlines()] == ["Saw", "Expected", "Cause", "Next"]
    assert "RNN_skeleton.py, line 30" in test["output"]


def test_what_is_right_passes_beside_it(measured):
    test = by_item(measured[0])["rnn.step_input"]
    assert (test["status"], test["score"], test["max_score"]) == ("passed", 4.0, 4.0)


def test_a_report_that_is_not_asked_for_has_neither_failed_nor_passed(measured):
    assert "status" not in by_item(measured[0])["report.one_page"]


def test_the_instructor_reads_which_layers_stand(measured):
    assert "layers of the sandbox stand" in measured[1]


def test_marking_fits_into_the_memory_that_gradescope_gives(measured):
    assert 100 << 20 < measured[2] < MEMORY


def test_marking_fits_into_the_processor_time_that_gradescope_gives(measured):
    assert 0 < measured[3] < SHARE_OF_A_CORE * SECONDS / 4


def test_others_may_read_the_code_of_the_student_s_own_process_and_nothing_else(service, measured):
    source = service.root / "source"
    open_to_all = {
        path.relative_to(source) for path in source.rglob("*") if path.is_file() and is_readable(path, source)
    }
    own = {path.relative_to(source) for path in (source / "grading" / "sandbox").glob("*.py")}
    assert open_to_all == own | {Path("grading/__init__.py")}
    assert stat.S_IMODE((service.root / "results").stat().st_mode) == 0o700


def is_readable(path, source):
    """Whether every account may read a file under `source`: it, and enter each folder above it."""
    above = [folder for folder in path.parents if folder == source or folder.is_relative_to(source)]
    entered = all(folder.stat().st_mode & stat.S_IXOTH for folder in above)
    return entered and bool(path.stat().st_mode & stat.S_IROTH)


def test_marking_starts_where_there_is_an_account_and_no_namespace(service, measured):
    without = ("files", "network", "hostname", "user", "processes", "messages", "scratch")
    script = f"from grading.sandbox.worker import Zygote; Zygote(without={without}).close(); print('started')"
    environment = service.environment | {"PYTHONPATH": str(service.root / "source"), "PYTHONSAFEPATH": "1"}
    told = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True)
    assert told.stdout == "started\n", told.stderr


def test_a_doubt_is_open_and_no_zero(service):
    results, _ = service.mark(CASES / "library-gru")
    test = by_item(results)["gru.candidate"]
    assert not {"score", "max_score", "status"} & set(test)
    assert test["name"].endswith("(a person decides)")
    assert test["output"].startswith("Open, not lost: a person looks at this, and up to 12 points may follow.")
    assert "Up to 100 once a person has looked" in results["output"]
    assert results["score"] == 37


def test_what_can_not_be_marked_is_said_with_its_reason_and_nothing_passes(service):
    results, _ = service.mark(CASES / "nothing-to-mark")
    assert results["score"] == 0
    assert "Rejected: none of the files" in results["output"]
    assert not any(test.get("status") == "passed" or test.get("score") for test in results["tests"])


def test_a_kill_at_any_moment_leaves_what_was_marked_by_then(service, measured):
    whole = measured[0]
    count = random.randrange(11)  # pytest-randomly seeds it; after the eleventh there is a training still to come
    process = service.start(CASES / "several-mistakes")
    while not service.results.exists() or len(service.read()["tests"]) < count:
        assert process.poll() is None, "it ended before it was killed"
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    left = service.read()
    assert process.returncode == -signal.SIGKILL
    assert not left["extra_data"]["finished"]
    assert f"Marking is under way: {len(left['tests'])} of {len(whole['tests'])} items" in left["output"]
    assert len(left["tests"]) >= count
    assert left["tests"] == whole["tests"][: len(left["tests"])]
    assert left["score"] == sum(test.get("score", 0) for test in left["tests"])


# What it says, from a Result


@pytest.fixture
def marker(room, tmp_path, monkeypatch):
    """A root and its settings, for `gradescope_run.run` in this process."""
    settings = gradescope.DEFAULTS | {"assignment": room.name, "language": "en", "stamp": {"version": "0"}}
    (tmp_path / "marker.json").write_text(json.dumps(settings))
    monkeypatch.setattr(gradescope_run, "SETTINGS", tmp_path / "marker.json")
    (tmp_path / "results").mkdir()
    shutil.copytree(CASES / "untouched", tmp_path / "submission")
    return tmp_path


def passed(item, room):
    return ItemResult.of(item, Speaker(room.words, item).passed())


def test_what_is_not_reached_in_time_goes_to_a_person(marker, room, monkeypatch):
    reached, *others = room.items.values()

    def never_ends(marker, submission, told):
        told(passed(reached, room))
        while True:
            signal.pause()

    monkeypatch.setattr(gradescope_run.LocalMarker, "mark", never_ends)
    monkeypatch.setattr(gradescope_run, "RESERVE", gradescope.DEFAULTS["timeout"] - 1)
    gradescope_run.run(marker)
    results = valid(json.loads((marker / "results" / "results.json").read_text()))
    assert results["score"] == reached.points
    assert results["extra_data"]["finished"]
    assert len(results["tests"]) == len(room.items)
    for item in others:
        assert "status" not in by_item(results)[item.id]
        assert "the time for marking ended" in by_item(results)[item.id]["output"]


def test_a_fault_of_ours_takes_no_points_and_is_called_so(marker, monkeypatch):
    def fails(marker, submission, told):
        raise gradescope_run.ZygoteFault("no process for student code")

    monkeypatch.setattr(gradescope_run.LocalMarker, "mark", fails)
    gradescope_run.run(marker)
    results = valid(json.loads((marker / "results" / "results.json").read_text()))
    assert "Our marker failed (ZygoteFault)" in results["output"]
    assert not any("status" in test for test in results["tests"])


def test_html_of_a_student_is_shown_and_not_obeyed(room):
    notes = [
        "RNN_skeleton.py could not be run whole (<img src=x onerror=alert(1)>): its definitions alone were marked."
    ]
    result = Result("Ann", "graded", 0.0, 100.0, [], notes)
    shown = results_of(result, room, SETTINGS, 1.0)["output"]
    assert "<img" not in shown
    assert "&lt;img src=x" in shown


@pytest.mark.parametrize(
    ("text", "student"),
    [
        (json.dumps(METADATA), "Ann Lee"),
        ('{"users": [{"id": 7}, {"email": "b@c"}]}', "7, b@c"),
        ('{"users": []}', "submission"),
        ('{"users": [3]}', "submission"),
        ("[]", "submission"),
        ("no json", "submission"),
    ],
)
def test_a_student_has_a_name_whatever_the_service_tells(tmp_path, text, student):
    (tmp_path / "metadata.json").write_text(text)
    assert gradescope_run.student_of(tmp_path / "metadata.json") == student


def test_without_metadata_it_is_a_submission_all_the_same(tmp_path):
    assert gradescope_run.student_of(tmp_path / "absent.json") == "submission"


def test_the_schema_refuses_what_gradescope_would():
    results = {"score": 1.0, "tests": [{"status": "open"}]}
    with pytest.raises(jsonschema.ValidationError):
        valid(results)
    with pytest.raises(jsonschema.ValidationError):
        valid({"tests": [{"name": "no score anywhere"}]})
