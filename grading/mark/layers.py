"""Names and sizes of the layers of a class."""

from grading.sandbox.worker import StudentFault


def layers_verdict(half, item_id, class_name, names):
    """The layers `names` of one class: by name, else in any other arrangement that holds what the equations need."""
    speak = half.speaker(item_id)
    spec, described = half.module.classes[class_name], half.module.described[class_name]
    if half.is_blank(item_id):
        return speak.blank()
    if isinstance(described, StudentFault):
        return speak.fault(described)
    if half.module.arranges_all(spec) and not shared_layers(described, names):
        by_name = all(described.linear.get(name, ())[::-1] == spec.layers[name] for name in names)
        return speak.passed("sizes_right" if by_name else "sizes_right_arranged")
    missing = [name for name in names if name not in described.layer_names]
    if missing and (described.layer_names - set(spec.layers) or any_layer_is_fused(described, spec, names)):
        return speak.review(half.words.say("saw", "unusual"))
    if missing:
        layers = ", ".join(sorted(described.layer_names)) or half.words.say("saw", "layer_none")
        saw = half.words.say("saw", "layer_missing", layer=missing[0], layers=layers)
        return speak.failed(saw, "layer-missing", layer=missing[0])
    shared = shared_layers(described, names)
    if shared:
        both = half.words.both(shared)
        return speak.failed(half.words.say("saw", "layer_shared", layer=both), "layer-shared", layer=both)
    return sizes_verdict(half, speak, spec, described, names)


def shared_layers(described, names):
    """The names among `names` that are one and the same module, or []."""
    found = ([name for name in shared if name in names] for shared in described.shared)
    return next((shared for shared in found if len(shared) > 1), [])


def sizes_verdict(half, speak, spec, described, names):
    """Every name is there; the first layer of another size is told."""
    for name in names:
        rows, columns = spec.layers[name]
        if name not in described.linear:
            return speak.review(half.words.say("saw", "unusual"))
        size_in, size_out = described.linear[name]
        if (size_in, size_out) != (columns, rows):
            mistake = "layer-sizes-swapped" if (size_in, size_out) == (rows, columns) else "layer-size-wrong"
            places = {"layer": name, "size_in": size_in, "size_out": size_out, "expected_in": columns,
                      "expected_out": rows}  # fmt: skip
            given = ", ".join(map(str, spec.sizes))
            saw = half.words.say("saw", "layer_sizes", class_name=spec.name, given=given, **places)
            return speak.failed(saw, mistake, **places)
    return speak.passed("sizes_right")


def any_layer_is_fused(described, spec, names):
    """Whether a layer reads or gives more than its equation has: input and state at once, several gates at once."""
    own = {name: described.linear[name] for name in names if name in described.linear}
    return any(max(sizes) > max(spec.layers[name]) for name, sizes in own.items())
