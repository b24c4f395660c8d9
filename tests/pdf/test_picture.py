"""Pictures: the right pixels, the right way up, and nothing else of the file."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pymupdf
import pytest
from pdf.made import METADATA, page
from PIL import Image

from brieftex.document.blocks import Node
from brieftex.layout.page import PlacedPicture
from brieftex.pdf.draw import draw
from brieftex.pdf.picture import PictureDataError, read_picture
from brieftex.units import Rect, pt

NODES = (Node("Document", -1), Node("Figure", 0, alt="四块颜色"))
COLORS = {"red": (220, 30, 30), "green": (30, 160, 60), "blue": (30, 60, 200), "gray": (128,) * 3}


def quarters(mode: str = "RGB") -> Image.Image:
    """80 by 40 pixels: red and green above blue and gray."""
    image = Image.new("RGB", (80, 40))
    for k, color in enumerate(COLORS.values()):
        image.paste(color, (40 * (k % 2), 20 * (k // 2), 40 * (k % 2) + 40, 20 * (k // 2) + 20))
    return image.convert(mode)


def drawn(*paths: Path) -> bytes:
    """The pictures one below the other, each 200 pt by 100 pt."""
    rects = (Rect(pt(50), pt(50 + 150 * k), pt(200), pt(100)) for k in range(len(paths)))
    items = [PlacedPicture(rect, path, 1) for rect, path in zip(rects, paths, strict=True)]
    return draw([page(*items)], NODES, (), METADATA)


def seen(pdf: bytes) -> list[str]:
    """The colours of the four quarters of the first picture, as rendered."""
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        pixels = document[0].get_pixmap(dpi=72)
        points = [(x, y) for y in (75, 125) for x in (100, 200)]
        near = []
        for point in points:
            value = pixels.pixel(*point)
            near.append(
                min(
                    COLORS,
                    key=lambda c: sum(abs(a - b) for a, b in zip(COLORS[c], value, strict=True)),
                )
            )
        return near


UPRIGHT = ["red", "green", "blue", "gray"]


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P"])
def test_png(mode: str, tmp_path: Path) -> None:
    # Catches palette numbers taken for gray, and rows in the wrong order.
    quarters(mode).save(tmp_path / "a.png")
    assert seen(drawn(tmp_path / "a.png")) == UPRIGHT


def test_transparent_pixels_show_paper(tmp_path: Path) -> None:
    # Catches transparent black, and a soft mask where a flat picture will do.
    Image.new("RGBA", (9, 9), (0, 0, 0, 0)).save(tmp_path / "a.png")
    picture = read_picture(tmp_path / "a.png")
    assert picture.data == b"\xff" * 9 * 9 * 3


def test_gray_stays_gray(tmp_path: Path) -> None:
    # Catches a third of the size wasted, and 16 bits cut off to white.
    Image.new("L", (3, 3), 100).save(tmp_path / "a.png")
    Image.new("I;16", (3, 3), 100 * 257).save(tmp_path / "b.png")
    for name in ("a.png", "b.png"):
        picture = read_picture(tmp_path / name)
        assert (picture.space, set(picture.data)) == (b"DeviceGray", {100})


def test_jpeg_goes_in_without_its_story(tmp_path: Path) -> None:
    # Catches EXIF with the place it was taken, comments and thumbnails in the archive.
    exif = Image.Exif()
    exif[0x010F] = "SECRET CAMERA"
    exif.get_ifd(0x8825)[1] = "N"
    path = tmp_path / "a.jpg"
    quarters().save(path, exif=exif, comment=b"SECRET PLACE", quality=95)
    with path.open("ab") as file:
        file.write(b"SECRET TRAILER")
    pdf = drawn(path)
    assert b"SECRET" in path.read_bytes()
    assert b"SECRET" not in pdf
    assert b"Exif" not in pdf
    assert seen(pdf) == UPRIGHT
    with pikepdf.open(BytesIO(pdf)) as document:
        (image,) = document.pages[0].Resources.XObject.values()
        assert str(image.Filter) == "/DCTDecode"


TURNED = {
    1: UPRIGHT,
    3: ["gray", "blue", "green", "red"],
    6: ["blue", "red", "gray", "green"],
    8: ["green", "gray", "red", "blue"],
    2: ["green", "red", "gray", "blue"],
    4: ["blue", "gray", "red", "green"],
    5: ["red", "blue", "green", "gray"],
    7: ["gray", "green", "blue", "red"],
}


@pytest.mark.parametrize("orientation", TURNED)
def test_jpeg_stands_as_the_camera_was_held(orientation: int, tmp_path: Path) -> None:
    # Catches a photograph lying on its side once its EXIF is gone.
    exif = Image.Exif()
    exif[274] = orientation
    quarters().save(tmp_path / "a.jpg", exif=exif, quality=95)
    assert seen(drawn(tmp_path / "a.jpg")) == TURNED[orientation]


def test_press_colours_become_rgb(tmp_path: Path) -> None:
    # Catches DeviceCMYK, which PDF/A forbids beside an RGB output intent, and its inversion.
    quarters("CMYK").save(tmp_path / "a.jpg", quality=95)
    pdf = drawn(tmp_path / "a.jpg")
    assert b"DeviceCMYK" not in pdf
    assert seen(pdf) == UPRIGHT


def test_a_file_goes_in_once(tmp_path: Path) -> None:
    # Catches a logo on forty pages embedded forty times.
    quarters().save(tmp_path / "a.png")
    with pikepdf.open(BytesIO(drawn(tmp_path / "a.png", tmp_path / "a.png"))) as document:
        images = [o for o in document.objects if isinstance(o, pikepdf.Stream)
                  and o.get("/Subtype") == "/Image"]  # fmt: skip
        assert len(images) == 1


def test_damaged_pictures_are_named(tmp_path: Path) -> None:
    # Catches half a photograph printed gray, and Pillow's own errors let out.
    quarters().resize((800, 400)).save(tmp_path / "a.jpg")
    quarters().resize((800, 400)).save(tmp_path / "a.png")
    for name in ("a.jpg", "a.png"):
        path = tmp_path / name
        path.write_bytes(path.read_bytes()[:600])
        with pytest.raises(PictureDataError, match=name):
            read_picture(path)
    (tmp_path / "c.png").write_bytes(b"GIF89a")
    with pytest.raises(PictureDataError):
        read_picture(tmp_path / "c.png")
