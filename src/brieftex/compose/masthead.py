"""报头: 份号, 密级 and 紧急程度, name, number, issuer and date, the red rule; the title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import east_asian_width

from msgspec.structs import replace

from brieftex.compose.builder import Draft
from brieftex.compose.dates import format_date
from brieftex.compose.figures import art_block
from brieftex.compose.numbering import han
from brieftex.compose.sections import summary_block
from brieftex.diagnostics.messages.compose import PART_LEFT_OUT
from brieftex.document.blocks import (
    FigureBlock,
    JointBlock,
    MastheadBlock,
    MastheadPart,
    PairBlock,
    RuleBlock,
)
from brieftex.document.figures import DrawingBlock
from brieftex.document.paragraphs import TextBlock
from brieftex.input.theme import Theme
from brieftex.model.content import Inline
from brieftex.model.issue import Masthead
from brieftex.styled.builder import TextBuilder
from brieftex.styled.styles import TextStyle
from brieftex.styled.text import Text, TextRun
from brieftex.units import Size

TITLE_ANCHOR = "title"


def add_masthead(draft: Draft) -> None:
    """Add the masthead in the theme's arrangement, and the issue's title, as one block."""
    node = draft.node("Sect")
    rules = draft.theme.masthead
    parts: list[MastheadPart] = []
    name, preprinted = -1, set[int]()
    for part in rules.arrangement:
        blocks = _part(draft, part, node)
        if rules.preprinted and part in ("name", "rule"):
            preprinted |= set(range(len(parts), len(parts) + len(blocks)))
        parts += blocks
        name = len(parts) - 1 if part == "name" else name
    _tell_what_is_left_out(draft)
    title = draft.issue.title
    if title is not None:
        style = draft.style("title")
        heading = draft.heading_node(1, node)
        parts.append(TextBlock(draft.text(title, style.char, heading), style, TITLE_ANCHOR))
        draft.add_outline(0, title.text, TITLE_ANCHOR)
    if draft.issue.summary is not None:
        parts.append(summary_block(draft, draft.issue.summary, node))
    if parts:
        foot = None
        if rules.foot_rule and not rules.preprinted:
            thick, thin = rules.rule_second or rules.rule, rules.rule if rules.rule_second else 0
            foot = RuleBlock(
                thick, rules.rule_color, on_grid=False, width=rules.rule_width, second=thin,
                gap=rules.rule_gap,
            )  # fmt: skip
        top = rules.name_top or None
        head = MastheadBlock(
            tuple(parts), name, top, frozenset(preprinted), foot, rules.foot_rule
        )  # fmt: skip
        draft.add(head)


_HOMES = {
    "classification": ("密级", ("classification", "marks", "reference")),
    "copy_number": ("份号", ("copy_number", "marks", "reference")),
    "urgency": ("紧急程度", ("urgency", "reference")),
    "number": ("期号", ("number",)),
    "number_words": ("期号文字", ("number",)),
    "supplement": ("增刊的号", ("number",)),
    "total": ("总期号", ("number",)),
    "document_number": ("发文字号", ("number", "reference")),
    "signers": ("签发人", ("number",)),
    "name": ("刊名", ("name",)),
    "issuer": ("编发单位", ("imprint",)),
    "date": ("编发日期", ("imprint",)),
}
"""Each field of the masthead: its name, and the parts of an arrangement that print it."""


def _tell_what_is_left_out(draft: Draft) -> None:
    """A finding on each field for which the arrangement of the theme has no part."""
    head, arrangement = draft.issue.masthead, draft.theme.masthead.arrangement
    signed = {"issuer", "date"} if draft.theme.signature.from_masthead else set()
    for key, (what, homes) in _HOMES.items():
        written = getattr(head, key) not in (None, ()) and key not in signed
        if written and arrangement and not set(homes) & set(arrangement):
            finding = PART_LEFT_OUT.at(
                head.places.get(key), "masthead", theme=draft.theme.name, what=what,
                what_en=f"masthead.{key}", key="masthead.arrangement",
            )  # fmt: skip
            draft.found.append(finding)


def issue_number(theme: Theme, masthead: Masthead, *, year: bool) -> str:
    """第3期, or 2024年第3期 where ``year`` is wanted and the date known, and the number of a
    supplement; the editor's own words if there are any; empty without a number."""
    if masthead.number_words is not None:
        return masthead.number_words.text
    dated = year and masthead.date is not None
    numbers = ("number_year" if dated else "number", masthead.number), (
        "supplement", masthead.supplement,
    )  # fmt: skip
    words = [
        theme.labels[form].format(
            year=masthead.date.year if masthead.date else "", number=number, han=han(number)
        )
        for form, number in numbers
        if number is not None
    ]
    return "\u3000".join(words)


def whole_name(masthead: Masthead) -> str:
    """The name and what follows it."""
    return masthead.name.text + ("" if masthead.suffix is None else masthead.suffix.text)


def _halves(text: str) -> int:
    """The width of a line of text in half ems."""
    return sum(2 if east_asian_width(c) in "WFA" else 1 for c in text)


