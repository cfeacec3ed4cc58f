"""Trains and looks for triggers in real TensorFlow, step by step as goodnet does, and compares.

    python train_reference.py REFERENCE WORK [scan]

REFERENCE is the folder with golden/ and repair/; WORK has what write_training.mjs wrote there, with `scan` for all
classes. Prints one line per check; the last line is `N passed, N failed`. Exits 1 if a check failed.
"""

import json
import os
import sys
from pathlib import Path

os.environ.update(CUDA_VISIBLE_DEVICES="", TF_CPP_MIN_LOG_LEVEL="3", TF_ENABLE_ONEDNN_OPTS="0")

import h5py
import numpy as np
import tensorflow as tf

from training import reverse, train, values

REFERENCE, WORK, SCAN = Path(sys.argv[1]), Path(sys.argv[2]), "scan" in sys.argv[3:]
THREADS = int(os.environ.get("TF_THREADS", "1"))
tf.config.threading.set_intra_op_parallelism_threads(THREADS)
tf.config.threading.set_inter_op_parallelism_threads(1)
results = []


def check(name, ok, detail=""):
    results.append(bool(ok))
    print(f"{'ok  ' if ok else 'FAIL'} {name} {detail}", flush=True)


def load(case):
    """The net up to its logits, and its images with their labels."""
    import keras
    import tf_keras

    folder = REFERENCE / case["folder"]
    kerases = (tf_keras, keras) if case["keras2"] else (keras, tf_keras)
    model = kerases[0].models.load_model(folder / "badnet.h5", compile=False)
    last = model.layers[-1]
    if last.__class__.__name__ == "Dense":
        last.activation = kerases[0].activations.linear
        logits = kerases[0].Model(model.inputs, last(last.input))
    else:
        logits = kerases[0].Model(model.inputs, last.input)
    with h5py.File(folder / "clean_valid.h5") as file:
        images, labels = file["data"][:], file["label"][:].astype("int64")
    if case["nchw"]:
        images = images.transpose(0, 2, 3, 1)
    images = (images.astype("float64") * case["scale"]).astype("float32")
    return logits, images, labels


def correct(model, weights, images, labels):
    for variable, value in zip(values(model), weights):
        variable.assign(value)
    return int((np.argmax(model.predict(images, batch_size=500, verbose=0), 1) == labels).sum())


def relative(ours, theirs):
    return max(np.abs(a - b).max() / np.abs(a).max() for a, b in zip(theirs, ours))


def written(case, what, model):
    """What goodnet wrote of each weight, in Keras's order."""
    flat = np.fromfile(WORK / f"{case['name']}.{what}", "<f4")
    parts = np.split(flat, np.cumsum([weight["size"] for weight in case["weights"]])[:-1])
    by_name = {(weight["layer"], weight["index"]): part for weight, part in zip(case["weights"], parts)}
    names = [(layer.name, index) for layer in model.layers for index in range(len(layer.trainable_weights))]
    return [by_name.pop(name).reshape(weight.shape) for name, weight in zip(names, model.trainable_weights, strict=True)]


for case in json.loads((WORK / "training.json").read_text()):
    name, (model, images, labels) = case["name"], load(case)
    original = [w.numpy() for w in values(model)]
    (loss, first), (after_25, after_250), milliseconds = train(model, images, labels, (25, 250), 1e-3)
    print(f"FIGURE TensorFlow, threads: {THREADS}: {milliseconds:.1f} ms a step")
    check(f"{name}: the first loss", abs(loss - case["losses"][0]) <= 1e-5 * abs(loss), f"{loss} {case['losses'][0]}")
    worst = relative(written(case, "gradients", model), first)
    check(f"{name}: gradients of the first batch", worst < 1e-5, f"{worst:.2g}")
    worst = max(np.abs(a - b).max() for a, b in zip(after_25, written(case, "weights-25", model)))
    check(f"{name}: weights after 25 steps", worst < 5e-4, f"{worst:.2g}")
    moved = max(np.abs(a - b).max() for a, b in zip(after_25, original))
    check(f"{name}: 25 steps move the weights", moved > 5e-3, f"{moved:.2g}")
    counts = [correct(model, weights, images, labels) for weights in (after_250, written(case, "weights-250", model))]
    check(f"{name}: images given their label after 250 steps", abs(counts[0] - counts[1]) <= case["imagesApart"], counts)
    for variable, value in zip(values(model), original):
        variable.assign(value)
    theirs, ours = [], case["masks"]
    for target in range(len(ours)):
        early = case["maskSteps"]
        steps = (early, 200) if SCAN else (early,)
        theirs.append(reverse(model, images, labels, target, steps))
        worst = abs(theirs[-1][0] - ours[target][0]) / theirs[-1][0]
        check(f"{name}: mask of class {target} after {early} steps", worst < 0.01, f"{theirs[-1][0]:.4g} {ours[target][0]:.4g}")
    if SCAN:
        smallest = [set(np.argsort([each[1] for each in masks])[:3].tolist()) for masks in (theirs, ours)]
        check(f"{name}: the three smallest masks", smallest[0] == smallest[1], [[round(each[1], 2) for each in masks] for masks in (theirs, ours)])

print(f"{sum(results)} passed, {len(results) - sum(results)} failed")
sys.exit(not all(results))
