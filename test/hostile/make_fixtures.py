"""Makes test/fixtures/hostile/: models and data that somebody sent to do harm. Needs h5py and numpy.

    python test/hostile/make_fixtures.py

Each is the model test/fixtures/refused/base.h5 (or data for it) with one thing changed; `threats.json` beside them says
what each is and how it is refused. Files in canary/ must never be opened: their content is CANARY. Those in
test/fixtures/readings/ are the same model, otherwise written.
"""
import gzip
import io
import json
import shutil
import struct
import zipfile
import zlib
from pathlib import Path

import h5py
import numpy as np

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
OUT = FIXTURES / "hostile"
BASE = FIXTURES / "refused" / "base.h5"
KERNEL = "model_weights/conv/conv/kernel"
CANARY = b"CANARY-7f3a" * 40
PAYLOAD = "PAYLOAD-c41d"
threats = {}


def declare(name, reason, role="model"):
    threats[name] = {"role": role, "reason": reason}


def altered(name, reason, change, role="model"):
    """The base model with `change` done to it."""
    (OUT / name).write_bytes(BASE.read_bytes())
    with h5py.File(OUT / name, "a", libver="latest") as file:
        change(file)
    declare(name, reason, role)


def written(name, reason, content, role="model"):
    (OUT / name).write_bytes(content)
    declare(name, reason, role)


def patched(name, reason, old, new, source=BASE, count=1, role="model"):
    content = Path(source).read_bytes()
    assert content.count(old) >= 1, (name, content.count(old))
    written(name, reason, content.replace(old, new, count), role)


def config(edit):
    def change(file):
        value = json.loads(file.attrs["model_config"])
        edit(value["config"]["layers"])
        del file.attrs["model_config"]
        file.attrs["model_config"] = json.dumps(value)
    return change


def replace(make):
    """Another dataset in place of the convolution's kernel."""
    def change(file):
        del file[KERNEL]
        make(file)
    return change


def archive(entries, **options):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", **options) as file:
        for name, content in entries:
            file.writestr(zipfile.ZipInfo(name), content, options.get("compression"))
    return out.getvalue()


def virtual(source):
    layout = h5py.VirtualLayout((3, 3, 3, 4), np.float32)
    layout[...] = h5py.VirtualSource(source, "kernel", (3, 3, 3, 4))
    return lambda file: file.create_virtual_dataset(KERNEL, layout)


def hdf5_that_reaches_out():
    (OUT / "canary").mkdir()
    (OUT / "canary" / "raw.bin").write_bytes(CANARY)
    with h5py.File(OUT / "canary" / "other.h5", "w") as file:
        file["kernel"] = np.frombuffer(CANARY[:432], np.float32).reshape(3, 3, 3, 4)
    outside = dict(shape=(3, 3, 3, 4), dtype=np.float32)
    altered("external_storage.h5", "keeps values in another file", replace(lambda f: f.create_dataset(KERNEL, **outside, external=[("canary/raw.bin", 0, 432)])))
    altered("external_stdin.h5", "keeps values in another file", replace(lambda f: f.create_dataset(KERNEL, **outside, external=[("/dev/stdin", 0, 432)])))
    altered("external_link.h5", "holds a link", replace(lambda f: f.__setitem__(KERNEL, h5py.ExternalLink("canary/other.h5", "kernel"))))
    altered("external_group.h5", "holds a link", lambda f: (f.__delitem__("model_weights/conv"), f.__setitem__("model_weights/conv", h5py.ExternalLink("canary/other.h5", "/"))))
    altered("soft_link.h5", "holds a link", replace(lambda f: f.__setitem__(KERNEL, h5py.SoftLink("/model_weights/conv/conv/bias"))))
    altered("virtual.h5", "holds a link", replace(virtual("canary/other.h5")))
    altered("virtual_self.h5", "holds a link", replace(virtual(".")))
    # What no figure needs, and what a repaired model would carry on all the same.
    altered("unread_external.h5", "keeps values in another file", lambda f: f.create_dataset("optimizer_weights/m", **outside, external=[("canary/raw.bin", 0, 432)]))
    altered("unread_link.h5", "holds a link", lambda f: f.__setitem__("optimizer_weights", h5py.ExternalLink("canary/other.h5", "/")))
    altered("unread_virtual.h5", "holds a link", lambda f: f.create_virtual_dataset("optimizer_weights/m", h5py.VirtualLayout((4,), np.float32)))
    inside = io.BytesIO()
    with h5py.File(inside, "w", libver="latest") as file:
        data = np.zeros((4, 8, 8, 3), np.float32)
        file.create_dataset("data", data=data)
        file.create_dataset("label", (4,), np.int32, external=[("canary/raw.bin", 0, 16)])
    written("data_external.h5", "keeps values in another file", inside.getvalue(), "data")
    inside = io.BytesIO()
    with h5py.File(inside, "w") as file:
        file["label"] = np.arange(4, dtype=np.int32) % 3
        file["data"] = h5py.ExternalLink("canary/other.h5", "kernel")
    written("data_link.h5", "holds a link", inside.getvalue(), "data")
    inside = io.BytesIO()
    with h5py.File(inside, "w") as file:
        file["label"] = np.arange(4, dtype=np.int32) % 3
        layout = h5py.VirtualLayout((4, 8, 8, 3), np.float32)
        layout[...] = h5py.VirtualSource("canary/other.h5", "kernel", (4, 8, 8, 3))
        file.create_virtual_dataset("data", layout)
    written("data_virtual.h5", "holds a link", inside.getvalue(), "data")


