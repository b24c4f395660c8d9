"""What markdown-it makes of an image, read back for a figure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.helpers import parseLinkDestination, parseLinkTitle
from markdown_it.token import Token

from brieftex.diagnostics import OffsetMap
from brieftex.input.markdown.passage import Passage
from brieftex.patterns import late


def image_path(passage: Passage, image: Token) -> str:
    """The path of an inline image: a backslash in one of Windows escapes nothing."""
    path = str(image.attrs.get("src", ""))
    at = int(image.meta["pos"]) + len("![") + len(image.content) + len("]")
    if not passage.text.startswith("(", at):
        return path
    at = _past_space(passage.text, at + 1)
    end = parseLinkDestination(passage.text, at, len(passage.text)).pos
    written = passage.text[at:end].strip("<>")
    return written if _WINDOWS.search(written) else path


def image_title(passage: Passage, image: Token) -> Passage | None:
    """The title of an inline image as Markdown, with its place; None if there is none.

    markdown-it unescapes titles and forgets their places, so its own helpers read it again.
    A title from a reference definition stays plain text placed at the image.
    """
    title = image.attrs.get("title")
    if not title:
        return None
    text, at = passage.text, int(image.meta["pos"])
    at += len("![") + len(image.content) + len("]")
    if not text.startswith("(", at):
        escaped = re.sub(r"([!-/:-@[-`{-~])", r"\\\1", str(title))
        start = passage.origin.source(image.meta["pos"])
        return Passage(escaped, OffsetMap.of([start] * len(escaped)))
    at = _past_space(text, at + 1)
    at = _past_space(text, parseLinkDestination(text, at, len(text)).pos)
    end = parseLinkTitle(text, at, len(text)).pos - 1
    return Passage(text[at + 1 : end], passage.origin.without(at + 1))


_WINDOWS = late(r"\\[\w.-]")


def _past_space(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\n":
        at += 1
    return at


def plain_text(tokens: Sequence[Token]) -> str:
    """The characters of inline tokens, without marks; for alternative texts."""
    pieces: list[str] = []
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            pieces.append(" ")
        elif token.type != "html_inline":
            pieces.append(plain_text(token.children) if token.children else token.content)
    return "".join(pieces).strip()
