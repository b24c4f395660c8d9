"""An edited document written back into the issue file that it was made of.

The twin of the issue is made again and read as the document that came back is read; what differs is
what somebody changed. Each change is written where its words stand, the file is read again, and
only what then says what the document says is kept. All else is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from brieftex.changes.edits import Change, steps
from brieftex.compose.compose import compose
from brieftex.diagnostics import Finding, InputError, Source
from brieftex.diagnostics.messages import incoming as messages
from brieftex.document.paragraphs import TextBlock
from brieftex.input.issue.file import read_issue_text
from brieftex.input.theme import Theme, load_theme
from brieftex.input.theme.locate import BUILT_IN
from brieftex.model.issue import Issue
from brieftex.twin.aligned import matched
from brieftex.twin.comparing import Rewrite, TwinComparison
from brieftex.twin.make import art_of
from brieftex.twin.pictures import picture_findings
from brieftex.twin.shown import Shown, marked_text, shown_paragraphs
from brieftex.twin.sources import FilePlaces
from brieftex.twin.stepping import steps_of, with_rewrites
from brieftex.twin.wording import without_counted
from brieftex.units import Size
from brieftex.word.facts import Facts
from brieftex.word.incoming import document_facts
from brieftex.word.inlines import Account
from brieftex.word.package import open_package, twin_mark
from brieftex.word.walk import walk
from brieftex.word.write.paragraphs import BOOKMARK, PictureFile, said_digest
from brieftex.word.write.runs import COUNTED
from brieftex.word.write.sections import PageFacts
from brieftex.word.write.styles import built_in_names
from brieftex.word.write.twin import text_mark, write_twin

WORD_BEGINNINGS = (b"PK", b"\xd0\xcf\x11\xe0")
"""What files of Word begin with, those of today and those from before 2007."""

LEAST_SHARE = 30
"""Per cent of an issue's characters that have to be in paragraphs of a document that does not say
itself that it was made of the issue as it stands."""

_SHOWN = 40
"""Characters of a change that a finding shows."""


class WrittenBack(Struct, frozen=True):
    """The new text of an issue file, what is to be said about the document, and how many changes
    of each sort were written: changed, added, gone, moved."""

    text: str
    facts: Facts
    findings: tuple[Finding, ...]
    counts: dict[str, int]


def written_back(
    source: Source, issue: Issue, name: str, data: bytes, *, accept: bool
) -> WrittenBack:
    """The issue file with the changes that were made in a document. Raises InputError for what
    cannot be read."""
    if not data.startswith(WORD_BEGINNINGS):
        raise InputError(Source(name, ""), [messages.NOTHING_EDITED.at(None, "")])
    facts = document_facts(name, data, accept=accept)
    text_was, theme_name, edition = _origin(data)
    theme = _theme(issue, theme_name, edition)
    reading = _Reading(theme, source, issue)
    base, homes = reading.twin(issue, source.text)
    edited = reading.shown(facts)
    pairs = matched(base, edited)
    if text_was != text_mark(source.text):
        _refuse_another(base, pairs, facts)
    edited = _without_fields(base, homes, edited, pairs)
    account = Account(facts)
    places = FilePlaces(source, issue)
    stale = bool(text_was) and text_was != text_mark(source.text)
    comparison = TwinComparison(places, issue, account, base, homes, edited, pairs)
    findings: list[Finding] = []
    if stale:
        findings.append(messages.ISSUE_CHANGED_MEANWHILE.at(None, ""))
        findings += _freeze(comparison)
    judge = _Judge(reading, comparison, source.text)
    chosen, refused = judge.choose(steps_of(comparison))
    text = with_rewrites(source.text, chosen) or source.text
    counts = dict.fromkeys(("changed", "added", "gone", "moved"), 0)
    for step, _ in chosen:
        counts[step.sort] += max(len(step.new), len(step.old))
    findings += [_untold(comparison, step) for step in refused]
    findings += picture_findings(reading.alts, comparison.account.facts)
    findings += judge.left_over(text, refused)
    return WrittenBack(text, facts, (*facts.findings, *findings), counts)


def _refuse_another(base: Sequence[Shown], pairs: dict[int, int], facts: Facts) -> None:
    """Refuse a document that is not of this issue: its text would take the place of all there is.
    Raises InputError."""
    there = sum(len(base[i].text) for i in set(pairs.values()))
    share = 100 * there // max(sum(len(one.text) for one in base), 1)
    if share < LEAST_SHARE:
        raise InputError(facts.source, [messages.ANOTHER_DOCUMENT.at(None, "", share=share)])


def _origin(data: bytes) -> tuple[str, str, str]:
    """Of which text a document was made, in which theme and edition; empty where it says none."""
    parts = [*twin_mark(data).split(";"), "", "", ""]
    return parts[0], parts[1], parts[2]


def _theme(issue: Issue, name: str, edition: str) -> Theme:
    """The theme that a document was made in: one of brieftex's own, else that of the issue."""
    own = {path.stem for path in BUILT_IN.glob("*.yaml")}
    editions = {path.stem for path in (BUILT_IN / "editions").glob("*.yaml")}
    chosen = edition if edition in editions else None
    if name in own:
        return load_theme(name, issue.folder, chosen, given=True)
    return load_theme(issue.theme, issue.folder, chosen)


