"""Weights by counted classes: what other layouts have added to it, and its own groups changed."""

import numpy as np

from kinds import Skip, kind, some
from part import change_values, other


@kind("hdf5", ("counted",))
def legacy_beside_counted(mutant):
    """`layer_names` with groups of their own."""
    owner = mutant.file if mutant.rng.random() < 0.6 else mutant.file.create_group("model_weights")
    names = []
    for path in mutant.datasets():
        name = path.split("/vars")[0].replace("/", "_")
        if name not in names:
            names.append(name)
            owner.create_group(name).attrs["weight_names"] = np.zeros(0, "S1")
        group = owner[name]
        weights = [*group.attrs["weight_names"], np.bytes_(path.rsplit("/", 1)[1])]
        group.attrs["weight_names"] = weights
        group[weights[-1].decode()] = other(mutant.file[path][()])
    owner.attrs["layer_names" if mutant.rng.random() < 0.8 else "layer_names0"] = [np.bytes_(name) for name in names]
    owner.attrs["keras_version"] = "2.7.0"
    mutant.say(owner.name)


@kind("hdf5", ("counted",))
def early_beside_counted(mutant):
    """`_layer_checkpoint_dependencies` of TensorFlow 2.12, in place of `layers` or beside it, whole or for some layers."""
    early = "_layer_checkpoint_dependencies"
    way = mutant.rng.randrange(4)
    if "layers" not in mutant.file:
        raise Skip
    if way == 0:
        mutant.file.move("layers", early)
    else:
        mutant.file.copy("layers", early)
        change_values(mutant.file[early])
        if way == 2:
            del mutant.file["layers"][some(mutant.rng, mutant.file["layers"])]
        elif way == 3:
            del mutant.file[early][some(mutant.rng, mutant.file[early])]
    mutant.say(["in its place", "beside it", "beside it, one layer there alone", "beside it, without one layer"][way])


@kind("hdf5", ("counted",))
def container_elsewhere(mutant):
    """Groups under other attributes of a net that Keras walks through."""
    name = some(mutant.rng, ["_layers", "operations", "_operations", "_operations_by_depth", "_operations_by_depth/container", "_functional", "container", "layers/container", "_layers/container", "outputs", "model", "_tracker", "_self_tracked_trackables"])
    copied = mutant.rng.random() < 0.6
    one = some(mutant.rng, mutant.file["layers"])
    source, target = (f"layers/{one}", f"{name}/{one}") if mutant.rng.random() < 0.5 else ("layers", name)
    if target.startswith(source) or target in mutant.file:
        raise Skip
    mutant.file.require_group(target.rsplit("/", 1)[0] if "/" in target else "/")
    mutant.file.copy(source, target)
    change_values(mutant.file[target])
    if not copied:
        del mutant.file[source]
    mutant.say(f"{source} {'also' if copied else 'now'} at {target}")


@kind("hdf5", ("counted",))
def vars_numbered_otherwise(mutant):
    group = mutant.file[some(mutant.rng, [path for path in mutant.groups() if path.endswith("vars") and len(mutant.file[path])])]
    name = some(mutant.rng, group)
    new = some(mutant.rng, [f"0{name}", f"{name}.0", f"{name} ", f" {name}", "kernel", "bias", str(int(name) + 1), str(int(name) + 7), f"+{name}", "-1", f"{name}:0", "\u0660"]) if name.isdigit() else "x"
    if new in group:
        group.move(name, "aside")
        group.move(new, name)
        group.move("aside", new)
    elif mutant.rng.random() < 0.6:
        group.move(name, new)
    else:
        group.copy(name, group, new)
        change_values(group[new])
    mutant.say(f"{group.name}: {name} as {new!r}")


@kind("hdf5", ("counted",))
def groups_by_layer_names(mutant):
    """As some versions did: groups called by the layers' names instead of counted classes."""
    layers = mutant.file["layers"]
    name = some(mutant.rng, layers)
    label = layers[name]["vars"].attrs.get("name", None) if "vars" in layers[name] else None
    new = label if isinstance(label, str) and label not in layers else f"{name}_1"
    if new in layers:
        raise Skip
    if mutant.rng.random() < 0.5:
        layers.move(name, new)
    else:
        layers.copy(name, layers, new)
        change_values(layers[new])
    mutant.say(f"{name} as {new}")


@kind("hdf5", ("counted",))
def names_of_vars(mutant):
    """The attribute `name` that Keras 3 leaves beside each layer's weights."""
    group = mutant.file[some(mutant.rng, [path for path in mutant.groups() if path.endswith("vars")])]
    group.attrs["name"] = some(mutant.rng, ["another", "", 1, b"conv", "classes"])
    mutant.say(f"{group.name} {group.attrs['name']!r}")


@kind("hdf5", ("counted",))
def root_vars(mutant):
    vars_ = mutant.file.require_group("vars")
    vars_[some(mutant.rng, [name for name in ("0", "1", "2") if name not in vars_])] = np.ones(3, "f4")


@kind("hdf5", ("counted",))
def optimizer_state_of_keras3(mutant):
    group = mutant.file.require_group("optimizer/vars")
    name = next(str(at) for at in range(100) if str(at) not in group)
    group[name] = some(mutant.rng, [np.int64(3), np.ones((3, 3), "f4"), np.float32(1)])


@kind("hdf5", ("counted",))
def group_counted_otherwise(mutant):
    """Two layers of one class change their numbers."""
    layers = mutant.file["layers"]
    a, b = some(mutant.rng, layers), some(mutant.rng, layers)
    if a == b:
        raise Skip
    layers.move(a, "aside")
    layers.move(b, a)
    layers.move("aside", b)
    mutant.say(f"{a} and {b}")
