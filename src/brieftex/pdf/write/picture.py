"""Pictures become image objects (ISO 32000-1, 8.9), without the metadata of their files.

A JPEG is embedded as it is, without the segments that say who took it where. Anything else, and
any JPEG with a colour profile or in CMYK, is decoded and converted to sRGB on white; SVG files of
other programs are rasterised. Pixels are processed in strips: besides the file, no more than one
decoded picture is in memory.
"""

from __future__ import annotations

import warnings
import zlib
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from io import BytesIO
from struct import error as StructError  # noqa: N812  # what it is
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from brieftex.diagnostics import Finding
from brieftex.diagnostics.messages import pdf as messages
from brieftex.diagnostics.messages.compose import PICTURE_LOST
from brieftex.diagnostics.messages.foreign import PAGES_NOT_SHOWN
from brieftex.layout.page import Page, PlacedPicture
from brieftex.pdf.write.jpeg import jpeg_segments
from brieftex.pdf.write.objects import Objects, stream
from brieftex.picture import PICTURE_LIMIT, Markup, PdfPage, Picture, Raster
from brieftex.silence import silent_if_tiff
from brieftex.source import read_regular
from brieftex.units import to_pt

if TYPE_CHECKING:
    from pathlib import Path

    from PIL import Image

SHOWN_RESOLUTION = 200
"""Pixels to the inch of a page of another file where it has to be a picture."""

Turn = tuple[int, ...]
"""A matrix that maps the unit square onto itself."""

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
_UPRIGHT: Turn = (1, 0, 0, 1, 0, 0)

# Of a JPEG in colours of its own, set as sRGB.
_QUALITY = 92

# Of a JPEG made smaller, for the screen; and how much larger one must be to be worth it.
_SMALL_QUALITY = 82
_SPARE = 1.25

# A JPEG that is written anew, because of its colours, has no more pixels than that by far: an A4
# page in 600 dpi has 35 million.
_MOST_ANEW = 30_000_000

_STRIP = 1_000_000  # pixels that are worked on at a time
_LEVEL = 6  # zlib's own default

# Images whose profile Little CMS applies.
_PROFILED = ("RGB", "RGBA", "CMYK")

_FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")
_JPEG_MODES = {"L": b"DeviceGray", "RGB": b"DeviceRGB"}


class PictureDataError(Exception):
    """A picture file cannot be decoded; the message says why, in English."""


class EmbeddedPicture(Protocol):
    """What is drawn into a rectangle: an image, or a page of another file."""

    @property
    def turn(self) -> Turn:
        """What turns it upright."""

    @property
    def mark(self) -> bytes:
        """What tells it from any other."""

    def add_to(self, file: Objects) -> bytes:
        """Add its objects; the reference to it."""


class ImageData(Struct, frozen=True):
    """A picture ready to be embedded, encoded with ``filter``; ``turn`` rotates it upright."""

    width: int
    height: int
    space: bytes
    filter: bytes
    data: bytes
    turn: Turn = _UPRIGHT
    completed: bool = False

    @property
    def mark(self) -> bytes:
        """What tells it from any other picture."""
        size = b"%d %d %b" % (self.width, self.height, self.space)
        return sha256(size + self.filter + self.data).digest()

    def add_to(self, file: Objects) -> bytes:
        """Add the image object; the reference to it."""
        entries = (
            b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace/%b%b"
            % (self.width, self.height, self.space, self.filter)
        )
        return file.add(stream(entries, self.data, packed=False))


def read_pictures(
    pages: Iterable[Page], resolution: int
) -> tuple[dict[Picture, EmbeddedPicture], list[Finding]]:
    """The data of all pictures on ``pages``, each read once, and what is wrong with them.

    ``resolution`` is how many pixels to the inch are stored at most, 0 for all that there are;
    pages of other files come as they are.
    """
    placed: dict[Picture, list[PlacedPicture]] = {}
    for page in pages:
        for item in page.items:
            if isinstance(item, PlacedPicture):
                placed.setdefault(item.picture, []).append(item)
    found: dict[Picture, EmbeddedPicture] = {}
    findings: list[Finding] = []
    files: dict[Path, list[PdfPage]] = {}
    for picture, items in placed.items():
        if isinstance(picture, PdfPage):
            files.setdefault(picture.path, []).append(picture)
            continue
        sides = (i.rect.height if i.turned else i.rect.width for i in items)
        width = to_pt(max(sides)) / 72
        longest = max(to_pt(max(item.rect.width, item.rect.height)) for item in items) / 72
        data, odd = read_item(items[0], width, longest, resolution)
        findings += odd
        if data is not None:
            found[picture] = data
    for path, taken in files.items():
        # Here, since few issues need it.
        from brieftex.pdf.write.foreign import foreign_forms  # noqa: PLC0415

        forms, odd = foreign_forms(path, taken, placed[taken[0]][0].span)
        found.update(forms)
        findings += odd
    return found, findings


