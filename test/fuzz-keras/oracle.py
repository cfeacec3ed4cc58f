"""Loads the files it is told of with a real Keras and answers what the nets say: python oracle.py keras3|tf_keras.

Reads a line of JSON for each file: {path, shape, architecture, calls, predict}. Answers {classes, scores, tied} or {failed}.
With `calls` the net must answer alike however it is called; `predict`, which takes long, is asked for one file of some, and with `predict`.
"""

import gc
import json
import os
import sys
import warnings

os.environ.update(CUDA_VISIBLE_DEVICES="", TF_CPP_MIN_LOG_LEVEL="3", KERAS_BACKEND="tensorflow")
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

from images import alone, images, scores_of, shape_of

# Scores this close to each other, relative to the higher one, may be told apart otherwise by other rounding.
TIE = 1e-5
LOADS_PER_SESSION = 50
PREDICT_EACH = 5


def answer(task, number):
    model = load(task)
    shape = tuple(task["shape"])
    if shape_of(model) != shape:
        return {"failed": f"it takes images of {shape_of(model)}, goodnet says {shape}", "loaded": True}
    given = images(shape)
    scores = scores_of(model, given)
    if scores.ndim != 2:
        return {"failed": f"it answers {scores.shape[1:]} for an image", "loaded": True}
    if not np.isfinite(scores).all():
        return {"failed": "it answers what is no finite number", "loaded": True}
    classes, tied = told_apart(scores)
    for how, others in calls(model, given, scores.shape[1], task.get("predict") or number % PREDICT_EACH == 0) if task.get("calls") else ():
        count = len(others)
        differ = np.flatnonzero((told_apart(others)[0] != classes[:count]) & ~tied[:count])
        if differ.size:
            return {"failed": f"called by {how} it gives {differ.size} images another class", "loaded": True}
    return {"classes": classes.astype(int).tolist(), "tied": np.flatnonzero(tied).tolist(), "scores": scores.ravel().tolist()}


def told_apart(scores):
    """The classes, and which images are tied."""
    if scores.shape[1] == 1:
        return scores[:, 0] > 0.5, np.abs(scores[:, 0] - 0.5) < TIE * 0.5
    second, first = np.sort(scores, axis=1)[:, -2:].T
    return scores.argmax(1), first - second <= TIE * np.abs(first)


def calls(model, given, outputs, predicts):
    """Keras 3 adds otherwise where the batch has as many images as an axis has numbers."""
    yield "net(images)", alone(model(given))
    for size in sorted({1, outputs, max(1, outputs - 1)}):
        starts = range(0, min(len(given), 4 * size), size)
        yield f"net of {size} images", np.concatenate([alone(model(given[at : at + size])) for at in starts])
    if predicts:
        try:
            yield "predict", alone(model.predict(given, verbose=0))
        except ValueError as error:  # names that a graph of TensorFlow cannot have
            if "scope name" not in str(error) and not isinstance(error, UnicodeError):
                raise


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
        reply(answer(json.loads(line), number))
    except Exception as error:
        reply({"failed": f"{type(error).__name__}: {str(error)[:300]}"})
    if number % LOADS_PER_SESSION == 0:
        keras.backend.clear_session()
