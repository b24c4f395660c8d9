"""Where the characters of a scalar stood."""

from __future__ import annotations

from helpers.cases import each
from hypothesis import example, given
from hypothesis import strategies as st

from brieftex.diagnostics import InputError, Source
from brieftex.input.yaml import Mapping, Scalar, parse

# What decides how a scalar is folded, and some of what does not.
CONTENT = st.text("ab甲：𠅤  \t#-:\\'\"n", max_size=6)
LINES = st.lists(CONTENT, min_size=1, max_size=6)
HEADERS = st.sampled_from(["|", "|-", "|+", ">", ">-", ">+", "|2", ">2", ">2-", "> # 说明"])
BREAKS = st.sampled_from(["\n", "\r\n", "\r"])


def only_scalar(text: str) -> Scalar | None:
    """The value of the last key, or None when this is no YAML."""
    try:
        tree = parse(Source("x", text))
    except InputError:
        return None
    value = tree.entries[-1][1]
    while not isinstance(value, Scalar):
        value = value.entries[-1][1] if isinstance(value, Mapping) else value.items[-1]
    return value


def check(text: str, scalar: Scalar) -> None:
    """Ensures that every character but a folded break or an escape stands where it should."""
    previous = -1
    for i, character in enumerate(scalar.text):
        place = scalar.origin.source(i)
        assert 0 <= place < len(text)
        assert place >= previous
        previous = place
        original = text[place]
        if character == original:
            continue
        if original in "\r\n":
            assert character in " \n"
        else:
            assert original == "\\"
            assert text[scalar.span.start] == '"'


@given(HEADERS, LINES, BREAKS, st.booleans())
@example(">", ["a", "", " b", "c"], "\r\n", False)
@example(">2", [" a", "b"], "\n", True)
@example("|", ["", "", "a"], "\r", False)
def test_block_scalars(header: str, lines: list[str], line_break: str, nested: bool) -> None:
    rows = ["k:", "  - m: " + header] if nested else ["m: " + header]
    indent = " " * (6 if nested else 2)
    rows += [indent + line if line else "" for line in lines]
    text = line_break.join(rows)
    for ending in ("", line_break):
        scalar = only_scalar(text + ending)
        if scalar is not None:
            check(text + ending, scalar)
            assert scalar.plain is (not scalar.text and scalar.plain)
            if header[0] == "|" and "\t" not in text:
                kept = [line.strip() for line in lines if line.strip()]
                assert [line.strip() for line in scalar.text.split("\n") if line.strip()] == kept


@given(LINES, BREAKS, st.sampled_from(["", "'", '"']))
@example(["a ", "", " b''c"], "\r\n", "'")
@example(["a\\", " b", "", "c\\n"], "\n", '"')
@example(["甲 ", "  乙", "", "丙"], "\r\n", "")
def test_flow_scalars(lines: list[str], line_break: str, quote: str) -> None:
    text = f"m: {quote}" + (line_break + "  ").join(lines) + quote + line_break
    scalar = only_scalar(text)
    if scalar is not None:
        check(text, scalar)


@each(
    ("raw", "value", "places"),
    [
        (r'"\u4e2dx\x41\t"', "中xA\t", [4, 10, 11, 15]),
        (r'"\U00020164\"\\"', '\U00020164"\\', [4, 14, 16]),
        ('"a \\\n   b"', "a b", [4, 5, 11]),
        ('"a\\\n\n\n  b"', "a\n\nb", [4, 7, 8, 11]),
        ("'it''s'", "it's", [4, 5, 6, 8]),
        ("'a \r\n\r\n  b'", "a\nb", [4, 8, 12]),
        ("甲 乙\n  丙", "甲 乙 丙", [3, 4, 5, 6, 9]),
        (">\n  a\n  b\n\n  c\n", "a b\nc\n", [7, 8, 11, 13, 16, 17]),
        (">-\n  a\n\n    b\n  c", "a\n\n  b\nc", [8, 9, 10, 13, 14, 15, 16, 19]),
        ("|+\n  a\n\n", "a\n\n", [8, 9, 10]),
        ("|\r\n  a\r\n  b\r\n", "a\nb\n", [8, 9, 13, 14]),
    ],
)
def test_places(raw: str, value: str, places: list[int]) -> None:
    scalar = only_scalar(f"k: {raw}")
    assert scalar is not None
    assert scalar.text == value
    assert [scalar.origin.source(i) for i in range(len(value))] == places


def test_an_empty_scalar_stands_in_the_file() -> None:
    for raw in ("''", '""', "|\n", ">-\n\n\n", "", "# x"):
        text = f"k: {raw}\n"
        scalar = only_scalar(text)
        assert scalar is not None
        assert scalar.text == ""
        assert 0 <= scalar.origin.source(0) <= len(text)


def test_long_runs_cost_no_more_than_their_length() -> None:
    blanks = " " * 300_000
    for raw in (f"'a{blanks}b'", f'"a{blanks}b"', f"a{blanks}b"):
        scalar = only_scalar(f"k: {raw}\n")
        assert scalar is not None
        assert len(scalar.text) == 300_002
