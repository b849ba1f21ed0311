"""Known wrong formulas.  For instructors only.  Their words stand under their ids in words/, or in the main room's."""

import numpy as np

from grading.mark.catalogue import Catalogue
from labs.gating.equations import from_state, from_word, joined, reset_gate, sigmoid, third, update_gate

CATALOGUE = Catalogue()
GRU_GATES = {"gru.reset_gate": "reset", "gru.update_gate": "update"}
LAST_STATES = ("gru.last_state", "mgu.last_state")
misconception = CATALOGUE.misconception


@misconception("tanh-for-sigmoid", of=GRU_GATES)
def gate_by_tanh(name, c):
    return np.tanh(from_word(c, name) + from_state(c, name))


@misconception("gate-without-activation", of=GRU_GATES)
def gate_without_activation(name, c):
    return from_word(c, name) + from_state(c, name)


@misconception("gate-ignores-state", of=GRU_GATES)
def gate_of_word(name, c):
    return sigmoid(from_word(c, name))


@misconception("gate-ignores-input", of=GRU_GATES)
def gate_of_state(name, c):
    return sigmoid(from_state(c, name))


@misconception("gate-product-for-sum", of=GRU_GATES)
def gate_of_product(name, c):
    return sigmoid(from_word(c, name) * from_state(c, name))


@misconception("gate-uses-other-gate", of="gru.reset_gate")
def reset_made_of_update(c):
    return update_gate(c)


@misconception("gate-uses-other-gate", of="gru.update_gate")
def update_made_of_reset(c):
    return reset_gate(c)


@misconception("gate-complement", of="gru.reset_gate")
def reset_turned_round(c):
    return 1 - reset_gate(c)


@misconception("gate-complement", of="gru.update_gate", convention=True)
def update_turned_round(c):
    return 1 - update_gate(c)


@misconception("reset-ignored", of="gru.candidate")
def candidate_without_reset(c):
    return np.tanh(from_word(c, "candidate") + from_state(c, "candidate"))


@misconception("reset-before-matmul", of="gru.candidate", convention=True)
def candidate_with_early_reset(c):
    return np.tanh(from_word(c, "candidate") + third(c.U(c.r * c.h), "candidate"))


@misconception("update-for-reset", of="gru.candidate")
def candidate_with_update_gate(c):
    return np.tanh(from_word(c, "candidate") + c.z * from_state(c, "candidate"))


@misconception("reset-complement", of="gru.candidate")
def candidate_with_turned_reset(c):
    return np.tanh(from_word(c, "candidate") + (1 - c.r) * from_state(c, "candidate"))


@misconception("reset-on-everything", of="gru.candidate")
def candidate_scaled_whole(c):
    return np.tanh(c.r * (from_word(c, "candidate") + from_state(c, "candidate")))


@misconception("reset-on-input-term", of="gru.candidate")
def candidate_scaling_the_word(c):
    return np.tanh(c.r * from_word(c, "candidate") + from_state(c, "candidate"))


@misconception("candidate-ignores-state", of="gru.candidate")
def candidate_of_word(c):
    return np.tanh(from_word(c, "candidate"))


@misconception("no-activation", of="gru.candidate")
def candidate_without_tanh(c):
    return from_word(c, "candidate") + c.r * from_state(c, "candidate")


@misconception("sigmoid-for-tanh", of="gru.candidate")
def candidate_by_sigmoid(c):
    return sigmoid(from_word(c, "candidate") + c.r * from_state(c, "candidate"))


@misconception("relu-for-tanh", of="gru.candidate")
def candidate_by_relu(c):
    return np.maximum(0, from_word(c, "candidate") + c.r * from_state(c, "candidate"))


@misconception("state-without-layer", of="gru.candidate")
def candidate_of_bare_state(c):
    return np.tanh(from_word(c, "candidate") + c.r * c.h)


@misconception("reset-outside-tanh", of="gru.candidate")
def candidate_scaled_after_tanh(c):
    return c.r * np.tanh(from_word(c, "candidate") + from_state(c, "candidate"))


@misconception("mix-swapped", of="gru.new_state", convention=True)
def mix_with_exchanged_shares(c):
    return (1 - c.z) * c.h + c.z * c.candidate


@misconception("past-never-forgotten", of="gru.new_state")
def mix_keeping_the_past(c):
    return c.h + (1 - c.z) * c.candidate


@misconception("mix-not-complementary", of="gru.new_state")
def mix_with_one_share(c):
    return c.z * c.h + c.z * c.candidate


@misconception("candidate-unweighted", of="gru.new_state")
def mix_with_whole_candidate(c):
    return c.z * c.h + c.candidate


@misconception("candidate-only", of="gru.new_state")
@misconception("minimal-candidate-only", of="mgu.new_state")
def mix_without_past(c):
    return c.candidate


