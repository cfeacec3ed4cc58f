"""Kinds that change how HDF5 keeps groups, datasets and attributes."""

import h5py
import numpy as np

from hdf5_low import SETS, PADS, text_type, texts, write_dataset, write_text
from kinds import Skip, kind, some

LEGACY = ("legacy",)


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


def other(values):
    """Values of the same shape and type that another net would have."""
    values = np.asarray(values)
    return (-np.roll(values.ravel(), 1)).reshape(values.shape) if values.dtype.kind == "f" and values.shape else values


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


@kind("hdf5", LEGACY)
def name_listed_otherwise(mutant):
    """In the attribute alone."""
    item, name = some(mutant.rng, name_lists(mutant))
    values, shape = texts(item, name)
    at = mutant.rng.randrange(len(values))
    values[at], what = twisted(values[at], mutant.rng)
    length = max(1, max(map(len, values))) if any(b"\0" in value for value in values) or mutant.rng.random() < 0.4 else None
    write_text(item, name, values, shape, length, mutant.rng.choice(list(PADS)), mutant.rng.choice(list(SETS)))
    mutant.say(f"{item.name}@{name}[{at}] {what}, {'any length' if length is None else length}")


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
        for copied in datasets_in(parent[new]):
            copied[...] = other(copied[()])
    mutant.say(f"{path}: {what}")


def datasets_in(item):
    if isinstance(item, h5py.Dataset):
        return [item]
    found = []
    item.visititems(lambda _, each: found.append(each) if isinstance(each, h5py.Dataset) else None)
    return found


@kind("hdf5", LEGACY)
def name_changed_in_both(mutant):
    item, name = some(mutant.rng, name_lists(mutant))
    values, shape = texts(item, name)
    at = mutant.rng.randrange(len(values))
    new, what = twisted(values[at], mutant.rng)
    if not new.strip(b"/.") or b"\0" in new or new.startswith(b"/"):
        raise Skip
    item.move(values[at], new)
    values[at] = new
    length = max(map(len, values)) if mutant.rng.random() < 0.4 else None
    write_text(item, name, values, shape, length, mutant.rng.choice(list(PADS)), mutant.rng.choice(list(SETS)))
    mutant.say(f"{item.name}@{name}[{at}] and its link: {what}")


@kind("hdf5", LEGACY)
def name_listed_otherwise_with_a_twin(mutant):
    """The attribute says another name, and what stands under that very name has other values."""
    item, name = some(mutant.rng, name_lists(mutant))
    values, shape = texts(item, name)
    at = mutant.rng.randrange(len(values))
    old = values[at]
    new = some(mutant.rng, [old + b" ", old + b"   ", b" " + old, old.upper(), old + b"\t", old + "\u00e9".encode(), old + b".", old + b"_"])
    item.copy(old, item, new.decode())
    twin, pad = mutant.rng.choice((old, new)), mutant.rng.choice(list(PADS))
    for copied in datasets_in(item[twin]):
        copied[...] = other(copied[()])
    values[at] = mutant.rng.choice((old, new))
    length = max(map(len, values)) + mutant.rng.choice((0, 0, 1, len(new) - len(old)))
    write_text(item, name, values, shape, length, pad, mutant.rng.choice(list(SETS)))
    mutant.say(f"{item.name}@{name}[{at}] {values[at]!r} of {length} bytes, {pad}; {old!r} and {new!r} in the file, {twin!r} with other values")


@kind("hdf5", LEGACY)
def letters_for_a_list(mutant):
    """One text whose letters are names, beside the list in parts."""
    item, name = some(mutant.rng, name_lists(mutant))
    values, _ = texts(item, name)
    letters = "abcdefghijklmnopqrstuvwxyz"[: len(values)]
    for letter, value in zip(letters, values):
        item.copy(value, item, letter)
    del item.attrs[name]
    item.attrs[name] = letters if mutant.rng.random() < 0.5 else np.bytes_(letters)
    item.attrs[f"{name}0"] = [np.bytes_(value) for value in values]
    for letter in letters:
        for copied in datasets_in(item[letter]):
            copied[...] = other(copied[()])
    mutant.say(f"{item.name}@{name} {letters}")


