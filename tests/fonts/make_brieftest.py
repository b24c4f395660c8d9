"""Builds BriefTest.ttf, the font of the layout tests: widths are mental arithmetic in it.

An em is 1000 units. Every hanzi and full-width mark is 1000 wide, every letter, digit and
ASCII mark 500, the space 250. A mark's ink lies in the half of its cell where a Chinese face
draws it, so that the other half can be given up. A hanzi is a block; each has another depth.

    python tests/fonts/make_brieftest.py        writes BriefTest.ttf beside this file
"""

from __future__ import annotations

import io
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._g_l_y_f import Glyph

EM = 1000
FONT = Path(__file__).with_name("BriefTest.ttf")

HANZI = "".join(map(chr, range(0x4E00, 0x4E80))) + (
    "二三四五六八九十百千亿零〇年月日第期总页共印份章节条款项"
    "中文字体排印测试简报标点符号行首末段落题目录正引注图表数据说明来源编审核签发送"
    "我们你他是的了在有和人这大为上个国到以要时地出就会可对生能而子那得于着自之后作里用道然家"
    "多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实"
    "春夏秋冬东西南北山水火木金土风云雨雪教育研究高校长书记政策建设改革工作会议通知办公室"
    "卷语访问附件写者按谈"
)
OPENERS = "（〔［｛〈《「『【〖“‘"
CLOSERS = "）〕］｝〉》」』】〗”’"
POINTS = "，、；：。．？！"
CENTRED = "·…～－＋＝／％＃＆＊＠￥℃‰々①②③"
RULES = "—⸺"
FULL_WIDTH_LATIN = "".join(map(chr, (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B))))
HALF = "".join(map(chr, range(0x21, 0x7F))) + "–×÷±°§éèêàáāǎüöçñÉ•"

_TOP, _BOTTOM = 800, -80


def _glyph(box: tuple[int, int, int, int] | None = None) -> Glyph:
    pen = TTGlyphPen(None)
    if box is not None:
        left, bottom, right, top = box
        pen.moveTo((left, bottom))
        for corner in ((left, top), (right, top), (right, bottom)):
            pen.lineTo(corner)
        pen.closePath()
    return pen.glyph()


def _drawn() -> dict[str, tuple[int, Glyph]]:
    """Advance and outline of every character."""
    drawn = {" ": (250, _glyph()), "\u00a0": (250, _glyph()), "\u3000": (EM, _glyph())}
    for k, char in enumerate(dict.fromkeys(HANZI)):
        drawn[char] = EM, _glyph((50, _BOTTOM + k, 950, _TOP))
    for chars, left, right in (
        (OPENERS, 550, 950),
        (CLOSERS + POINTS, 50, 450),
        (FULL_WIDTH_LATIN, 250, 750),
        (RULES, 0, EM),
    ):
        for k, char in enumerate(chars):
            drawn[char] = EM, _glyph((left, 100, right, 200 + 10 * k))
    for k, char in enumerate(CENTRED):
        half = 50 if char == "·" else 400
        drawn[char] = EM, _glyph((500 - half, 300, 500 + half, 400 + 10 * k))
    drawn["⸺"] = 2 * EM, _glyph((0, 100, 2 * EM, 200))
    for k, char in enumerate(HALF):
        drawn[char] = EM // 2, _glyph((50, 0, 450, 200 + 5 * k))
    return drawn


def build() -> bytes:
    """The font file; the same bytes every time."""
    drawn = dict(sorted(_drawn().items()))
    names = {char: f"u{ord(char):04X}" for char in drawn}
    builder = FontBuilder(EM, isTTF=True)
    # Fixed times: FontBuilder would write the present one.
    builder.updateHead(created=0, modified=0)
    builder.font.recalcTimestamp = False
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap({ord(char): name for char, name in names.items()})
    missing = _glyph((100, 0, 900, 700))
    builder.setupGlyf({".notdef": missing, **{names[c]: g for c, (_, g) in drawn.items()}})
    glyphs = builder.font["glyf"]
    widths = {".notdef": EM, **{names[char]: width for char, (width, _) in drawn.items()}}
    builder.setupHorizontalMetrics(
        {name: (width, getattr(glyphs[name], "xMin", 0)) for name, width in widths.items()}
    )
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable(
        {
            "copyright": "Made by the brieftex project; licence as its code",
            "familyName": {"en": "BriefTest", "zh": "简报测试"},
            "styleName": "Regular",
            "uniqueFontIdentifier": "BriefTest 1",
            "fullName": {"en": "BriefTest Regular", "zh": "简报测试"},
            "version": "Version 1.000",
            "psName": "BriefTest-Regular",
        },
        mac=False,
    )
    builder.setupOS2(
        sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120,
        sCapHeight=700, sxHeight=500, fsType=0, achVendID="BRTX",
    )  # fmt: skip
    builder.setupPost(keepGlyphNames=False)
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


if __name__ == "__main__":
    FONT.write_bytes(build())
