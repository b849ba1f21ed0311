"""The record of a proof in the full form: what came of each trial so far, so that a proof that was stopped goes on.

A file for each room, a line of JSON for each trial in the order in which they were made; the first line tells what the
trials were made of.  An outcome holds for the same code, versions and submissions alone: of others nothing is read.
"""

import json
import platform
from dataclasses import asdict
from importlib.metadata import version

from grading.mark.sources import sources_behind
from grading.mark.stamp import digest_of_files, marker_files
from grading.prove.claim import NOT_TRIED, Outcome
from grading.room import REPOSITORY
from grading.whole_files import write_whole

FOLDER = REPOSITORY / "measured" / "proof"
PROGRAMS = ("grading.prove.proof", "grading.prove.setting_process")
MADE_BY_PYTHON = "__pycache__"


def made_of(room):
    """A digest of all that an outcome depends on: the marker, what tries it, every file of the room, the versions."""
    code = sources_behind(*PROGRAMS, room.module_name("proofs"))
    own = [path for path in room.path.rglob("*") if path.is_file() and MADE_BY_PYTHON not in path.parts]
    versions = f"{room.language} {platform.python_version()} {version('torch')}"
    return digest_of_files(versions, sorted({*code, *own, *marker_files(room)}))


class Record:
    """The outcomes of a room's claims on the disk.

    forget   names of claims that are tried anew, whatever is told of them
    folder   where the file lies
    """

    def __init__(self, room, forget=(), folder=None):
        self.path = (folder or FOLDER) / f"{room.name}.jsonl"
        self.head = {"made_of": made_of(room)}
        self.rows = [row for row in self.read() if row["claim"] not in forget]

    def __enter__(self):
        self.path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(self.path, "".join(map(line_of, [self.head, *self.rows])))  # a line that was cut off is gone
        self.file = self.path.open("a", encoding="utf-8")
        return self

    def __exit__(self, *_):
        self.file.close()

    def read(self):
        """The rows of the file, up to one that is not whole; none where they were made of something else."""
        lines = self.path.read_text(encoding="utf-8").splitlines(keepends=True) if self.path.is_file() else []
        rows = [json.loads(line) for line in lines if line.endswith("\n")]
        return rows[1:] if rows[:1] == [self.head] else []

    def told(self, claim):
        """The Outcomes of a claim that are told already: those of its first trials."""
        rows = (row for row in self.rows if row["claim"] == claim.name)
        return [Outcome(row["trial"], row["kind"], row["why"]) for row in rows]

    def tell(self, claim, outcome):
        """Write one outcome down; what this machine could not try is asked again the next time."""
        if outcome.kind != NOT_TRIED:
            self.file.write(line_of({"claim": claim.name, **asdict(outcome)}))
            self.file.flush()


class NoRecord:
    """The record of the quick form: nothing is told, and nothing is kept."""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def told(self, claim):
        return []

    def tell(self, claim, outcome):
        pass


def line_of(row):
    return json.dumps(row, ensure_ascii=False) + "\n"
