"""Objects that train a layer, and what a net says of the Keras that wrote it."""

import copy
import json

from kinds import Skip, kind, some

KEYS = ("kernel_regularizer", "bias_regularizer", "activity_regularizer", "kernel_constraint", "bias_constraint", "kernel_initializer", "gamma_initializer", "alpha_regularizer")
OBJECTS = (
    {"class_name": "RandomFlip", "config": {"mode": "horizontal", "name": "flip"}},
    {"class_name": "BatchNormalization", "config": {"name": "norm"}},
    {"class_name": "Dropout", "config": {"rate": 0.5, "name": "drop"}},
    {"class_name": "L2", "config": {"l2": 0.01}},
    {"class_name": "L1L2", "config": {"l1": 0.01, "l2": 0.01}},
    {"class_name": "MaxNorm", "config": {"max_value": 1, "axis": 0}},
    {"class_name": "NonNeg", "config": {}},
    {"class_name": "Zeros", "config": {}},
    {"class_name": "Constant", "config": {"value": 0.3}},
    {"class_name": "Adam", "config": {}},
    {"class_name": "function", "config": "relu", "module": "builtins", "registered_name": "function"},
)


@kind("config")
def object_in_training(mutant):
    """An object of any class as a regularizer, initializer or constraint."""
    layer = some(mutant.rng, mutant.layers())
    found = [key for key in layer["config"] if key.endswith(("_regularizer", "_initializer", "_constraint"))]
    key = some(mutant.rng, found or KEYS)
    made = copy.deepcopy(some(mutant.rng, [*OBJECTS, mutant.nets()[-1]]))
    if mutant.rng.random() < 0.4:
        made["__passive_serialization__"] = True
    if mutant.rng.random() < 0.4:
        made |= {"module": some(mutant.rng, ["keras.layers", "keras.regularizers", "keras.initializers", "keras.constraints", "keras", None]), "registered_name": None}
    layer["config"][key] = some(mutant.rng, [made, made, made, [made], {"x": made}, "RandomFlip", "l2"])
    mutant.say(f"{layer['config'].get('name')} {key}: {str(layer['config'][key])[:80]}")


@kind("config")
def without_signs(mutant):
    """A Sequential without an input layer, which no form tells of which Keras it is."""
    config = mutant.tree["config"]
    layers = config["layers"] if isinstance(config, dict) else config
    if mutant.tree.get("class_name") != "Sequential" or layers[0].get("class_name") != "InputLayer":
        raise Skip
    first = layers.pop(0)["config"]
    shape = first.get("batch_shape", first.get("batch_input_shape"))
    if isinstance(config, dict):
        config["build_input_shape"] = shape
    for layer in layers:
        if mutant.rng.random() < 0.3 and "activation" in layer["config"]:
            layer["config"]["activation"] = "hard_sigmoid"
    version = some(mutant.rng, ["3.3.3", "2.15.0", "constructor", "toString", "__proto__", "3", "hasOwnProperty.1"])
    if mutant.rng.random() < 0.8:
        said(mutant, version)
    mutant.say(f"{shape}, of {version}")


def said(mutant, version):
    """Says another version wherever the file says one."""
    for member in mutant.members or []:
        if member.name == "metadata.json":
            member.data = json.dumps({**json.loads(member.data), "keras_version": version}).encode()
    if "keras_version" in mutant.tree or (mutant.members is None and mutant.seed["architecture"] is not None):
        mutant.tree["keras_version"] = version
    if "keras_version" in mutant.file.attrs:
        mutant.file.attrs["keras_version"] = version
