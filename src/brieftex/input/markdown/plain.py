"""Bodies that are paragraphs of plain text, as most are: no parser has anything to find in them.

What is read of such a body is what ``parser`` and ``inline`` make of it, in a fifth of the time
(tests/unit/input/markdown/test_plain.py).
"""

from __future__ import annotations

from brieftex.diagnostics import OffsetMap
from brieftex.input.markdown.indents import unmoved_closing
from brieftex.input.markdown.paragraphs import torn_lines
from brieftex.model.content import Inline, Paragraph
from brieftex.patterns import late

# Characters that neither Markdown nor what is taken for it ever begins or ends with.
_PLAIN = r"0-9A-Za-z\u4e00-\u9fff\U00020000-\U0003ffff“”‘’，。、；：？！（）《》〈〉…—·～％℃.,%"
# One space between them, or a colon between digits, means nothing either; nor do digits before Han.
_LINE = (
    rf"(?:[\u4e00-\u9fff“‘（《〈]|[0-9]++(?=[\u4e00-\u9fff]))"
    rf"[{_PLAIN}]*+(?:(?: (?=[{_PLAIN}])|(?<=[0-9]):(?=[0-9]))[{_PLAIN}]*+)*+"
)
_PARAGRAPHS = late(rf"{_LINE}(?:\n\n+{_LINE})*\n*")
# Comments of another program, fields and references of Word.
_FOREIGN = ("%%", "错误！", "EMBED", "SEQ")


def plain_paragraphs(text: str, origin: OffsetMap) -> tuple[Paragraph, ...] | None:
    """The paragraphs of ``text``, each a line, if there is nothing else in it."""
    if _PARAGRAPHS.fullmatch(text) is None or any(mark in text for mark in _FOREIGN):
        return None
    if unmoved_closing(text) or torn_lines(text):
        return None
    paragraphs = []
    at = 0
    for line in text.split("\n"):
        end = at + len(line)
        if line:
            place = origin.window(at, end).through(OffsetMap.at(at))
            paragraphs.append(Paragraph(Inline(line, place)))
        at = end + 1
    return tuple(paragraphs)
