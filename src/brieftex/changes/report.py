"""Differences as text for a terminal, as Markdown for a mail, and as records for a program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brieftex.changes.comparison import Difference
from brieftex.changes.edits import Change, TextEdit
from brieftex.diagnostics import Source, Span

CHANGE_KINDS = {
    "changed": ("改", "changed"), "added": ("增", "added"), "gone": ("删", "gone"),
    "moved": ("移", "moved"), "renamed": ("改名", "renamed"),
    "format": ("式", "look"),
}  # fmt: skip
NAMED_PARTS = frozenset(("报头", "落款", "版记", "落款、版记", "脚注", "正文", "卷首语"))
"""Pieces that are called by what they are; others have a title."""

_CONTEXT = 12
_RED, _GREEN, _BOLD, _PLAIN = "\x1b[31;9m", "\x1b[32;4m", "\x1b[1m", "\x1b[0m"


def plain_report(
    found: Sequence[Difference], sources: tuple[Source, Source], *, color: bool, language: str
) -> str:
    """Lines for people: deletions as [-…-], additions as {+…+}, in colour struck and underlined."""
    lines: list[str] = []
    piece: str | None = None
    for one in found:
        if one.piece != piece:
            piece = one.piece
            shown = piece if piece in NAMED_PARTS else f"《{piece}》" * bool(piece)
            lines += [""] * bool(lines)
            lines.append(f"{_BOLD}{shown}{_PLAIN}" if color else shown)
        lines.append(
            f"  {_heading(one, sources, language)}{_inline(one.edits, color)}{swapped(one)}"
        )
    return "\n".join(lines) + "\n" if lines else ""


def markdown_report(found: Sequence[Difference], sources: tuple[Source, Source]) -> str:
    """Markdown: deletions are struck, additions bold."""
    lines = [f"# {sources[0].name} → {sources[1].name}", ""]
    piece: str | None = None
    for one in found:
        if one.piece != piece:
            piece = one.piece
            lines += [f"## {_escaped(piece)}", ""]
        marked = "".join(_marked(edit) for edit in excerpts(one.edits))
        lines += [f"- {_heading(one, sources, 'zh')}{marked}{_escaped(swapped(one))}", ""]
    return "\n".join(lines)


def records_of(
    found: Sequence[Difference], sources: tuple[Source, Source]
) -> list[dict[str, object]]:
    """Records for JSON; nothing is cut short."""
    return [
        {
            "kind": one.kind,
            "piece": one.piece,
            "sort": one.sort,
            "detail": one.detail,
            "old": _place(one.old, sources[0]),
            "new": _place(one.new, sources[1]),
            "edits": [{"change": edit.change.value, "text": edit.text} for edit in one.edits],
            "swaps": [list(pair) for pair in one.swaps],
        }
        for one in found
    ]


def _place(span: Span | None, source: Source) -> dict[str, int] | None:
    if span is None or span.start > len(source.text):
        return None
    line, column = source.position(span.start)
    return {"line": line, "column": column}


def _heading(one: Difference, sources: tuple[Source, Source], language: str) -> str:
    word = CHANGE_KINDS[one.kind][language == "en"]
    span, source = (one.new, sources[1]) if one.new is not None else (one.old, sources[0])
    place = _place(span, source)
    where = "" if place is None else f"{source.name}:{place['line']} "
    detail = f"（{one.detail}）" if one.detail else ""
    return f"{where}{word}·{one.sort}{detail}" + "：" * bool(one.edits)


def swapped(one: Difference) -> str:
    """Numbers and names that gave way to others."""
    if not one.swaps:
        return ""
    return "　【" + "；".join(f"{was}→{now}" for was, now in one.swaps) + "】"


def _inline(edits: Sequence[TextEdit], color: bool) -> str:
    return "".join(_signed(edit, color) for edit in excerpts(edits))


def _signed(edit: TextEdit, color: bool) -> str:
    text = edit.text.replace("\n", "⏎")
    if edit.change is Change.KEPT:
        return text
    if edit.change is Change.GONE:
        return f"{_RED}{text}{_PLAIN}" if color else f"[-{text}-]"
    return f"{_GREEN}{text}{_PLAIN}" if color else f"{{+{text}+}}"


def _marked(edit: TextEdit) -> str:
    text = _escaped(edit.text.replace("\n", " "))
    return {Change.KEPT: text, Change.GONE: f"~~{text}~~", Change.ADDED: f"**{text}**"}[edit.change]


def _escaped(text: str) -> str:
    return "".join(f"\\{c}" if c in "\\`*_[]<>#~|" else c for c in text)


def excerpts(edits: Sequence[TextEdit], around: int = _CONTEXT) -> Iterator[TextEdit]:
    """The edits with no more of what is kept than tells where they stand: so many characters
    ``around`` each."""
    for k, edit in enumerate(edits):
        text = edit.text
        if edit.change is not Change.KEPT or len(text) <= 2 * around + 1:
            yield edit
            continue
        head = text[:around] if k else ""
        tail = text[-around:] if k < len(edits) - 1 else ""
        if len(edits) == 1:
            head = text[: 2 * around]
        yield TextEdit(Change.KEPT, f"{head}…{tail}")
