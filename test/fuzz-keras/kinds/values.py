"""The numbers of weights, and how they are stored."""

import h5py
import numpy as np

from hdf5_low import write_dataset
from kinds import Skip, kind, some
from part import a_dataset, other, replaced


@kind("hdf5")
def weights_of_another_type(mutant):
    parent, name, values = a_dataset(mutant)
    if not values.shape:
        raise Skip
    big = values.astype(np.float64) * (1 + 2e-8) if values.dtype.kind == "f" else values
    forms = {
        "float64": big, "float16": values.astype("f2"), "big-endian": values.astype(">f4"), "big-endian double": big.astype(">f8"), "int32": np.round(values * 3).astype("i4"), "int8": np.round(values * 3).astype("i1"), "uint64": np.abs(np.round(values)).astype("u8"),
        "bool": values > 0, "complex": values.astype("c8"), "long double": values.astype("g"), "text": np.array([str(v).encode() for v in values.ravel()], "S12").reshape(values.shape), "opaque": values.astype("f4").view("V4"),
        "compound": values.astype([("value", "f4")]), "enum": np.round(values).astype("i1").astype(h5py.enum_dtype({"a": 0, "b": 1, "c": -1}, "i1")), "float16 as bfloat16": values.astype("f2"), "bits of bfloat16": (values.astype("f4").view("u4") >> 16).astype("u2"),
    }
    form = some(mutant.rng, forms)
    made = write_dataset(parent, name, forms[form]) if form not in ("bool", "complex", "long double", "enum") else replaced(parent, name, forms[form])
    if "bfloat16" in form:
        made.attrs["dtype"] = "bfloat16"
    mutant.say(f"{parent.name}/{name} as {form}")


@kind("hdf5")
def odd_float(mutant):
    """Floats of another bias, precision or byte order, which libhdf5 converts."""
    parent, name, values = a_dataset(mutant)
    kind_ = h5py.h5t.IEEE_F32LE.copy()
    way = mutant.rng.randrange(4)
    if way == 0:
        kind_.set_ebias(kind_.get_ebias() + mutant.rng.choice((1, -1, 8)))
    elif way == 1:
        kind_.set_size(8)
        kind_.set_precision(32)
    elif way == 2:
        kind_.set_fields(31, 26, 5, 0, 26)
    else:
        kind_ = h5py.h5t.IEEE_F64LE.copy()
        kind_.set_fields(63, 55, 8, 0, 55)
        kind_.set_ebias(127)
    write_dataset(parent, name, values, kind_)
    mutant.say(f"{parent.name}/{name} way {way}")


@kind("hdf5")
def weights_of_another_shape(mutant):
    parent, name, values = a_dataset(mutant)
    forms = [values.reshape(1, *values.shape), values.reshape(*values.shape, 1), values.ravel(), values.T, values[..., ::-1] if values.shape else values, np.concatenate([values, values]) if values.shape else values, values[:-1] if values.shape else values, values.reshape(-1)[0], np.squeeze(values),
             np.zeros((0, *values.shape[1:]), values.dtype), np.moveaxis(values, 0, -1) if values.ndim > 1 else values]
    made = some(mutant.rng, forms)
    replaced(parent, name, made)
    mutant.say(f"{parent.name}/{name} of shape {made.shape} instead of {values.shape}")


@kind("hdf5")
def other_values(mutant):
    parent, name, values = a_dataset(mutant)
    scales = {"zeros": 0, "denormal": 1e-39, "large": 1e6, "huge": 1e38, "NaN": np.nan, "infinite": np.inf}
    forms = {"negated": other(values), "rounded to float16": values.astype("f2").astype("f4"), "rounded to bfloat16": bfloat16(values)}
    form = some(mutant.rng, [*forms, *scales])
    with np.errstate(all="ignore"):
        parent[name][...] = forms[form] if form in forms else values * np.float32(scales[form])
    mutant.say(f"{parent.name}/{name} {form}")


def bfloat16(values):
    return (np.asarray(values, "f4").view("u4") & 0xFFFF0000).astype("u4").view("f4")


@kind("hdf5")
def weights_swapped(mutant):
    """Two weights of one shape in each other's place."""
    by_shape = {}
    for path in mutant.datasets():
        by_shape.setdefault(mutant.file[path].shape, []).append(path)
    a, b = mutant.rng.sample(some(mutant.rng, [paths for paths in by_shape.values() if len(paths) > 1]), 2)
    one, two = mutant.file[a][()], mutant.file[b][()]
    mutant.file[a][...], mutant.file[b][...] = two, one
    mutant.say(f"{a} and {b}")


@kind("hdf5")
def stored_otherwise(mutant):
    parent, name, values = a_dataset(mutant)
    if not values.shape:
        raise Skip
    small = tuple(max(1, size // 2) for size in values.shape)
    forms = {
        "gzip": dict(chunks=small, compression="gzip"), "shuffle": dict(chunks=small, compression="gzip", shuffle=True), "lzf": dict(chunks=small, compression="lzf"), "fletcher": dict(chunks=small, fletcher32=True), "scale-offset": dict(chunks=small, scaleoffset=2),
        "growing": dict(chunks=small, maxshape=(None,) * values.ndim), "chunks": dict(chunks=small),
    }
    form = some(mutant.rng, [*forms, "compact", "early", "fill value"])
    if form in forms:
        replaced(parent, name, values, **forms[form])
    else:
        write_dataset(parent, name, values, compact=form == "compact", early=form == "early", fill=0.25 if form == "fill value" else None)
    mutant.say(f"{parent.name}/{name} {form}")


@kind("hdf5")
def never_written(mutant):
    """A dataset without values: its fill value stands for all."""
    parent, name, values = a_dataset(mutant)
    chunks = tuple(values.shape) if values.shape and mutant.rng.random() < 0.5 else None
    write_dataset(parent, name, values, chunks=chunks, fill=mutant.rng.choice((None, 0.0, 0.7, -0.3)), unwritten=True)
    mutant.say(f"{parent.name}/{name}")


@kind("hdf5")
def partly_written(mutant):
    parent, name, values = a_dataset(mutant)
    if not values.shape or values.shape[0] < 2:
        raise Skip
    made = replaced(parent, name, np.empty((0, *values.shape[1:]), values.dtype), maxshape=(None, *values.shape[1:]), chunks=(1, *values.shape[1:]), fillvalue=0.4)
    made.resize(values.shape)
    made[0] = values[0]
    mutant.say(f"{parent.name}/{name}")
