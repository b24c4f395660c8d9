"""The list of changes that stands before the pages: each with its page and line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from brieftex.changes.blocktexts import half_cells
from brieftex.changes.comparison import Difference
from brieftex.changes.edits import Change, TextEdit
from brieftex.changes.nodes import NodeList
from brieftex.changes.report import CHANGE_KINDS, NAMED_PARTS, excerpts, swapped
from brieftex.changes.texts import TextMarker
from brieftex.document.blocks import Block, Document, StructureNode
from brieftex.document.changes import ChangeMarks
from brieftex.document.paragraphs import TextBlock
from brieftex.document.tables import Cell, TableBlock, TableWidth
from brieftex.model.theme import Theme
from brieftex.styled.builder import TextBuilder
from brieftex.styled.styles import Align, CharStyle
from brieftex.styled.text import Text, TextRun
from brieftex.units import Sp

LIST_ANCHOR = "changes"
LIST_TITLE = "改动一览"

_HEADS = ("序", "页", "行", "改动", "内容")

_AROUND = 6
"""Characters of what is kept that are shown on both sides of a change."""

_MANY = 40
"""Changes from which on the list is set smaller."""

_LONGEST = 60
"""Characters of what was added or is gone that are shown, half at each end."""


def change_list(
    entries: Sequence[Difference],
    places: Mapping[int, tuple[int, int, Sp]],
    document: Document,
    theme: Theme,
    names: tuple[str, str],
) -> Document:
    """The list of ``entries`` as a document, whose nodes go on from those of ``document``.

    ``places`` give the page and the line of each, ``names`` are those of the old and the new draft.
    """
    nodes = NodeList((), document.nodes)
    made = _List(nodes, theme)
    blocks: list[Block] = [made.title(), made.summary(entries, names), made.legend()]
    if entries:
        order = sorted(range(len(entries)), key=lambda k: (places.get(k, (1 << 30, 0, 0))[::2], k))
        blocks.append(
            made.table([(entries[k], places.get(k)) for k in order], document.page.type_area.width)
        )
    furniture = replace(
        document.furniture, head=("", "", ""), folio=("", "", ""), sections=(), head_rule=0
    )
    finish = document.finish
    if finish is not None:
        finish = replace(finish, line_numbers=replace(finish.line_numbers, every=0))
    return replace(
        document,
        blocks=tuple(blocks),
        notes=(),
        nodes=tuple(nodes.nodes),
        outline=(),
        furniture=furniture,
        foot=None,
        with_contents=None,
        finish=finish,
        pieces=(),
        changes=ChangeMarks({}),
    )


class _List:
    """The list in the making."""

    def __init__(self, nodes: NodeList, theme: Theme) -> None:
        self.nodes = nodes
        self.theme = theme
        self.texts = TextMarker(theme.finish.changes, nodes)
        self.part = nodes.add(StructureNode("Sect", 0))

    def title(self) -> TextBlock:
        """The heading."""
        style = self.theme.styles["contents_heading"]
        node = self.nodes.add(StructureNode("H1", self.part))
        return TextBlock(self._plain(LIST_TITLE, style.char, node), style, LIST_ANCHOR)

    def summary(self, entries: Sequence[Difference], names: tuple[str, str]) -> TextBlock:
        """Which drafts were compared, and how many changes of each sort there are."""
        counts = Counter(entry.kind for entry in entries)
        parts = [f"{CHANGE_KINDS[kind][0]} {counts[kind]}" for kind in CHANGE_KINDS if counts[kind]]
        total = f"共 {len(entries)} 处改动" + (f"：{'，'.join(parts)}" if parts else "")
        return self._paragraph([(Change.KEPT, f"旧稿：{names[0]}\n新稿：{names[1]}\n{total}。")])

    def legend(self) -> TextBlock:
        """How changes are shown."""
        return self._paragraph([
            (Change.KEPT, "图例："), (Change.ADDED, "增加的字"), (Change.KEPT, "　"),
            (Change.GONE, "删去的字"), (Change.KEPT, "　"), (None, "字样改了的字"),
            (Change.KEPT, "　页边单线：这几行有改动　页边双线：从别处移来。"),
            (Change.KEPT, "“行”从每页正文第一行数起。"),
        ])  # fmt: skip

    def table(
        self, rows: Sequence[tuple[Difference, tuple[int, int, Sp] | None]], measure: Sp
    ) -> TableBlock:
        """A row for each change. Columns are not measured: there may be thousands of rows."""
        rules, style = self.theme.tables, self.theme.styles["table"]
        half, note = self.theme.page.leading // 2, self.theme.styles["note"].char.size
        if half * 6 >= style.char.size * 7:  # two lines take two of the page, and four, too
            style = replace(style, leading=half)
        if len(rows) > _MANY:  # two lines in one of the page
            close = half - rules.padding // 2
            style = replace(
                style, leading=close, char=replace(style.char, size=min(note, close * 6 // 7))
            )
        table = self.nodes.add(StructureNode("Table", self.part))
        head = replace(style.char, font=rules.header)
        row = self.nodes.add(StructureNode("TR", table))
        header = tuple(
            Cell(self._plain(words, head, self._cell("TH", row)), k, align=Align.CENTER)
            for k, words in enumerate(_HEADS)
        )
        above = ("", *(entry.piece for entry, _ in rows))
        made = tuple(
            self._row(
                number, entry, place, style.char, table, same=entry.piece == above[number - 1]
            )
            for number, (entry, place) in enumerate(rows, 1)
        )
        em = style.char.size
        widths = [
            2 * rules.padding
            + em // 4
            + max(em * half_cells(row[k].text.text) // 2 for row in (header, *made))
            for k in range(len(_HEADS) - 1)
        ]
        widths.append(measure - sum(widths))
        return TableBlock(
            None, (header,), made, (*[Align.CENTER] * 4, Align.LEFT), style, rules.padding,
            rules.heavy, rules.light, rules.grid, rules.color, rules.least_size,
            tuple(map(TableWidth, widths)), settled=True,
        )  # fmt: skip

    def _row(  # noqa: PLR0913  # all that a row shows
        self,
        number: int,
        entry: Difference,
        place: tuple[int, int, Sp] | None,
        char: CharStyle,
        table: int,
        *,
        same: bool,
    ) -> tuple[Cell, ...]:
        """The cells of a change in the ``same`` piece as the one above it, or in another."""
        row = self.nodes.add(StructureNode("TR", table))
        page, line = ("—", "—") if place is None else (str(place[0]), str(place[1] or "—"))
        kind = f"{CHANGE_KINDS[entry.kind][0]}·{entry.sort}"
        cells = [
            Cell(self._plain(words, char, self._cell("TD", row)), k)
            for k, words in enumerate((str(number), page, line, kind))
        ]
        run = TextRun(0, char, self._cell("TD", row))
        return (*cells, Cell(self._marked(list(_said(entry, same=same)), run), len(cells)))

    def _cell(self, role: str, row: int) -> int:
        scope = "Column" if role == "TH" else None
        return self.nodes.add(StructureNode(role, row, scope=scope))

    def _paragraph(self, parts: Sequence[tuple[Change | None, str]]) -> TextBlock:
        style = replace(
            self.theme.styles["note"], indent=0, hang=0, left=0, after=self.theme.page.leading // 3
        )
        run = TextRun(0, style.char, self.nodes.add(StructureNode("P", self.part)))
        return TextBlock(self._marked(parts, run), style)

    def _plain(self, words: str, char: CharStyle, node: int) -> Text:
        return Text(words, (TextRun(len(words), char, node),))

    def _marked(self, parts: Sequence[tuple[Change | None, str]], run: TextRun) -> Text:
        """A text of these parts; None for words that look otherwise now."""
        builder = TextBuilder()
        other = replace(run, style=replace(run.style, color=self.texts.look.moved))
        for change, words in parts:
            look = other if change is None else run
            self.texts.add_words(builder, words, change or Change.KEPT, look, (0, -1))
        return builder.text()


def _said(entry: Difference, *, same: bool) -> Iterator[tuple[Change, str]]:
    """What a row says: in which piece, where in it, and how the words changed."""
    where = entry.piece if entry.piece in NAMED_PARTS else f"《{entry.piece}》" * bool(entry.piece)
    where = "同上" if same and len(where) > len("同上") else where
    where += f"（{entry.detail}）" if entry.detail else ""
    yield Change.KEPT, f"{where}{'：' * bool(entry.edits)}"
    for edit in excerpts(entry.edits, _AROUND):
        yield edit.change, _short(edit).replace("{pages}", "…")
    yield Change.KEPT, swapped(entry)


def _short(edit: TextEdit) -> str:
    words = edit.text.replace("\n", " ")
    half = _LONGEST // 2
    if edit.change is Change.KEPT or len(words) <= _LONGEST + 1:
        return words
    return f"{words[:half]}……{words[-half:]}"
