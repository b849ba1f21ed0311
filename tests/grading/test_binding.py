"""How the equations' layers are found in a student's tensors."""

import numpy as np
import pytest

from assignment.marking.specs import gru_cell_spec
from grading.mark.binding import find_bindings, named_binding
from grading.mark.class_spec import ClassSpec
from grading.mark.plausibility import is_usual, places_told

X, H = 4, 6  # what a step reads, and its state
LAYERS = {f"{kind}_{gate}": (H, X if kind == "W" else H) for gate in "zr" for kind in "WU"}
SUMS = (("W_z", "U_z"), ("W_r", "U_r"))
SPEC = ClassSpec("Cell", (X, H), H, LAYERS, SUMS, (("z", "update"), ("r", "reset")))
NAMED = {f"{name}.weight": shape for name, shape in LAYERS.items()}


def filled(shapes):
    """Unequal numbers for every tensor."""
    return {
        name: np.arange(np.prod(shape)).reshape(shape) + 1000.0 * i for i, (name, shape) in enumerate(shapes.items())
    }


def layers_of(binding, shapes):
    return binding.layers(filled(shapes))


def linear(shapes):
    return {name.removesuffix(".weight") for name in shapes if name.endswith(".weight")}


def found(shapes, linear_names=None):
    return find_bindings(SPEC, shapes, linear(shapes) if linear_names is None else linear_names)


def test_layers_with_the_handouts_names_bind_by_name_and_in_no_other_way():
    assert found(NAMED) == [named_binding(SPEC, NAMED)]


def test_a_layer_has_the_bias_that_the_student_gave_it():
    shapes = NAMED | {"W_z.bias": (H,)}
    layers = layers_of(found(shapes)[0], shapes)
    assert np.array_equal(layers["W_z"][1], filled(shapes)["W_z.bias"])
    assert layers["U_z"][1] is None


def test_biases_beside_layers_of_the_handouts_names_may_belong_to_any_sum_or_to_none():
    shapes = NAMED | {"b_z": (H,), "b_r": (1, H)}
    bindings = found(shapes)
    assert bindings[0] == named_binding(SPEC, shapes)
    numbers, layers = filled(shapes), layers_of(bindings[1], shapes)
    assert np.array_equal(layers["W_z"][1], numbers["b_z"])
    assert np.array_equal(layers["W_r"][1], numbers["b_r"][0])
    assert len(bindings) == 3
    assert all(binding.is_named for binding in bindings)


def test_a_bias_beside_layers_is_added_to_their_own():
    shapes = NAMED | {"W_z.bias": (H,), "both": (2 * H,)}
    numbers, layers = filled(shapes), layers_of(found(shapes)[1], shapes)
    assert np.array_equal(layers["W_z"][1], numbers["W_z.bias"] + numbers["both"][:H])


def test_a_layer_that_is_missing_is_bound_all_the_same():
    shapes = {name: shape for name, shape in NAMED.items() if name != "U_r.weight"}
    assert {block.tensor for block in named_binding(SPEC, shapes).blocks} >= set(NAMED)


def test_gates_in_one_layer_may_stand_in_either_order_the_handouts_first():
    shapes = {"x2h.weight": (2 * H, X), "h2h.weight": (2 * H, H)}
    first, *others = found(shapes)
    assert np.array_equal(layers_of(first, shapes)["W_z"][0], filled(shapes)["x2h.weight"][:H])
    assert np.array_equal(layers_of(first, shapes)["U_r"][0], filled(shapes)["h2h.weight"][H:])
    assert len(others) == 3


def test_one_layer_over_both_inputs_is_cut_at_the_width_of_each():
    shapes = {"update.weight": (H, X + H), "reset.weight": (H, X + H)}
    layers = layers_of(found(shapes)[0], shapes)
    assert layers["W_z"][0].shape == (H, X)
    assert np.array_equal(layers["U_r"][0], filled(shapes)["reset.weight"][:, X:])


def test_plain_parameters_may_be_turned_and_linear_layers_may_not():
    shapes = {"Wxz": (X, H), "Whz": (H, H), "Wxr": (X, H), "Whr": (H, H)}
    layers = layers_of(found(shapes, set())[0], shapes)
    assert np.array_equal(layers["W_z"][0], filled(shapes)["Wxz"].T)
    turned = {f"{name}.weight": shape for name, shape in shapes.items()}
    assert found(turned) == []


def test_the_bias_of_a_layer_goes_where_its_weight_goes():
    shapes = {"x2h.weight": (2 * H, X), "h2h.weight": (2 * H, H), "h2h.bias": (2 * H,)}
    layers = layers_of(found(shapes)[0], shapes)
    assert np.array_equal(layers["U_r"][1], filled(shapes)["h2h.bias"][H:])
    assert layers["W_r"][1] is None


def test_a_bias_of_its_own_may_belong_to_any_sum_the_one_that_its_name_speaks_of_first():
    shapes = {"Wz": (H, X), "Uz": (H, H), "Wr": (H, X), "Ur": (H, H), "bias_reset": (H,)}
    bindings = found(shapes, set())
    assert layers_of(bindings[0], shapes)["W_r"][1] is not None
    assert any(layers_of(other, shapes)["W_z"][1] is not None for other in bindings)


