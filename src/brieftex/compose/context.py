"""Where the blocks of a body stand, and how their headings are counted."""

from __future__ import annotations

from msgspec import Struct, field
from msgspec.structs import replace

from brieftex.compose.builder import Draft
from brieftex.document.blocks import TextStyle
from brieftex.units import Sp


class Headings(Struct):
    """How the headings of one body go on from where it stands.

    ``level`` is the index of the theme's label format for a heading of level 1, None when
    headings bear no number; ``styles`` name the style of each level, the last one serving
    all deeper ones; ``tag`` is the level of the H node, ``outline`` that of the bookmark.
    """

    level: int | None
    styles: tuple[str, ...]
    tag: int
    outline: int
    anchor: str
    counts: list[int] = field(default_factory=list)
    total: int = 0

    def count(self, level: int) -> int:
        """The number of the next heading of this level; deeper levels begin again."""
        self.counts = self.counts[:level] + [0] * (level - len(self.counts))
        self.counts[level - 1] += 1
        self.total += 1
        return self.counts[level - 1]


class Surroundings(Struct, frozen=True):
    """Where blocks stand: the node above, the style of paragraphs, what shifts them.

    ``font`` is the role that takes the place of the style's own (in quotations); ``depth``
    counts the lists around.
    """

    parent: int
    headings: Headings
    paragraph: str = "body"
    font: str | None = None
    left: Sp = 0
    right: Sp = 0
    depth: int = 0
    in_note: bool = False

    def style(self, draft: Draft, name: str) -> TextStyle:
        """A style of the theme as it is here."""
        style = draft.style(name)
        char = style.char if self.font is None else replace(style.char, font=self.font)
        return replace(
            style, char=char, left=style.left + self.left, right=style.right + self.right
        )


class Label(Struct, frozen=True):
    """A bullet or number: its words, its node, the gap between it and the text, and where it
    leads."""

    words: str
    node: int
    gap: Sp
    href: str | None = None
