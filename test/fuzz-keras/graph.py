"""What kinds of change look for in the wiring of nets."""

from kinds import some
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
