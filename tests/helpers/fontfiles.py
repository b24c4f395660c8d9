"""Font files with any names, made from the test font, for tests of looking them up."""

from __future__ import annotations

from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont

BRIEFTEST = Path(__file__).parents[1] / "fonts" / "BriefTest.ttf"

_ZH, _EN = 0x804, 0x409


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
