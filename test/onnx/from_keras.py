"""Keras nets of the reference and the examples again as ONNX: each layer as the nodes that PyTorch would write of it, called as the layer.
Needs onnx, numpy and h5py. Run from the repository's root: python test/onnx/from_keras.py ../shared/golden"""
import json
import pathlib
import sys

import h5py
import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper, save

root = pathlib.Path(__file__).parent.parent.parent
folder = root / "test" / "fixtures" / "onnx-golden"


class Graph:
    def __init__(self, file):
        with h5py.File(file) as h5:
            self.layers = json.loads(h5.attrs["model_config"])["config"]["layers"]
            self.weights = {}
            h5["model_weights"].visititems(self.keep)
        self.nodes, self.initializers, self.tensors, self.shapes = [], [], {}, {}

    def keep(self, path, item):
        if isinstance(item, h5py.Dataset):
            parts = path.split("/")
            self.weights[parts[0], parts[-1].removesuffix(":0")] = item[()]

    def tensor(self, name, values):
        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(values, np.float32), name))
        return name

    def node(self, operator, name, inputs, **attributes):
        self.nodes.append(helper.make_node(operator, inputs, [f"{name}.out"], name=name, **attributes))
        return f"{name}.out"

    def weight(self, layer, weight):
        return self.weights[layer, weight]

    def activated(self, name, kind, at, inner=True):
        operator = {"relu": "Relu", "softmax": "Softmax"}.get(kind)
        if operator is None:
            return at
        return self.node(operator, f"{name}/{kind}" if inner else name, [at], **({"axis": 1} if kind == "softmax" else {}))

    def conv(self, layer, config, at, kernel, bias, size, strides, suffix="", **attributes):
        name = config["name"] + suffix
        inputs = [at, self.tensor(f"{name}.weight", kernel)]
        if bias is not None:
            inputs.append(self.tensor(f"{name}.bias", bias))
        pads = []
        for axis in (0, 1):
            length, kernel_size, stride = size[axis], kernel.shape[2 + axis], strides[axis]
            total = max(0, (-(-length // stride) - 1) * stride + kernel_size - length)
            pads.append((total // 2, total - total // 2) if config["padding"] == "same" else (0, 0))
        flat = [pads[0][0], pads[1][0], pads[0][1], pads[1][1]]
        answer = self.node("Conv", name, inputs, pads=flat, strides=strides, **attributes)
        reach = [size[i] + sum(pads[i]) - kernel.shape[2 + i] for i in (0, 1)]
        return answer, [kernel.shape[0], *(reach[i] // strides[i] + 1 for i in (0, 1))]

    def layer(self, entry, before):
        kind, config = entry["class_name"], entry["config"]
        name = config["name"]
        at, shape = before[0]
        bias = self.weights.get((name, "bias"))
        if kind == "Conv2D":
            kernel = self.weight(name, "kernel").transpose(3, 2, 0, 1)
            at, shape = self.conv(kind, config, at, kernel, bias, shape[1:], config["strides"])
            return self.activated(name, config["activation"], at), shape
        if kind == "SeparableConv2D":
            depthwise = self.weight(name, "depthwise_kernel").transpose(2, 3, 0, 1)
            depthwise = depthwise.reshape(-1, 1, *depthwise.shape[2:])
            at, shape = self.conv(kind, config, at, depthwise, None, shape[1:], config["strides"], "/depthwise", group=shape[0])
            pointwise = self.weight(name, "pointwise_kernel").transpose(3, 2, 0, 1)
            return self.conv(kind, config, at, pointwise, bias, shape[1:], [1, 1])
        if kind == "BatchNormalization":
            names = [("gamma", "weight"), ("beta", "bias"), ("moving_mean", "mean"), ("moving_variance", "var")]
            inputs = [self.tensor(f"{name}.{ours}", self.weight(name, theirs)) for theirs, ours in names]
            return self.node(kind, name, [at, *inputs], epsilon=config["epsilon"]), shape
        if kind == "MaxPooling2D":
            size = config["pool_size"]
            at = self.node("MaxPool", name, [at], kernel_shape=size, strides=config["strides"])
            return at, [shape[0], *((shape[i + 1] - size[i]) // config["strides"][i] + 1 for i in (0, 1))]
        if kind == "ReLU":
            return self.node("Relu", name, [at]), shape
        if kind == "Activation":
            return self.activated(name, config["activation"], at, inner=False), shape
        if kind == "LeakyReLU":
            return self.node("LeakyRelu", name, [at], alpha=config.get("alpha", config.get("negative_slope"))), shape
        if kind == "Add":
            return self.node(kind, name, [at for at, _ in before]), shape
        if kind == "Concatenate":
            return self.node("Concat", name, [at for at, _ in before], axis=1), [sum(shape[0] for _, shape in before)]
        if kind in ("GlobalAveragePooling2D", "GlobalMaxPooling2D"):
            at = self.node(kind.replace("ing2D", "").replace("Pooling", "Pool"), name, [at])
            return self.node("Flatten", f"{name}/flatten", [at]), shape[:1]
        if kind == "Flatten":
            return self.node(kind, name, [at]), shape
        if kind == "Dropout":
            return at, shape
        if kind == "Dense":
            kernel = self.weight(name, "kernel")
            if len(shape) == 3:  # Keras flattens rows, columns, channels; ONNX channels first
                channels, rows, columns = shape
                kernel = kernel.reshape(rows, columns, channels, -1).transpose(2, 0, 1, 3).reshape(kernel.shape)
            inputs = [at, self.tensor(f"{name}.weight", kernel.T), self.tensor(f"{name}.bias", bias)]
            at = self.node("Gemm", name, inputs, transB=1)
            return self.activated(name, config["activation"], at), [kernel.shape[1]]
        raise ValueError(kind)

    def model(self):
        last = None
        for entry in self.layers:
            name, config = entry["config"]["name"], entry["config"]
            if entry["class_name"] == "InputLayer":
                shape = config.get("batch_shape") or config["batch_input_shape"]
                last = self.tensors[name] = (name, [shape[3], *shape[1:3]])
                image = helper.make_tensor_value_info(name, TensorProto.FLOAT, ["images", *last[1]])
                continue
            inbound = entry.get("inbound_nodes")
            before = [self.tensors[inner[0]] for inner in inbound[0]] if inbound and isinstance(inbound[0], list) else [last]
            last = self.tensors[name] = self.layer(entry, before)
        scores = helper.make_tensor_value_info(last[0], TensorProto.FLOAT, ["images", last[1][0]])
        graph = helper.make_graph(self.nodes, "badnet", [image], [scores], self.initializers)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        checker.check_model(model, full_check=True)
        return model


def main(golden):
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("mnist-badnet", "mnist-resnet"):
        save(Graph(golden / name / "badnet.h5").model(), folder / f"{name}.onnx")
    save(Graph(root / "examples" / "badnet.h5").model(), folder / "examples.onnx")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
