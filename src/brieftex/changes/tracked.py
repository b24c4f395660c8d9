"""Two drafts as one document of Word with tracked changes, to be accepted or rejected there.

Whoever accepts all has the texts of the new draft, whoever rejects all those of the old, both in
their order. Paragraphs that stand elsewhere are moves (17.13.5.21 to 28). Tables are
tables, each row tracked as a whole or cell by cell; figures and charts are named. The parts of the
package are written here; no library is needed for so few (ECMA-376 Part 1, 17.13.5).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from msgspec import Struct

from brieftex.changes.comparison import LEAST_MOVED, moved_pieces
from brieftex.changes.edits import Change, TextEdit, readable, text_edits
from brieftex.changes.matching import match_parts, match_pieces
from brieftex.changes.parts import IssuePiece, TextPart, pieces_of
from brieftex.model.content import Heading, Table
from brieftex.model.issue import Issue

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STYLES = (
    ("Normal", "Normal", "仿宋", 32, ""),
    ("Title", "Title", "小标宋", 44, '<w:jc w:val="center"/>'),
    ("Heading1", "heading 1", "黑体", 32, '<w:outlineLvl w:val="0"/>'),
    ("Heading2", "heading 2", "楷体", 32, '<w:outlineLvl w:val="1"/>'),
    ("Heading3", "heading 3", "仿宋", 32, '<w:outlineLvl w:val="2"/>'),
)
_DEFAULT = ' w:default="1"'
_LEVELS = {"section": "Heading1", "attachment": "Heading1", "item": "Heading2"}


class _Lone(Struct, frozen=True):
    """A paragraph that is gone or added as a whole, and has moved if there is one of each."""

    change: Change
    text: str
    style: str


class _Tracker:
    """Writes runs and paragraphs; each change has a number, an author and a time."""

    def __init__(self, author: str, time: str) -> None:
        self._said = f"w:author={quoteattr(author)} w:date={quoteattr(time)}"
        self._count = 0

    def paragraph(
        self, edits: Iterable[TextEdit], style: str = "", whole: Change | None = None
    ) -> str:
        """A paragraph; ``whole``: all of it, its end included, is gone or added."""
        properties = f'<w:pStyle w:val="{style}"/>' if style else ""
        if whole is not None and whole is not Change.KEPT:
            properties += f"<w:rPr>{self._mark(whole)}</w:rPr>"
        return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(map(self._run, edits))}</w:p>"

    def moved(self, lone: _Lone, name: str) -> str:
        """A paragraph where it was or where it is now, as one move of this ``name``."""
        side = "moveTo" if lone.change is Change.ADDED else "moveFrom"
        self._count += 3
        mark, run, around = (f'w:id="{self._count - k}" {self._said}' for k in range(3))
        style = f'<w:pStyle w:val="{lone.style}"/>' if lone.style else ""
        text = "</w:t><w:br/><w:t>".join(escape(line) for line in lone.text.split("\n"))
        return (
            f"<w:p><w:pPr>{style}<w:rPr><w:{side} {mark}/></w:rPr></w:pPr>"
            f"<w:{side}RangeStart {around} w:name={quoteattr(name)}/><w:{side} {run}>"
            f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:{side}>'
            f'<w:{side}RangeEnd w:id="{self._count - 2}"/></w:p>'
        )

    def row(self, cells: Iterable[str], whole: Change | None = None) -> str:
        """A row of cells."""
        mark = "" if whole is None else f"<w:trPr>{self._mark(whole)}</w:trPr>"
        return f"<w:tr>{mark}{''.join(cells)}</w:tr>"

    def _mark(self, change: Change) -> str:
        self._count += 1
        name = "ins" if change is Change.ADDED else "del"
        return f'<w:{name} w:id="{self._count}" {self._said}/>'

    def _run(self, edit: TextEdit) -> str:
        text = "</w:t><w:br/><w:t>".join(escape(line) for line in edit.text.split("\n"))
        if edit.change is Change.KEPT:
            return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'
        self._count += 1
        if edit.change is Change.ADDED:
            run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'
            return f'<w:ins w:id="{self._count}" {self._said}>{run}</w:ins>'
        text = text.replace("w:t>", "w:delText>")
        run = f'<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r>'
        return f'<w:del w:id="{self._count}" {self._said}>{run}</w:del>'


def tracked_document(old: Issue, new: Issue, author: str, time: str) -> bytes:
    """The document, whose changes are those of ``author`` at ``time`` (ISO 8601)."""
    tracker = _Tracker(author, time)
    made = list(_pieces(tracker, pieces_of(old), pieces_of(new)))
    moves = _moves(made)
    body = []
    for k, one in enumerate(made):
        if isinstance(one, str):
            body.append(one)
        elif k in moves:
            body.append(tracker.moved(one, moves[k]))
        else:
            edits = [TextEdit(one.change, one.text)]
            body.append(tracker.paragraph(edits, one.style, one.change))
    return _package("".join(body))


def _moves(made: Sequence[str | _Lone]) -> dict[int, str]:
    """The names of moves, by the numbers of the paragraphs at both of their ends."""
    gone: dict[tuple[str, str], list[int]] = {}
    for k, one in enumerate(made):
        if isinstance(one, _Lone) and one.change is Change.GONE:
            gone.setdefault((one.text, one.style), []).append(k)
    found: dict[int, str] = {}
    for k, one in enumerate(made):
        if not isinstance(one, _Lone) or one.change is not Change.ADDED:
            continue
        places = gone.get((one.text, one.style))
        if places and (one.style or len(one.text) >= LEAST_MOVED):
            found[k] = found[places.pop(0)] = f"move{len(found) // 2 + 1}"
    return found


def _pieces(
    tracker: _Tracker, old: Sequence[IssuePiece], new: Sequence[IssuePiece]
) -> Iterator[str | _Lone]:
    """The pieces in the new order; those that are gone or stand elsewhere now behind the one before
    them."""
    same = match_pieces(old, new)
    moved = moved_pieces(old, new, same)
    pairs = {i: j for i, j in same if j not in moved}
    partner = {j: i for i, j in pairs.items()}
    done: set[int] = set()
    for j, piece in enumerate(new):
        i = partner.get(j)
        if i is None:
            yield from _whole(tracker, piece, Change.ADDED)
            continue
        yield from _title(tracker, old[i].title, piece)
        yield from _parts(tracker, old[i].parts, piece.parts)
        done.add(i)
        while i + 1 < len(old) and i + 1 not in pairs and i + 1 not in done:
            i += 1
            done.add(i)
            yield from _whole(tracker, old[i], Change.GONE)
    for i, piece in enumerate(old):
        if i not in done:
            yield from _whole(tracker, piece, Change.GONE)


def _title(tracker: _Tracker, was: str, piece: IssuePiece) -> Iterator[str]:
    style = _LEVELS.get(piece.sort)
    if style is not None and (was or piece.title):
        yield tracker.paragraph(readable(text_edits(was, piece.title)), style)


def _whole(tracker: _Tracker, piece: IssuePiece, change: Change) -> Iterator[str | _Lone]:
    style = _LEVELS.get(piece.sort)
    if style is not None and piece.title:
        yield _Lone(change, piece.title, style)
    for part in piece.parts:
        yield _part(tracker, part, change)


def _parts(
    tracker: _Tracker, old: Sequence[TextPart], new: Sequence[TextPart]
) -> Iterator[str | _Lone]:
    for i, j in match_parts(old, new):
        if i is None or j is None:
            part, change = (new[j], Change.ADDED) if j is not None else (old[i or 0], Change.GONE)
            yield _part(tracker, part, change)
            continue
        one, two = old[i], new[j]
        if isinstance(one.block, Table) and isinstance(two.block, Table):
            yield _tables(tracker, one.block, two.block)
        else:
            yield tracker.paragraph(readable(text_edits(_said(one), _said(two))), _style(two))


def _part(tracker: _Tracker, part: TextPart, change: Change) -> str | _Lone:
    if isinstance(part.block, Table):
        rows = [
            tracker.row(
                [place.cell(tracker.paragraph([TextEdit(change, place.text)])) for place in row],
                change,
            )
            for row in _rows(part.block)
        ]
        return _table(rows, len(part.block.align)) + tracker.paragraph([], whole=change)
    return _Lone(change, _said(part), _style(part))


def _tables(tracker: _Tracker, old: Table, new: Table) -> str:
    before, after = _rows(old), _rows(new)
    sides = [
        [TextPart("行", "|".join(place.text for place in row), None) for row in rows]
        for rows in (before, after)
    ]
    rows = []
    for i, j in match_parts(*sides):
        if i is not None and j is not None and len(before[i]) == len(after[j]):
            pairs = zip(before[i], after[j], strict=True)
            rows.append(tracker.row([
                now.cell(tracker.paragraph(readable(text_edits(was.text, now.text))))
                for was, now in pairs
            ]))  # fmt: skip
            continue
        for change, row in (
            (Change.GONE, None if i is None else before[i]),
            (Change.ADDED, None if j is None else after[j]),
        ):
            if row is not None:
                cells = [
                    place.cell(tracker.paragraph([TextEdit(change, place.text)])) for place in row
                ]
                rows.append(tracker.row(cells, change))
    columns = max(len(old.align), len(new.align))
    return _table(rows, columns) + tracker.paragraph([])


class _Place(Struct, frozen=True):
    """A cell of Word's: its text, the columns it spans, and whether a cell of several rows begins
    in it (``restart``) or goes on (``continue``)."""

    text: str
    across: int
    merge: str = ""

    def cell(self, paragraph: str) -> str:
        """The cell with this paragraph (ECMA-376 Part 1, 17.4.17 and 17.4.84)."""
        span = f'<w:gridSpan w:val="{self.across}"/>' if self.across > 1 else ""
        merge = f'<w:vMerge w:val="{self.merge}"/>' if self.merge else ""
        properties = f"<w:tcPr>{span}{merge}</w:tcPr>" if span or merge else ""
        return f"<w:tc>{properties}{paragraph}</w:tc>"


def _rows(table: Table) -> list[list[_Place]]:
    rows: list[list[tuple[int, _Place]]] = [[] for _ in table.lines]
    for r, row in enumerate(table.lines):
        for cell in row:
            merge = "restart" if cell.rowspan > 1 else ""
            rows[r].append((cell.column, _Place(cell.inline.text, cell.colspan, merge)))
            for below in rows[r + 1 : r + cell.rowspan]:
                below.append((cell.column, _Place("", cell.colspan, "continue")))
    return [[place for _, place in sorted(row, key=lambda entry: entry[0])] for row in rows]


def _table(rows: Sequence[str], columns: int) -> str:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = f"<w:tblGrid>{'<w:gridCol/>' * columns}</w:tblGrid>"
    properties = f"<w:tblPr><w:tblBorders>{sides}</w:tblBorders></w:tblPr>"
    return f"<w:tbl>{properties}{grid}{''.join(rows)}</w:tbl>"


def _said(part: TextPart) -> str:
    """The text of a block; of a field and of what is no text, with its name."""
    if "·" in part.sort:
        return f"{part.sort.partition('·')[2]}：{part.text}"
    if part.sort in (
        "插图", "图表", "另起一页", "来源", "供稿", "提要", "表格单位", "表注", "资料来源",
    ):  # fmt: skip
        return f"{part.sort}：{part.text}"
    return part.text


def _style(part: TextPart) -> str:
    if part.sort == "标题":
        return "Title"
    return "Heading3" if isinstance(part.block, Heading) else ""


def _package(body: str) -> bytes:
    """The file; the same bytes for the same body."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{identifier}"'
        f"{_DEFAULT * (identifier == 'Normal')}>"
        f'<w:name w:val="{name}"/><w:pPr>{properties}</w:pPr><w:rPr><w:rFonts w:ascii="{face}" '
        f'w:hAnsi="{face}" w:eastAsia="{face}"/><w:sz w:val="{size}"/></w:rPr></w:style>'
        for identifier, name, face, size, properties in _STYLES
    )
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{sort}+xml"/>'
        for name, sort in (("document", "document.main"), ("styles", "styles"))
    )
    relations = f'<Relationships xmlns="{_PACKAGE}/relationships">{{}}</Relationships>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{overrides}</Types>",
        "_rels/.rels": relations.format(
            f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        ),
        "word/_rels/document.xml.rels": relations.format(
            f'<Relationship Id="r1" Type="{_OFFICE}/styles" Target="styles.xml"/>'
        ),
        "word/styles.xml": f'<w:styles xmlns:w="{_W}">{styles}</w:styles>',
        "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>',
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            archive.writestr(entry, (_HEAD + text).encode(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
