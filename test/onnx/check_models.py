"""Loads the ONNX models that goodnet writes into onnx.checker and onnxruntime, and compares them with its report, image by image and byte by byte.

    python check_models.py OUT...    OUT is a folder that `goodnet defend` wrote, run in the folder that its paths start from

Prints one line per check; the last line is `N passed, N failed`. Exits 1 if a check failed.
"""

import json
import sys
from pathlib import Path

import h5py
import numpy as np
import onnx
import onnxruntime
from onnx import numpy_helper

results = []


def check(name, ok, detail=""):
    results.append(bool(ok))
    print(f"{'ok  ' if ok else 'FAIL'} {name} {detail}", flush=True)


def session(path):
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(path, options)


def answers(path, images):
    """The scores of each image."""
    running = session(path)
    name = running.get_inputs()[0].name
    return np.concatenate([running.run(None, {name: images[i : i + 500]})[0] for i in range(0, len(images), 500)])


def classes(scores):
    return (scores[:, 0] > 0.5).astype(int) if scores.shape[1] == 1 else scores.argmax(1)


def images_of(path, config, shape):
    with h5py.File(path) as file:
        data, labels = file["data"][:].astype(np.float32), file["label"][:].reshape(-1).astype(int)
    rows, columns, channels = shape
    if data.shape[1:] != (channels, rows, columns):
        data = data.transpose(0, 3, 1, 2)
    scale = config.get("scale", 1)
    scale = np.float32(eval(scale) if isinstance(scale, str) else scale)
    return np.ascontiguousarray(data * scale), labels


def initializers(model):
    return {tensor.name: tensor for tensor in model.graph.initializer}


def same_but(original, repaired, layer):
    """Whether two files differ in the bytes of a layer's weights alone, and those of the channels that are zero now."""
    one, other = Path(original).read_bytes(), Path(repaired).read_bytes()
    if len(one) != len(other):
        return False
    before, after = onnx.load(original), onnx.load(repaired)
    node = next(node for node in before.graph.node if node.name == layer)
    own = set(node.input[1:])
    ours, theirs = initializers(before), initializers(after)
    for name, tensor in ours.items():
        a, b = numpy_helper.to_array(tensor), numpy_helper.to_array(theirs[name])
        if name not in own and not np.array_equal(a, b):
            return False
        if name in own and not ((a == b) | (b == 0)).all():
            return False
        theirs[name].CopyFrom(tensor)
    return before.SerializeToString() == after.SerializeToString()


def check_folder(out):
    report = json.loads((out / "report.json").read_text())
    config = {name: setting["value"] for name, setting in report["config"].items()}
    for model in report["models"]:
        original = model["path"]
        shape = [size.dim_value for size in onnx.load(original).graph.input[0].type.tensor_type.shape.dim][1:]
        sets = {"validation": {}, "test": {}}
        for split in sets:
            if config["clean"].get(split):
                sets[split]["clean"] = images_of(config["clean"][split], config, [*shape[1:], shape[0]])
            for name, attack in config["attacks"].items():
                if attack.get(split):
                    sets[split][name] = images_of(attack[split], config, [*shape[1:], shape[0]])
        for candidate in model["candidates"]:
            file = candidate["file"]
            path = str(out / file) if file else original
            name = f"{original}: {file or 'original'}"
            if file:
                onnx.checker.check_model(path, full_check=True)
                check(f"{name}: onnx.checker", True)
            for split, data in sets.items():
                figures = candidate[split]
                for kind, (images, labels) in data.items():
                    theirs = int((classes(answers(path, images)) == labels).sum())
                    ours = figures["correct"] if kind == "clean" else figures["hits"][kind]
                    check(f"{name}: {split} {kind}", abs(theirs - ours) <= 1, f"{theirs} by onnxruntime, {ours} in the report")
            if file and candidate["kind"] == "pruned":
                check(f"{name}: bytes", same_but(original, path, model["layer"]))
            if file and candidate["kind"] == "goodnet":
                pruned = next(other["file"] for other in model["candidates"] if other["kind"] != "goodnet" and other["checkpoint"] == candidate["checkpoint"] and other.get("stage") == candidate.get("stage") and other["file"])
                images = next(iter(sets["validation"].values()))[0]
                rows = answers(original, images), answers(str(out / pruned), images)
                a, b = map(classes, rows)
                n = max(2, rows[0].shape[1])
                wanted = np.eye(n + 1, dtype=np.float32)[np.where(a == b, a, n)]
                check(f"{name}: the rule, image by image", np.array_equal(answers(path, images), wanted))


def main():
    for out in sys.argv[1:]:
        check_folder(Path(out))
    print(f"{sum(results)} passed, {len(results) - sum(results)} failed")
    sys.exit(not all(results))


main()
