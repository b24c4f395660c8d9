"""Random issues and random edits of them, and what is left of a marked document."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from brieftex.changes.blocktexts import block_texts
from brieftex.diagnostics import Source
from brieftex.document.blocks import Block, Decoration, Document, EntryBlock
from brieftex.input.issue.file import read_issue_text
from brieftex.memory import FORGETFUL, Memory
from brieftex.model.issue import Issue
from brieftex.styled.text import Text

_WORDS = (
    "研究生", "调查了", "158所", "学校", "，", "书面", "当面", "答复", "3.5万件", "群众", "满意",
    "王建国", "同志", "要求", "把好事", "办好", "open", "data", "2026年", "5月6日", "。", "（一）",
    "“一件事”", "改革", "——", "**重点**", "[链接](https://example.org)", "{铣｜xiǎn}", "的", "了",
)  # fmt: skip


def sentence(random: Random, least: int = 1) -> str:
    """Words one behind another."""
    return "".join(random.choice(_WORDS) for _ in range(random.randint(least, 14))) + "事"


def _plain(random: Random) -> str:
    words = [word for word in _WORDS if not set(word) & set("*[{")]
    return "".join(random.choice(words) for _ in range(random.randint(2, 7))) + "事"


def _body(random: Random) -> Any:
    blocks: list[Any] = []
    for _ in range(random.randint(1, 5)):
        kind = random.randint(0, 9)
        if kind == 0:
            rows = [[_plain(random), str(random.randint(1, 99)), ""] for _ in range(3)]
            blocks.append({"table": {"caption": _plain(random), "header": ["甲", "乙", "丙"],
                                     "rows": rows}})  # fmt: skip
        elif kind == 1:
            values = [random.randint(1, 40) for _ in range(3)]
            blocks.append({"chart": "bar", "categories": ["一月", "二月", "三月"],
                           "values": values, "caption": _plain(random)})  # fmt: skip
        elif kind == 2:
            blocks.append({"speaker": "王建国", "role": "主任", "text": sentence(random)})
        else:
            text = [sentence(random, 3)]
            if kind == 3:
                text.append(f"## {_plain(random)}")
            if kind == 4:
                text += [f"- {_plain(random)}" for _ in range(3)]
            if kind == 5:
                label = f"注{random.randint(0, 10**9)}"
                text[0] += f"[^{label}]"
                text.append(f"[^{label}]: {sentence(random)}")
            blocks.append("\n\n".join(text))
    return blocks


def _item(random: Random) -> dict[str, Any]:
    item: dict[str, Any] = {"title": _plain(random), "body": _body(random)}
    if random.random() < 0.4:
        item["sources"] = [{"name": "新闻网", "date": f"2026-05-{random.randint(10, 28)}"}]
    if random.random() < 0.2:
        item["summary"] = sentence(random)
    return item


def random_issue(random: Random, sections_most: int = 4, items_most: int = 3) -> dict[str, Any]:
    """An issue as the values of its file."""
    sections = []
    for _ in range(random.randint(1, sections_most)):
        items = [_item(random) for _ in range(random.randint(1, items_most))]
        section: dict[str, Any] = {"items": items}
        if random.random() < 0.9:
            section["title"] = _plain(random)
        sections.append(section)
    made: dict[str, Any] = {
        "masthead": {"name": "岚湖参阅", "number": random.randint(1, 9), "date": "2026-05-06",
                     "issuer": "岚湖市办公室"},
        "sections": sections,
        "colophon": {"copies": random.randint(10, 99), "send_to": ["甲局", "乙局"]},
        "contents": random.random() < 0.5,
    }  # fmt: skip
    if random.random() < 0.3:
        made["attachments"] = [{"title": _plain(random), "body": _body(random)}]
    if random.random() < 0.3:
        made["foreword"] = {"body": sentence(random)}
    if random.random() < 0.3:
        made["signature"] = {"names": ["甲局", "乙局"], "date": "2026-05-06"}
    if random.random() < 0.3:
        made["title"] = _plain(random)
    return made


def edited_issue(  # noqa: C901  # a case for each sort of edit
    random: Random, before: dict[str, Any]
) -> dict[str, Any]:
    """The same after an editor has been at it."""
    made = copy.deepcopy(before)
    for _ in range(random.randint(0, 6)):
        sections = made["sections"]
        section = random.choice(sections)
        items = section["items"]
        item = random.choice(items)
        match random.randint(0, 11):
            case 0:
                item["title"] = _changed(random, item["title"])
            case 1:
                items.insert(random.randint(0, len(items)), _item(random))
            case 2 if len(items) > 1:
                items.remove(item)
            case 3:
                random.choice(sections)["items"].append(items.pop(items.index(item)))
                made["sections"] = [one for one in sections if one["items"]]
            case 4:
                random.shuffle(sections)
            case 5:
                random.shuffle(item["body"])
            case 6:
                item["body"].insert(random.randint(0, len(item["body"])), sentence(random, 4))
            case 7 if len(item["body"]) > 1:
                item["body"].pop(random.randrange(len(item["body"])))
            case 8:
                made["masthead"]["number"] += 1
                made["colophon"]["copies"] += 1
            case 9:
                made["colophon"]["send_to"] = random.sample(["甲局", "乙局", "丙局"], 2)
            case _:
                k = random.randrange(len(item["body"]))
                item["body"][k] = _edited_block(random, item["body"][k])
    return made


def _edited_block(random: Random, block: Any) -> Any:
    if isinstance(block, str):
        return _changed(random, block)
    if "table" in block:
        rows = block["table"]["rows"]
        match random.randint(0, 3):
            case 0:
                random.choice(rows)[1] = str(random.randint(100, 199))
            case 1:
                rows.insert(random.randint(0, len(rows)), [_plain(random), "7", "补"])
            case 2 if len(rows) > 1:
                rows.pop(random.randrange(len(rows)))
            case _:
                block["table"]["header"] = ["甲", "乙乙", "丙"]
    elif "chart" in block:
        block["values"][random.randrange(3)] = random.randint(41, 80)
    else:
        block["text"] = _changed(random, block["text"])
    return block


def _changed(random: Random, text: str) -> str:
    """A text of which a few characters of no markup are other words."""
    places = [k for k, c in enumerate(text) if "一" <= c <= "鿿" and c not in "链接铣重点注"]
    if not places:
        return text
    at = random.choice(places)
    return text[:at] + random.choice(("", "新的", "162件")) + text[at + random.randint(0, 1) :]


def issue_of(values: dict[str, Any], name: str = "x.yaml", memory: Memory = FORGETFUL) -> Issue:
    """The issue that a file with these values is; ``memory`` may know most of it."""
    text = json.dumps(values, ensure_ascii=False, indent=1)
    return read_issue_text(Source(name, text), [], Path(), memory.stage("read"))[0]


_CALLS = re.compile(r"\[\d+\]")
_CHART_NOTES = re.compile(r"\n?〔[^〔〕]*〕")


def shown_texts(document: Document, without: Decoration | None) -> Iterator[str]:
    """What every text of a document says without the words that have this line along them;
    neither the numbers of notes and headings nor notes about changes."""
    blocks: list[Block] = [*document.blocks, *(document.foot.blocks if document.foot else ())]
    blocks += [block for note in document.notes for block in note]
    for block in blocks:
        if isinstance(block, EntryBlock) and block.aside:  # says where something moved
            continue
        for text in block_texts(block):
            left = _left(text, document, without)
            words = _CHART_NOTES.sub("", _CALLS.sub("", left))
            if words:
                yield words


def _left(text: Text, document: Document, without: Decoration | None) -> str:
    found, start = "", text.lead
    for run in text.runs:
        decoration = document.nodes[run.node].decoration
        if without is None or decoration is not without:
            found += text.text[start : run.end]
        start = max(run.end, text.lead)
    return found
