"""Tiny nets in which each weight and each option matters: name and a function that builds the net with a given Keras."""

import numpy as np

from images import COUNT, images, scores_of, shape_of


def nets(keras):
    """Pairs of a name and a built net. Layers of equal shapes stand beside each other, so that mixed-up weights still fit."""
    for name, build in NETS.items():
        model = build(keras, keras.layers)
        next(seed for seed in range(100) if answers_all(keras, model, seed))
        yield name, model


def answers_all(keras, model, seed):
    """Gives the net the weights of a seed; answers whether it says each class of at least three images."""
    fill(model, np.random.default_rng(seed))
    balance(keras, model)
    scores = scores_of(model, images(shape_of(model)))
    classes = scores[:, 0] > 0.5 if scores.shape[1] == 1 else scores.argmax(1)
    return np.bincount(classes, minlength=max(2, scores.shape[1])).min() >= 3


def plain(keras, L):
    x = i = keras.Input((8, 8, 1), name="input")
    for layer in (
        L.Conv2D(4, 3, padding="same", activation="relu", name="conv_a"),
        L.Conv2D(4, 3, padding="same", name="conv_b"),
        L.BatchNormalization(epsilon=0.05, name="norm"),
        L.LeakyReLU(0.3, name="leaky"),
        L.MaxPooling2D(name="pool"),
        L.DepthwiseConv2D(3, padding="same", name="depthwise"),
        L.ReLU(1.5, 0.2, 0.1, name="relu"),
        L.Flatten(name="flat"),
        L.Dense(6, activation="tanh", name="hidden_a"),
        L.Dense(6, activation="relu", name="hidden_b"),
        L.Dropout(0.3, name="drop"),
        L.Dense(5, activation="softmax", name="classes"),
    ):
        x = layer(x)
    return keras.Model(i, x, name="plain")


def branched(keras, L):
    i = keras.Input((8, 8, 3), name="input")
    a = L.Conv2D(4, 3, activation="elu", name="left")(L.ZeroPadding2D(((1, 0), (0, 1)), name="pad")(i))
    b = L.Conv2D(4, 2, activation="relu", name="right")(i)
    a = L.AveragePooling2D(2, 1, name="average")(a)
    b = L.SeparableConv2D(4, 2, activation="relu", name="separable")(b)
    x = L.Concatenate(name="join")([a, b])
    y = L.Conv2DTranspose(4, 2, strides=2, activation="relu", name="transposed")(x)
    y = L.LeakyReLU(0.15, name="leaky")(y)
    y = L.PReLU(shared_axes=[1, 2], name="prelu")(L.Conv2D(8, 3, strides=2, padding="same", name="down")(y))
    x = L.Maximum(name="highest")([x, y])
    x = L.Add(name="lifted")([x, L.AveragePooling2D(6, name="level")(x)])
    x = L.Add(name="sum")([L.GlobalAveragePooling2D(name="mean")(x), L.GlobalMaxPooling2D(name="highest_place")(y)])
    return keras.Model(i, L.Activation("softmax", name="scores")(L.Dense(4, name="classes")(x)), name="branched")


def shared(keras, L):
    i = keras.Input((8, 8, 1), name="input")
    conv, dense = L.Conv2D(4, 3, padding="same", activation="relu", name="shared_conv"), L.Dense(6, activation="tanh", name="shared_dense")
    x = L.Conv2D(4, 3, padding="same", name="first")(i)
    x = L.Multiply(name="product")([conv(x), conv(conv(x))])
    x = L.Dense(6, name="into")(L.Flatten(name="flat")(L.MaxPooling2D(4, name="pool")(x)))
    x = L.Average(name="middle")([dense(x), dense(dense(x))])
    return keras.Model(i, L.Dense(4, activation="softmax", name="classes")(x), name="shared")


def nested(keras, L):
    j = keras.Input((6, 6, 4), name="inner_input")
    y = L.Conv2D(4, 3, padding="same", name="inner_a", trainable=False)(j)
    y = L.BatchNormalization(name="inner_norm")(y)
    y = L.Conv2D(4, 3, padding="same", name="inner_b")(y)
    inner = keras.Model(j, L.ReLU(name="inner_relu")(y), name="inner")
    tail = keras.Sequential([keras.Input((3, 3, 4), name="tail_input"), L.Conv2D(4, 3, activation="relu", name="tail_conv"), L.Flatten(name="tail_flat")], name="tail")
    i = keras.Input((8, 8, 3), name="input")
    x = inner(L.Conv2D(4, 3, activation="relu", name="conv")(i))
    x = tail(L.MaxPooling2D(name="pool")(x))
    return keras.Model(i, L.Dense(4, activation="softmax", name="classes")(x), name="nested")


