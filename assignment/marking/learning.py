"""*.learns: trained briefly on short texts whose class is told by their first word, is the model right afterwards?

The text goes on after the first word, so a model must carry what it read through every step. The labels of the
held-back texts never leave this process. A layer of a wrong size is replaced by a right one, as everywhere: it costs
its own item alone.
"""

import numpy as np

from grading.mark.module import round32
from grading.sandbox.worker import StudentFault

WORDS, CLASSES, LENGTH = 12, 2, 6
EMBEDDING, HIDDEN = 8, 32
STEPS, BATCH = 200, 32
LEARNING_RATE = 0.01
HELD_BACK = 200
THRESHOLD = 160  # of 200; docs/decisions/learns.md says what right and broken models reach
SIZES = (WORDS, EMBEDDING, HIDDEN, CLASSES)


def documents(random, count):
    """(word indices (count, LENGTH), labels (count,)): the first word, modulo the classes, is the label."""
    words = random.integers(0, WORDS, (count, LENGTH))
    return words, words[:, 0] % CLASSES


def initial_weights(random, layers):
    """`weight:NAME` -> array for layers name -> (rows, columns), drawn as torch draws them by default."""
    weights = {}
    for name, (rows, columns) in layers.items():
        if name == "embedding":
            weights[f"weight:{name}.weight"] = round32(random.normal(size=(rows, columns)))
        else:
            bound = 1 / np.sqrt(columns)
            weights[f"weight:{name}.weight"] = round32(random.uniform(-bound, bound, (rows, columns)))
    return weights


def short_training(module, spec):
    """How many of the held-back texts a model of `spec`, at SIZES, gets right once trained.  Raises StudentFault."""
    random = np.random.default_rng(1)
    x, y = documents(random, STEPS * BATCH)
    held_back, labels = documents(random, HELD_BACK)
    layers = {} if module.is_unusual(spec.name) else spec.layers  # layers of another form keep their own start
    arrays = {"x": x, "y": y, "held_back": held_back} | initial_weights(random, layers)
    request = {"class": spec.name, "sizes": list(spec.sizes), "hidden_size": spec.hidden_size}
    found, _ = module.worker.ask("train", arrays, learning_rate=LEARNING_RATE, batch_size=BATCH, **request)
    predicted = found.get("predicted")
    if predicted is None or predicted.shape != labels.shape:
        raise StudentFault("bad_answer")
    return int((predicted == labels).sum())


def learns_verdict(half, item_id, spec):
    """Accuracy after the short training, never the loss: tanh on y bounds the loss from below by 0.433."""
    speak = half.speaker(item_id)
    if half.has_blanks():
        return speak.waiting()
    try:
        right = short_training(half.module, spec)
    except StudentFault as fault:
        return speak.fault(fault)
    if right >= THRESHOLD:
        return speak.passed("accuracy_right", accuracy=right, held_back=HELD_BACK)
    saw = half.words.say("saw", "accuracy", accuracy=right, held_back=HELD_BACK, threshold=THRESHOLD)
    return speak.failed(saw, None, "learns")
