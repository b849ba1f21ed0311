"""Write the modules from the cells as they were run, check them once more, and make the submission zip."""

import ast
import inspect
import zipfile
from pathlib import Path


class CellNotFound(RuntimeError):
    """No cell that ran defines a class: one sentence, without a traceback."""

    def _render_traceback_(self):  # what IPython prints in place of a traceback
        return [str(self)]


def make_submission(modules, namespace, others=(), folder="."):
    """Write each module of `modules` (file name -> names of its classes, in order) and `submission.zip`.

    namespace   the notebook's globals(): its classes, and the models that were trained
    others      files that lie beside the notebook and are handed in, too, such as report.pdf
    A class that is not there yet leaves its module out; what is still empty is said, and handed in as it is.
    """
    folder = Path(folder)
    kinds = {name: namespace[name] for names in modules.values() for name in names if name in namespace}
    warn_of_other_classes(kinds, namespace)
    written = [file for file, names in modules.items() if write_module(folder / file, names, kinds)]
    print("\nThe checks once more:")
    still_empty = [sentence for kind in kinds.values() for sentence in notebook_checks.report(kind)]
    for sentence in still_empty:
        print(f"Not filled in yet: {sentence}.")
    present = written + [name for name in others if (folder / name).is_file()]
    with zipfile.ZipFile(folder / "submission.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name in present:
            archive.write(folder / name, name)
    print(f"\nsubmission.zip: {', '.join(present) or 'empty'}.")
    for name in others:
        if name not in present:
            print(f"{name} is not there yet: put it beside the notebook and run this cell again.")
    download(folder / "submission.zip")


def write_module(path, names, kinds):
    """Write one module from the cells that defined its classes; whether it could be."""
    missing = [name for name in names if name not in kinds]
    if missing:
        print(f"{path.name}: left out, because {missing[0]} is not defined; run its cell, then this one.")
        return False
    cells = [executed_cell(kinds[name]) for name in names]
    path.write_text("\n\n\n".join(source for source, _ in cells) + "\n", encoding="utf-8")
    print(f"{path.name}: written from {' and '.join(place for _, place in cells)}.")
    return True


def warn_of_other_classes(kinds, namespace):
    """A model that was trained before its class was changed is not what is handed in."""
    models = [value for name, value in namespace.items() if name.endswith("_model") and hasattr(value, "modules")]
    trained = {type(part): None for model in models for part in model.modules()}
    for name in dict.fromkeys(kind.__name__ for kind in trained if is_other_class(kind, kinds)):
        print(
            f"Warning: your trained {name} is of an earlier version of the class than the one that is exported; "
            "run its training cell again so that your figures and your code agree."
        )


def executed_cell(kind):
    """(source, "In [7]") of the cell whose run defined this very class, or of the last one that defines its name."""
    history = [without_commands(source) for source in executed_sources()]
    defining = [number for number, source in enumerate(history) if defines(source, kind.__name__)]
    methods = methods_of(kind)
    ran = [number for number in defining if all(method in history[number] for method in methods)]
    for number in ran[-1:] or (defining[-1:] if not methods else []):
        return history[number].strip("\n"), f"In [{number}]"
    raise CellNotFound(f"the cell that defines {kind.__name__} was not found: run it again, then this one.")


def is_other_class(kind, kinds):
    """Whether a class of a trained model reads otherwise than the one of its name that is handed in.

    Running a cell again, unchanged, makes another class of the same text.
    """
    exported = kinds.get(kind.__name__, kind)
    return kind is not exported and (not methods_of(kind) or methods_of(kind) != methods_of(exported))


def methods_of(kind):
    """The sources of a class's methods; [] where they can't be had, under %%time for instance."""
    try:
        return [inspect.getsource(part).rstrip() for part in vars(kind).values() if inspect.isfunction(part)]
    except OSError:
        return []


def executed_sources():
    """The cells as they were typed, in the order in which they ran."""
    return get_ipython().history_manager.input_hist_raw


def without_commands(source):
    """A cell without the lines that only a notebook understands."""
    return "\n".join(line for line in source.splitlines() if not line.lstrip().startswith(("!", "%")))


def defines(source, name):
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return False
    return any(isinstance(node, ast.ClassDef) and node.name == name for node in tree.body)


def download(path):
    """On Colab, hand the zip to the browser."""
    try:
        from google.colab import files
    except ImportError:
        return
    files.download(str(path))
