"""The layers in their order: those that all children share, then those that each child puts up around itself."""

import json
import os
import select

from grading.sandbox import landlock, limits, namespaces, privileges, seccomp, view
from grading.sandbox.layers import LayerFault, layer

REPORT_SECONDS = 20  # for a child to put up its layers, on a machine under load
REPORT_LENGTH = 1024
# Root can see the files that are to be shown, and is root no more after that; others need a user namespace first.
AS_ROOT = ("files", "network", "hostname", "account", "user", "processes")
AS_OTHERS = ("user", "files", "network", "hostname", "processes")


def put_up_shared(wanted, processes, ready_made):
    """Put up what all children share, as far as it is wanted.  Raises LayerFault.

    processes    a descriptor of the machine's /proc, or None
    ready_made   the layers that another program, bubblewrap, has put up already
    """
    steps = {
        "user": lambda: namespaces.enter_user_namespace(processes),
        "files": view.enter_view,
        "network": lambda: namespaces.unshare(namespaces.NEW_NETWORK),
        "hostname": namespaces.forget_hostname,
        "account": leave_root,
        "processes": namespaces.become_first_process,
    }
    for name in AS_ROOT if os.geteuid() == 0 else AS_OTHERS:
        if name in wanted and name not in ready_made:
            with layer(name):
                steps[name]()
    if "files" in ready_made:
        os.chdir(view.SCRATCH)
        os.environ.pop("PWD", None)  # bubblewrap's
    if "privacy" in wanted:
        with layer("privacy"):
            privileges.hide_memory()


def count_running(wanted, processes):
    """The threads that count against a child's limit before it has started any; ask before the walls are up."""
    if "limits" not in wanted or ("user" in wanted and limits.counts_apart()):
        return 0
    root_leaves = os.geteuid() == 0 and "account" in wanted
    with layer("limits"):
        return limits.running_threads(processes, namespaces.NOBODY if root_leaves else os.geteuid())


def leave_root():
    """Be nobody from now on.  Raises OSError, also where Python lies in a folder that only root can enter."""
    folders = view.python_folders()
    namespaces.become_nobody()
    for folder in folders:
        os.listdir(folder)


class ChildWalls:
    """Forks children, each with its own layers around it."""

    def __init__(self, wanted, processes, running):
        self.wanted, self.processes = wanted, processes
        with layer("processes"):
            self.children = namespaces.ChildProcesses(apart="processes" in wanted)
        self.running = running
        with layer("landlock"):
            self.readable = [path for paths in view.readable() for path in paths] if "landlock" in wanted else []
        self.mapped = limits.mapped_bytes(processes)

    def measure(self):
        """Note how much memory a child is born with, and forget the machine's /proc."""
        self.mapped = limits.mapped_bytes(self.processes)
        if self.processes is not None:
            os.close(self.processes)
        self.processes = None

    def try_in_a_child(self, control):
        """Put up every layer in a child that does nothing else.  Raises LayerFault."""
        folder = os.open(".", os.O_RDONLY)
        pid, report = self.fork(control, folder, lambda: None)
        os.close(folder)
        os.waitpid(pid, 0)
        if report:
            raise LayerFault(**report)

    def fork(self, control, folder, work):
        """(process id, {} or the layer that failed and the reason) of a child that goes on to `work`.

        The child tells on a pipe that is closed before `work` begins: nothing that `work` does can be taken for it.
        """
        reading, writing = os.pipe()
        pid = self.children.fork()
        if pid == 0:
            try:
                control.close()
                os.close(reading)
                self.enclose_and_tell(folder, writing)
                work()
            finally:
                os._exit(0)
        os.close(writing)
        report = read_report(reading)
        os.close(reading)
        return pid, report

    def enclose_and_tell(self, folder, report):
        """In the new child: put up its layers and say that they stand, or end."""
        try:
            self.enclose(folder)
        except LayerFault as fault:
            os.write(report, json.dumps({"layer": fault.layer, "reason": fault.reason}).encode())
            os._exit(1)
        os.write(report, b"{}")
        os.close(report)

    def enclose(self, folder):
        """Everything between the new child and this machine.  Raises LayerFault."""
        os.setsid()
        leave_streams()
        if "files" not in self.wanted:  # else the folder is not there to be seen
            os.fchdir(folder)
        os.close(folder)
        folder = os.getcwd()
        steps = {
            "lifetime": namespaces.die_with_parent,
            "messages": lambda: namespaces.unshare(namespaces.NEW_MESSAGES),
            "scratch": lambda: view.enter_scratch(folder),
            "memory": lambda: limits.limit_memory(self.mapped),
            "limits": lambda: limits.limit_use(self.running),
            "privileges": privileges.give_up,
            "landlock": lambda: landlock.lock(self.readable, [folder, *view.DEVICES]),
            "calls": seccomp.filter_calls,
        }
        for name, put_up in steps.items():
            if name in self.wanted:
                with layer(name):
                    put_up()


def leave_streams():
    """No terminal, no input; what is printed is lost."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)


def read_report(descriptor):
    """What a child says of its layers, before any student's code is in it: {} where all of them stand."""
    if not select.select([descriptor], [], [], REPORT_SECONDS)[0]:
        return {"layer": "lifetime", "reason": "a child did not say in time that its layers stand"}
    report = os.read(descriptor, REPORT_LENGTH)
    return json.loads(report) if report else {"layer": "lifetime", "reason": "a child ended while it put up its layers"}
