"""Loads the files it is told of with a real Keras and answers what the nets say: python oracle.py keras3|tf_keras.

Reads a line of JSON for each file: {path, shape, architecture}. Answers {classes, scores, tied} or {failed}.
"""

import gc
import json
import os
import sys
import warnings

os.environ.update(CUDA_VISIBLE_DEVICES="", TF_CPP_MIN_LOG_LEVEL="3", TF_ENABLE_ONEDNN_OPTS="0", KERAS_BACKEND="tensorflow")
out = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)  # whatever libraries print goes elsewhere

import numpy as np
import tensorflow as tf

tf.config.threading.set_intra_op_parallelism_threads(1)
tf.config.threading.set_inter_op_parallelism_threads(1)
if sys.argv[1] == "keras3":
    import keras
else:
    import tf_keras as keras

from images import images

# Scores this close to each other, relative to the higher one, may be told apart otherwise by other rounding.
TIE = 1e-5
LOADS_PER_SESSION = 50


def answer(task):
    model = load(task)
    shape = tuple(task["shape"])
    if tuple(model.input_shape[1:]) != shape:
        return {"failed": f"it takes images of {model.input_shape[1:]}, goodnet says {shape}", "loaded": True}
    scores = np.asarray(model(images(shape), training=False), dtype=np.float32)
    if scores.ndim != 2:
        return {"failed": f"it answers {scores.shape[1:]} for an image", "loaded": True}
    if not np.isfinite(scores).all():
        return {"failed": "it answers what is no finite number", "loaded": True}
    if scores.shape[1] == 1:
        classes, tied = scores[:, 0] > 0.5, np.abs(scores[:, 0] - 0.5) < TIE * 0.5
    else:
        second, first = np.sort(scores, axis=1)[:, -2:].T
        classes, tied = scores.argmax(1), first - second <= TIE * np.abs(first)
    return {"classes": classes.astype(int).tolist(), "tied": np.flatnonzero(tied).tolist(), "scores": scores.ravel().tolist()}


def load(task):
    if not task.get("architecture"):
        return keras.models.load_model(task["path"], compile=False)
    with open(task["architecture"]) as file:
        model = keras.models.model_from_json(file.read())
    model.load_weights(task["path"])
    return model


def reply(value):
    out.write(json.dumps(value) + "\n")
    out.flush()


warnings.simplefilter("ignore")
gc.freeze()
reply({"ready": keras.__version__})
for number, line in enumerate(sys.stdin, 1):
    try:
        reply(answer(json.loads(line)))
    except Exception as error:
        reply({"failed": f"{type(error).__name__}: {str(error)[:300]}"})
    if number % LOADS_PER_SESSION == 0:
        keras.backend.clear_session()
