"""Rules about ranges: which sign, and what both ends must carry."""

from __future__ import annotations

import re
from collections.abc import Iterator

from brieftex.checks.engine.corpus import Corpus
from brieftex.checks.engine.rule import Hit, Rules
from brieftex.diagnostics.messages import numerals as kinds

RULES = Rules()

_SIGNS = r"\-~–－〜∼"
_UNIT = (
    r"[%‰℃人名个万亿元项次倍秒米克吨条天岁周台间件篇页门户层级亩升届章节家种年分度千百多余所位场批套支例起笔册轮艘架辆只头棵株封首款处]"
    r"|小时|公里|厘米|毫米|公顷|平方|立方"
)
_NUMBER = r"\d\d*(?:\.\d+)?"
_NEAR = rf"[～{_SIGNS}—]\d"


def _stands_alone(corpus: Corpus, at: int) -> bool:
    """Whether no number, code or date goes on before ``at``."""
    before = corpus.text[max(at - 1, 0) : at]
    return not (before and (before in "-–—/.:～~" or (before.isascii() and before.isalnum())))


@RULES.text(kinds.WRONG_RANGE_SIGN, needs=_SIGNS + "—")
def wrong_range_sign(corpus: Corpus) -> Iterator[Hit]:
    """A range of values with a hyphen, an ASCII tilde or a dash.

    What it does: 找出数值范围里的 - ~ 和 ——；电话、编号、比分、日期不在此列。
    Why: 数值范围用浪纹线“～”或一字线“—”，连字符容易看成负号。
    Example: 10-20人 | 10~20人 | 10——20人 | 15%-30% | 3-5年 | 15-20所学校
    Use instead: 10～20人 | 10—20人 | 0571-8820人工台 | F-15 | 2024-03-05
    Reference: GB/T 15835—2011 5.1.3，GB/T 15834—2011 4.13
    """
    units = r"[%‰℃万亿元人天年个岁页]{0,2}"
    for match in corpus.find_near(
        _NEAR, rf"({_NUMBER})({units})([{_SIGNS}]|——)({_NUMBER})(?={_UNIT}|(?P<other>))"
    ):
        first, last = match[1], match[4]
        after = corpus.text[match.end() : match.end() + 1]
        if not _stands_alone(corpus, match.start()) or max(len(first), len(last)) > 6:
            continue
        if match["other"] is not None and (match[3] not in "~〜∼" or after in tuple("-~:/.")):
            continue
        if _is_code(first) or _is_code(last) or float(first) >= float(last):
            continue
        years = len(first) == len(last) == 4 and after in tuple("年学赛财")
        days = max(len(first), len(last)) <= 2 and after in ("月", "日")
        if years or days or (not match[2] and after in tuple("%‰万亿千百")):
            continue  # other rules see to these
        yield Hit(match.start(), match.end(), ((match.start(3), match.end(3), "～"),))


def _is_code(number: str) -> bool:
    """Whether a number begins with a zero that counts nothing, as in telephone numbers."""
    return len(number) > 1 and number[0] == "0" and number[1] != "."


@RULES.text(kinds.WRONG_PERIOD_SIGN, needs=_SIGNS + "—")
def wrong_period_sign(corpus: Corpus) -> Iterator[Hit]:
    """A period of time with a hyphen, a tilde or a dash.

    What it does: 找出起止年份、月份、日期之间的 - ~ 和 ——；浪纹线“～”可以接受。
    Why: 时间的起止用一字线“—”。
    Example: 2021-2025年 | 3-5月 | 5月6日-8日 | 2023-2024学年 | 2021年~2025年
    Use instead: 2021—2025年 | 2021～2025年 | 2024-03-05 | 3-5年
    Reference: GB/T 15834—2011 4.13.3.2
    """
    for match in corpus.find_near(
        _NEAR, rf"(\d\d*)([年月日]?)([{_SIGNS}]|——)(\d+)(?=年|月|日|学年|赛季|财年)"
    ):
        first, unit, last = match[1], match[2], match[4]
        after = corpus.text[match.end() : match.end() + 1]
        if not _stands_alone(corpus, match.start()) or not int(first) < int(last):
            continue
        if len(first) == len(last) == 4:
            fits = unit in ("", "年") and after in tuple("年学赛财")
        else:
            fits = max(len(first), len(last)) <= 2 and unit in ("", after) and after in ("月", "日")
        if fits and int(last) < 2200:
            yield Hit(match.start(), match.end(), ((match.start(3), match.end(3), "—"),))


@RULES.text(kinds.MISSING_PERCENT, needs="%‰")
def missing_percent(corpus: Corpus) -> Iterator[Hit]:
    """A range of percentages whose first value has no sign.

    What it does: 找出“15～30%”一类只有后一个百分号的写法。
    Why: 15～30% 会读成从 15 到 0.3；前一个百分号不能省。
    Example: 15～30% | 15-30% | 15—30%
    Use instead: 15%～30% | 第15—30页 | 3～5倍
    Reference: GB/T 15835—2011 5.1.3
    """
    for match in corpus.find_near(_NEAR, rf"({_NUMBER})([～{_SIGNS}—]|——)({_NUMBER})([%‰])"):
        if _stands_alone(corpus, match.start()):
            sign = match[4] + ("—" if match[2] == "—" else "～")
            yield Hit(match.start(), match.end(), ((match.start(2), match.end(2), sign),))


@RULES.text(kinds.MISSING_RANGE_UNIT, needs="万亿")
def missing_range_unit(corpus: Corpus) -> Iterator[Hit]:
    """A range of amounts whose first value has no 万 or 亿.

    What it does: 找出“13～17万元”“9～16亿”一类写法。
    Why: 13～17万元会读成从 13 元到 17 万元；前一个“万”“亿”不能省。
    Example: 13～17万元 | 9～16亿 | 3-5万人 | 2—3万亿元
    Use instead: 13万元～17万元 | 9亿～16亿 | 3万～5万人 | 8000～1万元
    Reference: GB/T 15835—2011 5.1.3
    """
    for match in corpus.find_near(_NEAR, rf"({_NUMBER})([～{_SIGNS}—]|——)({_NUMBER})([万亿]+元?)"):
        years = re.fullmatch(r"(?:19|20)\d\d", match[1]) is not None
        if years or not _stands_alone(corpus, match.start()) or _is_code(match[1]):
            continue
        if float(match[1]) < float(match[3]):
            sign = match[4] + ("—" if match[2] == "—" else "～")
            yield Hit(match.start(), match.end(), ((match.start(2), match.end(2), sign),))
