"""One examination: what there is, whether that will do, and what to do where it will not."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path

from msgspec import Struct


class Health(StrEnum):
    """The result: good; something is lacking that not everybody needs; brieftex cannot work."""

    GOOD = "good"
    LIMITED = "limited"
    BAD = "bad"


class Topic(StrEnum):
    """What is looked at; the value is its English name."""

    PROGRAM = "program"
    FONTS = "fonts"
    FOLDERS = "folders"
    PRINTER = "printer"
    MAIL = "mail"
    PREVIEW = "preview"
    SPEED = "speed"

    @property
    def zh(self) -> str:
        """Its Chinese name."""
        names = {
            "program": "程序", "fonts": "字体", "folders": "文件夹和权限", "printer": "打印机",
            "mail": "邮件", "preview": "预览", "speed": "速度",
        }  # fmt: skip
        return names[self.value]


class Checkup(Struct, frozen=True):
    """One finding about the machine: what there is and, unless it is good, what to do; each in
    Chinese and in English."""

    topic: Topic
    state: Health
    found: tuple[str, str]
    advice: tuple[str, str] = ("", "")


def good(topic: Topic, zh: str, en: str) -> Checkup:
    """Something that is as it should be."""
    return Checkup(topic, Health.GOOD, (zh, en))


def tilde(path: Path | str) -> str:
    """A path as it may be shown to others: without the name of the user."""
    home, text = os.path.expanduser("~"), str(path)  # noqa: PTH111  # Path.home may raise
    if len(home) > 1 and (text == home or text.startswith((f"{home}/", f"{home}{os.sep}"))):
        return f"~{text[len(home) :]}"
    return text
