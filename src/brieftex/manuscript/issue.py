"""The issue file as what must be printed: a second reading, by PyYAML's own loader.

In: the text of the file. Out: ``Manuscript``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import yaml

from brieftex.manuscript.attached import attached_title
from brieftex.manuscript.prose import labels_called, passages_of
from brieftex.manuscript.tables import table_passages
from brieftex.manuscript.tokens import (
    Image,
    Token,
    bare,
    contents_title,
    marked,
    names_in,
    plain,
    titled,
)
from brieftex.manuscript.values import Scalars, block_record, exactly, items_of, unlabelled
from brieftex.manuscript.written import (
    OF_ALT,
    OF_AMOUNT,
    OF_CAPTION,
    OF_CATEGORY,
    OF_FIELD,
    OF_HEADING,
    OF_NOTE,
    OF_TEXT,
    Manuscript,
    Printing,
    WrittenChart,
    WrittenFigure,
    WrittenText,
    YamlText,
)
from brieftex.patterns import late

_DAY = late(r"(\d{4})\D+(\d{1,2})\D+(\d{1,2})")
_UNKNOWN = frozenset(("", "-", "—", "——", "–", "…", "……", "/"))

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_written(
    text: str, printing: Printing, printed: Callable[[Sequence[Token]], bool]
) -> Manuscript:
    """What the file says; ``printed`` tells whether there is a note of just these tokens.

    Nothing of what is no YAML: it has been read before.
    """
    shift = len(text) - len(text.lstrip("\ufeff"))
    try:
        root = yaml.compose(text[shift:], Loader=Loader)
    except yaml.YAMLError:
        return Manuscript()
    reader = _Reader(text, shift, printing, printed)
    if isinstance(root, yaml.MappingNode):
        reader.issue(root)
    return reader.written


class _Reader:
    """Goes through the tree once, in the order of the pages."""

    def __init__(
        self,
        text: str,
        shift: int,
        printing: Printing,
        printed: Callable[[Sequence[Token]], bool],
    ) -> None:
        self.written = Manuscript()
        self._values = Scalars(text, shift)
        self._printing = printing
        self._printed = printed

    def _add(self, kind: list[WrittenText], passage: WrittenText | None) -> None:
        if passage is not None:
            kind.append(passage)

    # -- the issue -------------------------------------------------------------------

    def issue(self, root: Any) -> None:
        """The whole file."""
        fields = self._values.fields(root, "issue")
        head = self._values.fields(fields.get("masthead"), "masthead")
        sign = self._values.fields(fields.get("signature"), "signature")
        self._masthead(head)
        self._imprint(head, sign, "signature" in fields)
        self._add(
            self.written.fields,
            self._values.passage(fields.get("title"), "title", OF_HEADING, titled),
        )
        self._add(
            self.written.fields,
            self._values.passage(fields.get("summary"), "summary", OF_FIELD, plain),
        )
        self._foreword(self._values.fields(fields.get("foreword"), "foreword"))
        self._piece(fields, "")
        for i, section in enumerate(items_of(fields.get("sections"))):
            self._section(self._values.fields(section, "section"), f"sections[{i}]")
        for i, node in enumerate(items_of(fields.get("attachments"))):
            attachment, path = self._values.fields(node, "attachment"), f"attachments[{i}]"
            above, listed = attached_title(self._values, attachment, path)
            self._add(self.written.stream, above)
            self._add(self.written.titles, listed)
            self._body(attachment.get("body"), f"{path}.body")
        attendance = self._values.fields(fields.get("attendance"), "attendance")
        for key in ("present", "excused", "observers"):
            self._field(attendance, "attendance", key)
        self._colophon(self._values.fields(fields.get("colophon"), "colophon"))

    def _title(self, node: Any, path: str) -> None:
        self._add(self.written.stream, self._values.passage(node, path, OF_HEADING, titled))
        self._add(self.written.titles, self._values.passage(node, path, OF_HEADING, contents_title))

    def _masthead(self, head: dict[str, Any]) -> None:
        parts, labels = set(self._printing.masthead), self._printing.labels
        if "name" in parts:
            self._name(head)
        if "number" in parts:
            self._field(head, "masthead", "signers")
            self._numbers(head)
        if {"number", "reference"} & parts:
            self._field(head, "masthead", "document_number")
        if {"marks", "classification", "reference"} & parts:
            for key in ("classification", "retention"):
                if "retention" not in head or f"{{{key}}}" in labels["retention"]:
                    self._field(head, "masthead", key)
        copies = {"marks", "copy_number", "reference"} & parts
        if copies and "{copy" in labels["copy_number"]:
            self._number(head, "masthead", "copy_number")
        if {"urgency", "reference"} & parts:
            self._field(head, "masthead", "urgency")

    def _numbers(self, head: dict[str, Any]) -> None:
        """The number of the issue, or the editor's words for it, the total and a supplement's."""
        labels, words = self._printing.labels, "number_words" in head
        whole = "total" not in head or "{issue}" in labels["number_total"]
        if whole:
            self._field(head, "masthead", "number_words")
        shown = all("{number}" in labels[key] for key in ("number", "number_year"))
        if shown and whole and not words:
            self._number(head, "masthead", "number")
        if "{number}" in labels["supplement"] and whole and not words:
            self._number(head, "masthead", "supplement")
        if "{total}" in labels["number_total"] and (words or "number" in head):
            self._number(head, "masthead", "total")

    def _name(self, head: dict[str, Any]) -> None:
        """The name, or the picture of it, which it describes."""
        self._field(head, "masthead", "above")
        picture = head.get("name_picture")
        if picture is None or not self._values.value(picture).text.strip():
            self._field(head, "masthead", "name", marked)
            self._field(head, "masthead", "suffix")
            return
        name = self._values.passage(head.get("name"), "masthead.name", OF_ALT)
        if name is not None:
            self.written.figures.append(WrittenFigure(name, None, None, name.value, name.path))

    def _imprint(self, head: dict[str, Any], sign: dict[str, Any], signature: bool) -> None:
        """Issuer and date, which a theme may print in the signature, and the signature."""
        apart = not self._printing.signed
        names = {bare(self._values.value(n).text) for n in items_of(sign.get("names"))}
        if "imprint" in self._printing.masthead or (not apart and not signature):
            issuer = head.get("issuer")
            if issuer is not None and (apart or bare(self._values.value(issuer).text) not in names):
                self._field(head, "masthead", "issuer")
            if apart or self._day(head.get("date")) != self._day(sign.get("date")):
                self._date(head.get("date"), "masthead.date", "date")
        self._field(sign, "signature", "names")
        self._field(sign, "signature", "office")
        self._date(sign.get("date"), "signature.date", "date")
        self._field(sign, "signature", "remark")

    def _colophon(self, fields: dict[str, Any]) -> None:
        for key in (
            "report_to", "send_to", "distribute_to", "copy_to", "prepared_by", "reviewed_by",
            "approved_by", "printed_by",
        ):  # fmt: skip
            self._field(fields, "colophon", key)
        self._date(fields.get("printed_on"), "colophon.printed_on", "printed_on")
        if "{copies}" in self._printing.labels["copies"]:
            self._number(fields, "colophon", "copies")

    def _field(
        self,
        fields: dict[str, Any],
        owner: str,
        key: str,
        read: Callable[[str], list[Token]] = plain,
    ) -> None:
        node = fields.get(key)
        several = isinstance(node, yaml.SequenceNode)
        for i, item in enumerate(items_of(node)):
            path = f"{owner}.{key}[{i}]" if several else f"{owner}.{key}"
            self._add(self.written.fields, self._values.passage(item, path, OF_FIELD, read))

    def _number(self, fields: dict[str, Any], owner: str, key: str) -> None:
        node = fields.get(key)
        if isinstance(node, yaml.ScalarNode):
            number = re.sub(r"\D", "", node.value).lstrip("0")
            tokens = (Token((number,), 0),)
            passage = WrittenText(
                tokens, self._values.value(node), f"{owner}.{key}", ("编号", "number")
            )
            self.written.fields.append(passage)

    def _day(self, node: Any) -> tuple[int, ...] | None:
        found = _DAY.search(node.value) if isinstance(node, yaml.ScalarNode) else None
        return tuple(map(int, found.groups())) if found else None

    def _date(self, node: Any, path: str, label: str, *, stream: bool = False) -> None:
        day = self._day(node)
        if day is None:
            return
        values = dict(zip(("year", "month", "day"), day, strict=True))
        form = self._printing.labels[label]
        if "{" in form:
            tokens = (Token((bare(form.format(**values)),), 0),)
            passage = WrittenText(tokens, self._values.value(node), path, ("日期", "date"))
            (self.written.stream if stream else self.written.fields).append(passage)

    def _foreword(self, fields: dict[str, Any]) -> None:
        self._add(
            self.written.stream,
            self._values.passage(fields.get("title"), "foreword.title", OF_HEADING, marked),
        )
        self._line(fields.get("salutation"), "foreword.salutation")
        self._body(fields.get("body"), "foreword.body")

    def _section(self, fields: dict[str, Any], path: str) -> None:
        self._title(fields.get("title"), f"{path}.title")
        self._body(fields.get("editor_note"), f"{path}.editor_note")
        self._body(fields.get("body"), f"{path}.body")
        for i, node in enumerate(items_of(fields.get("items"))):
            item, inner = self._values.fields(node, "item"), f"{path}.items[{i}]"
            self._title(item.get("title"), f"{inner}.title")
            self._line(item.get("summary"), f"{inner}.summary")
            self._body(item.get("editor_note"), f"{inner}.editor_note")
            self._piece(item, f"{inner}.")

    def _piece(self, fields: dict[str, Any], path: str) -> None:
        """The text of an item, or of an issue that is a single piece."""
        self._line(fields.get("salutation"), f"{path}salutation")
        self._body(fields.get("body"), f"{path}body")
        names = fields.get("contributors")
        several = isinstance(names, yaml.SequenceNode)
        for i, name in enumerate(items_of(names)):
            self._line(name, f"{path}contributors[{i}]" if several else f"{path}contributors")
        for k, source in enumerate(items_of(fields.get("sources"))):
            self._source(self._values.fields(source, "source"), f"{path}sources[{k}]")

    def _line(self, node: Any, path: str) -> None:
        self._add(self.written.stream, self._values.passage(node, path, OF_FIELD, plain))

    def _source(self, fields: dict[str, Any], path: str) -> None:
        """The parts of a source in the order of the theme."""
        for key in re.findall(r"\{(\w+)\}", "".join(self._printing.sources)):
            node, inner = fields.get(key), f"{path}.{key}"
            if key in ("date", "accessed"):
                self._date(node, inner, f"source_{key}", stream=True)
            elif key == "url":
                address = self._values.passage(node, inner, ("网址", "address"), exactly)
                self._add(self.written.stream, address)
            elif key == "name" or "{title}" in self._printing.labels["source_title"]:
                self._line(node, inner)

    # -- bodies ----------------------------------------------------------------------

    def _body(self, node: Any, path: str) -> None:
        if node is None:
            return
        several = isinstance(node, yaml.SequenceNode)
        parts = [
            (item, f"{path}[{i}]" if several else path) for i, item in enumerate(items_of(node))
        ]
        texts = [text for item, _ in parts for text in self._texts(item)]
        called = frozenset().union(*map(labels_called, texts))
        names = names_in(iter(texts))
        for item, inner in parts:
            if isinstance(item, yaml.ScalarNode):
                self._prose(item, inner, names, called)
            else:
                self._block(item, inner, names, called)

    def _texts(self, item: Any) -> list[str]:
        """The texts of a part in which notes may be called."""
        if isinstance(item, yaml.ScalarNode):
            return [self._values.value(item).text]
        if not isinstance(item, yaml.MappingNode):
            return []
        words = {"text", "quote", "box", "文字", "正文", "引文", "提要框", "方框"}
        return [
            self._values.value(value).text
            for key, value in item.value
            if key.value in words and isinstance(value, yaml.ScalarNode)
        ]

    def _prose(self, node: Any, path: str, names: frozenset[str], called: frozenset[str]) -> None:
        if not isinstance(node, yaml.ScalarNode):
            return
        value = self._values.value(node)
        prose = passages_of(value.text, names, called, self._printed)
        for heading, tokens in prose.parts:
            what = OF_HEADING if heading else OF_TEXT
            self.written.stream.append(WrittenText(tokens, value, path, what))
        for tokens in prose.notes.values():
            self.written.notes.append(WrittenText(tokens, value, path, OF_NOTE))
        for image in prose.images:
            self.written.figures.append(_image(image, value, path))

    def _block(self, node: Any, path: str, names: frozenset[str], called: frozenset[str]) -> None:
        record = block_record(node)
        fields = self._values.fields(node, record)
        stream = self.written.stream
        match record:
            case "speech":
                self._add(
                    stream, self._values.passage(fields.get("speaker"), f"{path}.speaker", OF_TEXT)
                )
                self._add(stream, self._values.passage(fields.get("role"), f"{path}.role", OF_TEXT))
                self._prose(fields.get("text"), f"{path}.text", names, called)
            case "figure":
                self._figure(fields, path, node)
            case "chart":
                self._chart(fields, path, node)
            case "table":
                stream += table_passages(self._values, fields.get("table"), f"{path}.table")
            case "verse":
                lines = self._values.passage(fields.get("lines"), f"{path}.lines", OF_TEXT)
                self._add(stream, lines)
            case "names":
                for i, name in enumerate(items_of(fields.get("names"))):
                    self._line(name, f"{path}.names[{i}]")
            case "quote" | "textBlock" | "box":
                title = self._values.passage(fields.get("title"), f"{path}.title", OF_TEXT)
                self._add(stream, title)
                key = {"quote": "quote", "box": "box"}.get(record, "text")
                self._prose(fields.get(key), f"{path}.{key}", names, called)

    def _figure(self, fields: dict[str, Any], path: str, node: Any) -> None:
        alt = self._values.passage(fields.get("alt"), f"{path}.alt", OF_ALT, exactly)
        caption = self._values.passage(fields.get("caption"), f"{path}.caption", OF_CAPTION)
        self.written.figures.append(
            WrittenFigure(alt, caption, None, self._values.place(node), path)
        )
        for i, one in enumerate(items_of(fields.get("beside"))):
            inner = self._values.fields(one, "besideFigure")
            self._figure(inner, f"{path}.beside[{i}]", one)

    def _chart(self, fields: dict[str, Any], path: str, node: Any) -> None:
        def texts(value: Any, inner: str, what: tuple[str, str]) -> list[WrittenText]:
            found = (
                self._values.passage(item, f"{inner}[{i}]", what, plain)
                for i, item in enumerate(items_of(value))
            )
            return [p for p in found if p is not None]

        series = [self._values.fields(part, "series") for part in items_of(fields.get("series"))]
        alone = "values" in fields
        amounts = texts(fields.get("values"), f"{path}.values", OF_AMOUNT)
        names = []
        for i, part in enumerate([] if alone else series):
            amounts += texts(part.get("values"), f"{path}.series[{i}].values", OF_AMOUNT)
            names += texts(part.get("name"), f"{path}.series[{i}].name", OF_CATEGORY)
        chart = WrittenChart(
            texts(fields.get("categories"), f"{path}.categories", OF_CATEGORY),
            names,
            [a for a in amounts if a.value.text.strip() not in _UNKNOWN],
            self._unit(fields.get("unit"), f"{path}.unit"),
            getattr(fields.get("chart"), "value", "") in ("pie", "饼图"),
        )
        alt = self._values.passage(fields.get("alt"), f"{path}.alt", OF_ALT, exactly)
        caption = self._values.passage(fields.get("caption"), f"{path}.caption", OF_CAPTION)
        self.written.figures.append(
            WrittenFigure(alt, caption, chart, self._values.place(node), path)
        )

    def _unit(self, node: Any, path: str) -> WrittenText | None:
        if "{unit}" not in self._printing.labels["chart_unit"]:
            return None
        return self._values.passage(node, path, OF_CATEGORY, plain, labelled=True)


def _image(image: Image, value: YamlText, path: str) -> WrittenFigure:
    alt = WrittenText(marked(image.alt), value, path, OF_ALT)
    tokens = unlabelled(marked(image.caption, image.at), image.caption, image.at)
    caption = WrittenText(tokens, value, path, OF_CAPTION) if tokens else None
    raw = WrittenText(image.raw, value, path, OF_TEXT) if image.raw else None
    return WrittenFigure(alt, caption, None, value, path, raw)
