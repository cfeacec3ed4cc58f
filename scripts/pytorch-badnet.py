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
from preact_resnet18 import PreActResNet18

WIDTH, EPOCHS, BATCH = 8, 8, 128
MEAN, STD = torch.tensor([0.4914, 0.4822, 0.4465]), torch.tensor([0.247, 0.243, 0.261])


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
    net = PreActResNet18(WIDTH, CLASSES)
    train(net, *(np.concatenate(parts) for parts in zip(training, poisoned)))
    net.eval()
    folder.mkdir(parents=True, exist_ok=True)
    for split, data in (("valid", valid), ("test", test)):
        for kind, (x, y) in (("clean", data), ("poisoned", attack.shown(*data))):
            np.savez_compressed(folder / f"{kind}_{split}.npz", data=x, label=y)
    export(net, folder)
    print(f"accuracy {rate(net, *test):.1f}%, ASR {rate(net, *attack.shown(*test)):.1f}%")


main(Path(sys.argv[1]))
