"""报头: classification, name, number, issuer and date, the red rule; the issue's title."""

from __future__ import annotations

from dataclasses import replace
from unicodedata import east_asian_width

from brieftex.document.blocks import Block, PairBlock, RuleBlock, Text, TextBlock, TextStyle
from brieftex.document.dates import written
from brieftex.document.draft import Draft
from brieftex.issue.model import Masthead
from brieftex.theme import Theme

TITLE_ANCHOR = "title"


def add_masthead(draft: Draft) -> None:
    """Add the masthead in the theme's arrangement, then the issue's title."""
    node = draft.node("Sect")
    for part in draft.theme.masthead.arrangement:
        block = _part(draft, part, node)
        if block is not None:
            draft.add(block)
    title = draft.issue.title
    if title is not None:
        style = draft.style("title")
        heading = draft.heading_node(1, node)
        draft.add(TextBlock(draft.text(title, style.char, heading), style, TITLE_ANCHOR))
        draft.add_outline(0, title.text, TITLE_ANCHOR)


def issue_number(theme: Theme, masthead: Masthead, *, year: bool) -> str:
    """第3期, or 2024年第3期 where ``year`` is wanted and the date known; empty without number."""
    if masthead.number is None:
        return ""
    if year and masthead.date is not None:
        form = theme.labels["number_year"]
        return form.format(year=masthead.date.year, number=masthead.number)
    return theme.labels["number"].format(number=masthead.number)


def fitted_name(theme: Theme, name: str) -> TextStyle:
    """The style of the masthead's name, as large as the theme lets it be.

    It fills ``name_fill``. A long name that would come out smaller than ``name_min`` may
    fill the whole measure; one that even then is under two thirds of it takes two lines.
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


def _part(draft: Draft, part: str, node: int) -> Block | None:
    match part:
        case "classification" | "urgency":
            inline = getattr(draft.issue.masthead, part)
            if inline is None:
                return None
            style = draft.style(part)
            return TextBlock(draft.text(inline, style.char, draft.node("P", node)), style)
        case "name":
            return _name(draft, node)
        case "number":
            return _number(draft, node)
        case "imprint":
            return _imprint(draft, node)
        case _:
            rules = draft.theme.masthead
            return RuleBlock(rules.rule, rules.rule_color, rules.rule_above, rules.rule_below)


def _name(draft: Draft, node: int) -> Block:
    """The name: the heading of the whole when the issue has no title."""
    name = draft.issue.masthead.name
    style = fitted_name(draft.theme, name.text)
    untitled = draft.issue.title is None
    role = draft.heading_node(1, node) if untitled else draft.node("P", node)
    return TextBlock(draft.text(name, style.char, role), style)


def _number(draft: Draft, node: int) -> Block | None:
    masthead = draft.issue.masthead
    words = issue_number(draft.theme, masthead, year=False)
    if words and masthead.total is not None:
        form = draft.theme.labels["number_total"]
        words = form.format(number=masthead.number, total=masthead.total)
    if not words:
        return None
    style = draft.style("masthead_number")
    at = draft.place(masthead.name)
    return TextBlock(draft.words(words, style.char, draft.node("P", node), at), style)


def _imprint(draft: Draft, node: int) -> Block | None:
    """Issuer at the left, date at the right; the date stands even alone at the right."""
    masthead = draft.issue.masthead
    style = draft.style("imprint")
    left = right = Text("", ())
    if masthead.issuer is not None:
        left = draft.text(masthead.issuer, style.char, draft.node("P", node))
    if masthead.date is not None:
        words = written(draft.theme.labels["date"], masthead.date)
        at = draft.place(masthead.issuer or masthead.name)
        right = draft.words(words, style.char, draft.node("P", node), at)
    return PairBlock(left, right, style) if left.text or right.text else None
