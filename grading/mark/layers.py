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
        return missing_verdict(half.words, speak, described, missing[0])
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
        if name not in described.linear:
            return speak.review(half.words.say("saw", "unusual"))
        verdict = size_verdict(half.words, speak, spec, name, described.linear[name], spec.layers[name][::-1])
        if verdict:
            return verdict
    return tables_verdict(half.words, speak, spec, described) or speak.passed("sizes_right")


def tables_verdict(words, speak, spec, described):
    """What is wrong with a layer that is looked up, such as the embedding; None where nothing is."""
    for name in (table for table in spec.tables if table in spec.layers):
        shape = described.tensors.get(f"{name}.weight")
        if shape is None and spec.layers[name] not in described.tensors.values():
            return missing_verdict(words, speak, described, name)
        verdict = size_verdict(words, speak, spec, name, shape or spec.layers[name], spec.layers[name])
        if verdict:
            return verdict
    return None


def missing_verdict(words, speak, described, name):
    """A layer is not there, nor another in its place."""
    layers = ", ".join(sorted(described.layer_names)) or words.say("saw", "layer_none")
    return speak.failed(words.say("saw", "layer_missing", layer=name, layers=layers), "layer-missing", layer=name)


def size_verdict(words, speak, spec, name, sizes, expected):
    """The verdict on a layer of other sizes, (in, out), than expected; None where they are right."""
    if tuple(sizes) == tuple(expected):
        return None
    mistake = "layer-sizes-swapped" if tuple(sizes) == tuple(expected)[::-1] else "layer-size-wrong"
    places = dict(zip(("size_in", "size_out", "expected_in", "expected_out"), (*sizes, *expected), strict=False))
    given = ", ".join(map(str, spec.sizes))
    saw = words.say("saw", "layer_sizes", class_name=spec.name, given=given, layer=name, **places)
    return speak.failed(saw, mistake, layer=name, **places)


def any_layer_is_fused(described, spec, names):
    """Whether a layer reads or gives more than its equation has: input and state at once, several gates at once."""
    own = {name: described.linear[name] for name in names if name in described.linear}
    return any(max(sizes) > max(spec.layers[name]) for name, sizes in own.items())
