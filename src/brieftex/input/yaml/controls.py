"""Characters that no YAML file may hold, and what some of them were meant for."""

from __future__ import annotations

import re

from msgspec.structs import replace

from brieftex.diagnostics import Finding, Fix, Span
from brieftex.diagnostics.messages import yaml as messages
from brieftex.input.yaml.lines import bar_above, indentation, line_bounds
from brieftex.patterns import late

# What libyaml refuses, its line separators (which no editor shows as a new line: U+0085,
# U+2028, U+2029), and surrogates, which are no text.
_REFUSED = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]"
CONTROLS = late(f"{_REFUSED}{_REFUSED}*")  # with + it takes three times as long
"""Runs of such characters."""

_LINE_ENDS = "\x0b\x0c\x85\u2028\u2029"


def control_found(run: str, span: Span, fix: Fix | None = None) -> Finding:
    """The finding about a ``run`` of such characters at ``span``."""
    found = messages.CONTROL_CHARACTER.at(span, character=f"U+{ord(run[0]):04X}")
    return found if fix is None else replace(found, fix=fix)


def line_end_meant(text: str, run: re.Match[str]) -> Fix | None:
    """A line end for characters that stand for one in the text of a ``|``: Word and PowerPoint
    write U+000B where Shift and Enter were pressed, other programs U+2028."""
    start, _ = line_bounds(text, run.start())
    if run[0].strip(_LINE_ENDS) or bar_above(text, start) is None:
        return None
    return Fix(((Span(*run.span()), "\n" + " " * indentation(text, start)),))
