"""Makes the hostile ONNX fixtures, and says in threats.json what each is refused for; and one that is refused when it computes.
Needs onnx and numpy. Run from the repository's root: python test/onnx/make_hostile.py"""
import json
import pathlib

import numpy as np
import onnx
from nets import Net
from onnx import TensorProto, helper, numpy_helper

folder = pathlib.Path(__file__).parent.parent / "fixtures" / "hostile"


def plain():
    net = Net(3, 8, 8)
    net.conv(4, 3)
    net.node("Relu")
    net.scores(144)
    return net.model(3)


def changed(change):
    model = plain()
    change(model)
    return model.SerializeToString()


def node(operator, reads, answers, **attributes):
    return helper.make_node(operator, reads, answers, name=f"a_{operator.lower()}", **attributes)


def before_end(*nodes, having=(), opset=17):
    def change(model):
        model.opset_import[0].version = opset
        model.graph.initializer.extend(having)
        last = model.graph.node[-1]
        for each in nodes:
            model.graph.node.insert(len(model.graph.node) - 1, each)
        last.input[0] = nodes[-1].output[0]

    return changed(change)


def with_constants(constants, *nodes):
    model = onnx.ModelProto.FromString(before_end(*nodes))
    model.graph.initializer.extend(numpy_helper.from_array(values, name) for name, values in constants.items())
    return model.SerializeToString()


def tensor(name, values, dtype=np.float32):
    return numpy_helper.from_array(np.asarray(values, dtype), name)


def varint(number):
    low, rest = number & 0x7F, number >> 7
    return bytes([low | 0x80]) + varint(rest) if rest else bytes([low])


def with_tensor(made):
    """The net with an initializer of these bytes behind all others."""
    model = plain()
    graph = model.graph.SerializeToString() + field(5, made)
    model.ClearField("graph")
    return model.SerializeToString() + field(7, graph)


def with_input(type_bytes):
    """The net with its input last, of a type of these bytes."""
    model = plain()
    del model.graph.input[:]
    graph = model.graph.SerializeToString() + field(11, field(1, b"image") + field(2, type_bytes))
    model.ClearField("graph")
    return model.SerializeToString() + field(7, graph)


def ort_identifier():
    model = plain()
    model.ClearField("producer_name")
    return field(2, b"goORTM") + model.SerializeToString()


def told(model):
    model.graph.value_info.append(helper.make_tensor_value_info("relu_1", TensorProto.FLOAT, ["images", 4, 6, 5]))


def sizes_doubled():
    reads = [node("Shape", ["relu_1"], ["sizes"]), node("Gather", ["sizes", "first"], ["count"]), node("Mul", ["count", "two"], ["double"])]
    joined = [node("Concat", ["double", "rest"], ["shape"], axis=0), node("Reshape", ["relu_1", "shape"], ["x"])]
    having = [tensor("first", [0], np.int64), tensor("two", [2], np.int64), tensor("rest", [-1], np.int64)]
    return before_end(*reads, *joined, having=having)


def joined():
    """A product that is lost in float32, unless its weight is multiplied with the scale behind it, as onnxruntime does."""
    tiny = node("Conv", ["relu_1", "w"], ["c"])
    huge = node("BatchNormalization", ["c", "scale", "zeros", "mean", "var"], ["b"], epsilon=1.0)
    having = [tensor("w", np.full((4, 4, 1, 1), 2.0**-101)), tensor("scale", np.full(4, 2.0**100)), *(tensor(name, np.zeros(4)) for name in ("zeros", "mean", "var"))]
    return before_end(tiny, huge, node("Flatten", ["b"], ["x"]), having=having)


def subgraph():
    value = helper.make_tensor_value_info("inner", TensorProto.FLOAT, None)
    return helper.make_graph([helper.make_node("Identity", ["relu_1"], ["inner"])], "inner", [], [value])


def set_external(model):
    tensor = model.graph.initializer[0]
    tensor.ClearField("raw_data")
    tensor.data_location = TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value="../../../CANARY-7f3a")


def bombed(model):
    """Lists of numbers that double with each node."""
    model.graph.initializer.append(numpy_helper.from_array(np.int64([1]), "list_0"))
    for i in range(60):
        model.graph.node.insert(i, helper.make_node("Concat", [f"list_{i}", f"list_{i}"], [f"list_{i + 1}"], axis=0))


def grown(model):
    for i in range(60):
        at = "image" if i == 0 else f"pad_{i - 1}"
        model.graph.initializer.append(numpy_helper.from_array(np.int64([0, 0, 2**30, 2**30, 0, 0, 0, 0]), f"pads_{i}"))
        model.graph.node.insert(i, helper.make_node("Pad", [at, f"pads_{i}"], [f"pad_{i}"]))
    model.graph.node[60].input[0] = "pad_59"


