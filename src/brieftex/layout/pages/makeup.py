"""Stage 9, page make-up: the boxes between two page breaks become a page.

Every box gets its place; footnotes, heads and folios, contents leaders and links are added. Where
pages end is already decided.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from brieftex.diagnostics import Finding
from brieftex.diagnostics.messages.editions import CODE_LEFT_OUT
from brieftex.document.blocks import Document, EntryBlock, call_anchor, note_anchor
from brieftex.document.styles import PageStyle
from brieftex.layout.blocks.box import Box, Galley, moved
from brieftex.layout.blocks.galley import set_colophon
from brieftex.layout.blocks.known import known_of
from brieftex.layout.blocks.masthead import first_ink_top
from brieftex.layout.lines.paragraph import Setting, beginning, natural_line, with_digits_of
from brieftex.layout.page import Anchor, Artifact, Line, Link, Page, Placed, PlacedLine, PlacedRule
from brieftex.layout.pages.feasible import PagePlan
from brieftex.layout.pages.marginal import Beside, set_codes
from brieftex.layout.pages.notes import NoteList
from brieftex.layout.pages.turned import turned_item, turned_link
from brieftex.layout.paginate import Layout
from brieftex.memory import NOTHING_KEPT
from brieftex.styled.styles import CharStyle
from brieftex.styled.text import Text, TextRun
from brieftex.units import BLACK, Rect, Sp, mm

_NO_DIGITS = dict.fromkeys(map(ord, "0123456789"), "\0")

LEAST_FOOT = mm(8)
"""From the foot of the paper: what is nearer is lost on many printers."""


def make_up(layout: Layout, setting: Setting) -> tuple[tuple[Page, ...], list[Finding]]:
    """The pages, and findings on what could not be set well on them. A text printed twice, such
    as a title that is repeated in the contents, is reported once."""
    document, notes, plans = layout.document, layout.notes, layout.plans
    galley = _counted(document, layout.galley, len(plans), setting)
    numbers = {anchor: there.folio for anchor, there in document.elsewhere.items()}
    on_pages = [galley.on_page(plan.spans) for plan in plans]
    numbers |= _page_of_anchor(on_pages)
    made: list[_MadeUp] = []
    before = False  # whether the page before is blank
    titles = _descriptions(document)
    memo = NOTHING_KEPT if setting.cache is None else setting.cache.pages
    memo.begin((
        document.page, document.furniture, document.note_style, document.finish, len(plans),
        numbers, titles, setting.shaper, setting.rules,
    ))  # fmt: skip
    furniture: dict[tuple[str, CharStyle], Line] = memo.recall("furniture", dict)
    for number, (plan, boxes) in enumerate(zip(plans, on_pages, strict=True), start=1):
        blank = not boxes and plan.notes[0] == plan.notes[1]
        apart = before and any(box.foot for box in boxes)
        count = _Numbers(number, len(plans), numbers, titles, shown=not (blank or apart))
        maker = _Maker(document, notes, setting, count, furniture)
        make = partial(maker.made_up, boxes, plan, blank=blank)
        made.append(memo.recall(_key(boxes, plan, notes, count), make) if memo.keeps else make())
        before = blank
    reported = dict.fromkeys(finding for one in made for finding in one.reported)
    left_out = [finding for one in made for finding in one.left_out]
    return tuple([one.page for one in made]), [*reported, *left_out]


class _MadeUp(Struct, frozen=True):
    """A page; what its lines report, and what was left out of it; the ``boxes`` on it, its notes
    included."""

    page: Page
    reported: Sequence[Finding]
    left_out: Sequence[Finding]
    boxes: Sequence[Box]


def _key(boxes: Sequence[Box], plan: PagePlan, notes: NoteList, numbers: _Numbers) -> Hashable:
    """All that a page depends on besides the document. Its boxes are known by what they are, not
    by their values: the page that is kept holds them. One of a note is none of the text, and begins
    the note or does not."""
    spans = [(start - plan.end, end - plan.end) for start, end in plan.spans]
    held = *map(id, boxes), *map(id, notes.boxes[slice(*plan.notes)])
    return numbers.page, numbers.shown, plan.turned, tuple(spans), held


def running_head(document: Document, number: int, setting: Setting) -> tuple[Placed, ...]:
    """The running head of page ``number``, for a page that is put together elsewhere."""
    numbers = _Numbers(number, number, {}, {})
    maker = _Maker(document, NoteList((), (), ()), setting, numbers, {})
    maker.head()
    return tuple(maker.items)


def _counted(document: Document, galley: Galley, pages: int, setting: Setting) -> Galley:
    """``galley`` with the number of pages in the colophon, whose height does not change."""
    if document.foot is None:
        return galley
    kept = galley.boxes[-1]
    foot = set_colophon(document.foot, document.page, setting, pages)

    def counted() -> Box:
        items = tuple(moved(item, 0, kept.height - foot.height) for item in foot.items)
        return replace(kept, items=items)

    last = known_of((kept, foot), None, setting, counted)
    return replace(galley, boxes=(*galley.boxes[:-1], last))


def _page_of_anchor(on_pages: Sequence[Sequence[Box]]) -> dict[str, int]:
    return {
        anchor: number
        for number, boxes in enumerate(on_pages, start=1)
        for box in boxes
        for anchor in box.anchors
    }


class _Numbers(Struct, frozen=True):
    """A page's number, the number of pages, the page numbers of anchors, and the descriptions of
    links inside the document."""

    page: int
    pages: int
    anchors: Mapping[str, int]
    titles: Mapping[str, str]
    shown: bool = True
    """False on a blank page, and on the colophon's page behind one (GB/T 9704-2012 7.5)."""


