"""What kinds of change look for among the options of layers."""

from kinds import some


ACTIVATIONS = ("linear", "relu", "tanh", "sigmoid", "softmax", "elu", "selu", "gelu", "softplus", "softsign", "swish", "silu", "mish", "exponential", "hard_sigmoid", "relu6", "leaky_relu",
               "hard_silu", "hard_swish", "hard_tanh", "log_softmax", "celu", "glu", "squareplus", "tanh_shrink", "threshold", "sparsemax", "log_sigmoid", "soft_shrink")


def a_layer(mutant, *wanted):
    """A layer that has one of the wanted options."""
    return some(mutant.rng, [layer for layer in mutant.layers() if not wanted or any(name in layer["config"] for name in wanted)])


def an_option(mutant):
    layer = a_layer(mutant)
    names = [name for name in layer["config"] if name not in ("name", "layers", "input_layers", "output_layers") and not str(name).endswith(("initializer", "regularizer", "constraint"))]
    return layer, some(mutant.rng, names)


def changed(value, rng):
    """Another value of the same sort."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + rng.choice((1, 1, -1, 2))
    if isinstance(value, float):
        return value * rng.choice((0.25, 3.0, -1.0)) + rng.choice((0, 0.5))
    if isinstance(value, str):
        return rng.choice({"same": ("valid",), "valid": ("same",)}.get(value, ACTIVATIONS))
    if isinstance(value, list):
        return [changed(part, rng) if part is not None else None for part in value]
    return rng.choice((1, 0.5, [1, 1], "relu"))


def told(layer, what):
    return f"{layer.get('class_name')} {layer['config'].get('name', '')}: {what}"


def objects(tree):
    if isinstance(tree, dict):
        yield tree
    for part in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from objects(part)
