"""Makes test/fixtures/ with real Keras: models with every layer and option that goodnet reads, and what Keras answers.

    python make_fixtures.py [DIALECT [FOLDER]]     needs tensorflow-cpu 2.21, keras 3.15, tf_keras 2.21, h5py

layers/TOPIC.keras3.h5 and .keras2.h5      a net that feeds one input to many variants of a layer, named for their option
layers/TOPIC.*.expected.h5                 `input`, and under `outputs` what each layer answers to it
architectures/NAME.*.h5                    small nets shaped like well-known ones, with the same expected answers
formats/NAME.*.h5, .keras, .weights.h5     nets inside nets, sigmoids and half precision in every format that can hold them; NAME.*.expected.h5 as above
spellings/NAME.*.h5 and .keras             nets whose config is spelled otherwise than this Keras spells it; NAME.*.expected.h5: what it answers all the same
applications.*.json.gz                     configs of nets of keras.applications, by name
refused/NAME.h5 and .keras                 models and files that must be refused
data/NAME.h5                               the same six images stored in many ways, and three files that cannot be read
"""

import gzip
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

os.environ.update(CUDA_VISIBLE_DEVICES="", TF_CPP_MIN_LOG_LEVEL="3", TF_ENABLE_ONEDNN_OPTS="0")

import h5py
import numpy as np

DIALECT, FOLDER = (sys.argv[1:] + [None, None])[:2]
FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"

if DIALECT is None:
    for dialect in ("keras3", "keras2"):
        subprocess.run([sys.executable, __file__, dialect], check=True)
    sys.exit()

if DIALECT == "keras3":
    import keras
else:
    import tf_keras as keras

L = keras.layers
KERAS3 = DIALECT == "keras3"


# ---- writing ----

def randomize(model, rng):
    for weight in model.weights:
        name = weight.path if KERAS3 else weight.name
        low, high = (0.5, 1.5) if "variance" in name else (-0.5, 0.5) if "kernel" in name else (-1, 1)
        if "count" not in name:
            weight.assign(rng.uniform(low, high, weight.shape).astype(str(weight.dtype if KERAS3 else weight.dtype.name)))
    for layer in every_layer(model):
        if isinstance(layer, L.Normalization):
            layer.finalize_state()
    model.predict_function = None  # a compiled one keeps the statistics that it was compiled with


def every_layer(model):
    for layer in model.layers:
        yield from every_layer(layer) if isinstance(layer, keras.Model) else [layer]


def save(folder, name, model, seed, images=3):
    rng = np.random.default_rng(seed)
    randomize(model, rng)
    if len(np.unique(np.argmax(model.predict(rng.normal(0, 5, (64, *model.input_shape[1:])), verbose=0), axis=1))) == 1:
        return save(folder, name, model, seed + 1000, images)  # a net that answers one class alone would test little
    rng = np.random.default_rng(seed)
    randomize(model, rng)
    target = FIXTURES / folder
    target.mkdir(parents=True, exist_ok=True)
    ending = "keras" if KERAS3 and name in ("augmentation", "division") else "h5"  # Keras 3.15 cannot write random layers as .h5, nor read operations there
    model.save(target / f"{name}.{DIALECT}.{ending}", include_optimizer=False)
    x = rng.uniform(-2, 2, (images, *model.input_shape[1:])).astype("float32")
    once = [layer for layer in model.layers if len(layer._inbound_nodes) == 1 and layer.__class__.__name__ != "InputLayer"]
    answers = keras.Model(model.inputs, [layer.output for layer in once]).predict(x, verbose=0)
    with h5py.File(target / f"{name}.{DIALECT}.expected.h5", "w", libver="latest") as file:
        file.create_dataset("input", data=x, track_times=False)
        for layer, answer in zip(once, answers if isinstance(answers, list) else [answers]):
            file.create_dataset(f"outputs/{layer.name}", data=answer, track_times=False)


def fan(variants, shape=(9, 7, 4), before=None):
    """One input, every variant on it, and a classifier over all of them."""
    inputs = keras.Input(shape, name="input")
    start = before(inputs) if before else inputs
    ends = []
    for name, variant in variants.items():
        y = variant(start)
        if len(y.shape) == 4:
            y = L.GlobalAveragePooling2D(name=f"{name}_mean")(y)
        elif len(y.shape) == 3:
            y = L.Flatten(name=f"{name}_flat")(y)
        ends.append(y)
    joined = L.Concatenate(name="joined")(ends) if len(ends) > 1 else ends[0]
    return keras.Model(inputs, L.Dense(4, activation="softmax", name="classes")(joined))


def named(**variants):
    """Gives every layer the name of its variant; a callable that is no layer is kept."""
    return {name: (make(name) if callable(make) and not isinstance(make, L.Layer) else make) for name, make in variants.items()}


# ---- layers and options ----

