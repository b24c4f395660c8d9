"""What the issues of all tests of a process are set with. As in ``brieftex build``, which sets many
in one run, themes and faces are loaded once: that is three quarters of the time of a small issue.

Only what is brieftex's own is kept; a theme or a face of a test's own is loaded each time. Charts
and drawings as pixels, for documents of Word, are kept as well, since they depend on SVG and size
alone. They have a sixteenth of the pixels that an editor gets, and so has SVG that is rendered for
print: to draw and to pack these takes half of the time of such a document.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from brieftex import bounded, pipeline
from brieftex.batch.services import SharedServices
from brieftex.document.blocks import Document
from brieftex.fonts.report import FontBook
from brieftex.input.theme import Theme, edition_names, theme_names
from brieftex.input.theme.locate import BUILT_IN
from brieftex.layout.lines.paragraph import Setting
from brieftex.pdf.write import picture_file, rendering
from brieftex.pipeline import TypesetPages
from brieftex.printing import scans
from brieftex.services import Services
from brieftex.styled.styles import FontRequest
from brieftex.text.shaping import Shaper
from brieftex.twin import make

PRINTED, RASTERISED = picture_file.CHART_RESOLUTION, rendering.PIXELS_PER_INCH
"""The pixels to the inch that an editor gets: of a chart in a document of Word, of SVG in print."""

_set_issue = pipeline.set_issue
_drawn_file = make.drawn_file
_kept_file = lru_cache(256)(_drawn_file)


class KeptServices(SharedServices):
    """Themes by their names, and bundled faces, from one issue to the next."""

    def __init__(self) -> None:
        super().__init__()
        self._names = frozenset(theme_names())
        self._editions = frozenset((None, *edition_names()))
        self._shapers: list[tuple[FontBook, Shaper]] = []

    def theme(
        self, name: str, folder: Path, edition: str | None = None, *, given: bool = False
    ) -> Theme:
        if name in self._names and edition in self._editions:
            return super().theme(name, BUILT_IN, edition)
        return Services.theme(self, name, folder, edition, given=given)

    def fonts(self, request: FontRequest, folder: Path, bundled_only: bool) -> FontBook:
        if bundled_only:
            self.begin()
            return super().fonts(request, folder, bundled_only)
        return Services.fonts(self, request, folder, bundled_only)

    def setting(self, book: FontBook, document: Document) -> Setting:
        """As ``SeriesServices``: what other issues asked of these faces is known, unless one of
        them asked for a character that they lack."""
        kept = (known for _, known in self._books)
        if not any(known is book for known in kept):  # faces of the test's own
            return Services.setting(self, book, document)
        shaper = next((shaper for known, shaper in self._shapers if known is book), None)
        if shaper is None or shaper.missing:
            shaper = Shaper(book)
            self._shapers = [pair for pair in self._shapers if pair[0] is not book]
            self._shapers = [(book, shaper), *self._shapers[:7]]
        return Setting(shaper, document.lines, document.keep)


@contextmanager
def kept_services() -> Iterator[None]:
    """Sets issues with kept themes and faces, wherever no services are named."""
    kept = KeptServices()

    def set_issue(*given: Any, services: Services | None = None, **options: Any) -> TypesetPages:
        return _set_issue(*given, services=services or kept, **options)

    with (
        patch.object(pipeline, "set_issue", set_issue),
        patch.object(make, "drawn_file", _kept_file),
        patch.object(picture_file, "CHART_RESOLUTION", PRINTED // 4),
        patch.object(rendering, "PIXELS_PER_INCH", RASTERISED // 4),
    ):
        yield


@contextmanager
def new_services() -> Iterator[None]:
    """Sets issues as processes of their own do."""
    with (
        patch.object(pipeline, "set_issue", _set_issue),
        patch.object(make, "drawn_file", _drawn_file),
    ):
        yield


@contextmanager
def without_copies() -> Iterator[None]:
    """Reads files in the tests' process, and not in a copy of it within bounds: to copy a process
    that keeps what thousands of tests need takes longer than to read most files."""

    def bounded_each(work: Callable[[], Iterable[Any]], bounds: bounded.Bounds) -> Iterator[Any]:
        assert bounds.seconds
        try:
            for value in work():
                yield pickle.loads(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))
        except MemoryError as error:
            raise bounded.TooCostlyError from error
        except Exception as error:
            raise RuntimeError(f"{type(error).__name__}: {error}") from error

    with (
        patch.object(bounded, "bounded_each", bounded_each),
        patch.object(scans, "bounded_each", bounded_each),
    ):
        yield
