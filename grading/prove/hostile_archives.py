"""Hostile submissions that are no module: archives, folders and files in every bad shape.  All are made when they are
needed; nothing of the kind is stored."""

import io
import os
import stat
import zipfile
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from grading.mark.files import NoSubmissions, Submission, find_submissions, read_submission
from grading.mark.grade import wanted_files
from grading.prove.attack_files import STUDENT, Attack

FAMILY = "archives"
HONEST = "several-mistakes"  # the case whose files lie beside the trick
ENCRYPTED_AT = 6, 8  # where a member's flags are, from the start of its local and of its central header


def archive_attacks(room):
    """Every Attack of this module, by name."""
    case = room.path / "cases" / HONEST
    files = {name: (case / name).read_bytes() for name in room.modules}
    return [
        Attack(FAMILY, name, make.__doc__, files, partial(handed_in, room, make, files))
        for name, make in sorted(MAKERS.items())
    ]


def handed_in(room, make, files, targets):
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


MAKERS = {}


def maker(make):
    """Adds a function that puts a submission into a folder."""
    MAKERS[make.__name__] = make
    return make


def written(folder, files):
    for name, content in files.items():
        (folder / name).write_bytes(content)


def zipped(members, compression=zipfile.ZIP_DEFLATED):
    """The bytes of a zip: [(name or ZipInfo, content)]."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as archive:
        for name, content in members:
            archive.writestr(name, content, compression)
    return packed.getvalue()


def member(name, mode):
    """A member of another kind than a plain file."""
    entry = zipfile.ZipInfo(name)
    entry.external_attr = mode << 16
    return entry


def hand_in_zip(folder, members):
    (folder / "submission.zip").write_bytes(zipped(members))


def beside(tries, names):
    """A maker of a zip with the honest files and one more under each of these names."""

    def make(folder, files, targets):
        extra = [(name.format(MARK=targets.MARK, PLACE=targets.PLACE), b"import os\n") for name in names]
        hand_in_zip(folder, [*extra, *files.items()])

    make.__doc__ = tries
    return make


MAKERS |= {
    "climbs_out": beside(
        "Members whose names climb out of the folder.",
        ["../{MARK}", "../../../../../../tmp/{MARK}", "a/../../{MARK}.py"],
    ),
    "absolute_names": beside("Members with absolute names.", ["/tmp/{MARK}", "{PLACE}/{MARK}", "//{PLACE}/{MARK}.py"]),
    "backslashes": beside(
        "Members named as another system names its files.",
        ["..\\..\\{MARK}", "C:\\{MARK}.py", "\\\\host\\share\\{MARK}"],
    ),
    "names_for_a_terminal": beside(
        "Members whose names steer a terminal.",
        ["\x1b[2J{MARK}.py", "\u202e{MARK}yp.", "a\nb{MARK}.py", "\ud7ff" * 200],
    ),
    "modules_that_python_finds": beside(
        "Members that Python would run or import if they were unpacked.",
        [
            "sitecustomize.py",
            "conftest.py",
            "torch.py",
            "grading/__init__.py",
            "numpy/__init__.py",
            "a.pth",
            "torch.so",
        ],
    ),
    "five_thousand_members": beside("More members than anybody hands in.", [f"{number}.txt" for number in range(5000)]),
}


@maker
def bomb(folder, files, targets):
    """A module that unpacks to 100 MB."""
    hand_in_zip(folder, [*list(files.items())[:1], ("GRU_skeleton.py", bytes(10**8))])


@maker
def bomb_in_a_zip(folder, files, targets):
    """A zip in a zip in a zip, the innermost of which unpacks to 100 MB."""
    inner = zipped([("RNN_skeleton.py", bytes(10**8))])
    hand_in_zip(folder, [("inner.zip", zipped([("inmost.zip", inner)]))])


@maker
def lies_about_its_size(folder, files, targets):
    """A member that says that it is small."""
    packed = zipped([("RNN_skeleton.py", bytes(10**7))])
    (folder / "submission.zip").write_bytes(packed.replace((10**7).to_bytes(4, "little"), (100).to_bytes(4, "little")))


@maker
def link_to_the_canary(folder, files, targets):
    """A member that is a symbolic link out of the archive."""
    hand_in_zip(folder, [(member("RNN_skeleton.py", stat.S_IFLNK | 0o777), targets.CANARY)])


@maker
def devices(folder, files, targets):
    """Members that are devices and pipes."""
    kinds = {"RNN_skeleton.py": stat.S_IFCHR, "GRU_skeleton.py": stat.S_IFIFO}
    hand_in_zip(folder, [(member(name, kind | 0o666), b"") for name, kind in kinds.items()])


@maker
def the_same_name_twice(folder, files, targets):
    """Two members of one name: one reader takes the first, another one the last."""
    other = io.BytesIO(zipped(list(files.items())))
    packed = other.getvalue().replace(b"GRU_skeleton.py", b"RNN_skeleton.py")
    (folder / "submission.zip").write_bytes(packed)


@maker
def names_that_differ_in_case(folder, files, targets):
    """Members that are one file on some systems and two on others, and a file that is a folder, too."""
    hand_in_zip(folder, [*files.items(), ("rnn_SKELETON.py", b"1 / 0"), ("RNN_skeleton.py/inner.py", b"1 / 0")])


@maker
def encrypted(folder, files, targets):
    """Members that say that they are encrypted."""
    packed = bytearray(zipped(list(files.items())))
    for header, place in zip((b"PK\x03\x04", b"PK\x01\x02"), ENCRYPTED_AT, strict=True):
        start = packed.find(header)
        while start >= 0:
            packed[start + place] |= 1
            start = packed.find(header, start + 1)
    (folder / "submission.zip").write_bytes(packed)


@maker
def cut_off(folder, files, targets):
    """An archive that ends before it is complete."""
    packed = zipped(list(files.items()))
    (folder / "submission.zip").write_bytes(packed[: len(packed) * 2 // 3])


@maker
def other_bytes(folder, files, targets):
    """An archive in which bytes were changed, so that checksums are wrong."""
    packed = bytearray(zipped(list(files.items())))
    packed[60:400] = bytes(byte ^ 0x55 for byte in packed[60:400])
    (folder / "submission.zip").write_bytes(packed)


@maker
def contents_beyond_the_end(folder, files, targets):
    """A table of contents that says that it begins before the file, and is larger than it."""
    packed = bytearray(zipped(list(files.items())))
    end = packed.rfind(b"PK\x05\x06")
    packed[end + 12 : end + 20] = b"\xff" * 8
    (folder / "submission.zip").write_bytes(packed)


@maker
def a_program_before_it(folder, files, targets):
    """A zip that is a program and a page as well."""
    page = b"#!/bin/sh\ntouch " + targets.MARK.encode() + b"\n<html><script>alert(1)</script>\n"
    (folder / "submission.zip").write_bytes(page + zipped(list(files.items())))


@maker
def archives_of_other_kinds(folder, files, targets):
    """What is called a tar or a rar, and is a zip."""
    for suffix in (".tar.gz", ".rar", ".7z"):
        (folder / f"submission{suffix}").write_bytes(zipped(list(files.items())))


@maker
def links_in_the_folder(folder, files, targets):
    """Modules that are links to a file that only the marker may read, in a folder that links to itself."""
    (folder / "RNN_skeleton.py").symlink_to(targets.CANARY)
    (folder / "GRU_skeleton.py").symlink_to(targets.SOURCE)
    (folder / "report.pdf").symlink_to("/etc/passwd")
    (folder / "loop").symlink_to(folder)


@maker
def pipes_in_the_folder(folder, files, targets):
    """Modules that are pipes, which a reader waits for without end."""
    for name in files:
        os.mkfifo(folder / name)


@maker
def folders_for_modules(folder, files, targets):
    """Folders that are called like modules, with modules of that name in them."""
    for name in files:
        (folder / name / name).mkdir(parents=True)
        (folder / name / name / name).write_bytes(b"1 / 0")


@maker
def a_file_without_content(folder, files, targets):
    """A module of a million million bytes that takes no place on the disk."""
    written(folder, files)
    os.truncate(folder / "GRU_skeleton.py", 10**12)


@maker
def folders_without_a_bottom(folder, files, targets):
    """Modules in a folder in a folder, two hundred deep."""
    deep = folder.joinpath(*["d"] * 200)
    deep.mkdir(parents=True)
    written(deep, files)


@maker
def a_module_too_long(folder, files, targets):
    """A module of one megabyte."""
    written(folder, files | {"GRU_skeleton.py": files["GRU_skeleton.py"] + b"# x\n" * 250_000})


@maker
def an_expression_too_deep(folder, files, targets):
    """A module with an expression that no parser gets through."""
    written(folder, {name: content + b"\nx = " + b"-" * 100_000 + b"1\n" for name, content in files.items()})


@maker
def a_sum_too_long(folder, files, targets):
    """A module with one sum of fifty thousand numbers, which nests as deeply."""
    written(folder, {name: content + b"\nx = 1" + b" + 1" * 50_000 + b"\n" for name, content in files.items()})


@maker
def odd_encodings(folder, files, targets):
    """Modules that declare encodings that are none, or that run something."""
    marks = {"RNN_skeleton.py": b"# coding: zlib\n", "GRU_skeleton.py": b"# coding: ../../x.\x00y\n"}
    written(folder, {name: marks[name] + content for name, content in files.items()})


@maker
def zero_bytes(folder, files, targets):
    """Modules with zero bytes and characters that turn the direction of reading."""
    turned = {name: content.replace(b"\n", "\x00\n# \u202e\u2066\n".encode(), 3) for name, content in files.items()}
    written(folder, turned)


@maker
def a_notebook_too_deep(folder, files, targets):
    """A notebook whose JSON is nested until a parser gives up."""
    written(folder, files | {"RNN_Implementation.ipynb": b'{"cells": ' + b"[" * 200_000})


@maker
def a_notebook_of_other_kinds(folder, files, targets):
    """A notebook whose cells are anything but cells."""
    cells = b'{"cells": [1, null, {"cell_type": "code", "source": {"a": 1}}, {"source": [[], 3]}], "nbformat": 1e400}'
    written(folder, {"RNN_Implementation.ipynb": cells})


@maker
def a_report_without_end(folder, files, targets):
    """A report whose pages are in a circle."""
    pages = b"2 0 obj <</Type /Pages /Kids [2 0 R 2 0 R] /Count 2>> endobj\n"
    report = b"%PDF-1.4\n1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\n" + pages + b"trailer <</Root 1 0 R>>\n%%EOF"
    written(folder, files | {"report.pdf": report})


@maker
def a_report_that_unpacks(folder, files, targets):
    """A report with a stream that unpacks without end."""
    import zlib

    stream = zlib.compress(bytes(10**8), 9)
    head = b"%%PDF-1.5\n1 0 obj <</Type /ObjStm /N 9 /First 9 /Filter /FlateDecode /Length %d>>\nstream\n" % len(stream)
    written(folder, files | {"report.pdf": head + stream + b"\nendstream endobj\ntrailer <</Root 1 0 R>>\n%%EOF"})
