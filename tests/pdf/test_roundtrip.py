"""What stands on the pages of briefing.yaml is what the file says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from helpers.samples import sample

from brieftex.document.figures import ChartBlock, DrawingBlock
from brieftex.input.issue.file import read_issue
from brieftex.layout.dump import line_text
from brieftex.layout.page import Page, PlacedLine
from brieftex.model.content import Inline, Table
from brieftex.model.issue import Issue
from brieftex.pipeline import Typeset
from brieftex.styled.text import Text

ART = (ChartBlock, DrawingBlock)


@pytest.fixture(scope="module")
def made() -> Typeset:
    """The sample issue, set in the bundled faces."""
    return sample()


@pytest.fixture(scope="module")
def written(made: Typeset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its PDF as a file."""
    path = tmp_path_factory.mktemp("roundtrip") / "briefing.pdf"
    path.write_bytes(made.pdf)
    return path


def bare(text: str) -> str:
    """A text without white space, which the page replaces by gaps and line ends."""
    return re.sub(r"\s", "", text)


def page_lines(page: Page) -> list[PlacedLine]:
    """The set lines of a page in the order of drawing."""
    return [item for item in page.items if isinstance(item, PlacedLine)]


def inlines(value: object) -> Iterator[Inline]:
    """Every text of an issue, whatever field it is in."""
    if isinstance(value, Inline):
        yield value
    elif isinstance(value, Table):  # the caption stands above
        yield from inlines((value.caption, value.header, value.rows))
    elif isinstance(value, tuple):
        for part in value:
            yield from inlines(part)
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from inlines(getattr(value, name))


def texts(value: object) -> Iterator[str]:
    """Every text of a document."""
    if isinstance(value, Text):
        yield value.text
    elif isinstance(value, tuple):
        for part in value:
            yield from texts(part)
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            if name != "continued":  # 续表, which pages repeat as they do heads
                yield from texts(getattr(value, name))


def test_every_character_of_the_file_is_on_the_pages(made: Typeset, root: Path) -> None:
    """Ensures that no stage between the file and the page loses or changes a character:
    each text of the issue stands, in order, in the document, and each of the document's on
    the pages. A chart may print an axis and sums beside, or in place of, its numbers."""
    issue, _ = read_issue(root / "briefing.yaml")
    document = bare("\n".join(texts(made.document)))
    at = 0
    for inline in body_texts(issue):
        # A footnote's call stands inside the text of the page but not of the file.
        ends = [0, *(call.at for call in inline.calls), len(inline.text)]
        for start, end in pairwise(ends):
            part = bare(inline.text[start:end])
            found = document.find(part, at)
            assert found >= 0, part
            at = found + len(part)
    shown = sorted(
        char
        for page in made.pages
        for item in page_lines(page)
        if item.artifact is None and not made.document.nodes[item.line.runs[0].node].alt
        for char in bare(line_text(item.line))
    )
    numbers = [str(page) for page in contents_numbers(made)]
    assert shown == sorted("".join((*texts_of_blocks(made), *numbers)))


def body_texts(issue: Issue) -> Iterator[Inline]:
    """The running texts of an issue in their order, without footnotes, which stand apart."""
    for section in issue.sections:
        for item in section.items:
            yield item.title
            yield from inlines(item.body.blocks)
            for source in item.sources:
                if source.url is not None:
                    yield source.url


def texts_of_blocks(made: Typeset) -> Iterator[str]:
    """The characters that the document's blocks and notes hold."""
    captions = [block.caption for block in made.document.blocks if isinstance(block, ART)]
    blocks = tuple(block for block in made.document.blocks if not isinstance(block, ART))
    for text in texts((blocks, made.document.foot, tuple(captions), made.document.notes)):
        yield bare(text.replace("{pages}", str(len(made.pages))))


def contents_numbers(made: Typeset) -> Iterator[int]:
    """The page numbers that the contents give."""
    pages = {anchor.name: page.number for page in made.pages for anchor in page.anchors}
    for block in made.document.blocks:
        target = getattr(block, "target", None)
        if target is not None:
            yield pages[target]


def test_urls_are_live_and_whole(made: Typeset, written: Path, root: Path) -> None:
    """Ensures that a URL broken over lines still leads where the file says, from each part."""
    issue, _ = read_issue(root / "briefing.yaml")
    wanted = {
        source.url.text
        for section in issue.sections
        for item in section.items
        for source in item.sources
        if source.url is not None
    }
    data = written.read_bytes()
    for url in wanted:
        escaped = url.encode("ascii").replace(b"(", rb"\(").replace(b")", rb"\)")
        assert b"/URI(" + escaped + b")" in data
    assert wanted <= {link.href for page in made.pages for link in page.links}
