"""Wrong slices of the embedded documents (B, T, E) for the word at step t; the right one is embedded[:, t]."""

from grading.mark.catalogue import Catalogue

CATALOGUE = Catalogue()
STEP_INPUT = "rnn.step_input"


@CATALOGUE.misconception("time-and-batch-swapped", of=STEP_INPUT)
def time_and_batch_swapped(c):
    return c.embedded[c.t]


@CATALOGUE.misconception("feature-for-time", of=STEP_INPUT)
def feature_for_time(c):
    return c.embedded[:, :, c.t]


@CATALOGUE.misconception("same-step-every-time", of=STEP_INPUT)
def first_step_every_time(c):
    return c.embedded[:, 0]


@CATALOGUE.misconception("same-step-every-time", of=STEP_INPUT)
def last_step_every_time(c):
    return c.embedded[:, -1]


@CATALOGUE.misconception("first-step-skipped", of=STEP_INPUT)
def first_step_skipped(c):
    return c.embedded[:, c.t + 1]


@CATALOGUE.misconception("last-step-skipped", of=STEP_INPUT)
def last_step_skipped(c):
    return c.embedded[:, c.t - 1]


@CATALOGUE.misconception("time-reversed", of=STEP_INPUT)
def time_reversed(c):
    return c.embedded[:, -1 - c.t]
