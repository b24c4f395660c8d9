"""The context of the blocks of a body, and the numbering of their headings."""

from __future__ import annotations

from msgspec import Struct, field
from msgspec.structs import replace

from brieftex.compose.builder import Draft
from brieftex.document.paragraphs import Numbered
from brieftex.styled.styles import TextStyle
from brieftex.units import Sp


class Headings(Struct):
    """How the headings of a body continue those of the text around it.

    ``forms`` are the formats of the labels of each level, none when headings are not numbered;
    ``styles`` name the style of each level; of both, the last one serves all deeper
    ones; ``tag`` is the level of the H node, ``outline`` that of the bookmark. ``series`` names
    the labels in the theme, of which the first ``above`` belong to what stands above the body.
    """

    forms: tuple[str, ...]
    styles: tuple[str, ...]
    tag: int
    outline: int
    anchor: str
    series: str = ""
    above: int = 0
    counts: list[int] = field(default_factory=list)
    total: int = 0

    def count(self, level: int) -> int:
        """The number of the next heading of this level; deeper levels restart."""
        self.counts = self.counts[:level] + [0] * (level - len(self.counts))
        self.counts[level - 1] += 1
        self.total += 1
        return self.counts[level - 1]


class Surroundings(Struct, frozen=True):
    """The context of blocks: the parent node, the style of paragraphs, their indents.

    ``font`` is a role that replaces the style's own (in quotations); ``depth`` is the number of
    enclosing lists; ``leading``: what is below the paragraph stays with it.
    """

    parent: int
    headings: Headings
    paragraph: str = "body"
    font: str | None = None
    left: Sp = 0
    right: Sp = 0
    depth: int = 0
    in_note: bool = False
    leading: bool = False

    def style(self, draft: Draft, name: str) -> TextStyle:
        """A style of the theme, adapted to this context."""
        style = draft.style(name)
        if self.font is None and not (self.left or self.right):  # the usual
            return style
        char = style.char if self.font is None else replace(style.char, font=self.font)
        return replace(
            style, char=char, left=style.left + self.left, right=style.right + self.right
        )


class Label(Struct, frozen=True):
    """A bullet or number: its words, its node, its distance from the text, its link target, and
    how it was counted."""

    words: str
    node: int
    gap: Sp
    href: str | None = None
    number: Numbered | None = None