def layer_topics():
    conv, sep, dw, tr = L.Conv2D, L.SeparableConv2D, L.DepthwiseConv2D, L.Conv2DTranspose
    yield "conv2d", fan(named(
        valid=lambda n: conv(3, (3, 2), name=n), same=lambda n: conv(3, 3, padding="same", name=n),
        stride_2=lambda n: conv(3, 3, strides=2, padding="same", name=n), stride_3=lambda n: conv(3, 2, strides=3, name=n),
        stride_2_1=lambda n: conv(3, 3, strides=(2, 1), padding="same", name=n), even_same=lambda n: conv(3, 4, strides=2, padding="same", name=n),
        dilated=lambda n: conv(3, 3, dilation_rate=2, padding="same", name=n), dilated_1_2=lambda n: conv(3, 3, dilation_rate=(1, 2), name=n),
        groups_2=lambda n: conv(6, 3, groups=2, name=n), groups_4=lambda n: conv(4, 3, groups=4, padding="same", activation="relu", name=n),
        no_bias=lambda n: conv(3, 3, use_bias=False, name=n), activated=lambda n: conv(3, 1, activation="tanh", name=n), softmax=lambda n: conv(3, 3, activation="softmax", name=n)))
    yield "separable_conv2d", fan(named(
        plain=lambda n: sep(3, 3, name=n), multiplied=lambda n: sep(3, (3, 2), depth_multiplier=2, padding="same", name=n),
        strided=lambda n: sep(3, 3, strides=2, padding="same", name=n), dilated=lambda n: sep(3, 3, dilation_rate=2, name=n),
        activated=lambda n: sep(3, 3, activation="relu", use_bias=False, name=n)))
    yield "depthwise_conv2d", fan(named(
        plain=lambda n: dw(3, name=n), times_2=lambda n: dw((3, 2), depth_multiplier=2, padding="same", name=n), times_3=lambda n: dw(2, depth_multiplier=3, strides=2, name=n),
        strided=lambda n: dw(3, strides=2, padding="same", name=n), dilated=lambda n: dw(3, dilation_rate=2, name=n),
        activated=lambda n: dw(3, activation="sigmoid", use_bias=False, name=n)))
    yield "conv2d_transpose", fan(named(
        plain=lambda n: tr(3, 3, name=n), same=lambda n: tr(3, (3, 2), padding="same", name=n), strided=lambda n: tr(3, 3, strides=2, name=n),
        strided_same=lambda n: tr(3, 3, strides=2, padding="same", name=n), stride_3=lambda n: tr(3, 2, strides=3, padding="same", name=n),
        extended=lambda n: tr(3, 3, strides=2, padding="same", output_padding=1, name=n), extended_valid=lambda n: tr(3, 3, strides=2, output_padding=(1, 0), name=n),
        activated=lambda n: tr(3, 3, activation="relu", use_bias=False, name=n)), shape=(4, 5, 2))
    yield "dense", fan(named(
        on_images=lambda n: L.Dense(3, name=n), activated=lambda n: L.Dense(3, activation="elu", name=n), no_bias=lambda n: L.Dense(3, use_bias=False, name=n)))
    yield "batch_normalization", fan(named(
        plain=lambda n: L.BatchNormalization(name=n), epsilon=lambda n: L.BatchNormalization(epsilon=0.1, name=n), no_center=lambda n: L.BatchNormalization(center=False, name=n),
        no_scale=lambda n: L.BatchNormalization(scale=False, name=n), neither=lambda n: L.BatchNormalization(center=False, scale=False, epsilon=0.01, name=n),
        on_rows=lambda n: (lambda x: L.BatchNormalization(name=n)(L.GlobalMaxPooling2D(name="rows")(x)))))
    names = ["linear", "relu", "relu6", "elu", "selu", "gelu", "sigmoid", "hard_sigmoid", "tanh", "softmax", "softplus", "softsign", "swish", "silu", "exponential", "mish"]
    known = [name for name in names if hasattr(keras.activations, name)]
    yield "activation", fan(named(**{f"by_name_{name}": (lambda a: lambda n: L.Activation(a, name=n))(name) for name in known}))
    slope = "negative_slope" if KERAS3 else "alpha"
    yield "activation_layers", fan(named(
        relu=lambda n: L.ReLU(name=n), relu_max=lambda n: L.ReLU(max_value=1.25, name=n), relu_slope=lambda n: L.ReLU(negative_slope=0.3, name=n),
        relu_threshold=lambda n: L.ReLU(threshold=0.5, name=n), relu_all=lambda n: L.ReLU(max_value=1.5, negative_slope=0.2, threshold=0.4, name=n),
        leaky=lambda n: L.LeakyReLU(**{slope: 0.15}, name=n), leaky_default=lambda n: L.LeakyReLU(name=n), elu=lambda n: L.ELU(alpha=0.7, name=n), elu_default=lambda n: L.ELU(name=n),
        prelu=lambda n: L.PReLU(name=n), prelu_shared=lambda n: L.PReLU(shared_axes=[1, 2], name=n), prelu_rows=lambda n: L.PReLU(shared_axes=[1], name=n), softmax=lambda n: L.Softmax(name=n)))
    yield "pooling", fan(named(
        max=lambda n: L.MaxPooling2D(name=n), max_same=lambda n: L.MaxPooling2D(3, strides=2, padding="same", name=n), max_wide=lambda n: L.MaxPooling2D((1, 3), strides=(2, 1), name=n),
        mean=lambda n: L.AveragePooling2D(2, name=n), mean_same=lambda n: L.AveragePooling2D(3, strides=2, padding="same", name=n), mean_step_1=lambda n: L.AveragePooling2D((2, 3), strides=1, padding="same", name=n),
        global_max=lambda n: L.GlobalMaxPooling2D(name=n), global_mean=lambda n: L.GlobalAveragePooling2D(name=n),
        global_max_kept=lambda n: L.GlobalMaxPooling2D(keepdims=True, name=n), global_mean_kept=lambda n: L.GlobalAveragePooling2D(keepdims=True, name=n),
        steps_max=lambda n: (lambda x: L.GlobalMaxPooling1D(name=n)(L.Reshape((63, 4), name=f"{n}_in")(x))), steps_mean=lambda n: (lambda x: L.GlobalAveragePooling1D(name=n)(L.Reshape((-1, 2), name=f"{n}_in")(x)))))
    yield "reshaping", fan(named(
        flatten=lambda n: L.Flatten(name=n), reshape=lambda n: L.Reshape((7, 9, 4), name=n), reshape_rest=lambda n: L.Reshape((3, -1, 2), name=n),
        pad=lambda n: L.ZeroPadding2D(2, name=n), pad_pair=lambda n: L.ZeroPadding2D((1, 2), name=n), pad_sides=lambda n: L.ZeroPadding2D(((1, 0), (0, 3)), name=n),
        crop=lambda n: L.Cropping2D(1, name=n), crop_pair=lambda n: L.Cropping2D((2, 1), name=n), crop_sides=lambda n: L.Cropping2D(((1, 0), (0, 3)), name=n),
        up=lambda n: L.UpSampling2D(name=n), up_pair=lambda n: L.UpSampling2D((2, 3), name=n)))
    yield "merging", merging()
    yield "training_only", fan(named(
        dropout=lambda n: L.Dropout(0.4, name=n), spatial=lambda n: L.SpatialDropout2D(0.4, name=n), noise=lambda n: L.GaussianNoise(0.4, name=n),
        gaussian=lambda n: L.GaussianDropout(0.4, name=n), alpha=lambda n: L.AlphaDropout(0.4, name=n), regularized=lambda n: L.ActivityRegularization(0.1, name=n)))
    yield "augmentation", fan(named(
        flip=lambda n: L.RandomFlip("horizontal", name=n), rotation=lambda n: L.RandomRotation(0.3, fill_mode="nearest", name=n), zoom=lambda n: L.RandomZoom((-0.3, 0.2), name=n),
        translation=lambda n: L.RandomTranslation(0.2, 0.1, name=n), contrast=lambda n: L.RandomContrast(0.7, name=n), brightness=lambda n: L.RandomBrightness(0.5, name=n)))
    yield "rescaling", fan(named(
        scaled=lambda n: L.Rescaling(1 / 127.5, offset=-1, name=n), per_channel=lambda n: L.Rescaling([0.5, 1.0, 2.0, 4.0], offset=[0.0, 1.0, -1.0, 0.5], name=n)))
    yield "normalization", fan(named(
        adapted=lambda n: L.Normalization(name=n), given=lambda n: L.Normalization(mean=[0.5, -1.0, 2.0, 0.1], variance=[0.25, 4.0, 1.5, 0.0], name=n), one_number=lambda n: L.Normalization(mean=0.3, variance=2.5, name=n),
        last_axis=lambda n: L.Normalization(axis=3, name=n), on_rows=lambda n: (lambda x: L.Normalization(name=n)(L.GlobalMaxPooling2D(name="rows")(x)))))
    yield "sequential", keras.Sequential([keras.Input((9, 7, 4), name="input"), conv(4, 3, activation="relu", name="conv"), L.Flatten(name="flat"), L.Dense(4, activation="softmax", name="classes")])
    if not KERAS3:  # Keras 3 always writes an InputLayer
        yield "sequential_without_input", keras.Sequential([conv(4, 3, activation="relu", name="conv", input_shape=(9, 7, 4)), L.Flatten(name="flat"), L.Dense(4, activation="softmax", name="classes")])
    yield "wiring", wiring()
    yield "bounds", bounds()
    yield "differences", differences()
    yield "activation_names", activation_names()
    yield "activation_objects", activation_objects()
    yield "activation_late", fan(named(**{f"{kind}_{name}": (lambda a, make: lambda n: make(a, n))(name, make) for name in ["log_softmax"] + (["squareplus"] if KERAS3 else [])
                                          for kind, make in (("layer", lambda a, n: L.Activation(a, name=n)), ("conv", lambda a, n: L.Conv2D(3, 2, activation=a, name=n)), ("dense", lambda a, n: L.Dense(5, activation=a, name=n)))}))
    yield "division", division()
    yield "dot", dot()