class _Maker:
    """One page in the making."""

    def __init__(
        self,
        document: Document,
        notes: NoteList,
        setting: Setting,
        numbers: _Numbers,
        furniture: dict[tuple[str, CharStyle], Line],
    ) -> None:
        """``furniture`` are the lines of earlier pages: a running head is set once, and a folio
        once for each number of digits."""
        self.furniture = furniture
        self.document = document
        self.notes = notes
        self.setting = setting
        self.numbers = numbers
        self.area = document.page.type_area
        self.items: list[Placed] = []
        self.beside: list[Beside] = []
        self.findings: list[Finding] = []
        self.anchors: list[Anchor] = []

    def made_up(self, boxes: Sequence[Box], plan: PagePlan, *, blank: bool) -> _MadeUp:
        """The page, and what is to be said about it."""
        page = self.page(boxes, plan, blank=blank)
        lines = [item.line for item in page.items if isinstance(item, PlacedLine)]
        odd = [line for line in lines if line.findings or line.above]
        reported = [finding for line in odd for finding in line.reported()]
        held = [*boxes, *self.notes.boxes[slice(*plan.notes)]]
        return _MadeUp(page, reported, self.findings, held)

    def page(self, boxes: Sequence[Box], plan: PagePlan, *, blank: bool) -> Page:
        """The page with these boxes and the notes that ``plan`` assigns to it."""
        whole = any(box.whole for box in boxes)
        if not (blank or whole):
            self.head()
        trim = self.document.page.trim
        links = self._turned_body(boxes, plan) if plan.turned else self._upright(boxes, plan)
        self._folio(whole=whole)
        anchors = tuple(self.anchors)
        return Page(
            self.numbers.page, trim, tuple(self.items), links, anchors, plan.turned, whole=whole
        )

    def _upright(self, boxes: Sequence[Box], plan: PagePlan) -> tuple[Link, ...]:
        self._body(boxes, plan, self.document.page)
        self._codes()
        return tuple(_links(self.items, self.numbers.titles))

    def _turned_body(self, boxes: Sequence[Box], plan: PagePlan) -> tuple[Link, ...]:
        """Place what lies across the page; head and folio stay where they are on all others
        (GB/T 9704-2012 8). Its margin has no room for codes."""
        page, height = self.document.page, self.document.page.trim.height
        above, self.items, upright = self.items, [], self.area
        self.area = page.turned.type_area
        self._body(boxes, plan, page.turned)
        number = self.numbers.page
        self.findings.extend(CODE_LEFT_OUT.at(code.at, page=number) for _, code in self.beside)
        links = [turned_link(link, height) for link in _links(self.items, self.numbers.titles)]
        self.items = [*above, *(turned_item(item, height) for item in self.items)]
        # Where a screen shows the top left corner of the page.
        self.anchors = [Anchor(anchor.name, height) for anchor in self.anchors]
        self.area = upright
        return tuple(links)

    def _body(self, boxes: Sequence[Box], plan: PagePlan, page: PageStyle) -> None:
        x, y = self.area.x, self.area.y - page.overhang
        foot = self.area.y + self.area.height + page.overhang  # of the grid
        # A repeated table head stands below the figures at the top of the page.
        top = plan.spans[-1][0] - plan.end + len(boxes) if plan.spans else 0
        for k, box in enumerate(boxes):
            if k == top and box.head:
                self._place(box.head, x, y)
                y += box.head.height
            if box.foot:
                y = foot - box.height
            self._place(box, x, y)
            if box.entry:
                self._entry(*box.entry, x, y)
            y += box.height
        if boxes:
            closing = boxes[-1].closing
            self.items.extend(moved(item, x, y - boxes[-1].height) for item in closing)
        # Notes end at the foot of the type area, or above the colophon that stands there.
        standing = sum(box.height for box in boxes if box.foot)
        self._notes(plan.notes, foot - (standing or page.overhang))

    def _codes(self) -> None:
        """Place the codes of this page's sources in its outer margin."""
        finish, number = self.document.finish, self.numbers.page
        at_left = finish is not None and finish.binding.outer_is_left(number)
        placed, left = set_codes(self.beside, self.document.page, at_left=at_left)
        self.items.extend(placed)
        self.findings.extend(CODE_LEFT_OUT.at(code.at, page=number) for code in left)

    def _place(self, box: Box, x: Sp, y: Sp) -> None:
        for item in box.items:  # most boxes have one, and nothing else
            self.items.append(moved(item, x, y))
        if box.beside:
            self.beside += [(y + middle, code) for middle, code in box.beside]
        if box.anchors:
            self.anchors += [Anchor(name, y) for name in box.anchors]

    def _notes(self, lines: tuple[int, int], bottom: Sp) -> None:
        """Place this page's lines of notes below their rule; the number of a note that is
        continued from the page before is not repeated."""
        s, t = lines
        if s == t:
            return
        style = self.document.note_style
        first = set(self.notes.starts)
        boxes = self.notes.boxes[s:t]
        gaps = [style.gap if k in first and k > s else 0 for k in range(s, t)]
        x, y = self.area.x, bottom - sum(box.height for box in boxes) - sum(gaps)
        top = y - style.below - style.rule_thickness
        self.items.append(PlacedRule(Rect(x, top, style.rule_width, style.rule_thickness), BLACK))
        for box, gap in zip(boxes, gaps, strict=True):
            y += gap
            self._place(box, x, y)
            y += box.height

    def _entry(self, entry: EntryBlock, line: Line, base: Sp, x: Sp, y: Sp) -> None:
        """Place the page number of a contents line at the right edge, with leaders up to it."""
        number = str(self.numbers.anchors.get(entry.target, ""))
        folio = entry.folio
        run = TextRun(len(number), folio.style, folio.node, folio.href)
        digits = natural_line(Text(number, (run,)), self.setting)
        edge = self.area.width - entry.style.right
        self._leaders(entry, line, x, y + base, digits.width)
        self.items.append(PlacedLine(x + edge - digits.width, y + base, digits))

    def _leaders(self, entry: EntryBlock, line: Line, x: Sp, y: Sp, number_width: Sp) -> None:
        """Place leaders between the text and the number. They end at the same distance from the
        edge on every line, so that dots align vertically whatever the numbers' width."""
        style = entry.folio.style
        unit = self._furniture_line(entry.leader, style).width
        room = max(number_width, entry.digits * style.size // 2)
        edge = self.area.width - entry.style.right - room
        right = edge - style.size // 4
        count = (right - line.shift - line.width - style.size // 2) // unit if unit else 0
        if count > 0:
            longest = self._furniture_line(entry.leader * (self.area.width // unit), style)
            leader = beginning(longest, count * len(entry.leader))
            if leader is None:
                leader = self._furniture_line(entry.leader * count, style)
            place = PlacedLine(x + right - leader.width, y, leader, Artifact.LAYOUT)
            self.items.append(place)

    def _furniture_line(self, text: str, style: CharStyle) -> Line:
        found = self.furniture.get((text, style))
        if found is None:
            form = text.translate(_NO_DIGITS)
            like = self.furniture.get((form, style))
            found = None if like is None else with_digits_of(like, text, self.setting)
            if found is None:
                words = Text(text, (TextRun(len(text), style, -1),))
                found = self.furniture[form, style] = natural_line(words, self.setting)
            self.furniture[text, style] = found
        return found

    def head(self) -> None:
        """Place the running head."""
        furniture = self.document.furniture
        if self.numbers.page == 1 and not furniture.head_on_first:
            return
        style, y = furniture.head_style, furniture.head_baseline
        self._three(self._filled(furniture.head), style, y, Artifact.HEADER)
        if furniture.head_rule and any(furniture.head):
            area = self.area
            rect = Rect(area.x, furniture.head_rule_y, area.width, furniture.head_rule)
            self.items.append(PlacedRule(rect, BLACK, Artifact.HEADER))

    def _folio(self, *, whole: bool) -> None:
        furniture = self.document.furniture
        if (self.numbers.page == 1 and not furniture.folio_on_first) or not self.numbers.shown:
            return
        texts = self._filled(furniture.folio)
        if furniture.mirrored and self.numbers.page % 2 == 0:
            texts = texts[::-1]
        style, y = furniture.folio_style, furniture.folio_baseline
        if furniture.folio_top:
            words = next(filter(None, texts), "")
            y = furniture.folio_top + first_ink_top(self._furniture_line(words, style))
        if whole:  # below the folio that the page of another file may have
            y = max(y, self.document.page.trim.height - LEAST_FOOT)
        self._three(texts, style, y, Artifact.FOOTER, furniture.folio_inset)

    def _filled(self, texts: tuple[str, str, str]) -> list[str]:
        words = {"{page}": str(self.numbers.page), "{pages}": str(self.numbers.pages)}
        if any("{section}" in text for text in texts):
            words["{section}"] = self._section()
        return [_with_words(text, words) for text in texts]

    def _section(self) -> str:
        """The title of the last section that begins on this page or before it."""
        begun = [
            title
            for anchor, title in self.document.furniture.sections
            if self.numbers.anchors.get(anchor, self.numbers.page + 1) <= self.numbers.page
        ]
        return begun[-1] if begun else ""

    def _three(
        self, texts: Sequence[str], style: CharStyle, y: Sp, artifact: Artifact, inset: Sp = 0
    ) -> None:
        """Place texts at the left, in the middle and at the right of the type area."""
        room = self.area.width - 2 * inset
        for line, share in zip(self._fitting(texts, style, room), (0, 1, 2), strict=True):
            if line is not None:
                x = self.area.x + inset + (room - line.width) * share // 2
                self.items.append(PlacedLine(x, y, line, artifact))

    def _fitting(self, texts: Sequence[str], style: CharStyle, room: Sp) -> list[Line | None]:
        """The lines of a head or a folio; long titles are truncated so that none overlap."""
        lines = [self._furniture_line(text, style) if text else None for text in texts]
        cut = list(texts)
        while True:
            widths = [0 if line is None else line.width for line in lines]
            k = widths.index(max(widths))
            wanted = sum(width + style.size for width in widths if width) - style.size
            if wanted <= room or len(cut[k]) < 3:
                return lines
            # Three texts of characters two ems wide at most: this never cuts too many at once.
            surplus = max(1, (wanted - room) // (6 * style.size))
            cut[k] = cut[k].removesuffix("…")[:-surplus] + "…"
            lines[k] = self._furniture_line(cut[k], style)


def _with_words(text: str, words: Mapping[str, str]) -> str:
    for form, word in words.items():
        text = text.replace(form, word)
    return text


def _descriptions(document: Document) -> dict[str, str]:
    """Descriptions of the targets of links inside the document, for screen readers."""
    found = {f"#{entry.anchor}": entry.title for entry in document.outline}
    found |= {f"#{anchor}": there.title for anchor, there in document.elsewhere.items()}
    for note in range(len(document.notes)):
        found[f"#{note_anchor(note)}"] = f"脚注{note + 1}"
        found[f"#{call_anchor(note)}"] = f"正文：脚注{note + 1}处"
    return found


def _links(items: Sequence[Placed], titles: Mapping[str, str]) -> Iterator[Link]:
    """The active areas over the linked parts of lines, described by ``titles`` or else by their
    target."""
    for item in items:
        if not isinstance(item, PlacedLine) or item.artifact:
            continue
        for start, end, href, node in item.line.links:
            size = max(run.size for run in item.line.runs)
            top = item.y - size * 88 // 100
            area = Rect(item.x + start, top, end - start, size)
            yield Link(area, href, node, titles.get(href) or href)