def recalled(keras, L):
    """Nets inside that are called twice; one of them is the output."""
    j = keras.Input((8, 8, 4), name="twin_input")
    twin = keras.Model(j, L.Conv2D(4, 3, padding="same", activation="tanh", name="twin_conv")(j), name="twin")
    k = keras.Input((4,), name="said_input")
    said = keras.Model(k, L.Softmax(name="said_scores")(L.Rescaling(3.0, name="said_scale")(k)), name="said")
    i = keras.Input((8, 8, 3), name="input")
    x = twin(L.Conv2D(4, 3, padding="same", activation="relu", name="first")(i))
    x = twin(L.ReLU(1.5, name="relu")(x))
    x = said(L.Dense(4, name="classes")(L.Flatten(name="flat")(L.MaxPooling2D(4, name="pool")(x))))
    return keras.Model(i, said(L.Rescaling(-2.0, name="turned")(x)), name="recalled")


def sequence(keras, L):
    return keras.Sequential([
        keras.Input((8, 8, 3), name="input"),
        L.Rescaling(0.7, offset=0.2, name="scaled"),
        L.Normalization(name="normal"),
        L.Conv2D(4, 3, name="conv"),
        L.LeakyReLU(0.2, name="leaky"),
        L.Conv2D(4, 3, padding="same", dilation_rate=2, name="dilated"),
        L.ELU(0.5, name="elu"),
        L.GaussianNoise(0.5, name="noise"),
        L.SpatialDropout2D(0.5, name="maps"),
        L.UpSampling2D(2, name="up"),
        L.Cropping2D(((2, 1), (1, 2)), name="crop"),
        L.GlobalMaxPooling2D(name="highest"),
        L.Dense(4, activation="relu", name="hidden"),
        L.Dense(4, name="classes"),
        L.Activation("softmax", name="scores"),
    ], name="sequence")


def shaped(keras, L):
    x = i = keras.Input((8, 8, 1), name="input")
    for layer in (
        L.Conv2D(4, (3, 2), strides=(2, 1), padding="same", groups=1, activation="selu", name="conv"),
        L.AveragePooling2D((2, 3), padding="same", name="average"),
        L.DepthwiseConv2D(2, depth_multiplier=2, use_bias=False, activation="swish", name="depthwise"),
        L.GlobalAveragePooling2D(keepdims=True, name="mean"),
        L.Reshape((2, 4), name="rows"),
        L.Dense(3, activation="gelu", use_bias=False, name="each"),
        L.Flatten(name="flat"),
        L.Dense(6, name="classes"),
        L.Softmax(name="scores"),
    ):
        x = layer(x)
    return keras.Model(i, x, name="shaped")


def hard(keras, L):
    """What is called hard_sigmoid is another function in each Keras."""
    x = i = keras.Input((8, 8, 1), name="input")
    for layer in (L.Conv2D(4, 3, activation="hard_sigmoid", name="conv"), L.Activation("hard_sigmoid", name="again"), L.Flatten(name="flat"), L.Dense(4, activation="softmax", name="classes")):
        x = layer(x)
    return keras.Model(i, x, name="hard")


def reckoned(keras, L):
    """Arithmetic with numbers and between tensors, and layers as activations."""
    number = np.array([0.3, -0.2, 0.4], "float32")
    i = keras.Input((8, 8, 3), name="input")
    x = 1.5 - (i * 0.7 + (number if keras.__version__ > "3" else 0.3)) / 1.7
    y = L.Conv2D(4, 3, activation=L.LeakyReLU(0.3), name="conv_a")(x)
    x = L.Conv2D(4, 3, activation="leaky_relu", name="conv_b")(-x)
    x = L.Minimum(name="lowest")([L.Subtract(name="less")([x, y]), y - 0.1, x + y])
    x = L.Dense(6, activation="relu", name="hidden")(L.Flatten(name="flat")(L.MaxPooling2D(2, name="pool")(x)))
    return keras.Model(i, L.Softmax(name="scores")(2.0 * L.Dense(4, name="classes")(x)), name="reckoned")


