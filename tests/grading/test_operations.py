"""How a student's object is built in its process, where that differs from calling its constructor."""

import numpy as np
import pytest

from grading.sandbox.worker import StudentFault

LAZY = """
    import torch
    from torch import nn

    class Lazy(nn.Module):
        def __init__(self):
            super().__init__()
            self.W = nn.LazyLinear(2)

        def forward(self, x, h_prev):
            return self.W(x) + h_prev
    """
CONFUSED = """
    import torch
    from torch import nn

    class Cell(nn.Module):
        pass

    class Model(nn.Module):
        def __init__(self):
            super().__init__()
            self.cell = Cell(size=3)

        def forward(self, x):
            return {call}
    """


@pytest.mark.parametrize("operation", ["describe", "step"])
def test_layers_without_sizes_can_not_be_bound_and_are_no_error_of_the_student(open_worker, operation):
    arrays = {"x": np.ones((1, 3)), "h_prev": np.ones((1, 2))}
    with pytest.raises(StudentFault) as raised:
        open_worker(LAZY).ask(operation, arrays, **{"class": "Lazy", "sizes": [], "hidden_size": 2})
    assert raised.value.outcome == "unbound"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("torch.tensor(self.cell)", "RuntimeError: Could not infer dtype of Cell"),
        ("self.cell(x)", "TypeError: Cell.forward() missing 1 required positional argument: 'h_prev'"),
    ],
)
def test_a_message_about_the_stand_in_calls_it_by_the_name_of_the_students_cell(open_worker, call, message):
    stand_in = {"class": "Cell", "name": "cell", "sizes": [3, 2]}
    request = {"class": "Model", "sizes": [], "hidden_size": 2, "stand_in": stand_in}
    with pytest.raises(StudentFault) as raised:
        open_worker(CONFUSED.format(call=call)).ask("forward", {"x": np.ones((1, 3), dtype=np.int64)}, **request)
    assert raised.value.message == message
