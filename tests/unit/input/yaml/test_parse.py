"""What is read, and what is said of what cannot be."""

from __future__ import annotations

import sys
import time

import pytest
import yaml
from helpers.cases import each
from helpers.characters import UTF8
from hypothesis import given
from hypothesis import strategies as st

from brieftex.diagnostics import InputError, Source, Span
from brieftex.input.yaml import DEPTH_LIMIT, Mapping, Node, Scalar, Sequence, parse


def plain(node: Node) -> object:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.entries}


def read(text: str) -> object:
    return plain(parse(Source("x", text)))


def problems(text: str) -> list[str]:
    """The problems as ``code line:column``."""
    source = Source("x.yaml", text)
    with pytest.raises(InputError) as caught:
        parse(source)
    found = []
    for d in caught.value.findings:
        assert d.span is not None
        assert 0 <= d.span.start <= d.span.end <= len(text)
        for language in ("zh", "en"):
            assert d.message(language)
            assert all(d.hints(language))
        line, column = source.position(d.span.start)
        found.append(f"{d.kind.code} {line}:{column}")
    return found


def test_scalars_stay_text() -> None:
    text = "a: 8:30\nb: no\nc: 012\nd: 2024-03-20\ne: ~\nf: 1.50\n"
    assert read(text) == {
        "a": "8:30", "b": "no", "c": "012", "d": "2024-03-20", "e": "~", "f": "1.50",
    }  # fmt: skip


def test_structure() -> None:
    text = "a:\n- b: [1, {c: d}]\n  e:\n- |\n  甲\n  乙\n'f': \"g\"\n"
    assert read(text) == {"a": [{"b": ["1", {"c": "d"}], "e": ""}, "甲\n乙\n"], "f": "g"}


def test_a_missing_value_is_plain_and_empty() -> None:
    value = parse(Source("x", "a:\nb: ''\n")).get("a")
    assert value == Scalar("", Span(2, 2), value.origin, True)  # type: ignore[union-attr]
    quoted = parse(Source("x", "a:\nb: ''\n")).get("b")
    assert isinstance(quoted, Scalar)
    assert not quoted.plain


def test_spans() -> None:
    text = "a: [1,\n 2]\nb:\n  c: 甲乙 # x\n\n\nd: e\n"
    tree = parse(Source("x", text))
    a, b = tree.get("a"), tree.get("b")
    assert a is not None
    assert text[a.span.start : a.span.end] == "[1,\n 2]"
    assert isinstance(b, Mapping)
    assert text[b.span.start : b.span.end].startswith("c: 甲乙")
    assert "d: e" not in text[b.span.start : b.span.end]
    assert tree.get("z") is None


def test_byte_order_marks_do_not_move_places() -> None:
    text = "\ufeff甲: 乙\n"
    ((key, value),) = parse(Source("x", text)).entries
    assert (key.span, value.span) == (Span(1, 2), Span(4, 5))


