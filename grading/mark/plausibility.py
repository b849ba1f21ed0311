"""Which of several arrangements of a student's tensors a reader would expect first."""

import re
from functools import lru_cache


def surprises(blocks, spec):
    """How unexpected blocks are where they are: (what names or other tensors speak against, what only habit does).

    A tensor's name may speak of another sum than the one that it is read as; sums that are stacked in one order here
    and in another there are as odd.  That they stand in the handout's order is no more than likely.
    """
    place_of = {layer: place for place, layers in enumerate(spec.sums) for layer in layers}
    places = {}
    for block in blocks:
        places.setdefault(block.tensor, {})[place_of[block.layer]] = True  # each place once, in order
    orders = [tuple(held) for held in places.values() if len(held) > 1]
    longest = max(orders, key=len, default=())
    odd = sum(order != tuple(place for place in longest if place in order) for order in orders)
    for tensor, held in places.items():
        told = places_told(tensor, spec.hints) if len(held) == 1 else set()
        odd += bool(told) and not told & set(held)
    return odd, sum(order != tuple(sorted(order)) for order in orders)


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
