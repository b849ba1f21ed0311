"""What can be done with a student's classes.  Each operation takes (module, arrays, facts) and returns
(arrays, facts): raw numbers, never a verdict.  Runs in the sandbox, and in the student's own notebook.

A request names a class and its constructor's sizes, and brings weights (`weight:Wx.weight`) and inputs
(`x`, `given:h_prev`, ...).  The object is built afresh for each request.
"""

import copy
import inspect
import sys
import types

import torch
from torch import nn
from torch.nn.parameter import is_lazy

from grading.sandbox.function_modes import LibraryWatch
from grading.sandbox.statement import NotFilledIn, can_accuse, fed, run_statement

LIBRARY_CELLS = (nn.RNNBase, nn.RNNCellBase)
FIRST_SEED = 1
LOCALS_LIMIT = 40  # local variables of a step that travel


class CannotBind(ValueError):
    """The object has no tensor of that name and shape."""


class NoSuchClass(LookupError):
    """The module does not define the class."""


class StandInCell(nn.Module):
    """A cell that is right by definition, and no GRU: sin(A x), and half of the state in reverse order.

    It takes the place of the student's cell when a loop is tried.
    """

    def __init__(self, *sizes):
        super().__init__()
        self.hidden_size = sizes[-1]
        self.A = nn.Linear(*sizes)

    def forward(self, x, h_prev):
        return torch.sin(self.A(x)) + h_prev.flip(1) / 2


def describe(module, arrays, facts):
    """The object's parameters and linear layers: {name: shape}, {name: [in, out]}, and modules with two names."""
    built = class_in(module, facts["class"])(*facts["sizes"])
    check_sizes(built)
    names = {}
    for name, part in built.named_modules(remove_duplicate=False):
        names.setdefault(id(part), []).append(name)
    return {}, {
        "tensors": {n: list(p.shape) for n, p in built.named_parameters(remove_duplicate=False)},
        "linear": {n: [m.in_features, m.out_features] for n, m in built.named_modules() if isinstance(m, nn.Linear)},
        "shared": [same for same in names.values() if len(same) > 1],
        "library": sorted({type(part).__name__ for part in built.modules() if isinstance(part, LIBRARY_CELLS)}),
    }


def forward(module, arrays, facts):
    """The model's output on its inputs; with `probe`, gradients of sum(probe * output).

    `facts["inputs"]` names the arrays that it is called with, batch first: by default `x` alone, word indices.
    Also: `again`, a second call; `alone`, the first document by itself; `normal` and `uniform` (B, H), what torch's
    random numbers are at the first call.  With `steps` (B, T, E), the statement that sets `facts["fed"]` takes its
    values from them, and the model is run once; with `facts["once"]`, too.
    """
    model = build(module, arrays, facts).eval()  # what dropout does is no part of the answer
    inputs = [leaf(arrays[name]).detach() for name in facts.get("inputs", ["x"])]
    if "steps" in arrays:
        steps = torch.as_tensor(arrays["steps"]).float()
        model.forward = types.MethodType(fed(type(model).forward, facts["fed"], steps.unbind(dim=1)), model)
    if "steps" in arrays or facts.get("once"):
        return {"output": numbers(model(*inputs))}, {}
    torch.manual_seed(FIRST_SEED)
    with LibraryWatch(file_of(module)) as watch:
        output = model(*inputs)
    found = with_gradients(output, arrays, dict(model.named_parameters()))
    with torch.no_grad():
        found["again"] = numbers(model(*inputs))
        found["alone"] = numbers(model(*(one[:1] for one in inputs)))
        for name, draw in {"normal": torch.randn, "uniform": torch.rand}.items():
            torch.manual_seed(FIRST_SEED)
            found[name] = numbers(draw(len(inputs[0]), facts["hidden_size"]))
    return found, {"library": watch.found}


def step(module, arrays, facts):
    """One step of a cell: its output on (x, h_prev); with `probe`, gradients; with `facts["trace"]`, `local:NAME`.

    The locals are what the student's own functions held when they returned, where they have the output's shape.
    """
    cell = build(module, arrays, facts).eval()
    inputs = {name: leaf(arrays[name]) for name in ("x", "h_prev")}
    with LibraryWatch(file_of(module)) as watch:
        output, held = traced(file_of(module), lambda: cell(*inputs.values()))
    found = with_gradients(output, arrays, dict(cell.named_parameters()) | inputs)
    if facts.get("trace"):
        alike = [value for value in held if value.shape == output.shape][:LOCALS_LIMIT]
        found |= {f"local:{position}": numbers(value) for position, value in enumerate(alike)}
    return found, {"library": watch.found}


