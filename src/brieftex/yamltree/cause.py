"""Why a YAML text cannot be read: the cause an editor can mend, not the parser's symptom.

libyaml reports where it gave up, which for a full-width colon is the next line and for an
unclosed quotation mark the end of the file. The functions here look at the raw text around
that place. Each answer may carry a repair: a stretch to overwrite, length kept, after which
reading can go on to find the next problem.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from brieftex.diagnostics import Diagnostic, Span
from brieftex.diagnostics.messages import yaml as messages
from brieftex.yamltree.lines import (
    KEY_AND_VALUE,
    follows_bar,
    line_bounds,
    line_content,
    lines_before,
    one_character,
    tab_before,
    wide_blank_line,
)
from brieftex.yamltree.typo import Cause, Repair, mistyped_line, value_repair

_PARTNERS = {"[": "]", "{": "}"}
_DECORATIONS = (
    ("alias", messages.ALIAS),
    ("anchor", messages.ANCHOR),
    ("tag", messages.TAG),
)


@dataclass(frozen=True, slots=True)
class Failure:
    """What the parser said: its problem and context, their offsets, and where it stood.

    ``scalar`` is the place of the last scalar it gave, ``flows`` the places of the brackets
    still open.
    """

    problem: str
    place: int
    context: str = ""
    context_place: int | None = None
    scalar: Span | None = None
    flows: tuple[int, ...] = ()

    @property
    def begin(self) -> int:
        """Where the thing began that went wrong, as far as the parser said."""
        return self.place if self.context_place is None else self.context_place


def find_cause(text: str, failure: Failure) -> Cause:
    """The true cause and place of a parser's failure."""
    tab = tab_before(text, failure.place)
    if tab is not None:
        start, end = line_bounds(text, tab)
        return Cause(messages.TAB_INDENT.at(Span(tab, tab + 1)), value_repair(text, start, end))
    said = f"{failure.context}; {failure.problem}"
    for words, handle in _HANDLERS:
        if words in said:
            return handle(text, failure)
    return _structure(text, failure)


def _decoration(text: str, failure: Failure) -> Cause:
    kind = next((k for word, k in _DECORATIONS if failure.context.endswith(word)), messages.TAG)
    diagnostic = kind.at(one_character(text, failure.begin))
    if not failure.flows:
        return _value(text, diagnostic, failure.begin)
    # In brackets the rest of the line holds other items and the closing bracket.
    item = text[failure.begin :]
    marks = len(item) - len(item.lstrip("*&!"))
    return Cause(diagnostic, Repair(failure.begin, failure.begin + marks))


def _directive(text: str, failure: Failure) -> Cause:
    start, end = line_bounds(text, failure.begin)
    return Cause(messages.DIRECTIVE.at(one_character(text, start)), Repair(start, end))


def _dash_behind_key(text: str, failure: Failure) -> Cause:
    place = failure.place
    return _value(text, messages.LIST_ON_KEY_LINE.at(one_character(text, place)), place)


def _value(text: str, diagnostic: Diagnostic, place: int) -> Cause:
    """A cause mended by dropping the value from ``place`` to the end of its line."""
    return Cause(diagnostic, value_repair(text, place, line_bounds(text, place)[1]))


def _unclosed(text: str, opening: int) -> Cause:
    kind = messages.UNCLOSED_QUOTE
    return Cause(kind.at(one_character(text, opening), mark=text[opening]))


def _quoted(text: str, failure: Failure) -> Cause:
    if "end of stream" in failure.problem or "unexpected document" in failure.problem:
        return _unclosed(text, failure.begin)
    # A bad escape; the mark is at the backslash or some characters behind it.
    place = max(text.rfind("\\", failure.begin, failure.place + 1), failure.begin)
    span = Span(place, min(place + 2, len(text)))
    return _value(text, messages.BAD_ESCAPE.at(span, escape=text[place : place + 2]), failure.begin)


def _block_header(text: str, failure: Failure) -> Cause:
    mark = text[failure.begin : failure.begin + 1]
    kind = messages.TEXT_AFTER_BAR
    return _value(text, kind.at(one_character(text, failure.place), mark=mark), failure.begin)


