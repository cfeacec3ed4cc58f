"""The keys of options: two for one, one twice, others that look alike."""

import copy

from json_tree import Raw, Twin, rename, replace, with_key
from kinds import kind, some
from layer_options import a_layer, an_option, changed, objects, told

# One option under two names that some Keras knows both.
KNOWN = (("alpha", "negative_slope"), ("batch_shape", "batch_input_shape"), ("batch_input_shape", "input_shape"), ("batch_shape", "shape"), ("name", "_name"), ("dtype", "input_dtype"))
# One option under the names that Keras 1, 2 and 3 or another library gave it.
SPELLINGS = (
    *KNOWN, ("units", "output_dim"), ("filters", "nb_filter"), ("strides", "stride"), ("strides", "subsample"),
    ("padding", "border_mode"), ("use_bias", "bias"), ("rate", "p"), ("epsilon", "eps"), ("kernel_size", "kernel_shape"), ("dilation_rate", "atrous_rate"),
    ("activation", "activation_fn"), ("max_value", "max"), ("negative_slope", "slope"), ("axis", "concat_axis"), ("axis", "mode"), ("shared_axes", "axes"),
    ("pool_size", "pool"), ("scale", "gamma"), ("center", "beta"), ("offset", "bias"), ("size", "factor"),
    ("depth_multiplier", "multiplier"), ("interpolation", "mode"), ("trainable", "_trainable"), ("data_format", "dim_ordering"),
)


@kind("config")
def option_by_two_names(mutant):
    layer, old, new = a_spelling(mutant)
    value = layer["config"][old]
    other = copy.deepcopy(value) if mutant.rng.random() < 0.3 else changed(value, mutant.rng)
    with_key(layer["config"], new, other, mutant.rng, near=old)
    mutant.say(told(layer, f"{old} {value} and {new} {other}"))


@kind("config")
def option_by_another_name(mutant):
    layer, old, new = a_spelling(mutant)
    rename(layer["config"], old, new)
    mutant.say(told(layer, f"{new} in place of {old}"))


def a_spelling(mutant):
    """A layer, the name that one of its options has, and another name for it."""
    found = [(layer, old, new) for layer in mutant.layers() for pair in SPELLINGS for old, new in (pair, pair[::-1]) if old in layer["config"] and new not in layer["config"]]
    pairs = sorted({(old, new) for _, old, new in found})
    known = [pair for pair in pairs if pair in KNOWN or pair[::-1] in KNOWN]
    pair = some(mutant.rng, known if known and mutant.rng.random() < 0.5 else pairs)
    return some(mutant.rng, [each for each in found if each[1:] == pair])


@kind("config")
def option_twice(mutant):
    layer, name = an_option(mutant)
    value = layer["config"][name]
    other = changed(value, mutant.rng)
    with_key(layer["config"], name, other, mutant.rng, near=name)
    mutant.say(told(layer, f"{name} twice, {value} and {other}"))


@kind("config")
def any_key_twice(mutant):
    owners = [part for part in objects(mutant.tree) if part]
    owner = some(mutant.rng, owners)
    name = some(mutant.rng, owner)
    value = owner[name]
    other = some(mutant.rng, [part[name] for part in objects(mutant.tree) if name in part and part[name] != value] or [changed(value, mutant.rng)])
    with_key(owner, name, copy.deepcopy(other), mutant.rng, near=name)
    mutant.say(f"{name} twice, {str(value)[:60]} and {str(other)[:60]}")


@kind("config")
def twin_inside(mutant):
    """A whole `config` twice, for a layer or a net."""
    part = some(mutant.rng, [layer for layer in mutant.layers() + mutant.nets() if isinstance(layer.get("config"), dict)])
    other = copy.deepcopy(part["config"])
    for name in list(other):
        if isinstance(other[name], (int, float)) and mutant.rng.random() < 0.5:
            other[name] = changed(other[name], mutant.rng)
    with_key(part, Twin("config"), other, mutant.rng, near="config")
    mutant.say(told({"class_name": part.get("class_name"), "config": other}, "config twice"))


@kind("config")
def key_escaped(mutant):
    layer, name = an_option(mutant)
    spelled = Raw('"' + "".join(f"\\u{ord(c):04x}" if mutant.rng.random() < 0.5 else c for c in name) + '"')
    if mutant.rng.random() < 0.5:
        rename(layer["config"], name, spelled)
        mutant.say(told(layer, f"{name} spelled {spelled}"))
    else:
        with_key(layer["config"], spelled, changed(layer["config"][name], mutant.rng), mutant.rng, near=name)
        mutant.say(told(layer, f"{name} again as {spelled}"))


@kind("config")
def key_lookalike(mutant):
    layer, name = an_option(mutant)
    twisted = some(mutant.rng, [name + " ", " " + name, name.upper(), name.title(), name + "\0", name.replace("a", "\u0430"), name.replace("e", "\u00e9"), "__proto__", "constructor", name + "\u200b", name + "_"])
    if mutant.rng.random() < 0.5:
        rename(layer["config"], name, twisted)
    else:
        with_key(layer["config"], twisted, changed(layer["config"][name], mutant.rng), mutant.rng, near=name)
    mutant.say(told(layer, f"{name} as {twisted!r}"))


@kind("config")
def inherited(mutant):
    """Options inside `__proto__`, which some readers take for the object's own."""
    part = some(mutant.rng, [layer["config"] for layer in mutant.layers()] + mutant.layers())
    name = some(mutant.rng, part)
    key = some(mutant.rng, ["__proto__", "constructor", "prototype"])
    value = {name: changed(part[name], mutant.rng), **({} if mutant.rng.random() < 0.5 else {"alpha": 0.9, "training": True})}
    if mutant.rng.random() < 0.5:
        del part[name]
    with_key(part, key, value, mutant.rng)
    mutant.say(f"{key} {str(value)[:80]}")


@kind("config", neutral=True)
def options_reordered(mutant):
    layer = a_layer(mutant)
    items = list(layer["config"].items())
    mutant.rng.shuffle(items)
    replace(layer["config"], items)


@kind("config", neutral=True)
def keys_reordered(mutant):
    for part in objects(mutant.tree):
        items = list(part.items())
        mutant.rng.shuffle(items)
        replace(part, items)
