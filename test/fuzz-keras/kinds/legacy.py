"""Weights by layer: what other layouts have added to it, and its own groups changed."""

import h5py
import numpy as np

from kinds import Skip, kind, some
from part import change_values, other


def layer_groups(mutant):
    """Names of the groups of layers with weights, legacy layout."""
    return [name for name in mutant.root if isinstance(mutant.root[name], h5py.Group) and "weight_names" in mutant.root[name].attrs and len(mutant.root[name].attrs["weight_names"])]


@kind("hdf5", ("legacy",))
def counted_beside_legacy(mutant):
    owner = mutant.file if mutant.rng.random() < 0.5 else mutant.root
    layers = owner.create_group("layers")
    for name in layer_groups(mutant):
        group = mutant.root[name]
        vars_ = layers.create_group(some(mutant.rng, [name, "conv2d", "dense", "conv2d_1", "dense_1"]) if name in layers else name).create_group("vars")
        for at, weight in enumerate(group.attrs["weight_names"]):
            vars_[str(at)] = other(group[weight][()])


@kind("hdf5", ("legacy",))
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
        change_values(copied)
        if mutant.rng.random() < 0.4:
            del mutant.file.attrs["layer_names"]
    else:
        root = mutant.root
        for name in list(root):
            if name not in mutant.file:
                mutant.file.copy(f"model_weights/{name}", mutant.file, name)
                change_values(mutant.file[name])
        for name in ("layer_names", "keras_version", "backend"):
            if name in root.attrs:
                mutant.file.attrs[name] = root.attrs[name]


@kind("hdf5", ("legacy",))
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


@kind("hdf5", ("legacy",))
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


@kind("hdf5", ("legacy",))
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


@kind("hdf5", ("legacy",))
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


@kind("hdf5", ("legacy",))
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


@kind("hdf5", ("legacy",))
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


@kind("hdf5", ("legacy",), neutral=True)
def optimizer_state_of_a_trained_net(mutant):
    if mutant.root.name == "/" or "optimizer_weights" in mutant.file:
        raise Skip
    group = mutant.file.create_group("optimizer_weights")
    group["Adam/iter:0"] = np.int64(3)
    group["Adam/conv/kernel/m:0"] = np.ones((3, 3), "f4")
    group.attrs["weight_names"] = [b"Adam/iter:0", b"Adam/conv/kernel/m:0"]
