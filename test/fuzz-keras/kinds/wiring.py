"""How layers are listed and joined."""

import copy

from graph import a_net, name_of, nodes, references
from kinds import Skip, kind, some
from mutant import layers_of


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
def node_added(mutant):
    net = a_net(mutant, functional=True)
    layer = some(mutant.rng, [layer for layer in layers_of(net) if layer.get("inbound_nodes")])
    node = copy.deepcopy(some(mutant.rng, some(mutant.rng, [other for other in layers_of(net) if other.get("inbound_nodes")])["inbound_nodes"]))
    layer["inbound_nodes"].insert(mutant.rng.randrange(len(layer["inbound_nodes"]) + 1), node)
    mutant.say(f"{name_of(layer)} called once more")


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
def named_like_a_call(mutant):
    """One more layer, called as a later call of another might be in somebody's table: the name, some character, and a number."""
    net = a_net(mutant, functional=True)
    layers = net["config"]["layers"]
    layer = some(mutant.rng, [layer for layer in layers if layer.get("inbound_nodes")])
    more = copy.deepcopy(layer)
    more["inbound_nodes"] = more["inbound_nodes"][:1]
    between = some(mutant.rng, ["\0", "\n", "\x7f", "/", "?", ":", "_", "#", " ", "\u200b"])
    more["name"] = more["config"]["name"] = f"{name_of(layer)}{between}{mutant.rng.randrange(3)}"
    layers.insert(mutant.rng.randrange(len(layers) + 1), more)
    mutant.say(repr(more["name"]))


@kind("config")
def called_input(mutant):
    """An input layer that is called on a tensor, and perhaps a circle by that."""
    net = a_net(mutant, functional=True)
    layers = net["config"]["layers"]
    inputs = [layer for layer in layers if layer.get("class_name") == "InputLayer"]
    called = [layer for layer in layers if layer.get("inbound_nodes")]
    entry, layer = some(mutant.rng, inputs), some(mutant.rng, called)
    entry["inbound_nodes"] = copy.deepcopy(layer["inbound_nodes"])
    for reference in references(entry["inbound_nodes"]):
        reference[0] = name_of(some(mutant.rng, called))
    if mutant.rng.random() < 0.5:
        mutant.rng.shuffle(layers)
    mutant.say(f"{name_of(entry)} on {[reference[0] for reference in references(entry['inbound_nodes'])]}")