@misconception("mix-plain-sum", of="gru.new_state")
@misconception("minimal-mix-plain-sum", of="mgu.new_state")
def mix_without_gate(c):
    return c.h + c.candidate


@misconception("new-state-squashed", of="gru.new_state")
def mix_squashed(c):
    return np.tanh(c.z * c.h + (1 - c.z) * c.candidate)


@misconception("minimal-gate-without-sigmoid", of="mgu.gate")
def minimal_gate_without_sigmoid(c):
    return c.W_f(joined(c.x, c.h))


@misconception("tanh-for-sigmoid", of="mgu.gate")
def minimal_gate_by_tanh(c):
    return np.tanh(c.W_f(joined(c.x, c.h)))


@misconception("gate-ignores-state", of="mgu.gate")
def minimal_gate_of_word(c):
    return sigmoid(c.W_f(joined(c.x, 0 * c.h)))


@misconception("gate-complement", of="mgu.gate")
def minimal_gate_turned_round(c):
    return 1 - sigmoid(c.W_f(joined(c.x, c.h)))


@misconception("minimal-gate-uses-candidate-layer", of="mgu.gate")
def minimal_gate_by_other_layer(c):
    return sigmoid(c.W_h(joined(c.x, c.h)))


@misconception("minimal-candidate-without-tanh", of="mgu.candidate")
def minimal_candidate_without_tanh(c):
    return c.W_h(joined(c.x, c.f * c.h))


@misconception("sigmoid-for-tanh", of="mgu.candidate")
def minimal_candidate_by_sigmoid(c):
    return sigmoid(c.W_h(joined(c.x, c.f * c.h)))


@misconception("minimal-gate-ignored", of="mgu.candidate")
def minimal_candidate_without_gate(c):
    return np.tanh(c.W_h(joined(c.x, c.h)))


@misconception("minimal-gate-complement-in-candidate", of="mgu.candidate")
def minimal_candidate_with_turned_gate(c):
    return np.tanh(c.W_h(joined(c.x, (1 - c.f) * c.h)))


@misconception("relu-for-tanh", of="mgu.candidate")
def minimal_candidate_by_relu(c):
    return np.maximum(0, c.W_h(joined(c.x, c.f * c.h)))


@misconception("minimal-gate-on-everything", of="mgu.candidate")
def minimal_candidate_scaled_whole(c):
    return np.tanh(c.f * c.W_h(joined(c.x, c.h)))


@misconception("minimal-gate-outside-tanh", of="mgu.candidate")
def minimal_candidate_scaled_after_tanh(c):
    return c.f * np.tanh(c.W_h(joined(c.x, c.h)))


@misconception("minimal-mix-swapped", of="mgu.new_state")
def minimal_mix_with_exchanged_shares(c):
    return c.f * c.h + (1 - c.f) * c.candidate


@misconception("minimal-past-never-forgotten", of="mgu.new_state")
def minimal_mix_keeping_the_past(c):
    return c.h + c.f * c.candidate


@misconception("minimal-candidate-unweighted", of="mgu.new_state")
def minimal_mix_with_whole_candidate(c):
    return (1 - c.f) * c.h + c.candidate


@misconception("last-position-for-last-word", of=LAST_STATES[0])
@misconception("last-position-for-last-word", of=LAST_STATES[1])
def state_at_the_last_position(c):
    return c.states[:, -1]


@misconception("last-position-for-last-word", of=LAST_STATES[0])
@misconception("last-position-for-last-word", of=LAST_STATES[1])
def state_at_the_last_word_of_the_longest(c):
    return c.states[:, c.lengths.max() - 1]


@misconception("state-after-last-word", of=LAST_STATES[0])
@misconception("state-after-last-word", of=LAST_STATES[1])
def state_after_the_padding_begins(c):
    return c.states[np.arange(len(c.lengths)), np.minimum(c.lengths, c.states.shape[1] - 1)]


@misconception("state-before-last-word", of=LAST_STATES[0])
@misconception("state-before-last-word", of=LAST_STATES[1])
def state_before_the_last_word(c):
    return c.states[np.arange(len(c.lengths)), c.lengths - 2]


@misconception("first-state-for-last", of=LAST_STATES[0])
@misconception("first-state-for-last", of=LAST_STATES[1])
def state_after_the_first_word(c):
    return c.states[:, 0]


@misconception("mean-over-time", of=LAST_STATES[0])
@misconception("mean-over-time", of=LAST_STATES[1])
def mean_of_states(c):
    return c.states.mean(axis=1)


@misconception("max-over-time", of=LAST_STATES[0])
@misconception("max-over-time", of=LAST_STATES[1])
def largest_of_states(c):
    return c.states.max(axis=1)
