"""How many lines and pages end where Microsoft Word ended them, with the theme ``word``.

    python bench/wordlines.py FILE [--measure 156mm] [--size 三号] [--indent 2] [--scan]

FILE is the text of an issue that was set with Word, as a PDF reader gives it, line for line:
blank lines, page breaks, page numbers and the spaces at script gaps do not matter. Its lines
are joined into paragraphs again, and these are set with the bundled 仿宋 and Tinos, whose
digits are half an em as those of Times. Of every line but a paragraph's last it is counted
whether a line of ours ends at the same character; a last line agrees unless ours breaks in
it, and is counted apart. ``--scan`` tries measures around the given one, in steps of a twentieth
of an em.

Then the text becomes an issue (``wordissue``) in the theme ``word``, which is built, and the
finished PDF is read: of its lines it is counted which are the file's, and of its pages which end
with the same line. A page of the file begins with a form feed, or with a blank before its first
line. Prints each line that differs; ends with status 1 when fewer than 98 of 100 lines agree, or
a page does not.

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
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import accumulate, pairwise, zip_longest
from pathlib import Path
from typing import Any

import pymupdf
from wordissue import issue_of

from brieftex.fonts.load import load_fonts
from brieftex.input.theme import load_theme
from brieftex.layout.lines.linebreak import Measures
from brieftex.layout.lines.msword import break_msword
from brieftex.pipeline import typeset
from brieftex.styled.styles import CharStyle, LineBreaking, LineRules
from brieftex.styled.text import Text, TextRun
from brieftex.text.itemize import itemize
from brieftex.text.shaping import Shaper
from brieftex.units import Sp, parse_length, to_pt

BENCH = Path(__file__).parent
_INVISIBLE = re.compile(r"[\s\u200b]")

DRAWN = pymupdf.TEXTFLAGS_DICT | pymupdf.TEXT_IGNORE_ACTUALTEXT
"""Characters where they are drawn: an address over two lines is not told whole at its first."""

ENOUGH = 98
"""Lines in 100 that have to agree."""

_NUMBER = re.compile(r"[-—\s]*\d+[-—\s]*")
_ADDRESS = re.compile(r"https?://|www\.")
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
    written: str

    @classmethod
    def read(cls, line: str) -> Raw:
        """Read a line of the file; a Western character counts half an em."""
        text = _GAP.sub("", line)
        width = sum(0.5 if char < "\u0100" else 1 for char in text)
        heading = bool(_HEADING.match(line)) and line[-1] not in "。，、；"
        return cls(text, width, heading or bool(_SPACED.search(line)), line)


def lines_in(text: str) -> list[str]:
    """The lines of a file that are not blank."""
    lines = (line.strip("\f \t\u3000") for line in text.splitlines())
    return [line for line in lines if line and not _NUMBER.fullmatch(line)]


def paragraphs(lines: Sequence[str], measure: float, indent: float) -> Iterator[list[Raw]]:
    """The lines of each paragraph of a file, by guesses from their lengths (in em)."""
    raws = [Raw.read(line) for line in lines]
    paragraph: list[Raw] = []
    for i, line in enumerate(raws):
        paragraph.append(line)
        room = measure - (indent if len(paragraph) == 1 else 0)
        following = raws[i + 1] if i + 1 < len(raws) else None
        if following is None or _ends(line, following, room, measure - indent):
            yield paragraph
            paragraph = []


def _ends(line: Raw, following: Raw, room: float, first: float) -> bool:
    """Whether a paragraph ends with ``line`` for which there was ``room``."""
    if _ADDRESS.search(line.text) or _ADDRESS.search(following.text):
        return True
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
    parts = list(paragraphs(lines_in(text), measure / size, options.indent))
    found = [[raw.text for raw in part] for part in parts if not _ADDRESS.search(part[0].text)]
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
    few = count.matched * 100 < count.total * ENOUGH
    joined = ["".join(raw.written for raw in part) for part in parts]
    return int(few | (not pages_agree(pages_in(text), issue_of(joined))))


def pages_in(text: str) -> list[list[str]]:
    """The lines on each page of a file, without blanks."""
    pages: list[list[str]] = []
    for line in text.splitlines():
        if not line.strip("\f \t\u3000") or _NUMBER.fullmatch(line.strip()):
            continue
        if not pages or line[0] in "\f ":
            pages.append([])
        pages[-1].append(re.sub(r"\s", "", line))
    return pages


def built_pages(issue: str) -> list[list[str]]:
    """The lines on each page of the file that is built of an issue, without blanks and folios."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "issue.yaml"
        path.write_text(issue, encoding="utf-8")
        made = typeset(path, bundled_fonts=True)
    area = made.theme.page.type_area
    foot = to_pt(area.y + area.height)
    pages: list[list[str]] = []
    reader: Any = pymupdf  # which has no types
    for page in reader.open(stream=made.pdf, filetype="pdf"):
        baselines: dict[int, list[tuple[float, str]]] = defaultdict(list)
        for block in page.get_text("dict", flags=DRAWN)["blocks"]:
            for line in block.get("lines", ()):
                words = "".join(span["text"] for span in line["spans"])
                if line["bbox"][1] < foot:
                    baselines[round(line["spans"][0]["origin"][1])].append((line["bbox"][0], words))
        rows = (baselines[y] for y in sorted(baselines))
        found = ("".join(words for _, words in sorted(row)) for row in rows)
        pages.append([_INVISIBLE.sub("", line) for line in found])
    return pages


def pages_agree(known: Sequence[Sequence[str]], issue: str) -> bool:
    """Build an issue, print how its lines and pages compare, and say whether they are enough."""
    built = built_pages(issue)
    start = next(k for k, page in enumerate(built) if page[:1] == [known[0][0]])
    ours = built[start:]
    matched, total = 0, sum(map(len, known))
    for number, (page, made) in enumerate(zip_longest(known, ours, fillvalue=()), 1):
        blocks = SequenceMatcher(None, page, made, autojunk=False).get_matching_blocks()
        same = {a + k for a, _, size in blocks for k in range(size)}
        matched += len(same)
        for k, line in enumerate(page):
            if k not in same:
                print(f"  page {number}: {line}")
    # Of an address over two lines, a reader of the file may have told the whole twice.
    ends = sum(a[-1].endswith(b[-1]) for a, b in zip(known, ours, strict=False))
    print(f"issue: {matched} of {total} lines, {ends} of {len(known)} pages end with the same line")
    return matched * 100 >= total * ENOUGH and ends == len(known) == len(ours)


if __name__ == "__main__":
    sys.exit(main())