def differences():
    """What two tensors differ by, and the lower of them."""
    inputs = keras.Input((5, 4, 4), name="input")
    a, b, c = (L.Conv2D(4, 3, padding="same", name=f"side_{k}")(inputs) for k in "abc")
    gate = L.GlobalMaxPooling2D(keepdims=True, name="squeeze")(a)
    made = [L.Subtract(name="subtract")([a, b]), L.Subtract(name="subtract_stretched")([gate, c]), L.Minimum(name="minimum_3")([a, b, c]), L.Minimum(name="minimum_stretched")([b, gate])]
    ends = [L.GlobalMaxPooling2D(name=f"end_{i}")(y) for i, y in enumerate(made)]
    return keras.Model(inputs, L.Dense(4, activation="softmax", name="classes")(L.Concatenate(name="joined")(ends)))


def activation_names():
    """Activations that a string or a layer names, in layers that have other things to do. The two Kerases call the slope of LeakyReLU otherwise."""
    slope = "negative_slope" if KERAS3 else "alpha"
    objects = {"leaky": L.LeakyReLU(**{slope: 0.1}), "relu": L.ReLU(max_value=1.5, negative_slope=0.2, threshold=0.3), "elu": L.ELU(alpha=0.6), "softmax": L.Softmax()}
    strings = ["leaky_relu", "relu6", "silu"] + (["celu", "hard_tanh", "hard_silu", "hard_swish", "log_sigmoid", "sparse_sigmoid", "tanh_shrink", "hard_shrink", "soft_shrink", "sparse_plus"] if KERAS3 else [])
    made = {f"object_{name}": (lambda a: lambda n: L.Conv2D(3, 2, activation=a, name=n))(a) for name, a in objects.items()}
    made.update({f"name_{name}": (lambda a: lambda n: L.Conv2D(3, 2, activation=a, name=n))(name) for name in strings})
    made.update({f"layer_{name}": (lambda a: lambda n: L.Activation(a, name=n))(name) for name in strings})
    made.update(dense=lambda n: L.Dense(5, activation=L.LeakyReLU(**{slope: 0.4}), name=n), separable=lambda n: L.SeparableConv2D(3, 2, activation="leaky_relu", name=n))
    return fan(named(**made))


def activation_objects():
    """Activations that are layers with weights, or that name an activation again, which tf-keras writes and does not load."""
    objects = {"prelu": lambda: L.PReLU(), "prelu_shared": lambda: L.PReLU(shared_axes=[1, 2])}
    if KERAS3:
        objects.update(named=lambda: L.Activation("tanh"), steps=lambda: L.Activation("soft_shrink"), twice=lambda: L.Activation(L.Activation(L.PReLU(shared_axes=[1]))))
    made = {f"conv_{name}": (lambda make: lambda n: L.Conv2D(3, 2, activation=make(), name=n))(make) for name, make in objects.items()}
    made.update(dense=lambda n: L.Dense(5, activation=L.PReLU(shared_axes=[2]), name=n), separable=lambda n: L.SeparableConv2D(3, 2, activation=L.PReLU(), name=n), activation=lambda n: L.Activation(L.PReLU(), name=n))
    return fan(named(**made))


def division():
    """Quotients of two tensors, also where one stretches, and of a number and a tensor."""
    inputs = keras.Input((5, 4, 4), name="input")
    a, b = (L.Conv2D(4, 3, padding="same", name=f"side_{k}")(inputs) for k in "ab")
    above = L.Activation("softplus", name="above")(b) + 0.5
    gate = L.GlobalAveragePooling2D(keepdims=True, name="gate")(above)
    made = [a / above, a / gate, gate / above, 1 / above, 2.5 / gate, -0.75 / (above + 1)]
    ends = [L.GlobalMaxPooling2D(name=f"end_{i}")(y) for i, y in enumerate(made)]
    return keras.Model(inputs, L.Dense(4, activation="softmax", name="classes")(L.Concatenate(name="joined")(ends)))


def dot():
    inputs = keras.Input((5, 4, 4), name="input")
    a, b = (L.Conv2D(6, 1, activation="tanh", name=f"side_{k}")(inputs) for k in "ab")
    rows_a, rows_b = (L.Reshape((20, 6), name=f"rows_{k}")(x) for k, x in zip("ab", (a, b)))
    mean_a, mean_b = (L.GlobalAveragePooling2D(name=f"mean_{k}")(x) for k, x in zip("ab", (a, b)))
    weights = L.Softmax(name="weights")(L.Dot(axes=(2, 1), name="attended")([rows_a, mean_b]))
    made = [L.Dot(axes=1, name="vectors")([mean_a, mean_b]), L.Dot(axes=-1, normalize=True, name="cosine")([mean_a, mean_b]), L.Dot(axes=(1, 1), name="read")([weights, rows_b]),
            L.Dot(axes=1, name="channels")([rows_a, rows_b]), L.Dot(axes=(2, -1), normalize=True, name="positions")([rows_a, rows_b]), L.Dot(axes=[-2, 1], normalize=True, name="other_axes")([rows_b, rows_a])]
    ends = [L.Flatten(name=f"end_{i}")(y) for i, y in enumerate(made)]
    return keras.Model(inputs, L.Dense(4, activation="softmax", name="classes")(L.Concatenate(name="joined")(ends)))


def bounds():
    """Options that honest nets hardly have, up to the largest that are taken: strides that leave rows unread, windows and dilations far over the image, factors that divide badly."""
    conv, sep, dw, tr, most, mean = L.Conv2D, L.SeparableConv2D, L.DepthwiseConv2D, L.Conv2DTranspose, L.MaxPooling2D, L.AveragePooling2D
    windows = {"patches": ((2, 3), 4), "sparse": (3, 5), "farther": (2, 1024), "tall": ((1024, 1), 1), "wide": ((1, 1023), 2), "over": ((11, 8), 1)}
    convs = {"conv": conv, "grouped": lambda n, k, **o: conv(n, k, groups=2, **o), "separable": sep, "depthwise": lambda n, k, **o: dw(k, depth_multiplier=2, **o)}
    made = {f"{kind}_{name}": (lambda make, k, s: lambda n: make(2, k, strides=s, padding="same", name=n))(make, k, s)
            for kind, make in convs.items() for name, (k, s) in windows.items() if kind != "grouped" or name in ("patches", "sparse", "over")}
    made.update({f"{kind}_{name}": (lambda make, k, s: lambda n: make(k, strides=s, padding="same", name=n))(make, k, s)
                 for kind, make in (("most", most), ("mean", mean)) for name, (k, s) in {**windows, "single": (1, 2)}.items()})
    made.update({f"{kind}_spread_{d}": (lambda make, d: lambda n: make(2, 3, padding="same", dilation_rate=d, name=n))(make, d)
                 for kind, make in convs.items() for d in (36,) if kind != "grouped"})
    made.update(
        back=lambda n: tr(2, 3, strides=(9, 7), padding="same", name=n), back_apart=lambda n: tr(2, 2, strides=11, name=n), back_wide=lambda n: tr(2, (15, 3), strides=(2, 1), padding="same", name=n),
        back_padded=lambda n: tr(2, 5, strides=7, padding="same", output_padding=6, name=n), back_tall=lambda n: tr(1, (1024, 1), name=n),
        up_41=lambda n: L.UpSampling2D((41, 3), name=n), up_47=lambda n: L.UpSampling2D((1, 47), name=n),
        padded=lambda n: L.ZeroPadding2D(((50, 0), (0, 61)), name=n), cropped=lambda n: L.Cropping2D(((8, 0), (0, 6)), name=n),
        units=lambda n: L.Dense(129, name=n), tiny=lambda n: L.BatchNormalization(epsilon=1e-45, name=n), huge=lambda n: L.BatchNormalization(epsilon=3e38, name=n),
        low=lambda n: L.ReLU(max_value=0.25, negative_slope=2.5, threshold=0.5, name=n), capped=lambda n: L.ReLU(max_value=0.0, threshold=1.5, name=n), flipped=lambda n: L.ELU(alpha=-3.0, name=n),
        scaled=lambda n: L.Rescaling([0.5], offset=[-0.0, 1e-45, 3.0, -3.0], name=n))
    return fan(named(**made))


