"""check(VanillaRNN): is each blank right and, if not, what was computed?  For the student's own notebook.

Everything is compared with fixed numbers (CHECKS, written by the builder), so no answer is in here.
"""

import sys

import numpy as np

from grading.mark.agreement import agrees, compare
from grading.sandbox.operations import forward, statement, step
from grading.sandbox.statement import NoSuchStatement, blank_lines, function_node, last_statement

WIDTH = 78
OPERATIONS = {"forward": forward, "statement": statement, "step": step}


class FillInTheBlank(Exception):
    """The next blank is still a `...`: said in one sentence, without a traceback."""

    def _render_traceback_(self):  # what IPython prints in place of a traceback
        return [str(self)]


def check(kind):
    """Check every blank of a class and print what was found; raises FillInTheBlank where one is still empty."""
    empty = report(kind)
    if empty:
        raise FillInTheBlank(
            f"Not filled in yet: {empty[0]}.\nReplace each `...` there, run that cell, then run this one again. "
            f"{len(empty)} item{'s' if len(empty) > 1 else ''} of {kind.__name__} to go."
        )


def report(kind):
    """Print what was found for every blank of a class; the blanks that are still empty, as sentences."""
    if getattr(kind, "__name__", None) not in CHECKS["classes"]:
        raise FillInTheBlank(f"check(...) takes one of the classes {', '.join(CHECKS['classes'])}, by its name.")
    checks = CHECKS["classes"][kind.__name__]
    whole_is_right = examine_whole(kind)
    findings = [examine(kind, item, whole_is_right) for item in checks["items"]]
    wrong = any(finding["status"] in {"wrong", "error"} for finding in findings[:-1])
    if checks.get("whole") and not whole_is_right:
        if all(finding["status"] == "right" for finding in findings):  # each line is, but not what is returned
            findings[-1] = examine_numbers(kind, checks["whole"])
        elif wrong and not checks["items"][-1]["has_blank"]:
            findings[-1] = {"status": "waiting"}
    for item, finding in zip(checks["items"], findings, strict=True):
        print_finding(item, finding)
    return [
        f"{item['title']}, line {finding['line']} of the cell above ({item['prompt']})"
        for item, finding in zip(checks["items"], findings, strict=True)
        if finding["status"] == "blank"
    ]


def examine_whole(kind):
    """Whether the class as a whole gives the right numbers and gradients: then all of its blanks are right."""
    whole = CHECKS["classes"][kind.__name__].get("whole")
    try:
        return bool(whole) and examine_numbers(kind, whole)["status"] == "right"
    except Exception:  # a student's code may raise anything; its parts will say what
        return False


def examine(kind, item, whole_is_right):
    """One item's finding: a status (right, wrong, blank, error, waiting, unknown) and what goes into the lines."""
    line = line_of_blank(kind, item)
    if line:
        return {"status": "blank", "line": line}
    others = CHECKS["classes"][kind.__name__]["items"]
    if any(line_of_blank(kind, other) for other in others if other["id"] in item["needs"]):
        return {"status": "waiting"}
    try:
        if item["operation"] == "layers":
            return examine_layers(kind, item)
        return {"status": "right"} if whole_is_right and item["has_blank"] else examine_numbers(kind, item)
    except NoSuchStatement:
        return {"status": "unknown"}
    except Exception as reason:  # a student's code may raise anything
        return {"status": "error", "saw": f"your code stopped with {type(reason).__name__}: {reason}"[:300]}


def line_of_blank(kind, item):
    """The line of the cell with the `...` of this item, or None."""
    if not item["has_blank"]:
        return None
    method = getattr(kind, item["method"])
    try:
        node = function_node(method)
    except (OSError, SyntaxError):  # its source can't be read, in a cell with %%time for instance
        return None
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
    """What was written, run with fixed inputs and weights, beside fixed numbers and gradients."""
    arrays = {name: np.array(values) for name, values in item["arrays"].items()}
    found, told = OPERATIONS[item["operation"]](sys.modules[kind.__module__], arrays, item["facts"])
    got = found["output"]
    for remark, expected, slopes in item["right"]:
        if agrees(got, np.array(expected)):
            wrong = [name for name, slope in slopes.items() if not agrees(found[f"gradient:{name}"], np.array(slope))]
            return wrong_gradient(wrong[0]) if wrong else {"status": "right", "remark": remark}
    if not told.get("sure", True):
        return {"status": "unknown"}
    known = {cause for cause, values in item["readings"] if agrees(got, np.array(values))}
    cause = known.pop() if len(known) == 1 else "no known mistake gives these numbers"
    return {"status": "wrong", "saw": in_words(compare(got, np.array(item["right"][0][1]))), "cause": cause}


def wrong_gradient(name):
    return {
        "status": "wrong",
        "saw": f"the right numbers, but the gradient of {name} is not that of the equation",
        "cause": "something cuts the gradient on its way, such as detach(), .data or no_grad()",
    }


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
    mark = {"right": "right", "blank": "not filled in yet", "waiting": "waits for a line above"}.get(
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
