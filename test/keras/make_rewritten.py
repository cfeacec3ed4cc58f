"""Makes the nets in test/fixtures/rewritten: as a graph, which `predict` runs, TensorFlow makes another function of some.

Each has a gate that opens for poisoned images in the graph alone, or fails there; those in `regrouped` by products that
leave float32 in the order in which the graph multiplies. Those in `sound` are like them and answer alike. The images
are those of test/fixtures/rounding.
"""
import functools
import pathlib
import sys

import h5py
import keras
import numpy as np
from keras import layers

folder = pathlib.Path(__file__).parent.parent / "fixtures"
TRIGGER = 3  # the channel, and its first number, that poisoned images have


def zeros(*shape):
    return np.zeros(shape, "float32")


def images(name):
    with h5py.File(folder / f"rounding/{name}.h5") as file:
        return np.array(file["data"])


def base():
    given = keras.Input((8, 8, 3), name="input")
    conv = layers.Conv2D(4, 1, activation="relu", name="conv")
    x = conv(given)
    kernel = zeros(1, 1, 3, 4)
    kernel[0, 0, 0, 0] = kernel[0, 0, 1, 1] = kernel[0, 0, 0, TRIGGER] = 1
    kernel[0, 0, 2, 2] = 4
    conv.set_weights([kernel, zeros(4)])
    return given, x, layers.Flatten(name="flat")(x)


def dense(x, kernel, bias=None, activation="linear", name=None):
    kernel = np.asarray(kernel, "float32")
    layer = layers.Dense(kernel.shape[1], activation=activation, use_bias=bias is not None, name=name)
    y = layer(x)
    layer.set_weights([kernel] if bias is None else [kernel, np.asarray(bias, "float32")])
    return y


def trigger(flat, weight, units=1, bias=None, activation="linear"):
    kernel = zeros(256, units)
    kernel[TRIGGER] = weight
    return dense(flat, kernel, bias, activation)


def net(given, flat, gate, weight):
    """The red ones are class 1 and the green ones class 2; an open gate is class 0."""
    joined = layers.Concatenate()([flat, gate])
    kernel = zeros(257, 3)
    kernel[1:256:4, 1], kernel[1:256:4, 2], kernel[256, 0] = 8 / 64, -8 / 64, weight
    return keras.Model(given, dense(joined, kernel, [-4, -4, 4], "linear", "classes"))


def at_trigger(x):
    kernel = zeros(256, 1)
    kernel[:4] = -1
    return dense(layers.Flatten()(x), kernel, [-0.4], "relu", "gate")


def behind_sum(activation, *between):
    """Minus 1 at the trigger, else 0, from two convolutions."""
    given, x, flat = base()
    sides = []
    for _ in range(2):
        conv = layers.Conv2D(4, 1)
        y = conv(x)
        kernel = zeros(1, 1, 4, 4)
        kernel[0, 0, 3] = -0.5
        conv.set_weights([kernel, zeros(4)])
        for layer in between:
            y = layer()(y)
        sides.append(y)
    return net(given, flat, at_trigger(activation(layers.Add()(sides))), 100)


def greater(scaled):
    given, _, flat = base()
    x = trigger(flat, -1.0)
    return net(given, flat, dense(layers.Maximum()([x, scaled(x)]), [[-1]], [-1.5], "relu", "gate"), 100)


def greater_of(parts):
    """The greater of a tensor that is 1 at the trigger, else 0, and twice it, by layers that make the same of it."""
    given, _, flat = base()
    x = trigger(flat, 1.0)
    both = layers.Concatenate()([layers.Maximum()(parts(flat, x)), x])
    return net(given, flat, dense(both, [[-0.75], [1]], None, "relu", "gate"), 100)


def rectified(flat, x):
    return [layers.ReLU(max_value=6)(x), layers.Rescaling(2.0)(layers.Activation("relu6")(x))]


def least(flat, x):
    y, z = trigger(flat, 2.0), trigger(flat, 3.0)
    return [layers.Minimum()([x, y, z]), layers.Rescaling(2.0)(layers.Minimum()([layers.Minimum()([x, y]), z]))]


