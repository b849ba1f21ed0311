"""In every room: what is listed about a mutant speaks of one, and says why; every line belongs to items."""

from collections import namedtuple

import pytest

from grading.build.solution import solution_files
from grading.prove.mutant_trials import is_listed, read_listed
from grading.prove.mutants import mutants_of
from grading.prove.mutation_tool import tool_mutants
from grading.prove.ownership import read_ownership
from grading.room import MAIN_ASSIGNMENT, open_room

ROOMS = [MAIN_ASSIGNMENT, pytest.param("gating", marks=pytest.mark.labs)]
Listing = namedtuple("Listing", "room, solution, ownership, rows")


@pytest.fixture(scope="module", params=ROOMS)
def listing(request):
    room = open_room(request.param)
    solution = solution_files(room)
    return Listing(room, solution, read_ownership(room, solution), read_listed(room))


def changes(listing):
    return [(row.target, row.before, after) for row in listing.rows for after in row.after]


def test_every_listed_change_is_one_that_a_mutant_makes(listing):
    mutants = mutants_of(listing.solution) + tool_mutants(listing.solution)
    made = {(listing.ownership.target(mutant), mutant.before, mutant.after) for mutant in mutants}
    assert [change for change in changes(listing) if change not in made] == []


def test_no_change_is_listed_twice(listing):
    assert len(changes(listing)) == len(set(changes(listing))) > 0


def test_every_listed_change_has_its_reason_and_only_items_of_the_rubric(listing):
    for row in listing.rows:
        assert len(row.why.split()) > 3
        assert set(row.items) <= set(listing.room.items)


def test_every_line_with_owners_of_its_own_is_a_line_of_the_solution(listing):
    ownership = listing.ownership
    lines = {
        (target, ownership.texts[file][number - 1])
        for file, targets in ownership.targets.items()
        for number, target in targets.items()
    }
    assert set(ownership.lines) <= lines


def test_every_line_of_the_solution_belongs_to_items_of_the_rubric(listing):
    for file, targets in listing.ownership.targets.items():
        for number in targets:
            owners = listing.ownership.owners_of_line(file, number)
            assert owners
            assert owners <= set(listing.room.items)


def test_a_change_that_nothing_lists_is_not_excused(listing):
    mutants = mutants_of(listing.solution)
    excused = sum(is_listed(mutant, listing.ownership, listing.rows) is not None for mutant in mutants)
    assert 0 < excused < len(mutants) / 4
