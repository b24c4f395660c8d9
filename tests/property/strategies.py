"""Texts and paragraphs that Hypothesis makes for the line tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from brieftex.document.blocks import CharStyle, LineRules, Text, TextRun
from brieftex.text.face import Face
from brieftex.text.fontbook import FontBook, Role
from brieftex.text.itemize import Items, itemize
from brieftex.text.shaping import Shaper
from brieftex.units import Sp, pt

EM: Sp = pt(16)
FONT = Path(__file__).parents[1] / "fonts" / "BriefTest.ttf"

HAN = "中文字体排印测试简报标点符号行首末段落题目"
MARKS = "，。、；：？！（）《》“”‘’〔〕——……·～％"
LATIN = ["AI", "PDF", "word", "2024", "3.5%", "12", "km", "e-mail", "https://example.org/a/b?c=d"]

token = st.one_of(
    st.sampled_from(HAN),
    st.sampled_from(HAN),
    st.sampled_from(MARKS),
    st.sampled_from(LATIN),
    st.just(" "),
    st.sampled_from(["——", "……", "》，《", "。”", "2024年3月5日", "第12期", "〔2024〕3号"]),
)
texts = st.lists(token, min_size=1, max_size=60).map("".join)
short_texts = st.lists(token, min_size=1, max_size=14).map("".join)
any_texts = st.text(max_size=60)


@cache
def shaper() -> Shaper:
    """One role, all in the test font."""
    face = Face(FONT)
    return Shaper(FontBook({"body": Role((face,), (face,))}, ()))


def plain(text: str) -> Text:
    """A text in one style."""
    return Text(text, (TextRun(len(text), CharStyle("body", EM), 0),))


def items(text: str, rules: LineRules | None = None) -> Items:
    """The units of a text in the test font."""
    return itemize(plain(text), shaper(), rules or LineRules(), EM)
