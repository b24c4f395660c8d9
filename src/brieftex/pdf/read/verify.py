"""Stage 12: a finished file is read back, and whatever was lost becomes a finding.

A build verifies every file before it replaces the old one. Reading is independent of writing: it
starts from the bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

from brieftex.diagnostics import Finding, Kind
from brieftex.diagnostics.messages import verification as say
from brieftex.diagnostics.messages.foreign import FOREIGN_PAGES, NOT_CONFORMING
from brieftex.document.blocks import Document
from brieftex.layout.page import Page, PlacedLine, PlacedRule
from brieftex.memory import FORGETFUL, Memory
from brieftex.pdf.read.audit import OF_FOREIGN_PAGES, audit, overlaps
from brieftex.pdf.read.compare import Expected, compare
from brieftex.pdf.read.parse import BrokenPdfError, PdfFile, UnusualPdfError
from brieftex.pdf.read.readback import Readback

if TYPE_CHECKING:
    from brieftex.bounded import Bounds

Comparison: TypeAlias = Callable[[Readback], Iterable[Finding]]
"""What else a file is held against."""


def expected_of(document: Document, pages: Sequence[Page]) -> Expected:
    """What a file made from these pages should hold."""
    folios = {anchor: there.folio for anchor, there in document.elsewhere.items()}
    folios |= {anchor.name: page.number for page in pages for anchor in page.anchors}
    front = sum(page.front for page in pages)
    before = {anchor.name for page in pages if page.front for anchor in page.anchors}
    sheets = {name: n if name in before else n + front for name, n in folios.items()}
    figures = tuple(_figures(document, pages))
    return Expected(document, len(pages), folios, len(pages) - front, sheets, figures)


def _figures(document: Document, pages: Sequence[Page]) -> Iterator[str]:
    """The description and the words of each figure on the pages."""
    figures = {number: node for number, node in enumerate(document.nodes) if node.role == "Figure"}
    words: dict[int, list[str]] = {}
    for item in chain.from_iterable(page.items for page in pages if figures):
        if isinstance(item, PlacedLine):
            for run in item.line.runs if item.artifact is None else ():
                if run.node in figures:
                    words.setdefault(run.node, []).extend(run.texts)
        elif not isinstance(item, PlacedRule):
            words.setdefault(item.node, [])
    for number, node in figures.items():
        if number in words:
            yield (node.alt or "") + "".join(words[number])


_UNREADABLE = (BrokenPdfError, RecursionError, ValueError, ArithmeticError, LookupError)
"""What a file may lead to whose numbers, names and references mean nothing."""


def verify(  # noqa: PLR0913  # all but three are named
    pdf: bytes,
    expected: Expected | None = None,
    password: str | None = None,
    *,
    archival: bool = True,
    manuscript: Comparison | None = None,
    memory: Memory = FORGETFUL,
) -> list[Finding]:
    """Everything wrong with a file, and every difference from ``expected``; if its text does not
    differ, what ``manuscript`` finds.

    Any bytes will do: what is no PDF file is a finding, too. ``password`` opens an encrypted
    one; one that is not ``archival`` need not be PDF/A. Spans are places in the issue that
    ``expected`` was made from. What is read of bytes that ``memory`` knows is not read again.
    """
    try:
        file = PdfFile(pdf, memory.stage("objects"))
        if "Encrypt" not in file.trailer:
            read = Readback(file, memo=memory.stage("readback"))
            found = _found(read, expected, manuscript)
            return found if archival else _not_archival(found)
    except UnusualPdfError:
        pass
    except _UNREADABLE:
        return [say.UNREADABLE_PDF.at(None)]
    return _verify_foreign(pdf, expected, password, manuscript)


def faults_in(
    pdf: bytes,
    expected: Expected,
    *,
    archival: bool = True,
    conforming: bool = True,
    memory: Memory = FORGETFUL,
) -> list[Finding]:
    """What is wrong with a file that was just made; one that is not ``conforming`` has pages of
    other files, and is not PDF/A and PDF/UA for that reason alone."""
    found = verify(pdf, expected, archival=archival, memory=memory)
    return found if conforming else _without(found, OF_FOREIGN_PAGES)


def verify_bounded(
    pdf: bytes,
    bounds: Bounds,
    expected: Expected | None = None,
    password: str | None = None,
    manuscript: Comparison | None = None,
) -> list[Finding]:
    """What ``verify`` finds in a file that anybody may have made, or that it costs too much."""
    # A build trusts the file that it has made.
    from brieftex.bounded import TooCostlyError, bounded  # noqa: PLC0415

    try:
        return bounded(lambda: verify(pdf, expected, password, manuscript=manuscript), bounds)
    except TooCostlyError:
        return [say.TOO_COSTLY.at(None, seconds=bounds.seconds, mebibytes=bounds.mebibytes)]


def _verify_foreign(
    pdf: bytes, expected: Expected | None, password: str | None, manuscript: Comparison | None
) -> list[Finding]:
    """Verify a file that has to be rewritten first."""
    # A build never needs pypdf, which takes a tenth of a second to import.
    from brieftex.foreign import LockedError  # noqa: PLC0415
    from brieftex.pdf.read.pypdf_bridge import decoded, rewritten  # noqa: PLC0415

    try:
        plain, encrypted = rewritten(pdf, password)
        found = _found(Readback(PdfFile(plain), decoded), expected, manuscript)
    except LockedError:
        return [say.LOCKED_PDF.at(None)]
    except _UNREADABLE:
        return [say.UNREADABLE_PDF.at(None)]
    if encrypted:
        return [*_not_archival(found), say.PROTECTED_PDF.at(None)]
    return found


def _as_it_says(found: list[Finding]) -> list[Finding]:
    """Of a file with pages of others, which cannot be PDF/A and PDF/UA, that it is not."""
    if all(finding.kind is not FOREIGN_PAGES for finding in found):
        return found
    return [*_without(found, (say.NOT_ARCHIVAL, say.NOT_ACCESSIBLE)), NOT_CONFORMING.at(None)]


def _not_archival(found: list[Finding]) -> list[Finding]:
    return _without(found, (say.NOT_ARCHIVAL,))


def _without(found: list[Finding], kinds: tuple[Kind, ...]) -> list[Finding]:
    return [finding for finding in found if finding.kind not in kinds]


def _found(
    read: Readback, expected: Expected | None, manuscript: Comparison | None
) -> list[Finding]:
    found = _as_it_says([*audit(read), *overlaps(read)])
    if expected is not None:
        found += compare(read, expected)
    if manuscript is not None and all(f.kind is not say.TEXT_DIFFERS for f in found):
        found += manuscript(read)
    return list(dict.fromkeys(found))
