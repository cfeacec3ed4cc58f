"""Makes the files that are mutated, with both Kerases: python seeds.py FOLDER. The list of them is FOLDER/seeds.json."""

import json
import os
import shutil
import sys
from pathlib import Path

os.environ.update(CUDA_VISIBLE_DEVICES="", TF_CPP_MIN_LOG_LEVEL="3", KERAS_BACKEND="tensorflow")

import h5py
import keras
import tf_keras

from dialects import rewrite
from nets import nets

FOLDER = Path(sys.argv[1])
seeds = []


def add(net, source, ending, layout, architecture=None):
    """Lists a file: `layout` is how it keeps weights, `source` the Keras it is from. Answers where it is to be written."""
    path = FOLDER / f"{net}.{source}{ending}"
    seeds.append({"name": path.name, "net": net, "source": source, "ending": ending, "layout": layout, "architecture": architecture and architecture.name})
    return path


def write(library, source):
    for net, model in nets(library):
        whole = FOLDER / f"{net}.{source}.h5"
        model.save(whole)
        if source != "keras3" or net not in ("reckoned", "operated"):  # operations, which Keras 3 itself does not load from there
            add(net, source, ".h5", "legacy")
        model.save(add(net, source, ".keras", "counted"))
        architecture = FOLDER / f"{net}.{source}.json"
        architecture.write_text(model.to_json())
        model.save_weights(add(net, source, ".weights.h5", "counted", architecture))
        only = add(net, f"{source}.only", ".h5", "legacy", architecture)
        if library is tf_keras:
            model.save_weights(only)
            for dialect in ("keras22", "tf1"):
                old = add(net, dialect, ".h5", "legacy")
                shutil.copy(FOLDER / f"{net}.{source}.h5", old)
                rewrite(old, dialect)
        else:
            with h5py.File(FOLDER / f"{net}.{source}.h5") as whole, h5py.File(only, "w") as file:
                for name in whole["model_weights"]:
                    whole.copy(f"model_weights/{name}", file)
                for name, value in whole["model_weights"].attrs.items():
                    file.attrs[name] = value


write(tf_keras, "tf")
write(keras, "keras3")
(FOLDER / "seeds.json").write_text(json.dumps(seeds, indent=1))
print(f"{len(seeds)} seeds")
