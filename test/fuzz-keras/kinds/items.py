"""Groups, datasets and links."""

import h5py
import numpy as np

from kinds import Skip, kind, some
from part import a_dataset, change_values, twisted


@kind("hdf5")
def link_named_otherwise(mutant):
    """The link alone."""
    path = some(mutant.rng, mutant.datasets() + mutant.groups())
    item = mutant.file[path]
    parent, base = item.parent, item.name.rsplit("/", 1)[1]
    new, what = twisted(base.encode(), mutant.rng)
    if not new.strip(b"/.") or b"\0" in new or new == base.encode() or new in parent:
        raise Skip
    if mutant.rng.random() < 0.5:
        parent.move(base, new)
    else:
        parent.copy(base, parent, "copied")
        parent.move("copied", new)
        what += ", beside"
        change_values(parent[new])
    mutant.say(f"{path}: {what}")


@kind("hdf5")
def groups_swapped(mutant):
    groups = [path for path in mutant.groups() if "/" in path]
    a, b = some(mutant.rng, groups), some(mutant.rng, groups)
    if a == b or a.startswith(b + "/") or b.startswith(a + "/"):
        raise Skip
    mutant.file.move(a, "aside")
    mutant.file.move(b, a)
    mutant.file.move("aside", b)
    mutant.say(f"{a} and {b}")


@kind("hdf5")
def link_in_place(mutant):
    """A soft, hard or external link in place of a dataset or group."""
    path = some(mutant.rng, mutant.datasets() + mutant.groups())
    item = mutant.file[path]
    parent, base = item.parent, item.name.rsplit("/", 1)[1]
    way = mutant.rng.choice(("soft", "hard", "external", "soft to another"))
    if way == "external":
        mutant.file.move(path, "elsewhere")
        parent[base] = h5py.ExternalLink("part.h5", "/elsewhere")
    elif way == "soft to another":
        same = [other for other in mutant.datasets() if isinstance(item, h5py.Dataset) and mutant.file[other].shape == item.shape and other != path]
        target = some(mutant.rng, same)
        del parent[base]
        parent[base] = h5py.SoftLink(f"/{target}")
    else:
        mutant.file.move(path, "elsewhere")
        parent[base] = h5py.SoftLink("/elsewhere") if way == "soft" else mutant.file["elsewhere"]
    mutant.say(f"{path} {way}")


@kind("hdf5")
def values_elsewhere(mutant):
    """A dataset that is a view of another, or keeps its values in another file, or a group inside itself."""
    path = some(mutant.rng, mutant.datasets())
    item = mutant.file[path]
    parent, base, values = item.parent, item.name.rsplit("/", 1)[1], item[()]
    way = mutant.rng.choice(("view", "other file", "inside itself"))
    if way == "inside itself":
        parent["again"] = parent
    elif not values.shape:
        raise Skip
    elif way == "view":
        mutant.file.move(path, "elsewhere")
        layout = h5py.VirtualLayout(values.shape, values.dtype)
        layout[...] = h5py.VirtualSource(".", "elsewhere", values.shape)
        parent.create_virtual_dataset(base, layout)
    else:
        del parent[base]
        parent.create_dataset(base, values.shape, values.dtype, external=[("part.h5", 0, values.nbytes)])
    mutant.say(f"{path} {way}")


@kind("hdf5")
def shared_by_hard_link(mutant):
    """Two names of one dataset."""
    by_shape = {}
    for path in mutant.datasets():
        by_shape.setdefault(mutant.file[path].shape, []).append(path)
    a, b = mutant.rng.sample(some(mutant.rng, [paths for paths in by_shape.values() if len(paths) > 1]), 2)
    target = mutant.file[a]
    del mutant.file[b]
    mutant.file[b] = target
    mutant.say(f"{b} is {a}")


@kind("hdf5")
def dataset_for_group(mutant):
    path = some(mutant.rng, mutant.datasets() + mutant.groups())
    item = mutant.file[path]
    parent, base = item.parent, item.name.rsplit("/", 1)[1]
    if isinstance(item, h5py.Dataset):
        values = item[()]
        del parent[base]
        parent.create_group(base)[some(mutant.rng, ["0", base, "value"])] = values
    else:
        del parent[base]
        parent[base] = np.zeros(3, "f4")
    mutant.say(path)


@kind("hdf5")
def extra_item(mutant):
    owner = mutant.file[some(mutant.rng, ["/", *mutant.groups()])]
    name = some(mutant.rng, ["kernel", "bias", "kernel:0", "0", "1", "2", "9", "vars", "layers", "extra", "count", "count:0", "alpha", "seed_generator", "seed_generator_state", "_layers", "model_weights", "optimizer_weights", "top_level_model_weights", "_CONSTANTS", "assets", " ", ".hidden", "metrics", "container"])
    if name in owner:
        raise Skip
    what = mutant.rng.choice(("group", "dataset", "scalar", "empty", "type", "text"))
    if what == "group":
        owner.create_group(name)
    elif what == "type":
        owner[name] = np.dtype("f4")
    else:
        owner[name] = {"dataset": np.ones((3, 3), "f4"), "scalar": np.float32(1), "empty": h5py.Empty("f4"), "text": "x"}[what]
    mutant.say(f"{owner.name}: {what} {name}")


@kind("hdf5")
def copied_elsewhere(mutant):
    """A group or dataset with other values somewhere else."""
    path = some(mutant.rng, mutant.datasets() + mutant.groups())
    owner = mutant.file[some(mutant.rng, ["/", *[group for group in mutant.groups() if not (group + "/").startswith(path + "/")]])]
    base = path.rsplit("/", 1)[-1]
    if base in owner:
        raise Skip
    mutant.file.copy(path, owner, base)
    change_values(owner[base])
    mutant.say(f"{path} again in {owner.name}")


@kind("hdf5")
def moved_elsewhere(mutant):
    path = some(mutant.rng, mutant.datasets() + mutant.groups())
    owner = mutant.file[some(mutant.rng, ["/", *[group for group in mutant.groups() if not (group + "/").startswith(path + "/")]])]
    base = path.rsplit("/", 1)[-1]
    if base in owner:
        raise Skip
    target = f"{owner.name.rstrip('/')}/{base}"
    mutant.file.move(path, target)
    mutant.say(f"{path} to {target}")


@kind("hdf5", neutral=True)
def dimension_scales(mutant):
    parent, name, values = a_dataset(mutant)
    if not values.shape:
        raise Skip
    parent[name].dims[0].label = "rows"


@kind("hdf5")
def dimension_scales_attached(mutant):
    parent, name, values = a_dataset(mutant)
    if not values.shape:
        raise Skip
    scale = mutant.root.create_dataset("scale", data=np.arange(values.shape[0], dtype="f4"))
    scale.make_scale("rows")
    parent[name].dims[0].attach_scale(scale)
    mutant.say(f"{parent.name}/{name}")
