"""Kinds that change the options of layers."""

import copy

from json_tree import Raw, Twin, rename, replace, with_key
from kinds import Skip, kind, some

# One option under two names that some Keras knows both.
KNOWN = (("alpha", "negative_slope"), ("batch_shape", "batch_input_shape"), ("batch_input_shape", "input_shape"), ("batch_shape", "shape"), ("name", "_name"), ("dtype", "input_dtype"))
# One option under the names that Keras 1, 2 and 3 or another library gave it.
SPELLINGS = (
    *KNOWN, ("units", "output_dim"), ("filters", "nb_filter"), ("strides", "stride"), ("strides", "subsample"),
    ("padding", "border_mode"), ("use_bias", "bias"), ("rate", "p"), ("epsilon", "eps"), ("kernel_size", "kernel_shape"), ("dilation_rate", "atrous_rate"),
    ("activation", "activation_fn"), ("max_value", "max"), ("negative_slope", "slope"), ("axis", "concat_axis"), ("axis", "mode"), ("shared_axes", "axes"),
    ("pool_size", "pool"), ("scale", "gamma"), ("center", "beta"), ("offset", "bias"), ("size", "factor"),
    ("depth_multiplier", "multiplier"), ("interpolation", "mode"), ("trainable", "_trainable"), ("data_format", "dim_ordering"),
)
# Options that a layer may have besides its own, with values that change something in one Keras or the other.
ADDED = {
    "training": [True, False, 1], "trainable": [False, True, 0], "groups": [1, 2], "keepdims": [True, False], "renorm": [True, False], "fused": [True, None], "virtual_batch_size": [2, None],
    "invert": [True, False], "quantization_config": [None, "int8", {}], "autocast": [False, True], "sparse": [True, False], "ragged": [True, False], "optional": [True], "batch_size": [1, 64],
    "activity_regularizer": [None, "l2", 0.1], "noise_shape": [[1]], "lora_rank": [1, None], "lora_alpha": [2.0], "data_format": ["channels_first", "channels_last", None], "dynamic": [True],
    "batch_input_shape": [[None, 8, 8, 3], [None, 4, 4, 1]], "batch_shape": [[None, 8, 8, 3], [2, 8, 8, 1]], "input_shape": [[8, 8, 1], [6, 6, 4]], "input_dim": [4], "weights": [None, [[0.0]]],
    "axis": [-1, 1, 3, [3], [-1]], "activation": ["relu", "softmax", "linear", None, "hard_sigmoid"], "use_bias": [False, True], "alpha": [0.1], "negative_slope": [0.1], "threshold": [0.5], "max_value": [1.0],
    "epsilon": [0.5], "momentum": [0.0], "center": [False], "scale": [False], "offset": [1.0], "synchronized": [True], "mean": [0.5], "variance": [2.0], "output_padding": [[1, 1], None],
    "dilation_rate": [2, [2, 2]], "depth_multiplier": [2], "kernel_constraint": ["non_neg"], "dtype": ["float16", "bfloat16", "float64", "mixed_float16", "mixed_bfloat16", None], "seed": [3], "comment": ["x"],
    "interpolation": ["bilinear", "nearest"], "shared_axes": [None, [1, 2]], "implementation": [2], "strides": [1, [1, 1], None], "build_config": [None], "registered_name": ["Dense"], "module": ["os"],
}
LARGE = ("pool_size", "strides", "kernel_size", "dilation_rate", "size", "groups", "depth_multiplier", "units", "filters", "axis")
STRANGE = (None, True, False, 0, -1, 1, 2, 0.5, "", "same", "1", [], [1], [2, 2], {}, [None], "NaN", [[1, 1], [1, 1]])
ACTIVATIONS = ("linear", "relu", "tanh", "sigmoid", "softmax", "elu", "selu", "gelu", "softplus", "softsign", "swish", "silu", "mish", "exponential", "hard_sigmoid", "relu6", "leaky_relu",
               "hard_silu", "hard_swish", "hard_tanh", "log_softmax", "celu", "glu", "squareplus", "tanh_shrink", "threshold", "sparsemax", "log_sigmoid", "soft_shrink")