def _colon(text: str, failure: Failure) -> Cause:
    """A colon where no key can end: a second one in its line, or a key under running text."""
    start, end = line_bounds(text, failure.place)
    scalar = failure.scalar
    if scalar is not None and _is_long_quote(text, scalar) and scalar.end >= start:
        return _unclosed(text, scalar.start)
    key = KEY_AND_VALUE.match(text, start, end)
    if key is not None and key.end() - 1 < failure.place:
        name = key[1].strip("\"'")
        diagnostic = messages.COLON_IN_VALUE.at(one_character(text, failure.place), key=name)
        return Cause(diagnostic, value_repair(text, key.end(), end))
    first = scalar.start if scalar is not None and scalar.end <= failure.place else start
    before = lines_before(text, failure.place, first)
    for line in before:
        cause = mistyped_line(text, *line)
        if cause is not None:
            return cause
    if not before:
        return _value(text, messages.BAD_KEY.at(one_character(text, failure.place)), start)
    if not KEY_AND_VALUE.match(text, *before[0]):
        return Cause(messages.MISSING_COLON.at(line_content(text, *before[0])), Repair(*before[0]))
    wrong = messages.WRONG_INDENT.at(line_content(text, start, end))
    return Cause(wrong, value_repair(text, start, end))


def _no_colon(text: str, failure: Failure) -> Cause:
    """A line without a colon where a key should stand."""
    place = failure.begin
    start, end = line_bounds(text, place)
    if text[place : place + 1] in ("'", '"') and end < failure.place - 1:
        return _unclosed(text, place)
    cause = mistyped_line(text, start, end)
    if cause is not None:
        return cause
    fell_out = follows_bar(text, start)
    kind = messages.WRONG_INDENT if fell_out else messages.MISSING_COLON
    return Cause(kind.at(line_content(text, start, end)), Repair(start, end))


def _is_long_quote(text: str, span: Span) -> bool:
    """Whether a quoted scalar reaches over a line's end, which in an issue is an accident."""
    raw = text[span.start : span.end]
    return raw[:1] in ("'", '"') and ("\n" in raw or "\r" in raw)


def _bad_start(text: str, failure: Failure) -> Cause:
    place = failure.place
    mark = text[place : place + 1]
    if mark == "%" and line_bounds(text, place)[0] == place:
        start, end = line_bounds(text, place)
        return Cause(messages.DIRECTIVE.at(one_character(text, place)), Repair(start, end))
    if not mark.strip():
        return Cause(messages.YAML_ERROR.at(one_character(text, place), problem="内容不完整"))
    return _value(text, messages.BAD_VALUE_START.at(one_character(text, place), mark=mark), place)


def _structure(text: str, failure: Failure) -> Cause:
    """Brackets, quotation marks and indentation: what stands where nothing can stand."""
    place, scalar = failure.place, failure.scalar
    start, _ = line_bounds(text, place)
    if failure.flows:
        return _in_brackets(text, failure)
    if scalar is not None and _is_long_quote(text, scalar) and scalar.end >= start:
        return _unclosed(text, scalar.start)
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
        return Cause(messages.BAD_KEY.at(one_character(text, failure.place)), Repair(start, end))
    wide = wide_blank_line(text, start, failure.place - start)
    if wide is not None:
        return Cause(messages.WIDE_BLANK_LINE.at(wide), Repair(wide.start, wide.end))
    cause = mistyped_line(text, start, end)
    if cause is not None and cause.diagnostic.kind is messages.NO_SPACE_AFTER_DASH:
        return cause
    return Cause(messages.WRONG_INDENT.at(line_content(text, start, end)))


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
        return Cause(messages.WRONG_INDENT.at(line_content(text, *before[0])))
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
            return _bad_start(text, failure)
        kind = messages.BAD_BRACKET_ITEM
        return _value(
            text, kind.at(one_character(text, place), mark=mark, partner=partner), opening
        )
    kind = messages.UNCLOSED_BRACKET
    return Cause(kind.at(one_character(text, opening), mark=mark, partner=partner))


def _after_value(text: str, failure: Failure) -> Cause:
    """Text on one line behind a value that ended with its quotation mark or bracket."""
    place = failure.place
    before = text[:place].rstrip()
    diagnostic = messages.TEXT_AFTER_VALUE.at(one_character(text, place), mark=before[-1:])
    scalar = failure.scalar
    quoted = scalar is not None and scalar.end == len(before) and before[-1:] in ("'", '"')
    return _value(text, diagnostic, scalar.start if scalar is not None and quoted else place)


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
