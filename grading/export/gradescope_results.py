"""results.json, as Gradescope reads it (gradescope-autograders.readthedocs.io/en/latest/specs), from a Result."""

import json
from dataclasses import asdict

from grading.report.pages import templates


def results_of(result, room, settings, seconds, finished=True):
    """The whole table: the score, a test for each item, and a block of HTML that says what is open and why.

    settings  `visibility` and `stdout_visibility`, as the room has them
    finished  False: what is known so far, and says so
    """
    return {
        "score": result.score,
        "execution_time": round(seconds),
        "output": block(result, room, finished),
        "output_format": "html",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": settings["visibility"],
        "stdout_visibility": settings["stdout_visibility"],
        "extra_data": {"finished": finished, "result": asdict(result)},
        "tests": [test_of(item, number, room) for number, item in enumerate(result.items, 1)],
    }


def text_of(results):
    return json.dumps(results, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def block(result, room, finished):
    """What stands above the tests, in HTML in which everything is escaped."""
    template = templates().get_template("gradescope.html")
    return template.render(result=result, room=room, words=room.words, finished=finished)


def test_of(item, number, room):
    """One item as a test.  Without score and status it is neither passed nor failed: so is what a person decides."""
    title = room.words.item(item.id, "title")
    shown = {"name": title, "number": str(number), "output": "\n".join(lines_of(item, room.words))}
    if item.status == "needs_review":
        return shown | {"name": room.words.say("gradescope", "open", title=title)}
    if item.max_points:
        shown |= {"score": item.points, "max_score": item.max_points}
    if item.max_points or item.status != "not_run":  # a report that nobody asked for has not failed
        shown |= {"status": "passed" if item.status == "passed" else "failed"}
    return shown


def lines_of(item, words):
    """What a student reads below a test: one line where all is well, four where it is not."""
    if item.status == "passed":
        return [item.saw]
    first = []
    if item.status == "needs_review" and item.max_points:
        first = [words.say("gradescope", "not_lost", points=f"{item.max_points:g}")]
    labelled = [words.labelled(key, getattr(item, key)) for key in ("saw", "expected", "cause", "next")]
    return first + [f"{label}: {text}" for label, text in labelled if text]
