"""Why a YAML text cannot be read: the cause an editor can mend, not the parser's symptom.

libyaml reports where it gave up, which for a full-width colon is the next line and for an
unclosed quotation mark the end of the file. The functions here look at the raw text around
that place. Each answer may carry a repair, after which reading can go on to find the next
problem.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

from brieftex.diagnostics import Span
from brieftex.diagnostics.messages import yaml as messages
from brieftex.input.yaml.indent import (
    bar_missing,
    fallen_out,
    likely_column,
    misplaced_line,
    wrong_first,
    wrong_indent,
)
from brieftex.input.yaml.lines import (
    KEY_AND_VALUE,
    bar_above,
    indentation,
    key_column,
    line_bounds,
    line_content,
    lines_before,
    one_character,
    tab_before,
    wide_blank_line,
)
from brieftex.input.yaml.recovery import Cause, Repair, blanked
from brieftex.input.yaml.typo import ODD, mistyped_line, neutral, odd_blank

_PARTNERS = {"[": "]", "{": "}"}
_DECORATIONS = (
    ("alias", messages.ALIAS),
    ("anchor", messages.ANCHOR),
    ("tag", messages.TAG),
)


class Failure(Struct, frozen=True):
    """What the parser said: its problem and context, their offsets, and where it stood.

    ``scalar`` is the place of the last scalar it gave, ``flows`` the places of the brackets
    still open, ``words`` the keys that the file may have.
    """

    problem: str
    place: int
    context: str = ""
    context_place: int | None = None
    scalar: Span | None = None
    flows: tuple[int, ...] = ()
    words: frozenset[str] = frozenset()

    @property
    def begin(self) -> int:
        """Where the thing began that went wrong, as far as the parser said."""
        return self.place if self.context_place is None else self.context_place


def find_cause(text: str, failure: Failure) -> Cause:
    """The true cause and place of a parser's failure."""
    tab = tab_before(text, failure.place)
    if tab is not None:
        return Cause(messages.TAB_INDENT.at(Span(tab, tab + 1)), _without_tabs(text, tab))
    start, end = line_bounds(text, failure.place)
    odd = odd_blank(text, start, end)
    if odd is not None and _is_field(odd, text, failure):
        return odd
    said = f"{failure.context}; {failure.problem}"
    for words, handle in _HANDLERS:
        if words in said:
            return handle(text, failure)
    return _structure(text, failure)


def _without_tabs(text: str, tab: int) -> Repair:
    """Spaces instead of the tabs at the head of a line: as many as the lines around it have,
    or else two for each."""
    start, end = line_bounds(text, tab)
    head = text[start : end - len(text[start:end].lstrip(" \t"))]
    if tab >= start + len(head):  # behind a dash
        return Repair(tab, tab + 1, " ", right=True)
    shown = tuple(width * head.count("\t") + head.count(" ") for width in (2, 4, 8))
    column = likely_column(text, start, shown, text.startswith("-", start + len(head)))
    return Repair(start, start + len(head), " " * column, right=True)


def _decoration(text: str, failure: Failure) -> Cause:
    kind = next((k for word, k in _DECORATIONS if failure.context.endswith(word)), messages.TAG)
    diagnostic = kind.at(one_character(text, failure.begin))
    if not failure.flows:
        return Cause(diagnostic, neutral(text, failure.begin))
    # In brackets the rest of the line holds other items and the closing bracket.
    item = text[failure.begin :]
    marks = len(item) - len(item.lstrip("*&!"))
    return Cause(diagnostic, blanked(text, failure.begin, failure.begin + marks))


def _directive(text: str, failure: Failure) -> Cause:
    start, end = line_bounds(text, failure.begin)
    return Cause(messages.DIRECTIVE.at(one_character(text, start)), blanked(text, start, end))


def _dash_behind_key(text: str, failure: Failure) -> Cause:
    place = failure.place
    diagnostic = messages.LIST_ON_KEY_LINE.at(one_character(text, place))
    return Cause(diagnostic, neutral(text, place))


def _unclosed(text: str, opening: int, failure: Failure) -> Cause:
    mark = text[opening]
    start, end = line_bounds(text, opening)
    diagnostic = messages.UNCLOSED_QUOTE.at(one_character(text, opening), mark=mark)
    if not text[start:opening].strip(" -") and KEY_AND_VALUE.match(text, opening + 1, end):
        return Cause(diagnostic, Repair(opening, opening + 1, sure=True))
    return Cause(diagnostic, Repair(end, end, mark, sure=not failure.flows))


def _quoted(text: str, failure: Failure) -> Cause:
    if "end of stream" in failure.problem or "unexpected document" in failure.problem:
        return _unclosed(text, failure.begin, failure)
    # A bad escape; the mark is at the backslash or some characters behind it.
    place = max(text.rfind("\\", failure.begin, failure.place + 1), failure.begin)
    span = Span(place, min(place + 2, len(text)))
    end = line_bounds(text, place)[1]
    repair = Repair(place, end, text[place:end].replace("\\", "＼"), sure=True)
    return Cause(messages.BAD_ESCAPE.at(span, escape=text[place : place + 2]), repair)


