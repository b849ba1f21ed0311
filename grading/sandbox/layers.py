"""The layers around student code: their names, what each gives, and the fault of one that can't be had."""

from contextlib import contextmanager

MEMORY = 1536 << 20  # bytes that a child may map beyond what it was born with: see `limits`
SCRATCH = 16 << 20  # bytes of a child's own folder

LAYERS = {
    "account": "it runs as an ordinary account, never as root",
    "user": "a user namespace: what it may do there counts nowhere else",
    "files": "it sees Python's libraries, read-only, and no other file of this machine",
    "network": "no network, not even this machine's own",
    "hostname": "it does not learn this machine's name",
    "processes": "it sees and signals no process but its own, and all that it starts dies with it",
    "messages": "shared memory and message queues of its own",
    "scratch": f"one writable folder, of {SCRATCH >> 20} MB in memory, gone with it",
    "lifetime": "it dies with the process that started it",
    "memory": f"{MEMORY / (1 << 30):g} GB of memory at most",
    "limits": "processor time, processes, open files and file sizes are bounded",
    "privacy": "the memory of the process that started it can't be read",
    "privileges": "no capabilities, and no way to new ones",
    "landlock": "Landlock: the kernel's second lock on files, programs and TCP",
    "calls": "a filter that lets through only the system calls that a lesson needs",
}


class LayerFault(Exception):
    """A layer that could not be put up: its name and why."""

    def __init__(self, layer, reason):
        super().__init__(layer, reason)
        self.layer, self.reason = layer, reason


@contextmanager
def layer(name):
    """Whatever fails inside is the fault of this layer.  Raises LayerFault."""
    try:
        yield
    except (OSError, ValueError, AttributeError) as reason:  # the last: this Python does not have the call
        text = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
        raise LayerFault(name, text[:200]) from None
