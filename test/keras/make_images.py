"""Makes test/fixtures/images/ with numpy, Pillow and TensorFlow: files that goodnet reads, and what they hold.

    python make_images.py     needs tensorflow-cpu 2.21, pillow 13, h5py, numpy

arrays/NAME.npz        the six images of ../data/u1.h5, stored in many ways
arrays/refused/        archives and arrays that must be refused
"""

import io
import zipfile
from pathlib import Path

import h5py
import numpy as np

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
IMAGES = FIXTURES / "images"
DATE = (1980, 1, 1, 0, 0, 0)


def npz(file, compress=False, versions=None, **arrays):
    """As numpy.savez, with the clock standing still."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(file, "w") as archive:
        for name, array in arrays.items():
            content = array
            if not isinstance(array, bytes):
                buffer = io.BytesIO()
                np.lib.format.write_array(buffer, np.asanyarray(array), version=versions)
                content = buffer.getvalue()
            info = zipfile.ZipInfo(f"{name}.npy", DATE)
            info.compress_type = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
            archive.writestr(info, content)


def write_arrays():
    with h5py.File(FIXTURES / "data/u1.h5") as file:
        images, labels = file["data"][:], file["label"][:]
    folder = IMAGES / "arrays"
    for dtype in ("u1", "<i1", ">i2", "<u2", "<i4", ">u4", "<i8", ">i8", "<u8", "<f2", ">f2", "<f4", ">f4", "<f8", ">f8"):
        npz(folder / f"{dtype.replace('<', 'little_').replace('>', 'big_')}.npz", data=images.astype(dtype), label=labels.astype(dtype))
    npz(folder / "deflated.npz", compress=True, data=images, label=labels)
    npz(folder / "version_2.npz", versions=(2, 0), data=images, label=labels)
    npz(folder / "version_3.npz", versions=(3, 0), data=images, label=labels)
    npz(folder / "one_hot.npz", data=images, label=np.eye(3, dtype=bool)[labels])
    npz(folder / "channels_first.npz", data=images.transpose(0, 3, 1, 2).copy(), label=labels[:, None])
    npz(folder / "other_names.npz", images=images, classes=labels)
    refused = folder / "refused"
    npz(refused / "pickle.npz", data=np.array([{"a": 1}] * 6, dtype=object), label=labels)
    npz(refused / "fortran.npz", data=np.asfortranarray(images), label=labels)
    npz(refused / "complex.npz", data=images.astype("c8"), label=labels)
    npz(refused / "fields.npz", data=np.zeros(6, dtype=[("a", "u1")]), label=labels)
    npz(refused / "names.npz", x=images, y=labels)
    buffer = io.BytesIO()
    np.save(buffer, images)
    npz(refused / "short.npz", data=buffer.getvalue()[:-1], label=labels)
    npz(refused / "no_npy.npz", data=b"nothing of numpy's", label=labels)
    (refused / "truncated.npz").write_bytes((folder / "u1.npz").read_bytes()[:200])


write_arrays()