def read_item(
    item: PlacedPicture, width: float, longest: float, resolution: int
) -> tuple[ImageData | None, list[Finding]]:
    """The data of a picture printed ``width`` inches wide, its longer side ``longest`` inches,
    and findings on it."""
    name = item.picture.path.name
    try:
        if isinstance(item.picture, Markup):
            return _drawn(item.picture, item, width, resolution)
        if isinstance(item.picture, PdfPage):
            return _shown(item.picture, item, width, resolution)
        data = read_raster(item.picture, round(longest * resolution) or None)
    except PictureDataError:
        return None, [messages.UNDECODABLE_PICTURE.at(item.span, file=name)]
    except OSError:
        return None, [PICTURE_LOST.at(item.span, file=name)]
    odd = [messages.PICTURE_WITHOUT_END.at(item.span, file=name)] if data.completed else []
    return data, odd


def _drawn(
    markup: Markup, item: PlacedPicture, width: float, resolution: int
) -> tuple[ImageData | None, list[Finding]]:
    # Here, since few issues need it.
    from brieftex.pdf.write import rendering  # noqa: PLC0415

    name = markup.path.name
    most = rendering.resolution_of(markup)
    dots = min(resolution or most, most)
    try:
        image = rendering.rasterise(markup, max(1, round(width * dots)))
    except rendering.RenderingError as error:
        return None, [messages.UNRENDERED_PICTURE.at(item.span, file=name, reason=str(error))]
    odd: list[Finding] = []
    if lost := rendering.missing(markup):
        shown = " ".join(f"{char}（U+{ord(char):04X}）" for char in lost[:8])
        odd = [messages.MISSING_IN_PICTURE.at(item.span, file=name, characters=shown)]
    return _pixels(image, None), odd


def _shown(
    page: PdfPage, item: PlacedPicture, width: float, resolution: int
) -> tuple[ImageData | None, list[Finding]]:
    """A page of another file as pixels, for what shows no such pages. Raises OSError."""
    # Here, since few issues need it.
    from brieftex.pdf.raster import NoRasteriserError, foreign_pixels  # noqa: PLC0415

    pixels = max(round(width * (resolution or SHOWN_RESOLUTION)), 1)
    try:
        across, down, rgb = foreign_pixels(page.path, page.number, pixels)
    except (NoRasteriserError, ValueError):
        return None, [PAGES_NOT_SHOWN.at(item.span, file=page.path.name)]
    packed = zlib.compress(rgb, _LEVEL)
    return ImageData(across, down, b"DeviceRGB", b"/Filter/FlateDecode", packed), []


def read_raster(raster: Raster, pixels: int | None = None) -> ImageData:
    """The picture in a file, made smaller where its longer side has far more than ``pixels``.
    Raises PictureDataError, and OSError when the file cannot be read.

    How large a picture may be was decided when the issue was read.
    """
    data = read_regular(raster.path, PICTURE_LIMIT)
    turn = _TURNS.get(raster.orientation, _UPRIGHT)
    try:
        with warnings.catch_warnings(), silent_if_tiff(data):
            warnings.simplefilter("ignore")
            return _read(data, pixels, turn)
    except (OSError, ValueError, SyntaxError, KeyError, IndexError, TypeError, StructError,
            OverflowError, AttributeError, EOFError, zlib.error) as error:  # fmt: skip
        raise PictureDataError(str(error)) from error


def _read(data: bytes, pixels: int | None, turn: Turn) -> ImageData:
    # Telephones write a second picture behind the first, which is a format to Pillow.
    with _opened(data) as image:
        small = pixels is not None and max(image.size) > pixels * _SPARE
        if data.startswith(b"\xff\xd8"):
            try:
                return _jpeg(image, data, pixels if small else None, turn)
            except (OSError, ValueError):  # missed by the decoder, or by the list of segments
                whole = _completed(data)
            with _opened(whole) as again:
                made = _jpeg(again, whole, pixels if small else None, turn)
            return ImageData(made.width, made.height, made.space, made.filter, made.data,
                             made.turn, completed=True)  # fmt: skip
        image.load()  # a picture that breaks off is an error, not half a picture
        return _pixels(image, pixels if small else None, turn)


def _opened(data: bytes) -> Image.Image:
    """A picture's header; its pixels have been counted before, so Pillow needs no bound."""
    from PIL import Image  # noqa: PLC0415

    bound = Image.MAX_IMAGE_PIXELS
    Image.MAX_IMAGE_PIXELS = None
    try:
        return Image.open(BytesIO(data), formats=_FORMATS)
    finally:
        Image.MAX_IMAGE_PIXELS = bound


def _completed(data: bytes) -> bytes:
    """A JPEG with the end that its file lacks. Raises OSError if more is lacking than that.

    Whatever stands behind a picture that is whole changes nothing in it, but would be read as
    part of one that is not.
    """
    end = b"\xff\xd9"
    data = data.rstrip(b"\xff")
    pictures = []
    for more in (b"", bytes(range(1, 255)) * 8):
        with _opened(data + more + end) as image:
            image.load()
            pictures.append(zlib.crc32(image.tobytes()))
    if pictures[0] != pictures[1]:
        raise OSError("the picture breaks off")
    return data + end


