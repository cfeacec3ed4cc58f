"""One file on its way from a seed to a mutant."""

import json
import os
import shutil
import zipfile

import h5py
import numpy as np

from json_tree import dump
from kinds import Skip
from zips import Member, pack

CONFIG, WEIGHTS = "config.json", "model.weights.h5"


class Mutant:
    """An opened seed. Kinds change `tree` (the net), `file` (the HDF5 part), `members` (of an archive), and add to `text_edits`, `part_edits` (bytes of the HDF5 part) and `byte_edits`."""

    def __init__(self, seed, folder, scratch, rng):
        self.rng, self.seed, self.layout, self.ending = rng, seed, seed["layout"], seed["ending"]
        self.text_edits, self.part_edits, self.byte_edits, self.details, self.members = [], [], [], [], None
        self.beside = None  # a net to be given as the architecture, besides the file's own
        self.scratch = scratch
        self.part = os.path.join(scratch, "part.h5")
        source = os.path.join(folder, seed["name"])
        if seed["ending"] == ".keras":
            with zipfile.ZipFile(source) as archive:
                self.members = [Member(name, archive.read(name)) for name in archive.namelist()]
            with open(self.part, "wb") as out:
                out.write(self.member(WEIGHTS).data)
        else:
            shutil.copy(source, self.part)
        self.file = h5py.File(self.part, "r+")
        if self.members is not None:
            text = self.member(CONFIG).data.decode()
        elif seed["architecture"] is not None:
            with open(os.path.join(folder, seed["architecture"])) as file:
                text = file.read()
        else:
            text = self.file.attrs["model_config"]
            text = text.decode() if isinstance(text, bytes) else text
        self.text, self.tree = text, json.loads(text)
        self.dump = dump
        self.before = dump(self.tree)

    def say(self, detail):
        """Tells what a kind has changed, for who reads of a difference."""
        self.details.append(detail)

    def member(self, name):
        return next((member for member in self.members if member.name == name), None) or self._none()

    def _none(self):
        raise Skip

    @property
    def root(self):
        """The group that holds the weights of the layers."""
        if self.layout == "counted" or "model_weights" not in self.file:
            return self.file
        return self.file["model_weights"]

    def datasets(self):
        """The weights in the file, without an optimizer's."""
        found = []
        self.file.visititems(lambda name, item: found.append(name) if isinstance(item, h5py.Dataset) and "optimizer" not in name else None)
        return found

    def groups(self):
        found = []
        self.file.visititems(lambda name, item: found.append(name) if isinstance(item, h5py.Group) and "optimizer" not in name else None)
        return found

    def nets(self):
        """The config of the net and of those inside it."""
        def walk(net):
            yield net
            for layer in layers_of(net):
                if layer.get("class_name") in ("Functional", "Model", "Sequential"):
                    yield from walk(layer)

        return list(walk(self.tree))

    def layers(self):
        """All layers with a config of their own, in all nets."""
        return [layer for net in self.nets() for layer in layers_of(net) if isinstance(layer, dict) and isinstance(layer.get("config"), dict)]

    def finish(self, path):
        """Writes the mutant to `path` and answers where its architecture is, if it has one apart."""
        text = self.dump(self.tree)
        text = self.text if text == self.before else text
        changed = text != self.text or self.text_edits
        for edit in self.text_edits:
            text = edit(text)
        architecture = None
        if self.members is not None:
            self.member(CONFIG).data = text if isinstance(text, bytes) else text.encode()
        elif self.seed["architecture"] is not None:
            architecture = f"{path}.json"
            with open(architecture, "wb") as out:
                out.write(text if isinstance(text, bytes) else text.encode())
        elif changed:
            old = self.file.attrs["model_config"] if "model_config" in self.file.attrs else ""
            data = text if isinstance(text, bytes) else text.encode()
            as_it_was = data.decode() if isinstance(old, str) and isinstance(text, str) else data
            self.file.attrs["model_config"] = np.bytes_(data) if b"\0" in data else as_it_was
        if self.beside is not None:
            architecture = f"{path}.json"
            with open(architecture, "w") as out:
                out.write(self.beside)
        self.file.close()
        with open(self.part, "rb") as file:
            data = file.read()
        for edit in self.part_edits:
            data = edit(data)
        if self.members is not None:
            for member in self.members:
                if member.name == WEIGHTS and member.data is not None and not member.fixed:
                    member.data = data
            data = pack(self.members)
        for edit in self.byte_edits:
            data = edit(data)
        with open(path, "wb") as out:
            out.write(data)
        return architecture

    def drop(self):
        """Closes what a kind that failed has left open."""
        if self.file:
            self.file.close()


def layers_of(net):
    """The layers that a net's config lists; a Sequential of old is the list itself."""
    config = net.get("config")
    return config if isinstance(config, list) else config.get("layers", []) if isinstance(config, dict) else []
