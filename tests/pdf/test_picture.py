"""Pictures: the right pixels, the right way up, and nothing else of the file."""

from __future__ import annotations

import subprocess
import sys
import zlib
from io import BytesIO
from pathlib import Path
from struct import pack

import pikepdf
import pymupdf
import pytest
from helpers.pictures import data_of, noise, placed
from msgspec.structs import replace
from pdf.made import METADATA, page
from PIL import Image

from brieftex.diagnostics import Span
from brieftex.document.blocks import StructureNode
from brieftex.pdf.write.draw import draw
from brieftex.pdf.write.picture import ImageData, PictureDataError, read_pictures, read_raster
from brieftex.picture import Raster
from brieftex.units import Rect, pt

NODES = (StructureNode("Document", -1), StructureNode("Figure", 0, alt="四块颜色"))
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
    sheets = [page(*(placed(rect, path) for rect, path in zip(rects, paths, strict=True)))]
    return draw(sheets, NODES, (), METADATA, pictures=data_of(sheets))


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


def pixels_of(picture: ImageData) -> bytes:
    assert picture.filter == b"/Filter/FlateDecode"
    return zlib.decompress(picture.data)


def raster(path: Path) -> Raster:
    return Raster(path, 1, 1)


UPRIGHT = ["red", "green", "blue", "gray"]


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P"])
def test_png(mode: str, tmp_path: Path) -> None:
    # Catches palette numbers taken for gray, and rows in the wrong order.
    quarters(mode).save(tmp_path / "a.png")
    assert seen(drawn(tmp_path / "a.png")) == UPRIGHT


def test_transparent_pixels_show_paper(tmp_path: Path) -> None:
    # Catches transparent black, and a soft mask where a flat picture will do.
    Image.new("RGBA", (9, 9), (0, 0, 0, 0)).save(tmp_path / "a.png")
    picture = read_raster(raster(tmp_path / "a.png"))
    assert pixels_of(picture) == b"\xff" * 9 * 9 * 3


def test_gray_stays_gray(tmp_path: Path) -> None:
    # Catches a third of the size wasted, and 16 bits cut off to white.
    Image.new("L", (3, 3), 100).save(tmp_path / "a.png")
    Image.new("I;16", (3, 3), 100 * 257).save(tmp_path / "b.png")
    for name in ("a.png", "b.png"):
        picture = read_raster(raster(tmp_path / name))
        assert (picture.space, set(pixels_of(picture))) == (b"DeviceGray", {100})


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


def test_a_second_picture_stays_outside(tmp_path: Path) -> None:
    # Catches what telephones write behind the picture: another one, with where it was taken.
    exif = Image.Exif()
    exif[0x010F] = "SECRET CAMERA"
    second = quarters().rotate(180)
    second.info["exif"] = exif.tobytes()
    path = tmp_path / "a.jpg"
    quarters().save(path, "MPO", save_all=True, append_images=[second], exif=exif, quality=95)
    with path.open("ab") as file:
        file.write(b"SECRET TRAILER\xff\xd9")
    assert path.read_bytes().count(b"SECRET") >= 2
    pdf = drawn(path)
    assert b"SECRET" not in pdf
    assert seen(pdf) == UPRIGHT
    with pikepdf.open(BytesIO(pdf)) as document:
        (image,) = document.pages[0].Resources.XObject.values()
        assert str(image.Filter) == "/DCTDecode"


def test_a_progressive_jpeg_is_whole(tmp_path: Path) -> None:
    # Catches a picture cut off after the first of its scans.
    quarters().save(tmp_path / "a.jpg", progressive=True, quality=95)
    data = read_raster(raster(tmp_path / "a.jpg")).data
    assert data.count(b"\xff\xda") > 1
    with Image.open(BytesIO(data)) as image:
        image.load()
    assert seen(drawn(tmp_path / "a.jpg")) == UPRIGHT


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
def test_pictures_stand_as_the_camera_was_held(orientation: int, tmp_path: Path) -> None:
    # Catches a photograph lying on its side once its EXIF is gone.
    exif = Image.Exif()
    exif[274] = orientation
    for kind in ("jpg", "png", "webp", "tiff"):
        path = tmp_path / f"a.{kind}"
        quarters().save(path, exif=exif, quality=95)
        assert seen(drawn(path)) == TURNED[orientation], kind


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
        with pytest.raises(PictureDataError):
            read_raster(raster(path))
    (tmp_path / "c.png").write_bytes(b"GIF89a")
    with pytest.raises(PictureDataError):
        read_raster(raster(tmp_path / "c.png"))


# --- odd files ------------------------------------------------------------------------------


def chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk of a PNG (ISO/IEC 15948, 5.3)."""
    return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))


def png(width: int, depth: int, kind: int, row: bytes, *extra: bytes) -> bytes:
    """A PNG of one row; ``kind`` is the colour type, ``depth`` the bits of a sample."""
    return b"".join((
        b"\x89PNG\r\n\x1a\n", chunk(b"IHDR", pack(">IIBBBBB", width, 1, depth, kind, 0, 0, 0)),
        *extra, chunk(b"IDAT", zlib.compress(b"\0" + row)), chunk(b"IEND", b""),
    ))  # fmt: skip


def words(*values: int) -> bytes:
    """Samples of 16 bits that mean these of 8."""
    return b"".join(pack(">H", value * 257) for value in values)


PALETTE = chunk(b"PLTE", bytes((255, 0, 0, 0, 0, 255)))
PNGS = {
    "gray of 16 bits": (png(2, 16, 0, words(100, 200)), (100, 200)),
    "colours of 16 bits": (png(1, 16, 2, words(100, 50, 200)), (100, 50, 200)),
    "gray of 16 bits, clear": (png(1, 16, 4, words(0, 0)), (255,) * 3),
    "colours of 16 bits, clear": (png(1, 16, 6, words(0, 0, 0, 0)), (255,) * 3),
    "gray, half clear": (png(1, 8, 4, bytes((0, 128))), (127,) * 3),
    "one bit": (png(2, 1, 0, b"\x80"), (255, 0)),
    "four bits": (png(2, 4, 0, b"\x0f"), (0, 255)),
    "palette of one bit": (png(2, 1, 3, b"\x40", PALETTE), (255, 0, 0, 0, 0, 255)),
    "palette with a clear colour": (
        png(2, 8, 3, b"\0\1", PALETTE, chunk(b"tRNS", b"\0\xff")), (255, 255, 255, 0, 0, 255),
    ),
    "a clear colour": (
        png(2, 8, 2, bytes((1, 2, 3, 4, 5, 6)), chunk(b"tRNS", b"\0\1\0\2\0\3")),
        (255, 255, 255, 4, 5, 6),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PNGS)
def test_every_sort_of_png(name: str, tmp_path: Path) -> None:
    # Catches samples of the wrong width, and transparency that turns black.
    data, pixels = PNGS[name]
    (tmp_path / "a.png").write_bytes(data)
    assert tuple(pixels_of(read_raster(raster(tmp_path / "a.png")))) == pixels


@pytest.mark.parametrize("kind", [b"zTXt", b"iCCP"])
def test_what_swells_is_refused(kind: bytes, tmp_path: Path) -> None:
    # Catches a file of 50 kB that wants 50 MB: nobody needs such texts or profiles.
    bomb = chunk(kind, b"a\0\0" + zlib.compress(bytes(50_000_000)))
    (tmp_path / "a.png").write_bytes(png(1, 8, 0, b"\x40", bomb))
    with pytest.raises(PictureDataError):
        read_raster(raster(tmp_path / "a.png"))


def test_pixels_beyond_the_picture_are_not_unpacked(tmp_path: Path) -> None:
    # Catches a header of one pixel over 50 MB of them.
    (tmp_path / "a.png").write_bytes(png(1, 8, 0, b"\x40" + bytes(50_000_000)))
    assert pixels_of(read_raster(raster(tmp_path / "a.png"))) == b"\x40"


def profile() -> bytes:
    """An ICC profile of version 2 whose red is sRGB's green and the reverse."""
    red, green, blue = (
        b"XYZ \0\0\0\0" + b"".join(pack(">i", round(v * 65536)) for v in values)
        for values in ((0.4361, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7141))
    )
    white = b"XYZ \0\0\0\0" + b"".join(pack(">i", round(v * 65536)) for v in (0.9642, 1, 0.8249))
    curve = b"curv\0\0\0\0" + pack(">IHxx", 1, round(2.2 * 256))
    name = b"desc\0\0\0\0" + pack(">I", 8) + b"swapped\0" + bytes(78)
    tags = {b"desc": name, b"wtpt": white, b"rXYZ": green, b"gXYZ": red, b"bXYZ": blue,
            b"rTRC": curve, b"gTRC": curve, b"bTRC": curve}  # fmt: skip
    table, body, at = pack(">I", len(tags)), b"", 132 + 12 * len(tags)
    for key, data in tags.items():
        table += key + pack(">II", at + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    head = pack(">I4sI4s4s4s", at + len(body), b"", 0x02400000, b"mntr", b"RGB ", b"XYZ ")
    head += pack(">6H", 2024, 1, 1, 0, 0, 0) + b"acsp" + bytes(28)
    head += b"".join(pack(">i", round(v * 65536)) for v in (0.9642, 1, 0.8249)) + bytes(48)
    return head + table + body


@pytest.mark.parametrize("name", ["a.png", "a.jpg"])
def test_colours_mean_what_their_profile_says(name: str, tmp_path: Path) -> None:
    # Catches the dull colours of photographs in a telephone's colours, taken for sRGB.
    quarters().save(tmp_path / name, icc_profile=profile(), quality=95)
    assert seen(drawn(tmp_path / name)) == ["green", "red", "blue", "gray"]


def test_an_unreadable_profile_means_nothing(tmp_path: Path) -> None:
    quarters().save(tmp_path / "a.png", icc_profile=b"no profile")
    assert seen(drawn(tmp_path / "a.png")) == UPRIGHT


@pytest.mark.parametrize("kind", ["gif", "bmp", "webp", "tiff"])
def test_other_formats(kind: str, tmp_path: Path) -> None:
    # Catches a format taken where it is read and refused where it is drawn.
    quarters("P" if kind == "gif" else "RGB").save(tmp_path / f"a.{kind}", quality=95)
    assert seen(drawn(tmp_path / f"a.{kind}")) == UPRIGHT


def finding_of(path: Path) -> list[str]:
    found, findings = read_pictures([page(placed(Rect(0, 0, pt(9), pt(9)), path))], 0)
    assert bool(found) is not any(f.severity == "error" for f in findings)
    return [finding.kind.name for finding in findings]


@pytest.mark.parametrize("progressive", [False, True])
def test_a_jpeg_that_lacks_only_its_end_is_printed_with_a_word(
    progressive: bool, tmp_path: Path
) -> None:
    # Catches a good photograph refused for two bytes, and half of one printed gray. In one of
    # fourteen the last code is followed by seven bits of padding, and the decoder misses no end.
    path = tmp_path / "a.jpg"
    decoded = set()
    for seed in range(60):
        noise(80, 56, seed).save(path, progressive=progressive, quality=90)
        whole = path.read_bytes()
        before = read_raster(raster(path)).data
        for missing in (2, 1):
            path.write_bytes(whole[:-missing])
            assert finding_of(path) == ["picture-without-end"], seed
            assert read_raster(raster(path)).data == before
        decoded.add(is_decoded(whole[:-2]))
    assert decoded == ({False} if progressive else {False, True})
    for cut in (12, 40, 400, len(whole) // 2):
        path.write_bytes(whole[:-cut])
        assert finding_of(path) == ["undecodable-picture"], cut


def is_decoded(data: bytes) -> bool:
    """Whether Pillow finds every row of a picture."""
    with Image.open(BytesIO(data)) as image:
        try:
            image.load()
        except OSError:
            return False
    return True


def test_each_bad_picture_is_told_at_its_place(tmp_path: Path) -> None:
    # Catches the second of two bad pictures found only when the first is mended.
    quarters().resize((800, 400)).save(tmp_path / "a.png")
    items = []
    for k, name in enumerate(("a.png", "b.png", "c.png")):
        (tmp_path / name).write_bytes((tmp_path / "a.png").read_bytes())
        items.append(
            replace(placed(Rect(0, 0, pt(9), pt(9)), tmp_path / name), span=Span(k, k + 1))
        )
    (tmp_path / "a.png").write_bytes((tmp_path / "a.png").read_bytes()[:300])
    (tmp_path / "b.png").unlink()
    _, findings = read_pictures([page(*items)], 0)
    assert [(f.kind.code, f.span) for f in findings] == [
        ("BT901", Span(0, 1)), ("BT291", Span(1, 2)),
    ]  # fmt: skip


@pytest.mark.filterwarnings("error")
def test_a_png_without_its_palette_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png(2, 1, 3, b"\x40"))
    assert finding_of(tmp_path / "a.png") in (["undecodable-picture"], [])


BIG = """
import resource, sys
from pathlib import Path
from brieftex.pdf.write.picture import read_raster
from brieftex.picture import Raster
path, before = Path(sys.argv[1]), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
read_raster(Raster(path, 1, 1))
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024)
"""


@pytest.mark.parametrize("mode", ["RGBA", "P", "I;16"])
def test_no_more_than_one_decoded_picture_is_in_memory(mode: str, tmp_path: Path) -> None:
    # Catches a second and third copy of a picture of the largest size: 1.6 GB.
    side = 3000
    Image.new(mode, (side, side)).save(tmp_path / "a.png", compress_level=1)
    used = int(subprocess.check_output([sys.executable, "-c", BIG, str(tmp_path / "a.png")]))
    assert used < 4 * side * side + 40_000_000
