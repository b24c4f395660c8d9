"""What is said to be enough for a number of pages is enough, and a tenth less is not."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from helpers.shapes import Writer

from brieftex.copyfit.advice import _least_near
from brieftex.diagnostics import Finding
from brieftex.pipeline import typeset_pages

Issue = dict[str, Any]
_CUT = re.compile(r"“([^”]+?)(?:……)?”一段删去 (\d+) 字")
_WHOLE = re.compile(r"删去“([^”]+)”整条")
_ADD = re.compile(r"“([^”]+?)(?:……)?”一段增加 (\d+) 字")


def issue(sizes: list[list[int]], fit: dict[str, int], **more: Any) -> Issue:
    """An issue of sections with items of so many characters, in paragraphs of 150 or fewer."""
    text = Writer(7)
    count = iter(range(100, 200))
    number = iter("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳")

    def item(size: int) -> dict[str, str]:
        rest = [150] * (size // 150) + [size % 150] * bool(size % 150)
        body = "\n\n".join(f"第{next(count)}段。{text.paragraph(length - 6)}" for length in rest)
        return {"title": f"{next(number)}市的消息", "body": body}

    sections = [
        {"title": f"{name}类动态", "items": [item(size) for size in items]}
        for name, items in zip("上中下左右", sizes, strict=False)
    ]
    head = {"brieftex": 1, "fit": fit, "masthead": {"name": "参考"}, "contents": False}
    return {**head, "sections": sections, **more}


def built(made: Issue, folder: Path) -> tuple[int, list[Finding]]:
    path = folder / "issue.yaml"
    path.write_text(yaml.safe_dump(made, allow_unicode=True, sort_keys=False), "utf-8")
    result = typeset_pages(path, bundled_fonts=True)
    return len(result.pages), [f for f in result.findings if f.kind.code.startswith("BT42")]


def paragraphs_edited(made: Issue, words: str, edit: Callable[[str], str]) -> None:
    """Edit the one paragraph that begins with ``words``."""
    done = 0
    for section in made["sections"]:
        for item in section["items"]:
            parts = item["body"].split("\n\n")
            done += sum(part.startswith(words) for part in parts)
            item["body"] = "\n\n".join(
                edit(part) if part.startswith(words) else part for part in parts
            )
    assert done == 1


def carried_out(made: Issue, advice: str, tenth_less: bool = False) -> Issue:
    """The issue after what the advice says, or after a tenth less of it."""
    made = deepcopy(made)

    def share(count: str) -> int:
        return int(count) * 9 // 10 if tenth_less else int(count)

    if not tenth_less:
        for title in _WHOLE.findall(advice):
            for section in made["sections"]:
                section["items"] = [i for i in section["items"] if not title.endswith(i["title"])]
            made["sections"] = [section for section in made["sections"] if section["items"]]
    for words, count in _CUT.findall(advice):
        paragraphs_edited(made, words, partial(shortened, count=share(count)))
    for words, count in _ADD.findall(advice):
        paragraphs_edited(made, words, lambda part, count=count: f"{part}{'国' * share(count)}")
    return made


def shortened(part: str, count: int) -> str:
    return part[: len(part) - count]


ATTACHMENT = {"title": "名单", "body": "附件的文字很长。" * 90}
COLOPHON = {"prepared_by": ["甲"], "report_to": ["各单位"], "copies": 60}


@pytest.mark.parametrize(
    "made",
    [
        issue([[2000, 900, 600]], {"max_pages": 5}),
        issue([[700], [900, 350], [72]], {"max_pages": 4}),
        issue([[1500], [1300]], {"max_pages": 5}, attachments=[ATTACHMENT], colophon=COLOPHON),
        issue([[2600, 500]], {"pages": 5}, theme="official"),
        issue([[900], [700]], {"pages": 9}, attachments=[ATTACHMENT], colophon=COLOPHON),
    ],
    ids=["one", "small item", "attachment", "official", "longer"],
)
def test_advice_is_enough_and_no_more(made: Issue, tmp_path: Path) -> None:
    """Catches an advice measured in a layout that is not the tightest, or from all that stands
    on the last pages, attachments and colophon included."""
    pages, findings = built(made, tmp_path)
    (finding,) = findings
    assert finding.kind.code in {"BT422", "BT423"}
    advice = finding.hints()[0]
    wish = next(iter(made["fit"].values()))
    after, said = built(carried_out(made, advice), tmp_path)
    assert after == wish, advice
    assert [f.kind.code for f in said] == ["BT421"] or not said
    less, _ = built(carried_out(made, advice, tenth_less=True), tmp_path)
    assert (less > wish) if pages > wish else (less < wish), advice


@pytest.mark.parametrize("guess", [1, 2, 15, 16, 17, 40])
def test_the_least_is_found_from_any_guess(guess: int) -> None:
    """Catches a number that is enough but not the least, and a search that begins anew at 1."""
    for least in range(1, 60):
        asked: list[int] = []
        found = _least_near(guess, partial(_noted, asked, least))
        assert found == least
        assert all(asked.count(number) == 1 for number in asked)
        assert least != guess or len(asked) <= 2


def _noted(asked: list[int], least: int, number: int) -> bool:
    asked.append(number)
    return number >= least
