"""Lines beside Typst's: the same texts, faces and measures, every fault counted alike.

    python bench/lines.py [--measures N] [--narrowest EM] [--list] [TEXT ...]

The texts are those in ``texts/`` and the paragraphs of briefing.yaml and of the issues of the
tests, if they have more than four; each is set in 40 measures from 10 to 50 em with a first-line
indent of 2 em. ``linefaults`` counts what is wrong with the lines of both, ``bestlines`` says
which of brieftex's runts and splits another way to break would have spared. Ends with status 1
when brieftex has a forbidden line edge, an inexact width, a runt or a split that could have been
avoided.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from statistics import mean, pstdev

from bestlines import Question
from linefaults import Fault, PlacedLine, faults, is_runt, mean_gap, script_gaps
from msgspec.structs import replace
from typst_lines import typst_lines

from brieftex.document.blocks import Block
from brieftex.document.paragraphs import TextBlock
from brieftex.fonts.load import load_fonts
from brieftex.input.theme import load_theme
from brieftex.layout.lines.breakers import BREAKERS
from brieftex.layout.lines.linebreak import Measures
from brieftex.layout.lines.lineset import Slot, set_line
from brieftex.layout.page import Line
from brieftex.pipeline import typeset_pages
from brieftex.styled.styles import Align, CharStyle
from brieftex.styled.text import Text, TextRun
from brieftex.text import parameters
from brieftex.text.itemize import Items, itemize
from brieftex.text.shaping import Shaper
from brieftex.text.tokens import tokens
from brieftex.units import Sp, pt, to_pt

BENCH = Path(__file__).parent
EM: Sp = pt(16)
INDENT: Sp = 2 * EM


@dataclass
class Tally:
    """What an engine did with a text in all measures."""

    lines: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    gaps: list[float] = field(default_factory=list)
    script: list[float] = field(default_factory=list)

    def count(self, text: str, lines: Sequence[PlacedLine]) -> None:
        """Add a paragraph."""
        self.lines += len(lines)
        self.faults.update(fault.value for fault, _ in faults(text, lines))
        for line in lines[:-1]:
            gap = mean_gap(text, line)
            self.gaps.extend([] if gap is None else [gap])
            self.script.extend(script_gaps(text, line))

    def add(self, other: Tally) -> None:
        """Add another text's."""
        self.lines += other.lines
        self.faults.update(other.faults)
        self.gaps += other.gaps
        self.script += other.script


class Brieftex:
    """The engine itself, with the default theme's rules and the bundled faces."""

    INEXACT = "width off by a scaled point"
    RUNT = "… avoidable within bounds"
    SPLIT = "… avoidable in good lines"
    LOOSER = "… avoidable in lines within bounds"
    MUST_BE_ZERO = (Fault.START, Fault.END, Fault.PAIR, INEXACT, RUNT, SPLIT)

    def __init__(self) -> None:
        """Open the faces."""
        theme = load_theme("briefing", BENCH)
        self.rules = theme.lines
        self.shaper = Shaper(load_fonts(theme.fonts, None, bundled_only=True))
        self.style = CharStyle("body", EM)

    def tally(
        self, paragraphs: Sequence[str], measures: Sequence[Sp], keep: bool, listing: bool
    ) -> Tally:
        """Set the paragraphs in all measures and count. Without ``keep`` tokens may split for
        nothing, as Typst's do."""
        tally = Tally()
        for text in paragraphs:
            runs = (TextRun(len(text), self.style, 0),)
            items = itemize(Text(text, runs), self.shaper, self.rules, EM)
            if not keep:
                prices = [p % parameters.TOKEN_BREAK for p in items.columns.penalties]
                columns = replace(items.columns, penalties=prices)
                items = replace(items, columns=columns)
            for measure in measures:
                self._count(tally, items, measure, listing)
        return tally

    def _count(self, tally: Tally, items: Items, measure: Sp, listing: bool) -> None:
        text, columns = items.text.text, items.columns
        measures = Measures(measure - INDENT, measure)
        breaks = BREAKERS[self.rules.breaking](columns, measures)
        spans = [*pairwise((0, *breaks))]
        slots = [Slot(measure if a else measure - INDENT, 0 if a else INDENT) for a, _ in spans]
        lines = [set_line(items, a, b, s) for (a, b), s in zip(spans, slots, strict=True)]
        placed = [*map(_placed, [items] * len(lines), spans, lines, slots)]
        tally.count(text, placed)
        for (a, b), slot, line in zip(spans, slots, lines, strict=True):
            fits = slot.measure >= columns.natural(a, b) - columns.shrink(a, b)
            full = b not in columns.forced and columns.stretch_weight(a, b) > 0
            if fits and full and line.width != slot.measure:
                tally.faults[self.INEXACT] += 1
        kept = [*dict.fromkeys(tokens(text, ()))]
        prices = dict(zip(columns.breaks, columns.penalties, strict=True))

        def splits(b: int) -> int:
            # A name in a URL is dearer than a token.
            inside_url = prices[b] >= parameters.URL_INSIDE
            at = items.starts[b]
            return (
                sum(a < at < z for a, z in kept)
                + inside_url * parameters.URL_INSIDE // parameters.TOKEN_BREAK
            )

        question = Question(columns, measures, splits, lambda a: is_runt(text[items.starts[a] :]))
        tally.faults[self.RUNT] += question.avoidable_runt(breaks)
        tally.faults[self.SPLIT] += question.avoidable_splits(breaks)
        tally.faults[self.LOOSER] += question.avoidable_splits(breaks, strained=True)
        if listing:
            _list(text, placed, measure)


