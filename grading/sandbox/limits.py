"""Limits on what a child may use.  A limit can be lowered by student code, and never raised again."""

import os
import re
import resource

from grading.sandbox.layers import MEMORY

CPU_SECONDS = 120
FILE_BYTES = 16 * 1024 * 1024
OPEN_FILES = 64
PROCESSES = 32  # threads count, too
UNKNOWN_SIZE = 4 << 30  # bytes; where the system does not tell how much is mapped


def limit_memory(mapped):
    """`mapped`: the bytes of virtual memory that the process has now.

    What may come on top is more than an endless loop over a graph of gradients takes in the time of one question
    (95 MB a second were seen), so that it is told as what it is.
    """
    limit(resource.RLIMIT_AS, mapped + MEMORY)


def limit_use(running):
    """`running`: the processes and threads that the same account runs already, which count, too."""
    limit(resource.RLIMIT_CPU, CPU_SECONDS)
    limit(resource.RLIMIT_FSIZE, FILE_BYTES)
    limit(resource.RLIMIT_NOFILE, OPEN_FILES)
    limit(resource.RLIMIT_CORE, 0)
    limit(resource.RLIMIT_NPROC, running + PROCESSES)


def limit(what, value):
    hard = resource.getrlimit(what)[1]
    resource.setrlimit(what, (value, value) if hard == resource.RLIM_INFINITY else (min(value, hard),) * 2)


def mapped_bytes(processes):
    """This process's virtual memory, in bytes; `processes` is a descriptor of /proc, or None."""
    if processes is None:
        return UNKNOWN_SIZE
    try:
        descriptor = os.open("self/statm", os.O_RDONLY, dir_fd=processes)
    except OSError:
        return UNKNOWN_SIZE
    with os.fdopen(descriptor) as file:
        return int(file.read().split()[0]) * resource.getpagesize()


def running_threads(processes, account):
    """How many threads an account runs; `processes` is a descriptor of /proc, or None."""
    if processes is None:
        return 0
    count = 0
    descriptor = os.open(".", os.O_RDONLY, dir_fd=processes)  # one that may be listed
    try:
        for name in filter(str.isdecimal, os.listdir(descriptor)):
            try:
                status = os.stat(f"{name}/task", dir_fd=descriptor)
                count += status.st_nlink - 2 if status.st_uid == account else 0  # a folder for each thread
            except OSError:  # it has ended meanwhile
                continue
    finally:
        os.close(descriptor)
    return count


def counts_apart():
    """Whether this kernel counts the processes of a user namespace by themselves, as Linux does from 5.14 on."""
    return tuple(int(part) for part in re.findall(r"\d+", os.uname().release)[:2]) >= (5, 14)
