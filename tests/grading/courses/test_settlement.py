"""A class by its course's rules: marked once, settled as often as a rule changes, and every file says the same."""

import csv
import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from grading.courses.course import Course, CourseFault
from grading.courses.lateness import LateRule
from grading.courses.marked import MarkedFault, read_result
from grading.courses.settlement import grade_course
from grading.export.kinds import export
from grading.mark import batch, where
from grading.mark.grade import Stopped, grade
from grading.mark.kept import marked_results
from tests.grading.class_of_seven import STUDENTS, NoPool, results_in, rows_in
from tests.grading.results import IN_DOUBT, result_of

DEADLINE = datetime.fromisoformat("2026-11-20T23:59:00+09:00")
HEADING = "student,item,points,reviewer,reason\n"
DECISION = "Bob,gru.candidate,12,Kim,another layout\n"


@pytest.fixture
def course(tmp_path):
    """course(**rules) -> a Course whose file lies in a folder of its own."""
    (tmp_path / "course").mkdir()

    def course(**rules):
        return Course(path=tmp_path / "course" / "course.toml", **rules)

    return course


@pytest.fixture
def decide(tmp_path):
    """decide(rows) writes overrides.csv beside the course."""
    return lambda rows: (tmp_path / "course" / "overrides.csv").write_text(HEADING + rows, encoding="utf-8")


@pytest.fixture
def marking(monkeypatch, room):
    """The students whose submissions were marked, by a stand-in that leaves one item in doubt.

    A module with a number in it earns so many points on its first item.
    """
    seen, by_the_marker = [], where.mark_submission

    def mark(room, submission, zygote, time_limit, told):
        if submission.rejected:
            return by_the_marker(room, submission, zygote, time_limit, told)
        seen.append(submission.student)
        said = room.words.say("notes", "in_doubt", items="gru.candidate")
        content = b"".join(submission.files.values()).decode()
        digits = "".join(filter(str.isdigit, content))
        whole = result_of(room, submission.student, [said], gru_candidate=IN_DOUBT)
        if not digits:
            return whole
        items = [replace(row, points=float(digits), status="failed") if row.id == "rnn.layers" else row
                 for row in whole.items]  # fmt: skip
        return replace(whole, items=items, score=sum(row.points for row in items))

    monkeypatch.setattr(where, "mark_submission", mark)
    monkeypatch.setattr(where, "ZygotePool", NoPool)
    return seen


@pytest.fixture
def settled(room, submissions, out):
    """settled(course, path=the class, resume=False) -> student -> the JSON of the result that counts."""

    def settled(course, path=submissions, resume=False):
        grade_course(room, path, out, course, jobs=1, resume=resume, progress=False)
        return {name: json.loads(text) for name, text in results_in(out).items()}

    return settled


