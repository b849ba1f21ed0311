"""What a process tells of a module is taken in the agreed form, and in no other."""

import contextlib
from types import SimpleNamespace

import pytest

from grading.mark.class_spec import ClassSpec
from grading.mark.description import Description
from grading.mark.module import Module
from grading.sandbox.outcome import Outcome
from grading.sandbox.worker import StudentFault

SPEC = ClassSpec("Good", sizes=(), hidden_size=2, layers={"W": (2, 2)})


TOLD = {"tensors": {"W.weight": [2, 2]}, "linear": {"W": [2, 2]}, "shared": [], "library": []}


LOCATED = {"targets": {"Good.forward:h": {"line": 3, "blank": False}}, "library": [], "differing": []}


def module_told(told):
    """A Module whose worker answers every question with the same facts."""
    worker = SimpleNamespace(ask=lambda *_, **__: ({}, told), content=b"# one\n# two\nclass Good: ...\n")
    return Module(worker, worker, {"Good": SPEC}, ["Good.forward:h"])


def test_facts_of_the_agreed_form_are_taken():
    assert Description.checked(TOLD).layer_names == {"W"}
    module = module_told(LOCATED)
    assert (module.fault, module.line("Good.forward:h"), module.is_blank("Good.forward:h")) == (None, 3, False)
    assert module.differing_classes(b"") == []


@pytest.mark.parametrize(
    ("outcome", "is_unread"), [(Outcome.UNREADABLE, False), (Outcome.ERROR, True), (Outcome.TIMEOUT, True)]
)
def test_what_python_can_read_and_the_reader_can_not_is_known_to_be_unread(outcome, is_unread):
    def ask(*_, **__):
        raise StudentFault(outcome)

    worker = SimpleNamespace(ask=ask, content=b"")
    assert Module(worker, worker, {"Good": SPEC}, ["Good.forward:h"]).is_unread == is_unread
    assert not module_told(LOCATED).is_unread


@pytest.mark.parametrize("key", ["tensors", "linear", "shared", "library"])
@pytest.mark.parametrize("value", [None, 7, float("inf"), "text", [1], [[7]], {"W": 7}, {"W": [float("inf"), 1]}])
def test_a_description_of_another_form_is_a_bad_answer_or_harmless(key, value):
    with contextlib.suppress(StudentFault):  # and nothing else
        described = Description.checked(TOLD | {key: value})
        assert all(isinstance(name, str) for name in (*described.layer_names, *described.library))
        assert all(isinstance(name, str) for names in described.shared for name in names)


@pytest.mark.parametrize("size", [-1, 10**10, 10**300, "2" * 500])
@pytest.mark.parametrize("key", ["tensors", "linear"])
def test_a_size_that_no_tensor_has_is_a_bad_answer(key, size):
    with pytest.raises(StudentFault, match="bad_answer"):
        Description.checked(TOLD | {key: {"W": [size, 2]}})


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param({}, id="nothing"),
        pytest.param(LOCATED | {"targets": {}}, id="target_missing"),
        pytest.param(LOCATED | {"targets": 7}, id="targets_are_a_number"),
        pytest.param(LOCATED | {"targets": {"Good.forward:h": 7}}, id="target_is_a_number"),
        pytest.param(LOCATED | {"library": [7]}, id="library_of_numbers"),
        pytest.param(LOCATED | {"library": {"a": 1}}, id="library_is_a_table"),
    ],
)
def test_places_of_another_form_are_a_bad_answer(facts):
    assert module_told(facts).fault.outcome == "bad_answer"


@pytest.mark.parametrize("line", [float("inf"), -1, 0, "3", None, True, 5, 10**9])
def test_an_impossible_line_is_no_line(line):
    facts = LOCATED | {"targets": {"Good.forward:h": {"line": line, "blank": "yes"}}}
    module = module_told(facts)
    assert (module.line("Good.forward:h"), module.is_blank("Good.forward:h")) == (None, False)


def test_an_impossible_line_of_a_library_layer_is_no_line():
    assert module_told(LOCATED | {"library": [[float("inf"), "GRU"]]}).library_used() == (None, "GRU")


@pytest.mark.parametrize("differing", [None, 7, "Good", {"Good": 1}])
def test_differing_classes_of_another_form_are_a_bad_answer(differing):
    with pytest.raises(StudentFault):
        module_told(LOCATED | {"differing": differing}).differing_classes(b"")
