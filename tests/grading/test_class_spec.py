"""What a class must look like is written down without a slip, or refused at once."""

import pytest

from grading.mark.class_spec import ClassSpec

LAYERS = {"embedding": (11, 4), "W_z": (6, 4), "U_z": (6, 6)}


def test_layers_that_stand_in_no_sum_are_alone():
    assert ClassSpec("Cell", (4, 6), 6, LAYERS, (("W_z", "U_z"),), (("z",),)).layers_alone == ["embedding"]


def test_a_sum_of_what_is_no_layer_is_refused_by_its_name():
    with pytest.raises(ValueError, match=r"Cell sums up 'U_r', which is none of its layers"):
        ClassSpec("Cell", (4, 6), 6, LAYERS, (("W_z", "U_r"),))


def test_hints_are_one_for_each_sum_or_none():
    ClassSpec("Cell", (4, 6), 6, LAYERS, (("W_z", "U_z"),))
    with pytest.raises(ValueError, match="2 hints for 1 sums"):
        ClassSpec("Cell", (4, 6), 6, LAYERS, (("W_z", "U_z"),), (("z",), ("r",)))
