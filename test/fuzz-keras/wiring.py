"""Kinds that change how layers are named, listed and joined."""

import copy
import unicodedata

from json_tree import with_key
from kinds import Skip, kind, some
from mutant import layers_of


def a_net(mutant, functional=None):
    nets = [net for net in mutant.nets() if layers_of(net)]
    if functional is not None:
        nets = [net for net in nets if isinstance(net["config"], dict) and ("input_layers" in net["config"]) == functional]
    return some(mutant.rng, nets)


def name_of(layer):
    return layer.get("name", layer["config"].get("name") if isinstance(layer.get("config"), dict) else None)


def nodes(net):
    """Each reference to a tensor, as the list [name, node, tensor, ...] itself."""
    for layer in layers_of(net):
        yield from references(layer.get("inbound_nodes", []))


def references(part):
    if isinstance(part, list):
        if len(part) >= 3 and isinstance(part[0], str) and isinstance(part[1], int):
            yield part
        else:
            for each in part:
                yield from references(each)
    elif isinstance(part, dict):
        if isinstance(part.get("keras_history"), list):
            yield part["keras_history"]
        else:
            for each in part.values():
                yield from references(each)


@kind("config")
def layers_listed_in_another_order(mutant):
    net = a_net(mutant, functional=True)
    layers = net["config"]["layers"]
    if mutant.rng.random() < 0.3:
        mutant.rng.shuffle(layers)
    else:
        at, to = mutant.rng.randrange(len(layers)), mutant.rng.randrange(len(layers))
        layers.insert(to, layers.pop(at))
    mutant.say(" ".join(str(name_of(layer)) for layer in layers))


@kind("config")
def sequential_reordered(mutant):
    net = a_net(mutant, functional=False)
    layers = layers_of(net)
    at = mutant.rng.randrange(len(layers) - 1)
    layers[at], layers[at + 1] = layers[at + 1], layers[at]
    mutant.say(f"{name_of(layers[at])} before {name_of(layers[at + 1])}")


@kind("config")
def inputs_swapped(mutant):
    net = a_net(mutant, functional=True)
    pairs = list(nodes(net))
    a, b = some(mutant.rng, pairs), some(mutant.rng, pairs)
    if a[:3] == b[:3]:
        raise Skip
    a[:3], b[:3] = b[:3], a[:3]
    mutant.say(f"{a[0]} and {b[0]} read in each other's place")


@kind("config")
def reads_another_layer(mutant):
    net = a_net(mutant, functional=True)
    reference = some(mutant.rng, nodes(net))
    old = reference[0]
    reference[0] = some(mutant.rng, [name_of(layer) for layer in layers_of(net)])
    mutant.say(f"{reference[0]} read in place of {old}")


@kind("config")
def node_number(mutant):
    net = a_net(mutant, functional=True)
    reference = some(mutant.rng, list(nodes(net)) + [net["config"]["output_layers"][0]] if isinstance(net["config"]["output_layers"][0], list) else nodes(net))
    at = mutant.rng.choice((1, 1, 2))
    reference[at] = mutant.rng.choice((0, 1, 2, -1, -2, 0.0, 1.0, True, False, "0", None))
    mutant.say(f"{reference[0]} by node {reference[1]}, tensor {reference[2]}")


@kind("config")
def call_arguments(mutant):
    net = a_net(mutant, functional=True)
    layer = some(mutant.rng, [layer for layer in layers_of(net) if layer.get("inbound_nodes")])
    node = some(mutant.rng, layer["inbound_nodes"])
    given = some(mutant.rng, [{"training": True}, {"training": False}, {"training": 1}, {"mask": None}, {"mask": True}, {"axis": 1}, {"alpha": 0.1}, {"training": "True"}, {"training": None}, {"x": 1}, {"inputs": None}])
    if isinstance(node, dict):
        node["kwargs"] = {**node.get("kwargs", {}), **given}
    elif isinstance(node, list) and node and isinstance(node[0], list) and len(node[0]) > 3:
        node[0][3] = {**node[0][3], **given}
    else:
        raise Skip
    mutant.say(f"{name_of(layer)} called with {given}")


@kind("config")
def nodes_of_the_other_dialect(mutant):
    """`inbound_nodes` as Keras 2 or as Keras 3 writes them, for one layer or all."""
    net = a_net(mutant, functional=True)
    layers = [layer for layer in layers_of(net) if layer.get("inbound_nodes")]
    for layer in layers if mutant.rng.random() < 0.5 else [some(mutant.rng, layers)]:
        layer["inbound_nodes"] = [turned(node) for node in layer["inbound_nodes"]]
        mutant.say(str(name_of(layer)))


def turned(node):
    if isinstance(node, dict):
        return [[*reference[:3], {}] for reference in references(node["args"])]
    tensors = [{"class_name": "__keras_tensor__", "config": {"shape": [None, 8, 8, 1], "dtype": "float32", "keras_history": list(reference[:3])}} for reference in references(node)]
    return {"args": tensors if len(tensors) == 1 else [tensors], "kwargs": {}}


@kind("config")
def training_everywhere(mutant):
    for net in mutant.nets():
        for layer in layers_of(net):
            for node in layer.get("inbound_nodes", []):
                if isinstance(node, dict):
                    node["kwargs"] = {**node.get("kwargs", {}), "training": True}
                elif isinstance(node, list) and node and isinstance(node[0], list) and len(node[0]) > 3:
                    node[0][3] = {**node[0][3], "training": True}