def fitted_name(theme: Theme, name: str, suffix: str = "") -> TextStyle:
    """The style of the masthead's name, as large as the theme allows.

    It fills ``name_fill``. A long name that would be smaller than ``name_min`` may fill the
    whole measure; if that is less than two thirds of ``name_min``, it takes two lines. A
    ``suffix`` stands beside its lines.
    """
    rules, style = theme.masthead, theme.styles["masthead_name"]
    halves = max(2, *map(_halves, name.split("\n"))) + (_halves(suffix) + 1 if suffix else 0)
    size = min(rules.name_max, 2 * rules.name_fill // halves)
    if size < rules.name_min:
        size = min(rules.name_min, 2 * theme.page.type_area.width // halves)
        if 3 * size < 2 * rules.name_min:
            size = rules.name_min
    char = replace(style.char, size=size)
    return replace(style, char=char, leading=style.leading * size // style.char.size)


def _part(draft: Draft, part: str, node: int) -> list[MastheadPart]:
    """The blocks of a part of the arrangement; none without anything to print."""
    block: MastheadPart | None
    match part:
        case "copy_number" | "classification" | "urgency":
            text = _mark(draft, part, node)
            block = TextBlock(text, draft.style(part)) if text.text else None
        case "marks":
            left, right = (_mark(draft, p, node) for p in ("classification", "copy_number"))
            style = draft.style("classification")
            block = PairBlock(left, right, style) if left.text or right.text else None
        case "reference":
            return _reference(draft, node)
        case "name":
            return _name(draft, node)
        case "number":
            block = _number(draft, node)
        case "imprint":
            block = _imprint(draft, node)
        case _:
            rules = draft.theme.masthead
            block = RuleBlock(
                rules.rule, rules.rule_color, rules.rule_above, rules.rule_below,
                width=rules.rule_width, second=rules.rule_second, gap=rules.rule_gap,
            )  # fmt: skip
    return [] if block is None else [block]


def _reference(draft: Draft, node: int) -> list[MastheadPart]:
    """份号, 密级 and 紧急程度 below each other at the left, 发文字号 at the right of the first
    (GB/T 9704-2012 10.1)."""
    marks = [(key, _mark(draft, key, node)) for key in ("copy_number", "classification", "urgency")]
    marks = [(key, text) for key, text in marks if text.text]
    number, right = draft.issue.masthead.document_number, Text("", ())
    if number is not None:
        style = draft.style("masthead_number").char
        right = draft.text(number, style, draft.node("P", node))
    first = marks[0] if marks else ("copy_number", Text("", ()))
    head = [PairBlock(first[1], right, draft.style(first[0]))] if marks or right.text else []
    return [*head, *(TextBlock(text, draft.style(key)) for key, text in marks[1:])]


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


def _name(draft: Draft, node: int) -> list[MastheadPart]:
    """What stands over the name, and the name: the top heading if the issue has no title."""
    head, rules = draft.issue.masthead, draft.theme.masthead
    blocks: list[MastheadPart] = []
    if head.above is not None:
        above = draft.style("masthead_above")
        text = draft.text(head.above, above.char, draft.node("P", node))
        blocks.append(TextBlock(text, above))
    top = draft.issue.title is None and not rules.preprinted
    role = draft.heading_node(1, node) if top else draft.node("P", node)
    if head.name_picture is not None:
        return [*blocks, _name_picture(draft, head.name_picture, role)]
    suffix = Text("", ())
    if rules.joint and "\n" in head.name.text:
        words = "" if head.suffix is None else head.suffix.text
        style = fitted_name(draft.theme, head.name.text, words)
        names = tuple(_lines_of(head.name, TextRun(0, style.char, role)))
        if head.suffix is not None:
            suffix = draft.text(head.suffix, style.char, role)
        return [*blocks, JointBlock(names, suffix, style)]
    style = fitted_name(draft.theme, whole_name(head))
    builder = TextBuilder()
    draft.setter().add(builder, head.name, style.char, role)
    if head.suffix is not None:
        draft.setter().add(builder, head.suffix, style.char, role)
    return [*blocks, TextBlock(builder.text(), style)]


def _lines_of(name: Inline, run: TextRun) -> Iterator[Text]:
    """The lines of a name, each as text in the style of ``run``."""
    at = 0
    for line in name.text.split("\n"):
        builder = TextBuilder()
        builder.add_part(name, at, at + len(line), run)
        yield builder.text()
        at += len(line) + 1


def _name_picture(draft: Draft, path: str, role: int) -> FigureBlock | DrawingBlock:
    """The picture of the name, as wide as the name may be and two lines of it high at most."""
    head, rules = draft.issue.masthead, draft.theme.masthead
    node = draft.node("Figure", role, alt=whole_name(head).replace("\n", ""))
    room = Size(rules.name_fill, 2 * rules.name_max)
    return art_block(draft, path, (head.places["name_picture"], node), room)


def _number(draft: Draft, node: int) -> TextBlock | PairBlock | None:
    """第3期　（总第27期）, or 发文字号, or both; 签发人 at the right where there are any
    (GB/T 9704-2012 7.2.5 and 7.2.6)."""
    masthead, theme = draft.issue.masthead, draft.theme
    words = issue_number(theme, masthead, year=theme.masthead.year)
    at_words = draft.place(masthead.number_words or masthead.name)
    if words and masthead.total is not None:
        words = theme.labels["number_total"].format(issue=words, total=masthead.total)
    style = draft.style("masthead_number")
    number = masthead.document_number
    signers = masthead.signers
    if not words and number is None and not signers:
        return None
    role = draft.node("P", node)
    builder = TextBuilder()
    builder.add_words(words, style.char, role, at_words)
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
