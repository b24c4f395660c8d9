from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from struct import pack
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from brieftex.input.issue import picture
from brieftex.input.issue.picture import Fault, PictureError, read_header
from brieftex.picture import Raster
from brieftex.source import TooLargeError


def chunk(name: bytes, data: bytes) -> bytes:
    return pack(">I", len(data)) + name + data + pack(">I", crc32(name + data))


def png(width: int, height: int, *more: bytes) -> bytes:
    head = chunk(b"IHDR", pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + chunk(b"IDAT", b"x")


def segment(marker: int, data: bytes) -> bytes:
    return pack(">BBH", 0xFF, marker, len(data) + 2) + data


def jpeg(width: int, height: int, *before: bytes, marker: int = 0xC0) -> bytes:
    frame = segment(marker, pack(">BHHB", 8, height, width, 3) + b"\0" * 9)
    return b"\xff\xd8" + b"".join(before) + frame + segment(0xDA, b"\0" * 6)


JFIF = segment(0xE0, b"JFIF\0" + pack(">HBHHBB", 0x102, 1, 300, 300, 0, 0))
EXIF = segment(0xE1, b"Exif\0\0" + bytes(20_000))
HUFFMAN = segment(0xC4, b"\0" * 20)


def read(folder: Path, data: bytes) -> Raster:
    file = folder / "picture"
    file.write_bytes(data)
    return read_header(file).raster


def fault(folder: Path, data: bytes) -> Fault:
    with pytest.raises(PictureError) as caught:
        read(folder, data)
    return caught.value.fault


def test_a_header_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ensures that Pillow does not look through hundreds of megabytes, byte by byte, for a part of
    a JPEG, and that a file for which no memory is provided is refused before it is looked at."""
    data = jpeg(30, 20, b"\xff" + bytes(10_000))
    assert read(tmp_path, data).width == 30
    monkeypatch.setattr(picture, "_MOST_READS", 5000)
    assert fault(tmp_path, data) is Fault.DAMAGED
    with (tmp_path / "picture").open("r+b") as file:
        file.truncate(5 << 30)
    with pytest.raises(TooLargeError):
        read_header(tmp_path / "picture")


def test_png(tmp_path: Path) -> None:
    assert read(tmp_path, png(30, 20)) == Raster(tmp_path / "picture", 30, 20)


def test_jpeg(tmp_path: Path) -> None:
    assert read(tmp_path, jpeg(30, 20)) == Raster(tmp_path / "picture", 30, 20)
    assert read(tmp_path, jpeg(30, 20, JFIF, HUFFMAN)).width == 30
    assert read(tmp_path, jpeg(30, 20, b"\xff\xff", marker=0xC2)).width == 30


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "TIFF"])
def test_sizes_are_those_of_the_upright_picture(kind: str, tmp_path: Path) -> None:
    # Catches a photograph of a telephone pressed into a frame of the other shape.
    exif = Image.Exif()
    exif[274] = 6
    Image.new("RGB", (30, 20)).save(tmp_path / "a", kind, exif=exif)
    found = read_header(tmp_path / "a").raster
    assert (found.width, found.height) == (20, 30)


@pytest.mark.filterwarnings("error")
def test_damaged_exif_means_nothing(tmp_path: Path) -> None:
    # Catches Pillow's warnings, in English, in the middle of a build.
    broken = segment(0xE1, b"Exif\0\0II*\0" + bytes((8, 0, 0, 0, 255, 255)) + b"\x12\1" * 9)
    assert read(tmp_path, jpeg(30, 20, broken)).width == 30
    assert read(tmp_path, jpeg(30, 20, EXIF)).width == 30


def test_frames_are_counted(tmp_path: Path) -> None:
    frames = [Image.new("L", (3, 2), 60 * k) for k in range(3)]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:])
    assert read_header(tmp_path / "a.gif").frames == 3


@pytest.mark.parametrize("make", [png, jpeg])
def test_sizes(tmp_path: Path, make: object) -> None:
    assert callable(make)
    assert read(tmp_path, make(20_000, 5_000)).width == 20_000
    assert fault(tmp_path, make(20_001, 1)) is Fault.TOO_LARGE
    assert fault(tmp_path, make(60_000, 60_000)) is Fault.TOO_LARGE
    assert fault(tmp_path, make(10_001, 10_000)) is Fault.TOO_LARGE
    assert fault(tmp_path, make(0, 10)) is Fault.DAMAGED


def test_what_takes_more_memory_may_have_fewer_pixels(tmp_path: Path) -> None:
    # Catches 1.6 GB for a WebP of 100 megapixels.
    assert read(tmp_path, jpeg(8000, 5000, marker=0xC2)).width == 8000
    assert fault(tmp_path, jpeg(8001, 5000, marker=0xC2)) is Fault.TOO_LARGE
    Image.new("L", (5001, 5000)).save(tmp_path / "a", "WEBP", quality=0, method=0)
    with pytest.raises(PictureError) as caught:
        read_header(tmp_path / "a")
    assert (caught.value.fault, caught.value.detail) == (Fault.TOO_LARGE, "25")


@pytest.mark.parametrize("mode", ["I", "F"])
def test_measured_values_are_no_picture(tmp_path: Path, mode: str) -> None:
    """Ensures that heights of a terrain are not printed as one black or white area."""
    Image.new(mode, (2, 2), 700).save(tmp_path / "a.tif")
    with pytest.raises(PictureError) as caught:
        read_header(tmp_path / "a.tif")
    assert (caught.value.fault, caught.value.detail) == (Fault.FORMAT, "32 位 TIFF")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"\0\0\0\x18ftypheic", "HEIC"),
        (b"<svg xmlns=", "SVG"),
        (b"%PDF-1.4", "PDF"),
        (b"", ""),
        (b"hello", ""),
    ],
)
def test_other_formats_are_named(tmp_path: Path, data: bytes, name: str) -> None:
    with pytest.raises(PictureError) as caught:
        read(tmp_path, data)
    assert (caught.value.fault, caught.value.detail) == (Fault.FORMAT, name)


@given(st.sampled_from([png(3, 2), jpeg(3, 2, JFIF, HUFFMAN)]), st.data())
def test_any_damage_ends_in_a_picture_or_a_fault(
    tmp_path_factory: pytest.TempPathFactory, whole: bytes, data: st.DataObject
) -> None:
    cut = bytearray(whole[: data.draw(st.integers(0, len(whole)))])
    for place in data.draw(st.lists(st.integers(0, len(whole)), max_size=4)):
        cut[place : place + 1] = data.draw(st.binary(max_size=2))
    with suppress(PictureError):
        read(tmp_path_factory.getbasetemp(), bytes(cut))