def _block_header(text: str, failure: Failure) -> Cause:
    place, mark = failure.place, text[failure.begin : failure.begin + 1]
    diagnostic = messages.TEXT_AFTER_BAR.at(one_character(text, place), mark=mark)
    return Cause(diagnostic, blanked(text, place, line_bounds(text, place)[1]))


def _colon(text: str, failure: Failure) -> Cause:
    """A colon where no key can end: a second one in its line, or a key under running text."""
    start, end = line_bounds(text, failure.place)
    scalar = failure.scalar
    if scalar is not None and _is_long_quote(text, scalar) and scalar.end >= start:
        return _unclosed(text, scalar.start, failure)
    key = KEY_AND_VALUE.match(text, start, end)
    if key is not None and key.end() - 1 < failure.place:
        name = key[1].strip("\"'")
        diagnostic = messages.COLON_IN_VALUE.at(one_character(text, failure.place), key=name)
        value = key.end() + len(text[key.end() : end]) - len(text[key.end() : end].lstrip())
        from_value = text[value : value + 1] in "\"'[{"
        return Cause(diagnostic, neutral(text, value if from_value else failure.place))
    first = scalar.start if scalar is not None and scalar.end <= failure.place else start
    before = lines_before(text, failure.place, first)
    for line in before:
        cause = mistyped_line(text, *line)
        if cause is not None:
            return cause
    if not before:
        blank = blanked(text, start, end)
        return Cause(messages.BAD_KEY.at(one_character(text, failure.place)), blank)
    if KEY_AND_VALUE.match(text, *before[0]):
        column = key_column(text, before[0][0])
        return wrong_first(text, start) or wrong_indent(text, start, (column,))
    return bar_missing(text, first) or _missing_colon(text, *before[0])


def _missing_colon(text: str, start: int, end: int) -> Cause:
    """A line that is no field; a word with deeper lines below lacks but its colon."""
    span = line_content(text, start, end)
    below = re.compile(r"(?:\r\n?|\n)([ \t]*)\S").match(text, end)
    deeper = below is not None and len(below[1]) > indentation(text, start)
    repair = blanked(text, start, end)
    if deeper and re.fullmatch(r"(?:- +)?(?:[A-Za-z_]\w*|[一-鿿]{1,8})", text[slice(*_pair(span))]):
        repair = Repair(span.end, span.end, ":", sure=True)
    return Cause(messages.MISSING_COLON.at(span), repair)