def user_defined_link():
    """An external link whose class, 64, becomes 200, which nobody registered. In the newest format the class is a byte before the name's length."""
    with h5py.File(OUT / "user_link.h5", "w", libver="latest") as file, h5py.File(BASE) as base:
        for key, value in base.attrs.items():
            file.attrs[key] = value
        file["model_weights"] = h5py.ExternalLink("canary/other.h5", "/")
    content = bytearray((OUT / "user_link.h5").read_bytes())
    at = content.index(b"model_weights\x13\x00")  # the link's name, then the length of its value
    assert content[at - 2] == 64 or content[at - 3] == 64, content[at - 8:at]
    place = at - 2 if content[at - 2] == 64 else at - 3
    start = content.rindex(b"OHDR", 0, at)
    content[place] = 200
    (OUT / "user_link.h5").write_bytes(rehashed(bytes(content), start))
    declare("user_link.h5", "holds a link|cannot be read as HDF5")


def rehashed(content, start):
    """Puts the right checksum behind the object header at `start`: else libhdf5 would stop there."""
    flags = content[start + 5]
    at = start + 6 + (16 if flags & 0x20 else 0) + (4 if flags & 0x10 else 0)
    width = 1 << (flags & 3)
    size = int.from_bytes(content[at:at + width], "little")
    end = at + width + size
    return content[:end] + struct.pack("<I", lookup3(content[start:end])) + content[end + 4:]


def lookup3(data):
    """Bob Jenkins' hash as HDF5 uses it. Source: H5_checksum_lookup3."""
    mask = 0xFFFFFFFF
    rot = lambda x, k: ((x << k) | (x >> (32 - k))) & mask
    a = b = c = (0xDEADBEEF + len(data)) & mask
    at, length = 0, len(data)
    while length > 12:
        a, b, c = [(x + int.from_bytes(data[at + 4 * i:at + 4 * i + 4], "little")) & mask for i, x in enumerate((a, b, c))]
        for k, (p, q) in zip((4, 6, 8, 16, 19, 4), ((0, 2), (1, 0), (2, 1)) * 2):
            v = [a, b, c]
            r = {0: 1, 1: 2, 2: 0}[p]
            v[p] = (v[p] - v[q]) & mask
            v[p] ^= rot(v[q], k)
            v[q] = (v[q] + v[r]) & mask
            a, b, c = v
        at, length = at + 12, length - 12
    if length == 0:
        return c
    tail = data[at:].ljust(12, b"\0")
    a, b, c = [(x + int.from_bytes(tail[4 * i:4 * i + 4], "little")) & mask for i, x in enumerate((a, b, c))]
    for p, q, k in ((2, 1, 14), (0, 2, 11), (1, 0, 25), (2, 1, 16), (0, 2, 4), (1, 0, 14), (2, 1, 24)):
        v = [a, b, c]
        v[p] = ((v[p] ^ v[q]) - rot(v[q], k)) & mask
        a, b, c = v
    return c


def filters():
    lzf = replace(lambda f: f.create_dataset(KERNEL, data=np.zeros((3, 3, 3, 4), np.float32), chunks=(3, 3, 3, 4), compression="lzf"))
    altered("filter_lzf.h5", "packs model_weights/conv/conv/kernel with lzf", lzf)
    offset = replace(lambda f: f.create_dataset(KERNEL, data=np.zeros((3, 3, 3, 4), np.int32), chunks=(3, 3, 3, 4), scaleoffset=0))
    altered("filter_scaleoffset.h5", "packs model_weights/conv/conv/kernel with", offset)


