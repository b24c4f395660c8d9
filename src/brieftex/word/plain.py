"""Plain text becomes facts: paragraphs without looks. Which line ends part them is decided as in
bodies; a Markdown heading gives its level."""

from __future__ import annotations

import re

from brieftex.diagnostics import Source
from brieftex.input.markdown.paragraphs import line_ends, torn_lines
from brieftex.input.markdown.scripts import joins_without_space
from brieftex.model.content import Paragraphs
from brieftex.patterns import late
from brieftex.word.facts import Facts, Para, Run, RunKind

_HEADING = late(r"[ \t]*(#{1,6})[ \t]+(\S.*?)[ \t]*#*$")


def plain_facts(source: Source) -> Facts:
    """The facts of a text; line ``n`` of their source is paragraph ``n``."""
    lines = _without_torn(re.sub(r"\r\n?", "\n", source.text)).split("\n")
    parted = line_ends("\n".join(lines), Paragraphs.AUTO).parted
    paragraphs: list[str] = []
    open_paragraph = False
    for number, line in enumerate(lines):
        text = "".join(c for c in line if c.isprintable() or c.isspace()).strip()
        heading = _HEADING.match(line) is not None
        begins = heading or number in parted or line.startswith(("\u3000", "    "))
        if not text:
            open_paragraph = False
        elif not open_paragraph or begins or not paragraphs:
            paragraphs.append(text)
            open_paragraph = not heading
        else:
            joined = joins_without_space(paragraphs[-1][-1], text[0])
            paragraphs[-1] += ("" if joined else " ") + text
    blocks = tuple(_para(number, text) for number, text in enumerate(paragraphs, 1))
    shown = Source(source.name, "\n".join(block.text for block in blocks))
    return Facts(shown, blocks)


def _without_torn(text: str) -> str:
    """The text without empty lines within sentences."""
    torn = frozenset(torn_lines(text))
    kept: list[str] = []
    for number, line in enumerate(text.split("\n")):
        while number in torn and kept and not kept[-1].strip():
            kept.pop()
        kept.append(line)
    return "\n".join(kept)


def _para(number: int, text: str) -> Para:
    heading = _HEADING.match(text)
    if heading is None:
        return Para(number, (Run(text, kind=RunKind.TEXT),))
    return Para(number, (Run(heading[2]),), outline=len(heading[1]) - 1)
