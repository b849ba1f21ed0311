"""Wrong new states of the GRU; the right one is past * h + fresh * h~ with the two shares that z gives."""

from numpy import tanh

from assignment.equations import new_state, shares
from grading.mark.catalogue import Catalogue

CATALOGUE = Catalogue()
NEW_STATE = "gru.new_state"


@CATALOGUE.misconception("mix-swapped", of=NEW_STATE, convention=True)
def mix_swapped(c):
    past, fresh = shares(c.z)
    return fresh * c.h + past * c.candidate


@CATALOGUE.misconception("candidate-only", of=NEW_STATE)
def candidate_only(c):
    return c.candidate


@CATALOGUE.misconception("past-never-forgotten", of=NEW_STATE)
def past_never_forgotten(c):
    _, fresh = shares(c.z)
    return c.h + fresh * c.candidate


@CATALOGUE.misconception("mix-not-complementary", of=NEW_STATE)
def both_weighed_by_the_gate(c):
    return c.z * c.h + c.z * c.candidate


@CATALOGUE.misconception("mix-not-complementary", of=NEW_STATE)
def both_weighed_by_the_rest(c):
    return (1 - c.z) * c.h + (1 - c.z) * c.candidate


@CATALOGUE.misconception("candidate-unweighted", of=NEW_STATE)
def candidate_unweighted(c):
    past, _ = shares(c.z)
    return past * c.h + c.candidate


@CATALOGUE.misconception("reset-for-update", of=NEW_STATE)
def reset_for_update(c):
    return new_state(c.replace(z=c.r))


@CATALOGUE.misconception("new-state-squashed", of=NEW_STATE)
def new_state_squashed(c):
    return tanh(new_state(c))


@CATALOGUE.misconception("mix-plain-sum", of=NEW_STATE)
def mix_plain_sum(c):
    return c.h + c.candidate


@CATALOGUE.misconception("mix-halved", of=NEW_STATE)
def mix_halved(c):
    return (c.h + c.candidate) / 2
