"""What the tests of the engine share: the main room, its products, and a process that runs student code."""

import sys
import textwrap
import types

import pytest
from hypothesis import HealthCheck, settings

from assignment import graded_cases
from grading.build.products import make_products
from grading.export import graded_cells
from grading.mark import where
from grading.mark.result import Result
from grading.room import REPOSITORY, open_room
from grading.sandbox.worker import Worker, Zygote
from tests.grading.class_of_seven import STUDENTS, NoPool

# A busy machine is no failure, and the same code gives the same answer.
settings.register_profile("marker", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("marker")


@pytest.fixture(scope="session")
def room():
    return open_room()


@pytest.fixture(scope="session")
def products(room):
    """path -> bytes, as the builder makes them now; nothing is read from where the products lie."""
    return make_products(room)


@pytest.fixture(scope="session")
def zygote():
    started = Zygote()
    yield started
    started.close()


@pytest.fixture
def open_worker(zygote):
    """open_worker(source, name, time_limit) -> Worker; closed at the end of the test."""
    opened = []

    def open_one(source, name="GRU_skeleton.py", time_limit=20.0):
        content = source if isinstance(source, bytes) else textwrap.dedent(source).encode()
        opened.append(Worker(zygote, name, content, time_limit))
        return opened[-1]

    yield open_one
    for worker in opened:
        worker.close()


@pytest.fixture
def submissions(tmp_path):
    """A class of seven, each with one module."""
    for student in STUDENTS:
        (tmp_path / "class" / student).mkdir(parents=True)
        (tmp_path / "class" / student / "RNN_skeleton.py").write_text(f"# by {student}\n")
    return tmp_path / "class"


@pytest.fixture
def out(tmp_path):
    return tmp_path / "marked"


@pytest.fixture
def marked_by(monkeypatch, room):
    """marked_by(function of a submission): stands in for the marking of one submission, which it may spoil."""

    def use(spoil=lambda submission: None):
        def mark(room, submission, zygote, time_limit, told):
            spoil(submission)
            return Result(submission.student, "graded", 1.0, float(room.max_score), [])

        monkeypatch.setattr(where, "mark_submission", mark)
        monkeypatch.setattr(where, "ZygotePool", NoPool)

    return use


# What the test cells of a course system run beside: their module, and a student's classes in the notebook.


@pytest.fixture(scope="session")
def unseen(room):
    """item id -> the numbers that no student sees."""
    return graded_cases.unseen(room)


@pytest.fixture
def graded_checks(room, load_module, tmp_path):
    """The module that the test cells import."""
    path = tmp_path / f"{graded_cells.MODULE}.py"
    path.write_text(graded_cells.module_source(room), encoding="utf-8")
    return load_module(graded_cells.MODULE, path)


@pytest.fixture
def notebook_names(monkeypatch):
    """The names of a notebook: what a student's cells have defined."""
    names = types.ModuleType("__main__")
    monkeypatch.setitem(sys.modules, "__main__", names)
    return names


@pytest.fixture
def hand_in(load_module, notebook_names):
    """hand_in(case, *files): its classes are defined in the notebook."""

    def define(case, *files):
        for file in files or ("RNN_skeleton.py", "GRU_skeleton.py"):
            module = load_module(f"of_a_student_{file[:3]}", REPOSITORY / "assignment" / "cases" / case / file)
            vars(notebook_names).update({key: kind for key, kind in vars(module).items() if isinstance(kind, type)})

    return define
