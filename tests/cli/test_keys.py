"""A file is told about its fields in the keys that it uses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

_CHINESE = """\
报头: {刊名: 试排, 期号: 第12期}
栏目:
  - 标题: 动态
    条目:
      - 标题: 甲
        高度: 3
      - 正文: 乙
        来源: [{网址: https://a.cn}]
        刊名: 丙
  - 标题: 图
    条目:
      - 标题: 丁
        正文:
          - 插图: x.png
          - 表格: {行: [[甲]], 表题: []}
页数要求: {页数: 3, 最多页数: 4}
"""

_ENGLISH = """\
masthead: {name: 试排, number: 第12期}
sections:
  - title: 动态
    items:
      - title: 甲
        height: 3
      - body: 乙
        sources: [{url: https://a.cn}]
        name: 丙
  - title: 图
    items:
      - title: 丁
        body:
          - figure: x.png
          - table: {rows: [[甲]], caption: []}
fit: {pages: 3, max_pages: 4}
"""

_PATHS = {
    _CHINESE: [
        "报头.期号", "栏目[0].条目[0]", "栏目[0].条目[1]", "栏目[0].条目[1]",
        "栏目[0].条目[1].来源[0]", "栏目[1].条目[0].正文", "栏目[1].条目[0].正文[0]",
        "页数要求",
    ],
    _ENGLISH: [
        "fit", "masthead.number", "sections[0].items[0]", "sections[0].items[1]",
        "sections[0].items[1]", "sections[0].items[1].sources[0]", "sections[1].items[0].body",
        "sections[1].items[0].body[0]",
    ],
}  # fmt: skip


@pytest.mark.parametrize("text", [_CHINESE, _ENGLISH], ids=["Chinese", "English"])
@pytest.mark.parametrize("command", ["check", "build"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_paths_and_keys_are_those_of_the_file(
    brieftex: Callable, folder: Path, text: str, command: str, language: str
) -> None:
    (folder / "a.yaml").write_text(text, encoding="utf-8")
    done = brieftex(command, "a.yaml", "--format", "json", BRIEFTEX_LANG=language)
    found = json.loads(done.stdout)
    assert {one["path"] for one in found} >= set(_PATHS[text])
    said = " ".join(" ".join([one["message"], *one["hints"]]) for one in found)
    snippets = re.findall("`([^`]+)`", said)
    keys = {key for one in snippets for key in re.findall(r"(?:^[ -]*|[{,] *)(\w+)(?=:|$)", one)}
    # What the file has misplaced or invented is shown as it stands, in quotes.
    assert len(keys) > 5
    assert all(key.isascii() == (text is _ENGLISH) for key in keys - {"高度", "刊名", "rising"}), (
        keys
    )


@pytest.mark.parametrize("form", ["full", "concise", "github"])
def test_every_format_says_it(brieftex: Callable, folder: Path, form: str) -> None:
    (folder / "a.yaml").write_text(_CHINESE, encoding="utf-8")
    done = brieftex("check", "a.yaml", "--format", form)
    said = done.stdout + done.stderr
    assert (
        "此处可用的字段：`标题`、`编者按`、`提要`、`正文`、`供稿`、`来源`" in said or form != "full"
    )
    assert "页数要求里 `页数`、`最多页数`、`页数倍数` 只写一项" in said
    assert not re.search(r"sources|items|max_pages", said)


def test_a_key_is_called_what_the_file_calls_it(brieftex: Callable, folder: Path) -> None:
    """Of several Chinese names the one that is used; keys of both languages keep theirs."""
    text = "masthead: {名称: 试排, 期数: 三四}\nsections: []\n栏目名: 甲\n"
    (folder / "a.yaml").write_text(text, encoding="utf-8")
    found = json.loads(brieftex("check", "a.yaml", "--format", "json").stdout)
    assert "masthead.期数" in {one["path"] for one in found}
    assert any(
        "写成 `期数: 34`" in hint or "期数: " in hint for one in found for hint in one["hints"]
    )
