"""The forms that classes, activations and number formats are written in."""

from json_tree import with_key
from kinds import kind, some
from layer_options import ACTIVATIONS, a_layer, told


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