def a_layer(mutant, *wanted):
    """A layer that has one of the wanted options."""
    return some(mutant.rng, [layer for layer in mutant.layers() if not wanted or any(name in layer["config"] for name in wanted)])


def an_option(mutant):
    layer = a_layer(mutant)
    names = [name for name in layer["config"] if name not in ("name", "layers", "input_layers", "output_layers") and not str(name).endswith(("initializer", "regularizer", "constraint"))]
    return layer, some(mutant.rng, names)


def a_spelling(mutant):
    """A layer, the name that one of its options has, and another name for it."""
    found = [(layer, old, new) for layer in mutant.layers() for pair in SPELLINGS for old, new in (pair, pair[::-1]) if old in layer["config"] and new not in layer["config"]]
    pairs = sorted({(old, new) for _, old, new in found})
    known = [pair for pair in pairs if pair in KNOWN or pair[::-1] in KNOWN]
    pair = some(mutant.rng, known if known and mutant.rng.random() < 0.5 else pairs)
    return some(mutant.rng, [each for each in found if each[1:] == pair])


def changed(value, rng):
    """Another value of the same sort."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + rng.choice((1, 1, -1, 2))
    if isinstance(value, float):
        return value * rng.choice((0.25, 3.0, -1.0)) + rng.choice((0, 0.5))
    if isinstance(value, str):
        return rng.choice({"same": ("valid",), "valid": ("same",)}.get(value, ACTIVATIONS))
    if isinstance(value, list):
        return [changed(part, rng) if part is not None else None for part in value]
    return rng.choice((1, 0.5, [1, 1], "relu"))


def told(layer, what):
    return f"{layer.get('class_name')} {layer['config'].get('name', '')}: {what}"


@kind("config")
def option_by_two_names(mutant):
    layer, old, new = a_spelling(mutant)
    value = layer["config"][old]
    other = copy.deepcopy(value) if mutant.rng.random() < 0.3 else changed(value, mutant.rng)
    with_key(layer["config"], new, other, mutant.rng, near=old)
    mutant.say(told(layer, f"{old} {value} and {new} {other}"))


@kind("config")
def option_by_another_name(mutant):
    layer, old, new = a_spelling(mutant)
    rename(layer["config"], old, new)
    mutant.say(told(layer, f"{new} in place of {old}"))


@kind("config")
def option_twice(mutant):
    layer, name = an_option(mutant)
    value = layer["config"][name]
    other = changed(value, mutant.rng)
    with_key(layer["config"], name, other, mutant.rng, near=name)
    mutant.say(told(layer, f"{name} twice, {value} and {other}"))


@kind("config")
def any_key_twice(mutant):
    owners = [part for part in objects(mutant.tree) if part]
    owner = some(mutant.rng, owners)
    name = some(mutant.rng, owner)
    value = owner[name]
    other = some(mutant.rng, [part[name] for part in objects(mutant.tree) if name in part and part[name] != value] or [changed(value, mutant.rng)])
    with_key(owner, name, copy.deepcopy(other), mutant.rng, near=name)
    mutant.say(f"{name} twice, {str(value)[:60]} and {str(other)[:60]}")


def objects(tree):
    if isinstance(tree, dict):
        yield tree
    for part in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from objects(part)


@kind("config")
def key_escaped(mutant):
    layer, name = an_option(mutant)
    spelled = Raw('"' + "".join(f"\\u{ord(c):04x}" if mutant.rng.random() < 0.5 else c for c in name) + '"')
    if mutant.rng.random() < 0.5:
        rename(layer["config"], name, spelled)
        mutant.say(told(layer, f"{name} spelled {spelled}"))
    else:
        with_key(layer["config"], spelled, changed(layer["config"][name], mutant.rng), mutant.rng, near=name)
        mutant.say(told(layer, f"{name} again as {spelled}"))


@kind("config")
def key_lookalike(mutant):
    layer, name = an_option(mutant)
    twisted = some(mutant.rng, [name + " ", " " + name, name.upper(), name.title(), name + "\0", name.replace("a", "\u0430"), name.replace("e", "\u00e9"), "__proto__", "constructor", name + "\u200b", name + "_"])
    if mutant.rng.random() < 0.5:
        rename(layer["config"], name, twisted)
    else:
        with_key(layer["config"], twisted, changed(layer["config"][name], mutant.rng), mutant.rng, near=name)
    mutant.say(told(layer, f"{name} as {twisted!r}"))


@kind("config")
def other_value(mutant):
    layer, name = an_option(mutant)
    value = layer["config"][name]
    layer["config"][name] = changed(value, mutant.rng)
    mutant.say(told(layer, f"{name} {value} to {layer['config'][name]}"))


@kind("config")
def other_type(mutant):
    layer, name = an_option(mutant)
    value = layer["config"][name]
    ways = [str(value), [value], some(mutant.rng, STRANGE), {"value": value}, {"class_name": "__tuple__", "items": value}, {"class_name": "__numpy__", "config": {"value": value, "dtype": "float32"}}]
    if isinstance(value, bool):
        ways = [int(value), float(value), str(value), str(value).lower(), None, [value]]
    elif isinstance(value, (int, float)):
        ways += [float(value), int(value), bool(value), str(float(value)), {"class_name": "__tensor__", "config": {"value": value, "dtype": "float32"}}]
    elif isinstance(value, list) and value:
        ways += [value[0], value[:1], value + value[-1:], [float(part) if isinstance(part, int) else part for part in value], {str(at): part for at, part in enumerate(value)}]
    elif isinstance(value, str):
        ways += [value.upper(), value.title(), value + " ", " " + value, value + "\0", [value], {"class_name": value, "config": {}}, {"class_name": "function", "config": value}]
    layer["config"][name] = some(mutant.rng, ways)
    mutant.say(told(layer, f"{name} {value!r} to {layer['config'][name]!r}"))


@kind("config")
def number_spelled(mutant):
    layer = a_layer(mutant)
    numbers = [name for name, value in layer["config"].items() if isinstance(value, (int, float)) and not isinstance(value, bool)]
    name = some(mutant.rng, numbers)
    value = layer["config"][name]
    spelling = some(mutant.rng, [f"{value}e0", f"{value:.25f}", f"{value}E+0", f"{float(value)}", f"{value * 10}e-1", "NaN", "Infinity", "-Infinity", "-0", "-0.0", "1e400", "1e-400", f"0{value}", f"+{value}", f"{value}.", "0x1", "1_0", str(2**70), f"{value}000000000000000000000e-21", "1e-46"])
    layer["config"][name] = Raw(spelling)
    mutant.say(told(layer, f"{name} {value} written {spelling}"))


@kind("config")
def large_number(mutant):
    """Windows, strides and sizes far beyond the image."""
    layer = a_layer(mutant, *LARGE)
    name = some(mutant.rng, [name for name in LARGE if name in layer["config"]])
    number = some(mutant.rng, [7, 16, 127, 255, 1000, 32768, 65535, 65536, 2**24, 2**31 - 1, 2**31, 2**32 + 1, 2**53])
    value = layer["config"][name]
    layer["config"][name] = [number if mutant.rng.random() < 0.7 else 1 for _ in value] if isinstance(value, list) else number
    if "padding" in layer["config"] and name != "padding":
        layer["config"]["padding"] = "same"
    mutant.say(told(layer, f"{name} {layer['config'][name]}"))


@kind("config")
def option_removed(mutant):
    layer, name = an_option(mutant)
    del layer["config"][name]
    mutant.say(told(layer, f"without {name}"))


@kind("config")
def inherited(mutant):
    """Options inside `__proto__`, which some readers take for the object's own."""
    part = some(mutant.rng, [layer["config"] for layer in mutant.layers()] + mutant.layers())
    name = some(mutant.rng, part)
    key = some(mutant.rng, ["__proto__", "constructor", "prototype"])
    value = {name: changed(part[name], mutant.rng), **({} if mutant.rng.random() < 0.5 else {"alpha": 0.9, "training": True})}
    if mutant.rng.random() < 0.5:
        del part[name]
    with_key(part, key, value, mutant.rng)
    mutant.say(f"{key} {str(value)[:80]}")