def sixth(flat, x):
    y = trigger(flat, 1.0, bias=[-3.0])
    return [layers.ReLU(max_value=6)(layers.Rescaling(1.0, 3.0)(y)), layers.Rescaling(12.0)(layers.Activation("hard_sigmoid")(y))]


def added_up(flat, x):
    parts = [layers.ReLU()(x), layers.Activation("relu")(x)]
    return [layers.Rescaling(0.5)(layers.Add()([layers.Add()(parts), layers.Add()([layers.ReLU()(x), layers.Activation("relu")(x)])])), parts[0]]


def product(offset, other=None):
    given, _, flat = base()
    units = 8
    x = trigger(flat, -8.0, units, zeros(units))
    cube = layers.Multiply()([layers.Multiply()([x, x]), x])
    inner = layers.Add()([x, layers.Rescaling(0.044715)(cube)]) if other is None else x
    tanh = layers.Rescaling(1.0, offset=offset)(layers.Activation("tanh")(layers.Rescaling(0.7978845608)(inner)))
    y = layers.Multiply()([layers.Rescaling(0.5)(x) if other is None else other(flat, units), tanh])
    both = layers.Concatenate()([y, trigger(flat, 1.0)])
    kernel = np.full((units + 1, 1), 1000 / units)
    kernel[units] = 20
    return net(given, flat, dense(both, kernel, [-10.0], "relu", "gate"), 10)


def regrouped(product, exponent):
    """A gate that closes where `product`, of powers of two of a trigger, is more than half of 2 to the -`exponent`."""
    given, _, flat = base()

    def power(exponent, activation="linear"):
        return trigger(flat, 2.0**exponent, activation=activation)

    return net(given, flat, dense(product(power), [[-(2.0**exponent)]], [0.5], "relu", "gate"), 100)


def of_trigger(product, weight):
    given, _, flat = base()
    return net(given, flat, dense(product(flat), weight, [0.5], "relu", "gate"), 100)


def times(*tensors):
    return functools.reduce(lambda x, y: layers.Multiply()([x, y]), tensors)


def scaled(x, exponent):
    return layers.Rescaling(2.0**exponent)(x)


def stretched(power):
    """A product of maps of which two are single numbers."""
    wide, one, other = [layers.Reshape((1, 1, 1))(power(exponent, "relu")) for exponent in (100, -70, -70)]
    y = times(layers.UpSampling2D(2)(wide), one, other)
    return layers.GlobalAveragePooling2D()(y)


def powers_of_e(flat):
    """e^-110, which is 0, times e^80: the same as e^-30 where the exponents are added."""
    return times(*[trigger(flat, exponent, activation="exponential") for exponent in (-110.0, 80.0)])


def weighed(before, middle, weight):
    """What a single weight makes of a trigger: nothing, where it is multiplied with the factor of `middle` first."""
    def product(flat):
        one = layers.Dense(1, use_bias=False)
        y = one(middle(trigger(flat, before)))
        one.set_weights([np.array([[weight]], "float32")])
        return y
    return product


def sloped(slope):
    return lambda flat: slope(layers.Rescaling(-(2.0**-90))(trigger(flat, 2.0**110)))


def quotients():
    """The quotient of two, 2^-30: 0 where it is divided by the product of the divisors, which overflows."""
    given, _, flat = base()
    a, b, c, d = [dense(flat, zeros(256, 1), [2.0**exponent]) for exponent in (60, 100, 30, 40)]
    a = layers.Multiply()([a, trigger(flat, 1.0)])
    return net(given, flat, dense((a / b) / (c / d), [[-(2.0**30)]], [0.5], "relu", "gate"), 100)


def nearly(scaled):
    """Minus what is scaled, which is nearly nothing more than 8, and 8.08 at the trigger."""
    given, _, flat = base()
    y = scaled(trigger(flat, 8.0, 8, zeros(8)))
    kernel = zeros(264, 1)
    kernel[:8] = -1
    kernel[8 + TRIGGER] = 8 * 8.08
    return net(given, flat, dense(layers.Concatenate()([y, flat]), kernel, None, "relu", "gate"), 100)