def _placed(items: Items, span: tuple[int, int], line: Line, slot: Slot) -> PlacedLine:
    xs: dict[int, float] = {}
    offset = line.start
    text = items.text.text
    for run in line.runs:
        for x, chars in zip(run.xs, run.texts, strict=True):
            for char in chars:
                if char.isspace():
                    continue
                while offset < line.end and text[offset] != char:
                    offset += 1
                if offset < line.end:
                    xs[offset] = (slot.left + x) / EM
                    offset += 1
    right = (slot.left + line.width) / EM
    room = (slot.left + slot.measure) / EM
    hyphen = bool(items.columns.hyphens.get(span[1]))
    return PlacedLine(line.start, line.end, xs, right, room, hyphen)


def _list(text: str, lines: Sequence[PlacedLine], measure: Sp) -> None:
    for fault, k in faults(text, lines):
        line = lines[k]
        shown = text[line.start : line.end]
        print(f"{measure / EM:6.2f} em  {fault.value:<26}{shown}｜{text[line.end :][:6]}")


def justified(issue: Path) -> list[str]:
    """The justified paragraphs of an issue, without the calls of footnotes."""
    document = typeset_pages(issue, bundled_fonts=True).document
    notes = [paragraph for note in document.notes for paragraph in note]
    foot = () if document.foot is None else document.foot.blocks
    texts = _justified((*document.blocks, *foot, *notes))
    return [_without_calls(text) for text in texts if text.text.strip()]


def _justified(blocks: Iterable[Block]) -> Iterator[Text]:
    for block in blocks:
        if isinstance(block, TextBlock) and block.style.align is Align.JUSTIFY:
            yield block.text


def _without_calls(text: Text) -> str:
    calls = {offset for offset, _ in text.calls}
    starts = (0, *(run.end for run in text.runs))
    kept = (text.text[a : run.end] for a, run in zip(starts, text.runs, strict=False)
            if a not in calls)  # fmt: skip
    return "".join(kept).replace("\n", "").strip()


ROWS = (
    Fault.START, Fault.END, Fault.PAIR, Fault.RUNT, Brieftex.RUNT, Fault.TOKEN,
    Brieftex.SPLIT, Brieftex.LOOSER, Fault.OVERFULL, Fault.SHORT,
    Brieftex.INEXACT, Fault.LOOSE, Fault.HYPHEN,
)  # fmt: skip
OURS_ONLY = (Brieftex.RUNT, Brieftex.SPLIT, Brieftex.LOOSER, Brieftex.INEXACT)


def show(name: str, tallies: Sequence[Tally]) -> None:
    """Print the table of one text."""
    titles = ("brieftex", "… no tokens kept", "Typst", "Typst, runt 500 %")
    print(f"\n{name:<36}" + "".join(f"{title:>19}" for title in titles))

    def row(label: str, cells: Iterable[str]) -> None:
        print(f"{label:<36}" + "".join(f"{cell:>19}" for cell in cells))

    row("lines", (f"{tally.lines:,}" for tally in tallies))
    for fault in ROWS:
        cells = [str(tally.faults[fault]) for tally in tallies]
        row(fault, cells[:1] if fault in OURS_ONLY else cells)
    row("Han gap, standard deviation", (f"{pstdev(tally.gaps):.4f} em" for tally in tallies))
    row("Han gap, widest line", (f"{max(tally.gaps):.3f} em" for tally in tallies))
    row("Han gap, mean", (f"{mean(tally.gaps):.4f} em" for tally in tallies))
    row("script gap, mean", (f"{mean(tally.script or [0]):.4f} em" for tally in tallies))
    row(
        "script gap, standard deviation",
        (f"{pstdev(tally.script or [0]):.4f} em" for tally in tallies),
    )


def main() -> None:
    """Set, count and print."""
    parser = argparse.ArgumentParser(description="faults of brieftex's lines beside Typst's")
    parser.add_argument(
        "texts", nargs="*", help="briefing, policy, weekly, …; all when none is named"
    )
    parser.add_argument("--measures", type=int, default=40)
    parser.add_argument("--narrowest", type=int, default=10, help="in em; the widest is 50 em")
    parser.add_argument("--list", action="store_true", help="show brieftex's faults")
    options = parser.parse_args()
    texts = {p.stem: p.read_text("utf-8").splitlines() for p in sorted(BENCH.glob("texts/*.txt"))}
    root = BENCH.parent
    issues = [root / "briefing.yaml", *sorted(root.glob("tests/publications/*.yaml"))]
    issues = [path for path in issues if "\nmasthead:" in "\n" + path.read_text("utf-8")
              or "\n报头" in "\n" + path.read_text("utf-8")]  # fmt: skip
    texts |= {p.stem: found for p in issues if len(found := justified(p)) > 4}
    steps = max(1, options.measures - 1)
    narrowest, span = options.narrowest * EM, (50 - options.narrowest) * EM
    measures = [narrowest + span * k // steps for k in range(options.measures)]
    brieftex = Brieftex()
    totals = Tally(), Tally(), Tally(), Tally()
    for name in options.texts or texts:
        paragraphs = texts[name]
        tallies = [
            brieftex.tally(paragraphs, measures, keep=True, listing=options.list),
            brieftex.tally(paragraphs, measures, keep=False, listing=False),
        ]
        for runt in (100, 500):
            theirs = Tally()
            widths = [to_pt(measure) for measure in measures]
            for made in typst_lines(paragraphs, widths, to_pt(EM), runt):
                for text, lines in zip(paragraphs, made, strict=True):
                    theirs.count(text, lines)
            tallies.append(theirs)
        show(name, tallies)
        for total, tally in zip(totals, tallies, strict=True):
            total.add(tally)
    show("all", totals)
    wrong = [fault for fault in Brieftex.MUST_BE_ZERO if totals[0].faults[fault]]
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
