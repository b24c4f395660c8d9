"""The names and permissions of the faces in a font file, read from its tables.

HarfBuzz would be as quick, but it leaves out names in the code pages of China and the Macintosh,
which many Chinese fonts have, does not tell how many faces a collection holds, and takes a
file that is cut off.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from brieftex.source import open_regular

# What a file begins with: TrueType outlines, Apple's TrueType, CFF outlines; a collection.
_SFNT = (b"\x00\x01\x00\x00", b"true", b"OTTO")
_COLLECTION = b"ttcf"
_OUTLINES = frozenset((b"glyf", b"CFF ", b"CFF2"))
_NEEDED = {b"cmap": 4, b"head": 54, b"hhea": 36, b"hmtx": 4, b"maxp": 6}
"""The tables that a face must have, and their least lengths (OpenType)."""
_MOST_FACES, _MOST_TABLES, _MOST_NAME_BYTES = 256, 256, 1 << 22

# Name ids of the name table.
_FAMILY, _STYLE, _FULL, _POSTSCRIPT, _TYPOGRAPHIC_FAMILY, _TYPOGRAPHIC_STYLE = 1, 2, 4, 6, 16, 17
_READ = frozenset((1, 2, 4, 6, 16, 17))

# Code pages of the name records: Windows (3) by encoding id, Macintosh (1) by script.
_WINDOWS = {2: "cp932", 3: "gb18030", 4: "big5", 5: "cp949"}
_MACINTOSH = {0: "mac_roman", 1: "shift_jis", 2: "big5", 3: "euc_kr", 25: "gb18030"}
_WINDOWS_CHINESE = frozenset((0x0804, 0x1004, 0x0404, 0x0C04, 0x1404))


class DamagedFont(ValueError):  # noqa: N818, it is a finding about a file
    """The file is not a font, or parts of it are missing."""


class FaceNames(Struct, frozen=True):
    """What a face is called and what its maker allows.

    ``families`` and ``exact`` (full and PostScript names) are in the form of ``name_key``;
    ``family`` is for people, in Chinese where the font has it. ``fs_type`` is OS/2's.
    """

    index: int
    family: str
    families: tuple[str, ...]
    exact: tuple[str, ...]
    weight: int
    italic: bool
    fs_type: int


def name_key(name: str) -> str:
    """A name in one case and without spaces, which people write in different ways."""
    return "".join(name.split()).casefold()


def may_embed(fs_type: int) -> bool:
    """Whether OS/2 fsType allows embedding a subset.

    Bits 1 to 3 say how: where several are set the most liberal holds, so only bit 1 alone
    forbids. Bit 8 forbids subsets, bit 9 outlines.
    """
    return fs_type & 0x000E != 0x0002 and not fs_type & 0x0300


def read_face_names(path: Path) -> tuple[FaceNames, ...]:
    """The faces of a font file that have outlines.

    Raises DamagedFont, or OSError when the file cannot be read.
    """
    with open_regular(path) as file:
        size = file.seek(0, 2)
        found = []
        for index, start in enumerate(_starts(file)):
            tables = _tables(file, start, size)
            if tables.keys().isdisjoint(_OUTLINES):
                continue
            if any(tables.get(tag, (0, 0))[1] < least for tag, least in _NEEDED.items()):
                raise DamagedFont("tables missing")
            if _read(file, tables[b"hhea"][0], 2) != b"\0\1":  # HarfBuzz would leave it out
                raise DamagedFont("hhea")
            found.append(_face(file, index, tables))
        return tuple(found)


def _read(file: BinaryIO, start: int, length: int) -> bytes:
    file.seek(start)
    data = file.read(length)
    if len(data) < length:
        raise DamagedFont("truncated")
    return data


def _starts(file: BinaryIO) -> tuple[int, ...]:
    """Where the faces of the file begin."""
    if _read(file, 0, 4) != _COLLECTION:
        return (0,)
    (count,) = struct.unpack(">L", _read(file, 8, 4))
    if count > _MOST_FACES:
        raise DamagedFont("collection header")
    return struct.unpack(f">{count}L", _read(file, 12, 4 * count))


def _tables(file: BinaryIO, start: int, size: int) -> dict[bytes, tuple[int, int]]:
    """Offset and length of each table; every table lies inside the file."""
    head = _read(file, start, 12)
    (count,) = struct.unpack(">H", head[4:6])
    if head[:4] not in _SFNT or not 0 < count <= _MOST_TABLES:
        raise DamagedFont("not a font")
    directory = _read(file, start + 12, 16 * count)
    found = {}
    for tag, _, offset, length in struct.iter_unpack(">4sLLL", directory):
        if offset + length > size:
            raise DamagedFont("truncated")
        found[tag] = (offset, length)
    return found


def _face(file: BinaryIO, index: int, tables: dict[bytes, tuple[int, int]]) -> FaceNames:
    os2 = _read(file, *tables[b"OS/2"]) if b"OS/2" in tables else b""
    weight, fs_type, selection = 400, 0, 0
    if len(os2) >= 64:
        weight, _, fs_type = struct.unpack(">HHH", os2[4:10])
        (selection,) = struct.unpack(">H", os2[62:64])
    offset, length = tables.get(b"name", (0, 0))
    records = list(_records(_read(file, offset, min(length, _MOST_NAME_BYTES))))
    families = [text for _, name, text in records if name in (_FAMILY, _TYPOGRAPHIC_FAMILY)]
    exact = [text for _, name, text in records if name in (_FULL, _POSTSCRIPT)]
    exact += _with_styles(records)
    return FaceNames(
        index,
        _for_people(records),
        tuple(sorted({name_key(text) for text in families})),
        tuple(sorted({name_key(text) for text in exact})),
        weight,
        bool(selection & 0x0201),  # italic or oblique
        fs_type,
    )


_Record = tuple[tuple[int, int], int, str]  # platform and language, name id, text


def _records(data: bytes) -> Iterator[_Record]:
    if len(data) < 6:
        return
    _, count, storage = struct.unpack(">HHH", data[:6])
    for k in range(min(count, (len(data) - 6) // 12)):
        platform, encoding, language, name, length, start = struct.unpack_from(
            ">6H", data, 6 + 12 * k
        )
        if name not in _READ:
            continue
        raw = data[storage + start : storage + start + length]
        text = _decoded(raw, platform, encoding)
        if text:
            yield (platform, language), name, text


def _decoded(raw: bytes, platform: int, encoding: int) -> str:
    codec = "utf-16-be"
    if platform == 3:
        codec = _WINDOWS.get(encoding, codec)
    elif platform == 1:
        codec = _MACINTOSH.get(encoding, "mac_roman")
    try:
        # Old fonts pad each byte of a code page's name to two.
        return raw.decode(codec).replace("\0", "").strip()
    except UnicodeDecodeError:
        return ""


def _with_styles(records: list[_Record]) -> Iterator[str]:
    """Family and style put together: what menus show, not always among the full names."""
    by_key = {(language, name): text for language, name, text in records}
    for (language, name), family in by_key.items():
        style_id = {_FAMILY: _STYLE, _TYPOGRAPHIC_FAMILY: _TYPOGRAPHIC_STYLE}.get(name)
        if style_id is not None and (style := by_key.get((language, style_id))):
            yield f"{family} {style}"


def _for_people(records: list[_Record]) -> str:
    def rank(record: _Record) -> tuple[bool, bool, bool]:
        (platform, language), name, _ = record
        chinese = platform == 3 and language in _WINDOWS_CHINESE
        return not chinese, name != _TYPOGRAPHIC_FAMILY, platform != 3

    families = [r for r in records if r[1] in (_FAMILY, _TYPOGRAPHIC_FAMILY)]
    return min(families, key=rank)[2] if families else ""
