"""What the issues of one run share: themes and faces, each loaded once, and what stages made.

The bytes and findings of an issue are those that it has when it is built alone
(tests/unit/batch/test_services.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

import msgspec

from brieftex.fonts.face import FONT_LIMIT, Face
from brieftex.fonts.locations import bundled_folder
from brieftex.fonts.report import FontBook
from brieftex.input.theme import Theme
from brieftex.services import KeepingServices, Services
from brieftex.source import FileLog, read_regular
from brieftex.styled.styles import FontRequest

RENEWED_AFTER = 400
"""Issues after which faces are opened anew: a face keeps the shapes of all words that it set."""

_FontKey: TypeAlias = tuple[FontRequest, Path | None, bool]


class BatchServices(Services):
    """Services for one issue after another."""

    def begin(self) -> None:
        """Begin another issue."""

    def looks(self) -> str:
        """A digest of theme and faces of the last issue; "" where nobody has to know."""
        return ""


class SharedServices(BatchServices):
    """Services for many issues, which keep what they have loaded, as it was then, for the whole
    run. Files that are read for a theme or for faces are in no ``FileLog``."""

    def __init__(self) -> None:
        """Services that have loaded nothing yet."""
        super().__init__()
        self._themes: dict[tuple[str, Path, str | None, bool], Theme] = {}
        self._books: list[tuple[_FontKey, FontBook]] = []
        self._digests: dict[Path, str] = {}
        self._looks: list[tuple[Theme, FontBook, str]] = []
        self._last: tuple[Theme | None, FontBook | None] = None, None
        self._issues = 0

    def begin(self) -> None:
        """Begin another issue."""
        self._issues += 1
        if self._issues % RENEWED_AFTER == 0:
            self._books.clear()
            self._looks.clear()

    def theme(
        self, name: str, folder: Path, edition: str | None = None, *, given: bool = False
    ) -> Theme:
        """The theme, read once for each folder."""
        key = name, folder, edition, given
        if key not in self._themes:
            with FileLog.silent():
                self._themes[key] = super().theme(name, folder, edition, given=given)
        self._last = self._themes[key], None
        return self._themes[key]

    def fonts(self, request: FontRequest, folder: Path, bundled_only: bool) -> FontBook:
        """The faces, opened once for each request, and for each folder that has its own."""
        own = folder.resolve() if (folder / "fonts").is_dir() and not bundled_only else None
        key = request, own, bundled_only
        book = next((book for known, book in self._books if known == key), None)
        if book is None:
            with FileLog.silent():
                book = self._loaded(request, folder, bundled_only)
            self._books.append((key, book))
        for face in _faces(book):
            face.begin_issue()
        self._last = self._last[0], book
        return book

    def looks(self) -> str:
        """A digest of theme and faces of the last issue. A face that comes with brieftex counts
        by its name, any other by the bytes of its file. Raises OSError."""
        theme, book = self._last
        if theme is None or book is None:
            return ""
        for known, faces, digest in self._looks:
            if known is theme and faces is book:
                return digest
        whole = hashlib.sha256(msgspec.msgpack.encode(theme, order="deterministic"))
        with FileLog.silent():
            for line in self._described(book):
                whole.update(f"{line}\n".encode())
        self._looks.append((theme, book, whole.hexdigest()))
        return whole.hexdigest()

    def _described(self, book: FontBook) -> Iterator[str]:
        for name, role in sorted(book.roles.items()):
            for script, faces in (("han", role.han), ("latin", role.latin)):
                shown = " ".join(f"{self._digest(face)}:{face.index}" for face in faces)
                yield f"{name} {script} {shown}"
        for finding in book.findings:
            yield finding.message()

    def _digest(self, face: Face) -> str:
        if face.path.is_relative_to(bundled_folder()):
            return face.path.name
        if face.path not in self._digests:
            data = read_regular(face.path, FONT_LIMIT)
            self._digests[face.path] = hashlib.sha256(data).hexdigest()
        return self._digests[face.path]

    def _loaded(self, request: FontRequest, folder: Path, bundled_only: bool) -> FontBook:
        return super().fonts(request, folder, bundled_only)


class SeriesServices(SharedServices, KeepingServices):
    """Shared services that keep what stages made of the last issue: those of a series have names,
    titles, tables and pictures in common, and the shapes of their characters."""

    def begin(self) -> None:
        """Begin another issue."""
        super().begin()
        _, book = self._last
        # Characters that have pieces are not asked for again, and an issue is told of those that
        # a face refused.
        if book is not None and any(face.refused for face in _faces(book)):
            self._shaper = None


def _faces(book: FontBook) -> set[Face]:
    return {face for role in book.roles.values() for face in (*role.han, *role.latin)}