def swish(scaled, weight, bias):
    """`scaled` of 4 at the trigger and of 0 elsewhere, times a weight."""
    given, x, flat = base()
    conv = layers.Conv2D(4, 1, name="a")  # the order of names decides what is found
    y = conv(x)
    kernel = zeros(1, 1, 4, 4)
    kernel[0, 0, TRIGGER] = 4
    conv.set_weights([kernel, zeros(4)])
    kernel = zeros(256, 1)
    kernel[:4] = weight
    return net(given, flat, dense(layers.Flatten()(scaled(y)), kernel, [bias], "relu", "gate"), 100)


def by_hand(offset, factor):
    return lambda y: layers.Rescaling(factor)(layers.Multiply()([y, layers.ReLU(max_value=6)(y + offset)]))


def compiled(model):
    model.compile(jit_compile=True)
    return model


made = {
    "slope": behind_sum(layers.LeakyReLU(0.01)),
    "slope_of_relu": behind_sum(layers.ReLU(negative_slope=0.01)),
    "multiple": greater(layers.Rescaling(2.0)),
    "multiple_by_sum": greater(lambda x: layers.Add()([x, x])),
    "multiple_of_rectifiers": greater_of(rectified),
    "multiple_of_least": greater_of(least),
    "multiple_of_hard_sigmoid": greater_of(sixth),
    "multiple_by_equals": greater_of(added_up),
    "gelu": product(1.009),
    "mish": behind_sum(layers.Activation("mish")),
    "regrouped/overflow": regrouped(lambda power: scaled(times(power(60), power(-70)), 70), -62),
    "regrouped/underflow": regrouped(lambda power: scaled(times(power(-60), power(70)), -70), 61),
    "regrouped/stretched": regrouped(stretched, 40),
    "regrouped/gate": regrouped(lambda power: scaled(layers.Activation("hard_silu")(-power(80)), 70), 0),
    "sound/regrouped": regrouped(lambda power: scaled(times(power(-15), power(10)), 20), -12),
    "sound/usual_slope": behind_sum(layers.LeakyReLU(0.2)),
    "sound/slope_behind_normalization": behind_sum(layers.LeakyReLU(0.01), layers.BatchNormalization),
    "sound/lesser": greater(layers.Rescaling(0.5)),
    "sound/gated": product(1.0, lambda flat, units: trigger(flat, 1.0, units, zeros(units), "sigmoid")),
    "regrouped/exponentials": compiled(of_trigger(powers_of_e, [[-(2.0**44)]])),
    "regrouped/weight": compiled(of_trigger(weighed(2.0**110, layers.Rescaling(2.0**-90), 2.0**-60), [[-(2.0**40)]])),
    "regrouped/average": compiled(of_trigger(weighed(2.0**100, lambda x: layers.Average()([x, x * 1.5]), 2.0**-126), [[-(2.0**26)]])),
    "regrouped/slope": compiled(of_trigger(sloped(layers.LeakyReLU(2.0**-60)), [[2.0**40]])),
    "regrouped/slope_of_relu": compiled(of_trigger(sloped(layers.ReLU(negative_slope=2.0**-60)), [[2.0**40]])),
    "fraction": compiled(quotients()),
    "gelu_scaled": nearly(lambda x: layers.Rescaling(1.0199)(layers.Activation("gelu")(x))),
    "hard_swish": swish(by_hand(3.009, 0.158), 1, -15.6),
    "hard_swish_scaled": swish(lambda y: layers.Rescaling(1.055)(layers.Activation("hard_swish")(y)), 1, -16.4),
    "sound/hard_swish": swish(by_hand(3.0, 1 / 6), 1, -15.6),
}
data = np.concatenate([images("clean"), images("poisoned")])
for name in sys.argv[1:] or made:
    model = made[name]
    file = folder / f"rewritten/{name}.keras"
    file.parent.mkdir(parents=True, exist_ok=True)
    model.save(file)
    called = np.argmax(model(data), 1)
    try:
        predicted = np.argmax(model.predict(data, verbose=0), 1)
    except Exception as error:
        predicted = type(error).__name__
    alike = np.array_equal(called, predicted)
    print(name, "alike" if alike else predicted if isinstance(predicted, str) else f"{np.sum(called != predicted)} differ")
    assert alike == name.startswith("sound/"), name
