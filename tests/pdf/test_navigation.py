"""Ways through the sample issue: bookmarks, page labels and links, as other readers see them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, TypeAlias

import pikepdf
import pymupdf
import pypdfium2
import pytest
from helpers.samples import sample
from pypdf import PdfReader

from brieftex.pipeline import Typeset, typeset


@pytest.fixture(scope="module")
def made() -> Typeset:
    """The sample issue, set in the bundled faces."""
    return sample()


@pytest.fixture(scope="module")
def document(made: Typeset) -> Iterator[pymupdf.Document]:
    """The sample in MuPDF."""
    with pymupdf.open(stream=made.pdf) as opened:
        yield opened


def around(document: pymupdf.Document, page: int, y: float) -> str:
    """What stands on a page from just above height y on, without white space."""
    sheet = document[page]
    area = pymupdf.Rect(0, y - 2, sheet.rect.width, sheet.rect.height)
    return re.sub(r"\s", "", sheet.get_text(clip=area))


Way: TypeAlias = tuple[int, str, dict[str, Any]]
"""A link inside a document: page index, the words on it, the link."""


def internal(document: pymupdf.Document) -> Iterator[Way]:
    """Every link inside the document."""
    for index, page in enumerate(document):
        text = page.get_textpage()
        for link in page.get_links():
            if link["kind"] == pymupdf.LINK_GOTO:
                yield index, re.sub(r"\s", "", page.get_textbox(link["from"], text)), link


@pytest.fixture(scope="module")
def links(document: pymupdf.Document) -> tuple[Way, ...]:
    """Those of the sample: to find the words on each, MuPDF's Python walks through all
    characters of its page."""
    return tuple(internal(document))


def test_bookmarks_are_the_numbered_headings(made: Typeset, document: pymupdf.Document) -> None:
    """Ensures that each bookmark carries its number, lies below its section, and opens where
    its heading stands; PDFium and pypdf agree."""
    toc = document.get_toc(simple=False)
    top = [title for level, title, *_ in toc if level == 1]
    assert {"一、各方动态", "二、调查与案例", "三、思考与建言"} <= set(top)
    assert sum(level == 2 and bool(re.match(r"\d\.", title)) for level, title, *_ in toc) >= 7
    for _, title, page, target in toc:
        words = re.sub(r"\s", "", title)
        there = around(document, page - 1, target["to"].y)
        # The masthead with the title is one piece.
        assert there.startswith(words[:12]) or (page == 1 and words in there), title
    titles = [title for _, title, *_ in toc]
    pdfium = pypdfium2.PdfDocument(made.pdf)
    assert [entry.get_title() for entry in pdfium.get_toc()] == titles
    pdfium.close()

    def flat(entries: list[Any]) -> Iterator[str]:
        for entry in entries:
            yield from flat(entry) if isinstance(entry, list) else [entry.title]

    assert list(flat(PdfReader(BytesIO(made.pdf)).outline)) == titles


def test_page_labels_are_the_folios(made: Typeset, document: pymupdf.Document) -> None:
    """Ensures that the number a viewer shows is the number that is printed."""
    reader = PdfReader(BytesIO(made.pdf))
    assert reader.page_labels == [page.get_label() for page in document]
    for page in document:
        assert f"第{page.get_label()}页" in re.sub(r"\s", "", page.get_text())


def test_contents_lead_to_what_they_name(
    document: pymupdf.Document, links: tuple[Way, ...]
) -> None:
    """Ensures that every entry is active from its words to its number, and that both lead to
    its heading, on the page of that number."""
    entries = [entry for entry in links if entry[0] == 0]
    names = [(words, link) for _, words, link in entries if not words.isdigit()]
    numbers = [(words, link) for _, words, link in entries if words.isdigit()]
    assert len(names) >= 11
    targets = {(link["page"], link["to"].y) for _, link in names}
    assert targets == {(link["page"], link["to"].y) for _, link in numbers}
    for words, link in numbers:
        assert int(words) == link["page"] + 1
    for words, link in names:
        there = around(document, link["page"], link["to"].y)
        assert words[:6] in there[:40], words


def test_notes_and_calls_lead_to_each_other(
    document: pymupdf.Document, links: tuple[Way, ...]
) -> None:
    """Ensures that a call in the text leads to its note at the foot of the page, and the
    note's number back to the line of the call."""
    marks = [entry for entry in links if re.fullmatch(r".*\[\d+\].*", entry[1])]
    ways: dict[str, list[tuple[int, Any]]] = {}
    for page, words, link in marks:
        ways.setdefault(re.findall(r"\[\d+\]", words)[0], []).append((page, link))
    assert len(ways) >= 4
    for mark, ((_, there), (_, back)) in ways.items():
        note = around(document, there["page"], there["to"].y)
        assert note.startswith(mark)
        call = around(document, back["page"], back["to"].y)[:80]
        assert mark in call
        assert not call.startswith(mark)


def test_links_say_where_they_lead(made: Typeset) -> None:
    """Ensures that a screen reader has words for every link: the title, the note, the
    address."""
    with pikepdf.open(BytesIO(made.pdf)) as pdf:
        said = [str(link.Contents) for page in pdf.pages for link in page.get("/Annots", [])]
    assert not [words for words in said if words.startswith("#") or not words]
    assert "一、各方动态" in said
    assert "脚注1" in said
    assert any(words.startswith("https://") for words in said)


def test_the_list_of_attachments_leads_to_them(root: Path, tmp_path: Path) -> None:
    """Ensures that 附件 named after the text are a click away, one or several."""
    text = (root / "tests/pdf/official.yaml").read_text("utf-8")
    for count in (1, 3):
        parts = "".join(f"\n  - title: 第{k}个附件\n    body: 内容。" for k in range(1, count + 1))
        path = tmp_path / "issue.yaml"
        bare = re.sub(r"(?m)^attachments:\n(?:[ \n].*\n)*", "", text)
        path.write_text(bare + f"\nattachments:{parts}\n", encoding="utf-8")
        pdf = typeset(path, theme="official", bundled_fonts=True).pdf
        with pymupdf.open(stream=pdf) as opened:
            found = [(words, link) for _, words, link in internal(opened) if "个附件" in words]
            assert len(found) == count
            for words, link in found:
                name = re.findall(r"第\d个附件", words)[0]
                assert name in around(opened, link["page"], link["to"].y)
