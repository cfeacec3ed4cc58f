"""Makes nets of random layers in random order as it is told to: python wire.py SCRATCH.

Reads a line of JSON for each: {seed, run}. Answers as mutate.py does; `predict` asks for that, too. Layers have random names: what TensorFlow
makes of a graph depends on them, and on which tensors have one reader.
"""

import json
import os
import random
import string
import sys
import warnings

os.environ.update(CUDA_VISIBLE_DEVICES="", TF_CPP_MIN_LOG_LEVEL="3", KERAS_BACKEND="tensorflow")
out = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)  # whatever libraries print goes elsewhere

import keras
import tf_keras

from nets import answers_all

SCRATCH = sys.argv[1]
TRIES = 50
CHANNELS = 4
NUMBERS = (-1.5, -0.5, 0.1, 0.2, 0.5, 1.0, 2.0)
ACTIVATIONS = ("linear", "relu", "tanh", "sigmoid", "softplus", "swish", "gelu", "elu", "selu", "softsign", "exponential")
ONLY_KERAS3 = ("leaky_relu", "relu6", "hard_swish", "mish", "log_sigmoid")


class Wiring:
    """Tensors [8, 8, channels] that layers can be put on."""

    def __init__(self, keras, rng):
        self.keras, self.L, self.rng = keras, keras.layers, rng
        self.is_keras3 = keras.__version__ > "3"
        self.names = {"classes"}
        self.input = keras.Input((8, 8, 3), name=self.name())
        self.tensors = [self.conv(self.input)]

    def name(self):
        while True:
            name = "".join(self.rng.choice(string.ascii_lowercase) for _ in range(self.rng.randint(1, 7)))
            if name not in self.names:
                self.names.add(name)
                return name

    def net(self):
        steps = (self.conv, self.conv, self.each, self.norm, self.pooled, self.activated, self.activated, self.sloped, self.scaled, self.reckoned, self.merged, self.merged, self.merged)
        for _ in range(self.rng.randint(3, 12)):
            self.tensors.append(self.rng.choice(steps)(self.recent()))
        x = self.tensors[-1]
        if self.rng.random() < 0.3:
            x = self.L.Concatenate(name=self.name())([x, self.rng.choice(self.tensors)])
        last = self.L.GlobalAveragePooling2D if self.rng.random() < 0.5 else self.L.Flatten
        scores = self.L.Dense(4, name="classes")(last(name=self.name())(x))
        return self.keras.Model(self.input, self.L.Softmax(name=self.name())(scores), name="wired")

    def recent(self):
        """Mostly one of the last tensors, so that nets are deep."""
        return self.tensors[-1] if self.rng.random() < 0.6 else self.rng.choice(self.tensors)

    def activation(self):
        return self.rng.choice(ACTIVATIONS + ONLY_KERAS3 if self.is_keras3 else ACTIVATIONS)

    def conv(self, x):
        activation = self.activation() if self.rng.random() < 0.4 else None
        bias = self.rng.random() < 0.8
        return self.L.Conv2D(CHANNELS, self.rng.choice((1, 3)), padding="same", activation=activation, use_bias=bias, name=self.name())(x)

    def each(self, x):
        return self.L.DepthwiseConv2D(3, padding="same", name=self.name())(x)

    def norm(self, x):
        return self.L.BatchNormalization(name=self.name())(x)

    def pooled(self, x):
        pooling = self.rng.choice((self.L.MaxPooling2D, self.L.AveragePooling2D))
        return pooling(2, 1, padding="same", name=self.name())(x)

    def activated(self, x):
        return self.L.Activation(self.activation(), name=self.name())(x)

    def sloped(self, x):
        rng, name = self.rng, self.name()
        kind = rng.randrange(4)
        if kind == 0:
            return self.L.LeakyReLU(rng.choice((0.05, 0.2, 0.3, 0.5)), name=name)(x)
        if kind == 1:
            return self.L.PReLU(shared_axes=[1, 2], name=name)(x)
        if kind == 2:
            return self.L.ELU(rng.choice((0.5, 1.0)), name=name)(x)
        return self.L.ReLU(rng.choice((None, 1.0, 6.0)), rng.choice((0.0, 0.1)), rng.choice((0.0, 0.0, 0.3)), name=name)(x)

    def scaled(self, x):
        return self.L.Rescaling(self.rng.choice(NUMBERS), self.rng.choice((0.0, 0.0, 0.3, -0.2)), name=self.name())(x)

    def reckoned(self, x):
        number = self.rng.choice(NUMBERS)
        return self.rng.choice((lambda: x * number, lambda: x + number, lambda: number - x, lambda: x / number, lambda: -x))()

    def merged(self, x):
        kind = self.rng.choice(("Add", "Add", "Subtract", "Multiply", "Maximum", "Minimum", "Average"))
        count = 2 if kind == "Subtract" else self.rng.choice((2, 2, 3))
        others = [self.rng.choice(self.tensors) for _ in range(count - 1)]
        return getattr(self.L, kind)(name=self.name())(self.rng.sample([x, *others], count))


def wired(seed, run):
    """The net of a run, for one of the two Kerases, with weights by which it says every class."""
    rng = random.Random(f"{seed} {run}")
    library, source, ending, layout = (keras, "keras3", ".keras", "counted") if rng.random() < 0.6 else (tf_keras, "tf", ".h5", "legacy")
    for _ in range(TRIES):
        model = Wiring(library, rng).net()
        if any(answers_all(library, model, weights) for weights in range(5)):
            break
    name = f"wired.{source}{ending}"
    path = os.path.join(SCRATCH, f"{seed}-{run}.{name}")
    model.save(path)
    made = " ".join(layer.__class__.__name__ for layer in model.layers)
    library.backend.clear_session()
    base = {"name": name, "net": "wired", "source": source, "ending": ending, "layout": layout, "architecture": None}
    return {"path": path, "seed": base, "architecture": None, "kinds": ["wired"], "neutral": False, "said": [f"wired: {made}"], "misses": [], "predict": True}


warnings.simplefilter("ignore")
print(json.dumps({"ready": True}), file=out, flush=True)
for line in sys.stdin:
    task = json.loads(line)
    print(json.dumps(wired(task["seed"], task["run"])), file=out, flush=True)
