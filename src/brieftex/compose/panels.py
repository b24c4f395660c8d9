"""Lines as written, names in columns, text in a box."""

from __future__ import annotations

from itertools import groupby

from msgspec.structs import replace

from brieftex.compose.builder import Draft
from brieftex.document.blocks import Block, ListNumbering, PanelBlock
from brieftex.document.paragraphs import NamesBlock, TextBlock
from brieftex.model.content import NameList, Verse
from brieftex.styled.styles import Align
from brieftex.units import Color

_WHITE = Color(255, 255, 255)
_ALIGN = {"left": Align.LEFT, "center": Align.CENTER, "right": Align.RIGHT}


def add_verse(draft: Draft, verse: Verse, parent: int) -> None:
    """Add a stanza for each run of lines; a line that does not fit goes on further in. The first
    and the second line of a stanza stay together."""
    style = draft.style("verse")
    if verse.align is not None:
        style = replace(style, align=_ALIGN[verse.align])
    if style.align is not Align.LEFT:
        style = replace(style, hang=0)
    first = True
    for filled, group in groupby(verse.lines, key=lambda line: bool(line.text)):
        if not filled:
            continue
        node = draft.node("P", parent)
        lines = list(group)
        for k, line in enumerate(lines):
            space = int(k == 0 and not first)
            keep = k == 0 and len(lines) > 1
            look = replace(style, space=max(style.space, space), keep_next=style.keep_next or keep)
            draft.add(TextBlock(draft.text(line, style.char, node), look))
        first = False


def add_names(draft: Draft, names: NameList, parent: int) -> None:
    """Add names in columns, as a list without labels."""
    style = draft.style("names")
    node = draft.node("L", parent, numbering=ListNumbering.NONE)
    texts = tuple(
        draft.plain(name, style.char, draft.node("LBody", draft.node("LI", node)))
        for name in names.names
    )
    draft.add(NamesBlock(texts, style, style.char.size))


def panel_block(draft: Draft, blocks: list[Block]) -> PanelBlock:
    """These blocks in the box of the theme."""
    rules = draft.theme.box
    shade = None if rules.shade == _WHITE else rules.shade
    return PanelBlock(tuple(blocks), rules.rule, rules.color, shade, rules.padding)
