"""Loads the models that goodnet writes into real Keras and compares them, image by image, with pruning done by Keras.

    python check_models.py prepare REFERENCE WORK    makes input files: noisy faces, and scores with ties
    python check_models.py keras3   REFERENCE WORK   compares in Keras 3
    python check_models.py tf_keras REFERENCE WORK   compares in tf-keras (the Keras 2 line)

REFERENCE is the folder with golden/ and csaw-lab3/; WORK has one folder of goodnet's output per case.
Prints one line per check; the last line is `N passed, N failed`. Exits 1 if a check failed.
"""

import json
import os
import re
import sys
from pathlib import Path

os.environ["CUDA_VISIBLE_DEVICES"] = ""
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

import h5py
import numpy as np

MODE, REFERENCE, WORK = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
LAB = REFERENCE / "csaw-lab3"
FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
results = []


def check(name, ok, detail=""):
    results.append(bool(ok))
    print(f"{'ok  ' if ok else 'FAIL'} {MODE}: {name} {detail}", flush=True)


# ---- input files ----

def prepare():
    from PIL import Image

    rng = np.random.default_rng(7)
    for prefix, name in (("cl", "clean"), ("sun", "sunglasses")):
        faces = sorted((LAB / "images").glob(f"{prefix}_*.png"))
        pixels = np.stack([np.asarray(Image.open(face).convert("RGB"), np.float32) for face in faces])
        labels = np.array([int(re.search(r"label=(\d+)", face.name)[1]) for face in faces])
        noisy = [np.clip(pixels + rng.normal(0, 4 + k, pixels.shape), 0, 255) for k in range(40)]
        data = np.concatenate([pixels, *noisy]).astype(np.float32).transpose(0, 3, 1, 2)
        write(WORK / f"lab_{name}.h5", data, np.tile(labels, 41), poisoned=name == "sunglasses")
    order = [step["channel"] for step in json.loads((LAB / "published-results.json").read_text())["steps"]]
    (WORK / "lab.json").write_text(json.dumps({"order": order}))
    ties()
    sigmoid_ties()
    edges()
    for path in fixture_nets():
        with h5py.File(path.with_suffix(".expected.h5")) as file:
            images = file["input"][:]
        varied = np.concatenate([images * scale for scale in (1, 0.1, -1, 3, -10, 30)] + [rng.normal(0, spread, images.shape) for spread in (1, 10)]).astype(np.float32)
        write(WORK / f"{path.stem}_data.h5", varied, classes(native(path).load_model(path, compile=False), varied))
    for path in format_nets():
        with h5py.File(expected_of(path)) as file:
            images = file["input"][:]
        varied = np.concatenate([images * scale for scale in (1, 0.1, -1, 3)] + [rng.normal(0, 2, images.shape)]).astype(np.float32)
        write(WORK / f"{path.name}_data.h5", varied, classes(submitted(path), varied))


def native(path):
    """The Keras that wrote a fixture."""
    import keras
    import tf_keras

    return (keras if by_keras3(path) else tf_keras).models


def by_keras3(path):
    """What TensorFlow 2.12 wrote is read by Keras 3, not by the last tf-keras."""
    return "keras3" in path.name or "_early" in path.name


def fixture_nets():
    """Nets with every layer and option, in both dialects."""
    return sorted(path for folder in ("layers", "architectures") for path in (FIXTURES / folder).glob("*.h5") if "expected" not in path.name)


def format_nets():
    """Nets inside nets, sigmoids and half precision, in every format."""
    return sorted(path for path in (FIXTURES / "formats").iterdir() if path.suffix in (".h5", ".keras") and "expected" not in path.name)


def net_of(path):
    """`transfer.keras3` of `transfer.keras3.weights.h5`"""
    return ".".join(path.name.replace("_early", "").split(".")[:2])


def expected_of(path):
    return path.with_name(f"{net_of(path)}.expected.h5")


