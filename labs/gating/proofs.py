"""What the marker promises of this lab, as claims that `prove` tries."""

from grading.prove.attack_files import borrowed_attacks, read_attacks
from grading.prove.attacks import attacks_claim, controls_claim
from grading.prove.claim import claim_of
from grading.prove.edits import edit_claim
from grading.prove.known_mistakes import HANDOUT, read_doubts, read_equal, read_written
from grading.prove.known_trials import draw_pairs, equal_claims, form_trials, pair_trials, single_trials
from grading.prove.mutant_trials import MutantClaim
from grading.prove.mutants import mutants_of
from grading.prove.mutation_tool import tool_mutants
from grading.prove.solution_trials import skeleton_trial, solution_trial
from grading.prove.steady import steady_claim
from grading.room import open_room

FORMS = {"gru": "GRUNet_skeleton.py", "mgu": "pmGRU_skeleton.py"}
REMARKS = {}  # told, and no fault
PAIRS = {HANDOUT: 120, "own-names": 40}
QUICK = 10  # in the quick form, one in so many of what was drawn
QUICK_MUTANTS = 40
LEFT = 0.2  # the share of mutants that may be left to a person: a given layer of another size always is
KILLED = "Every slip costs the item of its line and no other, or is listed as equivalent."
EDITS, QUICK_EDITS = 5000, 100
TIMES, QUICK_TIMES = 10, 2  # that one class is marked
QUICK_ATTACKS = 16
# Where no line can be tried alone, what a line that nothing reads is made of is never seen.
HIDES_ANOTHER = {
    *("candidate-only", "mix-plain-sum", "minimal-candidate-only", "minimal-mix-plain-sum"),
    *("reset-ignored", "candidate-ignores-state", "update-for-reset"),
}
INNOCENT = "cases/several-mistakes"  # what is marked between attacks, and the honest part of those that are borrowed


def claims(room, full):
    """Every Claim of the lab; in the quick form with a part of the trials of most."""
    return [
        claim_of("solution", "The solution has full marks.", [solution_trial(room)]),
        claim_of("skeleton", "The untouched skeleton has none.", [skeleton_trial(room)]),
        claim_of("forms", "Right in another form is right.", form_trials(room, FORMS)),
        *known_claims(room, full),
        MutantClaim("mutants", KILLED, room, mutants_of, 1 if full else QUICK_MUTANTS, LEFT),
        MutantClaim("tool mutants", KILLED, room, tool_mutants, 1 if full else QUICK_MUTANTS, LEFT),
        *hostile_claims(room, full),
        edit_claim(room, EDITS if full else QUICK_EDITS),
        steady_claim(room, sample_class(room), TIMES if full else QUICK_TIMES),
    ]


def known_claims(room, full):
    """That known mistakes, alone and two at once, cost their items and are named."""
    written, doubts, equal = read_written(room), read_doubts(room), read_equal(room)
    first = [one for one in written if one.hand.name == HANDOUT and one.way == 0]
    others = [one for one in written if one not in first]
    singles = single_trials([*first, *others[:: 1 if full else QUICK]], doubts, REMARKS)
    pairs = [
        pair
        for hand, count in PAIRS.items()
        for pair in draw_pairs(written, doubts, equal, hand, count, anywhere if hand == HANDOUT else hides_nothing)
    ]
    return [
        claim_of("mistakes", "A known mistake costs its item and is named.", singles),
        claim_of(
            "pairs", "Two at once are named as two.", pair_trials(pairs[:: 1 if full else QUICK], REMARKS), left=0.1
        ),
        *equal_claims(written if full else first, equal),
    ]


def anywhere(mistake):
    return True


def hides_nothing(mistake):
    return mistake.name not in HIDES_ANOTHER


def hostile_claims(room, full):
    """That attacks gain nothing; in the full form also that each wins without the layers that stop it."""
    tried = attacks(room)
    innocent = {name: (room.path / INNOCENT / name).read_bytes() for name in room.modules}
    claim = attacks_claim(room, tried if full else tried[::QUICK_ATTACKS], innocent)
    return [claim, controls_claim(room, tried)] if full else [claim]


def attacks(room):
    """The lab's own, then those of the main assignment that are none on its own classes."""
    return [*read_attacks(room), *borrowed_attacks(room, open_room(), f"{INNOCENT}/{FORMS['gru']}")]


def sample_class(room):
    """The folders of the sample class's submissions."""
    return sorted(path for path in (room.path / "cases").iterdir() if path.is_dir())