@kind("config")
def option_added(mutant):
    layer = a_layer(mutant)
    name = some(mutant.rng, [name for name in ADDED if name not in layer["config"]])
    with_key(layer["config"], name, some(mutant.rng, ADDED[name]), mutant.rng)
    mutant.say(told(layer, f"with {name} {layer['config'][name] if name in layer['config'] else ''}"))


@kind("config")
def activation_form(mutant):
    layer = a_layer(mutant, "activation")
    name = layer["config"]["activation"]
    other = some(mutant.rng, ACTIVATIONS) if mutant.rng.random() < 0.3 else name
    forms = [
        other, None, str(other).upper(), f"keras.activations.{other}", f"keras>{other}", f" {other}", {"class_name": other, "config": {}},
        {"class_name": "function", "config": other, "module": "builtins", "registered_name": "function"}, {"class_name": "function", "config": other, "module": "keras.activations", "registered_name": other},
        {"class_name": "function", "config": some(mutant.rng, ACTIVATIONS), "module": "builtins", "registered_name": other}, {"class_name": "Activation", "config": {"activation": other}}, {"class_name": "ReLU", "config": {"max_value": 1.0}},
        {"module": "keras.layers", "class_name": "LeakyReLU", "config": {"negative_slope": 0.5}, "registered_name": None}, {"class_name": "Functional", "config": other}, [other],
    ]
    layer["config"]["activation"] = some(mutant.rng, forms)
    mutant.say(told(layer, f"activation {name!r} to {layer['config']['activation']!r}"))