def merging():
    inputs = keras.Input((5, 4, 4), name="input")
    a, b, c = (L.Conv2D(4, 3, padding="same", name=f"side_{k}")(inputs) for k in "abc")
    gate = L.GlobalAveragePooling2D(keepdims=True, name="squeeze")(a)
    made = []
    for kind in (L.Add, L.Multiply, L.Average, L.Maximum):
        name = kind.__name__.lower()
        made += [kind(name=f"{name}_2")([a, b]), kind(name=f"{name}_3")([a, b, c]), kind(name=f"{name}_stretched")([b, gate])]
    made += [L.Concatenate(name="concatenate")([a, b, c]), L.Concatenate(axis=1, name="concatenate_rows")([a, b]), L.Concatenate(axis=3, name="concatenate_3")([a, c])]
    ends = [L.GlobalMaxPooling2D(name=f"end_{i}")(y) for i, y in enumerate(made)]
    return keras.Model(inputs, L.Dense(4, activation="softmax", name="classes")(L.Concatenate(name="joined")(ends)))


def wiring():
    inputs = keras.Input((8, 6, 3), name="input")
    stem = L.Conv2D(4, 3, padding="same", activation="relu", name="stem")(inputs)
    twice = L.Conv2D(4, 3, padding="same", activation="relu", name="twice")
    y = L.Add(name="add")([twice(stem), twice(twice(stem))])
    z = L.Concatenate(name="concatenate")([y, stem, inputs])
    return keras.Model(inputs, L.Dense(4, activation="softmax", name="classes")(L.Flatten(name="flat")(z)))


# ---- architectures ----

def conv_block(x, filters, name, strides=1, kernel=3, activate=True, bias=False):
    x = L.Conv2D(filters, kernel, strides=strides, padding="same", use_bias=bias, name=name)(x)
    x = L.BatchNormalization(name=f"{name}_bn")(x)
    return L.ReLU(name=f"{name}_relu")(x) if activate else x


def architectures():
    def classify(x, head=True):
        return L.Dense(5, activation="softmax", name="classes")(x)

    x = i = keras.Input((23, 19, 3), name="input")
    for k, (filters, kernel) in enumerate([(6, 4), (7, 3), (8, 2)], 1):
        x = L.Conv2D(filters, kernel, activation="relu", name=f"conv_{k}")(x)
        x = L.MaxPooling2D(name=f"pool_{k}")(x) if k < 3 else x
    left = L.Dense(6, name="fc_1")(L.Flatten(name="flat_1")(x))
    right = L.Dense(6, name="fc_2")(L.Flatten(name="flat_2")(L.Conv2D(9, 2, activation="relu", name="conv_4")(x)))
    yield "deepid", keras.Model(i, classify(L.Activation("relu", name="act")(L.Add(name="add")([left, right]))))

    x = i = keras.Input((16, 16, 3), name="input")
    for block, filters in enumerate((4, 6, 8), 1):
        for k in (1, 2):
            x = L.Conv2D(filters, 3, padding="same", activation="relu", name=f"block{block}_conv{k}")(x)
        x = L.MaxPooling2D(name=f"block{block}_pool")(x)
    x = L.Dropout(0.5, name="drop")(L.Dense(12, activation="relu", name="fc1")(L.Flatten(name="flatten")(x)))
    yield "vgg", keras.Model(i, classify(x))

    i = keras.Input((16, 16, 3), name="input")
    x = conv_block(i, 4, "stem")
    for k, strides in enumerate((1, 2, 2), 1):
        shortcut = x if strides == 1 else conv_block(x, 4 * k, f"block{k}_0", strides, 1, activate=False)
        y = conv_block(conv_block(x, 4 * k, f"block{k}_1", strides), 4 * k, f"block{k}_2", activate=False)
        x = L.ReLU(name=f"block{k}_out")(L.Add(name=f"block{k}_add")([shortcut, y]))
    yield "resnet", keras.Model(i, classify(L.GlobalAveragePooling2D(name="gap")(x)))

    i = keras.Input((16, 16, 3), name="input")
    x = conv_block(i, 4, "stem", 2)
    for k in range(1, 4):
        y = L.ReLU(name=f"dense{k}_relu")(L.BatchNormalization(name=f"dense{k}_bn")(x))
        y = conv_block(y, 6, f"dense{k}_bottleneck", kernel=1)
        y = L.Conv2D(3, 3, padding="same", use_bias=False, name=f"dense{k}_conv")(y)
        x = L.Concatenate(name=f"dense{k}_concat")([x, y])
    x = L.ReLU(name="relu")(L.BatchNormalization(name="bn")(x))
    yield "densenet", keras.Model(i, classify(L.GlobalAveragePooling2D(name="gap")(x)))

    def relu6(x, name):
        return L.ReLU(6.0, name=f"{name}_relu")(L.BatchNormalization(name=f"{name}_bn")(x))

    i = keras.Input((16, 16, 3), name="input")
    x = relu6(L.Conv2D(4, 3, strides=2, padding="same", use_bias=False, name="Conv1")(i), "Conv1")
    for k, strides in enumerate((1, 2, 1), 1):
        y = relu6(L.Conv2D(8, 1, use_bias=False, name=f"b{k}_expand")(x), f"b{k}_expand")
        if strides == 2:
            y = L.ZeroPadding2D(((0, 1), (0, 1)), name=f"b{k}_pad")(y)
        y = relu6(L.DepthwiseConv2D(3, strides=strides, padding="valid" if strides == 2 else "same", use_bias=False, name=f"b{k}_depthwise")(y), f"b{k}_depthwise")
        y = L.BatchNormalization(name=f"b{k}_project_bn")(L.Conv2D(4, 1, use_bias=False, name=f"b{k}_project")(y))
        x = L.Add(name=f"b{k}_add")([x, y]) if strides == 1 else y
    x = relu6(L.Conv2D(16, 1, use_bias=False, name="Conv_last")(x), "Conv_last")
    yield "mobilenetv2", keras.Model(i, classify(L.GlobalAveragePooling2D(name="gap")(x)))

    i = keras.Input((12, 12, 3), name="input")
    towers = []
    for side in ("left", "right"):
        x = L.Conv2D(4, 3, activation="relu", name=f"{side}_1")(i)
        towers.append(L.Flatten(name=f"{side}_flat")(L.Conv2D(5, 3, strides=2, activation="relu", name=f"{side}_2")(x)))
    yield "two_branch", keras.Model(i, classify(L.Concatenate(name="joined")(towers)))

    i = keras.Input((6, 6, 1), name="input")
    x = L.Flatten(name="flatten")(i)
    for k in (1, 2):
        x = L.Dense(10, activation="relu", name=f"hidden_{k}")(x)
    yield "mlp", keras.Model(i, classify(x))


    # As nets for faces do: shortcuts, and a convolution whose mean over all positions yields the classes.
    x = i = keras.Input((16, 16, 1), name="input")
    x = conv_block(conv_block(x, 4, "stem_1"), 4, "stem_2")
    for k in (1, 2, 3):
        shortcut = conv_block(x, 4 * k + 4, f"block{k}_0", 2, 1, activate=False)
        y = L.ReLU(name=f"block{k}_relu")(L.BatchNormalization(name=f"block{k}_bn1")(L.SeparableConv2D(4 * k + 4, 3, padding="same", use_bias=False, name=f"block{k}_1")(x)))
        y = L.BatchNormalization(name=f"block{k}_bn2")(L.SeparableConv2D(4 * k + 4, 3, padding="same", use_bias=False, name=f"block{k}_2")(y))
        x = L.Add(name=f"block{k}_add")([L.MaxPooling2D(3, strides=2, padding="same", name=f"block{k}_pool")(y), shortcut])
    x = L.GlobalAveragePooling2D(name="gap")(L.Conv2D(5, 3, padding="same", name="classes")(x))
    yield "mini_xception", keras.Model(i, L.Activation("softmax", name="scores")(x))


