"""What can be read off a student's files without running them: where things stand, and what they are called."""

import ast
import io

from grading.sandbox.statement import blank_lines, last_statement
from grading.sandbox.student_module import python_text

LIBRARY_NAMES = {"RNN", "GRU", "LSTM", "RNNCell", "GRUCell", "LSTMCell", "RNNBase", "gru", "gru_cell", "rnn_tanh",
                 "rnn_relu", "rnn_tanh_cell", "rnn_relu_cell", "lstm", "lstm_cell", "_VF"}  # fmt: skip


def locate(module, arrays, facts):
    """For each target `Class.method:name`: its line, and whether a blank is left there; and library calls."""
    return {}, {
        "targets": {target: find_target(module.__tree__, target) for target in facts["targets"]},
        "library": [found for name in facts["classes"] for found in library_uses(module.__tree__, name)],
    }


def find_target(tree, target):
    """{"line": first line or None, "blank": whether a `...` is left} of a class, a method or a statement."""
    path, _, name = target.partition(":")
    nodes = [tree]
    for part in path.split("."):
        nodes = [n for node in nodes for n in node.body if getattr(n, "name", None) == part][-1:]
    if name:
        nodes = [found for node in nodes if (found := last_statement(node, name))]
    if not nodes:
        return {"line": None, "blank": False}
    blanks = blank_lines(nodes[0])
    return {"line": blanks[0] if blanks else nodes[0].lineno, "blank": bool(blanks)}


def library_uses(tree, class_name):
    """[[line, name]] of torch's own recurrent layers named inside a class."""
    return [
        [node.lineno, node.attr]
        for outer in tree.body
        if isinstance(outer, ast.ClassDef) and outer.name == class_name
        for node in ast.walk(outer)
        if isinstance(node, ast.Attribute) and node.attr in LIBRARY_NAMES and not is_own(node)
    ]


def is_own(node):
    """Whether an attribute hangs on `self`: the student's own name, whatever it is called."""
    return isinstance(node.value, ast.Name) and node.value.id == "self"


def compare_classes(module, arrays, facts):
    """Which of the named classes a notebook defines otherwise than the module, comments and spacing aside."""
    cells = ast.parse(python_text(arrays["content"].tobytes()))
    differing = [name for name in facts["classes"] if class_text(cells, name) != class_text(module.__tree__, name)]
    return {}, {"differing": differing}


def class_text(tree, name):
    """The last definition of a class, as its tree reads."""
    found = [node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == name]
    return ast.dump(found[-1]) if found else None


def count_pages(module, arrays, facts):
    """The pages of a PDF."""
    from pypdf import PdfReader

    return {}, {"pages": len(PdfReader(io.BytesIO(arrays["content"].tobytes())).pages)}
