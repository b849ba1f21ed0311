"""The machine that a figure was measured on: without it, no figure says anything."""

import os
import platform
from importlib.metadata import version

import psutil

from grading.processor import processor


def describe_machine():
    """What is measured on, as name -> value: cores, processor, memory, system, versions, load before the run."""
    return {
        "cores": len(psutil.Process().cpu_affinity()) if hasattr(psutil.Process, "cpu_affinity") else os.cpu_count(),
        "processor": processor(),
        "memory, GiB": round(psutil.virtual_memory().total / 2**30, 1),
        "system": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        "torch": version("torch"),
        "load before the run": round(psutil.getloadavg()[0], 2),
    }