def _jpeg(image: Image.Image, data: bytes, pixels: int | None, turn: Turn) -> ImageData:
    size, mode = image.size, image.mode
    in_srgb = _converter(image)
    if pixels is None and in_srgb is None and mode in _JPEG_MODES:
        # Read for its faults only, which an eighth of the size shows as well.
        image.draft(None, (max(size[0] // 8, 1), max(size[1] // 8, 1)))
        image.load()
        width, height = size
        return _as_jpeg(width, height, mode, data, turn)
    if pixels is not None:
        image.draft(None, (min(2 * pixels, size[0]), min(2 * pixels, size[1])))
    elif size[0] * size[1] > _MOST_ANEW:
        image.draft(None, (size[0] // 2, size[1] // 2))
    image.load()
    shown = image if in_srgb is None else in_srgb(image)
    shown = shown if shown.mode in _JPEG_MODES else shown.convert("RGB")
    quality = _QUALITY
    if pixels is not None:
        shown, quality = _resized(shown, pixels), _SMALL_QUALITY
    packed = BytesIO()
    shown.save(packed, "JPEG", quality=quality)
    return _as_jpeg(*shown.size, shown.mode, packed.getvalue(), turn)


def _as_jpeg(width: int, height: int, mode: str, data: bytes, turn: Turn) -> ImageData:
    kept = b"".join(jpeg_segments(data))
    return ImageData(width, height, _JPEG_MODES[mode], b"/Filter/DCTDecode", kept, turn)


def _pixels(image: Image.Image, pixels: int | None, turn: Turn = _UPRIGHT) -> ImageData:
    """An image with lossless compression."""
    width, height = image.size
    if pixels is not None:
        small = _resized(_gathered(image, max(1, max(image.size) // (2 * pixels))), pixels)
        strips: Iterable[Image.Image] = [small]
        width, height = small.size
    else:
        strips = _strips(image)
    packer = zlib.compressobj(_LEVEL)
    packed: list[bytes] = []
    mode = "RGB"
    for strip in strips:
        mode = strip.mode
        packed.append(packer.compress(strip.tobytes()))
    packed.append(packer.flush())
    return ImageData(
        width, height, _JPEG_MODES[mode], b"/Filter/FlateDecode", b"".join(packed), turn
    )


def _strips(image: Image.Image, factor: int = 1) -> Iterator[Image.Image]:
    """The image from top to bottom as gray or sRGB pixels on white, ``factor`` times smaller."""
    in_srgb = _converter(image)
    width, height = image.size
    rows = max(1, _STRIP // width // factor) * factor
    for top in range(0, height, rows):
        strip = image.crop((0, top, width, min(top + rows, height)))
        strip = _flattened(strip if in_srgb is None else in_srgb(strip))
        yield strip if factor == 1 else strip.reduce(factor)


def _gathered(image: Image.Image, factor: int) -> Image.Image:
    """A whole image, ``factor`` times smaller."""
    from PIL import Image  # noqa: PLC0415

    whole: Image.Image | None = None
    y = 0
    for strip in _strips(image, factor):
        if whole is None:
            whole = Image.new(strip.mode, (strip.width, -(-image.height // factor)))
        whole.paste(strip, (0, y))
        y += strip.height
    assert whole is not None
    return whole


def _resized(image: Image.Image, pixels: int) -> Image.Image:
    """An image whose longer side has that many pixels."""
    from PIL import Image  # noqa: PLC0415

    width, height = (max(1, side * pixels // max(image.size)) for side in image.size)
    return image.resize((width, height), Image.Resampling.LANCZOS)


def _converter(image: Image.Image) -> Callable[[Image.Image], Image.Image] | None:
    """A function that converts an image, or a strip of it, from its colour profile to sRGB. None
    without a profile, or with sRGB's own."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in _PROFILED:
        return None
    from PIL import ImageCms  # noqa: PLC0415  # few pictures have a profile

    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        if "srgb" in ImageCms.getProfileDescription(own).lower():
            return None
        mode = "RGB" if image.mode == "CMYK" else image.mode
        transform = ImageCms.buildTransform(own, ImageCms.createProfile("sRGB"), image.mode, mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None  # an unreadable profile is ignored

    def convert(part: Image.Image) -> Image.Image:
        made = ImageCms.applyTransform(part, transform)
        return part if made is None else made

    return convert


def _flattened(image: Image.Image) -> Image.Image:
    """Gray or sRGB pixels; what is transparent shows white paper."""
    from PIL import Image  # noqa: PLC0415

    if image.mode.startswith("I"):
        # Gray of 16 bits, which Pillow would cut off at 255.
        image = image.convert("F").point(lambda value: value / 257).convert("L")
    elif image.has_transparency_data:
        paper = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(paper, image.convert("RGBA")).convert("RGB")
    return image.convert("L" if image.mode in ("1", "L") else "RGB")
