"""The lists `layer_names` and `weight_names` of the legacy layout."""

import numpy as np

from hdf5_low import PADS, SETS, texts, write_text
from kinds import Skip, kind, some
from part import change_values, name_lists, twisted


@kind("hdf5", ("legacy",))
def name_listed_otherwise(mutant):
    """In the attribute alone."""
    item, name = some(mutant.rng, name_lists(mutant))
    values, shape = texts(item, name)
    at = mutant.rng.randrange(len(values))
    values[at], what = twisted(values[at], mutant.rng)
    length = max(1, max(map(len, values))) if any(b"\0" in value for value in values) or mutant.rng.random() < 0.4 else None
    write_text(item, name, values, shape, length, mutant.rng.choice(list(PADS)), mutant.rng.choice(list(SETS)))
    mutant.say(f"{item.name}@{name}[{at}] {what}, {'any length' if length is None else length}")


@kind("hdf5", ("legacy",))
def name_changed_in_both(mutant):
    item, name = some(mutant.rng, name_lists(mutant))
    values, shape = texts(item, name)
    at = mutant.rng.randrange(len(values))
    new, what = twisted(values[at], mutant.rng)
    if not new.strip(b"/.") or b"\0" in new or new.startswith(b"/"):
        raise Skip
    item.move(values[at], new)
    values[at] = new
    length = max(map(len, values)) if mutant.rng.random() < 0.4 else None
    write_text(item, name, values, shape, length, mutant.rng.choice(list(PADS)), mutant.rng.choice(list(SETS)))
    mutant.say(f"{item.name}@{name}[{at}] and its link: {what}")


@kind("hdf5", ("legacy",))
def name_listed_otherwise_with_a_twin(mutant):
    """The attribute says another name, and what stands under that very name has other values."""
    item, name = some(mutant.rng, name_lists(mutant))
    values, shape = texts(item, name)
    at = mutant.rng.randrange(len(values))
    old = values[at]
    new = some(mutant.rng, [old + b" ", old + b"   ", b" " + old, old.upper(), old + b"\t", old + "\u00e9".encode(), old + b".", old + b"_"])
    item.copy(old, item, new.decode())
    twin, pad = mutant.rng.choice((old, new)), mutant.rng.choice(list(PADS))
    change_values(item[twin])
    values[at] = mutant.rng.choice((old, new))
    length = max(map(len, values)) + mutant.rng.choice((0, 0, 1, len(new) - len(old)))
    write_text(item, name, values, shape, length, pad, mutant.rng.choice(list(SETS)))
    mutant.say(f"{item.name}@{name}[{at}] {values[at]!r} of {length} bytes, {pad}; {old!r} and {new!r} in the file, {twin!r} with other values")


@kind("hdf5", ("legacy",))
def letters_for_a_list(mutant):
    """One text whose letters are names, beside the list in parts."""
    item, name = some(mutant.rng, name_lists(mutant))
    values, _ = texts(item, name)
    letters = "abcdefghijklmnopqrstuvwxyz"[: len(values)]
    for letter, value in zip(letters, values):
        item.copy(value, item, letter)
    del item.attrs[name]
    item.attrs[name] = letters if mutant.rng.random() < 0.5 else np.bytes_(letters)
    item.attrs[f"{name}0"] = [np.bytes_(value) for value in values]
    for letter in letters:
        change_values(item[letter])
    mutant.say(f"{item.name}@{name} {letters}")


@kind("hdf5", ("legacy",))
def names_listed_in_another_order(mutant):
    item, name = some(mutant.rng, name_lists(mutant))
    values, shape = texts(item, name)
    way = mutant.rng.randrange(4)
    if way == 0:
        mutant.rng.shuffle(values)
    elif way == 1:
        values.insert(mutant.rng.randrange(len(values) + 1), some(mutant.rng, values))
    elif way == 2:
        values.pop(mutant.rng.randrange(len(values)))
    else:
        values[mutant.rng.randrange(len(values))] = some(mutant.rng, values)
    item.attrs[name] = [np.bytes_(value) for value in values] if values else np.zeros(0)
    mutant.say(f"{item.name}@{name} {['in another order', 'one twice', 'one left out', 'one in place of another'][way]}")


@kind("hdf5", ("legacy",))
def names_listed_in_parts(mutant):
    """`layer_names0`, `layer_names1` as Keras does with long lists, or one of them beside the whole list."""
    item, name = some(mutant.rng, name_lists(mutant))
    values, _ = texts(item, name)
    cut = mutant.rng.randrange(len(values) + 1)
    way = mutant.rng.randrange(5)
    parts = [values[:cut], values[cut:]]
    if way in (0, 1, 2):
        for number, part in enumerate(parts):
            item.attrs[f"{name}{number + (way == 2)}"] = np.array(part, "S") if part else np.zeros(0, "S1")
        if way != 1:
            del item.attrs[name]
    elif way == 3:
        mutant.rng.shuffle(values)
        item.attrs[f"{name}0"] = [np.bytes_(value) for value in values]
    else:
        item.attrs[f"{name}00"] = [np.bytes_(value) for value in values]
    mutant.say(f"{item.name}@{name}: {['in two parts', 'in two parts beside it', 'in parts 1 and 2', 'another list beside it', '00 beside it'][way]}")
