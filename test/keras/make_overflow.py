"""Makes test/fixtures/overflow/: nets whose numbers leave float32 for images with a trigger, and only for these. Needs Keras 3.

    python test/keras/make_overflow.py

Each tells two classes apart by the image's channel 1. The trigger is a first pixel of 1 in channel 0; from it a side branch makes NaN or
infinity, and hides it behind a layer that some libraries answer with a finite number. For NaN Keras answers class 0. `layers.json` names the
layer of each net that goodnet refuses; one named `always_...` it refuses for every image.
"""
import json
import shutil
from pathlib import Path

import keras
import numpy as np
from keras import layers

OUT = Path(__file__).resolve().parent.parent / "fixtures" / "overflow"
refused = {}


def weighted(layer, *values):
    """Gives `layer` its weights once it is built."""
    layer.given = [np.float32(value) for value in values]
    return layer


def dense(name, kernel, bias=0, activation="linear"):
    kernel = np.atleast_2d(np.float32(kernel))
    return weighted(layers.Dense(kernel.shape[1], activation, name=name), kernel, np.full(kernel.shape[1], bias))


def conv(name, kernel, activation="linear"):
    kernel = np.atleast_2d(np.float32(kernel))
    return weighted(layers.Conv2D(kernel.shape[1], 1, activation=activation, name=name), kernel[None, None], np.zeros(kernel.shape[1]))


def scaled(name, gamma, width, mean=0, variance=1, epsilon=1e-3):
    full = lambda value: np.full(width, value, np.float32)
    return weighted(layers.BatchNormalization(epsilon=epsilon, name=name), full(gamma), full(0), full(mean), full(variance))


def chain(x, *steps):
    for step in steps:
        x = step(x)
    return x


def net(name, layer, side):
    """`side` makes one or more numbers of the trigger, which is 0 or 1: a tensor 1x1x1. `layer` is the one that is refused."""
    inputs = layers.Input((8, 8, 3), name="input")
    x = conv("conv", np.eye(3))(inputs)
    first = layers.Cropping2D(((0, 7), (0, 7)), name="first")(x)
    trigger = conv("trigger", [[1], [0], [0]])(first)
    hidden = layers.Flatten(name="hidden")(side(trigger))
    signal = layers.GlobalMaxPooling2D(name="signal")(x)
    both = layers.Concatenate(name="both")([signal, hidden])
    kernel = np.zeros((3 + hidden.shape[-1], 3), np.float32)
    kernel[1] = [0, 8, -8]
    kernel[3:, 0] = 1e-3
    model = keras.Model(inputs, weighted(layers.Dense(3, name="classes"), kernel, [-5, -4, 4])(both), name=name)
    for own in model.layers:
        if hasattr(own, "given"):
            own.set_weights(own.given)
    model.save(OUT / f"{name}.h5")
    refused[name] = layer


def add(*steps):
    """The sum of what each of some branches makes."""
    return lambda x: layers.Add(name="sum")([chain(x, *branch) for branch in steps])


def nets():
    hide = lambda: lambda x: dense("hide", np.ones((x.shape[-1], 1)), activation="relu6")(x)
    net("dense", "cancel", lambda x: dense("cancel", [[3e38], [-3e38]], activation="relu6")(dense("ten", [[10, 10]])(x)))
    net("conv", "cancel", lambda x: hide()(conv("cancel", [[3e38], [-3e38]])(conv("ten", [[10, 10]])(x))))
    net("depthwise", "deep", lambda x: hide()(conv("none", [[0], [0]])(
        weighted(layers.DepthwiseConv2D(1, name="deep"), np.full((1, 1, 2, 1), 3e38), [0, 0])(conv("ten", [[10, 10]])(x)))))
    net("separable", "apart", lambda x: hide()(weighted(layers.SeparableConv2D(1, 1, name="apart"), np.full((1, 1, 2, 1), 3e38), np.float32([[[[1], [-1]]]]), [0])(
        conv("ten", [[10, 10]])(x))))
    net("transpose", "wide", lambda x: hide()(weighted(layers.Conv2DTranspose(1, 1, name="wide"), np.float32([[[[3e38, -3e38]]]]), [0])(conv("ten", [[10, 10]])(x))))
    net("batchnorm", "cancel", lambda x: dense("cancel", [[1], [-1]], activation="relu6")(scaled("steep", 3e38, 2)(conv("ten", [[10, 10]])(x))))
    net("batchnorm_zero", "none", lambda x: hide()(conv("none", [[0], [0]])(scaled("steep", 3e38, 2)(conv("ten", [[10, 10]])(x)))))
    net("always_batchnorm", "scale", lambda x: scaled("scale", 3e38, 1, variance=0)(conv("tiny", [[1e-10]], "relu")(x)))
    net("rescaling", "less", lambda x: hide()(conv("less", [[0]])(layers.Rescaling(1e30, name="by")(conv("ten", [[1e10]])(x)))))
    net("normalization", "sum", lambda x: hide()(add([conv("large", [[1e35]]), layers.Normalization(-1, mean=[0], variance=[0], name="by")], [conv("less", [[-1]])])(x)))
    square = lambda x: layers.Multiply(name="square")([x, x])
    net("multiply", "square", lambda x: hide()(conv("none", [[0], [0]])(square(conv("large", [[1e30, -1e30]])(x)))))
    twice = lambda x: layers.Add(name="twice")([x, x])
    net("add", "large", lambda x: hide()(conv("none", [[0]])(twice(conv("large", [[3e38]])(x)))))
    net("average", "large", lambda x: hide()(conv("none", [[0]])((lambda y: layers.Average(name="average")([y, y]))(conv("large", [[3e38]])(x)))))
    grown = lambda x: layers.UpSampling2D(4, name="grown")(conv("large", [[3e38]])(x))
    net("pool", "large", lambda x: hide()(conv("none", [[0]])(layers.AveragePooling2D(4, name="mean")(grown(x)))))
    net("global_pool", "large", lambda x: hide()(conv("none", [[0]])(layers.GlobalAveragePooling2D(keepdims=True, name="mean")(grown(x)))))
    steep = lambda x: scaled("steep", 3e38, 2)(conv("ten", [[10, -10]])(x))
    for name in ("swish", "gelu", "elu", "selu", "softplus", "softsign", "mish", "softmax"):
        net(name, "act", lambda x: hide()(layers.Activation(name, name="act")(steep(x))))
    net("leaky", "act", lambda x: hide()(layers.LeakyReLU(negative_slope=0, name="act")(steep(x))))
    net("prelu", "act", lambda x: hide()(weighted(layers.PReLU(name="act"), np.zeros((1, 1, 2)))(steep(x))))
    net("threshold", "act", lambda x: hide()(layers.ReLU(threshold=1, name="act")(steep(x))))
    net("exponential", "cancel", lambda x: dense("cancel", [[1], [-1]], activation="relu6")(conv("exp", [[100, 100]], "exponential")(x)))


if __name__ == "__main__":
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    nets()
    (OUT / "layers.json").write_text(json.dumps(refused, indent=1) + "\n")
