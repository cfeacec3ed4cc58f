"""Real TensorFlow as a peer of unlearning: the same searches and the same trainings, on all cores.

    python training_peer.py FOLDER ROUNDS [CLASSES STEPS]

FOLDER holds badnet.h5 and clean_valid.h5, uint8 and N,C,H,W. Prints the seconds of looking for a trigger for each class, and of 250 steps of
training, a round each, as JSON. With CLASSES and STEPS it tries whether it works.
"""
import json
import os
import sys
import time
from pathlib import Path

os.environ.update(CUDA_VISIBLE_DEVICES="", TF_CPP_MIN_LOG_LEVEL="3")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "test" / "keras"))

import h5py
import keras

from training import reverse, train

folder, rounds = Path(sys.argv[1]), int(sys.argv[2])
model = keras.models.load_model(folder / "badnet.h5", compile=False)
classes, steps = (int(each) for each in sys.argv[3:5]) if len(sys.argv) > 3 else (model.output_shape[-1], 250)
last = model.layers[-1]
last.activation = keras.activations.linear
logits = keras.Model(model.inputs, last(last.input))
with h5py.File(folder / "clean_valid.h5") as file:
    images, labels = file["data"][:].transpose(0, 2, 3, 1), file["label"][:].astype("int64")
images = (images.astype("float64") / 255).astype("float32")

spent = []
for _ in range(rounds):
    begun = time.perf_counter()
    for target in range(classes):
        reverse(logits, images, labels, target, (min(200, steps),))
    between = time.perf_counter()
    train(logits, images, labels, (steps,), 1e-3)
    spent.append({"scan": between - begun, "training": time.perf_counter() - between})
print(json.dumps(spent))
