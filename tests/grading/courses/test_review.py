"""What waits for a person: alike cases are one group, one decision is for all of it, and it survives a marking."""

import csv
import json
from dataclasses import replace

import pytest

from grading import __main__ as command_line
from grading.courses.course import Course
from grading.courses.course_file import read_course
from grading.courses.folder_review import FolderReview
from grading.courses.marked import MarkedFault, read_results
from grading.courses.overrides import Override, add_overrides, read_overrides
from grading.courses.review import ReviewFault, groups_of, open_cases, shown, with_outline
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
    assert [group.students for group in groups_of(open_cases(room, results))] == [("Ann", "Bob"), ("Cyd",)]


SAME = IN_DOUBT.but(saw="a person looks first", cause="the handout asks for the equations written by hand")
HALF = ("gru.layers", "gru.candidate", "gru.unroll")


def doubt_of_a_half(room, *names):
    verdicts = {item.replace(".", "_"): SAME for item in HALF} | {"rnn_model": SAME}
    return [result_of(room, name, **verdicts) for name in names]


def test_doubts_of_one_half_with_a_cause_of_all_of_it_are_one_case(room):
    groups = groups_of(open_cases(room, doubt_of_a_half(room, "Ann", "Bob")))
    assert [(group.students, tuple(item.id for item in group.items)) for group in groups] == [
        (("Ann", "Bob"), HALF),
        (("Ann", "Bob"), ("rnn.model",)),
    ]
    assert groups[0].name.startswith("gru-")
    assert ", ".join(HALF) in "\n".join(shown(groups[0], room.words))


@pytest.mark.parametrize("key", ["undecided", "unusual"])
def test_doubts_about_single_lines_are_decided_one_by_one_though_the_sentence_is_the_same(room, key):
    doubt = IN_DOUBT.but(saw=room.words.say("saw", key), cause=room.words.say("cause", key))
    result = result_of(room, gru_reset_gate=doubt, gru_candidate=doubt)
    assert [group.name.partition("-")[0] for group in groups_of(open_cases(room, [result]))] == [
        "gru.candidate",
        "gru.reset_gate",
    ]


@pytest.mark.parametrize("key", ["library", "our_fault", "out_of_time"])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_cause_of_a_whole_half_is_known_in_whatever_language_it_was_told(room, key, language):
    doubt = IN_DOUBT.but(cause=replace(room, language=language).words.say("cause", key))
    result = result_of(room, gru_reset_gate=doubt, gru_candidate=doubt)
    assert len(groups_of(open_cases(room, [result]))) == 1


def test_doubts_without_a_cause_or_with_another_one_stay_apart(room):
    other = SAME.but(cause="another one")
    result = result_of(room, gru_layers=SAME, gru_candidate=other, gru_unroll=IN_DOUBT, gru_new_state=IN_DOUBT)
    assert len(groups_of(open_cases(room, [result]))) == 4


def test_one_decision_is_for_every_item_of_a_half(room, folder):
    marked = folder(*doubt_of_a_half(room, "Ann"))
    work = FolderReview.of(room, marked)
    half = work.groups[0].name
    with pytest.raises(ReviewFault, match=f"no points for {half}; it is 3 items, so give `all` or `none`"):
        work.decide([f"{half}=9"], "Kim", "right")
    work.decide([f"{half}=all"], "Kim", "right")
    rows = read_overrides(marked / "overrides.csv", room.items, lambda name, place: name)["Ann"]
    assert {row.item: row.points for row in rows} == {item: room.items[item].points for item in HALF}
    assert [group.items[0].id for group in FolderReview.of(room, marked).groups] == ["rnn.model"]


def test_two_sentences_that_differ_in_numbers_alone_are_alike(room):
    results = doubts(room, "Ann", saw="0.4 where 0.25 was") + doubts(room, "Bob", saw="-1e-05 where 3 was")
    assert len(groups_of(open_cases(room, results))) == 1


def test_functions_that_read_otherwise_are_not_alike(room):
    told = {("Ann", "gru.candidate"): ("a", "x"), ("Bob", "gru.candidate"): ("b", "y")}
    assert len(groups_of(with_outline(case, told) for case in open_cases(room, doubts(room, "Ann", "Bob")))) == 2


def test_a_group_has_the_same_name_in_every_run_and_whoever_else_is_in_it(room):
    (first,), (second,) = (groups_of(open_cases(room, doubts(room, *names))) for names in (["Ann"], ["Bob", "Cyd"]))
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
    assert list(open_cases(room, [result])) == []


