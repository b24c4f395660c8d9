"""Comparing a finished file with the document that it was made from.

Text is compared in the order of the structure tree, as a screen reader reads it: the running text
as a whole, and each note and caption, which is placed where a page has room, by itself. White
space is ignored, because pages replace it by gaps and line ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, zip_longest

from msgspec import Struct, field

from brieftex.diagnostics import Finding
from brieftex.diagnostics.messages import verification as say
from brieftex.document.blocks import (
    Block,
    Document,
    EntryBlock,
    FigureBlock,
    FigureRowBlock,
    FootBlock,
    JointBlock,
    MastheadBlock,
    PairBlock,
    PanelBlock,
    SignatureBlock,
)
from brieftex.document.figures import ChartBlock, DrawingBlock
from brieftex.document.paragraphs import NamesBlock, TextBlock
from brieftex.document.tables import TableBlock
from brieftex.pdf.read.audit import href_of, links
from brieftex.pdf.read.differing import (
    ComparedPart,
    bare_text,
    differences_apart,
    joined_parts,
    text_difference,
)
from brieftex.pdf.read.parse import text_of
from brieftex.pdf.read.readback import Readback
from brieftex.pdf.read.unseen import unseen_text
from brieftex.pdf.write.objects import uri
from brieftex.styled.text import RubyText, Text, with_words


class Expected(Struct, frozen=True):
    """What a file should hold: the document, how many pages, and the number of the page that
    each anchor is on; how many of the pages are ``counted`` as the issue's, and which page of the
    file each anchor is on; the description and the words of each figure."""

    document: Document
    pages: int
    folios: Mapping[str, int]
    counted: int
    sheets: Mapping[str, int]
    figures: tuple[str, ...]


class Wanted(Struct, frozen=True):
    """The same as plain values, small enough to be put aside: the running text and each text
    apart, that of figures, the addresses of links, the bookmarks with their pages."""

    pages: int
    running: str
    apart: tuple[str, ...]
    figures: tuple[str, ...]
    hrefs: tuple[str, ...]
    bookmarks: tuple[tuple[str, int], ...]


def compare(read: Readback, expected: Expected) -> Iterator[Finding]:
    """Every difference between a file and its document. Raises BrokenPdfError."""
    running, apart = _wanted(expected)
    yield from _compared(read, expected.pages, running, apart, expected.figures)
    yield from _lost_links(read, _addresses(expected.document))
    yield from _bookmarks(read, expected.pages, _titles(expected))


def wanted_of(expected: Expected) -> Wanted:
    """What is expected as plain values."""
    running, apart = _wanted(expected)
    return Wanted(
        expected.pages,
        joined_parts(running),
        tuple(map(joined_parts, apart)),
        expected.figures,
        tuple(_addresses(expected.document)),
        tuple(_titles(expected)),
    )


def compare_wanted(read: Readback, wanted: Wanted) -> Iterator[Finding]:
    """Every difference between a file and what is wanted; findings have no places. Raises
    BrokenPdfError."""
    apart = [[ComparedPart(text, -1)] for text in wanted.apart]
    running = [ComparedPart(wanted.running, -1)]
    yield from _compared(read, wanted.pages, running, apart, wanted.figures)
    yield from _lost_links(read, wanted.hrefs)
    yield from _bookmarks(read, wanted.pages, wanted.bookmarks)


def _compared(
    read: Readback,
    pages: int,
    running: Sequence[ComparedPart],
    apart: Sequence[Sequence[ComparedPart]],
    figures: Sequence[str],
) -> Iterator[Finding]:
    if len(read.sheets) != pages:
        yield say.PAGE_COUNT.at(None, wanted=pages, found=len(read.sheets))
    found = _found(read)
    yield from text_difference(running, found.running)
    yield from differences_apart(apart, found.apart)
    yield from differences_apart([[ComparedPart(text, -1)] for text in figures], found.figures)
    yield from unseen_text(read)


def _addresses(document: Document) -> list[str]:
    """Where links lead to outside of the document."""
    hrefs = set(chain.from_iterable(map(_hrefs, _texts(document))))
    return sorted(href for href in hrefs if not href.startswith("#"))


def _lost_links(read: Readback, hrefs: Iterable[str]) -> Iterator[Finding]:
    there = {href_of(read, entries) for _, _, entries in links(read)}
    for href in hrefs:
        if uri(href).decode("ascii") not in there:
            yield say.LINK_LOST.at(None, href=href)


def _titles(expected: Expected) -> list[tuple[str, int]]:
    """The bookmarks with their pages."""
    entries = expected.document.outline
    return [(entry.title, expected.sheets[entry.anchor]) for entry in entries]


def _hrefs(text: Text) -> Iterator[str]:
    """The addresses of a text's links, but for links that nobody sees."""
    start = 0
    for run in text.runs:
        if run.href and bare_text(text.text[start : run.end]):
            yield run.href
        start = run.end


