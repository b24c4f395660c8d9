"""Two drafts in one document: who takes away what is struck has the new one, who takes away what
is underlined the old one."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

from helpers.drafts import edited_issue, issue_of, random_issue, shown_texts
from hypothesis import given
from hypothesis import strategies as st

from brieftex.changes.documents import Revision, revision
from brieftex.compose.compose import compose
from brieftex.document.blocks import Decoration, Document
from brieftex.input.theme import load_theme
from brieftex.memory import KeepingMemory
from brieftex.model.issue import Issue

THEME = load_theme("briefing", Path())


def compared(old: Issue, new: Issue) -> tuple[Document, Document, Revision]:
    before, after = compose(old, THEME)[0], compose(new, THEME)[0]
    return before, after, revision(old, new, after, THEME)


def said(document: Document, without: Decoration | None = None) -> list[str]:
    return list(shown_texts(document, without))


@given(st.integers(0, 1 << 32))
def test_both_drafts_are_in_the_marked_document(seed: int) -> None:
    random = Random(seed)
    values = random_issue(random, 2, 2)
    memory = KeepingMemory()  # most of both is the same, and read once
    old = issue_of(values, memory=memory)
    new = issue_of(edited_issue(random, values), memory=memory)
    before, after, found = compared(old, new)
    assert said(found.marked, Decoration.THROUGH) == said(after)
    rejected = Counter(said(found.marked, Decoration.UNDERLINE))
    wanted = Counter(said(before))
    # What is gone is struck with its number, which is no part of what is compared.
    lost, more = wanted - rejected, rejected - wanted
    for words in more.elements():
        match = next((one for one in lost.elements() if one and words.endswith(one)), None)
        assert match is not None, words
        lost[match] -= 1
        lost = +lost
    assert not "".join(lost.elements()), lost
