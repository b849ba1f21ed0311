"""One module of a submission, as the checks of a rubric see it."""

import zlib
from functools import cached_property

import numpy as np

from grading.mark.binding import find_bindings, named_binding
from grading.mark.case import Case
from grading.mark.description import MALFORMED, NAME_LENGTH, Description
from grading.mark.seed import SEED
from grading.sandbox.line_numbers import is_line
from grading.sandbox.outcome import Outcome
from grading.sandbox.worker import StudentFault

FOUND_LIMIT = 20  # uses of ready-made layers that are kept


class Module:
    """A student's module behind two workers: one runs it and is asked for numbers, one only reads it.

    classes   the room's classes: class name -> ClassSpec
    targets   where the items are: Class.method:name
    """

    def __init__(self, worker, reader, classes, targets):
        self.worker, self.reader, self.classes = worker, reader, classes
        self.fault = None
        self.located, self.library, self.tensors, self.found = {}, [], {}, {}
        try:
            _, told = reader.ask("locate", targets=list(targets), classes=list(classes))
            self.located = {target: dict(told["targets"][target]) for target in targets}
            self.note_library(told)
        except StudentFault as fault:
            self.fault = fault
        except MALFORMED:
            self.fault = StudentFault("bad_answer")

    def line(self, target):
        return self.line_told(self.located.get(target, {}).get("line"))

    def line_told(self, line):
        """A line that a process told, or None where the file has no such line."""
        return line if is_line(line, self.reader.content) else None

    def is_blank(self, target):
        return self.located.get(target, {}).get("blank") is True

    def note_library(self, told):
        """Keep what a process told of ready-made layers: [[line or None, name], ...].  Raises StudentFault."""
        try:
            for line, name in list(told.get("library", []))[:FOUND_LIMIT]:
                self.library.append((self.line_told(line), str(name)[:NAME_LENGTH]))
        except MALFORMED:
            raise StudentFault("bad_answer") from None

    @property
    def is_unread(self):
        """Whether looking for ready-made layers came to no end, though Python can read the file."""
        return self.fault is not None and self.fault.outcome != Outcome.UNREADABLE

    def library_used(self):
        """(line or None, name) of a ready-made recurrent layer in the marked classes, or None."""
        if self.library:
            return self.library[0]
        parts = [d.library[0] for d in self.described.values() if isinstance(d, Description) and d.library]
        return (None, parts[0]) if parts else None

    def differing_classes(self, notebook):
        """The names of the classes that the notebook (bytes) defines otherwise, or not at all.  Raises StudentFault."""
        content = np.frombuffer(notebook, dtype=np.uint8)
        _, told = self.reader.ask("compare_classes", {"content": content}, classes=list(self.classes))
        differing = told.get("differing")
        if not isinstance(differing, list):
            raise StudentFault("bad_answer")
        return [name for name in self.classes if name in differing]

    @cached_property
    def described(self):
        """class name -> what `describe` told, or the StudentFault that building it was."""
        return {name: self.describe(spec) for name, spec in self.classes.items()}

    def describe(self, spec):
        try:
            _, told = self.worker.ask("describe", **{"class": spec.name, "sizes": list(spec.sizes)})
            return Description.checked(told)
        except StudentFault as fault:
            return fault

    def shapes(self, spec):
        """parameter name -> shape of the student's object; {} where it can't be built."""
        described = self.described[spec.name]
        return described.tensors if isinstance(described, Description) else {}

    def is_unusual(self, name):
        """Whether the class can be built, but not of the handout's layers alone, or of others under their names."""
        described, spec = self.described[name], self.classes[name]
        if not isinstance(described, Description):
            return False
        return described.layer_names != set(spec.layers) or not self.bindings(spec)[0].is_named

    def bindings(self, spec):
        """The ways in which the student's tensors may be the layers of `spec`: at least the one by name."""
        return self.found_bindings(spec) or [named_binding(spec, self.shapes(spec))]

    def arranges_all(self, spec):
        """Whether the student's tensors can be all layers of `spec`, by name or in another arrangement."""
        return bool(self.found_bindings(spec))

    def found_bindings(self, spec):
        """What `find_bindings` finds for one of the module's classes, looked for once; [] where it can't be built."""
        if spec.name not in self.found:
            shapes, described = self.shapes(spec), self.described[spec.name]
            self.found[spec.name] = find_bindings(spec, shapes, set(described.linear)) if shapes else []
        return self.found[spec.name]

    def case(self, spec, binding, **values):
        """A Case with random unequal numbers in all of the student's tensors, read as layers by `binding`.

        The numbers of a tensor depend on its name alone: every binding reads the same ones.
        """
        needed = layer_shapes(spec, binding, self.shapes(spec)) if binding.is_named else {}
        return self.filled_case(spec, binding, self.shapes(spec) | needed, values)

    def case_of_layers(self, spec, binding, **values):
        """The same with numbers in the bound tensors alone, each of which is one whole layer."""
        return self.filled_case(spec, binding, layer_shapes(spec, binding, self.shapes(spec)), values)

    def filled_case(self, spec, binding, shapes, values):
        tensors = {name: self.drawn(f"{spec.name}.{name}", shape) for name, shape in shapes.items()}
        return Case(values, binding.layers(tensors), tensors)

    def ask(self, operation, spec, case, arrays=None, **facts):
        """Arrays that `operation` on the class of `spec` gives with the case's weights.  Raises StudentFault."""
        found, told = self.worker.ask(operation, weights_of(case) | (arrays or {}), **request_of(spec), **facts)
        self.note_library(told)
        return found

    def statement(self, item, case, blank, probe=None):
        """What was written for a blank, tried with given values: (value, gradients by given name, whether sure).

        Raises StudentFault.
        """
        arrays = {f"given:{key}": value for key, value in blank.given.items() if isinstance(value, np.ndarray)}
        arrays |= {f"argument:{key}": value for key, value in blank.arguments.items()}
        numbers = {key: value for key, value in blank.given.items() if not isinstance(value, np.ndarray)}
        arrays |= {} if probe is None else {"probe": probe}
        spec = self.classes[item.class_name]
        request = request_of(spec) | blank.request()
        arrays = weights_of(case) | arrays
        found, told = self.worker.ask("statement", arrays, target=item.target, numbers=numbers, **request)
        self.note_library(told)
        return found["output"], named_gradients(found), told.get("sure") is True

    def drawn(self, name, shape):
        """The numbers of one tensor, drawn once for all cases that read them."""
        if (name, shape) not in self.tensors:
            self.tensors[name, shape] = self.values(name, *shape)
        return self.tensors[name, shape]

    def values(self, name, *shape):
        """Random values of a given shape, as float32 holds them: no state that is zero, no two alike.

        They depend on the name alone, so that no check changes what another one sees.
        """
        return drawn_values(name, *shape)

    def tokens(self, name, vocabulary, *shape):
        """Random word indices of a given shape; 0 may be padding, and is none of them."""
        return drawn_tokens(name, vocabulary, *shape)


