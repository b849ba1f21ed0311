"""One module of a submission, as the checks of a rubric see it."""

from functools import cached_property

import numpy as np

from grading.mark.case import Case
from grading.sandbox.worker import StudentFault, is_line

# What reading facts of another form than agreed raises; the last is int() of JSON's Infinity.
MALFORMED = (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError)


class Module:
    """A student's module behind two workers: one runs it and is asked for numbers, one only reads it.

    classes   the room's classes: class name -> ClassSpec
    targets   where the items are: Class.method:name
    """

    def __init__(self, worker, reader, classes, targets):
        self.worker, self.reader, self.classes = worker, reader, classes
        self.random = np.random.default_rng(0)
        self.fault = None
        self.located, self.library = {}, []
        try:
            _, told = reader.ask("locate", targets=list(targets), classes=list(classes))
            self.located = {target: dict(told["targets"][target]) for target in targets}
            self.library = [(line if is_line(line) else None, str(name)[:40]) for line, name in told["library"][:20]]
        except StudentFault as fault:
            self.fault = fault
        except MALFORMED:
            self.fault = StudentFault("bad_answer")

    def line(self, target):
        line = self.located.get(target, {}).get("line")
        return line if is_line(line) else None

    def is_blank(self, target):
        return self.located.get(target, {}).get("blank") is True

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

    def is_unusual(self, name):
        """Whether the class can be built, but not of the handout's layers alone."""
        described = self.described[name]
        return isinstance(described, Description) and set(described.layer_names) != set(self.classes[name].layers)

    def case(self, spec, **values):
        """Random unequal weights for the layers of `spec`, with the biases that the student's layers have."""
        described = self.described[spec.name]
        known = described.layer_names if isinstance(described, Description) else set()
        layers = {}
        for layer, (rows, columns) in spec.layers.items():
            has_bias = layer != "embedding" and (layer not in known or layer in described.biases)
            layers[layer] = (self.values(rows, columns), self.values(rows) if has_bias else None)
        return Case(values, layers)

    def ask(self, operation, spec, case, arrays=None, **facts):
        """Arrays that `operation` on the class of `spec` gives with the case's weights.  Raises StudentFault."""
        weights = weights_of(case)
        request = {"class": spec.name, "sizes": list(spec.sizes), "hidden_size": spec.hidden_size}
        found, _ = self.worker.ask(operation, weights | (arrays or {}), **request, **facts)
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
        weights = weights_of(case)
        request = {"class": spec.name, "sizes": list(spec.sizes), "hidden_size": spec.hidden_size} | blank.request()
        found, told = self.worker.ask("statement", weights | arrays, target=item.target, numbers=numbers, **request)
        return found["output"], named_gradients(found), told.get("sure") is True

    def values(self, *shape):
        """Random values of a given shape, as float32 holds them: no state that is zero, no two alike."""
        return round32(self.random.uniform(-1, 1, shape))


class Description:
    """The tensors and linear layers of a student's object, checked and bounded."""

    def __init__(self, tensors, linear, shared, library):
        self.tensors, self.linear, self.shared, self.library = tensors, linear, shared, library

    @classmethod
    def checked(cls, told):
        try:
            tensors = {str(k): tuple(int(n) for n in v) for k, v in list(told["tensors"].items())[:200]}
            linear = {str(k): (int(v[0]), int(v[1])) for k, v in list(told["linear"].items())[:200]}
            shared = [[str(name)[:60] for name in names[:10]] for names in told["shared"][:20]]
            library = [str(name)[:40] for name in told["library"][:10]]
        except MALFORMED:
            raise StudentFault("bad_answer") from None
        return cls(tensors, linear, shared, library)

    @property
    def layer_names(self):
        return {name.rpartition(".")[0] for name in self.tensors}

    @property
    def biases(self):
        return {name.removesuffix(".bias") for name in self.tensors if name.endswith(".bias")}


def weights_of(case):
    """A case's weights as a request names them."""
    return {f"weight:{key}": array for key, array in case.arrays().items() if key.endswith((".weight", ".bias"))}


def named_gradients(found):
    return {key.partition(":")[2]: array for key, array in found.items() if key.startswith("gradient:")}


def round32(array):
    """Numbers that float32 holds exactly, as float64: both sides compute from the same ones."""
    return array.astype(np.float32).astype(np.float64)
