"""Repairs the reference's BadNets by training, and scores the repaired files in real Keras.

    python retrained.py REFERENCE WORK CLI

Every figure of the report has to be Keras's own: of fine-pruned and unlearned nets, and of their GoodNets, on test images. And the nets are to be
repaired: the last line is `N passed, N failed`. Exits 1 if a check failed.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

os.environ.update(CUDA_VISIBLE_DEVICES="", TF_CPP_MIN_LOG_LEVEL="3")

import h5py
import keras
import numpy as np
import tf_keras

REFERENCE, WORK, CLI = (Path(each).resolve() for each in sys.argv[1:])
BACKDOORED = ("golden/mnist-badnet", "golden/mnist-resnet", "repair/twotrig")
results = []


def check(name, ok, detail=""):
    results.append(bool(ok))
    print(f"{'ok  ' if ok else 'FAIL'} {name} {detail}", flush=True)


def images(file, expected):
    """The images as the net takes them, and their labels."""
    with h5py.File(file) as stored:
        data, labels = stored["data"][:], stored["label"][:].astype("int64")
    if expected["layout"] == "NCHW":
        data = data.transpose(0, 2, 3, 1)
    return (data.astype("float64") * expected["scale"]).astype("float32"), labels


def defended(name, expected):
    folder, out = REFERENCE / name, WORK / name.replace("/", "-")
    command = ["node", CLI, "defend", "badnet.h5", "--clean", "clean_valid.h5", "--poisoned", "poisoned_valid.h5"]
    command += ["--test-clean", "clean_test.h5", "--test-poisoned", "poisoned_test.h5", "--out", out, "--layout", expected["layout"]]
    command += ["--scale", str(expected["scale"]), "--defenses", "pruning,fine-pruning,unlearning", "--checkpoints", "4"]
    subprocess.run([str(part) for part in command], cwd=folder, check=True, capture_output=True)
    return out, json.loads((out / "report.json").read_text())["models"][0]


for name in BACKDOORED:
    expected = json.loads((REFERENCE / name / "expected.json").read_text())
    out, report = defended(name, expected)
    test = [images(REFERENCE / name / f"{kind}_test.h5", expected) for kind in ("clean", "poisoned")]
    native = keras if str(expected.get("keras", "3")).startswith("3") else tf_keras
    original = report["candidates"][0]["test"]
    for candidate in report["candidates"]:
        stage, kind, figures = candidate.get("stage", ""), candidate["kind"], candidate["test"]
        if not stage.startswith(("finepruned", "unlearned")):
            continue
        net = native.models.load_model(out / candidate["file"], compile=False)
        counts = [int((np.argmax(net.predict(x, batch_size=500, verbose=0), 1) == y).sum()) for x, y in test]
        found = [figures["correct"], sum(figures["hits"].values())]
        check(f"{name}: {kind} {stage} is what Keras loads", counts == found, f"{counts} {found}")
        if kind == "fine-pruned":
            check(f"{name}: {stage} lowers ASR", figures["maxAsr"] < original["maxAsr"], figures["maxAsr"])
        if stage == "unlearned_2" and kind == "unlearned":
            check(f"{name}: the backdoor is unlearned", figures["maxAsr"] <= 6, figures["maxAsr"])
            check(f"{name}: the accuracy holds", figures["accuracyDrop"] <= 3.5, figures["accuracyDrop"])
    targets = expected.get("targets", [expected.get("target")])
    first = report["unlearning"]["rounds"][0]["unlearned"]
    check(f"{name}: the targets are among the three smallest masks", set(targets) <= set(first), f"{targets} {first}")

print(f"{sum(results)} passed, {len(results) - sum(results)} failed")
sys.exit(not all(results))
