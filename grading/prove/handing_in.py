"""How hostile submissions that are no module are made when they are needed; nothing of the kind is stored."""

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from grading.mark.files import NoSubmissions, Submission, find_submissions, read_submission, wanted_files
from grading.prove.attack_files import Attack
from grading.prove.claim import STUDENT

FAMILY = "archives"
HONEST = "several-mistakes"  # the case whose files lie beside the trick


class Makers(dict):
    """name -> make(folder, files, targets), a function that puts a submission into a folder."""

    def add(self, make):
        """Decorates a function, which is kept under its own name."""
        self[make.__name__] = make
        return make


def made_attacks(room, makers):
    """An Attack for each of `makers`, name -> make(folder, files, targets), by name."""
    case = room.path / "cases" / HONEST
    files = {name: (case / name).read_bytes() for name in room.modules}
    return [
        Attack(FAMILY, name, make.__doc__, files, partial(submission_made, room, make, files))
        for name, make in sorted(makers.items())
    ]


def submission_made(room, make, files, targets):
    """The Submission that is found where `make(folder, files, targets)` has put it."""
    with TemporaryDirectory() as place:
        folder = Path(place) / STUDENT
        folder.mkdir()
        make(folder, files, targets)
        try:
            found = find_submissions(folder, wanted_files(room))
        except NoSubmissions:
            return Submission(STUDENT, rejected=("nothing", {"names": ""}))
        return read_submission(found[0], wanted_files(room))


def write_files(folder, files):
    for name, content in files.items():
        (folder / name).write_bytes(content)
