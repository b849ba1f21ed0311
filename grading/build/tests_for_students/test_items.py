"""A test for each item of the rubric; one that fails says what was seen, what was expected, why, and what next.

Run `pytest` beside the files that you hand in.  The mark is the marker's: it tries more than this, in another place.
"""

import importlib.util
import inspect
import sys
from functools import cache
from pathlib import Path

import assignment_checks as checks
import pytest

FOLDER = Path(__file__).resolve().parents[1]
WORDS = checks.TESTS["words"]


class Unusable(Exception):
    """A file or a class can't be had: the finding."""

    def __init__(self, **finding):
        super().__init__(finding)
        self.finding = {"status": "error", **finding}


@pytest.mark.parametrize("item", checks.TESTS["items"], ids=lambda item: item["id"])
def test_item(item, record_property):
    finding = finding_of(item)
    record_property("item", item["id"])
    record_property("position", checks.TESTS["items"].index(item))
    record_property("max_points", item["points"])
    record_property("status", finding["status"])
    if finding["status"] == "not_tried":
        pytest.skip(WORDS["release_tests"]["not_tried"])
    if finding["status"] == "unknown":
        pytest.skip(checks.say("unknown"))
    if finding["status"] != "right":
        pytest.fail(told(item, finding), pytrace=False)


def finding_of(item):
    """What was found on an item: a status, and what goes into the lines."""
    kinds = checks.CHECKS["classes"]
    if item["id"] not in {other["id"] for other in kinds.get(item["class"], {"items": []})["items"]}:
        return {"status": "not_tried"}
    try:
        kind = class_of(item)
        return findings(kind)[item["id"]] | place(kind, item)
    except Unusable as reason:
        return reason.finding


@cache
def findings(kind):
    return {item["id"]: finding for item, finding in checks.findings_of(kind)}


def class_of(item):
    """The student's class.  Raises Unusable."""
    module = module_of(item["file"])
    if isinstance(module, Unusable):
        raise module
    kind = getattr(module, item["class"], None)
    if not isinstance(kind, type):
        saw = WORDS["saw"]["no_class"].format(message=item["class"])
        raise Unusable(saw=saw, perhaps=WORDS["perhaps"]["no_class"])
    return kind


@cache
def module_of(file):
    """A file of the student's, imported once; or the Unusable that came of it."""
    name = file.removesuffix(".py")
    spec = importlib.util.spec_from_file_location(name, FOLDER / file)
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except FileNotFoundError as reason:
        if reason.filename != str(FOLDER / file):
            return stopped(reason)
        step = WORDS["next"]["hand_in"].format(file=file)
        return Unusable(saw=WORDS["saw"]["no_file"].format(file=file), cause=WORDS["cause"]["no_file"], next=step)
    except (SyntaxError, UnicodeDecodeError) as reason:
        step = WORDS["next"]["fix_file"].format(file=file, line=getattr(reason, "lineno", None) or 1)
        saw = WORDS["saw"]["unreadable"].format(message=reason)
        return Unusable(saw=saw, cause=WORDS["cause"]["unreadable"], next=step)
    except (Exception, SystemExit) as reason:  # what is run at import may raise anything
        return stopped(reason)
    return module


def stopped(reason):
    message = f"{type(reason).__name__}: {reason}"[:300]
    return Unusable(saw=WORDS["saw"]["error"].format(message=message), perhaps=WORDS["perhaps"]["error"])


def place(kind, item):
    """{"line": where the item's statement stands in its file}, as far as it can be found."""
    check = next(other for other in checks.CHECKS["classes"][item["class"]]["items"] if other["id"] == item["id"])
    method = inspect.unwrap(getattr(kind, check["method"]))
    try:
        node = checks.function_node(method)
    except (OSError, SyntaxError):
        return {}
    where = (checks.last_statement(node, check["target"]) if check["target"] else None) or node
    return {"line": method.__code__.co_firstlineno + where.lineno - 1}


def told(item, finding):
    """The points, and the four lines."""
    if finding["status"] == "blank":
        finding = finding | {"saw": WORDS["saw"]["blank"], "cause": WORDS["cause"]["blank"]}
    if finding["status"] == "waiting":
        finding = finding | {"saw": checks.say("waiting"), "cause": WORDS["release_tests"]["waiting"]}
    question = finding.get("question") or item["question"]
    step = WORDS["next"]["line" if "line" in finding else "no_line"]
    places = {"file": item["file"], "line": finding.get("line"), "question": question}
    lines = checks.four_lines(item, {"next": step.format(**places)} | finding)
    heading = f"{item['title']:<{checks.WIDTH - 10}}{'0 / ' + format(item['points'], 'g'):>10}"
    return "\n".join([heading, *(f"  {label:<10}{text}" for label, text in lines)])
