"""Lines of all kinds, one below the other with and without empty lines: none is lost, and none is
printed in the paragraph of another one without a word."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from brieftex.diagnostics import OffsetMap
from brieftex.input.markdown import parse_body
from brieftex.model.content import (
    BodyBlock,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Quotation,
    Table,
)

KINDS = (
    "{}一段话", "{}一句话。", "{}：标签", "- {}项", "1. {}项", "2. {}。", "3) {}", "* {}",
    "    - {}子项",
    "> {}引文", "|{}|格|\n|--|--|\n|1|2|", "|{}|行|\n|3|4|", "{}\t列\t列\n1\t2\t3", "## {}标题",
    "**{}粗**",
    "（一）{}", "　　{}缩进", "一、{}", "①{}", "1.{}", "![{}](a.png)", "[^1]: {}注",
)  # fmt: skip
TOKENS = "甲乙丙丁戊"


def texts(block: BodyBlock) -> Iterator[str]:
    """The texts of a block, each of which is a paragraph, a cell or the like."""
    match block:
        case Paragraph() | Heading():
            yield block.inline.text
        case ListBlock():
            for item in block.items:
                for part in item:
                    yield from texts(part)
        case Quotation():
            for part in block.blocks:
                yield from texts(part)
        case Table():
            yield from (cell.inline.text for row in block.lines for cell in row)
        case Figure():
            yield block.alt


@settings(max_examples=400)
@given(
    st.lists(
        st.tuples(st.sampled_from(KINDS), st.sampled_from(["\n", "\n\n"])), min_size=2, max_size=5
    )
)
def test_no_line_is_lost_or_joined_in_silence(lines: list[tuple[str, str]]) -> None:
    pairs = zip(lines, TOKENS, strict=False)
    text = "文[^1]。\n\n" + "".join(kind.format(f"令{token}") + end for (kind, end), token in pairs)
    body, found = parse_body(text, OffsetMap())
    told = {finding.kind.name for finding in found}
    notes = [block for _, blocks in body.notes for block in blocks]
    printed = [part for block in (*body.blocks, *notes) for part in texts(block)]
    if "note-duplicate" not in told:
        assert all(f"令{t}" in "".join(printed) for t in TOKENS[: len(lines)]), text
    if "lines-joined" not in told:
        assert all(part.count("令") < 2 for part in printed), (text, printed)
