from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brieftex.input.issue.picture import Fault, Picture, PictureError, read_picture


def chunk(name: bytes, data: bytes) -> bytes:
    return pack(">I", len(data)) + name + data + b"\0\0\0\0"


def png(width: int, height: int, *more: bytes) -> bytes:
    head = chunk(b"IHDR", pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + chunk(b"IDAT", b"x")


def segment(marker: int, data: bytes) -> bytes:
    return pack(">BBH", 0xFF, marker, len(data) + 2) + data


def jpeg(width: int, height: int, *before: bytes, marker: int = 0xC0) -> bytes:
    frame = segment(marker, pack(">BHHB", 8, height, width, 3) + b"\0" * 9)
    return b"\xff\xd8" + b"".join(before) + frame + segment(0xDA, b"\0" * 6)


JFIF = segment(0xE0, b"JFIF\0" + pack(">HBHHBB", 0x102, 1, 300, 300, 0, 0))
JFIF_CM = segment(0xE0, b"JFIF\0" + pack(">HBHHBB", 0x102, 2, 100, 100, 0, 0))
EXIF = segment(0xE1, b"Exif\0\0" + bytes(20_000))
HUFFMAN = segment(0xC4, b"\0" * 20)


def read(folder: Path, data: bytes) -> Picture:
    file = folder / "picture"
    file.write_bytes(data)
    return read_picture(file)


def fault(folder: Path, data: bytes) -> Fault:
    with pytest.raises(PictureError) as caught:
        read(folder, data)
    return caught.value.fault


def test_png(tmp_path: Path) -> None:
    assert read(tmp_path, png(30, 20)) == Picture("PNG", 30, 20)
    physical = chunk(b"pHYs", pack(">IIB", 11811, 11811, 1))
    picture = read(tmp_path, png(30, 20, chunk(b"gAMA", b"1234"), physical))
    assert picture.dpi == pytest.approx((300, 300), abs=0.01)
    unknown = chunk(b"pHYs", pack(">IIB", 2, 1, 0))
    assert read(tmp_path, png(30, 20, unknown)).dpi is None


def test_jpeg(tmp_path: Path) -> None:
    assert read(tmp_path, jpeg(30, 20)) == Picture("JPEG", 30, 20)
    assert read(tmp_path, jpeg(30, 20, JFIF, EXIF, HUFFMAN)) == Picture("JPEG", 30, 20, (300, 300))
    assert read(tmp_path, jpeg(30, 20, JFIF_CM)).dpi == (254, 254)
    assert read(tmp_path, jpeg(30, 20, EXIF, b"\xff\xff", marker=0xC2)).width == 30


@pytest.mark.parametrize("make", [png, jpeg])
def test_sizes(tmp_path: Path, make: object) -> None:
    assert callable(make)
    assert read(tmp_path, make(20_000, 5_000)).width == 20_000
    assert fault(tmp_path, make(20_001, 1)) is Fault.TOO_LARGE
    assert fault(tmp_path, make(60_000, 60_000)) is Fault.TOO_LARGE
    assert fault(tmp_path, make(10_001, 10_000)) is Fault.TOO_LARGE
    assert fault(tmp_path, make(0, 10)) is Fault.DAMAGED


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"GIF89a", "GIF"),
        (b"BM....", "BMP"),
        (b"RIFF1234WEBPVP8 ", "WebP"),
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
