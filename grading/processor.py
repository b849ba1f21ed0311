"""The processor's name: numbers and times depend on it, and the architecture alone does not tell."""

import platform
from pathlib import Path

CPUINFO = Path("/proc/cpuinfo")


def processor():
    """The processor's name; the architecture where the system does not tell."""
    try:
        lines = CPUINFO.read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
