"""What waits for a person: alike cases are one group, one decision is for all of it, and it survives a marking."""

import csv
from dataclasses import replace

import pytest

from grading import __main__ as command_line
from grading.courses.course import Course
from grading.courses.marked import read_results
from grading.courses.overrides import read_overrides
from grading.courses.review import ReviewFault, groups_of, open_cases, shown, with_outline
from grading.courses.reviewing import Reviewing
from grading.courses.settlement import grade_course
from grading.mark import where
from grading.mark.grade import grade
from grading.mark.result import Result
from grading.report.tables import write_grades
from grading.room import REPOSITORY
from tests.grading.class_of_seven import NoPool
from tests.grading.results import FAILED, HOSTILE, IN_DOUBT, result_of

CELL = (REPOSITORY / "assignment" / "cases" / "all-right" / "GRU_skeleton.py").read_text(encoding="utf-8")
RENAMED = CELL.replace("z_t", "gate").replace('"""One step', '"""Another step')
OTHER = CELL.replace("torch.sigmoid", "torch.tanh")


@pytest.fixture
def folder(room, tmp_path):
    """folder(results) -> a marked folder with them."""

    def write(*results):
        (tmp_path / "marked" / "results").mkdir(parents=True, exist_ok=True)
        for result in results:
            (tmp_path / "marked" / "results" / f"{result.student}.json").write_text(result.to_json(), encoding="utf-8")
        return tmp_path / "marked"

    return write


def doubts(room, *names, saw=IN_DOUBT.saw):
    return [result_of(room, name, gru_candidate=IN_DOUBT.but(saw=saw)) for name in names]


def test_alike_cases_are_one_group_and_the_largest_comes_first(room):
    results = [*doubts(room, "Ann", "Bob"), *doubts(room, "Cyd", saw="something else")]
    assert [group.students for group in groups_of(open_cases(results))] == [("Ann", "Bob"), ("Cyd",)]


def test_two_sentences_that_differ_in_numbers_alone_are_alike(room):
    results = doubts(room, "Ann", saw="0.4 where 0.25 was") + doubts(room, "Bob", saw="-1e-05 where 3 was")
    assert len(groups_of(open_cases(results))) == 1


def test_functions_that_read_otherwise_are_not_alike(room):
    told = {("Ann", "gru.candidate"): ("a", "x"), ("Bob", "gru.candidate"): ("b", "y")}
    assert len(groups_of(with_outline(case, told) for case in open_cases(doubts(room, "Ann", "Bob")))) == 2


def test_a_group_has_the_same_name_in_every_run_and_whoever_else_is_in_it(room):
    (first,), (second,) = (groups_of(open_cases(doubts(room, *names))) for names in (["Ann"], ["Bob", "Cyd"]))
    assert first.name == second.name
    assert first.name.startswith("gru.candidate-")


def test_whoever_is_in_the_class_no_more_waits_for_nobody(room, folder):
    marked = folder(*doubts(room, "Ann", "Bob", "'+SUM(A1)"))
    (marked / "grades.csv").write_text("student,score\nBob,0\n", encoding="utf-8")
    assert list(read_results(marked)) == ["Bob"]
    write_grades(doubts(room, "Ann", "=cmd()"), room, marked / "grades.csv")
    assert list(read_results(folder(*doubts(room, "=cmd()")))) == ["=cmd()", "Ann"]


def test_what_is_no_doubt_or_earns_no_points_waits_for_nobody(room):
    result = result_of(room, gru_candidate=FAILED, submission_handwritten=IN_DOUBT)
    assert list(open_cases([result])) == []


@pytest.mark.parametrize("words", [*HOSTILE.values(), "\x1b[2J\x1b]0;title\x07", "x" * 9000, "a\nb\rc"])
def test_what_a_student_wrote_can_t_steer_a_terminal(room, words):
    result = replace(doubts(room, "Ann", saw=words)[0], student=words)
    told = {(words, "gru.candidate"): ("a", f"{words}\n" * 99)}
    (group,) = groups_of(with_outline(case, told) for case in open_cases([result]))
    lines = list(shown(group, room.words))
    assert all(line.isprintable() for line in lines)
    assert max(map(len, lines)) < 700
    assert len(lines) < 30


def test_a_decision_is_for_all_that_are_alike_and_says_who_and_why(room, folder):
    marked = folder(*doubts(room, "Ann", "=Bob"))
    work = Reviewing.of(room, marked)
    work.decide([f"{work.groups[0].name}=9.5"], "Kim", "right, with einsum")
    with (marked / "overrides.csv").open(newline="", encoding="utf-8") as table:
        rows = list(csv.DictReader(table))
    assert [(row["student"], row["points"], row["reviewer"]) for row in rows] == [
        ("'=Bob", "9.5", "Kim"),
        ("Ann", "9.5", "Kim"),
    ]
    assert rows[0]["reason"] == "right, with einsum"


def test_what_is_decided_is_open_no_more_and_other_decisions_stay(room, folder):
    marked = folder(*doubts(room, "Ann"), *doubts(room, "=Cyd", saw="something else"))
    for _ in range(2):
        work = Reviewing.of(room, marked)
        work.decide([f"{work.groups[0].name}=all"], "Kim", "right")
    assert Reviewing.of(room, marked).groups == ()
    assert len((marked / "overrides.csv").read_text(encoding="utf-8").splitlines()) == 3