@kind("config")
def class_name_form(mutant):
    layer = a_layer(mutant)
    old = layer.get("class_name")
    twin = {"Conv2D": "Convolution2D", "MaxPooling2D": "MaxPool2D", "AveragePooling2D": "AvgPool2D", "Add": "Multiply", "Multiply": "Average", "Maximum": "Minimum", "Functional": "Model", "Sequential": "Functional",
            "SeparableConv2D": "SeparableConvolution2D", "Conv2DTranspose": "Convolution2DTranspose", "GlobalMaxPooling2D": "GlobalAveragePooling2D", "GlobalAveragePooling2D": "GlobalMaxPool2D", "DepthwiseConv2D": "DepthwiseConvolution2D",
            "BatchNormalization": "BatchNormalizationV1", "LeakyReLU": "ELU", "ELU": "LeakyReLU", "Dropout": "SpatialDropout2D", "Flatten": "Reshape", "ReLU": "LeakyReLU", "Activation": "Softmax"}.get(old, "Dense")
    forms = {"class_name": [twin, f"Custom>{old}", f"keras>{old}", old.lower(), f"{old} ", f"{old}\0", f"keras.layers.{old}", f"keras.src.{old}"], "registered_name": [old, twin, f"Package>{old}", None, "", f"Custom>{old}", f"keras>{old}"],
             "module": [None, "", "keras.layers", "tf_keras.layers", "keras.src.layers", "keras.src.layers.core.dense", "keras", "tensorflow.keras.layers", "keras.ops", "keras.activations", "builtins", "KERAS.layers", "keras.legacy", "keras.layers ", "tf_keras.src.layers.core.dense"]}
    key = some(mutant.rng, forms)
    layer[key] = some(mutant.rng, forms[key])
    mutant.say(told(layer, f"{old} with {key} {layer[key]!r}"))


@kind("config")
def dtype_form(mutant):
    layer = a_layer(mutant)
    name = some(mutant.rng, ["float32", "float32", "float16", "bfloat16", "float64", "mixed_float16", "mixed_bfloat16", "float", "Float32", "_infer", "int32"])
    policy = lambda kind: {"class_name": kind, "config": {"name": name}}
    whole = {"module": "keras", "class_name": "DTypePolicy", "config": {"name": name}, "registered_name": None}
    forms = [name, policy("DTypePolicy"), policy("Policy"), policy("FloatDTypePolicy"), policy("PolicyV1"), whole, {**whole, "shared_object_id": 7}, {**whole, "config": {"name": "float32", "source_name": name}}, {"class_name": "DTypePolicyMap", "config": {"default_policy": name}}, None,
             {"class_name": "QuantizedDTypePolicy", "config": {"mode": "int8", "source_name": name}}]
    layer["config"]["dtype"] = some(mutant.rng, forms)
    if mutant.rng.random() < 0.3:
        with_key(layer["config"], "dtype", some(mutant.rng, forms), mutant.rng, near="dtype")
    mutant.say(told(layer, f"dtype {layer['config']['dtype']!r}" if "dtype" in layer["config"] else "dtype"))