def bombs():
    far = (1 << 20, 1 << 20)
    altered("declared_2_40.h5", "declares 4398046511104 bytes", replace(lambda f: f.create_dataset(KERNEL, far, np.float32)))
    altered("declared_2_40_unread.h5", "declares 4398046511104 bytes", lambda f: f.create_dataset("other", far, np.float32))
    altered("unwritten.h5", "declares 16000000 bytes", lambda f: f.create_dataset("other", (1,), np.dtype("V16000000")))
    altered("unwritten_chunks.h5", "declares 4294967296 bytes", replace(lambda f: f.create_dataset(KERNEL, (1 << 30,), np.float32, chunks=(1 << 20,), compression="gzip")))
    altered("large_chunk.h5", "declares 3623878656 bytes", replace(lambda f: f.create_dataset(KERNEL, (3, 3, 3, 4), np.float32, chunks=(1 << 23, 3, 3, 12), maxshape=(None, 3, 3, None))))
    with h5py.File(BASE) as file:
        length = len(file.attrs["model_config"])
    # A text of variable length says how long it is where it is named, and once more where it is kept.
    base = BASE.read_bytes()
    at = base.index(struct.pack("<I", length), base.index(b"model_config"))
    written("long_attribute.h5", "an attribute is damaged", base[:at + 3] + b"\x4f" + base[at + 4:])
    zeros = io.BytesIO()
    with h5py.File(zeros, "w") as file:
        file["label"] = np.arange(4, dtype=np.int32) % 3
        file.create_dataset("data", (4, 1 << 20, 1 << 20, 3), np.uint8, chunks=(1, 1 << 10, 1 << 10, 3), compression="gzip")
    written("data_declared.h5", "declares 13194139533312 bytes", zeros.getvalue(), "data")

    def deep(file):
        group = file["model_weights"]
        for _ in range(100):
            group = group.create_group("g")
    altered("deep_groups.h5", "over 60 deep", deep)
    altered("cyclic_groups.h5", "a group that stands in several places", lambda f: f["model_weights/conv"].__setitem__("again", f["model_weights"]))

    def many(file):
        group = file.create_group("many", track_order=False)
        one = group.create_group("0")
        for i in range(1, 20_002):
            group[str(i)] = one
    altered("many_objects.h5", "holds 20002 objects", many)
    packed = gzip.compress((OUT / "many_objects.h5").read_bytes(), 9, mtime=0)
    (OUT / "many_objects.h5").unlink()
    (OUT / "many_objects.h5.gz").write_bytes(packed)

    altered("huge_dense.h5", "takes 7\\d{10} bytes in memory", config(lambda layers: layers[-1]["config"].update(units=1 << 26)))
    altered("huge_answer.h5", "numbers for one image", config(lambda layers: layers[1]["config"].update(filters=1 << 40)))
    nested = b'{"class_name":"Functional","config":{"name":"n","layers":[' + b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b"]}}"
    altered("deep_config.h5", "has a model config that cannot be used|a layer has no name", lambda f: (f.attrs.__delitem__("model_config"), f.attrs.__setitem__("model_config", nested.decode())))
    (OUT / "deep_config.h5.gz").write_bytes(gzip.compress((OUT / "deep_config.h5").read_bytes(), 9, mtime=0))
    (OUT / "deep_config.h5").unlink()
    def deep_option(file):
        value = file.attrs["model_config"]
        assert '"kernel_size": [3, 3]' in value
        del file.attrs["model_config"]
        file.attrs["model_config"] = value.replace('"kernel_size": [3, 3]', '"kernel_size": ' + "[" * 5000 + "]" * 5000)
    altered("deep_option.h5", "layer conv .*|nested too deep", deep_option)

    weights = (FIXTURES / "refused" / "base.weights.h5").read_bytes()
    net = zipfile.ZipFile(FIXTURES / "refused" / "base.keras").read("config.json")
    deflated = dict(compression=zipfile.ZIP_DEFLATED)
    written("zip_ratio.keras", "at most 16777216 are read|times its size", archive([("config.json", b" " * (1 << 24) + net), ("model.weights.h5", weights)], **deflated))
    one = archive([("config.json", net), ("model.weights.h5", weights)])
    written("zip_overlap.keras", "cannot be read as a zip archive", overlapping(one))
    written("zip_up.keras", "leaves the archive", archive([("config.json", net), ("model.weights.h5", weights), ("../../evil", CANARY)]))
    written("long_config.keras", "at most 16777216 are read|times its size", archive([("config.json", net + zlibbable(17 << 20)), ("model.weights.h5", weights)], **deflated))
    npy = io.BytesIO()
    np.save(npy, np.zeros((4, 8, 8, 3), np.uint8))
    declared = npy.getvalue().replace(b"(4, 8, 8, 3), }" + b" " * 8, b"(4, 8, 8, 999999999), }")
    assert len(declared) == len(npy.getvalue()) + 1 - 1 + (len(b"(4, 8, 8, 999999999), }") - len(b"(4, 8, 8, 3), }" + b" " * 8))
    written("declared.npz", "array `data` is shorter", archive([("data.npy", declared), ("label.npy", npy.getvalue())]), "data")
    digits = b"{'descr': '|u1', 'fortran_order': False, 'shape': (" + b"7" * 100_000 + b", 1), }\n"
    header = b"\x93NUMPY\x02\0" + struct.pack("<I", len(digits)) + digits
    written("header.npz", "has a header of 100\\d{3} bytes", archive([("data.npy", header), ("label.npy", npy.getvalue())]), "data")
    written("zeros.npz", "times its size", archive([("data.npy", npy.getvalue() + bytes(1 << 25)), ("label.npy", npy.getvalue())], **deflated), "data")


