"""A small net for each operator and option that goodnet reads."""
from nets import Net


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


def nets():
    return {"plain": plain()}
