"""check(VanillaRNN): is each blank right and, if not, what was computed?  For the student's own notebook.

Everything is compared with fixed numbers (CHECKS, written by the builder), so no answer is in here.
"""

import sys

import numpy as np

from grading.mark.agreement import agrees, compare
from grading.sandbox.operations import forward, statement
from grading.sandbox.statement import NoSuchStatement, blank_lines, function_node, last_statement

WIDTH = 78
OPERATIONS = {"forward": forward, "statement": statement}


class FillInTheBlank(Exception):
    """The next blank is still a `...`: said in one sentence, without a traceback."""

    def _render_traceback_(self):  # what IPython prints in place of a traceback
        return [str(self)]


def check(kind):
    """Check every blank of a class and print what was found; raises FillInTheBlank where one is still empty."""
    empty = []
    for item in CHECKS["classes"][kind.__name__]:
        finding = examine(kind, item)
        print_finding(item, finding)
        if finding["status"] == "blank":
            empty.append(f"{item['title']}, line {finding['line']} of the cell above ({item['equation']})")
    if empty:
        raise FillInTheBlank(
            f"Not filled in yet: {empty[0]}.\nReplace each `...` there, run that cell, then run this one again. "
            f"{len(empty)} item{'s' if len(empty) > 1 else ''} of {kind.__name__} to go."
        )


def examine(kind, item):
    """One item's finding: a status (right, wrong, blank, error, waiting, unknown) and what goes into the lines."""
    line = line_of_blank(kind, item)
    if line:
        return {"status": "blank", "line": line}
    if any(line_of_blank(kind, other) for other in CHECKS["classes"][kind.__name__] if other["id"] in item["needs"]):
        return {"status": "waiting"}
    try:
        if item["operation"] == "layers":
            return examine_layers(kind, item)
        return examine_numbers(kind, item)
    except NoSuchStatement:
        return {"status": "unknown"}
    except Exception as reason:  # a student's code may raise anything
        return {"status": "error", "saw": f"your code stopped with {type(reason).__name__}: {reason}"[:300]}


def line_of_blank(kind, item):
    """The line of the cell with the `...` of this item, or None."""
    if not item["has_blank"]:
        return None
    method = getattr(kind, item["method"])
    node = function_node(method)
    where = last_statement(node, item["target"]) if item["target"] else node
    blanks = blank_lines(where) if where else []
    return method.__code__.co_firstlineno + blanks[0] - 1 if blanks else None


def examine_layers(kind, item):
    """Names and sizes of the layers."""
    built = kind(*item["sizes"])
    for name, (size_in, size_out) in item["layers"].items():
        layer = getattr(built, name, None)
        if not hasattr(layer, "in_features"):
            return {"status": "unknown"}
        if (layer.in_features, layer.out_features) != (size_in, size_out):
            saw = f"{name}: {layer.in_features} -> {layer.out_features} where {size_in} -> {size_out} was expected"
            swapped = (layer.out_features, layer.in_features) == (size_in, size_out)
            cause = (
                f"{name} has its input size and its output size exchanged"
                if swapped
                else "a size is not what the layer reads or gives"
            )
            return {"status": "wrong", "saw": f"{saw}, for {kind.__name__}{tuple(item['sizes'])}", "cause": cause}
    return {"status": "right"}


def examine_numbers(kind, item):
    """What was written, run with fixed inputs and weights, beside fixed numbers."""
    arrays = {name: np.array(values) for name, values in item["arrays"].items()}
    got = OPERATIONS[item["operation"]](sys.modules[kind.__module__], arrays, item["facts"])[0]["output"]
    outcomes = [(right, np.array(values)) for right, values in item["right"]]
    for remark, expected in outcomes:
        if agrees(got, expected):
            return {"status": "right", "remark": remark}
    found = {cause for cause, values in item["readings"] if agrees(got, np.array(values))}
    cause = found.pop() if len(found) == 1 else "no known mistake gives these numbers"
    return {"status": "wrong", "saw": in_words(compare(got, outcomes[0][1])), "cause": cause}


def in_words(agreement):
    """One of your numbers beside the right one."""
    if agreement.shape != agreement.expected_shape:
        return f"a result of the shape {agreement.shape} where {agreement.expected_shape} was expected"
    size = " x ".join(map(str, agreement.shape))
    return (
        f"{agreement.got:.3f} where {agreement.expected:.3f} was expected (row {agreement.row}, unit {agreement.unit} "
        f"of our {size} test; {agreement.differing} of {agreement.total} numbers differ)"
    )


def print_finding(item, finding):
    """One line where all is well, four where it is not."""
    right = finding["status"] == "right"
    points = f"{item['points'] if right else 0} / {item['points']}"
    mark = {"right": "right", "blank": "not filled in yet", "waiting": "waits for a blank above"}.get(
        finding["status"], ""
    )
    print(f"{item['title']:<34}{mark:<{WIDTH - 34 - len(points)}}{points}")
    if right and finding.get("remark"):
        print(f"  {finding['remark']}")
    if finding["status"] == "unknown":
        print("  This check does not know your layout; the marker will decide.")
    if finding["status"] in {"wrong", "error"}:
        print(f"  Saw       {finding['saw']}")
        print(f"  Expected  {item['equation']}")
        print(f"  Cause     {finding.get('cause', 'the code could not be run to its end with our test values')}")
        print(f"  Next      {item['question']}")
