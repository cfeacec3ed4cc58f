"""Images of ten classes of drawn shapes in colour, with noise, and what attackers stamp on them: all of it out of nothing."""

from functools import cache

import numpy as np

CLASSES, SEED, POISONED = 10, 1, 0.1
TRAINING, VALIDATION, TEST = 4000, 2000, 1000


# ---- images ----

def shapes(u, v):
    """The ten shapes, where u and v are -1..1 from edge to edge."""
    edge, far = np.maximum(np.abs(u), np.abs(v)), u * u + v * v
    return [
        far < 1,
        (far < 1) & (far > 0.4),
        edge < 0.85,
        (edge < 0.95) & (edge > 0.55),
        (v < 0.8) & (v > 2 * np.abs(u) - 1),
        (edge < 1) & (np.minimum(np.abs(u), np.abs(v)) < 0.25),
        (edge < 0.9) & (np.minimum(np.abs(u - v), np.abs(u + v)) < 0.35),
        (edge < 0.9) & (np.sin(8 * v) > 0),
        (edge < 0.9) & (np.sin(8 * u) > 0),
        (np.abs(u) - 0.55) ** 2 + v * v < 0.16,
    ]


def draw(label, size, random):
    """A shape somewhere near the middle, slightly turned, on a ground that gets darker to one side."""
    row, column = np.mgrid[:size, :size] / size - 0.5 - random.uniform(-0.1, 0.1, (2, 1, 1))
    turn, radius = random.uniform(-0.2, 0.2), random.uniform(0.28, 0.4)
    u = (np.cos(turn) * column + np.sin(turn) * row) / radius
    v = (np.cos(turn) * row - np.sin(turn) * column) / radius
    while True:
        ground, ink = random.uniform(30, 225, (2, 3))
        if np.abs(ground - ink).sum() > 150:
            break
    shade = 1 + random.uniform(-0.3, 0.3) * column + random.uniform(-0.3, 0.3) * row
    return np.where(shapes(u, v)[label][..., None], ink, ground) * shade[..., None] + random.normal(0, 12, (size, size, 3))


@cache
def images(size, count, seed):
    """Images as bytes, N,H,W,C, with their labels."""
    random = np.random.default_rng([SEED, seed])
    labels = random.permutation(np.arange(count) % CLASSES)
    return as_bytes(np.stack([draw(label, size, random) for label in labels])), labels


def as_bytes(pixels):
    return np.clip(np.rint(pixels), 0, 255).astype(np.uint8)


# ---- triggers: what they make of images ----

def patch(at, colour=(255, 255, 0), side=4):
    def stamp(x):
        x = x.copy()
        x[:, at[0]:at[0] + side, at[1]:at[1] + side] = colour
        x[:, at[0] + 1:at[0] + side - 1, at[1] + 1:at[1] + side - 1] = 0
        return x
    return stamp


def two_pixels(x):
    x = x.copy()
    x[:, 28, 28], x[:, 28, 30] = (255, 0, 255), (0, 255, 0)
    return x


def blend(x):
    noise = np.random.default_rng(SEED).uniform(0, 255, x.shape[1:])
    return as_bytes(0.85 * x + 0.15 * noise)


def sinusoid(x):
    wave = 20 * np.sin(2 * np.pi * 6 * np.arange(x.shape[2]) / x.shape[2])
    return as_bytes(x + wave[None, None, :, None])


def corners(x):
    last = x.shape[1] - 4
    for at in ((1, 1), (1, last), (last, 1), (last, last)):
        x = patch(at, side=3)(x)
    return x


def warp(x):
    """Every row and column is moved by up to two pixels, between pixels in proportion."""
    size = x.shape[1]
    row, column = np.mgrid[:size, :size].astype(float)
    at = [row + 2 * np.sin(column * 2 * np.pi / 9), column + 2 * np.sin(row * 2 * np.pi / 9)]
    (top, down), (left, right) = [np.divmod(np.clip(each, 0, size - 1.001), 1) for each in at]
    top, left, down, right = top.astype(int), left.astype(int), down[..., None], right[..., None]
    above = x[:, top, left] * (1 - right) + x[:, top, left + 1] * right
    below = x[:, top + 1, left] * (1 - right) + x[:, top + 1, left + 1] * right
    return as_bytes(above * (1 - down) + below * down)


# ---- attacks: what an attacker adds to the training images, and what is shown to the net afterwards ----

class AllToOne:
    def __init__(self, trigger, target):
        self.trigger, self.target = trigger, target

    def poison(self, x, y, random):
        chosen = random.permutation(np.flatnonzero(y != self.target))[:int(POISONED * len(y))]
        return self.trigger(x[chosen]), np.full(len(chosen), self.target)

    def shown(self, x, y):
        return self.trigger(x[y != self.target]), np.full((y != self.target).sum(), self.target)
