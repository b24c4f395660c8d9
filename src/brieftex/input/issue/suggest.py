"""What an editor meant by a number, a date or a list written another way than the file wants.

Only for advice: nothing here is taken for the value itself.
"""

from __future__ import annotations

import datetime
import re
import unicodedata

from brieftex.input.fields.typed import clean, unquoted
from brieftex.patterns import late

_HAN_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
_BRACKETS = ("【】", "［］", "〔〕", "（）")
_WEEKDAY = late(r"[(]?(?:星期|礼拜|周)[一二三四五六日天][)]?")
_HAN_DATE = late(r"(\w{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]")


def outer_brackets(text: str) -> str:
    """The full-width brackets around all of a text, or ""."""
    core = clean(text)
    return next((b for b in _BRACKETS if core[:1] == b[0] and core[-1:] == b[1]), "")


def listed(text: str) -> str:
    """The items of a list as YAML wants them."""
    return ", ".join(item.strip() for item in re.split("[,，、;；]", text) if item.strip())


def date_advice(text: str, key: str) -> tuple[str, str]:
    """How to write the date that was meant, or any date, in Chinese and English."""
    day = guessed_date(text)
    if day is not None:
        return f"写成 `{key}: {day}`", f"write `{key}: {day}`"
    return f"例如 `{key}: 2024-03-20`", f"for example `{key}: 2024-03-20`"


def guessed_date(text: str) -> datetime.date | None:
    """The day meant by 20240320, 24.3.20, 二〇二四年三月二十日 and the like, or None."""
    core = unicodedata.normalize("NFKC", clean(text)[:40])
    core = _WEEKDAY.sub("", unquoted(core) or core).replace(" ", "").removesuffix("印发")
    han = _HAN_DATE.fullmatch(core)
    if han:
        parts = [_han_number(part.replace("○", "〇").replace("O", "〇")) for part in han.groups()]
        return _day(*parts)
    separator = "[-–—―/.。·,~年月]"
    for pattern in (
        rf"(\d{{4}}|\d\d){separator}(\d{{1,2}}){separator}(\d{{1,2}})[日号]?",
        r"(\d{4})(\d\d)(\d\d)",
    ):
        match = re.fullmatch(pattern, core, re.ASCII)
        if match:
            year = int(match[1])
            return _day(year + 2000 * (year < 100), int(match[2]), int(match[3]))
    return None


def _day(year: int | None, month: int | None, day: int | None) -> datetime.date | None:
    if year is None or month is None or day is None:
        return None
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def guessed_number(text: str) -> int | None:
    """The number meant by 三, ３, 第三期, （共印60份） or 1,200; None when it is anyone's guess."""
    core = unicodedata.normalize("NFKC", text[:30])
    core = re.sub(r"^[总第共印]+|[期号份]+$|\s", "", core.strip("()")).strip("()")
    if re.fullmatch(r"[0-9]{1,6}|[0-9]{1,3}(?:,[0-9]{3})+", core):
        return int(core.replace(",", ""))
    return _han_number(core) if core else None


def _han_number(text: str) -> int | None:
    """The value of a Chinese numeral below ten thousand, or None."""
    total, digit = 0, -1
    for i, character in enumerate(text):
        if character in _HAN_DIGITS:
            digit = _HAN_DIGITS[character]
        elif character in _HAN_UNITS and (digit > 0 or (i == 0 and character == "十")):
            total += (1 if digit < 0 else digit) * _HAN_UNITS[character]
            digit = -1
        else:
            return None
    if len(text) > 1 and all(c in _HAN_DIGITS for c in text):
        return int("".join(str(_HAN_DIGITS[c]) for c in text))
    return total + max(digit, 0)
