"""Put up the walls, import torch once, then fork a child for each request: 40 ms in place of 3 s.

Started as `python -sP zygote.py CONTROL SETTINGS` with an empty environment by `launch.start`.  CONTROL is a Unix
socket.  The first message on it says that every layer that was asked for stands, tried in a child of the same make,
or names the one that can't be had, and why.  Then a message `fork` comes with three descriptors (requests, answers,
working folder) and is answered by the child's process id, with a descriptor of the process, after the child has said
that every layer stands for it, too, and before a student's code is in it; `reap PID` kills the child with all that it
started, says so, and collects it.
"""

import gc
import json
import os
import signal
import socket
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

REPOSITORY = str(Path(__file__).resolve().parents[2])


def main():
    control, settings = socket.socket(fileno=int(sys.argv[1])), json.loads(sys.argv[2])
    sys.path.insert(0, REPOSITORY)
    from grading.sandbox import huge_pages, walls
    from grading.sandbox.layers import LayerFault

    wanted, processes = frozenset(settings["layers"]), settings["processes"]
    try:
        running = walls.count_running(wanted, processes)
        walls.put_up_shared(wanted, processes, settings["ready_made"])
        children = walls.ChildWalls(wanted, processes, running)
        children.try_in_a_child(control)
    except LayerFault as fault:
        control.send(json.dumps({"missing": fault.layer, "reason": fault.reason}).encode())
        return
    if settings["purpose"] == "try":
        control.send(b'{"ready": true}')
        return
    child = import_child()
    child.warm_up()
    tempfile.tempdir = None  # each child finds its own
    walls.leave_streams()  # the file of our errors is no child's to write to
    gc.collect()
    gc.freeze()
    huge_pages.gather(children.processes)
    children.measure()
    control.send(b'{"ready": true}')
    serve(control, children, child)


def serve(control, children, child):
    """Fork and reap until the socket ends."""
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 64, 3)
        if not message:
            return
        if message == b"fork":
            fork(control, children, child, *descriptors)
            for descriptor in descriptors:
                os.close(descriptor)
        else:
            pid = int(message.split()[1])
            kill(pid)
            control.send(b"killed")
            collect(pid)  # while the marker goes on


def fork(control, children, child, requests, answers, folder):
    """Fork a child; answer with its process id, and a descriptor of the process where there are such."""
    pid, report = children.fork(control, folder, lambda: child.serve(requests, answers))
    if report:
        kill(pid)
        collect(pid)
        control.send(json.dumps(report).encode())
        return
    try:
        process = os.pidfd_open(pid)
    except (AttributeError, OSError):
        control.send(json.dumps({"pid": pid}).encode())
        return
    socket.send_fds(control, [json.dumps({"pid": pid}).encode()], [process])
    os.close(process)


def import_child():
    """Our half of the child; then forget where it lay, so that no student's import finds a solution there."""
    from grading.sandbox import child  # imports torch

    sys.path.remove(REPOSITORY)
    sys.path_importer_cache.clear()
    for name in [name for name in sys.modules if name.partition(".")[0] == "grading"]:
        module = sys.modules.pop(name)
        if hasattr(module, "__path__"):
            module.__path__ = []
    return child


def kill(pid):
    """Kill a child with its process group."""
    for end in (os.killpg, os.kill):
        with suppress(ProcessLookupError, PermissionError):
            end(pid, signal.SIGKILL)


def collect(pid):
    """Wait for a killed child's end."""
    with suppress(ChildProcessError):
        os.waitpid(pid, 0)


if __name__ == "__main__":
    main()
