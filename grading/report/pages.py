"""Feedback pages and the page of the class, from templates that escape everything."""

from functools import cache
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from grading.report.summary import Summary
from grading.whole_files import write_whole


@cache
def templates():
    loader = PackageLoader("grading.report")
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters["points"] = lambda value: f"{value:g}"
    made.filters["page_of"] = lambda student: f"feedback/{quote(student, safe='')}.html"
    return made


def write_feedback(result, room, path):
    """One student's page: the score, what was noted, what to look at with its four lines, and what is right."""
    to_look_at = [item for item in result.items if item.status != "passed" and (item.max_points or item.cause)]
    page = templates().get_template("feedback.html").render(
        result=result, room=room, words=room.words, to_look_at=to_look_at,
        right=[item for item in result.items if item.status == "passed"],
        aside=[item for item in result.items if item.status != "passed" and item not in to_look_at],
    )  # fmt: skip
    write_whole(path, page)


def write_report(results, room, path):
    """The page of the class: scores, how each item went, which mistakes were made, who waits for a person and why."""
    summary = Summary.of(results, room)
    write_whole(path, templates().get_template("report.html").render(room=room, words=room.words, summary=summary))
