"""Text that was meant as Markdown and would be printed as typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from brieftex.diagnostics import Finding, Kind, OffsetMap, Span
from brieftex.diagnostics.messages import markup as messages
from brieftex.diagnostics.messages import typed
from brieftex.input.markdown.scripts import WIDE

# ``##`` without its space, or with a full-width one; and a heading behind a full-width indent.
_CROWDED_HEADING = re.compile(r"^[ \t]*(#{2,6})(?=[^ \t\n#])", re.MULTILINE)
_INDENTED_HEADING = re.compile(r"(?<=\u3000)(#{1,6})(?=[ \t])")
# A single one may begin a #话题#.
_CROWDED_TITLE = re.compile(rf"^[ \t]*(#)(?=[{WIDE}])[^#\n]*$", re.MULTILINE)
_CROWDED_ITEM = re.compile(rf"^[ \t]*([-+])(?=[{WIDE}])", re.MULTILINE)
_TASK = re.compile(r"\[[ xX√]\](?= )")
_DELIMITER = re.compile(r":?-+:?")
# Left in the text where a picture, a link or the like was meant, most often for a space in
# the address.
_UNREAD = (
    (messages.IMAGE_UNREAD, re.compile(r"!\[|！\[(?=[^\]]{0,200}\]\()")),
    (messages.LINK_UNREAD, re.compile(r"\]\(")),
    (typed.STRIKE_UNREAD, re.compile(r"~~(?![~\s])[^~\n]+~~")),
    (messages.RUBY_UNREAD, re.compile(r"\{[^{}|｜]*[|｜]")),
)
# Beside a letter they are a comparison.
_UNPAIRED = re.compile(f"(?<!=)==(?!=)(?:(?<=[{WIDE}]==)|(?=[{WIDE}]))")


def unread_in(text: str) -> Iterator[tuple[Kind, int, int]]:
    """Find pictures, links and readings that the parser left in ``text``, with their places."""
    for kind, pattern in _UNREAD:
        for match in pattern.finditer(text):
            yield kind, match.start(), match.end()


def unpaired_in(text: str) -> Iterator[tuple[int, int]]:
    """Find ``==`` that the parser left in ``text`` where Chinese was to be highlighted."""
    for match in _UNPAIRED.finditer(text):
        yield match.span()


def lookalikes(
    body: str, content: str, origin: OffsetMap, place: Callable[[int, int], Span]
) -> Iterator[Finding]:
    """Find lines of a paragraph that resemble headings or tables.

    ``origin`` maps the paragraph's ``content`` to ``body``; ``place`` says where characters of
    ``body`` stand in the file.
    """

    def heading(start: int, end: int) -> Finding:
        return messages.HEADING_UNREAD.at(place(start, end), text=body[start:end])

    for match in _CROWDED_HEADING.finditer(content):
        span = origin.span(*match.span(1))
        yield heading(span.start, span.end)
    for match in _CROWDED_TITLE.finditer(content):
        span = origin.span(*match.span(1))
        yield heading(span.start, span.end)
    for match in _CROWDED_ITEM.finditer(content):
        span = origin.span(*match.span(1))
        yield typed.ITEM_UNREAD.at(place(span.start, span.end), text=body[span.start : span.end])
    if task := _TASK.match(content):
        span = origin.span(*task.span())
        yield typed.TASK_UNREAD.at(place(span.start, span.end), text=body[span.start : span.end])
    begin = origin.source(0)
    if indented := _INDENTED_HEADING.match(body, begin):
        yield heading(*indented.span())
    header, _, rest = content.partition("\n")
    row = rest.partition("\n")[0]
    cells = row.strip(" \t|").split("|")
    if "|" in header and "|" in row and all(_DELIMITER.fullmatch(c.strip()) for c in cells):
        end = origin.source(len(header) + len(row)) + 1
        yield messages.TABLE_UNREAD.at(place(begin, end))
