"""A Colab runtime that a test works in cell by cell, in any order, until it is lost."""

import json
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from tests.colab.environment import write_kernel

CELL_LIMIT = 600  # seconds


@dataclass(frozen=True)
class Answer:
    """What a cell showed: `printed` on stdout, `error` as the student reads it, or ""."""

    printed: str
    error: str


@dataclass(frozen=True)
class Runtime:
    """A kernel with Colab's versions, its working folder empty at first.

    mounted   the folder that stands in for /content/drive
    """

    client: NotebookClient
    folder: Path
    mounted: Path
    record: Path

    @property
    def calls(self):
        """What Colab was asked, in order: lists of a name and arguments."""
        return [json.loads(line) for line in self.record.read_text(encoding="utf-8").splitlines()]

    def run(self, *cell_ids):
        """Run cells of the notebook; the last one's Answer.  Raises DeadKernelError where the runtime is lost."""
        for cell_id in cell_ids:
            answer = self.execute(next(cell for cell in self.client.nb.cells if cell.id == cell_id))
        return answer

    def run_until(self, last):
        """Run every cell from the top to this one, as "Run before" does: the last one's Answer."""
        ids = [cell.id for cell in self.client.nb.cells if cell.cell_type == "code"]
        for cell_id in ids[: ids.index(last) + 1]:
            answer = self.run(cell_id)
            assert answer.error == "", cell_id
            if cell_id == "setup-run":
                self.type(f"DRIVE = {str(self.mounted)!r}")
        return answer

    def run_changed(self, cell_id, old, new):
        """Run a cell with something else typed into it, which stays for this run only: its Answer."""
        source = next(cell.source for cell in self.client.nb.cells if cell.id == cell_id)
        assert old in source
        return self.type(source.replace(old, new))

    def type(self, source):
        """Run what is typed into a cell of one's own: its Answer."""
        cell = nbformat.v4.new_code_cell(source)
        self.client.nb.cells.append(cell)
        return self.execute(cell)

    def execute(self, cell):
        self.client.execute_cell(cell, self.client.nb.cells.index(cell))
        printed = "".join(output.text for output in cell.outputs if output.get("name") == "stdout")
        error = "\n".join(line for output in cell.outputs for line in output.get("traceback", []))
        return Answer(printed, error)


@contextmanager
def start_runtime(notebook, python, folder, mounted):
    """A runtime with this notebook (text) open, in a new folder under `folder`; ended at the end."""
    content, kernels = folder / "content", folder / "kernels"
    content.mkdir(parents=True)
    write_kernel(kernels, python, folder / "calls")
    (folder / "calls").touch()
    client = NotebookClient(
        nbformat.reads(notebook, as_version=4),
        timeout=CELL_LIMIT,
        kernel_name="python3",
        allow_errors=True,
        resources={"metadata": {"path": str(content)}},
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", str(kernels))
        patch.delenv("RNN_DATA", raising=False)
        with client.setup_kernel():
            yield Runtime(client, content, mounted, folder / "calls")