@kind("config")
def arguments_moved(mutant):
    net = a_net(mutant, functional=True)
    layer, node = some(mutant.rng, [(layer, node) for layer in layers_of(net) for node in layer.get("inbound_nodes", []) if isinstance(node, dict)])
    args = node["args"]
    way = mutant.rng.randrange(6)
    if way == 0:
        node["args"], node["kwargs"] = [], {"inputs": args[0] if len(args) == 1 else args, **node["kwargs"]}
    elif way == 1:
        node["args"] = [args]
    elif way == 2:
        node["args"] = args + args
    elif way == 3:
        node["kwargs"] = {**node["kwargs"], "other": copy.deepcopy(args[0])}
    elif way == 4:
        node["args"] = args[0] if isinstance(args[0], list) else {"0": args[0]}
    else:
        node["args"] = args + [some(mutant.rng, [True, False, None, 1])]
    mutant.say(f"{name_of(layer)}: way {way}")


@kind("config")
def node_added(mutant):
    net = a_net(mutant, functional=True)
    layer = some(mutant.rng, [layer for layer in layers_of(net) if layer.get("inbound_nodes")])
    node = copy.deepcopy(some(mutant.rng, some(mutant.rng, [other for other in layers_of(net) if other.get("inbound_nodes")])["inbound_nodes"]))
    layer["inbound_nodes"].insert(mutant.rng.randrange(len(layer["inbound_nodes"]) + 1), node)
    mutant.say(f"{name_of(layer)} called once more")


@kind("config")
def input_or_output(mutant):
    net = a_net(mutant, functional=True)
    key = mutant.rng.choice(("input_layers", "output_layers"))
    value = net["config"][key]
    way = mutant.rng.randrange(6)
    first = value if isinstance(value[0], str) else value[0]
    if way == 0:
        net["config"][key] = [first] if isinstance(value[0], str) else first
    elif way == 1:
        first[0] = some(mutant.rng, [name_of(layer) for layer in layers_of(net)])
    elif way == 2:
        net["config"][key] = [first, [some(mutant.rng, [name_of(layer) for layer in layers_of(net)]), 0, 0]]
    elif way == 3:
        net["config"][key] = {str(first[0]): first}
    elif way == 4:
        net["config"][key] = [[first]]
    else:
        net["config"][key] = [first, copy.deepcopy(first)]
    mutant.say(f"{key} {net['config'][key]}")


@kind("config")
def dead_layer(mutant):
    """A layer that nothing reads, with or without weights in the file."""
    net = a_net(mutant, functional=True)
    layer = copy.deepcopy(some(mutant.rng, [layer for layer in layers_of(net) if layer.get("inbound_nodes")]))
    if not isinstance(layer.get("config"), dict):
        raise Skip
    if "name" in layer:
        layer["name"] = "dead"
    layer["config"]["name"] = "dead"
    layers = net["config"]["layers"]
    layers.insert(mutant.rng.randrange(len(layers) + 1), layer)
    mutant.say(f"a second {layer.get('class_name')}")


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
def names_differ(mutant):
    """The name of a layer beside its config and the one inside."""
    layer = some(mutant.rng, [layer for layer in mutant.layers() if "name" in layer["config"]])
    other = some(mutant.rng, [name_of(other) for other in mutant.layers()] + ["another", "", 7, None])
    if mutant.rng.random() < 0.5:
        layer["config"]["name"] = other
    else:
        layer["name"] = other
    mutant.say(f"{layer.get('name')!r} and {layer['config'].get('name')!r}")


@kind("config")
def layer_renamed(mutant):
    """Everywhere in the net, not in the file of weights."""
    layer = some(mutant.rng, [layer for layer in mutant.layers() if isinstance(layer["config"].get("name"), str)])
    old = layer["config"]["name"]
    new = some(mutant.rng, ["renamed", f"{old}/x", f"{old} ", f"{old}\0", f"{old}\0x", unicodedata.normalize("NFD", old + "\u00e9"), unicodedata.normalize("NFC", old + "\u00e9"), "\u0441onv", "__proto__", "constructor", ".", "..", f"{old}_1", f"{old}:0", "layers", old.upper()])

    def renamed(part):
        if isinstance(part, dict):
            return {key: renamed(value) for key, value in part.items()}
        return [renamed(each) for each in part] if isinstance(part, list) else new if part == old else part

    mutant.tree = renamed(mutant.tree)
    mutant.say(f"{old} to {new!r}")


@kind("config")
def two_of_one_name(mutant):
    layers = [layer for layer in mutant.layers() if "name" in layer["config"]]
    a, b = some(mutant.rng, layers), some(mutant.rng, layers)
    if a is b:
        raise Skip
    b["config"]["name"] = a["config"]["name"]
    if "name" in b:
        b["name"] = a["config"]["name"]
    mutant.say(f"two are named {a['config']['name']}")


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
def shared_ids(mutant):
    """`shared_object_id`: Keras 3 takes objects of one id for one object."""
    layers = mutant.layers()
    a, b = some(mutant.rng, layers), some(mutant.rng, layers)
    for layer in (a, b):
        if mutant.rng.random() < 0.5 or not isinstance(layer["config"].get("dtype"), dict):
            layer["shared_object_id"] = 4711
        else:
            layer["config"]["dtype"] = {**layer["config"]["dtype"], "shared_object_id": 4711}
    mutant.say(f"{name_of(a)} and {name_of(b)}")


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
