"""Everything that is listed about a mutant speaks of one, and says why."""

import pytest

from grading.build.solution import solution_files
from grading.prove.mutant_trials import is_listed, read_listed
from grading.prove.mutants import mutants_of
from grading.prove.mutation_tool import tool_mutants
from grading.prove.ownership import read_ownership
from grading.room import open_room

ROOM = open_room()


@pytest.fixture(scope="module")
def solution():
    return solution_files(ROOM)


@pytest.fixture(scope="module")
def ownership(solution):
    return read_ownership(ROOM, solution)


def test_every_listed_change_is_one_that_a_mutant_makes(solution, ownership):
    mutants = mutants_of(solution) + tool_mutants(solution)
    made = {(ownership.target(mutant), mutant.before, mutant.after) for mutant in mutants}
    stale = [(r.target, r.before, after) for r in read_listed(ROOM) for after in r.after]
    assert [change for change in stale if change not in made] == []


def test_no_change_is_listed_twice():
    changes = [(row.target, row.before, after) for row in read_listed(ROOM) for after in row.after]
    assert len(changes) == len(set(changes)) > 0


def test_every_listed_change_has_its_reason_and_only_items_of_the_rubric():
    for row in read_listed(ROOM):
        assert len(row.why.split()) > 3
        assert set(row.items) <= set(ROOM.items)


def test_every_line_with_owners_of_its_own_is_a_line_of_the_solution(ownership):
    lines = {
        (target, ownership.texts[file][number - 1])
        for file, targets in ownership.targets.items()
        for number, target in targets.items()
    }
    assert set(ownership.lines) <= lines


def test_every_line_of_the_solution_belongs_to_items_of_the_rubric(ownership):
    for file, targets in ownership.targets.items():
        for number in targets:
            owners = ownership.owners_of_line(file, number)
            assert owners
            assert owners <= set(ROOM.items)


def test_a_change_that_nothing_lists_is_not_excused(solution, ownership):
    mutants = mutants_of(solution)
    assert 0 < sum(is_listed(mutant, ownership, read_listed(ROOM)) is not None for mutant in mutants) < len(mutants) / 4
