"""The table of mutations. A kind is a function of a mutant; it throws Skip where there is nothing to change."""

from dataclasses import dataclass
from typing import Callable

# Changes are made in this order: the net as a tree, the weights as groups and datasets, the net as text, the archive, the bytes.
STAGES = ("config", "hdf5", "text", "archive", "bytes")
KINDS = []


class Skip(Exception):
    """Nothing of this kind can be changed in this file."""


@dataclass(frozen=True)
class Kind:
    name: str
    stage: str
    layouts: tuple
    neutral: bool
    change: Callable


def kind(stage, layouts=("legacy", "counted"), neutral=False):
    """Registers a mutation. `neutral`: Keras itself writes such files, so they must be accepted."""

    def register(change):
        KINDS.append(Kind(change.__name__, stage, layouts, neutral, change))
        return change

    return register


def some(rng, values):
    """One of the values."""
    values = list(values)
    if not values:
        raise Skip
    return rng.choice(values)
