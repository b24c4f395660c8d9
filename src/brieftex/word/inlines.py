"""A paragraph's pieces become ``Inline`` text with the marks that brieftex has.

Bold and 黑体 are ``**``, 楷体 and italic ``*``, dots below ``==``, as far as they stand out from
the text around them. What has no form is told, its characters stay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct, field

from brieftex.diagnostics import Finding, Span
from brieftex.diagnostics.messages import incoming as messages
from brieftex.model.content import Inline, Mark, NoteCall, Ruby, Stretch
from brieftex.patterns import late
from brieftex.word.facts import FaceSort, Facts, LeftOut, Look, Para, Run, RunKind, characters

_ABOVE = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_BELOW = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_LINKED = late(
    r"(?:https?://|mailto:)\S+",
)
_PLAIN = Look()


class Account(Struct):
    """What an import has to tell: characters left out or read as values, and findings."""

    facts: Facts
    left: list[LeftOut] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    lost: dict[tuple[str, str], list[int]] = field(default_factory=dict)

    def leave(self, text: str, reason: tuple[str, str], number: int) -> None:
        """Note characters that do not go into the issue as text."""
        if characters(text):
            self.left.append(LeftOut(text, reason, number))

    def span(self, number: int) -> Span:
        """Where a paragraph stands."""
        return self.facts.span(number)

    def all_findings(self) -> list[Finding]:
        """The findings, with what was left out summed up for each reason."""
        reasons: dict[tuple[str, str], list[LeftOut]] = {}
        for one in self.left:
            reasons.setdefault(one.reason, []).append(one)
        found = [*self.facts.findings, *self.findings]
        for reason, ones in reasons.items():
            first = min(one.number for one in ones)
            count = sum(characters(one.text) for one in ones)
            text = "｜".join(" ".join(one.text.split()) for one in ones)
            found.append(messages.LEFT_OUT.at(
                self.span(min(first, self.facts.source.line_count)), "",
                count=count, reason=reason[0], reason_en=reason[1], text=text,
            ))  # fmt: skip
        for (zh, en), numbers in self.lost.items():
            found.append(messages.LOOK_LOST.at(
                self.span(min(numbers)), "", looks=f"{zh} {len(numbers)} 处",
                looks_en=f"{en} ({len(numbers)})",
            ))  # fmt: skip
        return sorted(found, key=lambda f: (f.span.start if f.span else 0, f.kind.code))


def common_look(paragraphs: Iterable[Para]) -> Look:
    """The look of most characters: face, size, weight and slant."""
    counts: Counter[Look] = Counter()
    for paragraph in paragraphs:
        for piece in paragraph.pieces:
            if piece.kind in (RunKind.TEXT, RunKind.RUBY):
                counts[shape_of(piece.look)] += characters(piece.text)
    return counts.most_common(1)[0][0] if counts else _PLAIN


def shape_of(look: Look) -> Look:
    """A look without what only sets words apart."""
    return Look(look.face, look.size, look.bold, look.italic)


def inline_of(account: Account, paragraph: Para, base: Look) -> Inline:
    """The text of a paragraph with its marks, where ``base`` is the look of plain text."""
    return _inline(account, paragraph.pieces, base, paragraph.number)


def _inline(account: Account, pieces: Iterable[Run], base: Look, number: int) -> Inline:
    text = ""
    stretches: list[Stretch] = []
    calls: list[NoteCall] = []
    rubies: list[Ruby] = []
    for piece in pieces:
        if piece.kind is RunKind.NOTE:
            calls.append(NoteCall(len(text), piece.text))
        elif piece.kind is RunKind.BREAK:
            text = text.rstrip() + "\n"
        if piece.kind not in (RunKind.TEXT, RunKind.RUBY):
            continue
        shown = piece.text.replace("\t", "\u3000")
        shown = _raised(account, shown, piece.look.raised, number)
        if not text or text.endswith("\n"):
            shown = shown.lstrip()
        _note_lost(account, piece, number)
        start = len(text)
        text += shown
        if piece.kind is RunKind.RUBY:
            rubies.append(Ruby(start, len(text), piece.reading, 0))
        _add(stretches, text, start, marks_of(piece.look, base), _href(piece, shown))
    end = len(text.rstrip())
    text = text[:end]
    return Inline(
        text,
        stretches=tuple(
            Stretch(s.start, min(s.end, end), s.marks, s.href) for s in stretches if s.start < end
        ),
        calls=tuple(NoteCall(min(call.at, end), call.label) for call in calls),
        rubies=tuple(rubies),
    )


def _href(piece: Run, shown: str) -> str | None:
    if piece.href and _LINKED.fullmatch(piece.href.strip()):
        return piece.href.strip()
    bare = shown.strip()
    return bare if piece.href and _LINKED.fullmatch(bare) and "://" in bare else None


def _add(stretches: list[Stretch], text: str, start: int, marks: Mark, href: str | None) -> None:
    """Add a stretch without the blanks at its ends, or make the last one longer."""
    if not marks and href is None:
        return
    end = len(text)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        return
    last = stretches[-1] if stretches else None
    between = text[last.end : start] if last else ""
    if (
        last
        and (last.marks, last.href) == (marks, href)
        and not between.strip()
        and "\n" not in between
    ):
        stretches[-1] = Stretch(last.start, end, marks, href)
    else:
        stretches.append(Stretch(start, end, marks, href))


def marks_of(look: Look, base: Look) -> Mark:
    """How characters of a look are set apart from those of ``base``."""
    marks = Mark.NONE
    if (look.bold and not base.bold) or (
        look.face is FaceSort.HEI and base.face is not FaceSort.HEI
    ):
        marks |= Mark.STRONG
    elif (look.italic and not base.italic) or (
        look.face is FaceSort.KAI and base.face is not FaceSort.KAI
    ):
        marks |= Mark.EMPHASIS
    if look.dotted:
        marks |= Mark.HIGHLIGHT
    return marks


def _raised(account: Account, text: str, raised: int, number: int) -> str:
    """Characters above or below the line as Unicode's own, where it has them."""
    if not raised or not text.strip():
        return text
    table = _ABOVE if raised > 0 else _BELOW
    if all(ord(c) in table for c in text.strip()):
        return text.translate(table)
    name = ("上标", "superscripts") if raised > 0 else ("下标", "subscripts")
    account.lost.setdefault(name, []).append(number)
    return text


def _note_lost(account: Account, piece: Run, number: int) -> None:
    look = piece.look
    if not piece.text.strip():
        return
    for has, name in (
        (look.underlined and piece.href is None, ("下划线", "underlines")),
        (look.struck, ("删除线", "strike-through")),
        (look.shaded, ("底色", "highlighting")),
    ):
        if has:
            account.lost.setdefault(name, []).append(number)
