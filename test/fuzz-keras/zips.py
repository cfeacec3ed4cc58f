"""Writes zip archives whose headers need not agree. Layout: PKWARE's APPNOTE 6.3."""

import struct
import zlib
from dataclasses import dataclass, field


@dataclass
class Member:
    """An entry; what is None is as it should be."""

    name: object
    data: bytes
    method: int = 0
    flags: int = 0
    extra: bytes = b""
    central_extra: bytes = None
    comment: bytes = b""
    local_name: object = None
    local_size: int = None
    crc: int = None
    size: int = None
    descriptor: bool = False
    zip64: bool = False
    attributes: int = 0o600 << 16
    date: int = 33
    listed: bool = True
    stored: bool = True
    fixed: bool = False  # its data stays when the weights are written
    made_by: int = 0x0314
    notes: dict = field(default_factory=dict)


def encoded(name):
    return name if isinstance(name, bytes) else name.encode()


def pack(members, comment=b"", prefix=b"", gap=b"", count=None):
    out, directory = bytearray(prefix), bytearray()
    for member in members:
        at = len(out)
        data = member.data
        if member.method == 8:
            packer = zlib.compressobj(9, zlib.DEFLATED, -15)
            data = packer.compress(data) + packer.flush()
        crc = zlib.crc32(member.data) if member.crc is None else member.crc
        size = len(member.data) if member.size is None else member.size
        flags = member.flags | (8 if member.descriptor else 0)
        if not encoded(member.name).isascii():
            flags |= 0x800
        local = encoded(member.name if member.local_name is None else member.local_name)
        sizes = (0, 0, 0) if member.descriptor else (crc, len(data), size if member.local_size is None else member.local_size)
        extra = member.extra
        if member.zip64:
            extra = struct.pack("<HHQQ", 1, 16, size, len(data)) + extra
            sizes = (crc, 0xFFFFFFFF, 0xFFFFFFFF)
        if member.stored:
            out += struct.pack("<4s5H3L2H", b"PK\3\4", 20, flags, member.method, 0, member.date, *sizes, len(local), len(extra)) + local + extra + data
            if member.descriptor:
                out += struct.pack("<4s3L", b"PK\7\10", crc, len(data), size)
        if member.listed:
            name, extra = encoded(member.name), member.extra if member.central_extra is None else member.central_extra
            listed = (len(data), size)
            if member.zip64:
                extra = struct.pack("<HHQQ", 1, 16, size, len(data)) + extra
                listed = (0xFFFFFFFF, 0xFFFFFFFF)
            directory += struct.pack("<4s6H3L5H2L", b"PK\1\2", member.made_by, 20, flags, member.method, 0, member.date, crc, *listed,
                                     len(name), len(extra), len(member.comment), 0, 0, member.attributes, member.notes.get("at", at))
            directory += name + extra + member.comment
    out += gap
    listed = sum(member.listed for member in members) if count is None else count
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, listed, listed, len(directory), len(out), len(comment))
    return bytes(out + directory + end + comment)