@pytest.mark.parametrize("words", [*HOSTILE.values(), "\x1b[2J\x1b]0;title\x07", "x" * 9000, "a\nb\rc"])
def test_what_a_student_wrote_can_t_steer_a_terminal(room, words):
    result = replace(doubts(room, "Ann", saw=words)[0], student=words)
    told = {(words, "gru.candidate"): ("a", f"{words}\n" * 99)}
    (group,) = groups_of(with_outline(case, told) for case in open_cases(room, [result]))
    lines = list(shown(group, room.words))
    assert all(line.isprintable() for line in lines)
    assert max(map(len, lines)) < 700
    assert len(lines) < 30


def test_a_decision_is_for_all_that_are_alike_and_says_who_and_why(room, folder):
    marked = folder(*doubts(room, "Ann", "=Bob"))
    work = FolderReview.of(room, marked)
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
        work = FolderReview.of(room, marked)
        work.decide([f"{work.groups[0].name}=all"], "Kim", "right")
    assert FolderReview.of(room, marked).groups == ()
    assert len((marked / "overrides.csv").read_text(encoding="utf-8").splitlines()) == 3


REGISTERED = {"system": "canvas", "key": "1002", "name": "Kim Min", "late": None, "at": ""}
ROW = "student,item,points,reviewer,reason\n{name},gru.candidate,3,Kim,half\n"


@pytest.fixture
def course_of_three(room, folder, tmp_path):
    """Three students in doubt: one of a download, one of a roster, one under a pseudonym; and their course's file."""
    marked = folder(*doubts(room, "Kim Min_1002", "alice", "s-0123abcd"))
    (marked / "students.json").write_text(json.dumps({"Kim Min_1002": REGISTERED}), encoding="utf-8")
    course = tmp_path / "course.toml"
    course.write_text('roster = "roster.csv"\npseudonyms = "keys.csv"\n', encoding="utf-8")
    (tmp_path / "roster.csv").write_text("student,name\nalice,Alice Oh\ncho,Cho Han\n", encoding="utf-8")
    (tmp_path / "keys.csv").write_text("pseudonym,student,key,name\ns-0123abcd,cho,2003,Min Cho\n", encoding="utf-8")
    return marked, course


@pytest.mark.parametrize(
    ("name", "student"),
    [
        ("1002", "Kim Min_1002"), ("Kim Min", "Kim Min_1002"), ("KIM MIN_1002", "Kim Min_1002"),
        ("Alice Oh", "alice"), ("cho", "s-0123abcd"), ("Cho Han", "s-0123abcd"), ("2003", "s-0123abcd"),
    ],
)  # fmt: skip
def test_a_row_by_any_name_of_a_student_decides_and_a_newer_one_takes_its_place(room, course_of_three, name, student):
    marked, course = course_of_three
    path = course.parent / "overrides.csv"
    path.write_text(ROW.format(name=name), encoding="utf-8")
    work = FolderReview.of(room, marked, course_file=course)
    assert student not in work.groups[0].students
    add_overrides(path, [Override(student, "gru.candidate", 12.0, "Lee", "right")], work.names.called)
    assert path.read_text(encoding="utf-8").splitlines()[1:] == [f"{student},gru.candidate,12,Lee,right"]


