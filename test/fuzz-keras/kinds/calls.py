"""What layers are called with."""

import copy

from graph import a_net, name_of, references
from kinds import Skip, kind, some
from mutant import layers_of


@kind("config")
def call_arguments(mutant):
    net = a_net(mutant, functional=True)
    layer = some(mutant.rng, [layer for layer in layers_of(net) if layer.get("inbound_nodes")])
    node = some(mutant.rng, layer["inbound_nodes"])
    name, value = some(mutant.rng, ["training", "mask", "axis", "alpha", "inputs", "x", "constructor", "approximate"]), some(mutant.rng, [True, False, None])
    given = some(mutant.rng, [{name: value}, {name: value}, {"training": True}, {"training": False}, {"training": 1}, {"mask": None}, {"mask": True}, {"axis": 1}, {"alpha": 0.1}, {"training": "True"}, {"training": None}, {"x": 1}, {"inputs": None}])
    if isinstance(node, dict):
        node["kwargs"] = {**node.get("kwargs", {}), **given}
    elif isinstance(node, list) and node and isinstance(node[0], list) and len(node[0]) > 3:
        node[0][3] = {**node[0][3], **given}
    else:
        raise Skip
    mutant.say(f"{name_of(layer)} called with {given}")


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
