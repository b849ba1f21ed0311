"""A study as a whole, and as a file: which test reviews every trained network classified correctly."""

import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np

from grading.room import RoomError
from grading.whole_files import write_whole
from labs.gating.recipe_inputs import NETWORKS
from labs.gating.seed_study.runs import Job, Run

KEPT = Path("labs/gating/seed_study/kept/archives_200.json")  # what docs/gating-lab.md tells of, from the root


@dataclass(frozen=True)
class Study:
    """What runs made of the test half of one archive.

    size      what stands in the archive's name
    repeated  (N,) bool: which test reviews stand in the training half, too
    lengths   (N,) the words of each test review that have a vector
    runs      each Run; those that are clean were trained without the repeated reviews, and there may be none
    """

    size: str
    repeated: np.ndarray
    lengths: np.ndarray
    runs: list

    @classmethod
    def of(cls, sets, runs):
        """The Study of runs on ReviewSets."""
        return cls(sets.size, sets.repeated, sets.test.lengths.numpy(), list(runs))

    def digest(self):
        """Of all that is kept: what was changed since a program wrote it is found when it is read."""
        said = [self.size, packed(self.repeated), self.lengths.tolist(), *map(plain, self.runs)]
        return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()

    def has_all_seeds(self):
        """Whether both networks have the same seeds, and each network the same ones clean, where there are any."""
        kinds = (False, True) if self.has_clean else (False,)
        seeds = [[run.job.seed for run in self.of_network(name, clean)] for name in NETWORKS for clean in kinds]
        return bool(seeds[0]) and all(own == seeds[0] for own in seeds)

    @property
    def has_clean(self):
        return any(run.job.is_clean for run in self.runs)

    @property
    def is_partly_repeated(self):
        """Whether some of its reviews are repeated, and others not: then the two can be compared."""
        return bool(self.repeated.any() and not self.repeated.all())

    def of_network(self, network, is_clean=False):
        """Its Runs, in the order of the seeds."""
        return [run for run in self.runs if (run.job.network, run.job.is_clean) == (network, is_clean)]

    def right(self, network, is_clean=False):
        """(seeds, N) bool: which test reviews each of its runs classified correctly."""
        return np.stack([run.right for run in self.of_network(network, is_clean)])


def write_study(study, path):
    """Write a Study, whole or not at all."""
    kept = {"size": study.size, "digest": study.digest(), "repeated": packed(study.repeated)}
    kept["lengths"] = study.lengths.tolist()
    runs = ",\n".join(json.dumps(plain(run)) for run in study.runs)  # a line each
    write_whole(Path(path), f'{json.dumps(kept)[:-1]},\n"runs": [\n{runs}\n]}}\n')


def read_study(path):
    """The Study in a file.  Raises RoomError where it holds none."""
    try:
        kept = json.loads(Path(path).read_text(encoding="utf-8"))
        number = len(kept["lengths"])
        runs = [read_run(run, number) for run in kept["runs"]]
        study = Study(kept["size"], unpacked(kept["repeated"], number), np.array(kept["lengths"], dtype=int), runs)
        if kept["digest"] != study.digest():
            raise ValueError("its numbers are not those that were written")
        if not study.has_all_seeds():
            raise ValueError("the networks have not the same seeds")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as reason:
        raise RoomError(f"{path} holds no study ({reason}); name a file that --keep has written.") from None
    return study


def plain(run):
    """A Run ready for JSON."""
    return asdict(run) | {"right": packed(run.right)}


def read_run(kept, number):
    numbers = unpacked(kept["right"], number), float(kept["loss"]), float(kept["seconds"])
    return Run(Job(**kept["job"]), *numbers, dict(kept["made_from"]))


def packed(flags):
    """Booleans as hexadecimal digits, four in each."""
    return np.packbits(flags).tobytes().hex()


def unpacked(digits, number):
    """The first `number` booleans of what `packed` gave.  Raises ValueError where there are fewer."""
    flags = np.unpackbits(np.frombuffer(bytes.fromhex(digits), dtype=np.uint8))
    if not number <= len(flags) < number + 8:
        raise ValueError(f"{len(flags)} flags for {number} reviews")
    return flags[:number].astype(bool)
