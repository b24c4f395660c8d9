"""Running heads and folios, and the metadata of the PDF."""

from __future__ import annotations

from brieftex.compose.inline import one_line
from brieftex.compose.masthead import issue_number, whole_name
from brieftex.compose.sections import section_anchor
from brieftex.document.blocks import Furniture, Metadata
from brieftex.input.theme import Theme
from brieftex.model.content import Inline
from brieftex.model.issue import Issue

_LANGUAGE = "zh-CN"


def furniture(issue: Issue, theme: Theme) -> Furniture:
    """Running head and folio, with all words filled in except page numbers."""
    masthead = issue.masthead
    words = {
        "name": one_line(whole_name(masthead)),
        "issue": issue_number(theme, masthead, year=True),
        "title": _text(issue.title),
        "issuer": _text(masthead.issuer),
        "section": "{section}",  # known at make-up
    }
    head, folio = theme.running_head, theme.folio
    return Furniture(
        head=(
            head.left.format(**words),
            head.middle.format(**words),
            head.right.format(**words),
        ),
        head_style=theme.styles["running_head"].char,
        head_baseline=head.baseline,
        head_rule=head.rule,
        head_rule_y=head.rule_y,
        head_on_first=head.on_first,
        folio=(folio.left, folio.middle, folio.right),
        folio_style=theme.styles["folio"].char,
        folio_baseline=folio.baseline,
        folio_on_first=folio.on_first,
        mirrored=folio.mirrored,
        folio_inset=folio.inset,
        folio_top=folio.top,
        sections=tuple(
            (section_anchor(number), _text(section.title))
            for number, section in enumerate(issue.sections, 1)
            if section.title is not None
        ),
    )


def metadata(issue: Issue, theme: Theme) -> Metadata:
    """The metadata, with the title as an archive lists it: 刊名 2024年第3期（总第27期）：专题名."""
    masthead = issue.masthead
    number = issue_number(theme, masthead, year=True)
    title = one_line(whole_name(masthead)) + (f" {number}" if number else "")
    if masthead.total is not None:
        title += f"（总第{masthead.total}期）"
    if issue.title is not None:
        title += f"：{_text(issue.title)}"
    return Metadata(
        title=title,
        author=_text(masthead.issuer),
        subject=_text(issue.title),
        keywords=tuple(_text(section.title) for section in issue.sections if section.title),
        language=_LANGUAGE,
        date=masthead.date,
    )


def _text(inline: Inline | None) -> str:
    """The text on one line: running heads and document lists show no line breaks."""
    return "" if inline is None else one_line(inline.text)