def _bookmarks(read: Readback, pages: int, titles: Sequence[tuple[str, int]]) -> Iterator[Finding]:
    for wanted, found in zip_longest(titles, read.bookmarks()):
        title, number = (found.title, found.page + 1) if found else ("", 0)
        if wanted is None or wanted[0] != title:
            named = wanted[0] if wanted else ""
            yield say.BOOKMARKS_DIFFER.at(None, wanted=named, found=title)
            return
        if len(read.sheets) == pages and number != wanted[1]:
            yield say.BROKEN_BOOKMARK.at(None, title=title)


# --- the document's text --------------------------------------------------------------------


def _wanted(expected: Expected) -> tuple[list[ComparedPart], list[list[ComparedPart]]]:
    """The running text, and each text apart."""
    document = expected.document
    owner = _owners(document)
    running: list[ComparedPart] = []
    apart: dict[int, list[ComparedPart]] = {}
    for blocks in _stories(document):
        for block in blocks:
            for part, node in _parts(block, expected):
                above = owner[node]
                (running if above < 0 else apart.setdefault(above, [])).append(part)
    return running, list(apart.values())


def _owners(document: Document) -> list[int]:
    """For each node the note or caption that it stands in, -1 for none."""
    owner: list[int] = []
    for index, node in enumerate(document.nodes):
        parent = document.nodes[node.parent].role if node.parent >= 0 else ""
        above = owner[node.parent] if node.parent >= 0 else -1
        owner.append(index if above < 0 and _is_apart(node.role, parent) else above)
    return owner


def _is_apart(role: str, parent: str) -> bool:
    """Whether an element's text stands where pages have room, not in the running text."""
    return role == "Note" or (role == "Caption" and parent == "Figure")


def _parts(block: Block | FootBlock, expected: Expected) -> Iterator[tuple[ComparedPart, int]]:
    """The characters of a block in reading order, with their nodes."""
    match block:
        case PairBlock(counted=True):
            yield from _runs(block.left)
            yield from _runs(with_words(block.right, "{pages}", str(expected.counted)))
        case EntryBlock():
            yield from _runs(block.text)
            number = str(expected.folios.get(block.target, ""))
            yield ComparedPart(number, (block.text, 0)), block.folio.node
        case MastheadBlock(printed=parts) | FootBlock(blocks=parts) | PanelBlock(blocks=parts):
            for inner in parts:
                yield from _parts(inner, expected)
        case _:
            for text in _texts_of(block):
                yield from _runs(text)


