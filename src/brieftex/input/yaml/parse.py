"""YAML text → tree, with every problem of the text that can be found.

The tree is built from libyaml's events, without recursion, so that depth costs an error and
never the stack. Only what an issue file needs is read: no anchors, aliases, tags, directives
or further documents. Why a text is refused is ``cause``'s business, how reading goes on
behind it ``mending``'s, where the characters of a scalar stood ``origin``'s.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import yaml
from msgspec import Struct

from brieftex.diagnostics import Finding, InputError, OffsetMap, Severity, Source, Span
from brieftex.diagnostics.messages import yaml as messages
from brieftex.input.yaml.controls import CONTROLS, control_found, line_end_meant
from brieftex.input.yaml.known import WORD, AbridgedText, KnownItem, KnownItems, known_item
from brieftex.input.yaml.misread import (
    comment_in_value,
    heading_behind_block,
    misread_item,
    misread_root,
    misread_value,
    no_mapping,
)
from brieftex.input.yaml.nodes import Mapping, Node, OpenNode, Scalar
from brieftex.input.yaml.origin import trace_block, trace_double, trace_plain, trace_single
from brieftex.input.yaml.recovery import Cause, Mending, Repair
from brieftex.input.yaml.typo import bad_key
from brieftex.memory import NOTHING_KEPT, Memo

if TYPE_CHECKING:
    from brieftex.input.yaml.cause import Failure

DEPTH_LIMIT = 64
"""Deepest nesting of lists and mappings; an issue needs about a dozen."""

# A screenful of findings is enough at once, and each repair costs one more reading.
_PROBLEM_LIMIT = 20
_READING_LIMIT = 40
_MENDED_LIMIT = 100

# PyYAML comes without libyaml where no wheel fits; its own parser is ten times slower.
_Events: Any
try:
    from yaml._yaml import CParser as _Events
except ImportError:
    _Events = yaml.SafeLoader


class Parsed(Struct, frozen=True):
    """A file's tree, and the problems of its text at their places in the file.

    ``tree`` is None when nothing was left to make one of. When there are errors it is the
    tree of a mended text: ``mending`` knows what was changed.
    """

    tree: Mapping | None
    problems: tuple[Finding, ...]
    mending: Mending


def parse(source: Source, words: frozenset[str] = frozenset()) -> Mapping:
    """Read a YAML file into its top mapping; ``words`` are the keys that it may have.

    Raises InputError with every problem found: those of the file's syntax as far as reading
    can go on behind them, and all duplicate keys, anchors and so on of what was read.
    """
    parsed = parse_all(source, words)
    if parsed.tree is None or any(d.severity is Severity.ERROR for d in parsed.problems):
        raise InputError(source, parsed.problems)
    return parsed.tree


def parse_all(
    source: Source, words: frozenset[str] = frozenset(), memo: Memo = NOTHING_KEPT
) -> Parsed:
    """Read a YAML file as far as it can be read: the same, without raising. Items of lists and
    fields of the file that ``memo`` knows from the last text are not read again."""
    mending = Mending(source)
    known: KnownItems | None = memo.get("items")
    common = (0, 0) if known is None else known.common(source.text)
    problems = _without_controls(mending, common)
    if known is not None and not problems and not source.text.startswith("\ufeff"):
        builder = _Builder(source, words, known.still_in(source.text, common), keeping=True)
        if builder.builds_whole():
            memo.put("items", KnownItems(source.text, builder.items))
            return Parsed(builder.tree, (), mending)
    for _ in range(_READING_LIMIT):
        builder = _Builder(mending.source, words, keeping=memo.keeps)
        cause = builder.build()
        # What was mistyped in whole lines may be why the text is refused further down.
        causes = builder.slips or ([] if cause is None else [cause])
        if not causes:
            if not (problems or builder.problems):
                memo.put("items", KnownItems(source.text, builder.items))
            break
        if len(problems) >= _PROBLEM_LIMIT or not _go_on(mending, causes, problems):
            return Parsed(None, tuple(problems), mending)
    problems += mending.original(d for d in builder.problems if not mending.is_doubtful(d.span))
    if builder.tree is None and not problems:
        problems = no_mapping(builder.root)
    return Parsed(builder.tree, tuple(problems), mending)


def _go_on(mending: Mending, causes: list[Cause], problems: list[Finding]) -> bool:
    """Report causes and mend what they are about. False when that changed nothing."""
    changed, bound, found = False, len(mending.text), list[Finding]()
    # From the last to the first, so that a repair moves no place that is still to come.
    for cause in sorted(causes, key=lambda c: c.place.start)[:_MENDED_LIMIT][::-1]:
        place = cause.place
        (finding,) = mending.original([cause.diagnostic])
        repair = cause.repair
        if mending.is_doubtful(place) or finding in problems:
            repair = None
        else:
            found.append(finding)
        if repair is not None and repair.end <= bound and mending.apply(repair):
            changed, bound = True, repair.start
        elif mending.skip(place.start):
            changed = True
    problems += reversed(found)
    return changed


def _without_controls(mending: Mending, known: tuple[int, int]) -> list[Finding]:
    """Blank out the characters that no YAML file may hold. So many at the beginning and at the
    end are ``known`` to be none of them."""
    middle = known[0], len(mending.text) - known[1]
    found = [
        control_found(match[0], Span(*match.span()), line_end_meant(mending.text, match))
        for match in CONTROLS.finditer(mending.text, *middle)
    ]
    if found:
        text = CONTROLS.sub(lambda match: " " * len(match[0]), mending.text)
        mending.apply(Repair(0, len(text), text, sure=True))
    return found[:_PROBLEM_LIMIT]


class _StopError(Exception):
    """Reading on would find nothing but consequences."""


class _Builder:
    """Turns the events of one text into nodes; gathers the problems that do not stop it."""

    def __init__(
        self,
        source: Source,
        words: frozenset[str],
        known: Sequence[KnownItem] = (),
        *,
        keeping: bool,
    ) -> None:
        """``known`` are items of the text; more are looked for if ``keeping``."""
        self.items: list[KnownItem] = []
        """All items whose lines are their own, but for those within another one."""
        self._abridged = AbridgedText(source.text, known)
        self.root: Node | None = None
        self.problems: list[Finding] = []
        self.slips: list[Cause] = []
        self._source = source
        self._text = source.text
        self._words = words
        # libyaml swallows marks at the very start without counting them.
        self._shift = len(self._text) - len(self._text.lstrip("\ufeff"))
        self._open: list[OpenNode] = []
        self._last: Span | None = None
        self._documents = 0
        self._keeping = keeping

    @property
    def tree(self) -> Mapping | None:
        """The tree, if it is a mapping."""
        return self.root if isinstance(self.root, Mapping) else None

    def builds_whole(self) -> bool:
        """Read all events: whether they make a tree of which there is nothing to say, in which all
        items that were known are."""
        try:
            self._read()
        except (_StopError, yaml.YAMLError):
            return False
        clean = not (self.problems or self.slips or self._abridged.items)
        return clean and self.tree is not None

    def build(self) -> Cause | None:
        """Read all events. Gives the cause when the text is refused."""
        try:
            self._read()
        except _StopError:
            return None
        except yaml.MarkedYAMLError as error:
            # Most files can be read.
            from brieftex.input.yaml.cause import find_cause  # noqa: PLC0415

            return find_cause(self._text, self._failure(error))
        except yaml.YAMLError as error:
            place = Span(0, 0)
            return Cause(messages.YAML_ERROR.at(place, problem=str(error).splitlines()[0]))
        return None

    def _read(self) -> None:
        events = _Events(self._abridged.text[self._shift :])
        while not isinstance(event := events.get_event(), yaml.StreamEndEvent):
            self._take(event)

    def _failure(self, error: yaml.MarkedYAMLError) -> Failure:
        from brieftex.input.yaml.cause import Failure  # noqa: PLC0415  # as in build

        place = len(self._text) if error.problem_mark is None else self._at(error.problem_mark)
        context = None if error.context_mark is None else self._at(error.context_mark)
        flows = tuple(o.start for o in self._open if self._text[o.start : o.start + 1] in "[{")
        return Failure(
            error.problem or "", place, error.context or "", context, self._last, flows,
            self._words,
        )  # fmt: skip

    def _at(self, mark: Any) -> int:
        return self._abridged.place(mark.index + self._shift)

    def _take(self, event: Any) -> None:
        start, end = self._at(event.start_mark), self._at(event.end_mark)
        if isinstance(event, yaml.ScalarEvent):
            item = self._abridged.items.get(start)
            if item is not None and event.value == WORD and self._takes(item):
                del self._abridged.items[start]
                self.items.append(item.placed())
                self._last = self.items[-1].last
                self._add(self.items[-1].node)
                return
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
            self._open.append(OpenNode(start, column, mapping))
        elif isinstance(event, yaml.CollectionEndEvent):
            # A block ends where the next token begins; its own text ended before.
            end = end if end > start else self._text_before(start)
            node = self._open.pop().close(end)
            if self._keeping and self._open:
                self._keep(node)
            self._add(node)
        elif isinstance(event, yaml.AliasEvent):
            mark = Repair(start, start + 1, "＊", sure=True)
            self.slips.append(Cause(messages.ALIAS.at(Span(start, end)), mark))
            self._add(Scalar("", Span(start, end), OffsetMap.at(start), True))
        elif isinstance(event, yaml.DocumentStartEvent):
            self._begin_document(event, start, end)

    @property
    def _field(self) -> Scalar | None:
        """The key of the file whose value comes next, in lines."""
        top = self._open[-1]
        inner = len(self._open) > 1 or not top.mapping or self._text[top.start] == "{"
        return None if inner or top.wants_key else top.key

    def _takes(self, item: KnownItem) -> bool:
        """Whether a known item is one here."""
        if not self._open:
            return False
        if item.mark == "-":
            return not self._open[-1].mapping
        key = self._field
        return key is not None and key.span.end == item.start + item.column

    def _keep(self, node: Node) -> None:
        """Keep what is to be known of a node, if it is an item."""
        key = self._field
        if key is not None or not self._open[-1].mapping:
            found = known_item(self._text, node, self._last, key, self.items)
            self.items += [] if found is None else [found]

    def _text_before(self, place: int) -> int:
        """The end of what stands before a place, without the blanks between."""
        while place > 0 and self._text[place - 1].isspace():
            place -= 1
        return place

    def _begin_document(self, event: Any, start: int, end: int) -> None:
        self._documents += 1
        if self._documents > 1:
            finding = messages.SEVERAL_DOCUMENTS.at(Span(start, end), mark="---")
            self.slips.append(Cause(finding, Repair(start, end, " " * (end - start), sure=True)))
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
            origin = OffsetMap.of([start] * len(text) or [start])
        if style == '"' and "\\" in raw:
            self.problems += [
                control_found(m[0], origin.span(*m.span())) for m in CONTROLS.finditer(text)
            ]
        return Scalar(text, Span(start, end), origin, not style)

    def _check_behind_block(self, end: int, parent: int, empty: bool) -> None:
        finding = heading_behind_block(self._text, end, parent, empty)
        if finding is not None:
            self.problems.append(finding)

    def _add(self, node: Node) -> None:
        if not self._open:
            self.root = node
            if isinstance(node, Scalar) and node.plain:
                self.slips += misread_root(self._text, node, self._words)
            return
        parent = self._open[-1]
        if not parent.mapping:
            parent.items.append(node)
            if isinstance(node, Scalar) and node.plain:
                self.slips += misread_item(self._text, node, self._words)
                self._check_comment(node)
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
        if node.text.isidentifier():  # most are, and such a one can hold no slip
            return node
        # No more are mended at once than that; those behind them are found by the next reading.
        looked_at = node.plain and len(self.slips) < _MENDED_LIMIT
        slip = bad_key(self._text, node.span) if looked_at else None
        if slip is not None:
            self.slips.append(slip)
            return None
        return node

    def _add_entry(self, parent: OpenNode, key: Scalar, node: Node) -> None:
        earlier = parent.entries.get(key.text)
        if earlier is not None:
            first = earlier[0].span
            line = self._source.position(first.start)[0]
            if not self._begins_item(parent, key):
                self.problems.append(
                    messages.DUPLICATE_KEY.at(key.span, key=key.text, line=line).also(first)
                )
                return
            # The next item of a list, whose dash was forgotten.
            self.problems.append(
                messages.MISSING_DASH.at(key.span, key=key.text, line=line).also(first)
            )
            self._open[-2].items.append(parent.close(key.span.start))
            parent.start, parent.entries = key.span.start, {}
        parent.entries[key.text] = (key, node)
        if isinstance(node, Scalar) and node.plain:
            self._check_comment(node)
            if node.text:
                slips, problems = misread_value(self._text, key.span, node, self._words)
                self.slips += slips
                self.problems += problems

    def _begins_item(self, parent: OpenNode, key: Scalar) -> bool:
        """Whether a key that comes again is the first one of a mapping in a list."""
        in_list = len(self._open) > 1 and not self._open[-2].mapping
        block = self._text[parent.start : parent.start + 1] != "{"
        return in_list and block and key.text == next(iter(parent.entries))

    def _check_comment(self, node: Scalar) -> None:
        end = node.span.end if node.text else node.span.start
        finding = comment_in_value(self._text, end, node.text)
        if finding is not None:
            self.problems.append(finding)
