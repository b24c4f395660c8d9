"""An index of the font files in folders and of their names, cached between runs.

A run checks only the modification time of each folder; a file is read again if its folder and its
own time or size have changed. The cache is never necessary: if it is missing, damaged or cannot be
written, only time is lost.
"""

from __future__ import annotations

import json
import os
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeAlias

from msgspec import Struct
from msgspec.structs import astuple

from brieftex.fonts import sfnt
from brieftex.output import is_stream, write_whole
from brieftex.source import read_regular

_VERSION = 1
_ENDINGS = (".ttf", ".otf", ".ttc", ".otc")
_DEEPEST = 12
_CACHE_LIMIT = 64 * 1024 * 1024  # bytes of the cache; 20,000 faces have 10 MB

# A folder that changed this recently may change again within one tick of its clock (2 s on
# FAT): it is checked again next time.
_SETTLED_NS = 3_000_000_000


class Problem(StrEnum):
    """Why a file has no usable face."""

    NONE = ""
    DAMAGED = "damaged"
    UNREADABLE = "unreadable"
    NO_OUTLINES = "no outlines"


class FontFile(Struct, frozen=True):
    """A font file as it was when it was read: time (ns) and size (bytes), faces or a problem."""

    path: Path
    changed: int
    size: int
    faces: tuple[sfnt.FaceNames, ...]
    problem: Problem = Problem.NONE


class _Folder(Struct):
    """The contents of a folder at the modification time ``changed`` (ns)."""

    changed: int
    folders: tuple[str, ...]
    files: dict[str, FontFile]


_Entry: TypeAlias = os.DirEntry[str]


class FontIndex:
    """Font files by folder; ``cache`` is the file that keeps the index, if any."""

    def __init__(self, cache: Path | None = None) -> None:
        """Nothing is read before the first query."""
        self._cache = cache
        self._old: dict[str, _Folder] | None = None
        self._new: dict[str, _Folder] = {}
        self._changed = False

    def files(self, folder: Path) -> tuple[FontFile, ...]:
        """All font files in ``folder`` and below, in an order that depends on names only."""
        if self._old is None:
            self._old = _loaded(self._cache) if self._cache else {}
        return tuple(self._walk(folder, set(), 0))

    def save(self) -> None:
        """Write the cache if the index has changed."""
        if self._cache is None or self._old is None:
            return
        if self._changed or self._new.keys() != self._old.keys():
            _written(self._cache, self._new)
            self._changed = False

    def _walk(self, folder: Path, seen: set[tuple[int, int]], depth: int) -> Iterator[FontFile]:
        try:
            status = folder.stat()
        except OSError:
            return
        identity = (status.st_dev, status.st_ino)
        if identity in seen or depth > _DEEPEST or not stat.S_ISDIR(status.st_mode):
            return  # a link to a folder already visited, or not a folder
        seen.add(identity)
        found = self._new.get(str(folder))
        if found is None:
            found = self._new[str(folder)] = self._seen(folder, status.st_mtime_ns)
        yield from found.files.values()
        for name in found.folders:
            yield from self._walk(folder / name, seen, depth + 1)

    def _seen(self, folder: Path, changed: int) -> _Folder:
        old = (self._old or {}).get(str(folder))
        if old is not None and old.changed == changed:
            return old
        self._changed = True
        if time.time_ns() - changed < _SETTLED_NS:
            changed = 0
        try:
            with os.scandir(folder) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            return _Folder(changed, (), {})
        folders = tuple(entry.name for entry in listed if _is_folder(entry))
        files = {}
        for entry in listed:
            if entry.name.lower().endswith(_ENDINGS) and entry.name not in folders:
                known = old.files.get(entry.name) if old is not None else None
                files[entry.name] = current(known) if known else _read(Path(entry.path))
        return _Folder(changed, folders, files)


def current(file: FontFile) -> FontFile:
    """``file`` as it is now: read again only if its time or size changed."""
    with suppress(OSError):
        status = file.path.stat()
        if (status.st_mtime_ns, status.st_size) == (file.changed, file.size):
            return file
    return _read(file.path)


def _is_folder(entry: _Entry) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _read(path: Path) -> FontFile:
    changed = size = 0
    try:
        status = path.stat()
        changed, size = status.st_mtime_ns, status.st_size
        if not stat.S_ISREG(status.st_mode):
            return FontFile(path, changed, size, (), Problem.UNREADABLE)  # a pipe would block
        faces = sfnt.read_face_names(path)
    except sfnt.DamagedFont:
        return FontFile(path, changed, size, (), Problem.DAMAGED)
    except OSError:
        return FontFile(path, changed, size, (), Problem.UNREADABLE)
    return FontFile(path, changed, size, faces, Problem.NONE if faces else Problem.NO_OUTLINES)


def _loaded(cache: Path) -> dict[str, _Folder]:
    try:
        data = json.loads(read_regular(cache, _CACHE_LIMIT))
        if data["version"] != _VERSION:
            return {}
        return {path: _folder(path, value) for path, value in data["folders"].items()}
    except (
        OSError,
        ValueError,
        ArithmeticError,
        LookupError,
        TypeError,
        AttributeError,
        RecursionError,
    ):
        return {}


def _folder(path: str, value: list[Any]) -> _Folder:
    changed, folders, files = value
    return _Folder(
        int(changed),
        tuple(map(str, folders)),
        {
            name: FontFile(
                Path(path, name), int(time_), int(size), tuple(map(_face, faces)), Problem(problem)
            )
            for name, (time_, size, faces, problem) in files.items()
        },
    )


def _face(value: list[Any]) -> sfnt.FaceNames:
    index, family, families, exact, weight, italic, fs_type = value
    return sfnt.FaceNames(
        int(index), str(family), tuple(map(str, families)), tuple(map(str, exact)),
        int(weight), bool(italic), int(fs_type),
    )  # fmt: skip


def _written(cache: Path, folders: dict[str, _Folder]) -> None:
    data = {
        path: [
            folder.changed,
            folder.folders,
            {
                name: [file.changed, file.size, [astuple(f) for f in file.faces], file.problem]
                for name, file in folder.files.items()
            },
        ]
        for path, folder in folders.items()
    }
    text = json.dumps({"version": _VERSION, "folders": data}, ensure_ascii=True)
    if is_stream(cache):
        return  # nobody may be listening
    with suppress(OSError):
        write_whole(cache, text.encode("ascii"))
