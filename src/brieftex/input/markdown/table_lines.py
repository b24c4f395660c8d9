"""Where the tables of Markdown end.

GFM takes every line up to an empty one for a row. In an office's text a note often stands right
below a table (注：数据截至10月底。), and no row lacks a bar.
"""

from __future__ import annotations

from brieftex.patterns import late

_QUOTED = late(r"(?:[ \t]*>)*[ \t]*")
_DELIMITERS = late(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")


def table_lines(text: str) -> tuple[frozenset[int], frozenset[int]]:
    """The numbers of the lines of tables, from 0, and of those right below one that are text."""
    if "|" not in text:
        return frozenset(), frozenset()
    rows: set[int] = set()
    below: set[int] = set()
    before = ""
    for number, raw in enumerate(text.split("\n")):
        marks = _QUOTED.match(raw)
        line = raw[marks.end() if marks else 0 :].rstrip()
        if number - 1 in rows:
            if "|" in line:
                rows.add(number)
            elif line:
                below.add(number)
        elif "|" in before and "|" in line and _DELIMITERS.fullmatch(line):
            rows.update((number - 1, number))
        before = line
    return frozenset(rows), frozenset(below)
