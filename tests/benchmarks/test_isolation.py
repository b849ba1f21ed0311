"""A child of a bare fork answers as one of a zygote does, so that the two times can be compared."""

import pytest

from benchmarks.isolation import BARE, ISOLATED, measure, table

pytestmark = pytest.mark.benchmarks


def test_every_way_gives_a_time_for_each_child(monkeypatch):
    monkeypatch.setattr("benchmarks.isolation.FORKS", {True: 2, False: 2})
    taken = measure(quick=True)
    assert list(taken) == [BARE, ISOLATED]
    for moments in taken.values():
        assert [len(times) for times in moments.values()] == [2, 2]
        assert all(0 < answered < ended for answered, ended in zip(*moments.values(), strict=True))


def test_the_table_says_what_isolation_adds_to_the_fork_beside_it():
    bare, isolated = [10.0, 20.0, 60.0], [14.0, 25.0, 61.0]
    taken = {BARE: {"answered": bare}, ISOLATED: {"answered": isolated}}
    columns = [list(column.cells) for column in table(taken).columns]
    assert columns[2] == ["20.0", "25.0"]
    assert columns[-1] == ["", "4.0"]
