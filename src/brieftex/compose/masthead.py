"""报头: 份号, 密级 and 紧急程度, name, number, issuer and date, the red rule; the title."""

from __future__ import annotations

import re
from typing import TypeAlias
from unicodedata import east_asian_width

from msgspec.structs import replace

from brieftex.compose.builder import Draft
from brieftex.compose.dates import format_date
from brieftex.compose.inline import TextBuilder
from brieftex.compose.sections import summary_block
from brieftex.document.blocks import (
    MastheadBlock,
    PairBlock,
    RuleBlock,
    Text,
    TextBlock,
    TextStyle,
)
from brieftex.input.theme import Theme
from brieftex.model.content import Inline
from brieftex.model.issue import Masthead

TITLE_ANCHOR = "title"

Part: TypeAlias = TextBlock | PairBlock | RuleBlock


def add_masthead(draft: Draft) -> None:
    """Add the masthead in the theme's arrangement, and the issue's title, as one block."""
    node = draft.node("Sect")
    rules = draft.theme.masthead
    parts: list[Part] = []
    name = -1
    for part in rules.arrangement:
        block = _part(draft, part, node)
        if block is not None:
            name = len(parts) if part == "name" else name
            parts.append(block)
    title = draft.issue.title
    if title is not None:
        style = draft.style("title")
        heading = draft.heading_node(1, node)
        parts.append(TextBlock(draft.text(title, style.char, heading), style, TITLE_ANCHOR))
        draft.add_outline(0, title.text, TITLE_ANCHOR)
    if draft.issue.summary is not None:
        parts.append(summary_block(draft, draft.issue.summary, node))
    if parts:
        draft.add(MastheadBlock(tuple(parts), name, rules.name_top or None))


def issue_number(theme: Theme, masthead: Masthead, *, year: bool) -> str:
    """第3期, or 2024年第3期 where ``year`` is wanted and the date known; empty without number."""
    if masthead.number is None:
        return ""
    if year and masthead.date is not None:
        form = theme.labels["number_year"]
        return form.format(year=masthead.date.year, number=masthead.number)
    return theme.labels["number"].format(number=masthead.number)


