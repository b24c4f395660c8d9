"""Issues written for the rules, and what the rules find in them."""

from __future__ import annotations

from pathlib import Path

from brieftex.checks.engine.corpus import Corpus
from brieftex.checks.engine.registry import check_issue, compare_issues
from brieftex.checks.engine.rule import Rule, findings
from brieftex.diagnostics import Finding, Source
from brieftex.input.issue.read import read
from brieftex.input.yaml import parse
from brieftex.model.issue import Issue


def issue_of(text: str, name: str = "issue.yaml") -> Issue:
    """The issue that a file's text gives."""
    source = Source(name, text)
    return read(parse(source), source, Path())[0]


def quoted(text: str) -> str:
    """Text as a YAML scalar in single quotes."""
    return "'" + text.replace("'", "''") + "'"


def saying(*paragraphs: str, title: str = "编者按") -> str:
    """A file whose foreword has these paragraphs."""
    lines = "".join(f"    {paragraph}\n\n" for paragraph in paragraphs)
    return (
        "brieftex: 1\nmasthead:\n  name: 试排\nforeword:\n"
        f"  title: {quoted(title)}\n  body: |\n{lines}"
    )


def items(*bodies: str, head: str = "") -> str:
    """A file with one section of items of these lines of YAML, each below its title."""
    written = "".join(
        f"      - title: 第{number}件事\n"
        + "".join(f"        {line}\n" for line in body.split("\n"))
        for number, body in enumerate(bodies, 1)
    )
    return (
        f"brieftex: 1\nmasthead:\n  name: 试排\n{head}"
        f"sections:\n  - title: 动态\n    items:\n{written}"
    )


def hits(rule: Rule, issue: Issue) -> list[Finding]:
    """What one rule about texts finds, as ``check_issue`` would ask it."""
    corpus = Corpus.of(issue)
    if rule.text is None or (rule.needs and not corpus.has_any(rule.needs)):
        return []
    return list(findings(rule, corpus, rule.text(corpus)))


def names(text: str) -> list[str]:
    """The names of everything found in a file, in alphabetical order."""
    return sorted(finding.kind.name for finding in check_issue(issue_of(text)))


def found(text: str, name: str) -> list[str]:
    """The places in the file where a rule finds something, as text."""
    issue = issue_of(text)
    spans = [d.span for d in check_issue(issue) if d.kind.name == name]
    return [issue.source.text[span.start : span.end] for span in spans if span is not None]


def series(*texts: str) -> list[list[str]]:
    """The names of what is found in each of several issues in the light of the others."""
    issues = [issue_of(text, f"{number}.yaml") for number, text in enumerate(texts, 1)]
    return [sorted(d.kind.name for d in some) for some in compare_issues(issues)]
