"""The points of the items that were tried: `pytest --points` prints them as JSON, `--points-file FILE` writes them.

A file of an earlier run is removed first, so that an old score stands nowhere.  With either, the exit code is 0 only
where every item that was tried has earned all its points.
"""

import json
from pathlib import Path

import pytest


def pytest_addoption(parser):
    group = parser.getgroup("assignment")
    group.addoption("--points", action="store_true", help="print the points as JSON, on one line at the end")
    group.addoption("--points-file", metavar="FILE", help="write the points as JSON to FILE")


def pytest_configure(config):
    if config.getoption("points_file"):
        Path(config.getoption("points_file")).unlink(missing_ok=True)
    config.pluginmanager.register(Points(config), "assignment-points")


class Points:
    """What became of each item: its place in the rubric -> its row."""

    def __init__(self, config):
        self.printed, self.file = config.getoption("points"), config.getoption("points_file")
        self.rows = {}

    def pytest_runtest_logreport(self, report):
        facts = dict(report.user_properties)
        if "status" in facts:
            self.rows[facts["position"]] = {
                "id": facts["item"],
                "points": facts["max_points"] if facts["status"] == "right" else 0,
                "max_points": facts["max_points"],
                "status": facts["status"],
            }

    def table(self):
        rows = [self.rows[position] for position in sorted(self.rows)]
        tried = [row for row in rows if row["status"] != "not_tried"]
        return {
            "score": sum(row["points"] for row in tried),
            "max_score": sum(row["max_points"] for row in tried),
            "items": tried,
            "in_doubt": [row["id"] for row in tried if row["status"] == "unknown"],
            "not_tried": [row["id"] for row in rows if row["status"] == "not_tried"],
        }

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session):
        table = self.table()
        if self.file:
            Path(self.file).write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
        if (self.printed or self.file) and not 0 < table["max_score"] == table["score"]:
            session.exitstatus = session.exitstatus or pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter):
        if self.printed:
            terminalreporter.write_line(json.dumps(self.table()))