_Twin: TypeAlias = tuple[list[Shown], list[tuple[int, ...]]]
"""The paragraphs of a twin, and where their characters stand in the issue file."""


class _Reading:
    """Reads twins and documents alike."""

    def __init__(self, theme: Theme, source: Source, issue: Issue) -> None:
        self._theme = theme
        self._source = source
        self._folder = issue.folder
        self.alts: list[str] = []  # the descriptions of the pictures of the first twin
        self.read = False
        self._last: tuple[str | None, _Twin | None] = None, None
        document, _ = compose(issue, theme)
        sections = any(
            b.style.name == "section" for b in document.blocks if isinstance(b, TextBlock)
        )
        names = built_in_names(theme, sections=sections)
        self._styles = {word.lower(): name for name, word in names.items()}
        for name in theme.styles:
            self._styles.setdefault(name.lower(), name)
        for name, word in names.items():
            if word.startswith("heading "):  # as WPS and Chinese Word call them
                self._styles[word.replace("heading", "标题")] = name

    def twin(self, issue: Issue, text: str) -> _Twin:
        """The twin of an issue that has this text."""
        document, _ = compose(issue, self._theme)
        nothing = PictureFile(b"", "png", Size(1, 1))
        pictures = {block.node: nothing for block in art_of(document)}
        twin = write_twin(document, self._theme, pictures, PageFacts(), "")
        if not self.read:
            self.alts = [document.nodes[block.node].alt or "" for block in art_of(document)]
            self.read = True
        made = {one.mark: one for one in twin.paragraphs}
        shown = self.shown(walk("", open_package("", twin.data)))
        homes = []
        for one in shown:
            known = made.get(one.mark)
            at = -1 if known is None else known.said.find(one.text)
            homes.append(
                (-1,) * len(one.text)
                if known is None or at < 0
                else known.places[at : at + len(one.text)]
            )
        self._last = text, (shown, homes)
        return shown, homes

    def shown(self, facts: Facts) -> list[Shown]:
        """The paragraphs of a document."""
        return shown_paragraphs(facts, self._styles)

    def again(self, text: str) -> _Twin | None:
        """The twin of a changed text; None where it cannot be read. That of the last text is kept:
        what was tried last is mostly what is written."""
        if text != self._last[0]:
            try:
                issue, _ = read_issue_text(Source(self._source.name, text), [], self._folder)
            except InputError:
                self._last = text, None
            else:
                self.twin(issue, text)
        return self._last[1]


