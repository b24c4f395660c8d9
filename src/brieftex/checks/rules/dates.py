"""Rules about dates."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from brieftex.checks.engine.corpus import Corpus
from brieftex.checks.engine.rule import NUMERAL, Hit, Rules
from brieftex.diagnostics.messages import numerals as kinds
from brieftex.patterns import late

RULES = Rules()

_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_YEAR_IN_HAN = late(rf"[〇零{NUMERAL}]{{4}}")
_MONTH_BEFORE = late(r"(?:(\d{4})年)?(?<!\d)(\d{1,2})\Z")
# 年初心 and 年底蕴 are 年 and a word, no date.
_NO_DATE = ("初心", "初衷", "初次", "初步", "初级", "初中", "底蕴", "底气", "底色", "底线", "末班")


@RULES.text(kinds.IMPOSSIBLE_DATE, needs="月")
def impossible_date(corpus: Corpus) -> Iterator[Hit]:
    """A date that does not exist in the calendar.

    What it does: 核对正文里的“×年×月×日”“×月×日”是否真有这一天。
    Why: 日期写错，通知就失效；多半是手误。
    Example: 2025年2月29日 | 4月31日 | 2025年13月1日
    Use instead: 2024年2月29日 | 2月29日 | 4月30日
    Reference: 公历
    """
    for match in corpus.find(r"月(\d{1,2})日"):
        before = _MONTH_BEFORE.search(corpus.text, max(match.start() - 8, 0), match.start())
        if before is None:
            continue
        year, month, day = int(before[1] or 2000), int(before[2]), int(match[1])
        if not _exists(year, month, day):
            yield Hit(before.start(), match.end())


def _exists(year: int, month: int, day: int) -> bool:
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True


@RULES.text(kinds.WRONG_WEEKDAY, needs="星周")
def wrong_weekday(corpus: Corpus) -> Iterator[Hit]:
    """A date and a weekday that do not agree.

    What it does: 核对“×年×月×日（星期×）”里的星期。
    Why: 改期时常常只改了日期、忘了改星期，收到的人不知道该信哪一个。
    Example: 2026年4月16日（星期三） | 2026年4月16日，周五 | 2026年4月16日星期日
    Use instead: 2026年4月16日（星期四） | 2026年4月16日，周四
    Reference: 公历
    """
    for match in corpus.find(
        r"(\d{4})年(\d{1,2})月(\d{1,2})日[（(，,]?(星期|周)([一二三四五六日天])(?!期)",
        *(f"日{mark}{week}" for mark in ("", *"（(，,") for week in ("星期", "周")),
    ):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
        if year and _exists(year, month, day):
            right = "一二三四五六日"[datetime.date(year, month, day).weekday()]
            if match[5].replace("天", "日") != right:
                yield Hit(match.start(), match.end(), right=match[4] + right)


@RULES.text(kinds.TWO_DIGIT_YEAR, needs="年")
def two_digit_year(corpus: Corpus) -> Iterator[Hit]:
    """A year of two digits.

    What it does: 找出“98年底”“24年3月”一类只写两位的年份；“10年”可能是时长，不管。
    Why: 年份一律写全四位，存档多年以后才不会弄错。
    Example: 他98年底来校 | 24年3月印发 | 自05年初起
    Use instead: 他1998年底来校 | 用了10年 | 近10年初步形成 | 30年初心不改
    Reference: GB/T 15835—2011 5.1.4
    """
    for match in corpus.find(r"年(?<=(?<!\d)\d\d年)(?:\d{1,2}月|[底初末])"):
        start = match.start() - 2
        before = corpus.text[max(start - 1, 0) : start]
        if before and before in "近过约满历用这那前后第上下.—～-":
            continue
        if corpus.text[match.end() - 1 : match.end() + 1] not in _NO_DATE:
            yield Hit(start, match.end())


@RULES.text(kinds.ZERO_PADDED_DATE, needs="0")
def zero_padded_date(corpus: Corpus) -> Iterator[Hit]:
    """A zero before the month or the day.

    What it does: 找出“03月05日”一类写法；2024-03-05 不在此列。
    Why: 公文里月、日不编虚位，1 不编为 01。
    Example: 2024年03月5日 | 2024年3月05日 | 自09月1日起
    Use instead: 2024年3月5日 | 10月20日 | 2024-03-05
    Reference: GB/T 9704—2012 7.3.5.4
    """
    for match in corpus.find(r"0(?=[1-9][月日])"):
        before = corpus.text[max(match.start() - 1, 0) : match.start()]
        if not before.isdigit() and before not in tuple("-/.:"):
            right = corpus.text[match.end() : match.end() + 2]
            yield Hit(match.start(), match.end() + 2, ((match.start(), match.end(), ""),), right)


@RULES.text(kinds.MIXED_DATE, needs="年月")
def mixed_date(corpus: Corpus) -> Iterator[Hit]:
    """Han and Arabic numerals in one date.

    What it does: 找出一个日期里混用汉字和阿拉伯数字的写法。
    Why: 同一个日期里只用一种数字。
    Example: 二〇二四年3月 | 2024年三月五日 | 3月五日
    Use instead: 2024年3月 | 二〇二四年三月 | 三月三
    Reference: GB/T 15835—2011 4.3
    """
    han = rf"[{NUMERAL}]{{1,3}}"
    for match in corpus.find(
        rf"年(?:(\d{{1,2}})月|{han}月(?!怀胎|[三间余])(?:{han}日)?)|月{han}日"
    ):
        before = corpus.text[max(match.start() - 4, 0) : match.start()]
        of_year = match[0][0] == "年"
        if match[1]:
            mixed = _YEAR_IN_HAN.fullmatch(before) is not None
        else:
            mixed = before.isdigit() and len(before) == 4 if of_year else before[-1:].isdigit()
        if mixed:
            yield Hit(match.start() - (4 if of_year else 1), match.end())


@RULES.text(kinds.WRONG_ZERO, needs="零○◯ＯOo0０")
def wrong_zero(corpus: Corpus) -> Iterator[Hit]:
    """A year in Han numerals whose zero is not 〇.

    What it does: 找出“二零二四年”“二○二四年”“二O二四年”一类写法。
    Why: 编号用的“零”写作“〇”（U+3007）；圆圈和字母不是数字，搜索不到，朗读软件也读不出。
    Example: 二零二四年 | 二○二四年 | 二O二四年 | 二Ｏ二四年
    Use instead: 二〇二四年 | 一千零一年 | 一百零五年
    Reference: GB/T 15835—2011 5.2.5
    """
    wrong = "零○◯ＯOo0０"
    for match in corpus.find(rf"[一二][{wrong}〇{NUMERAL}]{{3}}(?=年|学年)"):
        places = [match.start() + i for i, c in enumerate(match[0]) if c in wrong]
        if places:
            yield Hit(match.start(), match.end(), tuple((at, at + 1, "〇") for at in places))


@RULES.text(kinds.INCOMPLETE_DATE, needs="-")
def incomplete_date(corpus: Corpus) -> Iterator[Hit]:
    """A hyphenated date that lacks its day.

    What it does: 找出“2008-8”一类只有年月的短横线日期。
    Why: 用短横线的日期要年月日齐全，否则容易看成起止年份或编号。
    Example: 2008-8 | 自2024-03起 | 2024-12，
    Use instead: 2008年8月 | 2024-03-05 | 2011-12学年 | GB/T 1234-2011
    Reference: GB/T 15835—2011 5.1.4
    """
    for match in corpus.find(r"((?:19|20)\d\d)-(1[0-2]|0?[1-9])(?![\d\-/.A-Za-z年])"):
        before = corpus.text[max(match.start() - 2, 0) : match.start()]
        after = corpus.text[match.end() : match.end() + 2]
        if re.search(r"[\dA-Za-z\-/.〔\[—] ?\Z", before) or after in ("学年", "赛季", "财年"):
            continue
        yield Hit(match.start(), match.end(), right=f"{match[1]}年{int(match[2])}月")


@RULES.text(kinds.NAMED_DATE, needs=".·")
def named_date(corpus: Corpus) -> Iterator[Hit]:
    """An event named by its date in a form that the standard does not allow.

    What it does: 检查以月日命名的事件：阿拉伯数字用间隔号，汉字只有一月、十一月、十二月才用。
    Why: “5.12”会读成小数；“七一”不会有歧义，不必加点。
    Example: 5.12地震 | “七·一”表彰 | 7.26讲话 | “五·四”青年节
    Use instead: “5·12”地震 | “七一”表彰 | “一二·九”运动 | 5.1级地震 | 5.12万元
    Reference: GB/T 15835—2011 5.1.6、5.2.3
    """
    events = ("地震", "事件", "讲话", "惨案", "运动", "特大", "空难")
    for match in corpus.find(rf"\.(?<=\d.)(\d\d)”?(?={'|'.join(events)})", *events):
        at = match.start()
        before = _MONTH_BEFORE.search(corpus.text, max(at - 8, 0), at)
        if before is None:
            continue
        start, month, day = before.start(2), int(before[2]), int(match[1])
        dated = 1 <= month <= 12 and 1 <= day <= _DAYS[month - 1]
        if dated and not corpus.text.endswith(".", 0, start):
            yield Hit(start, match.end(), ((at, at + 1, "·"),))
    for match in corpus.find(r"“[二三四五六七八九十](·)[一二三四五六七八九十]{1,3}”", "·"):
        yield Hit(match.start(), match.end(), ((match.start(1), match.end(1), ""),))
