"""The reference computes what implementations compute that nobody here wrote, and what is wrong is seen to differ."""

import builtins

import numpy as np
import pytest
import torch

from assignment import equations
from assignment.convention import RESET_ACTS_AFTER
from assignment.oracles import comparisons as compared
from assignment.oracles import implementations
from assignment.oracles.comparisons import TOLERANCE, Comparison, comparisons, largest_gap, oracles_claim
from assignment.oracles.drawn import CLASSES, B, E, H, T, V, draw
from assignment.oracles.keras_process import KerasProcess
from assignment.oracles.reference import double_precision, equation_states
from grading.build.solution import solution_classes
from grading.prove.claim import BROKEN, KEPT
from grading.room import open_room

SEEN = 1e-2  # what is wrong differs by more than any rounding
TRIALS = {comparison.name: comparison for comparison in comparisons()}
GRU_STATES = {"onnx": implementations.onnx_gru_states, "keras": implementations.keras_gru_states}


@pytest.fixture(scope="module")
def solution():
    return solution_classes(open_room())


@pytest.fixture(scope="module")
def keras():
    with KerasProcess() as process:
        yield process


# Right


@pytest.mark.parametrize("name", TRIALS)
def test_the_reference_agrees_with(name, solution, keras):
    assert TRIALS[name].outcome(solution, keras).why == ""


def test_every_oracle_that_was_promised_is_asked():
    of = {name.partition(":")[0] for name in TRIALS}
    gru = {f"ONNX GRU, linear_before_reset={int(RESET_ACTS_AFTER)}", f"Keras GRU, reset_after={RESET_ACTS_AFTER}"}
    assert of >= {"torch.nn.RNN", "torch.autograd.gradcheck"} | gru


# Wrong: a reference or a rewriting that differs is seen


def test_no_two_sizes_and_no_two_weights_are_equal_and_no_state_is_zero():
    case = draw()
    arrays = [part for layer in case.layers.values() for part in layer if part is not None]
    numbers = np.concatenate([array.ravel() for array in arrays])
    assert len({B, T, E, H, V, CLASSES}) == 6
    assert len(set(numbers.tolist())) == numbers.size
    assert (np.abs(case.start) > 1e-3).all()


@pytest.mark.parametrize("states", GRU_STATES.values(), ids=GRU_STATES)
def test_the_update_gate_of_others_weighs_the_past(states, keras):
    case = draw()
    found = equation_states(case, equations.gru_cell)
    other = implementations.turned if implementations.weighing_the_past(case) is case else lambda same: same
    assert largest_gap(states(case, keras, rewritten=other), found) > SEEN


@pytest.mark.parametrize("states", GRU_STATES.values(), ids=GRU_STATES)
def test_where_the_reset_gate_acts_makes_another_function(states, keras):
    case = draw()
    found = equation_states(case, equations.gru_cell)
    assert largest_gap(states(case, keras, reset_after=not RESET_ACTS_AFTER), found) > SEEN


@pytest.mark.parametrize("states", GRU_STATES.values(), ids=GRU_STATES)
def test_with_the_reset_gate_after_the_matrix_others_are_torchs_own_gru(states, keras):
    case = draw()
    assert largest_gap(states(case, keras, reset_after=True), implementations.torch_gru_states(case, keras)) < TOLERANCE


def cell_with(solution, line):
    """The solution's GRUCell with another new state: `line` makes it of the cell, x, h, z and r."""

    class GRUCell(solution["GRUCell"]):
        def forward(self, x, h):
            z = torch.sigmoid(self.W_z(x) + self.U_z(h))
            r = torch.sigmoid(self.W_r(x) + self.U_r(h))
            return line(self, x, h, z, r)

    return {"GRUCell": GRUCell}


WRONG_CELLS = {
    "reset ignored": lambda cell, x, h, z, r: (1 - z) * h + z * torch.tanh(cell.W_h(x) + cell.U_h(h)),
    "mix not complementary": lambda cell, x, h, z, r: h + z * torch.tanh(cell.W_h(x) + cell.U_h(r * h)),
    "gate twice": lambda cell, x, h, z, r: (1 - z) * h + z * torch.tanh(cell.W_h(x) + cell.U_h(z * h)),
}


@pytest.mark.parametrize("line", WRONG_CELLS.values(), ids=WRONG_CELLS)
def test_a_wrong_cell_differs_from_onnx(line, solution):
    gap = compared.of_a_cell(implementations.onnx_gru_states, "GRUCell")
    assert gap(cell_with(solution, line), None) > SEEN


def test_a_cell_that_cuts_its_gradient_is_found_by_keras_and_by_finite_differences(solution, keras):
    cut = cell_with(
        solution, lambda cell, x, h, z, r: (1 - z) * h + z * torch.tanh(cell.W_h(x) + cell.U_h(r * h.detach()))
    )
    by_keras = compared.of_a_cells_gradients(implementations.keras_gru_gradients, "GRUCell")
    by_differences = Comparison("cut", "torch", compared.of_finite_differences("GRUCell")).outcome(cut, keras)
    assert by_keras(cut, keras) > SEEN
    assert (by_differences.kind, "Jacobian" in by_differences.why) == (BROKEN, True)


# How a trial ends


@pytest.mark.parametrize(
    ("gap", "kind", "why"),
    [
        (1e-7, KEPT, ""),
        (1e-3, BROKEN, "they differ by up to 0.001, and 1e-06 is allowed"),
        (float("nan"), BROKEN, "they differ by up to nan, and 1e-06 is allowed"),
    ],
)
def test_a_trial_is_broken_by_a_difference_and_by_what_is_no_number(gap, kind, why):
    outcome = Comparison("an oracle", "onnx", lambda *_: gap).outcome({}, None)
    assert (outcome.kind, outcome.why) == (kind, why)


def test_arrays_of_another_shape_never_agree():
    assert largest_gap(np.zeros((2, 3)), np.zeros((3,))) == float("inf")


def test_a_package_that_is_missing_breaks_its_trials_and_is_named(solution, monkeypatch):
    def without_onnx(name, *arguments, real=builtins.__import__):
        if name.partition(".")[0] == "onnx":
            raise ModuleNotFoundError(name)
        return real(name, *arguments)

    monkeypatch.setattr(builtins, "__import__", without_onnx)
    outcome = TRIALS["ONNX RNN: VanillaRNN"].outcome(solution, None)
    assert (outcome.kind, outcome.why) == (BROKEN, "the package onnx is not installed; run: make setup")


def test_an_import_error_in_the_process_of_keras_comes_back_as_one(keras):
    with pytest.raises(ImportError):
        keras.ask(__import__, "no_such_package_of_keras")


def test_double_precision_ends_with_its_block():
    with double_precision():
        assert torch.zeros(1).dtype == torch.float64
    assert torch.zeros(1).dtype == torch.float32


def test_the_claim_says_how_many_trials_there_are():
    assert oracles_claim(open_room()).total == len(TRIALS) >= 20
