"""Makes test/fixtures/images/ with numpy, Pillow and TensorFlow: files that goodnet reads, and what they hold.

    python make_images.py     needs tensorflow-cpu 2.21, pillow 13, h5py, numpy

arrays/NAME.npz        the six images of ../data/u1.h5, stored in many ways
arrays/refused/        archives and arrays that must be refused
pictures/NAME.png|jpg  images of every kind, and in pictures.npz what Pillow decodes: `NAME` in RGB, `NAME.grey`
pictures/refused/      files that are no image, or only half of one
resize.npz             images, and what tf.image.resize makes of them: `METHOD_FROM_TO`
"""

import io
import os
import struct
import zipfile
import zlib
from pathlib import Path

os.environ.update(CUDA_VISIBLE_DEVICES="", TF_CPP_MIN_LOG_LEVEL="3", TF_ENABLE_ONEDNN_OPTS="0")

import h5py
import numpy as np
import tensorflow as tf
from PIL import Image, ImageFile, ImageFilter

ImageFile.MAXBLOCK = 1 << 22

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
    np.savez(folder / "savez.npz", data=images, label=labels)
    np.savez_compressed(folder / "savez_compressed.npz", data=images, label=labels)
    npz(folder / "deflated.npz", compress=True, data=images, label=labels)
    npz(folder / "version_2.npz", versions=(2, 0), data=images, label=labels)
    npz(folder / "version_3.npz", versions=(3, 0), data=images, label=labels)
    npz(folder / "one_hot.npz", data=images, label=np.eye(3, dtype=bool)[labels])
    npz(folder / "channels_first.npz", data=images.transpose(0, 3, 1, 2).copy(), label=labels[:, None])
    npz(folder / "other_names.npz", images=images, classes=labels)
    npz(folder / "fortran.npz", data=np.asfortranarray(images), label=np.asfortranarray(np.eye(3, dtype="u1")[labels]))
    refused = folder / "refused"
    npz(refused / "pickle.npz", data=np.array([{"a": 1}] * 6, dtype=object), label=labels)
    npz(refused / "complex.npz", data=images.astype("c8"), label=labels)
    npz(refused / "fields.npz", data=np.zeros(6, dtype=[("a", "u1")]), label=labels)
    npz(refused / "names.npz", x=images, y=labels)
    buffer = io.BytesIO()
    np.save(buffer, images)
    npz(refused / "short.npz", data=buffer.getvalue()[:-1], label=labels)
    npz(refused / "huge.npz", data=buffer.getvalue()[:128].replace(b"(6, 3, 4, 2), }" + b" " * 17, b"(" + b"9" * 17 + b", 4, 2), }" + b" " * 4) + bytes(144), label=labels)
    npz(refused / "no_npy.npz", data=b"nothing of numpy's", label=labels)
    (refused / "truncated.npz").write_bytes((folder / "u1.npz").read_bytes()[:200])


def picture(rows, columns, seed):
    """Waves and noise: smooth enough for JPEG, with every colour."""
    y, x = np.mgrid[0:rows, 0:columns]
    waves = np.stack([127 + 120 * np.sin(x / 5 + y / 9), 127 + 100 * np.cos(x * y / 90), (x * 7 + y * 3) % 256], -1)
    noisy = waves + np.random.default_rng(seed).normal(0, 20, (rows, columns, 3))
    return Image.fromarray(np.clip(noisy, 0, 255).astype("u1")).filter(ImageFilter.GaussianBlur(0.7))


