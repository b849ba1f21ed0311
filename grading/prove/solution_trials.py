"""Trials of the two ends: the solution has full marks, the skeleton as it is handed out has none."""

from grading.build.products import make_products
from grading.build.solution import solution_files
from grading.prove.claim import BROKEN, KEPT, Trial
from grading.prove.known_trials import unscored_against


def solution_trial(room):
    """The solution as one would hand it in: full marks, and nothing said against it."""

    def judge(result):
        lost = [row.id for row in result.items if row.status != "passed" and row.max_points]
        lost += [row.id for row in unscored_against(result)]
        if lost or result.score != result.max_score or result.status != "graded":
            return BROKEN, f"{result.score:g} of {result.max_score:g}; not passed: {', '.join(lost) or 'none'}"
        return KEPT, ""

    return Trial("the solution", solution_files(room), judge)


def skeleton_trial(room):
    """What students are given, untouched: no points, and every blank called one."""
    products = make_products(room)

    def judge(result):
        rows = {row.id: row.status for row in result.items}
        missed = [item.id for item in room.items.values() if item.blank and rows[item.id] != "blank"]
        against = [row.id for row in unscored_against(result)]
        if result.score or missed or against:
            why = f"{result.score:g} points; not called a blank: {', '.join(missed) or 'none'}"
            return BROKEN, why + (f"; said against it: {', '.join(against)}" if against else "")
        return KEPT, ""

    return Trial("the untouched skeleton", {name: products[room.handed_out(name)] for name in room.modules}, judge)
