"""PreAct-ResNet18 for small images, the net of BackdoorBench, in PyTorch.

Source: K. He et al., "Identity Mappings in Deep Residual Networks", ECCV 2016.
"""
import torch
from torch import nn


class PreActBlock(nn.Module):
    def __init__(self, channels, filters, stride):
        super().__init__()
        self.bn1, self.bn2 = nn.BatchNorm2d(channels), nn.BatchNorm2d(filters)
        self.conv1 = nn.Conv2d(channels, filters, 3, stride, 1, bias=False)
        self.conv2 = nn.Conv2d(filters, filters, 3, 1, 1, bias=False)
        if stride != 1 or channels != filters:
            self.shortcut = nn.Conv2d(channels, filters, 1, stride, bias=False)

    def forward(self, x):
        out = torch.relu(self.bn1(x))
        shortcut = self.shortcut(out) if hasattr(self, "shortcut") else x
        return self.conv2(torch.relu(self.bn2(self.conv1(out)))) + shortcut


class PreActResNet18(nn.Module):
    """`width` channels behind the first convolution, 8 times as many before the last product; its own width is 64."""

    def __init__(self, width=64, classes=10):
        super().__init__()
        widths = [width * factor for factor in (1, 1, 1, 2, 2, 4, 4, 8, 8)]
        steps = zip(widths, widths[1:], (1, 1, 2, 1, 2, 1, 2, 1))
        self.conv1 = nn.Conv2d(3, width, 3, 1, 1, bias=False)
        self.layers = nn.Sequential(*(PreActBlock(*step) for step in steps))
        self.bn, self.linear = nn.BatchNorm2d(widths[-1]), nn.Linear(widths[-1], classes)

    def forward(self, x):
        x = torch.relu(self.bn(self.layers(self.conv1(x))))
        x = nn.functional.adaptive_avg_pool2d(x, (1, 1))
        return self.linear(x.view(x.size(0), -1))
