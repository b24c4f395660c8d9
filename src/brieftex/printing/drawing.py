"""Pages of copies → files, verified before anybody gets them."""

from __future__ import annotations

from collections.abc import Sequence

from brieftex.diagnostics import InputError, Severity
from brieftex.layout.page import Page, has_foreign_pages
from brieftex.pdf.read.verify import expected_of, faults_in
from brieftex.pdf.write.compact import compacted
from brieftex.pdf.write.draw import DrawOptions, draw
from brieftex.pdf.write.picture import read_pictures
from brieftex.pipeline import TypesetPages


class CopyDrawer:
    """Draws the pages of any copies of an issue that was set; its pictures are read once."""

    def __init__(self, made: TypesetPages) -> None:
        """Read the pictures. Raises InputError."""
        document = made.document
        self._made = made
        self._parts = document.nodes, document.outline, document.metadata
        conforming = not has_foreign_pages(made.pages)
        self._options = DrawOptions(archival=conforming, accessible=conforming)
        self._pictures, odd = read_pictures(made.pages, document.resolution)
        if any(finding.severity is Severity.ERROR for finding in odd):
            raise InputError(made.source, odd)

    def file(self, pages: Sequence[Page]) -> bytes:
        """The file of all pages, once that of the first copy was verified. Raises InputError."""
        count, document = len(self._made.pages), self._made.document
        one = draw(pages[:count], *self._parts, self._options, self._pictures)
        if len(pages) == count and document.compact:
            one = compacted(one)
        conforming = self._options.accessible
        expected = expected_of(document, self._made.pages)
        if faults := faults_in(one, expected, conforming=conforming):
            raise InputError(self._made.source, faults)
        if len(pages) == count:
            return one
        return draw(pages, *self._parts, self._options, self._pictures)
