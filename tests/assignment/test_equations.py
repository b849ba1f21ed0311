"""The handout's equations in NumPy: equal to torch's and to the solution's, and to no known mistake."""

import importlib.util
import itertools

import numpy as np
import pytest
import torch

from assignment import equations
from assignment.misconceptions import CATALOGUE
from grading.build.products import make_products
from grading.mark.agreement import agrees
from grading.mark.case import Case
from grading.room import open_room

B, T, E, H, V, CLASSES = 3, 5, 4, 6, 11, 7  # documents, steps, embedding, hidden, vocabulary, classes: all different
GATES = ("W_z", "U_z", "W_r", "U_r", "W_h", "U_h")
SEEDS = range(8)
BIASES = {"both": "WU", "on_the_word": "W", "on_the_state": "U", "none": ""}


@pytest.fixture(scope="module")
def room():
    return open_room()


@pytest.fixture(scope="module")
def solution(room, tmp_path_factory):
    """class name -> class, of the solution as the builder makes it now."""
    folder, found = tmp_path_factory.mktemp("solution"), {}
    for path, content in make_products(room).items():
        if path.suffix == ".py" and path.parts[0] == "instructor":
            (folder / path.name).write_bytes(content)
            spec = importlib.util.spec_from_file_location(f"solution_{path.stem}", folder / path.name)
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            found |= {name: value for name, value in vars(module).items() if isinstance(value, type)}
    return found


def layer(random, rows, columns, bias=True):
    return random.uniform(-1, 1, (rows, columns)), random.uniform(-1, 1, rows) if bias else None


def cell_case(seed, biases="WU", b=B, e=E, t=T, step=1):
    """Random values and weights for every blank, each drawn by itself; `biases`: which kinds of layers have one."""
    random = np.random.default_rng(seed)
    layers = {name: layer(random, H, H if name[0] == "U" else e, bias=name[0] in biases) for name in GATES}
    layers |= {"Wx": layer(random, H, e, bias="W" in biases), "Wh": layer(random, H, H, bias="U" in biases)}
    values = {name: random.uniform(0, 1, (b, H)) for name in ("z", "r")}
    values |= {name: random.uniform(-1, 1, (b, H)) for name in ("h", "candidate")}
    values |= {"x": random.uniform(-1, 1, (b, e)), "embedded": random.uniform(-1, 1, (b, t, e)), "t": step}
    return Case(values, layers)


def text_case(seed, prefix=""):
    """Random word indices, and weights for a whole model."""
    random = np.random.default_rng(seed)
    layers = {"embedding": layer(random, V, E, bias=False), "fc": layer(random, CLASSES, H)}
    layers |= {"Wx": layer(random, H, E), "Wh": layer(random, H, H)}
    layers |= {f"{prefix}{name}": layer(random, H, H if name[0] == "U" else E) for name in GATES}
    return Case({"tokens": random.integers(0, V, (B, T)), "hidden_size": H}, layers)


def with_weights(model, case):
    """A torch model with the case's weights."""
    arrays = case.arrays()
    model.load_state_dict({name: torch.as_tensor(arrays[name]) for name in model.state_dict()})
    return model


# Against torch and the solution


def test_the_states_of_the_vanilla_rnn_are_those_of_torch():
    case = text_case(1)
    theirs = torch.nn.RNN(E, H, batch_first=True).double()
    (wx, bx), (wh, bh) = case.layers["Wx"], case.layers["Wh"]
    names = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
    theirs.load_state_dict({n: torch.as_tensor(a) for n, a in zip(names, (wx, wh, bx, bh), strict=True)})
    with torch.no_grad():
        states, _ = theirs(torch.as_tensor(equations.embed(case)))
    np.testing.assert_allclose(equations.states(case, equations.hidden_update), states.numpy(), rtol=1e-12)


def sigma(number):
    return 1 / (1 + 2.718281828459045**-number)


def test_one_step_of_the_gru_is_what_the_handout_says_worked_out_number_by_number():
    W_z, U_z, W_r, U_r, W_h, U_h = 0.5, -1.0, 2.0, 0.25, -1.5, 3.0
    b_z, b_r, b_h, x, h = 0.1, -0.2, 0.3, 0.7, -0.4
    z = sigma(0.5 * 0.7 - 1.0 * -0.4 + 0.1)
    r = sigma(2.0 * 0.7 + 0.25 * -0.4 - 0.2)
    candidate = np.tanh(-1.5 * 0.7 + 3.0 * (r * -0.4) + 0.3)
    expected = (1 - z) * -0.4 + z * candidate

    def one(number, bias=None):
        return np.array([[number]]), None if bias is None else np.array([bias])

    layers = {"W_z": one(W_z, b_z), "U_z": one(U_z), "W_r": one(W_r, b_r), "U_r": one(U_r)}
    case = Case({"x": np.array([[x]]), "h": np.array([[h]])}, layers | {"W_h": one(W_h, b_h), "U_h": one(U_h)})
    assert equations.gru_cell(case).shape == (1, 1)
    assert equations.gru_cell(case)[0, 0] == pytest.approx(expected, rel=1e-12)
    assert equations.gru_cell(case)[0, 0] == pytest.approx(-0.7705, abs=5e-5)


