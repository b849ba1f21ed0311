"""Landlock: a process locks itself out of files and TCP ports, for good (landlock(7)).

The numbers of its three calls are the same on every processor.
"""

import ctypes
import os
import stat

from grading.sandbox import kernel

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
VERSION_ASKED, PATH_BENEATH = 1, 1
READ_FILE, READ_FOLDER, WRITE_FILE, EXECUTE = 1 << 2, 1 << 3, 1 << 1, 1 << 0
FILE_RIGHTS = EXECUTE | WRITE_FILE | READ_FILE | 1 << 14 | 1 << 15  # the ones that a file can have; 14: truncate
DEVICES = 1 << 6 | 1 << 9 | 1 << 10 | 1 << 11  # making character devices, sockets, pipes and block devices
NETWORK, SCOPES = 0b11, 0b11  # bind and connect; abstract sockets and signals
# How many rights on files each version of the interface knows.
RIGHTS_KNOWN = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}


class PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("descriptor", ctypes.c_int32))


def version():
    """The version of the interface that this kernel has.  Raises OSError where it has none."""
    return kernel.system_call("landlock", CREATE_RULESET, None, 0, VERSION_ASKED)


def lock(readable, writable):
    """Leave this process the paths in `readable`, and the folders and devices in `writable`.  Raises OSError."""
    known = version()
    every_right = (1 << RIGHTS_KNOWN.get(known, 16)) - 1
    handled = [every_right, NETWORK if known >= 4 else 0, SCOPES if known >= 6 else 0]
    sizes = 8 * (1 if known < 4 else 2 if known < 6 else 3)
    ruleset = kernel.system_call("landlock", CREATE_RULESET, (ctypes.c_uint64 * 3)(*handled), sizes, 0)
    try:
        for path in readable:
            allow(ruleset, path, READ_FILE | READ_FOLDER, every_right)
        for path in writable:
            allow(ruleset, path, every_right & ~(EXECUTE | DEVICES), every_right)
        kernel.system_call("landlock", RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def allow(ruleset, path, rights, known):
    """One path with all that lies beneath it; one that is not there is left out."""
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
            rights &= FILE_RIGHTS
        rule = PathBeneath(rights & known, descriptor)
        kernel.system_call("landlock", ADD_RULE, ruleset, PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(descriptor)