# ---- formats ----

def formats():
    """(name, net, formats)"""
    every = ("h5", "keras", "weights.h5")

    def base(frozen, name="base", shape=(12, 12, 3)):
        i = keras.Input(shape, name="base_input")
        x = L.Conv2D(4, 3, name="conv")(i)
        x = L.ReLU(name="relu")(L.BatchNormalization(name="bn")(x))
        x = L.Conv2D(6, 3, name="conv_out", activation="relu")(x)
        y = L.Conv2D(6, 1, name="conv_side")(L.DepthwiseConv2D(3, padding="same", name="depthwise")(x))
        model = keras.Model(i, L.Add(name="add")([x, y]), name=name)
        model.trainable = not frozen
        return model

    # What people do with keras.applications: a frozen net, called in inference, and a head of their own.
    i = keras.Input((12, 12, 3), name="input")
    x = base(frozen=True)(L.Normalization(name="norm")(i), training=False)
    x = L.Dropout(0.2, name="drop")(L.GlobalAveragePooling2D(name="gap")(x))
    yield "transfer", keras.Model(i, L.Dense(4, activation="softmax", name="classes")(x)), every

    # Half frozen: the order of its weights in an .h5 is neither that of the layers nor "frozen ones last, layer by layer".
    half = base(frozen=False, shape=(None, None, 3))
    half.get_layer("conv").trainable = False
    i = keras.Input((12, 12, 3), name="input")
    x = L.Conv2D(4, 1, name="conv")(half(L.Conv2D(3, 1, name="conv_first")(i)))
    head = keras.Sequential([keras.Input((8, 8, 4)), keras.Sequential([L.Conv2D(5, 3, name="conv"), L.BatchNormalization(name="bn")], name="inner"), L.GlobalMaxPooling2D(name="pool")], name="head")
    yield "deep", keras.Model(i, L.Dense(4, activation="softmax", name="classes")(head(x))), every

    yield "in_sequential", keras.Sequential([base(frozen=False), L.Flatten(name="flat"), L.Dense(4, name="classes")]), ("h5", "keras")

    # A net used twice is its layers used twice.
    i = keras.Input((8, 8, 3), name="input")
    twin = keras.Sequential([keras.Input((8, 8, 3)), L.Conv2D(3, 3, padding="same", activation="relu", name="conv"), L.BatchNormalization(name="bn")], name="twin")
    x = L.Add(name="add")([twin(i), twin(twin(L.Rescaling(0.5, name="scaled")(i)))])
    x = L.Flatten(name="flat")(L.Conv2D(4, 3, strides=2, activation="relu", name="conv")(x))
    yield "used_twice", keras.Model(i, L.Dense(4, activation="softmax", name="classes")(x)), ("h5", "weights.h5")

    def small(*ends, shape=(8, 8, 3)):
        x = i = keras.Input(shape, name="input")
        for layer in (L.Conv2D(4, 3, activation="relu", name="conv"), L.MaxPooling2D(name="pool"), L.Flatten(name="flat"), *ends):
            x = layer(x)
        return keras.Model(i, x)

    if KERAS3:  # x + y is an operation, not a layer
        i = keras.Input((8, 8, 3), name="input")
        x = L.Conv2D(3, 3, padding="same", activation="relu", name="conv")(i)
        yield "operation", keras.Model(i, L.Dense(4, name="classes")(L.Flatten(name="flat")(x + i))), ("keras",)

    yield "sigmoid", small(L.Dense(1, activation="sigmoid", name="score")), ("h5", "keras")
    yield "sigmoid_layer", small(L.Dense(1, name="logit"), L.Activation("sigmoid", name="score")), ("keras", "weights.h5")
    for policy, kinds in (("mixed_float16", ["h5"]), ("mixed_bfloat16", ["keras"]), ("float16", ["h5", "keras"])):
        try:
            set_policy(policy)
            yield policy, small(L.Dense(4, name="logits"), L.Activation("softmax", dtype="float32", name="classes")), kinds
        finally:
            set_policy("float32")


def set_policy(name):
    (keras.config.set_dtype_policy if KERAS3 else keras.mixed_precision.set_global_policy)(name)

    augmentation = keras.Sequential([L.RandomFlip("horizontal"), L.RandomRotation(0.1), L.RandomZoom(0.1)], name="augmentation")
    i = keras.Input((12, 12, 3), name="input")
    x = L.Flatten(name="flat")(L.Conv2D(4, 3, activation="relu", name="conv")(L.Rescaling(1 / 127.5, offset=-1, name="range")(augmentation(i))))
    yield "augmented", keras.Model(i, L.Dense(4, activation="softmax", name="classes")(x)), ("keras", "weights.h5") if KERAS3 else every


