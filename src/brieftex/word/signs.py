"""The signs of what a paragraph is: numbers, labels and dates as offices type them.

Patterns alone; what they mean together is decided in ``roles`` and ``shape``.
"""

from __future__ import annotations

import datetime
import re

from brieftex.patterns import late

NUMERALS = "一二三四五六七八九十百"
_BLANK = "[ \t\u3000\u00a0]*"
# GB/T 9704-2012 7.3.3: 一、 （一） 1. （1）.
_LEVELS = (
    (
        late(rf"{_BLANK}(?:[{NUMERALS}]{{1,4}}[、．.]|第[{NUMERALS}]{{1,4}}章[、，\u3000 ]?)"),
        0,
    ),
    (late(rf"{_BLANK}[（(][{NUMERALS}]{{1,4}}[）)][、．.]?"), 1),
    (late(rf"{_BLANK}\d{{1,2}}(?:[、．]|\.(?!\d))"), 2),
    (late(rf"{_BLANK}[（(]\d{{1,2}}[）)]"), 3),
)
TYPED_ENTRY = late(rf"{_BLANK}(\d{{1,3}})(?:[、．]|\.(?!\d)){_BLANK}(?=\S)")
BULLET_SIGN = late(rf"{_BLANK}([•·●○◦◎◆◇■□▪▫▶►➢➤★☆※✓✔]|[\u2013-](?=[ \t\u3000])){_BLANK}(?=\S)")
SOURCE_LINE = late(
    r"[（(【\[]?(?:信息|消息|新闻|文章|资料|数据|稿件)?(?:来源|出处)(?:链接|网址)?[：:]\s*(?=\S)"
)
ADDRESS_LINE = late(
    r"(?:来源|原文|文章|网页)?(?:网址|链接|地址|网站)(?:链接|地址)?[：:]\s*(?=https?://)"
)
DATE_LINE = late(r"(?:发布|刊发|发表|访问|查阅)?(?:日期|时间)[：:]\s*(?=\d{4})")
ADDRESS_SIGN = late(r"https?://[^\s，。；、）】》\u3000]+")
DATE_SIGN = late(
    r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]|(\d{4})([-/.])(\d{1,2})\5(\d{1,2})(?!\d)"
)
_HAN_DATE = late(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
ISSUE_NUMBER = late(rf"第{_BLANK}(\d{{1,5}}|[{NUMERALS}]{{1,5}}){_BLANK}期")
TOTAL_NUMBER = late(rf"总{_BLANK}第?{_BLANK}(\d{{1,6}}|[{NUMERALS}]{{1,6}}){_BLANK}期")
CLASSIFICATION_SIGN = late(r"(?:内部(?:资料|文件|参考)|注意保存|不得外传|绝密|机密|秘密).{0,16}")
URGENCY_SIGN = late(r"特急|加急|平急|特提")
DOCUMENT_NUMBER_SIGN = late(r"[\u4e00-\u9fff]{1,16}[〔\[【(（]\d{4}[〕\]】)）]\d{1,4}号")
COPY_NUMBER_SIGN = late(r"\d{6}")
ATTACHMENT_SIGN = late(rf"附{_BLANK}件{_BLANK}(?:\d{{1,2}}|[{NUMERALS}]{{1,3}})?{_BLANK}[：:]?")
FIGURE_NUMBER = late(
    rf"图{_BLANK}(?:\d{{1,3}}(?:[-.]\d{{1,2}})?|[{NUMERALS}]{{1,3}}){_BLANK}[：:.．、]?{_BLANK}"
)
TABLE_NUMBER = late(
    rf"表{_BLANK}(?:\d{{1,3}}(?:[-.]\d{{1,2}})?|[{NUMERALS}]{{1,3}}){_BLANK}[：:.．、]?{_BLANK}"
)
CONTRIBUTORS_SIGN = late(
    r"[（(]?(?:供稿(?:单位|人)?|撰稿|作者)[：:]\s*([^（）()]{2,40}?)[）)]?|[（(]([^（）()]{2,24})供稿[）)]"
)
EDITOR_NOTE_SIGN = late(r"[【\[]?(?:编者按|按语|编者的话)[】\]]?[：:\s]?\s*")
SECTION_NAME = late(r"[【〖\[★●◆■]{1,2}\s*([^【】〖〗\[\]★●◆■。]{2,16})\s*[】〗\]★●◆■]{0,2}")
SPEECH_SIGN = late(r"([\u4e00-\u9fff·]{2,4})[（(]([^（）()]{2,40})[）)][：:]\s*(?=\S)")
SALUTATION_SIGN = late(r"[^，。；？！\d]{2,40}[：:]")
COLOPHON_SIGN = (
    ("report_to", late(rf"{_BLANK}(?:主{_BLANK})?报{_BLANK}[：:]")),
    ("send_to", late(rf"{_BLANK}(?:分{_BLANK})?送{_BLANK}[：:]")),
    ("distribute_to", late(rf"{_BLANK}(?:印{_BLANK})?发{_BLANK}[：:]")),
    ("copy_to", late(rf"{_BLANK}抄{_BLANK}送{_BLANK}[：:]")),
    (
        "prepared_by",
        late(rf"{_BLANK}(?:编写|编辑|责任编辑|责编|本期编辑|执笔|撰稿|拟稿){_BLANK}[：:]"),
    ),
    ("reviewed_by", late(rf"{_BLANK}(?:审核|校对|核稿|审稿){_BLANK}[：:]")),
    ("approved_by", late(rf"{_BLANK}(?:签发|主编|审定|批准){_BLANK}[：:]")),
)
COPIES_SIGN = late(rf"[（(]?{_BLANK}共{_BLANK}印?{_BLANK}(\d{{1,5}}){_BLANK}份{_BLANK}[）)]?")
PAGES_SIGN = late(rf"[（(]?{_BLANK}共{_BLANK}\d{{1,4}}{_BLANK}页{_BLANK}[）)]?")
PRINTED_SIGN = late(r"(\S.{0,30}?)[ \t\u3000]*(\d{4}年\d{1,2}月\d{1,2}日)[ \t\u3000]*印[发制]?")


def typed_level(text: str) -> tuple[int, str] | None:
    """The level, from 0, of a number typed before a text, and the number."""
    for pattern, level in _LEVELS:
        if (found := pattern.match(text)) is not None and found.end() < len(text):
            return level, found[0]
    return None


def label_level(label: str) -> int | None:
    """The level, from 0, of a number that a program prints."""
    found = typed_level(f"{label.strip()}字")
    if found is None and re.fullmatch(rf"[{NUMERALS}]{{1,4}}", label.strip()):
        return 0
    return None if found is None else found[0]


def day_of(text: str) -> tuple[datetime.date, tuple[int, int]] | None:
    """The first date of a text, in either sort of figures, and where it stands."""
    if (found := DATE_SIGN.search(text)) is not None:
        parts = found.group(1, 2, 3) if found[1] else found.group(4, 6, 7)
        numbers = [int(part) for part in parts]
    elif (found := _HAN_DATE.search(text)) is not None:
        year = int(
            "".join(
                str("〇一二三四五六七八九".find(c.replace("零", "〇").replace("○", "〇")))
                for c in found[1]
            )
        )
        numbers = [year, han_number(found[2]), han_number(found[3])]
    else:
        return None
    try:
        return datetime.date(*numbers), found.span()
    except ValueError:
        return None


def han_number(text: str) -> int:
    """A number below 100,000 in figures or in Chinese numerals."""
    if text.isascii() and text.isdigit():
        return int(text)
    total = current = 0
    for character in text:
        digit = "〇一二三四五六七八九".find(character)
        if digit >= 0:
            current = digit
        elif character in "十百":
            total += (current or 1) * (10 if character == "十" else 100)
            current = 0
    return total + current
