"""Everything that is listed about a mutant of the lab's solution speaks of one, and every line belongs to items."""

import pytest

from grading.build.solution import solution_files
from grading.prove.mutant_trials import read_listed
from grading.prove.mutants import mutants_of
from grading.prove.mutation_tool import tool_mutants
from grading.prove.ownership import read_ownership
from grading.room import open_room

ROOM = open_room("gating")


@pytest.fixture(scope="module")
def solution():
    return solution_files(ROOM)


@pytest.fixture(scope="module")
def ownership(solution):
    return read_ownership(ROOM, solution)


def test_every_listed_change_is_one_that_a_mutant_makes_and_is_listed_once(solution, ownership):
    mutants = mutants_of(solution) + tool_mutants(solution)
    made = {(ownership.target(mutant), mutant.before, mutant.after) for mutant in mutants}
    listed = [(row.target, row.before, after) for row in read_listed(ROOM) for after in row.after]
    assert [change for change in listed if change not in made] == []
    assert len(listed) == len(set(listed))


def test_every_listed_change_has_its_reason_and_only_items_of_the_rubric():
    for row in read_listed(ROOM):
        assert len(row.why.split()) > 3
        assert set(row.items) <= set(ROOM.items)


def test_every_line_of_the_solution_belongs_to_items_of_the_rubric(ownership):
    for file, targets in ownership.targets.items():
        for number in targets:
            assert ownership.owners_of_line(file, number) - set(ROOM.items) == set()
            assert ownership.owners_of_line(file, number)
