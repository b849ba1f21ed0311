"""Each layer of the sandbox alone: an attack that wins where the layer is switched off, and fails where it stands.

Beside the layer that is tried, the sandboxes here have a user namespace at most, which takes rights from nobody: what
stops the attack is the layer.
"""

import contextlib
import os
import select
import shutil
import signal
import socket
import subprocess
import textwrap
from pathlib import Path

import pytest

from grading.room import REPOSITORY
from grading.sandbox.layers import LAYERS
from grading.sandbox.worker import Worker, Zygote

LONG = 20.0  # seconds: for what ends, on a busy machine
WITNESS = ("unshare", "--user", "--map-root-user", "--net", "--pid", "--mount", "--ipc", "--uts", "--fork", "true")
SECRET = REPOSITORY / "assignment" / "equations.py"


def machine_gives_namespaces():
    """Whether another program than ours can make namespaces here."""
    if shutil.which(WITNESS[0]) is None:
        return False
    return subprocess.run(WITNESS, check=False, capture_output=True).returncode == 0


pytestmark = pytest.mark.skipif(not machine_gives_namespaces(), reason="`unshare` can't make namespaces here, either")


@pytest.fixture(scope="module")
def sandbox():
    """sandbox(*layers) -> a zygote with these layers and no other; made once for all tests."""
    started = {}

    def with_layers(*layers):
        key = frozenset(layers)
        if key not in started:
            started[key] = Zygote(without=[name for name in LAYERS if name not in key])
            assert set(started[key].missing) == LAYERS.keys() - key, started[key].missing
        return started[key]

    yield with_layers
    for zygote in started.values():
        zygote.close()


@pytest.fixture(scope="module")
def server():
    """The port of a server on this machine."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def wins(zygote, attack):
    """Whether an attack reaches its goal: then it raises Won; else it fails with another error."""
    source = "class Won(Exception): pass\n" + textwrap.dedent(attack)
    with Worker(zygote, "GRU_skeleton.py", source.encode(), LONG) as worker:
        assert worker.load_fault is not None
        return worker.load_fault.message.startswith("Won")


READ = f"open({str(SECRET)!r}).read(); raise Won"
CONNECT = "import socket; socket.create_connection(('127.0.0.1', PORT), 5); raise Won"
MOUNT = """
import ctypes
kernel = ctypes.CDLL(None)
assert kernel.unshare(0x00020000) == 0 and kernel.mount(b"won", b"/tmp", b"tmpfs", 0, None) == 0
raise Won
"""
ATTACKS = {
    "user": {"acts_in_our_namespace": f"import os\nassert os.readlink('/proc/self/ns/user') == "
             f"{os.readlink('/proc/self/ns/user')!r}\nraise Won"},
    "files": {"reads_the_solution": READ, "lists_the_machine": "import os; os.listdir('/home'); raise Won",
              "writes_a_file": "open(VICTIM, 'w'); raise Won"},
    "network": {"connects": CONNECT},
    "hostname": {"reads_the_name": f"import os\nassert os.uname().nodename == {os.uname().nodename!r}\nraise Won"},
    "processes": {"signals_its_parent": "import os\nassert os.getppid()\nos.kill(os.getppid(), 0); raise Won"},
    "scratch": {"fills_the_disk": "for name in 'ab': open(name, 'wb').write(bytes(10**7))\nraise Won",
                "fills_the_inodes": "for name in range(300): open(str(name), 'w').close()\nraise Won"},
    "memory": {"takes_3_gb": "import mmap; kept = mmap.mmap(-1, 3 << 30); raise Won"},
    "limits": {"opens_100_files": "import os; kept = [os.dup(0) for _ in range(100)]; raise Won",
               "writes_a_large_file": "import os; os.ftruncate(os.open('a', os.O_RDWR | os.O_CREAT), 10**8); raise Won",
               "runs_for_ever": "import resource as r\nassert r.getrlimit(r.RLIMIT_CPU)[1] < 0\nraise Won"},
    "privacy": {"reads_its_parent": "import os; open(f'/proc/{os.getppid()}/mem', 'rb'); raise Won"},
    "privileges": {"mounts": MOUNT,
                   "may_become_root": "import ctypes\nassert ctypes.CDLL(None).prctl(39, 0, 0, 0, 0) == 0\nraise Won"},
    "landlock": {"reads_the_solution": READ, "connects": CONNECT,
                 "runs_a_program": "import subprocess; subprocess.run(['/bin/true'], check=True); raise Won",
                 "writes_elsewhere": "import os; os.remove(VICTIM); raise Won"},
    "calls": {"forks": "import os\nif os.fork() == 0: os._exit(0)\nraise Won",
              "hides_memory": "import os; os.memfd_create('won'); raise Won",
              "makes_namespaces": "import ctypes\nassert ctypes.CDLL(None).unshare(0x10000000) == 0\nraise Won",
              "opens_a_socket": "import socket; socket.socket(); raise Won",
              "signals_others": "import os; os.kill(os.getppid(), 0); raise Won",
              "raises_its_limits": "import resource as r; r.setrlimit(r.RLIMIT_CORE, (0, 0)); raise Won",
              "uses_old_numbers": "import ctypes\nassert ctypes.CDLL(None).syscall(0x40000000 + 39) > 0\nraise Won",
              "runs_a_program": "import os; os.posix_spawn('/bin/true', ['true'], {}); raise Won"},
}  # fmt: skip
NO_CONTROL = {("calls", "uses_old_numbers")}  # this kernel may have no such calls to begin with
CASES = [(layer, name) for layer, attacks in ATTACKS.items() for name in attacks]


@pytest.mark.parametrize(("layer", "name"), CASES, ids=[f"{layer}-{name}" for layer, name in CASES])
def test_an_attack_that_wins_without_a_layer_fails_with_it(sandbox, server, tmp_path, layer, name):
    tmp_path.chmod(0o777)
    victim = tmp_path / "victim"
    before = () if layer == "user" else ("user",)
    attack = ATTACKS[layer][name]
    attack = attack.replace("PORT", str(server)).replace("VICTIM", repr(str(victim)))
    victim.touch()
    victim.chmod(0o666)
    assert not wins(sandbox(*before, layer), attack)
    if (layer, name) not in NO_CONTROL:
        assert wins(sandbox(*before), attack)


def test_shared_memory_does_not_pass_from_one_student_to_the_next(sandbox):
    create = "import ctypes\nassert ctypes.CDLL(None).shmget(4711, 4096, 0o1666) >= 0\nraise Won"
    find = """
    import ctypes
    found = ctypes.CDLL(None).shmget(4711, 0, 0)
    assert found >= 0
    ctypes.CDLL(None).shmctl(found, 0, None)  # leave nothing behind
    raise Won
    """
    with_layer, without = sandbox("user", "messages"), sandbox("user")
    assert wins(with_layer, create)
    assert not wins(with_layer, find)
    assert wins(without, create)
    assert wins(without, find)


def test_a_file_does_not_pass_from_one_child_to_the_next(sandbox):
    leave_or_find = "import os\nfound = os.path.exists('left')\nopen('left', 'w')\nassert found\nraise Won"
    for zygote, passes in ((sandbox("user", "scratch"), False), (sandbox("user"), True)):
        with Worker(zygote, "GRU_skeleton.py", b"", LONG) as worker:
            messages = []
            for _ in range(2):
                worker.content = b"class Won(Exception): pass\n" + leave_or_find.encode()
                worker.whole = True
                worker.load()
                messages.append(worker.load_fault.message)
        assert messages[1].startswith("Won") is passes


BOMB = """
import os, signal
started = []
try:
    for _ in range(60):
        pid = os.fork()
        if pid == 0:
            signal.pause()
        started.append(pid)
