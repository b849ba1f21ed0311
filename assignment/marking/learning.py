"""*.learns: trained briefly on short texts whose class is told by their first word, is the model right afterwards?

The text goes on after the first word, so a model must carry what it read through every step. The labels of the
held-back texts never leave this process.
"""

import numpy as np

from grading.sandbox.worker import StudentFault

WORDS, CLASSES, LENGTH = 12, 4, 6
EMBEDDING, HIDDEN = 8, 24
STEPS, BATCH = 240, 32
LEARNING_RATE = 0.01
HELD_BACK = 200
THRESHOLD = 140  # of 200; see docs/decisions/learns.md for what the reference and a model that can't learn reach


def documents(random, count):
    """(word indices (count, LENGTH), labels (count,)): the first word, modulo the classes, is the label."""
    words = random.integers(0, WORDS, (count, LENGTH))
    return words, words[:, 0] % CLASSES


def short_training(module, class_name):
    """How many of the held-back texts a freshly trained model gets right.  Raises StudentFault."""
    random = np.random.default_rng(1)
    x, y = documents(random, STEPS * BATCH)
    held_back, labels = documents(random, HELD_BACK)
    request = {"class": class_name, "sizes": [WORDS, EMBEDDING, HIDDEN, CLASSES], "seed": 0}
    found, _ = module.worker.ask(
        "train", {"x": x, "y": y, "held_back": held_back}, learning_rate=LEARNING_RATE, batch_size=BATCH, **request
    )
    predicted = found["predicted"]
    if predicted.shape != labels.shape:
        raise StudentFault("bad_answer")
    return int((predicted == labels).sum())


def learns_verdict(half, item_id, class_name):
    """Accuracy after the short training, never the loss: tanh on y bounds the loss from below by 0.433."""
    speak = half.speaker(item_id)
    if half.has_blanks():
        return speak.waiting()
    try:
        right = short_training(half.module, class_name)
    except StudentFault as fault:
        return speak.fault(fault)
    if right >= THRESHOLD:
        return speak.passed("accuracy_right", accuracy=right)
    saw = half.words.say("saw", "accuracy", accuracy=right, threshold=THRESHOLD)
    return speak.failed(saw, None, half.words.say("cause", "learns"))
