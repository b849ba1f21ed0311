"""Does this environment have what the notebook needs, and how long will each part take here?"""

import platform
import sys
import time
import traceback
from pathlib import Path

import torch

ROUNDS = 60
TRAINING_STEPS = {"RNN": 10 * 49 * 100, "GRU": 20 * 49 * 100}  # epochs, batches, words
COST = {"RNN": 2.5, "GRU": 6.3}  # of a training step, in steps of `seconds_per_step`; measured on two CPU cores
DRIVE = "/content/drive"  # where Colab mounts Google Drive


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


def folder_to_keep(on_drive):
    """The folder for training and documents: in Google Drive if asked for, else beside the notebook.  Says which."""
    if on_drive:
        try:
            return folder_on_drive()
        except Exception as reason:  # refused, no Colab, no room: whatever Drive says, the rest can go on without it
            told = str(reason).strip()[:150] or type(reason).__name__
            print(f"Google Drive can't be used ({told}): run this cell again to try once more, or go on without it.")
    print("Training is saved in checkpoints/, which on Colab is lost with the runtime, and then training starts anew.")
    return "checkpoints"


def folder_on_drive():
    """Mount Google Drive: the assignment's folder there.  Says what an earlier runtime has left in it."""
    from google.colab import drive

    drive.mount(DRIVE)
    folder = Path(DRIVE) / "MyDrive" / "rnn_assignment"
    folder.mkdir(exist_ok=True)
    found = ", ".join(sorted(path.name for path in folder.iterdir() if path.suffix in {".pt", ".csv"}))
    print(f"Training and df_file.csv are saved in {folder}, where a new runtime goes on with them.")
    print(f"Kept there by an earlier runtime: {found or 'nothing yet'}.")
    return str(folder)


def explain_missing_names():
    """From now on, what only an earlier cell makes is asked for in a sentence, without a traceback."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is None or NameError in shell.custom_exceptions:
        return
    other_kinds, show_others = shell.custom_exceptions, shell.CustomTB  # Colab has some of its own

    def show(shell, kind, reason, trace, tb_offset=None):
        if is_missing_here(kind, reason):
            place = traceback.extract_tb(trace)[-1]
            where = f" in {place.name}, line {place.lineno} of its cell" if place.name.isidentifier() else ""
            sentence = (
                f"{reason.name} is missing{where}: run all cells above this one, then this one again; "
                "if the name is yours, correct it."
            )
            reason._render_traceback_ = lambda: [sentence]
        elif issubclass(kind, other_kinds):
            return show_others(kind, reason, trace, tb_offset)
        return shell.showtraceback((kind, reason, trace), tb_offset=tb_offset)

    shell.set_custom_exc((NameError, ModuleNotFoundError, *other_kinds), show)


def is_missing_here(kind, reason):
    """Whether an earlier cell makes what is missing: a name, or the module that the checks are written into."""
    return kind is NameError or (kind is ModuleNotFoundError and reason.name == "notebook_checks")
