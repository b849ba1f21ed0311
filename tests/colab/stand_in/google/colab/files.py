"""The browser's side of files: an upload gives the file that UPLOAD names, if any; a download is written down."""

import os
from pathlib import Path

from calls import record


def upload():
    record("upload")
    if not os.environ.get("UPLOAD"):
        return {}  # as when the student cancels
    chosen = Path(os.environ["UPLOAD"])
    Path(chosen.name).write_bytes(chosen.read_bytes())  # Colab saves what comes before it hands it over
    return {chosen.name: chosen.read_bytes()}


def download(filename):
    record("download", filename)
    if not Path(filename).is_file():
        raise FileNotFoundError(f"Cannot find file: {filename}")
