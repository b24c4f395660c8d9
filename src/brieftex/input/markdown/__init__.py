"""Markdown → blocks and inline text, every character with its place in the file.

The only package that imports markdown_it.
"""

from __future__ import annotations

from brieftex.patterns import late_patterns

with late_patterns("markdown_it", "mdurl", "dataclasses", "html", "logging", "string"):
    import markdown_it as markdown_it

from brieftex.diagnostics import Finding, OffsetBuilder, OffsetMap
from brieftex.diagnostics.messages import markup as messages
from brieftex.diagnostics.messages import typed
from brieftex.input.markdown.blocks import read_body
from brieftex.input.markdown.fullwidth import as_meant
from brieftex.input.markdown.inline import ADDRESS_LIMIT, read_caption
from brieftex.input.markdown.parser import percent_encoded
from brieftex.input.markdown.passage import Findings, Passage
from brieftex.input.markdown.places import BLANKS_OF_CELLS
from brieftex.input.markdown.raised import with_scripts
from brieftex.model.content import Body, Inline, Paragraphs

__all__ = ["ADDRESS_LIMIT", "parse_body", "parse_inline", "percent_encoded", "with_scripts"]


def parse_body(
    text: str, origin: OffsetMap, manner: Paragraphs = Paragraphs.AUTO
) -> tuple[Body, list[Finding]]:
    """The blocks and footnotes of a body written in Markdown, and its problems in file order.

    ``origin`` maps ``text`` to the file. The syntax is CommonMark 0.31 without HTML, code
    blocks and underlined headings, with GFM tables, bare addresses and ``[^1]`` footnotes;
    ``manner`` says what parts paragraphs besides empty lines.
    Never raises: whatever cannot be set is a diagnostic.
    """
    return read_body(*_with_newlines(text, origin), manner)


def parse_inline(
    text: str, origin: OffsetMap, *, indented: bool = False
) -> tuple[Inline, list[Finding]]:
    """One line of Markdown, such as a caption: emphasis, code and links, and its problems.

    ``origin`` maps ``text`` to the file. The U+3000 that it begins with are kept where it may be
    ``indented``, as in a cell. Marks of blocks (``#``, ``-``) are ordinary text;
    a footnote call is an error, since there is no body to hold the note. Never raises.
    """
    text, origin = _with_newlines(text, origin)
    inner_text = text.rstrip()
    start = len(inner_text) - len(inner_text.lstrip(BLANKS_OF_CELLS if indented else None))
    kept, marks = as_meant(inner_text[start:], whole=False)
    inner = origin.window(start, start + len(kept)).without(start)
    findings = Findings()
    inline = read_caption(Passage(kept, inner), findings)
    for label, span in findings.calls:
        findings.findings.append(messages.NOTE_NOT_HERE.at(span, label=label))
    if marks:
        place = inner.span(marks[0], marks[0] + 1)
        findings.findings.append(typed.MARKS_READ.at(place, count=len(marks)))
    return inline, findings.findings


def _with_newlines(text: str, origin: OffsetMap) -> tuple[str, OffsetMap]:
    """``text`` with U+000A for CRLF and CR, which only an escape in YAML quotes can bring in."""
    if "\r" not in text:
        return text, origin
    places, at = OffsetBuilder(), 0
    while (end := text.find("\r\n", at)) >= 0:
        places.add(end - at, at)
        at = end + 1
    places.add(len(text) - at, at)
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return lines, origin.through(places.map())
