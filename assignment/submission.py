"""Write the modules from the cells as they were run, check them once more, and make the submission zip."""

import ast
import inspect
import zipfile
from pathlib import Path

EXTRA_FILES = ("report.pdf",)


def make_submission(modules, trained=(), folder="."):
    """Write each module of `modules` (file name -> classes, in order) and `submission.zip` into `folder`.

    trained   the models that were trained: a warning is printed if one is not of the class that is exported
    """
    folder = Path(folder)
    kinds = {kind.__name__: kind for classes in modules.values() for kind in classes}
    warn_of_other_classes(kinds, trained)
    for name, classes in modules.items():
        cells = [executed_cell(kind) for kind in classes]
        (folder / name).write_text("\n\n\n".join(source for source, _ in cells) + "\n", encoding="utf-8")
        print(f"{name}: written from {' and '.join(place for _, place in cells)}.")
    print("\nThe checks once more:")
    for kind in kinds.values():
        notebook_checks.check(kind)
    present = [name for name in (*modules, *EXTRA_FILES) if (folder / name).is_file()]
    with zipfile.ZipFile(folder / "submission.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name in present:
            archive.write(folder / name, name)
    print(f"\nsubmission.zip: {', '.join(present)}.")
    for name in EXTRA_FILES:
        if name not in present:
            print(f"{name} is not there yet: put it beside the notebook and run this cell again.")
    download(folder / "submission.zip")


def warn_of_other_classes(kinds, trained):
    """A model that was trained before its class was changed is not what is handed in."""
    for model in trained:
        if model is not None and type(model) is not kinds.get(type(model).__name__):
            print(
                f"Warning: your trained {type(model).__name__} is of an earlier version of the class than the one "
                "that is exported; run its training cell again so that your figures and your code agree."
            )


def executed_cell(kind):
    """(source, "In [7]") of the cell whose run defined this very class."""
    method = inspect.getsource(kind.forward).rstrip()
    history = globals().get("In", [])
    for number in range(len(history) - 1, 0, -1):
        if method in history[number] and defines(history[number], kind.__name__):
            return history[number].strip("\n"), f"In [{number}]"
    raise RuntimeError(f"the cell that defines {kind.__name__} was not found: run it again, then this one.")


def defines(source, name):
    try:
        tree = ast.parse(source)
    except SyntaxError:  # a cell with % or ! in it
        return False
    return any(isinstance(node, ast.ClassDef) and node.name == name for node in tree.body)


def download(path):
    """On Colab, hand the zip to the browser."""
    try:
        from google.colab import files
    except ImportError:
        return
    files.download(str(path))
