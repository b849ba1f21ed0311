"""Start the process that forks children, with every layer that this machine gives, and remember what it does not."""

import json
import os
import socket
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from grading.sandbox import bubblewrap
from grading.sandbox.layers import LAYERS

START_LIMIT = 120  # seconds to import torch on a machine under load
LAST_WORDS = 300  # characters of what a process said before it ended
ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONBREAKPOINT": "0",  # one that was left in is passed over
    "PYTHONHASHSEED": "0",  # sets of a student's words have one order in every zygote; -I would not read it
}
MACOS = {"OBJC_DISABLE_INITIALIZE_FORK_SAFETY": "YES"}  # else a child that was forked after an import is ended
MESSAGE_LENGTH = 1024


class StartFault(RuntimeError):
    """The process did not start, for a reason that no missing layer explains."""


@dataclass(frozen=True)
class Started:
    """The process, the socket to it, who put up the outer walls, and the layers that are missing: name -> reason."""

    process: subprocess.Popen
    control: socket.socket
    walls: str
    missing: dict

    def close(self):
        self.control.close()
        self.process.kill()
        self.process.wait()


def start(purpose="serve", without=(), walls=None):
    """The process with every layer that can be had here: Started.  Raises StartFault.

    purpose   "serve": import torch and fork; "try": put the layers up in one child, and end
    without   layers that are left out on purpose
    walls     "bubblewrap" or "kernel": who puts up the outer walls; default: bubblewrap where it is of use
    """
    missing = dict.fromkeys(without, "switched off")
    if walls is None:
        walls = "bubblewrap" if bubblewrap.can_be_used() and not missing else "kernel"
    while True:
        with tempfile.TemporaryFile() as errors:
            try:
                process, control = spawn(purpose, [name for name in LAYERS if name not in missing], walls, errors)
            except ValueError:  # bubblewrap can't be told what to show; asked by the kernel's calls, a layer says why
                walls = "kernel"
                continue
            said = first_message(control)
            if said.get("ready"):
                return Started(process, control, walls, missing)
            Started(process, control, walls, missing).close()
            why = last_line(errors)
        if said.get("missing") in LAYERS and said["missing"] not in missing:
            missing[said["missing"]] = str(said.get("reason"))
        elif walls == "bubblewrap":
            walls, missing = "kernel", dict.fromkeys(without, "switched off")
        else:
            raise StartFault(f"the process that runs student code does not start: {why}")


def last_line(errors):
    """The last thing that a process wrote to its errors, which was our own code's: nothing of a student's has run."""
    errors.seek(0)
    lines = errors.read().decode(errors="replace").split("\n")
    told = [line.strip() for line in lines if line.strip()] or ["it ended, or kept still, without a word"]
    return "".join(c if c.isprintable() else " " for c in told[-1])[:LAST_WORDS]


def spawn(purpose, layers, walls, errors):
    """(process, our end of the socket to it).  Raises ValueError where bubblewrap can't be told what to show.

    errors   a file for what it writes to its errors before it is ready
    """
    before = bubblewrap.command() if walls == "bubblewrap" else []
    ours, theirs = socket.socketpair()
    ours.settimeout(START_LIMIT)
    processes = open_processes()
    settings = {"purpose": purpose, "layers": layers, "processes": processes}
    settings["ready_made"] = bubblewrap.LAYERS if walls == "bubblewrap" else ()
    script = str(Path(__file__).with_name("zygote.py"))
    passed = [descriptor for descriptor in (theirs.fileno(), processes) if descriptor is not None]
    try:
        process = subprocess.Popen(
            [*before, sys.executable, "-sP", script, str(theirs.fileno()), json.dumps(settings)],
            pass_fds=passed,
            env=ENVIRONMENT | (MACOS if sys.platform == "darwin" else {}),
            cwd=tempfile.gettempdir(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            start_new_session=True,  # Ctrl-C is ours to answer
        )
    finally:
        theirs.close()
        if processes is not None:
            os.close(processes)
    return process, ours


def open_processes():
    """A descriptor of /proc, for what a process can ask about itself only there; None where there is none."""
    try:
        return os.open("/proc", os.O_PATH | os.O_DIRECTORY)
    except (OSError, AttributeError):
        return None


def first_message(control):
    """What the new process says of itself; nothing, where it ends or does not speak in time."""
    try:
        return json.loads(control.recv(MESSAGE_LENGTH) or b"{}")
    except (OSError, ValueError):
        return {}


def try_layers():
    """(who puts up the outer walls, the layers that are missing here: name -> reason), by trying them, without torch.

    Raises StartFault.
    """
    started = start("try")
    started.close()
    return started.walls, started.missing
