"""Hostile folders and files: links, pipes, sizes, depths, encodings, notebooks and reports."""

import os
import zlib

from grading.prove.handing_in import Makers, write_files
from grading.prove.shown import TABLE, TERMINAL

MAKERS = Makers()


@MAKERS.add
def links_in_the_folder(folder, files, targets):
    """Modules that are links to a file that only the marker may read, in a folder that links to itself."""
    (folder / "RNN_skeleton.py").symlink_to(targets.CANARY)
    (folder / "GRU_skeleton.py").symlink_to(targets.SOURCE)
    (folder / "report.pdf").symlink_to("/etc/passwd")
    (folder / "loop").symlink_to(folder)


@MAKERS.add
def pipes_in_the_folder(folder, files, targets):
    """Modules that are pipes, which a reader waits for without end."""
    for name in files:
        os.mkfifo(folder / name)


@MAKERS.add
def folders_for_modules(folder, files, targets):
    """Folders that are called like modules, with modules of that name in them."""
    for name in files:
        (folder / name / name).mkdir(parents=True)
        (folder / name / name / name).write_bytes(b"1 / 0")


@MAKERS.add
def a_file_without_content(folder, files, targets):
    """A module of a million million bytes that takes no place on the disk."""
    write_files(folder, files)
    os.truncate(folder / "GRU_skeleton.py", 10**12)


@MAKERS.add
def folders_without_a_bottom(folder, files, targets):
    """Modules in a folder in a folder, two hundred deep."""
    deep = folder.joinpath(*["d"] * 200)
    deep.mkdir(parents=True)
    write_files(deep, files)


@MAKERS.add
def a_module_too_long(folder, files, targets):
    """A module of one megabyte."""
    write_files(folder, files | {"GRU_skeleton.py": files["GRU_skeleton.py"] + b"# x\n" * 250_000})


@MAKERS.add
def an_expression_too_deep(folder, files, targets):
    """A module with an expression that no parser gets through."""
    write_files(folder, {name: content + b"\nx = " + b"-" * 100_000 + b"1\n" for name, content in files.items()})


@MAKERS.add
def a_sum_too_long(folder, files, targets):
    """A module with one sum of fifty thousand numbers, which nests as deeply."""
    write_files(folder, {name: content + b"\nx = 1" + b" + 1" * 50_000 + b"\n" for name, content in files.items()})


@MAKERS.add
def odd_encodings(folder, files, targets):
    """Modules that declare encodings that are none, or that run something."""
    marks = {"RNN_skeleton.py": b"# coding: zlib\n", "GRU_skeleton.py": b"# coding: ../../x.\x00y\n"}
    write_files(folder, {name: marks[name] + content for name, content in files.items()})


@MAKERS.add
def zero_bytes(folder, files, targets):
    """Modules with zero bytes and characters that turn the direction of reading."""
    turned = {name: content.replace(b"\n", "\x00\n# \u202e\u2066\n".encode(), 3) for name, content in files.items()}
    write_files(folder, turned)


@MAKERS.add
def a_notebook_too_deep(folder, files, targets):
    """A notebook whose JSON is nested until a parser gives up."""
    write_files(folder, files | {"RNN_Implementation.ipynb": b'{"cells": ' + b"[" * 200_000})


@MAKERS.add
def a_notebook_of_other_kinds(folder, files, targets):
    """A notebook whose cells are anything but cells."""
    cells = b'{"cells": [1, null, {"cell_type": "code", "source": {"a": 1}}, {"source": [[], 3]}], "nbformat": 1e400}'
    write_files(folder, {"RNN_Implementation.ipynb": cells})


@MAKERS.add
def a_report_without_end(folder, files, targets):
    """A report whose pages are in a circle."""
    pages = b"2 0 obj <</Type /Pages /Kids [2 0 R 2 0 R] /Count 2>> endobj\n"
    report = b"%PDF-1.4\n1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\n" + pages + b"trailer <</Root 1 0 R>>\n%%EOF"
    write_files(folder, files | {"report.pdf": report})


@MAKERS.add
def a_report_that_unpacks(folder, files, targets):
    """A report with a stream that unpacks without end."""
    stream = zlib.compress(bytes(10**8), 9)
    head = b"%%PDF-1.5\n1 0 obj <</Type /ObjStm /N 9 /First 9 /Filter /FlateDecode /Length %d>>\nstream\n" % len(stream)
    write_files(folder, files | {"report.pdf": head + stream + b"\nendstream endobj\ntrailer <</Root 1 0 R>>\n%%EOF"})


@MAKERS.stopped_by(TABLE)
def a_name_that_is_a_formula(folder, files, targets):
    """A student whose name a spreadsheet would compute."""
    hand_in_as(folder, "=1+HYPERLINK(1)", files)


@MAKERS.stopped_by(TERMINAL)
def a_name_that_steers_a_terminal(folder, files, targets):
    """A student whose name clears the screen."""
    hand_in_as(folder, "\x1b[2J\x1b]0;won\x07", files)


def hand_in_as(folder, name, files):
    """Put the files where a class has the folder of a student of that name."""
    (folder / name).mkdir()
    write_files(folder / name, files)
