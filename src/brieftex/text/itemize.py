"""Stage 5: a text becomes units with widths, gaps and the places where it may break.

The work per character is done by maps and slices; Python looks only at the places where
something other than two Han characters meets.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from brieftex.document.blocks import LineRules, Text, TextRun
from brieftex.text import costs
from brieftex.text.clreq import (
    HANGING,
    NOT_AT_LINE_END,
    NOT_AT_LINE_START,
    STEP_OF,
    UNBREAKABLE,
    WESTERN_NOT_AT_END,
    WESTERN_NOT_AT_START,
    WIDE,
    CharClass,
    Gap,
    Step,
    classify,
)
from brieftex.text.columns import Columns
from brieftex.text.shaping import Piece, Shaper, Table, missing_characters
from brieftex.text.tokens import tokens, western_breaks
from brieftex.units import Sp

# Letters of units that are Western text: which of their edges keep a gap to Han.
_WEST: Final = {(True, True): "L", (True, False): "l", (False, True): "r", (False, False): "k"}
_GAP_BEFORE: Final = "Ll"
_GAP_AFTER: Final = "Lr"
_WESTERN: Final = "Llrk"
_EDGE_MARKS: Final = frozenset("%‰°′″+²³")

_TOKEN: Final = re.compile(
    rf"(?P<cluster>[{re.escape(WIDE)}]M+)"
    rf"|(?P<wide>(?:[{re.escape(WIDE)}](?!M))+)"
    r"|(?P<west>[L0wM]+)"
    r"|(?P<space>s+)|(?P<glue>g)|(?P<newline>n)|(?P<zero>z)|(?P<join>j)"
)


@dataclass(frozen=True, slots=True)
class Items:
    """A text ready to be broken and set.

    ``pieces`` are what unit i is set from, ``starts`` the offset of its first character
    (with the text's length as the last entry), ``runs`` the index of its run.
    ``spaces`` are the space glyphs set in the gaps after units. ``missing`` are offsets of
    characters that no face has.
    """

    text: Text
    columns: Columns
    pieces: list[Piece]
    starts: list[int]
    runs: list[int]
    spaces: dict[int, Piece]
    missing: list[int]


def itemize(
    text: Text, shaper: Shaper, rules: LineRules, em: Sp, keep: tuple[str, ...] = ()
) -> Items:
    """The units of ``text``. ``em`` is the size that gaps are measured in, Sp."""
    classes = classify(text.text)
    units = _Units(text, classes, shaper)
    columns = _Gaps(units, rules, em).columns(keep)
    missing = missing_characters(text.text, shaper.missing) if shaper.missing else []
    return Items(text, columns, units.pieces, units.starts, units.runs, units.spaces, missing)


class _Units:
    """First pass: which units there are."""

    def __init__(self, text: Text, classes: str, shaper: Shaper) -> None:
        self.text = text
        self.pieces: list[Piece] = []
        self.starts: list[int] = []
        self.runs: list[int] = []
        self.spaces: dict[int, Piece] = {}
        self.newlines: list[int] = []
        self.glued: set[int] = set()  # breaks that are forbidden
        self.costly: dict[int, int] = {}  # breaks that cost
        self.free: set[int] = set()  # breaks that a zero width space allows
        self._classes = classes
        self._letters: list[str] = []
        start = 0
        for index, run in enumerate(text.runs):
            table = shaper.table(run.style)
            for match in _TOKEN.finditer(classes, start, run.end):
                self._token(match, table)
            self.runs.extend([index] * (len(self.pieces) - len(self.runs)))
            start = run.end
        self.letters = "".join(self._letters)
        self.starts.append(len(text.text))

    def _token(self, match: re.Match[str], table: Table) -> None:
        start, end = match.span()
        here = len(self.pieces)
        match match.lastgroup:
            case "wide":
                self.pieces.extend(map(table.__getitem__, self.text.text[start:end]))
                self.starts.extend(range(start, end))
                self._letters.append(match[0])
            case "west":
                self._western(start, end, table)
            case "cluster":
                self._add(table.cluster(self.text.text[start:end]), start, match[0][0])
            case "space":
                self._space(table)
            case "glue":
                self._space(table)
                self.glued.add(here)
            case "newline":
                self.newlines.append(here)
            case "zero":
                self.free.add(here)
            case _:
                self.glued.add(here)

    def _space(self, table: Table) -> None:
        if self.pieces:
            self.spaces[len(self.pieces) - 1] = table.word(" ")[0]

    def _add(self, pieces: Sequence[Piece], start: int, letter: str) -> None:
        """Pieces that stay together: one unit each, no break between them."""
        for k, piece in enumerate(pieces):
            if k:
                self.glued.add(len(self.pieces))
            self.pieces.append(piece)
            self.starts.append(start)
            self._letters.append(letter)
            start += len("".join(piece.texts))

    def _western(self, start: int, end: int, table: Table) -> None:
        """A row of Western characters without a space, in parts between its breaks."""
        classes, word = self._classes, self.text.text[start:end]
        within = bool(start and self.starts and classes[start - 1] in "L0wM")
        if within or word[0] in WESTERN_NOT_AT_START:  # within: the style changes in a word
            self.glued.add(len(self.pieces))
        at = 0
        for cut, cost in (*western_breaks(word), (len(word), 0)):
            part = word[at:cut]
            before = at == 0 and (classes[start] in "L0" or part[0] in _EDGE_MARKS)
            after = cut == len(word) and (classes[end - 1] in "L0" or part[-1] in _EDGE_MARKS)
            pieces = table.word(part)
            for k, piece in enumerate(pieces):
                letter = _WEST[before and k == 0, after and k == len(pieces) - 1]
                if k:
                    self.glued.add(len(self.pieces))
                self._add((piece,), start + at, letter)
                at += len("".join(piece.texts))
            if cost:
                self.costly[len(self.pieces)] = cost
        if word[-1] in WESTERN_NOT_AT_END:
            self.glued.add(len(self.pieces))


@cache
def _not_at_start(level: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(NOT_AT_LINE_START[level])}]")


@cache
def _not_at_end(level: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(NOT_AT_LINE_END[level])}]")


# The gaps that need a look: all but those between two Han characters.
_MEETING: Final = re.compile(r"(?=[^H].|.[^H])", re.DOTALL)


class _Gaps:
    """Second pass: what stands between the units."""

    def __init__(self, units: _Units, rules: LineRules, em: Sp) -> None:
        count = len(units.pieces)
        self.units = units
        self.rules = rules
        self.em = em
        self.gaps = [0] * count
        self.gives = [0] * count
        self.steps = [Step.NONE.value] * count
        self.kinds = [Gap.HAN.value] * count
        natural, least, most = (em * part // 1000 for part in rules.script_gap)
        self.script = natural, natural - least, most
        for match in _MEETING.finditer(units.letters):
            self._meet(match.start())
        units.spaces = {i: piece for i, piece in units.spaces.items() if self._spaced(i)}
        if count:
            self.gaps[-1] = self.gives[-1] = 0

    def _meet(self, i: int) -> None:
        a, b = self.units.letters[i], self.units.letters[i + 1]
        if a in _WESTERN and b in _WESTERN:
            self.kinds[i] = Gap.FIXED.value
        elif (a == "H" and b in _GAP_BEFORE) or (a in _GAP_AFTER and b == "H"):
            self._script(i)
        elif (a == b and a in "DE") or a == "p" or b == "q" or a in "~/" or b in "~/":
            # CLREQ: avoid stretching beside connectors and the solidus.
            self.kinds[i] = Gap.FIXED.value
        else:
            self._marks(i, a, b)

    def _script(self, i: int) -> None:
        self.gaps[i], self.gives[i], _ = self.script
        self.kinds[i] = Gap.SCRIPT.value
        self.steps[i] = Step.SCRIPT.value

    def _marks(self, i: int, a: str, b: str) -> None:
        """The blanks of two neighbours (CLREQ, Punctuation Width Adjustment)."""
        right, left = self.units.pieces[i].right, self.units.pieces[i + 1].left
        blank = right + left
        bracket = a in "()" or b in "()"
        taken = 0
        style = self.rules.punctuation
        if style == "half":
            taken = blank
        elif style == "kaiming":  # only 。？！ keep their em
            taken = left + (0 if a in ".!" else right)
            if bracket and a in ".!":
                taken = blank
        elif style == "full" and blank and bracket and a in "(),.!DE" and b in "(),.!DE":
            # A mark whose neighbour has no blank on this side keeps its own (——” and “……).
            taken = 0 if "D" in a + b or "E" in a + b else min(blank, self.em // 2)
        if a == "!" and (b == "!" or (i and self.units.letters[i - 1] == "!")):
            taken = max(taken, right)  # ？！ fill one em together (GB/T 15834 5.1.2)
        self.gaps[i] = -taken
        self.gives[i] = blank - taken
        if blank > taken:
            kind = CharClass(a if right else b)
            self.steps[i] = (Step.BRACKET if bracket else STEP_OF[kind]).value

    def _spaced(self, i: int) -> bool:
        """A typed space: a word space between Western words or between Han characters, the
        script gap between the two, nothing beside Chinese marks. Whether a space is set."""
        if i + 1 >= len(self.units.pieces):
            return False
        a, b = self.units.letters[i], self.units.letters[i + 1]
        west = (a in _WESTERN) + (b in _WESTERN)
        if west == 2 or (a == b == "H") or (a in _WESTERN and b == "q"):
            width = self.units.spaces[i].width
            self.gaps[i], self.kinds[i] = width, Gap.WORD.value
            self.gives[i] = max(0, width - self.em // 4)
            self.steps[i] = Step.WORD.value
            return True
        if west == 1 and "H" in (a, b):
            self._script(i)
        return False

    # -- breaks ---------------------------------------------------------------------------

    def columns(self, keep: tuple[str, ...]) -> Columns:
        """All columns of the text."""
        units, rules = self.units, self.rules
        letters, count = units.letters, len(units.pieces)
        legal = bytearray(b"\1") * (count + 1)
        for match in _not_at_start(rules.kinsoku).finditer(letters):
            legal[match.start()] = 0
        for match in _not_at_end(rules.kinsoku).finditer(letters):
            legal[match.end()] = 0
        for match in UNBREAKABLE.finditer(letters):
            legal[match.start() + 1] = 0
        for i in self._joined():
            legal[i] = 0
        for i in units.free:
            legal[i] = 1
        forced = tuple(dict.fromkeys(i for i in (*units.newlines, count) if i))
        for i in forced:
            legal[i] = 1
        legal[0] = 0
        prices = self._prices(keep)
        breaks = [i for i, allowed in enumerate(legal) if allowed] if count else []
        trim_start, trim_end = self._trims()
        return Columns(
            em=self.em,
            widths=[piece.width for piece in units.pieces],
            gaps=self.gaps,
            gives=self.gives,
            steps="".join(self.steps),
            kinds="".join(self.kinds),
            trim_start=trim_start,
            trim_end=trim_end,
            hyphens={},
            breaks=breaks,
            penalties=[prices.get(i, 0) for i in breaks],
            forced=forced,
            full=self._full(),
            word_most=self.em // 2,
            script_most=self.script[2],
            script_natural=self.script[0],
        )

    def _full(self) -> list[int]:
        """What each unit counts against a runt: a Western word is worth two Han characters."""
        return [
            1 if letter == "H" else (1 + (piece.width >= self.em)) * (letter in _WESTERN)
            for letter, piece in zip(self.units.letters, self.units.pieces, strict=True)
        ]

    def _joined(self) -> set[int]:
        """Breaks inside words, at footnote calls and where the text forbids one."""
        units = self.units
        joined = set(units.glued)
        for offset, _ in units.text.calls:
            joined.add(bisect_left(units.starts, offset))
        for match in re.finditer(r"(?=[Llrk][Llrk])", units.letters):
            i = match.start()
            if i not in units.spaces and i + 1 not in units.costly and not self._cut(i + 1):
                joined.add(i + 1)
        for match in re.finditer(r"[Llrk](?=q)", units.letters):
            joined.add(match.end())
        return joined

    def _cut(self, i: int) -> bool:
        """Whether a word may break before unit i for nothing: after its own hyphen."""
        return "".join(self.units.pieces[i - 1].texts).endswith("-") and i not in self.units.glued

    def _prices(self, keep: tuple[str, ...]) -> dict[int, int]:
        units = self.units
        prices = dict(units.costly)
        text = units.text.text
        for start, end in tokens(text, keep):
            first = bisect_right(units.starts, start)
            for i in range(first, bisect_left(units.starts, end)):
                prices[i] = max(prices.get(i, 0), costs.SPLIT_TOKEN)
                if i - 1 in units.spaces:  # 5 kg: the space belongs to the token
                    self.kinds[i - 1] = Gap.FIXED.value
        return prices

    def _trims(self) -> tuple[list[Sp], list[Sp]]:
        pieces, letters = self.units.pieces, self.units.letters
        trim_start = [0] * len(pieces)
        trim_end = [0] * len(pieces)
        for match in re.finditer(r"[(),.!I]", letters):
            i, letter = match.start(), match[0]
            piece = pieces[i]
            if letter == "I":  # an ideographic space vanishes at both edges of a turned line
                trim_start[i] = trim_end[i] = piece.width
            elif self.rules.hanging and letter in HANGING:
                trim_end[i] = piece.width
            else:
                trim_end[i] = piece.right
                trim_start[i] = piece.left if self.rules.trim_start else 0
        if trim_start and not (self.rules.trim_first and letters[0] == "("):
            trim_start[0] = 0
        return trim_start, trim_end


def run_of(items: Items, unit: int) -> TextRun:
    """The run that a unit belongs to."""
    return items.text.runs[items.runs[unit]]
