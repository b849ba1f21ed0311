"""The whole sandbox, as a class is marked in it: what student code sees there, and what honest code can do."""

import os

import numpy as np
import pytest

from grading.sandbox import bubblewrap, launch, view, walls
from grading.sandbox import worker as trusted
from grading.sandbox.layers import LAYERS
from grading.sandbox.worker import Worker, Zygote, ZygoteFault

LONG = 20.0  # seconds


def told(open_worker, expression, before=""):
    """What an expression is worth in student code, as text."""
    worker = open_worker(f"{before}\nraise ValueError(repr({expression}))\n", time_limit=LONG)
    return worker.load_fault.message.removeprefix("ValueError: ")


def test_what_can_be_tried_here_stands_in_the_zygote_that_marks(zygote):
    assert zygote.missing == launch.try_layers()[1]


@pytest.mark.parametrize("maker", ["kernel", *(["bubblewrap"] if bubblewrap.can_be_used() else [])])
def test_the_same_layers_stand_whoever_puts_up_the_outer_ones(zygote, maker):
    started = launch.start("try", walls=maker)
    started.close()
    assert (started.walls, started.missing) == (maker, zygote.missing)


def test_student_code_holds_its_two_pipes_and_nothing_else(open_worker):
    before = """
import fcntl, os
def is_open(descriptor):
    try:
        return os.fstat(descriptor) is not None
    except OSError:
        return False
modes = [fcntl.fcntl(d, fcntl.F_GETFL) & os.O_ACCMODE for d in range(64) if is_open(d)]
"""
    assert told(open_worker, "modes", before) == repr([os.O_RDWR] * 3 + [os.O_RDONLY, os.O_WRONLY])


def test_student_code_gets_nothing_of_our_environment(open_worker):
    ours = {"LC_CTYPE", "TORCHINDUCTOR_CACHE_DIR", *launch.ENVIRONMENT}  # set by Python and by torch on their own
    assert told(open_worker, f"set(os.environ) - {ours!r}", "import os") == "set()"


def test_our_own_source_is_out_of_sight(open_worker, zygote):
    if "scratch" in zygote.missing and "landlock" in zygote.missing:
        pytest.skip("this machine gives neither layer that hides files")
    place = str(launch.__file__)
    assert told(open_worker, f"os.path.exists({place!r}) and open({place!r})", "import os") in {
        "False",
        f"PermissionError: [Errno 13] Permission denied: {place!r}",
    }


HONEST = {
    "convolution": "import torch; print(torch.nn.Conv2d(1, 2, 3)(torch.zeros(1, 1, 8, 8)).sum().backward())",
    "library_gru": "import torch; torch.nn.GRU(3, 4)(torch.zeros(2, 2, 3))[0].sum().backward()",
    "training": "import torch\nmodel = torch.nn.Linear(2, 2)\nstep = torch.optim.Adam(model.parameters())\n"
    "model(torch.ones(1, 2)).sum().backward(); step.step()",
    "linear_algebra": "import torch; torch.linalg.svd(torch.eye(9)); torch.linalg.inv(torch.eye(50))",
    "plot": "import matplotlib; matplotlib.use('Agg'); import matplotlib.pyplot as p; p.plot([1]); p.savefig('a.png')",
    "table": "import pandas; pandas.DataFrame({'a': [1]}).to_csv('a.csv'); assert len(pandas.read_csv('a.csv')) == 1",
    "split": "from sklearn.model_selection import train_test_split as s; s(list(range(9)), test_size=0.3)",
    "regression": "from sklearn.linear_model import LogisticRegression as R; R().fit([[0.], [1.]], [0, 1])",
    "checkpoint": "import torch; torch.save({'a': torch.ones(2)}, 'a.pth'); torch.load('a.pth')",
    "temporary_file": "import tempfile; tempfile.NamedTemporaryFile().write(b'x')",
    "copies": "import shutil; open('a', 'w').write('x'); shutil.copy2('a', 'b')",
    "thread": "import threading as t; a = t.Thread(target=print); a.start(); a.join()",
    "loader": "import torch.utils.data as d; list(d.DataLoader([1, 2, 3], batch_size=2, shuffle=True))",
    "time_and_chance": "import time, random, os; time.time(); time.sleep(0); random.seed(); os.urandom(3)",
    "progress": "from tqdm import tqdm; list(tqdm(range(3)))",
}


@pytest.mark.parametrize("source", HONEST.values(), ids=HONEST)
def test_honest_code_runs(open_worker, source):
    worker = open_worker(source)
    assert (worker.load_fault, worker.whole) == (None, True)


REFUSED = {
    "missing_file": ("import pandas; pandas.read_csv('df_file.csv')", "FileNotFoundError"),
    "colab": ("from google.colab import drive", "ModuleNotFoundError"),
    "download": ("import urllib.request as r; r.urlopen('http://example.org', timeout=5)", "URLError"),
    "program": ("import subprocess; subprocess.run(['ls'])", "Error"),
    "worker_processes": (
        "import torch.utils.data as d; list(d.DataLoader([1, 2], num_workers=1))",
        "Error",
    ),
}


