"""Writes nets of small whole numbers, whose scores often tie, and images for them: what a GoodNet answers where they tie is its first maximum.

    python prepare_ties.py WORK    makes WORK/NAME.onnx and WORK/NAME.h5; then, in WORK, for each NAME
    goodnet defend NAME.onnx --clean NAME.h5 --out NAME && python check_models.py NAME
"""

import sys
from pathlib import Path

import h5py
import numpy as np
import onnx
import onnxruntime
from nets import Net


def whole(net, name, *shape):
    return net.constant(name, net.random.integers(-1, 2, shape).astype(np.float32))


def ties(classes, opset, ir, seed):
    net = Net(3, 4, 4, seed=seed)
    net.node("Conv", whole(net, "conv.weight", 6, 3, 1, 1), whole(net, "conv.bias", 6))
    net.node("Relu")
    net.node("MaxPool", kernel_shape=[2, 2], strides=[2, 2])
    if opset < 9:
        ones = [net.constant(f"bn.{name}", np.full(6, value, np.float32)) for name, value in (("w", 1), ("b", 0), ("m", 0), ("v", 1))]
        net.node("BatchNormalization", *ones, epsilon=1e-30)
    net.node("Flatten")
    net.node("Gemm", whole(net, "fc.weight", 24, classes), whole(net, "fc.bias", classes))
    if classes == 1:
        net.node("Sigmoid")
    return net.model(classes, opset, ir)


def main(work):
    work.mkdir(parents=True, exist_ok=True)
    for name, model in {"ties": ties(5, 17, 8, 3), "ties_opset7": ties(4, 7, 3, 4), "ties_sigmoid": ties(1, 13, 7, 5)}.items():
        images = np.random.default_rng(1).integers(-1, 2, (800, 3, 4, 4)).astype(np.float32)
        scores = onnxruntime.InferenceSession(model.SerializeToString()).run(None, {"image": images})[0]
        classes = (scores[:, 0] > 0.5).astype(np.int64) if scores.shape[1] == 1 else scores.argmax(1)
        best = np.sort(scores, 1)
        tied = (scores == 0.5).sum() if scores.shape[1] == 1 else (best[:, -1] == best[:, -2]).sum()
        print(f"{name}: {tied} of {len(images)} images tie")
        assert tied > 30
        onnx.save(model, work / f"{name}.onnx")
        with h5py.File(work / f"{name}.h5", "w") as file:
            file["data"], file["label"] = images, classes


main(Path(sys.argv[1]))
