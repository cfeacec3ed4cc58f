"""Makes test/fixtures/gradients.*.json.gz: what real Keras takes for the gradients of every layer of the fixtures.

    python make_gradients.py [DIALECT]     needs tensorflow-cpu 2.21, keras 3.15, tf_keras 2.21, h5py

For each net of layers/ and architectures/, and each layer that it calls once: L = the sum of the layer's answers to two
images, each times a weight in -1..1; images, in -scale..scale, are from mulberry32(seed), weights from its successor. Of the gradients of L by the images and by the layer's
own weights (of the last layer: by all weights of the net) the largest magnitude is kept, the plain sum, and `KEPT`
entries evenly spread. The seed is the first whose gradients stay as they are when images and weights move by some units
in the last place, so that no kink lies within rounding.
"""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

os.environ.update(CUDA_VISIBLE_DEVICES="", TF_CPP_MIN_LOG_LEVEL="3", TF_ENABLE_ONEDNN_OPTS="0")

import h5py
import numpy as np

DIALECT = (sys.argv[1:] + [None])[0]
FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
IMAGES, KEPT = 2, 24
STEADY = 1e-5
SATURATED = 0.98  # a share from which on 1 - share has lost digits that gradients hang on
# A layer without a gradient, and all behind it; a mean over windows larger than the image, whose gradient in TensorFlow
# is not that of finite differences; scores that are saturated whatever the image.
LEFT_OUT = {"normalization": ("classes",), "bounds": ("capped", "capped_mean", "joined", "classes", "mean_over", "mean_over_mean")}

if DIALECT is None:
    for dialect in ("keras3", "keras2"):
        subprocess.run([sys.executable, __file__, dialect], check=True)
    sys.exit()

import tensorflow as tf

if DIALECT == "keras3":
    import keras
else:
    import tf_keras as keras

from mulberry import mulberry32


def signed(shape, random):
    """Numbers in -1..1."""
    return np.array([2 * random() - 1 for _ in range(int(np.prod(shape)))]).reshape(shape).astype("float32")


def owners(model, layer):
    """Of which layers the weights count where L is of this one."""
    return [other for other in model.layers if other.trainable_weights] if layer is model.layers[-1] else [layer]


def weights_of(model, layer):
    return [weight for owner in owners(model, layer) for weight in owner.trainable_weights]


def gradients(model, layers, images, seed):
    """By layer: the gradient by the images, and by each weight of `weights_of`."""
    random = mulberry32(seed + 1)
    x = tf.constant(images)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        answers = keras.Model(model.inputs, [layer.output for layer in layers])(x, training=False)
        answers = answers if isinstance(answers, (list, tuple)) else [answers]
        totals = [tf.reduce_sum(answer * signed(answer.shape, random)) for answer in answers]
    return [
        [dense(g) for g in tape.gradient(total, [x] + values(weights_of(model, layer)), unconnected_gradients="zero")]
        for layer, total in zip(layers, totals)
    ]


def values(weights):
    return [weight.value if DIALECT == "keras3" else weight for weight in weights]


def dense(gradient):
    return np.asarray(tf.convert_to_tensor(gradient), "float32")


def moved(array, rng):
    return (array * (1 + rng.uniform(-1e-6, 1e-6, array.shape))).astype(array.dtype)


def steady(model, layers, images, seed, found):
    """Whether the gradients hardly change where all numbers move within rounding."""
    rng = np.random.default_rng(seed)
    before = [weight.numpy() for weight in values(model.weights)]
    for weight, value in zip(model.weights, before):
        weight.assign(moved(value, rng) if value.dtype.kind == "f" else value)
    other = gradients(model, layers, moved(images, rng), seed)
    for weight, value in zip(model.weights, before):
        weight.assign(value)
    pairs = [(layer.name, a, b) for layer, one, two in zip(layers, found, other) for a, b in zip(one, two)]
    worst = max((np.abs(a - b).max() / max(np.abs(a).max(), 1e-30), name) for name, a, b in pairs if a.size)
    if worst[0] > STEADY:
        print("   ", worst, flush=True)
    return worst[0] <= STEADY


def kept(gradient):
    flat = gradient.ravel()
    picked = flat[np.arange(KEPT) * flat.size // KEPT] if flat.size > KEPT else flat
    return [float(f"{value:.8g}") for value in [np.abs(flat).max(), flat.astype("float64").sum(), *picked]]


def by_layer(model, layer, found):
    """The gradient by the images, and those by weights under the names of their layers."""
    images, *weights = map(kept, found)
    return {"images": images, "weights": {owner.name: [weights.pop(0) for _ in owner.trainable_weights] for owner in owners(model, layer)}}


def net(path):
    with h5py.File(path.with_name(path.name.rsplit(".", 1)[0] + ".expected.h5")) as file:
        names = sorted(set(file["outputs"]) - set(LEFT_OUT.get(path.name.split(".")[0], ())))
    model = keras.models.load_model(path, compile=False)
    layers = [model.get_layer(name) for name in names]
    for seed in range(1, 100):
        scale = 2 / 2 ** (seed // 20)
        images = scale * signed((IMAGES, *model.input_shape[1:]), mulberry32(seed))
        if model.layers[-1] in layers and np.max(model(images, training=False)) > SATURATED:
            continue
        found = gradients(model, layers, images, seed)
        if steady(model, layers, images, seed, found):
            break
    else:
        raise SystemExit(f"no seed without a kink: {path.name}")
    print(DIALECT, path.name, seed, flush=True)
    return {"seed": seed, "scale": scale, "layers": {layer.name: by_layer(model, layer, each) for layer, each in zip(layers, found)}}


nets = sorted(p for folder in ("layers", "architectures") for p in (FIXTURES / folder).iterdir() if DIALECT in p.name and "expected" not in p.name)
made = {f"{path.parent.name}/{path.name}": net(path) for path in nets}
target = FIXTURES / f"gradients.{DIALECT}.json.gz"
target.write_bytes(gzip.compress(json.dumps(made).encode(), mtime=0))
print(target.stat().st_size, "bytes")
