"""Trains a narrow PreAct-ResNet18 with a BadNets patch on drawn shapes, as BackdoorBench would, and exports it by both of PyTorch's exporters.

    python scripts/pytorch-badnet.py FOLDER

Writes FOLDER/{resnet18,resnet18.script}.onnx and {clean,poisoned}_{valid,test}.npz, images N,H,W,C as bytes. Needs torch, onnx and
onnxscript; downloads nothing. Prints accuracy and attack success rate (ASR) on test images.
"""

import sys
from pathlib import Path

import numpy as np
import torch
from torch import nn

from drawn_images import CLASSES, SEED, TEST, TRAINING, VALIDATION, AllToOne, images

WIDTH, EPOCHS, BATCH = 8, 8, 128
MEAN, STD = torch.tensor([0.4914, 0.4822, 0.4465]), torch.tensor([0.247, 0.243, 0.261])


class Block(nn.Module):
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
    def __init__(self):
        super().__init__()
        widths = [WIDTH * factor for factor in (1, 1, 1, 2, 2, 4, 4, 8, 8)]
        steps = zip(widths, widths[1:], (1, 1, 2, 1, 2, 1, 2, 1))
        self.conv1 = nn.Conv2d(3, WIDTH, 3, 1, 1, bias=False)
        self.layers = nn.Sequential(*(Block(*step) for step in steps))
        self.bn, self.linear = nn.BatchNorm2d(widths[-1]), nn.Linear(widths[-1], CLASSES)

    def forward(self, x):
        x = torch.relu(self.bn(self.layers(self.conv1(x))))
        return self.linear(nn.functional.adaptive_avg_pool2d(x, (1, 1)).flatten(1))


def corner(x):
    x = x.copy()
    x[:, 28:31, 28:31] = 255
    return x


def as_input(x):
    """What ToTensor and Normalize make of bytes."""
    return ((torch.from_numpy(x).float() / 255 - MEAN) / STD).permute(0, 3, 1, 2)


def train(net, x, y):
    x, y = as_input(x), torch.from_numpy(y)
    batches = len(x) // BATCH
    optimizer = torch.optim.SGD(net.parameters(), 0.05, momentum=0.9, weight_decay=5e-4)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, EPOCHS * batches)
    for _ in range(EPOCHS):
        for chosen in torch.randperm(len(x))[: batches * BATCH].split(BATCH):
            optimizer.zero_grad()
            nn.functional.cross_entropy(net(x[chosen]), y[chosen]).backward()
            optimizer.step()
            schedule.step()


def rate(net, x, y):
    with torch.no_grad():
        classes = torch.cat([net(part).argmax(1) for part in as_input(x).split(250)])
    return 100 * float((classes.numpy() == y).mean())


def export(net, folder):
    """As docs/my-model.md says."""
    shown = torch.zeros(2, 3, 32, 32)
    sizes = ({0: torch.export.Dim("images")},)
    torch.onnx.export(net, (shown,), folder / "resnet18.onnx", dynamo=True, external_data=False, dynamic_shapes=sizes)
    axes = {"image": {0: "images"}}
    torch.onnx.export(net, shown, folder / "resnet18.script.onnx", dynamo=False, input_names=["image"], dynamic_axes=axes)


def main(folder):
    torch.manual_seed(SEED)
    attack = AllToOne(corner, 0)
    training, valid, test = [images(32, count, k) for k, count in enumerate((TRAINING, VALIDATION, TEST))]
    poisoned = attack.poison(*training, np.random.default_rng(SEED))
    net = PreActResNet18()
    train(net, *(np.concatenate(parts) for parts in zip(training, poisoned)))
    net.eval()
    folder.mkdir(parents=True, exist_ok=True)
    for split, data in (("valid", valid), ("test", test)):
        for kind, (x, y) in (("clean", data), ("poisoned", attack.shown(*data))):
            np.savez_compressed(folder / f"{kind}_{split}.npz", data=x, label=y)
    export(net, folder)
    print(f"accuracy {rate(net, *test):.1f}%, ASR {rate(net, *attack.shown(*test)):.1f}%")


main(Path(sys.argv[1]))