def _runs(text: Text) -> Iterator[tuple[ComparedPart, int]]:
    """The characters of a text, the ruby text of a word after the whole word."""
    start = 0
    of_node: dict[int, list[RubyText]] = {}
    ends: dict[int, list[int]] = {}  # the nodes of the ruby text that ends there
    for reading in text.rubies:
        of_node.setdefault(reading.node, []).append(reading)
        ends.setdefault(reading.end, []).append(reading.node)
    for run, following in zip(text.runs, (*text.runs[1:], None), strict=False):
        yield ComparedPart(text.text[start : run.end], (text, start)), run.node
        start = run.end
        if following is None or following.node != run.node:
            for node in ends.get(start, ()):
                for reading in of_node[node]:
                    yield ComparedPart(reading.text, (text, reading.start)), node


def _texts_of(  # noqa: C901  # one case for each sort of block
    block: Block | FootBlock,
) -> Iterator[Text]:
    """The texts of a block in reading order. What stands in a chart or an SVG figure belongs
    to its picture, and is described by its alternative text."""
    match block:
        case TextBlock(text=text, label=label):
            yield from (text,) if label is None else (label, text)
        case PairBlock(left=left, right=right):
            yield from (left, right)
        case EntryBlock(text=text):
            yield text
        case SignatureBlock(names=names, date=date, office=office):
            yield from (text for text in (office, *names, date) if text is not None)
        case (
            FigureBlock(caption=TextBlock() as caption)
            | ChartBlock(caption=TextBlock() as caption)
            | DrawingBlock(caption=TextBlock() as caption)
            | FigureRowBlock(caption=TextBlock() as caption)
        ):
            yield from _texts_of(caption)
        case TableBlock(caption=caption, notes=notes):
            for above in (caption, notes.unit):
                yield from () if above is None else _texts_of(above)
            yield from (cell.text for row in (*block.header, *block.rows) for cell in row)
            yield from chain.from_iterable(map(_texts_of, notes.below))
        case JointBlock(names=names, suffix=suffix):
            yield from (*names, suffix)
        case NamesBlock(names=names):
            yield from names
        case MastheadBlock(printed=parts) | FootBlock(blocks=parts) | PanelBlock(blocks=parts):
            yield from chain.from_iterable(map(_texts_of, parts))


def _stories(document: Document) -> Iterator[tuple[Block | FootBlock, ...]]:
    """The blocks of the text with those of the colophon, then those of each note."""
    yield document.blocks if document.foot is None else (*document.blocks, document.foot)
    yield from document.notes


def _texts(document: Document) -> Iterator[Text]:
    for blocks in _stories(document):
        for block in blocks:
            yield from _texts_of(block)


# --- the file's text ------------------------------------------------------------------------


class _Found(Struct):
    """The running text of a file in the order of its tags, each text apart, and of each figure
    its description with the words in it."""

    running: list[ComparedPart] = field(default_factory=list)
    apart: list[list[ComparedPart]] = field(default_factory=list)
    figures: list[list[ComparedPart]] = field(default_factory=list)


def _found(read: Readback) -> _Found:
    shown = {
        (index, sequence.mcid): sequence.text
        for index, sheet in enumerate(read.sheets)
        for sequence in sheet.content.sequences
        if sequence.mcid is not None
    }
    found = _Found()
    depth = 0  # of the note or caption that leaves stand in; 0: none
    for leaf in read.leaves:
        roles = leaf.element.roles
        begins = leaf.mcid is None and leaf.annotation is None
        if len(roles) < depth or (begins and len(roles) == depth):
            depth = 0
        if begins and not depth and roles and _is_apart(roles[-1], "".join(roles[-2:-1])):
            depth = len(roles)
            found.apart.append([])
        figure = not depth and roles[-1:] == ("Figure",)
        if begins and figure:
            alt = text_of(read.file.get(leaf.element.entries.get("Alt")))
            found.figures.append([ComparedPart(alt, leaf.page)])
        elif leaf.mcid is not None:
            part = ComparedPart(shown.get((leaf.page, leaf.mcid), ""), leaf.page)
            here = found.figures[-1] if figure else found.apart[-1] if depth else found.running
            here.append(part)
    found.apart = [parts for parts in found.apart if any(bare_text(part.text) for part in parts)]
    return found
