"""Kinds that change the zip archive of a .keras file, and what kind of file a name promises."""

import copy
import json

import zips
from kinds import Skip, kind, some
from mutant import CONFIG, WEIGHTS
from zips import Member, pack

NAMES = ("metadata.json", CONFIG, WEIGHTS)
COUNTED = ("counted",)


def a_member(mutant):
    if mutant.members is None:
        raise Skip
    return some(mutant.rng, mutant.members)


def twin_of(mutant, member):
    """The member with another content."""
    twin = copy.copy(member)
    twin.fixed = True
    if member.name == CONFIG:
        twin.data = member.data.replace(b'"relu"', b'"tanh"').replace(b'"softmax"', b'"sigmoid"')
    elif member.name == WEIGHTS:
        twin.data = bytes(member.data).replace(b"\x3e", b"\xbe") if mutant.rng.random() < 0.5 else member.data
    else:
        twin.data = b'{"keras_version": "2.15.0"}'
    return twin


@kind("archive", COUNTED)
def member_twice(mutant):
    member = a_member(mutant)
    twin = twin_of(mutant, member)
    mutant.members.insert(mutant.rng.randrange(len(mutant.members) + 1), twin)
    mutant.say(member.name)


@kind("archive", COUNTED)
def member_named_otherwise(mutant):
    member = a_member(mutant)
    name = member.name
    new = some(mutant.rng, [name.upper(), f"./{name}", f"/{name}", f"../{name}", f"x/../{name}", f"{name}/", f"{name} ", f"{name}\0", f"{name}\0x", name.replace(".", "\uff0e"), f"\\{name}", f".\\{name}", name.encode() + b"\xff", f"assets/{name}", name.replace("e", "\u0435"), f"{name}.bak"])
    if mutant.rng.random() < 0.5:
        twin = twin_of(mutant, member)
        twin.name = new
        mutant.members.insert(mutant.rng.randrange(len(mutant.members) + 1), twin)
        mutant.say(f"{new!r} beside {name}")
    else:
        member.name = new
        mutant.say(f"{name} as {new!r}")


@kind("archive", COUNTED)
def two_names_of_one_member(mutant):
    """The header in front of a member says another name than the directory, or a field says a third."""
    member = a_member(mutant)
    if mutant.rng.random() < 0.5:
        member.local_name = some(mutant.rng, ["other", CONFIG, WEIGHTS, member.name.upper()])
    else:
        import struct
        import zlib

        name = some(mutant.rng, [b"other", CONFIG.encode(), WEIGHTS.encode()])
        member.extra = struct.pack("<HHBL", 0x7075, 5 + len(name), 1, zlib.crc32(zips.encoded(member.name))) + name
    mutant.say(f"{member.name}")


@kind("archive", COUNTED)
def member_added(mutant):
    if mutant.members is None:
        raise Skip
    name = some(mutant.rng, ["model.weights.npz", "assets/", "assets/x.txt", "config", "weights.h5", "model.weights.json", "README", "__MACOSX/._config.json", "metadata.json.bak", "model.weights_00000.h5", "assets/layers/conv2d/x", "pickle.pkl", "Config.json"])
    mutant.members.insert(mutant.rng.randrange(len(mutant.members) + 1), Member(name, some(mutant.rng, [b"", b"x", b"{}"])))
    mutant.say(name)


@kind("archive", COUNTED)
def member_removed(mutant):
    member = a_member(mutant)
    mutant.members.remove(member)
    if member.name == CONFIG:
        mutant.members.append(member)
        raise Skip
    mutant.say(member.name)


@kind("archive", COUNTED, neutral=True)
def members_reordered(mutant):
    if mutant.members is None:
        raise Skip
    mutant.rng.shuffle(mutant.members)


@kind("archive", COUNTED, neutral=True)
def deflated(mutant):
    if mutant.members is None:
        raise Skip
    for member in mutant.members:
        member.method = 8