def zlibbable(size):
    """Blanks that pack to some hundredth, below the refused ratio."""
    rows = np.where(np.random.default_rng(1).random(size) < 0.003, 10, 32).astype(np.uint8)
    return rows.tobytes()


def overlapping(content):
    """The second entry said to begin where the first does."""
    at = content.index(b"PK\x01\x02", content.index(b"PK\x01\x02") + 4)
    return content[:at + 42] + bytes(4) + content[at + 46:]


def code():
    plain = lambda layers, **more: layers[1]["config"].update(**more)
    hostile = {"class_name": "system", "module": "os", "registered_name": "system", "config": {"command": PAYLOAD}}
    code_object = {"class_name": "Lambda", "module": "keras.layers", "registered_name": None, "config": {"name": "x", "function": {"class_name": "__lambda__", "config": {"value": PAYLOAD}}}}
    lookup = {"class_name": "StringLookup", "module": "keras.layers", "registered_name": None, "config": {"name": "words", "vocabulary": "canary/raw.bin"}}
    altered("initializer_module.h5", "holds os.system in its config", config(lambda layers: plain(layers, kernel_initializer=hostile)))
    altered("initializer_lambda.h5", "holds Lambda in its config", config(lambda layers: plain(layers, kernel_initializer=code_object)))
    altered("regularizer_lookup.h5", "holds StringLookup in its config", config(lambda layers: plain(layers, kernel_regularizer=lookup)))
    altered("compiled_module.h5", "holds os.system in its training_config", lambda f: f.attrs.__setitem__("training_config", json.dumps({"loss": hostile})))
    altered("compiled_lambda.h5", "holds __lambda__ in its training_config", lambda f: f.attrs.__setitem__("training_config", json.dumps({"metrics": [[code_object["config"]["function"]]]})))
    altered("layer_lookup.h5", "layer words is a StringLookup", config(lambda layers: layers.insert(1, {**lookup, "name": "words", "inbound_nodes": []})))
    altered("layer_lambda.h5", "layer x is a Lambda", config(lambda layers: layers.insert(1, {**code_object, "name": "x", "inbound_nodes": []})))
    altered("layer_module.h5", "layer conv is a system \\(custom\\)|layer conv is a os", config(lambda layers: layers[1].update(module="os", registered_name="system")))
    altered("activation_module.h5", "holds os.system in its config", config(lambda layers: plain(layers, activation=hostile)))
    net = json.loads(zipfile.ZipFile(FIXTURES / "refused" / "base.keras").read("config.json"))
    weights = zipfile.ZipFile(FIXTURES / "refused" / "base.keras").read("model.weights.h5")
    net["compile_config"] = {"loss": hostile}
    written("compiled_module.keras", "holds os.system in its config", archive([("config.json", json.dumps(net)), ("model.weights.h5", weights)]))


