"""Pictures as image objects (ISO 32000-1, 8.9): pixels and nothing else of the file.

A JPEG goes in as it is, without the segments that say who took it where. Anything else, and
a JPEG in colours of its own or for the press, is decoded and set as sRGB on white.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from brieftex.pdf.write.objects import File, stream

# How the picture is to be turned to stand upright, by EXIF orientation (TIFF 6.0, tag 274),
# as a matrix that maps the unit square onto itself.
_TURNS = {
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}
_UPRIGHT = (1, 0, 0, 1, 0, 0)
_ORIENTATION = 274

# Of a JPEG in colours of its own, set as sRGB.
_QUALITY = 92

# Of a JPEG made smaller, for the screen; and how much larger one must be to be worth it.
_SMALL_QUALITY = 82
_SPARE = 1.25

# Images whose profile Little CMS applies.
_PROFILED = ("RGB", "RGBA", "CMYK")

_JPEG_MODES = {"L": b"DeviceGray", "RGB": b"DeviceRGB"}

# JPEG segments (ISO/IEC 10918-1, B.1): application data, of which APP0 (JFIF) and APP14
# (Adobe) say how colours are coded, comments, and the start of the compressed picture.
_APPLICATION = range(0xE0, 0xF0)
_KEPT_APPLICATION = (0xE0, 0xEE)
_COMMENT = 0xFE
_START_OF_SCAN = 0xDA
_END = 0xD9

# In the compressed picture FF stands before 0 where it is meant, and before a restart mark.
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


class PictureDataError(Exception):
    """A picture file cannot be read. ``path`` names it, ``reason`` says why, in English."""

    def __init__(self, path: Path, reason: str) -> None:
        """``reason`` has no final full stop."""
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture ready to be embedded. ``turn`` sets it upright."""

    width: int
    height: int
    space: bytes
    filter: bytes
    data: bytes
    turn: tuple[int, ...] = _UPRIGHT

    def add_to(self, file: File) -> bytes:
        """Add the image object; the reference to it."""
        entries = (
            b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace/%b%b"
            % (self.width, self.height, self.space, self.filter)
        )
        return file.add(stream(entries, self.data, packed=not self.filter))


def read_picture(path: Path, pixels: int | None = None) -> Picture:
    """The picture in a PNG or JPEG file, made smaller where its longer side has far more than
    ``pixels``. Raises PictureDataError.

    How large a picture may be was decided when the issue was read.
    """
    try:
        data = path.read_bytes()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as image:
                image.load()  # a picture that breaks off is an error, not half a picture
                small = pixels is not None and max(image.size) > pixels * _SPARE
                # Telephones write a second picture behind the first, which is a format to Pillow.
                if image.format != "PNG":
                    return _jpeg(image, data, pixels if small else None)
                return _pixels(image, pixels if small else None)
    except UnidentifiedImageError as error:
        raise PictureDataError(path, "not a PNG or JPEG") from error
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise PictureDataError(path, str(error)) from error


def _jpeg(image: Image.Image, data: bytes, pixels: int | None) -> Picture:
    turn = _TURNS.get(image.getexif().get(_ORIENTATION, 1), _UPRIGHT)
    shown = _in_srgb(image)
    if pixels is not None or shown is not image or image.mode not in _JPEG_MODES:
        shown = shown if shown.mode in _JPEG_MODES else shown.convert("RGB")
        quality = _QUALITY
        if pixels is not None:
            shown, quality = _smaller(shown, pixels), _SMALL_QUALITY
        packed = BytesIO()
        shown.save(packed, "JPEG", quality=quality)
        data = packed.getvalue()
    space = _JPEG_MODES[shown.mode]
    return Picture(*shown.size, space, b"/Filter/DCTDecode", b"".join(_segments(data)), turn)


def _smaller(image: Image.Image, pixels: int) -> Image.Image:
    """An image whose longer side has that many pixels."""
    width, height = (max(1, side * pixels // max(image.size)) for side in image.size)
    return image.resize((width, height), Image.Resampling.LANCZOS)


def _pixels(image: Image.Image, pixels: int | None) -> Picture:
    flat = _flattened(_in_srgb(image))
    if pixels is not None:
        flat = _smaller(flat, pixels)
    space = b"DeviceGray" if flat.mode == "L" else b"DeviceRGB"
    return Picture(*flat.size, space, b"", flat.tobytes())


def _in_srgb(image: Image.Image) -> Image.Image:
    """The image with the colours that its profile means: a telephone's red is another than
    sRGB's. Without a profile, or with sRGB's own, it stays as it is."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in _PROFILED:
        return image
    from PIL import ImageCms  # noqa: PLC0415  # few pictures have a profile

    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        if "srgb" in ImageCms.getProfileDescription(own).lower():
            return image
        other = ImageCms.createProfile("sRGB")
        mode = "RGB" if image.mode == "CMYK" else image.mode
        made = ImageCms.profileToProfile(image, own, other, outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image  # a profile that cannot be read means nothing
    return image if made is None else made


def _flattened(image: Image.Image) -> Image.Image:
    """Gray or sRGB pixels; what is transparent shows white paper."""
    if image.mode.startswith("I"):
        # Gray of 16 bits, which Pillow would cut off at 255.
        image = image.convert("F").point(lambda value: value / 257).convert("L")
    elif image.has_transparency_data:
        paper = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(paper, image.convert("RGBA")).convert("RGB")
    return image.convert("L" if image.mode in ("1", "L") else "RGB")


def _segments(data: bytes) -> Iterator[bytes]:
    """The segments of a JPEG that are needed to show it, up to the end of the picture: what
    follows may be another one, with a story of its own. Raises ValueError."""
    yield data[:2]
    at = 2
    while at + 2 <= len(data) and data[at] == 0xFF:
        kind = data[at + 1]
        if kind == 0xFF:  # fill byte
            at += 1
            continue
        if kind == _END:
            yield data[at : at + 2]
            return
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if kind == _START_OF_SCAN:
            following = _NEXT_MARKER.search(data, end)
            if following is None:
                break
            end = following.start()
        if kind in _KEPT_APPLICATION or (kind not in _APPLICATION and kind != _COMMENT):
            yield data[at:end]
        at = end
    raise ValueError("broken JPEG")
