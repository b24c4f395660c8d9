"""What it costs to show changes: pages with both drafts, pages with bars, and the text, each beside
a build of the same issue in the same run, as a ratio and in seconds of CPU.

    python bench/changes.py [CHARACTERS …]

A twentieth of the paragraphs are edited, an item in ten moves, one in ten is new and one gone; then
the same where every paragraph was edited, and where every one is another. The bounds are those of
the project for usual edits: 10,000 characters 0.3 s more than a build, 200,000 characters 3 s.
Like the commands, it runs without the collector of cyclic garbage.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from time import process_time
from typing import Any

from brieftex.changes.comparison import issue_differences
from brieftex.diagnostics import Source
from brieftex.input.issue.file import read_issue_text
from brieftex.model.issue import Issue
from brieftex.pipeline import Against, typeset

WORDS = (
    "各单位", "研究生", "服务窗口", "延时", "办理", "事项", "群众", "满意", "书面答复", "当面",
    "158件", "办结率", "达到", "九成以上", "，", "，", "公开", "电话", "流程", "周末", "安排",
    "专人值守", "的", "把", "分散", "合成", "一件事", "减少", "往返", "2026年", "提高", "效率",
    "数字化", "改革", "持续", "推进",
)  # fmt: skip
PARAGRAPH, ITEM = 160, 6
BOUNDS = {10_000: 0.3, 200_000: 3.0}


def paragraph(random: Random) -> str:
    """A paragraph of the usual length."""
    text = "".join(random.choice(WORDS) for _ in range(PARAGRAPH // 2))
    return text[:PARAGRAPH].strip("，") + "。"


def item(random: Random, number: int) -> dict[str, Any]:
    """An item of six paragraphs."""
    body = "\n\n".join(paragraph(random) for _ in range(ITEM))
    return {"title": f"第{number}件事：{random.choice(WORDS[:10])}改革", "body": body}


def drafts(characters: int, share: float = 0.05) -> tuple[Issue, Issue]:
    """An issue of so many characters, and what became of it, where this ``share`` of the paragraphs
    was edited; 2: each is another."""
    random = Random(characters)
    count = max(characters // (PARAGRAPH * ITEM), 2)
    items = [item(random, k) for k in range(count)]
    edited = [dict(one) for one in items]
    for one in edited:
        paragraphs = one["body"].split("\n\n")
        for k, text in enumerate(paragraphs):
            if share > 1:
                paragraphs[k] = paragraph(random)
            elif random.random() < share:
                at = random.randrange(len(text) - 20)
                paragraphs[k] = text[:at] + "新增162件" + text[at + 7 :]
        one["body"] = "\n\n".join(paragraphs)
    for _ in range(max(count // 10, 1)):
        edited.insert(random.randrange(len(edited)), edited.pop(random.randrange(len(edited))))
        edited.insert(random.randrange(len(edited)), item(random, 900 + random.randrange(9000)))
        edited.pop(random.randrange(len(edited)))
    return _issue(items), _issue(edited)


def _issue(items: list[dict[str, Any]]) -> Issue:
    sections = [
        {"title": f"栏目{k // 10}", "items": items[k : k + 10]} for k in range(0, len(items), 10)
    ]
    values = {"masthead": {"name": "试排", "number": 1, "date": "2026-05-06"}, "sections": sections}
    source = Source("issue.yaml", json.dumps(values, ensure_ascii=False, indent=1))
    return read_issue_text(source, [], Path())[0]


def main() -> int:
    """Measure, print, and fail where a bound is passed."""
    gc.disable()
    failed = False
    for characters in [int(word) for word in sys.argv[1:]] or [*BOUNDS]:
        failed |= _measured(characters, "usual edits", 0.05, BOUNDS.get(characters))
        _measured(characters, "every paragraph edited", 1, None)
        _measured(characters, "every paragraph another", 2, None)
    return int(failed)


def _measured(characters: int, edits: str, share: float, bound: float | None) -> bool:
    """Measure an issue, and tell whether a bound is passed."""
    failed = False
    old, new = drafts(characters, share)
    typeset(new, bundled_fonts=True)  # faces, patterns, the word list
    build = cpu(partial(typeset, new, bundled_fonts=True))
    print(f"{characters:,} characters, {edits}: build {build:.2f} s of CPU")
    kinds: dict[str, Callable[[], object]] = {
        "marked": partial(typeset, new, against=Against(old, marked=True), bundled_fonts=True),
        "bars": partial(typeset, new, against=Against(old), bundled_fonts=True),
        "text": partial(issue_differences, old, new),
    }
    for name, call in kinds.items():
        spent = cpu(call)
        more = spent - (0 if name == "text" else build)
        over = bound is not None and more > bound
        failed |= over
        print(
            f"  {name:7} {spent:.2f} s, {spent / build:.2f} of a build, {more:+.2f} s"
            + (f" (bound {bound} s{', PASSED' if over else ''})" if bound else "")
        )
    return failed


def cpu(call: Callable[[], object]) -> float:
    """The least of three runs, seconds of CPU; of one if that is long."""
    best = 1e9
    for _ in range(3):
        begun = process_time()
        call()
        best = min(best, process_time() - begun)
        if best > 5:
            break
    return best


if __name__ == "__main__":
    sys.exit(main())
