"""What torch is asked for while student code runs: ready-made recurrent layers are noted, a GPU is left out."""

import sys
from functools import partial

import torch
from torch.library import Library
from torch.overrides import TorchFunctionMode

RECURRENT = {"rnn_tanh", "rnn_relu", "gru", "lstm", "rnn_tanh_cell", "rnn_relu_cell", "gru_cell", "lstm_cell"}
KERNEL_KEYS = ("AutogradCPU", "CPU")  # where torch looks a kernel up: with gradients, and in inference mode
FOUND_LIMIT = 20


class LibraryWatch(TorchFunctionMode):
    """Notes every call of torch's own recurrences, by whatever way it is reached: `found` is [[line, name], ...].

    A call through nn.GRU, torch._VF, torch.ops.aten or a name put together from pieces ends in the same function.
    Modes can be switched off (torch._C.DisableTorchFunction), so the kernels themselves are stood in for, too, where
    torch's dispatcher looks them up: each notes its call and goes on with what it stands for.
    """

    def __init__(self, file):
        super().__init__()
        self.file, self.found = file, []

    def __enter__(self):
        self.kernels = Library("aten", "IMPL")
        for overload in recurrent_overloads():
            for key in KERNEL_KEYS:
                self.kernels.impl(overload, partial(self.called, overload), key)
        return super().__enter__()

    def __exit__(self, *raised):
        self.kernels._destroy()
        return super().__exit__(*raised)

    def called(self, overload, *args, **kwargs):
        """Stands in for a kernel."""
        self.note(name_of(overload))
        return overload.decompose(*args, **kwargs)

    def __torch_function__(self, function, types, args=(), kwargs=None):
        name = name_of(function)
        if name in RECURRENT:
            self.note(name)
        return function(*args, **(kwargs or {}))

    def note(self, name):
        seen = [line_in(self.file, sys._getframe(2)), name]
        if seen not in self.found and len(self.found) < FOUND_LIMIT:
            self.found.append(seen)


def recurrent_overloads():
    """Every form of torch's own recurrences that its dispatcher knows."""
    packets = [getattr(torch.ops.aten, name) for name in sorted(RECURRENT)]
    return [getattr(packet, overload) for packet in packets for overload in packet.overloads()]


def name_of(function):
    return getattr(function, "__name__", "").partition(".")[0]


def line_in(file, frame):
    """The line of a student's file that leads to this frame, or None."""
    while frame is not None:
        if frame.f_code.co_filename == file:
            return frame.f_lineno
        frame = frame.f_back
    return None


class CpuForCuda(TorchFunctionMode):
    """Everything stays on the CPU, also where a student wrote "cuda": where the work runs is no part of the answer."""

    def __torch_function__(self, function, types, args=(), kwargs=None):
        kwargs = dict(kwargs or {})
        name = getattr(function, "__name__", "")
        if name == "cuda":
            return args[0]
        if names_cuda(kwargs.get("device")):
            kwargs["device"] = "cpu"
        if name == "to":
            args = tuple("cpu" if names_cuda(argument) else argument for argument in args)
        return function(*args, **kwargs)


def names_cuda(value):
    return isinstance(value, str | torch.device) and str(value).startswith("cuda")
