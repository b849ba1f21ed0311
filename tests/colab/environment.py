"""An environment with Colab's versions, in .venv-colab, and a kernel of it that has a stand-in for Colab's package."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from grading.room import REPOSITORY

ENVIRONMENT = REPOSITORY / ".venv-colab"
REQUIREMENTS = Path(__file__).with_name("requirements.txt")
STAND_IN = Path(__file__).with_name("stand_in")


def set_up():
    """Make the environment, once; the path of its Python.  Raises RuntimeError with pip's last words."""
    python, done = ENVIRONMENT / "bin" / "python", ENVIRONMENT / "installed"
    wanted = REQUIREMENTS.read_text(encoding="utf-8")
    if done.is_file() and done.read_text(encoding="utf-8") == wanted:
        return python
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", ENVIRONMENT], check=True)
    command = [python, "-m", "pip", "install", "--disable-pip-version-check", "-r", REQUIREMENTS]
    installed = subprocess.run(command, capture_output=True, text=True, check=False)
    if installed.returncode:
        raise RuntimeError(f"Colab's versions could not be installed; pip's last words: {installed.stderr[-500:]}")
    done.write_text(wanted, encoding="utf-8")
    return python


def write_kernel(folder, python, calls):
    """Describe the environment's kernel under `folder`, for JUPYTER_PATH; the stand-in writes into the file `calls`."""
    place = Path(folder) / "kernels" / "python3"
    place.mkdir(parents=True)
    described = {
        "argv": [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "Colab's versions",
        "language": "python",
        "env": {"PYTHONPATH": str(STAND_IN), "COLAB_CALLS": str(calls), "OMP_NUM_THREADS": "1"},
    }
    (place / "kernel.json").write_text(json.dumps(described), encoding="utf-8")