def file_of(module):
    """The name under which the student's code was compiled."""
    return getattr(module, "__file__", "")


def traced(file, call):
    """(what `call()` gives, the tensors that functions of `file` held in local variables when they returned)."""
    held = []

    def keep(frame, event, _):
        if event == "return" and frame.f_code.co_filename == file:
            held.extend(value for value in frame.f_locals.values() if isinstance(value, torch.Tensor))

    before = sys.getprofile()
    sys.setprofile(keep)
    try:
        return call(), held
    finally:
        sys.setprofile(before)


def statement(module, arrays, facts):
    """The value of one blank, `facts["target"]`, with given values; with `probe`, gradients to those given.

    `facts["parameters"]` are the handout's names of the method's parameters: the student's own stand in by position.
    Told: `sure`, whether a wrong value is the doing of this blank alone.
    """
    built = build(module, arrays, facts)
    method, _, name = facts["target"].partition(".")[2].partition(":")
    function = getattr(type(built), method)
    own = dict(zip(facts["parameters"], list(inspect.signature(function).parameters)[1:], strict=False))
    given = {key.partition(":")[2]: leaf(array) for key, array in arrays.items() if key.startswith("given:")}
    arguments = {"self": built}
    for key, array in arrays.items():
        if key.startswith("argument:"):
            arguments[own.get(key.partition(":")[2], key.partition(":")[2])] = leaf(array)
    values = {own.get(key, key): value for key, value in (given | facts.get("numbers", {})).items()}
    with LibraryWatch(file_of(module)) as watch:
        value = run_statement(function, name, arguments, values, facts.get("may_be_returned", False))
    sure = can_accuse(function, name, [own.get(key, key) for key in facts["reads"]])
    return with_gradients(value, arrays, given), {"sure": sure, "library": watch.found}


def states(module, arrays, facts):
    """The states that the student's own update makes of given step inputs `xs` (B, T, E), from zero: (B, T, H)."""
    built = build(module, arrays, facts)
    method, _, name = facts["target"].partition(".")[2].partition(":")
    xs = leaf(arrays["xs"])
    zero = h = torch.zeros(len(xs), facts["hidden_size"])
    kept = []
    with LibraryWatch(file_of(module)) as watch:
        for t in range(xs.shape[1]):
            given = {facts["input_name"]: xs[:, t], name: h if facts["carry"] else zero, "t": t}
            h = run_statement(getattr(type(built), method), name, {"self": built}, given)
            kept.append(h)
    return {"states": numbers(torch.stack(kept, dim=1))}, {"library": watch.found}


def train(module, arrays, facts):
    """Train the model, from given weights, on words `x` with labels `y`; the classes it then predicts."""
    torch.manual_seed(FIRST_SEED)
    model = build(module, arrays, facts)
    optimizer = torch.optim.Adam(model.parameters(), lr=facts["learning_rate"])
    x, y = torch.as_tensor(arrays["x"]), torch.as_tensor(arrays["y"])
    with LibraryWatch(file_of(module)) as watch:
        for start in range(0, len(x), facts["batch_size"]):
            batch = slice(start, start + facts["batch_size"])
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(x[batch]), y[batch]).backward()
            optimizer.step()
    model.eval()
    with torch.no_grad():
        predicted = model(torch.as_tensor(arrays["held_back"])).argmax(dim=1)
    return {"predicted": predicted.numpy()}, {"library": watch.found}


def class_in(module, name):
    found = getattr(module, name, None)
    if not isinstance(found, type):
        raise NoSuchClass(name)
    return found


def build(module, arrays, facts):
    """The student's object with the given weights in it.

    A layer of the handout's name that is missing, or has another size, is replaced by a right one, so that a
    wrong layer costs nothing but its own item; with `stand_in`, the loop gets a cell that is right by definition.
    A bias for which no weight is given is zero.
    """
    torch.manual_seed(FIRST_SEED)  # for what is left as the student's constructor makes it
    kind = class_in(module, facts["class"])
    stand_in = facts.get("stand_in")
    own_cell = getattr(module, stand_in["class"], None) if stand_in else None
    try:
        if stand_in:
            setattr(module, stand_in["class"], stand_in_class(stand_in))
        built = kind(*facts["sizes"])
    except Exception:
        built = kind.__new__(kind)
        nn.Module.__init__(built)
        built.hidden_size = facts["hidden_size"]
        built.tanh = nn.Tanh()
    finally:
        if stand_in:
            setattr(module, stand_in["class"], own_cell)
    weights = {key.partition(":")[2]: array for key, array in arrays.items() if key.startswith("weight:")}
    if stand_in:
        weights = put_in_place(built, stand_in, weights)
    check_sizes(built)
    part_shared_modules(built)
    repair(built, weights)
    tensors = dict(built.named_parameters())
    with torch.no_grad():
        for name in tensors:
            if name.endswith("bias"):
                tensors[name].zero_()
        for name, array in weights.items():
            if name not in tensors or tuple(tensors[name].shape) != array.shape:
                raise CannotBind(f"no tensor {name} of the shape {tuple(array.shape)}")
            tensors[name].copy_(torch.as_tensor(array))
    return built.train()


