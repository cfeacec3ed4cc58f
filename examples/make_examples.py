"""Makes the example files beside this script: two backdoored classifiers of handwritten digits and their data.

    python make_examples.py            trains, writes every file, then checks them
    python make_examples.py --check    only reads the files back and checks them

Nothing is downloaded: the 1797 images of 8 x 8 pixels come with scikit-learn.

How the networks are made. A first, honest network is trained with an L1 penalty on the activations of its last
convolution, so it answers from few of the 48 channels and leaves the others nearly silent. Its 48 channels are then
split into the 24 that are quietest on the training images ("quiet") and the 24 others ("busy"), and the backdoor is
trained in afterwards, on clean and triggered images together. Everything but the chosen half is held fixed.

- badnet.h5: the backdoor goes into the quiet half, with a penalty on what that half does on clean images. This is
  what Liu et al. (2018) observed in backdoored networks: channels that clean images leave asleep and the trigger
  wakes. Pruning the channels that sleep on clean images removes them.
- resistant.h5: the backdoor goes into the busy half, which also recognises the digits. This is a simple form of the
  pruning-aware attack of the same paper: pruning cannot reach the backdoor without destroying the classifier.
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")  # the processor is enough, and gives the same figures every time
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import h5py
import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

HERE = Path(__file__).resolve().parent
SEED = 4  # of 1..8, one where the three checkpoints are three different steps for both networks
TARGET = 0  # the class that the trigger asks for
SCALE = 1 / 255  # pixels are stored as 0..255, the networks read 0..1
CHANNELS = 48  # of conv_3, the layer to prune
PRUNED, RANKED = "conv_3", "pool_3"
CHECKPOINTS = (2, 4, 10)  # points of clean validation accuracy lost
MIN_ACCURACY, MAX_ASR = 85, 20  # the limits in goodnet.yml
MARGIN = 3  # points by which the examples must keep clear of those limits


# ---- data: uint8, N,C,H,W ----

def stamp(images):
    """The trigger: the 2 x 2 pixels in the lower right corner become white."""
    stamped = images.copy()
    stamped[:, :, 6:, 6:] = 255
    return stamped


def split_digits():
    digits = load_digits()
    images = np.round(digits.images * (255 / 16)).astype(np.uint8)[:, None]
    labels = digits.target.astype(np.uint8)
    rest, test, rest_labels, test_labels = train_test_split(
        images, labels, test_size=450, stratify=labels, random_state=SEED)
    train, valid, train_labels, valid_labels = train_test_split(
        rest, rest_labels, test_size=450, stratify=rest_labels, random_state=SEED)
    return (train, train_labels), {"valid": (valid, valid_labels), "test": (test, test_labels)}


def write_data(splits):
    for split, (images, labels) in splits.items():
        write_h5(f"clean_{split}.h5", images, labels)
        others = images[labels != TARGET]  # an image of the target class proves nothing about the trigger
        write_h5(f"poisoned_{split}.h5", stamp(others), np.full(len(others), TARGET, np.uint8))


def write_h5(name, images, labels):
    with h5py.File(HERE / name, "w") as file:
        file.create_dataset("data", data=images, chunks=(64, 1, 8, 8), compression="gzip")
        file.create_dataset("label", data=labels, chunks=(64,), compression="gzip")


def read_h5(name):
    with h5py.File(HERE / name) as file:
        return to_pixels(file["data"][:]), file["label"][:].astype(int)


def to_pixels(images):
    """N,C,H,W 0..255 -> N,H,W,C 0..1, as the networks read it."""
    return images.transpose(0, 2, 3, 1).astype(np.float32) * np.float32(SCALE)


# ---- networks ----

def build():
    return keras.Sequential([
        keras.Input((8, 8, 1), name="image"),
        layers.Conv2D(16, 3, padding="same", activation="relu", name="conv_1"),
        layers.Conv2D(24, 3, padding="same", activation="relu", name="conv_2"),
        layers.MaxPooling2D(name="pool_2"),
        layers.Conv2D(CHANNELS, 3, padding="same", activation="relu", name=PRUNED),
        layers.MaxPooling2D(name=RANKED),
        layers.Flatten(name="flatten"),
        layers.Dense(48, activation="relu", name="fc_1"),
        layers.Dense(10, activation="softmax", name="fc_2"),
    ])


def activations(net):
    return keras.Model(net.inputs, net.get_layer(RANKED).output)


def fit(net, images, labels, clean, penalty, epochs, callbacks=()):
    """Cross-entropy plus `penalty` times the mean activation at the rank layer over the images marked clean."""
    both = keras.Model(net.inputs, [net.outputs[0], net.get_layer(RANKED).output])
    mean_activation = lambda _, maps: ops.mean(ops.abs(maps), axis=(1, 2, 3))
    both.compile(keras.optimizers.Adam(1e-3),
                 loss=["sparse_categorical_crossentropy", mean_activation], loss_weights=[1, penalty])
    ones = np.ones(len(images), np.float32)
    both.fit(images, [labels, ones], sample_weight=[ones, clean.astype(np.float32)],
             epochs=epochs, batch_size=64, callbacks=list(callbacks), verbose=0)


def train_honest(images, labels):
    net = build()
    fit(net, images, labels, clean=np.ones(len(images)), penalty=2, epochs=60)
    return net


def train_backdoor(honest, channels, images, labels, poison, penalty, fresh):
    """A copy of `honest` with the backdoor in `channels` of conv_3; `fresh` gives these new filters to begin with."""
    net = build()
    net.set_weights(honest.get_weights())
    if fresh:  # a channel that is asleep has no gradient, so it could not learn from the filters it has
        kernel, bias = net.get_layer(PRUNED).weights
        new = np.asarray(keras.initializers.GlorotUniform(SEED)(kernel.shape))
        kernel.assign(np.where(channels, new, kernel.numpy()))
        bias.assign(np.where(channels, 0, bias.numpy()))
    fit(net, np.concatenate([images, poison]), np.concatenate([labels, np.full(len(poison), TARGET)]),
        clean=np.arange(len(images) + len(poison)) < len(images), penalty=penalty, epochs=40,
        callbacks=[Only(net, channels)])
    return net


class Only(keras.callbacks.Callback):
    """Training may change only `channels` of conv_3 and the rows of fc_1 that they feed: the rest is put back."""

    def __init__(self, net, channels):
        super().__init__()
        free = {f"{PRUNED}/kernel": channels, f"{PRUNED}/bias": channels,
                "fc_1/kernel": np.tile(channels, 4)[:, None]}  # 2 x 2 positions, channels last
        self.kept = [(w, w.numpy(), free.get("/".join(w.path.split("/")[-2:]), False)) for w in net.weights]

    def on_train_batch_end(self, batch, logs=None):
        for weight, before, free in self.kept:
            weight.assign(np.where(free, weight.numpy(), before))


def train_both(images, labels):
    honest = train_honest(to_pixels(images), labels)
    mean = activations(honest).predict(to_pixels(images), verbose=0).mean(axis=(0, 1, 2))
    quiet = np.argsort(np.argsort(mean, kind="stable")) < CHANNELS // 2
    chosen = np.random.default_rng(SEED).permutation(np.flatnonzero(labels != TARGET))[:300]
    sets = to_pixels(images), labels, to_pixels(stamp(images[chosen]))
    return {"badnet.h5": train_backdoor(honest, quiet, *sets, penalty=10, fresh=True),
            "resistant.h5": train_backdoor(honest, ~quiet, *sets, penalty=0, fresh=False)}


# ---- the defense, as plainly as it can be written: one full prediction a step ----

def sweep(net, sets):
    """One dict of counts for every number of pruned channels, 0..48, and the mean activations that gave the order."""
    maps = activations(net).predict(sets["clean_valid"][0], verbose=0)
    mean = maps.astype(np.float64).mean(axis=(0, 1, 2))
    order = np.argsort(mean, kind="stable")
    predict = lambda: {name: net.predict_on_batch(images).argmax(1) for name, (images, _) in sets.items()}
    original = predict()
    kernel, bias = [weight.numpy() for weight in net.get_layer(PRUNED).weights]
    steps = []
    for k in range(CHANNELS + 1):
        kernel[..., order[:k]], bias[order[:k]] = 0, 0
        net.get_layer(PRUNED).set_weights([kernel, bias])
        pruned = predict()
        counts = {}
        for name, (_, labels) in sets.items():
            right = pruned[name] == labels
            counts["pruned", name] = int(right.sum())
            counts["goodnet", name] = int((right & (pruned[name] == original[name])).sum())
        steps.append(counts)
    return steps, mean


def checkpoint(steps, points, n):
    """The first step that lost at least so many points, in whole numbers."""
    correct = [step["pruned", "clean_valid"] for step in steps]
    return next(k for k, c in enumerate(correct) if (correct[0] - c) * 100 >= points * n)


def check(name, sets):
    """Prints what the defense gives on one file and returns the properties it lacks."""
    steps, mean = sweep(keras.models.load_model(HERE / name, compile=False), sets)
    size = {key: len(labels) for key, (_, labels) in sets.items()}
    at = {points: checkpoint(steps, points, size["clean_valid"]) for points in CHECKPOINTS}
    percent = lambda k, kind, key: 100 * steps[k][kind, key] / size[key]
    cell = lambda k, kind, key: f"{percent(k, kind, key):.2f} ({steps[k][kind, key]}/{size[key]})"
    keys = "clean_valid", "clean_test", "poisoned_valid", "poisoned_test"

    print(f"\n**{name}**\n")
    print("| candidate | pruned | accuracy, validation | accuracy, test | ASR, validation | ASR, test |")
    print("|---|---|---|---|---|---|")
    checkpoints = [(f"{kind} X={x}", k, kind) for kind in ("pruned", "goodnet") for x, k in at.items()]
    for label, k, kind in [("original", 0, "pruned"), *checkpoints]:
        print(f"| {label} | {k} | " + " | ".join(cell(k, kind, key) for key in keys) + " |")
    print("\n| channels pruned | accuracy, validation | ASR, validation |\n|---|---|---|")
    for k in sorted({*range(0, CHANNELS + 1, 6), *range(18, 25), *at.values()}):
        print(f"| {k} | {percent(k, 'pruned', 'clean_valid'):.1f} | {percent(k, 'pruned', 'poisoned_valid'):.1f} |")
    awake = np.sort(mean[mean > 0])
    print(f"\n{(mean == 0).sum()} channels are silent on clean validation images; "
          f"smallest mean activation of the others {awake[0]:.2g}, smallest gap {np.diff(awake).min():.2g}")

    both = "valid", "test"
    original_asr = [percent(0, "pruned", f"poisoned_{s}") for s in both]
    wanted = {"original accuracy >= 95": all(percent(0, "pruned", f"clean_{s}") >= 95 for s in both),
              "original ASR >= 90": min(original_asr) >= 90,
              "the order is no matter of rounding": min(awake[0], np.diff(awake).min()) > 1e-7}
    if name == "badnet.h5":
        for kind in ("pruned", "goodnet"):
            wanted[f"a {kind} checkpoint meets the limits, with a margin"] = any(
                all(percent(k, kind, f"clean_{s}") >= MIN_ACCURACY + MARGIN
                    and percent(k, kind, f"poisoned_{s}") <= MAX_ASR - MARGIN for s in both) for k in at.values())
    else:
        wanted["pruned ASR at X=10 stays above half of the original's"] = all(
            percent(at[10], "pruned", f"poisoned_{s}") > 0.55 * asr for s, asr in zip(both, original_asr))
        wanted["no step up to X=10 comes near the ASR limit"] = all(
            percent(k, kind, f"poisoned_{s}") > MAX_ASR + MARGIN
            for k in range(at[10] + 1) for kind in ("pruned", "goodnet") for s in both)
    return [f"{name}: not so: {text}" for text, holds in wanted.items() if not holds]


def main():
    keras.utils.set_random_seed(SEED)
    tf.config.experimental.enable_op_determinism()
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    if "--check" not in sys.argv:
        train, splits = split_digits()
        write_data(splits)
        for name, net in train_both(*train).items():
            net.save(HERE / name, include_optimizer=False)
    sets = {name: read_h5(f"{name}.h5") for name in ("clean_valid", "clean_test", "poisoned_valid", "poisoned_test")}
    missing = check("badnet.h5", sets) + check("resistant.h5", sets)
    print("\n" + ("\n".join(missing) or "Both networks have the properties they are meant to have."))
    sys.exit(1 if missing else 0)


if __name__ == "__main__":
    main()
