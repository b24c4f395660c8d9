"""What editors type without Markdown in mind, from the file to the page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

SCRIPTS = r"""brieftex: 1
masthead: {name: 试排}
title: 面积m^2^的路径C:\data\a.png
sections:
  - title: 面积m^2^
    items:
      - title: 路径~与CO~2~
        body:
          - 面积m^2^与CO~2~，路径~。
          - table: {header: [m^2^], rows: [[CO~2~]], caption: H~2~O}
          - {chart: bar, categories: [CO~2~, m^2^], values: [1, 2], unit: m^2^, caption: CO~2~}
"""


def test_superscripts_are_read_alike_everywhere(brieftex: Callable, folder: Path) -> None:
    (folder / "a.yaml").write_text(SCRIPTS, encoding="utf-8")
    assert brieftex("build", "a.yaml", "-o", "a.pdf").returncode == 0
    text = "".join(page.extract_text() for page in PdfReader(folder / "a.pdf").pages)
    assert text.count("路径~") == 2
    assert "^" not in text
    assert "~2" not in text
    assert (text.count("m²"), text.count("CO₂"), text.count("H₂O")) == (6, 5, 1)
    assert "C:\\data\\a.png" in text.replace("\n", "")


@pytest.mark.parametrize("body", [
    "![图](images\\a.png)", "![图](<images\\a.png>)", "![图](images\\_b.png '题')",
    "\n    - {figure: images\\a.png, alt: 图}",
])  # fmt: skip
def test_paths_of_windows(brieftex: Callable, folder: Path, body: str) -> None:
    (folder / "images").mkdir()
    for name in ("a.png", "_b.png"):
        Image.new("RGB", (9, 9)).save(folder / "images" / name)
    start = "brieftex: 1\nmasthead: {name: 试排}\nforeword:\n  body: "
    bar = "" if body.startswith("\n") else "|\n    "
    (folder / "a.yaml").write_text(f"{start}{bar}{body}\n", encoding="utf-8")
    done = brieftex("build", "a.yaml", "-o", "a.pdf", "--format", "concise")
    assert done.returncode == 0, done.stderr


def test_a_note_call_in_a_title_says_where_it_belongs(brieftex: Callable, folder: Path) -> None:
    (folder / "a.yaml").write_text(SCRIPTS.replace("~与", "[^1]与"), encoding="utf-8")
    said = brieftex("build", "a.yaml", "-o", "a.pdf").stderr
    assert "a.yaml:7:18" in said
    assert "把 [^1] 移到正文里，放在要说明的文字后面" in said
