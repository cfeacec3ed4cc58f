"""Asks real Keras what it answers for the model files in ../shared/field: writes test/fixtures/field.json.

    python make_field.py     needs tensorflow-cpu 2.21, keras 3.15, tf_keras 2.21

Each file: which of the two load it, and its scores for two images whose numbers are sin(0), sin(1), ...
"""

import json
import os
from pathlib import Path

os.environ.update(CUDA_VISIBLE_DEVICES="", TF_CPP_MIN_LOG_LEVEL="3", TF_ENABLE_ONEDNN_OPTS="0")

import keras
import numpy as np
import tf_keras

ROOT = Path(__file__).resolve().parent.parent.parent
FIELD = ROOT.parent / "shared" / "field"
ARCHITECTURES = {"lost-input/net.h5": "lost-input/seq.json"}


def loaded(library, name):
    if name in ARCHITECTURES:
        model = library.models.model_from_json((FIELD / ARCHITECTURES[name]).read_text())
        model.load_weights(FIELD / name)
        return model
    return library.models.load_model(FIELD / name, compile=False)


answers = {}
for file in sorted(path for ending in ("h5", "keras") for path in FIELD.glob(f"*/*.{ending}")):
    name = str(file.relative_to(FIELD))
    if name.startswith("training-true"):  # it answers as chance has it
        continue
    for word, library in (("keras3", keras), ("keras2", tf_keras)):
        try:
            model = loaded(library, name)
            shape = (2, *model.inputs[0].shape[1:])
        except Exception as error:  # another family's file
            print(name, word, str(error).strip().split("\n")[0][:90])
            continue
        scores = model(np.sin(np.arange(np.prod(shape), dtype="float64")).astype("float32").reshape(shape), training=False)
        scores = np.asarray(next(iter(scores.values())) if isinstance(scores, dict) else scores)
        answers.setdefault(name, {})[word] = [[float(f"{score:.7g}") for score in row] for row in scores.tolist()]
lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(each)}" for name, each in answers.items())
(ROOT / "test" / "fixtures" / "field.json").write_text(f"{{\n{lines}\n}}\n")
