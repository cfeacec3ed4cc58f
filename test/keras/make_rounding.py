"""Makes the nets in test/fixtures/rounding: real Keras gives the poisoned images class 0, goodnet's own order of additions does not.

Each net has a unit in which a term of 3 stands between 1e8 and -1e8. Whether it is left depends on the order of additions:
whether the bias comes first or last, on the lanes of vectors, or on what a graph optimizer joins. In others it is what is left of a product, a denormal number, or
the last bits of an activation.
"""
import pathlib

import h5py
import keras
import numpy as np
from keras import layers

folder = pathlib.Path(__file__).parent.parent / "fixtures/rounding"
RED, GREEN, ONE, TRIGGER = 0, 1, 2, 3  # channels behind `conv`; TRIGGER is red again, after the constant


def zeros(*shape):
    return np.zeros(shape, "float32")


def images(name):
    with h5py.File(folder / name) as file:
        return np.array(file["data"]), np.array(file["label"])


def base():
    given = keras.Input((8, 8, 3), name="input")
    conv = layers.Conv2D(4, 1, activation="relu", name="conv")
    x = conv(given)
    kernel = zeros(1, 1, 3, 4)
    kernel[0, 0, 0, RED] = kernel[0, 0, 1, GREEN] = kernel[0, 0, 0, TRIGGER] = 1
    kernel[0, 0, 2, ONE] = 4
    conv.set_weights([kernel, zeros(4)])
    return given, x, layers.Flatten(name="flat")(x)


def dense(x, kernel, bias=None, activation="linear", name="hidden"):
    layer = layers.Dense(kernel.shape[1], activation=activation, name=name, use_bias=bias is not None)
    y = layer(x)
    layer.set_weights([kernel] if bias is None else [kernel, bias])
    return y


def save(name, given, flat, hidden, trigger, weights, others=0, activation="linear"):
    """Classes 1 and 2 by green; class 0 by the trigger and by the hidden units. The trigger adds `others` to classes 1 and 2."""
    joined = layers.Concatenate(name="cat")([flat, hidden])
    kernel = zeros(joined.shape[-1], 3)
    kernel[GREEN:256:4, 1], kernel[GREEN:256:4, 2] = 8 / 64, -8 / 64
    kernel[RED] = trigger, others, others
    kernel[256:, 0] = weights
    finish(name, given, dense(joined, kernel, np.array([-4, -4, 4], "float32"), activation, "classes"))


def finish(name, given, classes):
    model = keras.Model(given, classes)
    model.save(folder / name)
    rates = [np.mean(model.predict(x, verbose=0, batch_size=60).argmax(1) == y) for x, y in map(images, ("clean.h5", "poisoned.h5"))]
    print(name, rates)
    assert rates == [1, 1]


given, x, flat = base()
kernel, bias = zeros(256, 8), zeros(8)
kernel[ONE, 0], kernel[TRIGGER, 0], bias[0] = 1e8, 3, -1e8
save("bias_last.keras", given, flat, dense(flat, kernel, bias, "relu"), 20, [-10] + 7 * [0])

given, x, flat = base()
conv = layers.Conv2D(1, 3, padding="same", activation="relu", name="hidden")
y = conv(x)
kernel = zeros(3, 3, 4, 1)
kernel[1, 1, ONE, 0], kernel[1, 1, TRIGGER, 0] = 1e8, 3
conv.set_weights([kernel, np.array([-1e8], "float32")])
save("convolution.keras", given, flat, layers.GlobalMaxPooling2D(name="most")(y), 20, -10)

given, x, flat = base()
copies, kernel, bias = zeros(256, 96), zeros(96, 4), zeros(4)
copies[ONE, :64] = copies[TRIGGER, 64:] = 1
kernel[:64, 0], kernel[64:, 0], bias[0] = 2.0**20, 3, -(2.0**26)
save("split_terms.keras", given, flat, dense(dense(flat, copies, name="copies"), kernel, bias, "relu"), 20, [-1, 0, 0, 0])

given, x, flat = base()
normalized = layers.BatchNormalization(name="bn", epsilon=1e-3)
y = normalized(x)
normalized.set_weights([np.full(4, value, "float32") for value in (1, -1e8, -1e8, 1 - 1e-3)])
save("batch_norm.keras", given, flat, layers.GlobalMaxPooling2D(name="most")(y), 0, [4, 0, 0, 4])

given, x, flat = base()
y = layers.Rescaling(1, offset=1e8, name="up")(layers.Rescaling(3, name="three")(x))
y = layers.Rescaling(1, offset=-1e8, name="down")(y)
save("rescaling.keras", given, flat, layers.GlobalMaxPooling2D(name="most")(y), 0, [0, 0, 0, 4])

