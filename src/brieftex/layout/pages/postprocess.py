"""After make-up: pages get line numbers, marks of changes and watermarks, and are shifted for
binding.

None of this changes where lines and pages end.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from brieftex.diagnostics import Finding
from brieftex.document.blocks import Document
from brieftex.document.styles import Binding, Finish, PageStyle, Watermark
from brieftex.layout.blocks.box import moved
from brieftex.layout.lines.outlines import outline_of
from brieftex.layout.lines.paragraph import Setting, natural_line
from brieftex.layout.page import Artifact, Line, Page, Placed, PlacedPath, holds_foreign
from brieftex.layout.pages.baselines import body_baselines
from brieftex.styled.styles import CharStyle
from brieftex.styled.text import Text, TextRun
from brieftex.units import SP_PER_PT, Color, Sp
from brieftex.vector import SOLID, Outline, Paint, bounds

# A watermark takes no more than this share of the page's width and height.
_SHARE = 4, 5

_TENTH = SP_PER_PT // 10

_OVER, _VEIL = Color(128, 128, 128), SOLID * 22 // 100
"""Over a page of another file: a grey through which its text is read, as light on white as the
watermark of the themes."""


def postprocess(
    pages: Sequence[Page], document: Document, setting: Setting
) -> tuple[tuple[Page, ...], list[Finding]]:
    """``pages`` ready for printing, and findings on what could not be set well in the additions."""
    style = document.finish
    if style is None:
        return tuple(pages), []
    ready = list(pages)
    lines: list[Line] = []
    if style.line_numbers.every:
        numbers = _Numbers(document, style, setting)
        ready = [page if page.turned else numbers.added(page) for page in ready]
        lines.extend(numbers.lines.values())
    if document.changes is not None:
        from brieftex.layout.pages.changebars import with_changes  # few drafts  # noqa: PLC0415

        ready = [with_changes(page, document) for page in ready]
    shifts = [
        0 if page.whole else binding_shift(document.page, style.binding, page.number)
        for page in ready
    ]
    ready = [_moved(page, shift) for page, shift in zip(ready, shifts, strict=True)]
    mark = style.watermark
    if mark.text:
        line = _line(mark.text, mark.char, setting)
        ready = [_marked(page, mark, line) for page in ready]
        lines.append(line)
    return tuple(ready), [finding for line in lines for finding in line.reported()]


def binding_shift(page: PageStyle, binding: Binding, number: int) -> Sp:
    """How far a page is shifted to the right, Sp."""
    margin = binding.outer(page) if binding.outer_is_left(number) else binding.inner(page)
    return margin - page.type_area.x


def _moved(page: Page, x: Sp) -> Page:
    if not x:
        return page
    items = tuple(moved(item, x, 0) for item in page.items)
    links = tuple(replace(link, rect=replace(link.rect, x=link.rect.x + x)) for link in page.links)
    return replace(page, items=items, links=links)


class _Numbers:
    """The numbers beside the lines, each set once. They are drawn as outlines, so that they are
    not copied together with the text."""

    def __init__(self, document: Document, postprocess: Finish, setting: Setting) -> None:
        self.document = document
        self.finish = postprocess
        self.setting = setting
        self.lines: dict[int, Line] = {}

    def added(self, page: Page) -> Page:
        """The page with line numbers in its outer margin, at the interval that the style states
        (usually every fifth line)."""
        style, area = self.finish.line_numbers, self.document.page.type_area
        numbers: list[Placed] = []
        for count, y in enumerate(body_baselines(page, self.document), start=1):
            if count % style.every == 0:
                line = self.line(count)
                at_left = self.finish.binding.outer_is_left(page.number)
                x = area.x - style.gap - line.width if at_left else area.x + area.width + style.gap
                paint = Paint(fill=style.char.color)
                outline = outline_of(line, x, y)
                numbers.append(PlacedPath(0, 0, outline, paint, -1, artifact=Artifact.LAYOUT))
        return replace(page, items=(*page.items, *numbers))

    def line(self, count: int) -> Line:
        """The number ``count`` as a set line."""
        if count not in self.lines:
            self.lines[count] = _line(str(count), self.finish.line_numbers.char, self.setting)
        return self.lines[count]


def _marked(page: Page, style: Watermark, line: Line) -> Page:
    """The page with the words of ``line`` across it, behind everything else, but before a page of
    another file, which may be white. They are drawn as outlines, so that they are not found, copied
    or read aloud as part of the text."""
    trim = page.trim
    outline = outline_of(line, 0, 0, style.angle + 90 * page.turned)
    box = bounds(outline)
    if not (box.width and box.height):
        return page
    part, whole = _SHARE
    share = min(
        (part * trim.width * 1000 // (whole * box.width)),
        (part * trim.height * 1000 // (whole * box.height)),
        1000,
    )
    x = trim.width // 2 - (box.x + box.width // 2) * share // 1000
    y = trim.height // 2 - (box.y + box.height // 2) * share // 1000
    covered = holds_foreign(page)
    paint = Paint(
        fill=_OVER if covered else style.char.color, fill_opacity=_VEIL if covered else SOLID
    )
    scaled = _scaled(outline, share)
    mark = PlacedPath(x, y, scaled, paint, -1, artifact=Artifact.WATERMARK)
    return replace(page, items=(*page.items, mark) if covered else (mark, *page.items))


def _scaled(outline: Outline, share: int) -> Outline:
    """An outline scaled down, its points rounded to tenths of a point: a shorter page stream."""
    return tuple(
        (kind, tuple(v * share // 1000 // _TENTH * _TENTH for v in points))
        for kind, points in outline
    )


def _line(words: str, style: CharStyle, setting: Setting) -> Line:
    return natural_line(Text(words, (TextRun(len(words), style, -1),)), setting)
