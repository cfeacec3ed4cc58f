"""Makes test/fixtures/onnx: a small net for each operator, and what onnxruntime answers to images of noise.
Needs onnx, onnxruntime and numpy. Run from the repository's root: python test/onnx/make_fixtures.py"""
import base64
import gzip
import json
import pathlib

import numpy as np
import onnx
import onnxruntime

from operators import nets

folder = pathlib.Path(__file__).parent.parent / "fixtures" / "onnx"


def packed(array):
    return base64.b64encode(np.ascontiguousarray(array, np.float32).tobytes()).decode()


def figures(model, name):
    """Three images, and their scores."""
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(model.SerializeToString(), options)
    given = session.get_inputs()[0]
    shape = [3 if not isinstance(size, int) else size for size in given.shape]
    images = np.random.default_rng(len(name)).normal(size=shape).astype(np.float32)
    scores = session.run(None, {given.name: images})[0]
    assert np.isfinite(scores).all() and scores.std() > 1e-3, name
    return {"shape": shape, "images": packed(images), "scores": packed(scores)}


def main():
    folder.mkdir(parents=True, exist_ok=True)
    found = {}
    for name, model in nets().items():
        onnx.save(model, folder / f"{name}.onnx")
        found[name] = figures(model, name)
    text = json.dumps(found, sort_keys=True).encode()
    (folder / "figures.json.gz").write_bytes(gzip.compress(text, mtime=0))
    print(f"{len(found)} nets")


main()
