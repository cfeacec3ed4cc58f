"""Trains and looks for triggers in real TensorFlow, step by step as goodnet does, and compares.

    python train_reference.py REFERENCE WORK [scan]

REFERENCE is the folder with golden/ and repair/; WORK has what write_training.mjs wrote there, with `scan` for all
classes. Prints one line per check; the last line is `N passed, N failed`. Exits 1 if a check failed.
"""

import json
import os
import sys
import time
from pathlib import Path

os.environ.update(CUDA_VISIBLE_DEVICES="", TF_CPP_MIN_LOG_LEVEL="3", TF_ENABLE_ONEDNN_OPTS="0")

import h5py
import numpy as np
import tensorflow as tf

from mulberry import mulberry32, shuffled

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


def values(model):
    return [getattr(weight, "value", weight) if not callable(getattr(weight, "value", None)) else weight for weight in model.trainable_weights]


def batches(numbers, size, random, short):
    while True:
        order = shuffled(numbers, random)
        for start in range(0, len(order), size):
            if short or start + size <= len(order):
                yield np.array(order[start:start + size])


class Adam:
    def __init__(self, weights, keep, keep_square):
        self.keep, self.keep_square, self.power, self.power_square = keep, keep_square, 1.0, 1.0
        self.moments = [(tf.Variable(tf.zeros_like(w)), tf.Variable(tf.zeros_like(w))) for w in weights]

    def step(self, weights, gradients, rate):
        self.power *= self.keep
        self.power_square *= self.keep_square
        far = rate * np.sqrt(1 - self.power_square) / (1 - self.power)
        move(weights, gradients, self.moments, tf.constant(self.keep, tf.float32), tf.constant(self.keep_square, tf.float32), tf.constant(far, tf.float32))


@tf.function
def move(weights, gradients, moments, keep, keep_square, far):
    for w, g, (m, v) in zip(weights, gradients, moments):
        m.assign(keep * m + (1 - keep) * g)
        v.assign(keep_square * v + (1 - keep_square) * g * g)
        w.assign_sub(far * m / (tf.sqrt(v) + 1e-7))


def trainer(model):
    weights = values(model)

    @tf.function(reduce_retracing=True)
    def gradients(x, y):
        with tf.GradientTape() as tape:
            logits = model(x, training=False)
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(y, logits))
        return loss, tape.gradient(loss, weights)

    return weights, gradients


def train(model, images, labels, steps, rate):
    """The first gradients, the weights after each of `steps`, and the seconds of all steps."""
    numbers = shuffled(range(len(labels)), mulberry32(1))[:round(0.8 * len(labels))]
    weights, gradients = trainer(model)
    drawn = batches(numbers, 64, mulberry32(1), short=True)
    adam, first, kept, begun = Adam(weights, 0.9, 0.999), None, [], None
    for step in range(1, max(steps) + 1):
        picked = next(drawn)
        loss, found = gradients(images[picked], labels[picked])
        first = first or [float(loss), [g.numpy() for g in found]]
        adam.step(weights, found, rate)
        begun = begun or time.perf_counter()
        if step in steps:
            kept.append([w.numpy() for w in weights])
    print(f"FIGURE TensorFlow, threads: {THREADS}: {1000 * (time.perf_counter() - begun) / (max(steps) - 1):.1f} ms a step")
    return first, kept


def correct(model, weights, images, labels):
    for variable, value in zip(values(model), weights):
        variable.assign(value)
    return int((np.argmax(model.predict(images, batch_size=500, verbose=0), 1) == labels).sum())


def reverse(model, images, labels, target, steps):
    """The masks' sums after each of `steps`: of the best mask so far, else of the last."""
    others = [i for i in range(len(labels)) if labels[i] != target]
    drawn = batches(others, 32, mulberry32(3), short=False)
    height, width, channels = images.shape[1:]
    a, b = tf.Variable(tf.zeros((height, width, 1))), tf.Variable(tf.zeros((height, width, channels)))
    adam, strength, best, successes, sums = Adam([a, b], 0.5, 0.9), 1e-3, None, [], []
    wanted = tf.fill([32], tf.constant(target, tf.int64))

    @tf.function
    def gradients(x, strength):
        with tf.GradientTape() as tape:
            m, p = (tf.tanh(a) + 1) / 2, (tf.tanh(b) + 1) / 2
            logits = model(x * (1 - m) + p * m, training=False)
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(wanted, logits)) + strength * tf.reduce_sum(m)
        return loss, tf.reduce_mean(tf.cast(tf.argmax(logits, 1) == wanted, tf.float32)), tf.reduce_sum(m), tape.gradient(loss, [a, b])

    for step in range(1, max(steps) + 1):
        loss, success, size, found = gradients(images[next(drawn)], tf.constant(strength, tf.float32))
        successes.append(float(success))
        if step % 10 == 0:
            reached = np.mean(successes[-10:]) >= 0.98
            if reached and (best is None or size < best):
                best = float(size)
            strength = strength * 1.5 if reached else strength / 1.5**1.5
        adam.step([a, b], found, 0.1)
        if step in steps:
            sums.append(best if best is not None else float(tf.reduce_sum((tf.tanh(a) + 1) / 2)))
    return sums


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
    (loss, first), (after_25, after_250) = train(model, images, labels, (25, 250), 1e-3)
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