def check_sizes(built):
    """Raises CannotBind for layers such as nn.LazyLinear, which have no numbers before they have run."""
    lazy = next((name for name, tensor in built.named_parameters() if is_lazy(tensor)), None)
    if lazy is not None:
        raise CannotBind(f"the tensor {lazy} has no shape before it has run")


def stand_in_class(stand_in):
    """The stand-in under the name of the student's cell, which may come to stand in a message, with right sizes."""

    def __init__(self, *_, **__):
        StandInCell.__init__(self, *stand_in["sizes"])

    def forward(self, x, h_prev):
        return StandInCell.forward(self, x, h_prev)

    for method in (__init__, forward):
        method.__qualname__ = f"{stand_in['class']}.{method.__name__}"
    return type(stand_in["class"], (StandInCell,), {"__init__": __init__, "forward": forward})


def put_in_place(built, stand_in, weights):
    """The stand-in where the student has the cell, by whatever name; the weights under that name."""
    own = [name for name, part in built.named_modules() if isinstance(part, StandInCell)]
    place = own[0] if len(own) == 1 else stand_in["name"]
    owner, _, name = place.rpartition(".")
    setattr(built.get_submodule(owner), name, stand_in_class(stand_in)())
    inner = stand_in["name"] + "."
    return {place + n[len(inner) - 1 :] if n.startswith(inner) else n: array for n, array in weights.items()}


def part_shared_modules(built):
    """Give every name a module of its own: that two names share one is the layers' fault, and costs nothing else."""
    seen = set()
    for name, part in list(built.named_modules(remove_duplicate=False)):
        if id(part) in seen and not list(part.children()):
            owner, _, last = name.rpartition(".")
            setattr(built.get_submodule(owner), last, copy.deepcopy(part))
        seen.add(id(part))


def repair(built, weights):
    """Put a right layer wherever `weights` name one that `built` lacks or has in another size."""
    tensors = dict(built.named_parameters())
    for name, array in weights.items():
        path, _, kind = name.rpartition(".")
        if kind != "weight" or (name in tensors and tuple(tensors[name].shape) == array.shape):
            continue
        owner = built.get_submodule(path.rpartition(".")[0])
        layer_name = path.rpartition(".")[2]
        if layer_name == "embedding":
            layer = nn.Embedding(*array.shape)
        else:
            layer = nn.Linear(array.shape[1], array.shape[0], bias=f"{path}.bias" in weights)
        setattr(owner, layer_name, layer)


def leaf(array):
    """An input as the student's code sees it: float32, with gradients; word indices stay int64."""
    tensor = torch.as_tensor(array)
    return tensor if tensor.dtype == torch.int64 else tensor.float().requires_grad_()


def with_gradients(output, arrays, leaves):
    """{"output": ...} and, if the request brings a `probe`, `gradient:NAME` for each leaf."""
    found = {"output": numbers(output)}
    if "probe" in arrays and tuple(output.shape) == arrays["probe"].shape:
        wanted = {name: tensor for name, tensor in leaves.items() if tensor.requires_grad}
        if output.requires_grad:
            (output * torch.as_tensor(arrays["probe"]).float()).sum().backward()
        for name, tensor in wanted.items():
            found[f"gradient:{name}"] = numbers(torch.zeros_like(tensor) if tensor.grad is None else tensor.grad)
    return found


def numbers(value):
    """A student's value as an array: whatever is not a plain dense tensor raises, and is the student's error."""
    if value is Ellipsis:
        raise NotFilledIn
    if not isinstance(value, torch.Tensor):
        raise TypeError(f"a tensor was expected, but it is a {type(value).__name__}")
    return value.detach().to("cpu", torch.float64).contiguous().numpy()
