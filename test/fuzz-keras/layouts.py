"""Kinds that add what each other layout of weights would have, or turn one into the other."""

import h5py
import numpy as np

from hdf5 import datasets_in, other
from kinds import Skip, kind, some

LEGACY, COUNTED = ("legacy",), ("counted",)


def changed(group):
    for item in datasets_in(group):
        item[...] = other(item[()])


def layer_groups(mutant):
    """Names of the groups of layers with weights, legacy layout."""
    return [name for name in mutant.root if isinstance(mutant.root[name], h5py.Group) and "weight_names" in mutant.root[name].attrs and len(mutant.root[name].attrs["weight_names"])]


@kind("hdf5", LEGACY)
def counted_beside_legacy(mutant):
    owner = mutant.file if mutant.rng.random() < 0.5 else mutant.root
    layers = owner.create_group("layers")
    for name in layer_groups(mutant):
        group = mutant.root[name]
        vars_ = layers.create_group(some(mutant.rng, [name, "conv2d", "dense", "conv2d_1", "dense_1"]) if name in layers else name).create_group("vars")
        for at, weight in enumerate(group.attrs["weight_names"]):
            vars_[str(at)] = other(group[weight][()])


@kind("hdf5", COUNTED)
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


@kind("hdf5", COUNTED)
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
        changed(mutant.file[early])
        if way == 2:
            del mutant.file["layers"][some(mutant.rng, mutant.file["layers"])]
        elif way == 3:
            del mutant.file[early][some(mutant.rng, mutant.file[early])]
    mutant.say(["in its place", "beside it", "beside it, one layer there alone", "beside it, without one layer"][way])


@kind("hdf5", COUNTED)
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
    changed(mutant.file[target])
    if not copied:
        del mutant.file[source]
    mutant.say(f"{source} {'also' if copied else 'now'} at {target}")


@kind("hdf5", COUNTED)
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
        changed(group[new])
    mutant.say(f"{group.name}: {name} as {new!r}")


@kind("hdf5", COUNTED)
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
        changed(layers[new])
    mutant.say(f"{name} as {new}")


@kind("hdf5", COUNTED)
def names_of_vars(mutant):
    """The attribute `name` that Keras 3 leaves beside each layer's weights."""
    group = mutant.file[some(mutant.rng, [path for path in mutant.groups() if path.endswith("vars")])]
    group.attrs["name"] = some(mutant.rng, ["another", "", 1, b"conv", "classes"])
    mutant.say(f"{group.name} {group.attrs['name']!r}")


@kind("hdf5", COUNTED)
def root_vars(mutant):
    vars_ = mutant.file.require_group("vars")
    vars_[some(mutant.rng, [name for name in ("0", "1", "2") if name not in vars_])] = np.ones(3, "f4")


@kind("hdf5", LEGACY)
def second_root(mutant):
    """`model_weights` beside weights at the root, or the other way round."""
    if mutant.root.name == "/":
        copied = mutant.file.create_group("model_weights")
        for name in list(mutant.file):
            if name != "model_weights":
                mutant.file.copy(name, copied)
        names = mutant.file.attrs
        for name in names:
            copied.attrs[name] = names[name]
        changed(copied)
        if mutant.rng.random() < 0.4:
            del mutant.file.attrs["layer_names"]
    else:
        root = mutant.root
        for name in list(root):
            if name not in mutant.file:
                mutant.file.copy(f"model_weights/{name}", mutant.file, name)
                changed(mutant.file[name])
        for name in ("layer_names", "keras_version", "backend"):
            if name in root.attrs:
                mutant.file.attrs[name] = root.attrs[name]


@kind("hdf5", LEGACY)
def weights_at_the_other_root(mutant):
    """A full model's weights at the root, or a weights-only file's inside `model_weights`, as ModelCheckpoint's files have it."""
    if mutant.root.name == "/":
        inside = mutant.file.create_group("model_weights")
        for name in [name for name in mutant.file if name != "model_weights"]:
            mutant.file.move(name, f"model_weights/{name}")
        for name in list(mutant.file.attrs):
            inside.attrs[name] = mutant.file.attrs[name]
            del mutant.file.attrs[name]
    else:
        root = mutant.root
        for name in list(root.attrs):
            mutant.file.attrs[name] = root.attrs[name]
        for name in list(root):
            if name not in mutant.file:
                mutant.file.move(f"model_weights/{name}", name)
        del mutant.file["model_weights"]


