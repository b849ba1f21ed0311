"""Student code behind a worker: whatever it does, there is a fault with a name, and the next question is answered."""

import os
import select

import numpy as np
import pytest

from grading.sandbox.wire import encode
from grading.sandbox.worker import ENVIRONMENT, Answer, StudentFault
from tests.grading.student_code import GOOD, LONG, SHORT, WEIGHT, H, X, ask_step, assert_answers, fault_of, with_bad


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


def test_an_array_that_the_answer_lacks_is_the_students_fault():
    with pytest.raises(StudentFault) as raised:
        Answer({"again": X})["output"]
    assert raised.value.outcome == "bad_answer"
