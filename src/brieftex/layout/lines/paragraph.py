"""Stages 5 to 7 for one text: it is itemized, broken into lines and set."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from operator import sub

from msgspec import Struct
from msgspec.structs import replace

from brieftex.diagnostics import Finding, Kind, Span
from brieftex.diagnostics.messages.setting import (
    LOOSE_LINE,
    MISSING_GLYPH,
    OVERFULL_LINE,
    RUNT,
    SPLIT_TOKEN,
    STAND_IN,
)
from brieftex.layout.lines.breakers import BREAKERS
from brieftex.layout.lines.cache import LineCache
from brieftex.layout.lines.linebreak import ENOUGH, Measures, looseness_demerits
from brieftex.layout.lines.lineset import Slot, set_line
from brieftex.layout.lines.titlebreak import break_title
from brieftex.layout.page import Line
from brieftex.patterns import late
from brieftex.styled.styles import Align, LineBreaking, LineRules, TextStyle
from brieftex.styled.text import Text
from brieftex.text import parameters
from brieftex.text.columns import HAN_GAP
from brieftex.text.hyphenation import may_hyphenate
from brieftex.text.itemize import Items, itemize
from brieftex.text.segmentation import joints
from brieftex.text.shaping import Shaper, missing_characters
from brieftex.text.tokens import LONG_WORD, tokens, western_breaks
from brieftex.units import Sp

_JUSTIFY = Align.JUSTIFY  # as in ``lineset``

_DIGITS = frozenset("0123456789")
_NUMBER = late("(?<![^ \u4e00-\u9fff])[0-9]{1,7}(?![^ \u4e00-\u9fff])")
"""One apart from all Western text, which might change how it is shaped."""


class Setting(Struct, frozen=True):
    """What every text is set with: the faces, the theme's line rules, the words to keep whole.
    ``cache`` keeps lines for a process that sets an issue repeatedly, so that unchanged
    texts are not set again; a plain build has none."""

    shaper: Shaper
    rules: LineRules
    keep: tuple[str, ...] = ()
    cache: LineCache | None = None


def set_text(text: Text, style: TextStyle, measure: Sp, setting: Setting) -> list[Line]:
    """The lines of ``text`` in ``measure``, less the indents of ``style``; each has findings on
    what could not be set well in it."""
    if setting.cache is None:
        return _set_text(text, style, measure, setting)
    style = _across(style)
    return setting.cache.recall(
        text, (style, measure), lambda plain: _set_text(plain, style, measure, setting)
    )


@lru_cache(maxsize=256)  # more than a document has
def _across(style: TextStyle) -> TextStyle:
    """A style without leading and vertical space, on which lines do not depend: for keys."""
    return replace(style, leading=0, before=0, after=0, space=0)


def _set_text(text: Text, style: TextStyle, measure: Sp, setting: Setting) -> list[Line]:
    items, breaks = broken_text(text, style, measure, setting)
    columns = items.columns
    lines: list[Line] = []
    a = at = 0
    slot = _slot(style, measure, style.indent)
    for b in breaks:
        line = set_line(items, a, b, slot)
        findings = [*_missing(items, line, setting)] if items.missing else []
        findings += _line_findings(items, a, b, slot, line.natural)
        at = bisect_left(columns.breaks, b, at)
        if columns.penalties[at] == parameters.TOKEN_BREAK:
            findings += _split_token(items, b, slot.measure, setting.keep)
        lines.append(_told(line, findings, setting) if findings or line.above else line)
        if not a:
            slot = _slot(style, measure, style.hang)
        a = b
    return lines


def _slot(style: TextStyle, measure: Sp, indent: Sp) -> Slot:
    return Slot(measure - style.left - style.right - indent, style.left + indent, style.align)


def broken_text(
    text: Text, style: TextStyle, measure: Sp, setting: Setting
) -> tuple[Items, Sequence[int]]:
    """The units of a text, and those that its lines end before; no lines where it has no units."""
    chosen = _flush(setting.rules) if style.indent == style.hang else setting.rules
    rules = _whole_words(chosen)
    room = measure - style.left - style.right
    size = style.char.size
    items = itemize(text, setting.shaper, rules, size, setting.keep, room=room - style.indent)
    if not items.pieces:
        return items, []
    breaks = _breaks(items, style, room, rules)
    if _wants_hyphens(items, breaks, style, room, chosen):
        parts = itemize(text, setting.shaper, chosen, size, setting.keep)
        found = _breaks(parts, style, room, rules)
        if not parts.hyphens.keys().isdisjoint(found):
            items, breaks = parts, found
    return items, breaks


def calls_in(text: Text, line: Line) -> tuple[int, ...]:
    """The indices of the notes called in a line of ``text``."""
    return tuple([n for at, n in text.calls if line.start <= at < line.end])


def natural_line(text: Text, setting: Setting) -> Line:
    """The text as one line of its natural width, whatever the measure."""
    if setting.cache is None:
        return _natural_line(text, setting)
    return setting.cache.recall(text, (), lambda plain: [_natural_line(plain, setting)])[0]


def _natural_line(text: Text, setting: Setting) -> Line:
    nothing = Line((), 0, 0, 0, 0, len(text.text), text=text)
    if not text.runs:
        return nothing
    size = text.runs[0].style.size
    items = itemize(text, setting.shaper, _whole_words(setting.rules), size, whole=True)
    count = len(items.pieces)
    if not count:
        return nothing
    line = set_line(items, 0, count, Slot(items.columns.natural(0, count), 0, Align.LEFT))
    return _told(line, [*_missing(items, line, setting)], setting)


def with_digits_of(line: Line, words: str, setting: Setting) -> Line | None:
    """The natural line of ``words``, which differ in digits alone from those of ``line``, a natural
    line of one style; None if that has to be set. Numbers apart from all Western text are set as
    words by themselves: whatever is beside them stays where it is if they are as wide."""
    table = setting.shaper.table(line.text.runs[0].style)
    digits = ""
    glyphs: list[int] = []
    for number in _NUMBER.finditer(words):
        pieces = []
        for word in (number[0], line.text.text[slice(*number.span())]):
            piece, *others = table.word(word)
            if others or piece.texts != tuple(word):
                return None
            pieces.append(piece)
        one, like = pieces
        if (one.look, one.xs, one.width) != (like.look, like.xs, like.width):
            return None
        digits += number[0]
        glyphs += one.glyphs
    if len(digits) != sum(map(_DIGITS.__contains__, words)):
        return None
    if not _DIGITS.isdisjoint(setting.shaper.missing):  # which may be known since a moment ago
        return None
    runs, at = [], 0
    for run in line.runs:
        texts, drawn = [*run.texts], [*run.glyphs]
        for k, text in enumerate(run.texts):
            if text in _DIGITS:
                texts[k], drawn[k] = digits[at], glyphs[at]
                at += 1
        runs.append(replace(run, texts=tuple(texts), glyphs=tuple(drawn)))
    return replace(line, runs=tuple(runs), text=replace(line.text, text=words))


def beginning(line: Line, count: int) -> Line | None:
    """The natural line of the first ``count`` characters of the text whose natural line this is.
    None if that has to be set: where the line is more than a row of one glyph, each at the end of
    the one before it, or a word that breaks, whose parts are set by themselves."""
    run, text = line.runs[0], line.text
    ends = (*run.xs[1:], line.width)
    steps = set(map(sub, ends, run.xs))
    row = len(ends) == len(text.text) >= count and len({*run.glyphs}) == len({*run.texts}) == 1
    if not row or line.findings or run.xs[0] or max(steps) - min(steps) > 1:
        return None
    if western_breaks(text.text[: LONG_WORD + 1]):
        return None
    return replace(
        line,
        runs=(replace(run, glyphs=run.glyphs[:count], xs=run.xs[:count], texts=run.texts[:count]),),
        width=ends[count - 1],
        natural=ends[count - 1],
        end=count,
        text=replace(text, text=text.text[:count], runs=(replace(text.runs[0], end=count),)),
    )


def in_place(line: Line, style: TextStyle, measure: Sp) -> Line | None:
    """The one line that ``set_text`` makes of the text whose natural line this is. None if that
    has to be seen: where it is too wide or broken by the editor, where readings above it need
    room, or where it does not begin with a letter, since a mark may be trimmed there."""
    text = line.text
    slot = _slot(style, measure, style.indent)
    if line.natural > slot.measure or text.rubies or not line.runs or "\n" in text.text:
        return None
    if not text.text[0].isalnum() or text.runs[0].style.size != style.char.size:
        return None
    return replace(line, shift=slot.shift(line.width))


@cache
def _flush(rules: LineRules) -> LineRules:
    """The rules for a text whose first line is not indented (list items, cells): an opening mark
    is trimmed there as in the other lines, or the line would seem indented."""
    return replace(rules, trim_first=rules.trim_first or rules.trim_start)


@cache
def _whole_words(rules: LineRules) -> LineRules:
    return replace(rules, hyphenate=False)


def _wants_hyphens(
    items: Items, breaks: Sequence[int], style: TextStyle, room: Sp, rules: LineRules
) -> bool:
    """Whether a line has more demerits than a hyphen would, and a word could be hyphenated. Like
    TeX, hyphenation is tried only in a second pass."""
    if not rules.hyphenate or style.balance or rules.breaking is LineBreaking.WORD:
        return False
    if not may_hyphenate(items.text.text):
        return False
    columns = items.columns
    for a, b in pairwise((0, *breaks)):
        line = room - (style.hang if a else style.indent)
        if columns.natural(a, b) > line + columns.shrink(a, b):
            return True
        loose = style.align is Align.JUSTIFY and not columns.is_forced(b)
        if loose and looseness_demerits(columns.looseness(a, b, line)) > parameters.HYPHEN:
            return True
    return False


def _breaks(items: Items, style: TextStyle, room: Sp, rules: LineRules) -> list[int]:
    columns = items.columns
    count = len(columns)
    if columns.forced == (count,) and columns.natural(0, count) <= room - style.indent:
        return [count]  # one line, as are most headings and most cells of tables
    if not style.balance:
        justified = style.align is Align.JUSTIFY
        measures = Measures(room - style.indent, room - style.hang, justified)
        return BREAKERS[rules.breaking](columns, measures)
    measures = Measures(room - style.indent, room - style.hang, justified=False)
    return break_title(columns, measures, lambda: _joints(items))


def _joints(items: Items) -> list[int]:
    demerits = joints(items.text.text)
    return [demerits[start] for start in items.starts]


def _told(line: Line, findings: Sequence[Finding], setting: Setting) -> Line:
    """``line`` with its findings, and with those on the ruby text above it."""
    above = line.above
    missing = setting.shaper.missing
    if above is not None and missing:
        lacking = tuple(
            _no_glyph(text, missing[text], Span(ruby.at, ruby.at + 1))
            for ruby in line.text.rubies
            if line.start <= ruby.start < line.end
            for start, end in missing_characters(ruby.text, missing)
            for text in (ruby.text[start:end],)
        )
        above = replace(above, findings=lacking)
    elif not findings:
        return line
    return replace(line, above=above, findings=tuple(findings))


def without(line: Line, kinds: Container[Kind]) -> Line:
    """``line`` without findings of these kinds, which are no faults in its context."""
    kept = tuple(finding for finding in line.findings if finding.kind not in kinds)
    return line if len(kept) == len(line.findings) else replace(line, findings=kept)


def _missing(items: Items, line: Line, setting: Setting) -> Iterator[Finding]:
    """Findings on the characters of a line for which no face has a glyph; one on those that follow
    each other, as the letters of a script do that no face knows."""
    text, missing = items.text.text, setting.shaper.missing
    spans: list[tuple[int, int]] = []
    for start, end in items.missing:
        if not line.start <= start < line.end:
            continue
        last = spans[-1] if spans and spans[-1][1] == start else None
        if last and not (missing[text[start:end]] or missing.get(text[slice(*last)])):
            spans[-1] = last[0], end
        else:
            spans.append((start, end))
    for start, end in spans:
        yield _no_glyph(text[start:end], missing.get(text[start:end], ""), Span(start, end))


_CODES_SHOWN = 4
"""Characters of which a finding says the codes."""


def _no_glyph(text: str, printed: str, span: Span) -> Finding:
    """The finding that ``text`` cannot be set, or that ``printed`` is substituted for it."""
    code = " ".join(f"U+{ord(char):04X}" for char in text[:_CODES_SHOWN])
    code += " …" * (len(text) > _CODES_SHOWN)
    if printed:
        return STAND_IN.at(span, text=text, code=code, printed=printed)
    return MISSING_GLYPH.at(span, char=text, code=code)


def _line_findings(items: Items, a: int, b: int, slot: Slot, natural: Sp) -> Iterator[Finding]:
    """Findings on a line, ``natural`` wide by itself, that could not be set within the limits of
    shrinking and stretching."""
    columns = items.columns
    slack = slot.measure - natural
    if slack < 0:
        excess = -slack - columns.hangs.get(b, 0) - columns.shrink(a, b)
        if excess > 0:
            tenths = -(-10 * excess // columns.em)
            yield OVERFULL_LINE.at(_units_span(items, a, b), excess=tenths / 10)
    if slot.align is not _JUSTIFY:
        return
    if columns.is_forced(b):
        if a and columns.fullness(a, b) < ENOUGH:
            yield RUNT.at(_units_span(items, a, b))
        return
    # Most lines would not be loose if the gaps between Han characters alone took all of the slack.
    most = parameters.LOOSEST * columns.em
    if slack <= 0 or slack * 1000 <= most * columns.kinds.count(HAN_GAP, a, b - 1):
        return
    if (mean := columns.looseness(a, b, slot.measure)) > parameters.LOOSEST:
        yield LOOSE_LINE.at(_units_span(items, a, b), gap=round(mean / 1000, 2))


def _units_span(items: Items, a: int, b: int) -> Span:
    return Span(items.starts[a], items.starts[b])


@lru_cache(maxsize=1)
def _spans(text: str, keep: tuple[str, ...]) -> tuple[list[tuple[int, int]], int]:
    """The tokens of a text, ascending, and the length of the longest."""
    spans = sorted(tokens(text, keep))
    return spans, max((end - start for start, end in spans), default=0)


def _split_token(items: Items, b: int, measure: Sp, keep: tuple[str, ...]) -> Iterator[Finding]:
    """A finding on the token split by a break before unit ``b``, if it would fit into a line."""
    columns = items.columns
    if columns.is_forced(b):
        return
    offset = items.starts[b]
    spans, longest = _spans(items.text.text, keep)
    near = slice(bisect_left(spans, (offset - longest, 0)), bisect_left(spans, (offset, 0)))
    for start, end in spans[near]:
        first, last = (bisect_left(items.starts, place) for place in (start, end))
        if offset < end and columns.natural(first, last) <= measure:
            yield SPLIT_TOKEN.at(Span(start, end), token=items.text.text[start:end])
            return