def cases():
    whole = plain().SerializeToString()
    again = onnx.ModelProto()
    yield "onnx_truncated", whole[: len(whole) // 2], "cannot be read as ONNX"
    yield "onnx_text", b'{"graph": {}}', "cannot be read as ONNX"
    yield "onnx_unknown_field", whole + b"\xfa\x3e\x01a", "has a field 1007, which is none of ONNX"
    yield "onnx_graph_twice", whole + again.SerializeToString() + field(7, b""), "graph of its ModelProto is there twice"
    yield "onnx_no_graph", changed(lambda m: m.ClearField("graph")), "it holds no graph"
    yield "onnx_cycle", changed(lambda m: m.graph.node[0].input.__setitem__(0, "relu_1")), "reads relu_1, which no node before it answers"
    yield "onnx_names_twice", changed(lambda m: m.graph.node[1].output.__setitem__(0, "conv_1")), "two tensors are named conv_1"
    yield "onnx_weights_twice", changed(lambda m: m.graph.initializer.append(m.graph.initializer[0])), "two initializers are named conv1.weight"
    yield "onnx_attribute_twice", changed(lambda m: m.graph.node[-1].attribute.append(m.graph.node[-1].attribute[0])), "two attributes transB"
    yield "onnx_if", before_end(node("If", ["image"], ["x"], then_branch=subgraph(), else_branch=subgraph())), "is a If, which is not supported"
    yield "onnx_loop", before_end(node("Loop", ["", ""], ["x"], body=subgraph())), "is a Loop, which is not supported"
    yield "onnx_scan", before_end(node("Scan", ["relu_1"], ["x"], body=subgraph(), num_scan_inputs=1)), "is a Scan, which is not supported"
    yield "onnx_domain", before_end(node("Inverse", ["flatten_1"], ["x"], domain="com.example")), "of the domain com.example"
    yield "onnx_function", changed(lambda m: m.functions.append(helper.make_function("own", "F", ["x"], ["y"], [helper.make_node("Relu", ["x"], ["y"])], [helper.make_opsetid("", 17)]))), "defines functions of its own"
    yield "onnx_function_attribute", changed(lambda m: setattr(m.graph.node[-1].attribute[0], "ref_attr_name", "x")), "is that of a function"
    yield "onnx_quantized", before_end(node("QuantizeLinear", ["flatten_1", "conv1.bias"], ["x"])), "is a QuantizeLinear, which is not supported"
    yield "onnx_int8", changed(lambda m: m.graph.initializer[0].CopyFrom(numpy_helper.from_array(np.zeros((4, 3, 3, 3), np.int8), "conv1.weight"))), "is of int8; nets are computed in float32"
    yield "onnx_float16", changed(lambda m: m.graph.initializer[0].CopyFrom(numpy_helper.from_array(np.zeros((4, 3, 3, 3), np.float16), "conv1.weight"))), "is of float16; nets are computed in float32"
    yield "onnx_two_inputs", changed(lambda m: m.graph.input.append(helper.make_tensor_value_info("other", TensorProto.FLOAT, [1]))), "the inputs image and other"
    yield "onnx_two_outputs", changed(lambda m: m.graph.output.append(helper.make_tensor_value_info("relu_1", TensorProto.FLOAT, None))), "the outputs gemm_1 and relu_1"
    yield "onnx_sequence", changed(lambda m: m.graph.input[0].CopyFrom(helper.make_tensor_sequence_value_info("image", TensorProto.FLOAT, None))), "an input image that is no tensor"
    yield "onnx_uint8_input", changed(lambda m: setattr(m.graph.input[0].type.tensor_type, "elem_type", TensorProto.UINT8)), "an input image of uint8, not float32"
    yield "onnx_open_size", changed(lambda m: m.graph.input[0].type.tensor_type.shape.dim[2].__setattr__("dim_param", "h")), "an input image of an open size"
    yield "onnx_external", changed(set_external), "keeps the values of conv1.weight in another file"
    yield "onnx_huge", changed(lambda m: m.graph.initializer[0].dims.__setitem__(0, 2**40)), "its shape 1099511627776x3x3x3 takes"
    yield "onnx_bomb", changed(bombed), "joins too many numbers"
    yield "onnx_grown", changed(grown), "at most|does not fit"
    yield "onnx_nan", changed(lambda m: m.graph.initializer[0].CopyFrom(numpy_helper.from_array(np.full((4, 3, 3, 3), np.nan, np.float32), "conv1.weight"))), "holds the value NaN"
    yield "onnx_two_holders", changed(lambda m: m.graph.initializer[0].float_data.extend([1.0] * 108)), "holds its numbers twice"
    yield "onnx_opset_6", changed(lambda m: setattr(m.opset_import[0], "version", 6)), "of opset 6"
    yield "onnx_ir", changed(lambda m: setattr(m, "ir_version", 99)), "IR version 99"
    yield "onnx_attribute", changed(lambda m: m.graph.node[1].attribute.append(helper.make_attribute("alpha", 0.5))), "its attribute alpha is not known"
    yield "onnx_attribute_type", changed(lambda m: m.graph.node[-1].attribute[0].CopyFrom(helper.make_attribute("transB", 1.0))), "its attribute transB is of another type"
    yield "onnx_dilated_pool", before_end(node("MaxPool", ["relu_1"], ["p"], kernel_shape=[2, 2], dilations=[2, 2]), node("Flatten", ["p"], ["x"])), "it has a dilation"
    yield "onnx_batch_moved", before_end(node("Transpose", ["flatten_1"], ["x"], perm=[1, 0])), "has its images in the last axis"
    yield "onnx_batch_and_channels_moved", before_end(node("Transpose", ["relu_1"], ["t"], perm=[1, 0, 2, 3]), node("Flatten", ["t"], ["x"])), "moves the axis of the images"
    yield "onnx_more_axes", with_constants({"wide": np.ones((1, 1, 1, 1, 1), np.float32)}, node("Mul", ["relu_1", "wide"], ["w"]), node("Flatten", ["w"], ["x"])), "its constant wide has the shape 1x1x1x1x1"
    yield "onnx_slope_of_images", with_constants({"slopes": np.ones((4, 1, 1, 1), np.float32)}, node("PRelu", ["relu_1", "slopes"], ["p"]), node("Flatten", ["p"], ["x"])), "its slopes have the shape 4x1x1x1"
    yield "onnx_indices", with_constants({"all": np.int64([[0, 1, 2, 3]])}, node("Gather", ["relu_1", "all"], ["g"], axis=1), node("Flatten", ["g"], ["x"])), "its indices have 2 axes, not one"
    yield "onnx_constant_twice", before_end(node("Constant", [], ["c"], value_int=1, value_float=2.0), node("Add", ["flatten_1", "c"], ["x"])), "it holds its numbers twice"
    yield "onnx_bias_column", changed(lambda m: m.graph.initializer[3].dims.append(1)), "its weight fc1.bias has the shape 3x1"
    yield "onnx_wrapped", with_constants({"zero": np.int64([0]), "long": np.int64([2**32 + 1])}, node("Cast", ["long"], ["end"], to=TensorProto.INT32), node("Cast", ["zero"], ["begin"], to=TensorProto.INT32), node("Slice", ["flatten_1", "begin", "end", "begin"], ["x"])), "casts numbers that int32 does not hold"
    yield "onnx_integers", with_constants({"whole": np.int64([2])}, node("Mul", ["flatten_1", "whole"], ["x"])), "its constant whole holds integers"
    yield "onnx_erf", before_end(node("Erf", ["flatten_1"], ["x"])), "is a Erf, which is not supported"
    yield "onnx_flattened_scores", changed(lambda m: (m.graph.node.pop(), m.graph.output[0].__setattr__("name", "flatten_1"))), "an output flatten_1 of shape 144"


    yield "onnx_ort_format", ort_identifier(), "bytes 4 to 7 of it are ORTM"
    yield "onnx_int32_wide", with_tensor(bytes([0x10, 6, 0x2A, 5]) + varint(2**32) + field(8, b"wide")), "int32_data of its TensorProto holds the number 4294967296, which has not 32 bits"
    yield "onnx_location_wide", with_tensor(bytes([0x10, 1, 0x08, 0, 0x70]) + varint(2**32 + 1) + field(8, b"wide")), "data_location of its TensorProto holds the number 4294967297, which has not 32 bits"
    yield "onnx_bool", changed(lambda m: m.graph.initializer.append(helper.make_tensor("flag", TensorProto.BOOL, [], b"\x02", raw=True))), "its tensor flag holds what is neither true nor false"
    sizes = b"".join(field(1, size) for size in (b"\x08\x01\x12\x01n", b"\x08\x03", b"\x08\x08", b"\x08\x08"))
    image = field(1, b"\x08\x01" + field(2, sizes))
    yield "onnx_size_twice", with_input(image), "an input image with a size that is both open and known"
    yield "onnx_type_twice", with_input(image.replace(b"\x12\x01n", b"\x1a\x01n") + field(4, b"")), "an input image of two types"
    yield "onnx_told", changed(told), "it says that relu_1 is \\?x4x6x5, it is \\?x4x6x6"
    learnt = node("BatchNormalization", ["relu_1", *(f"bn.{i}" for i in range(4))], ["b", "mean", "var"])
    ones = [tensor(f"bn.{i}", np.ones(4)) for i in range(4)]
    yield "onnx_statistics", before_end(learnt, node("Flatten", ["b"], ["x"]), having=ones), "it answers statistics, as one that trains does"
    mean = node("AveragePool", ["relu_1"], ["p"], kernel_shape=[3, 3], pads=[1, 1, 1, 1], count_include_pad=2)
    yield "onnx_flag", before_end(mean, node("Flatten", ["p"], ["x"])), "its count_include_pad is 2, neither 0 nor 1"
    both = node("AveragePool", ["relu_1"], ["p"], kernel_shape=[3, 3], pads=[1, 1, 1, 1], auto_pad="VALID")
    yield "onnx_pads_twice", before_end(both, node("Flatten", ["p"], ["x"])), "it has both pads and an auto_pad"
    skipping = node("MaxPool", ["relu_1"], ["p"], kernel_shape=[1, 1], strides=[3, 3], auto_pad="SAME_UPPER")
    yield "onnx_skipping", before_end(skipping, node("Flatten", ["p"], ["x"])), "its auto_pad skips more than one row or column"
    yield "onnx_clip_all", before_end(node("Clip", ["flatten_1", "most"], ["x"]), having=[tensor("most", 3.4028234663852886e38)]), "it clips between 3.4028234663852886e\\+38 and Infinity"
    yield "onnx_axis_by_constant", before_end(node("Add", ["flatten_1", "zero"], ["x"]), having=[tensor("zero", [[[0]]])]), "its constant zero has the shape 1x1x1"
    row = [node("GlobalAveragePool", ["relu_1"], ["g"]), node("Flatten", ["g"], ["f"])]
    product, added = node("MatMul", ["f", "m"], ["y"]), node("Add", ["y", "b"], ["x"])
    yield "onnx_axis_by_bias", before_end(*row, product, added, having=[tensor("m", np.eye(4)), tensor("b", np.zeros((1, 1, 4)))]), "its constant b has the shape 1x1x4"
    yield "onnx_axis_by_indices", before_end(node("Gather", ["flatten_1", "all"], ["x"], axis=1), having=[tensor("all", [[*range(144)]], np.int64)]), "its indices have 2 axes"
    column = node("Gemm", ["f", "m", "b"], ["x"])
    yield "onnx_bias_by_image", before_end(*row, column, having=[tensor("m", np.eye(4)), tensor("b", np.zeros((4, 1)))]), "its weight b has the shape 4x1"
    yield "onnx_slope_by_image", before_end(node("PRelu", ["relu_1", "s"], ["p"]), node("Flatten", ["p"], ["x"]), having=[tensor("s", np.ones((4, 1, 1, 1)))]), "its slopes have the shape 4x1x1x1"
    twice = node("Pad", ["relu_1", "pads", "", "axes"], ["p"])
    yield "onnx_pad_axes_twice", before_end(twice, node("Flatten", ["p"], ["x"]), having=[tensor("pads", [-1, 0, 0, 0], np.int64), tensor("axes", [2, 2], np.int64)], opset=18), "its axes are 2, 2"
    score, half = node("MatMul", ["f", "m"], ["s"]), node("Greater", ["s", "half"], ["above"])
    lone, named = node("ArgMax", ["s"], ["x"], axis=1, keepdims=0), node("Cast", ["above"], ["column"], to=7)
    numbers = [tensor("m", np.ones((4, 1))), tensor("half", 0.5)]
    yield "onnx_vote_of_one", before_end(*row, score, lone, having=numbers), "it is taken of a single score"
    yield "onnx_vote_in_column", before_end(*row, score, half, named, node("Equal", ["column", "column"], ["x"]), having=numbers), "its input 0 is not what a GoodNet has there"
    yield "onnx_images_doubled", sizes_doubled(), "it computes with numbers that are no sizes, or with the number of images"


def field(number, payload):
    return varint(number << 3 | 2) + varint(len(payload)) + payload


def main():
    file = folder / "threats.json"
    threats = {name: threat for name, threat in json.loads(file.read_text()).items() if not name.startswith("onnx_")}
    for name, content, reason in cases():
        (folder / f"{name}.onnx").write_bytes(content)
        threats[f"{name}.onnx"] = {"role": "model", "reason": reason}
    file.write_text(json.dumps(threats, indent=1) + "\n")
    (folder.parent / "rewritten" / "joined.onnx").write_bytes(joined())


main()
