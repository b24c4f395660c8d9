"""A few files of each grammar, and the smallest of those that once found something."""

from __future__ import annotations

from pathlib import Path

import pytest
from fuzz.attack import KINDS, build, run

from brieftex.bounded import Bounds, bounded_each

# What is verified was written here a moment ago; files of random objects have bounds below.
pytestmark = pytest.mark.usefixtures("sound_files")

FIRST = {
    "issue": 6,
    "markdown": 8,
    "theme": 8,
    "svg": 12,
    "font": 6,
    "picture": 150,
    "pdf": 20,
    "pdf file": 40,
    "loss": 2,
}
"""How many of each kind are tried: a second or two of each."""

FOUND = {
    "a link that nobody sees": "foreword: {body: '甲[　](https://a.cn/b)乙'}",
    "ruby above a character without width": "foreword: {body: '甲{\u200b|jiǎ}乙'}",
    "ruby in notes": 'foreword: {body: "甲[^a]乙[^b]\\n\\n[^a]: 仪器仪器\\n\\n'
    '[^b]: {甲乙|jiǎ yǐ}仪器"}',
    "ruby in the second line of a title": "title: 一个很长很长的题目要排成两行所以"
    "{甲乙|jiǎ yǐ}在第二行{甲乙|jiǎ yǐ}\nforeword: {body: 甲}",
    "ruby above the end of a line": 'title: "甲{\\\\*|jiǎ}乙"\nforeword: {body: 甲}',
    "a note called behind a path": 'foreword: {body: "C:\\\\data\\\\_old[^a]\\n\\n[^a]: 注"}',
    "code that is none": 'foreword: {body: "甲`乙\\n- [^a]丙`丁\\n- `戊`\\n\\n[^a]: 注"}',
    "a backslash in code": 'foreword: {body: "甲`\\\\`乙"}',
    "cells that look like marks of lists": 'foreword: {body: "12\\t甲\\n1.\\ta\\\\|b"}',
    "a title of nothing but a number": 'foreword: {body: "### 一、* ##\\n\\n甲"}',
    "ruby and a stop behind a number": "foreword: {body: 甲}\nattachments: "
    "[{title: '{①|jiǎ}.甲', body: 乙}]",
    "a full-width row of dashes": 'foreword: {body: "｜ 二 ｜\\n｜  ｜\\n｜ — ｜"}',
    "a table with an empty head alone": 'foreword: {body: "|  |  |\\n|--|--|"}',
    "a name of digits and marks": 'title: "*3*4*5"\nbody: 文',
    "a link behind what is no figure": "foreword: {body: '甲![乙][丙](https://a.cn/b)丁'}",
    "what looks like a figure in a path": "foreword: {body: ['C:\\data\\_old!AI![＊](https://a.cn/b)甲',"
    " {chart: line, categories: [2021年, 2022年], values: [3, 4]}]}",
    "a note behind an indent": 'foreword: {body: "甲[^a]\n\n　[^a]：乙\n\n丙"}',
    "an editor's note of nothing": "sections: [{title: 甲, editor_note: '---', items: "
    "[{title: 乙, body: 丙}]}]",
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_files_end_well(kind: str) -> None:
    ends = (run(kind, seed) for seed in range(FIRST[kind]))
    if kind == "pdf file":  # one copy of the process, in which each file has all of the bounds
        ends = bounded_each(lambda ends=ends: ends, Bounds())
    assert sum(map(bool, ends)) == FIRST[kind]


@pytest.mark.parametrize("text", FOUND.values(), ids=FOUND)
def test_what_was_found_stays_mended(tmp_path: Path, text: str) -> None:
    (tmp_path / "issue.yaml").write_text(f"masthead: {{name: 试排}}\n{text}\n", "utf-8")
    assert build(tmp_path) in ("built", "refused")
