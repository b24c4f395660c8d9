"""Any bytes, any text and any damaged issue end in an ``Issue`` or in problems with a place."""

from __future__ import annotations

from pathlib import Path

from helpers.characters import UTF8
from hypothesis import given
from hypothesis import strategies as st

from brieftex.diagnostics import Finding, InputError, Source
from brieftex.diagnostics.render import FORMATS, render_findings
from brieftex.input.issue.read import read
from brieftex.input.yaml import parse
from brieftex.model.issue import Issue
from brieftex.source import decode_source

WHOLE = """\
brieftex: 1
masthead:
  name: 资政参考
  number: 3
  日期: 2024年3月20日
contents: auto
foreword:
  salutation: 校领导：
  body: |
    首段，**着重**[^1]。

    ## 小标题

    [^1]: 注，见[网](https://a.cn)。
sections:
  - title: 一、高校动态
    items:
      - title: "引\\u4e2d号"
        body:
          - speaker: 甲
            text: >-
              折行
              的话
          - table:
              header: [甲, 乙]
              rows: [[1, 2], [3, '四']]
              align: [left, right]
          - figure: images/a.png
            alt: 图
        sources: [{name: 人民网, url: 'http://a.cn', date: 2023-12-28}]
colophon:
  prepared_by: [甲, 乙]
  copies: 60
allow: [BT412]
"""

PIECES = st.sampled_from(
    ["：", ":", ": ", "\t", "\n", "\r\n", "  ", "- ", '"', "'", "|", ">", "[", "]", "{", "}", "#",
     "&a ", "*", "!", "%", "\\", "---\n", "\u2028", "\x00", "\ufeff", "一、", "甲", "3", "~",
     "null", "figure: ", "text: ", "[^1]", "<b>", "$", "`"]
) | st.text(UTF8, max_size=3)  # fmt: skip


def check(source: Source, findings: tuple[Finding, ...]) -> None:
    for d in findings:
        if d.span is not None:
            assert 0 <= d.span.start <= d.span.end <= len(source.text)
    for style in FORMATS:
        for language in ("zh", "en"):
            render_findings(findings, source, style, language, color=True)


def run(source: Source) -> None:
    try:
        issue, notes = read(parse(source), source, Path())
    except InputError as error:
        check(source, error.findings)
        return
    assert isinstance(issue, Issue)
    check(source, tuple(notes))


@given(st.text(UTF8))
def test_any_text(text: str) -> None:
    run(Source("x", text))


@given(st.binary())
def test_any_bytes(data: bytes) -> None:
    try:
        source, warnings = decode_source("x", data)
    except InputError as error:
        check(error.source, error.findings)
        return
    check(source, tuple(warnings))
    run(source)


@given(
    st.lists(
        st.tuples(st.integers(0, len(WHOLE)), st.integers(0, 12), PIECES), min_size=1, max_size=4
    ),
    st.booleans(),
)
def test_a_damaged_issue(changes: list[tuple[int, int, str]], windows: bool) -> None:
    text = WHOLE.replace("\n", "\r\n") if windows else WHOLE
    for place, length, piece in changes:
        text = text[:place] + piece + text[place + length :]
    run(Source("x", text))


@given(st.permutations(WHOLE.splitlines(keepends=True)), st.integers(1, 40))
def test_lines_in_disorder(lines: list[str], count: int) -> None:
    run(Source("x", "".join(lines[:count])))
