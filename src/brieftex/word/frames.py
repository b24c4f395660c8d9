"""What the elements around paragraphs say of themselves: tables, frames, sections."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from brieftex.word.names import local, value, w
from brieftex.word.runs import ADDED, REMOVED, WRAPPERS


def turned_elements(body: Any) -> set[Any]:
    """The elements of a body whose section has pages that lie across."""
    found: set[Any] = set()
    waiting: list[Any] = []
    for element in body if body is not None else ():
        waiting.append(element)
        end = element if local(element) == "sectPr" else element.find(f"{w('pPr')}/{w('sectPr')}")
        if end is None:
            continue
        size = end.find(w("pgSz"))
        if size is not None and size.get(w("orient")) == "landscape":
            found.update(waiting)
        waiting = []
    return found


def is_frame(table: Any) -> bool:
    """Whether a table has one cell alone."""
    rows = list(through(table, "tr"))
    return len(rows) == 1 and len(list(through(rows[0], "tc"))) == 1


def is_grid(table: Any) -> bool:
    """Whether a table has upright rules, of its own or of its cells."""
    own = table.find(f"{w('tblPr')}/{w('tblBorders')}/{w('insideV')}")
    sides = (own, *(side for cell in table.iter(w("tcBorders")) for side in cell
                    if local(side) in ("left", "right", "start", "end")))  # fmt: skip
    return any(
        side is not None and side.get(w("val")) not in (None, "nil", "none") for side in sides
    )


def is_ruled(table: Any) -> bool:
    """Whether a table has visible rules, of its own or by a style."""
    properties = table.find(w("tblPr"))
    borders = None if properties is None else properties.find(w("tblBorders"))
    if borders is not None:
        return any(b.get(w("val")) not in (None, "nil", "none") for b in borders)
    return value(properties, "tblStyle") is not None


def through(parent: Any, name: str) -> Iterator[Any]:
    """Children of a name, those within wrappers included."""
    for element in parent:
        if local(element) == name:
            yield element
        elif local(element) in WRAPPERS | {*ADDED, *REMOVED}:
            yield from through(element, name)
