"""Hostile submissions that bring pickles: bytes which, unpickled anywhere, leave a file.  Nothing here unpickles them;
student code does, in the sandbox."""

import io
import struct
import zipfile

from grading.mark.files import Submission
from grading.prove.attack_files import Attack
from grading.prove.claim import STUDENT
from grading.prove.points import earned

FAMILY = "pickles"
FILE = "GRU_skeleton.py"
HONEST = "several-mistakes"
PATIENCE = 2.0  # seconds
STARTS_A_PROCESS = ("calls", "files", "landlock")  # what keeps a payload from running a command


def payload(targets):
    """A pickle that runs a command when it is read, in the oldest and plainest form."""
    return f"cposix\nsystem\n(S'touch {targets.PLACE}/{targets.MARK}'\ntR.".encode()


def checkpoint(targets):
    """The payload as torch.save would have written it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("model/data.pkl", payload(targets))
        archive.writestr("model/version", b"3\n")
    return packed.getvalue()


def array(targets):
    """The payload as an array of objects in NumPy's format."""
    header = b"{'descr': '|O', 'fortran_order': False, 'shape': (1,), }"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + payload(targets)


# What a module does with the bytes DATA.
READERS = {
    "pickle_loads": (payload, "import pickle\npickle.loads(DATA)", STARTS_A_PROCESS),
    "torch_load": (checkpoint, "import torch\ntorch.load(io.BytesIO(DATA), weights_only=False)", STARTS_A_PROCESS),
    "torch_load_weights": (checkpoint, "import torch\ntorch.load(io.BytesIO(DATA), weights_only=True)", ()),
    "numpy_load": (array, "import numpy\nnumpy.load(io.BytesIO(DATA), allow_pickle=True)", STARTS_A_PROCESS),
    "pandas_read_pickle": (payload, "import pandas\npandas.read_pickle(io.BytesIO(DATA))", STARTS_A_PROCESS),
    "joblib_load": (payload, "import joblib\njoblib.load(io.BytesIO(DATA))", STARTS_A_PROCESS),
    "on_the_pipe": (
        payload,
        "import os, struct, sys\nframe = sys._getframe()\nwhile 'answers' not in frame.f_locals:\n"
        "    frame = frame.f_back\nos.write(frame.f_locals['answers'], struct.pack('<Q', len(DATA)) + DATA)",
        (),
    ),
    "as_an_answer": (payload, "GRUCell.forward = lambda self, x, h_prev: DATA", ()),
    "in_an_error": (payload, "def refuse(self, *given):\n    raise ValueError(DATA)\nGRUCell.forward = refuse", ()),
    "a_reduced_object": (
        payload,
        "class Reduced(torch.Tensor):\n    def __reduce_ex__(self, protocol):\n        return eval, ('1',)\n"
        "GRUCell.forward = lambda self, x, h_prev: torch.zeros(3, 6).as_subclass(Reduced)",
        (),
    ),
}
# Files beside honest modules, and in their place.
BESIDE = {
    "checkpoints_beside": {"rnn_best_model.pth": checkpoint, "gru_best_model.pth": checkpoint, "data.pkl": payload},
    "arrays_beside": {"weights.npy": array, "GRU_skeleton.pkl": payload},
    "a_report": {"report.pdf": payload},
    "a_notebook": {"RNN_Implementation.ipynb": payload},
    "a_module": {FILE: payload},
    "a_checkpoint_for_a_module": {FILE: checkpoint},
}


def pickle_attacks(room):
    """Every Attack of this module."""
    case = room.path / "cases" / HONEST
    files = {name: (case / name).read_bytes() for name in room.modules}
    of_file, of_all = earned(room, case, [FILE]), earned(room, case)
    read = [reading(name, of_file, files[FILE], *how) for name, how in READERS.items()]
    return read + [lying_beside(name, of_all, files, made) for name, made in BESIDE.items()]


def reading(name, earns, honest, make, reader, without):
    """An Attack whose module reads the payload itself."""

    def submitted(targets):
        text = f"\nimport io\nDATA = {make(targets)!r}\n{reader}\n"
        return Submission(STUDENT, {FILE: targets.preamble().encode() + honest + text.encode()})

    tries = f"Has its own code read a pickle that starts a process ({name})."
    return Attack(FAMILY, name, tries, earns, submitted, without, PATIENCE)


def lying_beside(name, earns, files, made):
    """An Attack that hands in payloads as files, for whoever opens them."""

    def submitted(targets):
        return Submission(STUDENT, files | {file: make(targets) for file, make in made.items()})

    tries = f"Hands in {', '.join(made)} as pickles that start a process."
    return Attack(FAMILY, name, tries, earns, submitted, (), PATIENCE)
