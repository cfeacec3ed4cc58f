"""Small ONNX nets by hand: nodes on an image of channels, rows and columns, weights from a seed."""
import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper


class Net:
    """A graph in the making: each node is named, and reads the one before it unless it is told what to read."""

    def __init__(self, channels=3, rows=8, columns=8, seed=1, batch="images"):
        self.random = np.random.default_rng(seed)
        self.nodes, self.initializers, self.at = [], [], "image"
        self.image = [batch, channels, rows, columns]
        self.counts = {}

    def weight(self, name, *shape, low=-0.5, high=0.5):
        values = self.random.uniform(low, high, shape).astype(np.float32)
        return self.constant(name, values)

    def constant(self, name, values, dtype=None):
        array = np.asarray(values, dtype or np.asarray(values).dtype)
        if array.dtype == np.float64:
            array = array.astype(np.float32)
        self.initializers.append(numpy_helper.from_array(array, name))
        return name

    def node(self, operator, *others, reads=None, outputs=1, **attributes):
        count = self.counts[operator] = self.counts.get(operator, 0) + 1
        name = f"{operator.lower()}_{count}"
        inputs = [self.at] if reads is None else list(reads)
        answers = [name if i == 0 else f"{name}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(operator, [*inputs, *others], answers, name=f"node_{name}", **attributes))
        self.at = answers[0]
        return self.at if outputs == 1 else answers

    def conv(self, filters, channels, size=3, bias=True, groups=1, reads=None, **attributes):
        count = self.counts.get("Conv", 0) + 1
        names = [self.weight(f"conv{count}.weight", filters, channels // groups, size, size)]
        if bias:
            names.append(self.weight(f"conv{count}.bias", filters))
        attributes = {"group": groups, **attributes} if groups > 1 else attributes
        return self.node("Conv", *names, reads=reads, **attributes)

    def gemm(self, features, units, **attributes):
        count = self.counts.get("Gemm", 0) + 1
        names = [self.weight(f"fc{count}.weight", units, features), self.weight(f"fc{count}.bias", units)]
        return self.node("Gemm", *names, transB=1, **attributes)

    def scores(self, features, classes=3):
        self.node("Flatten")
        return self.gemm(features, classes)

    def model(self, classes, opset=17, ir=8):
        batch = self.image[0]
        image = helper.make_tensor_value_info("image", TensorProto.FLOAT, self.image)
        scores = helper.make_tensor_value_info(self.at, TensorProto.FLOAT, [batch, classes])
        # Before IR version 4 initializers are inputs, too.
        inputs = [helper.make_tensor_value_info(t.name, t.data_type, t.dims) for t in self.initializers if ir < 4]
        graph = helper.make_graph(self.nodes, "net", [image, *inputs], [scores], self.initializers)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=ir)
        checker.check_model(model, full_check=True)
        return model
