"""Student code behind a worker: whatever it does, there is a fault with a name, and the next question is answered."""

import contextlib
import json
import os
import select
import signal
import textwrap
from types import SimpleNamespace

import numpy as np
import pytest

from grading.mark.class_spec import ClassSpec
from grading.mark.description import Description
from grading.mark.module import Module
from grading.sandbox import launch
from grading.sandbox import worker as worker_module
from grading.sandbox.wire import encode
from grading.sandbox.worker import ENVIRONMENT, Answer, StudentFault, Worker, Zygote, ZygoteFault

SHORT, LONG = 1.0, 20.0  # seconds: for what never ends, and for what does, on a busy machine
GOOD = """
import torch
from torch import nn


class Good(nn.Module):
    def __init__(self):
        super().__init__()
        self.W = nn.Linear(2, 2, bias=False)

    def forward(self, x, h_prev):
        return self.W(x) + h_prev
"""
WEIGHT, X, H = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, -1.0]]), np.array([[0.5, 0.25]])


def ask_step(worker, name="Good"):
    """The output of one step of a class."""
    arrays = {"weight:W.weight": WEIGHT, "x": X, "h_prev": H}
    found, _ = worker.ask("step", arrays, **{"class": name, "sizes": [], "hidden_size": 2})
    return found["output"]


def assert_answers(worker):
    np.testing.assert_array_equal(ask_step(worker), X @ WEIGHT.T + H)


def with_bad(body):
    """A file with the good class, and a class Bad whose step does what `body` says."""
    head = "\n\nclass Bad(Good):\n    def forward(self, x, h_prev):\n"
    return GOOD + head + textwrap.indent(textwrap.dedent(body).strip("\n"), " " * 8) + "\n"


def fault_of(worker, name="Bad"):
    with pytest.raises(StudentFault) as raised:
        ask_step(worker, name)
    return raised.value


def test_good_code_is_answered_with_its_numbers(open_worker):
    worker = open_worker(GOOD)
    assert (worker.whole, worker.load_fault) == (True, None)
    assert_answers(worker)


