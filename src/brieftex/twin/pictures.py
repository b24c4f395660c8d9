"""Pictures that came into a document or went from it, which no text of an issue can hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from brieftex.diagnostics import Finding
from brieftex.diagnostics.messages import incoming as messages
from brieftex.word.facts import Facts, Para, RunKind

_SHOWN = 40
"""Characters of a description that a finding shows."""


def picture_findings(alts: Sequence[str], facts: Facts) -> Iterator[Finding]:
    """Pictures that came or went, which are not written: known by their descriptions."""
    left = Counter(alts)
    for block in facts.blocks:
        for piece in block.pieces if isinstance(block, Para) else ():
            if piece.kind is not RunKind.PICTURE:
                continue
            alt = facts.pictures[int(piece.text)].alt
            if left[alt] > 0:
                left[alt] -= 1
                continue
            yield messages.PICTURE_NOT_PLACED.at(
                facts.span(block.number), "", text=alt[:_SHOWN] or "没有替代文字",
                sort="新加的图", sort_en="a new picture",
            )  # fmt: skip
    for alt in left.elements():
        yield messages.PICTURE_NOT_PLACED.at(
            None, "", text=alt[:_SHOWN] or "没有替代文字", sort="删去的图",
            sort_en="a picture that went",
        )  # fmt: skip
