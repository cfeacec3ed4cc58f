"""Compares goodnet with real Keras on the nets of keras.applications: predictions, and every count of a sweep.

    python applications.py keras3 WORK      all seven nets
    python applications.py tf_keras WORK    two of them as the Keras 2 line writes them

Each net has random weights that keep its activations alive. It is written as .keras and .h5, some plain, some as people use them: a frozen
net inside another, `base(x, training=False)`, with a head of its own. goodnet's command line (dist/cli.js) defends the .keras and evaluates
the .h5. Labels are what Keras answers, so 100% accuracy says that all predictions are equal.
Keras prunes by zeroing weights and runs the net from the pruned layer on, at every step (at each eighth of Xception).
float32 sums in another order differ, and a hundred layers can make much of it. So the same net in float64 says how far Keras itself is off,
and goodnet may be off as far, within a factor; only images whose two highest scores lie that close may be answered otherwise.
Prints one line per check; the last line is `N passed, N failed`. Exits 1 if a check failed.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

os.environ.update(CUDA_VISIBLE_DEVICES="", TF_CPP_MIN_LOG_LEVEL="3", TF_ENABLE_ONEDNN_OPTS="0")

import h5py
import numpy as np

MODE, WORK = sys.argv[1], Path(sys.argv[2]) / f"applications-{sys.argv[1]}"
CLI = Path(__file__).resolve().parent.parent.parent / "dist" / "cli.js"
if MODE == "keras3":
    import keras
else:
    import tf_keras as keras

IMAGES, CLASSES = 40, 5
ROUNDING = 10  # how many times Keras's own error in float32, against itself in float64, another engine's may be
LEAST = 1e-6  # relative: an error that is never too large, where Keras happens to have less
EVERY = {"Xception": 8}  # compared at each eighth step: its suffix takes Keras longest
GOODNETS = ("VGG16", "MobileNetV2", "EfficientNetB0")  # the GoodNet files that Keras loads; twice a net takes it long
# name: input size, whether it stands inside another net, the layer that goodnet should choose, and what it prunes there
NETS = {
    "VGG16": (32, True, "block5_conv3", "outputs"),
    "ResNet50": (32, False, "predictions", "inputs"),
    "MobileNet": (32, False, "conv_pw_13", "outputs"),
    "MobileNetV2": (32, True, "Conv_1", "outputs"),
    "DenseNet121": (32, False, "predictions", "inputs"),
    "EfficientNetB0": (32, False, "top_conv", "outputs"),
    "Xception": (71, False, "block14_sepconv2", "outputs"),
}
results = []


def check(name, ok, detail=""):
    results.append(bool(ok))
    print(f"{'ok  ' if ok else 'FAIL'} {MODE}: {name} {detail}", flush=True)


def run(model, images):
    """Layer by layer: for one pass quicker than compiling a graph."""
    return np.asarray(model(images, training=False))


def layers_of(model):
    for layer in model.layers:
        yield from layers_of(layer) if isinstance(layer, keras.Model) else [layer]


def build(name, size, nested):
    make = getattr(keras.applications, name)
    shape = (size, size, 3)
    if not nested:
        return make(weights=None, input_shape=shape, classes=CLASSES)
    base = make(weights=None, include_top=False, input_shape=shape)
    inputs = keras.Input(shape, name="input")
    x = keras.layers.GlobalAveragePooling2D(name="gap")(base(inputs, training=False))
    model = keras.Model(inputs, keras.layers.Dense(CLASSES, activation="softmax", name="head")(keras.layers.Dropout(0.2, name="drop")(x)))
    base.trainable = False
    return model


def enliven(model, images, rng):
    """Random weights at the scale that keeps activations alive; statistics that are about right, and random; classes that all occur."""
    for layer in layers_of(model):
        values = []
        for weight in layer.weights:
            name = (weight.path if MODE == "keras3" else weight.name).split("/")[-1].split(":")[0]
            shape = tuple(weight.shape)
            if "kernel" in name:
                fan = np.prod(shape[:3]) if "depthwise" not in name else np.prod(shape[:2])
                values.append(rng.normal(0, np.sqrt(2 / fan), shape))
            elif name == "count":
                values.append(np.zeros(shape, "int64"))
            else:
                values.append(rng.uniform(*{"gamma": (0.6, 1.4), "variance": (0.5, 1.5), "moving_variance": (0.5, 1.5)}.get(name, (-0.3, 0.3)), shape))
        layer.set_weights(values)
        if isinstance(layer, keras.layers.Normalization):
            layer.finalize_state()
    norms = [layer for layer in layers_of(model) if isinstance(layer, keras.layers.BatchNormalization)]
    if norms:
        # The statistics of these images, layer after layer, as one step of training with momentum 0 would leave them.
        frozen = [(layer, layer.trainable, layer.momentum) for layer in norms]
        parts = [layer for layer in model.layers if isinstance(layer, keras.Model)] or [model]
        for part in parts:
            part.trainable = True
        for layer in norms:
            layer.momentum = 0.0
        parts[0](images, training=True)
        for layer, trainable, momentum in frozen:
            layer.momentum = momentum
            weights = layer.get_weights()
            weights[-2] = weights[-2] + 0.1 * rng.normal(size=weights[-2].shape) * np.sqrt(weights[-1])
            weights[-1] = np.maximum(weights[-1], 0.1 * weights[-1].mean()) * rng.uniform(0.7, 1.4, weights[-1].shape)  # a smaller one makes much of rounding
            layer.set_weights(weights)
        for part in parts:
            part.trainable = part is model
    head = [layer for layer in layers_of(model) if layer.weights][-1]
    weights = head.get_weights()
    weights[0] *= 0.01  # no score so small that its logarithm is lost
    head.set_weights(weights)
    weights[0] *= 3 / np.maximum(1e-6, logits(run(model, images)).std(0))
    head.set_weights(weights)
    scores = logits(run(model, images))
    weights[1] = weights[1] - (scores - scores.mean(1, keepdims=True)).mean(0)
    head.set_weights(weights)


def write(path, images, labels):
    with h5py.File(path, "w") as file:
        file.create_dataset("data", data=images)
        file.create_dataset("label", data=labels)


def goodnet(*arguments):
    run = subprocess.run(["node", str(CLI), *map(str, arguments)], capture_output=True, text=True)
    return run.returncode, run.stdout, run.stderr


def owner(model, layer):
    """The net that a layer stands in: the model itself, or the one inside it."""
    return next((part for part in model.layers if isinstance(part, keras.Model) and layer in part.layers), model)


def from_layer_on(model, layer):
    """(what the layer reads, as a net of the input; the rest of the net from there on, the layer included)"""
    part = owner(model, layer)
    before = keras.Model(part.inputs, layer.input)
    if MODE != "keras3":
        before.trainable = False
    start = keras.Input(layer.input.shape[1:])
    known = {tensor_key(layer.input): start}

    def value(tensor):
        key = tensor_key(tensor)
        if key not in known:
            made, node = history(tensor)
            given = [value(other) for other in node_inputs(node)]
            known[key] = made(given[0] if len(given) == 1 else given)
        return known[key]

    y = value(part.outputs[0])
    if part is not model:
        for after in model.layers[model.layers.index(part) + 1:]:
            y = after(y)
    return before, keras.Model(start, y)


def tensor_key(tensor):
    return id(tensor) if MODE == "keras3" else tensor.name


def history(tensor):
    source = tensor._keras_history
    operation, index = (source.operation, source.node_index) if MODE == "keras3" else (source.layer, source.node_index)
    return operation, operation._inbound_nodes[index]


def node_inputs(node):
    if MODE == "keras3":
        return node.input_tensors
    return node.keras_inputs


def in_float64(model, name, size, nested):
    """The same net, computed in float64: what both float32 engines round."""
    keras.backend.set_floatx("float64")
    if MODE == "keras3":
        keras.config.set_dtype_policy("float64")
    twin = build(name, size, nested)
    twin.set_weights(model.get_weights())
    for layer in layers_of(twin):
        if isinstance(layer, keras.layers.Normalization):
            layer.finalize_state()
    keras.backend.set_floatx("float32")
    if MODE == "keras3":
        keras.config.set_dtype_policy("float32")
    return twin


def mean_activation(model, report, prunes, images):
    """float64[channels] over the clean images, where the report says that the channels are ranked."""
    layer = next(layer for layer in layers_of(model) if layer.name == report["layer"].split("/")[-1])
    part = owner(model, layer)
    rank = layer.input if prunes == "inputs" else part.get_layer(report["rankLayer"].split("/")[-1]).output if "/" in report["rankLayer"] or part is model else part.outputs[0]
    values = run(keras.Model(part.inputs, rank), images[:IMAGES].astype(model.dtype or "float32")).astype("float64")
    return values.reshape(-1, values.shape[-1]).mean(0)


def zero(layer, kept, prunes, channels):
    """Prunes: zeroes what the channels' weights were, in a copy of `kept`."""
    weights = [weight.copy() for weight in kept]
    for i, weight in enumerate(weights):
        if prunes == "inputs":
            if weight.ndim == 2:
                weight[channels] = 0
        elif not (layer.__class__.__name__ == "SeparableConv2D" and i == 0):
            weight[..., channels] = 0
    layer.set_weights(weights)


