"""Text of a finished file that can be copied but has no ink.

/ActualText is what a reader copies, whatever glyphs stand below it: these are counted.
"""

from __future__ import annotations

from collections.abc import Iterator

from brieftex.diagnostics import Finding
from brieftex.diagnostics.messages.verification import TEXT_UNSEEN
from brieftex.pdf.read.readback import Readback


def unseen_text(read: Readback) -> Iterator[Finding]:
    """Elements of which /ActualText says more than glyphs show. Of an address that is broken the
    first piece bears it all, wherever the rest of the element stands."""
    unseen = {
        (index, sequence.mcid): sequence
        for index, sheet in enumerate(read.sheets)
        for sequence in sheet.content.sequences
        if sequence.unseen
    }
    count: dict[int, list[int]] = {}  # of the element: characters, the first page
    for leaf in read.leaves if unseen else ():
        if sequence := unseen.get((leaf.page, leaf.mcid)):
            count.setdefault(id(leaf.element), [0, leaf.page])[0] += sequence.unseen
    for number, page in count.values():
        if number > 0:
            yield TEXT_UNSEEN.at(None, page=page + 1, count=number)
