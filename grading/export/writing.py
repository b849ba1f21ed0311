"""Write what an export makes: files, and notebooks; what the file system refuses is said in one sentence."""

import os
import shutil
from contextlib import contextmanager
from pathlib import Path

import nbformat
from nbformat.v4 import new_notebook

from grading.export.kinds import ExportFault
from grading.whole_files import HALF_WRITTEN, write_whole


@contextmanager
def writable(out):
    """Turns an error of the file system while `out` is written into ExportFault."""
    try:
        yield
    except OSError as reason:
        raise ExportFault(f"{out} can't be written ({reason.strerror}); choose another place with --out.") from None


def write_folder(out, files):
    """Write texts into the folder `out`, whole or not at all; `files`: path below it -> text.  Raises ExportFault.

    All of them are written elsewhere on its disk first.  A folder that is there keeps what it holds and then gets them.
    """
    whole = Path(os.path.realpath(out))
    half_written = (whole if whole.is_dir() else whole.parent) / f".{whole.name}{HALF_WRITTEN}"
    with writable(out):
        try:
            shutil.rmtree(half_written, ignore_errors=True)  # of a run that was killed
            for path, text in files.items():
                (half_written / path).parent.mkdir(parents=True, exist_ok=True)
                write_whole(half_written / path, text)
            if not whole.exists():
                half_written.rename(whole)
            else:
                move_files(half_written, whole, files)
        finally:
            shutil.rmtree(half_written, ignore_errors=True)


def move_files(source, target, paths):
    for path in paths:
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (source / path).replace(target / path)


def python_notebook(cells):
    """A valid notebook of these cells for the kernel `python3`."""
    made = new_notebook(cells=cells)
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.validate(made)
    return made


def text_of(notebook):
    """A notebook as its file has it."""
    return nbformat.writes(notebook, version=4) + "\n"