@kind("archive", COUNTED, neutral=True)
def dated(mutant):
    if mutant.members is None:
        raise Skip
    for member in mutant.members:
        member.date = 0x5A21


@kind("archive", COUNTED)
def header_field(mutant):
    member = a_member(mutant)
    name, value = some(mutant.rng, [
        ("flags", 1), ("flags", 8), ("flags", 0x800), ("flags", 0x2000), ("flags", 0x40), ("descriptor", True), ("zip64", True), ("comment", b"x" * 20), ("extra", b"\x55\x54\x05\0\1\0\0\0\0"), ("central_extra", b"\x99\x99\0\0"), ("extra", b"xx"), ("attributes", 0o120777 << 16), ("attributes", 0x10),
        ("made_by", 0x0014), ("method", 8), ("method", 12), ("method", 99), ("crc", 0), ("size", 10), ("local_size", 10), ("listed", False), ("size", len(member.data) + 5),
    ])
    setattr(member, name, value)
    mutant.say(f"{member.name} {name} {value!r}")


@kind("archive", COUNTED)
def two_directories(mutant):
    """Two archives one behind the other, or one inside a comment or in front."""
    if mutant.members is None:
        raise Skip
    other = pack([twin_of(mutant, member) for member in mutant.members])
    way = mutant.rng.randrange(6)
    ways = [lambda data: data + other, lambda data: other + data, lambda data: data + b"x" * 10, lambda data: b"x" * 10 + data, lambda data: data[:-2] + len(other[:6000]).to_bytes(2, "little") + other[:6000], lambda data: data[:-2] + b"\5\0" + b"hello"]
    mutant.byte_edits.append(ways[way])
    mutant.say(["another behind", "another in front", "10 bytes behind", "10 bytes in front", "another in the comment", "a comment"][way])


@kind("archive", COUNTED)
def metadata(mutant):
    member = next((member for member in mutant.members or [] if member.name == "metadata.json"), None)
    if member is None:
        raise Skip
    version = some(mutant.rng, ["2.15.0", "3.0.0", "3.15.1", "2.21.0", "4.0.0", "", None, 3])
    member.data = some(mutant.rng, [json.dumps({"keras_version": version, "date_saved": "2026-01-01@00:00:00"}).encode(), b"{}", b"", b"x", b"[]", json.dumps({"keras_version": version}).encode(), b'{"keras_version": "3.0.0", "keras_version": "2.0.0"}'])
    mutant.say(member.data.decode()[:60])


@kind("archive")
def file_named_otherwise(mutant):
    """The same bytes under another ending."""
    mutant.ending = some(mutant.rng, [".h5", ".hdf5", ".keras", ".weights.h5", ".H5", ".Keras", ".KERAS", ".h5.keras", ".keras.h5", ".zip", ".json"])
    mutant.say(mutant.ending)


@kind("archive")
def two_files_in_one(mutant):
    """An archive behind an HDF5 file, or an HDF5 file behind an archive's start: each reader finds its own."""
    other = pack([Member("metadata.json", b"{}"), Member(CONFIG, mutant.text.replace('"relu"', '"tanh"').encode()), Member(WEIGHTS, b"")])
    way = mutant.rng.randrange(3)
    if mutant.members is None:
        edits = [lambda data: data + other, lambda data: other.ljust(2048, b"\0") + data, lambda data: other[:-22].ljust(2048, b"\0") + data + other[-22:]]
    else:
        edits = [lambda data: b"\x89HDF\r\n\x1a\n" + data, lambda data: data + b"\x89HDF\r\n\x1a\n", lambda data: data.ljust(1 << len(data).bit_length(), b"\0")]
    mutant.byte_edits.append(edits[way])
    mutant.say(f"way {way}")


@kind("bytes")
def bytes_behind(mutant):
    more = some(mutant.rng, [b"\0", b"\0" * 100, b"\n", b"PK\5\6" + bytes(18)])
    mutant.byte_edits.append(lambda data: data + more)
    mutant.say(f"{more[:8]!r} behind")
