"""Figures, and the numbered captions of figures and tables (图1, 表1)."""

from __future__ import annotations

from fractions import Fraction

from msgspec.structs import replace

from brieftex.compose.builder import Draft
from brieftex.compose.numbering import label
from brieftex.diagnostics import Span
from brieftex.document.blocks import FigureBlock, FigureRowBlock
from brieftex.document.figures import DrawingBlock
from brieftex.document.paragraphs import Numbered, TextBlock
from brieftex.model import content
from brieftex.model.content import Inline
from brieftex.picture import Markup, Picture
from brieftex.units import Size
from brieftex.vector import Drawing

# How many characters of the words in a picture are repeated in its description.
_WORDS_LIMIT = 1000


def add_figure(draft: Draft, figure: content.Figure, parent: int) -> None:
    """Add a figure; one with a caption is numbered."""
    picture = draft.issue.pictures[figure.path]
    node = draft.node("Figure", parent, alt=_alternative(figure, picture))
    caption = figure_caption(draft, figure.caption, node)
    size = figure_room(draft, turned=figure.turned)
    width, height = size.width, size.height
    if not isinstance(picture, Drawing):
        height = min(height, draft.room(turned=figure.turned).height * 4 // 5)  # for a caption
    if figure.beside:
        draft.add(_row(draft, figure, (parent, node), Size(width, height), caption))
        return
    art = art_block(draft, figure.path, (figure.span, node), Size(width, height))
    draft.add(replace(art, caption=caption))


def _row(
    draft: Draft,
    figure: content.Figure,
    nodes: tuple[int, int],
    room: Size,
    caption: TextBlock | None,
) -> FigureRowBlock:
    """A figure and those beside it, as high as fills the width; ``nodes`` are those of what they
    stand in and of the first. All have one caption, the first's."""
    parent, first = nodes
    figures = (figure, *figure.beside)
    pictures = [draft.issue.pictures[one.path] for one in figures]
    gap = draft.style("figure_caption").char.size
    width = room.width - gap * (len(figures) - 1)
    share = sum(Fraction(picture.width, picture.height) for picture in pictures)
    height = min(int(width / share), room.height)
    arts = []
    for k, (one, picture) in enumerate(zip(figures, pictures, strict=True)):
        alt = _alternative(one, picture)
        node = draft.node("Figure", parent, alt=alt) if k else first
        size = Size(height * picture.width // picture.height, height)
        arts.append(art_block(draft, one.path, (one.span, node), size))
    return FigureRowBlock(tuple(arts), gap, caption, figure.span)


def figure_room(draft: Draft, *, turned: bool) -> Size:
    """The largest size of a figure: that of the theme, or what a turned page has."""
    rules, room = draft.theme.figures, draft.room(turned=turned)
    if turned:
        return Size(room.width, room.height * 4 // 5)
    return Size(min(rules.width, room.width), rules.max_height)


def art_block(
    draft: Draft, path: str, at: tuple[Span, int], room: Size
) -> FigureBlock | DrawingBlock:
    """The picture of this path as large as fits into ``room``; ``at`` is its place in the file
    and its node."""
    picture, (span, node) = draft.issue.pictures[path], at
    if isinstance(picture, Drawing):
        # Imported late, so that issues without SVG figures start faster.
        from brieftex.compose.drawings import drawing_block  # noqa: PLC0415

        return drawing_block(draft, picture, at, room)
    return FigureBlock(picture, room.width, room.height, node, None, span)


def _alternative(figure: content.Figure, picture: Picture | Drawing) -> str:
    """The alternative text of a figure, with the words in it if they are drawn as pixels and could
    not be extracted otherwise."""
    own = figure.alt or ("" if figure.caption is None else figure.caption.text)
    if not isinstance(picture, Markup) or not picture.texts:
        return own
    words = "、".join(dict.fromkeys(picture.texts))
    if len(words) > _WORDS_LIMIT:
        words = words[:_WORDS_LIMIT] + "…"
    return f"{own}（图中文字：{words}）"


def figure_caption(draft: Draft, caption: Inline | None, parent: int) -> TextBlock | None:
    """The numbered caption of a figure or chart; one without a caption is not numbered."""
    if caption is None:
        return None
    draft.figures += 1
    form = draft.theme.labels["figure"]
    number = Numbered(form, draft.figures, "figure", length=len(label(form, draft.figures)))
    return numbered_caption(draft, caption, number, "figure_caption", parent)


def numbered_caption(
    draft: Draft, caption: Inline, number: Numbered, style: str, parent: int
) -> TextBlock:
    """A caption with its number before it."""
    node = draft.node("Caption", parent)
    look = draft.style(style)
    words = label(number.form, number.value)
    return TextBlock(draft.text(caption, look.char, node, words), look, number=number)
