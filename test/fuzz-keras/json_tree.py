"""JSON with what Python's own writer cannot write: a key twice, numbers and keys in a given spelling."""

import json


class Twin(str):
    """A key that may stand beside an equal one."""

    __hash__ = object.__hash__
    __eq__ = object.__eq__


class Raw(str):
    """A piece of JSON written as it is: `1e0`, `NaN`, `"\\u0061"`. As a key it is a twin of all others."""

    __hash__ = object.__hash__
    __eq__ = object.__eq__


def dump(tree, **options):
    """The text of a tree, with each Raw in its own spelling."""
    raw = []

    def marked(value):
        if isinstance(value, Raw):
            raw.append(str(value))
            return f"@raw{len(raw) - 1}@"
        if isinstance(value, dict):
            return {Twin(marked(key)): marked(part) for key, part in value.items()}
        return [marked(part) for part in value] if isinstance(value, list) else value

    text = json.dumps(marked(tree), **options)
    for number, spelling in enumerate(raw):
        text = text.replace(f'"@raw{number}@"', spelling)
    return text


def with_key(tree, key, value, rng, near=None):
    """Puts a key into an object in place, before or behind `near`, or anywhere."""
    items = list(tree.items())
    at = next((place for place, (name, _) in enumerate(items) if name == near), rng.randrange(len(items) + 1))
    items.insert(at + rng.randrange(2) if near is not None else at, (Twin(key) if type(key) is str else key, value))
    replace(tree, items)


def rename(tree, old, new):
    """Another key for a value, in the same place."""
    replace(tree, [(new if key == old else key, value) for key, value in list(tree.items())])


def replace(tree, items):
    tree.clear()
    for key, value in items:
        tree[key] = value
