"""The file of compiled patterns in the user's cache.

It is never necessary: if it is missing, damaged or cannot be written, only time is lost.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from brieftex.fonts.locations import cache_folder
from brieftex.output import is_stream, write_whole
from brieftex.patterns import PatternStore
from brieftex.source import read_regular

_LIMIT = 4 * 1024 * 1024
"""Bytes of the file: the patterns of all commands have a tenth, those of older versions stay."""


def kept_patterns() -> bytes:
    """What the file holds; nothing if it cannot be read."""
    file = _file()
    try:
        return b"" if file is None else read_regular(file, _LIMIT)
    except OSError:
        return b""


def keep_patterns(store: PatternStore) -> None:
    """Write what ``store`` has learnt; nothing happens where that cannot be."""
    file = _file()
    if file is None or is_stream(file) or not _writable(file.parent):
        return
    if (data := store.data()) is not None:
        with suppress(OSError):
            write_whole(file, data)


def _file() -> Path | None:
    folder = cache_folder()
    return folder and folder / f"patterns-{sys.implementation.cache_tag}"


def _writable(folder: Path) -> bool:
    """Whether a file can be expected to be made in ``folder``, with which its parents are made:
    asked first, because what is kept takes as long to tell as it took to compile."""
    there = next((path for path in (folder, *folder.parents) if path.is_dir()), None)
    return there is not None and os.access(there, os.W_OK)
