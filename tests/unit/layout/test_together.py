"""What belongs to a text stands on the page of its last lines, wherever the page ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from brieftex.layout.dump import line_text
from brieftex.layout.page import Page, PlacedLine
from brieftex.pipeline import typeset_pages

NEXT = "      - title: 下一则\n        body: 文字。\n"
TAILS = {
    "来源：": "        sources: [{name: 报, url: 'https://a.cn'}]\n" + NEXT,
    "供稿": "        contributors: [教务处]\n" + NEXT,
    "来源：报": "        contributors: [教务处]\n        sources: [{name: 报}]\n" + NEXT,
    "办公室2026": "signature: {names: [办公室], date: 2026-01-05}\n",
    "（联系人": "signature: {names: [办公室], date: 2026-01-05, remark: 联系人}\n",
}


def texts(page: Page) -> list[str]:
    """The lines of a page from its top, without head and folio."""
    lines = [item for item in page.items if isinstance(item, PlacedLine) and not item.artifact]
    return [line_text(line.line).replace(" ", "") for line in sorted(lines, key=lambda i: i.y)]


def issue(paragraphs: list[str], tail: str, note: str = "") -> str:
    body = "\n\n".join(f"          {text}" for text in paragraphs)
    return (
        "brieftex: 1\nmasthead: {name: 参考}\nsections:\n  - title: 动态\n    items:\n"
        f"      - title: 消息\n{note}        body: |\n{body}\n{tail}"
    )


@pytest.mark.parametrize("tail", TAILS)
@pytest.mark.parametrize("long", [False, True])
def test_two_lines_stand_above_what_belongs_to_them(tail: str, long: bool, tmp_path: Path) -> None:
    """Catches a source, a signature or a remark with one line of its text, or with none."""
    path = tmp_path / "issue.yaml"
    parted = 0
    for count in range(9, 23):
        body = [f"{'甲乙丙丁戊' * 9 if long else '句'}{k}。" for k in range(count // (1 + long))]
        path.write_text(issue(body, TAILS[tail]), "utf-8")
        pages = typeset_pages(path, bundled_fonts=True).pages
        parted += len(pages) > 1
        page = next(page for page in map(texts, pages) if any(tail[:2] in line for line in page))
        above = page[: next(k for k, line in enumerate(page) if tail[:2] in line)]
        assert sum(line.endswith("。") or "丁" in line for line in above) >= 2
    assert parted > 3


def test_an_editors_note_stays_with_what_it_introduces(tmp_path: Path) -> None:
    """Catches a note at the foot of a page and its item on the next."""
    path = tmp_path / "issue.yaml"
    for count in range(10, 20):
        first = issue([f"句{k}。" for k in range(count)], "")
        second = issue(["甲乙丙丁戊" * 20], "", "        editor_note: 按语。\n")
        path.write_text(first + second[second.index("      - title: 消息") :], "utf-8")
        pages = [texts(page) for page in typeset_pages(path, bundled_fonts=True).pages]
        page = next(page for page in pages if "编者按：按语。" in page)
        at = page.index("编者按：按语。")
        assert len(page[at + 1 : at + 3]) == 2
