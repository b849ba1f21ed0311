"""The settings in which a claim is tried again: under another account, and with other walls around student code.

Each is tried in a process of its own, `python -m grading.prove.setting_process`, which is the marker from its start: an
ordinary user's is that user's in all that it does.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property

from grading.prove.claim import BROKEN, NOT_TRIED, Outcome
from grading.room import REPOSITORY

PROGRAM = "grading.prove.setting_process"
LAST_WORDS = 300  # characters of what a process said before it ended
CANNOT = 4  # the exit code of a process whose setting can't be had


@dataclass(frozen=True)
class Setting:
    """Who runs the marker, and who puts up the outer walls.

    account   "root" or "ordinary user"
    walls     "kernel" or "bubblewrap"
    """

    account: str
    walls: str

    def __str__(self):
        return f"{self.account}, {self.walls}"

    @property
    def is_how_root_marks(self):
        """Whether it is the one in which `grade` marks when root starts it: bubblewrap is of no use to root."""
        return self == Setting("root", "kernel")


SETTINGS = (Setting("root", "kernel"), Setting("ordinary user", "kernel"), Setting("ordinary user", "bubblewrap"))


def claims_in_settings(room, claim):
    """The same claim in each setting but the one in which root has tried it already: [ClaimInSetting]."""
    others = [one for one in SETTINGS if not (one.is_how_root_marks and os.geteuid() == 0)]
    return [ClaimInSetting(room, claim, one) for one in others]


class ClaimInSetting:
    """A claim as it is tried in a setting; one trial, NOT_TRIED, where this machine does not give the setting."""

    left = 0.0

    def __init__(self, room, claim, setting):
        self.room, self.claim, self.setting = room, claim, setting
        self.name, self.promise = f"{claim.name}, {setting}", claim.promise

    @cached_property
    def why_not(self):
        """Why the setting can't be had here; "" where it can."""
        process = subprocess.run(
            self.command("--try"), cwd=REPOSITORY, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
        if process.returncode in {0, CANNOT}:
            return process.stdout.strip()
        return f"the setting can't be had: {process.stderr.strip()[-LAST_WORDS:]}"

    @property
    def total(self):
        return 1 if self.why_not else self.claim.total

    def outcomes(self, _, after=0):
        """The Outcome of each trial but the first ones, as the process tells it; one that ends early is BROKEN."""
        if self.why_not:
            yield Outcome(self.name, NOT_TRIED, self.why_not)
            return
        command = self.command("--after", str(after))
        streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE}
        with subprocess.Popen(command, cwd=REPOSITORY, text=True, **streams) as process:
            for line in process.stdout:
                yield Outcome(**json.loads(line))
        if process.returncode:
            yield Outcome(self.name, BROKEN, f"the process of this setting ended with {process.returncode}")

    def command(self, *options):
        words = [self.room.name, self.claim.name, self.setting.account, self.setting.walls]
        return [sys.executable, "-m", PROGRAM, *options, *words]
