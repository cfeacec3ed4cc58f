"""The HDF5 part as a whole."""

import os

import h5py

from hdf5_low import text_type
from kinds import kind, some


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
