"""Edits of a document as an editor makes them in Word, done with python-docx."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

import docx
from docx.oxml.ns import qn
from lxml import etree
from PIL import Image

Edit: TypeAlias = Callable[[Any], None]
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
AUTHOR = {qn("w:id"): "9001", qn("w:author"): "王主任", qn("w:date"): "2026-04-09T09:00:00Z"}


def edited(data: bytes, *edits: Edit) -> bytes:
    """The document with edits made in it."""
    document = docx.Document(io.BytesIO(data))
    for edit in edits:
        edit(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def paragraphs(document: Any) -> Iterator[Any]:
    """The paragraphs of the body, cells included, the contents not."""
    for paragraph in document.element.body.iter(qn("w:p")):
        if not any(parent.tag == qn("w:sdt") for parent in paragraph.iterancestors()):
            yield paragraph


def text_of(paragraph: Any) -> str:
    return "".join(t.text or "" for t in paragraph.iter(qn("w:t")))


def found(document: Any, words: str) -> Any:
    """The first paragraph with these words."""
    return next(p for p in paragraphs(document) if words in text_of(p))


def replaced(old: str, new: str) -> Edit:
    """Other words."""

    def edit(document: Any) -> None:
        for paragraph in paragraphs(document):
            if _replace(list(paragraph.iter(qn("w:t"))), old, new):
                return
        raise LookupError(old)

    return edit


def _replace(texts: Sequence[Any], old: str, new: str) -> bool:
    """Words of a paragraph, which may be parted into several runs; the new ones look like their
    first. Whether they are there."""
    at = "".join(text.text or "" for text in texts).find(old)
    if at < 0:
        return False
    end = at + len(old)
    for text in texts:
        words = text.text or ""
        first, last = max(at, 0), min(end, len(words))
        if first < len(words) and last > 0:
            text.text = words[:first] + (new if at >= 0 else "") + words[last:]
            text.set(SPACE, "preserve")
        at, end = at - len(words), end - len(words)
    return True


def removed(words: str, until: str | None = None) -> Edit:
    """A paragraph is deleted, or all up to one with the words ``until``."""

    def edit(document: Any) -> None:
        paragraph = found(document, words)
        while True:
            following, last = paragraph.getnext(), until is None or until in text_of(paragraph)
            paragraph.getparent().remove(paragraph)
            if last:
                return
            paragraph = following

    return edit


def added(after: str, text: str, style: str | None = None) -> Edit:
    """A paragraph behind another one, in its style or in one of its own; "" is the body's."""

    def edit(document: Any) -> None:
        before = found(document, after)
        paragraph = copy.deepcopy(before)
        for child in list(paragraph):
            if child.tag != qn("w:pPr"):
                paragraph.remove(child)
        if style is not None:
            for child in list(paragraph):
                paragraph.remove(child)
            if style:
                properties = paragraph.makeelement(qn("w:pPr"), {})
                properties.append(properties.makeelement(qn("w:pStyle"), {qn("w:val"): style}))
                paragraph.append(properties)
        run = paragraph.makeelement(qn("w:r"), {})
        inner = run.makeelement(qn("w:t"), {})
        inner.text = text
        run.append(inner)
        paragraph.append(run)
        before.addnext(paragraph)

    return edit


def moved(words: str, after: str, until: str | None = None) -> Edit:
    """A paragraph, or all up to one with the words ``until``, is cut and pasted behind another."""

    def edit(document: Any) -> None:
        group, paragraph = [], found(document, words)
        while True:
            group.append(paragraph)
            if until is None or until in text_of(paragraph):
                break
            paragraph = paragraph.getnext()
        target = found(document, after)
        for one in reversed(group):
            target.addnext(one)

    return edit


def split(words: str) -> Edit:
    """A paragraph is parted before these words, as the Enter key does."""

    def edit(document: Any) -> None:
        first = found(document, words)
        second = copy.deepcopy(first)
        marks = qn("w:bookmarkStart"), qn("w:bookmarkEnd")
        seen = False
        for child in list(first):
            text = child.find(qn("w:t")) if child.tag == qn("w:r") else None
            if not seen and text is not None and words in (text.text or ""):
                text.text = text.text[: text.text.index(words)]
                seen = True
            elif seen and child.tag == qn("w:r"):
                first.remove(child)
        seen = False
        for child in list(second):
            text = child.find(qn("w:t")) if child.tag == qn("w:r") else None
            if not seen and text is not None and words in (text.text or ""):
                text.text = text.text[text.text.index(words) :]
                seen = True
            elif child.tag in marks or (not seen and child.tag != qn("w:pPr")):
                second.remove(child)
        first.addnext(second)

    return edit


def joined(words: str) -> Edit:
    """A paragraph goes on with the one behind it."""

    def edit(document: Any) -> None:
        first = found(document, words)
        second = first.getnext()
        for child in list(second):
            if child.tag != qn("w:pPr"):
                first.append(child)
        second.getparent().remove(second)

    return edit


def _alone(document: Any, words: str) -> Any:
    """The words as a run of their own."""
    for run in list(found(document, words).iter(qn("w:r"))):
        text = run.find(qn("w:t"))
        if text is None or words not in (text.text or ""):
            continue
        before, _, behind = text.text.partition(words)
        middle, last = copy.deepcopy(run), copy.deepcopy(run)
        for one, shown in ((run, before), (middle, words), (last, behind)):
            one.find(qn("w:t")).text = shown
            one.find(qn("w:t")).set(SPACE, "preserve")
        run.addnext(middle)
        middle.addnext(last)
        return middle
    raise LookupError(words)