@kind("config")
def all_dtypes(mutant):
    name = some(mutant.rng, ["float16", "bfloat16", "mixed_float16", "mixed_bfloat16", "float64", "float32"])
    for layer in mutant.layers():
        if "dtype" in layer["config"]:
            layer["config"]["dtype"] = name
    mutant.say(f"dtype {name} everywhere")


@kind("config")
def shape_said_otherwise(mutant):
    layer = some(mutant.rng, [part for part in mutant.nets() + mutant.layers() if isinstance(part.get("config"), dict)])
    shape = some(mutant.rng, [[None, 8, 8, 1], [None, 8, 8, 3], [None, 4, 4, 3], [None, 6], [1, 8, 8, 1], [None, None, None, 3]])
    key = some(mutant.rng, ["build_config", "build_input_shape", "input_shape", "batch_input_shape", "batch_shape"])
    if key == "build_config":
        layer[key] = {"input_shape": shape, "shapes_dict": {"input_shape": shape}} if mutant.rng.random() < 0.5 else {"input_shape": shape}
    else:
        layer["config"][key] = shape
    mutant.say(told(layer, f"{key} {shape}"))


@kind("config")
def trainable_flag(mutant):
    layer = some(mutant.rng, [layer for layer in mutant.layers() if "name" in layer["config"]])
    layer["config"]["trainable"] = some(mutant.rng, [False, True, None, 0, 1, "false", "", []])
    if mutant.rng.random() < 0.2:
        layer["trainable"] = not layer["config"]["trainable"]
    mutant.say(told(layer, f"trainable {layer['config']['trainable']!r}"))


@kind("config")
def initializer_changed(mutant):
    layer = some(mutant.rng, [layer for layer in mutant.layers() if any(str(name).endswith("_initializer") for name in layer["config"])])
    name = some(mutant.rng, [name for name in layer["config"] if str(name).endswith("_initializer")])
    layer["config"][name] = some(mutant.rng, [{"class_name": "Constant", "config": {"value": 3.0}}, "ones", {"module": "keras.initializers", "class_name": "Ones", "config": {}, "registered_name": None}, None, "zeros"])
    mutant.say(told(layer, f"{name} {layer['config'][name]!r}"))


@kind("config")
def weights_regularized(mutant):
    layer = some(mutant.rng, [layer for layer in mutant.layers() if any(str(name).endswith(("_regularizer", "_constraint")) for name in layer["config"])])
    name = some(mutant.rng, [name for name in layer["config"] if str(name).endswith(("_regularizer", "_constraint"))])
    layer["config"][name] = some(mutant.rng, ["non_neg", "unit_norm", "l2", {"class_name": "MaxNorm", "config": {"max_value": 0.1, "axis": 0}}, {"class_name": "NonNeg", "config": {}}, {"class_name": "L2", "config": {"l2": 0.1}}])
    mutant.say(told(layer, f"{name} {layer['config'][name]!r}"))


@kind("config", neutral=True)
def options_reordered(mutant):
    layer = a_layer(mutant)
    items = list(layer["config"].items())
    mutant.rng.shuffle(items)
    replace(layer["config"], items)


@kind("config", neutral=True)
def keys_reordered(mutant):
    for part in objects(mutant.tree):
        items = list(part.items())
        mutant.rng.shuffle(items)
        replace(part, items)


@kind("config")
def twin_inside(mutant):
    """A whole `config` twice, for a layer or a net."""
    part = some(mutant.rng, [layer for layer in mutant.layers() + mutant.nets() if isinstance(layer.get("config"), dict)])
    other = copy.deepcopy(part["config"])
    for name in list(other):
        if isinstance(other[name], (int, float)) and mutant.rng.random() < 0.5:
            other[name] = changed(other[name], mutant.rng)
    with_key(part, Twin("config"), other, mutant.rng, near="config")
    mutant.say(told({"class_name": part.get("class_name"), "config": other}, "config twice"))
