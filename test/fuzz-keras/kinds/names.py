"""The names of layers."""

import unicodedata

from graph import name_of
from kinds import Skip, kind, some


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
def shared_ids(mutant):
    """`shared_object_id`: Keras 3 takes objects of one id for one object."""
    layers = mutant.layers()
    a, b = some(mutant.rng, layers), some(mutant.rng, layers)
    ids = some(mutant.rng, [(4711, 4711), (4711, 4711), (1, True), (0, False), (1, 1.0), ("1", 1)])
    for layer, number in zip((a, b), ids):
        if mutant.rng.random() < 0.5 or not isinstance(layer["config"].get("dtype"), dict):
            layer["shared_object_id"] = number
        else:
            layer["config"]["dtype"] = {**layer["config"]["dtype"], "shared_object_id": number}
    mutant.say(f"{name_of(a)} and {name_of(b)}: {ids}")
