"""The tables and figures of the documents' pages, out of the results that are kept.

A table stands in its page between two comments, `<!-- table NAME -->` and `<!-- end -->`; what lies between them is
written here, the sentences around them by hand.
"""

import re

from assignment.references.drawings import FIGURE_OF, as_svg
from assignment.references.kept import DamagedReference
from assignment.references.plan import NEWS, PRACTICE
from assignment.references.rows import (
    baseline,
    distributions,
    false_alarms,
    interventions,
    learning,
    prices,
    probes,
    reaches,
    reported,
    short_documents,
)
from grading.room import REPOSITORY
from grading.whole_files import write_whole

DOCS = REPOSITORY / "docs"
PAGES = (DOCS / "experiments.md", DOCS / "decisions" / "learns.md")
FIGURES = DOCS / "figures"
OPENING = re.compile(r"<!-- table (.*)")
SECTION = re.compile(r"(<!-- table (?P<name>[^>]+?) -->\n)(?P<table>(?:(?!<!-- table ).)*?)(<!-- end -->)", re.DOTALL)


def make(room, *_, **__):
    """Write the tables into their pages, and the figures beside them: sentences on what was done."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        new = SECTION.sub(
            lambda found, page=page: f"{found[1]}{table(found['name'], page)}{found[4]}", whole(text, page)
        )
        if new != text:
            write_whole(page, new)
        yield f"{page.name}: {'written' if new != text else 'current'}"
    for name, draw in FIGURE_OF.items():
        path, drawn = FIGURES / f"{name}.svg", as_svg(name, draw)
        current = path.is_file() and path.read_bytes() == drawn
        if not current:
            write_whole(path, drawn)
        yield f"{path.name}: {'current' if current else 'written'}"


def check(room, *_, **__):
    """The tables and figures that say something else than the results that are kept, a sentence each."""
    stale = [
        f"{page.name}: the table {section['name']} is stale"
        for page in PAGES
        for section in SECTION.finditer(whole(page.read_text(encoding="utf-8"), page))
        if section["table"] != table(section["name"], page)
    ]
    paths = {FIGURES / f"{name}.svg": as_svg(name, draw) for name, draw in FIGURE_OF.items()}
    return stale + [
        f"{path.name} is not as it would be drawn now"
        for path, drawn in paths.items()
        if not path.is_file() or path.read_bytes() != drawn
    ]


def whole(text, page):
    """A page's text, where every table has its end.  Raises DamagedReference for one without, and an end alone."""
    openings = list(OPENING.finditer(text))
    for opening in openings:
        if not SECTION.match(text, opening.start()):
            raise DamagedReference(f"{page.name}, <!-- table {opening[1]}: write its missing <!-- end -->.")
    if len(openings) != text.count("<!-- end -->"):
        raise DamagedReference(f"{page.name} has an <!-- end --> without a table; take it away, or name the table.")
    return text


def table(name, page):
    """A page's table in Markdown, by its name: a kind, and documents.  Raises DamagedReference for an unknown one."""
    kind, *documents = name.split(" on ")
    if kind not in TABLES or not {NEWS, PRACTICE}.issuperset(documents):
        raise DamagedReference(f"{page.name} asks for a table {name!r}, which nobody makes; correct its name.")
    return "".join(f"{line}\n" for line in TABLES[kind](*documents))


TABLES = {
    "distributions": distributions,
    "reported": reported,
    "interventions": interventions,
    "gradient reach": reaches,
    "prices": prices,
    "probes": probes,
    "baseline": baseline,
    "short documents": short_documents,
    "learning": learning,
    "false alarms": false_alarms,
}
