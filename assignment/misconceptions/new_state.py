"""Wrong new states of the GRU; the right one is (1 - z) * h + z * h~."""

from numpy import tanh

from grading.mark.catalogue import Catalogue

CATALOGUE = Catalogue()
NEW_STATE = "gru.new_state"
PAST_WEIGHED = "Cho et al. 2014 and torch.nn.GRU"


@CATALOGUE.misconception("mix-swapped", of=NEW_STATE, convention=PAST_WEIGHED)
def mix_swapped(c):
    return c.z * c.h + (1 - c.z) * c.candidate


@CATALOGUE.misconception("candidate-only", of=NEW_STATE)
def candidate_only(c):
    return c.candidate


@CATALOGUE.misconception("past-never-forgotten", of=NEW_STATE)
def past_never_forgotten(c):
    return c.h + c.z * c.candidate


@CATALOGUE.misconception("mix-not-complementary", of=NEW_STATE)
def both_weighed_by_z(c):
    return c.z * c.h + c.z * c.candidate


@CATALOGUE.misconception("mix-not-complementary", of=NEW_STATE)
def both_weighed_by_the_rest(c):
    return (1 - c.z) * c.h + (1 - c.z) * c.candidate


@CATALOGUE.misconception("candidate-unweighted", of=NEW_STATE)
def candidate_unweighted(c):
    return (1 - c.z) * c.h + c.candidate


@CATALOGUE.misconception("reset-for-update", of=NEW_STATE)
def reset_for_update(c):
    return (1 - c.r) * c.h + c.r * c.candidate


@CATALOGUE.misconception("new-state-squashed", of=NEW_STATE)
def new_state_squashed(c):
    return tanh((1 - c.z) * c.h + c.z * c.candidate)


@CATALOGUE.misconception("mix-plain-sum", of=NEW_STATE)
def mix_plain_sum(c):
    return c.h + c.candidate


@CATALOGUE.misconception("mix-halved", of=NEW_STATE)
def mix_halved(c):
    return (c.h + c.candidate) / 2
