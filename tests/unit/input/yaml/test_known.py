"""Items of lists and fields of a file that are known from the last text."""

from __future__ import annotations

import pytest

from brieftex.diagnostics import Source
from brieftex.input.yaml import parse_all
from brieftex.input.yaml.known import AbridgedText, KnownItems
from brieftex.memory import KeepingMemory, Memo

LIST = "top:\n  - a: one\n    b: |\n      text\n  - a: two\n  # end\n  - a: three\nlast: here\n"


def known(text: str) -> tuple[Memo, KnownItems]:
    """What is known of a text."""
    memo = KeepingMemory().stage("read")
    parse_all(Source("a.yaml", text), memo=memo)
    found: KnownItems = memo.get("items")
    return memo, found


@pytest.mark.parametrize(
    ("changed", "left"),
    [
        (LIST, "top: 0\nlast: here\n"),
        (LIST.replace("two", "four"), "top:\n  - 0\n  - a: four\n  # end\n  - 0\nlast: here\n"),
        (LIST.replace("  - a: two", "      more\n  - a: two"), None),
        (f"# above\n{LIST}", "# above\ntop:\n  - 0\n  - 0\n  - 0\nlast: here\n"),
        (LIST.replace("here", "there"), "top: 0\nlast: there\n"),
        (LIST.replace("top", "pot"), "pot:\n  - 0\n  - 0\n  - 0\nlast: here\n"),
        (LIST.replace("last:", "    c: in three\nlast:"), None),
    ],
)
def test_items_that_did_not_change_are_left_out(changed: str, left: str | None) -> None:
    """Ensures that no more is read than what changed, and no less than what goes on behind an
    item that is known."""
    _, found = known(LIST)
    abridged = AbridgedText(changed, found.still_in(changed, found.common(changed)))
    assert abridged.text != changed
    if left is not None:
        assert abridged.text == left
    whole = [abridged.place(at) for at, char in enumerate(abridged.text) if char == "t"]
    assert all(changed[place] == "t" for place in whole)


@pytest.mark.parametrize(
    "changed",
    [
        LIST.replace("top:", "top: |"),
        LIST.replace("top:\n", "top:\n  [\n"),
        LIST.replace("top:\n", 'top: "\n') + '"',
        LIST.replace("top:\n", "top: >\n"),
        LIST.replace("one\n", "one\n\n"),
        LIST.replace("      text\n", "      text\n      more\n"),
        LIST.replace("text\n", "text\n\n\n"),
        LIST.replace("|", "|+"),
        LIST.replace("two", "*two"),
        LIST.replace("two", "t\u2028wo"),
        LIST.replace("two", "two\x01"),
        LIST.replace("here", "there\ntop: again"),
        f"all:\n  {LIST}",
        f"a:\n- b\n{LIST}",
        f"- b\n{LIST}",
        f"? b\n{LIST}",
        f"{{\n{LIST}}}",
        f"|\n{LIST}",
        f"a: |\n{LIST}",
        f"a: '\n{LIST}'",
    ],
)
def test_a_text_is_read_as_if_nothing_were_known(changed: str) -> None:
    """Ensures that lines that look like an item or a field are none where they are text, in
    brackets or within another one."""
    memo, _ = known(LIST)
    now, anew = (parse_all(Source("a.yaml", changed), memo=m) for m in (memo, Memo()))
    assert (now.tree, now.problems) == (anew.tree, anew.problems)


def test_what_is_known_goes_along_with_one_edit_after_another() -> None:
    """Ensures that places are right where an item was moved before, in part or as a whole: one
    moved twice by what it was moved once, or not at all, would be elsewhere."""
    memo, _ = known(LIST)
    texts = [f"# one\n{LIST}", LIST.replace("one", "eleven"), LIST, f"# one more\n{LIST}"]
    for text in (*texts, texts[3].replace("one\n", "1\n"), texts[3], texts[0]):
        now = parse_all(Source("a.yaml", text), memo=memo)
        assert now.tree == parse_all(Source("a.yaml", text)).tree
        left: KnownItems = memo.get("items")
        (top,) = left.items
        assert text.startswith("top:", top.start)
        assert top.placed().node.span.start == text.index("- a")
        assert len(top.inner) == 3
        for inner in top.inner:
            item = inner.moved(top.inner_late)
            assert text.startswith("- a: ", item.start + item.column)
            assert text.startswith("a: ", item.placed().node.span.start)
