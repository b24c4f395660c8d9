"""The themes that brieftex brings along, with all that they extend, as values.

``themes/settled`` holds each, and the checksums of the files that it was made of: where one is
another now, the theme is made from the files. To take it from here needs no reader of themes and is
ten times as fast. ``scripts/ready.py`` writes the files, a test compares them.
"""

from __future__ import annotations

import zlib
from pathlib import Path

import msgspec
from msgspec import Struct

from brieftex.input.theme.locate import BUILT_IN
from brieftex.model.theme import Theme
from brieftex.source import read_source

SETTLED = BUILT_IN / "settled"


class SettledTheme(Struct, frozen=True):
    """A theme, and the checksums of its files by their names, its own first."""

    files: dict[str, int]
    theme: Theme


def settled_theme(path: Path) -> Theme | None:
    """The theme of the file at ``path``; None if it is none of brieftex's own, or not known."""
    kept = SETTLED / f"{path.stem}.json"
    if path.parent != BUILT_IN or not kept.exists():
        return None
    found = msgspec.json.decode(kept.read_bytes(), type=SettledTheme)
    current = all(checksum(BUILT_IN / name) == sum_ for name, sum_ in found.files.items())
    return found.theme if current else None


def settled_file(theme: Theme, files: tuple[Path, ...]) -> bytes:
    """What is kept of a theme that was made of ``files``."""
    made = SettledTheme({path.name: checksum(path) for path in files}, theme)
    return msgspec.json.encode(made) + b"\n"


def checksum(path: Path) -> int:
    """That of the text of a file. Raises InputError."""
    return zlib.crc32(read_source(path)[0].text.encode())
