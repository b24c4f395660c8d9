"""Characters that can be copied and not seen, counted by elements."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from brieftex.pdf.read.content import MarkedSequence, PageContent, visible
from brieftex.pdf.read.readback import ContentItem, ReadPage, StructureElement
from brieftex.pdf.read.unseen import unseen_text


def found(pages: list[list[int]], elements: list[list[tuple[int, int]]]) -> list[dict[str, Any]]:
    """What is said of pages whose sequences have so many unseen characters, and of elements that
    hold these sequences, by page and number."""
    sheets = [
        ReadPage(None, {}, PageContent([MarkedSequence("P", k, [], n) for k, n in enumerate(page)]))
        for page in pages
    ]
    leaves = []
    for places in elements:
        element = StructureElement(None, {}, ("P",))
        leaves += [ContentItem(element, page, mcid) for page, mcid in places]
    read: Any = SimpleNamespace(sheets=sheets, leaves=leaves)
    return [dict(finding.values) for finding in unseen_text(read)]


@pytest.mark.parametrize(
    ("pages", "elements", "told"),
    [
        ([[0, 0]], [[(0, 0)], [(0, 1)]], []),
        ([[0], [0, 5]], [[(0, 0)], [(1, 0)], [(1, 1)]], [(2, 5)]),
        # an address that is broken: the first piece bears all of it
        ([[7], [-4, -3]], [[(0, 0), (1, 0), (1, 1)]], []),
        ([[7], [-4, -3]], [[(0, 0), (1, 0)], [(1, 1)]], [(1, 3)]),
        ([[-2], [3, 4]], [[(1, 0), (1, 1)], [(0, 0)]], [(2, 7)]),
        ([[1], [1]], [[(1, 0)], [(0, 0)]], [(2, 1), (1, 1)]),
    ],
)
def test_characters_without_ink_are_counted_by_element(
    pages: list[list[int]],
    elements: list[list[tuple[int, int]]],
    told: list[tuple[int, int]],
) -> None:
    """Ensures that more glyphs in one piece make up for fewer in another of the same element, of no
    other one, and that the page is told on which the element begins to say too much."""
    assert [(one["page"], one["count"]) for one in found(pages, elements)] == told


def test_what_is_blank_by_nature_has_no_ink() -> None:
    """Catches a build that a blank of a chat program's names ended as if its ink were lost."""
    assert [visible(char) for char in "\u3164\u2800\uffa0\ufe00甲"] == [0, 0, 0, 0, 1]
