"""The ledger for people: as CSV that Excel opens, and as 登记簿, an issue of one table."""

from __future__ import annotations

import codecs
import json
from collections.abc import Sequence
from pathlib import Path

from brieftex.delivery.ledger import Entry, Result
from brieftex.delivery.spreadsheet import sheet_line
from brieftex.source import open_regular

RESULTS = {
    Result.PRINTED: "已印", Result.SENDING: "不明", Result.SENT: "已发",
    Result.REFUSED: "未发出", Result.RETURNED: "已收回",
}  # fmt: skip
"""What rows are called; one that was about to be sent and has no other row is not known."""

WAYS = {"paper": "纸", "mail": "邮件"}

_HEADS = (
    "序号", "时间", "刊物", "版本", "份号", "读者", "邮箱", "方式", "结果", "收回", "页数",
    "SHA-256", "备注",
)  # fmt: skip

_PRINTED = ["份号", "读者", "日期", "方式", "结果", "收回"]


def settled(entries: Sequence[Entry]) -> list[Entry]:
    """The rows but for returns, and of each message the last: the others led to it."""
    last = {entry.message_id: entry.number for entry in entries if entry.message_id}
    return [
        entry
        for entry in entries
        if entry.result is not Result.RETURNED
        and last.get(entry.message_id, entry.number) == entry.number
    ]


def returned_on(entries: Sequence[Entry]) -> dict[tuple[str, int, str], str]:
    """When each copy came back, by issue, number and reader."""
    return {(e.issue, e.copy, e.reader): e.time for e in entries if e.result is Result.RETURNED}


def copy_label(number: int) -> str:
    """份号 in six digits (GB/T 9704-2012, 7.2.1), nothing for no number."""
    return f"{number:06}" if number else ""


def ledger_csv(entries: Sequence[Entry]) -> bytes:
    """The ledger as CSV, with a byte order mark for Excel."""
    back = returned_on(entries)
    lines = [sheet_line(list(_HEADS))]
    for e in settled(entries):
        cells = [
            str(e.number), e.time, e.issue, e.edition, copy_label(e.copy), e.reader, e.address,
            WAYS.get(e.way, e.way), RESULTS[e.result], back.get((e.issue, e.copy, e.reader), ""),
            str(e.pages), e.sha256, e.note,
        ]  # fmt: skip
        lines.append(sheet_line(cells))
    return codecs.BOM_UTF8 + ("\r\n".join(lines) + "\r\n").encode("utf-8")


def is_register(path: Path) -> bool:
    """Whether a file is of ``ledger_csv``, or there is none that would be lost."""
    head = codecs.BOM_UTF8 + sheet_line(list(_HEADS)).encode("utf-8")
    try:
        with open_regular(path) as file:
            return file.read(len(head)) in (head, b"")
    except PermissionError:
        return False
    except (OSError, ValueError):  # what it is will be said when it cannot be written
        return True


def ledger_issue(entries: Sequence[Entry], head: tuple[int, str]) -> str:
    """登记簿 as the text of an issue file, to be set like any other; ``head`` is the last row's
    number and hash, which the printed page keeps."""
    back = returned_on(entries)
    rows = [
        [
            copy_label(e.copy) or "—", plain_markdown(e.reader) or "—", e.time[:10],
            WAYS.get(e.way, e.way), RESULTS[e.result],
            back.get((e.issue, e.copy, e.reader), "")[:10] or "—",
        ]
        for e in settled(entries)
    ]  # fmt: skip
    issues = list(dict.fromkeys(e.issue for e in entries))
    sections: list[dict[str, object]] = []
    for issue in issues:
        own = [r for r, e in zip(rows, settled(entries), strict=True) if e.issue == issue]
        table = {"header": _PRINTED, "rows": own, "grid": True, "align": ["center"] * len(_PRINTED)}
        sections.append({"title": plain_markdown(issue), "body": [{"table": table}]})
    foot = f"共 {head[0]} 行，末行校验 {head[1][:16]}。"
    sections.append({"title": "核对", "body": foot})
    made = {
        "masthead": {"name": "发行登记簿", "number": len(issues) or 1},
        "contents": False,
        "allow": ["BT350", "BT314"],
        "sections": sections,
    }
    return json.dumps(made, ensure_ascii=False, indent=1)


def plain_markdown(text: str) -> str:
    """Text whose marks Markdown leaves alone."""
    return "".join("\\" + c if c in "\\`*_[]{}<>~^=|#" else c for c in text)
