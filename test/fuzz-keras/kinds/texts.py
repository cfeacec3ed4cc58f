"""How attributes keep text."""

import h5py
import numpy as np

from hdf5_low import PADS, SETS, texts, write_text
from kinds import Skip, kind, some
from part import an_attribute, attributes


@kind("hdf5")
def text_stored_otherwise(mutant):
    item, name = an_attribute(mutant)
    values, shape = texts(item, name)
    longest = max(map(len, values))
    charset, pad = some(mutant.rng, SETS), some(mutant.rng, PADS)
    length = some(mutant.rng, [None, longest, longest + 1, longest + 7, 2 * longest])
    if length is not None:
        length = max(1, length)
    write_text(item, name, values, shape, length, pad, charset)
    mutant.say(f"{item.name}@{name} {'of any length' if length is None else f'of {length} bytes, {pad}'}, {charset}")


@kind("hdf5")
def text_in_another_shape(mutant):
    item, name = an_attribute(mutant)
    values, shape = texts(item, name)
    n = len(values)
    forms = [(n, 1), (1, n), (n, 1, 1), None, (n,)] + ([(), (1,), (1, 1)] if n == 1 else [(2, n // 2)] if n % 2 == 0 else [])
    form = some(mutant.rng, [form for form in forms if form != shape])
    length = mutant.rng.choice((None, max(map(len, values)) or 1))
    write_text(item, name, values, form, length)
    mutant.say(f"{item.name}@{name} of shape {form} instead of {shape}")


@kind("hdf5")
def text_joined(mutant):
    item, name = an_attribute(mutant)
    values, _ = texts(item, name)
    joined = some(mutant.rng, [b"", b" ", b",", b"\0"]).join(values)
    write_text(item, name, [joined], mutant.rng.choice(((), (1,))), max(1, len(joined)) if b"\0" in joined or mutant.rng.random() < 0.5 else None)
    mutant.say(f"{item.name}@{name} {joined[:60]!r}")


@kind("hdf5")
def attribute_of_another_type(mutant):
    item, name = an_attribute(mutant)
    values, shape = texts(item, name)
    value = some(mutant.rng, [
        np.frombuffer(values[0], np.uint8), 1, 1.5, True, np.array([1, 2]), h5py.Empty("S1"), h5py.Empty("f4"), item.ref, np.array([item.ref], h5py.ref_dtype), np.array([(1, 2.0)], "i4,f4"),
        np.array([values], "O") if False else np.void(values[0] or b"x"), np.array(values, f"V{max(1, max(map(len, values)))}"), np.array([1], h5py.enum_dtype({"a": 1})), np.zeros(0, "S4"), np.zeros((0, 3), "f4"),
    ])
    del item.attrs[name]
    item.attrs[name] = value
    mutant.say(f"{item.name}@{name} {str(value)[:60]}")


@kind("hdf5")
def attribute_removed(mutant):
    item, name = some(mutant.rng, attributes(mutant))
    del item.attrs[name]
    mutant.say(f"{item.name}@{name}")


@kind("hdf5")
def attribute_added(mutant):
    item = mutant.file[some(mutant.rng, ["/", *mutant.groups(), *mutant.datasets()])]
    name = some(mutant.rng, ["layer_names", "weight_names", "layer_names0", "weight_names0", "name", "dtype", "keras_version", "backend", "model_config", "training_config", "comment", "shape", "_FillValue", "scale_factor", "CLASS", "NAME", "TITLE", "DIMENSION_LIST", "class_name"])
    value = some(mutant.rng, ["bfloat16", "float16", "2.2.4", "tensorflow", b"x", 1, 2.5, [b"kernel", b"bias"], [], np.zeros(0, "S1"), "conv"])
    item.attrs[name] = value
    mutant.say(f"{item.name}@{name} {value!r}")


@kind("hdf5", neutral=True)
def comment_of_the_user(mutant):
    mutant.file.attrs["author"] = some(mutant.rng, ["somebody", b"somebody", 3, 0.5])


@kind("hdf5")
def version_said(mutant):
    owners = [item for item in (mutant.file, mutant.root) if "keras_version" in item.attrs or mutant.rng.random() < 0.3]
    item = some(mutant.rng, owners)
    name = mutant.rng.choice(("keras_version", "keras_version", "backend"))
    value = some(mutant.rng, ["1.2.2", "2.2.4", "2.15.0", "3.0.0", "3.15.1", "4.0", "", "3", "2", "x", b"2.1.6", b"3.5.0", 3, 2.2, ["3.0.0"], "2.2.4-tf"] if name == "keras_version" else ["tensorflow", "theano", "cntk", "jax", "torch", "", "Theano", b"theano", 1])
    item.attrs[name] = value
    mutant.say(f"{item.name}@{name} {value!r}")


@kind("hdf5")
def attribute_text_type(mutant):
    """The net's JSON in another string type."""
    if mutant.members is not None or mutant.seed["architecture"] is not None:
        raise Skip
    item, name = mutant.file, "model_config"
    value = item.attrs[name]
    value = value.encode() if isinstance(value, str) else value
    length = mutant.rng.choice((None, len(value), len(value) + 5))
    pad, charset = some(mutant.rng, PADS), some(mutant.rng, SETS)
    shape = mutant.rng.choice(((), (), (1,)))
    write_text(item, name, [value], shape, length, pad, charset)
    mutant.say(f"{'any length' if length is None else length - len(value)} {pad} {charset} {shape}")
