"""All rules, and what they find in an issue or in several.

``check_issue`` and ``compare_issues`` never raise and change nothing. What an issue allows is
whoever shows the findings to leave out (``Issue.without_allowed``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from brieftex.checks.engine.corpus import CopyPart, Corpus
from brieftex.checks.engine.rule import Hit, Rule, findings
from brieftex.diagnostics import Finding, Severity
from brieftex.memory import FORGETFUL, Memo, Memory
from brieftex.model.issue import Issue


@cache
def issue_rules() -> tuple[Rule, ...]:
    """The rules about one issue."""
    from brieftex.checks.rules import (  # noqa: PLC0415  # explaining needs no series, building less
        abbreviations,
        characters,
        dates,
        items,
        leftovers,
        marks,
        numbers,
        openings,
        pairs,
        ranges,
        spaces,
        structure,
        widths,
    )

    modules = (
        widths, pairs, marks, openings, spaces, dates, ranges, numbers, items, structure,
        abbreviations, characters, leftovers,
    )  # fmt: skip
    return tuple(rule for module in modules for rule in module.RULES.found)


@cache
def series_rules() -> tuple[Rule, ...]:
    """The rules about several issues."""
    from brieftex.checks.rules import names, series  # noqa: PLC0415  # for several files only

    return (*series.RULES.found, *names.RULES.found)


def rules() -> dict[str, Rule]:
    """Every rule by its code, in order of code."""
    found = {rule.kind.code: rule for rule in (*issue_rules(), *series_rules())}
    return dict(sorted(found.items()))


def check_issue(issue: Issue, *, notes: bool = True, memory: Memory = FORGETFUL) -> list[Finding]:
    """What the rules find in one issue, rule by rule; without ``notes`` no mere remarks.

    Lines of which ``memory`` knows that there is nothing to say about them are left out, but
    where a rule looks ``across`` them.
    """
    memo = memory.stage("checks", notes)
    whole = Corpus.of(issue, memo)
    doubtful, unknown = whole, whole.parts
    if memo.keeps:
        unknown = [part for part in whole.parts if not _in_order(part, memo)]
        doubtful = Corpus(issue.source, [_doubtful(part, memo) for part in unknown])
        whole.doubtful = doubtful
    odd: set[int] = set()
    found: list[Finding] = []
    for rule in issue_rules():
        if rule.kind.severity is Severity.INFO and not notes:
            continue
        corpus = whole if rule.across else doubtful
        if rule.issue is not None:
            found += rule.issue(issue, whole)
        elif rule.text is not None and (not rule.needs or corpus.has_any(rule.needs)):
            hits = rule.text(corpus)
            if memo.keeps and not rule.across:
                hits = _noted(hits, corpus, odd)
            found += findings(rule, corpus, hits)
    if memo.keeps:
        odd |= {doubtful.number(at) for at in doubtful.stray}
        _keep(doubtful, odd, memo)
        for part in unknown:
            _in_order(part, memo)
    return found


def _in_order(part: CopyPart, memo: Memo) -> bool:
    """Whether it is known that there is nothing to say about any line of a part."""

    def known() -> CopyPart | None:
        return None if None in [memo.get(line) for line in part.lines] else part

    return memo.recall_whole(id(part), known) is not None


def _doubtful(part: CopyPart, memo: Memo) -> CopyPart:
    """The lines of a part of which that is not known."""
    numbers = [n for n, line in enumerate(part.lines) if memo.get(line) is None]
    texts = [part.texts[n] for n in numbers]
    return CopyPart(part.held, texts, [part.masked[n] for n in numbers])


def _keep(copy: Corpus, odd: set[int], memo: Memo) -> None:
    """Keep what the lines of a copy are that are not among the ``odd`` ones."""
    lines = [line for part in copy.parts for line in part.lines]
    for number, line in enumerate(lines):
        if number not in odd:
            memo.put(line, "in order")


def _noted(hits: Iterable[Hit], corpus: Corpus, lines: set[int]) -> Iterator[Hit]:
    """The hits one by one, since each may hold as much text as the line in which it is; the
    numbers of their lines are added to ``lines``."""
    for hit in hits:
        lines.add(corpus.number(hit.start))
        yield hit


def compare_issues(issues: Sequence[Issue]) -> list[list[Finding]]:
    """What the rules find in each issue in the light of the others."""
    found: list[list[Finding]] = [[] for _ in issues]
    for rule in series_rules():
        if rule.series is not None:
            for index, finding in rule.series(issues):
                found[index].append(finding)
    return found