finally:
    for pid in started:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
raise Won
"""


def test_a_fork_bomb_ends_at_the_limit_of_processes(sandbox):
    no_root = ("account", "files", "user")  # root has no such limit
    assert not wins(sandbox(*no_root, "limits"), BOMB)
    assert wins(sandbox(*no_root), BOMB)


def account_of(zygote):
    """The accounts (real, effective, saved, of files) that a child has in the eyes of this machine."""
    with Worker(zygote, "GRU_skeleton.py", b"", LONG) as worker:
        status = Path(f"/proc/{worker.child.outer_pid}/status").read_text()
    return {int(number) for line in status.splitlines() if line.startswith("Uid:") for number in line.split()[1:]}


def test_student_code_is_never_root_on_this_machine(sandbox):
    assert 0 not in account_of(sandbox("account", "files", "user"))
    if os.geteuid() == 0:
        assert account_of(sandbox("user")) == {0}


@pytest.mark.parametrize(("layers", "dies"), [(("user", "lifetime"), True), (("user",), False)])
def test_a_child_dies_with_its_zygote(sandbox, layers, dies):
    zygote = sandbox(*layers)
    with Worker(zygote, "GRU_skeleton.py", b"", LONG) as worker:
        child = os.pidfd_open(worker.child.outer_pid)
        try:
            zygote.process.kill()
            zygote.process.wait()
            assert select.select([child], [], [], LONG if dies else 0)[0] == ([child] if dies else [])
        finally:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(child, signal.SIGKILL)
            os.close(child)


@pytest.fixture
def lifeline(tmp_path):
    """A pipe in the file system: (its path, a descriptor that has something to read when the writer is gone)."""
    path = tmp_path / "lifeline"
    os.mkfifo(path)
    reading = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    yield path, reading
    os.close(reading)


@pytest.mark.parametrize(
    ("first", "layers", "dies"),
    [
        ("pass", ("user",), True),
        ("os.setsid()", ("user", "processes"), True),
        ("os.setsid()", ("user",), False),
    ],
    ids=["in_its_session", "in_a_session_of_its_own", "without_the_layer"],
)
def test_all_that_student_code_started_dies_with_the_child(sandbox, lifeline, first, layers, dies):
    path, reading = lifeline
    source = f"""
    import os, signal
    if os.fork() == 0:
        {first}
        held = os.open({str(path)!r}, os.O_WRONLY)
        os.write(held, b"%d" % os.getpid())
        signal.pause()
    """
    with Worker(sandbox(*layers), "GRU_skeleton.py", textwrap.dedent(source).encode(), LONG) as worker:
        assert select.select([reading], [], [], LONG)[0] == [reading]
        started = int(os.read(reading, 100))
        assert select.select([reading], [], [], 0)[0] == []  # it lives
        worker.stop_child()
        assert select.select([reading], [], [], LONG if dies else 0)[0] == ([reading] if dies else [])
    if not dies:
        os.kill(started, signal.SIGKILL)