def submitted(path):
    """A net of the format fixtures in the Keras that wrote it."""
    if not path.name.endswith(".weights.h5"):
        return native(path).load_model(path, compile=False)
    name = net_of(path).replace("keras2", "keras3") if by_keras3(path) else net_of(path)
    whole = next(other for other in format_nets() if net_of(other) == name and not other.name.endswith(".weights.h5"))
    return with_weights(submitted(whole), path)


def with_weights(model, path):
    model.load_weights(path)
    return model


def ties():
    """A net of two score rows: the original answers a + b, the net without its last channels answers a."""
    import keras

    n = 5
    one, up = np.float32(0.3), np.nextafter(np.float32(0.3), np.float32(1))
    rows = [
        [one] * n, [one, up, one, one, one], [up, up, one, one, one], [one, one, one, one, up], [up, one, one, one, up],
        [0] * n, [1, 0, 0, 0, 0], [0, 0, 1, 0, 1], [1] * n, [1e-30, 0, 0, 0, 0], [0, 0, 0, 1e-30, 1e-30], [-1e-30, 0, -1, 0, 0],
        [1e30, 1e30, 0, 0, 1e30], [-1e30, 5, -1e30, 5, 5], [3e35, 3e35, -3e35, 0, 0], [-1, -2, -3, -1, -4],
    ]
    a, b = np.meshgrid(range(len(rows)), range(len(rows)), indexing="ij")
    first, second = np.array(rows, np.float32)[a.ravel()], np.array(rows, np.float32)[b.ravel()]
    with np.errstate(over="ignore"):
        images = np.concatenate([first, second - first], axis=1).astype(np.float32)
    images = images[np.isfinite(images).all(1) & np.isfinite(images[:, :n] + images[:, n:]).all(1)]
    inputs = keras.Input((2 * n,), name="scores")
    hidden = keras.layers.Dense(2 * n, use_bias=False, name="hidden")
    output = keras.layers.Dense(n, use_bias=False, name="output")
    model = keras.Model(inputs, output(hidden(inputs)))
    hidden.set_weights([np.eye(2 * n, dtype=np.float32)])
    output.set_weights([np.concatenate([np.eye(n, dtype=np.float32)] * 2)])
    model.save(WORK / "ties.h5")
    labels = np.argmax(images[:, :n] + images[:, n:], axis=1)
    write(WORK / "ties_data.h5", images, labels)
    (WORK / "ties.json").write_text(json.dumps({"order": list(range(n, 2 * n)) + list(range(n))}))


def sigmoid_ties():
    """A net of one sigmoid at one half and a few units in the last place beside it: the original's logit is a + b, the pruned net's is a.
    Logits between 0 and 1e-6 are left out: TensorFlow's sigmoid and the engine's may round them to different sides of one half."""
    import keras

    logits = np.array([0, 1e-6, -1e-6, 2e-6, -2e-6, 1e-3, -1e-3, 0.5, -0.5, 20, -20, 1e4, -1e4], np.float32)
    a, b = (grid.ravel() for grid in np.meshgrid(logits, logits, indexing="ij"))
    inputs = keras.Input((2,), name="logits")
    hidden = keras.layers.Dense(2, use_bias=False, name="hidden")
    output = keras.layers.Dense(1, activation="sigmoid", use_bias=False, name="score")
    model = keras.Model(inputs, output(hidden(inputs)))
    hidden.set_weights([np.eye(2, dtype=np.float32)])
    output.set_weights([np.ones((2, 1), np.float32)])
    model.save(WORK / "sigmoid_ties.h5")
    write(WORK / "sigmoid_ties_data.h5", np.stack([a, b], 1), (a + b > 0).astype(int))
    (WORK / "sigmoid_ties.json").write_text(json.dumps({"order": [1, 0]}))