def bold(words: str) -> Edit:
    """Ctrl-B."""

    def edit(document: Any) -> None:
        run = _alone(document, words)
        properties = run.get_or_add_rPr()
        properties.insert(0, properties.makeelement(qn("w:b"), {}))

    return edit


def plain(words: str) -> Edit:
    """The look of a paragraph's words is taken away."""

    def edit(document: Any) -> None:
        for properties in list(found(document, words).iter(qn("w:rPr"))):
            properties.getparent().remove(properties)

    return edit


def tracked_change(old: str, new: str) -> Edit:
    """Other words, with changes tracked."""

    def edit(document: Any) -> None:
        run = _alone(document, old)
        insertion = run.makeelement(qn("w:ins"), AUTHOR)
        fresh = copy.deepcopy(run)
        fresh.find(qn("w:t")).text = new
        insertion.append(fresh)
        deletion = run.makeelement(qn("w:del"), AUTHOR)
        run.addprevious(deletion)
        deletion.append(run)
        run.find(qn("w:t")).tag = qn("w:delText")
        deletion.addnext(insertion)

    return edit


def in_notes(old: str, new: str) -> Edit:
    """Other words in a footnote."""

    def edit(document: Any) -> None:
        relations = document.part.rels.values()
        part = next(r.target_part for r in relations if r.reltype.endswith("/footnotes"))
        root = etree.fromstring(part.blob)
        assert any(_replace(list(p.iter(qn("w:t"))), old, new) for p in root.iter(qn("w:p")))
        part._blob = etree.tostring(root, encoding="utf-8", xml_declaration=True, standalone=True)

    return edit


def without_bookmarks(document: Any) -> None:
    """What some programs do with a document."""
    for name in ("w:bookmarkStart", "w:bookmarkEnd"):
        for mark in list(document.element.body.iter(qn(name))):
            mark.getparent().remove(mark)


# -- tables, links, notes, pictures ----------------------------------------------------------


def _filled(paragraph: Any, text: str) -> None:
    """The words of a paragraph are others, in the look of its style."""
    for child in list(paragraph):
        if child.tag != qn("w:pPr"):
            paragraph.remove(child)
    run = paragraph.makeelement(qn("w:r"), {})
    run.append(run.makeelement(qn("w:t"), {}))
    run[0].text = text
    paragraph.append(run)


def _with(document: Any, tag: str, words: str) -> Any:
    return next(e for e in document.element.body.iter(qn(tag)) if words in text_of(e))


def new_row(after: str, *texts: str) -> Edit:
    """A row behind the one with these words."""

    def edit(document: Any) -> None:
        above = _with(document, "w:tr", after)
        row = copy.deepcopy(above)
        for cell, text in zip(row.iter(qn("w:tc")), texts, strict=True):
            _filled(cell.find(qn("w:p")), text)
        above.addnext(row)

    return edit


def row_gone(words: str) -> Edit:
    def edit(document: Any) -> None:
        row = _with(document, "w:tr", words)
        row.getparent().remove(row)

    return edit


def new_column(words: str, *texts: str) -> Edit:
    """A column at the right of the table with these words."""

    def edit(document: Any) -> None:
        for row, text in zip(_with(document, "w:tbl", words).iter(qn("w:tr")), texts, strict=True):
            cell = copy.deepcopy(list(row.iter(qn("w:tc")))[-1])
            _filled(cell.find(qn("w:p")), text)
            row.append(cell)

    return edit


def new_table(after: str, *rows: tuple[str, ...]) -> Edit:
    """A table behind a paragraph, as Word makes it."""

    def edit(document: Any) -> None:
        table = document.add_table(len(rows), len(rows[0]))
        for i, row in enumerate(rows):
            for j, text in enumerate(row):
                table.cell(i, j).text = text
        found(document, after).addnext(table._tbl)

    return edit


def linked(words: str, href: str) -> Edit:
    def edit(document: Any) -> None:
        run = _alone(document, words)
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
        identifier = document.part.relate_to(href, kind, is_external=True)
        link = run.makeelement(qn("w:hyperlink"), {qn("r:id"): identifier})
        run.addprevious(link)
        link.append(run)

    return edit


def new_note(words: str, text: str) -> Edit:
    """A footnote behind these words."""

    def edit(document: Any) -> None:
        relations = document.part.rels.values()
        part = next(r.target_part for r in relations if r.reltype.endswith("/footnotes"))
        root = etree.fromstring(part.blob)
        note = copy.deepcopy(root[-1])
        note.set(qn("w:id"), "77")
        first, *others = list(note.iter(qn("w:t")))
        first.text = text
        for mark in (*others, *note.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
            mark.getparent().remove(mark)
        root.append(note)
        part._blob = etree.tostring(root)
        run = _alone(document, words)
        call = run.makeelement(qn("w:r"), {})
        call.append(call.makeelement(qn("w:footnoteReference"), {qn("w:id"): "77"}))
        run.addnext(call)

    return edit


def new_picture(after: str) -> Edit:
    """A picture in a paragraph of its own."""

    def edit(document: Any) -> None:
        buffer = io.BytesIO()
        Image.new("RGB", (60, 40), "green").save(buffer, "PNG")
        buffer.seek(0)
        paragraph = document.add_paragraph()
        paragraph.add_run().add_picture(buffer)
        found(document, after).addnext(paragraph._p)

    return edit
