"""What nbgrader does otherwise in our course: written into the course folder, where nbgrader_config.py names it.

It needs nbgrader and grading/build/blanks.py, whose text is written before it, and nothing else of this repository.
"""

from pathlib import Path
from types import SimpleNamespace

from nbclient.exceptions import DeadKernelError
from nbformat.v4 import new_code_cell, new_output
from nbgrader.api import Gradebook
from nbgrader.preprocessors import ClearHiddenTests, ClearSolutions, Execute, NbGraderPreprocessor
from nbgrader.utils import is_grade
from traitlets import Unicode

from grading.build.blanks import BEGIN, find_regions, for_students

BLANKS = "blanks"  # the notebook's metadata: item id -> {"blank", "prompt"}, in the source alone


class ClearBlanks(ClearSolutions):
    """At generate time: a marked blank becomes a `...` with its equation; the rest is nbgrader's own clearing."""

    def preprocess(self, nb, resources):
        self.items = {
            item_id: SimpleNamespace(id=item_id, equation="", **told)
            for item_id, told in nb.metadata.pop(BLANKS, {}).items()
        }
        lines = [line for cell in nb.cells for line in cell.source.split("\n") if "BLANK" in line.upper()]
        find_regions(lines, self.items, resources["nbgrader"]["notebook"])  # raises for any slip in a marker
        nb, resources = super().preprocess(nb, resources)
        self.clear_modules(resources["nbgrader"]["assignment"])
        return nb, resources

    def preprocess_cell(self, cell, resources, cell_index):
        lines = cell.source.split("\n")
        if not any(BEGIN.match(line) for line in lines):
            return super().preprocess_cell(cell, resources, cell_index)
        cell.source = "\n".join(blanked_lines(lines, self.items, resources["nbgrader"]["notebook"]))
        return cell, resources

    def clear_modules(self, assignment):
        """The modules beside the notebook: nbgrader has copied them into the release as they are, answers included."""
        courses = self.parent.parent.coursedir
        for path in Path(courses.format_path(courses.release_directory, ".", assignment)).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            cell = SimpleNamespace(cell_type="code", source=text)
            if any(BEGIN.match(line) for line in text.splitlines()):
                cell.source = "\n".join(blanked_lines(text.split("\n"), self.items, path.name))
            self._replace_solution_region(cell, "python")
            if cell.source != text:
                path.write_text(cell.source, encoding="utf-8")


def blanked_lines(lines, items, name):
    """The lines with their blanks emptied.  Raises MalformedSource."""
    there = {found[1] for line in lines if (found := BEGIN.match(line))}
    own = {item_id: item for item_id, item in items.items() if item_id in there}
    return for_students(lines, find_regions(lines, own, name), own, name)


class RestoreCells(NbGraderPreprocessor):
    """Before autograding: whatever a student did to the cells' metadata, each known cell is there once, as released.

    A cell whose id the course does not know is a plain cell; a test cell that is gone is put at the end.
    """

    def preprocess(self, nb, resources):
        place = resources["nbgrader"]
        with Gradebook(place["db_url"]) as gradebook:
            notebook = gradebook.find_notebook(place["notebook"], place["assignment"])
            known = {cell.name: metadata_of(cell, notebook) for cell in notebook.source_cells}
            sources = {cell.name: cell.source for cell in notebook.source_cells}
        seen = set()
        for cell in reversed(nb.cells):  # of two with one id the last one counts, as it does when they are run
            told = cell.metadata.pop("nbgrader", None)
            grade_id = told.get("grade_id") if isinstance(told, dict) else None
            if isinstance(grade_id, str) and grade_id in known and grade_id not in seen:
                seen.add(grade_id)
                cell.metadata["nbgrader"] = known[grade_id]
        for grade_id, metadata in known.items():
            if grade_id not in seen and metadata["grade"]:
                nb.cells.append(new_code_cell(sources[grade_id], metadata={"nbgrader": metadata}))
        return nb, resources


def metadata_of(cell, notebook):
    """The metadata of a source cell, as nbgrader's schema 3 has it."""
    points = {grade.name: grade.max_score for grade in notebook.grade_cells}
    return {
        "schema_version": 3,
        "grade_id": cell.name,
        "grade": cell.name in points,
        "solution": cell.name in {solution.name for solution in notebook.solution_cells},
        "locked": cell.locked,
        "task": False,
        "cell_type": cell.cell_type,
        "checksum": cell.checksum,
    } | ({"points": points[cell.name]} if cell.name in points else {})


class ExecuteWhatRuns(Execute):
    """Runs the notebook; where a student's code ends the kernel, what ran before it counts, and the batch goes on."""

    def preprocess(self, nb, resources, *more):
        try:
            return super().preprocess(nb, resources, *more)
        except DeadKernelError:
            self.log.warning("The kernel died; the test cells from here on earn nothing.")
            return nb, resources


class OnlyTheResultCounts(NbGraderPreprocessor):
    """After the run: a test cell earns the number that it ends with, and nothing without one.

    nbgrader by itself gives full marks to a test cell without any output, and none to a right one with a warning.
    """

    not_run = Unicode("This test cell did not come to its end.", help="What such a cell shows.").tag(config=True)

    def preprocess_cell(self, cell, resources, cell_index):
        if cell.cell_type == "code" and is_grade(cell):
            cell.outputs = self.counted(cell.outputs)
        return cell, resources

    def counted(self, outputs):
        """The outputs with one result or one error, and no stream that nbgrader takes for an error."""
        for output in outputs:
            if output.output_type == "stream":
                output.name = "stdout"
        results = [output for output in outputs if is_number(output)]
        others = [output for output in outputs if output.output_type != "execute_result"]
        if any(output.output_type == "error" for output in others):
            return others
        missing = new_output("error", ename="NoResult", evalue=self.not_run, traceback=[self.not_run])
        return [*others, results[-1] if results else missing]


def is_number(output):
    """Whether an output is a result that is a number."""
    if output.output_type != "execute_result":
        return False
    try:
        float(output.data.get("text/plain", ""))
    except (TypeError, ValueError):
        return False
    return True


class HideHiddenTests(ClearHiddenTests):
    """At feedback time: neither the hidden tests nor a traceback that quotes them."""

    said = Unicode("The test cell stopped with {name}.", help="What stands for a traceback.").tag(config=True)

    def preprocess_cell(self, cell, resources, cell_index):
        if is_grade(cell):
            cell, resources = super().preprocess_cell(cell, resources, cell_index)
            for output in cell.get("outputs", []):
                if output.output_type == "error":
                    message = output.evalue if output.ename == "NoResult" else self.said.format(name=output.ename)
                    output.evalue, output.traceback = message, [message]
        return cell, resources