def _pair(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _no_colon(text: str, failure: Failure) -> Cause:
    """A line without a colon where a key should stand."""
    place = failure.begin
    start, end = line_bounds(text, place)
    if text[place : place + 1] in ("'", '"') and end < failure.place - 1:
        return _unclosed(text, place, failure)
    cause = mistyped_line(text, start, end)
    bar = bar_above(text, start)
    if bar is not None and not _is_field(cause, text, failure):
        return fallen_out(text, bar, start, failure.words)
    return cause or _missing_colon(text, start, end)


def _is_field(cause: Cause | None, text: str, failure: Failure) -> bool:
    """Whether a slip is in a line that was meant as a field or item, and not as text."""
    if cause is None or not failure.words:
        return cause is not None
    match = re.compile(rf"[ \t{ODD}]*(?:[-‐-―−－•·●][ \t{ODD}]*)*([\w{ODD}]+)").match(
        text, line_bounds(text, cause.place.start)[0]
    )
    return match is not None and re.sub(f"[{ODD}]", "", match[1]) in failure.words


def _is_long_quote(text: str, span: Span) -> bool:
    """Whether a quoted scalar reaches over a line's end, which in an issue is an accident."""
    raw = text[span.start : span.end]
    return raw[:1] in ("'", '"') and ("\n" in raw or "\r" in raw)


def _bad_start(text: str, failure: Failure) -> Cause:
    place = failure.place
    mark = text[place : place + 1]
    if mark == "%" and line_bounds(text, place)[0] == place:
        start, end = line_bounds(text, place)
        return Cause(messages.DIRECTIVE.at(one_character(text, place)), blanked(text, start, end))
    if not mark.strip():
        return Cause(messages.YAML_ERROR.at(one_character(text, place), problem="内容不完整"))
    diagnostic = messages.BAD_VALUE_START.at(one_character(text, place), mark=mark)
    return Cause(diagnostic, neutral(text, place))


def _structure(text: str, failure: Failure) -> Cause:
    """Brackets, quotation marks and indentation: what stands where nothing can stand."""
    place, scalar = failure.place, failure.scalar
    start, _ = line_bounds(text, place)
    if failure.flows:
        return _in_brackets(text, failure)
    if scalar is not None and _is_long_quote(text, scalar) and scalar.end >= start:
        return _unclosed(text, scalar.start, failure)
    if "document start" in failure.problem:
        return _after_document(text, failure)
    head = text[start:place].strip("- \t")
    # PyYAML's own parser words the missing value differently.
    wants_value = "node content" in failure.problem or head.endswith(":")
    if place >= len(text) or (text[place] in ",]}" and wants_value):
        return _bad_start(text, failure)
    if head:
        return _after_value(text, failure)
    return _misplaced_line(text, failure)


def _misplaced_line(text: str, failure: Failure) -> Cause:
    """A line whose indentation fits nothing above it, or seems not to."""
    start, end = line_bounds(text, failure.place)
    if text[failure.place] == ":":
        blank = blanked(text, start, end)
        return Cause(messages.BAD_KEY.at(one_character(text, failure.place)), blank)
    wide = wide_blank_line(text, start, failure.place - start)
    if wide is not None:
        return Cause(messages.WIDE_BLANK_LINE.at(wide), blanked(text, wide.start, wide.end))
    cause = mistyped_line(text, start, end)
    bar = bar_above(text, start)
    if bar is not None and not KEY_AND_VALUE.match(text, start, end):
        return fallen_out(text, bar, start, failure.words)
    if cause is not None and "key" not in dict(cause.diagnostic.values):
        return cause
    return misplaced_line(text, start)


def _after_document(text: str, failure: Failure) -> Cause:
    """Text behind the end of the top mapping, which ended because a line stands left of it."""
    if text[failure.place : failure.place + 1] == "%":
        return _directive(text, failure)
    before = lines_before(text, failure.place, 0)
    if before and text[slice(*before[-1])].startswith("..."):
        start, _ = before[-1]
        return Cause(messages.SEVERAL_DOCUMENTS.at(Span(start, start + 3), mark="..."))
    if before and text[before[0][0]] in " \t":
        # All its lines are indented, so the first is as good a place to mend as any.
        first, stop = before[0][0], line_bounds(text, failure.place)[0]
        column = indentation(text, first)
        moved = re.sub(rf"(?:^|(?<=[\r\n]))[ \t]{{1,{column}}}", "", text[first:stop])
        return Cause(wrong_indent(text, first, (0,)).diagnostic, Repair(first, stop, moved))
    return Cause(messages.NOT_A_MAPPING.at(one_character(text, failure.place)))


def _in_brackets(text: str, failure: Failure) -> Cause:
    """A list or mapping in brackets that goes wrong before it is closed."""
    opening, place = failure.flows[-1], failure.place
    mark = text[opening]
    partner = _PARTNERS.get(mark, "]")
    end = line_bounds(text, opening)[1]
    # On the opening's own line with a partner behind, the fault is between the two.
    if place < end and partner in text[place:end]:
        if "node content" in failure.problem and text[place] not in ",]}":
            return Cause(
                messages.BAD_VALUE_START.at(one_character(text, place), mark=text[place]),
                Repair(place, place + 1, " ", lossy=True),
            )
        diagnostic = messages.BAD_BRACKET_ITEM.at(
            one_character(text, place), mark=mark, partner=partner
        )
        return Cause(diagnostic, neutral(text, opening))
    diagnostic = messages.UNCLOSED_BRACKET.at(
        one_character(text, opening), mark=mark, partner=partner
    )
    last = lines_before(text, place, opening)[-1:]
    end = last[0][1] if last else line_bounds(text, place)[1]
    return Cause(diagnostic, Repair(end, end, partner))


def _after_value(text: str, failure: Failure) -> Cause:
    """Text on one line behind a value that ended with its quotation mark or bracket."""
    place = failure.place
    before = text[:place].rstrip()
    diagnostic = messages.TEXT_AFTER_VALUE.at(one_character(text, place), mark=before[-1:])
    start, _ = line_bounds(text, place)
    key = KEY_AND_VALUE.match(text, start, place)
    dash = re.compile(r"[ \t]*-[ \t]+").match(text, start, place)
    value = key.end() if key else dash.end() if dash else start
    value += len(text[value:place]) - len(text[value:place].lstrip())
    return Cause(diagnostic, neutral(text, value))


# By a piece of what libyaml or PyYAML's own parser says, the first that fits.
_HANDLERS: tuple[tuple[str, Callable[[str, Failure], Cause]], ...] = (
    ("quoted scalar", _quoted),
    ("block scalar", _block_header),
    ("scanning an alias", _decoration),
    ("scanning an anchor", _decoration),
    ("a tag", _decoration),
    ("directive", _directive),
    ("mapping values are not allowed", _colon),
    ("expected ':'", _no_colon),
    ("sequence entries are not allowed", _dash_behind_key),
    ("cannot start any token", _bad_start),
    ("mapping keys are not allowed", _bad_start),
)
