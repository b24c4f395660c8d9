"""Footnotes in the finished file: each is there, and each stands beside the others."""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest
from helpers.support import ISSUE

from brieftex.pipeline import typeset


def _typeset(folder: Path, body: str) -> pypdf.PdfReader:
    issue = folder / "issue.yaml"
    indented = "".join(f"          {line}\n" for line in body.splitlines())
    text = ISSUE.replace("body: 只有一段话。\n", f"body: |\n{indented}")
    assert text != ISSUE
    issue.write_text(text, "utf-8")
    return pypdf.PdfReader(BytesIO(typeset(issue, bundled_fonts=True).pdf))


def _text(pages: Iterable[pypdf.PageObject]) -> str:
    return re.sub(r"[\s\u200b]", "", "".join(page.extract_text() for page in pages))


def _parents(reader: pypdf.PdfReader, role: str) -> list[list[str]]:
    """The roles above every element of ``role``, from the root down."""
    root: Any = reader.trailer["/Root"]["/StructTreeRoot"]
    waiting = [(root.get("/K"), [])]
    found = []
    while waiting:
        value, above = waiting.pop()
        entry = value.get_object() if value is not None else None
        if isinstance(entry, list):
            waiting += [(kid, above) for kid in entry]
        elif isinstance(entry, dict) and "/S" in entry:
            if entry["/S"] == f"/{role}":
                found.append(above)
            waiting.append((entry.get("/K"), [*above, entry["/S"]]))
    return found


@pytest.mark.parametrize(
    "shape",
    [
        "{call}",
        "有字。\n\n{call}",
        "- {call}\n- 有字",
        "1. {call}",
        "> {call}",
        "| 栏 | {call} |\n|---|---|\n| 值 | 值 |",
        "| 栏 | 栏 |\n|---|---|\n| 值 | {call} |",
        "**{call}**",
    ],
)
def test_a_call_that_stands_alone_keeps_its_note(tmp_path: Path, shape: str) -> None:
    reader = _typeset(tmp_path, shape.format(call="[^甲]") + "\n\n[^甲]: 注文在此。")
    assert "注文在此。" in _text(reader.pages)
    assert len(_parents(reader, "Note")) == 1


def test_notes_of_one_block_are_siblings_however_many(tmp_path: Path) -> None:
    """They stood one in the other, and from some hundreds on the tree was too deep to read."""
    count = 250
    rows = "\n".join(f"| 第{k}项[^{k}] |" for k in range(count))
    notes = "\n".join(f"[^{k}]: 注文{k}。" for k in range(count))
    reader = _typeset(tmp_path, f"| 事项 |\n|---|\n{rows}\n\n{notes}")
    above = _parents(reader, "Note")
    assert len(above) == count
    assert not any("/Note" in roles for roles in above)
    assert f"注文{count - 1}。" in _text(reader.pages[-1:])
