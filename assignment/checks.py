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
        raise FillInTheBlank(say("empty", first=empty[0], count=len(empty), class_name=kind.__name__))


def say(key, **places):
    """A sentence of the table of words, filled in."""
    return CHECKS["words"][key].format(**places)


def report(kind):
    """Print what was found for every blank of a class; the blanks that are still empty, as sentences."""
    if getattr(kind, "__name__", None) not in CHECKS["classes"]:
        raise FillInTheBlank(say("wrong_class", classes=", ".join(CHECKS["classes"])))
    found = findings_of(kind)
    for item, finding in found:
        print_finding(item, finding)
    return [
        say("where", title=item["title"], line=finding["line"], prompt=item["prompt"])
        for item, finding in found
        if finding["status"] == "blank"
    ]


def findings_of(kind):
    """[(item, its finding)] for every item of a class, in order; prints nothing."""
    checks = CHECKS["classes"][kind.__name__]
    whole_is_right = examine_whole(kind, checks)
    findings = [examine(kind, item, checks, whole_is_right) for item in checks["items"]]
    wrong = any(finding["status"] in {"wrong", "error"} for finding in findings[:-1])
    if checks.get("whole") and not whole_is_right:
        if all(finding["status"] == "right" for finding in findings):  # each line is, but not what is returned
            findings[-1] = examine_numbers(kind, checks["whole"])
        elif wrong and not checks["items"][-1]["has_blank"]:
            findings[-1] = {"status": "waiting"}
    return list(zip(checks["items"], findings, strict=True))


def examine_whole(kind, checks):
    """Whether the class as a whole gives the right numbers and gradients: then all of its blanks are right."""
    whole = checks.get("whole")
    try:
        return bool(whole) and examine_numbers(kind, whole)["status"] == "right"
    except Exception:  # a student's code may raise anything; its parts will say what
        return False


def examine(kind, item, checks, whole_is_right):
    """One item's finding: a status (right, wrong, blank, error, waiting, unknown) and what goes into the lines.

    checks   the table of the item's class
    """
    line = line_of_blank(kind, item)
    if line:
        return {"status": "blank", "line": line}
    if any(line_of_blank(kind, other) for other in checks["items"] if other["id"] in item["needs"]):
        return {"status": "waiting"}
    try:
        if item["operation"] == "layers":
            return examine_layers(kind, item)
        return {"status": "right"} if whole_is_right and item["has_blank"] else examine_numbers(kind, item)
    except NoSuchStatement:
        return {"status": "unknown"}
    except Exception as reason:  # a student's code may raise anything
        saw = say("error", message=f"{type(reason).__name__}: {reason}"[:300])
        return {"status": "error", "saw": saw, "perhaps": say("stopped")}


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
            sizes = {"layer": name, "size_in": layer.in_features, "size_out": layer.out_features}
            sizes |= {"expected_in": size_in, "expected_out": size_out}
            saw = say("sizes", built=f"{kind.__name__}{tuple(item['sizes'])}", **sizes)
            swapped = (layer.out_features, layer.in_features) == (size_in, size_out)
            return wrong(saw, "layer-sizes-swapped" if swapped else "layer-size-wrong", sizes)
    return {"status": "right"}


def examine_numbers(kind, item):
    """What was written, run with fixed inputs and weights, beside fixed numbers and gradients."""
    arrays = {name: np.array(values) for name, values in item["arrays"].items()}
    found, told = OPERATIONS[item["operation"]](sys.modules[kind.__module__], arrays, item["facts"])
    got = found["output"]
    for remark, expected, slopes in item["right"]:
        if agrees(got, np.array(expected)):
            cut = [name for name, slope in slopes.items() if not agrees(found[f"gradient:{name}"], np.array(slope))]
            return wrong_gradient(cut[0]) if cut else {"status": "right", "remark": remark}
    if not told.get("sure", True):
        return {"status": "unknown"}
    known = {name for name, values in item["readings"] if agrees(got, np.array(values))}
    return wrong(in_words(compare(got, np.array(item["right"][0][1]))), known.pop() if len(known) == 1 else None)


def wrong(saw, misconception, places=()):
    """The finding on a wrong value: a known mistake has its own cause and its own question."""
    if misconception is None:
        return {"status": "wrong", "saw": saw, "cause": CHECKS["words"]["no_name"]}
    cause, question = CHECKS["words"]["misconceptions"][misconception]
    for place, value in dict(places).items():
        cause, question = (said.replace(f"{{{place}}}", str(value)) for said in (cause, question))
    return {"status": "wrong", "saw": saw, "cause": cause, "question": question, "misconception": misconception}


def wrong_gradient(name):
    saw, cause = say("gradient", name=name), say("gradient_cause")
    return {"status": "wrong", "saw": saw, "cause": cause}


def in_words(agreement):
    """One of your numbers beside the right one."""
    shapes = (agreement.shape, agreement.expected_shape)
    shape, expected_shape = (" x ".join(map(str, sizes)) or say("one_number") for sizes in shapes)
    if shape != expected_shape:
        return say("shape", shape=shape, expected_shape=expected_shape)
    got, expected = f"{agreement.got:.3f}", f"{agreement.expected:.3f}"
    found = {"row": agreement.row, "unit": agreement.unit, "differing": agreement.differing, "total": agreement.total}
    return say("numbers", got=got, expected=expected, shape=shape, **found)


def print_finding(item, finding):
    """One line where all is well, four where it is not."""
    right = finding["status"] == "right"
    points = f"{item['points'] if right else 0} / {item['points']}"
    mark = CHECKS["words"].get(finding["status"], "") if finding["status"] in {"right", "blank", "waiting"} else ""
    print(f"{item['title']:<34}{mark:<{WIDTH - 34 - len(points)}}{points}")
    if right and finding.get("remark"):
        print(f"  {finding['remark']}")
    if finding["status"] == "unknown":
        print(f"  {say('unknown')}")
    if finding["status"] in {"wrong", "error"}:
        question = finding.get("question") or item["question"]
        lines = finding | {"expected": item["equation"], "next": question}
        for label in ("saw", "expected", "cause", "perhaps", "next"):
            if label in lines:
                print(f"  {say(label):<10}{lines[label]}")
