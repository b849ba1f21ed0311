"""What the marker promises of this lab, as claims that `prove` tries."""

from grading.prove.claim import claim_of
from grading.prove.edits import edit_claim
from grading.prove.known_mistakes import HANDOUT, read_doubts, read_equal, read_written
from grading.prove.known_trials import draw_pairs, equal_claims, form_trials, pair_trials, single_trials
from grading.prove.solution_trials import skeleton_trial, solution_trial
from grading.prove.steady import steady_claim

FORMS = {"gru": "GRUNet_skeleton.py", "mgu": "pmGRU_skeleton.py"}
REMARKS = {}  # told, and no fault
PAIRS, QUICK_PAIRS = 120, 24
EDITS, QUICK_EDITS = 5000, 100
TIMES, QUICK_TIMES = 10, 2  # that one class is marked


def claims(room, full):
    """Every Claim of the lab; in the quick form with a part of the trials of most."""
    written, doubts, equal = read_written(room), read_doubts(room), read_equal(room)
    pairs = draw_pairs(written, doubts, equal, HANDOUT, PAIRS)[: None if full else QUICK_PAIRS]
    return [
        claim_of("solution", "The solution has full marks.", [solution_trial(room)]),
        claim_of("skeleton", "The untouched skeleton has none.", [skeleton_trial(room)]),
        claim_of("forms", "Right in another form is right.", form_trials(room, FORMS)),
        claim_of("mistakes", "A known mistake costs its item and is named.", single_trials(written, doubts, REMARKS)),
        claim_of("pairs", "Two at once are named as two.", pair_trials(pairs, REMARKS), left=0.1),
        *equal_claims(written, equal),
        edit_claim(room, EDITS if full else QUICK_EDITS),
        steady_claim(room, sample_class(room), TIMES if full else QUICK_TIMES),
    ]


def sample_class(room):
    """The folders of the sample class's submissions."""
    return sorted(path for path in (room.path / "cases").iterdir() if path.is_dir())
