"""Random picture files: PNG with every kind of pixel and odd chunks, JPEG with odd segments, and
what Pillow writes in the other formats; whole, cut off, or with bytes that were changed."""

from __future__ import annotations

import random
import struct
import zlib
from functools import cache
from io import BytesIO

from PIL import Image

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_LONG = zlib.compress(b"a" * 10**6)

_EXIF = (
    b"", b"II*\0", b"II*\0\x08\0\0\0\1\0\x12\1\3\0\1\0\0\0\6\0\0\0\0\0\0\0",
    b"II*\0\x08\0\0\0\1\0\x12\1\3\0\1\0\0\0\xff\xff\0\0\0\0\0\0", b"MM\0*\0\0\0\x08\xff\xff",
    b"II*\0\x08\0\0\0\1\0\x12\1\5\0\1\0\0\0\x1a\0\0\0" + b"\0" * 12, b"\xff" * 600,
)  # fmt: skip
"""Directories of TIFF: none, good, rotated by what there is not, and with numbers past the end."""

_CHUNKS = {
    b"PLTE": (b"", b"123", b"1234", b"123" * 300),
    b"tRNS": (b"", b"\0", b"\0\1\0\2\0\3", b"\0" * 300),
    b"gAMA": (b"", b"\xff" * 4), b"cHRM": (b"1" * 31, b"\xff" * 32), b"sRGB": (b"", b"\xff"),
    b"iCCP": (b"", b"x\0\0", b"x\0\0" + _LONG, b"x\0\1abc"), b"pHYs": (b"", b"\xff" * 9),
    b"tEXt": (b"", b"a\0b"), b"zTXt": (b"a\0\1x", b"a\0\0" + _LONG), b"eXIf": _EXIF,
    b"iTXt": (b"a\0", b"a\0\1\0\0\0" + _LONG), b"acTL": (b"", b"\xff" * 8, b"\0\0\0\2\0\0\0\0"),
    b"fcTL": (b"", struct.pack(">IIIIIHHBB", 0, 500, 400, 9, 9, 1, 0, 9, 9)),
    b"fdAT": (b"", b"1234x"),
    b"IHDR": (b"",), b"IDAT": (b"",), b"IEND": (b"",), b"CgBI": (b"\0" * 4,), b"ZZZZ": (b"x",),
}  # fmt: skip

_SEGMENTS = {
    0xE0: (b"JFIF", b"JFIF\0\1\1\1\xff\xff\xff\xff\0\0"),
    0xE1: tuple(b"Exif\0\0" + exif for exif in _EXIF),
    0xE2: (b"ICC_PROFILE\0", b"ICC_PROFILE\0\1\2x", b"MPF\0xx",
           b"MPF\0II*\0\x08\0\0\0\1\0\1\xb0\4\0\1\0\0\0\2" + b"\0" * 7),
    0xED: (b"Photoshop 3.0\0", b"Photoshop 3.0\x008BIM\x04\x04\0\0\xff\xff\xff\xff"),
    0xEE: tuple(b"Adobe\0\x64\0\0\0\0" + way for way in (b"", b"\0", b"\1", b"\2", b"\x09")),
}  # fmt: skip


def picture(rng: random.Random) -> bytes:
    """A file that says that it is a picture."""
    way = rng.random()
    if way < 0.4:
        data = _png(rng)
    elif way < 0.6:
        data = rng.choice([one for name, one in _written().items() if name[0] == "JPEG"])
        for marker in rng.sample([*_SEGMENTS], rng.randint(0, 2)):
            body = rng.choice(_SEGMENTS[marker])
            data = data[:2] + struct.pack(">BBH", 255, marker, len(body) + 2) + body + data[2:]
    else:
        data = rng.choice([*_written().values()])
    return data if rng.random() < 0.3 else _damaged(rng, data)


def _png(rng: random.Random) -> bytes:
    kind = rng.choice([*_DEPTHS])
    depth, (width, height) = rng.choice(_DEPTHS[kind]), rng.choice(((5, 4), (1, 1), (300, 2)))
    rows = b"\0" * ((width * _CHANNELS[kind] * depth + 7) // 8 + 1) * height
    size = rng.choice(((width, height),) * 8 + ((0, 1), (2**31, 1), (20_001, 1)))
    head = struct.pack(">IIBBBBB", *size, depth, kind, 0, 0, rng.randint(0, 1))
    odd = [_chunk(name, rng.choice(_CHUNKS[name])) for name in rng.sample([*_CHUNKS], 2)]
    palette = [_chunk(b"PLTE", bytes(range(9)))] if kind == 3 and rng.random() < 0.8 else []
    parts = [*palette, *odd[: rng.randint(0, 2)]]
    rng.shuffle(parts)
    data = _chunk(b"IDAT", zlib.compress(rows))
    return b"".join((_SIGNATURE, _chunk(b"IHDR", head), *parts, data, _chunk(b"IEND", b"")))


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


@cache
def _written() -> dict[tuple[str, ...], bytes]:
    """A picture in each format, mode and compression that Pillow writes."""
    plain = Image.new("RGB", (9, 7), (200, 30, 40))
    frames = [Image.new("RGB", (9, 7), (40 * k, 30, 40)) for k in range(3)]
    wishes = [("JPEG", mode, {"progressive": p}) for mode in ("L", "RGB", "CMYK") for p in (0, 1)]
    wishes += [(name, mode, {}) for name in ("BMP", "GIF") for mode in ("1", "P", "RGB")]
    wishes += [("WEBP", "RGBA", {"lossless": True}), ("WEBP", "RGB", {})]
    wishes += [
        ("TIFF", mode, {"compression": way})
        for mode in ("L", "P", "RGB", "RGBA", "CMYK", "LAB", "I", "F")
        for way in ("raw", "tiff_lzw", "packbits", "tiff_adobe_deflate")
    ]
    wishes += [("TIFF", "1", {"compression": "group4"}), ("TIFF", "RGB", {"compression": "jpeg"})]
    made = {}
    for name, mode, how in wishes:
        made[name, mode, str(how)] = _saved(plain.convert(mode), name, **how)
    for name in ("PNG", "GIF", "WEBP", "TIFF"):
        made[name, "frames"] = _saved(frames[0], name, save_all=True, append_images=frames[1:])
    return made


def _saved(image: Image.Image, name: str, **how: object) -> bytes:
    file = BytesIO()
    image.save(file, name, **how)
    return file.getvalue()


def _damaged(rng: random.Random, data: bytes) -> bytes:
    """Cut off, or with some bytes changed; the sums of a PNG are right again, mostly."""
    if rng.random() < 0.2:
        return data[: rng.randrange(len(data) + 1)]
    made = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 5))):
        at = rng.randrange(len(made))
        some = rng.choice((b"", b"\0", b"\xff", b"\xff" * 4, b"\0" * 4, rng.randbytes(3)))
        made[at : at + rng.choice((0, len(some), len(some) + 1))] = some
        if not made:
            return b""
    return _summed(bytes(made)) if rng.random() < 0.8 else bytes(made)


def _summed(data: bytes) -> bytes:
    if not data.startswith(_SIGNATURE):
        return data
    made, at = [_SIGNATURE], len(_SIGNATURE)
    while at + 8 <= len(data):
        end = at + 8 + int.from_bytes(data[at : at + 4], "big")
        if end > len(data):
            break
        made.append(_chunk(data[at + 4 : at + 8], data[at + 8 : end]))
        at = end + 4
    return b"".join(made) + data[at:]
