"""版记, the colophon: recipients, authors and approvers, copies printed."""

from __future__ import annotations

from msgspec.structs import replace

from brieftex.compose.builder import Draft
from brieftex.compose.dates import format_date
from brieftex.document.blocks import FootBlock, PairBlock, RuleBlock
from brieftex.document.paragraphs import TextBlock
from brieftex.model.content import Inline
from brieftex.model.issue import Colophon
from brieftex.styled.builder import TextBuilder
from brieftex.styled.text import Text
from brieftex.units import Sp

_RECIPIENTS = ("report_to", "send_to", "distribute_to", "copy_to")
_PEOPLE = ("prepared_by", "reviewed_by", "approved_by")


def composed_colophon(draft: Draft, colophon: Colophon) -> FootBlock | None:
    """The colophon: heavy rules outside, light ones between its parts. None if it is empty.

    GB/T 9704-2012 7.4.1 and 7.4.2.
    """
    node = draft.node("Sect")
    receivers: list[TextBlock | PairBlock] = [
        _recipients(draft, name, getattr(colophon, name), node)
        for name in _RECIPIENTS
        if getattr(colophon, name)
    ]
    printed = _printed(draft, colophon, node)
    parts = [part for part in (receivers, _makers(draft, colophon, node), printed) if part]
    if not parts:
        return None
    rules = draft.theme.colophon
    blocks: list[TextBlock | PairBlock | RuleBlock] = [_rule(draft, rules.heavy, 0, rules.gap)]
    for index, part in enumerate(parts):
        if index:
            blocks.append(_rule(draft, rules.light, rules.gap, rules.gap))
        blocks.extend(part)
    blocks.append(_rule(draft, rules.heavy, rules.gap, 0))
    return FootBlock(tuple(blocks), even=rules.even_page or colophon.even_page)


def _rule(draft: Draft, thickness: Sp, above: Sp, below: Sp) -> RuleBlock:
    return RuleBlock(thickness, draft.theme.colophon.color, above, below, on_grid=False)


def _recipients(draft: Draft, name: str, names: tuple[Inline, ...], parent: int) -> TextBlock:
    """报：……, with turnover lines aligned after the colon (GB/T 9704-2012 7.4.2).

    The label is part of the line: set separately, its colon would be trimmed as at a line end.
    """
    style, labels = draft.style("colophon"), draft.theme.labels
    if style.hang:
        style = replace(style, hang=len(labels[name]) * style.char.size)
    node = draft.node("P", parent)
    builder = TextBuilder()
    builder.add_words(labels[name], style.char, node, draft.place(names[0]))
    _add_names(draft, builder, names, labels["recipients_separator"], node)
    end = labels["recipients_end"]
    if not names[-1].text.endswith(("。", end)) or not end:
        builder.add_words(end, style.char, node, draft.place(names[-1]))
    return TextBlock(builder.text(), style)


def _makers(draft: Draft, colophon: Colophon, parent: int) -> list[TextBlock | PairBlock]:
    """One line: 编写, 审核, 签发 at the left, pages and copies printed at the right."""
    labels = draft.theme.labels
    style = draft.style("colophon")
    names = [(key, getattr(colophon, key)) for key in _PEOPLE if getattr(colophon, key)]
    left = right = Text("", ())
    at = 0
    if names:
        node, builder = draft.node("P", parent), TextBuilder()
        for index, (key, people) in enumerate(names):
            at = draft.place(people[0])
            words = (labels["people_gap"] if index else "") + labels[key]
            builder.add_words(words, style.char, node, at)
            _add_names(draft, builder, people, labels["people_separator"], node)
        left = builder.text()
    counts = [labels["pages"]] if labels["pages"] and (names or colophon.copies) else []
    if colophon.copies is not None:
        counts.append(labels["copies"].format(copies=colophon.copies))
    if counts:
        words = labels["people_gap"].join(counts)
        right = draft.words(words, style.char, draft.node("P", parent), at)
    return [PairBlock(left, right, style, counted=True)] if left.text or right.text else []


def _printed(draft: Draft, colophon: Colophon, parent: int) -> list[TextBlock | PairBlock]:
    """印发机关 at the left, 印发日期 at the right (GB/T 9704-2012 7.4.3)."""
    style = draft.style("colophon")
    left = right = Text("", ())
    if colophon.printed_by is not None:
        left = draft.text(colophon.printed_by, style.char, draft.node("P", parent))
    if colophon.printed_on is not None:
        words = format_date(draft.theme.labels["printed_on"], colophon.printed_on)
        at = draft.place(colophon.printed_by or draft.issue.masthead.name)
        right = draft.words(words, style.char, draft.node("P", parent), at)
    return [PairBlock(left, right, style)] if left.text or right.text else []


def _add_names(
    draft: Draft, builder: TextBuilder, names: tuple[Inline, ...], separator: str, node: int
) -> None:
    style = draft.style("colophon").char
    for index, name in enumerate(names):
        if index:
            builder.add_words(separator, style, node, draft.place(name))
        draft.setter().add(builder, name, style, node)
