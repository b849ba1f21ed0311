"""A filter of system calls in the kernel's own little language, assembled by hand (seccomp(2), bpf(2)).

A call that is not allowed fails with EPERM.  `clone` makes threads and no processes; signals reach the process itself
and no other.
"""

import ctypes
import errno
import os
import struct

from grading.sandbox import kernel
from grading.sandbox.system_calls import ALLOWED, CONDITIONAL, HIGHEST

PROCESSORS = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}  # column of the tables, AUDIT_ARCH of the kernel
LOAD, EQUAL, GREATER, ANY_BIT, RETURN = 0x20, 0x15, 0x25, 0x45, 0x06
ALLOW, KILL, FAIL = 0x7FFF0000, 0x80000000, 0x00050000
CALL_NUMBER, PROCESSOR, FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data
FILTER_MODE = 2
CLONE_THREAD = 0x00010000
TERMINAL_QUESTIONS = (0x5401, 0x5413, 0x541B, 0x5450, 0x5451)  # TCGETS, TIOCGWINSZ, FIONREAD, FIONCLEX, FIOCLEX
NAMES_OF_THREADS = (15, 16)  # PR_SET_NAME, PR_GET_NAME


def statement(code, value, if_true=0, if_false=0):
    return struct.pack("=HBBI", code, if_true, if_false, value)


def answer(value):
    return statement(RETURN, value)


def low_half(argument):
    return FIRST_ARGUMENT + 8 * argument


def first_is_among(values):
    """Allow where the first half of an argument, which has been loaded, is one of these; else fail."""
    return b"".join(statement(EQUAL, value, 0, 1) + answer(ALLOW) for value in values) + answer(FAIL | errno.EPERM)


def conditions(pid):
    """name -> what is asked of a call's arguments before it is allowed."""
    own = statement(LOAD, low_half(0)) + first_is_among([pid])
    return {
        "clone": statement(LOAD, low_half(0))
        + statement(ANY_BIT, CLONE_THREAD, 0, 1)
        + answer(ALLOW)
        + answer(FAIL | errno.EPERM),
        "clone3": answer(FAIL | errno.ENOSYS),  # its flags lie in memory, where a filter can't look
        "prlimit64": (  # asking is allowed, setting is not: the third argument, both halves, is null
            statement(LOAD, low_half(2) + 4)
            + statement(EQUAL, 0, 1, 0)
            + answer(FAIL | errno.EPERM)
            + statement(LOAD, low_half(2))
            + first_is_among([0])
        ),
        "ioctl": statement(LOAD, low_half(1)) + first_is_among(TERMINAL_QUESTIONS),
        "prctl": statement(LOAD, low_half(0)) + first_is_among(NAMES_OF_THREADS),
        "kill": own,
        "tgkill": own,
        "tkill": own,
    }


def assemble(machine, pid):
    """The filter, as the kernel reads it, for a process with this id.  Raises OSError on another processor."""
    if machine not in PROCESSORS:
        raise OSError(errno.ENOSYS, f"no table of system calls for {machine}")
    column, processor = PROCESSORS[machine]
    parts = [statement(LOAD, PROCESSOR), statement(EQUAL, processor, 1, 0), answer(KILL), statement(LOAD, CALL_NUMBER)]
    for name, body in conditions(pid).items():
        parts += [statement(EQUAL, CONDITIONAL[name][column], 0, len(body) // 8), body]
    for numbers in ALLOWED.values():
        if numbers[column] is not None:
            parts += [statement(EQUAL, numbers[column], 0, 1), answer(ALLOW)]
    parts += [statement(GREATER, HIGHEST, 0, 1), answer(FAIL | errno.ENOSYS), answer(FAIL | errno.EPERM)]
    return b"".join(parts)


def filter_calls():
    """Put the filter before this process, for good; needs `no new privileges`.  Raises OSError."""
    code = assemble(os.uname().machine, os.getpid())
    program = ctypes.create_string_buffer(code, len(code))
    described = struct.pack("HxxxxxxP", len(code) // 8, ctypes.addressof(program))
    kernel.process_control(kernel.PR_SET_SECCOMP, FILTER_MODE, ctypes.create_string_buffer(described))
