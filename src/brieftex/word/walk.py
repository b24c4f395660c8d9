"""The XML of a document becomes facts, in reading order.

Wrappers are looked through (insertions, links, content controls, smart tags, fields), what is
deleted is left out or, if changes are rejected, what is inserted is; text boxes are read where they
are anchored. Every character that is not taken is listed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from msgspec.structs import replace

from brieftex.diagnostics import Finding, Source, Span
from brieftex.diagnostics.messages import incoming as messages
from brieftex.word.facts import (
    BlockFacts,
    CellFacts,
    Facts,
    Para,
    Run,
    RunKind,
    TableFacts,
    characters,
)
from brieftex.word.frames import is_frame, is_grid, is_ruled, through, turned_elements
from brieftex.word.names import choice_of, integer, local, switched, value, w
from brieftex.word.numbering import Numbering
from brieftex.word.objects import CHUNK, PLACEHOLDER, chunk_words, is_placeholder
from brieftex.word.package import Package
from brieftex.word.runs import ADDED, DELETED, REMOVED, WRAPPERS, RunReader
from brieftex.word.styles import Styles

CONTENTS_TEXT = "目录由程序生成", "the contents are made by the program"
EDGES = "页眉页脚由程序印", "running heads and folios are made by the program"
LOOSE_TEXT = "不在段落里的字，Word 也不显示", "characters outside of paragraphs"
UNCALLED = "没有引用的脚注", "footnotes that nothing calls"
NOTE_BRACKETS = "脚注号的括号由程序印", "brackets around calls of notes are made by the program"
_BRACKETS = ("[]", "【】", "［］", "〔〕", "()", "（）")
_MOST_COLUMNS = 63


class Walker:
    """Walks one document. ``accept``: tracked changes are carried out."""

    def __init__(self, name: str, package: Package, *, accept: bool = True) -> None:
        """Nothing is read yet."""
        self._name = name
        self._package = package
        self._accept = accept
        self._styles = Styles(package)
        self._numbering = Numbering(package)
        self._runs = RunReader(package, self._styles, accept=accept)
        self._lines: list[str] = []
        self._joined: list[Run] = []
        self._frame = self._frames = 0  # the frame that is open, and how many there were
        self._turned = turned_elements(package.document.root.find(w("body")))
        self._notes: dict[str, dict[str | None, Any]] = {}

    def facts(self) -> Facts:
        """Everything that stands in the document."""
        body = self._package.document.root.find(w("body"))
        blocks = [] if body is None else list(self._blocks(body))
        notes = []
        runs = self._runs
        while runs.waiting:
            sort, identifier, label = runs.waiting.pop(0)
            notes.append((label, tuple(self._note(sort, identifier))))
        self._leave_uncalled()
        for part in (self._package.document, *self._package.others.values()):
            if local(part.root) in ("document", "footnotes", "endnotes"):
                text = "".join(runs.unseen(part.root))
                runs.leave(text, LOOSE_TEXT, max(len(self._lines), 1))
        for edge in self._package.edges:
            self._runs.leave(self._runs.text(edge.root), EDGES, max(len(self._lines), 1))
        source = Source(self._name, "\n".join(self._lines))
        return Facts(
            source,
            tuple(blocks),
            tuple(notes),
            tuple(runs.pictures),
            tuple(runs.left),
            tuple(self._findings(source)),
        )

    # -- blocks --------------------------------------------------------------------------

    def _blocks(  # noqa: C901  # one case for each kind of element
        self, parent: Any, *, boxed: bool = False
    ) -> Iterator[BlockFacts]:
        for element in parent:
            name = local(element)
            if name == "p":
                yield from self._paragraph(element, boxed)
            elif name == "tbl":
                yield from self._table(element)
            elif name in ADDED or name in REMOVED:
                if (name in ADDED) == self._accept:
                    yield from self._blocks(element, boxed=boxed)
                else:
                    self._runs.leave(self._runs.text(element), DELETED, max(len(self._lines), 1))
            elif name == "sdt" and self._is_contents(element):
                self._runs.leave(self._runs.text(element), CONTENTS_TEXT, max(len(self._lines), 1))
            elif name == "altChunk":
                words = chunk_words(self._package.document, element)
                self._runs.leave(words, CHUNK, max(len(self._lines), 1))
            elif is_placeholder(element):
                words = self._runs.text(element)
                self._runs.leave(words, PLACEHOLDER, max(len(self._lines), 1))
            elif name in WRAPPERS:
                yield from self._blocks(element, boxed=boxed)
            elif name == "AlternateContent":
                yield from self._blocks(choice_of(element), boxed=boxed)
        if self._joined and not boxed:
            yield from self._ended(None, boxed)

    def _leave_uncalled(self) -> None:
        """List notes that nothing calls."""
        for sort in ("footnote", "endnote"):
            part = self._package.others.get(f"{sort}s")
            for element in () if part is None else part.root:
                if (
                    local(element) == sort
                    and (sort, element.get(w("id"), "")) not in self._runs.labels
                ):
                    self._runs.leave(self._runs.text(element), UNCALLED, max(len(self._lines), 1))

    def _is_contents(self, element: Any) -> bool:
        gallery = element.find(f"{w('sdtPr')}/{w('docPartObj')}/{w('docPartGallery')}")
        return gallery is not None and "Table of Contents" in gallery.get(w("val"), "")

    def _paragraph(self, element: Any, boxed: bool) -> Iterator[BlockFacts]:
        runs = self._runs
        depth = len(runs.boxes)
        number = len(self._lines) + 1
        pieces = list(runs.pieces(element, element, number))
        if self._styles.name(element).startswith(("toc ", "目录 ")):
            self._runs.leave(
                "".join(p.text for p in pieces), CONTENTS_TEXT, max(len(self._lines), 1)
            )
            return
        boxes, runs.boxes[depth:] = runs.boxes[depth:], []
        held, self._joined = self._joined, []
        for box in boxes:
            yield from self._blocks(box, boxed=True)
        self._joined = held + pieces
        mark = element.find(f"{w('pPr')}/{w('rPr')}")
        gone = REMOVED if self._accept else ADDED
        if mark is not None and any(mark.find(w(name)) is not None for name in gone):
            return  # the end of this paragraph is not there: it goes on with the next
        yield from self._ended(element, boxed)

    def _ended(self, element: Any, boxed: bool) -> Iterator[Para]:
        pieces = _merged(self._without_brackets(self._joined))
        self._joined = []
        label = None if element is None else self._label(element, pieces)
        if not pieces:
            return
        self._lines.append("")
        number = len(self._lines)
        facts = Para(number, pieces)
        if element is not None:
            marks = [m.get(w("name"), "") for m in element.iter(w("bookmarkStart"))]
            facts = Para(
                number,
                pieces,
                style=self._styles.name(element),
                outline=self._styles.outline(element),
                align=self._styles.align(element),
                indented=self._styles.is_indented(element),
                label=label,
                boxed=boxed,
                new_page=self._styles.begins_page(element),
                bookmark=next((m for m in marks if m.startswith("brieftex")), ""),
                named=self._styles.named(element),
                plain=self._styles.plain_look(element),
                frame=self._frame,
                turned=self._is_turned(element),
            )
        self._lines[number - 1] = facts.text.replace("\n", " ").replace("\r", " ")
        yield facts

    def _without_brackets(self, pieces: list[Run]) -> list[Run]:
        """Pieces without the raised brackets that stand around the calls of notes."""
        found = list(pieces)
        for k, piece in enumerate(pieces):
            if piece.kind is not RunKind.NOTE or not 0 < k < len(pieces) - 1:
                continue
            before, after = found[k - 1], found[k + 1]
            pair = before.text[-1:] + after.text[:1]
            if pair in _BRACKETS and before.look.raised > 0 < after.look.raised:
                found[k - 1] = replace(before, text=before.text[:-1])
                found[k + 1] = replace(after, text=after.text[1:])
                self._runs.leave(pair, NOTE_BRACKETS, len(self._lines) + 1)
        return found

    def _label(self, element: Any, pieces: tuple[Run, ...]) -> Any:
        found = self._styles.numbering(element)
        if found is None or not pieces:
            return None
        number, level = found
        own = element.find(f"{w('pPr')}/{w('numPr')}/{w('ilvl')}")
        if own is None:
            linked = self._numbering.level_of_style(number, self._styles.style_id(element))
            level = level if linked is None else linked
        return self._numbering.label(number, level)

    def _table(  # noqa: C901  # rows, cells and merges are counted together
        self, element: Any
    ) -> Iterator[BlockFacts]:
        framed = is_frame(element)
        held: list[BlockFacts] = []
        rows: list[list[tuple[int, CellFacts]]] = []
        open_cells: dict[int, tuple[int, int]] = {}  # column → where the cell above stands
        heads = columns = 0
        first = len(self._lines) + 1
        for row in through(element, "tr"):
            if self._is_gone(row.find(f"{w('trPr')}")):
                self._runs.leave(self._runs.text(row), DELETED, max(len(self._lines), 1))
                continue
            cells: list[tuple[int, CellFacts]] = []
            at = integer(value(row.find(w("trPr")), "gridBefore"), 0) or 0
            at = max(0, min(at, _MOST_COLUMNS))
            for cell in through(row, "tc"):
                properties = cell.find(w("tcPr"))
                across = integer(value(properties, "gridSpan"), 1) or 1
                across = max(1, min(across, _MOST_COLUMNS - at))
                merge = None if properties is None else properties.find(w("vMerge"))
                held = list(self._framed(cell) if framed else self._blocks(cell))
                blocks = tuple(_flat(held))
                if merge is not None and merge.get(w("val")) != "restart" and at in open_cells:
                    above, index = open_cells[at]
                    column, old = rows[above][index]
                    rows[above][index] = (
                        column, replace(old, down=old.down + 1, blocks=(*old.blocks, *blocks)),
                    )  # fmt: skip
                else:
                    if merge is not None:
                        open_cells[at] = len(rows), len(cells)
                    else:
                        open_cells.pop(at, None)
                    cells.append((at, CellFacts(blocks, across)))
                at += across
                if at >= _MOST_COLUMNS:
                    break
            columns = max(columns, at)
            if heads == len(rows) and switched(row.find(w("trPr")), "tblHeader"):
                heads += 1
            rows.append(cells)
        if not rows or not columns:
            return
        if columns == 1 and len(rows) == 1:  # around paragraphs and tables, not a table
            yield from held
            return
        if len(self._lines) < first:
            self._lines.append("")
        yield TableFacts(
            first, tuple(tuple(row) for row in rows), columns, heads, is_ruled(element),
            is_grid(element), self._frame, self._is_turned(element),
        )  # fmt: skip

    def _framed(self, cell: Any) -> Iterator[BlockFacts]:
        """The blocks of a cell that is a frame around them."""
        outer, self._frames = self._frame, self._frames + 1
        self._frame = self._frames
        yield from self._blocks(cell)
        self._frame = outer

    def _is_turned(self, element: Any) -> bool:
        """Whether the pages of the section that it is in lie across."""
        if not self._turned:
            return False
        at = element
        while (above := at.getparent()) is not None and local(above) != "body":
            at = above
        return at in self._turned

    def _is_gone(self, properties: Any) -> bool:
        gone = "del" if self._accept else "ins"
        return properties is not None and properties.find(w(gone)) is not None

    def _note(self, sort: str, identifier: str) -> Iterator[Para]:
        part = self._package.others.get(f"{sort}s")
        if sort not in self._notes:
            known = self._notes[sort] = {}
            for element in () if part is None else part.root:
                if local(element) == sort:
                    known.setdefault(element.get(w("id")), element)
        element = self._notes[sort].get(identifier)
        if element is not None:
            runs = self._runs
            before, runs.part = runs.part, part or runs.part
            yield from _flat(list(self._blocks(element)))
            runs.part = before

    # -- accounts ------------------------------------------------------------------------

    def _findings(self, source: Source) -> Iterator[Finding]:
        def span(number: int) -> Span | None:
            return source.line_bounds(number) if 1 <= number <= source.line_count else None

        inserted, deleted = self._runs.inserted, self._runs.deleted
        if inserted or deleted:
            way = ("接受", "accepted", "reject") if self._accept else ("拒绝", "rejected", "accept")
            yield messages.CHANGES_RESOLVED.at(
                span(min(inserted + deleted)), "", inserted=len(inserted), deleted=len(deleted),
                way=way[0], way_en=way[1], other=way[2],
            )  # fmt: skip
        part = self._package.others.get("comments")
        for comment in () if part is None else part.root:
            text = self._runs.text(comment)
            if local(comment) == "comment" and characters(text):
                at = span(self._runs.commented.get(comment.get(w("id"), ""), 0))
                author = comment.get(w("author")) or "无名"
                yield messages.COMMENT_FOUND.at(at, "", author=author, text=text)


def _merged(pieces: list[Run]) -> tuple[Run, ...]:
    """Pieces of one look joined; blanks at both ends of the paragraph dropped."""
    found: list[Run] = []
    texts = RunKind.TEXT
    kept = (p for p in pieces if p.text or p.kind in (RunKind.BREAK, RunKind.PAGE))
    alike: Callable[[Run], object] = lambda p: (  # noqa: E731  # what may be joined
        (p.look, p.href) if p.kind is texts else id(p)
    )
    for _, group in groupby(kept, key=alike):
        first, *others = group
        joined = "".join([first.text, *(other.text for other in others)])
        found.append(replace(first, text=joined) if others else first)
    blank: Callable[[Run], bool] = lambda p: (  # noqa: E731  # asked for at both ends
        p.kind is RunKind.BREAK or (p.kind is texts and not characters(p.text))
    )
    start, end = 0, len(found)
    while start < end and blank(found[start]):
        start += 1
    while start < end and blank(found[end - 1]):
        end -= 1
    found = found[start:end]
    if found and found[0].kind is texts:
        found[0] = replace(found[0], text=found[0].text.lstrip())
    if found and found[-1].kind is texts:
        found[-1] = replace(found[-1], text=found[-1].text.rstrip())
    return tuple(found)


def _flat(blocks: list[BlockFacts]) -> Iterator[Para]:
    """Paragraphs, those of tables within included."""
    for block in blocks:
        if isinstance(block, Para):
            yield block
            continue
        for row in block.rows:
            for _, cell in row:
                yield from cell.blocks


def walk(name: str, package: Package, *, accept: bool = True) -> Facts:
    """The facts of a document; ``accept``: tracked changes are carried out, else undone."""
    return Walker(name, package, accept=accept).facts()
