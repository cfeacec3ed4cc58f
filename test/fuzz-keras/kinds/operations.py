"""Arithmetic on tensors, activations that are layers, and inputs and outputs by name."""

import copy

from graph import a_net, name_of
from json_tree import Raw
from kinds import Skip, kind, some
from layer_options import a_layer, told
from mutant import layers_of

OPERATIONS = ("Add", "Subtract", "Multiply", "Divide", "TrueDivide", "Negative", "Maximum", "Minimum", "Power", "Absolute", "Mod", "FloorDivide", "Square", "Relu", "Relu6", "Gelu", "LeakyRelu", "LogSoftmax", "Softmax", "Softplus", "Elu", "Celu", "HardSigmoid", "SoftShrink", "Squareplus", "Sparsemax", "Glu", "Tanh", "Exp", "Threshold")
FUNCTIONS = ("__operators__.add", "math.add", "math.subtract", "math.multiply", "math.truediv", "math.divide", "math.negative", "math.pow", "math.maximum", "math.abs", "__operators__.sub", "math.subtract ", "keras.backend.add", "nn.relu", "nn.relu6", "nn.gelu", "nn.leaky_relu", "nn.log_softmax", "nn.softmax", "nn.elu", "nn.silu", "nn.crelu", "math.softplus", "math.tanh", "math.exp", "math.sigmoid", "math.floordiv", "math.divide_no_nan")
NUMBERS = (0, 1, -1, 2, 0.5, -0.25, 3.7, 1e-3, 1e39, 1e-39, 1e-46, 1e30, -0.0, True, False, None, "1", [0.5], [0.5, 0.25, 2.0], [1, 2, 3, 4], [[0.5]], [[0.5, 0.25, 2.0]], [[[0.5, 0.25, 2.0]]], [[[[0.5, 0.25, 2.0]]]], [[[[[0.5]]]]], [[0.5], [0.25]], [[[1, 2]]], [], {}, Raw("NaN"), Raw("Infinity"), Raw("1e400"), Raw("3.0000000000000000001"), 16777217, 2**53 + 1, 2**70)
TYPES = ("float32", "float64", "float16", "int32", "int64", "uint8", "bool", "bfloat16", None)


def an_operation(mutant):
    """A net, an operation in it, and one of its calls."""
    net = a_net(mutant, functional=True)
    found = [layer for layer in layers_of(net) if layer.get("class_name") == "TFOpLambda" or str(layer.get("module")).startswith("keras.src.ops")]
    layer = some(mutant.rng, found)
    return net, layer, some(mutant.rng, layer["inbound_nodes"])


def places(node):
    """Where the operands of a call stand: pairs of an owner and a key, and whether each is a number."""
    if isinstance(node, dict):
        return [(node["args"], at, not is_tensor(part)) for at, part in enumerate(node["args"])]
    return [(node[3], "y", not isinstance(node[3].get("y"), list) or not isinstance(node[3]["y"][0], str)), (node, slice(0, 3), node[0] == "_CONSTANT_VALUE")]


def is_tensor(part):
    return isinstance(part, dict) and part.get("class_name") == "__keras_tensor__"


@kind("config")
def number_in_operation(mutant):
    _, layer, node = an_operation(mutant)
    owner, key, _ = some(mutant.rng, [place for place in places(node) if place[2]])
    number = some(mutant.rng, NUMBERS)
    if isinstance(key, slice):
        node[2] = number
    elif isinstance(owner, list) and mutant.rng.random() < 0.4:
        owner[key] = {"class_name": "__numpy__", "config": {"value": number, "dtype": some(mutant.rng, TYPES), **({"other": 1} if mutant.rng.random() < 0.1 else {})}}
    else:
        owner[key] = number
    mutant.say(f"{name_of(layer)} with {number!r}")


@kind("config")
def another_operation(mutant):
    _, layer, _ = an_operation(mutant)
    if layer["class_name"] == "TFOpLambda":
        layer["config"]["function"] = some(mutant.rng, FUNCTIONS)
        mutant.say(f"{name_of(layer)} as {layer['config']['function']}")
        return
    layer["class_name"] = some(mutant.rng, OPERATIONS)
    if mutant.rng.random() < 0.7:
        layer["registered_name"] = layer["class_name"]
    if mutant.rng.random() < 0.3:
        layer["module"] = some(mutant.rng, ["keras.layers", "keras.src.layers", "keras.ops", "keras.ops.numpy", "keras.src.ops.nn", "keras.src.ops.math", None])
    mutant.say(f"{name_of(layer)} as {layer['module']} {layer['class_name']}")