@pytest.mark.parametrize(
    ("said", "reviewer", "reason", "why"),
    [
        ("gru.candidate-0000=all", "Kim", "right", "no decision on an open group"),
        ("all", "Kim", "right", "no decision on an open group"),
        ("{name}=13", "Kim", "right", "from 0 to 12"),
        ("{name}=nan", "Kim", "right", "from 0 to 12"),
        ("{name}=some", "Kim", "right", "from 0 to 12"),
        ("{name}=all", "", "right", "--reviewer"),
        ("{name}=all", "Kim", " ", "--reason"),
    ],
)
def test_a_wrong_decision_is_told_in_one_sentence_and_nothing_is_written(room, folder, said, reviewer, reason, why):
    marked = folder(*doubts(room, "Ann"))
    work = Reviewing.of(room, marked)
    with pytest.raises(ReviewFault, match=why):
        work.decide([said.format(name=work.groups[0].name)], reviewer, reason)
    assert not (marked / "overrides.csv").exists()


@pytest.fixture
def left_to_a_person(monkeypatch, room):
    """Every submission is left to a person, for its candidate."""

    def mark(room, submission, zygote, time_limit, told):
        return replace(result_of(room, submission.student, gru_candidate=IN_DOUBT.but(file="GRU_skeleton.py")))

    monkeypatch.setattr(where, "mark_submission", mark)
    monkeypatch.setattr(where, "ZygotePool", NoPool)


@pytest.fixture
def cells(tmp_path):
    """Three cells: two that differ in a name and a docstring, and another one."""
    for student, text in {"Ann": CELL, "Bob": RENAMED, "Cyd": OTHER}.items():
        (tmp_path / "class" / student).mkdir(parents=True)
        (tmp_path / "class" / student / "GRU_skeleton.py").write_text(text, encoding="utf-8")
    return tmp_path / "class"


def test_with_the_submissions_code_that_differs_in_names_alone_is_alike(room, cells, out, left_to_a_person):
    grade(room, cells, out, jobs=1, progress=False)
    assert [group.students for group in Reviewing.of(room, out).groups] == [("Ann", "Bob", "Cyd")]
    groups = Reviewing.of(room, out, cells).groups
    assert [group.students for group in groups] == [("Ann", "Bob"), ("Cyd",)]
    assert "h_tilde = torch.tanh" in groups[0].cases[0].text


def test_a_file_that_can_t_be_parsed_is_alike_to_nothing_that_can(room, cells, out, left_to_a_person):
    (cells / "Bob" / "GRU_skeleton.py").write_text("class (", encoding="utf-8")
    grade(room, cells, out, jobs=1, progress=False)
    assert [len(group.cases) for group in Reviewing.of(room, out, cells).groups] == [1, 1, 1]


def test_a_decision_survives_every_marking(room, cells, out, left_to_a_person):
    grade(room, cells, out, jobs=1, progress=False)
    work = Reviewing.of(room, out)
    work.decide([f"{work.groups[0].name}=all"], "Kim", "right")
    marked = grade_course(room, cells, out, Course(), jobs=1, progress=False)
    assert [(result.status, result.score) for result in marked.results] == [("graded", 100.0)] * 3
    assert Reviewing.of(room, out).groups == ()
    assert len(read_overrides(out / "overrides.csv", room.items, lambda name, place: name)) == 3


def test_the_verb_decides_without_a_terminal(room, folder, monkeypatch, capsys):
    marked = folder(*doubts(room, "Ann"))
    name = Reviewing.of(room, marked).groups[0].name
    words = ["review", str(marked), "--decide", f"{name}=none", "--reviewer", "Kim", "--reason", "not asked for"]
    monkeypatch.setattr("sys.argv", ["grading", *words])
    with pytest.raises(SystemExit) as ended:
        command_line.run()
    assert not ended.value.code
    assert name in capsys.readouterr().out
    assert "Ann,gru.candidate,0,Kim,not asked for" in (marked / "overrides.csv").read_text(encoding="utf-8")


def test_a_terminal_is_asked_group_by_group(room, folder, monkeypatch, capsys):
    marked = folder(*doubts(room, "Ann"), *doubts(room, "Bob", saw="something else"))
    answers = iter(["all", "", "Kim", "right"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("typer.prompt", lambda *_, **__: next(answers))
    monkeypatch.setattr("sys.argv", ["grading", "review", str(marked)])
    with pytest.raises(SystemExit) as ended:
        command_line.run()
    assert not ended.value.code
    assert len((marked / "overrides.csv").read_text(encoding="utf-8").splitlines()) == 2


def test_a_folder_that_is_not_marked_is_one_sentence(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr("sys.argv", ["grading", "review", str(tmp_path)])
    with pytest.raises(SystemExit) as ended:
        command_line.run()
    assert ended.value.code == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_a_result_that_could_not_be_marked_waits_for_nobody(room):
    assert list(open_cases([Result("Ann", "rejected", 0.0, 100.0, result_of(room, rnn_layers=FAILED).items)])) == []