def test_the_update_gate_at_one_takes_the_candidate_and_at_zero_keeps_the_past():
    case = cell_case(2)
    ones = np.ones((B, H))
    np.testing.assert_array_equal(equations.new_state(case.replace(z=ones)), case.candidate)
    np.testing.assert_array_equal(equations.new_state(case.replace(z=0 * ones)), case.h)


def test_the_reset_gate_at_zero_hides_the_past_and_at_one_shows_it():
    case = cell_case(3, biases="W")
    shown = np.tanh(case.W_h(case.x) + case.U_h(case.h))
    np.testing.assert_allclose(equations.candidate(case.replace(r=np.zeros((B, H)))), np.tanh(case.W_h(case.x)))
    np.testing.assert_allclose(equations.candidate(case.replace(r=np.ones((B, H)))), shown)


def test_the_gru_is_torchs_with_the_mix_turned_round_where_the_reset_gate_is_wide_open():
    """torch.nn.GRUCell has r after U_h and z on the past: with r = 1, and z complemented, both are the same."""
    case = cell_case(4)
    case = case.with_array("W_r.bias", np.full(H, 100.0))
    theirs = torch.nn.GRUCell(E, H).double()
    signs = {"r": 1, "z": -1, "h": 1}  # 1 - sigmoid(a) = sigmoid(-a)
    stacked = {
        f"{part}_{place}": torch.as_tensor(
            np.concatenate([sign * case.layers[f"{letter}_{gate}"][index] for gate, sign in signs.items()])
        )
        for letter, place in (("W", "ih"), ("U", "hh"))
        for index, part in enumerate(("weight", "bias"))
    }
    theirs.load_state_dict(stacked)
    with torch.no_grad():
        expected = theirs(torch.as_tensor(case.x), torch.as_tensor(case.h))
    np.testing.assert_allclose(equations.gru_cell(case), expected.numpy(), rtol=1e-10)


@pytest.mark.parametrize("seed", range(3))
def test_the_solutions_vanilla_rnn_computes_the_equations(solution, seed):
    case = text_case(seed)
    model = with_weights(solution["VanillaRNN"](V, E, H, CLASSES), case)
    with torch.no_grad():
        found = model(torch.as_tensor(case.tokens))
    np.testing.assert_allclose(found.numpy(), equations.vanilla_rnn(case), atol=1e-5)


@pytest.mark.parametrize("seed", range(3))
def test_the_solutions_gru_cell_computes_the_equations(solution, seed):
    case = cell_case(seed)
    cell = with_weights(solution["GRUCell"](E, H), case)
    with torch.no_grad():
        found = cell(*(torch.as_tensor(array, dtype=torch.float32) for array in (case.x, case.h)))
    np.testing.assert_allclose(found.numpy(), equations.gru_cell(case), atol=1e-5)


@pytest.mark.parametrize("seed", range(3))
def test_the_solutions_gru_model_computes_the_equations(solution, seed):
    case = text_case(seed, prefix="gru_cell.")
    model = with_weights(solution["GRUModel"](V, E, H, CLASSES), case)
    with torch.no_grad():
        found = model(torch.as_tensor(case.tokens))
    np.testing.assert_allclose(found.numpy(), equations.gru(case), atol=1e-5)


# Against the known mistakes

GATE_MISTAKES = {
    "tanh-for-sigmoid", "gate-without-activation", "gate-ignores-state", "gate-ignores-input", "gate-uses-other-gate",
    "gate-half-other-gate", "gate-product-for-sum", "gate-complement", "gate-softmax", "gate-sigmoid-on-each-term",
}  # fmt: skip
PROMISED = {
    "rnn.step_input": {
        "time-and-batch-swapped", "feature-for-time", "same-step-every-time", "first-step-skipped",
        "last-step-skipped", "time-reversed",
    },
    "rnn.hidden_update": {
        "no-recurrence", "no-input", "no-activation", "sigmoid-for-tanh", "relu-for-tanh", "tanh-on-each-term",
        "product-for-sum", "activation-twice", "state-added-on-top", "state-averaged",
    },
    "gru.update_gate": GATE_MISTAKES | {"gate-sees-reset-state"},
    "gru.reset_gate": GATE_MISTAKES,
    "gru.candidate": {
        "reset-ignored", "reset-after-matmul", "update-for-reset", "reset-complement", "reset-on-everything",
        "reset-on-input-term", "sigmoid-for-tanh", "no-activation", "candidate-ignores-state",
        "candidate-uses-gate-layers", "tanh-on-each-term",
    },
    "gru.new_state": {
        "mix-swapped", "candidate-only", "past-never-forgotten", "mix-not-complementary", "candidate-unweighted",
        "reset-for-update", "new-state-squashed", "mix-plain-sum", "mix-halved",
    },
}  # fmt: skip

