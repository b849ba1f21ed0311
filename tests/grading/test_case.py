"""A case: the names that equations read, and gradients that are torch's."""

import copy

import numpy as np
import pytest
import torch

from assignment import equations
from grading.mark.case import Case, gradients

B, T, E, H, V, CLASSES = 2, 3, 4, 5, 7, 6


@pytest.fixture
def random():
    return np.random.default_rng(20)


def layer(random, rows, columns, bias=True):
    return random.uniform(-1, 1, (rows, columns)), random.uniform(-1, 1, rows) if bias else None


@pytest.fixture
def gru_case(random):
    gates = {
        name: layer(random, H, H if name[0] == "U" else E, bias=name != "U_r")
        for name in ("W_z", "U_z", "W_r", "U_r", "W_h", "U_h")
    }
    values = {"x": random.uniform(-1, 1, (B, E)), "h": random.uniform(-1, 1, (B, H))}
    return Case(values, gates)


@pytest.fixture
def rnn_case(random):
    layers = {
        "embedding": layer(random, V, E, bias=False),
        "Wx": layer(random, H, E),
        "Wh": layer(random, H, H, bias=False),
        "fc": layer(random, CLASSES, H),
    }
    return Case({"tokens": random.integers(0, V, (B, T)), "hidden_size": H}, layers)


def tensors_of(case):
    """The case's arrays as tensors with gradients; word indices and sizes as they are."""
    return {
        name: torch.tensor(array, requires_grad=True)
        for name, array in case.arrays().items()
        if isinstance(array, np.ndarray) and array.dtype == float
    }


def linear(tensors, name):
    return lambda x: torch.nn.functional.linear(x, tensors[f"{name}.weight"], tensors.get(f"{name}.bias"))


def torch_gru_cell(case, tensors):
    W_z, U_z, W_r, U_r, W_h, U_h = (linear(tensors, name) for name in ("W_z", "U_z", "W_r", "U_r", "W_h", "U_h"))
    x, h = tensors["x"], tensors["h"]
    z, r = torch.sigmoid(W_z(x) + U_z(h)), torch.sigmoid(W_r(x) + U_r(h))
    return (1 - z) * h + z * torch.tanh(W_h(x) + U_h(r * h))


def torch_vanilla_rnn(case, tensors):
    embedded = tensors["embedding.weight"][torch.as_tensor(case.tokens)]
    h = torch.zeros(B, H, dtype=torch.float64)
    for t in range(T):
        h = torch.tanh(linear(tensors, "Wx")(embedded[:, t]) + linear(tensors, "Wh")(h))
    return linear(tensors, "fc")(h)


@pytest.mark.parametrize(
    ("equation", "in_torch", "fixture"),
    [
        pytest.param(equations.gru_cell, torch_gru_cell, "gru_case", id="gru_cell"),
        pytest.param(equations.vanilla_rnn, torch_vanilla_rnn, "rnn_case", id="vanilla_rnn"),
    ],
)
def test_complex_steps_give_the_gradients_of_autograd(equation, in_torch, fixture, random, request):
    case = request.getfixturevalue(fixture)
    tensors = tensors_of(case)
    output = in_torch(case, tensors)
    probe = random.uniform(-1, 1, output.shape)
    (output * torch.as_tensor(probe)).sum().backward()

    found = gradients(equation, case, probe, list(tensors))

    np.testing.assert_allclose(equation(case), output.detach().numpy(), rtol=1e-12)
    assert set(found) == set(tensors)
    for name, tensor in tensors.items():
        assert np.abs(found[name]).max() > 0, name
        np.testing.assert_allclose(found[name], tensor.grad.numpy(), rtol=1e-10, atol=1e-14, err_msg=name)


def test_only_the_gradients_asked_for_are_computed(gru_case):
    assert set(gradients(equations.update_gate, gru_case, np.ones((B, H)), ["x", "W_z.bias"])) == {"x", "W_z.bias"}


def test_the_gradient_of_what_an_equation_does_not_read_is_zero(gru_case):
    found = gradients(equations.update_gate, gru_case, np.ones((B, H)), ["W_r.weight"])
    assert not found["W_r.weight"].any()


def test_a_layer_is_applied_as_torch_applies_it(gru_case):
    weight, bias = gru_case.layers["W_z"]
    expected = torch.nn.functional.linear(*(torch.as_tensor(a) for a in (gru_case.x, weight, bias)))
    np.testing.assert_allclose(gru_case.W_z(gru_case.x), expected.numpy())
    np.testing.assert_allclose(gru_case.U_r(gru_case.h), gru_case.h @ gru_case.layers["U_r"][0].T)


def test_a_nested_layer_is_known_by_its_last_name(random):
    case = Case({}, {"gru_cell.W_z": layer(random, H, E)})
    x = random.uniform(-1, 1, (B, E))
    np.testing.assert_array_equal(case.W_z(x), x @ case.layers["gru_cell.W_z"][0].T + case.layers["gru_cell.W_z"][1])
    assert set(case.arrays()) == {"gru_cell.W_z.weight", "gru_cell.W_z.bias"}


def test_arrays_name_values_weights_and_the_biases_that_exist(gru_case):
    names = set(gru_case.arrays())
    assert {"x", "h", "W_z.weight", "W_z.bias", "U_r.weight"} <= names
    assert "U_r.bias" not in names


def test_an_unknown_name_is_an_error_that_says_it(gru_case):
    with pytest.raises(AttributeError, match="neither a value nor a layer called Wz"):
        _ = gru_case.Wz


def test_a_case_can_be_copied(gru_case):
    np.testing.assert_array_equal(copy.copy(gru_case).x, gru_case.x)


def test_replace_changes_the_copy_and_not_the_case(gru_case):
    before = gru_case.h.copy()
    other = gru_case.replace(h=np.zeros((B, H)), z=1.0)
    assert not other.h.any()
    assert other.z == 1.0
    np.testing.assert_array_equal(gru_case.h, before)
    assert "z" not in gru_case.values


@pytest.mark.parametrize("name", ["x", "W_z.weight", "W_z.bias"])
def test_with_array_changes_that_array_and_no_other(gru_case, name):
    replaced = np.full(gru_case.arrays()[name].shape, 9.0)
    other = gru_case.with_array(name, replaced)
    for key, array in gru_case.arrays().items():
        np.testing.assert_array_equal(other.arrays()[key], replaced if key == name else array)
    assert not (gru_case.arrays()[name] == 9.0).any()
