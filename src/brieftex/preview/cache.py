"""What a preview keeps between two settings beside what every process keeps: theme and faces.

Each is made anew when the files that it came from change. The pages are those of a build
(tests/unit/preview/test_cache.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

from brieftex.fonts.report import FontBook
from brieftex.input.theme import Theme
from brieftex.input.theme.layers import theme_files
from brieftex.services import KeepingServices
from brieftex.styled.styles import FontRequest

Stamp: TypeAlias = tuple[int, int, int] | None


def stamp(path: Path) -> Stamp:
    """What changes when a file does, None when there is none."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def stamps(paths: Iterable[Path]) -> tuple[tuple[Path, Stamp], ...]:
    """The files, each with its stamp."""
    return tuple((path, stamp(path)) for path in paths)


class CachedServices(KeepingServices):
    """Services that know when files change; for one issue at a time."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        super().__init__()
        self.files: tuple[Path, ...] = ()
        """The theme's files, for whoever watches them."""
        self._theme: tuple[object, Theme] | None = None
        self._read: tuple[tuple[Path, Stamp], ...] = ()
        self._book: tuple[object, FontBook, tuple[tuple[Path, Stamp], ...]] | None = None

    def is_stale(self) -> bool:
        """Whether a file of the theme has changed since it was read."""
        return self._theme is None or self._read != stamps(self.files)

    def theme(
        self, name: str, folder: Path, edition: str | None = None, *, given: bool = False
    ) -> Theme:
        """The theme, read again when one of its files changed."""
        key = name, folder, edition, given
        if self._theme is None or self._theme[0] != key or self.is_stale():
            self._theme = None
            self.files = theme_files(name, folder, given=given)
            if edition is not None:
                self.files += theme_files(edition, folder, given=True)
            self._read = stamps(self.files)
            self._theme = key, super().theme(name, folder, edition, given=given)
        return self._theme[1]

    def fonts(self, request: FontRequest, folder: Path, bundled_only: bool) -> FontBook:
        """The faces, chosen again when the theme, the issue's own fonts or a file in use
        changed."""
        key = request, folder, bundled_only, stamps(_listed(folder / "fonts"))
        known = self._book
        if known is None or known[0] != key or any(stamp(file) != at for file, at in known[2]):
            book = super().fonts(request, folder, bundled_only)
            self._book = known = key, book, stamps(_files(book))
        return known[1]


def _files(book: FontBook) -> list[Path]:
    """The font files that faces of ``book`` come from."""
    return sorted({choice.face.path for choice in book.choices if choice.face is not None})


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir(), key=str)
    except OSError:
        return []
