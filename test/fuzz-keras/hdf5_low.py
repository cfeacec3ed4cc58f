"""Attributes and types that h5py's own words cannot ask for."""

import h5py
import numpy as np

PADS = {"terminated": h5py.h5t.STR_NULLTERM, "null-padded": h5py.h5t.STR_NULLPAD, "space-padded": h5py.h5t.STR_SPACEPAD}
SETS = {"ascii": h5py.h5t.CSET_ASCII, "utf8": h5py.h5t.CSET_UTF8}


def text_type(length, pad, charset):
    """A string type; without a length a variable one."""
    kind = h5py.h5t.C_S1.copy()
    kind.set_size(h5py.h5t.VARIABLE if length is None else length)
    if length is not None:
        kind.set_strpad(PADS[pad])
    kind.set_cset(SETS[charset])
    return kind


def write_text(item, name, values, shape, length=None, pad="null-padded", charset="ascii"):
    """Writes byte strings as one attribute. `shape` () is a scalar, None an empty attribute."""
    kind = text_type(length, pad, charset)
    space = h5py.h5s.create(h5py.h5s.NULL) if shape is None else h5py.h5s.create(h5py.h5s.SCALAR) if shape == () else h5py.h5s.create_simple(shape)
    if name in item.attrs:
        del item.attrs[name]
    attribute = h5py.h5a.create(item.id, name.encode(), kind, space)
    if shape is None:
        return
    if length is None:
        attribute.write(np.array(values, dtype=h5py.string_dtype()).reshape(shape))
    else:
        fill = b" " if pad == "space-padded" else b"\0"
        raw = b"".join(value[:length].ljust(length, fill) for value in values)
        attribute.write(np.frombuffer(raw, f"S{length}").reshape(shape), mtype=kind)


def texts(item, name):
    """The byte strings of an attribute and its shape."""
    value = np.asarray(item.attrs[name])
    flat = [part.encode() if isinstance(part, str) else bytes(part) for part in value.ravel().tolist()]
    return flat, value.shape


def write_dataset(parent, name, values, kind=None, chunks=None, compact=False, fill=None, unwritten=False, early=False):
    """A dataset in place of another, with a storage of its own."""
    data = np.asarray(values)
    if name in parent:
        del parent[name]
    plist = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    if chunks is not None:
        plist.set_chunk(chunks)
    elif compact:
        plist.set_layout(h5py.h5d.COMPACT)
    if fill is not None:
        plist.set_fill_value(np.asarray(fill, data.dtype))
    if early:
        plist.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
    kind = kind or h5py.h5t.py_create(data.dtype, logical=True)
    space = h5py.h5s.create_simple(data.shape) if data.shape else h5py.h5s.create(h5py.h5s.SCALAR)
    made = h5py.h5d.create(parent.id, name.encode(), kind, space, plist)
    if not unwritten:
        made.write(h5py.h5s.ALL, h5py.h5s.ALL, np.ascontiguousarray(data))
    return h5py.Dataset(made)