def edge_nets():
    """Nets whose answers hang on the last bit, or whose layers have the names that a GoodNet uses itself: name, Keras, layers, layer to prune, images."""
    import keras
    import tf_keras

    rng = np.random.default_rng(11)
    twice = lambda dense, n: (dense(n, kernel_initializer="identity", name="pruned"), dense(n, kernel_initializer="identity", name="scores"))
    random = lambda library, seed: library.initializers.RandomNormal(stddev=1, seed=seed)
    L, T = keras.layers, tf_keras.layers
    quarters = rng.choice(np.array([0.25, 0.5, 0.75, 1], np.float32), (400, 8, 8, 1))
    yield "threshold", keras, [L.Conv2D(6, 1, kernel_initializer="ones", name="pruned"), L.ReLU(threshold=0.5), L.Flatten(), L.Dense(5, kernel_initializer=random(keras, 1))], quarters
    yield "slope", tf_keras, [T.Dense(8, kernel_initializer=random(tf_keras, 2), name="pruned"), T.LeakyReLU(alpha=-0.2), T.Dense(5, kernel_initializer=random(tf_keras, 3))], rng.normal(0, 1, (400, 6))
    for head, low, high in (("sigmoid", 12, 20), ("tanh", 5, 12)):
        yield head, keras, [*twice(L.Dense, 6), L.Activation(head)], rng.uniform(low, high, (2000, 6))
    yield "tiny", keras, [*twice(L.Dense, 5), L.Activation("sigmoid")], -rng.uniform(70, 80, (400, 5))
    names = ("vote", "vote_a_steps", "fc/head", "pruned", "pruned.1", "pruned_1", "rejected")
    dense = [T.Dense(5, kernel_initializer=random(tf_keras, 20 + i), activation="hard_sigmoid" if name == "pruned" else None, name=name) for i, name in enumerate(names)]
    yield "names", tf_keras, dense, rng.normal(0, 1, (400, 6))


def edges():
    for name, library, layers, images in edge_nets():
        images = images.astype(np.float32)
        model = library.Sequential([library.layers.Input(images.shape[1:]), *layers])
        model.save(WORK / f"{name}.h5")
        write(WORK / f"{name}_data.h5", images, classes(model, images))


def write(path, data, labels, poisoned=False):
    if not poisoned and len(np.unique(labels)) == 1:  # clean data of one class is refused
        labels = np.array([labels[0] + (1 if labels[0] == 0 else -1), *labels[1:]])
    with h5py.File(path, "w") as file:
        file.create_dataset("data", data=data, compression="gzip", shuffle=True)
        file.create_dataset("label", data=labels)


# ---- comparison ----

def load(path):
    return keras.models.load_model(path, compile=False)


def classes(model, images):
    scores = model.predict(images, batch_size=256, verbose=0)
    return (scores[:, 0] > 0.5).astype(int) if scores.shape[1] == 1 else np.argmax(scores, axis=1)


def pruned_by_keras(model, layer, channels):
    copy = keras.models.clone_model(model)
    copy.set_weights(model.get_weights())
    weights = copy.get_layer(layer).get_weights()
    for weight in weights:
        weight[..., channels] = 0
    copy.get_layer(layer).set_weights(weights)
    return copy


def compare(case, sets, layer, original=None, pruned_loader=load, slack=1):
    """The models of one output folder against Keras; `original` is the submitted net where this Keras can load it; counts may differ by `slack`."""
    report = json.loads((WORK / case / "report.json").read_text())
    model = report["models"][0]
    order = model["ranking"]["order"]
    for candidate in model["candidates"]:
        if candidate["kind"] == "original" and original is None:
            continue
        name = f"{case} {candidate['kind']} X={candidate['checkpoint']}"
        path = WORK / case / (candidate["file"] or "")
        by_keras = original and pruned_by_keras(original, layer, order[: candidate["channelsPruned"]])
        if candidate["kind"] == "original":
            loaded = original
        elif candidate["kind"] == "pruned":
            if original is None:
                continue
            loaded = pruned_loader(path)
            different = sum(int(np.sum(ours != theirs)) for ours, theirs in zip(loaded.get_weights(), by_keras.get_weights()))
            check(f"{name} has the weights that Keras prunes", different == 0, f"{different} differ")
        else:
            loaded = load(path)
            branches = keras.Model(loaded.inputs, [loaded.get_layer(last(loaded, p)).output for p in ("original", "pruned")])
        for split, (images, labels, key) in sets.items():
            answers = classes(loaded, images)
            if candidate["kind"] == "goodnet":
                a, b = (np.argmax(x, axis=1) for x in branches.predict(images, batch_size=256, verbose=0))
                check(f"{name} equals the rule on its own branches, {split}", (answers != rule(a, b, model["classes"])).sum() == 0, f"{len(images)} images")
            if original is not None:
                wanted = classes(by_keras, images)
                if candidate["kind"] == "goodnet":
                    wanted = rule(classes(original, images), wanted, model["classes"])
                check(f"{name} answers as Keras's own nets, {split}", (answers != wanted).sum() == 0, f"{len(images)} images")
            figures = candidate["test" if split.endswith("test") else "validation"]
            reported = figures["correct"] if key == "clean" else figures["hits"][key]
            counted = int((answers == labels).sum())
            check(f"{name} has the reported count, {split}", abs(counted - reported) <= slack, f"{counted} here, {reported} reported")


