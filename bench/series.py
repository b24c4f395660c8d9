"""Issues of a series, made of the sample: what an office sends out week after week.

Masthead, titles of sections, pictures, sources and colophon are the same in all. The sentences of
the paragraphs are dealt anew for each issue and numbers are changed, so that no paragraph of one is
in another: what a process knows of the last issue helps it as much as it would an office.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import yaml
from volumes import ROOT, is_text

_SENTENCE = re.compile(r"[^。]*。|[^。]+")
_DIGIT = re.compile(r"(?<=[1-9])\d(?=[%万亿余台次份元人个项名家])")
_START = re.compile(r"(?m)^((?:- |\d+\. |\[\^\d\]: )?)(?=[^\s#\[-])")
_PAIRS = (("“", "”"), ("（", "）"), ("《", "》"))
_TEXTS = ("body", "text", "quote")


def series(folder: Path, count: int) -> list[Path]:
    """So many issues in ``folder``, each about as long as the sample."""
    sample = yaml.safe_load((ROOT / "briefing.yaml").read_text("utf-8"))
    folder.mkdir(exist_ok=True)
    del sample["fit"]  # an issue with a bound on its pages may be set many times
    shutil.copytree(ROOT / "images", folder / "images", dirs_exist_ok=True)
    pool = [
        sentence
        for part in _paragraphs(sample)
        if _is_plain(part)
        for sentence in _SENTENCE.findall(part)
        if _is_whole(sentence)
    ]
    paths = []
    for number in range(1, count + 1):
        chance = Random(number)
        dealt = _Dealt(number, chance, iter(chance.sample(pool, len(pool))))
        issue = {key: dealt.anew(value, key) for key, value in sample.items()}
        issue["masthead"]["number"] = number
        paths.append(folder / f"issue-{number:03}.yaml")
        # JSON is YAML.
        text = json.dumps(issue, ensure_ascii=False, default=str, indent=1)
        paths[-1].write_text(text, "utf-8")
    return paths


class _Dealt:
    """An issue, by its ``number``, and the ``sentences`` that it is dealt."""

    def __init__(self, number: int, chance: Random, sentences: Iterator[str]) -> None:
        self._number, self._chance, self._sentences = number, chance, sentences

    def anew(self, value: Any, key: str) -> Any:
        """What stands under a key of the sample, with other text and other numbers."""
        if isinstance(value, dict):
            return {name: self.anew(one, name) for name, one in value.items()}
        if isinstance(value, list):
            return [self.anew(one, key) for one in value]
        if key in _TEXTS and isinstance(value, str):
            return "\n\n".join(map(self._paragraph, value.split("\n\n")))
        if key in ("rows", "values") and isinstance(value, int):
            return value + self._number
        return value

    def _paragraph(self, text: str) -> str:
        if not _is_plain(text):
            return _START.sub(rf"\1本期其{self._number}，", text)
        parts = _SENTENCE.findall(text.strip())
        dealt = "".join(next(self._sentences) if _is_whole(part) else part for part in parts)
        return f"第{self._number}次，" + _DIGIT.sub(
            lambda _: self._chance.choice("123456789"), dealt
        )


def _paragraphs(value: object, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, one in value.items():
            yield from _paragraphs(one, name)
    elif isinstance(value, list):
        for one in value:
            yield from _paragraphs(one, key)
    elif key in _TEXTS:
        yield from map(str.strip, str(value).split("\n\n"))


def _is_plain(paragraph: str) -> bool:
    """Whether a paragraph is sentences alone, and no list."""
    return is_text(paragraph) and "\n" not in paragraph.strip()


def _is_whole(sentence: str) -> bool:
    """Whether a sentence can stand in another paragraph: all its brackets are closed."""
    return all(sentence.count(a) == sentence.count(b) for a, b in _PAIRS)