# What a student's step may do in place of answering: (body, outcome, part of the message, time limit).
HOSTILE = {
    "error": ("raise ValueError('no')", "error", "ValueError: no", LONG),
    "blank": ("return ...", "blank", "", LONG),
    "nothing_returned": ("pass", "error", "NoneType", LONG),
    "a_list_returned": ("return [1.0, 2.0]", "error", "it is a list", LONG),
    "sparse": ("return torch.zeros(2, 2).to_sparse()", "error", "", LONG),
    "meta": ("return torch.zeros(2, 2, device='meta')", "error", "", LONG),
    "billions_of_elements": ("return torch.zeros(1).expand(10**10)", "error", "", LONG),
    "deep_recursion": ("return self.forward(x, h_prev)", "error", "RecursionError", LONG),
    "system_exit": ("import sys; sys.exit('bye')", "error", "SystemExit: bye", LONG),
    "keyboard_interrupt": ("raise KeyboardInterrupt", "error", "KeyboardInterrupt", LONG),
    "generator_exit": ("raise GeneratorExit", "error", "GeneratorExit", LONG),
    "own_base_exception": ("class Mine(BaseException): pass\nraise Mine('x')", "error", "Mine: x", LONG),
    "str_that_raises": (
        "class Mine(Exception):\n    def __str__(self): raise ValueError\nraise Mine",
        "error",
        "can't be printed",
        LONG,
    ),
    "str_that_exits": (
        "class Mine(Exception):\n    def __str__(self): raise SystemExit\nraise Mine",
        "error",
        "can't be printed",
        LONG,
    ),
    "str_that_is_no_str": (
        "class Mine(Exception):\n    def __str__(self): return 7\nraise Mine",
        "error",
        "can't be printed",
        LONG,
    ),
    "str_that_kills": (
        "import os\nclass Mine(Exception):\n    def __str__(self): os._exit(0)\nraise Mine",
        "crashed",
        "",
        LONG,
    ),
    "str_that_never_ends": (
        "class Mine(Exception):\n    def __str__(self):\n        while True: pass\nraise Mine",
        "timeout",
        "1",
        SHORT,
    ),
    "line_that_raises": (
        "class Mine(Exception):\n    @property\n    def line(self): raise ValueError\nraise Mine",
        "error",
        "Mine",
        LONG,
    ),
    "memory_of_torch": ("return torch.zeros(10**10)", "error", "", LONG),
    "memory_of_python": ("return bytearray(10**11)", "error", "MemoryError", LONG),
    "memory_bit_by_bit": ("kept = []\nwhile True: kept.append(bytearray(10**7))", "error", "MemoryError", LONG),
    "exit_without_a_word": ("import os; os._exit(0)", "crashed", "", LONG),
    # Process 1 of a PID namespace survives its own signals, and then ends or waits all the same.
    "kill_itself": ("import os; os.kill(os.getpid(), 9); os._exit(0)", "crashed", "", LONG),
    "kill_its_group": ("import os\ntry: os.killpg(0, 9)\nfinally: os._exit(0)", "crashed", "", LONG),
    "kill_all_it_sees": (
        "import os\ntry:\n    if os.getpid() == 1: os.kill(-1, 9)\nfinally: os._exit(0)",
        "crashed",
        "",
        LONG,
    ),
    "abort": ("import os; os.abort()", "crashed", "", LONG),
    "segfault": ("import ctypes; ctypes.string_at(0)", "crashed", "", LONG),
    "closed_descriptors": ("import os; os.closerange(0, 64); return x", "crashed", "", LONG),
    "too_large_an_answer": ("return torch.zeros(1100, 1000)", "bad_answer", "too large", LONG),
    "endless_loop": ("while True: pass", "timeout", "1", SHORT),
    "sleep": ("import time; time.sleep(10**6)", "timeout", "1", SHORT),
    "stopped": ("import os, signal; os.kill(os.getpid(), signal.SIGSTOP); signal.pause()", "timeout", "1", SHORT),
    "signals_ignored": (
        "import signal\nfor number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:\n"
        "    signal.signal(number, signal.SIG_IGN)\nwhile True: pass",
        "timeout",
        "1",
        SHORT,
    ),
}


@pytest.mark.parametrize(("body", "outcome", "message", "limit"), HOSTILE.values(), ids=HOSTILE)
def test_a_question_after_a_hostile_one_is_answered(open_worker, body, outcome, message, limit):
    worker = open_worker(with_bad(body), time_limit=LONG)
    worker.time_limit = limit
    fault = fault_of(worker)
    worker.time_limit = LONG
    assert fault.outcome == outcome
    assert message in fault.message
    assert len(fault.message) <= 200
    assert_answers(worker)


def test_an_error_names_its_line_in_the_students_file(open_worker):
    source = with_bad("number = 1\nreturn self.helper(x)") + "\n    def helper(self, x):\n        return x.nonsense()\n"
    lines = source.splitlines()
    assert fault_of(open_worker(source)).line == 1 + lines.index("        return x.nonsense()")


def answer(facts):
    """Student code that writes a whole answer of its own, and ends."""
    return written(encode({}, facts)) + "; os._exit(0)"


def written(content):
    """Student code that writes `content` to every pipe that it finds open."""
    return f"import os; [os.write(fd, {content!r}) for fd in range(3, 64) if writes(fd)]"


WRITES = '''

def writes(descriptor):
    """Whether a descriptor is the end of a pipe that can be written to."""
    import fcntl, os, stat
    try:
        kind = os.fstat(descriptor).st_mode
        return stat.S_ISFIFO(kind) and fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_WRONLY
    except OSError:
        return False
'''

GARBAGE = {
    "text": (written(b"Well done: 100 of 100 points!\n" * 10), "bad_answer", LONG),
    "huge_length": (written(b"\xff" * 8), "bad_answer", LONG),
    "half_a_length": (written(b"\x05\0") + "; os._exit(0)", "crashed", LONG),
    "length_of_more_than_comes": (written((10**6).to_bytes(8, "little")), "timeout", SHORT),
    "no_message": (written((16).to_bytes(8, "little") + b"0123456789abcdef"), "bad_answer", LONG),
    "unknown_outcome": (answer({"outcome": "graded", "score": 100}), "bad_answer", LONG),
    "no_outcome": (answer({}), "bad_answer", LONG),
}