def png(rows, columns, depth, color, samples, interlaced=False, extra=b""):
    """A PNG with a different filter in each row, as Pillow does not write it: samples [rows, columns, n], raw."""
    passes = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)] if interlaced else [(0, 0, 1, 1)]
    raw = bytearray()
    for top, left, down, right in passes:
        part = samples[top::down, left::right]
        if part.size == 0:
            continue
        if depth == 16:
            packed = part.astype(">u2").reshape(len(part), -1).view("u1")
        else:
            bits = np.unpackbits(part.astype("u1")[..., None], axis=-1)[..., 8 - depth:]
            packed = np.packbits(bits.reshape(len(part), -1), axis=1)
        step = max(1, depth * samples.shape[2] // 8)
        above = np.zeros(packed.shape[1], int)
        for y, row in enumerate(packed.astype(int)):
            left_of = np.concatenate([np.zeros(step, int), row])[:len(row)]
            corner = np.concatenate([np.zeros(step, int), above])[:len(row)]
            a, b, c = abs(above - corner), abs(left_of - corner), abs(left_of + above - 2 * corner)
            paeth = np.where((a <= b) & (a <= c), left_of, np.where(b <= c, above, corner))
            kind = y % 5
            guess = [0, left_of, above, (left_of + above) // 2, paeth][kind]
            raw += bytes([kind]) + ((row - guess) & 255).astype("u1").tobytes()
            above = row

    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    data = zlib.compress(bytes(raw))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", columns, rows, depth, color, 0, 0, interlaced)) + extra
            + chunk(b"IDAT", data[:40]) + chunk(b"IDAT", data[40:]) + chunk(b"IEND", b"")), chunk


def write_pictures():
    folder = IMAGES / "pictures"
    (folder / "refused").mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(4)
    chunk = png(1, 1, 8, 0, np.zeros((1, 1, 1)))[1]
    palette = chunk(b"PLTE", rng.integers(0, 256, (16, 3)).astype("u1").tobytes())
    for interlaced in (False, True):
        rows, columns = (11, 13) if interlaced else (9, 14)
        for color, width, depths in ((0, 1, (1, 2, 4, 8, 16)), (2, 3, (8, 16)), (3, 1, (2, 4)), (4, 2, (8, 16)), (6, 4, (8, 16))):
            for depth in depths:
                samples = rng.integers(0, 1 << depth, (rows, columns, width))
                name = f"color{color}_{depth}{'_interlaced' if interlaced else ''}.png"
                (folder / name).write_bytes(png(rows, columns, depth, color, samples, interlaced, palette if color == 3 else b"")[0])
    samples = rng.integers(0, 4, (6, 7, 1))
    (folder / "palette_alpha.png").write_bytes(png(6, 7, 2, 3, samples, extra=palette + chunk(b"tRNS", bytes([0, 128, 255])))[0])
    (folder / "grey_key.png").write_bytes(png(6, 7, 2, 0, samples, extra=chunk(b"tRNS", struct.pack(">H", 2)))[0])
    for rows, columns, quality in ((16, 16, 75), (17, 19, 90), (3, 3, 50), (33, 47, 75), (40, 7, 95)):
        for sampling in ("4:4:4", "4:2:2", "4:2:0", "4:1:1", "grey"):
            for progressive in (False, True):
                image = picture(rows, columns, quality)
                options = {} if sampling == "grey" else {"subsampling": sampling}
                name = f"{rows}x{columns}_{sampling.replace(':', '')}{'_progressive' if progressive else ''}.jpg"
                (image.convert("L") if sampling == "grey" else image).save(folder / name, quality=quality, progressive=progressive, **options)
    picture(50, 40, 1).save(folder / "restarts.jpg", quality=80, restart_marker_blocks=3)
    for rows, columns in ((16, 16), (17, 19), (1, 1), (33, 47)):
        image = picture(rows, columns, rows)
        image.save(folder / f"{rows}x{columns}_lossy.webp", quality=60)
        image.save(folder / f"{rows}x{columns}_lossless.webp", lossless=True)
    see_through = picture(9, 14, 2).convert("RGBA")
    see_through.putalpha(Image.fromarray((np.arange(126) * 2).astype("u1").reshape(9, 14)))
    see_through.save(folder / "alpha_lossy.webp", quality=80)
    see_through.save(folder / "alpha_lossless.webp", lossless=True, exact=True)
    picture(9, 14, 3).convert("L").save(folder / "grey.webp")
    picture(12, 10, 4).save(folder / "extended.webp", exif=b"Exif\0\0MM\0*\0\0\0\10\0\1\1\22\0\3\0\0\0\1\0\6\0\0\0\0\0\0")
    decoded = {}
    for file in sorted(each for ending in ("*.*g", "*.webp") for each in folder.glob(ending)):
        image = Image.open(file)
        if image.mode == "I;16":  # Pillow would clip at 255; the upper eight bits are what TensorFlow keeps, and Pillow of colours
            image = Image.fromarray((np.asarray(image) >> 8).astype("u1"))
        decoded[file.name] = np.asarray(image.convert("RGB"))
        decoded[f"{file.name}.grey"] = np.asarray(image.convert("L"))
        if file.suffix == ".png":
            theirs = tf.io.decode_image(file.read_bytes(), channels=3, expand_animations=False).numpy()
            assert (theirs == decoded[file.name]).all(), file.name
    npz(IMAGES / "pictures.npz", compress=True, **decoded)

    refused = folder / "refused"
    jpeg, whole = (folder / "33x47_420.jpg").read_bytes(), (folder / "color2_8.png").read_bytes()
    (refused / "cut.jpg").write_bytes(jpeg[:-200])
    (refused / "header_only.jpg").write_bytes(jpeg[:100])
    (refused / "cut.png").write_bytes(whole[:-60])
    (refused / "checksum.png").write_bytes(whole[:60] + bytes([whole[60] ^ 1]) + whole[61:])
    (refused / "huge.png").write_bytes(png(1, 1, 8, 0, np.zeros((1, 1, 1)))[0].replace(struct.pack(">II", 1, 1), struct.pack(">II", 1 << 20, 1 << 20)))
    (refused / "text.png").write_text("no image")
    (refused / "empty.png").write_bytes(b"")
    picture(9, 9, 1).convert("CMYK").save(refused / "cmyk.jpg")
    for kind in ("bmp", "gif", "tiff"):
        picture(9, 9, 1).save(refused / f"image.{kind}")
    picture(9, 9, 1).save(refused / "animated.webp", save_all=True, append_images=[picture(9, 9, 2)])
    webp = (folder / "17x19_lossy.webp").read_bytes()
    (refused / "cut.webp").write_bytes(webp[:-20])
    (refused / "damaged.webp").write_bytes(webp[:21] + b"\xff\xff" + webp[23:])  # its first part is longer than all of it
    short = png(4, 4, 8, 0, np.zeros((2, 4, 1)))[0]
    (refused / "short.png").write_bytes(short)
    (refused / "no_palette.png").write_bytes(png(2, 2, 8, 3, np.ones((2, 2, 1)))[0])
    scans = bytearray(jpeg)
    scans[scans.index(b"\xff\xda") + 5] = 9
    (refused / "scan.jpg").write_bytes(scans)


def write_resized():
    rng = np.random.default_rng(6)
    made = {}
    for rows, columns in ((8, 8), (5, 9), (1, 1), (3, 2), (31, 17)):
        image = rng.integers(0, 256, (rows, columns, 3)).astype("u1")
        made[f"image_{rows}x{columns}"] = image
        for size in ((8, 8), (4, 4), (7, 13), (32, 32), (1, 2), (10, 3)):
            for method in ("bilinear", "nearest"):
                made[f"{method}_{rows}x{columns}_{size[0]}x{size[1]}"] = tf.image.resize(image, size, method=method).numpy()
    npz(IMAGES / "resize.npz", compress=True, **made)


write_arrays()
write_pictures()
write_resized()
