"""The contents of a volume: by issue, and by section over all issues."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from brieftex.collection.matter import MatterMaker
from brieftex.collection.records import VolumeRecord
from brieftex.compose.builder import Draft
from brieftex.document.blocks import Document, Elsewhere, EntryBlock
from brieftex.document.paragraphs import TextBlock
from brieftex.styled.styles import Align, TextStyle
from brieftex.styled.text import TextRun

BY_ISSUE, BY_SECTION = "contents-by-issue", "contents-by-section"
"""The anchors of both."""


class ContentsLine(Struct, frozen=True):
    """A line of the contents: its words, where it leads to, and its folio; ``deep`` ones are
    indented."""

    words: str
    target: str
    folio: int
    deep: bool


class ContentsList(Struct, frozen=True):
    """One list of the contents: its heading and lines; a ``head`` line has no folio."""

    heading: str
    anchor: str
    lines: tuple[ContentsLine | str, ...]


def by_issue(records: Sequence[VolumeRecord]) -> ContentsList:
    """Every issue with its pieces."""
    lines: list[ContentsLine | str] = []
    for record in records:
        head = record.head
        date = (
            "" if head.date is None else f"　{head.date.year}年{head.date.month}月{head.date.day}日"
        )
        words = f"{head.words or head.name}{date}"
        lines.append(ContentsLine(words, f"{record.part}/page-1", record.first, deep=False))
        lines += [
            ContentsLine(piece.title, f"{record.part}/{piece.anchor}", piece.folio, deep=True)
            for piece in record.pieces
        ]
    return ContentsList("分期目录", BY_ISSUE, tuple(lines))


def by_section(records: Sequence[VolumeRecord]) -> ContentsList:
    """The pieces of every section over all issues, sections in the order in which they first
    appear; those without a section last."""
    found: dict[str, list[ContentsLine]] = {}
    for record in records:
        number = record.head.words.partition("（")[0]
        for piece in record.pieces:
            words = f"{piece.title}（{number}）" if number else piece.title
            target = f"{record.part}/{piece.anchor}"
            line = ContentsLine(words, target, piece.folio, deep=True)
            found.setdefault(piece.section, []).append(line)
    without = found.pop("", [])
    lines: list[ContentsLine | str] = []
    for section, pieces in found.items():
        lines += [section, *pieces]
    if without:
        lines += ["不分栏目的篇目", *without] if lines else without
    return ContentsList("分栏目录", BY_SECTION, tuple(lines))


def contents(maker: MatterMaker, lists: Sequence[ContentsList], remark: str) -> Document:
    """The document of the contents; ``remark`` stands below the first heading."""
    draft = maker.draft()
    elsewhere: dict[str, Elsewhere] = {}
    digits = max(
        (len(str(x.folio)) for part in lists for x in part.lines if isinstance(x, ContentsLine)),
        default=1,
    )
    for number, part in enumerate(lists):
        draft.start_page()
        style = maker.style("contents_heading")
        style = replace(
            style, char=replace(style.char, size=style.char.size * 3 // 2),
            leading=3 * style.leading,
        )  # fmt: skip
        node = draft.heading_node(1 if number == 0 else draft.heading, 0)
        heading = draft.words(part.heading, style.char, node, 0)
        draft.add(TextBlock(heading, style, part.anchor))
        draft.add_outline(0, part.heading, part.anchor)
        if number == 0 and remark:
            below = maker.style("contents_item", left=0, hang=0, align=Align.CENTER)
            text = draft.words(remark, below.char, draft.node("P"), 0)
            draft.add(TextBlock(text, replace(below, leading=2 * below.leading)))
        toc = draft.node("TOC")
        for line in part.lines:
            if isinstance(line, str):
                _add_head(draft, maker, line, toc)
                continue
            elsewhere[line.target] = Elsewhere(line.folio, line.words)
            _add_line(draft, maker, line, toc, max(digits, 3))
    return maker.document(draft, "目录", dense=True, elsewhere=elsewhere)


def _add_head(draft: Draft, maker: MatterMaker, words: str, toc: int) -> None:
    style = maker.style("contents_section", space=1)
    node = draft.node("P", draft.node("TOCI", toc))
    draft.add(TextBlock(draft.words(words, style.char, node, 0), style))


def _add_line(draft: Draft, maker: MatterMaker, line: ContentsLine, toc: int, digits: int) -> None:
    style: TextStyle = maker.style("contents_item" if line.deep else "contents_section")
    if not line.deep:
        style = replace(style, before=style.leading // 2, keep_next=True)
    node = draft.node("Link", draft.node("Reference", draft.node("TOCI", toc)))
    href = f"#{line.target}"
    text = draft.words(line.words, style.char, node, 0, href)
    folio = TextRun(0, maker.style("contents_item").char, node, href)
    leader = maker.theme.contents.leader
    draft.add(EntryBlock(text, line.target, style, leader, folio, digits))