@kind("hdf5", LEGACY)
def top_level_weights(mutant):
    group = mutant.root.require_group("top_level_model_weights")
    if mutant.rng.random() < 0.5:
        group.attrs["weight_names"] = [b"extra"]
        group["extra"] = np.ones(3, "f4")
    else:
        name = some(mutant.rng, layer_groups(mutant))
        weights = mutant.root[name].attrs["weight_names"]
        group.attrs["weight_names"] = weights
        for weight in weights:
            group[weight] = other(mutant.root[name][weight][()])


@kind("hdf5", LEGACY)
def layer_group_added(mutant):
    """One more group in the list, with weights or without."""
    root = mutant.root
    names = list(root.attrs["layer_names"])
    group = root.create_group("added")
    if mutant.rng.random() < 0.5:
        group.attrs["weight_names"] = np.zeros(0, "S1")
    else:
        name = some(mutant.rng, layer_groups(mutant))
        for weight in root[name].attrs["weight_names"]:
            group[weight] = other(root[name][weight][()])
        group.attrs["weight_names"] = root[name].attrs["weight_names"]
    names.insert(mutant.rng.randrange(len(names) + 1), type(names[0])("added") if isinstance(names[0], str) else np.bytes_("added"))
    root.attrs["layer_names"] = names
    mutant.say(f"{len(group)} weights in it")


@kind("hdf5", LEGACY)
def layer_renamed_in_weights(mutant):
    """A layer's group and its place in the list have another name; Keras goes by order."""
    root = mutant.root
    names = list(root.attrs["layer_names"])
    at = mutant.rng.randrange(len(names))
    old = names[at].decode() if isinstance(names[at], bytes) else names[at]
    new = some(mutant.rng, ["renamed", f"{old}_1", "zzz", "aaa"])
    root.move(old, new)
    names[at] = np.bytes_(new) if isinstance(names[at], bytes) else new
    root.attrs["layer_names"] = names
    mutant.say(f"{old} to {new}")


@kind("hdf5", LEGACY)
def weight_renamed(mutant):
    root = mutant.root
    group = root[some(mutant.rng, layer_groups(mutant))]
    names = list(group.attrs["weight_names"])
    at = mutant.rng.randrange(len(names))
    old = names[at].decode() if isinstance(names[at], bytes) else names[at]
    tail = old.rsplit("/", 1)[-1]
    new = some(mutant.rng, [old.replace(tail, "renamed:0"), tail, f"other/{tail}", old.replace("kernel", "bias") + "_x", old.replace("gamma", "beta") + "_x", old.replace(":0", ":1"), old.replace(tail, "count:0"), old.replace(tail, "moving_mean:0") + "_"])
    if new in group:
        raise Skip
    group.move(old, new)
    names[at] = np.bytes_(new) if isinstance(names[at], bytes) else new
    group.attrs["weight_names"] = names
    mutant.say(f"{old} to {new}")


@kind("hdf5", LEGACY)
def weights_of_two_layers_regrouped(mutant):
    """A weight listed by another layer's group."""
    root = mutant.root
    a, b = some(mutant.rng, layer_groups(mutant)), some(mutant.rng, layer_groups(mutant))
    if a == b:
        raise Skip
    names = list(root[a].attrs["weight_names"])
    at = mutant.rng.randrange(len(names))
    target = some(mutant.rng, list(root[b].attrs["weight_names"]))
    path = f"../{b}/{target.decode() if isinstance(target, bytes) else target}"
    way = mutant.rng.randrange(2)
    if way == 0:
        path = f"{root.name.rstrip('/')}/{path[3:]}"
    names[at] = np.bytes_(path) if isinstance(names[at], bytes) else path
    root[a].attrs["weight_names"] = names
    mutant.say(f"{a} reads {path}")


@kind("hdf5", LEGACY, neutral=True)
def optimizer_state_of_a_trained_net(mutant):
    if mutant.root.name == "/" or "optimizer_weights" in mutant.file:
        raise Skip
    group = mutant.file.create_group("optimizer_weights")
    group["Adam/iter:0"] = np.int64(3)
    group["Adam/conv/kernel/m:0"] = np.ones((3, 3), "f4")
    group.attrs["weight_names"] = [b"Adam/iter:0", b"Adam/conv/kernel/m:0"]


@kind("hdf5", COUNTED)
def optimizer_state_of_keras3(mutant):
    group = mutant.file.require_group("optimizer/vars")
    name = next(str(at) for at in range(100) if str(at) not in group)
    group[name] = some(mutant.rng, [np.int64(3), np.ones((3, 3), "f4"), np.float32(1)])


@kind("hdf5", COUNTED)
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
