"""Characters that look like others are named and mended, all of them."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from helpers.checking import issue_of, saying

from brieftex.checks.engine.fixes import mend
from brieftex.checks.engine.registry import check_issue
from brieftex.diagnostics import Source

RADICALS = [
    chr(c) for c in (*range(0x2E81, 0x2E9A), *range(0x2E9B, 0x2EF4), *range(0x2F00, 0x2FD6))
]
TWINS = [
    chr(c)
    for c in (*range(0xF900, 0xFADA), *range(0x2F800, 0x2FA1E))
    if unicodedata.decomposition(chr(c))
]


def _mended(text: str) -> str:
    source = Source("issue.yaml", saying(text))
    return mend(source, Path()).source.text


@pytest.mark.parametrize("strange", [RADICALS, TWINS], ids=["radicals", "compatibility"])
def test_every_twin_of_a_Han_character_becomes_it(strange: list[str]) -> None:  # noqa: N802
    text = "乙".join(strange)
    (found,) = {d.kind.name for d in check_issue(issue_of(saying(text)))}
    assert found == "compatibility-character"
    for character in _mended(text):
        assert unicodedata.normalize("NFKC", character) == character or character in "：，。"
        assert not "\u2e80" <= character <= "\u2fd5"


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("\ufb01nance", "finance"),
        ("\uff76\uff9e\uff72\uff84\uff9e", "ガイド"),
        ("\uff62甲\uff63乙\uff64丙\uff61", "「甲」乙、丙。"),
        ("甲\u200d乙\u200c丙", "甲乙丙"),
        ("甲\u2066乙\u2069", "甲乙"),
        ("甲\ufff9乙", "甲乙"),
        ("甲\u3164乙", "甲乙"),
    ],
)
def test_what_is_mended(text: str, right: str) -> None:
    assert _mended(text) == saying(right)


@pytest.mark.parametrize(
    "text", ["﨑田", "家👨\u200d👩\u200d👧庭", "葛\U000e0100城", "㈱", "①②", "㎡"]
)
def test_what_stays(text: str) -> None:
    """Unified characters among the compatible ones, emoji, variants, signs of their own."""
    assert _mended(text) == saying(text)
    assert check_issue(issue_of(saying(text))) == []
