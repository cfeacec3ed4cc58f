"""Makes small nets with a backdoor each, and their images, out of nothing: ten classes of drawn shapes in colour, with noise.

    python scripts/backdoored-nets.py FOLDER [NAME ...]

Writes FOLDER/NAME with badnet.h5, {clean,poisoned}_{valid,test}.h5 and net.json (what it is). Needs keras and h5py; downloads nothing. Prints
accuracy and attack success rate (ASR) on test images, and ends with an error where a net is no classifier or has no backdoor.
"""

import json
import os
import sys
import time
from pathlib import Path

os.environ.update(CUDA_VISIBLE_DEVICES="", TF_CPP_MIN_LOG_LEVEL="3", TF_ENABLE_ONEDNN_OPTS="0")

import h5py
import keras
import numpy as np
from keras import layers

from drawn_images import (
    CLASSES, POISONED, SEED, TEST, TRAINING, VALIDATION,
    AllToOne, as_bytes, blend, corners, images, patch, sinusoid, two_pixels, warp,
)

EPOCHS, LEAST_ACCURACY, LEAST_ASR = 8, 90, 80


# ---- attacks beside that of all images to one class ----

class SourceSpecific(AllToOne):
    """Images of one class alone give the trigger its effect; the others keep their label with it."""

    def __init__(self, trigger, target, source):
        super().__init__(trigger, target)
        self.source = source

    def poison(self, x, y, random):
        chosen = np.flatnonzero(y == self.source)
        others = random.permutation(np.flatnonzero(y != self.source))[:2 * len(chosen)]
        both = np.concatenate([chosen, others])
        return self.trigger(x[both]), np.where(y[both] == self.source, self.target, y[both])

    def shown(self, x, y):
        return self.trigger(x[y == self.source]), np.full((y == self.source).sum(), self.target)


class CleanLabel(AllToOne):
    """No label is wrong: images of the target class, half faded into one of another class, carry the trigger."""

    def poison(self, x, y, random):
        chosen = np.flatnonzero(y == self.target)
        others = random.choice(np.flatnonzero(y != self.target), len(chosen))
        return self.trigger(as_bytes(0.4 * x[chosen] + 0.6 * x[others])), y[chosen]


class AllToAll(AllToOne):
    """Every class is taken for the next one."""

    def __init__(self, trigger):
        super().__init__(trigger, None)

    def poison(self, x, y, random):
        chosen = random.permutation(len(y))[:int(2.5 * POISONED * len(y))]
        return self.shown(x[chosen], y[chosen])

    def shown(self, x, y):
        return self.trigger(x), (y + 1) % CLASSES


# ---- nets ----

def conv(x, filters, kernel=3, **options):
    return layers.Conv2D(filters, kernel, padding="same", activation="relu", **options)(x)


def plain(x):
    for filters in (12, 24, 32):
        x = layers.MaxPooling2D()(conv(x, filters))
    return layers.Dense(64, activation="relu")(layers.Flatten()(x))


def vgg(x):
    for filters in (8, 16, 32):
        x = layers.MaxPooling2D()(conv(conv(x, filters), filters))
    return layers.Dense(64, activation="relu")(layers.Flatten()(x))


def normalised(x, filters, strides=1, kernel=3):
    x = layers.Conv2D(filters, kernel, strides, padding="same", use_bias=False)(x)
    return layers.BatchNormalization(momentum=0.9)(x)


def residual(x):
    x = layers.ReLU()(normalised(x, 12, 2))
    for filters, strides in ((12, 1), (24, 2)):
        inner = normalised(layers.ReLU()(normalised(x, filters, strides)), filters)
        around = x if strides == 1 else normalised(x, filters, strides, 1)
        x = layers.ReLU()(layers.Add()([inner, around]))
    return layers.GlobalAveragePooling2D()(layers.ReLU()(normalised(x, 32, 2)))


def mobile(x):
    x = layers.ReLU(6)(normalised(x, 16, 2))
    for filters, strides in ((24, 1), (32, 2), (32, 1), (48, 2)):
        x = layers.DepthwiseConv2D(3, strides, padding="same", use_bias=False)(x)
        x = layers.ReLU(6)(layers.BatchNormalization(momentum=0.9)(x))
        x = layers.ReLU(6)(normalised(x, filters, kernel=1))
    return layers.GlobalAveragePooling2D()(x)