def spellings():
    """(name, net, ending, edit): nets as other programs and older Kerases spell them."""
    def net(*layers, shape=(9, 7, 4)):
        x = i = keras.Input(shape, name="input")
        for layer in layers:
            x = layer(x)
        return keras.Model(i, L.Dense(4, activation="softmax", name="classes")(x))

    def edit(**by_name):
        def change(config):
            for layer in config["config"]["layers"]:
                wanted = by_name.get(layer["config"]["name"], {})
                layer["class_name"] = wanted.get("class_name", layer["class_name"])
                layer["config"].update({key: value for key, value in wanted.items() if key != "class_name"})
        return change

    def arithmetic(i):
        # Each step shows: none of them undoes another.
        x = 0.75 - (2 * i + 3.0) / 4.0
        y = -(i - 1) * 0.5
        z = x + np.array([0.1, 0.2, 0.3, 0.4], "float32")
        return L.Concatenate(name="joined")([x, y, z, x - y, x + y, x * y])

    i = keras.Input((9, 7, 4), name="input")
    x = L.GlobalMaxPooling2D(name="pool")(L.Conv2D(5, 3, activation="relu", name="conv")(arithmetic(i)))
    yield "arithmetic", keras.Model(i, L.Dense(4, activation="softmax", name="classes")(x)), "keras" if KERAS3 else "h5", edit()
    flags = {"input": dict(sparse=0), "conv": dict(use_bias=0), "bn": dict(center=1.0, scale=0), "gap": dict(keepdims=1), "classes": dict(use_bias=1)}
    made = net(L.Conv2D(5, 3, use_bias=False, name="conv"), L.BatchNormalization(scale=False, name="bn"), L.ReLU(name="relu"), L.GlobalAveragePooling2D(keepdims=True, name="gap"), L.Flatten(name="flat"))
    yield "flags", made, "h5", edit(**flags)
    names = dict(conv="Convolution2D", separable="SeparableConvolution2D", up="Convolution2DTranspose", most="MaxPool2D", mean="AvgPool2D", gap="GlobalAvgPool2D")
    layers = (L.Conv2D(5, 3, padding="same", name="conv"), L.MaxPooling2D(2, 1, name="most"), L.SeparableConv2D(4, 2, activation="relu", name="separable"), L.AveragePooling2D(2, 1, name="mean"),
              L.Conv2DTranspose(3, 2, name="up"), L.BatchNormalization(name="norm_a"), L.BatchNormalization(name="norm_b"), L.ReLU(name="relu"), L.GlobalAveragePooling2D(name="gap"))
    old = {} if KERAS3 else dict(norm_a=dict(class_name="BatchNormalizationV1"), norm_b=dict(class_name="BatchNormalizationV2"))
    yield "aliases", net(*layers), "keras" if KERAS3 else "h5", edit(**{name: dict(class_name=other) for name, other in names.items()}, **old)
    i = keras.Input((9, 7, 4), name="image")
    x = L.GlobalMaxPooling2D(name="pool")(L.Conv2D(5, 3, activation=L.LeakyReLU(0.1), name="conv")(i))
    yield "by_name", keras.Model({"image": i}, {"probs": L.Dense(4, activation="softmax", name="classes")(x)}), "keras" if KERAS3 else "h5", edit()
    i = keras.Input((9, 7, 4), name="input")
    x = L.GlobalMaxPooling2D(name="pool")(L.Concatenate(name="joined")([operation(i) for operation in operations_on_one()]))
    yield "operations", keras.Model(i, L.Dense(4, activation="softmax", name="classes")(x)), "keras" if KERAS3 else "h5", edit()
    i = keras.Input((9, 7, 4), name="input")
    numbers = np.array([0.5, -0.25, 1.5, 3.0], "float32")
    x = (i * numbers[None] - numbers[None, None]) / (2 * numbers[None, None, None])
    if KERAS3:
        x = (x + np.array([1, 2, -3, 4])) * np.array([[3, 1, 2, 5]], "int32") - np.array([7], "uint8")
    x = L.GlobalMaxPooling2D(name="pool")(L.Conv2D(5, 3, activation="relu", name="conv")(x))
    yield "stretched", keras.Model(i, L.Dense(4, activation="softmax", name="classes")(x)), "keras" if KERAS3 else "h5", edit()
    made = net(L.Conv2D(5, 3, padding="same", name="conv"), L.UpSampling2D(name="up"), L.MaxPooling2D(name="pool"), L.GlobalAveragePooling2D(name="mean"))
    yield "capitals", made, "h5", edit(conv=dict(data_format="CHANNELS_LAST", padding="SAME"), up=dict(interpolation="NEAREST"), pool=dict(data_format="Channels_Last"))
    yield "activation_objects", net(L.Conv2D(4, 3, activation=L.PReLU(), name="conv_a"), L.Conv2D(4, 2, activation=L.PReLU(shared_axes=[1, 2]), name="conv_b"), L.Flatten(name="flat"), L.Dense(6, activation=L.PReLU(), name="hidden")), "keras", edit()


def operations_on_one():
    """Operations on one tensor that a layer computes, too."""
    if KERAS3:
        from keras import ops
        plain = "relu relu6 sigmoid softplus softsign silu hard_sigmoid hard_silu selu celu hard_tanh log_sigmoid sparse_sigmoid sparse_plus tanh_shrink hard_shrink soft_shrink squareplus softmax log_softmax tanh exp gelu".split()
        return [getattr(ops, name) for name in plain] + [lambda x: ops.leaky_relu(x, 0.15), lambda x: ops.elu(x, alpha=0.6), lambda x: ops.gelu(x, approximate=False)]
    import tensorflow as tf
    nn = tf.nn
    return [nn.relu, nn.relu6, tf.sigmoid, nn.softplus, nn.softsign, nn.silu, nn.selu, nn.elu, nn.leaky_relu, nn.softmax, nn.log_softmax, tf.tanh, tf.exp, nn.gelu, lambda x: nn.gelu(x, approximate=True), lambda x: nn.relu(x, name="rectified"),
            lambda x: nn.leaky_relu(x, alpha=0.15), lambda x: nn.softmax(x, axis=-1), keras.activations.relu, lambda x: tf.math.add(x, 0.5, name="more"), lambda x: tf.math.divide(x, 1.5 + x * x, name="ratio")]


def write_spellings():
    """Nets whose config is changed once they are saved, and what Keras answers that loads them."""
    folder = FIXTURES / "spellings"
    folder.mkdir(parents=True, exist_ok=True)
    for number, (name, model, ending, edit) in enumerate(spellings()):
        seeds = (np.random.default_rng(300 + 100 * number + attempt) for attempt in range(100))
        rng = next(rng for rng in seeds if answers_apart(model, rng))
        file = folder / f"{name}.{DIALECT}.{ending}"
        model.save(file, **({} if ending == "keras" else dict(include_optimizer=False)))
        if ending == "keras":
            rewrite(file, edit)
        else:
            with h5py.File(file, "a") as opened:
                config = json.loads(opened.attrs["model_config"])
                edit(config)
                opened.attrs["model_config"] = json.dumps(config)
        loaded = keras.models.load_model(file, compile=False)
        x = rng.uniform(-4, 4, (3, 9, 7, 4)).astype("float32")
        answer = loaded(x, training=False)
        answer = next(iter(answer.values())) if isinstance(answer, dict) else answer
        with h5py.File(folder / f"{name}.{DIALECT}.expected.h5", "w", libver="latest") as opened:
            opened.create_dataset("input", data=x, track_times=False)
            opened.create_dataset("outputs/classes", data=np.asarray(answer), track_times=False)


