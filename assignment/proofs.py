"""What the marker promises of this assignment, as claims that `prove` tries."""

from assignment.equations import EQUATIONS
from assignment.marked_cases import marked_cases
from assignment.misconceptions import CATALOGUE
from assignment.oracles.comparisons import oracles_claim
from grading.prove import hostile_archives, hostile_folders
from grading.prove.attack_files import one_in_so_many, read_attacks
from grading.prove.attacks import attacks_claim, controls_claim
from grading.prove.claim import claim_of
from grading.prove.edits import edit_claim
from grading.prove.handing_in import made_attacks
from grading.prove.hostile_pickles import pickle_attacks
from grading.prove.known_mistakes import HANDOUT, read_doubts, read_equal, read_written
from grading.prove.known_trials import draw_pairs, equal_claims, form_trials, pair_trials, single_trials
from grading.prove.mutant_trials import MutantClaim
from grading.prove.mutants import mutants_of
from grading.prove.mutation_tool import tool_mutants
from grading.prove.settings import claims_in_settings
from grading.prove.solution_trials import skeleton_trial, solution_trial
from grading.prove.steady import steady_claim
from grading.prove.tolerance import tolerance_claim

FORMS = {"rnn": "RNN_skeleton.py", "gru": "GRU_skeleton.py"}
REMARKS = {"log-softmax-before-loss": "agrees_log_softmax"}  # told in these words, and no fault
PAIRS = {HANDOUT: 90, "own-names": 30, "stacked": 30, "joined": 30, "turned": 30}
QUICK = 5  # in the quick form, one in so many of what was drawn
QUICK_MUTANTS = 8
KILLED = "Every slip costs the item of its line and no other, or is listed as equivalent."
EDITS, QUICK_EDITS = 20_000, 300
TIMES, QUICK_TIMES = 20, 3  # that one class is marked
QUICK_CLASS = ("several-mistakes", "reset-after-matmul", "one-layer-over-both", "notebook-alone", "old-editor")
QUICK_ATTACKS = 8  # and of each family of attacks
MADE = hostile_archives.MAKERS | hostile_folders.MAKERS  # attacks that are no module
INNOCENT = "several-mistakes"  # the case that is marked between attacks

# Where no blank can be tried alone, a cut gradient is only seen in a cell that is right in values, and what a line that
# nothing reads is made of is never seen.
UNSEEN_IN_THE_WHOLE = {"gradient-cut", "candidate-only", "mix-plain-sum", "mix-halved", "gate-complement"}


def claims(room, full):
    """Every Claim of the assignment; in the quick form with a part of the trials of most."""
    return [
        claim_of("solution", "The solution has full marks.", [solution_trial(room)], learns=True),
        claim_of("skeleton", "The untouched skeleton has none.", [skeleton_trial(room)], learns=True),
        claim_of("forms", "Right in another form is right.", form_trials(room, FORMS), left=0.02, learns=full),
        *known_claims(room, full),
        MutantClaim("mutants", KILLED, room, mutants_of, every=1 if full else QUICK_MUTANTS),
        MutantClaim("tool mutants", KILLED, room, tool_mutants, every=1 if full else QUICK_MUTANTS),
        *hostile_claims(room, full),
        edit_claim(room, EDITS if full else QUICK_EDITS),
        steady_claim(room, sample_class(room, full), TIMES if full else QUICK_TIMES),
        oracles_claim(room),
        tolerance_claim(marked_cases(), EQUATIONS, CATALOGUE),
    ]


def known_claims(room, full):
    """That known mistakes, alone and two at once, cost their items and are named."""
    written, doubts, equal = read_written(room), read_doubts(room), read_equal(room)
    elsewhere = [one for one in written if one.hand.name != HANDOUT]
    singles = [one for one in written if one.hand.name == HANDOUT] + elsewhere[:: 1 if full else QUICK]
    two = pair_trials(pairs(written, doubts, equal, full), remarks(room))
    return [
        claim_of(
            "mistakes", "A known mistake costs its item and is named.", single_trials(singles, doubts, remarks(room))
        ),
        claim_of("pairs", "Two at once are named as two.", two, left=0.1),
        *equal_claims(written, equal),
    ]


def remarks(room):
    """What is said, in the room's words, of a way to write that is no fault: misconception -> sentence."""
    return {name: room.words.say("saw", key) for name, key in REMARKS.items()}


def hostile_claims(room, full):
    """That attacks gain nothing; in the full form in every setting, and that each wins without what stops it."""
    tried = attacks(room)
    case = room.path / "cases" / INNOCENT
    claim = attacks_claim(
        room,
        tried if full else one_in_so_many(tried, QUICK_ATTACKS),
        {n: (case / n).read_bytes() for n in room.modules},
    )
    return [claim, *claims_in_settings(room, claim), controls_claim(room, tried)] if full else [claim]


def attacks(room):
    """Every attack: those that are files, then those that are made."""
    return [*read_attacks(room), *made_attacks(room, MADE), *pickle_attacks(room)]


def sample_class(room, full):
    """The folders of the sample class's submissions, or of a few of them."""
    cases = sorted(path for path in (room.path / "cases").iterdir() if path.is_dir())
    return [path for path in cases if full or path.name in QUICK_CLASS]


def pairs(written, doubts, equal, full):
    """Two mistakes at once, in every hand."""
    drawn = [
        pair
        for hand, count in PAIRS.items()
        for pair in draw_pairs(
            written, doubts, equal, hand, count, anywhere if hand == HANDOUT else is_seen_in_the_whole
        )
    ]
    return drawn if full else drawn[::QUICK]


def anywhere(mistake):
    return True


def is_seen_in_the_whole(mistake):
    return mistake.name not in UNSEEN_IN_THE_WHOLE
