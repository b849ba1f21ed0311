"""Google Drive: asking for it is written down; a folder stands in for it, or DRIVE_REFUSES says why there is none."""

import os
from pathlib import Path

from calls import record


def mount(mountpoint):
    record("mount", mountpoint)
    if os.environ.get("DRIVE_REFUSES"):
        raise ValueError(os.environ["DRIVE_REFUSES"])
    Path(mountpoint, "MyDrive").mkdir(parents=True, exist_ok=True)
    print(f"Mounted at {mountpoint}")
