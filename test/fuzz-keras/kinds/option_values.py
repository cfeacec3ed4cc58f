"""The values of options."""

from json_tree import Raw, with_key
from kinds import kind, some
from layer_options import a_layer, an_option, changed, told

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
def option_added(mutant):
    layer = a_layer(mutant)
    name = some(mutant.rng, [name for name in ADDED if name not in layer["config"]])
    with_key(layer["config"], name, some(mutant.rng, ADDED[name]), mutant.rng)
    mutant.say(told(layer, f"with {name} {layer['config'][name] if name in layer['config'] else ''}"))


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
