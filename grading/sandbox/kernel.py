"""The kernel's calls that Python has no words for, by ctypes.  Nothing is looked up before it is used, so that this
can be imported on a system that has none of them."""

import ctypes
import errno
import functools
import os
import platform

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_CAPBSET_DROP = 1, 4, 22, 24
PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 38, 47, 4


@functools.cache
def library():
    return ctypes.CDLL(None, use_errno=True)


def call(name, *arguments):
    """What the C library's `name` returns.  Raises OSError, with the call's name."""
    function = getattr(library(), name, None)
    if function is None:
        raise OSError(errno.ENOSYS, f"{name}: this system does not have it")
    function.restype = ctypes.c_long
    ctypes.set_errno(0)
    result = function(*[ctypes.c_long(given) if isinstance(given, int) else given for given in arguments])
    if result == -1 and ctypes.get_errno():
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
    return result


def system_call(what, number, *arguments):
    """A call that the C library has no function for: the same, by its number.  Raises OSError."""
    if platform.system() != "Linux":
        raise OSError(errno.ENOSYS, f"{what}: not Linux")
    try:
        return call("syscall", number, *arguments)
    except OSError as reason:
        raise OSError(reason.errno, f"{what}: {os.strerror(reason.errno)}") from None


def process_control(option, *arguments):
    """prctl(2), with the zeros that some options ask for.  Raises OSError."""
    if platform.system() != "Linux":
        raise OSError(errno.ENOSYS, "prctl: not Linux")
    return call("prctl", option, *arguments, *[0] * (4 - len(arguments)))
