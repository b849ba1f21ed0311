"""Two markings beside each other: who changed and why; and, after a fix, nobody's score falls."""

import csv
from dataclasses import replace

import pytest

from grading import __main__ as command_line
from grading import __version__
from grading.courses.comparison import compare, write_comparison
from grading.courses.course import Course
from grading.courses.earlier import earlier_marking
from grading.courses.marked import MarkedFault, read_results
from grading.courses.overrides import Override
from grading.courses.settle import settle
from grading.courses.settlement import grade_course
from grading.mark import batch, where
from grading.mark.output import MarkedClass
from grading.mark.result import Result
from grading.mark.seed import SEED
from tests.grading.class_of_seven import NoPool
from tests.grading.results import FAILED, IN_DOUBT, result_of

STAMP = {"release": "r1", "marker": "m1", "marked": "f1", "python": "3.11", "torch": "2", "time_limit": 10.0}


def changes_of(before, now):
    return compare({"Ann": before}, {"Ann": now})


def reasons_of(before, now):
    (change,) = changes_of(before, now)
    return [key for key, _ in change.why]


def test_who_has_the_same_marks_is_not_listed_whatever_the_stamps_say(room):
    result = result_of(room).stamped(STAMP)
    assert changes_of(result, result.stamped({"marker": "m2", "release": "r2"})) == []


@pytest.mark.parametrize(
    ("fact", "reason"),
    [
        ("release", "release"),
        ("marker", "marker"),
        ("marked", "files"),
        ("torch", "machine"),
        ("time_limit", "machine"),
    ],
)
def test_what_differs_in_the_stamp_is_the_reason_of_a_change(room, fact, reason):
    before = result_of(room, gru_candidate=FAILED).stamped(STAMP)
    assert reasons_of(before, result_of(room).stamped(STAMP | {fact: "another"})) == [reason]


def test_a_decision_of_a_person_is_the_reason_of_a_change(room):
    before = result_of(room, gru_candidate=IN_DOUBT).stamped(STAMP)
    now = settle(before, room, Course(), [Override("Ann", "gru.candidate", 12.0, "Kim", "right")])
    assert reasons_of(before, now) == ["overrides"]


def test_another_rubric_is_the_reason_of_a_change(room):
    before = result_of(room).stamped(STAMP)
    shown = replace(room, points={"gru.candidate": 20.0})
    assert "points" in reasons_of(before, settle(before, shown, Course()))


def test_a_change_names_the_items_and_by_how_much_the_score_rose(room):
    (change,) = changes_of(result_of(room, gru_candidate=FAILED, rnn_layers=FAILED), result_of(room, rnn_layers=FAILED))
    assert (change.difference, change.items) == (12.0, ("gru.candidate",))


def test_a_change_that_nothing_explains_says_so(room):
    result = result_of(room).stamped(STAMP)
    assert reasons_of(result_of(room, gru_candidate=FAILED).stamped(STAMP), result) == ["unknown"]


def test_who_is_in_one_marking_alone_is_listed(room):
    changes = compare({"Ann": result_of(room)}, {"Bob": result_of(room, "Bob")})
    assert [(change.student, change.why[0][0]) for change in changes] == [("Ann", "only_before"), ("Bob", "only_now")]


def test_no_name_in_the_table_is_a_formula(room, tmp_path):
    before = {"=1+1": result_of(room, "=1+1", gru_candidate=FAILED)}
    write_comparison(compare(before, {"=1+1": result_of(room, "=1+1")}), room.words, tmp_path / "compare.csv")
    with (tmp_path / "compare.csv").open(newline="", encoding="utf-8") as table:
        (row,) = csv.DictReader(table)
    assert row["student"] == "'=1+1"
    assert (row["score_before"], row["score_now"], row["change"]) == ("88", "100", "+12")


# After a fix


@pytest.fixture
def marked_as(monkeypatch, room, submissions, tmp_path):
    """marked_as(name, {student: score}, marker, earlier): the class marked by a stand-in with a stamp of its own."""
    asked = []

    def mark(name, scores, marker, earlier=None, resume=False, **options):
        asked.clear()

        def mark_one(room, submission, zygote, time_limit, told):
            asked.append(submission.student)
            score = scores.get(submission.student, 50.0)
            return Result(submission.student, "graded", score, float(room.max_score), [])

        monkeypatch.setattr(where, "mark_submission", mark_one)
        monkeypatch.setattr(where, "ZygotePool", NoPool)
        stamp = {"version": __version__, "seed": SEED, "marker": marker, "release": "r"}
        monkeypatch.setattr(batch, "stamp", lambda room, limit: stamp)
        standing = earlier and earlier_marking(tmp_path / earlier, tmp_path / name, True, **options)
        only_up = standing and standing.standing(room.words)
        marked = grade_course(
            room, submissions, tmp_path / name, Course(), jobs=1, progress=False, only_up=only_up, resume=resume
        )
        return {result.student: result for result in marked.results}, list(asked)

    return mark


def test_after_a_fix_no_score_falls_and_those_that_rise_do(marked_as):
    marked_as("old", {"Ann": 80.0, "Bob": 20.0}, "m1")
    now, _ = marked_as("new", {"Ann": 30.0, "Bob": 90.0}, "m2", "old")
    assert (now["Ann"].score, now["Bob"].score, now["Cyd"].score) == (80.0, 90.0, 50.0)
    assert "30" in now["Ann"].notes[-1]
    assert "20" in now["Bob"].notes[-1]
    assert now["Cyd"].notes == []