@pytest.mark.parametrize("shape", [(2 * H,), (2, H), (2, 1, H), (2, H, 1), (1, 2 * H)], ids=str)
def test_a_stacked_bias_is_bound_however_its_axes_are_laid_out(shape):
    shapes = {"W": (2, X, H), "U": (2, H, H), "b": shape}
    layers = layers_of(found(shapes, set())[0], shapes)
    numbers = filled(shapes)["b"].reshape(2, H)
    assert [np.array_equal(layers[f"W_{gate}"][1], row) for gate, row in zip("zr", numbers, strict=True)] == [
        True,
        True,
    ]


def test_a_tensor_that_holds_no_whole_biases_is_none():
    shapes = {"W": (2, X, H), "U": (2, H, H), "b": (H, 2)}
    assert {block.tensor for block in found(shapes, set())[0].blocks} == {"W", "U"}


def test_two_biases_of_one_sum_are_added():
    shapes = {"a.weight": (2 * H, X), "b.weight": (2 * H, H), "a.bias": (2 * H,), "extra": (2 * H,)}
    layers = layers_of(found(shapes)[0], shapes)
    numbers = filled(shapes)
    assert np.array_equal(layers["W_z"][1], numbers["a.bias"][:H] + numbers["extra"][:H])


def test_two_stacked_biases_may_stand_in_the_same_order():
    shapes = {"weight_ih": (2 * H, X), "weight_hh": (2 * H, H), "bias_ih": (2 * H,), "bias_hh": (2 * H,)}
    numbers = filled(shapes)
    sums = [layers_of(binding, shapes)["W_z"][1] for binding in found(shapes, set())]
    assert any(np.array_equal(bias, numbers["bias_ih"][:H] + numbers["bias_hh"][:H]) for bias in sums)


def test_tensors_that_are_all_stacked_in_one_order_come_before_those_that_are_not():
    shapes = {"weight_ih": (2 * H, X), "weight_hh": (2 * H, H), "bias_ih": (2 * H,), "bias_hh": (2 * H,)}
    first, second, *_ = found(shapes, set())
    orders = [[b.layer[-1] for b in binding.blocks if b.tensor in shapes] for binding in (first, second)]
    assert orders == [["z", "r"] * 4, ["r", "z"] * 4]


def test_a_convolution_over_one_word_is_read_as_a_matrix():
    shapes = {"project.weight": (2 * H, X, 1), "U_z.weight": (H, H), "U_r.weight": (H, H)}
    layers = layers_of(found(shapes, {"U_z", "U_r"})[0], shapes)
    assert np.array_equal(layers["W_r"][0], filled(shapes)["project.weight"][H:, :, 0])


def test_tensors_that_can_not_hold_all_layers_are_no_binding():
    assert found({"only.weight": (H, X)}) == []


@pytest.mark.parametrize(
    ("name", "places"), [("W_xz", {0}), ("reset.weight", {1}), ("update_bias", {0}), ("gates.weight", set())]
)
def test_a_name_speaks_of_a_sum_or_of_none(name, places):
    assert places_told(name, SPEC.hints) == places


def test_shapes_that_fit_nowhere_end_the_search_and_not_the_marker():
    spec = gru_cell_spec(4, 6)
    shapes = {f"a{i}": (6, 4) for i in range(40)} | {f"b{i}": (12, 6) for i in range(40)}
    assert find_bindings(spec, shapes, linear=set()) == []


def test_names_speak_against_the_one_of_two_arrangements_that_they_do_not_tell_of():
    shapes = {"update.weight": (H, X + H), "reset.weight": (H, X + H)}
    held = {
        b.surprises(SPEC).contradicted: {block.layer for block in b.blocks if block.tensor == "update.weight"}
        for b in found(shapes)
    }
    assert held == {0: {"W_z", "U_z"}, 2: {"W_r", "U_r"}}


def test_gates_that_are_stacked_in_two_orders_are_unusual_and_in_either_order_alone_are_not():
    shapes = {"words.weight": (2 * H, X), "states.weight": (2 * H, H)}
    alike = {0: set(), 1: set()}
    for binding in found(shapes):
        rows = {block.layer: block.index[0].start or 0 for block in binding.blocks}
        alike[binding.surprises(SPEC).unusual].add((rows["W_z"] < rows["W_r"]) == (rows["U_z"] < rows["U_r"]))
    assert alike == {0: {True}, 1: {False}}


def test_an_order_in_which_nobody_stacks_is_unusual_where_the_usual_ones_are_known():
    assert is_usual((1, 0), usual=((0, 1, 2), (1, 0, 2)))
    assert is_usual((1, 2), usual=((0, 1, 2), (1, 0, 2)))
    assert not is_usual((2, 0), usual=((0, 1, 2), (1, 0, 2)))
    assert is_usual((2, 0), usual=())


def test_the_candidate_is_usually_stacked_last():
    spec = gru_cell_spec(X, H)
    shapes = {"words.weight": (3 * H, X), "states.weight": (3 * H, H)}
    bindings = find_bindings(spec, shapes, linear(shapes))
    usual = [b for b in bindings if not b.surprises(spec).unusual]
    last = {block.layer for b in usual for block in b.blocks if block.index[0].start == 2 * H}
    assert (len(usual), last) == (2, {"W_h", "U_h"})
