"""What the result of a seed was made from: while this stays the same, the result is kept.

Code counts as Python reads it, without comments and docstrings, and file by file, so that a change can be named.
"""

import inspect
import json
import platform
from contextlib import redirect_stdout
from functools import cache
from hashlib import sha256
from io import StringIO
from pathlib import Path

import sklearn
import torch

from assignment.documents import read_documents
from assignment.learning_models import source
from assignment.many_seeds.excerpts import RECIPE
from assignment.many_seeds.variants import CLASS_NAMES
from grading.mark.sources import digest_of_code, digest_of_text, sources_behind
from grading.processor import processor
from grading.room import REPOSITORY

# How documents are found and read decides nothing that their own digest does not tell.
READING = {REPOSITORY / "assignment" / "documents.py", REPOSITORY / "data" / "practice_corpus.py"}


def origin(variant, epochs, documents, device):
    """The origin of what a variant's training for `epochs` epochs on a CSV file gives, as a dict for JSON."""
    return {
        "trained": described(variant) | {"epochs": epochs},
        "documents": {"name": Path(documents).name, "sha256": digest_of_documents(documents)},
        "code": {path.relative_to(REPOSITORY).as_posix(): digest_of_code(path) for path in code_behind(variant)},
        "torch": torch.__version__,
        "device": device,
    }


def machine():
    """What numbers are worked out on, in words.

    The processor counts: one with other instructions sums in another order, and a long training ends elsewhere.
    """
    own = f"{platform.machine()}, {processor()}, {torch.backends.cpu.get_cpu_capability()}"
    return f"torch {torch.__version__}, Python {platform.python_version()}, {own}"


def described(variant):
    """What distinguishes a variant from others, by names, and by digests of the code that is its own."""
    text = source(CLASS_NAMES[variant.model], variant.kind)
    return {
        "model": variant.model,
        "kind": f"{variant.kind} {digest_of_text(text)}",
        "cell": variant.cell and repr(variant.cell),
        "read_out": variant.read_out.__name__,
        "head": named(variant.head),
        "start": named(variant.start),
        "clip": variant.clip,
        "excerpt": variant.excerpt,
        **({"formulas": repr(variant.formulas)} if variant.formulas else {}),
        **({"probed": f"scikit-learn {sklearn.__version__}"} if variant.is_probed else {}),
    }


def named(function):
    """A function by its name and code, or None where there is none."""
    return function and f"{function.__name__} {digest_of_text(inspect.getsource(function))}"


def code_behind(variant):
    """The files of this repository that decide the numbers of a variant's training, sorted."""
    modules = ["assignment.many_seeds.training", "assignment.recipe_inputs"]
    if variant.formulas is not None:
        modules += ["assignment.many_seeds.by_formula"]
    elif variant.cell is None:
        modules += ["assignment.many_seeds.by_autograd"]
    else:
        modules += ["assignment.many_seeds.by_hand", type(variant.cell).__module__, variant.read_out.__module__]
    if variant.is_probed:
        modules += ["assignment.many_seeds.probes"]
    if variant.excerpt != RECIPE:
        modules += ["assignment.many_seeds.excerpts"]
    return [path for path in sources_behind(*modules) if path not in READING]


@cache
def digest_of_documents(path):
    """The sha256 of the texts and labels of a CSV file, however it is packed, encoded and read."""
    with redirect_stdout(StringIO()):  # said to students
        texts, labels = read_documents(path)
    return sha256(json.dumps([texts, labels]).encode()).hexdigest()