def last(goodnet, prefix):
    """The layer whose output a branch votes with: what feeds both the vote's Reshape and its Add."""
    return goodnet.get_layer(f"{prefix}_vote_a_steps").input.name.split("/")[0] if MODE == "tf_keras" else \
        goodnet.get_layer(f"{prefix}_vote_a_steps").input._keras_history.operation.name


def rule(a, b, n):
    return np.where(a == b, a, n)


def only_keras(path):
    """The Keras that alone reads a GoodNet, which computes what the two have no layer for; None where both do."""
    with h5py.File(path) as file:
        if file.attrs["keras_version"].startswith("3."):
            return "keras3"
        return "tf_keras" if "TFOpLambda" in file.attrs["model_config"] else None


def every_layer():
    """GoodNets of nets with every layer and option: their first branch answers what Keras answered for the net itself."""
    for path in fixture_nets():
        written = sorted((WORK / path.stem).glob("*/goodnet_X=*.h5"))
        check(f"{path.stem} has a GoodNet", written)
        for goodnet in written[:1]:
            only = only_keras(goodnet)
            if only not in (None, MODE):
                check(f"{path.stem} GoodNet is read by {only} alone", try_load(goodnet) is None)
                continue
            loaded = load(goodnet)
            branches = keras.Model(loaded.inputs, [loaded.get_layer(last(loaded, p)).output for p in ("original", "pruned")])
            with h5py.File(path.with_suffix(".expected.h5")) as file:
                images, outputs = file["input"][:], file["outputs"]
                wanted = outputs["scores" if outputs["classes"].ndim > 2 else "classes"][:]
            first, second = branches.predict(images, verbose=0)
            check(f"{path.stem} GoodNet's first branch is the net", np.allclose(first, wanted, rtol=0, atol=1e-5), f"{np.abs(first - wanted).max():.1e}")
            check(f"{path.stem} GoodNet equals the rule", (classes(loaded, images) == rule(first.argmax(1), second.argmax(1), wanted.shape[1])).all())


