"""Stage 5, first pass: the units of a text, which no line end divides.

A unit is a Han character, a mark, a word, or the part of a word between two of its breaks. For
speed, strings of Han characters are processed by maps and slices.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from brieftex.patterns import late
from brieftex.styled.text import Text
from brieftex.text import parameters
from brieftex.text.clreq import HYPHENS, RAISED, WESTERN_NOT_AT_END, WESTERN_NOT_AT_START, WIDE
from brieftex.text.codes import code_breaks
from brieftex.text.hyphenation import SOFT_HYPHEN, hyphenation_points
from brieftex.text.pieces import Piece, PieceEntry
from brieftex.text.shaping import PieceTable, Shaper
from brieftex.text.tokens import LONG_WORD, western_breaks

# Letters for units of Western text, by whether their left and right edge takes a script gap.
_WEST: Final = {(True, True): "L", (True, False): "l", (False, True): "r", (False, False): "k"}
GAP_BEFORE: Final = "Ll"
GAP_AFTER: Final = "Lr"
WESTERN: Final = "Llrk"
_PLAIN_WORD: Final = late(r"[0-9](?:[0-9.,]*[0-9])?%?|[0-9A-Za-z]+")
"""A number, or a word that breaks nowhere if it is not long."""
_EDGE_MARKS: Final = frozenset("%‰°′″+−±" + RAISED)

_ALONE: Final = re.escape(WIDE.replace("I", ""))
_TOKEN: Final = late(
    rf"(?P<wide>[{_ALONE}]+(?!M))"
    r"|(?P<west>[L0w][L0wM]*)"
    rf"|(?P<cluster>[{_ALONE}]M+|M+)"
    r"|(?P<space>[sI]+)|(?P<glue>g)|(?P<newline>n)|(?P<zero>z)|(?P<soft>y)|(?P<join>j)"
)


class Units:
    """The units of a text, as the entries of their pieces, and where breaks are forbidden or
    penalised."""

    def __init__(
        self,
        text: Text,
        classes: str,
        shaper: Shaper,
        *,
        hyphenate: bool,
        codes: bool = False,
    ) -> None:
        """``classes`` are those of ``text``; ``hyphenate`` adds breaks in English words,
        ``codes`` in account numbers and the like."""
        self.text = text
        self.entries: list[PieceEntry] = []
        self.starts: list[int] = []
        self.runs: list[int] = []
        self.borders: list[int] = []  # the first unit of each run
        self.spaces: dict[int, Piece] = {}
        self.hyphens: dict[int, Piece] = {}
        self.newlines: list[int] = []
        self.glued: set[int] = set()  # forbidden breaks
        self.costly: dict[int, int] = {}  # breaks with a penalty
        self.free: set[int] = set()  # breaks allowed by a zero width space
        self._classes = classes
        self._hyphenate = hyphenate
        self._codes = codes
        self._letters: list[str] = []
        start = 0
        for index, run in enumerate(text.runs):
            self._run(start, run.end, shaper.table(run.style))
            self.borders.append(len(self.runs))
            self.runs.extend([index] * (len(self.entries) - len(self.runs)))
            start = run.end
        self.letters = "".join(self._letters)
        self.starts.append(len(text.text))

    def _run(self, begin: int, stop: int, table: PieceTable) -> None:
        """Add what has one style. Nearly all of it is rows of wide characters and words met before,
        which are added here: a call for each would take as long again."""
        text, entries, starts, letters = self.text.text, self.entries, self.starts, self._letters
        known, of_character = table.units[self._codes], table.entries.__getitem__
        for match in _TOKEN.finditer(self._classes, begin, stop):
            kind = match.lastgroup
            if kind == "wide":
                start, end = match.span()
                entries.extend(map(of_character, text[start:end]))
                starts.extend(range(start, end))
                letters.append(match[0])
            elif kind == "west":
                start, end = match.span()
                word = text[start:end]
                entry = None if self._hyphenate else known.get(word) or self._unit(word, table)
                if entry is None:
                    self._western(start, end, table)
                    continue
                if self._within(start):
                    self.glued.add(len(entries))
                entries.append(entry)
                starts.append(start)
                letters.append(_WEST[True, True])
            else:
                self._token(match, table)

    def _unit(self, word: str, table: PieceTable) -> PieceEntry | None:
        """The entry of a word that is one unit wherever it stands; None for any other."""
        if len(word) > LONG_WORD or _PLAIN_WORD.fullmatch(word) is None:
            return None
        if self._codes and code_breaks(word):
            return None
        pieces = table.word(word)
        if len(pieces) > 1:
            return None
        return table.units[self._codes].setdefault(word, pieces[0].entry())

    def _token(self, match: re.Match[str], table: PieceTable) -> None:
        start, end = match.span()
        here = len(self.entries)
        match match.lastgroup:
            case "cluster":
                self._cluster(match, table)
            case "space":
                self._space(table, self.text.text[start:end].count("\u3000"), start)
            case "glue":
                self._space(table)
                self.glued.add(here)
            case "newline":
                self.newlines.append(here)
            case "zero":
                self.free.add(here)
            case "soft":
                if self._classes[max(start - 1, 0) : end + 1] == "LyL":
                    self._hyphen(table)
            case _:
                self.glued.add(here)

    def _cluster(self, match: re.Match[str], table: PieceTable) -> None:
        """Add a wide character with its marks, or marks after a space or a sign."""
        letter = match[0][0]
        if letter == "M":
            self.glued.add(len(self.entries))
            letter = "H"
        self._add(table.cluster(self.text.text[slice(*match.span())]), match.start(), letter)

    def _hyphen(self, table: PieceTable) -> None:
        """Add a break at which a hyphen is set."""
        here = len(self.entries)
        self.costly[here] = parameters.HYPHEN
        self.hyphens[here] = replace(table.word("-")[0], texts=(SOFT_HYPHEN,))

    def _space(self, table: PieceTable, ideographic: int = 0, start: int = 0) -> None:
        """Put a typed space into the gap after a unit, so that it is discarded at a line end.
        Ideographic spaces at the beginning of a line are kept."""
        here = len(self.entries)
        if ideographic and (not here or here in self.newlines[-1:]):
            self._add([table["\u3000"]] * ideographic, start, "I")
        elif here:
            space = "\u3000" * ideographic
            self.spaces[here - 1] = (table.cluster(space) if space else table.word(" "))[0]

    def _add(self, pieces: Sequence[Piece], start: int, letter: str) -> None:
        """Add pieces as one unit each, without a break between them."""
        for k, piece in enumerate(pieces):
            if k:
                self.glued.add(len(self.entries))
                start += len("".join(pieces[k - 1].texts))
            self.entries.append(piece.entry())
            self.starts.append(start)
            self._letters.append(letter)

    def _leans(self, start: int) -> bool:
        """Whether ``start`` has a hyphen (歼-20), a star (张*明) or a plus that is not a sign
        (互联网+) directly after a Han character or a closing mark."""
        char, classes = self.text.text[start], self._classes
        if not start or classes[start - 1] not in "H)":
            return False
        if char in "\"'":  # opening or closing is not known (UAX #14, LB19)
            return True
        return (
            char in HYPHENS
            or char == "*"
            or (char == "+" and classes[start + 1 : start + 2] != "0")
        )

    def _leads_on(self, char: str, end: int) -> bool:
        """Whether a mark before ``end`` belongs to what follows; brackets even across a space."""
        if char in "\"'#@$£€´ˈˌ":
            return self._classes[end : end + 1] not in ("", "s", "I")
        return char in WESTERN_NOT_AT_END

    def _hides(self, start: int, end: int) -> bool:
        """Whether stars stand behind the first of some Han characters and before another: 张*明."""
        name = start and self._classes[end : end + 1] == self._classes[start - 1] == "H"
        alone = self._classes[start - 2 : start - 1] != "H"
        return bool(name and alone) and not self.text.text[start:end].strip("*")

    def _within(self, start: int) -> bool:
        """Whether ``start`` is within a word, where its style changes."""
        return bool(start and self.starts and self._classes[start - 1] in "L0wM")

    def _western(self, start: int, end: int, table: PieceTable) -> None:
        """Add a string of Western characters without spaces, split at its breaks."""
        classes, word = self._classes, self.text.text[start:end]
        alone = word[0] in RAISED and classes[max(start - 1, 0)] in "),.!"  # no word to belong to
        leans = self._leans(start) or (word[0] in RAISED and not alone)
        if self._within(start) or leans or (word[0] in WESTERN_NOT_AT_START and not alone):
            self.glued.add(len(self.entries))
        breaks = dict(western_breaks(word))
        if self._codes and parameters.URL_POINT not in breaks.values():
            breaks.update(code_breaks(word))
        cuts = {at: demerits for at, demerits in breaks.items() if classes[start + at] != "M"}
        # Part of a word (the style changes, or a soft hyphen splits it) cannot be looked up.
        beside = classes[max(start - 1, 0) : start] + classes[end : end + 1]
        points: list[int] = []
        if self._hyphenate and not any(letter in beside for letter in "L0wMy"):
            points = hyphenation_points(word)
            cuts.update(dict.fromkeys(points, parameters.HYPHEN))
        at = 0
        for cut, demerits in (*sorted(cuts.items()), (len(word), 0)):
            part = word[at:cut]
            before = at == 0 and not leans and (classes[start] in "L0" or part[0] in _EDGE_MARKS)
            after = cut == len(word) and (classes[end - 1] in "L0" or part[-1] in _EDGE_MARKS)
            # Between Han it is as far from the one as from the other: 互联网+教育.
            after = after and not (leans and part == "+")
            pieces = table.word(part)
            if len(pieces) == 1:
                self.entries.append(pieces[0].entry())
                self.starts.append(start + at)
                self._letters.append(_WEST[before, after])
            else:
                self._of_faces(pieces, start + at, before=before, after=after)
            at = cut
            if cut != len(word):
                self.costly[len(self.entries)] = demerits
            if cut in points:
                self._hyphen(table)
        if self._leads_on(word[-1], end) or (word[0] == "*" and self._hides(start, end)):
            self.glued.add(len(self.entries))

    def _of_faces(self, pieces: Sequence[Piece], start: int, *, before: bool, after: bool) -> None:
        """Add a part of a word that is of several pieces; the first and the last take gaps."""
        for k, piece in enumerate(pieces):
            self._add((piece,), start, _WEST[before and k == 0, after and k == len(pieces) - 1])
            if k:
                self.glued.add(len(self.entries) - 1)
            start += sum([len("".join(one.texts)) for one in (piece, *piece.over)])
