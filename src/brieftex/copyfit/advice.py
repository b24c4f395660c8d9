"""How much text to cut or to add for a number of pages: enough, and no more.

What goes in is a document in the layout that comes nearest, and what tells its pages; what comes
out are edits, each at one place. An edit is tried on the document itself, whose part between two
page breaks asked for is set by itself, and found by bisection. Attachments and colophon stay as
they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final, TypeGuard

from msgspec import Struct
from msgspec.structs import replace

from brieftex.diagnostics import Span
from brieftex.document.blocks import Block, BreakBlock, Document, SignatureBlock, StructureNode
from brieftex.document.paragraphs import TextBlock
from brieftex.patterns import late
from brieftex.styled.styles import Align
from brieftex.styled.text import Text

MOST_STEPS: Final = 40
"""The most pages that are cut or added; further from its wish, an issue wants another plan."""

LEAST_LEFT: Final = 40
"""The characters that a paragraph keeps when it is cut."""

_ITEM = late(r"(section-\d+)-item-\d+")

Pages = Callable[[Document], int]


class PageEdit(Struct, frozen=True):
    """So many ``characters`` less at the end of a paragraph, or more, or a whole item less, with
    so many in its paragraphs. ``at`` is the place of the paragraph or of the item's title, and
    ``words`` its text; an item that goes as a ``whole`` ends at that offset."""

    characters: int
    words: str
    at: Span
    whole: int = 0


class _Change(Struct, frozen=True):
    """Edits of a part, and what becomes of it; ``scaled`` makes the same of another number of
    characters."""

    edits: tuple[PageEdit, ...]
    part: list[Block]
    scaled: Callable[[int], _Change] | None = None

    @property
    def characters(self) -> int:
        """The characters of all edits."""
        return sum(edit.characters for edit in self.edits)


def cuts(document: Document, pages: Pages, goal: int) -> list[PageEdit]:
    """What to cut so that ``document`` has ``goal`` pages at most; nothing if that is too much."""
    return _edits(document, pages, lambda made: pages(made) <= goal, shorter=True)


def additions(document: Document, pages: Pages, met: Callable[[Document], bool]) -> list[PageEdit]:
    """What to add so that it is ``met`` by the document; nothing if that is too much."""
    return _edits(document, pages, met, shorter=False)


def _edits(
    document: Document, pages: Pages, met: Callable[[Document], bool], *, shorter: bool
) -> list[PageEdit]:
    parts = _parts(document.blocks)
    found: list[PageEdit] = []
    steps = 0
    best: dict[int, _Change | None] = {}
    taken: dict[int, int] = {}
    while not met(replace(document, blocks=_joined(parts), with_contents=None)):
        for k, part in enumerate(parts):
            if k not in best:
                before = parts[k - 1] if k == len(parts) - 1 > 0 else []
                own = _Own(document, pages, before, last=k == len(parts) - 1)
                best[k] = own.shorter(part) if shorter else own.longer(part, taken.get(k, 1))
        choices = [(change.characters, k) for k, change in best.items() if change]
        if not choices or steps == MOST_STEPS:
            return []
        k = min(choices)[1]
        change = best.pop(k)
        assert change is not None
        taken[k] = change.characters

        def met_with(made: _Change, k: int = k) -> bool:
            blocks = _joined([*parts[:k], made.part, *parts[k + 1 :]])
            return met(replace(document, blocks=blocks, with_contents=None))

        if (scaled := change.scaled) is not None and met_with(change):
            # This is the last one, and no more of it is wanted than brings the whole there.
            change = scaled(_least(change.characters, lambda n: met_with(scaled(n))))
        parts[k] = change.part
        found.extend(change.edits)
        steps += 1
    return _merged(found)


def _least(most: int, enough: Callable[[int], bool], low: int = 0) -> int:
    """The least number that is enough, as ``most`` is and ``low`` is not."""
    while most - low > 1:
        middle = (low + most) // 2
        low, most = (low, middle) if enough(middle) else (middle, most)
    return most


def _least_near(guess: int, enough: Callable[[int], bool]) -> int:
    """The least number that is enough, found in a few steps if it is near ``guess``: the steps
    away from there are doubled until they pass it."""
    step = 1
    if enough(guess):
        while guess > step and enough(guess - step):
            guess, step = guess - step, step * 2
        return _least(guess, enough, max(guess - step, 0))
    while not enough(guess + step):
        guess, step = guess + step, step * 2
    return _least(guess + step, enough, guess)


def _merged(edits: Sequence[PageEdit]) -> list[PageEdit]:
    """The edits, those of one paragraph as one, and none in an item that goes as a whole."""
    found: dict[int, PageEdit] = {}
    gone = [range(edit.at.start + 1, edit.whole) for edit in edits if edit.whole]
    for edit in edits:
        if any(edit.at.start in item for item in gone):
            continue
        known = found.get(edit.at.start)
        same = known.characters if known else 0
        found[edit.at.start] = replace(known or edit, characters=edit.characters + same)
    return list(found.values())


def _parts(blocks: Sequence[Block]) -> list[list[Block]]:
    """The blocks between page breaks."""
    parts: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, BreakBlock):
            parts.append([])
        else:
            parts[-1].append(block)
    return parts


def _joined(parts: Sequence[Sequence[Block]]) -> tuple[Block, ...]:
    joined: list[Block] = []
    for part in parts:
        if joined and part:
            joined.append(BreakBlock())
        joined.extend(part)
    return tuple(joined)


def _anchor(block: Block) -> str:
    return (block.anchor or "") if isinstance(block, TextBlock) else ""


def _runs_on(block: Block) -> TypeGuard[TextBlock]:
    """Whether a block is text that an editor may cut: no heading, source or caption."""
    if not isinstance(block, TextBlock) or block.style.align is not Align.JUSTIFY:
        return False
    style = block.style
    kept = style.keep_next or style.keep_previous or style.keep_lines
    return bool(block.text.text) and not kept


class _Own(Struct, frozen=True):
    """The edits of one part, which by themselves change its number of pages by one or more."""

    document: Document
    pages: Pages
    before: list[Block]
    last: bool

    def count(self, part: Sequence[Block]) -> int:
        """The pages of a part by itself; the last has the colophon, or what is ``before`` it."""
        if part or not self.last:
            return self._alone(part, foot=self.last)
        return self._alone(self.before, foot=True) - self._alone(self.before, foot=False)

    def _alone(self, part: Sequence[Block], *, foot: bool) -> int:
        below = self.document.foot if foot else None
        if not part and below is None:
            return 0
        below = None if below is None else replace(below, even=False)
        alone = replace(self.document, blocks=tuple(part), foot=below, with_contents=None)
        return self.pages(alone)

    def shorter(self, part: list[Block]) -> _Change | None:
        """The cut of fewest characters after which the part has fewer pages."""
        if any(_anchor(block).startswith("attachment-") for block in part[:1]):
            return None
        own = self.count(part)
        without = _without_items(part, self.document.nodes)
        changes = [change for change in without if self.count(change.part) < own]
        most = sum(room for _, room in _rooms(part))
        if most and self.count(_trimmed(part, most).part) < own:
            least = _least(most, lambda n: self.count(_trimmed(part, n).part) < own)
            changes.append(_trimmed(part, least))
        return min(changes, key=lambda change: change.characters, default=None)

    def longer(self, part: list[Block], guess: int) -> _Change | None:
        """The fewest characters more with which the part has more pages. ``guess`` is what its
        last page took: the next one takes about as many."""
        if any(_anchor(block).startswith("attachment-") for block in part[:1]):
            return None
        index = next((k for k in reversed(range(len(part))) if _runs_on(part[k])), None)
        if index is None:
            return None
        own = self.count(part)
        least = _least_near(guess, lambda n: self.count(_extended(part, index, n).part) > own)
        return _extended(part, index, least)


def _rooms(part: Sequence[Block]) -> list[tuple[int, int]]:
    """The paragraphs of a part, the longest first: index of the block, characters it can spare."""
    lengths = [(k, len(block.text.text)) for k, block in enumerate(part) if _runs_on(block)]
    rooms = [(k, length - LEAST_LEFT) for k, length in lengths if length > LEAST_LEFT]
    return sorted(rooms, key=lambda room: -room[1])


def _trimmed(part: list[Block], characters: int) -> _Change:
    """A part with so many characters less at the ends of its longest paragraphs."""
    made, left = list(part), characters
    edits: list[PageEdit] = []
    for k, room in _rooms(part):
        block = part[k]
        assert isinstance(block, TextBlock)
        cut = min(left, room)
        made[k] = replace(block, text=_clipped(block.text, len(block.text.text) - cut))
        edits.append(_edit(block, cut))
        left -= cut
        if not left:
            break
    return _Change(tuple(edits), made, partial(_trimmed, part))


def _extended(part: list[Block], index: int, characters: int) -> _Change:
    """A part with so many characters more at the end of a block."""
    block = part[index]
    assert isinstance(block, TextBlock)
    text = block.text
    words = text.text + "\u56fd" * characters
    runs = (*text.runs[:-1], replace(text.runs[-1], end=len(words)))
    made = list(part)
    made[index] = replace(block, text=replace(text, text=words, runs=runs))
    return _Change((_edit(block, characters),), made, partial(_extended, part, index))


def _clipped(text: Text, length: int) -> Text:
    """The first characters of a text."""
    runs = [replace(run, end=min(run.end, length)) for run in text.runs]
    starts = [0, *(run.end for run in runs)]
    return replace(
        text,
        text=text.text[:length],
        runs=tuple(run for start, run in zip(starts, runs, strict=False) if start < run.end),
        calls=tuple(call for call in text.calls if call[0] < length),
        rubies=tuple(ruby for ruby in text.rubies if ruby.end <= length),
    )


def _edit(block: Block, characters: int, whole: int = 0) -> PageEdit:
    assert isinstance(block, TextBlock)
    text = block.text
    return PageEdit(characters, text.text, text.origin.span(0, len(text.text)), whole)


def _without_items(part: list[Block], nodes: Sequence[StructureNode]) -> Iterator[_Change]:
    """A part without one of its items; without its section, too, if that has no other."""
    for start, block in enumerate(part):
        item = _ITEM.fullmatch(_anchor(block))
        if item is None:
            continue
        end = _end_of_item(part, start, nodes)
        running = [b.text for b in part[start:end] if _runs_on(b)]
        characters = sum(len(text.text) for text in running)
        last = max((text.origin.source(len(text.text)) for text in running), default=0)
        others = (_anchor(other) for k, other in enumerate(part) if k != start)
        sole = not any(name.startswith(f"{item[1]}-item-") for name in others)
        heading = sole and start > 0 and _anchor(part[start - 1]) == item[1]
        made = [*part[: start - heading], *part[end:]]
        yield _Change((_edit(block, characters, last or 1),), made)


def _end_of_item(part: Sequence[Block], start: int, nodes: Sequence[StructureNode]) -> int:
    """The end of an item: the first text that does not belong to its structure element."""
    node = _node(part[start])
    assert node is not None
    item = nodes[node].parent
    for k in range(start + 1, len(part)):
        block = part[k]
        node = _node(block)
        while node is not None and node >= 0 and node != item:
            node = nodes[node].parent
        if node == -1 or isinstance(block, SignatureBlock):
            return k
    return len(part)


def _node(block: Block) -> int | None:
    """The structure element of a block of text."""
    return block.text.runs[0].node if isinstance(block, TextBlock) and block.text.runs else None
