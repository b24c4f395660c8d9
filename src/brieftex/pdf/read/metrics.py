"""What a PDF file says of its fonts that tells where glyphs stand: widths, blanks, boxes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from struct import unpack
from typing import Any, TypeAlias

from msgspec import Struct

from brieftex.pdf.read.content import Decoder, Faults
from brieftex.pdf.read.glyph_boxes import GlyphBoxes, Rectangle
from brieftex.pdf.read.parse import PdfFile, Stream, from_hex, unescaped

Unpack: TypeAlias = Callable[[Stream], bytes]
"""Gives the bytes of a stream."""

_BLANKS = " \u3000\u00a0\u2002\u2003\u2005\u2009\u200b\u200c\u200d\ufeff\u00ad"


_MOST_KNOWN = 1024
"""Strings of a font that are kept: those of running heads come again, those of lines seldom."""


class CodeWidths(dict[int, float]):
    """The widths of codes in em, with the one of all other codes."""

    def __init__(self, widths: Iterable[tuple[int, float]], default: float) -> None:
        """``default`` is the width of the others."""
        super().__init__(widths)
        self.default = default
        self._listed: list[float] = []  # those of the first codes, where they are found sooner

    def sum(self, codes: tuple[int, ...]) -> float:
        """How wide codes are in a row."""
        try:
            return sum(map(self._listed.__getitem__, codes))
        except IndexError:
            known, most = len(self._listed), max(codes)
            self._listed += [self.get(code, self.default) for code in range(known, 2 * most + 1)]
            return sum(map(self._listed.__getitem__, codes))

    def __missing__(self, code: int) -> float:
        self[code] = self.default  # Han characters come again, and most have this width
        return self.default


class Metrics(Struct):
    """What is known of a font: widths of its codes in em, their characters, and the boxes of
    its glyphs where its program tells."""

    widths: CodeWidths
    texts: Mapping[int, str]
    wide: bool
    boxes: GlyphBoxes | None
    glyphs: Sequence[int] | None = None  # of the program, by code, where they differ

    def blank(self, code: int) -> bool:
        """Whether a code shows nothing."""
        return not self.texts.get(code, "\ufffd").strip(_BLANKS)

    def box(self, code: int) -> Rectangle:
        """The ink of a glyph; the middle of its cell where that is all one can say."""
        glyph = code
        if self.glyphs is not None:
            glyph = self.glyphs[code] if code < len(self.glyphs) else 0
        found = self.boxes.box(glyph) if self.boxes else None
        if found is None:
            width = self.widths[code]
            return width / 10, 0.0, width * 9 / 10, 0.7
        return found


ShownString: TypeAlias = tuple[tuple[int, ...], str, float, bool]
"""The codes of a string, its characters, how wide it is in em, and whether all of it is blank."""


class PageFont:
    """A font as a page shows strings in it. ``metrics`` is None where its codes have no places that
    can be told; they are read when a string is shown, which a page that is known does not need."""

    def __init__(self, decoder: Decoder, measured: Callable[[], Metrics | None]) -> None:
        """``measured`` reads the metrics."""
        self.known: dict[bytes, ShownString] = {}
        self._decoder = decoder
        self._measured = measured

    @cached_property
    def metrics(self) -> Metrics | None:
        """What tells where glyphs stand."""
        return self._measured()

    def string(self, string: bytes, faults: Faults) -> ShownString:
        """What a string object shows; what of it cannot be read is counted."""
        found = self.known.get(string)
        if found is None:
            data = from_hex(string[1:-1]) if string[:1] == b"<" else unescaped(string[1:-1])
            codes = self._decoder.codes(data)
            before = faults.missing + faults.unreadable
            text = self._decoder.text(codes, faults)
            sound = faults.missing + faults.unreadable == before  # the text of each is there
            wide, blank = 0.0, True
            if self.metrics is not None:
                wide = self.metrics.widths.sum(codes)
                blank = not text.strip(_BLANKS) if sound else all(map(self.metrics.blank, codes))
            found = codes, text, wide, blank
            if sound:
                if len(self.known) >= _MOST_KNOWN:
                    self.known.clear()
                self.known[string] = found
        return found


def metrics_of(
    file: PdfFile, font: dict[str, Any], texts: Mapping[int, str], unpacked: Unpack
) -> Metrics | None:
    """What is known of a font with these ``texts``; None if its codes cannot be told apart. Raises
    BrokenPdfError."""
    kind = file.name(font.get("Subtype"))
    if kind != "Type0":
        first = file.number(font.get("FirstChar"))
        listed = file.array(font.get("Widths"))
        given = [(first + k, number_of(file.get(w)) / 1000) for k, w in enumerate(listed)]
        widths = CodeWidths(given, 0.5)
        return None if kind == "Type3" else Metrics(widths, texts, False, None)
    if file.name(font.get("Encoding")) != "Identity-H":
        return None
    below = file.array(font.get("DescendantFonts"))
    descendant = file.dictionary(below[0]) if below else {}
    descriptor = file.dictionary(descendant.get("FontDescriptor"))
    boxes, glyphs = None, _glyphs(unpacked, file.get(descendant.get("CIDToGIDMap")))
    for key in ("FontFile2", "FontFile3"):
        program = file.get(descriptor.get(key))
        if isinstance(program, Stream):
            boxes = GlyphBoxes(partial(unpacked, program))
    default = number_of(file.get(descendant.get("DW", 1000))) / 1000
    widths = CodeWidths(_widths(file, file.array(descendant.get("W"))), default)
    return Metrics(widths, texts, True, boxes, glyphs)


def _glyphs(unpacked: Unpack, mapping: Any) -> Sequence[int] | None:
    """The glyphs that a /CIDToGIDMap leads to (ISO 32000-1, 9.7.4.2); None: the codes are they."""
    if not isinstance(mapping, Stream):
        return None
    data = unpacked(mapping)
    return unpack(f">{len(data) // 2}H", data[: len(data) // 2 * 2])


def _widths(file: PdfFile, entries: list[Any]) -> Iterator[tuple[int, float]]:
    """The widths that /W gives, in em (ISO 32000-1, 9.7.4.3)."""
    at = 0
    while at + 1 < len(entries):
        first, second = file.number(entries[at]), file.get(entries[at + 1])
        if isinstance(second, list):
            for k, width in enumerate(second):
                yield first + k, number_of(file.get(width)) / 1000
            at += 2
            continue
        width = number_of(file.get(entries[at + 2])) / 1000 if at + 2 < len(entries) else 1.0
        for code in range(first, min(int(number_of(second)), 0xFFFF) + 1):
            yield code, width
        at += 3


def number_of(value: Any) -> float:
    """A number; 0 for anything else."""
    return float(value) if isinstance(value, int | float) else 0.0
