"""What the marker promises of this assignment, as claims that `prove` tries."""

from assignment.oracles.comparisons import oracles_claim
from grading.prove.claim import claim_of
from grading.prove.known_mistakes import HANDOUT, read_doubts, read_written
from grading.prove.known_trials import draw_pairs, form_trials, pair_trials, single_trials
from grading.prove.solution_trials import skeleton_trial, solution_trial

FORMS = {"rnn": "RNN_skeleton.py", "gru": "GRU_skeleton.py"}
REMARKS = {"log-softmax-before-loss"}  # told, and no fault
PAIRS = {HANDOUT: 90, "own-names": 30, "stacked": 30, "joined": 30, "turned": 30}
QUICK = 5  # in the quick form, one in so many of what was drawn

# Where no blank can be tried alone, a cut gradient is only seen in a cell that is right in values, and what a line that
# nothing reads is made of is never seen.
UNSEEN_IN_THE_WHOLE = {"gradient-cut", "candidate-only", "mix-plain-sum", "mix-halved", "gate-complement"}


def claims(room, full):
    """Every Claim of the assignment; in the quick form with a part of the trials of some."""
    written, doubts = read_written(room), read_doubts(room)
    elsewhere = [one for one in written if one.hand.name != HANDOUT]
    singles = [one for one in written if one.hand.name == HANDOUT] + elsewhere[:: 1 if full else QUICK]
    return [
        claim_of("solution", "The solution has full marks.", [solution_trial(room)], learns=True),
        claim_of("skeleton", "The untouched skeleton has none.", [skeleton_trial(room)], learns=True),
        claim_of("forms", "Right in another form is right.", form_trials(room, FORMS), left=0.02),
        claim_of("mistakes", "A known mistake costs its item and is named.", single_trials(singles, doubts, REMARKS)),
        claim_of(
            "pairs", "Two at once are named as two.", pair_trials(pairs(written, doubts, full), REMARKS), left=0.1
        ),
        oracles_claim(room),
    ]


def pairs(written, doubts, full):
    """Two mistakes at once, in every hand."""
    drawn = [
        pair
        for hand, count in PAIRS.items()
        for pair in draw_pairs(written, doubts, hand, count, anywhere if hand == HANDOUT else is_seen_in_the_whole)
    ]
    return drawn if full else drawn[::QUICK]


def anywhere(mistake):
    return True


def is_seen_in_the_whole(mistake):
    return mistake.name not in UNSEEN_IN_THE_WHOLE
