"""Inline text and bodies as Markdown, as an editor would type them: the inverse of reading.

Every piece is read again at once, and its marks are escaped only where they would be taken for
more than characters. What cannot be written so that it comes back (bold that begins with a blank)
is told to the caller and not changed in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from brieftex.diagnostics import OffsetMap
from brieftex.diagnostics.messages.markup import NOTE_NOT_HERE
from brieftex.diagnostics.messages.typed import ITEM_UNREAD
from brieftex.input.markdown import parse_body, parse_inline
from brieftex.input.markdown.spaced import with_ems
from brieftex.model.content import (
    Body,
    BodyBlock,
    Heading,
    Inline,
    ListBlock,
    Mark,
    Paragraph,
    Paragraphs,
    Quotation,
    Stretch,
    Table,
)
from brieftex.model.merging import Merge
from brieftex.patterns import late

_SIGNS = ((Mark.STRONG, "**"), (Mark.EMPHASIS, "*"), (Mark.HIGHLIGHT, "=="))
_SPECIAL = late(r"[\\`*_\[\]<>#~^={}|!&＊【】｜]")
_BLOCK_START = late(r"[-+*>#|`~]|\d{1,9}[.)]|\[\^|:?-+:?\|")


def inline_markdown(inline: Inline) -> tuple[str, bool]:
    """A line of text as Markdown, and whether it comes back as it is."""
    written = _written(inline, str)
    if _comes_back(written, inline):
        return written, True
    needed = set(_SPECIAL.findall(inline.text))
    if _comes_back(_written(inline, _escaping(needed)), inline):
        for character in sorted(needed):
            if _comes_back(_written(inline, _escaping(needed - {character})), inline):
                needed.discard(character)
        return _written(inline, _escaping(needed)), True
    written = _written(inline, _entities)
    return written, _comes_back(written, inline)


def _comes_back(written: str, inline: Inline) -> bool:
    back, findings = parse_inline(written, OffsetMap(), indented=True)
    # A call's note stands in the body, which is not asked here.
    odd = [finding for finding in findings if finding.kind is not NOTE_NOT_HERE]
    return alike(back, inline) and not odd


def alike(one: Inline, other: Inline) -> bool:
    """Whether two texts are the same but for where they stand in their files, and for spaces that
    are read as ems."""
    return (
        (one.text == other.text or with_ems(one.text) == with_ems(other.text))
        and _set_apart(one) == _set_apart(other)
        and one.calls == other.calls
        and [(r.start, r.end, r.reading) for r in one.rubies]
        == [(r.start, r.end, r.reading) for r in other.rubies]
    )


def _set_apart(inline: Inline) -> list[Stretch]:
    """The stretches but for bare addresses, which are links however they are written."""
    return [s for s in inline.stretches if s.marks or s.href != inline.text[s.start : s.end]]


def paragraph_markdown(inline: Inline) -> tuple[str, bool]:
    """A paragraph as Markdown that stands by itself, and whether it comes back as it is."""
    written, exact = inline_markdown(inline)
    if not written:
        return written, not inline.text
    first = f"&#{ord(written[0])};{written[1:]}"
    start = _BLOCK_START.match(written)
    slashed = written
    if start is not None:
        at = start.end() - 1 if written[0].isdigit() else 0
        slashed = f"{written[:at]}\\{written[at:]}"
    for candidate in dict.fromkeys((written, slashed, first)):
        body, findings = parse_body(candidate, OffsetMap(), Paragraphs.BLANK)
        blocks = body.blocks
        if len(blocks) == 1 and isinstance(blocks[0], Paragraph) and not body.notes:
            quiet = all(f.kind is not ITEM_UNREAD for f in findings)
            if alike(blocks[0].inline, inline) and (quiet or candidate is first):
                return candidate, exact
    return written, False


def is_markdown(block: BodyBlock) -> bool:
    """Whether a block can be written as Markdown, or needs a field of its own."""
    match block:
        case Paragraph() | Heading():
            return True
        case Quotation(blocks=blocks):
            return all(map(is_markdown, blocks))
        case ListBlock(items=items):
            return all(is_markdown(inner) for item in items for inner in item)
        case Table():
            # Only a body can have the notes that its cells call.
            calls = any(cell.inline.calls for row in block.lines for cell in row)
            return calls and _is_bare(block)
    return False


def _is_bare(table: Table) -> bool:
    """Whether a table has nothing but what Markdown can say of one."""
    around = (table.caption, table.unit, table.notes, table.sources, table.widths, table.grid)
    if any(around) or len(table.header) > 1 + bool(_reaching(table)):
        return False
    return all(cell.align is None for row in table.lines for cell in row)


def _reaching(table: Table) -> bool:
    """Whether heads below the first row are known by a head that reaches into them."""
    heads = len(table.header)
    return any(cell.rowspan == heads for row in table.header[:1] for cell in row)


def body_markdown(body: Body) -> tuple[list[str], bool]:
    """The lines of a body whose blocks are all Markdown, and whether each comes back as it is."""
    lines: list[str] = []
    exact = True
    for block in body.blocks:
        if lines:
            lines.append("")
        more, good = _block(block)
        lines += more
        exact &= good
    for label, blocks in body.notes:
        if lines:
            lines.append("")
        more, good = _blocks(blocks)
        lines.append(f"[^{label}]: {more[0] if more else ''}".rstrip())
        lines += [f"    {line}" if line else "" for line in more[1:]]
        exact &= good
    return lines, exact


def _blocks(blocks: Sequence[BodyBlock]) -> tuple[list[str], bool]:
    return body_markdown(Body(tuple(blocks)))


def _block(block: BodyBlock) -> tuple[list[str], bool]:
    match block:
        case Paragraph(inline=inline):
            written, exact = paragraph_markdown(inline)
            return written.split("\n"), exact
        case Heading(level=level, inline=inline):
            written, exact = inline_markdown(inline)
            return [f"{'#' * (level + 1)} {written}"], exact and "\n" not in written
        case Quotation(blocks=blocks):
            lines, exact = _blocks(blocks)
            return [f"> {line}".rstrip() for line in lines], exact
        case ListBlock(start=start, items=items, bracket=bracket):
            lines, exact = [], True
            loose = any(
                isinstance(one, Paragraph) and isinstance(two, Paragraph)
                for item in items
                for one, two in pairwise(item)
            )
            for number, item in enumerate(items):
                sign = "- " if start is None else f"{start + number}{')' if bracket else '.'} "
                more, good = _blocks(item)
                exact &= good
                if loose and lines:
                    lines.append("")
                lines.append((sign + (more[0] if more else "")).rstrip())
                lines += [f"{'':{len(sign)}}{line}" if line else "" for line in more[1:]]
            return lines, exact
        case Table():
            return _table(block)
    raise TypeError(block)


def _table(table: Table) -> tuple[list[str], bool]:
    columns = len(table.align)
    rows = [[""] * columns for _ in table.lines]
    exact = True
    for r, row in enumerate(table.lines):
        for cell in row:
            for line in rows[r : r + cell.rowspan]:
                line[cell.column] = Merge.ABOVE.value
                end = cell.column + cell.colspan
                line[cell.column + 1 : end] = [Merge.LEFT.value] * (cell.colspan - 1)
            written, good = inline_markdown(cell.inline)
            slash = "\\" if written in {mark.value for mark in Merge} else ""
            rows[r][cell.column] = slash + written.replace("|", "\\|").replace("\n", " ")
            exact &= good and "\n" not in written
    head = rows.pop(0) if table.header else [""] * columns
    rules = [{"left": ":--", "center": ":-:", "right": "--:", None: "---"}[a] for a in table.align]
    return [f"| {' | '.join(row)} |" for row in (head, rules, *rows)], exact


# -- characters ----------------------------------------------------------------------------


def _escaping(characters: set[str]) -> Callable[[str], str]:
    """Writes a backslash before these characters; one that is itself text needs it only before
    punctuation."""

    def escaped(text: str) -> str:
        pieces = []
        for character, after in zip(text, text[1:] + " ", strict=True):
            harmless = character == "\\" and (after.isalnum() or after.isspace() or after > "~")
            slash = character in characters and character <= "~" and not harmless
            pieces.append(f"\\{character}" if slash else character)
        return "".join(pieces)

    return escaped


def _entities(text: str) -> str:
    return _SPECIAL.sub(lambda found: f"&#{ord(found[0])};", text)


def _written(inline: Inline, escape: Callable[[str], str]) -> str:
    """The text with its marks; ``escape`` writes characters that are nothing else."""
    pieces: list[str] = []
    open_signs: list[tuple[Mark, str]] = []
    href: str | None = None
    for start, end, marks, link in _runs(inline):
        keep = 0
        if link == href:
            while keep < len(open_signs) and open_signs[keep][0] & marks:
                keep += 1
        pieces += [sign for _, sign in reversed(open_signs[keep:])]
        del open_signs[keep:]
        if link != href:
            if href is not None:
                pieces.append(f"]({href})")
            if link is not None:
                pieces.append("[")
            href = link
        opened = [mark for mark, _ in open_signs]
        for mark, sign in _SIGNS:
            if marks & mark and mark not in opened:
                open_signs.append((mark, sign))
                pieces.append(sign)
        pieces.append(_characters(inline, start, end, marks, escape))
    pieces += [sign for _, sign in reversed(open_signs)]
    if href is not None:
        pieces.append(f"]({href})")
    pieces += [f"[^{call.label}]" for call in inline.calls if call.at >= len(inline.text)]
    return "".join(pieces)


def _runs(inline: Inline) -> Iterator[tuple[int, int, Mark, str | None]]:
    """The text in runs of the same marks and link; bare addresses are none."""
    at = 0
    for stretch in inline.stretches:
        if at < stretch.start:
            yield at, stretch.start, Mark.NONE, None
        shown = inline.text[stretch.start : stretch.end]
        href = None if stretch.href == shown and "://" in shown else stretch.href
        yield stretch.start, stretch.end, stretch.marks, href
        at = stretch.end
    if at < len(inline.text):
        yield at, len(inline.text), Mark.NONE, None


def _characters(
    inline: Inline, start: int, end: int, marks: Mark, escape: Callable[[str], str]
) -> str:
    calls: dict[int, str] = {}
    for call in inline.calls:
        calls[call.at] = f"{calls.get(call.at, '')}[^{call.label}]"
    rubies = {ruby.start: ruby for ruby in inline.rubies if start <= ruby.start < end}
    pieces: list[str] = []
    at, plain = start, start

    def flush(stop: int) -> None:
        text = inline.text[plain:stop]
        if marks & Mark.CODE and text:
            pieces.append(f"`{text}`")
        else:
            pieces.append(escape(text).replace("\n", "\\\n"))

    while at < end:
        if at in calls:
            flush(at)
            plain = at
            pieces.append(calls[at])
        if at in rubies:
            flush(at)
            ruby = rubies[at]
            pieces.append(f"{{{inline.text[ruby.start : ruby.end]}｜{ruby.reading}}}")
            at = plain = ruby.end
            continue
        at += 1
    flush(end)
    return "".join(pieces)
