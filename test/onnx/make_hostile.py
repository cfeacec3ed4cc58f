"""Makes the hostile ONNX fixtures, and says in threats.json what each is refused for.
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


def before_end(*nodes):
    def change(model):
        last = model.graph.node[-1]
        for each in nodes:
            model.graph.node.insert(len(model.graph.node) - 1, each)
        last.input[0] = nodes[-1].output[0]

    return changed(change)


def with_constants(constants, *nodes):
    model = onnx.ModelProto.FromString(before_end(*nodes))
    model.graph.initializer.extend(numpy_helper.from_array(values, name) for name, values in constants.items())
    return model.SerializeToString()


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
    yield "onnx_more_axes", with_constants({"wide": np.ones((1, 1, 1, 1, 1), np.float32)}, node("Mul", ["relu_1", "wide"], ["w"]), node("Flatten", ["w"], ["x"])), "its constant wide has 5 axes, its input 4"
    yield "onnx_slope_of_images", with_constants({"slopes": np.ones((4, 1, 1, 1), np.float32)}, node("PRelu", ["relu_1", "slopes"], ["p"]), node("Flatten", ["p"], ["x"])), "its slopes have the shape 4x1x1x1"
    yield "onnx_indices", with_constants({"all": np.int64([[0, 1, 2, 3]])}, node("Gather", ["relu_1", "all"], ["g"], axis=1), node("Flatten", ["g"], ["x"])), "its indices have 2 axes, not one"
    yield "onnx_constant_twice", before_end(node("Constant", [], ["c"], value_int=1, value_float=2.0), node("Add", ["flatten_1", "c"], ["x"])), "it holds its numbers twice"
    yield "onnx_bias_column", changed(lambda m: m.graph.initializer[3].dims.append(1)), "its weight fc1.bias has the shape 3x1"
    yield "onnx_wrapped", with_constants({"zero": np.int64([0]), "long": np.int64([2**32 + 1])}, node("Cast", ["long"], ["end"], to=TensorProto.INT32), node("Cast", ["zero"], ["begin"], to=TensorProto.INT32), node("Slice", ["flatten_1", "begin", "end", "begin"], ["x"])), "casts numbers that int32 does not hold"
    sizes = {"first": np.int64([0]), "two": np.int64([2]), "rest": np.int64([-1])}
    doubled = [node("Shape", ["relu_1"], ["s"]), node("Gather", ["s", "first"], ["n"]), node("Mul", ["n", "two"], ["nn"]), node("Concat", ["nn", "rest"], ["to"], axis=0)]
    yield "onnx_images_doubled", with_constants(sizes, *doubled, node("Reshape", ["relu_1", "to"], ["x"])), "computes with the number of images"
    yield "onnx_integers", with_constants({"whole": np.int64([2])}, node("Mul", ["flatten_1", "whole"], ["x"])), "its constant whole holds integers"
    yield "onnx_erf", before_end(node("Erf", ["flatten_1"], ["x"])), "is a Erf, which is not supported"
    yield "onnx_flattened_scores", changed(lambda m: (m.graph.node.pop(), m.graph.output[0].__setattr__("name", "flatten_1"))), "an output flatten_1 of shape 144"


def field(number, payload):
    return bytes([number << 3 | 2, len(payload)]) + payload


def main():
    file = folder / "threats.json"
    threats = {name: threat for name, threat in json.loads(file.read_text()).items() if not name.startswith("onnx_")}
    for name, content, reason in cases():
        (folder / f"{name}.onnx").write_bytes(content)
        threats[f"{name}.onnx"] = {"role": "model", "reason": reason}
    file.write_text(json.dumps(threats, indent=1) + "\n")


main()
