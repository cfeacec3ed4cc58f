"""Makes test/fixtures/small: the examples with a few channels of `conv_3` and a quarter of the images, for tests to which the nets do not matter.

Of badnet.h5 the channels that wake at the trigger alone and those that are busiest on clean images are kept, of resistant.h5 the busiest;
what follows them is trained again on clean and poisoned images. So pruning still repairs the one net, and does not repair the other.
"""
import os
from pathlib import Path

os.environ.update(CUDA_VISIBLE_DEVICES="", TF_CPP_MIN_LOG_LEVEL="3", TF_ENABLE_ONEDNN_OPTS="0")

import h5py
import keras
import numpy as np

root = Path(__file__).resolve().parent.parent.parent
examples, folder = root / "examples", root / "test/fixtures/small"
PRUNED, RANKED, AT_TRIGGER = "conv_3", "pool_3", [28, 10, 12, 33]
BUSIEST, IMAGES = 9, 112
EPOCHS = {"badnet": 60, "resistant": 20}


def data(name):
    with h5py.File(examples / f"{name}.h5") as file:
        return file["data"][()], file["label"][()]


def scaled(images):
    return images.transpose(0, 2, 3, 1).astype("float32") / 255


def busiest(net):
    """The channels with the greatest mean activation on clean images."""
    ranked = keras.Model(net.inputs, net.get_layer(RANKED).output).predict(scaled(data("clean_valid")[0]), verbose=0)
    return [int(channel) for channel in np.argsort(ranked.mean((0, 1, 2)))[-BUSIEST:]]


def with_channels(net, channels):
    """The net with these channels of the pruned layer alone."""
    config = net.get_config()
    for layer in config["layers"]:
        layer.pop("build_config", None)
        if layer["config"]["name"] == PRUNED:
            layer["config"]["filters"] = len(channels)
    small = net.__class__.from_config(config)
    positions = np.prod(net.get_layer(RANKED).output.shape[1:3])
    all_channels = net.get_layer(PRUNED).filters
    for layer in small.layers:
        weights = net.get_layer(layer.name).get_weights()
        if layer.name == PRUNED:
            weights = [weights[0][..., channels], weights[1][channels]]
        if layer.name == "fc_1":
            weights = [weights[0].reshape(positions, all_channels, -1)[:, channels].reshape(positions * len(channels), -1), weights[1]]
        layer.set_weights(weights)
    return small


folder.mkdir(exist_ok=True)
clean, poisoned = data("clean_valid"), data("poisoned_valid")
for name, epochs in EPOCHS.items():
    net = keras.models.load_model(examples / f"{name}.h5", compile=False)
    small = with_channels(net, (AT_TRIGGER if name == "badnet" else []) + busiest(net))
    keras.utils.set_random_seed(1)
    for layer in small.layers:
        layer.trainable = layer.name.startswith("fc")
    small.compile(keras.optimizers.Adam(1e-3), "sparse_categorical_crossentropy")
    small.fit(np.concatenate([scaled(clean[0]), scaled(poisoned[0])]), np.concatenate([clean[1], poisoned[1]]), epochs=epochs, verbose=0)
    small.save(folder / f"{name}.h5", include_optimizer=False)
for name in ("clean_valid", "clean_test", "poisoned_valid", "poisoned_test"):
    images, labels = data(name)
    with h5py.File(folder / f"{name}.h5", "w") as file:
        file.create_dataset("data", data=images[:IMAGES], compression="gzip")
        file.create_dataset("label", data=labels[:IMAGES])
