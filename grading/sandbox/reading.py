"""What can be read off a student's files without running them: where things stand, and what they are called."""

import ast
import io

from grading.sandbox.library_uses import library_uses
from grading.sandbox.statement import blank_lines, last_statement
from grading.sandbox.student_module import python_text

KINDS = {"<loop>": ast.For | ast.While, "<return>": ast.Return}


def locate(module, arrays, facts):
    """For each target `Class.method:name`: its line, whether a blank is left there; library calls; what is defined."""
    names, classes = defined_names(module)
    return {}, {
        "names": names,
        "defined": classes,
        "targets": {target: find_target(module.tree, target) for target in facts["targets"]},
        "library": [found for name in facts["classes"] for found in uses_in(module, name)],
    }


def uses_in(module, class_name):
    return library_uses(module.tree, class_name, module.is_notebook)


def defined_names(module):
    """(every name that the file sets outside of functions and classes, those that are classes), each in order."""
    names, classes, waiting = list(module.unread), list(module.unread), module.tree.body[::-1]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            names.append(node.name)
            classes += [node.name] if isinstance(node, ast.ClassDef) else []
        elif isinstance(node, ast.alias):
            names.append(node.asname or node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.append(node.id)
        elif isinstance(node, ast.stmt | ast.ExceptHandler | ast.Tuple | ast.List):
            waiting += [*ast.iter_child_nodes(node)][::-1]
    return list(dict.fromkeys(names)), list(dict.fromkeys(classes))


def find_target(tree, target):
    """{"line": first line or None, "blank": whether a `...` is left} of a class, a method or a statement.

    A statement is the last that sets a name (`VanillaRNN.forward:h`), or that is of a kind (`GRUCell.forward:<loop>`).
    """
    path, _, name = target.partition(":")
    nodes = [tree]
    for part in path.split("."):
        nodes = [n for node in nodes for n in node.body if getattr(n, "name", None) == part][-1:]
    if name:
        nodes = [
            found
            for node in nodes
            if (found := last_of(node, KINDS[name]) if name in KINDS else last_statement(node, name))
        ]
    if not nodes:
        return {"line": None, "blank": False}
    blanks = blank_lines(nodes[0])
    return {"line": blanks[0] if blanks else nodes[0].lineno, "blank": bool(blanks)}


def last_of(node, kind):
    """The last statement of a kind under `node`, or None."""
    return max((line for line in ast.walk(node) if isinstance(line, kind)), key=lambda line: line.lineno, default=None)


def compare_classes(module, arrays, facts):
    """Which of the named classes a notebook defines otherwise than the module, comments and spacing aside."""
    cells = ast.parse(python_text(arrays["content"].tobytes()))
    differing = [name for name in facts["classes"] if class_text(cells, name) != class_text(module.tree, name)]
    return {}, {"differing": differing}


def class_text(tree, name):
    """The last definition of a class, as its tree reads."""
    found = [node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == name]
    return ast.dump(found[-1]) if found else None


def count_pages(module, arrays, facts):
    """The pages of a PDF."""
    from pypdf import PdfReader

    return {}, {"pages": len(PdfReader(io.BytesIO(arrays["content"].tobytes())).pages)}
