"""check(VanillaRNN): is each blank right and, if not, what was computed?  For the student's own notebook.

Everything is compared with fixed numbers (CHECKS, written by the builder), so no answer is in here.
"""

import sys

import numpy as np

from grading.mark.agreement import agrees, compare
from grading.sandbox.operations import forward, statement, step
from grading.sandbox.statement import NoSuchStatement, blank_lines, function_node, last_statement

WIDTH, TITLE = 78, 40  # columns: of a line, of an item's name in it
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
    found = [examine(kind, item, checks, whole_is_right) for item in checks["items"]]
    wrong = any(finding["status"] in {"wrong", "error"} for finding in found[:-1])
    if checks.get("whole") and not whole_is_right:
        if all(finding["status"] == "right" for finding in found):  # each line is, but not what is returned
            found[-1] = examine_numbers(kind, checks["whole"])
        elif wrong and not checks["items"][-1]["has_blank"]:
            found[-1] = {"status": "waiting"}
    if is_another_layout(kind, checks, found):
        found = [{"status": "unknown"} if finding["status"] in {"wrong", "error"} else finding for finding in found]
    return list(zip(checks["items"], found, strict=True))


def is_another_layout(kind, checks, found):
    """Whether the class holds other parts than the handout's: with ours in their place, even right lines would fail."""
    item = checks.get("whole") or checks["items"][-1]
    if lacks_a_layer(kind, item):
        return True
    pairs = list(zip(checks["items"], found, strict=True))
    sizes_are_right = any(other["operation"] == "layers" and f["status"] == "right" for other, f in pairs)
    return not sizes_are_right and any(f["status"] == "error" for f in found) and runs_as_it_is(kind, item)


def lacks_a_layer(kind, item):
    """Whether one of the handout's layers is not there, whole, under its name; a stand-in's is not asked for."""
    wanted = {name.removeprefix("weight:") for name in item["arrays"] if name.startswith("weight:")}
    cell = item["facts"].get("stand_in", {}).get("name")
    try:
        made = kind(*item["facts"]["sizes"])
        parts, tensors = dict(made.named_modules()), dict(made.named_parameters())
    except Exception:  # a student's code may raise anything
        return False
    asked_for = [name for name in wanted if name.partition(".")[0] != cell]
    layers = (nn.Linear, nn.Embedding)
    return any(name not in tensors or not isinstance(parts[name.rpartition(".")[0]], layers) for name in asked_for)


def runs_as_it_is(kind, item):
    """Whether the class runs with the layers that it has itself, and gives a result of the right shape."""
    arrays = {name: np.array(values) for name, values in item["arrays"].items() if not name.startswith("weight:")}
    facts = {name: fact for name, fact in item["facts"].items() if name != "stand_in"}
    try:
        found, _ = OPERATIONS[item["operation"]](sys.modules[kind.__module__], arrays, facts)
    except Exception:  # a student's code may raise anything
        return False
    return found["output"].shape == np.shape(item["right"][0][1])


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
    difference = compare(got, np.array(item["right"][0][1]))
    saw = say(difference.kind, **difference.in_words(say("one_number")))
    return wrong(saw, known.pop() if len(known) == 1 else None)


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


def print_finding(item, finding):
    """One line where all is well, four where it is not."""
    right = finding["status"] == "right"
    points = f"{item['points'] if right else 0} / {item['points']}"
    mark = CHECKS["words"].get(finding["status"], "") if finding["status"] in {"right", "blank", "waiting"} else ""
    print(f"{item['title']:<{TITLE}}{mark:<{WIDTH - TITLE - len(points)}}{points}")
    if right and finding.get("remark"):
        print(f"  {finding['remark']}")
    if finding["status"] == "unknown":
        print(f"  {say('unknown')}")
    if finding["status"] in {"wrong", "error"}:
        for label, text in four_lines(item, finding | {"next": finding.get("question") or item["question"]}):
            print(f"  {label:<10}{text}")


def four_lines(item, finding):
    """(label, text) of each line that a finding has, in order."""
    lines = finding | {"expected": item["equation"]}
    return [(say(key), lines[key]) for key in ("saw", "expected", "cause", "perhaps", "next") if key in lines]
