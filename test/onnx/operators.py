"""A small net for each operator and option that goodnet reads."""
import numpy as np
from nets import Net
from onnx import numpy_helper

FLOAT, INT64 = 1, 7


def plain():
    """Convolutions, pooling, a flatten and products: the least that a classifier has."""
    net = Net()
    net.conv(6, 3, pads=[1, 1, 1, 1])
    net.node("Relu")
    net.node("MaxPool", kernel_shape=[2, 2], strides=[2, 2])
    net.conv(8, 6)
    net.node("Relu")
    net.scores(32, 4)
    net.node("Softmax", axis=1)
    return net.model(4)


def conv(features, opset=17, filters=4, groups=1, bias=True, channels=4, rows=9, columns=8, **attributes):
    net = Net(channels, rows, columns)
    net.conv(filters, channels, groups=groups, bias=bias, **attributes)
    net.scores(features)
    return net.model(3, opset)


def transposed(features, groups=1, **attributes):
    net = Net(4, 5, 4)
    names = [net.weight("up.weight", 4, 6 // groups, 3, 3), net.weight("up.bias", 6)]
    attributes = {"group": groups, **attributes} if groups > 1 else attributes
    net.node("ConvTranspose", *names, **attributes)
    net.scores(features)
    return net.model(3)


def gelu(gate, opset=17):
    """What exporters write for a GELU before opset 20: x times the numbers that `gate` makes of it."""
    net = Net(4, 5, 5)
    x = net.conv(4, 4, size=1)
    gate(net, x)
    net.scores(100)
    return net.model(3, opset)


def of_erf(net, x):
    net.node("Div", net.constant("root", np.float32(np.sqrt(2))))
    net.node("Erf")
    net.node("Add", net.constant("one", np.float32(1)))
    net.node("Mul", reads=[x, net.at])
    net.node("Mul", net.constant("half", np.float32(0.5)))


def of_erf_halved(net, x):
    half = net.node("Constant", reads=[], value=numpy_helper.from_array(np.array(0.5, np.float32)))
    halved = net.node("Mul", reads=[half, x])
    net.node("Mul", reads=[x, net.constant("root", np.float32([np.sqrt(0.5)]))])
    net.node("Erf")
    net.node("Add", reads=[net.constant("one", np.float32(1)), net.at])
    net.node("Mul", reads=[halved, net.at])


def of_tanh(net, x):
    net.node("Pow", net.constant("three", np.float32(3)))
    net.node("Mul", net.constant("bend", np.float32(0.044715)))
    net.node("Add", reads=[x, net.at])
    net.node("Mul", net.constant("steep", np.float32(np.sqrt(2 / np.pi))))
    net.node("Tanh")
    net.node("Add", net.constant("one", np.float32(1)))
    net.node("Mul", reads=[x, net.at])
    net.node("Mul", net.constant("half", np.float32(0.5)))


def called_twice():
    """Two nodes with the same weights, one behind the other, and a product that reads a weight of another."""
    net = Net(4, 6, 6)
    names = [net.weight("shared.weight", 4, 4, 3, 3), net.weight("shared.bias", 4)]
    for _ in range(2):
        net.node("Conv", *names)
        net.node("Relu")
    net.conv(5, 4, size=1)
    net.node("Relu")
    net.scores(20, 4)
    net.node("Gemm", net.weight("last.weight", 3, 4), net.weight("last.bias", 3), transB=1)
    return net.model(3)


def partly_shared():
    """Weights of one node that others have in another place, turned, or as mere numbers."""
    net = Net(4, 6, 6)
    net.conv(4, 4)
    kernel, bias = net.nodes[-1].input[1:]
    net.node("Relu")
    net.node("Conv", kernel, net.weight("other.bias", 4))
    statistics = [net.weight("bn.mean", 4), net.weight("bn.var", 4, low=0.1, high=2)]
    net.node("BatchNormalization", bias, bias, *statistics)
    net.node("Add", net.node("Reshape", net.constant("shape", np.int64([1, 4, 1, 1])), reads=[bias]), reads=["batchnormalization_1"])
    net.node("Flatten")
    square = net.weight("square", 16, 16)
    net.node("MatMul", square)
    net.node("Relu")
    net.node("Gemm", square, transB=1)
    net.gemm(16, 3)
    return net.model(3)


def pooled(operator, features, opset=17, rows=9, columns=8, **attributes):
    """Numbers below 0, and windows over the edge."""
    net = Net(4, rows, columns)
    net.conv(4, 4, size=1)
    net.node(operator, **attributes)
    net.scores(features)
    return net.model(3, opset)


def activated(*nodes, opset=17, on_row=False):
    """Nodes with their attributes behind a convolution, or behind a product."""
    net = Net(4, 5, 5)
    net.conv(4, 4, size=1)
    if on_row:
        net.node("Flatten")
    for operator, others, attributes in nodes:
        inputs = [net.constant(f"{operator}.{i}", value) if value is not None else "" for i, value in enumerate(others)]
        net.node(operator, *inputs, **attributes)
    if on_row:
        net.gemm(100, 3)
    else:
        net.scores(100)
    return net.model(3, opset)


def one(operator, *others, opset=17, on_row=False, **attributes):
    return activated((operator, others, attributes), opset=opset, on_row=on_row)


def prelu(*shape, on_row=False):
    slopes = np.linspace(-0.5, 0.5, int(np.prod(shape)), dtype=np.float32).reshape(shape)
    return one("PRelu", slopes, on_row=on_row)


def normalized(on_row=False, opset=17, **attributes):
    net = Net(4, 5, 5)
    net.conv(4, 4, size=1, bias=False)
    channels = 4
    if on_row:
        net.node("Flatten")
        channels = 100
    names = [net.weight("bn.weight", channels), net.weight("bn.bias", channels), net.weight("bn.mean", channels)]
    names.append(net.weight("bn.var", channels, low=0.1, high=2))
    net.node("BatchNormalization", *names, **attributes)
    if on_row:
        net.gemm(100, 3)
    else:
        net.node("Relu")
        net.scores(100)
    return net.model(3, opset)


def merged(operator, first_is_image=True):
    """Two branches of an image, and their rows."""
    net = Net(4, 5, 5)
    one_branch = net.conv(6, 4)
    net.at = "image"
    other = net.conv(6, 4, bias=False)
    net.node("Sigmoid")
    shift = net.constant("shift", np.float32(1.5))
    other = net.node("Add", shift)
    net.node(operator, reads=[one_branch, other])
    net.scores(54)
    return net.model(3)


def with_constants():
    """Numbers, and numbers for each channel, before and behind a tensor; of images and of rows that were images."""
    net = Net(4, 5, 5)
    numbers = lambda name, *shape: net.weight(name, *shape, low=0.5, high=2)
    net.node("Sub", numbers("mean", 1, 4, 1, 1))
    net.node("Div", numbers("std", 4, 1, 1))
    net.node("Mul", net.constant("two", np.float32(2)))
    net.node("Add", reads=[numbers("shift", 1, 4, 1, 1), net.at])
    net.node("Sub", reads=[net.constant("one", np.float32([1])), net.at])
    net.node("Sigmoid")
    net.node("Div", reads=[net.constant("three", np.float32(3)), net.at])
    net.node("Neg")
    net.node("Flatten")
    net.node("Mul", numbers("each", 100))
    net.node("Add", numbers("other", 1, 100))
    net.gemm(100, 3)
    return net.model(3)


def squeeze_and_excite():
    net = Net(4, 5, 5)
    image = net.conv(6, 4, pads=[1, 1, 1, 1])
    net.node("GlobalAveragePool")
    net.conv(3, 6, size=1)
    net.node("Relu")
    net.conv(6, 3, size=1)
    gate = net.node("HardSigmoid", alpha=1 / 6)
    net.node("Mul", reads=[gate, image])
    net.node("ReduceMean", axes=[2, 3], keepdims=0)
    net.gemm(6, 3)
    return net.model(3)


def concatenated(axis):
    net = Net(4, 6, 6)
    sizes = {1: ((3, {}), (5, {})), 2: ((4, {}), (4, {"pads": [0, 0, 0, 0], "strides": [2, 1]})), 3: ((4, {}), (4, {"strides": [1, 2]}))}
    branches = []
    for filters, attributes in sizes[axis]:
        net.at = "image"
        branches.append(net.conv(filters, 4, **attributes))
    net.node("Concat", reads=branches, axis=axis)
    net.scores({1: 128, 2: 96, 3: 96}[axis])
    return net.model(3)


def rows_joined():
    """Two rows: their numbers stand one behind the other."""
    net = Net(4, 5, 5)
    net.conv(6, 4)
    mean = net.node("GlobalAveragePool")
    mean = net.node("Flatten")
    most = net.node("GlobalMaxPool", reads=["conv_1"])
    most = net.node("Flatten")
    net.node("Concat", reads=[mean, most], axis=-1)
    net.gemm(12, 3)
    return net.model(3)


def two_flattened():
    """The lab net's end: two flattened images, each with a product of its own, are added up."""
    net = Net(4, 6, 6)
    image = net.conv(6, 4)
    net.node("Flatten")
    first = net.gemm(96, 5)
    net.at = image
    net.conv(5, 6)
    net.node("Flatten")
    second = net.gemm(20, 5)
    net.node("Add", reads=[first, second])
    net.node("Relu")
    net.gemm(5, 3)
    return net.model(3)


def product(operator="Gemm", names=("weight",), transposed=False, **attributes):
    net = Net(3, 4, 4)
    net.conv(5, 3)
    net.node("Flatten")
    shape = (3, 20) if transposed else (20, 3)
    inputs = [net.weight("fc.weight", *shape)]
    if "bias" in names:
        inputs.append(net.weight("fc.bias", *((1, 3) if "row" in names else (3,))))
    net.node(operator, *inputs, **attributes)
    return net.model(3)


def turned_row():
    """A product that turns its input back."""
    net = Net(3, 4, 4)
    net.conv(5, 3)
    net.node("Flatten")
    net.node("Transpose", perm=[1, 0])
    net.node("Gemm", net.weight("fc.weight", 20, 6), net.weight("fc.bias", 6), transA=1)
    net.node("Transpose")
    net.node("Transpose", perm=[1, 0])
    net.gemm(6, 3)
    return net.model(3)


def with_folded():
    """Numbers that nodes make of numbers, each step rounded to float32."""
    net = Net(4, 5, 5)
    image = net.conv(4, 4, size=1)
    half = net.node("Constant", reads=[], value_float=0.5)
    quarter = net.node("Mul", reads=[half, half])
    large = net.node("Add", reads=[quarter, net.constant("large", np.float32([[2**25]]))])
    lost = net.node("Sub", reads=[large, "large"])
    both = net.node("Constant", reads=[], value_floats=[0.1, 0.7])
    both = net.node("Slice", net.constant("from", np.int64([1])), net.constant("to", np.int64([9])), reads=[both])
    three = net.node("Cast", reads=[net.node("Gather", net.constant("at", np.int64(2)), reads=[net.node("Shape", reads=[image])])], to=FLOAT)
    net.node("Add", lost, reads=[image])
    net.node("Mul", both)
    net.node("Mul", net.node("Mul", reads=[three, quarter]), reads=["mul_2"])
    net.scores(100)
    return net.model(3)


def with_bias():
    """What exporters write for a product of more than two axes, or without Gemm."""
    net = Net(3, 4, 4)
    net.conv(5, 3)
    net.node("Flatten")
    net.node("MatMul", net.weight("fc1.weight", 20, 6))
    net.node("Add", net.weight("fc1.bias", 6))
    net.node("Relu")
    net.node("MatMul", net.node("Transpose", reads=[net.weight("fc2.weight", 3, 6)], perm=[1, 0]), reads=["relu_1"])
    net.node("Add", reads=[net.weight("fc2.bias", 3), net.at])
    return net.model(3)


def products_read_twice():
    """A product that is handed on before a constant is added, and one whose numbers are moved before: the constants are no biases."""
    net = Net(3, 4, 4)
    net.conv(5, 3)
    net.node("Flatten")
    first = net.node("MatMul", net.weight("first.weight", 20, 6))
    net.node("Identity")
    added = net.node("Add", net.weight("first.bias", 6))
    net.node("Mul", reads=[first, added])
    net.node("MatMul", net.weight("second.weight", 6, 6))
    for name, sizes in (("pairs", [0, 2, 3]), ("row", [0, 6])):
        net.node("Reshape", net.constant(name, np.int64(sizes)))
        if name == "pairs":
            net.node("Transpose", perm=[0, 2, 1])
    net.node("Add", net.weight("second.bias", 6))
    net.node("Relu")
    net.node("Reshape", net.constant("turned", np.int64([0, 3, 2])))
    net.node("Transpose", perm=[0, 2, 1])
    net.node("Flatten")
    net.gemm(6, 3)
    return net.model(3)


def constants_rounded():
    """Numbers that are known while the net is read: in float32 a half stays one, and 1 is lost beside 2^24."""
    net = Net(4, 5, 5)
    image = net.conv(4, 4)
    half = net.node("Div", reads=[net.node("Constant", reads=[], value_float=1.0), net.node("Constant", reads=[], value_float=2.0)])
    large, one = net.constant("large", np.float32(2**24)), net.constant("one", np.float32(1))
    lost = net.node("Sub", reads=[net.node("Add", reads=[large, one]), large])
    third = net.node("Cast", reads=[net.constant("three", np.int64(3))], to=FLOAT)
    third = net.node("Div", reads=[half, third])
    net.node("Mul", reads=[image, third])
    net.node("Add", lost)
    net.scores(36)
    return net.model(3)


def sizes_computed(opset=17):
    """The chain that exporters write for `x.view(x.size(0), -1)`."""
    net = Net(4, 5, 5)
    image = net.conv(4, 4)
    net.node("Shape")
    net.node("Gather", net.constant("zero", np.int64(0)), axis=0)
    if opset < 13:
        net.node("Unsqueeze", axes=[0])
    else:
        net.node("Unsqueeze", net.constant("axes", np.int64([0])))
    batch = net.at
    rest = net.node("Constant", reads=[], value_ints=[-1])
    net.node("Concat", reads=[batch, rest], axis=0)
    net.node("Cast", to=INT64)
    net.node("Reshape", reads=[image, net.at])
    net.gemm(36, 3)
    return net.model(3, opset)


def sizes_multiplied():
    """Products of sizes, parts of lists of them, and a reshape of all of a channel's positions."""
    net = Net(4, 5, 6)
    image = net.conv(4, 4)
    sizes = net.node("Shape")
    zero, two, four = (net.constant(name, np.int64([value])) for name, value in (("zero", 0), ("two", 2), ("four", 4)))
    head = net.node("Slice", zero, two, reads=[sizes])
    rows = net.node("Gather", net.constant("third", np.int64(2)), reads=[sizes], axis=0)
    columns = net.node("Gather", net.constant("fourth", np.int64(-1)), reads=[sizes], axis=0)
    area = net.node("Mul", reads=[rows, columns])
    area = net.node("Unsqueeze", zero, reads=[area])
    net.node("Concat", reads=[head, area], axis=0)
    net.node("Reshape", reads=[image, net.at])
    net.node("ReduceMean", axes=[-1], keepdims=0)
    net.gemm(4, 3)
    return net.model(3)


def steps():
    """Positions of an image in a row, their channels behind them, and their mean."""
    net = Net(4, 5, 6)
    net.conv(4, 4)
    net.node("Reshape", net.constant("positions", np.int64([0, 0, -1])))
    net.node("Transpose", perm=[0, 2, 1])
    net.node("Transpose", perm=[0, 2, 1])
    net.node("ReduceMax", axes=[2], keepdims=1)
    net.node("Squeeze", net.constant("last", np.int64([2])))
    net.gemm(4, 3)
    return net.model(3)


def one_image(opset=17):
    """Exported for one image alone."""
    net = Net(4, 5, 5, batch=1)
    net.conv(4, 4)
    net.node("Reshape", net.constant("row", np.int64([1, 36])))
    net.gemm(36, 3)
    return net.model(3, opset)


def turned():
    """Images with their channels last, as TensorFlow's exporter has them."""
    net = Net(7, 6, 3)
    net.node("Transpose", perm=[0, 3, 1, 2])
    net.conv(4, 3)
    net.node("Relu")
    net.node("Transpose", perm=[0, 2, 3, 1])
    net.node("Flatten")
    net.gemm(80, 3)
    return net.model(3)


def shuffled():
    """ShuffleNet's unit: channels of groups are shuffled, and split."""
    net = Net(4, 5, 5)
    net.conv(8, 4, groups=2)
    net.node("Reshape", net.constant("groups", np.int64([0, 2, 4, 3, 3])))
    net.node("Transpose", perm=[0, 2, 1, 3, 4])
    net.node("Reshape", net.constant("channels", np.int64([0, 8, 3, 3])))
    first, second = net.node("Split", net.constant("sizes", np.int64([3, 5])), outputs=2, axis=1)
    net.at = second
    net.conv(5, 5, groups=5, pads=[1, 1, 1, 1])
    net.node("Concat", reads=[first, net.at], axis=1)
    net.node("Gather", net.constant("some", np.int64([7, 0, 2, 5])), axis=1)
    ends = [net.constant(name, np.int64(values)) for name, values in (("starts", [1, 0]), ("ends", [2**62, -1]), ("which", [1, 3]))]
    net.node("Slice", *ends)
    net.scores(18)
    return net.model(3)


def padded():
    net = Net(3, 5, 6)
    net.node("Pad", net.constant("pads", np.int64([0, 0, 1, 2, 0, 0, 0, -1])))
    net.conv(4, 3)
    net.node("Pad", net.constant("more", np.int64([1, 2])), "", net.constant("axis", np.int64([3])))
    net.scores(128)
    return net.model(3, 18)


def of_old():
    """Attributes that became inputs later, and those that were left out."""
    net = Net(4, 6, 6)
    net.conv(4, 4)
    net.node("Pad", pads=[0, 0, 1, 1, 0, 0, 0, 0], mode="constant", value=0.0)
    net.node("Clip", min=0.0, max=6.0)
    net.node("Slice", axes=[2], starts=[1], ends=[5])
    net.node("Dropout", ratio=0.3)
    net.node("BatchNormalization", *(net.weight(f"bn.{name}", 4, low=0.5, high=1) for name in ("w", "b", "m", "v")), momentum=0.9)
    net.node("AveragePool", kernel_shape=[2, 2])
    net.node("Reshape", net.constant("row", np.int64([0, -1])))
    net.node("Gemm", net.weight("fc.weight", 48, 3), net.weight("fc.bias", 3))
    net.node("LogSoftmax")
    return net.model(3, 7, 3)


def sigmoid():
    net = Net(3, 6, 6)
    net.conv(4, 3)
    net.node("Relu")
    net.scores(64, 1)
    net.node("Sigmoid")
    return net.model(1)


def float_data():
    """Weights that stand as numbers, not as raw bytes."""
    from onnx import helper, numpy_helper

    model = plain()
    for tensor in model.graph.initializer:
        values = numpy_helper.to_array(tensor)
        tensor.CopyFrom(helper.make_tensor(tensor.name, FLOAT, values.shape, values.ravel().tolist()))
    return model


def nets():
    window = {"kernel_shape": [3, 3], "strides": [2, 2]}
    found = {
        "plain": plain(),
        "float_data": float_data(),
        "sigmoid": sigmoid(),
        "conv": conv(4 * 7 * 6),
        "conv_no_bias": conv(4 * 7 * 6, bias=False),
        "conv_groups": conv(6 * 7 * 6, filters=6, groups=2),
        "conv_depthwise": conv(8 * 9 * 8, filters=8, groups=4, pads=[1, 1, 1, 1]),
        "conv_dilated": conv(4 * 5 * 4, dilations=[2, 2]),
        "conv_strided": conv(4 * 5 * 4, strides=[2, 2], pads=[1, 1, 1, 1]),
        "conv_asymmetric": conv(4 * 8 * 11, pads=[0, 1, 1, 4]),
        "conv_uneven": conv(4 * 4 * 6, strides=[2, 1], kernel_shape=[3, 3]),
        "conv_upper": conv(4 * 5 * 4, strides=[2, 2], auto_pad="SAME_UPPER"),
        "conv_lower": conv(4 * 5 * 4, strides=[2, 2], auto_pad="SAME_LOWER"),
        "conv_valid": conv(4 * 7 * 6, auto_pad="VALID"),
        "transposed": transposed(6 * 7 * 6),
        "conv_strided_dilated": conv(4 * 5 * 4, strides=[2, 2], dilations=[2, 2], pads=[2, 2, 2, 2]),
        "conv_depthwise_strided_dilated": conv(8 * 5 * 3, filters=8, groups=4, strides=[2, 3], dilations=[2, 2], pads=[2, 2, 2, 2]),
        "transposed_groups": transposed(6 * 7 * 6, groups=2),
        "transposed_dilated": transposed(6 * 9 * 8, dilations=[2, 2]),
        "transposed_all": transposed(6 * 11 * 8, groups=2, strides=[2, 2], dilations=[2, 1], pads=[1, 0, 2, 1], output_padding=[1, 0]),
        "transposed_pads": transposed(6 * 10 * 8, strides=[2, 2], pads=[1, 1, 1, 1], output_padding=[1, 1]),
        "maxpool": pooled("MaxPool", 4 * 4 * 3, **window),
        "maxpool_pads": pooled("MaxPool", 4 * 5 * 4, pads=[1, 1, 1, 1], **window),
        "maxpool_same": pooled("MaxPool", 4 * 5 * 4, auto_pad="SAME_LOWER", **window),
        "maxpool_ceil": pooled("MaxPool", 4 * 4 * 4, ceil_mode=1, **window),
        "maxpool_ceil_pads": pooled("MaxPool", 4 * 5 * 5, pads=[1, 1, 0, 1], ceil_mode=1, **window),
        "avgpool": pooled("AveragePool", 4 * 4 * 3, **window),
        "avgpool_pads": pooled("AveragePool", 4 * 5 * 4, pads=[1, 1, 1, 1], **window),
        "avgpool_zeros": pooled("AveragePool", 4 * 5 * 4, pads=[1, 1, 1, 1], count_include_pad=1, **window),
        "avgpool_ceil": pooled("AveragePool", 4 * 4 * 4, ceil_mode=1, opset=19, **window),
        "globalmax": pooled("GlobalMaxPool", 4),
        "leakyrelu": one("LeakyRelu", alpha=0.3),
        "elu": one("Elu", alpha=0.7),
        "selu": one("Selu"),
        "celu": one("Celu"),
        "gelu": one("Gelu", opset=20),
        "gelu_tanh": one("Gelu", opset=20, approximate="tanh"),
        "gelu_erf": gelu(of_erf),
        "gelu_erf_halved": gelu(of_erf_halved),
        "gelu_of_tanh": gelu(of_tanh),
        "pow": one("Pow", np.float32(2)),
        "mish": one("Mish", opset=18),
        "tanh": one("Tanh"),
        "softplus": one("Softplus"),
        "softsign": one("Softsign"),
        "exp": one("Exp"),
        "hardswish": one("HardSwish"),
        "hardsigmoid": one("HardSigmoid", alpha=0.3, beta=0.4),
        "prelu": prelu(4, 1, 1),
        "prelu_shared": prelu(1),
        "prelu_row": prelu(100, on_row=True),
        "clip": one("Clip", np.float32(-0.4), np.float32(0.7)),
        "clip_relu6": one("Clip", np.float32(0), np.float32(6)),
        "clip_below": one("Clip", np.float32(-0.2), None),
        "clip_above": one("Clip", None, np.float32(0.3)),
        "softmax": one("Softmax", axis=1),
        "identity": activated(("Identity", [], {}), ("Dropout", [np.float32(0.5)], {})),
        "batchnorm": normalized(epsilon=0.01),
        "batchnorm_row": normalized(on_row=True),
        **{f"merge_{operator.lower()}": merged(operator) for operator in ("Add", "Sub", "Mul", "Div", "Sum", "Max", "Min", "Mean")},
        "constants": with_constants(),
        "excite": squeeze_and_excite(),
        **{f"concat_{axis}": concatenated(axis) for axis in (1, 2, 3)},
        "concat_rows": rows_joined(),
        "two_flattened": two_flattened(),
        "gemm": product(names=("bias",)),
        "gemm_scaled": product(names=("bias", "row"), alpha=0.5, beta=2.0, transB=1, transposed=True),
        "gemm_alpha": product(alpha=1.5),
        "gemm_beta0": product(names=("bias",), alpha=2.0, beta=0.0),
        "gemm_turned": turned_row(),
        "called_twice": called_twice(),
        "partly_shared": partly_shared(),
        "folded": with_folded(),
        "matmul": product("MatMul"),
        "matmul_bias": with_bias(),
        "matmul_read_twice": products_read_twice(),
        "constants_rounded": constants_rounded(),
        "sizes": sizes_computed(),
        "sizes_old": sizes_computed(12),
        "sizes_multiplied": sizes_multiplied(),
        "steps": steps(),
        "one_image": one_image(),
        "turned": turned(),
        "shuffle": shuffled(),
        "pad": padded(),
        "opset7": of_old(),
    }
    return found
