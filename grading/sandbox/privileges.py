"""What a child gives up for good: capabilities, and every way to get new ones (capabilities(7))."""

import ctypes
import errno

from grading.sandbox import kernel

CAPABILITY_VERSION = 0x20080522
CAPABILITIES = 64


def give_up():
    """Drop every capability, now and for whatever this process runs.  Raises OSError."""
    for capability in range(CAPABILITIES):
        try:
            kernel.process_control(kernel.PR_CAPBSET_DROP, capability)
        except OSError as reason:
            if reason.errno == errno.EINVAL:  # the kernel knows no more of them
                break
            if reason.errno != errno.EPERM:  # not ours to drop: there was none to begin with
                raise
    kernel.process_control(kernel.PR_CAP_AMBIENT, kernel.PR_CAP_AMBIENT_CLEAR_ALL)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    kernel.call("capset", header, (ctypes.c_uint32 * 6)())
    kernel.process_control(kernel.PR_SET_NO_NEW_PRIVS, 1)


def hide_memory():
    """No process of the same account can read or change this one's memory, nor its core."""
    kernel.process_control(kernel.PR_SET_DUMPABLE, 0)
