"""Figures, charts and drawings of two drafts as one: captions, and below these what changed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from msgspec.structs import replace

from brieftex.changes.blocktexts import Art, chart_values, picture_name
from brieftex.changes.edits import Change, TextEdit
from brieftex.changes.texts import GonePlace
from brieftex.changes.told import ToldTexts
from brieftex.document.blocks import FigureBlock, FigureRowBlock, StructureNode
from brieftex.document.changes import PictureSides
from brieftex.document.figures import ChartBlock
from brieftex.document.paragraphs import TextBlock
from brieftex.styled.styles import TextStyle
from brieftex.styled.text import Text, TextRun


class ArtMarker(ToldTexts, frozen=True):
    """Marks figures. ``note_style`` is that of words below those that have no caption."""

    pictures: PictureSides
    note_style: TextStyle

    def art(self, old: Art, new: Art, sort: str) -> Art:
        """A figure, with what changed in it as words below: its values, or that it is another."""
        caption = self.caption(old.caption, new.caption, sort)
        words: list[tuple[str, str, str]] = []
        if isinstance(old, ChartBlock) and isinstance(new, ChartBlock):
            values = chart_values(old), chart_values(new)
            names = dict.fromkeys((*values[0], *values[1]))
            pairs = [(name, *(side.get(name, "") for side in values)) for name in names]
            words = [(name, was, now) for name, was, now in pairs if was != now]
            if (old.kind, old.stacked) != (new.kind, new.stacked):
                words.append(("", "", "图的样式已换"))
        elif picture_name(old, self.pictures.old) != picture_name(new, self.pictures.new):
            words = [("", "", f"{sort}已换" if sort == "外来页" else "图已换")]
        if old.caption is not None and new.caption is None:
            words.append(("题", old.caption.text.text, ""))
        if not words:
            return replace(new, caption=caption)
        if isinstance(new, FigureBlock) and new.whole:  # nowhere to say so on its page
            self.texts.whole(new.node, self.teller.begin())
            self.teller.tell("changed", sort, [TextEdit(Change.ADDED, words[0][2])], "")
            return new
        return replace(new, caption=self._with_note(new, caption, words, sort))

    def row(self, old: FigureRowBlock, new: FigureRowBlock) -> FigureRowBlock:
        """Figures side by side, which are told by their number."""
        caption = self.caption(old.caption, new.caption, "插图")
        names = [
            [picture_name(art, side) for art in row.arts]
            for row, side in ((old, self.pictures.old), (new, self.pictures.new))
        ]
        words = [
            ("", "", f"第{k}幅图已换")
            for k, (was, now) in enumerate(zip_longest(*names), 1) if was != now
        ]  # fmt: skip
        if old.caption is not None and new.caption is None:
            words.append(("题", old.caption.text.text, ""))
        if words:
            caption = self._with_note(new.arts[-1], caption, words, "插图")
        return replace(new, caption=caption)

    def _with_note(
        self, art: Art, caption: TextBlock | None, words: Sequence[tuple[str, str, str]], sort: str
    ) -> TextBlock:
        """The caption of a figure with a line for each thing that changed in it."""
        style = self.note_style if caption is None else caption.style
        base = caption.text if caption is not None else Text("", ())
        if base.runs:
            parent = self.texts.nodes.block(base.runs[0].node)
        else:
            parent = self.texts.nodes.add(StructureNode("Caption", art.node))
        place = 0 if art.span is None else art.span.start
        builder = self.texts.begun(base)
        for name, was, now in words:
            number = self.teller.begin()
            self.texts.whole(art.node, number)
            run, at = TextRun(0, style.char, parent), (place, number)
            lead = ("\n" if builder.length else "") + "〔" + (f"{name}：" if name else "")
            self.texts.add_words(builder, lead, Change.KEPT, run, at)
            self.texts.add_words(builder, was, Change.GONE, run, at)
            self.texts.add_words(builder, now, Change.ADDED, run, at)
            self.texts.add_words(builder, "〕", Change.KEPT, run, at)
            pairs = ((Change.GONE, was), (Change.ADDED, now))
            edits = [TextEdit(change, text) for change, text in pairs if text]
            self.teller.tell("changed", sort, edits, name)
        text = builder.text()
        return TextBlock(text, style) if caption is None else replace(caption, text=text)

    def caption(self, old: TextBlock | None, new: TextBlock | None, sort: str) -> TextBlock | None:
        """A caption with what changed in it."""
        if new is None:
            return None
        return replace(
            new, text=self.text(old.text if old else Text("", ()), new.text, f"{sort}题")
        )

    def gone(self, block: Art, sort: str, place: GonePlace) -> TextBlock:
        """A figure that is gone, in words."""
        said = block.caption.text.text if block.caption is not None else ""
        node = self.texts.nodes.add(StructureNode("P", place.parent))
        style = self.note_style if block.caption is None else block.caption.style
        words = f"〔{sort}〕{said}"
        builder = self.texts.begun(Text("", ()))
        run = TextRun(0, style.char, node)
        self.texts.add_words(builder, words, Change.GONE, run, (place.at, place.entry))
        return TextBlock(builder.text(), style)
