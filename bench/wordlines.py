"""How many lines break where Microsoft Word broke them, with ``line_breaking: word``.

    python bench/wordlines.py FILE [--measure 156mm] [--size 三号] [--indent 2] [--scan]

FILE is the text of an issue that was set with Word, as a PDF reader gives it, line for line:
blank lines, page breaks, page numbers and the spaces at script gaps do not matter. Its lines
are joined into paragraphs again, and these are set with the bundled 仿宋 and Tinos, whose
digits are half an em as those of Times. Of every line but a paragraph's last it is counted
whether a line of ours ends at the same character; a last line agrees unless ours breaks in
it, and is counted apart. Prints each line that differs, the matches and the lines; ends with
status 1 when fewer than 98 of 100 agree. ``--scan`` tries
measures around the given one, in steps of a twentieth of an em.

A paragraph ends

* with a line that leaves room for more than two characters,
* with a line that ends a sentence, when the next one is as long as a first line, or looks
  like a heading,
* before and after a numbered heading or a line with a space between Han (name and office);
  lines with addresses are not text and are left out.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from pathlib import Path

from brieftex.document.blocks import CharStyle, LineRules, Text, TextRun
from brieftex.fonts.load import load_fonts
from brieftex.input.theme import load_theme
from brieftex.layout.lines.linebreak import Measures
from brieftex.layout.lines.msword import break_msword
from brieftex.styled.styles import LineBreaking
from brieftex.text.itemize import itemize
from brieftex.text.shaping import Shaper
from brieftex.units import Sp, parse_length, to_pt

BENCH = Path(__file__).parent
ENOUGH = 98
"""Lines in 100 that have to agree."""

_FURNITURE = re.compile(r"[-—\s]*\d+[-—\s]*|.*(?:https?://|www\.).*")
_HEADING = re.compile(r"\d+[.．、]\s?\D|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）")
_SPACED = re.compile(r"(?<=[^\x00-\xff])[ \u3000](?=[^\x00-\xff])")
_GAP = re.compile(r"(?<=[^\x00-\xff]) | (?=[^\x00-\xff])")
_SENTENCE_END = "。？！”；："


@dataclass(frozen=True)
class Raw:
    """A line of the file: its text without artefacts, its width in em, and what it is."""

    text: str
    width: float
    heading: bool

    @classmethod
    def read(cls, line: str) -> Raw:
        """Read a line of the file; a Western character counts half an em."""
        text = _GAP.sub("", line)
        width = sum(0.5 if char < "\u0100" else 1 for char in text)
        heading = bool(_HEADING.match(line)) and line[-1] not in "。，、；"
        return cls(text, width, heading or bool(_SPACED.search(line)))


def paragraphs(text: str, measure: float, indent: float) -> Iterator[list[str]]:
    """The lines of each paragraph of a file, by guesses from their lengths (in em)."""
    lines = (line.strip("\f \t\u3000") for line in text.splitlines())
    raws = [Raw.read(line) for line in lines if line and not _FURNITURE.fullmatch(line)]
    paragraph: list[str] = []
    for i, line in enumerate(raws):
        paragraph.append(line.text)
        room = measure - (indent if len(paragraph) == 1 else 0)
        following = raws[i + 1] if i + 1 < len(raws) else None
        if following is None or _ends(line, following, room, measure - indent):
            yield paragraph
            paragraph = []


def _ends(line: Raw, following: Raw, room: float, first: float) -> bool:
    """Whether a paragraph ends with ``line`` for which there was ``room``."""
    if line.heading or following.heading or line.width < room - 2.5:
        return True
    if line.text[-1] not in _SENTENCE_END:
        return False
    # As long as a first line, or so short that it is a heading that asks.
    begins = first - 2 < following.width < first + 0.75 and following.text[-1] not in "。！"
    return begins or (following.width < first - 2.5 and following.text[-1] == "？")


class Setter:
    """Sets paragraphs as Word would, in the bundled faces."""

    def __init__(self, size: Sp, indent: float) -> None:
        """``indent`` of first lines in em."""
        fonts = load_theme("briefing", BENCH).fonts
        self._shaper = Shaper(load_fonts(fonts, None, bundled_only=True))
        self._style = CharStyle("body", size)
        self._indent = int(indent * size)

    def ends(self, text: str, measure: Sp) -> list[int]:
        """The offsets that lines of ``text`` end at."""
        words = Text(text, (TextRun(len(text), self._style, 0),))
        items = itemize(
            words, self._shaper, LineRules(breaking=LineBreaking.WORD), self._style.size
        )
        measures = Measures(measure - self._indent, measure)
        return [items.starts[b] for b in break_msword(items.columns, measures)]


@dataclass
class Count:
    """What was compared: lines that are not a paragraph's last, those that differ as (line of
    the file, the same with our nearest line end), and the last lines."""

    total: int = 0
    differing: list[tuple[str, str]] = field(default_factory=list)
    last: int = 0
    last_whole: int = 0

    @property
    def matched(self) -> int:
        """Lines that end at the same character."""
        return self.total - len(self.differing)


def compare(found: Sequence[Sequence[str]], setter: Setter, measure: Sp) -> Count:
    """Set the paragraphs, of which the lines are known, and compare."""
    count = Count()
    for lines in found:
        text = "".join(lines)
        ours = setter.ends(text, measure)
        known = list(accumulate(map(len, lines), initial=0))
        for start, end in pairwise(known[:-1]):
            count.total += 1
            if end not in ours:
                nearest = min(ours, key=lambda offset: abs(offset - end))
                shown = text[start : max(nearest, end)]
                marked = shown[: nearest - start] + "|" + shown[nearest - start :]
                count.differing.append((text[start:end], marked))
        if len(lines) > 1:  # others are headings, which have other indents
            count.last += 1
            count.last_whole += not any(known[-2] < offset < known[-1] for offset in ours)
    return count


def main() -> int:
    """Compare, print, and say by the status whether it is enough."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--measure", default="156mm", help="line length, with its unit")
    parser.add_argument("--size", default="三号", help="size of the characters")
    parser.add_argument("--indent", type=float, default=2, help="of first lines, in em")
    parser.add_argument("--scan", action="store_true", help="try measures around this one")
    options = parser.parse_args()
    size, measure = parse_length(options.size), parse_length(options.measure)
    setter = Setter(size, options.indent)
    text = options.file.read_text(encoding="utf-8")
    found = list(paragraphs(text, measure / size, options.indent))
    count = compare(found, setter, measure)
    print(f"{to_pt(size):g} pt in {measure / size:.2f} em, {len(found)} paragraphs")
    for line, marked in count.differing:
        print(f"  {line}\n    {marked}")
    if options.scan:
        for step in range(-20, 21):
            tried = measure + step * size // 20
            print(f"  {tried / size:.2f} em: {compare(found, setter, tried).matched}")
    print(f"matched {count.matched} of {count.total} lines")
    print(f"last lines {count.last_whole} of {count.last}")
    return int(count.matched * 100 < count.total * ENOUGH)


if __name__ == "__main__":
    sys.exit(main())
