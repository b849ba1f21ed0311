"""Hostile archives: bombs, links, names and damage."""

import io
import stat
import zipfile

from grading.prove.handing_in import Makers

ENCRYPTED_AT = 6, 8  # where a member's flags are, from the start of its local and of its central header
MAKERS = Makers()


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


@MAKERS.add
def bomb(folder, files, targets):
    """A module that unpacks to 100 MB."""
    hand_in_zip(folder, [*list(files.items())[:1], ("GRU_skeleton.py", bytes(10**8))])


@MAKERS.add
def bomb_in_a_zip(folder, files, targets):
    """A zip in a zip in a zip, the innermost of which unpacks to 100 MB."""
    inner = zipped([("RNN_skeleton.py", bytes(10**8))])
    hand_in_zip(folder, [("inner.zip", zipped([("inmost.zip", inner)]))])


@MAKERS.add
def lies_about_its_size(folder, files, targets):
    """A member that says that it is small."""
    packed = zipped([("RNN_skeleton.py", bytes(10**7))])
    (folder / "submission.zip").write_bytes(packed.replace((10**7).to_bytes(4, "little"), (100).to_bytes(4, "little")))


@MAKERS.add
def link_to_the_canary(folder, files, targets):
    """A member that is a symbolic link out of the archive."""
    hand_in_zip(folder, [(member("RNN_skeleton.py", stat.S_IFLNK | 0o777), targets.CANARY)])


@MAKERS.add
def devices(folder, files, targets):
    """Members that are devices and pipes."""
    kinds = {"RNN_skeleton.py": stat.S_IFCHR, "GRU_skeleton.py": stat.S_IFIFO}
    hand_in_zip(folder, [(member(name, kind | 0o666), b"") for name, kind in kinds.items()])


@MAKERS.add
def the_same_name_twice(folder, files, targets):
    """Two members of one name: one reader takes the first, another one the last."""
    other = io.BytesIO(zipped(list(files.items())))
    packed = other.getvalue().replace(b"GRU_skeleton.py", b"RNN_skeleton.py")
    (folder / "submission.zip").write_bytes(packed)


@MAKERS.add
def names_that_differ_in_case(folder, files, targets):
    """Members that are one file on some systems and two on others, and a file that is a folder, too."""
    hand_in_zip(folder, [*files.items(), ("rnn_SKELETON.py", b"1 / 0"), ("RNN_skeleton.py/inner.py", b"1 / 0")])


@MAKERS.add
def encrypted(folder, files, targets):
    """Members that say that they are encrypted."""
    packed = bytearray(zipped(list(files.items())))
    for header, place in zip((b"PK\x03\x04", b"PK\x01\x02"), ENCRYPTED_AT, strict=True):
        start = packed.find(header)
        while start >= 0:
            packed[start + place] |= 1
            start = packed.find(header, start + 1)
    (folder / "submission.zip").write_bytes(packed)


@MAKERS.add
def cut_off(folder, files, targets):
    """An archive that ends before it is complete."""
    packed = zipped(list(files.items()))
    (folder / "submission.zip").write_bytes(packed[: len(packed) * 2 // 3])


@MAKERS.add
def other_bytes(folder, files, targets):
    """An archive in which bytes were changed, so that checksums are wrong."""
    packed = bytearray(zipped(list(files.items())))
    packed[60:400] = bytes(byte ^ 0x55 for byte in packed[60:400])
    (folder / "submission.zip").write_bytes(packed)


@MAKERS.add
def contents_beyond_the_end(folder, files, targets):
    """A table of contents that says that it begins before the file, and is larger than it."""
    packed = bytearray(zipped(list(files.items())))
    end = packed.rfind(b"PK\x05\x06")
    packed[end + 12 : end + 20] = b"\xff" * 8
    (folder / "submission.zip").write_bytes(packed)


@MAKERS.add
def a_program_before_it(folder, files, targets):
    """A zip that is a program and a page as well."""
    page = b"#!/bin/sh\ntouch " + targets.MARK.encode() + b"\n<html><script>alert(1)</script>\n"
    (folder / "submission.zip").write_bytes(page + zipped(list(files.items())))


@MAKERS.add
def archives_of_other_kinds(folder, files, targets):
    """What is called a tar or a rar, and is a zip."""
    for suffix in (".tar.gz", ".rar", ".7z"):
        (folder / f"submission{suffix}").write_bytes(zipped(list(files.items())))
