"""Stage 5: a text becomes units with widths, gaps and breaks.

For speed, the work per character is done by maps and slices; Python code runs only for gaps other
than those between two Han characters.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, compress, pairwise
from typing import Final, TypeAlias, cast

from msgspec import Struct

from brieftex.patterns import late
from brieftex.styled.styles import LineBreaking, LineRules, Punctuation
from brieftex.styled.text import Text
from brieftex.text import msword, parameters
from brieftex.text.classify import classify
from brieftex.text.clreq import HANGING, LEANING, Gap, ShrinkStep
from brieftex.text.columns import Columns
from brieftex.text.meetings import meetings
from brieftex.text.pieces import Piece, PieceEntry
from brieftex.text.ruby import Above, attach
from brieftex.text.shaping import Shaper, missing_characters
from brieftex.text.tokens import grouping_spaces, tokens
from brieftex.text.units import WESTERN, Units
from brieftex.units import Sp

_Entries: TypeAlias = (
    "tuple[tuple[int, ...], tuple[str, ...], tuple[Sp, ...], tuple[object, ...], tuple[Piece, ...]]"
)


class Items(Struct, frozen=True):
    """A text ready to be broken and set.

    ``pieces[i]`` is the piece of unit i, ``starts[i]`` is the offset of its first character (with
    the text's length as the last entry), ``runs[i]`` the index of its run. Where it is a single
    glyph at its left edge, ``glyphs[i]`` and ``texts[i]`` are the glyph and its characters; others
    have an empty text there, and their piece is drawn. ``edges`` are the units that look otherwise
    than the one before, are of another run, or have a space before them. ``spaces`` are the space
    glyphs set in the gaps after units, ``hyphens`` the hyphens set at the end of a line that ends
    before a unit. ``missing`` are the offsets (start, end) of what no face has. ``above`` is the
    ruby text, by units; ``dotted``: some characters have emphasis dots; ``linked``: some are links.
    """

    text: Text
    columns: Columns
    pieces: tuple[Piece, ...]
    starts: list[int]
    runs: list[int]
    glyphs: tuple[int, ...]
    texts: tuple[str, ...]
    edges: list[int]
    spaces: dict[int, Piece]
    hyphens: dict[int, Piece]
    missing: list[tuple[int, int]]
    above: tuple[Above, ...]
    dotted: bool
    linked: bool


def itemize(  # noqa: PLR0913  # the last two are of few texts
    text: Text,
    shaper: Shaper,
    rules: LineRules,
    em: Sp,
    keep: tuple[str, ...] = (),
    *,
    room: Sp = 0,
    whole: bool = False,
) -> Items:
    """The units of ``text``. ``em`` is the size that gaps are relative to, Sp.

    With ``rules.hyphenate`` English words have breaks where they may be hyphenated. A text that
    is set as one line of its natural width gets no breaks but the last: one that fits into
    ``room`` (Sp), and one of any width that is to be set ``whole``.
    """
    rules = msword.effective(rules)
    classes = classify(text.text, _calls(text))
    units = Units(text, classes, shaper, hyphenate=rules.hyphenate, codes=rules.codes)
    above = attach(units, text.rubies, shaper) if text.rubies else ()
    gaps = _Gaps(units, rules, em)
    glyphs, texts, widths, looks, pieces = _columns(units.entries)
    gaps.place(widths)
    one_line = whole or (gaps.sums[-1] <= room and not units.newlines)
    columns = gaps.whole() if one_line else gaps.columns(keep)
    missing = missing_characters(text.text, shaper.missing) if shaper.missing else []
    return Items(
        text,
        columns,
        pieces,
        units.starts,
        units.runs,
        glyphs,
        texts,
        _edges(units, gaps.others, looks),
        units.spaces,
        units.hyphens,
        missing,
        above,
        any(run.style.dot for run in text.runs),
        any(run.href is not None for run in text.runs),
    )


def _columns(entries: Sequence[PieceEntry]) -> _Entries:
    """The entries of pieces as columns."""
    columns = tuple(zip(*entries, strict=False))  # all have five
    return cast("_Entries", columns or ((), (), (), (), ()))


def _edges(units: Units, others: Sequence[int], looks: Sequence[object]) -> list[int]:
    """The units at which glyphs begin that cannot follow those before in the columns. ``others``
    are those that are not Han."""
    edges = {*map((1).__add__, units.spaces), *units.borders}
    han = units.letters.find("H")
    usual = looks[max(han, 0)] if looks else None
    apart = [i for i in others if looks[i] != usual]
    if len(apart) + looks.count(usual) < len(looks):  # Han of another face, or with marks
        apart = [i for i, look in enumerate(looks) if look != usual]
    for i in apart:
        beside = (i, i + 1) if i + 1 < len(looks) else (i,)
        edges.update([k for k in beside if looks[k - 1] is not looks[k]])
    return sorted(edges)


def _calls(text: Text) -> list[tuple[int, int]]:
    """The offsets (start, end) of footnote calls: each is one run or several."""
    if not text.calls:
        return []
    ends = [run.end for run in text.runs]
    return [(at, ends[bisect_right(ends, at)]) for at, _ in text.calls if at < ends[-1]]


_NO_STEP: Final = ShrinkStep.NONE.encode("ascii")
_HAN_GAP: Final = Gap.HAN.encode("ascii")
_HAN_KIND: Final = ord(Gap.HAN)
_HAN: Final = ord("H")
_OTHER: Final = bytes(code != _HAN for code in range(256))
_FULL: Final = bytes((code == _HAN) + 2 * (chr(code) in WESTERN) for code in range(256))

_WORDS: Final = frozenset(a + b for a in WESTERN for b in WESTERN)
# The halves of —— and …… (GB/T 15834 5.1.4, 5.1.5; longer rows break between pairs).
_HALVES: Final = late("DD|EE")
_MARKS: Final = frozenset("(),.!")
_EXCLAIMING: Final = late("!!+")
_OF_URLS: Final = frozenset((parameters.URL_POINT, parameters.URL_INSIDE))


class _Gaps:
    """Second pass: the gaps and breaks between the units."""

    def __init__(self, units: Units, rules: LineRules, em: Sp) -> None:
        count = len(units.entries)
        self.units = units
        self.rules = rules
        self.msword = rules.breaking is LineBreaking.WORD
        self.em = em
        self.widths: tuple[Sp, ...] = ()
        self.sums: list[Sp] = []
        self.apart: list[int] = []  # the units behind which there may be a gap
        self.gaps = [0] * count
        self.shrinks = [0] * count
        self.steps = bytearray(_NO_STEP * count)
        self.kinds = bytearray(_HAN_GAP * count)
        # The units that are not Han.
        self.others = list(compress(range(count), units.letters.encode("ascii").translate(_OTHER)))
        self.legal = [True] * (count + 1)
        self.met = meetings(rules, em)
        if self.others:
            self._share_ems()
            self._meet()
        if units.spaces:
            units.spaces = {i: piece for i, piece in units.spaces.items() if self._spaced(i)}
        if count:
            self.gaps[-1] = self.shrinks[-1] = 0

    def _share_ems(self) -> None:
        """？！ together take one em, three marks two ems (GB/T 15834 5.1.2): each takes half an
        em, and the last of three is followed by half. In some faces they are centred."""
        entries = self.units.entries
        for match in _EXCLAIMING.finditer(self.units.letters):
            for i in range(*match.span()):
                piece = entries[i][-1]
                if len(piece.glyphs) > 1 or piece.texts[0] not in "？！":
                    continue
                last = i + 1 == match.end() and (i - match.start()) % 2 == 0
                entries[i] = piece.in_cell(piece.width // 2, piece.width // 2 * last).entry()

    def _meet(self) -> None:
        """Set the gaps beside all that is not Han, and forbid the breaks that marks forbid."""
        met, entries, letters = self.met, self.units.entries, self.units.letters
        gaps, shrinks, steps, kinds = self.gaps, self.shrinks, self.steps, self.kinds
        codes, legal = list(letters.encode("ascii")), self.legal
        for i in self._looked_up(codes):
            gap, shrinks[i], steps[i], kind, closed = met[
                codes[i], codes[i + 1], entries[i][-1].right, entries[i + 1][-1].left
            ]
            if gap:
                gaps[i] = gap
                self.apart.append(i)
            if kind != _HAN_KIND:
                kinds[i] = kind
            if closed:
                legal[i + 1] = False
        for i, demerits in self.units.costly.items():
            if demerits in _OF_URLS and letters[i - 1 : i + 1] in _WORDS and not self.msword:
                kinds[i - 1] = ord(Gap.URL)

    def _looked_up(self, codes: Sequence[int]) -> list[int]:
        """The units beside whose gap not only Han is; ``codes`` are those of the letters. Marks of
        which it is known that they only forbid a break before them forbid it here."""
        found: list[int] = []
        for i in self.others:
            if codes[i] in self.met.idle:
                self.legal[i] = False
            elif i and codes[i - 1] == _HAN:
                found.append(i - 1)
            found.append(i)
        if found and found[-1] == len(codes) - 1:
            found.pop()  # nothing is behind it
        return found

    def _script(self, i: int) -> None:
        self.apart.append(i)
        self.gaps[i], self.shrinks[i] = self.met.script
        self.kinds[i] = ord(Gap.SCRIPT)
        self.steps[i] = ord(ShrinkStep.SCRIPT)

    def _spaced(self, i: int) -> bool:
        """Set the gap for a typed space: a word space between Western words, between Han
        characters and beside connectors, the script gap between Han and Western, nothing
        beside Chinese marks; ideographic spaces keep their width. Whether a space is set."""
        if i + 1 >= len(self.units.entries):
            return False
        a, b = self.units.letters[i], self.units.letters[i + 1]
        space = self.units.spaces[i]
        west = (a in WESTERN) + (b in WESTERN)
        if space.texts[0] == "\u3000":
            self._space(i, Gap.HAN, 0)
        elif a in "~/" or b in "~/":  # 教师 / 学生
            self._space(i, Gap.FIXED, 0)
        elif west == 2 or (a == b == "H") or (a in WESTERN and b == "q"):
            self._space(i, Gap.WORD, max(0, space.width - self.em // 4))
        else:
            if west == 1 and "H" in (a, b):
                self._script(i)
            return False
        return True

    def _space(self, i: int, kind: Gap, shrink: Sp) -> None:
        self.apart.append(i)
        self.gaps[i], self.shrinks[i] = self.units.spaces[i].width, shrink
        self.kinds[i], self.steps[i] = ord(kind), ord(ShrinkStep.WORD)

    def place(self, widths: tuple[Sp, ...]) -> None:
        """Sum up the ``widths`` of the units and the gaps behind them."""
        self.widths, steps = widths, [*widths]
        for i in self.apart:
            steps[i] = widths[i] + self.gaps[i]
        self.sums = [*accumulate(steps, initial=0)]

    def whole(self) -> Columns:
        """The columns of a text that is one line."""
        count = len(self.units.entries)
        last = [count] if count else []
        return self._columns(last, [0] * len(last), tuple(last), bytes(count))

    def columns(self, keep: tuple[str, ...]) -> Columns:
        """All columns of the text."""
        units, legal = self.units, self.legal
        count = len(units.entries)
        for i in self._joined():
            legal[i] = False
        for i in units.free:
            legal[i] = True
        forced = tuple(dict.fromkeys(filter(None, (*units.newlines, count))))
        for i in forced:
            legal[i] = True
        legal[0] = False
        penalties = list(compress(self._penalties(keep), legal))
        breaks = list(compress(range(count + 1), legal)) if count else []
        return self._columns(breaks, penalties, forced, self._full())

    def _columns(
        self, breaks: list[int], penalties: list[int], forced: tuple[int, ...], full: bytes
    ) -> Columns:
        units = self.units
        trim_start, trim_end = self._trims()
        return Columns(
            em=self.em,
            widths=self.widths,
            gaps=self.gaps,
            shrinks=self.shrinks,
            steps=self.steps.decode("ascii"),
            kinds=self.kinds.decode("ascii"),
            trim_start=trim_start,
            trim_end=trim_end,
            hyphens={i: piece.width for i, piece in units.hyphens.items()},
            breaks=breaks,
            penalties=penalties,
            forced=forced,
            full=full,
            word_most=self.em // 2,
            script_most=self.met.script_most,
            script_natural=self.met.script[0],
            hangs=msword.hangs(entry[-1] for entry in units.entries) if self.msword else {},
            lead=self._lead(trim_start),
            sums=self.sums,
        )

    def _full(self) -> bytes:
        """The weight of each unit in a last line: a Western word counts as two Han characters."""
        letters, widths = self.units.letters, self.widths
        full = bytearray(letters.encode("ascii").translate(_FULL))
        for i in self.others:
            if letters[i] in WESTERN and widths[i] < self.em:
                full[i] = 1
        return bytes(full)

    def _joined(self) -> Iterator[int]:
        """Breaks forbidden by what the two units say (``Meetings`` has what their kinds say):
        inside words, at footnote calls, and where the text says so."""
        units, text = self.units, self.units.text
        yield from units.glued
        for offset, _ in text.calls:
            yield bisect_left(units.starts, offset)
        letters = units.letters
        for a, b in pairwise(self.others):
            within = b == a + 1 and letters[a] in WESTERN and letters[b] in WESTERN
            if within and a not in units.spaces and b not in units.costly:
                yield b
        for space in grouping_spaces(text.text) if units.spaces else ():
            yield bisect_left(units.starts, space)
        yield from self._halves()
        if self.msword:
            yield from msword.forbidden(text.text, units.starts)
            return
        for match in LEANING.finditer(text.text):
            yield bisect_left(units.starts, match.start())

    def _halves(self) -> Iterator[int]:
        """The breaks between the halves of one mark."""
        units, at = self.units, 0
        if "DD" not in units.letters and "EE" not in units.letters:
            return
        while match := _HALVES.search(units.letters, at):
            i = match.start()
            if units.starts[i + 1] > units.starts[i] + 1:
                at = i + 1  # in “… ……” a space parts one mark from two halves of another
                continue
            yield i + 1
            at = match.end()

    def _penalties(self, keep: tuple[str, ...]) -> list[int]:
        """What a line end before each unit costs, and behind the last, if it is allowed there."""
        units = self.units
        costs = [0] * len(units.starts)
        for start, end in () if self.msword else tokens(units.text.text, keep):
            first, last = bisect_right(units.starts, start), bisect_left(units.starts, end)
            costs[first:last] = [parameters.TOKEN_BREAK] * (last - first)
        for i in units.spaces:
            if costs[i + 1]:  # 5 kg: the space belongs to the token
                self.kinds[i] = ord(Gap.FIXED)
        for i, demerits in units.costly.items():
            if demerits == parameters.CODE_IN_CELL:
                costs[i] = 0  # dates and numbers in a code break where the code does
            costs[i] = max(costs[i], demerits)
        return costs

    def _trims(self) -> tuple[list[Sp], list[Sp]]:
        entries, letters = self.units.entries, self.units.letters
        trim_start = [0] * len(entries)
        trim_end = [0] * len(entries)
        if not self.others or self.msword:
            return trim_start, trim_end
        # With these styles opening marks are half a cell wide everywhere.
        style = self.rules.punctuation
        half = style is Punctuation.KAIMING or style is Punctuation.HALF
        hanging = HANGING if self.rules.hanging else ""
        for i in self.others:
            letter = letters[i]
            if letter in hanging:
                trim_end[i] = entries[i][-1].width
            elif letter in _MARKS:
                trim_end[i] = entries[i][-1].right
                if half or self.rules.trim_start:
                    trim_start[i] = entries[i][-1].left
        if trim_start and not ((half or self.rules.trim_first) and letters[0] == "("):
            trim_start[0] = 0
        return trim_start, trim_end

    def _lead(self, trim_start: list[Sp]) -> Sp:
        """The blank that an opening mark at the start of the text keeps, but may give up, Sp."""
        if not self.units.letters.startswith("(") or self.msword:
            return 0
        return self.units.entries[0][-1].left - trim_start[0]
