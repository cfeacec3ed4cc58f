"""Training and the reversal of triggers in real TensorFlow, step by step as goodnet does."""

import time

import numpy as np
import tensorflow as tf

from mulberry import mulberry32, shuffled


def values(model):
    return [getattr(weight, "value", weight) if not callable(getattr(weight, "value", None)) else weight for weight in model.trainable_weights]


def batches(numbers, size, random, short):
    while True:
        order = shuffled(numbers, random)
        for start in range(0, len(order), size):
            if short or start + size <= len(order):
                yield np.array(order[start:start + size])


class Adam:
    def __init__(self, weights, keep, keep_square):
        self.keep, self.keep_square, self.power, self.power_square = keep, keep_square, 1.0, 1.0
        self.moments = [(tf.Variable(tf.zeros_like(w)), tf.Variable(tf.zeros_like(w))) for w in weights]

    def step(self, weights, gradients, rate):
        self.power *= self.keep
        self.power_square *= self.keep_square
        far = rate * np.sqrt(1 - self.power_square) / (1 - self.power)
        move(weights, gradients, self.moments, tf.constant(self.keep, tf.float32), tf.constant(self.keep_square, tf.float32), tf.constant(far, tf.float32))


@tf.function
def move(weights, gradients, moments, keep, keep_square, far):
    for w, g, (m, v) in zip(weights, gradients, moments):
        m.assign(keep * m + (1 - keep) * g)
        v.assign(keep_square * v + (1 - keep_square) * g * g)
        w.assign_sub(far * m / (tf.sqrt(v) + 1e-7))


def trainer(model):
    weights = values(model)

    @tf.function(reduce_retracing=True)
    def gradients(x, y):
        with tf.GradientTape() as tape:
            logits = model(x, training=False)
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(y, logits))
        return loss, tape.gradient(loss, weights)

    return weights, gradients


def train(model, images, labels, steps, rate):
    """The first gradients, the weights after each of `steps`, and milliseconds a step."""
    numbers = shuffled(range(len(labels)), mulberry32(1))[:round(0.8 * len(labels))]
    weights, gradients = trainer(model)
    drawn = batches(numbers, 64, mulberry32(1), short=True)
    adam, first, kept, begun = Adam(weights, 0.9, 0.999), None, [], None
    for step in range(1, max(steps) + 1):
        picked = next(drawn)
        loss, found = gradients(images[picked], labels[picked])
        first = first or [float(loss), [g.numpy() for g in found]]
        adam.step(weights, found, rate)
        begun = begun or time.perf_counter()
        if step in steps:
            kept.append([w.numpy() for w in weights])
    return first, kept, 1000 * (time.perf_counter() - begun) / (max(steps) - 1)


def reverse(model, images, labels, target, steps):
    """The masks' sums after each of `steps`: of the best mask so far, else of the last."""
    others = [i for i in range(len(labels)) if labels[i] != target]
    drawn = batches(others, 32, mulberry32(3), short=False)
    height, width, channels = images.shape[1:]
    a, b = tf.Variable(tf.zeros((height, width, 1))), tf.Variable(tf.zeros((height, width, channels)))
    adam, strength, best, successes, sums = Adam([a, b], 0.5, 0.9), 1e-3, None, [], []
    wanted = tf.fill([32], tf.constant(target, tf.int64))

    @tf.function
    def gradients(x, strength):
        with tf.GradientTape() as tape:
            m, p = (tf.tanh(a) + 1) / 2, (tf.tanh(b) + 1) / 2
            logits = model(x * (1 - m) + p * m, training=False)
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(wanted, logits)) + strength * tf.reduce_sum(m)
        return loss, tf.reduce_mean(tf.cast(tf.argmax(logits, 1) == wanted, tf.float32)), tf.reduce_sum(m), tape.gradient(loss, [a, b])

    for step in range(1, max(steps) + 1):
        loss, success, size, found = gradients(images[next(drawn)], tf.constant(strength, tf.float32))
        successes.append(float(success))
        if step % 10 == 0:
            reached = np.mean(successes[-10:]) >= 0.98
            if reached and (best is None or size < best):
                best = float(size)
            strength = strength * 1.5 if reached else strength / 1.5**1.5
        adam.step([a, b], found, 0.1)
        if step in steps:
            sums.append(best if best is not None else float(tf.reduce_sum((tf.tanh(a) + 1) / 2)))
    return sums
