"""YAML text → tree, or every problem of the text that can be found.

The tree is built from libyaml's events, without recursion, so that depth costs an error and
never the stack. Only what an issue file needs is read: no anchors, aliases, tags, directives
or further documents. Why a text is refused is ``cause``'s business, where the characters of
a scalar stood is ``origin``'s.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from brieftex.diagnostics import Diagnostic, InputError, OffsetMap, Source, Span
from brieftex.diagnostics.messages import yaml as messages
from brieftex.yamltree.cause import Failure, find_cause
from brieftex.yamltree.lines import indentation, line_bounds, line_content, wide_blank_line
from brieftex.yamltree.nodes import Mapping, Node, Scalar, Sequence
from brieftex.yamltree.origin import trace_block, trace_double, trace_plain, trace_single
from brieftex.yamltree.typo import Cause, Repair, bad_key, stray_lines

DEPTH_LIMIT = 64
"""Deepest nesting of lists and mappings; an issue needs about a dozen."""

# Each repair costs one more reading of the file; a screenful of findings is enough at once.
_REPAIR_LIMIT = 20

# What libyaml refuses, its line separators (which no editor shows as a new line: U+0085,
# U+2028, U+2029), and surrogates, which are no text.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")

# PyYAML comes without libyaml where no wheel fits; its own parser is ten times slower.
_Events: Any
try:
    from yaml._yaml import CParser as _Events
except ImportError:
    _Events = yaml.SafeLoader


def parse(source: Source) -> Mapping:
    """Read a YAML file into its top mapping.

    Raises InputError with every problem found: those of the file's syntax as far as reading
    can go on behind them, and all duplicate keys, anchors and so on of what was read.
    """
    text = source.text
    controls = [_control(m.start(), m[0]) for m in _CONTROL.finditer(text)]
    if controls:
        raise InputError(source, controls[:_REPAIR_LIMIT])
    syntax: list[Diagnostic] = []
    while True:
        builder = _Builder(source, text)
        cause = builder.build()
        if cause is None:
            break
        syntax.append(cause.diagnostic)
        mended = _mended(text, cause.repair)
        if mended is None or len(syntax) >= _REPAIR_LIMIT:
            break
        text = mended
    problems = syntax + builder.problems
    root = builder.root
    if problems:
        raise InputError(source, problems)
    if root is None or (isinstance(root, Scalar) and not root.text):
        raise InputError(source, [messages.EMPTY_FILE.at(Span(0, 0))])
    if not isinstance(root, Mapping):
        raise InputError(source, _no_mapping(text, root))
    return root


def _control(start: int, run: str) -> Diagnostic:
    return messages.CONTROL_CHARACTER.at(
        Span(start, start + len(run)), character=f"U+{ord(run[0]):04X}"
    )


def _mended(text: str, repair: Repair | None) -> str | None:
    """The text with a repair made, or None when that would change nothing."""
    if repair is None:
        return None
    blank = re.sub(r"[^\r\n]", " ", text[repair.start : repair.end])
    mended = text[: repair.start] + repair.text + blank[len(repair.text) :] + text[repair.end :]
    return mended if mended != text else None


def _next_text(text: str, place: int) -> int:
    """The first character from ``place`` on that is not white space, or the end."""
    match = re.compile(r"\S").search(text, place)
    return match.start() if match else len(text)


def _no_mapping(text: str, root: Node) -> list[Diagnostic]:
    """What to say of a file that is no mapping: mistyped keys if it has any."""
    found: list[Diagnostic] = []
    if isinstance(root, Scalar) and root.plain:
        first = bad_key(text, root.span)
        found = stray_lines(text, 0, root.span)
        if first is not None and first not in found:
            found.insert(0, first)
    return found or [messages.NOT_A_MAPPING.at(Span(root.span.start, root.span.start))]


class _StopError(Exception):
    """Reading on would find nothing but consequences."""


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    start: int
    column: int
    mapping: bool
    items: list[Node] = field(default_factory=list)
    entries: dict[str, tuple[Scalar, Node]] = field(default_factory=dict)
    key: Scalar | None = None
    wants_key: bool = True

    def close(self, end: int) -> Node:
        """The finished node."""
        span = Span(self.start, max(end, self.start))
        if self.mapping:
            return Mapping(tuple(self.entries.values()), span)
        return Sequence(tuple(self.items), span)


class _Builder:
    """Turns the events of one text into nodes; gathers the problems that do not stop it."""

    def __init__(self, source: Source, text: str) -> None:
        self.root: Node | None = None
        self.problems: list[Diagnostic] = []
        self._source = source
        self._text = text
        # libyaml swallows marks at the very start without counting them.
        self._shift = len(text) - len(text.lstrip("\ufeff"))
        self._open: list[_Open] = []
        self._last: Span | None = None
        self._documents = 0

    def build(self) -> Cause | None:
        """Read all events. Gives the cause when the text is refused."""
        try:
            events = _Events(self._text[self._shift :])
            while not isinstance(event := events.get_event(), yaml.StreamEndEvent):
                self._take(event)
        except _StopError:
            return None
        except yaml.MarkedYAMLError as error:
            return find_cause(self._text, self._failure(error))
        except yaml.YAMLError as error:
            place = Span(0, 0)
            return Cause(messages.YAML_ERROR.at(place, problem=str(error).splitlines()[0]))
        return None

    def _failure(self, error: yaml.MarkedYAMLError) -> Failure:
        place = len(self._text) if error.problem_mark is None else self._at(error.problem_mark)
        context = None if error.context_mark is None else self._at(error.context_mark)
        flows = tuple(o.start for o in self._open if self._text[o.start : o.start + 1] in "[{")
        return Failure(error.problem or "", place, error.context or "", context, self._last, flows)

    def _at(self, mark: Any) -> int:
        return min(int(mark.index) + self._shift, len(self._text))

    def _take(self, event: Any) -> None:
        start, end = self._at(event.start_mark), self._at(event.end_mark)
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_decoration(event, start)
            self._last = Span(start, end)
            self._add(self._scalar(event, start, end))
        elif isinstance(event, yaml.CollectionStartEvent):
            self._refuse_decoration(event, start)
            if len(self._open) >= DEPTH_LIMIT:
                self.problems.append(messages.TOO_DEEP.at(Span(start, end), limit=DEPTH_LIMIT))
                raise _StopError
            mapping = isinstance(event, yaml.MappingStartEvent)
            column = 0 if event.start_mark is None else int(event.start_mark.column)
            self._open.append(_Open(start, column, mapping))
        elif isinstance(event, yaml.CollectionEndEvent):
            # A block ends where the next token begins; its own text ended before.
            end = end if end > start else len(self._text[:start].rstrip())
            self._add(self._open.pop().close(end))
        elif isinstance(event, yaml.AliasEvent):
            self.problems.append(messages.ALIAS.at(Span(start, end)))
            self._add(Scalar("", Span(start, end), OffsetMap((0,), (start,)), True))
        elif isinstance(event, yaml.DocumentStartEvent):
            self._begin_document(event, start, end)

    def _begin_document(self, event: Any, start: int, end: int) -> None:
        self._documents += 1
        if self._documents > 1:
            self.problems.append(messages.SEVERAL_DOCUMENTS.at(Span(start, end), mark="---"))
            raise _StopError
        if event.version or event.tags:
            line = re.search(r"(?m)^%.*", self._text)
            place = Span(line.start(), line.end()) if line else Span(start, end)
            self.problems.append(messages.DIRECTIVE.at(place))

    def _refuse_decoration(self, event: Any, start: int) -> None:
        if event.anchor is not None:
            self.problems.append(messages.ANCHOR.at(Span(start, start + 1)))
        if event.tag is not None:
            self.problems.append(messages.TAG.at(Span(start, start + 1)))

    def _scalar(self, event: Any, start: int, end: int) -> Scalar:
        raw, style = self._text[start:end], event.style or ""
        if style in ("|", ">"):
            parent = self._open[-1].column if self._open else -1
            text, origin = trace_block(self._text, start, parent)
            self._check_behind_block(end, parent, not text)
        elif style:
            text, origin = (trace_single if style == "'" else trace_double)(raw, start)
        else:
            text, origin = trace_plain(raw, start)
        if text != event.value:
            # Only beside an anchor or a tag, which are errors: all stands at the beginning.
            text = event.value
            origin = OffsetMap(tuple(range(len(text))) or (0,), (start,) * (len(text) or 1))
        if style == '"' and "\\" in raw:
            self.problems += [
                _control(origin.source(m.start()), m[0]) for m in _CONTROL.finditer(text)
            ]
        return Scalar(text, Span(start, end), origin, not style)

    def _check_behind_block(self, end: int, parent: int, empty: bool) -> None:
        """Find headings (``## …``) that fell out of a block and so became comments.

        No other line can be lost like that: without the ``#`` it is no YAML.
        """
        place = _next_text(self._text, end)
        if not self._text.startswith("#", place):
            return
        start, stop = line_bounds(self._text, place)
        column = indentation(self._text, start)
        if column <= parent:
            return
        wide = wide_blank_line(self._text, start, column) if empty else None
        if wide is not None:
            self.problems.append(messages.WIDE_BLANK_LINE.at(wide))
        else:
            self.problems.append(messages.WRONG_INDENT.at(line_content(self._text, start, stop)))

    def _add(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        if not parent.mapping:
            parent.items.append(node)
            if isinstance(node, Scalar) and node.plain:
                self._check_item(node)
        elif parent.wants_key:
            parent.key = self._key(node)
            parent.wants_key = False
        else:
            parent.wants_key = True
            if parent.key is not None:
                self._add_entry(parent, parent.key, node)

    def _key(self, node: Node) -> Scalar | None:
        if not isinstance(node, Scalar) or not node.text:
            self.problems.append(messages.BAD_KEY.at(Span(node.span.start, node.span.end)))
            return None
        problem = bad_key(self._text, node.span) if node.plain else None
        if problem is not None:
            self.problems.append(problem)
            return None
        return node

    def _add_entry(self, parent: _Open, key: Scalar, node: Node) -> None:
        earlier = parent.entries.get(key.text)
        if earlier is not None:
            line = self._source.position(earlier[0].span.start)[0]
            self.problems.append(messages.DUPLICATE_KEY.at(key.span, key=key.text, line=line))
            return
        parent.entries[key.text] = (key, node)
        if isinstance(node, Scalar) and node.plain and node.text:
            self.problems += stray_lines(self._text, key.span.end, node.span)

    def _check_item(self, node: Scalar) -> None:
        """Find fields that ran together into one item of a list."""
        _, end = line_bounds(self._text, node.span.start)
        if end < node.span.end and stray_lines(self._text, end, node.span):
            self.problems += stray_lines(self._text, 0, node.span)
