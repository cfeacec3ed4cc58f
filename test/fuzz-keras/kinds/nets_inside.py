"""Nets inside a net: what they take, how often they are called, what of them is trained."""

import h5py

from graph import a_net, name_of
from kinds import Skip, kind, some
from mutant import layers_of

LEGACY = ("legacy",)


def inside(mutant, functional=None):
    """The entry of a net inside another."""
    nets = mutant.nets()[1:]
    if functional is not None:
        nets = [net for net in nets if isinstance(net["config"], dict) and ("input_layers" in net["config"]) == functional]
    return some(mutant.rng, nets)


@kind("config")
def inner_input(mutant):
    """The input layer of a net inside, in another type or shape, or with more to say."""
    net = inside(mutant)
    config = some(mutant.rng, [layer for layer in layers_of(net) if layer.get("class_name") == "InputLayer"])["config"]
    key = "batch_shape" if "batch_shape" in config else "batch_input_shape"
    shape = config.get(key) or [None, 4]
    way = mutant.rng.randrange(3)
    if way == 0:
        config["dtype"] = some(mutant.rng, ["int32", "float16", "uint8", "bool", "float64", "bfloat16", "string"])
    elif way == 1:
        at = mutant.rng.randrange(1, len(shape))
        config[key] = some(mutant.rng, [shape[:-1], [*shape, 1], [*shape[:at], None, *shape[at + 1:]], [*shape[:at], (shape[at] or 1) + 1, *shape[at + 1:]], [None] * len(shape), shape[1:], [1, *shape[1:]], None])
        if mutant.rng.random() < 0.7:
            net.pop("build_config", None)
            net["config"].pop("build_input_shape", None)
    else:
        config[some(mutant.rng, ["sparse", "ragged", "optional", "shape", "type_spec", "input_tensor"])] = some(mutant.rng, [True, [3], None, 1])
    mutant.say(f"{name_of(net)}: {config}")


@kind("config")
def inner_build_shape(mutant):
    """A Sequential inside that says its shape elsewhere than in an input layer, or nowhere."""
    net = inside(mutant, functional=False)
    config = net["config"]
    first = config["layers"][0]["config"]
    shape = first.get("batch_shape", first.get("batch_input_shape")) or [None, 4]
    config["layers"] = [layer for layer in config["layers"] if layer.get("class_name") != "InputLayer"]
    net.pop("build_config", None)
    config["build_input_shape"] = some(mutant.rng, [shape, shape, shape[:-1], [*shape, 1], [None] * len(shape), None, [None, *shape[1:-1], 5]])
    mutant.say(f"{name_of(net)}: {config['build_input_shape']}")


@kind("config")
def early_shape(mutant):
    """A Sequential, inside or alone, whose first layer says the shape in the words of Keras 2."""
    nets = [net for net in mutant.nets() if isinstance(net["config"], dict) and "input_layers" not in net["config"]]
    net = some(mutant.rng, nets)
    config = net["config"]
    first = config["layers"][0]["config"]
    shape = first.get("batch_shape", first.get("batch_input_shape")) or config.get("build_input_shape") or [None, 4]
    config["layers"] = [layer for layer in config["layers"] if layer.get("class_name") != "InputLayer"]
    for holder in (net, config):
        for key in ("build_config", "build_input_shape"):
            if mutant.rng.random() < 0.8:
                holder.pop(key, None)
    layer = config["layers"][0]
    if mutant.rng.random() < 0.5:
        layer.pop("module", None)
    layer["config"]["batch_input_shape"] = some(mutant.rng, [shape, shape, shape[:-1], [*shape, 1], [*shape[:-1], 1]])
    mutant.say(f"{name_of(net)}: {layer['config']['batch_input_shape']}")


@kind("config")
def output_node(mutant):
    """Another number of the call that is a net's output."""
    net = a_net(mutant, functional=True)
    outputs = net["config"]["output_layers"]
    reference = outputs if isinstance(outputs[0], str) else outputs[0]
    reference[1] = some(mutant.rng, {-1, 0, 1, 2, 3} - {reference[1]})
    mutant.say(str(reference))


@kind("config")
def trained_inside(mutant):
    """What of a net inside is trained, which decides in what order its weights are read."""
    net = inside(mutant)
    net["config"]["trainable"] = mutant.rng.random() < 0.4
    for layer in layers_of(net):
        if mutant.rng.random() < 0.5:
            layer["config"]["trainable"] = mutant.rng.random() < 0.5
    mutant.say(f"{name_of(net)} {net['config']['trainable']}: {[layer['config'].get('trainable') for layer in layers_of(net)]}")


@kind("hdf5", LEGACY)
def strange_owners(mutant):
    """The weights of a net inside under names that no layer bears, in this order or another."""
    groups = [group for group in mutant.root.values() if isinstance(group, h5py.Group) and len(group.attrs.get("weight_names", ())) > 2]
    group = some(mutant.rng, groups)
    names = [name.decode() if isinstance(name, bytes) else name for name in group.attrs["weight_names"]]
    values = [group[name][()] for name in names]
    for name in list(group):
        del group[name]
    pairs = [(f"w{at}/{name.rsplit('/', 1)[-1]}", value) for at, (name, value) in enumerate(zip(names, values))]
    if mutant.rng.random() < 0.5:
        mutant.rng.shuffle(pairs)
    for name, value in pairs:
        group[name] = value
    group.attrs["weight_names"] = [name.encode() for name, _ in pairs]
    mutant.say(f"{group.name}: {[name for name, _ in pairs]}")


@kind("hdf5", LEGACY)
def groups_that_meet(mutant):
    """A layer's group inside that of another, so that both list the same datasets."""
    filled = [name for name in mutant.root if isinstance(mutant.root[name], h5py.Group) and len(mutant.root[name].attrs.get("weight_names", ()))]
    if len(filled) < 2:
        raise Skip
    one, two = mutant.rng.sample(filled, 2)
    group = mutant.root[one]
    names = [name.decode() if isinstance(name, bytes) else name for name in group.attrs["weight_names"]]
    owner = names[0].split("/")[0]
    if any(name.split("/")[0] != owner for name in names):
        raise Skip
    group[owner].attrs["weight_names"] = [name.split("/", 1)[1].encode() for name in names]
    del mutant.root[two]
    listed = [name.decode() if isinstance(name, bytes) else name for name in mutant.root.attrs["layer_names"]]
    mutant.root.attrs["layer_names"] = [(f"{one}/{owner}" if name == two else name).encode() for name in listed]
    mutant.say(f"{two} as {one}/{owner}")