def _without_fields(
    base: Sequence[Shown], homes: Sequence[tuple[int, ...]], edited: Sequence[Shown],
    pairs: dict[int, int],
) -> list[Shown]:  # fmt: skip
    """The paragraphs that came back, with the numbers that Word counts as they were."""
    found = list(edited)
    for j, i in pairs.items():
        if COUNTED in homes[i]:
            text = without_counted(base[i].text, homes[i], edited[j].text)
            looks, hrefs = edited[j].looks, edited[j].hrefs
            if len(text) != len(looks):
                looks = (*looks, *looks[-1:] * len(text))[: len(text)]
                hrefs = (*hrefs, *hrefs[-1:] * len(text))[: len(text)]
            found[j] = replace(edited[j], text=text, looks=looks, hrefs=hrefs)
    return found


def _freeze(comparison: TwinComparison) -> list[Finding]:
    """Where the issue file was changed after the document was made: what was changed in it alone
    stays, what was changed in both is told."""
    frozen: set[int] = set()
    ignored: set[int] = set()
    found: list[Finding] = []
    known = {one.mark for one in comparison.base}
    for j, one in enumerate(list(comparison.edited)):
        i = comparison.pairs.get(j)
        if not one.mark or one.mark in known:
            continue
        text = one.text
        if i is not None:
            base, homes = comparison.base[i], comparison.homes[i]
            text = without_counted(base.text, homes, text, instead=False)
        untouched = one.mark.removeprefix(BOOKMARK).partition("_")[0] == said_digest(text)
        if i is None and untouched:
            ignored.add(j)
        elif i is not None:
            frozen.add(i)
            if not untouched:
                found.append(messages.CHANGED_IN_BOTH.at(
                    comparison.account.span(one.para.number), "", text=one.text[:_SHOWN]
                ))  # fmt: skip
    comparison.ignored = frozenset(ignored)
    kept = set(comparison.pairs.values())
    lacking = [i for i in range(len(comparison.base)) if i not in kept]
    for i in lacking:
        frozen.add(i)
    comparison.frozen = frozenset(frozen)
    return found


