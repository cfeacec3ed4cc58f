"""Legacy files as older Kerases wrote them, made from one of today's."""

import json

import h5py
import numpy as np


def rewrite(path, dialect):
    """Turns the full model at `path`, written by tf-keras, into a file of Keras 2.2 or of TensorFlow 1.x."""
    with h5py.File(path, "r+") as file:
        config = older(json.loads(file.attrs["model_config"]), dialect)
        file.attrs["model_config"] = np.bytes_(json.dumps(config))
        groups = [file, file["model_weights"]]
        for group in groups:
            group.attrs["keras_version"] = np.bytes_({"keras22": "2.2.2", "tf1": "2.2.4-tf"}[dialect])
            group.attrs["backend"] = np.bytes_("tensorflow")
        file["model_weights"].attrs["layer_names"] = [np.bytes_(name) for name in file["model_weights"].attrs["layer_names"]]
        for group in file["model_weights"].values():
            if "weight_names" in group.attrs and len(group.attrs["weight_names"]):
                group.attrs["weight_names"] = [np.bytes_(name) for name in group.attrs["weight_names"]]


def older(net, dialect):
    """The config of a net as that Keras wrote it."""
    name = {"Functional": "Model"}.get(net["class_name"], net["class_name"])
    config = net["config"]
    layers = [older(layer, dialect) if layer["class_name"] in ("Functional", "Sequential") else plain(layer) for layer in config["layers"]]
    if name == "Sequential":
        layers = [layer for layer in layers if layer["class_name"] != "InputLayer"]
        shape = next(layer["config"]["batch_input_shape"] for layer in config["layers"] if layer["class_name"] == "InputLayer")
        layers[0]["config"] = {"name": layers[0]["config"].pop("name"), "trainable": True, "batch_input_shape": shape, **layers[0]["config"]}
        if dialect == "keras22" and "inbound_nodes" not in net:
            return {"class_name": name, "config": layers}
    config = {"name": config["name"], **{key: value for key, value in config.items() if key not in ("name", "trainable", "layers")}, "layers": layers}
    return {**net, "class_name": name, "config": config}


def plain(layer):
    """Options that came later are left out."""
    late = ("groups", "ragged", "keepdims", "synchronized")
    return {**layer, "config": {key: value for key, value in layer["config"].items() if key not in late}}