@kind("config")
def operands_moved(mutant):
    _, layer, node = an_operation(mutant)
    way = mutant.rng.randrange(7)
    if isinstance(node, dict):
        args, kwargs = node["args"], node["kwargs"]
        first, second = args[0], args[-1]
        node["args"], node["kwargs"] = some(mutant.rng, [
            (args[::-1], kwargs), ([first], {**kwargs, "x2": second}), ([first], {**kwargs, "y": second}), ([args], kwargs), ([*args, 0.5], kwargs), (args[:1], kwargs), ([second, second], kwargs),
            (args, {**kwargs, "name": "x"}), (args, {**kwargs, "axis": 1}), ([], {**kwargs, "x1": first, "x2": second}), ([[first], [second]], kwargs),
        ])
    elif way == 0 and "y" in node[3]:
        other = node[3]["y"]
        if isinstance(other, list) and isinstance(other[0], str):
            node[3]["y"], node[:3] = node[:3], other
        elif isinstance(other, (int, float)):
            node[3]["y"], node[:3] = node[:3], ["_CONSTANT_VALUE", -1, other]
    elif way == 1:
        node[3] = {**node[3], **some(mutant.rng, [{"name": None}, {"name": "x"}, {"axis": 1}, {"axis": -1}, {"alpha": 0.4}, {"approximate": True}, {"approximate": False}, {"x": 2.0}, {"y": 1.0}, {"z": 1}])}
    elif way == 2:
        node[3]["y"] = some(mutant.rng, [node[:3], [node[:3]], [*node[:3], {}], ["_CONSTANT_VALUE", -1, 0.5], ["_CONSTANT_VALUE", 0, 0.5], {"class_name": "__numpy__", "config": {"value": 0.5}}])
    elif way == 3:
        node[:3] = ["_CONSTANT_VALUE", some(mutant.rng, [-1, 0, 1]), some(mutant.rng, [0.5, 2, [0.5]])]
    elif way == 4:
        node.append(some(mutant.rng, [{}, 1, None]))
    elif way == 5:
        node[3].pop("y", None)
    else:
        raise Skip
    mutant.say(f"{name_of(layer)}: {str(node)[:120]}")


@kind("config")
def operation_called_again(mutant):
    """A second call of an operation, with the same number or another, that nobody or somebody reads."""
    net, layer, node = an_operation(mutant)
    other = copy.deepcopy(node)
    owner, key, is_number = some(mutant.rng, places(other))
    if is_number and not isinstance(key, slice) and mutant.rng.random() < 0.6:
        owner[key] = 0.25
    layer["inbound_nodes"].append(other)
    mutant.say(f"{name_of(layer)}: {str(other)[:120]}")


@kind("config")
def operation_option(mutant):
    _, layer, _ = an_operation(mutant)
    name, value = some(mutant.rng, [("dtype", "float16"), ("dtype", "float64"), ("dtype", "bfloat16"), ("trainable", False), ("name", "x"), ("axis", 1), ("scale", 2.0), ("offset", 1.0), ("function", "math.add"), ("activation", "relu"), ("x2", 0.5), ("batch_input_shape", [None, 8, 8, 3]), ("axis", -1), ("alpha", 0.4), ("alpha", 1), ("negative_slope", 0.4), ("approximate", True), ("approximate", False), ("approximate", 0), ("b", 4), ("b", 2), ("threshold", 0.5), ("numerator", 2)])
    layer["config"][name] = value
    mutant.say(told(layer, f"with {name} {value!r}"))


@kind("config")
def layer_as_activation(mutant):
    """An object in the place of an activation's name, or one that is there changed."""
    layer = a_layer(mutant, "activation")
    before = layer["config"]["activation"]
    class_name, config = some(mutant.rng, [
        ("LeakyReLU", {"negative_slope": 0.4}), ("LeakyReLU", {"alpha": 0.4}), ("LeakyReLU", {"negative_slope": 0.4, "alpha": 0.1}), ("LeakyReLU", {}), ("ReLU", {"max_value": 0.7}), ("ReLU", {"threshold": 0.2, "negative_slope": 0.5}),
        ("ELU", {"alpha": 0.5}), ("ELU", {"alpha": 1.0}), ("Softmax", {"axis": -1}), ("Softmax", {"axis": 1}), ("PReLU", {}), ("Activation", {"activation": "tanh"}), ("Dense", {"units": 4}), ("Rescaling", {"scale": 2.0}), ("BatchNormalization", {}),
    ])
    config = {**({"name": some(mutant.rng, ["inner", before if isinstance(before, str) else "x", layer["config"].get("name")])} if mutant.rng.random() < 0.7 else {}), **config}
    if mutant.rng.random() < 0.3:
        config.update(some(mutant.rng, [{"dtype": "float32"}, {"dtype": "float16"}, {"trainable": True}, {"trainable": False}, {"training": True}, {"activation": "relu"}, {"batch_input_shape": [None, 8, 8, 1]}]))
    module = some(mutant.rng, ["keras.layers", "keras.layers", "keras.src.layers", "tf_keras.layers", "keras", None])
    more = some(mutant.rng, [{"registered_name": None}, {"registered_name": None}, {}, {"registered_name": class_name}, {"build_config": {"input_shape": [None, 6, 6, 4]}}, {"shared_object_id": 3}, {"inbound_nodes": []}, {"name": "x"}])
    layer["config"]["activation"] = {**({} if module is None else {"module": module}), "class_name": class_name, "config": config, **more}
    mutant.say(told(layer, f"activation {layer['config']['activation']!r}"))


