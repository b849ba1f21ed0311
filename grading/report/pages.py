"""Feedback pages and the page of the class, from templates that escape everything."""

import os
from collections import Counter
from functools import cache
from statistics import mean, median

from jinja2 import Environment, PackageLoader, StrictUndefined


@cache
def templates():
    loader = PackageLoader("grading.report")
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters["points"] = lambda value: f"{value:g}"
    return made


def write_feedback(result, room, path):
    """One student's page."""
    page = templates().get_template("feedback.html").render(result=result, room=room, words=room.words)
    write_whole(path, page)


def write_report(results, room, path):
    """The page of the class: how each item went, which mistakes were made, who needs a person."""
    scores = [result.score for result in results]
    items = [item for item in room.items.values() if item.points]
    statuses = {item.id: Counter(status_of(result, item.id) for result in results) for item in items}
    mistakes = Counter(
        (item.id, item.misconception) for result in results for item in result.items if item.misconception
    )
    page = templates().get_template("report.html").render(
        room=room, words=room.words, results=results, items=items, statuses=statuses, mistakes=mistakes.most_common(),
        mean=mean(scores), median=median(scores), in_doubt=[r for r in results if r.status != "graded"],
    )  # fmt: skip
    write_whole(path, page)


def status_of(result, item_id):
    return next((item.status for item in result.items if item.id == item_id), "not_run")


def write_whole(path, text):
    """Write `text` whole or not at all."""
    half_written = path.with_name(path.name + ".part")
    half_written.write_text(text, encoding="utf-8", newline="\n")
    os.replace(half_written, path)
