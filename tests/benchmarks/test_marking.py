"""The arithmetic of rates and ratios, and that a time counts only where the marks are right."""

from types import SimpleNamespace

import pytest

from benchmarks.marking import Run, SideBySide, WrongMarks, check_marks, grouped, table
from benchmarks.ours import Ours

RIGHT, WRONG = "s0000-all-right", "s0001-reset-ignored"


def run(marker=Ours.name, finished=(), at_a_time=1, number=0, training=False):
    return Run(marker, training, at_a_time, number, finished[-1] + 1, list(finished))


def test_a_rate_counts_the_results_after_the_first():
    assert run(finished=[10, 12, 14, 16]).rate == 30


def test_a_rate_of_two_side_by_side_counts_the_results_after_both_have_started():
    assert run(finished=[10, 11, 13, 14, 16, 17], at_a_time=2).rate == 40


def test_a_row_has_medians_over_the_rounds():
    runs = [
        run(finished=[first, first + 60 / rate], number=n) for n, (first, rate) in enumerate([(3, 1), (9, 5), (4, 4)])
    ]
    runs += [run(finished=[1, 2, 3], at_a_time=2)]
    *_, first, whole, rate, ratio = grouped(runs)[Ours.name, False, 1, 2]
    assert (first, whole, rate, ratio) == ("4.0", "22.0", "4.0", "")


def test_the_ratio_is_of_our_rate_at_full_width_with_the_same_training():
    runs = [
        run(finished=[1, 1, 2, 2], at_a_time=2),
        run(finished=[1, 1, 4, 4], at_a_time=2, training=True),
        run(finished=[1, 31], marker="another"),
        run(finished=[1, 31], marker="another", training=True),
    ]
    found = grouped(runs)
    assert found["another", False, 1, 2][-1] == "60.0 times as fast"
    assert found["another", True, 1, 2][-1] == "20.0 times as fast"


def test_the_table_has_a_row_for_each_marker_and_class():
    runs = [run(finished=[1, 1, 2], at_a_time=2), run(finished=[1, 2]), run(finished=[1, 2], number=1)]
    assert table([vars(one) for one in runs]).row_count == 2


@pytest.mark.parametrize(
    ("scores", "wrong"),
    [
        pytest.param({RIGHT: 90, WRONG: 70}, None, id="as_they_must_be"),
        pytest.param({RIGHT: 70, WRONG: 90}, RIGHT, id="right_one_lost_points"),
        pytest.param({RIGHT: 90, WRONG: 90}, WRONG, id="wrong_one_lost_none"),
        pytest.param({RIGHT: 0, WRONG: 0}, RIGHT, id="nothing_was_marked"),
    ],
)
def test_a_marker_that_gives_wrong_marks_is_not_timed(scores, wrong):
    marker = SimpleNamespace(name="another", scores=lambda: scores)
    if wrong is None:
        check_marks(marker)
        return
    with pytest.raises(WrongMarks, match=f"another gave {wrong}"):
        check_marks(marker)


def test_side_by_side_every_student_is_in_one_share(tmp_path):
    made = []

    class Recorder:
        name = "recorder"

        def __init__(self, folder, students, solution, with_training):
            made.append((folder, dict(students)))

        def scores(self):
            return {}

    students = {f"s{number}": {} for number in range(5)}
    SideBySide(Recorder, tmp_path, students, {}, with_training=False)
    assert [list(share) for _, share in made] == [["s0", "s2", "s4"], ["s1", "s3"]]
    assert len({folder for folder, _ in made}) == 2