def files_in(out):
    return {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def table(out):
    with (out / "grades.csv").open(newline="", encoding="utf-8") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def test_rules_that_change_nothing_leave_every_file_as_it_is_without_a_course(
    room, submissions, out, tmp_path, marking, settled, course
):
    grade(room, submissions, tmp_path / "plain", jobs=1, progress=False)
    settled(course(deadline=DEADLINE, late=LateRule(10)))
    assert files_in(out) == files_in(tmp_path / "plain")
    assert not (out / "marked").exists()


def test_a_decision_shows_in_every_file_and_the_markers_own_result_is_kept(
    room, submissions, out, marking, settled, course, decide
):
    decide(DECISION)
    results = settled(course())
    assert (results["Bob"]["score"], results["Bob"]["status"]) == (100.0, "graded")
    assert results["Bob"]["grader"]["settled"]["score"] == 88.0
    assert (results["Ann"]["score"], results["Ann"]["status"]) == (88.0, "needs_review")
    assert (table(out)["Bob"]["score"], table(out)["Bob"]["gru.candidate"]) == ("100.0", "12.0")
    for page in (out / "feedback" / "Bob.html", out / "report.html"):
        assert "The reason: another layout" in page.read_text(encoding="utf-8")
    (own,) = marked_results(out, "Bob")
    assert (own.score, own.status) == (88.0, "needs_review")
    assert [path.name for path in (out / "marked").iterdir()] == ["Bob.json"]


def test_a_decision_that_comes_later_or_goes_needs_no_new_marking(
    submissions, out, tmp_path, marking, settled, course, decide
):
    settled(course())
    before = files_in(out)
    decide(DECISION)
    assert settled(course(), resume=True)["Bob"]["score"] == 100.0
    (tmp_path / "course" / "overrides.csv").unlink()
    settled(course(), resume=True)
    assert files_in(out) == before
    assert marking == STUDENTS


def test_a_decision_survives_a_new_marking(marking, settled, course, decide):
    decide(DECISION)
    first = settled(course())
    assert settled(course()) == first
    assert marking == STUDENTS * 2


def test_a_result_that_is_settled_and_lost_its_own_is_marked_again(out, marking, settled, course, decide):
    decide(DECISION)
    settled(course())
    (out / "marked" / "Bob.json").unlink()
    settled(course(), resume=True)
    assert marking == [*STUDENTS, "Bob"]


def test_what_is_settled_already_is_not_written_again(out, marking, settled, course, decide):
    decide(DECISION)
    settled(course(contact="ta@example.org"))
    before = {path: path.stat().st_mtime_ns for path in out.glob("*/*")}
    settled(course(contact="ta@example.org"), resume=True)
    assert {path: path.stat().st_mtime_ns for path in out.glob("*/*")} == before


def test_decisions_count_without_a_course_too_where_they_lie_beside_the_results(
    room, submissions, out, marking, settled
):
    out.mkdir()
    (out / "overrides.csv").write_text(HEADING + DECISION)
    assert settled(Course())["Bob"]["score"] == 100.0


def test_a_wrong_decision_is_told_before_anything_is_marked(out, marking, settled, course, decide):
    decide("Zoe,gru.candidate,12,Kim,x\n")
    with pytest.raises(CourseFault, match=r"overrides\.csv, line 2, names 'Zoe', who handed in nothing"):
        settled(course())
    assert marking == []
    assert not out.exists()


def test_an_extension_of_nobody_is_told_before_anything_is_marked(out, marking, settled, course):
    with pytest.raises(CourseFault, match=r"course\.toml, extensions, names 'Zoe'"):
        settled(course(extensions={"Zoe": DEADLINE}))
    assert marking == []


def test_a_contact_stands_on_every_page_and_goes_with_the_course(out, marking, settled, course):
    settled(course(contact="<ta@example.org>"))
    pages = [*(out / "feedback").iterdir(), out / "report.html"]
    assert all("&lt;ta@example.org&gt;" in page.read_text(encoding="utf-8") for page in pages)
    assert not (out / "marked").exists()  # the marker said the same, but for whom to ask
    assert all("contact" not in own.grader for student in STUDENTS for own in marked_results(out, student))
    settled(course(contact="other@example.org"), resume=True)
    assert "other@example.org" in (out / "feedback" / "Ann.html").read_text(encoding="utf-8")
    settled(Course(), resume=True)
    assert not any("ta@example.org" in page.read_text(encoding="utf-8") for page in pages)
    assert not (out / "marked").exists()
    assert marking == STUDENTS


def test_who_handed_in_nothing_is_rejected_with_no_points_and_a_page(
    room, out, tmp_path, submissions, monkeypatch, course
):
    for student in STUDENTS:
        (submissions / student / "RNN_skeleton.py").unlink()
    roster = tmp_path / "roster.csv"
    roster.write_text("student\nAnn\nZoe\n")
    grade_course(room, submissions, out, course(roster=roster), jobs=1, progress=False)
    zoe = json.loads(results_in(out)["Zoe"])
    assert (zoe["status"], zoe["score"], zoe["notes"]) == ("rejected", 0.0, ["Rejected: nothing was handed in."])
    assert table(out)["Zoe"]["score"] == "0.0"
    assert "nothing was handed in" in (out / "feedback" / "Zoe.html").read_text()
    assert rows_in(out) == [*STUDENTS, "Zoe"]


def test_other_points_count_in_every_file_and_need_no_new_marking(out, marking, settled, course):
    settled(course())
    results = settled(course(points={"rnn.layers": 26.0}), resume=True)
    assert (results["Ann"]["score"], results["Ann"]["max_score"]) == (108.0, 120.0)
    assert table(out)["Ann"]["rnn.layers"] == "26.0"
    assert marking == STUDENTS


def test_another_option_of_the_rubric_marks_anew_and_is_in_the_stamp(marking, settled, course):
    settled(course())
    results = settled(course(options={"output": "plain"}), resume=True)
    assert marking == STUDENTS * 2
    assert results["Ann"]["grader"]["options"] == {"output": "plain"}


def test_a_group_is_marked_once_and_each_member_has_the_result(
    out, tmp_path, marking, settled, course, decide, submissions
):
    groups = tmp_path / "groups.csv"
    groups.write_text("group,student\nAnn,Kim\nAnn,Lee\n")
    decide("Lee,gru.candidate,0,Choi,no\n")
    results = settled(course(groups=groups))
    assert marking == STUDENTS
    assert rows_in(out) == sorted({*STUDENTS, "Kim", "Lee"} - {"Ann"})
    assert (results["Kim"]["score"], results["Kim"]["status"]) == (88.0, "needs_review")
    assert (results["Lee"]["score"], results["Lee"]["status"]) == (88.0, "graded")
    settled(course(groups=groups), resume=True)
    assert marking == STUDENTS


def test_a_decision_beside_the_results_divides_no_group_that_was_one_row_before(
    out, tmp_path, marking, settled, submissions
):
    folder = tmp_path / "export"
    (folder / "submission_1").mkdir(parents=True)
    (folder / "submission_1" / "RNN_skeleton.py").write_text("# work\n")
    people = "[{':name': Ann, ':sid': '1'}, {':name': Bob, ':sid': '2'}]"
    (folder / "submission_metadata.yml").write_text(f"submission_1: {{':submitters': {people}}}\n")
    assert set(settled(Course(), folder)) == {"Ann and Bob_1"}
    (out / "overrides.csv").write_text(HEADING + "Ann and Bob_1,gru.candidate,12,Kim,right\n")
    results = settled(Course(), folder, resume=True)
    assert {name: result["score"] for name, result in results.items()} == {"Ann and Bob_1": 100.0}


# Several attempts, of a download that keeps them


ATTEMPTS = {
    "ann": {"2026-11-19-10-00-00": 1, "2026-11-20-10-00-00": 3, "2026-11-22-10-00-00": 6},
    "bob": {"2026-11-21-00-00-00": 2},
}


@pytest.fixture
def download(tmp_path):
    """A download of Blackboard in which the number in a module is what it earns."""
    folder = tmp_path / "download"
    folder.mkdir()
    for student, attempts in ATTEMPTS.items():
        for at, points in attempts.items():
            (folder / f"Lab_{student}_attempt_{at}_RNN_skeleton.py").write_text(f"# {points}")
    return folder


def first_item(result):
    return result["items"][0]["points"]


@pytest.mark.parametrize(
    ("attempt", "rule", "points", "score"),
    [
        ("newest", LateRule(10, "points", 5), 6.0, 68.0),
        ("newest-in-time", LateRule(10, "points", 5), 3.0, 85.0),
        ("best", LateRule(10, "points", 5), 3.0, 85.0),
        ("best", LateRule(1, "points", 5), 6.0, 86.0),
        ("best", LateRule(), 6.0, 88.0),
    ],
)
def test_the_attempt_that_counts_is_the_one_that_the_course_says(
    download, marking, settled, course, attempt, rule, points, score
):
    ann = settled(course(deadline=DEADLINE, late=rule, attempt=attempt), download)["ann"]
    assert (first_item(ann), ann["score"]) == (points, score)


def test_a_groups_newest_attempt_in_time_is_that_of_each_member(tmp_path, out, download, marking, settled, course):
    groups = tmp_path / "groups.csv"
    groups.write_text("group,student\nann,Kim\nann,Lee\n")
    rules = course(deadline=DEADLINE, late=LateRule(10), attempt="newest-in-time", groups=groups)
    results = settled(rules, download)
    assert {name: (first_item(one), one["score"]) for name, one in results.items()} == {
        "Kim": (3.0, 85.0),
        "Lee": (3.0, 85.0),
        "bob": (2.0, 74.0),
    }


def test_a_members_extension_chooses_that_members_newest_attempt_in_time_alone(
    tmp_path, download, marking, settled, course
):
    groups = tmp_path / "groups.csv"
    groups.write_text("group,student\nann,Kim\nann,Lee\nann,Oh\n")
    rules = {"groups": groups, "extensions": {"Lee": DEADLINE + timedelta(days=9)}, "attempt": "newest-in-time"}
    results = settled(course(deadline=DEADLINE, late=LateRule(10), **rules), download)
    assert {name: first_item(one) for name, one in results.items()} == {"Kim": 3, "Lee": 6, "Oh": 3, "bob": 2}


def test_of_the_best_attempt_all_are_marked_once_and_a_new_rule_may_choose_another(
    out, download, marking, settled, course
):
    strict, mild = (course(deadline=DEADLINE, late=LateRule(off), attempt="best") for off in (10, 1))
    assert first_item(settled(strict, download)["ann"]) == 3.0
    assert marking == ["ann"] * 3 + ["bob"]
    result = settled(mild, download, resume=True)["ann"]
    assert first_item(result) == 6.0
    assert "Of 3 attempts the best one counts, after the late rule: the one of 2026-11-22-10-00-00." in result["notes"]
    assert marking == ["ann"] * 3 + ["bob"]
    assert [result.items[0].points for result in marked_results(out, "ann")] == [6.0, 3.0, 1.0]


def test_a_decision_on_what_was_no_doubt_changes_the_attempt_that_counts_and_not_which_one_does(
    download, marking, settled, course, decide
):
    decide("ann,rnn.layers,0,Kim,copied\nann,gru.candidate,12,Kim,right\n")
    ann = settled(course(deadline=DEADLINE, late=LateRule(10), attempt="best"), download)["ann"]
    assert (first_item(ann), ann["score"], ann["status"]) == (0.0, 94.0, "graded")
    assert "2026-11-20-10-00-00" in ann["notes"][-1]


def test_grades_go_back_as_they_are_settled_with_a_row_for_who_handed_in_nothing(
    room, out, tmp_path, download, marking, settled, course, decide
):
    roster = tmp_path / "roster.csv"
    roster.write_text("Last Name,First Name,Username\nLee,Ann,ann\nOh,Bob,bob\nKim,Zoe,=zoe()\n")
    decide("ann,gru.candidate,12,Kim,right\nbob,gru.candidate,6,Kim,half\n")
    rules = course(deadline=DEADLINE, late=LateRule(10), roster=roster)
    settled(rules, download)
    export(room, "blackboard-grades", tmp_path / "grades.csv", out)
    with (tmp_path / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[1:] == [["'=zoe()", "0"], ["ann", "80"], ["bob", "80"]]


@pytest.mark.parametrize("name", ["=cmd_lee", "'=cmd_lee", "=Cmd_Lee", "=Ann Lee", "=Ann Lee_=cmd_lee"])
def test_a_receipt_is_found_by_all_that_the_course_system_calls_a_student(room, out, tmp_path, marking, settled, name):
    folder = tmp_path / "download"
    folder.mkdir()
    for user in ("=cmd_lee", "bob"):
        start = f"Lab_{user}_attempt_2026-11-01-10-00-00"
        (folder / f"{start}_{'RNN_skeleton.py'}").write_text("# nothing yet")
        (folder / f"{start}.txt").write_text(f"Name: =Ann Lee ({user})\n" if user != "bob" else "Name: Bob Oh (bob)\n")
    settled(Course(), folder)
    assert read_result(out, name).student == "=Ann Lee_=cmd_lee"


def test_a_name_that_two_students_of_a_download_have_finds_neither(room, out, tmp_path, marking, settled):
    folder = tmp_path / "download"
    folder.mkdir()
    for number in (7, 8):
        (folder / f"kimmin_{number}_{number}_RNN_skeleton.py").write_text("# nothing yet")
    settled(Course(), folder)
    assert read_result(out, "8").student == "kimmin_8"
    with pytest.raises(MarkedFault, match="has no result of 'kimmin'; there are: 'kimmin_8', 'kimmin_7'"):
        read_result(out, "kimmin")


def test_a_marking_that_is_stopped_keeps_what_is_settled_and_goes_on(
    room, submissions, out, marking, settled, course, decide, monkeypatch
):
    decide(DECISION)
    settled(course())
    whole = files_in(out)
    again, keep = [], batch.Batch.keep_for

    def stop(self, row, found, marked):
        again.append(row.student)
        if row.student == "Dan":
            raise KeyboardInterrupt
        return keep(self, row, found, marked)

    monkeypatch.setattr(batch.Batch, "keep_for", stop)
    with pytest.raises(Stopped):
        settled(course())
    monkeypatch.setattr(batch.Batch, "keep_for", keep)
    settled(course(), resume=True)
    assert files_in(out) == whole