def answers_apart(model, rng):
    """Gives the net weights by chance; answers whether its scores tell images apart: a net that answers all alike would test little."""
    model(np.zeros((1, 9, 7, 4), "float32"))  # Keras 3 makes the weights of an activation once it is called
    randomize(model, rng)
    scores = model(rng.uniform(-4, 4, (9, 9, 7, 4)).astype("float32"), training=False)
    return np.ptp(np.asarray(next(iter(scores.values())) if isinstance(scores, dict) else scores), axis=0).max() > 0.1


def rewrite(file, edit):
    """Changes the config of an archive, whose entries get one time."""
    with zipfile.ZipFile(file) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    config = json.loads(entries["config.json"])
    edit(config)
    entries["config.json"] = json.dumps(config).encode()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo(name), content)


def write_formats():
    folder = FIXTURES / "formats"
    folder.mkdir(parents=True, exist_ok=True)
    for number, (name, model, kinds) in enumerate(formats()):
        stem = f"{name}.{DIALECT}"
        for seed in range(number, 10_000, 1000):
            rng = np.random.default_rng(seed)
            randomize(model, rng)
            x = rng.uniform(-2, 2, (6, *model.input_shape[1:])).astype("float32")
            scores = model.predict(x, verbose=0).astype("float32")
            answers = scores[:, 0] > 0.5 if scores.shape[1] == 1 else np.argmax(scores, axis=1)
            if len(np.unique(answers)) > 1:
                break
        for kind in kinds:
            path = folder / f"{stem}.{kind}"
            model.save_weights(path) if kind == "weights.h5" else model.save(path)
            if kind == "keras":
                steady(path)
        with h5py.File(folder / f"{stem}.expected.h5", "w", libver="latest") as file:
            file.create_dataset("input", data=x, track_times=False)
            file.create_dataset(f"outputs/{model.layers[-1].name}", data=scores, track_times=False)
    if KERAS3:
        return
    # TensorFlow 2.12 and 2.13 called the groups of the same file otherwise.
    early = folder / "transfer_early.keras2.weights.h5"
    early.write_bytes((folder / "transfer.keras2.weights.h5").read_bytes())
    with h5py.File(early, "a") as file:
        file.move("layers/functional/layers", "layers/functional/_layer_checkpoint_dependencies")
        file.move("layers", "_layer_checkpoint_dependencies")


def steady(path):
    """Packs a .keras again without the time of day, so that it is the same whenever it is made. Some are stored, as Keras does; most are deflated, which is smaller and which every Keras reads."""
    with zipfile.ZipFile(path) as archive:
        entries = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED if path.name.startswith("sigmoid") else zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            if name == "metadata.json":
                content = json.dumps({**json.loads(content), "date_saved": "2026-01-01@00:00:00"}).encode()
            archive.writestr(zipfile.ZipInfo(name), content, archive.compression)


# ---- keras.applications ----

def write_applications():
    """Whole nets, and one frozen inside a net with a head of its own."""
    configs = {}
    for name in ("VGG16", "ResNet50", "MobileNet", "MobileNetV2", "DenseNet121", "EfficientNetB0", "Xception"):
        size = 71 if name == "Xception" else 32
        configs[name] = json.loads(getattr(keras.applications, name)(weights=None, input_shape=(size, size, 3), classes=5).to_json())
    base = keras.applications.MobileNetV2(weights=None, include_top=False, input_shape=(32, 32, 3))
    base.trainable = False
    i = keras.Input((32, 32, 3), name="input")
    x = L.GlobalAveragePooling2D(name="gap")(base(L.Rescaling(1 / 127.5, offset=-1, name="scaled")(i), training=False))
    configs["transfer"] = json.loads(keras.Model(i, L.Dense(1, activation="sigmoid", name="score")(x)).to_json())
    (FIXTURES / f"applications.{DIALECT}.json.gz").write_bytes(gzip.compress(json.dumps(configs).encode(), 9, mtime=0))


# ---- refused ----

def refused():
    def through(*layers, shape=(8, 8, 3), dtype=None):
        x = i = keras.Input(shape, name="input")
        for layer in layers:
            x = layer(x)
        return keras.Model(i, L.Dense(3, activation="softmax", name="classes")(x))

    flat = lambda: L.Flatten(name="flat")
    yield "lambda", through(L.Lambda(lambda x: x * 2, name="payload"), flat())
    yield "bilinear", through(L.UpSampling2D(2, interpolation="bilinear", name="up"), flat())
    yield "axis_1", through(L.BatchNormalization(axis=1, name="bn"), flat())
    yield "layer_normalization", through(L.LayerNormalization(name="norm"), flat())
    yield "conv1d", through(L.Reshape((64, 3), name="rows"), L.Conv1D(2, 3, name="conv"), flat())
    yield "nested_lambda", through(keras.Sequential([keras.Input((8, 8, 3)), L.Lambda(lambda x: x * 2, name="payload")], name="nested"), flat())
    yield "nested_normalization", through(keras.Sequential([keras.Input((8, 8, 3)), L.Normalization(name="norm")], name="nested"), flat())
    yield "inverted", through(L.Normalization(mean=0.5, variance=2.0, invert=True, name="norm"), flat())
    yield "normalized_rows", through(L.Normalization(axis=1, mean=[0.5] * 8, variance=[2.0] * 8, name="norm"), flat())
    yield "sparsemax", through(L.Conv2D(2, 3, activation="sparsemax", name="conv"), flat()) if KERAS3 else None
    yield "glu", through(L.Conv2D(2, 3, activation="glu", name="conv"), L.GlobalAveragePooling2D(name="gap")) if KERAS3 else None
    yield "double", through(L.Conv2D(2, 3, dtype="float64", name="conv"), flat())
    a, b = keras.Input((3,), name="a"), keras.Input((3,), name="b")
    yield "two_inputs", keras.Model([a, b], L.Dense(3, name="classes")(L.Add(name="add")([a, b])))
    i = keras.Input((3,), name="input")
    yield "two_outputs", keras.Model(i, [L.Dense(3, name="one")(i), L.Dense(3, name="two")(i)])
    yield "one_output", keras.Model(i, L.Dense(1, name="score")(i))
    c, d = keras.Input((3,), name="c"), keras.Input((3,), name="d")
    pair = keras.Model([c, d], L.Add(name="add")([c, d]), name="pair")
    yield "nested_two_inputs", keras.Model(i, L.Dense(3, name="classes")(pair([i, L.Dense(3, name="side")(i)])))
    yield "open_size", keras.Model(j := keras.Input((None, None, 3), name="input"), L.Dense(3, name="classes")(L.GlobalAveragePooling2D(name="gap")(j)))

    @keras.saving.register_keras_serializable("Payload")
    class Custom(L.Layer):
        def call(self, x):
            return x

    yield "custom", through(Custom(name="payload"), flat())


