"""What the stages of ``pipeline`` work with: themes, faces, what sets lines and breaks pages.

A process that sets an issue again and again, or one issue after another, keeps some of it from one
time to the next: lines by their texts, pieces by their characters, pages by the heights of boxes,
and what stages have in a ``Memory``. What is kept changes nothing: the pages are those of a build
that is run once.
"""

from __future__ import annotations

from pathlib import Path

from brieftex.document.blocks import Document
from brieftex.document.styles import PageBreaking
from brieftex.fonts.load import load_fonts
from brieftex.fonts.report import FontBook
from brieftex.input.theme import Theme, load_theme
from brieftex.layout.lines.cache import LineCache
from brieftex.layout.lines.paragraph import Setting
from brieftex.layout.pages.breakers import PAGE_BREAKERS, BreakPages
from brieftex.layout.pages.columns import PageColumns
from brieftex.layout.pages.feasible import PagePlan
from brieftex.memory import FORGETFUL, KeepingMemo, KeepingMemory, Memory
from brieftex.styled.styles import FontRequest
from brieftex.text.shaping import Shaper
from brieftex.units import Sp


class Services:
    """Services that make everything afresh."""

    memory: Memory = FORGETFUL
    """What stages keep from one time to the next."""

    def theme(
        self, name: str, folder: Path, edition: str | None = None, *, given: bool = False
    ) -> Theme:
        """The theme of this name, or at this path seen from ``folder``, as ``edition`` changes
        it; a path that was ``given`` by whoever calls may lead anywhere. Raises InputError."""
        return load_theme(name, folder, edition, given=given)

    def fonts(self, request: FontRequest, folder: Path, bundled_only: bool) -> FontBook:
        """The faces that play the theme's roles."""
        return load_fonts(request, folder, bundled_only)

    def setting(self, book: FontBook, document: Document) -> Setting:
        """What the texts of ``document`` are set with."""
        return Setting(Shaper(book), document.lines, document.keep)

    def breaker(self, breaking: PageBreaking) -> BreakPages:
        """What breaks pages by these rules."""
        return PAGE_BREAKERS[breaking]


class KeepingServices(Services):
    """Services that keep what was made; for one issue at a time."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self.memory = KeepingMemory()
        self._shaper: tuple[FontBook, Shaper] | None = None
        self._lines = LineCache(KeepingMemo(), KeepingMemo())
        self._plans: list[tuple[object, list[PagePlan]]] = []

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
                self._plans = [(key, known), *self._plans[:7]]
            return [*known]

        return remembered
