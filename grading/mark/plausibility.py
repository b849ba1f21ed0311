"""Which of several arrangements of a student's tensors a reader would expect first."""

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, order=True)
class Surprises:
    """How unexpected blocks are where they are, the weightiest first.

    contradicted   tensors whose name speaks of another sum than the one that they are read as
    unusual        stacks in an order in which nobody stacks, or in another one than the longest of them
    unlike         stacks in another order than the handout's: no more than less likely
    """

    contradicted: int
    unusual: int
    unlike: int


def surprises(blocks, spec):
    """The Surprises of blocks that are every layer of the sums of `spec`."""
    place_of = {layer: place for place, layers in enumerate(spec.sums) for layer in layers}
    places = {}
    for block in blocks:
        if block.layer in place_of:
            places.setdefault(block.tensor, {})[place_of[block.layer]] = True  # each place once, in order
    contradicted = 0
    for tensor, held in places.items():
        told = places_told(tensor, spec.hints) if len(held) == 1 else set()
        contradicted += bool(told) and not told & set(held)
    orders = [tuple(held) for held in places.values() if len(held) > 1]
    longest = max(orders, key=len, default=())
    unusual = sum(not is_usual(order, spec.orders) for order in orders)
    unusual += sum(order != tuple(place for place in longest if place in order) for order in orders)
    return Surprises(contradicted, unusual, sum(order != tuple(sorted(order)) for order in orders))


def is_usual(order, usual):
    """Whether places stand in one of the usual orders, each of which is of all places; no usual ones, and any is."""
    return not usual or any(order == tuple(place for place in known if place in order) for known in usual)


@lru_cache(maxsize=4096)  # the same few names are met in every arrangement
def places_told(tensor, hints):
    """Which sums a tensor's name speaks of: `W_xz`, `update.weight`, `reset_bias`."""
    words = [word for word in re.split(r"[^a-z]+", tensor.lower()) if word and word not in {"weight", "bias"}]
    told = set()
    for place, known in enumerate(hints):
        if any(word in known or any(len(hint) > 3 and hint in word for hint in known) for word in words):
            told.add(place)
    if not told:
        for place, known in enumerate(hints):
            if any(len(word) <= 3 and word[-1] in known for word in words):
                told.add(place)
    return frozenset(told)