def fitted_name(theme: Theme, name: str) -> TextStyle:
    """The style of the masthead's name, as large as the theme allows.

    It fills ``name_fill``. A long name that would be smaller than ``name_min`` may fill the
    whole measure; if that is less than two thirds of ``name_min``, it takes two lines.
    """
    rules, style = theme.masthead, theme.styles["masthead_name"]
    lines = name.split("\n")
    halves = max(2, *(sum(2 if east_asian_width(c) in "WFA" else 1 for c in n) for n in lines))
    size = min(rules.name_max, 2 * rules.name_fill // halves)
    if size < rules.name_min:
        size = min(rules.name_min, 2 * theme.page.type_area.width // halves)
        if 3 * size < 2 * rules.name_min:
            size = rules.name_min
    char = replace(style.char, size=size)
    return replace(style, char=char, leading=style.leading * size // style.char.size)


def _part(draft: Draft, part: str, node: int) -> Part | None:
    match part:
        case "copy_number" | "classification" | "urgency":
            text = _mark(draft, part, node)
            return TextBlock(text, draft.style(part)) if text.text else None
        case "marks":
            left, right = (_mark(draft, p, node) for p in ("classification", "copy_number"))
            style = draft.style("classification")
            return PairBlock(left, right, style) if left.text or right.text else None
        case "name":
            return _name(draft, node)
        case "number":
            return _number(draft, node)
        case "imprint":
            return _imprint(draft, node)
        case _:
            rules = draft.theme.masthead
            return RuleBlock(rules.rule, rules.rule_color, rules.rule_above, rules.rule_below)


def _mark(draft: Draft, part: str, node: int) -> Text:
    """份号, 密级和保密期限 or 紧急程度 (GB/T 9704-2012 7.2.1 to 7.2.3); empty without it."""
    masthead, labels = draft.issue.masthead, draft.theme.labels
    style = draft.style(part).char
    if part == "copy_number":
        if masthead.copy_number is None:
            return Text("", ())
        words = labels["copy_number"].format_map({"copy": masthead.copy_number})
        return draft.words(words, style, draft.node("P", node), draft.place(masthead.name))
    inline: Inline | None = getattr(masthead, part)
    if inline is None:
        return Text("", ())
    if part == "urgency" or masthead.retention is None:
        return draft.text(inline, style, draft.node("P", node))
    return _retained(draft, inline, masthead.retention, draft.node("P", node))


def _retained(draft: Draft, classification: Inline, retention: Inline, node: int) -> Text:
    """机密★1年."""
    style = draft.style("classification").char
    builder = TextBuilder()
    at = draft.place(classification)
    for part in re.split(r"(\{\w+\})", draft.theme.labels["retention"]):
        inline = {"{classification}": classification, "{retention}": retention}.get(part)
        if inline is None:
            builder.add_words(part, style, node, at)
        else:
            draft.setter().add(builder, inline, style, node)
            at = draft.place(inline)
    return builder.text()


def _name(draft: Draft, node: int) -> TextBlock:
    """The name, which is the top heading if the issue has no title."""
    name = draft.issue.masthead.name
    style = fitted_name(draft.theme, name.text)
    untitled = draft.issue.title is None
    role = draft.heading_node(1, node) if untitled else draft.node("P", node)
    return TextBlock(draft.text(name, style.char, role), style)


def _number(draft: Draft, node: int) -> TextBlock | PairBlock | None:
    """第3期　（总第27期）, or 发文字号, or both; 签发人 at the right where there are any
    (GB/T 9704-2012 7.2.5 and 7.2.6)."""
    masthead, theme = draft.issue.masthead, draft.theme
    words = issue_number(theme, masthead, year=theme.masthead.year)
    if words and masthead.total is not None:
        words = theme.labels["number_total"].format(issue=words, total=masthead.total)
    style = draft.style("masthead_number")
    number = masthead.document_number
    signers = masthead.signers
    if not words and number is None and not signers:
        return None
    role = draft.node("P", node)
    builder = TextBuilder()
    builder.add_words(words, style.char, role, draft.place(masthead.name))
    if number is not None:
        builder.add_words("\u3000" if words else "", style.char, role, draft.place(number))
        draft.setter().add(builder, number, style.char, role)
    if not signers:
        return TextBlock(builder.text(), style)
    sides = draft.style("signers")
    right = TextBuilder()
    signed, at = draft.node("P", node), draft.place(signers[0])
    right.add_words(theme.labels["signers"], style.char, signed, at)
    for index, name in enumerate(signers):
        # 7.2.6: two names to a line, turnover lines aligned with the first name.
        gap = theme.labels["people_gap"] if index % 2 else "\n" * (index > 0)
        right.add_words(gap, sides.char, signed, draft.place(name))
        draft.setter().add(right, name, sides.char, signed)
    look = replace(style, left=sides.left, right=sides.right)
    hang = len(theme.labels["signers"]) * style.char.size
    return PairBlock(builder.text(), right.text(), look, hang=hang)


def _imprint(draft: Draft, node: int) -> PairBlock | None:
    """Issuer at the left, date at the right, even if it is alone.

    What the theme prints in the signature instead is omitted here.
    """
    masthead, signature = draft.issue.masthead, draft.issue.signature
    names: set[Inline | None] = {masthead.issuer}
    date = masthead.date
    if not draft.theme.signature.from_masthead:
        names, date = set(), None
    elif signature is not None:
        names, date = set(signature.names), signature.date
    style = draft.style("imprint")
    left = right = Text("", ())
    signed = {name.text for name in names if name is not None}
    if masthead.issuer is not None and masthead.issuer.text not in signed:
        left = draft.text(masthead.issuer, style.char, draft.node("P", node))
    if masthead.date not in (None, date):
        assert masthead.date is not None
        words = format_date(draft.theme.labels["date"], masthead.date)
        at = draft.place(masthead.issuer or masthead.name)
        right = draft.words(words, style.char, draft.node("P", node), at)
    return PairBlock(left, right, style) if left.text or right.text else None
