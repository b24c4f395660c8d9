"""What a preview keeps between two settings: theme, faces, lines, page breaks.

Each is made anew when the files that it came from change. Nothing else is kept: the pages are
those of a build (tests/unit/preview/test_kept.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

from brieftex.document.blocks import Document
from brieftex.document.styles import PageBreaking
from brieftex.fonts.report import FontBook
from brieftex.input.theme import Theme
from brieftex.input.theme.layers import theme_files
from brieftex.layout.lines.cache import LineCache
from brieftex.layout.lines.paragraph import Setting
from brieftex.layout.pages.breakers import BreakPages
from brieftex.layout.pages.columns import PageColumns
from brieftex.layout.pages.feasible import PagePlan
from brieftex.memory import KeepingMemo, KeepingMemory
from brieftex.pipeline import Services
from brieftex.styled.styles import FontRequest
from brieftex.text.shaping import Shaper
from brieftex.units import Sp

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


class CachedServices(Services):
    """Means that remember; for one issue at a time."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self.memory = KeepingMemory()
        self.files: tuple[Path, ...] = ()
        """The theme's files, for whoever watches them."""
        self._theme: tuple[object, Theme] | None = None
        self._read: tuple[tuple[Path, Stamp], ...] = ()
        self._book: tuple[object, FontBook] | None = None
        self._used: tuple[tuple[Path, Stamp], ...] = ()
        self._shaper: tuple[FontBook, Shaper] | None = None
        self._lines = LineCache(KeepingMemo(), KeepingMemo())
        self._plans: list[tuple[object, list[PagePlan]]] = []

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
        if (
            self._book is None
            or self._book[0] != key
            or self._used != stamps(_files(self._book[1]))
        ):
            self._book = key, super().fonts(request, folder, bundled_only)
            self._used = stamps(_files(self._book[1]))
        return self._book[1]

    def setting(self, book: FontBook, document: Document) -> Setting:
        """A setting that remembers the lines of the last one."""
        # One that met a character without a glyph would look for it in every text.
        if self._shaper is None or self._shaper[0] is not book or self._shaper[1].missing:
            self._shaper = book, Shaper(book)
        shaper = self._shaper[1]
        self._lines.begin(shaper, document.lines, document.keep)
        return Setting(shaper, document.lines, document.keep, cache=self._lines)

    def breaker(self, breaking: PageBreaking) -> BreakPages:
        """A breaker that remembers: the pages of the same list of heights are the same, and most
        words change no line."""
        break_anew = super().breaker(breaking)

        def remembered(columns: PageColumns, depth: Sp) -> list[PagePlan]:
            key = breaking, columns, depth
            known = next((plans for known, plans in self._plans if known == key), None)
            if known is None:
                known = break_anew(columns, depth)
                # An issue may be cut into pages a few times before they are as they should be.
                self._plans = [(key, known), *self._plans[:3]]
            return [*known]

        return remembered


def _files(book: FontBook) -> list[Path]:
    """The font files that faces of ``book`` come from."""
    return sorted({choice.face.path for choice in book.choices if choice.face is not None})


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []
