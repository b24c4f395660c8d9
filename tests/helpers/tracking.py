"""Tracked changes of a document of Word carried out or undone, without the code that made them:
what ECMA-376 Part 1, 17.13.5 says about each element, and nothing else."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_TAKEN = {True: ("del", "moveFrom"), False: ("ins", "moveTo")}
_KEPT = {True: ("ins", "moveTo"), False: ("del", "moveFrom")}


class _Word:
    def __init__(self, data: bytes, *, accept: bool) -> None:
        self.files = zipfile.ZipFile(io.BytesIO(data))
        self.names = set(self.files.namelist())
        self.accept = accept
        self.gone = {W + name for name in _TAKEN[accept]}
        self.kept = {W + name for name in _KEPT[accept]}
        self.links = self._relations("document")
        self.note_links = self._relations("footnotes")
        notes = ET.fromstring(self.files.read("word/footnotes.xml"))
        self.notes = {n.get(f"{W}id"): n for n in notes if n.get(f"{W}type") is None}

    def _relations(self, part: str) -> dict[str, str]:
        name = f"word/_rels/{part}.xml.rels"
        if name not in self.names:
            return {}
        return {one.get("Id", ""): one.get("Target", "") for one in
                ET.fromstring(self.files.read(name))}  # fmt: skip

    def root(self, name: str) -> ET.Element:
        return ET.fromstring(self.files.read(f"word/{name}.xml"))

    # what blocks say: paragraphs as (style, characters), rows as ("row", cells)
    def blocks(self, parent: ET.Element, links: dict[str, str]) -> list[Any]:
        found: list[Any] = []
        begun: list[Any] | None = None  # the content of paragraphs whose end is taken away
        for child in parent:
            if child.tag == f"{W}p":
                content = list(_without_values(self.content(child, links)))
                look = child.find(f"{W}pPr/{W}rPr")
                ended = look is None or not any(mark.tag in self.gone for mark in look)
                held = [*(begun or []), *content]
                if ended:
                    found.append((self.style(child), held))
                    begun = None
                else:
                    begun = held
            elif child.tag == f"{W}tbl":
                assert not begun, "text before a table has lost the end of its paragraph"
                begun = None
                rows = [self.row(row, links) for row in child.findall(f"{W}tr")]
                found += [row for row in rows if row is not None]
            elif child.tag == f"{W}sectPr":
                assert not begun, "the last paragraph has lost its end"
        assert not begun
        return found

    def row(self, row: ET.Element, links: dict[str, str]) -> Any:
        marks = row.find(f"{W}trPr")
        if marks is not None and any(mark.tag in self.gone for mark in marks):
            return None
        cells = []
        for cell in row.findall(f"{W}tc"):
            held = cell.find(f"{W}tcPr")
            spans = [held.find(W + name) for name in ("gridSpan", "vMerge")]
            spans = ["" if one is None else one.get(f"{W}val") for one in spans]
            cells.append((spans, self.blocks(cell, links)))
        return "row", cells

    def style(self, paragraph: ET.Element) -> str:
        held = paragraph.find(f"{W}pPr")
        if held is not None and not self.accept and held.find(f"{W}pPrChange/{W}pPr") is not None:
            held = held.find(f"{W}pPrChange/{W}pPr")
        found = None if held is None else held.find(f"{W}pStyle")
        return "" if found is None else found.get(f"{W}val", "")

    def content(self, parent: ET.Element, links: dict[str, str], link: str = "") -> Iterator[Any]:
        for child in parent:
            if child.tag in self.gone:
                continue
            if child.tag in self.kept:
                yield from self.content(child, links, link)
            elif child.tag == f"{W}hyperlink":
                target = links.get(child.get(f"{R}id", "")) or "#"
                yield from self.content(child, links, target)
            elif child.tag == f"{W}fldSimple":
                yield "field", (child.get(f"{W}instr") or "").split()[:2], link
            elif child.tag == f"{W}r":
                yield from self.run(child, link)

    def run(  # noqa: C901  # one case for each element
        self, run: ET.Element, link: str
    ) -> Iterator[Any]:
        look = run.find(f"{W}rPr")
        if look is not None and not self.accept and look.find(f"{W}rPrChange/{W}rPr") is not None:
            look = look.find(f"{W}rPrChange/{W}rPr")
        said = ""
        for one in look if look is not None else ():
            values = sorted(v for k, v in one.items() if k != f"{W}hint")
            beside = one.tag in (f"{W}rPrChange", f"{W}spacing")  # closeness is of its line
            if not beside and (values or one.tag != f"{W}rFonts"):
                said += f"{one.tag.removeprefix(W)}{values}"
        for child in run:
            name = child.tag.removeprefix(W)
            if name in ("t", "delText"):
                for char in child.text or "":
                    yield {"\t": "tab", "\n": "br"}.get(char, char), said, link
            elif name in ("br", "tab"):
                yield name, said, link
            elif name == "footnoteReference":
                note = self.notes[child.get(f"{W}id")]
                yield "note", [c for _, p in self.blocks(note, self.note_links) for c in p], said
            elif name == "ruby":
                yield "ruby", [t.text for t in child.iter(f"{W}t")], said
            elif name == "drawing":
                ids = re.findall(r'embed="(\w+)"', ET.tostring(child, encoding="unicode"))
                yield "picture", [self.files.read(f"word/{self.links[i]}") for i in ids]
            elif name == "fldChar":
                yield "fldChar", child.get(f"{W}fldCharType")
            elif name in ("instrText", "delInstrText"):
                yield "field", (child.text or "").split()[:2], link


def word_blocks(data: bytes, *, accept: bool = True) -> list[Any]:
    """What a document says when its changes are accepted or rejected: paragraphs with the style of
    each, characters with look and link, notes, pictures, tables by rows; no fields' values."""
    word = _Word(data, accept=accept)
    body = word.root("document")[0]
    edges = sorted(n[5:-4] for n in word.names if re.match(r"word/(header|footer)\d", n))
    return [word.blocks(body, word.links),
            *(word.blocks(word.root(name), {}) for name in edges)]  # fmt: skip


def _without_values(content: Iterator[Any]) -> Iterator[Any]:
    """A field of runs says its value as well, which one of an element does not show here."""
    inside = False
    for one in content:
        if one[0] == "fldChar":
            inside = one[1] == "separate"
        elif not inside:
            yield one


def assert_well_made(data: bytes) -> None:
    """Numbers of changes, bookmarks and pictures are each used once, relations lead somewhere, and
    what belongs together stands together."""
    files = zipfile.ZipFile(io.BytesIO(data))
    seen: set[str] = set()
    for name in files.namelist():
        if not name.endswith((".xml", ".rels")):
            continue
        root = ET.fromstring(files.read(name))
        if not name.startswith("word/"):
            continue
        text = files.read(name).decode()
        for one in root.iter():
            tag = one.tag.removeprefix(W)
            if tag in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tcPrChange",
                       "moveFromRangeStart", "moveToRangeStart"):  # fmt: skip
                number = one.get(f"{W}id")
                assert number not in seen, (name, tag, number)
                seen.add(number)
                assert one.get(f"{W}author")
                assert one.get(f"{W}date")
            if tag == "del":
                assert not list(one.iter(f"{W}t")) or list(one.iter(f"{W}ruby")), name
            if tag == "ins":
                assert not list(one.iter(f"{W}delText")), name
        if name == "word/document.xml":
            links = set(re.findall(r'Id="(\w+)"', files.read("word/_rels/document.xml.rels")
                                   .decode()))  # fmt: skip
            assert set(re.findall(r'r:(?:id|embed)="(\w+)"', text)) <= links
            starts = re.findall(r'<w:bookmarkStart w:id="(\d+)"', text)
            assert len(starts) == len(set(starts))
            for side in ("From", "To"):
                begun = re.findall(rf'<w:move{side}RangeStart w:id="(\d+)"', text)
                assert begun == re.findall(rf'<w:move{side}RangeEnd w:id="(\d+)"', text)
            names = [sorted(re.findall(rf'<w:move{side}RangeStart [^>]*w:name="(\w+)"', text))
                     for side in ("From", "To")]  # fmt: skip
            assert names[0] == names[1]
            assert len(set(names[0])) == len(names[0])
            lists = set(re.findall(r'<w:num w:numId="(\d+)"', files.read("word/numbering.xml")
                                   .decode()))  # fmt: skip
            assert set(re.findall(r'<w:numId w:val="([1-9]\d*)"', text)) <= lists
