"""How long an answer is waited for: the child's own time, so that a busy machine is no student's fault."""

import os
import selectors
import time

from grading.sandbox import wire

BACKSTOP = 5  # times the limit, whatever the child's own time says
LOOK_AGAIN = 0.2  # seconds
WORKING = {"R", "D"}  # runs or waits for a processor; waits for a disk


class Deadline:
    """Writes to and reads from pipes whose other end may never move again.  Raises TimeoutError past its time.

    The time is over when `seconds` have passed and the child sleeps, or has had `seconds` of a processor; and after
    `BACKSTOP` times as long in any case.

    look    gives the child's (state, processor seconds), or None where it can't be told: then time passes by the clock
    """

    def __init__(self, seconds, look=lambda: None, clock=time.monotonic):
        self.seconds, self.look, self.clock = seconds, look, clock
        self.started, self.before = clock(), look()

    def wait_for(self, descriptor, event):
        with selectors.DefaultSelector() as selector:
            selector.register(descriptor, event)
            while not selector.select(self.next_look()):
                if self.is_over():
                    raise TimeoutError
        if self.clock() - self.started >= BACKSTOP * self.seconds > 0:  # an answer that comes byte by byte ends, too
            raise TimeoutError

    def next_look(self):
        """Seconds until it is worth asking whether the time is over."""
        left = self.started + self.seconds - self.clock()
        return left if left > 0 else LOOK_AGAIN if self.child_lacks_time() else 0.0

    def is_over(self):
        passed = self.clock() - self.started
        return passed >= self.seconds and (passed >= BACKSTOP * self.seconds or not self.child_lacks_time())

    def child_lacks_time(self):
        """Whether the child works, and has not had its time of a processor yet."""
        now = self.look()
        if now is None or self.before is None:
            return False
        state, used = now
        return state in WORKING and used - self.before[1] < self.seconds

    def write(self, descriptor, content):
        os.set_blocking(descriptor, False)
        content = memoryview(content)
        while content:
            self.wait_for(descriptor, selectors.EVENT_WRITE)
            content = content[os.write(descriptor, content) :]

    def receive(self, descriptor):
        """(arrays, facts) of one message.  Raises BadMessage too."""
        (length,) = wire.LENGTH.unpack(self.read(descriptor, wire.LENGTH.size))
        if length > wire.ANSWER_LIMIT:
            raise wire.BadMessage("too large")
        return wire.decode(self.read(descriptor, length))

    def read(self, descriptor, length):
        parts = []
        while length:
            self.wait_for(descriptor, selectors.EVENT_READ)
            part = os.read(descriptor, min(length, 1 << 16))
            if not part:
                raise wire.BadMessage("cut off")
            parts.append(part)
            length -= len(part)
        return b"".join(parts)


def look_at(pid):
    """(state, processor seconds) of a process, from its line in /proc (proc_pid_stat(5)); None where there is none."""
    if pid is None:
        return None
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            fields = file.read().rpartition(b")")[2].split()  # what stands before may hold any character
    except OSError:
        return None
    return fields[0].decode(), (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def process_behind(descriptor):
    """The process id, as seen from here, that a pidfd stands for; None where that can't be told."""
    try:
        with open(f"/proc/self/fdinfo/{descriptor}") as file:
            found = [int(line.split()[1]) for line in file if line.startswith("Pid:")]
    except OSError:
        return None
    return found[0] if found and found[0] > 0 else None