BROKEN = [
    ("a:\n\tb: c\n\td: e\n", "BT101 2:1", "BT101 3:1"),
    ("\ta: b\n", "BT101 1:1"),
    ("a: |\n  x\n\ty\n", "BT101 3:1"),
    ("a:\n  -\tb: c\n\td: e\n", "BT101 2:4", "BT101 3:1"),
    ("number：3\na: b\n", "BT102 1:7"),
    ("a: b\nnumber：3\nc: d\n", "BT102 2:7"),
    ("a: b\nnumber： 3\nc: d\nd：4\ne: f\n", "BT102 2:7", "BT102 4:2"),
    ("a:\n  b: c\n  期号：3\nd: e\n", "BT102 3:5"),
    ("masthead:\n  name：资政参考\n  number：3\n", "BT102 2:7", "BT102 3:9"),
    ("masthead:\n  name: 资政参考\n    number：3\n", "BT102 3:11", "BT107 3:5"),
    ("title：甲", "BT102 1:6"),
    ("title：关于 a: b\n", "BT102 1:6", "BT104 1:11"),
    (
        "sections：\n  - title：甲\n    body：|\n      乙\n      丙\nend: 1\n",
        "BT102 1:9", "BT102 2:10", "BT102 3:9",
    ),
    ("number:3\na: b\n", "BT103 1:7"),
    ("a: b\nname:资政\nc: d\n", "BT103 2:5"),
    ("a:b\n", "BT103 1:2"),
    ("title: 关于 a: b\n", "BT104 1:12"),
    ("x:\n  - title: 甲: 乙: 丙\n    y: z\n", "BT104 2:13"),
    ("title: \"甲\": 乙\n", "BT104 1:11"),
    ('a: "abc\nb: c\n', "BT105 1:4"),
    ("a: 'abc\nb: 'c'\nd: 1\n", "BT105 1:4"),
    ('a: b\nc: "d\nd: "e"\n', "BT105 2:4"),
    ("a: 'x\n---\ny'\n", "BT105 1:4", "BT118 2:1", "BT123 3:1"),
    ('title: "教育"改革\n', "BT106 1:12"),
    ("title: [重要] 通知\n", "BT106 1:13"),
    ("a: [b, c]]\n", "BT106 1:10"),
    ("a: b\n  c: d\n", "BT107 2:3"),
    ("a:\n  b: c\n d: e\n", "BT107 3:2"),
    ("a:\n  - x\n  y: z\n", "BT107 3:3"),
    ("a: |\n  x\n甲乙\nb: c\n", "BT142 3:1"),
    ("a: |\n  x\n y\nb: c\n", "BT142 3:2"),
    (" a: b\nc: d\n", "BT107 1:2"),
    ("a: 甲\n  - 乙\n", "BT107 2:3"),
    ("a:\n- 甲\n  - 乙\n", "BT107 3:3"),
    ("-a\n-b\n", "BT108 1:1", "BT108 2:1"),
    ("a:\n  -title: b\n", "BT108 2:3"),
    ("a:\n- b\n -c\n", "BT108 3:2"),
    ("a: [b, c\nd: e\n", "BT109 1:4"),
    ("a: {b: c\nd: e\n", "BT109 1:4"),
    ("a: [b, [c, d]\n", "BT109 1:4"),
    ("a: @b\nc: `d`\ne: %f\n", "BT110 1:4", "BT110 2:4", "BT110 3:4"),
    ("a: ]b\n", "BT110 1:4"),
    ("a: ? b\n", "BT110 1:4"),
    ("a: >b\nc: |d\n", "BT111 1:5", "BT111 2:5"),
    ('a: "D:\\报告"\n', "BT112 1:7"),
    ('a: "\\xZZ"\n', "BT112 1:5"),
    ("a: b\na: c\n'a': d\n", "BT113 2:1", "BT113 3:1"),
    ("a: &b c\nd: &重点\n", "BT114 2:4", "BT114 1:4"),
    ("a: *b\nc: *重点*\nd: **x** y\n", "BT115 1:4", "BT115 2:4", "BT115 3:4"),
    ("a: [1, **2**, 3]\nb: *c*\n", "BT115 1:8", "BT115 2:4"),
    ("a: !b c\nd: !!int 3\n", "BT116 1:4", "BT116 2:4"),
    ("%YAML 1.1\n---\na: b\n", "BT117 1:1"),
    ("a: |\n  b\n%c\n", "BT117 3:1"),
    ("a: b\n---\nc: d\n", "BT118 2:1"),
    ("a: b\n...\nc: d\n", "BT118 2:1"),
    ("? [a]\n: b\n", "BT120 1:3"),
    (": b\n", "BT120 1:1"),
    ("", "BT121 1:1"),
    ("# 只有说明\n\n", "BT121 1:1"),
    ("---\n", "BT121 1:1"),
    ("- a\n", "BT122 1:1"),
    ("简报\n第三期\n", "BT122 1:1"),
    ("a: b\n甲\n", "BT123 2:1"),
    ("masthead\n  name: x\n", "BT123 1:1"),
    ("a: x\x00y\nb: \u2028\nc: \x07\n", "BT124 1:5", "BT124 2:4", "BT124 3:4"),
    ('a: "x\\0"\n', "BT124 1:6"),
    ("a: \ud800\n", "BT124 1:4"),
    ("a: - b\n", "BT126 1:4"),
    ("a: |\n    \n  x\n", "BT127 2:1"),
    ("a: |\n\n     \n  ## 标题\nb: c\n", "BT127 3:1"),
    ("a: |\n     甲\n  ## 标题\nb: c\n", "BT142 3:3"),
    ('a: ["甲"乙]\n', "BT128 1:8"),
]  # fmt: skip


