"""What the issues of one run share: themes and faces, each loaded once.

The bytes and findings of an issue are those that it has when it is built alone
(tests/unit/batch/test_services.py).
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

from brieftex.fonts.load import FontBook, FontRequest
from brieftex.input.theme import Theme
from brieftex.pipeline import Services
from brieftex.source import FileLog

_RENEWED_AFTER = 400
"""Issues after which faces are opened anew: a face keeps the shapes of all words that it set."""

_FontKey: TypeAlias = tuple[FontRequest, Path | None, bool]


class SharedServices(Services):
    """Means that remember, for many issues; what is loaded counts as what it was then, for the
    whole run. Files that are read for a theme or for faces are in no ``FileLog``."""

    def __init__(self) -> None:
        """Nothing is loaded yet."""
        self._themes: dict[tuple[str, Path, str | None, bool], Theme] = {}
        self._books: list[tuple[_FontKey, FontBook]] = []
        self._issues = 0

    def begin(self) -> None:
        """Begin another issue."""
        self._issues += 1
        if self._issues % _RENEWED_AFTER == 0:
            self._books.clear()

    def theme(
        self, name: str, folder: Path, edition: str | None = None, *, given: bool = False
    ) -> Theme:
        """The theme, read once for each folder."""
        key = name, folder, edition, given
        if key not in self._themes:
            with FileLog.silent():
                self._themes[key] = super().theme(name, folder, edition, given=given)
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
        for face in {face for role in book.roles.values() for face in (*role.han, *role.latin)}:
            face.begin_issue()
        return book

    def _loaded(self, request: FontRequest, folder: Path, bundled_only: bool) -> FontBook:
        return super().fonts(request, folder, bundled_only)