@pytest.mark.parametrize(("code", "outcome", "limit"), GARBAGE.values(), ids=GARBAGE)
def test_garbage_on_the_answer_pipe_is_a_fault_and_the_next_question_is_answered(open_worker, code, outcome, limit):
    worker = open_worker(with_bad(code + "\nreturn x") + WRITES, time_limit=LONG)
    worker.time_limit = limit
    assert fault_of(worker).outcome == outcome
    worker.time_limit = LONG
    assert_answers(worker)


@pytest.mark.parametrize("line", [10**30, -1, 0, True, "7", 1.5, float("inf"), None])
def test_an_answer_that_claims_an_impossible_line_has_none(open_worker, line):
    forged = {"outcome": "error", "message": "x", "line": line}
    fault = fault_of(open_worker(with_bad(answer(forged)) + WRITES))
    assert (fault.outcome, fault.message, fault.line) == ("error", "x", None)


@pytest.mark.parametrize("outcome", [["done"], {"done": 1}, None, 7, True])
def test_an_outcome_that_is_no_word_is_a_bad_answer(open_worker, outcome):
    worker = open_worker(with_bad(answer({"outcome": outcome})) + WRITES)
    assert fault_of(worker).outcome == "bad_answer"
    assert_answers(worker)


def test_a_child_that_ended_after_its_answer_is_replaced_before_the_next_question(open_worker):
    worker = open_worker(with_bad(answer({"outcome": "done"})) + WRITES)
    answers = worker.child.answers
    assert fault_of(worker).outcome == "bad_answer"  # done, but without the numbers
    assert select.select([answers], [], [], LONG)[0] == [answers]  # and then the end
    assert_answers(worker)


def test_an_answer_that_nobody_asked_for_answers_no_later_question(open_worker):
    body = written(encode({"output": np.full((1, 2), 100.0)}, {"outcome": "done"})) + "\nreturn x"
    worker = open_worker(with_bad(body) + WRITES)
    np.testing.assert_array_equal(ask_step(worker, "Bad"), [[100.0, 100.0]])  # forged, and only a wrong number
    assert select.select([worker.child.answers], [], [], LONG)[0]  # the real one waits
    assert_answers(worker)


def test_a_forged_message_is_a_bounded_text(open_worker):
    worker = open_worker(with_bad(answer({"outcome": "error", "message": ["x" * 5000]})) + WRITES)
    fault = fault_of(worker)
    assert isinstance(fault.message, str)
    assert len(fault.message) == 200


def test_what_is_printed_is_lost_and_harms_nothing(open_worker, capfd):
    body = "import sys\nfor stream in (sys.stdout, sys.stderr): print('Score: 100' * 10**6, file=stream, flush=True)"
    worker = open_worker(with_bad(body + "\nreturn super().forward(x, h_prev)"))
    np.testing.assert_array_equal(ask_step(worker, "Bad"), X @ WEIGHT.T + H)
    assert capfd.readouterr() == ("", "")


def test_student_code_has_no_terminal_and_no_input(open_worker):
    body = "import os; raise ValueError([os.fstat(number).st_rdev for number in range(3)])"
    assert fault_of(open_worker(with_bad(body))).message == f"ValueError: {[os.stat(os.devnull).st_rdev] * 3}"


def test_student_code_that_kills_its_parent_does_not_end_the_marking(open_worker):
    worker = open_worker(
        with_bad("import os, signal\ntry: os.kill(os.getppid(), signal.SIGKILL)\nfinally: os._exit(0)")
    )
    assert fault_of(worker).outcome == "crashed"
    assert_answers(worker)
    assert_answers(open_worker(GOOD))


def parent_of(pid):
    with open(f"/proc/{pid}/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("PPid:"))


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "stopped"])
def test_a_zygote_that_no_longer_replies_is_replaced(open_worker, zygote, number):
    worker = open_worker(GOOD)
    before = zygote.process.pid
    zygote.control.settimeout(SHORT)
    os.kill(parent_of(worker.child.outer_pid), number)
    worker.stop_child()
    assert zygote.process.pid != before
    assert_answers(worker)
    assert_answers(open_worker(GOOD))


@pytest.fixture
def spoken(monkeypatch):
    """What zygotes are asked, in order; each answers the first question, and is gone at the next."""
    said, started = [], []

    class Control:
        def settimeout(self, seconds):
            pass

    def start(*_):
        started.append(Control())
        return SimpleNamespace(
            process=None, control=started[-1], missing={"account": "-"}, walls="-", close=lambda: None
        )

    def send(control, messages, descriptors):
        number = started.index(control)
        if any(before == number for before, _ in said):
            raise ConnectionResetError("gone")
        said.append((number, messages[0]))

    monkeypatch.setattr(launch, "start", start)
    monkeypatch.setattr(worker_module.socket, "send_fds", send)
    monkeypatch.setattr(worker_module.socket, "recv_fds", lambda *_: (b'{"pid": 7}', [], 0, None))
    return said


def test_a_child_is_killed_by_the_zygote_that_forked_it_and_by_no_later_one(spoken, tmp_path):
    zygote = Zygote()
    child = zygote.fork(tmp_path)
    zygote.reap(child)  # it is gone, and is replaced
    assert zygote.generation == child.generation + 1
    zygote.reap(child)
    assert spoken == [(0, b"fork")]


def test_a_fork_that_is_not_answered_is_asked_of_the_next_zygote_once(spoken, tmp_path):
    zygote = Zygote()
    first, second = zygote.fork(tmp_path), zygote.fork(tmp_path)
    assert spoken == [(0, b"fork"), (1, b"fork")]
    assert (first.pid, first.generation) != (second.pid, second.generation)


def test_a_zygote_that_cannot_start_is_our_fault(monkeypatch):
    monkeypatch.setattr(launch.sys, "executable", "/bin/false")
    with pytest.raises(ZygoteFault, match="doctor"):
        Zygote()


# What fails when a file is run whole; its definitions are marked all the same: (line before, line after, outcome).
HALF_RUN = {
    "error_at_the_end": ("", "raise RuntimeError('training data missing')", "error"),
    "error_at_the_start": ("open('/nowhere/df_file.csv')", "", "error"),
    "unknown_names": ("", "train(Good(), loader)", "error"),
    "sys_exit": ("import sys", "sys.exit(0)", "error"),
    "command_line": ("import argparse", "options = argparse.ArgumentParser().parse_args(['--wrong'])", "error"),
    "os_exit": ("import os", "os._exit(0)", "crashed"),
    "class_that_exits": ("class Early:\n    import sys\n    sys.exit(1)\n", "", "error"),
    "assignment_that_exits": ("import os\nnumber = os._exit(1)", "", "crashed"),
    "assignment_that_fails": ("model = torch.load('missing.pth')", "", "error"),
}


@pytest.mark.parametrize(("before", "after", "outcome"), HALF_RUN.values(), ids=HALF_RUN)
def test_a_file_that_cannot_be_run_whole_is_opened_for_its_definitions(open_worker, before, after, outcome):
    worker = open_worker(f"{before}\n{GOOD}\n{after}\n")
    assert worker.whole is False
    assert worker.load_fault.outcome == outcome
    assert_answers(worker)


def test_a_file_that_never_ends_at_import_is_opened_for_its_definitions(open_worker):
    worker = open_worker(GOOD + "\nwhile True:\n    pass\n", time_limit=SHORT)
    assert (worker.whole, worker.load_fault.outcome) == (False, "timeout")
    worker.time_limit = LONG
    assert_answers(worker)


def test_definitions_alone_stay_alone_after_a_crash(open_worker):
    worker = open_worker(with_bad("import os; os._exit(0)") + "\nraise RuntimeError\n")
    assert fault_of(worker).outcome == "crashed"
    assert_answers(worker)
    assert worker.whole is False