class _Judge:
    """Tries steps: those stay after which the twin of the file is nearer to the document."""

    def __init__(self, reading: _Reading, comparison: TwinComparison, text: str) -> None:
        self._reading = reading
        self._comparison = comparison
        self._text = text
        self._wanted = [marked_text(one) for one in comparison.edited]
        self._known: dict[str, int | None] = {}

    def choose(self, found: Sequence[Rewrite]) -> tuple[list[tuple[Rewrite, int]], list[Rewrite]]:
        """The steps to take, each with its way, and those that cannot be taken."""
        able = [step for step in found if step.ways]
        hopeless = [step for step in found if not step.ways]
        whole = [(step, 0) for step in able]
        best = self._distance(whole)
        if best == 0:
            return whole, hopeless
        chosen: list[tuple[Rewrite, int]] = []
        refused: list[Rewrite] = []
        least = self._distance([])
        assert least is not None
        if best is not None:  # most are right: only those that are not are looked at singly
            wrong = self._wrong(whole)
            rest = [pair for pair in whole if not _touches(pair[0], *wrong)]
            distance = self._distance(rest)
            if distance is not None and distance <= least:
                chosen, least = rest, distance
                able = [step for step in able if all(step is not one for one, _ in rest)]
        for step in able:
            for way in range(len(step.ways)):
                distance = self._distance([*chosen, (step, way)])
                if distance is not None and distance < least:
                    chosen.append((step, way))
                    least = distance
                    break
            else:
                refused.append(step)
        for step in list(refused):  # one step may make room for another
            for way in range(len(step.ways)):
                distance = self._distance([*chosen, (step, way)])
                if distance is not None and distance < least:
                    chosen.append((step, way))
                    least = distance
                    refused.remove(step)
                    break
        return chosen, [*hopeless, *refused]

    def left_over(self, text: str, refused: Sequence[Rewrite]) -> list[Finding]:
        """What the file still says otherwise and no step was about, shown once for a paragraph."""
        comparison = self._comparison
        told = {j for step in refused for j in step.new} | comparison.ignored
        gone, lacking = self._different(text)
        found = []
        for j in sorted(lacking - told):
            one = comparison.edited[j]
            i = comparison.pairs.get(j)
            if i in comparison.frozen or (i is not None and self._is_shared(i)):
                continue
            if one.text.strip():
                span = comparison.account.span(one.para.number)
                found.append(messages.CHANGE_NOT_PLACED.at(
                    span, "", text=one.text[:_SHOWN], sort="这一段与写回后的不同",
                    sort_en="the paragraph differs from what was written",
                ))  # fmt: skip
        known = {comparison.base[i].text for step in refused for i in step.old}
        known |= {comparison.base[i].text for i in comparison.frozen}
        known |= {comparison.base[i].text for i in comparison.pairs.values()}
        found += [
            messages.CHANGE_NOT_PLACED.at(
                None, "", text=words[:_SHOWN], sort="删去", sort_en="a removal"
            )
            for words in gone
            if words.strip() and words not in known
        ]
        return found

    def _is_shared(self, i: int) -> bool:
        """Whether words of a paragraph are printed in another one, too."""
        own = set(self._comparison.written(i))
        return any(
            k != i and own & set(self._comparison.written(k))
            for k in range(len(self._comparison.base))
        )

    def _distance(self, chosen: Sequence[tuple[Rewrite, int]]) -> int | None:
        text = with_rewrites(self._text, chosen)
        if text is None:
            return None
        if text not in self._known:
            read = self._reading.again(text)
            self._known[text] = None
            if read is not None:
                keys = [marked_text(one) for one in read[0]]
                way = steps(keys, self._wanted)
                wrong = sum(change is not Change.KEPT for change, _, _ in way)
                self._known[text] = wrong * 1000 + _lacking(keys, self._wanted)
        return self._known[text]

    def _different(self, text: str) -> tuple[list[str], set[int]]:
        """Texts of the twin of a text that the document lacks, and the paragraphs of the document
        that the twin lacks."""
        read = self._reading.again(text)
        if read is None:
            return [], set()
        keys = [marked_text(one) for one in read[0]]
        gone, lacking = [], set()
        for change, a, b in steps(keys, self._wanted):
            if change is Change.GONE:
                gone.append(read[0][a].text)
            elif change is Change.ADDED:
                lacking.add(b)
        return gone, lacking

    def _wrong(self, chosen: Sequence[tuple[Rewrite, int]]) -> tuple[set[int], set[int]]:
        """Paragraphs of the document that are not right, and of the twin that are still there."""
        text = with_rewrites(self._text, chosen)
        gone, lacking = self._different(text or self._text)
        left = {k for k, one in enumerate(self._comparison.base) if one.text in gone}
        return lacking, left


def _touches(step: Rewrite, new: set[int], old: set[int]) -> bool:
    return bool(step.new & new or step.old & old)


def _lacking(keys: Sequence[tuple[object, ...]], wanted: Sequence[tuple[object, ...]]) -> int:
    """How many characters the texts differ by, so that a way that comes nearer counts."""
    one = sum(len(str(key[0])) for key in keys)
    other = sum(len(str(key[0])) for key in wanted)
    return min(abs(one - other), 999)


def _untold(comparison: TwinComparison, step: Rewrite) -> Finding:
    """That a change could not be written, with what it is."""
    zh, en = {
        "changed": ("改动", "a change"), "added": ("增加", "an addition"),
        "gone": ("删去", "a removal"), "moved": ("移动", "a move"),
    }[step.sort]  # fmt: skip
    if step.new:
        one = comparison.edited[min(step.new)]
        span = comparison.account.span(one.para.number)
        text = one.text
    else:
        text = comparison.base[min(step.old)].text
        span = None
    shown = text[:_SHOWN] + ("…" if len(text) > _SHOWN else "")
    return messages.CHANGE_NOT_PLACED.at(span, "", text=shown, sort=zh, sort_en=en)
