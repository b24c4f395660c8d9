"""An issue whose lines are moved for each copy, with the map that scans are read by."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from brieftex.layout.page import Page
from brieftex.pipeline import TypesetPages
from brieftex.tracing.linemap import GlyphInks, LineMap, map_digest, map_pages, packed_map
from brieftex.tracing.shifts import rows_of, shifted, signs_in
from brieftex.tracing.words import least_lines, word_of
from brieftex.units import to_pt


class TooFewLinesError(Exception):
    """An issue has fewer lines to be moved than would tell so many copies apart."""

    def __init__(self, lines: int, needed: int) -> None:
        """Takes how many there are and how many are needed."""
        super().__init__(lines, needed)
        self.lines = lines
        self.needed = needed


class TracedIssue:
    """What is needed to move the lines of any copy of an issue that was set in pages."""

    def __init__(
        self, made: TypesetPages, issue: str, edition: str, copies: int, inks: GlyphInks
    ) -> None:
        """``issue`` is what the ledger calls it; so many ``copies`` are to be told apart. Raises
        TooFewLinesError."""
        self._rows = rows_of(made.pages, made.document)
        self.signs = signs_in(self._rows)
        self.needed = least_lines(copies)
        if self.signs < self.needed:
            raise TooFewLinesError(self.signs, self.needed)
        # Who has the issue on paper does not have this text, and cannot make another's word.
        self._seed = sha256(f"{edition}\0{made.source.text}".encode()).hexdigest()
        self.map = packed_map(
            LineMap(
                issue=issue,
                edition=edition,
                seed=self._seed,
                signs=self.signs,
                leading=to_pt(made.document.page.leading),
                pages=map_pages(made.pages, self._rows, inks),
            )
        )
        self.digest = map_digest(self.map)

    def pages(self, pages: Sequence[Page], name: str) -> tuple[Page, ...]:
        """The pages of the copy called ``name``, which differ from those of the issue in what is
        no body text."""
        return shifted(pages, self._rows, word_of(self._seed, name, self.signs))