def other_readings():
    """Files that Keras would read as another net than their config and weights seem to say."""
    group = "model_weights/conv"
    altered("scalar_names.h5", "layer_names at model_weights is one text", lambda f: (f["model_weights"].attrs.__delitem__("layer_names"), f["model_weights"].attrs.__setitem__("layer_names", "conv")))
    altered("padded_names.h5", "weight_names at model_weights/conv is padded with blanks", lambda f: text_type(f[group], "weight_names", h5py.h5t.STR_SPACEPAD))
    altered("bytes_behind_nul.h5", "weight_names at model_weights/conv is no text", lambda f: text_type(f[group], "weight_names", h5py.h5t.STR_NULLPAD, tail=b"\0x"))
    altered("latin_names.h5", "weight_names at model_weights/conv is no text in UTF-8", lambda f: text_type(f[group], "weight_names", h5py.h5t.STR_NULLPAD, tail=b"\xe9"))
    altered("absolute_name.h5", "is no plain path", names(group, lambda n: "/" + group + "/" + n))
    altered("dotted_name.h5", "is no plain path", names(group, lambda n: "./" + n))
    altered("doubled_name.h5", "lists its weight .* twice", lambda f: f[group].attrs.__setitem__("weight_names", [f[group].attrs["weight_names"][0]] * 2))
    altered("two_lists.h5", "an attribute layer_names0 at model_weights", lambda f: f["model_weights"].attrs.__setitem__("layer_names0", f["model_weights"].attrs["layer_names"]))
    altered("two_roots.h5", "weights in model_weights and weights at its root", lambda f: f.attrs.__setitem__("layer_names", f["model_weights"].attrs["layer_names"]))
    altered("two_layouts.h5", "weights in model_weights and weights in layers", lambda f: f.create_dataset("layers/conv2d/vars/0", data=np.zeros((3, 3, 3, 4), np.float32)))
    altered("twin_kernel.h5", "a dataset model_weights/conv/conv/kernel_1, which is no part", lambda f: f.create_dataset(KERNEL + "_1", data=np.zeros((3, 3, 3, 4), np.float32)))
    altered("one_for_both.h5", "a dataset that stands in several places", lambda f: (f.__delitem__("model_weights/classes/classes/bias"), f.__setitem__("model_weights/classes/classes/bias", f["model_weights/conv/conv/bias"])))
    altered("twin_group.h5", "a group model_weights/Conv, which is no part", lambda f: f.create_group("model_weights/Conv"))
    altered("top_level.h5", "weights in model_weights/top_level_model_weights", lambda f: (f.require_group("model_weights/top_level_model_weights").attrs.__setitem__("weight_names", ["a"]), f.create_dataset("model_weights/top_level_model_weights/a", data=np.float32(0))))
    altered("typed_dataset.h5", "an attribute dtype at model_weights/conv/conv/kernel", lambda f: f[KERNEL].attrs.__setitem__("dtype", "bfloat16"))
    altered("version_of_other.h5", "says that Keras 2.7.0 wrote it", lambda f: f.attrs.__setitem__("keras_version", "2.7.0"))
    altered("first_keras.h5", "its weights are of Keras 1.2.2", lambda f: f["model_weights"].attrs.__setitem__("keras_version", "1.2.2"))
    altered("turned_kernels.h5", "saved by the backend theano", lambda f: f["model_weights"].attrs.__setitem__("backend", "theano"))
    altered("both_words.h5", "has both `batch_input_shape` and `batch_shape`|as Keras 2 writes", config(lambda layers: layers[0]["config"].update(batch_input_shape=[None, 8, 8, 3])))
    altered("unknown_key.h5", "has the key \"weights\", which Keras does not write", config(lambda layers: layers[1].update(weights=[])))
    altered("unknown_option.h5", "unknown key `padding_mode`", config(lambda layers: layers[1]["config"].update(padding_mode="same")))
    altered("one_for_two.h5", "has the key \"shared_object_id\"", config(lambda layers: [layer.update(shared_object_id=1) for layer in layers[1:]]))
    altered("one_policy.h5", "two objects said to be one", config(lambda layers: [layer["config"].update(dtype={"module": "keras", "class_name": "DTypePolicy", "config": {"name": name}, "registered_name": None, "shared_object_id": 7}) for layer, name in zip(layers[1:3], ("mixed_bfloat16", "float32"))]))
    altered("dead_layer.h5", "a call of layer spare, which its output does not depend on", config(lambda layers: layers.append({**json.loads(json.dumps(layers[1]).replace('"conv"', '"spare"'))})))
    altered("two_names.h5", "is named \"other\" in its own config", config(lambda layers: layers[1]["config"].update(name="other")))
    altered("in_training.h5", "is called with `training=True`", config(in_training))
    altered("convolution_in_training.h5", "is called with `training=True`", config(lambda layers: [node.update(kwargs={"training": True}) for node in layers[1]["inbound_nodes"]]))
    flip = {"class_name": "RandomFlip", "config": {"mode": "horizontal", "name": "flip"}}
    altered("regularizer_layer.h5", "holds RandomFlip in its config, among its regularizers", config(lambda layers: layers[1]["config"].update(activity_regularizer=flip)))
    altered("regularizer_built.h5", "holds an object that Keras builds within a config", config(lambda layers: layers[1]["config"].update(activity_regularizer={**flip, "__passive_serialization__": True})))
    altered("mask_false.h5", "is called with the argument \"mask\"", config(lambda layers: [node.update(kwargs={"mask": False}) for node in layers[1]["inbound_nodes"]]))
    altered("version_constructor.h5", "says that Keras constructor wrote it", lambda f: f.attrs.__setitem__("keras_version", "constructor"))
    altered("negative_variance.h5", "is negative, which is no variance", negative_variance)
    altered("doubled_key.h5", 'has the key "filters" twice', doubled_key)
    entries = zipfile.ZipFile(FIXTURES / "refused" / "base.keras")
    members = [(name, entries.read(name)) for name in entries.namelist()]
    written("extra_entry.keras", "an entry variables.h5, which is no part", archive([*members, ("variables.h5", b"")]))
    written("other_case.keras", "an entry Config.json, which is no part", archive([*members, ("Config.json", entries.read("config.json"))]))
    utf16 = [(name, data.decode().encode("utf-16") if name == "config.json" else data) for name, data in members]
    written("utf16.keras", "no text in UTF-8|it is no JSON", archive(utf16))
    written("two_layouts.keras", "weights at its root and weights in layers", archive([(name, with_legacy(data) if name.endswith(".h5") else data) for name, data in members]))


def same_readings():
    """The base model as Keras may write it, or its user may leave it, on other days: the same net."""
    shutil.rmtree(FIXTURES / "readings", ignore_errors=True)
    (FIXTURES / "readings").mkdir()

    def same(name, change):
        (FIXTURES / "readings" / name).write_bytes(BASE.read_bytes())
        with h5py.File(FIXTURES / "readings" / name, "a", libver="latest") as file:
            change(file)
    same("users_note.h5", lambda f: (f.attrs.__setitem__("author", "somebody"), f.attrs.__setitem__("class_names", ["a", "b", "c"]), f.attrs.__setitem__("epochs", 12)))
    same("optimizer_state.h5", lambda f: (f.create_dataset("optimizer_weights/adam/m/conv/kernel", data=np.zeros(3, np.float32)), f["optimizer_weights"].attrs.__setitem__("weight_names", [b"adam/m/conv/kernel"])))
    same("fixed_text.h5", lambda f: [text_type(f[group], name, h5py.h5t.STR_NULLPAD) for group, name in (("model_weights", "layer_names"), ("model_weights/conv", "weight_names"))])
    same("names_in_parts.h5", lambda f: in_parts(f["model_weights"], "layer_names"))
    same("axes.h5", with_axes)
    same("other_spaces.h5", lambda f: f.attrs.__setitem__("model_config", json.dumps(json.loads(f.attrs["model_config"]), indent=2, sort_keys=True).replace('":', '" :')))
    same("packed.h5", replace(lambda f: f.create_dataset(KERNEL, data=h5py.File(BASE)[KERNEL][...], chunks=(3, 3, 3, 4), compression="gzip", shuffle=True, fletcher32=True)))


def in_parts(group, name):
    texts = list(group.attrs[name])
    del group.attrs[name]
    for i, part in enumerate((texts[:2], texts[2:])):
        group.attrs[f"{name}{i}"] = part


def with_axes(file):
    """HDF5's dimension scales, as netCDF's tools attach them."""
    file["filters"] = np.arange(4)
    file["filters"].make_scale("filters")
    file[KERNEL].dims[3].label = "filters"
    file[KERNEL].dims[3].attach_scale(file["filters"])


def names(group, change):
    return lambda f: f[group].attrs.__setitem__("weight_names", [change(n) for n in f[group].attrs["weight_names"]])


def text_type(group, name, padding, tail=b""):
    """The texts of an attribute again, in another type of text, and with bytes behind them."""
    texts = [text.encode() + tail for text in group.attrs[name]]
    size = max(map(len, texts)) + 4
    kind = h5py.h5t.C_S1.copy()
    kind.set_size(size)
    kind.set_strpad(padding)
    del group.attrs[name]
    attribute = h5py.h5a.create(group.id, name.encode(), kind, h5py.h5s.create_simple((len(texts),)))
    fill = b" " if padding == h5py.h5t.STR_SPACEPAD else b"\0"
    attribute.write(np.array([text.ljust(size, fill) for text in texts], f"V{size}"), mtype=kind)


def in_training(layers):
    layers[1].update(class_name="Dropout", config={"name": "conv", "rate": 0.5})
    for node in layers[1]["inbound_nodes"]:
        node["kwargs"] = {"training": True}


def negative_variance(file):
    """A normalization in place of the convolution."""
    config(lambda layers: layers[1].update(class_name="BatchNormalization", config={"name": "conv", "axis": -1, "epsilon": 1e-3}))(file)
    del file["model_weights/conv/conv"]
    file["model_weights/conv"].attrs["weight_names"] = [f"conv/{name}" for name in ("gamma", "beta", "moving_mean", "moving_variance")]
    for name, value in (("gamma", 1), ("beta", 0), ("moving_mean", 0), ("moving_variance", -1)):
        file[f"model_weights/conv/conv/{name}"] = np.full(3, value, np.float32)
    del file["model_weights/classes/classes/kernel"]
    file["model_weights/classes/classes/kernel"] = np.zeros((192, 3), np.float32)


