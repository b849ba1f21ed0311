"""Namespaces of the kernel: what is in one sees nothing of what is outside (namespaces(7), user_namespaces(7))."""

import os
import signal

from grading.sandbox import kernel

NEW_MOUNTS, NEW_HOSTNAME, NEW_MESSAGES = 0x00020000, 0x04000000, 0x08000000
NEW_USER, NEW_PROCESSES, NEW_NETWORK = 0x10000000, 0x20000000, 0x40000000
NOBODY = 65534


def unshare(flags):
    kernel.call("unshare", flags)


def become_nobody():
    """Leave root for good, groups included.  Raises OSError."""
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)


def enter_user_namespace(processes):
    """A user namespace with one account in it.  Takes a descriptor of the machine's /proc.  Raises OSError."""
    user, group = os.geteuid(), os.getegid()
    # A process that has changed its account does not own its own entry in /proc, and could not write the maps.
    kernel.process_control(kernel.PR_SET_DUMPABLE, 1)
    unshare(NEW_USER)
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{NOBODY} {user} 1"),
        ("gid_map", f"{NOBODY} {group} 1"),
    ):
        descriptor = os.open(f"self/{name}", os.O_WRONLY, dir_fd=processes)
        try:
            os.write(descriptor, text.encode())
        finally:
            os.close(descriptor)


def forget_hostname():
    unshare(NEW_HOSTNAME)
    name = b"sandbox"
    kernel.call("sethostname", name, len(name))


def become_first_process():
    """Go on as process 1 of new process ids; the process that was there waits, and ends with it."""
    unshare(NEW_PROCESSES)
    pid = os.fork()
    if pid:
        os.closerange(3, 256)
        os._exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) & 0xFF)
    die_with_parent()


def die_with_parent():
    kernel.process_control(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)


class ChildProcesses:
    """Forks children, each of which is process 1 of process ids of its own if `apart`."""

    def __init__(self, apart):
        self.own = os.pidfd_open(os.getpid()) if apart else None

    def fork(self):
        if self.own is None:
            return os.fork()
        unshare(NEW_PROCESSES)
        pid = os.fork()
        if pid:
            kernel.call("setns", self.own, NEW_PROCESSES)
        else:
            os.close(self.own)
        return pid
