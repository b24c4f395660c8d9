"""``fit``: the number of pages that an issue is to have."""

from __future__ import annotations

from brieftex.diagnostics.messages import schema as messages
from brieftex.input.issue.context import Reading
from brieftex.input.issue.fields import FIT, Field
from brieftex.input.issue.records import read_record
from brieftex.input.yaml import Mapping, Node
from brieftex.model.issue import Fit


def read_fit(reading: Reading, node: Node, field: Field, path: str) -> Fit | None:
    """Read exactly one of pages, max_pages and multiple_of."""
    if not isinstance(node, Mapping):
        reading.wrong_type(node, field, path, single=True)
        return None
    before = len(reading.findings)
    found = read_record(reading, node, FIT, path)
    if len(found) == 1:
        ((kind, number),) = found.items()
        return Fit(kind, number, reading.first_line(node))
    if len(reading.findings) == before:
        reading.report(messages.FIT_NOT_ONE, reading.first_line(node), path)
    return None
