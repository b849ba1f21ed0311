"""The stamp: what a result depends on changes it, and nothing else does."""

import dataclasses

from grading.mark import stamp as stamps
from grading.mark.files import Submission
from grading.mark.kept import earlier_result
from grading.mark.sources import sources_behind
from grading.mark.stamp import marker_digest, marker_files, stamp, submission_digest
from grading.room import REPOSITORY
from tests.grading.results import result_of


def test_an_earlier_result_counts_only_if_it_is_whole_and_has_the_same_stamp(room, tmp_path):
    for folder in ("results", "feedback"):
        (tmp_path / folder).mkdir()
    path, page = tmp_path / "results" / "Ann.json", tmp_path / "feedback" / "Ann.html"
    facts = stamp(room, 10.0) | {"marked": "digest"}
    result = result_of(room).stamped(facts)
    assert earlier_result(tmp_path, "Ann", facts) is None
    path.write_text(result.to_json(), encoding="utf-8")
    assert earlier_result(tmp_path, "Ann", facts) is None
    page.write_text("the page")
    assert earlier_result(tmp_path, "Ann", facts) == result
    for other in ("version", "marker", "release", "marked"):
        assert earlier_result(tmp_path, "Ann", facts | {other: "another"}) is None
    path.write_text(result.stamped({"fault": "OSError"}).to_json(), encoding="utf-8")
    assert earlier_result(tmp_path, "Ann", facts) is None
    path.write_text(result.to_json()[:-20], encoding="utf-8")
    assert earlier_result(tmp_path, "Ann", facts) is None


def test_a_digest_changes_with_the_files_and_not_with_their_order():
    def digest(**files):
        return submission_digest(Submission("Ann", files))

    assert digest(a=b"1", b=b"2") == digest(b=b"2", a=b"1")
    assert len({digest(a=b"1"), digest(a=b"2"), digest(b=b"1"), digest(a=b"1", b=b"1"), digest()}) == 5
    assert submission_digest(Submission("Ann", {"a": b"1"})) == submission_digest(Submission("Max", {"a": b"1"}))
    assert submission_digest(Submission("Ann", rejected=("link", {}))) != digest()


def test_a_stamp_names_the_marker_what_it_runs_on_and_the_release(room):
    ours = stamp(room, 10.0)
    assert list(ours) == ["version", "seed", "time_limit", "python", "torch", "marker", "release"]
    assert ours == stamp(room, 10.0)
    assert stamp(room, 20.0) != ours
    other = dataclasses.replace(room, modules={"GRU_skeleton.py": []})
    assert stamp(other, 10.0)["release"] != ours["release"]


COUNTED = {
    "assignment/assignment.toml", "assignment/rubric.toml", "assignment/words/en.toml", "assignment/equations.py",
    "assignment/learning_manifest.json", "assignment/marking/learning.py", "assignment/misconceptions/loop.py",
    "grading/mark/half.py", "grading/sandbox/operations.py", "grading/report/templates/feedback.html",
    "grading/words.py",
}  # fmt: skip
NOT_COUNTED = {
    "assignment/mistakes.toml", "assignment/doubts.toml", "assignment/proofs.py", "assignment/learning_study.py",
    "assignment/words/ko.toml", "assignment/notebook.py", "assignment/formulas.py", "grading/prove/proof.py",
    "grading/build/products.py", "grading/doctor.py", "grading/explain.py", "grading/__main__.py",
}  # fmt: skip


def test_the_markers_digest_counts_what_a_result_depends_on_and_nothing_else(room):
    counted = {path.relative_to(REPOSITORY).as_posix() for path in marker_files(room)}
    assert all((REPOSITORY / path).is_file() for path in COUNTED | NOT_COUNTED)
    assert counted >= COUNTED
    assert not counted & NOT_COUNTED
    assert not [path for path in counted if path.split("/")[1] in {"forms", "hands", "cases", "drawings"}]


def test_marking_stands_on_no_rule_of_a_course(room):
    assert not [path for path in marker_files(room) if path.is_relative_to(REPOSITORY / "grading" / "courses")]


def test_the_markers_digest_follows_the_language_and_the_content_of_a_file(room, monkeypatch):
    ours = marker_digest(room)
    assert marker_digest(dataclasses.replace(room, language="ko")) != ours
    monkeypatch.setattr(stamps, "marker_files", lambda room: [REPOSITORY / "LICENSE"])
    assert marker_digest(room) != ours


def test_what_is_imported_inside_of_a_function_counts_too():
    assert REPOSITORY / "grading" / "sandbox" / "child.py" in sources_behind("grading.sandbox.zygote")
