"""Let torch's optimizers work without torch's compiler, which they import only to be left alone by it.

That import is half of a zygote's start (2.3 of 4.3 s, and 840 modules that every fork would carry), and nothing that is
marked is compiled.  Where a torch is made otherwise than those known here, its first optimizer imports it as ever.
See torch/_compile.py and torch/optim/optimizer.py, 2.6 to 2.13.
"""

import functools

import torch


def leave_the_compiler_out():
    """From now on no optimizer of torch's imports torch._dynamo; what they compute stays the same."""
    for kind in (torch.optim.Optimizer, *torch.optim.Optimizer.__subclasses__()):
        for name, wrapper in list(vars(kind).items()):
            function = getattr(wrapper, "__wrapped__", None)
            if name == "step" and function:
                kind.step = in_its_gradient_mode(function)
            elif function:
                function.__dynamo_disable = function  # what the wrapper else asks the compiler for


def in_its_gradient_mode(function):
    """An optimizer's own `step`, with gradients where it was told to be differentiable, as torch wraps it."""

    @functools.wraps(function)
    def step(self, *given, **named):
        with torch.set_grad_enabled(self.defaults["differentiable"]):
            return function(self, *given, **named)

    return step
