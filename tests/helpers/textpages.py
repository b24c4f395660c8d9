"""Pages with some text in one small font, written by hand."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont

from brieftex.pdf.read.parse import BrokenPdfError, PdfFile
from brieftex.pdf.read.pieces import Placement
from brieftex.pdf.read.readback import Readback

FONT = Path(__file__).parents[2] / "fonts" / "Tinos-Regular.ttf"
LETTERS = "AbcdgHxyzQ"


@cache
def program() -> tuple[bytes, dict[str, int], dict[int, int]]:
    """A font, the glyphs of the letters and a blank, and their widths in 1/1000 em."""
    font = TTFont(FONT)
    subsetter = Subsetter()
    subsetter.populate(text=LETTERS + " ")
    subsetter.subset(font)
    stream = BytesIO()
    font.save(stream)
    cmap, widths = font.getBestCmap(), font["hmtx"]
    glyphs = {char: font.getGlyphID(cmap[ord(char)]) for char in LETTERS + " "}
    upem = font["head"].unitsPerEm
    wide = {font.getGlyphID(cmap[ord(c)]): round(widths[cmap[ord(c)]][0] * 1000 / upem)
            for c in LETTERS + " "}  # fmt: skip
    return stream.getvalue(), glyphs, wide


def hexadecimal(text: str) -> bytes:
    """A string of two-byte codes."""
    glyphs = program()[1]
    return b"<" + b"".join(b"%04X" % glyphs[char] for char in text) + b">"


def made(content: bytes, form: bytes = b"", *, ranges: bool = False) -> bytes:
    """A page of 600 by 800 points, with a Type 0 font /F0, a simple one /F1 and a form /X0."""
    data, glyphs, wide = program()
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(600, 800))
    cmap = b"1 begincodespacerange <0000><FFFF> endcodespacerange\n"
    cmap += b"%d beginbfchar\n" % len(glyphs)
    cmap += b"".join(b"<%04X> <%04X>\n" % (glyph, ord(char)) for char, glyph in glyphs.items())
    stream = pdf.make_stream(data)
    if ranges:
        listed = [part for glyph, width in wide.items() for part in (glyph, glyph, width)]
    else:
        listed = [part for glyph, width in wide.items() for part in (glyph, [width])]
    descriptor = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor, FontName=pikepdf.Name.Tinos, Flags=4, FontFile2=stream,
        FontBBox=[-500, -300, 2000, 1000], ItalicAngle=0, Ascent=891, Descent=-216, CapHeight=662,
        StemV=80,
    )  # fmt: skip
    below = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType2, BaseFont=pikepdf.Name.Tinos,
        CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        FontDescriptor=descriptor, DW=1000, W=listed, CIDToGIDMap=pikepdf.Name.Identity,
    )  # fmt: skip
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0, BaseFont=pikepdf.Name.Tinos,
        Encoding=pikepdf.Name("/Identity-H"), DescendantFonts=[pdf.make_indirect(below)],
        ToUnicode=pdf.make_stream(cmap + b"endbfchar\n"),
    )  # fmt: skip
    simple = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.TrueType, BaseFont=pikepdf.Name.Tinos,
        Encoding=pikepdf.Name.WinAnsiEncoding, FirstChar=32, LastChar=122,
        FontDescriptor=descriptor,
        Widths=[wide.get(glyphs.get(chr(code), -1), 500) for code in range(32, 123)],
    )  # fmt: skip
    fonts = pikepdf.Dictionary(F0=pdf.make_indirect(font), F1=pdf.make_indirect(simple))
    inner = pdf.make_stream(
        form, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 600, 800],
        Matrix=[1, 0, 0, 1, 5, -7], Resources=pikepdf.Dictionary(Font=fonts),
    )  # fmt: skip
    page.Resources = pikepdf.Dictionary(Font=fonts, XObject=pikepdf.Dictionary(X0=inner))
    page.Contents = pdf.make_stream(content)
    result = BytesIO()
    pdf.save(result, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return result.getvalue()


def ours(data: bytes) -> Placement:
    """What our reader finds."""
    return placed(Readback(PdfFile(data)))


def placed(read: Readback) -> Placement:
    """What it finds on the first page. Raises BrokenPdfError where not all of it has a place."""
    _, found = read.shown(read.sheets[0])
    if found is None:
        raise BrokenPdfError("operands that are none")
    return found


def shown(text: str) -> bytes:
    """The operator that shows a text."""
    return hexadecimal(text) + b" Tj"
