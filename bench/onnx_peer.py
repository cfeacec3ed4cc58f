"""Native onnxruntime as a peer: the same net as an ONNX file, made with onnx.helper of a Keras file's weights, on one thread.

    python onnx_peer.py lab LAB IMAGES SECONDS [FILE]     the lab's net
    python onnx_peer.py net FILE IMAGES SECONDS           a net that Keras 3 reads

Before it is timed it has to answer what Keras answers; the last FILE gets the net. Prints images a second of processor time, and how far apart the two are, as JSON.
"""
import json
import os
import sys
import time

os.environ.update(CUDA_VISIBLE_DEVICES="", TF_CPP_MIN_LOG_LEVEL="3")

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper


class Graph:
    """N,C,H,W throughout: images are given so, and turned once before a Flatten."""

    def __init__(self):
        self.nodes, self.weights = [], []

    def constant(self, values, dtype="float32"):
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(values, dtype), name))
        return name

    def add(self, kind, inputs, **options):
        name = f"y{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], **options))
        return name

    def activated(self, name, x):
        if name == "linear":
            return x
        if name in ("swish", "silu"):
            return self.add("Mul", [x, self.add("Sigmoid", [x])])
        if name == "relu6":
            return self.add("Clip", [x, self.constant(0), self.constant(6)])
        return self.add({"relu": "Relu", "softmax": "Softmax", "sigmoid": "Sigmoid"}[name], [x])

    def layer(self, layer, xs):
        kind, x = type(layer).__name__, xs[0]
        weights = [np.asarray(weight) for weight in layer.get_weights()]
        activation = getattr(getattr(layer, "activation", None), "__name__", "linear")
        padding = {"same": "SAME_UPPER", "valid": "VALID"}.get(getattr(layer, "padding", None))
        if kind in ("Conv2D", "DepthwiseConv2D"):
            kernel = weights[0].transpose(3, 2, 0, 1) if kind == "Conv2D" else weights[0].transpose(2, 3, 0, 1)
            groups = 1 if kind == "Conv2D" else kernel.shape[0]
            given = [x, self.constant(kernel)] + ([self.constant(weights[1])] if layer.use_bias else [])
            y = self.add("Conv", given, strides=layer.strides, auto_pad=padding, group=groups)
            return self.activated(activation, y)
        if kind == "Dense":
            given = [x, self.constant(weights[0])] + ([self.constant(weights[1])] if layer.use_bias else [])
            return self.activated(activation, self.add("Gemm", given))
        if kind == "BatchNormalization":
            gamma = weights.pop(0) if layer.scale else np.ones_like(weights[0])
            beta = weights.pop(0) if layer.center else np.zeros_like(weights[0])
            return self.add("BatchNormalization", [x, *map(self.constant, (gamma, beta, *weights))], epsilon=layer.epsilon)
        if kind == "MaxPooling2D":
            return self.add("MaxPool", [x], kernel_shape=layer.pool_size, strides=layer.strides, auto_pad=padding)
        if kind == "GlobalAveragePooling2D":
            return self.add("Flatten", [self.add("GlobalAveragePool", [x])])
        if kind == "Flatten":
            return self.add("Flatten", [self.add("Transpose", [x], perm=[0, 2, 3, 1])])
        if kind == "ZeroPadding2D":
            (top, bottom), (left, right) = layer.padding
            return self.add("Pad", [x, self.constant([0, 0, top, left, 0, 0, bottom, right], "int64")])
        if kind == "Reshape":  # of a vector to one pixel
            assert layer.target_shape[:2] == (1, 1), layer.target_shape
            return self.add("Reshape", [x, self.constant([0, layer.target_shape[2], 1, 1], "int64")])
        if kind == "Rescaling":
            scale, offset = (np.reshape(value, (1, -1, 1, 1)) for value in (layer.scale, layer.offset))
            return self.add("Add", [self.add("Mul", [x, self.constant(scale)]), self.constant(offset)])
        if kind == "Normalization":
            mean, variance = (np.reshape(np.asarray(value), (1, -1, 1, 1)) for value in (layer.mean, layer.variance))
            below = np.maximum(np.sqrt(variance), 1e-7)
            return self.add("Div", [self.add("Sub", [x, self.constant(mean)]), self.constant(below)])
        if kind == "ReLU":
            return self.activated("relu" if layer.max_value is None else {6: "relu6"}[layer.max_value], x)
        if kind in ("Add", "Multiply"):
            return self.add({"Add": "Add", "Multiply": "Mul"}[kind], xs)
        if kind == "Activation":
            return self.activated(activation, x)
        assert kind == "Dropout", kind
        return x


def converted(net, output):
    """The net up to one of its tensors as ONNX, layer by layer; tensors are known by what Keras calls them."""
    graph, names = Graph(), {}
    key = (lambda tensor: tensor.name) if net.__module__.startswith("tf_keras") else id
    for layer in net.layers:
        if type(layer).__name__ == "InputLayer":
            names[key(layer.output)] = "images"
            continue
        given = layer.input if isinstance(layer.input, list) else [layer.input]
        names[key(layer.output)] = graph.layer(layer, [names[key(tensor)] for tensor in given])
    height, width, channels = net.input_shape[1:]
    images = helper.make_tensor_value_info("images", TensorProto.FLOAT, ["n", channels, height, width])
    answer = helper.make_tensor_value_info(names[key(output)], TensorProto.FLOAT, ["n", output.shape[-1]])
    made = helper.make_graph(graph.nodes, "net", [images], [answer], graph.weights)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    return model


def session_of(model):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


mode, place, count, least = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
if mode == "lab":
    import tf_keras as keras

    net = keras.models.load_model(f"{place}/prunednet_X=2.h5", compile=False)
    net.load_weights(f"{place}/bd_weights.h5")
else:
    import keras

    net = keras.models.load_model(place, compile=False)
images = np.random.default_rng(1).integers(0, 256, (count, *net.input_shape[1:])).astype("float32")
turned = np.ascontiguousarray(images.transpose(0, 3, 1, 2))
model = converted(net, net.output)
session = session_of(model)
few, apart = min(count, 8), 0
hidden = net.layers[-2].output  # scores of random weights tell little: of a softmax they are near 1 / n, or 0 and 1
for output, asked in ((hidden, session_of(converted(net, hidden))), (net.output, session)):
    expected = keras.Model(net.input, output).predict(images[:few], verbose=0)
    answered = asked.run(None, {"images": turned[:few]})[0]
    apart = max(apart, float(np.abs(expected - answered).max() / np.abs(expected).max()))
assert apart < 1e-3, f"onnxruntime answers {answered[0]}, Keras {expected[0]}"
if len(sys.argv) > 5:
    onnx.save(model, sys.argv[5])

session.run(None, {"images": turned})
passes, began = 0, time.process_time()
while time.process_time() - began < least:
    session.run(None, {"images": turned})
    passes += 1
print(json.dumps({"rate": passes * count / (time.process_time() - began), "apart": apart, "onnxruntime": onnxruntime.__version__}))