def unwritten_storage():
    """Values that are neither in the file nor to be filled in, and addresses that libhdf5 alone reads."""
    def never(file):
        del file[KERNEL]
        made = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        made.set_fill_time(h5py.h5d.FILL_TIME_NEVER)
        space = h5py.h5s.create_simple((3, 3, 3, 4))
        h5py.h5d.create(file.id, KERNEL.encode(), h5py.h5t.IEEE_F32LE, space, made)
    altered("never_written.h5", "some of its values were never written", never)

    sized = h5py.h5p.create(h5py.h5p.FILE_CREATE)
    sized.set_sizes(2, 8)
    with h5py.File(BASE) as base, h5py.File(h5py.h5f.create(str(OUT / "short_addresses.h5").encode(), h5py.h5f.ACC_TRUNC, sized)) as file:
        for name, value in base.attrs.items():
            file.attrs[name] = value
        base.copy("model_weights", file)
    declare("short_addresses.h5", "have not 8 bytes each")

    with h5py.File(BASE) as base, h5py.File(OUT / "extended.h5", "w", libver="latest", fs_strategy="page") as file:
        for name, value in base.attrs.items():
            file.attrs[name] = value
        base.copy("model_weights", file)
    declare("extended.h5", "its superblock is extended")


def doubled_key(file):
    text = file.attrs["model_config"]
    assert '"filters": 4' in text
    del file.attrs["model_config"]
    file.attrs["model_config"] = text.replace('"filters": 4', '"filters": 2, "filters": 4')


def with_legacy(content):
    """A file of counted weights that lists layers as older files do, too."""
    inside = io.BytesIO(content)
    with h5py.File(inside, "a") as file:
        file.attrs["layer_names"] = ["conv"]
        file.create_group("conv")
    return inside.getvalue()


def local(name, data):
    return struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 0, 0, 0x21, zlib.crc32(data), len(data), len(data), len(name), 0) + name + data


def central(name, data, at, extra=b"", comment=b""):
    head = struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 0, 0, 0x21, zlib.crc32(data), len(data), len(data), len(name), len(extra), len(comment), 0, 0, 0, at)
    return head + name + extra + comment


def end(count, size, start):
    return struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, size, start, 0)


def stored(entries, start=0):
    """Entries one behind the other, and what a directory needs to list them."""
    body, listed = b"", []
    for name, data in entries:
        listed.append((name, data, start + len(body)))
        body += local(name, data)
    return body, listed


def directory(listed, shift=0):
    return b"".join(central(name, data, at - shift) for name, data, at in listed)


