"""Small operations on texts and paragraphs that bodies are made with."""

from __future__ import annotations

from msgspec.structs import replace

from brieftex.model.content import BodyBlock, Inline, ListBlock, Panel, Paragraph, Quotation, Speech
from brieftex.word import signs
from brieftex.word.facts import Para

NUMBERS = "序号由程序编排", "numbers are made by the program"
BULLETS = "项目符号由程序印", "bullets are made by the program"
READ = "读作期号、日期等", "read as numbers, dates and the like"
PRINTED = "由程序印出的字样", "words that the program prints"


def entry_kind(block: object) -> tuple[str, int] | None:
    """Whether a paragraph is an entry of a list: of which sort, and its number."""
    if not isinstance(block, Para) or not block.text.strip() or "\n" in block.text:
        return None
    if block.label is not None:
        if block.label.bullet:
            return "bullet", 0
        digits = digits_of(block.label.text)
        plain = signs.label_level(block.label.text) in (2, 3) and digits.isdigit()
        return ("number", int(digits)) if plain and len(digits) < 4 else None
    if signs.BULLET_SIGN.match(block.text):
        return "bullet", 0
    typed = signs.TYPED_ENTRY.match(block.text)
    return None if typed is None else ("number", int(typed[1]))


def digits_of(label: str) -> str:
    """What counts in a label: its figures and letters."""
    return "".join(c for c in label if c.isalnum())


def behind(inline: Inline, start: int) -> Inline:
    """A text without its first characters."""
    return Inline(
        inline.text[start:],
        stretches=tuple(
            replace(s, start=max(s.start - start, 0), end=s.end - start)
            for s in inline.stretches
            if s.end > start
        ),
        calls=tuple(replace(c, at=max(c.at - start, 0)) for c in inline.calls),
        rubies=tuple(
            replace(u, start=u.start - start, end=u.end - start)
            for u in inline.rubies
            if u.start >= start
        ),
    )


def remaining(text: str, kept: str) -> str:
    """The characters of a text that are not among those kept."""
    left = text
    for character in kept:
        left = left.replace(character, "", 1)
    return left


def without_calls(block: BodyBlock, labels: set[str]) -> BodyBlock:
    """A block without calls of notes that are empty."""
    if isinstance(block, Paragraph):
        calls = tuple(c for c in block.inline.calls if c.label not in labels)
        return Paragraph(replace(block.inline, calls=calls))
    if isinstance(block, Quotation | Speech | Panel):
        return replace(block, blocks=tuple(without_calls(b, labels) for b in block.blocks))
    if isinstance(block, ListBlock):
        items = tuple(tuple(without_calls(b, labels) for b in item) for item in block.items)
        return replace(block, items=items)
    return block