@pytest.mark.parametrize(("source", "error"), REFUSED.values(), ids=REFUSED)
def test_what_the_sandbox_does_not_give_is_an_ordinary_error(open_worker, zygote, source, error):
    if zygote.missing:
        pytest.skip(f"this machine does not give all layers: {', '.join(zygote.missing)}")
    fault = open_worker(source).load_fault
    assert fault.outcome == "error"
    assert error in fault.message


NUMBERS = """
import torch
from torch import nn

class Numbers(nn.Module):
    def forward(self, x, h_prev):
        torch.manual_seed(3)
        layer, conv = nn.GRU(64, 128), nn.Conv1d(128, 16, 3)
        out = conv(layer(torch.randn(50, 32, 64))[0].permute(1, 2, 0))
        out.tanh().sum().backward()
        return torch.cat([layer.weight_hh_l0.grad, layer.weight_ih_l0.grad, torch.exp(layer.weight_hh_l0)], 1)
"""


def test_the_numbers_are_the_same_bits_within_the_sandbox_and_without_it(zygote):
    bare, found = Zygote(without=LAYERS), []
    for place in (zygote, bare):
        with Worker(place, "GRU_skeleton.py", NUMBERS.encode(), 3 * LONG) as worker:
            asked = {"class": "Numbers", "sizes": [], "hidden_size": 2}
            found.append(worker.ask("step", {"x": np.zeros((1, 2)), "h_prev": np.zeros((1, 2))}, **asked)[0]["output"])
    bare.close()
    assert found[0].size == 384 * 320
    np.testing.assert_array_equal(*found)


def test_two_zygotes_serve_at_once(zygote):
    other = Zygote()
    with Worker(zygote, "A.py", b"", LONG) as first, Worker(other, "B.py", b"", LONG) as second:
        assert (first.load_fault, second.load_fault) == (None, None)
        assert first.child.outer_pid != second.child.outer_pid
    other.close()


def test_a_child_that_says_nothing_of_its_layers_is_not_taken_for_a_safe_one():
    for said, is_safe in ((b"", False), (b"{}", True), (b'{"layer": "files", "reason": "no"}', False)):
        reading, writing = os.pipe()
        os.write(writing, said)
        os.close(writing)
        assert (walls.read_report(reading) == {}) is is_safe
        os.close(reading)


def test_a_layer_that_does_not_stand_around_a_child_is_our_fault_and_no_students(zygote, monkeypatch, tmp_path):
    refused = b'{"layer": "files", "reason": "Operation not permitted"}'
    monkeypatch.setattr(zygote, "request", lambda *_: (refused, []))
    before = len(os.listdir("/proc/self/fd"))
    with pytest.raises(ZygoteFault, match=r"files \(Operation not permitted\)"):
        zygote.fork(tmp_path)
    assert len(os.listdir("/proc/self/fd")) == before


def test_a_layer_that_cannot_be_had_is_left_out_and_said(monkeypatch):
    real, asked = launch.spawn, []

    def refuse_landlock(purpose, layers, maker, errors):
        asked.append(layers)
        if "landlock" not in layers:
            return real(purpose, layers, maker, errors)
        ours, theirs = trusted.socket.socketpair()
        theirs.send(b'{"missing": "landlock", "reason": "not on this kernel"}')
        theirs.close()
        return launch.subprocess.Popen(["true"]), ours

    monkeypatch.setattr(launch, "spawn", refuse_landlock)
    _, missing = launch.try_layers()
    assert missing["landlock"] == "not on this kernel"
    assert len(asked) >= 2


def unable_to_show():
    raise ValueError("this repository lies in /usr/lib")


@pytest.mark.parametrize("command", [lambda: ["false"], unable_to_show], ids=["it_ends", "it_cannot_be_told"])
def test_where_bubblewrap_fails_the_kernels_own_calls_are_used(monkeypatch, command):
    monkeypatch.setattr(bubblewrap, "command", command)
    started = launch.start("try", walls="bubblewrap")
    started.close()
    assert started.walls == "kernel"


def test_a_view_that_would_show_this_repository_is_refused(monkeypatch):
    monkeypatch.setattr(view, "python_folders", lambda: [str(view.REPOSITORY.parent)])
    with pytest.raises(ValueError, match="repository lies in"):
        view.readable()


def test_bubblewrap_is_not_used_by_root_who_would_stay_root_in_it(monkeypatch):
    monkeypatch.setattr(bubblewrap.shutil, "which", lambda _: "/usr/bin/bwrap")
    monkeypatch.setattr(bubblewrap.os, "geteuid", lambda: 0)
    assert not bubblewrap.can_be_used()
    monkeypatch.setattr(bubblewrap.os, "geteuid", lambda: 1000)
    assert bubblewrap.can_be_used()