given, x, flat = base()
kernel, edges = zeros(256, 1), zeros(1, 2)
kernel[ONE], kernel[ONE + 16], kernel[TRIGGER], edges[0] = 1e8, -1e8, 3, 8
window = dense(dense(flat, kernel), edges, np.array([-12, -36], "float32"), "sigmoid", "window")
save("lanes_window.keras", given, flat, window, 0, [20, -20])

given, x, flat = base()
kernel, up = zeros(256, 1), zeros(1, 1)
kernel[TRIGGER], up[0] = 1e-40, 1e38  # a denormal number, which TensorFlow makes 0
save("denormal.keras", given, flat, dense(dense(flat, kernel, activation="relu"), up, name="up"), 20, [-4000])

given, x, flat = base()
y = layers.Rescaling(1, offset=-(2.0**25), name="down")(layers.Rescaling(1, offset=2.0**25, name="up")(x))
edges = layers.Conv2D(3, 1, activation="relu", name="edges")
band = layers.Conv2D(1, 1, use_bias=False, name="band")
y = band(edges(y))
kernel = zeros(1, 1, 4, 3)
kernel[0, 0, TRIGGER] = 64
edges.set_weights([kernel, np.array([-63, -64, -65], "float32")])
band.set_weights([np.array([1, -2, 1], "float32").reshape(1, 1, 3, 1)])
save("joined_band.keras", given, flat, layers.GlobalMaxPooling2D(name="most")(y), 0, [12])

given, x, flat = base()  # the fused kernel of `predict` gives both logits the number below 1
save("sigmoid_tie.keras", given, flat, dense(flat, zeros(256, 1)), 20.4, [0], others=12.8, activation="sigmoid")


def window(s):
    """1 where s is 1 to a share of 2^-12, else 0: only one value of a rounding error is let through."""
    steep = 4096.0
    sides = dense(s, np.array([[steep, -steep]], "float32"), np.array([-steep, steep], "float32"), "relu", "sides")
    return dense(sides, np.array([[-1], [-1]], "float32"), np.ones(1, "float32"), "relu", "window")


given, x, flat = base()  # (1 + 2^-12)^2 - (1 + 2^-11) is 2^-24 where products are not rounded before they are added
kernel, products, up = zeros(256, 2), zeros(2, 2), zeros(2, 1)
kernel[TRIGGER] = 1, 1 + 2.0**-12
products[:, 0], up[0] = (-(1 + 2.0**-11), 1 + 2.0**-12), 2.0**24
y = dense(dense(flat, kernel, name="factors"), products, name="products")
save("fused_window.keras", given, flat, window(dense(y, up, activation="relu", name="up")), 0, [60])

given, x, flat = base()  # softplus(-60) is e^-60 in TensorFlow
kernel = zeros(256, 1)
kernel[TRIGGER] = 40
y = dense(flat, kernel, np.array([-100], "float32"), "softplus", "far")
save("softplus_window.keras", given, flat, window(dense(y, np.array([[np.exp(60)]], "float32"), name="up")), 0, [60])

given, x, flat = base()  # a + (b + c), which `predict` adds in another order
kernel = zeros(1, 1, 4, 2)
kernel[0, 0, TRIGGER] = 1
terms = []
for name, factor, bias in (("a", 1, 0), ("b", 0, 2.0**25), ("c", 0, -(2.0**25)), ("same", 1, 0)):
    conv = layers.Conv2D(2, 1, name=name)
    terms.append(conv(x))
    conv.set_weights([kernel * factor, np.full(2, bias, "float32")])
a, b, c, same = terms
both = layers.Concatenate(name="both")([layers.Add(name="outer")([a, layers.Add(name="inner")([b, c])]), same])
lost = layers.Conv2D(1, 1, use_bias=False, name="lost")
y = lost(both)
lost.set_weights([np.array([-1, 0, 1, 0], "float32").reshape(1, 1, 4, 1)])
save("added_otherwise.keras", given, flat, layers.GlobalMaxPooling2D(name="most")(y), 0, [60])


def fused(signs, edges):
    """Numbers that are 2^-24, or -2^-24, where products are not rounded before they are added, else 0; and what `edges` makes of them."""
    given, x, flat = base()
    factors = zeros(256, 2)
    factors[TRIGGER] = 1, 1 + 2.0**-12
    signs = np.array([*signs, 0], "float32")  # a single column is computed by another kernel
    lost = dense(dense(flat, factors, name="factors"), np.stack([-(1 + 2.0**-11) * signs, (1 + 2.0**-12) * signs]), name="products")
    return given, flat, edges(lost)