@each(("text", "expected"), [(text, list(e)) for text, *e in BROKEN])
def test_broken_files(text: str, expected: list[str]) -> None:
    assert problems(text) == expected


@each(("text", "expected"), [(text, list(e)) for text, *e in BROKEN])
def test_broken_files_from_windows(text: str, expected: list[str]) -> None:
    if "---\n" not in text:  # a document mark needs no special care
        assert problems(text.replace("\n", "\r\n")) == expected


@each(("text", "expected"), [(text, list(e)) for text, *e in BROKEN])
def test_broken_files_without_libyaml(
    text: str, expected: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ensures that PyYAML's own parser, elsewhere worded, leads to a problem as well."""
    if "%c" in text:
        return  # it takes that for a directive without a document
    monkeypatch.setattr(sys.modules["brieftex.input.yaml.parse"], "_Events", yaml.SafeLoader)
    found = {problem.split()[0] for problem in problems(text)}
    assert found & {problem.split()[0] for problem in expected}


@each(
    "text",
    [
        "a: http://x.cn\n  https://y.cn\n",
        "a: 甲\n  乙：丙\n",
        "a: 今天\n  -5度\n",
        "a:\n  - 校长：今天好\n",
        "a: “甲”\n",
        "a: b]\n",
        "a: b\tc\n",
        "a: 8:30\n",
        "- a: b".replace("- ", ""),
    ],
)
def test_what_looks_odd_and_is_fine(text: str) -> None:
    assert read(text)


def test_depth() -> None:
    nested = "a: " + "[" * (DEPTH_LIMIT - 1) + "]" * (DEPTH_LIMIT - 1)
    assert read(nested)
    deeper = "a: " + "[" * DEPTH_LIMIT + "]" * DEPTH_LIMIT
    assert problems(deeper) == [f"BT119 1:{3 + DEPTH_LIMIT}"]


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 5000,
        "a: " + "[" * 5000 + "]" * 5000,
        "{a: " * 5000,
        "- " * 5000 + "a",
        "".join(" " * i + "a:\n" for i in range(2000)),
        "? " * 5000,
        "a: &a [x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: &d [*c,*c]\n",
        "a: '" + "x: " * 100_000,
        "a：1\n" * 5000,
        "x" * 1_000_000,
        "#\n" * 500_000 + "a：1\n",
    ],
    ids=range(11),
)
def test_hostile_files_end_soon(text: str) -> None:
    start = time.process_time()
    assert problems(text)
    assert time.process_time() - start < 10


YAML_TEXT = st.lists(
    st.sampled_from(
        ["a", "b", "甲", ": ", ":", "：", "- ", "-", "\n", "\r\n", "\n  ", "\n    ", "\t", " ", '"',
         "'", "|", ">", "\n  \n", "[", "]", "{", "}", ",", "#", " #", "&a ", "*a", "!", "%", "@",
         "\\", "---", "...", "? ", "\u2028", "\ufeff", "\x00", "2"]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@given(YAML_TEXT | st.text(UTF8))
def test_any_text_is_a_tree_or_problems_inside_it(text: str) -> None:
    try:
        tree = parse(Source("x", text))
    except InputError as error:
        for d in error.findings:
            assert d.span is not None
            assert 0 <= d.span.start <= d.span.end <= len(text)
            assert d.message("zh")
            assert d.hints("zh") is not None
        return
    waiting: list[Node] = [tree]
    while waiting:
        node = waiting.pop()
        assert 0 <= node.span.start <= node.span.end <= len(text)
        if isinstance(node, Mapping):
            waiting += [n for entry in node.entries for n in entry]
        elif isinstance(node, Sequence):
            waiting += node.items


@given(YAML_TEXT)
def test_values_are_those_of_the_parser(text: str) -> None:
    """Ensures that the places worked out here belong to the very text libyaml read."""
    try:
        tree = parse(Source("x", text))
    except InputError:
        return
    assert plain(tree) == yaml.load(text, Loader=yaml.CBaseLoader)
