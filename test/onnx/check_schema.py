"""Holds the table in src/models/onnx/schema.ts against the messages of the installed onnx: every field, its number and its type.

    python check_schema.py      from the repository's root; the last line is `N passed, N failed`
"""

import re
import sys
from pathlib import Path

from onnx import onnx_ml_pb2
from google.protobuf.descriptor import FieldDescriptor as F

KINDS = {F.TYPE_INT64: "int", F.TYPE_INT32: "int32", F.TYPE_ENUM: "int32", F.TYPE_UINT64: "int", F.TYPE_FLOAT: "float", F.TYPE_STRING: "text", F.TYPE_BYTES: "bytes"}
# Text that ONNX keeps as bytes; numbers whose bytes are taken as they stand, and parts that are refused wherever they stand.
TEXTS = {"AttributeProto.s"}
AS_BYTES = {"TensorProto.float_data", "TensorProto.double_data"}


def messages(descriptor):
    yield descriptor
    for nested in descriptor.nested_types:
        yield from messages(nested)


def table():
    text = (Path(__file__).parent.parent.parent / "src/models/onnx/schema.ts").read_text()
    found = {}
    for name, body in re.findall(r"^  (\w+): \{\n(.*?)^  \},", text, re.M | re.S):
        fields = re.findall(r"(\w+): \[(\d+), (?:'(\w+)'|\{ of: '(\w+)' \})(, 'many')?\]", body)
        found[name] = {field: (int(number), kind or of, bool(many)) for field, number, kind, of, many in fields}
    return found


def wanted(message, field):
    """How the table may have a field."""
    name = f"{message}.{field.name}"
    many = field.is_repeated
    if field.message_type is not None:
        return [(field.number, field.message_type.name, many), (field.number, "bytes", many)]
    kind = "text" if name in TEXTS else KINDS.get(field.type, "bytes")
    if name in AS_BYTES:
        return [(field.number, "bytes", False)]
    if many and kind in ("int", "int32", "float"):
        return [(field.number, f"{kind}s", False)]
    return [(field.number, kind, many)]


def main():
    theirs = {m.name: m for top in onnx_ml_pb2.DESCRIPTOR.message_types_by_name.values() for m in messages(top)}
    passed = failed = 0
    for message, fields in table().items():
        names = {field.name: field for field in theirs[message].fields}
        for name in sorted({*fields, *names}):
            ok = name in fields and name in names and fields[name] in wanted(message, names[name])
            passed, failed = passed + ok, failed + (not ok)
            if not ok:
                print(f"FAIL {message}.{name}: {fields.get(name)}, onnx has {name in names and wanted(message, names[name])}")
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0 or passed == 0)


main()