def operated(keras, L):
    """Quotients, operations that layers compute, numbers with axes of 1 before them, and activations with weights."""
    if keras.__version__ > "3":
        nn = keras.ops
        slope, integers = dict(negative_slope=0.15), np.array([[1, 2, 3]])
    else:
        import tensorflow

        nn = tensorflow.nn
        slope, integers = dict(alpha=0.15), 2.0
    i = keras.Input((8, 8, 3), name="input")
    x = (i * np.array([[0.3, -0.2, 0.4]], "float32") - np.array([[[0.1, 0.5, -0.2]]], "float32")) / integers
    y = nn.softplus(L.Conv2D(4, 3, name="conv_a")(x))
    x = L.Conv2D(4, 3, activation=L.PReLU(shared_axes=[1, 2], name="inner"), name="conv_b")(nn.leaky_relu(x, **slope))
    x = nn.gelu(x / (y + 0.5)) + 1 / (2.0 + nn.relu(y))
    x = L.Dense(6, activation=L.PReLU(), name="hidden")(L.Flatten(name="flat")(L.MaxPooling2D(2, name="pool")(x)))
    return keras.Model(i, nn.log_softmax(L.Dense(4, name="classes")(x)), name="operated")


def dotted(keras, L):
    i = keras.Input((8, 8, 3), name="input")
    a, b = (L.Conv2D(4, 3, strides=2, activation=name, name=f"conv_{k}")(i) for k, name in (("a", "relu"), ("b", "log_softmax")))
    rows, mean = L.Reshape((9, 4), name="rows")(a), L.GlobalAveragePooling2D(name="mean")(b)
    weights = L.Softmax(name="weights")(L.Dot(axes=(2, 1), normalize=True, name="weigh")([rows, mean]))
    x = L.Concatenate(name="joined")([L.Dot(axes=1, name="read")([weights, rows]), L.Flatten(name="flat")(L.Dot(axes=(2, 2), name="pairs")([rows, rows]))])
    x = L.Dense(6, activation="relu", name="hidden")(x)
    return keras.Model(i, L.Dense(4, activation="log_softmax", name="classes")(x), name="dotted")


def named(keras, L):
    """Input and output by name."""
    i = keras.Input((8, 8, 1), name="input")
    x = L.Conv2D(4, 3, activation=L.ReLU(2.0), name="conv")(i)
    x = L.Dense(4, activation="softmax", name="classes")(L.Flatten(name="flat")(x))
    return keras.Model({"image": i}, {"probs": x}, name="named")


def score(keras, L):
    """One sigmoid, compiled and trained for one step, so that files hold an optimizer's state."""
    layers = (L.Conv2D(4, 3, name="conv"), L.LeakyReLU(0.25, name="leaky"), L.Flatten(name="flat"), L.Dense(6, activation="relu", name="hidden"), L.Dense(1, activation="sigmoid", name="classes"))
    model = keras.Sequential([keras.Input((8, 8, 1), name="input"), *layers], name="score")
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    model.train_on_batch(images((8, 8, 1)), np.arange(COUNT)[:, None] % 2)
    return model


NETS = {build.__name__: build for build in (plain, branched, shared, nested, recalled, sequence, shaped, hard, reckoned, operated, dotted, named, score)}


def fill(model, rng):
    """Weights of the size that keeps signals near 1, none of them equal."""
    for weight in model.weights:
        shape = tuple(weight.shape)
        name = weight.name.split("/")[-1]
        if not shape:
            continue
        value = rng.normal(0, 1 / np.sqrt(max(1, np.prod(shape[:-1]))), shape)
        if "variance" in name or "gamma" in name:
            value = rng.uniform(0.5, 1.5, shape)
        elif len(shape) == 1 or "alpha" in name:
            value = rng.normal(0, 0.3, shape)
        weight.assign(value.astype("float32"))
    for layer in every_layer(model):
        if hasattr(layer, "finalize_state"):
            layer.finalize_state()


def every_layer(model):
    for layer in model.layers:
        yield layer
        yield from every_layer(layer) if hasattr(layer, "layers") else ()


def balance(keras, model):
    """Scales the last Dense layer so that no class is far ahead of the others."""
    dense = model.get_layer("classes")
    inside = keras.Model(model.inputs, dense.input)
    kernel, bias = dense.get_weights()
    logits = scores_of(inside, images(shape_of(model))) @ kernel
    spread = logits.std(0)
    dense.set_weights([kernel / spread, 0 * bias - logits.mean(0) / spread])