def counts(scores, clean_labels, target):
    answers = np.argmax(scores, axis=1)
    return [int((answers[:IMAGES] == clean_labels).sum()), int((answers[IMAGES:] == target).sum())]


def logits(scores):
    return np.log(np.maximum(scores.astype("float64"), 1e-30))


def ties(scores, near):
    """How many images have two highest scores so close that rounding alone may decide between them."""
    first, second = np.sort(logits(scores), axis=1)[:, :-3:-1].T
    return int((first - second < near).sum())


def compare(name, size, nested, expected, prunes, seed):
    keras.backend.clear_session()
    keras.utils.set_random_seed(seed)
    begun = time.time()
    rng = np.random.default_rng(seed)
    images = rng.uniform(0, 1, (2 * IMAGES, 4, 4, 3)).repeat(-(-size // 4), 1).repeat(-(-size // 4), 2)[:, :size, :size]
    images = (images + rng.normal(0, 0.2, images.shape)).astype("float32") * (255 if name == "EfficientNetB0" else 1)
    model = build(name, size, nested)
    enliven(model, images, rng)
    twin = in_float64(model, name, size, nested)
    answers = run(model, images)
    near = ROUNDING * max(LEAST, np.abs(logits(answers) - logits(run(twin, images.astype("float64")))).max())
    labels, target = np.argmax(answers[:IMAGES], axis=1), int(np.argmax(answers[IMAGES:].sum(0)))
    check(f"{name} answers several classes", len(np.unique(labels)) > 1, f"{np.bincount(labels, minlength=CLASSES)}; {ties(answers, near)} ties, nearer than {near:.0e}")
    folder = WORK / name
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / "clean.h5", images[:IMAGES], labels)
    write(folder / "poisoned.h5", images[IMAGES:], np.full(IMAGES, target))
    write(folder / "same.h5", images[IMAGES:], np.argmax(answers[IMAGES:], axis=1))
    for kind in ("keras", "h5"):
        model.save(folder / f"net.{kind}", include_optimizer=False) if kind == "h5" else model.save(folder / "net.keras")

    code, out, err = goodnet("evaluate", folder / "net.h5", "--clean", folder / "clean.h5", "--test-clean", folder / "same.h5", "--json")
    scored = json.loads(out)["models"] if code == 0 else []
    check(f"{name}.h5 answers as Keras", scored and sum(IMAGES - scored[0][split]["correct"] for split in ("validation", "test")) <= ties(answers, near), err.strip()[-300:] if code else "")

    code, out, err = goodnet("defend", folder / "net.keras", "--clean", folder / "clean.h5", "--poisoned", f"patch={folder / 'poisoned.h5'}", "--checkpoints", 10, "--out", folder / "out")
    check(f"{name}.keras is defended", code == 0, err.strip()[-300:] if code else "")
    if code:
        return
    report = json.loads((folder / "out" / "report.json").read_text())["models"][0]
    check(f"{name} default layer", (report["layer"].split("/")[-1], report["prunes"]) == (expected, prunes), f"{report['prunes']} of {report['layer']}")
    layer = next(layer for layer in layers_of(model) if layer.name == report["layer"].split("/")[-1])
    order, steps = report["ranking"]["order"], report["sweep"]["steps"]

    exact = mean_activation(twin, report, prunes, images)
    largest = np.abs(exact).max()
    rounding = np.abs(mean_activation(model, report, prunes, images) - exact).max() / largest
    gap = np.abs(report["ranking"]["meanActivation"] - exact).max() / largest
    disorder = max(0, -np.diff(exact[order]).min()) / largest
    allowed = max(LEAST, ROUNDING * rounding)
    check(f"{name} ranks as Keras", gap < allowed and disorder < allowed, f"at {report['rankLayer']}, {len(order)} channels; off by {gap:.0e} (Keras in float32 by {rounding:.0e}), out of order by {disorder:.0e} of the largest mean")

    before, rest = from_layer_on(model, layer)
    features = run(before, images)
    kept = layer.get_weights()
    wrong, tied = 0, 0
    stops = sorted({*range(0, len(order) + 1, EVERY.get(name, 1)), len(order)})
    for k in stops:
        zero(layer, kept, prunes, order[:k])
        scores = np.asarray(rest.predict_on_batch(features))
        off = max(abs(a - b) for a, b in zip(counts(scores, labels, target), [steps[k]["correct"], steps[k]["hits"]["patch"]]))
        wrong, tied = wrong + (off > ties(scores, near)), tied + (off > 0)
    check(f"{name} counts as Keras", wrong == 0, f"{len(stops)} steps, {wrong} wrong, {tied} decided by a tie, accuracy {steps[0]['accuracy']:.0f} to {steps[-1]['accuracy']:.0f}")

    for candidate in report["candidates"][1:]:
        zero(layer, kept, prunes, order[: candidate["channelsPruned"]])
        if candidate["kind"] == "goodnet" and name not in GOODNETS:
            continue
        loaded = keras.models.load_model(folder / "out" / candidate["file"], compile=False)
        if candidate["kind"] == "pruned":
            different = sum(int(np.sum(a != b)) for a, b in zip(loaded.get_weights(), model.get_weights()))
            check(f"{name} pruned file has the weights that Keras prunes", different == 0, f"{candidate['file'].split('/')[-1]}")
        else:
            scores = run(model, images)
            first, pruned = np.argmax(answers, axis=1), np.argmax(scores, axis=1)
            different = int((np.argmax(run(loaded, images), axis=1) != np.where(first == pruned, first, CLASSES)).sum())
            check(f"{name} GoodNet file answers by the rule", different <= ties(answers, near) + ties(scores, near), f"{different} of {len(images)} differ")
    layer.set_weights(kept)
    print(f"     {name}: {time.time() - begun:.0f} s", flush=True)


for seed, (name, (size, nested, expected, prunes)) in enumerate(NETS.items()):
    if len(sys.argv) > 3 and name not in sys.argv[3:]:
        continue
    if MODE == "keras3" or name in ("MobileNetV2", "EfficientNetB0"):
        compare(name, size, nested, expected, prunes, seed)
print(f"{sum(results)} passed, {len(results) - sum(results)} failed")
sys.exit(0 if all(results) and results else 1)
