"""What a volume adds to its parts, as documents of their own: how they are made, and the cover."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from brieftex.compose.builder import Draft
from brieftex.compose.furniture import furniture
from brieftex.compose.masthead import fitted_name
from brieftex.diagnostics import Source
from brieftex.document.blocks import Block, Document, Elsewhere, Metadata, RuleBlock
from brieftex.document.paragraphs import TextBlock
from brieftex.input.theme import Theme
from brieftex.layout.blocks.galley import build_galley
from brieftex.layout.lines.paragraph import Setting
from brieftex.layout.page import Page
from brieftex.layout.pages.makeup import make_up
from brieftex.layout.pages.postprocess import postprocess
from brieftex.layout.paginate import paginate
from brieftex.model.content import Inline
from brieftex.model.issue import Issue, Masthead
from brieftex.styled.styles import Align, TextStyle
from brieftex.units import BLACK, Sp, pt

_SIZE = pt("10.5")
"""五号: contents and index of a year have hundreds of lines."""

_LEADING = pt(17)


_LEAST_NAME = pt(30)
"""Of the name on the cover: one that would be smaller in one line takes several."""


class VolumeTitle(Struct, frozen=True):
    """What a volume is called: name (衡澜参阅), kind (2026年合订本), what it holds, who publishes
    it, its date, and a remark for those who get it."""

    name: str
    kind: str
    extent: str = ""
    publisher: str = ""
    date: datetime.date | None = None
    remark: str = ""

    @property
    def whole(self) -> str:
        """Name and kind."""
        return f"{self.name} {self.kind}".strip()

    def metadata(self, keywords: Sequence[str] = ()) -> Metadata:
        """The metadata of the file."""
        return Metadata(
            self.whole, self.publisher, self.extent, tuple(keywords), "zh-CN", self.date
        )


class MatterMaker:
    """Makes drafts and documents of the volume's own pages."""

    def __init__(self, title: VolumeTitle, theme: Theme, folder: Path) -> None:
        """``folder`` is where the theme's own files are looked for."""
        self.title = title
        self.theme = theme
        self._issue = Issue(
            source=Source(title.whole, title.whole),
            folder=folder,
            masthead=Masthead(Inline(title.name)),
            contents=False,
        )

    def draft(self) -> Draft:
        """A document to be filled."""
        return Draft(self._issue, self.theme)

    def document(
        self,
        draft: Draft,
        head: str,
        *,
        dense: bool = False,
        elsewhere: Mapping[str, Elsewhere] | None = None,
    ) -> Document:
        """The document of a draft; ``head`` is its word in the running head. A ``dense`` one has
        the grid of contents and index."""
        theme = self.theme
        page = theme.page
        if dense:
            lines = page.type_area.height // _LEADING
            page = replace(page, leading=_LEADING, lines=lines)
        own = furniture(self._issue, theme)
        middle = (self.title.whole, "", head) if head else ("", "", "")
        return Document(
            blocks=tuple(draft.blocks),
            notes=(),
            nodes=tuple(draft.nodes),
            outline=tuple(draft.outline),
            page=page,
            furniture=replace(
                own, head=middle, folio=("", "", ""), head_on_first=False, sections=()
            ),
            note_style=theme.notes.area,
            lines=theme.lines,
            metadata=self.title.metadata(),
            breaks=theme.pages,
            finish=theme.finish,
            resolution=theme.figures.resolution,
            elsewhere=elsewhere or {},
        )

    def style(self, name: str, **changes: object) -> TextStyle:
        """A style of the theme on the dense grid."""
        style = self.theme.styles[name]
        return replace(
            style, char=replace(style.char, size=_SIZE), leading=_LEADING, before=0, after=0,
            **changes,
        )  # fmt: skip


def set_matter(document: Document, setting: Setting) -> tuple[Page, ...]:
    """The pages of the volume's own matter."""
    pages, _ = make_up(paginate(document, setting), setting)
    return postprocess(pages, document, setting)[0]


def words_block(draft: Draft, words: str, style: TextStyle, role: str = "P") -> TextBlock:
    """Words of brieftex's own as a block."""
    node = draft.heading_node(1, 0) if role == "H1" else draft.node(role)
    return TextBlock(draft.words(words, style.char, node, 0), style)


def cover(maker: MatterMaker, setting: Setting) -> Document:
    """The cover: the name as large as a masthead has it, what the volume is and holds, and at the
    foot who publishes it."""
    theme, title, draft = maker.theme, maker.title, maker.draft()
    grid = theme.page.leading
    centred = {"align": Align.CENTER, "indent": 0, "left": 0, "right": 0, "space": 0}
    draft.add(_space(4 * grid))
    head = replace(theme.styles["title"], **centred)
    head = replace(head, char=replace(head.char, size=pt(26)), leading=pt(40))
    name = fitted_name(theme, title.name)
    if name.char.size < _LEAST_NAME:  # in several lines, as the title of a piece is
        char = replace(name.char, size=_LEAST_NAME)
        name = replace(head, char=char, leading=_LEAST_NAME * 3 // 2)
    draft.add(words_block(draft, title.name, replace(name, keep_next=True), "H1"))
    rules = theme.masthead
    draft.add(RuleBlock(rules.rule, rules.rule_color, pt(10), pt(20)))
    draft.add(words_block(draft, title.kind, head))
    if title.extent:
        below = replace(theme.styles["body"], **centred, before=pt(6))
        char = replace(below.char, font=theme.styles["editor_note"].char.font)
        draft.add(words_block(draft, title.extent, replace(below, char=char)))
    if title.remark:
        note = replace(theme.styles["body"], **centred, before=pt(6))
        draft.add(words_block(draft, title.remark, note))
    foot: list[Block] = []
    if title.publisher:
        foot.append(words_block(draft, title.publisher, replace(theme.styles["body"], **centred)))
    document = maker.document(draft, "")
    above = sum(box.height for box in build_galley(document, setting).boxes)
    room = grid * (theme.page.lines - 1) - above - len(foot) * grid
    blocks = (*draft.blocks, *([_space(room)] if foot and room > grid else []), *foot)
    return replace(document, blocks=blocks, nodes=tuple(draft.nodes))


def _space(height: Sp) -> RuleBlock:
    """White of this height."""
    return RuleBlock(0, BLACK, height)
