"""Submissions that tests make up: folders and zips, and what is found in them."""

import zipfile
from dataclasses import replace

from grading.mark.files import find_submissions, read_submission
from grading.room import open_room

RNN, GRU, NOTEBOOK, REPORT = "RNN_skeleton.py", "GRU_skeleton.py", "RNN_Implementation.ipynb", "report.pdf"


WANTED = {RNN, GRU, NOTEBOOK, REPORT}


def found(path):
    """The submissions under a path, by student; the reason for a rejected one is the sentence that is said."""
    read = [read_submission(one, WANTED) for one in find_submissions(path, WANTED)]
    return {one.student: replace(one, rejected=in_words(one.rejected)) for one in read}


def in_words(rejected):
    if not rejected:
        return rejected
    key, places = rejected
    return open_room().words.say("rejected", key, **places)


def only(path):
    """The one submission under a path."""
    (submission,) = found(path).values()
    return submission


def write(folder, **contents):
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return folder


def both(folder):
    return write(folder, **{RNN: b"rnn", GRU: b"gru"})


def zipped(path, *members, method=zipfile.ZIP_DEFLATED):
    """A zip of (name or ZipInfo, content) pairs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def patched(path, signature, offset, value):
    """The zip with a number overwritten in each header that begins with `signature`."""
    content = bytearray(path.read_bytes())
    position = content.find(signature)
    while position >= 0:
        content[position + offset : position + offset + len(value)] = value
        position = content.find(signature, position + 4)
    path.write_bytes(content)
    return path


LOCAL, CENTRAL = b"PK\x03\x04", b"PK\x01\x02"
