"""Does this environment have what the notebook needs, and how long will each part take here?"""

import platform
import sys
import time

import torch

ROUNDS = 60
TRAINING_STEPS = {"RNN": 10 * 49 * 100, "GRU": 20 * 49 * 100}  # epochs, batches, words
COST = {"RNN": 2.5, "GRU": 6.3}  # of a training step, in steps of `seconds_per_step`; measured on two CPU cores


def pick_device():
    """The GPU if there is one.  On a CPU, one thread: these matrices are so small that two get in each other's way."""
    if torch.cuda.is_available():
        return torch.device("cuda")
    torch.set_num_threads(1)
    return torch.device("cpu")


def check_environment():
    """Print what was found, and estimates of time; return the device to train on."""
    device = pick_device()
    name = torch.cuda.get_device_name() if device.type == "cuda" else "the CPU"
    print(f"Python {platform.python_version()}, torch {torch.__version__}, on {name}.")
    if sys.version_info < (3, 11) or tuple(map(int, torch.__version__.split(".")[:2])) < (2, 6):
        print("This notebook was tried with Python 3.11 to 3.13 and torch 2.6 to 2.13: older ones may fail.")
    step = seconds_per_step(device)
    minutes = {model: TRAINING_STEPS[model] * COST[model] * step / 60 for model in COST}
    print("This environment works. About how long the parts will take here:")
    print("   documents and preprocessing   under 10 seconds")
    print("   each check                    under a second")
    print(f"   training the vanilla RNN      {in_words(minutes['RNN'])}, and the same for the experiment with its mean")
    print(f"   training the GRU              {in_words(minutes['GRU'])}")
    return device


def seconds_per_step(device):
    """Time of one recurrent step with its backward pass: 32 documents, 64 inputs, 128 units."""
    weight = torch.randn(128, 128, device=device, requires_grad=True)
    start = 0.0
    for timed in (False, True):
        start = time.perf_counter()
        state = torch.zeros(32, 128, device=device)
        for _ in range(ROUNDS):
            state = torch.sin(state @ weight - state @ weight.T)
        state.sum().backward()
        if device.type == "cuda":
            torch.cuda.synchronize()
        if timed:
            break
    return (time.perf_counter() - start) / ROUNDS


def in_words(minutes):
    return "under a minute" if minutes < 1 else f"about {minutes:.0f} minute{'s' if round(minutes) > 1 else ''}"