def test_who_was_marked_by_another_stamp_than_the_faulty_one_is_not_marked_again(marked_as, tmp_path):
    marked_as("old", {"Ann": 80.0}, "m1")
    path = tmp_path / "old" / "results" / "Ann.json"
    path.write_text(path.read_text().replace('"marker": "m1"', '"marker": "m0"'))
    now, asked = marked_as("new", {"Ann": 100.0}, "m2", "old", faulty=["m1"])
    assert "Ann" not in asked
    assert len(asked) == 6
    assert now["Ann"].score == 80.0


def test_what_today_s_marker_marked_stands_without_being_marked_again(marked_as):
    before, _ = marked_as("old", {"Ann": 80.0}, "m1")
    now, asked = marked_as("new", {"Ann": 100.0}, "m1", "old")
    assert asked == []
    assert now == before


def test_files_that_were_handed_in_since_count_as_they_are(marked_as, submissions):
    marked_as("old", {"Ann": 80.0}, "m1")
    (submissions / "Ann" / "RNN_skeleton.py").write_text("# another attempt\n")
    now, _ = marked_as("new", {"Ann": 30.0}, "m1", "old")
    assert now["Ann"].score == 30.0


def test_only_up_can_be_resumed_and_gives_the_same(marked_as):
    marked_as("old", {"Ann": 80.0}, "m1")
    first, _ = marked_as("new", {"Ann": 30.0}, "m2", "old")
    again, asked = marked_as("new", {"Ann": 30.0}, "m2", "old", resume=True)
    assert asked == []
    assert again == first


def test_what_stands_after_one_fix_stands_after_the_next(marked_as):
    marked_as("old", {"Ann": 80.0}, "m1")
    marked_as("new", {"Ann": 30.0}, "m2", "old")
    now, _ = marked_as("newest", {"Ann": 40.0}, "m3", "new")
    assert now["Ann"].score == 80.0
    assert marked_as("again", {"Ann": 90.0}, "m4", "newest")[0]["Ann"].score == 90.0


def test_a_doubt_never_takes_the_place_of_more_points(marked_as, monkeypatch, room, submissions, tmp_path):
    before, _ = marked_as("old", {"Ann": 80.0}, "m1")
    standing = earlier_marking(tmp_path / "old", tmp_path / "new", True).standing(room.words)
    doubt = replace(result_of(room, "Ann", gru_candidate=IN_DOUBT), score=70.0).stamped(
        before["Ann"].grader | {"marker": "m2"}
    )
    assert standing.better("Ann", [doubt], lambda marked: marked[0]).score == 80.0


@pytest.mark.parametrize(
    ("folder", "only_up", "faulty", "said"),
    [
        (None, True, (), "needs the earlier marking"),
        ("old", False, ("m1",), "--only-up"),
        ("old", True, ("m7",), "no result with the stamp 'm7'; there are: m1, r"),
        ("nowhere", False, (), "no marked folder"),
        ("new", False, (), "can't hold both"),
    ],
)
def test_wrong_options_are_told_in_one_sentence(marked_as, tmp_path, folder, only_up, faulty, said):
    marked_as("old", {}, "m1")
    marked_as("new", {}, "m1")
    with pytest.raises(MarkedFault, match=said):
        earlier_marking(folder and tmp_path / folder, tmp_path / "new", only_up, faulty)


def test_an_earlier_marking_that_is_not_whole_is_told_before_anything_is_marked(marked_as, tmp_path):
    marked_as("old", {}, "m1")
    (tmp_path / "old" / "results" / "Ann.json").write_text("{", encoding="utf-8")
    with pytest.raises(MarkedFault, match="has no whole result of 'Ann'"):
        earlier_marking(tmp_path / "old", tmp_path / "new")


def test_a_comparison_is_written_beside_the_results(marked_as, room, tmp_path):
    marked_as("old", {"Ann": 80.0}, "m1")
    marked_as("new", {"Ann": 30.0}, "m2")
    marked = MarkedClass(tuple(read_results(tmp_path / "new")), tmp_path / "new")
    (change,) = earlier_marking(tmp_path / "old", tmp_path / "new").compared(marked, room.words)
    assert (change.student, change.difference) == ("Ann", -50.0)
    assert "Ann,80,30,-50" in (tmp_path / "new" / "compare.csv").read_text(encoding="utf-8")


def test_the_command_line_tells_who_changed_and_what_waits(marked_as, submissions, tmp_path, monkeypatch, capsys):
    marked_as("old", {"Ann": 80.0}, "m1")
    marked_as("unused", {"Ann": 100.0}, "m2")  # from now on, marking gives that
    words = ["grade", submissions, "--out", tmp_path / "new", "--compare", tmp_path / "old", "--review", "--jobs", 1]
    monkeypatch.setattr("sys.argv", ["grading", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        command_line.run()
    out = capsys.readouterr().out
    assert not ended.value.code
    assert "Ann: 80 > 100 (+20), another marker (m1 > m2)" in out
    assert "Waiting for a person: 0" in out


def test_the_command_line_refuses_options_that_do_not_go_together(submissions, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["grading", "grade", str(submissions), "--out", str(tmp_path / "new"), "--only-up"])
    with pytest.raises(SystemExit) as ended:
        command_line.run()
    assert ended.value.code == 2
    assert capsys.readouterr().err == "Error: --only-up needs the earlier marking; give its folder with --compare.\n"
    assert not (tmp_path / "new").exists()
