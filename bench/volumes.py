"""Issues of any length, made of the sample: plain ones of text alone, rich ones of everything."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from itertools import count, cycle
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
_PAGE = {"plain": 550, "rich": 530}
"""Characters of source that make about a page."""
_MARKS = re.compile(r"[\[\]*^|#{}>_`!=<]")


def volume(kind: str, pages: int, folder: Path) -> Path:
    """An issue of about so many pages, in ``folder``: ``plain``, paragraphs and titles alone, or
    ``rich``, the sample's items over and over with their notes, tables, figures and quotations."""
    sample = yaml.safe_load((ROOT / "briefing.yaml").read_text("utf-8"))
    items = _plain(sample, 1 if pages == 1 else 4) if kind == "plain" else _rich(sample)
    wanted = pages * _PAGE[kind]
    taken: list[dict[str, Any]] = []
    for item in items:
        if taken and wanted < len(str(item["body"])) // 2:
            break
        taken.append(item)
        wanted -= len(str(item["body"]))
        if wanted <= 0:
            break
    # No bound on the pages, which would have the whole set again; no contents, which grow as well.
    head = {key: sample[key] for key in ("brieftex", "theme", "masthead", "keep") if key in sample}
    issue = {**head, "contents": False, "sections": [{"title": "各方动态", "items": taken}]}
    shutil.copytree(ROOT / "images", folder / "images", dirs_exist_ok=True)
    path = folder / f"{kind}-{pages}.yaml"
    # JSON is YAML, and knows no anchors for what occurs twice.
    path.write_text(json.dumps(issue, ensure_ascii=False, default=str, indent=1), "utf-8")
    return path


def _rich(sample: dict[str, Any]) -> Iterator[dict[str, Any]]:
    found = [item for section in sample["sections"] for item in section["items"]]
    for number, item in zip(count(1), cycle(found), strict=False):
        yield {**item, "title": f"{item['title']}（{number}）"}


def _plain(sample: dict[str, Any], size: int) -> Iterator[dict[str, Any]]:
    paragraphs = cycle([
        part
        for text in _texts(sample["sections"])
        for part in re.split(r"\n\s*\n", text.strip())
        if is_text(part)
    ])  # fmt: skip
    for number in count(1):
        body = "\n\n".join(next(paragraphs) for _ in range(size))
        yield {"title": f"第{number}则消息", "body": body}


def is_text(paragraph: str) -> bool:
    """Whether a paragraph of Markdown is text without marks, and no title."""
    return len(paragraph) > 60 and not _MARKS.search(paragraph)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