def write_refused():
    folder = FIXTURES / "refused"
    folder.mkdir(parents=True, exist_ok=True)
    for name, model in ((name, model) for name, model in refused() if model is not None):
        model.save(folder / f"{name}.{DIALECT}.h5", include_optimizer=False)
    if not KERAS3:
        return
    base = folder / "base.h5"
    i = keras.Input((8, 8, 3), name="input")
    good = keras.Model(i, L.Dense(3, activation="softmax", name="classes")(L.Flatten(name="flat")(L.Conv2D(4, 3, activation="relu", name="conv")(i))))
    randomize(good, np.random.default_rng(1))
    good.save(base, include_optimizer=False)
    good.save_weights(folder / "base.weights.h5")
    good.save(folder / "base.keras")
    steady(folder / "base.keras")
    (folder / "base.json").write_text(good.to_json())

    def altered(name, change):
        (folder / f"{name}.h5").write_bytes(base.read_bytes())
        with h5py.File(folder / f"{name}.h5", "a") as file:
            change(file)

    def config(edit):
        def change(file):
            value = json.loads(file.attrs["model_config"])
            edit(value)
            file.attrs["model_config"] = json.dumps(value)
        return change

    kernel = "model_weights/conv/conv/kernel"
    altered("nan_weight", lambda file: file[kernel].__setitem__((0, 0, 0, 0), np.nan))
    altered("infinite_weight", lambda file: file[kernel].__setitem__((0, 0, 0, 0), np.inf))
    altered("missing_weight", lambda file: file.__delitem__(kernel))
    altered("soft_link", lambda file: (file.__delitem__(kernel), file.__setitem__(kernel, h5py.SoftLink("/model_weights/conv/conv/bias"))))
    altered("external_link", lambda file: (file.__delitem__(kernel), file.__setitem__(kernel, h5py.ExternalLink("base.h5", kernel))))

    def reshape(file):
        del file[kernel]
        file[kernel] = np.zeros((3, 3, 3, 5), np.float32)
    altered("wrong_shape", reshape)
    altered("channels_first", config(lambda c: c["config"]["layers"][1]["config"].update(data_format="channels_first")))
    altered("foreign_module", config(lambda c: c["config"]["layers"][1].update(module="os", registered_name="system")))
    altered("unknown_option", config(lambda c: c["config"]["layers"][1]["config"].update(surprise=1)))
    altered("cycle", config(lambda c: c["config"]["layers"][1]["inbound_nodes"][0]["args"][0]["config"].update(keras_history=["flat", 0, 0])))
    altered("no_weights", lambda file: file.__delitem__("model_weights"))
    def archive(name, edit=None, leave=()):
        """base.keras with another config.json, or without some entries."""
        with zipfile.ZipFile(folder / "base.keras") as whole, zipfile.ZipFile(folder / f"{name}.keras", "w", zipfile.ZIP_DEFLATED) as other:
            for entry in whole.namelist():
                content = whole.read(entry)
                if entry == "config.json" and edit:
                    value = json.loads(content)
                    edit(value)
                    content = json.dumps(value).encode()
                if entry not in leave:
                    other.writestr(zipfile.ZipInfo(entry), content, zipfile.ZIP_DEFLATED)

    inside = lambda value: value["config"]["layers"][1]
    archive("foreign_module", lambda c: inside(c).update(module="os", registered_name="system"))
    archive("registered_name", lambda c: inside(c).update(registered_name="Payload>Dense"))
    archive("same_name", lambda c: inside(c).update(module=None, registered_name="Conv2D"))
    archive("foreign_model", lambda c: c.update(module="os"))
    archive("lambda", lambda c: inside(c).update(class_name="Lambda", config={"name": "payload", "function": ["4wEAAAA=", None, None]}))
    archive("op_lambda", lambda c: inside(c).update(class_name="TFOpLambda", config={"name": "payload", "function": "math.add"}))
    archive("no_config", leave=("config.json",))
    archive("no_weights", leave=("model.weights.h5",))
    (folder / "truncated.keras").write_bytes((folder / "base.keras").read_bytes()[:-30])
    (folder / "zip_named.h5").write_bytes((folder / "no_weights.keras").read_bytes())
    (folder / "truncated.h5").write_bytes(base.read_bytes()[:6000])
    (folder / "text.h5").write_text("no HDF5\n")
    (folder / "empty.h5").write_bytes(b"")
    (folder / "lfs_pointer.h5").write_text("version https://git-lfs.github.com/spec/v1\noid sha256:" + "0" * 64 + "\nsize 1\n")


def write_data():
    """The same six images and labels, stored in many ways."""
    folder = FIXTURES / "data"
    folder.mkdir(parents=True, exist_ok=True)
    images = np.random.default_rng(5).integers(0, 100, (6, 3, 4, 2))  # N,H,W,C
    labels = np.array([0, 1, 2, 2, 1, 0])
    first = images.transpose(0, 3, 1, 2)

    def store(name, data=images, label=labels, names=("data", "label"), **options):
        with h5py.File(folder / f"{name}.h5", "w") as file:
            file.create_dataset(names[0], data=data, track_times=False, **options)
            file.create_dataset(names[1], data=label, track_times=False)

    for dtype in ("u1", "<i1", "<i2", ">u2", "<i4", ">i4", "<u4", "<i8", "<u8", "<f2", ">f2", "<f4", ">f4", "<f8", ">f8"):
        store(f"{dtype.replace('<', 'little_').replace('>', 'big_')}", images.astype(dtype), labels.astype(dtype))
    store("channels_first", first.astype("u1"))
    store("gzip_shuffle", first.astype("f8"), chunks=(4, 1, 2, 2), compression="gzip", shuffle=True, fletcher32=True)
    store("one_hot", label=np.eye(3)[labels].astype("u1"))
    store("one_hot_bool", label=np.eye(3, dtype=bool)[labels])
    store("column", label=labels[:, None])
    store("other_names", names=("images", "classes"))
    with h5py.File(folder / "damaged.h5", "w") as file:
        file.create_dataset("data", data=images.astype("f4"), chunks=(6, 3, 4, 2), fletcher32=True, track_times=False)
        file.create_dataset("label", data=labels, track_times=False)
    raw = bytearray((folder / "damaged.h5").read_bytes())
    at = raw.find(images.astype("f4").tobytes())
    raw[at] ^= 1
    (folder / "damaged.h5").write_bytes(raw)
    with h5py.File(folder / "elsewhere.h5", "w") as file:
        file.create_dataset("data", (6, 3, 4, 2), "u1", external=[("/etc/passwd", 0, 144)])
        file.create_dataset("label", data=labels, track_times=False)
    with h5py.File(folder / "huge.h5", "w") as file:
        file.create_dataset("data", (2**24, 3, 4, 2), "u1", chunks=(1, 3, 4, 2), compression="gzip")
        file.create_dataset("label", data=labels, track_times=False)
    with h5py.File(folder / "virtual.h5", "w") as file:
        layout = h5py.VirtualLayout((6, 3, 4, 2), "u1")
        layout[:] = h5py.VirtualSource("u1.h5", "data", (6, 3, 4, 2))
        file.create_virtual_dataset("data", layout)
        file.create_dataset("label", data=labels, track_times=False)


if KERAS3 and FOLDER in (None, "data"):
    write_data()
for number, (topic, net) in enumerate(layer_topics()):
    if FOLDER in (None, "layers", topic):
        save("layers", topic, net, number)
for number, (name, net) in enumerate(architectures() if FOLDER in (None, "architectures") else []):
    save("architectures", name, net, 100 + number)
if FOLDER in (None, "formats"):
    write_formats()
if FOLDER in (None, "spellings"):
    write_spellings()
if FOLDER in (None, "applications"):
    write_applications()
if FOLDER in (None, "refused"):
    write_refused()
print(DIALECT, "done")