def test_a_row_of_nobody_here_decides_nothing_and_stays(room, course_of_three):
    marked, course = course_of_three
    (course.parent / "overrides.csv").write_text(ROW.format(name="who has left"), encoding="utf-8")
    work = FolderReview.of(room, marked, course_file=course)
    work.decide([f"{work.groups[0].name}=all"], "Lee", "right")
    rows = (course.parent / "overrides.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert rows[0] == "who has left,gru.candidate,3,Kim,half"
    assert len(rows) == 4


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
    work = FolderReview.of(room, marked)
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
    assert [group.students for group in FolderReview.of(room, out).groups] == [("Ann", "Bob", "Cyd")]
    groups = FolderReview.of(room, out, cells).groups
    assert [group.students for group in groups] == [("Ann", "Bob"), ("Cyd",)]
    assert "h_tilde = torch.tanh" in groups[0].cases[0].text


def test_a_file_that_can_t_be_parsed_is_alike_to_nothing_that_can(room, cells, out, left_to_a_person):
    (cells / "Bob" / "GRU_skeleton.py").write_text("class (", encoding="utf-8")
    grade(room, cells, out, jobs=1, progress=False)
    assert [len(group.cases) for group in FolderReview.of(room, out, cells).groups] == [1, 1, 1]


def test_two_files_that_can_t_be_parsed_are_not_alike_and_the_review_says_that_nothing_was_read(
    room, cells, out, left_to_a_person
):
    for student in ("Ann", "Bob"):
        (cells / student / "GRU_skeleton.py").write_text("class (", encoding="utf-8")
    grade(room, cells, out, jobs=1, progress=False)
    work = FolderReview.of(room, out, cells)
    assert [len(group.cases) for group in work.groups] == [1, 1, 1]
    assert "\n".join(work.lines()).count("could not be read in the code that counted") == 2


def test_submissions_that_are_not_those_that_counted_make_nobodys_code_alike(room, cells, out, left_to_a_person):
    grade(room, cells, out, jobs=1, progress=False)
    for student in ("Ann", "Bob"):
        (cells / student / "GRU_skeleton.py").write_text(CELL + "# later", encoding="utf-8")
    assert [len(group.cases) for group in FolderReview.of(room, out, cells).groups] == [1, 1, 1]


def test_code_of_students_who_are_not_found_is_not_alike(room, cells, out, left_to_a_person):
    grade(room, cells, out, jobs=1, progress=False)
    for student in ("Ann", "Bob", "Cyd"):
        (cells / student).rename(cells / f"other {student}")
    assert [len(group.cases) for group in FolderReview.of(room, out, cells).groups] == [1, 1, 1]


def test_the_code_that_is_shown_is_that_of_the_attempt_that_counted(room, tmp_path, out, monkeypatch, left_to_a_person):
    download, course = tmp_path / "download", tmp_path / "course.toml"
    download.mkdir()
    for at, text in (("2026-11-20-10-00-00", CELL), ("2026-11-21-10-00-00", OTHER)):
        (download / f"Lab_ann_attempt_{at}.txt").write_text("Name: Ann Lee (ann)\n", encoding="utf-8")
        (download / f"Lab_ann_attempt_{at}_GRU_skeleton.py").write_text(text, encoding="utf-8")
    course.write_text('attempt = "best"\n', encoding="utf-8")

    def mark(room, submission, zygote, time_limit, told):
        lost = {} if submission.files["GRU_skeleton.py"].decode() == CELL else {"rnn_layers": FAILED}
        doubt = IN_DOUBT.but(file="GRU_skeleton.py")
        return replace(result_of(room, submission.student, gru_candidate=doubt, **lost))

    monkeypatch.setattr(where, "mark_submission", mark)
    grade_course(room, download, out, read_course(course, room), jobs=1, progress=False)
    (group,) = FolderReview.of(room, out, download, course).groups
    assert "torch.sigmoid" in group.cases[0].text
    assert "torch.tanh(" in group.cases[0].text
    assert FolderReview.of(room, out, download).groups[0].name != group.name


def test_a_folder_that_another_rubric_marked_is_one_sentence(room, folder):
    (result,) = doubts(room, "Ann")
    items = [replace(row, id="lstm.cell") if row.id == "gru.candidate" else row for row in result.items]
    with pytest.raises(MarkedFault, match=r"was marked by another rubric .lstm.cell is not in this one.; give its"):
        FolderReview.of(room, folder(replace(result, items=items)))


def test_a_decision_survives_every_marking(room, cells, out, left_to_a_person):
    grade(room, cells, out, jobs=1, progress=False)
    work = FolderReview.of(room, out)
    work.decide([f"{work.groups[0].name}=all"], "Kim", "right")
    marked = grade_course(room, cells, out, Course(), jobs=1, progress=False)
    assert [(result.status, result.score) for result in marked.results] == [("graded", 100.0)] * 3
    assert FolderReview.of(room, out).groups == ()
    assert len(read_overrides(out / "overrides.csv", room.items, lambda name, place: name)) == 3


def test_the_verb_decides_without_a_terminal(room, folder, monkeypatch, capsys):
    marked = folder(*doubts(room, "Ann"))
    name = FolderReview.of(room, marked).groups[0].name
    words = ["review", str(marked), "--decide", f"{name}=none", "--reviewer", "Kim", "--reason", "not asked for"]
    monkeypatch.setattr("sys.argv", ["grading", *words])
    with pytest.raises(SystemExit) as ended:
        command_line.run()
    assert not ended.value.code
    assert name in capsys.readouterr().out
    assert "Ann,gru.candidate,0,Kim,not asked for" in (marked / "overrides.csv").read_text(encoding="utf-8")


def test_a_wrong_decision_is_the_error_alone(room, folder, monkeypatch, capsys):
    marked = folder(*doubts(room, "Ann"))
    monkeypatch.setattr("sys.argv", ["grading", "review", str(marked), "--decide", "gru.candidate-0000=all"])
    with pytest.raises(SystemExit) as ended:
        command_line.run()
    said = capsys.readouterr()
    assert ended.value.code == 2
    assert said.out == ""
    assert "no decision on an open group" in said.err


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
    assert (
        list(open_cases(room, [Result("Ann", "rejected", 0.0, 100.0, result_of(room, rnn_layers=FAILED).items)])) == []
    )