# Sizes at which every slice has the same shape, and a step at which no two slices are the same: it takes seven.
SIZES = {"rnn.step_input": {"b": 7, "e": 7, "t": 7, "step": 2}}


def values_of(item_id, seed, biases):
    """(name, value) of the right equation and of every formula of a blank that can run."""
    case = cell_case(seed, biases, **SIZES.get(item_id, {}))
    formulas = [("right", equations.EQUATIONS[item_id])]
    formulas += [(entry.id, entry.formula) for entry in CATALOGUE.of(item_id)]
    return [(name, formula(case)) for name, formula in formulas]


@pytest.mark.parametrize("biases", BIASES.values(), ids=BIASES)
@pytest.mark.parametrize("item_id", PROMISED)
def test_no_two_formulas_of_a_blank_agree_with_each_other_or_with_the_right_one(item_id, biases):
    for seed in SEEDS:
        for (first, a), (second, b) in itertools.combinations(values_of(item_id, seed, biases), 2):
            assert not agrees(a, b), (first, second, seed)


@pytest.mark.parametrize("biases", BIASES.values(), ids=BIASES)
@pytest.mark.parametrize("item_id", PROMISED)
def test_the_right_formula_and_every_wrong_one_give_the_shape_of_the_blank(item_id, biases):
    case = cell_case(0, biases, **SIZES.get(item_id, {}))
    shape = case.embedded[:, 0].shape if item_id == "rnn.step_input" else case.h.shape
    for name, value in values_of(item_id, 0, biases):
        assert value.shape == shape, name
        assert np.isfinite(value).all(), name


def test_the_comparison_of_formulas_can_tell_that_two_agree():
    for item_id in PROMISED:
        (_, first), *_ = values_of(item_id, 0, "W")
        (_, again), *_ = values_of(item_id, 0, "W")
        assert agrees(first, again)


# Names and words

OF_LAYERS_AND_LOOPS = {
    "layer-sizes-swapped", "layer-size-wrong", "layer-missing", "layer-shared", "state-not-carried",
    "arguments-swapped", "random-initial-state", "state-kept-between-batches", "gradient-cut", "mean-over-time",
    "first-state-for-last", "softmax-before-loss", "log-softmax-before-loss", "relu-on-output", "sigmoid-on-output",
}  # fmt: skip


def test_every_mistake_that_was_promised_for_a_blank_has_a_formula_and_there_are_no_others(room):
    known = {part: {entry.id for entry in CATALOGUE.of(part)} for part in PROMISED}
    assert known == PROMISED
    assert {entry.part for entry in CATALOGUE.entries} == {*PROMISED, "steps", "carry", "read_out", "head"}


def test_every_mistake_that_was_promised_has_words_and_there_are_no_others(room):
    promised = set().union(*PROMISED.values()) | OF_LAYERS_AND_LOOPS
    assert set(room.words.tables["misconceptions"]) == promised | {"tanh-on-y", "reset-before-matmul"}


def test_the_words_of_a_blanks_mistake_are_a_whole_sentence_without_places(room):
    for name in set().union(*PROMISED.values()):
        said = room.words.misconception(name)
        assert len(said.split()) >= 4, name
        assert "{" not in said.replace("h_{t-1}", ""), name
        assert "…" not in said, name


CONVENTIONS = {
    ("gru.new_state", "mix-swapped"),
    ("gru.candidate", "reset-after-matmul"),
    ("gru.update_gate", "gate-complement"),
}


def test_three_mistakes_are_conventions_of_other_publications():
    assert {(entry.part, entry.id) for entry in CATALOGUE.entries if entry.convention} == CONVENTIONS


def test_a_convention_names_who_has_it_so(room):
    for _, name in CONVENTIONS:
        assert "torch.nn.GRU" in room.words.misconception(name, "published")


def test_every_blank_of_the_rubric_with_a_value_has_its_equation_and_misconceptions(room):
    blanks = {item.id for item in room.items.values() if item.blank == "value"}
    assert set(equations.EQUATIONS) == set(PROMISED) == blanks - {"gru.unroll"}
