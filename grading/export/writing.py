"""Write what an export makes: files, and notebooks; what the file system refuses is said in one sentence."""

from contextlib import contextmanager

import nbformat
from nbformat.v4 import new_notebook

from grading.export.kinds import ExportFault


@contextmanager
def writable(out):
    """Turns an error of the file system while `out` is written into ExportFault."""
    try:
        yield
    except OSError as reason:
        raise ExportFault(f"{out} can't be written ({reason.strerror}); choose another place with --out.") from None


def write_folder(out, files):
    """Write texts into the folder `out`; `files`: path below it -> text.  Raises ExportFault."""
    with writable(out):
        for path, text in files.items():
            (out / path).parent.mkdir(parents=True, exist_ok=True)
            (out / path).write_text(text, encoding="utf-8")


def python_notebook(cells):
    """A valid notebook of these cells for the kernel `python3`."""
    made = new_notebook(cells=cells)
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.validate(made)
    return made


def text_of(notebook):
    """A notebook as its file has it."""
    return nbformat.writes(notebook, version=4) + "\n"
