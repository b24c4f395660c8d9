"""Rules about abbreviations: whether they are explained, and whether at their first occurrence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from brieftex.checks.engine.corpus import Corpus, TextRole
from brieftex.checks.engine.rule import Rules
from brieftex.checks.rules.widths import has_han
from brieftex.diagnostics import Finding
from brieftex.diagnostics.messages import structure as kinds
from brieftex.model.issue import Issue

RULES = Rules()

# Whoever reads a 简报 knows these, or knows the thing by no other name.
_KNOWN = frozenset({
    "AI", "AM", "AR", "APP", "CAD", "CCTV", "CD", "CEO", "CPU", "CT", "DNA", "DVD", "FAQ", "GB",
    "GDP", "GPS", "GPU", "HTML", "HTTP", "HTTPS", "IC", "ICU", "ID", "IP", "ISBN", "IT", "KTV",
    "LED", "LOGO", "MBA", "MOOC", "MPA", "NBA", "OA", "OK", "OTC", "PC", "PDF", "PK", "PM",
    "POS", "PPT", "PVC", "QQ", "RNA", "ROM", "SCI", "SIM", "SUV", "TV", "UFO", "UPS", "URL",
    "USB", "VIP", "VR", "WIFI", "WPS", "WTO", "XML", "YAML",
})  # fmt: skip
_SORTS = frozenset({TextRole.PARAGRAPH, TextRole.ITEM})
# Two to six capitals that are no part of a longer word, number, model or formula (CO₂, NO_x, US$).
_ABBREVIATION = r"[A-Z][A-Z]{1,5}(?![A-Za-z0-9/\-—._^~$²³¹⁰-ₜ]|[ ·][A-Za-z0-9])"


def _occurrences(corpus: Corpus) -> Iterator[tuple[int, int, str]]:
    """Every abbreviation in prose."""
    for match in corpus.find(_ABBREVIATION):
        before = corpus.text[max(match.start() - 2, 0) : match.start()]
        alone = not re.search(r"[A-Za-z0-9/\-—.·]$|[A-Za-z0-9] $", before)
        if alone and corpus.at(match.start())[0].role in _SORTS:
            yield match.start(), match.end(), match[0]


def _is_explained(corpus: Corpus, start: int, end: int) -> bool:
    """Whether 缩写（中文）, 中文（缩写） or （以下简称缩写） stands here."""
    before = corpus.text[max(start - 60, 0) : start].rpartition("\n")[2]
    if max(before.rfind("（"), before.rfind("(")) > max(before.rfind("）"), before.rfind(")")):
        return True
    after = corpus.text[end : end + 60].lstrip(" ”").partition("\n")[0]
    inside = re.split("[）)]", after)[0]
    return after.startswith(("（", "(")) and has_han(inside)


@RULES.issue(kinds.LATE_EXPLANATION)
def late_explanation(issue: Issue, corpus: Corpus) -> Iterator[Finding]:
    """An abbreviation or short title that is explained only after it was used.

    What it does: 找出先用后释的外文缩写，以及“以下简称《×》”之前就用了的《×》。
    Why: 读者从前往后读，第一次见到时就要知道它指什么。
    Example: 先说“OECD成员国”，后面才写“OECD（经济合作与发展组织）”
    Use instead: 第一次出现时写“OECD（经济合作与发展组织）”
    Reference: 出版物编校惯例
    """
    del issue
    first: dict[str, tuple[int, int]] = {}
    explained: dict[str, int] = {}
    for start, end, name in _occurrences(corpus):
        first.setdefault(name, (start, end))
        if name not in explained and _is_explained(corpus, start, end):
            explained[name] = start
    for match in corpus.find(r"以下(?:统?简)?称(《[^《》\n]+》)"):
        use = corpus.text.find(match[1])
        if corpus.at(use)[0].role in _SORTS:
            first.setdefault(match[1], (use, use + len(match[1])))
            explained.setdefault(match[1], match.start(1))
    for name, at in explained.items():
        start, end = first[name]
        if start < at:
            there = corpus.span(at, at + 1)
            line = corpus.source.position(there.start)[0]
            path = corpus.at(start)[0].path
            found = kinds.LATE_EXPLANATION.at(corpus.span(start, end), path, name=name, line=line)
            yield found.also(there)


@RULES.issue(kinds.UNEXPLAINED_ABBREVIATION)
def unexplained_abbreviation(issue: Issue, corpus: Corpus) -> Iterator[Finding]:
    """A foreign abbreviation that is explained nowhere.

    What it does: 找出全文没有说明的外文缩写；GDP、DNA、PDF 等人人都懂的除外。
    Why: 公文里的外文缩写，第一次出现时应注明中文。
    Example: 6个OECD成员国
    Use instead: 6个OECD（经济合作与发展组织）成员国
    Reference: 《党政机关公文处理工作条例》第十九条及编校惯例
    """
    del issue
    first: dict[str, tuple[int, int]] = {}
    explained = set(_KNOWN)
    for start, end, name in _occurrences(corpus):
        first.setdefault(name, (start, end))
        if name not in explained and _is_explained(corpus, start, end):
            explained.add(name)
    for name, (start, end) in first.items():
        if name not in explained:
            path = corpus.at(start)[0].path
            yield kinds.UNEXPLAINED_ABBREVIATION.at(corpus.span(start, end), path, name=name)
