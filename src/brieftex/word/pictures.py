"""Pictures of a document are saved beside the issue, cropped as they are shown."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from brieftex.output import write_whole
from brieftex.silence import silent_if_tiff
from brieftex.word.facts import PictureFacts

FOLDER = "images"
_PRINTED = {"png": "png", "jpg": "jpg", "jpeg": "jpg", "gif": "gif", "bmp": "bmp",
            "tif": "tif", "tiff": "tif", "webp": "webp"}  # fmt: skip


class Saved(Struct, frozen=True):
    """A picture to be saved: its path from the issue's folder, its bytes, and whether the file
    can be printed."""

    path: str
    data: bytes
    printable: bool


def named(pictures: Sequence[PictureFacts], folder: Path, stem: str) -> list[Saved]:
    """A name for each picture that no other file has; the same picture has the same name."""
    found: list[Saved] = []
    number = 0
    taken: set[str] = set()
    for picture in pictures:
        data, ending = _cropped(picture)
        printable = ending in _PRINTED and _is_readable(data)
        ending = _PRINTED.get(ending, ending)
        while True:
            number += 1
            path = f"{FOLDER}/{stem}-{number}.{ending}"
            if path in taken:
                continue
            there = folder / path
            if not there.exists() or _holds(there, data):
                break
        taken.add(path)
        found.append(Saved(path, data, printable))
    return found


def save(pictures: Sequence[Saved], folder: Path) -> None:
    """Write the files. Raises OSError."""
    for picture in pictures:
        target = folder / picture.path
        if not _holds(target, picture.data):
            write_whole(target, picture.data)


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _is_readable(data: bytes) -> bool:
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415  # only where there are pictures

    try:
        with silent_if_tiff(data), Image.open(io.BytesIO(data)) as image:
            image.load()
            return image.width > 0
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False


def _cropped(picture: PictureFacts) -> tuple[bytes, str]:
    """The bytes of what is shown of a picture, and the ending of their file."""
    if not any(picture.crop) or picture.ending not in _PRINTED:
        return picture.data, picture.ending
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415

    left, top, right, bottom = picture.crop
    try:
        with silent_if_tiff(picture.data), Image.open(io.BytesIO(picture.data)) as image:
            width, height = image.size
            box = (
                width * left // 100_000, height * top // 100_000,
                width - width * right // 100_000, height - height * bottom // 100_000,
            )  # fmt: skip
            if box[2] <= box[0] or box[3] <= box[1]:
                return picture.data, picture.ending
            cut = image.crop(box)
            buffer = io.BytesIO()
            photo = image.format == "JPEG"
            cut.save(buffer, "JPEG" if photo else "PNG", **({"quality": 92} if photo else {}))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return picture.data, picture.ending
    return buffer.getvalue(), "jpg" if photo else "png"
