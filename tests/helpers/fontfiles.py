"""Font files with any names, made from the test font, for tests of looking them up; and faces of
brieftex's own files."""

from __future__ import annotations

from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont

from brieftex.fonts.face import Face
from brieftex.fonts.locations import bundled_folder

BRIEFTEST = Path(__file__).parents[1] / "fonts" / "BriefTest.ttf"

_ZH, _EN = 0x804, 0x409


def bundled_face(name: str) -> Face:
    """A face of one of brieftex's own files that is taken as any other's, not as known to be sound:
    all of its characters are tested and shaped. To read up to 15 MB takes longer than most tests
    of it, so its bytes alone are mapped."""
    path = bundled_folder() / name
    return Face(path, beside=Face(path, mapped=True))


def renamed(
    family: str, *, zh: str = "", style: str = "Regular", postscript: str = "", **os2: int
) -> TTFont:
    """The test font under another name; ``os2`` are fields of that table."""
    font = TTFont(BRIEFTEST, recalcTimestamp=False)
    table = font["name"]
    table.names = []
    table.setName(family, 1, 3, 1, _EN)
    table.setName(style, 2, 3, 1, _EN)
    table.setName(f"{family} {style}", 4, 3, 1, _EN)
    table.setName(postscript or f"{''.join(family.split())}-{style}", 6, 3, 1, _EN)
    if zh:
        table.setName(zh, 1, 3, 1, _ZH)
        table.setName(zh, 4, 3, 1, _ZH)
    for field, value in os2.items():
        setattr(font["OS/2"], field, value)
    return font


def put(path: Path, font: TTFont) -> Path:
    """Write a font file, with the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    font.save(path)
    return path


def put_collection(path: Path, *fonts: TTFont) -> Path:
    """Write a .ttc of several faces."""
    path.parent.mkdir(parents=True, exist_ok=True)
    collection = TTCollection()
    collection.fonts = list(fonts)
    collection.save(path)
    return path