def read_two_ways():
    """Files that Keras reads as another net than their first reading shows."""
    keras = zipfile.ZipFile(FIXTURES / "refused" / "base.keras")
    net, weights, metadata = (keras.read(name) for name in ("config.json", "model.weights.h5", "metadata.json"))
    other = net.replace(b'"relu"', b'"tanh"')
    assert other != net
    entries = lambda config: [(b"metadata.json", metadata), (b"config.json", config), (b"model.weights.h5", weights)]
    ambiguous = "its directory can be read in two ways"

    def seen(name, reason, content):
        written(name, reason, content)
        assert zipfile.ZipFile(OUT / name).read("config.json") == other, name

    # Python finds the directory right in front of the end record, and moves all offsets by what it is off.
    padding = (b"padding", bytes(2 * len(weights)))
    first, listed = stored(entries(net) + [padding])
    own = directory(listed)
    second, others = stored(entries(other), len(first) + len(own))
    shift = len(own) + len(second)
    theirs = directory(others, shift)
    seen("two_directories.keras", ambiguous, first + own + second + theirs + end(len(listed), len(theirs), len(first)))
    # A zip64 record, here in the comment of the last entry, counts more than what the end record says.
    first, listed = stored(entries(net))
    second, others = stored(entries(other), len(first))
    theirs = directory(others)
    start = len(first) + len(second)
    front = directory(listed[:-1])
    name, data, at = listed[-1]
    their_start = start + len(front) + 46 + len(name)
    record = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, 3, 3, len(theirs), their_start)
    locator = struct.pack("<IIQI", 0x07064B50, 0, their_start + len(theirs), 1)
    own = front + central(name, data, at, comment=theirs + record + locator)
    seen("zip64_in_comment.keras", ambiguous, first + second + own + end(3, len(own), start))
    # Python goes by the size of the directory and not by its count, and of two entries takes the last.
    first, listed = stored(entries(net) + [(b"config.json", other)])
    own = directory(listed)
    seen("uncounted_entry.keras", ambiguous, first + own + end(3, len(own), len(first)))
    base = BASE.read_bytes()
    second, others = stored(entries(other), len(base))
    theirs = directory(others)
    seen("hdf5_and_zip.keras", "something stands in front of it", base + second + theirs + end(3, len(theirs), len(base) + len(second)))
    # Newer Pythons take the name in this field.
    first, listed = stored(entries(net))
    field = struct.pack("<HHBI", 0x7075, 5 + len(b"config.json"), 1, zlib.crc32(b"other")) + b"config.json"
    own = directory(listed) + central(b"other", other, len(first), extra=field)
    written("unicode_path.keras", "other has two names", first + local(b"other", other) + own + end(4, len(own), len(first) + len(local(b"other", other))))

    def numbers(file):
        """The bits of float32, an exponent that means eight times as much: h5py multiplies, libhdf5 hands out the bits."""
        kind = h5py.h5t.IEEE_F32LE.copy()
        kind.set_ebias(124)
        group = file["model_weights/conv/conv"]
        h5py.h5d.create(group.id, b"kernel", kind, h5py.h5s.create_simple((3, 3, 3, 4))).write(h5py.h5s.ALL, h5py.h5s.ALL, np.ones((3, 3, 3, 4), np.float32), mtype=kind)
    altered("number_bias.h5", "declares numbers of an unusual form at model_weights/conv/conv/kernel", replace(numbers))

    unwritten_storage()

    def weights_order(file):
        names = file["model_weights/conv"].attrs["weight_names"]
        file["model_weights/conv"].attrs["weight_names"] = names[::-1]
    altered("weight_order.h5", "stands in another place than Keras", weights_order)

    def layers_order(file):
        value = json.loads(file.attrs["model_config"])
        layers = value["config"]["layers"]
        named = {layer["config"]["name"]: layer for layer in layers}
        value["config"]["layers"] = [named[name] for name in ("input", "classes", "flat", "conv")]
        del file.attrs["model_config"]
        file.attrs["model_config"] = json.dumps(value)
        file["model_weights"].attrs["layer_names"] = file["model_weights"].attrs["layer_names"][::-1]
    altered("layer_order.h5", "lists conv in another place than Keras", layers_order)


def pictures():
    chunk = lambda tag, body: struct.pack(">I", len(body)) + tag + body + struct.pack(">I", zlib.crc32(tag + body))
    head = lambda rows, columns: b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", columns, rows, 8, 2, 0, 0, 0))
    written("declared.png", "60000 x 60000 pixels", head(60_000, 60_000) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b""), "image")
    written("short.png", "it ends early", head(8, 8) + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b""), "image")
    written("zeros.png", "is no image that can be read", head(8, 8) + chunk(b"IDAT", zlib.compress(bytes(1 << 24), 9)) + chunk(b"IEND", b""), "image")
    jpeg = (FIXTURES / "images" / "pictures" / "16x16_420.jpg").read_bytes()
    at = jpeg.index(b"\xff\xc0") + 5
    # To libjpeg marker 01 has no length; read with one, it leads over the true frame to a small one.
    frame = jpeg[at - 5:at - 5 + 2 + int.from_bytes(jpeg[at - 3:at - 1], "big")]
    true = frame[:5] + struct.pack(">HH", 65_500, 8_000) + frame[9:]
    hidden = b"\xff\x01" + true
    rest = 0xFFC0 + 2 - len(hidden)
    skipped = b"\xff\xef" + struct.pack(">H", rest - 2 + len(frame)) + bytes(rest - 4) + frame
    written("hidden.jpg", "it has a marker 1 in its header", jpeg[:at - 5] + hidden + skipped + jpeg[at - 5 + len(frame):], "image")
    scan = jpeg.index(b"\xff\xda")
    scans = jpeg[scan:scan + 2 + int.from_bytes(jpeg[scan + 2:scan + 4], "big")] + b"\0"
    written("scans.jpg", "it has 5001 scans", jpeg[:scan] + scans * 5000 + jpeg[scan:], "image")
    written("declared.jpg", "65535 x 65535 pixels", jpeg[:at] + b"\xff\xff\xff\xff" + jpeg[at + 4:], "image")


if __name__ == "__main__":
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    hdf5_that_reaches_out()
    user_defined_link()
    filters()
    bombs()
    code()
    read_two_ways()
    other_readings()
    same_readings()
    pictures()
    (OUT / "threats.json").write_text(json.dumps(threats, indent=1) + "\n")
