"""The classes that students write: their constructors' sizes, their layers, and how these may be arranged."""

from grading.mark.class_spec import ClassSpec

# documents, steps, embedding, hidden, vocabulary, classes: all different.  The vocabulary is no size that layers of a
# cell may have: not E + H, nor E + H + 1, where the biases are a row of the matrix, nor that of several gates at once.
B, T, E, H, V, O = 3, 5, 4, 6, 17, 7
CELL = "gru_cell"
GATE_HINTS = (("z", "update", "upd"), ("r", "reset", "rst"), ("h", "n", "c", "g", "candidate", "cand", "tilde", "new"))
STACKED = ((0, 1, 2), (1, 0, 2))  # as in Keras and ONNX, and as in torch: the candidate is everywhere the last


def vanilla_rnn_spec(vocabulary, embedding, hidden, classes):
    """What VanillaRNN must look like at these sizes."""
    layers = {"embedding": (vocabulary, embedding), "Wx": (hidden, embedding), "Wh": (hidden, hidden)}
    sizes = (vocabulary, embedding, hidden, classes)
    return ClassSpec("VanillaRNN", sizes, hidden, layers | {"fc": (classes, hidden)}, (("Wx", "Wh"),), ((),))


def gate_layers(inner, hidden):
    """The six layers of the cell."""
    return {f"{kind}_{gate}": (hidden, inner if kind == "W" else hidden) for gate in "zrh" for kind in "WU"}


def gate_sums(prefix=""):
    """For each equation of the cell, the two layers that it adds up."""
    return tuple((f"{prefix}W_{gate}", f"{prefix}U_{gate}") for gate in "zrh")


def gru_cell_spec(inner, hidden):
    """What GRUCell must look like at these sizes."""
    return ClassSpec("GRUCell", (inner, hidden), hidden, gate_layers(inner, hidden), gate_sums(), GATE_HINTS, STACKED)


def gru_model_spec(vocabulary, embedding, hidden, classes):
    """What GRUModel must look like at these sizes, with the student's own cell in it."""
    inner = {f"{CELL}.{name}": shape for name, shape in gate_layers(embedding, hidden).items()}
    layers = {"embedding": (vocabulary, embedding)} | inner | {"fc": (classes, hidden)}
    sizes = (vocabulary, embedding, hidden, classes)
    return ClassSpec("GRUModel", sizes, hidden, layers, gate_sums(f"{CELL}."), GATE_HINTS, STACKED)


def loop_spec(vocabulary, embedding, hidden, classes):
    """The same model with a cell that is right by definition."""
    layers = {"embedding": (vocabulary, embedding), f"{CELL}.A": (hidden, embedding), "fc": (classes, hidden)}
    return ClassSpec("GRUModel", (vocabulary, embedding, hidden, classes), hidden, layers)


VANILLA_RNN = vanilla_rnn_spec(V, E, H, O)
GRU_CELL = gru_cell_spec(E, H)
GRU_MODEL = gru_model_spec(V, E, H, O)
