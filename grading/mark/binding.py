"""How the equations' layers lie in a student's own tensors.

The handout gives each layer a name, and then there is nothing to look for.  Students also stack the gates in one
layer, read [x, h] with one layer, hold plain parameters, transpose them, give one bias or two or none, and choose
other names.  All of these are arrangements of the same numbers: a Binding says which block of which tensor is
which layer, and `find_bindings` lists those that the shapes allow, the most plausible first.  Which of them is the
student's is decided by numbers, never by names.
"""

from dataclasses import dataclass
from itertools import islice, permutations, product

import numpy as np

from grading.mark.plausibility import surprises

STEPS_LIMIT = 20_000  # of one search; the forms that students write take a few hundred
BINDINGS_LIMIT = 2000  # of one class: six nameless parameters with free biases have 1,296


@dataclass(frozen=True)
class Block:
    """A part of a student's tensor that is a layer's weight or (a summand of) its bias.

    turned   the block is (in, out), where a layer's weight is (out, in)
    """

    layer: str
    kind: str  # weight or bias
    tensor: str
    index: tuple
    turned: bool = False

    @property
    def name(self):
        return f"{self.layer}.{self.kind}"

    def read(self, array):
        """The block's numbers in the layer's own orientation: (out, in), or (out,)."""
        if self.kind == "bias":
            return array.reshape(-1)[self.index]
        block = array[self.index]
        block = block.reshape(block.shape[:2])  # a convolution over one word has a third axis, of one
        return block.T if self.turned else block


@dataclass(frozen=True)
class Binding:
    """Blocks that together are every layer of a class.

    is_named   the layers have the handout's names (a bias beside them may have any); otherwise all were looked for
    """

    blocks: tuple
    is_named: bool = False

    def layers(self, tensors):
        """layer -> (weight (out, in), bias (out) or None), from the student's tensors; biases of one layer add up."""
        weights = {block.layer: block.read(tensors[block.tensor]) for block in self.blocks if block.kind == "weight"}
        biases = dict.fromkeys(weights)
        for block in self.blocks:
            if block.kind == "bias":
                bias = block.read(tensors[block.tensor])
                biases[block.layer] = bias if biases[block.layer] is None else biases[block.layer] + bias
        return {layer: (weight, biases[layer]) for layer, weight in weights.items()}

    def surprises(self, spec):
        """How unexpected this arrangement of the layers of `spec` is."""
        return surprises(self.blocks, spec)

    def exchanged(self, other_names):
        """The same blocks under exchanged names: layer -> the other one's name."""
        return Binding(
            tuple(Block(other_names.get(b.layer, b.layer), b.kind, b.tensor, b.index, b.turned) for b in self.blocks)
        )


def named_binding(spec, shapes):
    """The binding by the handout's names: every layer of `spec`, with the biases that the student's layers have.

    A layer that is missing, or has another size, is bound all the same: a right one is put in its place, so that it
    costs its own item and nothing else.
    """
    blocks = []
    for layer in spec.layers:
        blocks.append(whole_weight(layer, f"{layer}.weight"))
        absent = f"{layer}.weight" not in shapes
        if layer not in spec.tables and (absent or f"{layer}.bias" in shapes):
            blocks.append(whole_bias(layer, f"{layer}.bias"))
    return Binding(tuple(blocks), is_named=True)


def whole_weight(layer, tensor, turned=False):
    return Block(layer, "weight", tensor, (slice(None), slice(None)), turned)


def whole_bias(layer, tensor):
    return Block(layer, "bias", tensor, (slice(None),))


def find_bindings(spec, shapes, linear):
    """Every arrangement of the student's tensors that holds all layers of `spec`, the most plausible first.

    shapes   tensor name -> shape
    linear   names of the modules that are nn.Linear, whose weights are (out, in)
    """
    if all(shapes.get(f"{layer}.weight") == shape for layer, shape in spec.layers.items()):
        named = named_binding(spec, shapes)
        return [named, *with_biases_beside(named, spec, shapes)]
    alone = bind_alone(spec, shapes, linear)
    if alone is None:
        return []
    taken = {block.tensor for block in alone}
    rest = {name: shape for name, shape in shapes.items() if name not in taken}
    if not spec.sums:
        return [Binding(tuple(alone))]
    found = list(islice(bind_sums(spec, rest, linear), BINDINGS_LIMIT))
    found = [blocks for blocks in found if keeps_names(blocks, spec, shapes)] or found
    ranked = sorted(found, key=lambda blocks: surprises(blocks, spec))
    return [Binding((*alone, *blocks)) for blocks in ranked]


def with_biases_beside(named, spec, shapes):
    """The binding by name with biases that are parameters beside the layers, of which the handout's names tell nothing.

    The binding without them stands first: they may be no biases, or not be used.
    """
    if not spec.sums:
        return []
    taken = {block.tensor for block in named.blocks}
    rest = {name: shape for name, shape in shapes.items() if name not in taken}
    rows = spec.layers[spec.sums[0][0]][0]
    found = [blocks for blocks in islice(with_biases([], spec, rest, rows), BINDINGS_LIMIT) if blocks]
    ranked = sorted(found, key=lambda blocks: surprises(blocks, spec))
    return [Binding((*named.blocks, *blocks), is_named=True) for blocks in ranked]


def keeps_names(blocks, spec, shapes):
    """Whether every tensor that has the handout's name and size is the layer of that name."""
    bound = {block.tensor: block.layer for block in blocks if block.kind == "weight"}
    named = (layer for layer, shape in spec.layers.items() if shapes.get(f"{layer}.weight") == shape)
    return all(bound.get(f"{layer}.weight", layer) == layer for layer in named)


def bind_alone(spec, shapes, linear):
    """Blocks of the layers that stand in no sum, by name or by shape; None if one of them is nowhere."""
    blocks = []
    for layer in spec.layers_alone:
        rows, columns = spec.layers[layer]
        names = [f"{layer}.weight", *shapes]
        weight = next((name for name in names if shapes.get(name) == (rows, columns)), None)
        turned = weight is None
        if turned:
            weight = next((n for n in shapes if shapes[n] == (columns, rows) and module_of(n) not in linear), None)
        if weight is None:
            return None
        blocks.append(whole_weight(layer, weight, turned))
        biases = [f"{module_of(weight)}.bias", *shapes] if layer not in spec.tables else []
        bias = next((name for name in biases if shapes.get(name) == (rows,)), None)
        blocks += [whole_bias(layer, bias)] if bias else []
    return blocks


def bind_sums(spec, shapes, linear):
    """Lists of blocks that cover every layer of every sum, each once."""
    sums = spec.sums
    rows, widths = spec.layers[sums[0][0]][0], [spec.layers[layer][1] for layer in sums[0]]
    tensors = []
    for name, shape in shapes.items():
        may_turn = module_of(name) not in linear
        ways = list(ways_to_read(shape, rows, widths, len(sums), may_turn))
        if ways:
            tensors.append((name, ways, may_turn))
    for weights in covers(tensors, sums, rows, widths, iter(range(STEPS_LIMIT))):
        yield from with_biases(weights, spec, shapes, rows)


def ways_to_read(shape, rows, widths, sums, may_turn):
    """(how many sums lie in a tensor, which summands in which order, turned, stacked on an axis of their own)."""
    shape = shape[:2] if len(shape) == 3 and shape[2] == 1 else shape  # a convolution over one word
    stacked, flat = (shape[0], shape[1:]) if len(shape) == 3 else (None, shape)
    if len(flat) != 2:
        return
    orders = [order for size in (1, 2) for order in permutations(range(len(widths)), size)]
    for turned in (False, True) if may_turn else (False,):
        out, into = flat[::-1] if turned else flat
        count = stacked or out // rows
        if out != (rows if stacked else count * rows) or not 1 <= count <= sums:
            continue
        for order in orders:
            if into == sum(widths[slot] for slot in order):
                yield count, order, turned, bool(stacked)


def covers(tensors, sums, rows, widths, steps, covered=frozenset(), chosen=(), orientation=None):
    """Every choice of blocks, one tensor after the other, in which each layer of each sum stands once.

    steps         an iterator that ends when enough has been tried: shapes that fit nowhere could be tried for days
    orientation   whether the plain parameters are turned: a student writes all of them one way round
    """
    if len(covered) == len(sums) * len(widths):
        yield list(chosen)
        return
    if not tensors or next(steps, None) is None:
        return
    (name, ways, may_turn), *others = tensors
    for count, order, turned, stacked in ways:
        if may_turn and turned != (turned if orientation is None else orientation):
            continue
        for places in permutations(range(len(sums)), count):
            new = {(place, slot) for place in places for slot in order}
            if not new & covered:
                blocks = tuple(blocks_of(name, places, order, turned, stacked, sums, rows, widths))
                way_round = turned if may_turn else orientation
                yield from covers(others, sums, rows, widths, steps, covered | new, chosen + blocks, way_round)
    yield from covers(others, sums, rows, widths, steps, covered, chosen, orientation)  # a tensor that takes no part


def blocks_of(name, places, order, turned, stacked, sums, rows, widths):
    """The blocks of one weight tensor: one for each sum in it and each summand."""
    for position, place in enumerate(places):
        out = slice(None) if stacked else slice(position * rows, (position + 1) * rows)
        start = 0
        for slot in order:
            into = slice(start, start + widths[slot])
            start += widths[slot]
            index = (into, out) if turned else (out, into)
            yield Block(sums[place][slot], "weight", name, (position, *index) if stacked else index, turned)


def with_biases(weights, spec, shapes, rows):
    """The blocks with every bias added: a module's own goes to the (first) layer that its weight is of, a free one to
    the first layer of any sum."""
    place_of = {layer: place for place, layers in enumerate(spec.sums) for layer in layers}
    own, free = [], []
    used = {block.tensor for block in weights}
    for name, shape in shapes.items():
        count = int(np.prod(shape)) // rows
        sides = tuple(size for size in shape if size != 1)  # (3, 1, H) for torch.baddbmm is (3, H)
        if name in used or not 1 <= count <= len(spec.sums) or sides not in {(count * rows,), (count, rows)}:
            continue
        sibling = [b for b in weights if module_of(b.tensor) == module_of(name) != "" and name.endswith(".bias")]
        places = list(dict.fromkeys(place_of[b.layer] for b in sibling))
        if sibling and len(places) == count:
            held = {b.layer for b in sibling}
            own += bias_blocks(name, [next(la for la in spec.sums[place] if la in held) for place in places], rows)
        else:
            free.append((name, count))
    choices = [list(permutations(range(len(spec.sums)), count)) for _, count in free]
    for chosen in product(*choices):
        given = [place for places in chosen for place in places]
        if len(given) <= len(spec.sums) and len(set(given)) < len(given):
            continue
        blocks = [
            block
            for (name, _), places in zip(free, chosen, strict=True)
            for block in bias_blocks(name, [spec.sums[place][0] for place in places], rows)
        ]
        yield [*weights, *own, *blocks]


def bias_blocks(name, layers, rows):
    """The blocks of one bias tensor: one for each of `layers`, in order."""
    return [Block(layer, "bias", name, (slice(i * rows, (i + 1) * rows),)) for i, layer in enumerate(layers)]


def module_of(tensor):
    """The module's name in a tensor's: "" for a parameter of the object itself."""
    return tensor.rpartition(".")[0]
