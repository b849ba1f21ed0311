"""Results that tests make up, and pages as a reader's browser takes them."""

from html.parser import HTMLParser

from grading.mark.result import ItemResult, Result
from grading.mark.verdict import Verdict
from grading.report.pages import write_feedback, write_report

PASSED = Verdict("passed", 1.0, "your numbers agree")


FAILED = Verdict(
    "failed", 0.0, "0.4 where 0.2 was expected", "", "no tanh", "what is squashed?", "no-activation", line=31
)


IN_DOUBT = Verdict("needs_review", 0.0, "another layout")


def result_of(room, student="Ann", notes=(), **verdicts):
    """A result with all items passed, but those given by id (a `_` for the dot)."""
    by_id = {key.replace("_", ".", 1): verdict for key, verdict in verdicts.items()}
    items = [ItemResult.of(item, by_id.get(item.id, PASSED)) for item in room.items.values()]
    status = "needs_review" if any(item.status == "needs_review" for item in items) else "graded"
    return Result(student, status, sum(item.points for item in items), float(room.max_score), items, list(notes))


HOSTILE = {
    "script": "<script>alert(1)</script>",
    "attribute": '" onmouseover="alert(1)" x="',
    "image": "'><img src=x onerror=alert(1)>",
    "closing_tags": "</dd></dl></body></html><h1>100 / 100</h1>",
    "entity": "&lt;b&gt; &amp; &#60;i&#62;",
    "template": "{{ 7 * 191 }}{% include 'page.html' %}",
    "comment": "<!-- the rest is gone",
}


class Page(HTMLParser):
    """The tags of a page with their attributes' names and values, and its text."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, [(name, value) for name, value in attributes if name != "href"]))

    def handle_endtag(self, tag):
        self.tags.append(("/" + tag, []))

    def handle_data(self, data):
        self.text += data


def class_with(room, words):
    """A class in which a student's words stand wherever they can."""
    said = {"saw": words, "expected": words, "cause": words, "next": words}
    in_doubt, failed = IN_DOUBT.but(**said), FAILED.but(**said)
    first = result_of(room, words, [words], gru_candidate=in_doubt, rnn_layers=failed, rnn_model=PASSED.but(saw=words))
    rejected = Result("Max", "rejected", 0.0, 100.0, first.items, [f"Rejected: {words}."])
    return [first, rejected]


def pages_of(room, words, folder):
    results = class_with(room, words)
    write_report(results, room, folder / "report.html")
    write_feedback(results[0], room, folder / "feedback.html")
    return [Page((folder / name).read_text(encoding="utf-8")) for name in ("report.html", "feedback.html")]
