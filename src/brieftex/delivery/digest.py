"""What a message says about an issue: its 要目, titles by section, with pages and summaries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from msgspec import Struct

from brieftex.compose.sections import attachment_anchor, item_anchor, section_anchor
from brieftex.delivery.naming import issue_subject
from brieftex.layout.page import Page
from brieftex.model.issue import Issue


class DigestEntry(Struct, frozen=True):
    """A section (level 0) or an item below it; ``page`` 0: not known."""

    level: int
    title: str
    page: int = 0
    summary: str = ""
    sources: int = 0


class MailDigest(Struct, frozen=True):
    """What a message says of an issue."""

    subject: str
    title: str
    issuer: str
    pages: int
    entries: tuple[DigestEntry, ...]


def mail_digest(issue: Issue, pages: Sequence[Page]) -> MailDigest:
    """The digest of an issue that was set on ``pages``."""
    masthead = issue.masthead
    places = {anchor.name: page.number for page in pages for anchor in page.anchors}
    return MailDigest(
        subject=issue_subject(masthead),
        title="" if issue.title is None else _line(issue.title.text),
        issuer="" if masthead.issuer is None else _line(masthead.issuer.text),
        pages=len(pages),
        entries=tuple(_entries(issue, places)),
    )


def _entries(issue: Issue, places: dict[str, int]) -> Iterator[DigestEntry]:
    for number, section in enumerate(issue.sections, 1):
        if section.title is not None:
            title = _line(section.title.text)
            yield DigestEntry(0, title, places.get(section_anchor(number), 0))
        for index, item in enumerate(section.items, 1):
            summary = "" if item.summary is None else item.summary.text
            page = places.get(item_anchor(number, index), 0)
            yield DigestEntry(1, _line(item.title.text), page, summary, len(item.sources))
    for number, attachment in enumerate(issue.attachments, 1):
        title = f"附件：{_line(attachment.title.text)}"
        yield DigestEntry(0, title, places.get(attachment_anchor(number), 0))


def _line(text: str) -> str:
    return "".join(text.split("\n"))


def digest_text(digest: MailDigest, salutation: str) -> str:
    """The body as plain text."""
    lines = [salutation, "", f"现送上{digest.subject}，共 {digest.pages} 页，见附件。"]
    if digest.title:
        lines += ["", f"本期专题：{digest.title}"]
    if digest.entries:
        lines += ["", "【要目】"]
    for entry in digest.entries:
        indent = "    " * entry.level
        page = f"（第 {entry.page} 页）" if entry.page else ""
        lines.append(f"{indent}{entry.title}{page}")
        if entry.summary:
            lines.append(f"{indent}    {entry.summary}")
    if digest.issuer:
        lines += ["", digest.issuer]
    return "\r\n".join(lines) + "\r\n"


def digest_html(digest: MailDigest, salutation: str) -> str:
    """The same as HTML: tables and styles in their place, as mail programs want it; nothing is
    fetched from elsewhere."""
    rows = []
    for entry in digest.entries:
        weight = "bold" if entry.level == 0 else "normal"
        summary = (
            f'<br><span style="color:#555;font-size:14px">{escape(entry.summary)}</span>'
            if entry.summary
            else ""
        )
        rows.append(
            f'<tr><td style="padding:4px 12px 4px {16 * entry.level}px;font-weight:{weight}">'
            f"{escape(entry.title)}{summary}</td>"
            f'<td style="padding:4px 0;text-align:right;vertical-align:top;color:#555">'
            f"{entry.page or ''}</td></tr>"
        )
    title = f"<p>本期专题：{escape(digest.title)}</p>" if digest.title else ""
    table = (
        '<table cellpadding="0" cellspacing="0" border="0" width="560" '
        'style="border-top:2px solid #a3151c;border-collapse:collapse">'
        f"{''.join(rows)}</table>"
        if rows
        else ""
    )
    return (
        '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"></head>'
        '<body style="font-family:SimSun,serif;font-size:16px;line-height:1.6">'
        f"<p>{escape(salutation)}</p>"
        f"<p>现送上{escape(digest.subject)}，共 {digest.pages} 页，见附件。</p>"
        f"{title}{table}<p>{escape(digest.issuer)}</p></body></html>\r\n"
    )