@kind("hdf5", LEGACY)
def names_listed_in_another_order(mutant):
    item, name = some(mutant.rng, name_lists(mutant))
    values, shape = texts(item, name)
    way = mutant.rng.randrange(4)
    if way == 0:
        mutant.rng.shuffle(values)
    elif way == 1:
        values.insert(mutant.rng.randrange(len(values) + 1), some(mutant.rng, values))
    elif way == 2:
        values.pop(mutant.rng.randrange(len(values)))
    else:
        values[mutant.rng.randrange(len(values))] = some(mutant.rng, values)
    item.attrs[name] = [np.bytes_(value) for value in values] if values else np.zeros(0)
    mutant.say(f"{item.name}@{name} {['in another order', 'one twice', 'one left out', 'one in place of another'][way]}")


@kind("hdf5", LEGACY)
def names_listed_in_parts(mutant):
    """`layer_names0`, `layer_names1` as Keras does with long lists, or one of them beside the whole list."""
    item, name = some(mutant.rng, name_lists(mutant))
    values, _ = texts(item, name)
    cut = mutant.rng.randrange(len(values) + 1)
    way = mutant.rng.randrange(5)
    parts = [values[:cut], values[cut:]]
    if way in (0, 1, 2):
        for number, part in enumerate(parts):
            item.attrs[f"{name}{number + (way == 2)}"] = np.array(part, "S") if part else np.zeros(0, "S1")
        if way != 1:
            del item.attrs[name]
    elif way == 3:
        mutant.rng.shuffle(values)
        item.attrs[f"{name}0"] = [np.bytes_(value) for value in values]
    else:
        item.attrs[f"{name}00"] = [np.bytes_(value) for value in values]
    mutant.say(f"{item.name}@{name}: {['in two parts', 'in two parts beside it', 'in parts 1 and 2', 'another list beside it', '00 beside it'][way]}")


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


def replaced(parent, name, values, **options):
    if name in parent:
        del parent[name]
    return parent.create_dataset(name, data=values, **options)


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


@kind("bytes")
def byte_changed(mutant):
    """A byte of the HDF5 part, in its structure rather than its values."""
    share, bit = mutant.rng.random() ** 2, 1 << mutant.rng.randrange(8)

    def change(data):
        data = bytearray(data)
        data[int(share * len(data))] ^= bit
        return bytes(data)

    mutant.part_edits.append(change)
    mutant.say(f"bit {bit} at {share:.4f}")


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
    for item in datasets_in(owner[base]):
        item[...] = other(item[()])
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


@kind("hdf5", neutral=True)
def newest_format(mutant):
    """The file written again in HDF5's newest format, as h5repack does."""
    copied = f"{mutant.part}.new"
    with h5py.File(copied, "w", libver="latest") as new:
        for name in mutant.file:
            mutant.file.copy(name, new)
        for name in mutant.file.attrs:
            kind_ = mutant.file.attrs.get_id(name)
            new.attrs.create(name, mutant.file.attrs[name], dtype=kind_.dtype)
    reopened(mutant, copied)


@kind("hdf5")
def creation_order(mutant):
    """Groups that keep the order in which their members were made."""
    copied = f"{mutant.part}.new"
    names = mutant.datasets()
    mutant.rng.shuffle(names)

    with h5py.File(copied, "w", track_order=True) as new:
        def into(old, made):
            for name, value in old.attrs.items():
                made.attrs[name] = value
            inside = list(old)
            mutant.rng.shuffle(inside)
            for name in inside:
                if isinstance(old[name], h5py.Group):
                    into(old[name], made.create_group(name, track_order=True))
                else:
                    old.copy(name, made)

        into(mutant.file, new)
    reopened(mutant, copied)


def reopened(mutant, copied):
    import os

    mutant.file.close()
    os.replace(copied, mutant.part)
    mutant.file = h5py.File(mutant.part, "r+")


@kind("hdf5")
def user_block(mutant):
    """Something stands in front of the HDF5 file."""
    size = mutant.rng.choice((512, 1024))
    content = some(mutant.rng, [b"", b"PK\3\4", b"#!/bin/sh\n", b"\x89HDF\r\n\x1a\n"])
    mutant.part_edits.append(lambda data: content.ljust(size, b"\0") + data)
    mutant.say(f"{size} bytes, {content!r}")


@kind("hdf5")
def text_type_unused(mutant):
    """A named type, used by an attribute."""
    kind_ = text_type(8, "space-padded", "utf8")
    kind_.commit(mutant.file.id, b"named_type")