def drawn_values(name, *shape):
    """The random values that go by a name: see `Module.values`."""
    return round32(generator(name).uniform(-1, 1, shape))


def drawn_tokens(name, vocabulary, *shape):
    """The random word indices that go by a name."""
    return generator(name).integers(1, vocabulary, shape)


def generator(name):
    """A random generator for one purpose, seeded by the marker's seed and the purpose's name."""
    return np.random.default_rng([SEED, zlib.crc32(name.encode())])


def layer_shapes(spec, binding, own):
    """tensor name -> shape, for a binding by name: those of the layers of `spec`, the student's `own` beside them."""
    shapes = {}
    for block in binding.blocks:
        if block.tensor != block.name:  # a bias beside the layers
            shapes[block.tensor] = own[block.tensor]
            continue
        rows, columns = spec.layers[block.layer]
        shapes[block.tensor] = (rows, columns) if block.kind == "weight" else (rows,)
    return shapes


def request_of(spec):
    """How a request names a class and the sizes of its object."""
    return {"class": spec.name, "sizes": list(spec.sizes), "hidden_size": spec.hidden_size}


def weights_of(case):
    """What the student's object is given, as a request names it."""
    return {f"weight:{name}": array for name, array in case.tensors.items()}


def named_gradients(found):
    return {key.partition(":")[2]: array for key, array in found.items() if key.startswith("gradient:")}


def round32(array):
    """Numbers that float32 holds exactly, as float64: both sides compute from the same ones."""
    return array.astype(np.float32).astype(np.float64)