def test_definitions_find_torch_even_where_its_import_failed(open_worker):
    source = GOOD.replace("import torch\n", "from google.colab import drive; import torch\n")
    source = source.replace("from torch import nn\n", "drive.mount()\n")
    worker = open_worker(source)
    assert worker.whole is False
    assert_answers(worker)


UNOPENABLE = {
    "crash": ("class Early:\n    import os\n    os._exit(1)\n", "crashed", LONG),
    "loop": ("class Early:\n    while True:\n        pass\n", "timeout", SHORT),
}


@pytest.mark.parametrize(("line", "outcome", "limit"), UNOPENABLE.values(), ids=UNOPENABLE)
def test_a_file_whose_definitions_cannot_be_run_either_answers_every_question_with_why(
    open_worker, line, outcome, limit
):
    worker = open_worker(line + GOOD, time_limit=limit)
    assert [fault_of(worker, "Good").outcome for _ in range(2)] == [outcome] * 2
    assert_answers(open_worker(GOOD))


UNREADABLE = {
    "bracket_missing": ("x = (1\n", 1),
    "merge_conflict": ("x = 1\n<<<<<<< HEAD\ny = 2\n=======\n", 2),
    "indentation": ("x = 1\n  y = 2\n", 2),
    "null_byte": ("x = (\0\n", 1),
    "deeply_nested": ("x = " + "(" * 5000 + ")" * 5000, None),
    "no_notebook": ('{"cells": 7}', None),
    "half_a_notebook": ('{"cells": [', None),
}


