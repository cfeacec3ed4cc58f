"""Exports torchvision's nets, and the PreAct-ResNet18 of BackdoorBench, by both of PyTorch's exporters, and keeps their graphs without their weights.
What a test fills them with follows from a seed (`filled`), and so do the figures of onnxruntime, on the whole net and on one with the first
half of a layer's channels pruned.
Needs torch, torchvision, onnxscript, onnx and onnxruntime. Run from the repository's root: python test/onnx/make_torchvision.py"""
import base64
import gzip
import io
import json
import pathlib
import sys
import warnings

import numpy as np
import onnx
import onnxruntime
import torch
import torchvision
from onnx import numpy_helper
from torch import nn

root = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(root / "scripts"))
from preact_resnet18 import PreActResNet18  # noqa: E402

folder = root / "test" / "fixtures" / "onnx-torchvision"


def vgg():
    """VGG11 for small images: one product behind the last pooling."""
    net = torchvision.models.vgg11_bn(num_classes=10)
    net.avgpool, net.classifier = nn.Identity(), nn.Linear(512, 10)
    return net


models = torchvision.models
# Each net, the side of its images, and the layer that goodnet prunes when none is named, by both exporters.
nets = {
    "resnet18": (lambda: models.resnet18(num_classes=10), 32),
    "resnet50": (lambda: models.resnet50(num_classes=10), 32),
    "vgg11_bn": (vgg, 32),
    "mobilenet_v2": (lambda: models.mobilenet_v2(num_classes=10), 32),
    "mobilenet_v3": (lambda: models.mobilenet_v3_small(num_classes=10), 64),
    "densenet121": (lambda: models.densenet121(num_classes=10), 64),
    "googlenet": (lambda: models.googlenet(num_classes=10, aux_logits=False, init_weights=False), 64),
    "squeezenet": (lambda: models.squeezenet1_1(num_classes=10), 64),
    "shufflenet_v2": (lambda: models.shufflenet_v2_x1_0(num_classes=10), 64),
    "efficientnet_b0": (lambda: models.efficientnet_b0(num_classes=10), 64),
    "regnet": (lambda: models.regnet_y_400mf(num_classes=10), 64),
    "preact_resnet18": (PreActResNet18, 32),
}


def trained(net):
    """As training leaves a net, no two weights alike: exporters keep equal ones once."""
    torch.manual_seed(1)
    with torch.no_grad():
        for name, tensor in net.state_dict().items():
            if tensor.is_floating_point():
                tensor.uniform_(0.5, 1.5) if "var" in name else tensor.uniform_(-0.1, 0.1)
    return net.eval()


def exported(net, side, exporter):
    images = torch.randn(2, 3, side, side)
    file = io.BytesIO()
    if exporter == "dynamo":
        program = torch.onnx.export(net, (images,), dynamo=True, dynamic_shapes=({0: torch.export.Dim("images")},), verbose=False)
        return program.model_proto
    torch.onnx.export(net, images, file, dynamo=False, opset_version=17, input_names=["image"], output_names=["scores"], dynamic_axes={"image": {0: "images"}, "scores": {0: "images"}})
    return onnx.load_from_string(file.getvalue())


def plain(model):
    """Without what exporters say of where they ran."""
    for part in [model, model.graph, *model.graph.node, *model.graph.value_info, *model.graph.initializer, *model.graph.input, *model.graph.output]:
        part.ClearField("doc_string")
        part.ClearField("metadata_props")
    model.graph.ClearField("value_info")
    return model


def draws(seed, count):
    """mulberry32: `count` numbers in 0..1."""
    t = (seed + 0x6D2B79F5 * np.arange(1, count + 1, dtype=np.uint64)).astype(np.uint32)
    with np.errstate(over="ignore"):
        x = (t ^ (t >> 15)) * (t | np.uint32(1))
        x ^= x + (x ^ (x >> 7)) * (x | np.uint32(61))
    return (x ^ (x >> 14)) / 4294967296.0


def is_filled(tensor):
    return tensor.data_type == onnx.TensorProto.FLOAT and int(np.prod(tensor.dims)) >= 8


def filled(model):
    model = onnx.ModelProto.FromString(model.SerializeToString())
    for i, tensor in enumerate(model.graph.initializer):
        if not is_filled(tensor):
            continue
        u = draws(i + 1, int(np.prod(tensor.dims)))
        if len(tensor.dims) > 1:
            values = (2 * u - 1) * np.sqrt(6 / np.prod(tensor.dims[1:]))
        elif "var" in tensor.name or tensor.name.endswith("weight"):
            values = 0.5 + u
        else:
            values = 0.1 * (2 * u - 1)
        tensor.raw_data = values.astype("<f4").tobytes()
    return model


def pruned(model, layer):
    """The first half of the channels of a convolution, or of those that a product reads, are zero."""
    model = onnx.ModelProto.FromString(model.SerializeToString())
    weights = {tensor.name: tensor for tensor in model.graph.initializer}
    node = next(node for node in model.graph.node if node.name == layer)
    for name in node.input[1:2] if node.op_type == "Gemm" else node.input[1:]:
        values = numpy_helper.to_array(weights[name]).copy()
        if node.op_type == "Gemm":
            values[:, : values.shape[1] // 2] = 0
        else:
            values[: len(values) // 2] = 0
        weights[name].raw_data = values.tobytes()
    return model


def default_layer(model, name):
    """What goodnet prunes: the last convolution where every path passes it, else what the last product reads."""
    convolutions = [node for node in model.graph.node if node.op_type == "Conv"]
    if name == "squeezenet":  # its last convolution yields the classes, and two before it share the paths
        return convolutions[-4].name
    alone = ("vgg11_bn", "mobilenet_v2", "mobilenet_v3", "shufflenet_v2")
    return convolutions[-1].name if name in alone else [node for node in model.graph.node if node.op_type == "Gemm"][-1].name


def packed(array):
    return base64.b64encode(np.ascontiguousarray(array, np.float32).tobytes()).decode()


def scores(model, images):
    session = onnxruntime.InferenceSession(model.SerializeToString())
    return session.run(None, {session.get_inputs()[0].name: images})[0]


def main():
    warnings.filterwarnings("ignore")
    folder.mkdir(parents=True, exist_ok=True)
    figures = {}
    for name, (build, side) in nets.items():
        for exporter in ("script", "dynamo"):
            model = plain(exported(trained(build()), side, exporter))
            figures[f"{name}.{exporter}"] = kept(model, name, exporter, side)
    (folder / "figures.json").write_text(json.dumps(figures, indent=1) + "\n")


def kept(model, name, exporter, side):
    """Writes the graph without its weights; answers the figures."""
    whole = filled(model)
    for tensor in model.graph.initializer:
        if is_filled(tensor):
            tensor.ClearField("raw_data")
    (folder / f"{name}.{exporter}.onnx.gz").write_bytes(gzip.compress(model.SerializeToString(), mtime=0))
    images = (2 * draws(1, 2 * 3 * side * side) - 1).reshape(2, 3, side, side).astype(np.float32)
    layer = default_layer(model, name)
    print(name, exporter, layer, np.abs(scores(whole, images)).max(), flush=True)
    return {"side": side, "layer": layer, "scores": packed(scores(whole, images)), "pruned": packed(scores(pruned(whole, layer), images))}


if __name__ == "__main__":
    main()
