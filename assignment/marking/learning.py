"""*.learns: trained briefly on short texts whose class is told by their first word, is the model right afterwards?

The text goes on with words of the same kind, so a model must keep what it read first and let nothing that comes later
overwrite it.  Words begin as small vectors beside a state of size 1: a start other than zero drowns the first word.
There are as many held-back texts as a batch has, so that a state left over from training reaches them too.  Their
labels never leave this process.  A layer of a wrong size is replaced by a right one, as everywhere: it costs its own
item alone.  `assignment/learning_study.py` measures how often the question is answered wrongly.
"""

import json
import math
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from grading.mark.module import request_of, round32
from grading.sandbox.worker import StudentFault

WORDS, CLASSES = 10, 2
EMBEDDING, HIDDEN = 8, 8
SIZES = (WORDS, EMBEDDING, HIDDEN, CLASSES)
WORD_SCALE = 0.03  # standard deviation of the words' first vectors; torch's own is 1
BATCH = HELD_BACK = 128
LARGEST_MATRIX = 10_000  # numbers; the handout's have 80 at most
SEED = 5  # of the weights and the texts that every submission gets: docs/decisions/learns.md
MANIFEST = Path(__file__).resolve().parent.parent / "learning_manifest.json"


@dataclass(frozen=True)
class Task:
    """How long the texts are, how many batches of them are read, and Adam's learning rate."""

    length: int
    steps: int
    learning_rate: float


TASKS = {
    "VanillaRNN": Task(length=7, steps=100, learning_rate=0.008),
    "GRUModel": Task(length=5, steps=90, learning_rate=0.01),
}


def constants():
    """Everything that the threshold depends on, as the manifest holds it."""
    return {
        "words": WORDS, "classes": CLASSES, "embedding": EMBEDDING, "hidden": HIDDEN, "word_scale": WORD_SCALE,
        "batch": BATCH, "held_back": HELD_BACK,
        "tasks": {name: asdict(task) for name, task in TASKS.items()},
    }  # fmt: skip


def threshold(class_name):
    """How many of the held-back texts a model of this class must classify correctly: what the study found."""
    return json.loads(MANIFEST.read_text(encoding="utf-8"))["threshold"][class_name]


def documents(random, count, length):
    """(word indices (count, length), labels (count,)): the first word, modulo the classes, is the label."""
    words = random.integers(0, WORDS, (count, length))
    return words, words[:, 0] % CLASSES


def initial_weights(random, shapes, fan_in=None):
    """`weight:NAME` -> array for shapes name -> (rows, columns): small words, the rest as torch draws linear layers.

    `fan_in` stands in for the number of columns where a matrix may be fused or transposed.
    """
    weights = {}
    for name, shape in shapes.items():
        if name == "embedding.weight" or (fan_in and shape == (WORDS, EMBEDDING)):
            weights[f"weight:{name}"] = round32(random.normal(scale=WORD_SCALE, size=shape))
        else:
            bound = 1 / np.sqrt(fan_in or shape[-1])
            weights[f"weight:{name}"] = round32(random.uniform(-bound, bound, shape))
    return weights


def draw_weights(random, module, spec):
    """Weights to begin with: of the handout's layers, or of whatever matrices a model in another form has.

    A matrix in another form is drawn as the handout's are, so that both begin alike.  Raises StudentFault.
    """
    if not module.is_unusual(spec.name):
        return initial_weights(random, {f"{name}.weight": shape for name, shape in spec.layers.items()})
    described = module.describe(spec)
    if isinstance(described, StudentFault):
        raise described
    matrices = {name: shape for name, shape in described.tensors.items() if is_small_matrix(shape)}
    return initial_weights(random, matrices, fan_in=HIDDEN)


def is_small_matrix(shape):
    """Whether a student's object told of a matrix that a model at SIZES may have: what is told can be anything."""
    return len(shape) > 1 and min(shape) > 0 and math.prod(shape) <= LARGEST_MATRIX


def short_training(module, spec, seed=SEED):
    """How many of the held-back texts a model of `spec`, at SIZES, gets right once trained.  Raises StudentFault."""
    random = np.random.default_rng(seed)
    task = TASKS[spec.name]
    x, y = documents(random, task.steps * BATCH, task.length)
    held_back, labels = documents(random, HELD_BACK, task.length)
    predicted = train(module, spec, {"x": x, "y": y, "held_back": held_back}, draw_weights(random, module, spec))
    if predicted is None or predicted.shape != labels.shape:
        raise StudentFault("bad_answer")
    return int((predicted == labels).sum())


def train(module, spec, texts, weights):
    """The classes that the trained model predicts, or None.  Raises StudentFault.

    Where a matrix of another form can't be set (it is no parameter), the model keeps its own start.
    """
    request = request_of(spec) | {"learning_rate": TASKS[spec.name].learning_rate, "batch_size": BATCH}
    try:
        found, told = module.worker.ask("train", texts | weights, **request)
    except StudentFault as fault:
        if fault.outcome != "unbound" or not module.is_unusual(spec.name):
            raise
        found, told = module.worker.ask("train", texts, **request)
    module.note_library(told)
    return found.get("predicted")


def learns_verdict(half, item_id, spec):
    """Accuracy after the short training, never the loss: tanh on y bounds the loss from below by 0.433."""
    speak = half.speaker(item_id)
    if half.has_blanks():
        return speak.waiting()
    try:
        right = short_training(half.module, spec)
    except StudentFault as fault:
        return speak.fault(fault)
    expected = threshold(spec.name)
    if right >= expected:
        return speak.passed("accuracy_right", accuracy=right, held_back=HELD_BACK)
    saw = half.words.say("saw", "accuracy", accuracy=right, held_back=HELD_BACK, threshold=expected)
    return speak.failed(saw, None, "learns")