@pytest.mark.parametrize(("source", "line"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_is_not_python_answers_every_question_with_why(open_worker, source, line):
    worker = open_worker(source.encode())
    faults = [fault_of(worker, "Good") for _ in range(2)]
    assert [fault.outcome for fault in faults] == ["unreadable"] * 2
    if line:
        assert faults[0].line == line


NOTEBOOK = {
    "cells": [
        {"cell_type": "markdown", "source": ["not ( Python"]},
        {"cell_type": "code", "source": ["!wget https://example.org/df_file.csv\n", "%matplotlib inline\n"]},
        {"cell_type": "code", "source": "this cell was left ( broken"},
        {"cell_type": "code", "source": GOOD.splitlines(keepends=True)},
    ]
}
ENCODED = {
    "byte_order_mark": b"\xef\xbb\xbf" + GOOD.encode(),
    "windows_lines": GOOD.replace("\n", "\r\n").encode(),
    "old_mac_lines": GOOD.replace("\n", "\r").encode(),
    "latin_1": b"# caf\xe9\n" + GOOD.encode(),
    "notebook": json.dumps(NOTEBOOK).encode(),
}


@pytest.mark.parametrize("content", ENCODED.values(), ids=ENCODED)
def test_a_file_is_read_however_it_was_saved(open_worker, content):
    worker = open_worker(content)
    assert worker.load_fault is None
    assert_answers(worker)


def test_a_notebook_is_never_run_whole(open_worker):
    cell = {"cell_type": "code", "source": GOOD + "\nraise RuntimeError('training')\n"}
    worker = open_worker(json.dumps({"cells": [cell]}))
    assert (worker.whole, worker.load_fault) == (False, None)
    assert_answers(worker)


def test_a_class_that_is_not_there_is_said_to_be_missing(open_worker):
    fault = fault_of(open_worker(GOOD), "Missing")
    assert (fault.outcome, "Missing" in fault.message) == ("no_class", True)


def test_the_process_of_student_code_gets_no_environment_of_ours(open_worker):
    worker = open_worker(with_bad("import os; raise ValueError(','.join(sorted(os.environ)))"))
    names = set(fault_of(worker).message.removeprefix("ValueError: ").split(","))
    assert set(ENVIRONMENT) <= names
    assert "PATH" in os.environ
    assert names.isdisjoint({"PATH", "HOME", "USER", "PYTEST_VERSION"})


def test_the_process_of_student_code_has_never_loaded_the_equations(open_worker):
    body = "import sys; raise ValueError([m for m in sys.modules if m.partition('.')[0] in {'assignment', 'labs'}])"
    assert fault_of(open_worker(with_bad(body))).message == "ValueError: []"


def test_student_code_works_in_an_empty_folder_that_is_gone_afterwards(open_worker):
    body = "import os; before = os.listdir('.'); open('left', 'w').close(); raise ValueError(before + os.listdir('.'))"
    worker = open_worker(with_bad(body))
    assert fault_of(worker).message == "ValueError: ['left']"
    assert os.path.isdir(worker.folder)
    worker.close()
    assert not os.path.exists(worker.folder)


def test_hostile_questions_leave_no_descriptor_open(open_worker):
    worker = open_worker(with_bad("import os; os._exit(0)"))
    fault_of(worker)
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(5):
        fault_of(worker)
    assert len(os.listdir("/proc/self/fd")) == before


def test_an_array_that_the_answer_lacks_is_the_students_fault():
    with pytest.raises(StudentFault) as raised:
        Answer({"again": X})["output"]
    assert raised.value.outcome == "bad_answer"


SPEC = ClassSpec("Good", sizes=(), hidden_size=2, layers={"W": (2, 2)})
TOLD = {"tensors": {"W.weight": [2, 2]}, "linear": {"W": [2, 2]}, "shared": [], "library": []}
LOCATED = {"targets": {"Good.forward:h": {"line": 3, "blank": False}}, "library": [], "differing": []}


def module_told(told):
    """A Module whose worker answers every question with the same facts."""
    worker = SimpleNamespace(ask=lambda *_, **__: ({}, told))
    return Module(worker, worker, {"Good": SPEC}, ["Good.forward:h"])


def test_facts_of_the_agreed_form_are_taken():
    assert Description.checked(TOLD).layer_names == {"W"}
    module = module_told(LOCATED)
    assert (module.fault, module.line("Good.forward:h"), module.is_blank("Good.forward:h")) == (None, 3, False)
    assert module.differing_classes(b"") == []


@pytest.mark.parametrize("key", ["tensors", "linear", "shared", "library"])
@pytest.mark.parametrize("value", [None, 7, float("inf"), "text", [1], [[7]], {"W": 7}, {"W": [float("inf"), 1]}])
def test_a_description_of_another_form_is_a_bad_answer_or_harmless(key, value):
    with contextlib.suppress(StudentFault):  # and nothing else
        described = Description.checked(TOLD | {key: value})
        assert all(isinstance(name, str) for name in (*described.layer_names, *described.library))
        assert all(isinstance(name, str) for names in described.shared for name in names)


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


@pytest.mark.parametrize("line", [float("inf"), -1, 0, "3", None, 10**9])
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


# A child that has read a file goes on to run it


@pytest.fixture
def read_and_run(zygote):
    """read_and_run(source) -> (a Worker that reads, a Worker that will run in its child); closed at the end."""
    with contextlib.ExitStack() as opened:

        def open_both(source):
            reader = opened.enter_context(Worker(zygote, "m.py", source, LONG, run=False))
            return reader, opened.enter_context(Worker(zygote, "m.py", source, LONG, reader=reader))

        yield open_both


def test_a_readers_child_goes_on_to_run_the_file_and_the_reader_gets_a_new_one(read_and_run):
    reader, worker = read_and_run(GOOD.encode())
    reader.ask("locate", targets=[], classes=[])
    child = reader.child
    worker.load()
    assert worker.child is child
    assert reader.child is None
    assert_answers(worker)
    reader.ask("locate", targets=[], classes=[])
    assert reader.child is not child


def test_a_reader_whose_child_has_ended_hands_nothing_over(read_and_run):
    reader, worker = read_and_run(GOOD.encode())
    reader.stop_child()
    worker.load()
    assert_answers(worker)


def test_nothing_of_a_file_has_run_when_its_reader_answers(read_and_run):
    source = b"import os\nos._exit(0)\nclass Cell:\n    def forward(self):\n        z = ...\n"
    reader, worker = read_and_run(source)
    _, told = reader.ask("locate", targets=["Cell.forward:z"], classes=["Cell"])
    assert told["targets"]["Cell.forward:z"] == {"line": 5, "blank": True}
    worker.load()
    assert worker.load_fault.outcome == "crashed"