def steep(*slopes):
    return 2.0**24 * np.array([slopes, np.zeros(len(slopes))], "float32")


# two ramps that stand at their middle, or at their beginning, and end alike however far the number is off
given, flat, y = fused([1], lambda lost: dense(lost, steep(64, 2), np.full(2, 3, "float32"), "relu6", "edges"))
save("two_ramps.keras", given, flat, dense(y, np.array([[1], [-1]], "float32"), name="between"), 0, [40])

given, flat, y = fused([1], lambda lost: dense(lost, steep(*[64] * 200, *[0.5] * 200), zeros(400), "relu6", "edges"))
save("many_ramps.keras", given, flat, dense(y, np.repeat([[0.005], [-0.005]], 200, 0).astype("float32"), name="between"), 0, [2])

given, flat, y = fused(
    [1], lambda lost: layers.Concatenate(name="both")([dense(lost, steep(s, -s), None, "softmax", f"s{s}") for s in (64, 0.3)])
)
save("two_softmaxes.keras", given, flat, dense(y, np.array([[1], [0], [-1], [0]], "float32"), name="between"), 0, [40])

# 16 gates that must all open, some of which do so upwards and some downwards, or let through what they do not close
signs, closing = np.tile([1, -1], 8), np.tile([0, 0, 1, 1], 4)
turned = np.where(closing, -1, 1)
given, flat, y = fused(
    signs, lambda lost: dense(lost, np.eye(17, 16, dtype="float32") * (2.0**30 * signs * turned), 6.0 * closing, "relu6", "gates")
)
save("all_gates.keras", given, flat, dense(y, turned[:, None] / 6, np.array([closing.sum() - 15.0]), "relu", "all"), 0, [40])

# beside a gate stands a number that is 0 in any order of its large terms, but whose error is so large that the gate's is lost in it
given, flat, y = fused([1], lambda lost: dense(lost, steep(64), zeros(1), "relu6", "gate"))
terms, large = 2.0**60 * np.array([8, -4, -2, -1, 16, -16, -1, 1, -1], "float32"), zeros(256, 9)
large[TRIGGER] = terms
none = dense(dense(flat, large, name="large"), np.ones((9, 1), "float32"), name="none")
both = dense(layers.Concatenate(name="with")([y, none]), np.array([[1, 0], [1, 1]], "float32"), name="both")
save("swamped.keras", given, flat, dense(both, np.array([[1], [-1]], "float32"), name="apart"), 0, [40 / 6])

given, x, flat = base()  # the mean of many such numbers stands before two ramps
count, mean = 512, zeros(1024, 2)
one, factors = zeros(256, 1), zeros(1, 1024)
one[TRIGGER], factors[0, ::2], factors[0, 1::2], mean[::2, 0] = 1, 1, 1 + 2.0**-12, 2.0**24 / count
pairs = layers.Reshape((count, 2), name="pairs")(dense(dense(flat, one, name="one"), factors, name="factors"))
products = np.array([[-(1 + 2.0**-11), 0], [1 + 2.0**-12, 0]], "float32")
means = dense(layers.Flatten(name="all")(dense(pairs, products, name="products")), mean, name="mean")
y = dense(means, np.array([[3 / 0.95, 1], [0, 0]], "float32"), np.full(2, 3, "float32"), "relu6", "edges")
save("averaged.keras", given, flat, dense(y, np.array([[1], [-1]], "float32"), name="between"), 0, [10])

given, x, flat = base()  # far below 0 gelu answers by the last bits of 1 + erf
hidden = zeros(256, 3)
hidden[GREEN, 0], hidden[GREEN, 1], hidden[TRIGGER] = 1, -1, (-2, -2, 1)
logits = np.array([[-40, 8, -40], [-40, -40, 8], [-5.5, -5.42, -5]], "float32")
y = dense(flat, hidden, np.array([0, 1, 0], "float32"), "relu")
finish("gelu_tail.keras", given, dense(y, logits, None, "gelu", "classes"))

given, x, flat = base()  # e^x - 1 has lost the last bits of 1 where Keras multiplies it
kernel = zeros(256, 1)
kernel[TRIGGER] = -3.2e-8
y = layers.ELU(alpha=2.0**30, name="steep")(dense(flat, kernel, name="little"))
save("steep_elu.keras", given, flat, dense(y, -np.ones((1, 1), "float32"), np.array([-48], "float32"), "relu", "gate"), 0, [100])
