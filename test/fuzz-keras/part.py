"""What kinds of change look for in the HDF5 part."""

import h5py
import numpy as np

from kinds import kind, some


def attributes(mutant):
    """Owner and name of each attribute that holds text."""
    found = []
    for path in ["/", *mutant.groups()]:
        item = mutant.file[path]
        for name in item.attrs:
            kind = item.attrs.get_id(name).get_type()
            if kind.get_class() == h5py.h5t.STRING and item.attrs.get_id(name).shape is not None and np.asarray(item.attrs[name]).size:
                found.append((item, name))
    return found


def name_lists(mutant):
    return [(item, name) for item, name in attributes(mutant) if name.startswith(("layer_names", "weight_names"))]


def an_attribute(mutant):
    lists = name_lists(mutant)
    return some(mutant.rng, lists if lists and mutant.rng.random() < 0.7 else attributes(mutant))


def a_dataset(mutant):
    """The parent, name and values of some weights."""
    path = some(mutant.rng, mutant.datasets())
    item = mutant.file[path]
    return item.parent, item.name.rsplit("/", 1)[1], item[()]


def datasets_in(item):
    if isinstance(item, h5py.Dataset):
        return [item]
    found = []
    item.visititems(lambda _, each: found.append(each) if isinstance(each, h5py.Dataset) else None)
    return found


def replaced(parent, name, values, **options):
    if name in parent:
        del parent[name]
    return parent.create_dataset(name, data=values, **options)


def other(values):
    """Values of the same shape and type that another net would have."""
    values = np.asarray(values)
    return (-np.roll(values.ravel(), 1)).reshape(values.shape) if values.dtype.kind == "f" and values.shape else values


def twisted(name, rng):
    """Another spelling of a name or path, and what was done."""
    head, _, tail = name.rpartition(b"/")
    slash = head + b"/" if head else b""
    return some(rng, [
        (name + b" ", "a space behind"), (b" " + name, "a space in front"), (name + b"\0", "a NUL behind"), (name + b"\0x", "a NUL inside"), (b"./" + name, "./ in front"), (b"/" + name, "absolute"),
        (name + b"/", "a slash behind"), (name.replace(b"/", b"//", 1) if b"/" in name else b"//" + name, "two slashes"), (slash + b"./" + tail, ". inside"), (slash + tail + b"/../" + tail, ".. inside"), (b"../" + name, ".. in front"),
        (name.upper(), "upper case"), (name.title(), "title case"), (name + b"\xff", "a byte that is no UTF-8"), (name + "\u00e9".encode(), "e acute"), (name + "e\u0301".encode(), "e and acute"), (name.replace(b":0", b""), "without :0"), (name + b":0", "with :0"),
        (name.replace(b"kernel", b"bias"), "another weight"), (name + b"_1", "_1 behind"), (b"/model_weights/" + name, "absolute in model_weights"), (b"", "empty"), (b".", "a dot"), (b"..", "two dots"), (b"/", "the root"),
    ])


def change_values(group):
    """Other values for all datasets of a group."""
    for item in datasets_in(group):
        item[...] = other(item[()])