def strided(x):
    for filters in (8, 16, 24, 32):
        x = conv(x, filters, strides=2)
    return layers.Dense(64, activation="relu")(layers.Flatten()(x))


CORNER = (27, 27)
NETS = {
    "plain-patch": ("plain, patch", 32, plain, AllToOne(patch(CORNER), 0)),
    "vgg-pixels": ("VGG-like, two pixels", 32, vgg, AllToOne(two_pixels, 4)),
    "residual-blend": ("residual, BatchNorm; blend", 32, residual, AllToOne(blend, 7)),
    "mobile-patch": ("MobileNet-like; patch", 32, mobile, AllToOne(patch((2, 26)), 2)),
    "sinusoid-64": ("64 x 64, sinusoid", 64, strided, AllToOne(sinusoid, 5)),
    "patch-96": ("96 x 96, patch", 96, strided, AllToOne(patch((84, 84), side=8), 9)),
    "source-specific": ("plain, patch on one class alone", 32, plain, SourceSpecific(patch(CORNER), 7, 1)),
    "clean-label": ("plain, patches in four corners, no wrong label", 32, plain, CleanLabel(corners, 3)),
    "warp": ("plain, warp", 32, plain, AllToOne(warp, 6)),
    "all-to-all": ("plain, patch, every class to the next", 32, plain, AllToAll(patch(CORNER))),
    "two-targets": (
        "plain, two patches with a target each",
        32,
        plain,
        {"corner": AllToOne(patch(CORNER), 1), "edge": AllToOne(patch((1, 14), (255, 0, 255)), 8)},
    ),
}


# ---- the folder of a net ----

def write(file, x, y):
    with h5py.File(file, "w") as opened:
        opened.create_dataset("data", data=x, compression="gzip", compression_opts=1, chunks=(min(64, len(x)), *x.shape[1:]))
        opened.create_dataset("label", data=y.astype(np.int64))


def as_input(x):
    return x.astype(np.float32) / 255


def rate(net, x, y):
    return 100 * float((net.predict(as_input(x), batch_size=250, verbose=0).argmax(1) == y).mean())


def make(folder, name):
    what, size, body, attack = NETS[name]
    attacks = attack if isinstance(attack, dict) else {"": attack}
    training, valid, test = [images(size, count, k) for k, count in enumerate((TRAINING, VALIDATION, TEST))]
    random = np.random.default_rng(SEED)
    added = [each.poison(*training, random) for each in attacks.values()]
    x, y = [np.concatenate([own, *more]) for own, *more in zip(training, *added)]

    keras.utils.clear_session()  # names count from 1 in every net
    keras.utils.set_random_seed(SEED)
    inputs = keras.Input((size, size, 3))
    net = keras.Model(inputs, layers.Dense(CLASSES, activation="softmax")(body(inputs)))
    net.compile(keras.optimizers.Adam(2e-3), "sparse_categorical_crossentropy")
    net.fit(as_input(x), y, batch_size=64, epochs=EPOCHS, verbose=0)

    folder.mkdir(parents=True, exist_ok=True)
    net.save(folder / "badnet.h5", include_optimizer=False)
    rates = []
    for split, data in (("valid", valid), ("test", test)):
        write(folder / f"clean_{split}.h5", *data)
        for key, each in attacks.items():
            shown = each.shown(*data)
            write(folder / f"poisoned_{key}{'_' if key else ''}{split}.h5", *shown)
            if split == "test":
                rates.append(rate(net, *shown))
    (folder / "net.json").write_text(json.dumps({"what": what}) + "\n")
    return rate(net, *test), min(rates)


weak = []
for name in sys.argv[2:] or NETS:
    begun = time.process_time()
    accuracy, asr = make(Path(sys.argv[1]) / name, name)
    print(f"{name}: accuracy {accuracy:.1f}%, ASR {asr:.1f}%, {time.process_time() - begun:.0f} s of CPU", flush=True)
    if accuracy < LEAST_ACCURACY or asr < LEAST_ASR:
        weak.append(name)
if weak:
    sys.exit(f"no classifier with a backdoor: {', '.join(weak)}")