@kind("config")
def activation_object_changed(mutant):
    layer = some(mutant.rng, [layer for layer in mutant.layers() if isinstance(layer["config"].get("activation"), dict)])
    part = layer["config"]["activation"]
    owner = part if mutant.rng.random() < 0.4 else part.get("config")
    if not isinstance(owner, dict):
        raise Skip
    name, value = some(mutant.rng, [("negative_slope", 0.9), ("alpha", 0.9), ("max_value", 0.3), ("threshold", 0.4), ("class_name", "ReLU"), ("class_name", "ELU"), ("registered_name", "LeakyReLU"), ("registered_name", "Package>LeakyReLU"), ("module", "os"), ("dtype", "float16"), ("trainable", False), ("axis", 1), ("negative_slope", 0), ("max_value", None), ("negative_slope", True)])
    owner[name] = value
    mutant.say(told(layer, f"activation with {name} {value!r}"))


@kind("config")
def dot_option(mutant):
    """Other axes of a Dot, or one in the place of another layer that merges."""
    layer = some(mutant.rng, [layer for layer in mutant.layers() if layer.get("class_name") in ("Dot", "Add", "Multiply", "Concatenate", "Subtract")])
    if layer["class_name"] != "Dot":
        layer["class_name"] = "Dot"
        layer["config"].pop("axis", None)
    axes = [1, 2, -1, -2, 0, 3, True, 1.0, None, [1, 1], [2, 1], [1, 2], [2, 2], [-1, -1], [-1, 1], [1, -2], [-3, 1], [1], [1, 1, 1], "1", [[1], [1]]]
    layer["config"].update(axes=some(mutant.rng, axes), normalize=some(mutant.rng, [False, False, True, 0, 1, None]))
    mutant.say(told(layer, f"axes {layer['config']['axes']!r}, normalize {layer['config']['normalize']!r}"))


@kind("config")
def quotient_as_layer(mutant):
    """What goodnet calls a quotient, where Keras has no such layer."""
    layer = some(mutant.rng, [layer for layer in mutant.layers() if layer.get("class_name") in ("Add", "Multiply", "Subtract", "Activation", "ReLU")])
    layer["class_name"] = "Divide"
    layer["config"] = {"name": layer["config"]["name"], **some(mutant.rng, [{}, {"numerator": 2}])}
    mutant.say(told(layer, "as a Divide"))


@kind("config")
def ends_by_name(mutant):
    """`input_layers` or `output_layers` as an object, a list, or a list of lists."""
    net = a_net(mutant, functional=True)
    key = some(mutant.rng, ["input_layers", "output_layers"])
    value = net["config"][key]
    values = list(value.values()) if isinstance(value, dict) else value if value and isinstance(value[0], list) else [value]
    net["config"][key] = some(mutant.rng, [
        {"image": values[0]}, {"image": values[0], "other": values[0]}, values[0], [values[0]], [[values[0]]], {"image": [values[0]]}, {"": values[0]}, {name_or(values[0]): values[0]}, {"a": {"b": values[0]}}, {"image": [*values[0][:1], 1, 0]}, [values[0], values[0]],
    ])
    mutant.say(f"{key} {net['config'][key]!r}")


def name_or(reference):
    return str(reference[0]) if isinstance(reference, list) and reference else "x"


@kind("config")
def flag_as_number(mutant):
    layer = a_layer(mutant)
    name = some(mutant.rng, [name for name, value in layer["config"].items() if isinstance(value, bool)])
    layer["config"][name] = some(mutant.rng, [0, 1, 1.0, 0.0, 2, -1, "1", "", None, Raw("1.0"), Raw("0e5"), Raw("-0")])
    mutant.say(told(layer, f"{name} {layer['config'][name]!r}"))


@kind("config")
def input_lost(mutant):
    """A Sequential that does not say its input's shape, with its net as it was beside it, or another."""
    net = mutant.tree
    if net.get("class_name") != "Sequential" or not isinstance(net["config"], dict):
        raise Skip
    whole = copy.deepcopy(net)
    net["config"].pop("build_input_shape", None)
    net["config"]["layers"] = [layer for layer in layers_of(net) if layer.get("class_name") != "InputLayer"]
    for layer in layers_of(net):
        for key in ("batch_input_shape", "batch_shape"):
            layer["config"].pop(key, None)
    if mutant.seed["architecture"] is None and mutant.rng.random() < 0.8:
        net.pop("build_config", None)
        if mutant.rng.random() < 0.4:
            layer = some(mutant.rng, [layer for layer in whole["config"]["layers"] if "activation" in layer["config"]])
            layer["config"]["activation"] = "tanh"
        elif mutant.rng.random() < 0.4:
            layers = whole["config"]["layers"]
            at = mutant.rng.randrange(len(layers))
            other = mutant.rng.randrange(len(layers))
            layers[at], layers[other] = layers[other], layers[at]
        mutant.beside = mutant.dump(whole)
    mutant.say(f"beside it {'a net' if mutant.beside else 'none'}")
