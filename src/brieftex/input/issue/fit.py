"""``fit``: the number of pages that an issue is to have."""

from __future__ import annotations

from brieftex.diagnostics.messages import schema as messages
from brieftex.input.fields import Field, Form, Reading, Record, read_record
from brieftex.input.fields.forms import Definitions, Schema
from brieftex.input.fields.records import reference
from brieftex.input.issue.values import INTEGER
from brieftex.input.yaml import Mapping, Node
from brieftex.model.issue import Fit, FitKind

FIT = Record("fit", "页数要求", (
    Field("pages", ("页数",), INTEGER, "正好排成这么多页", "16"),
    Field("max_pages", ("最多页数",), INTEGER, "最多排成这么多页", "8"),
    Field("multiple_of", ("页数倍数",), INTEGER, "页数是它的倍数，骑马订用 4", "4"),
))  # fmt: skip


class _FitForm(Form):
    """A record of which one field is given."""

    expected = ("一组字段", "a mapping")
    record = FIT

    def read(self, reading: Reading, node: Node, field: Field, path: str) -> Fit | None:
        """Read exactly one of pages, max_pages and multiple_of."""
        if not isinstance(node, Mapping):
            reading.wrong_type(node, field, path)
            return None
        before = len(reading.findings)
        found = read_record(reading, node, FIT, path)
        if len(found) == 1:
            ((kind, number),) = found.items()
            return Fit(FitKind(kind), number, reading.first_line(node))
        if len(reading.findings) == before:
            reading.report(messages.FIT_NOT_ONE, reading.first_line(node), path)
        return None

    def schema(self, definitions: Definitions) -> Schema:
        """The record with one property."""
        of = reference(FIT, definitions)
        return {"allOf": [of], "minProperties": 1, "maxProperties": 1}

    def told(self) -> str:
        """Its label."""
        return FIT.label


WISH = _FitForm()
