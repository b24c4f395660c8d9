"""The words of briefing.yaml through the programs that people read PDF with.

What a reader copies must be what was set, character for character, and what was set must be
what the file says. The file is taken here as YAML and Markdown in the plainest way, apart from
brieftex's own readers, so that a word which these lose is missed, too.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pymupdf
import pypdf
import pypdfium2
import pytest
import yaml
from helpers.samples import sample

from brieftex.layout.dump import line_text
from brieftex.layout.page import Page, PlacedLine
from brieftex.pipeline import Typeset

READERS = ("poppler", "poppler-raw", "mupdf", "pdfium", "pdfjs")
"""Poppler in the order of the page (as a viewer's selection goes) and of the content."""

BY_CONTENT = ("poppler-raw", "mupdf", "pdfium", "pdfjs")

# The hyphen that a line's end calls for, as readers give it.
_HYPHENS = "[\u00ad\u0002\ufffe]"


@pytest.fixture(scope="module")
def made() -> Typeset:
    """The sample issue, set in the bundled faces."""
    return sample()


@pytest.fixture(scope="module")
def written(made: Typeset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its PDF as a file."""
    path = tmp_path_factory.mktemp("text") / "briefing.pdf"
    path.write_bytes(made.pdf)
    return path


class Readers:
    """The pages' texts by reader, each read once; a test is skipped where one is missing."""

    def __init__(self, path: Path, root: Path, queries: list[tuple[int, str]]) -> None:
        self.path = path
        self.root = root
        self.queries = queries
        self.known: dict[str, list[str]] = {}
        self.found: list[int] = []

    def pages(self, reader: str) -> list[str]:
        """The text of each page."""
        if reader not in self.known:
            self.known[reader] = list(getattr(self, reader.replace("-", "_"))())
        return self.known[reader]

    def poppler(self, *options: str) -> list[str]:
        program = shutil.which("pdftotext")
        if program is None:
            pytest.skip("pdftotext is not installed")
        command = [program, *options, str(self.path), "-"]
        text = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
        return text.split("\f")[:-1]

    def poppler_raw(self) -> list[str]:
        return self.poppler("-raw")

    def mupdf(self) -> list[str]:
        with pymupdf.open(self.path) as document:
            return [page.get_text() for page in document]

    def pdfium(self) -> list[str]:
        document = pypdfium2.PdfDocument(self.path)
        try:
            return [page.get_textpage().get_text_range() for page in document]
        finally:
            document.close()

    def pdfjs(self) -> list[str]:
        folder = self.root / ".venv/pdfjs"
        node = shutil.which("node")
        if node is None or not (folder / "node_modules/pdfjs-dist").exists():
            pytest.skip("pdf.js needs node and pdfjs-dist: see the Makefile's readers")
        queries = self.path.with_suffix(".json")
        queries.write_text(json.dumps(self.queries), encoding="utf-8")
        script = Path(__file__).with_name("pdfjs.mjs")
        result = subprocess.run(
            [node, script, folder, self.path, queries], capture_output=True, encoding="utf-8",
            check=False,
        )  # fmt: skip
        if "does not support" in result.stderr or "SyntaxError" in result.stderr:
            pytest.skip("this node is too old for pdf.js")
        assert result.returncode == 0, result.stderr
        answer = json.loads(result.stdout)
        self.found = answer["found"]
        return answer["pages"]


@pytest.fixture(scope="module")
def readers(made: Typeset, written: Path, root: Path) -> Readers:
    """All readers of the sample."""
    return Readers(written, root, over_line_ends(made))


def page_lines(page: Page) -> list[PlacedLine]:
    """The set lines of a page in the order of drawing."""
    return [item for item in page.items if isinstance(item, PlacedLine)]


def drawn_text(page: Page) -> str:
    """All that a page shows, readings after the line that they stand above."""
    above = (line for item in page_lines(page) for line in (item.line, item.line.above))
    return bare("".join(line_text(line) for line in above if line is not None))


def bare(text: str) -> str:
    """Without white space, which the page replaces by gaps and line ends, and without the
    nothing that the further lines of an address are copied as."""
    return re.sub(rf"[\s\u200b]|{_HYPHENS}", "", text)


def over_line_ends(made: Typeset) -> list[tuple[int, str]]:
    """Page index and the words around the end of every line that is in the middle of a
    paragraph, of no word that a hyphen parts and without readings, which stand there."""
    found = []
    for page in made.pages:
        lines = [item for item in page_lines(page) if item.artifact is None]
        for one, other in pairwise(lines):
            start, end = line_text(one.line)[-4:], line_text(other.line)[:4]
            follows = one.line.end == other.line.start > 0 and one.line.above is None
            if follows and not re.search(r"[A-Za-z0-9\s/.?&=-]", start[-1] + end[0]):
                found.append((page.number - 1, (start + end).strip()))
    return found


# --- what is read is what was set -----------------------------------------------------------


@pytest.mark.parametrize("reader", [name for name in READERS if name != "pdfjs"])
def test_an_address_is_copied_in_one_piece(reader: str, made: Typeset, readers: Readers) -> None:
    """Ensures that the end of a line leaves no break in a URL. pdf.js has no /ActualText."""
    pages = readers.pages(reader)
    broken = 0
    for page, found in zip(made.pages, pages, strict=True):
        hrefs = [link.href for link in page.links]
        for href in hrefs:
            if href.startswith("http") and href in drawn_text(page):
                broken += hrefs.count(href) > 1
                assert href in found
    assert broken


@pytest.mark.parametrize("reader", READERS)
def test_every_character_is_read_once(reader: str, made: Typeset, readers: Readers) -> None:
    """Ensures that ToUnicode, the order of drawing and the bridged gaps give every character
    once and in its place, and nothing else: no filler, no leader taken for text, no hyphen
    that only the line's end called for."""
    for page, found in zip(made.pages, readers.pages(reader), strict=True):
        drawn = drawn_text(page)
        if reader in BY_CONTENT:
            assert bare(found) == drawn
        else:
            assert sorted(bare(found)) == sorted(drawn)


@pytest.mark.parametrize("reader", READERS)
def test_every_line_is_read_in_one_piece(reader: str, made: Typeset, readers: Readers) -> None:
    """Ensures that no reader takes a gap between Han and Latin text, a stretched line or a
    mark's blank half for a space, nor marks that overlap for two lines; that the spaces of
    the text stay; and that a reader may sort a page by place and still have its lines."""
    for page, found in zip(made.pages, readers.pages(reader), strict=True):
        text = re.sub(_HYPHENS, "", found)
        for item in page_lines(page):
            if item.artifact is None:
                # An em of white is a space to any reader, and PDFium begins a line after a
                # raised note mark when a low mark such as ， follows.
                for part in re.split(r"\u3000|(?<=\])(?=[，。、])", line_text(item.line)):
                    assert part.strip() in text


# --- searching ------------------------------------------------------------------------------


def test_pdfium_finds_words_over_line_ends(made: Typeset, readers: Readers) -> None:
    """Ensures that the lines of a paragraph are one text to a search (Chrome)."""
    document = pypdfium2.PdfDocument(readers.path)
    texts = [page.get_textpage() for page in document]
    queries = over_line_ends(made)
    assert len(queries) > 150
    # Its search fails for characters beyond the first 65,536, wherever they stand.
    lost = [
        query for page, query in queries
        if texts[page].search(query).get_next() is None and max(query) < "\U00010000"
    ]  # fmt: skip
    for text in texts:
        text.close()
    document.close()
    assert lost == []


def test_pdfjs_finds_words_over_line_ends(made: Typeset, readers: Readers) -> None:
    """Ensures the same of Firefox, by its own search."""
    readers.pages("pdfjs")
    queries = over_line_ends(made)
    lost = [query for (_, query), found in zip(queries, readers.found, strict=True) if not found]
    assert lost == []


def without_actual_text(reader: str, path: Path, tool: Callable[[str], str], count: int) -> str:
    """The text of a file's first pages in a reader that knows no /ActualText."""
    if reader == "pypdf":
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages[:count])
    if reader == "pdfminer":
        miner = pytest.importorskip("pdfminer.high_level")
        return str(miner.extract_text(path, maxpages=count))
    if reader == "ghostscript":
        command = [tool("gs"), "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=txtwrite"]
        command += [f"-dLastPage={count}"]
        command += ["-sOutputFile=-", str(path)]
        written = subprocess.run(command, check=True, capture_output=True).stdout
        return written.decode(errors="replace")  # it writes surrogates one by one
    flags = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_IGNORE_ACTUALTEXT  # as before 1.23
    with pymupdf.open(path) as document:
        return "\n".join(page.get_text(flags=flags) for page in document.pages(stop=count))


@pytest.mark.parametrize("reader", ["pypdf", "pdfminer", "ghostscript", "mupdf"])
def test_words_are_found_without_actual_text(
    reader: str, made: Typeset, written: Path, tool: Callable[[str], str]
) -> None:
    """Ensures that a script gap is neither a space nor a filler to the many programs that know
    no /ActualText: 2025年 is found by them. Most are slow, and half of the pages have a hundred
    such places."""
    pages = made.pages[: len(made.pages) // 2]
    read = without_actual_text(reader, written, tool, len(pages))
    drawn = "\n".join(line_text(item.line) for page in pages for item in page_lines(page))
    words = Counter(re.findall("[一-鿿][A-Za-z0-9.]+[一-鿿]", drawn))
    assert words.total() > 80
    lost = {word: count for word, count in words.items() if read.count(word) < count}
    # pdfminer and Ghostscript sort a page by place, and part words of two faces in a title.
    assert sum(lost.values()) <= (10 if reader == "ghostscript" else 0), lost
    assert drawn.count("2025年") == read.count("2025年") > 10


@pytest.mark.parametrize("reader", ["mupdf", "pdfium"])
def test_words_are_found_within_lines(reader: str, made: Typeset, readers: Readers) -> None:
    """Ensures that a search meets no filler inside a line, at script gaps above all."""
    mupdf, pdfium = pymupdf.open(readers.path), pypdfium2.PdfDocument(readers.path)
    lost = []
    for page in made.pages:
        read = pdfium[page.number - 1].get_textpage()
        for item in page_lines(page):
            for query in re.findall("[一-鿿]{2}[A-Za-z0-9]+[一-鿿]{2}", line_text(item.line)):
                if reader == "mupdf":
                    there = bool(mupdf[page.number - 1].search_for(query))
                else:
                    there = read.search(query).get_next() is not None
                lost += [] if there else [query]
        read.close()
    mupdf.close()
    pdfium.close()
    assert lost == []


# --- what was set is what the file says -----------------------------------------------------


def plain(markdown: str) -> Iterator[str]:
    """The paragraphs of a body, without Markdown's signs; ◦ for a note's call."""
    for paragraph in re.split(r"\n+", markdown):
        words = re.sub(r"^\s*(?:#+|>|-|\d+\.|\[\^\w+\]:)\s+", "", paragraph)
        words = re.sub(r"\[([^\]^]+)\]\([^)]*\)", r"\1", words)
        words = re.sub(r"\[\^\w+\]", "◦", words)
        words = re.sub(r"\*+|==", "", words)
        yield from re.findall(r"(?<=\|)[^|{}]+(?=\})", words)  # what is read above a word
        words = re.sub(r"\{([^|{}]+)\|[^|{}]+\}", r"\1", words)
        if words.strip():
            yield words


# Fields that say how, not what; dates and numbers are written out.
_NOT_WORDS = {
    "brieftex", "theme", "contents", "align", "figure", "alt", "page_break", "date", "accessed",
    "number", "total", "copies", "line_breaking", "keep", "allow", "chart",
    "paragraphs",
}  # fmt: skip


def words_of(value: Any, key: str = "") -> Iterator[str]:
    """Every text of the file, whatever field it is in."""
    if key in _NOT_WORDS:
        return
    if isinstance(value, str):
        yield from plain(value)
    elif isinstance(value, list):
        for part in value:
            yield from words_of(part, key)
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from words_of(part, name)


def test_every_word_of_the_file_is_set(made: Typeset, root: Path) -> None:
    """Ensures that no Han character, mark, digit or URL of the file is lost on its way, by
    asking the YAML and the pages, and nothing between."""
    file = yaml.load((root / "briefing.yaml").read_text("utf-8"), yaml.BaseLoader)
    lines = [item.line for page in made.pages for item in page_lines(page) if item.artifact is None]
    above = "".join(line_text(line.above) for line in lines if line.above is not None)
    drawn = bare("".join(map(line_text, lines)) + above)
    words = [bare(part) for part in words_of(file)]
    assert sum(map(len, words)) > 9_000
    lost = []
    for part in words:
        pattern = re.escape(part).replace("◦", r"\[\d+\]")
        if re.search(pattern, drawn) is None and not _in_pieces(pattern, drawn):
            lost.append(part)
    assert lost == []


def _in_pieces(pattern: str, drawn: str) -> bool:
    """Whether a paragraph that goes on behind notes, a figure or a table's rows is there."""
    for cut in range(len(pattern) - 1, 0, -1):
        head, tail = pattern[:cut], pattern[cut:]
        if head.endswith("\\"):
            continue
        found = re.search(head, drawn)
        if found is not None:
            following = re.compile(tail).search(drawn, found.end())
            return following is not None and following.start() - found.end() < 900
    return False
