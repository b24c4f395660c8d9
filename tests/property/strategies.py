"""Texts and paragraphs that Hypothesis makes for the line tests."""

from __future__ import annotations

from helpers.specimens import EM, items, plain, shaper
from hypothesis import strategies as st

from brieftex.text.classify import classify

__all__ = ["EM", "any_texts", "items", "plain", "shaper", "short_texts", "texts", "without_blanks"]

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
# A carriage return never gets this far: sources are read with newlines alone.
any_texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=60)


def without_blanks(text: str) -> str:
    """What is left without spaces and without what only instructs the breaker."""
    return "".join(
        char for char, kind in zip(text, classify(text), strict=True) if kind not in "sgIyzjn"
    )
