"""The text of an issue that was set with Word, line for line, as an issue file again.

What goes in are the paragraphs that ``wordlines`` finds; what comes out is what an editor would
have written. The first line is the foreword's title; 一、 1. （一） begin sections, items and
headings; a line that asks is a heading of the foreword, a name and an office are a speaker's,
信息来源： and 网址链接： a source's, 编写： the colophon's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

MOST_IN_NAME = 4
"""Characters of a speaker's name."""

_SECTION = re.compile(r"[一二三四五六七八九十]+、")
_ITEM = re.compile(r"\d+[.．]\s?(?=\D)")
_HEADING = re.compile(r"（[一二三四五六七八九十]+）(?=.{2,24}$)")
_SPEAKER = re.compile(rf"([^\x00-\xff]{{2,{MOST_IN_NAME}}}) ([^\x00-\xff][^。，；]+)")
_SOURCE = re.compile(r"(?:信息)?来源：(.+)")
_ADDRESS = re.compile(r"(?:网址链接：)?(https?://\S+)")
_COLOPHON = re.compile(r"(?:编写|审核|签发)：\S+")
_PEOPLE = {"编写": "prepared_by", "审核": "reviewed_by", "签发": "approved_by"}


@dataclass
class _Draft:
    """The issue while it is put together; ``body`` is what paragraphs are added to."""

    issue: dict[str, Any]
    sections: list[dict[str, Any]] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    speeches: list[dict[str, Any]] = field(default_factory=list)

    @property
    def item(self) -> dict[str, Any]:
        """The last item."""
        found: dict[str, Any] = self.sections[-1]["items"][-1]
        return found

    def close(self) -> None:
        """Put the body away with what it belongs to."""
        text = "\n\n".join(self.body)
        if self.speeches:
            self.speeches[-1]["text"] = text
        elif self.sections and self.sections[-1]["items"]:
            self.item["body"] = text
        elif not self.sections:
            self.issue["foreword"]["body"] = text
        self.body = []


def issue_of(paragraphs: Sequence[str], theme: str = "word") -> str:
    """The issue file with these paragraphs, in which blanks are as in the text."""
    title, *rest = paragraphs
    issue: dict[str, Any] = {
        "brieftex": 1,
        "theme": theme,
        "masthead": {"name": "参阅", "number": 1},
        "contents": True,
        "foreword": {"title": title},
    }
    draft = _Draft(issue)
    for paragraph in rest:
        _add(draft, paragraph)
    draft.close()
    if draft.speeches:
        draft.item["body"] = draft.speeches
    issue["sections"] = draft.sections
    if "colophon" in issue:
        issue["colophon"] = issue.pop("colophon")
    return yaml.safe_dump(issue, allow_unicode=True, sort_keys=False, width=10**6)


def _add(draft: _Draft, text: str) -> None:
    """Add a paragraph as what it looks like."""
    in_item = bool(draft.sections and draft.sections[-1]["items"])
    if found := _SECTION.match(text):
        _close_item(draft)
        draft.sections.append({"title": text[found.end() :], "items": []})
    elif (found := _ITEM.match(text)) and draft.sections:
        _close_item(draft)
        draft.sections[-1]["items"].append({"title": text[found.end() :]})
    elif found := _HEADING.match(text):
        draft.body.append(f"## {text[found.end() :]}")
    elif in_item and (found := _SPEAKER.fullmatch(text)):
        if draft.speeches:
            draft.close()
        draft.speeches.append({"speaker": found[1], "role": found[2]})
    elif in_item and (found := _SOURCE.fullmatch(text)):
        draft.item.setdefault("sources", []).append({"name": found[1]})
    elif in_item and (found := _ADDRESS.fullmatch(text)):
        draft.item["sources"][-1].setdefault("url", found[1])
    elif people := _COLOPHON.findall(text):
        named = (entry.split("：") for entry in people)
        draft.issue["colophon"] = {_PEOPLE[what]: [name] for what, name in named}
    elif not draft.sections and text.endswith("？"):
        draft.body.append(f"## {text}")
    else:
        draft.body.append(text)


def _close_item(draft: _Draft) -> None:
    draft.close()
    if draft.speeches:
        draft.item["body"] = draft.speeches
        draft.speeches = []