def every_format():
    """GoodNets of the format fixtures in this Keras, and their pruned files in the Keras that wrote the net."""
    for path in format_nets():
        out = WORK / path.name
        report = json.loads((out / "report.json").read_text())["models"][0] if (out / "report.json").exists() else {"candidates": []}
        files = {candidate["kind"]: (candidate, out / candidate["file"]) for candidate in report["candidates"] if candidate["file"]}
        check(f"{path.name} has a pruned net and a GoodNet", {"pruned", "goodnet"} <= files.keys())
        if not {"pruned", "goodnet"} <= files.keys():
            continue
        images, _ = read(WORK / f"{path.name}_data.h5")
        with h5py.File(expected_of(path)) as file:
            some, wanted = file["input"][:], next(iter(file["outputs"].values()))[:]
        loaded = load(files["goodnet"][1])
        branches = keras.Model(loaded.inputs, [loaded.get_layer(last(loaded, p)).output for p in ("original", "pruned")])
        one = branches.predict(some, verbose=0)[0]
        half = "float16" in path.name
        gap = np.abs(one[:, -wanted.shape[1]:] - wanted).max()
        check(f"{path.name} GoodNet's first branch is the net", gap < (2e-2 if half else 1e-5), f"{gap:.1e}")
        a, b = (np.argmax(scores, axis=1) for scores in branches.predict(images, verbose=0))
        check(f"{path.name} GoodNet equals the rule", (classes(loaded, images) == rule(a, b, report["classes"])).all() and loaded.output_shape[-1] == report["classes"] + 1, f"{len(images)} images, {(a != b).sum()} rejected")
        if (MODE == "keras3") == by_keras3(path):
            candidate, written = files["pruned"]
            check(f"{path.name} gives a pruned net in its own format", written.name.endswith(path.name.split(".", 2)[2]), written.name)
            by_keras = prune_inside(submitted(path), report, candidate["channelsPruned"])
            ours = with_weights(submitted(path), written) if written.name.endswith(".weights.h5") else load(written)
            same = all(x.dtype == y.dtype and x.tobytes() == y.tobytes() for x, y in zip(ours.get_weights(), by_keras.get_weights(), strict=True))
            check(f"{path.name} pruned net has the weights that Keras prunes", same)


def prune_inside(model, report, count):
    """Zeroes a layer that may stand in a net inside the net: `outer/inner`."""
    layer = model
    for name in report["layer"].split("/"):
        layer = layer.get_layer(name)
    channels, weights = report["ranking"]["order"][:count], layer.get_weights()
    if report["prunes"] == "inputs":
        weights[0].reshape(-1, len(report["ranking"]["order"]), weights[0].shape[-1])[:, channels] = 0
    else:
        for weight in weights:
            weight[..., channels] = 0
    layer.set_weights(weights)
    return model


def read(path, nchw=False, scale=1.0):
    with h5py.File(path) as file:
        images, labels = file["data"][:].astype(np.float32), file["label"][:]
    return (images.transpose(0, 2, 3, 1) if nchw else images) * np.float32(scale), labels


def try_load(path):
    """The submitted net, where this Keras reads its dialect."""
    try:
        return load(path)
    except Exception:
        return None


def golden(name, layer, nchw, scale):
    folder = REFERENCE / "golden" / name
    sets = {}
    for split in ("valid", "test"):
        for kind, key in (("clean", "clean"), ("poisoned", "patch")):
            sets[f"{kind} {split}"] = (*read(folder / f"{kind}_{split}.h5", nchw, scale), key)
    original = try_load(folder / "badnet.h5")
    native = (MODE == "keras3") == (name == "mnist-badnet")
    check(f"{name} itself loads where it was written", original is not None or not native)
    compare(name, sets, layer, original)


def lab():
    def student(path):
        net = load(LAB / "prunednet_X=2.h5")
        net.load_weights(path)
        return net

    sets = {f"faces {kind}": (*read(WORK / f"lab_{kind}.h5", nchw=True), key) for kind, key in (("clean", "clean"), ("sunglasses", "sunglasses"))}
    compare("lab", sets, "conv_3", student(LAB / "bd_weights.h5"), student)


if MODE == "prepare":
    prepare()
else:
    if MODE == "keras3":
        import keras
    else:
        import tf_keras as keras
    golden("mnist-badnet", "conv_2", True, 1 / 255)
    golden("mnist-resnet", "block", False, 1.0)
    lab()
    every_layer()
    for name, *_ in edge_nets():
        compare(name, {name: (*read(WORK / f"{name}_data.h5"), "clean")}, "pruned", try_load(WORK / f"{name}.h5"), slack=0)
    every_format()
    compare("ties", {"ties": (*read(WORK / "ties_data.h5"), "clean")}, "hidden", try_load(WORK / "ties.h5"))
    compare("sigmoid_ties", {"ties": (*read(WORK / "sigmoid_ties_data.h5"), "clean")}, "hidden", try_load(WORK / "sigmoid_ties.h5"))
    print(f"{sum(results)} passed, {len(results) - sum(results)} failed")
    sys.exit(0 if all(results) and results else 1)
