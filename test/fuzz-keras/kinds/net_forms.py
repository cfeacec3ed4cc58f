"""The forms that nets are written in."""

import copy
import json

from graph import a_net, name_of
from json_tree import with_key
from kinds import Skip, kind, some
from mutant import layers_of


@kind("config")
def sequential_grown(mutant):
    net = a_net(mutant, functional=False)
    layers = layers_of(net)
    layer = copy.deepcopy(some(mutant.rng, layers))
    if mutant.rng.random() < 0.7 and isinstance(layer.get("config"), dict):
        layer["config"]["name"] = f"{layer['config'].get('name')}_2"
    layers.insert(mutant.rng.randrange(len(layers) + 1), layer)
    mutant.say(f"{name_of(layer)} once more")


@kind("config")
def sequential_form(mutant):
    net = a_net(mutant, functional=False)
    config = net["config"]
    if isinstance(config, list):
        net["config"] = {"name": "other", "layers": config}
    elif mutant.rng.random() < 0.5:
        net["config"] = config["layers"]
    else:
        config["layers"] = [layer for layer in config["layers"] if layer.get("class_name") != "InputLayer"]
    mutant.say("a list" if isinstance(net["config"], list) else "an object")


@kind("config")
def net_key_added(mutant):
    net = a_net(mutant)
    target = net["config"] if isinstance(net["config"], dict) and mutant.rng.random() < 0.7 else net
    name = some(mutant.rng, ["trainable", "dtype", "module", "registered_name", "build_config", "compile_config", "keras_version", "backend", "layers", "input_layers", "output_layers", "name", "training", "class_name", "comment", "shared_object_id", "weights"])
    value = some(mutant.rng, [None, True, False, "float16", "2.2.4", "keras", "Sequential", {}, [], {"input_shape": [None, 4, 4, 3]}])
    with_key(target, name, value, mutant.rng)
    mutant.say(f"{net.get('class_name')} with {name} {value!r}")


@kind("config")
def wrapped(mutant):
    """The net inside another object, as some versions wrote it."""
    way = mutant.rng.randrange(4)
    if way == 0:
        mutant.tree = {"class_name": mutant.tree.get("class_name"), "config": mutant.tree["config"]}
    elif way == 1:
        mutant.tree = {"model_config": mutant.tree}
    elif way == 2:
        mutant.tree = [mutant.tree]
    else:
        mutant.tree = {**mutant.tree, "config": [mutant.tree["config"]] if isinstance(mutant.tree["config"], dict) else {"layers": mutant.tree["config"]}}
    mutant.say(f"way {way}")


@kind("config")
def compile_config(mutant):
    if mutant.layout == "legacy" and mutant.members is None and mutant.seed["architecture"] is None and mutant.rng.random() < 0.5:
        name = "training_config"
        value = some(mutant.rng, ["{}", "", "x", '{"loss": "mse", "optimizer_config": {"class_name": "SGD", "config": {"learning_rate": 0.1}}}', b"\xff"])
        mutant.file.attrs[name] = value
    else:
        value = some(mutant.rng, [{}, None, {"optimizer": "sgd", "loss": "mse"}, {"optimizer": "adam", "loss": "categorical_crossentropy", "metrics": ["accuracy"]}])
        mutant.tree["compile_config"] = value
    mutant.say(f"compiled: {value!r}")


@kind("config", neutral=True)
def compiled_by_xla(mutant):
    """As files are that Keras 3 saved on a machine with a GPU."""
    compiled = {"optimizer": "sgd", "loss": "mse", "jit_compile": True}
    if mutant.layout == "legacy" and mutant.members is None and mutant.seed["architecture"] is None:
        optimizer = {"class_name": "SGD", "config": {"learning_rate": 0.1}}
        mutant.file.attrs["training_config"] = json.dumps({"loss": "mse", "jit_compile": True, "optimizer_config": optimizer})
    elif mutant.members is not None:
        mutant.tree["compile_config"] = compiled
    else:
        raise Skip
