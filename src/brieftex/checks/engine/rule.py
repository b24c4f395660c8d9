"""What a rule is: a kind of finding, a function that looks for it, a page that explains it.

The page is the function's docstring: one English line, then ``What it does``, ``Why``,
``Example``, ``Use instead`` and ``Reference``, each on a line of its own and in Chinese.
Several examples are divided by `` | ``. The tests run them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from brieftex.checks.engine.corpus import Corpus, TextRole
from brieftex.diagnostics import Finding, Fix, Kind
from brieftex.model.issue import Issue

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
"""Han characters, to stand between square brackets."""

NUMERAL = "一二三四五六七八九十"

ALL_ROLES = frozenset(TextRole)
PROSE_ROLES = frozenset({TextRole.PARAGRAPH, TextRole.ITEM})
TITLE_ROLES = frozenset({TextRole.TITLE, TextRole.HEADING})

Edit: TypeAlias = tuple[int, int, str]


class Hit(Struct, frozen=True):
    """Characters ``start`` up to ``end`` of a copy are wrong; ``edits`` would mend them.

    ``right`` is how to write it, for the message; the default is what the edits make of it.
    """

    start: int
    end: int
    edits: tuple[Edit, ...] = ()
    right: str = ""


TextCheck: TypeAlias = Callable[[Corpus], Iterator[Hit]]
IssueCheck: TypeAlias = Callable[[Issue, Corpus], Iterator[Finding]]
SeriesCheck: TypeAlias = Callable[[Sequence[Issue]], Iterator[tuple[int, Finding]]]


class Rule(Struct, frozen=True):
    """One rule.

    A rule about texts runs only where one of the characters ``needs`` occurs, and only hits
    in texts of its ``sorts`` count. It looks at each line by itself, unless it looks ``across``
    them. A rule about a series of issues gives each finding with
    the index of the issue it belongs to.
    """

    kind: Kind
    page: str
    text: TextCheck | None = None
    issue: IssueCheck | None = None
    series: SeriesCheck | None = None
    needs: frozenset[str] = frozenset()
    sorts: frozenset[TextRole] = ALL_ROLES
    across: bool = False


class Rules(Struct):
    """The rules of one module, in the order in which they stand there."""

    found: list[Rule] = field(default_factory=list)

    def text(
        self,
        kind: Kind,
        needs: str = "",
        sorts: frozenset[TextRole] = ALL_ROLES,
        *,
        across: bool = False,
    ) -> Callable[[TextCheck], TextCheck]:
        """Register a function over the copy."""

        def register(check: TextCheck) -> TextCheck:
            page = check.__doc__ or ""
            self.found.append(Rule(kind, page, check, None, None, frozenset(needs), sorts, across))
            return check

        return register

    def issue(self, kind: Kind) -> Callable[[IssueCheck], IssueCheck]:
        """Register a function over the issue."""

        def register(check: IssueCheck) -> IssueCheck:
            self.found.append(Rule(kind, check.__doc__ or "", issue=check))
            return check

        return register

    def series(self, kind: Kind) -> Callable[[SeriesCheck], SeriesCheck]:
        """Register a function over issues in order of their appearance."""

        def register(check: SeriesCheck) -> SeriesCheck:
            self.found.append(Rule(kind, check.__doc__ or "", series=check))
            return check

        return register


def swap(start: int, end: int, text: str) -> Hit:
    """A hit whose characters give way to ``text`` as a whole."""
    return Hit(start, end, ((start, end, text),))


def findings(rule: Rule, corpus: Corpus, hits: Iterable[Hit]) -> Iterator[Finding]:
    """The hits of a rule about texts as findings in the file."""
    for hit in hits:
        text, _ = corpus.at(hit.start)
        if text.role not in rule.sorts:
            continue
        wrong = corpus.written(hit.start, hit.end)
        found = rule.kind.at(
            corpus.span(hit.start, hit.end), text.path,
            wrong=_short(wrong), right=_short(hit.right or _mended(corpus, hit)),
        )  # fmt: skip
        yield replace(found, fix=_fix(corpus, hit))


def _fix(corpus: Corpus, hit: Hit) -> Fix | None:
    edits = []
    for start, end, text in hit.edits:
        span = corpus.exact_span(start, end)
        if span is None:
            return None
        edits.append((span, text))
    return Fix(tuple(edits)) if edits else None


def _mended(corpus: Corpus, hit: Hit) -> str:
    pieces, at = [], hit.start
    for start, end, text in hit.edits:
        pieces += [corpus.written(at, start), text]
        at = end
    return "".join([*pieces, corpus.written(at, hit.end)])


def _short(text: str) -> str:
    """A text for a message: a line of at most two dozen characters."""
    line = text.replace("\n", " ")
    return line if len(line) <= 24 else f"{line[:11]}……{line[-11:]}"
