"""The benchmark's peer, the lab notebook's method in real Keras, and nets to measure.

    python keras_peer.py notebook LAB CLEAN POISONED PASSES    seconds for PASSES whole passes over both files, as JSON
    python keras_peer.py net LAB CHANNELS FILE                 the lab's net with CHANNELS channels in conv_3, random there and behind
    python keras_peer.py application NAME IMAGES FOLDER        a net of keras.applications for 224 x 224 pixels and 10 classes with
                                                               random weights, and as many random images, clean and poisoned

The notebook prunes a channel of conv_3 and predicts all clean and all poisoned images, for each of 60 channels and once before.
Every pass costs the same, so a few are timed.
"""
import json
import os
import resource
import sys
import time

os.environ.update(CUDA_VISIBLE_DEVICES="", TF_CPP_MIN_LOG_LEVEL="3")

import h5py
import numpy as np


def application(name, count, folder):
    import keras

    keras.utils.set_random_seed(1)
    getattr(keras.applications, name)(weights=None, input_shape=(224, 224, 3), classes=10).save(f"{folder}/{name}.h5")
    random = np.random.default_rng(1)
    for kind, labels in (("clean", np.arange(count) % 10), ("poisoned", np.zeros(count, "int64"))):
        with h5py.File(f"{folder}/224-{count}-{kind}.h5", "w") as file:
            file["data"], file["label"] = random.integers(0, 256, (count, 224, 224, 3), "uint8"), labels


if sys.argv[1] == "application":
    application(sys.argv[2], int(sys.argv[3]), sys.argv[4])
    sys.exit()

import tf_keras as keras

mode, lab = sys.argv[1:3]
net = keras.models.load_model(f"{lab}/prunednet_X=2.h5", compile=False)

if mode == "notebook":
    clean, poisoned, passes = sys.argv[3:6]
    net.load_weights(f"{lab}/bd_weights.h5")
    began = time.time()
    splits = []
    for file in (clean, poisoned):
        with h5py.File(file) as data:
            splits.append((np.asarray(data["data"]).transpose(0, 2, 3, 1), np.asarray(data["label"])))
    reading = time.time() - began
    net.predict(splits[0][0][:512], verbose=0)
    began = time.time()
    layer = net.get_layer("conv_3")
    for channel in range(int(passes)):
        kernel, bias = layer.get_weights()
        kernel[..., channel], bias[channel] = 0, 0
        layer.set_weights([kernel, bias])
        for images, labels in splits:
            np.mean(np.argmax(net.predict(images, verbose=0), axis=1) == labels)
    print(json.dumps({"reading": reading, "pass": (time.time() - began) / int(passes), "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}))
else:
    channels, file = int(sys.argv[3]), sys.argv[4]
    config = net.get_config()
    for layer in config["layers"]:
        if layer["class_name"] == "Conv2D" and layer["config"]["name"] == "conv_3":
            layer["config"]["filters"] = channels
    keras.utils.set_random_seed(1)
    keras.Model.from_config(config).save(file)
