"""An issue that is written as a file and read again is the same issue."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers.cases import each
from msgspec import Struct

from brieftex.diagnostics import Source
from brieftex.input.issue.file import read_issue, read_issue_text
from brieftex.input.issue.quoting import yaml_text
from brieftex.input.issue.write import YamlWriter

ROOT = Path(__file__).parents[4]
FILES = [
    ROOT / "briefing.yaml",
    ROOT / "docs/charts.yaml",
    ROOT / "tests/pdf/official.yaml",
    *sorted(
        path
        for path in (ROOT / "tests/publications").glob("*.yaml")
        if not path.stem.endswith("theme")
    ),
]
PLACES = {"origin", "span", "places", "source", "folder", "pictures"}


def bare(value: object) -> object:
    """A value of the model without places in files."""
    if isinstance(value, Struct):
        name = type(value).__name__
        held = [key for key in value.__struct_fields__ if key not in PLACES]
        if name == "Ruby":
            held.remove("at")  # where the reading stands in the file
        return name, *((key, bare(getattr(value, key))) for key in held)
    return tuple(map(bare, value)) if isinstance(value, tuple) else value


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_written_is_read_as_it_was(path: Path) -> None:
    issue, _ = read_issue(path)
    writer = YamlWriter()
    text = writer.issue(issue)
    assert writer.inexact == []
    again, _ = read_issue_text(Source("again.yaml", text), [], issue.folder)
    assert bare(again) == bare(issue)


@each(
    ("text", "written"),
    [
        ("窗口延时服务", "窗口延时服务"),
        ("“引号”开头", "“引号”开头"),
        ("有: 冒号", "'有: 冒号'"),
        ("it's", "it's"),
        ("'引'", "'''引'''"),
        ("3.5", "'3.5'"),
        ("yes", "'yes'"),
        ("甲\n乙", '"甲\\n乙"'),
        ("　全角空格", "'　全角空格'"),
        ("a\u200bb", '"a\\u200bb"'),
    ],
)
def test_texts_stand_bare_where_that_is_safe(text: str, written: str) -> None:
    assert yaml_text(text) == written
