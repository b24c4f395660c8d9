"""Bodies of plain text are read as the parser would read them."""

from __future__ import annotations

from random import Random
from unittest.mock import patch

import pytest

from brieftex.diagnostics import OffsetMap
from brieftex.input.markdown import blocks, parse_body
from brieftex.input.markdown.plain import plain_paragraphs
from brieftex.model.content import Paragraphs

PIECES = (
    "甲乙", "“丙”", "，", "。", "一、", "（一）", "第1条", "1.", "3.5%", "20%", "%", "A", "错误！",
    "未找到引用源", "：", "……", "——", "《办法》", "\n", "\n\n", "\n\n\n", "\u3000", "*", "#", "-",
    " ", "\n\n2026年", "8:30", ":", "℃", "〈", "\U00020164",
)  # fmt: skip
TELLING = (
    "甲*乙*",
    "甲\n乙",
    "1. 甲",
    "甲[^1]",
    "见https://a.cn",
    "甲 \n",
    "甲  乙",
    "甲 ",
    "甲:smile:",
    "1 甲",
    "2) 甲",
    "\u3000甲",
    "甲%%乙%%",
    "见错误！未找到引用源。",
)


@pytest.mark.parametrize("manner", Paragraphs)
def test_bodies_are_those_of_the_parser(manner: Paragraphs) -> None:
    """Ensures it whatever stands beside what: marks at the beginning of a line, line ends."""
    chance, plain = Random(4), 0
    for _ in range(150):
        few = PIECES[: chance.choice((8, 22, len(PIECES)))]
        text = "".join(chance.choice(few) for _ in range(chance.randrange(1, 9)))
        origin = OffsetMap((0, 3, 5), (10, 20, 40))
        found = parse_body(text, origin, manner)
        plain += plain_paragraphs(text, origin) is not None
        with patch.object(blocks, "plain_paragraphs", return_value=None):
            assert parse_body(text, origin, manner) == found, text
    assert plain > 25


@pytest.mark.parametrize("text", TELLING)
def test_what_may_mean_something_is_parsed(text: str) -> None:
    assert plain_paragraphs(text, OffsetMap()) is None
