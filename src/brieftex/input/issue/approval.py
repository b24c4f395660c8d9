"""The state of an issue: what was approved, where the text differs from it, how it is written.

In: the tree of an issue file. Out: its mark, one line of text that stands in the file as
``approved_text``; the places where another text differs from it; the file with the state written
into it and nothing else changed.

A mark begins with a digest of all that the file says, values and not bytes: comments, quotation
marks and line ends may change. Behind it stand two characters for each line of each value, by
which the place of a change is found. It shows a change to whoever looks; it is no signature,
since whoever can change the file can renew the mark as well.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from brieftex.diagnostics import Span
from brieftex.input.issue.fields import ISSUE
from brieftex.input.yaml import Mapping, Node, Scalar
from brieftex.model.issue import Approval, State
from brieftex.patterns import late
from brieftex.source import read_regular

STATE_FIELDS = ("state", "approved_by", "approved_on", "approved_text")
"""The fields that an approval writes; they are no part of what is approved."""

_DIGEST = 24
"""Hexadecimal digits of the whole: 96 bits."""

_KEPT = 12
"""Digits of the mark in the name of the file that is kept."""

_MARK = late(r"[0-9a-f]{24}\.(?:[A-Za-z0-9_-]{2})*")

_PICTURE_LIMIT = 256 * 1024 * 1024


class ApprovedUnit(Struct, frozen=True):
    """A line of a value: where it stands and the digest of what it says."""

    span: Span | None
    digest: bytes


def approved_units(
    tree: Mapping, folder: Path, pictures: tuple[str, ...] = ()
) -> list[ApprovedUnit]:
    """Every line of every value of the file but for its state, in order, and its ``pictures``."""
    units: list[ApprovedUnit] = []
    for key, node in tree.entries:
        field = ISSUE.find(key.text)
        if field is None or field.key not in STATE_FIELDS:
            units += _units(key.text if field is None else field.key, node)
    for name in pictures:
        try:
            content = sha256(read_regular(folder / name, _PICTURE_LIMIT)).hexdigest()
        except (OSError, ValueError):
            content = ""
        units.append(_unit(None, "picture", name, content))
    return units


def _units(path: str, node: Node) -> Iterator[ApprovedUnit]:
    if isinstance(node, Scalar):
        start = 0
        for line in node.text.split("\n"):
            if words := line.strip():
                at = start + line.index(words)
                yield _unit(node.origin.span(at, at + len(words)), path, words)
            start += len(line) + 1
    elif isinstance(node, Mapping):
        for key, value in node.entries:
            yield from _units(f"{path}.{key.text}", value)
    else:
        for item in node.items:
            yield from _units(f"{path}[]", item)


def _unit(span: Span | None, *parts: str) -> ApprovedUnit:
    return ApprovedUnit(span, sha256("\0".join(parts).encode("utf-8", "surrogatepass")).digest())


def approval_mark(units: list[ApprovedUnit]) -> str:
    """The mark of a text of these units."""
    whole = sha256(b"".join(unit.digest for unit in units)).hexdigest()
    return f"{whole[:_DIGEST]}.{''.join(map(_sign, units))}"


def _sign(unit: ApprovedUnit) -> str:
    return base64.urlsafe_b64encode(unit.digest[:3])[:2].decode("ascii")


def kept_text(path: Path, mark: str) -> Path:
    """Where the file with this mark is kept as it was when it was approved: in a folder beside it
    that other commands do not look into."""
    return path.parent / ".approved" / f"{path.stem}-{mark[:_KEPT]}.yaml"


def is_approval_mark(text: str) -> bool:
    """Whether a text has the form of a mark."""
    return _MARK.fullmatch(text) is not None


def approval_changes(mark: str, units: list[ApprovedUnit]) -> list[Span | None]:
    """Where the text of ``units`` differs from that with this mark: its changed and added lines,
    and the line behind which one was removed; empty if it is the same. None: somewhere."""
    if mark == (own := approval_mark(units)):
        return []
    from difflib import SequenceMatcher  # for changed texts only  # noqa: PLC0415

    _, _, signs = mark.partition(".")
    before = [signs[at : at + 2] for at in range(0, len(signs), 2)]
    after = [own[_DIGEST + 1 + at : _DIGEST + 3 + at] for at in range(0, 2 * len(units), 2)]
    changes: list[Span | None] = []
    for tag, _, _, start, end in SequenceMatcher(None, before, after, False).get_opcodes():
        if tag == "delete":
            changes.append(units[max(start - 1, 0)].span if units else None)
        elif tag != "equal":
            changes += [unit.span for unit in units[start:end]]
    return list(dict.fromkeys(changes)) or [None]


def with_approval(text: str, tree: Mapping, approval: Approval) -> str | None:
    """The text of a file that ``approval`` makes final; None if its top level is no block of keys
    at the margin, so that no line can be put in between."""
    starts = [key.span.start for key, _ in tree.entries]
    if not starts or any(at and text[at - 1] not in "\r\n\ufeff" for at in starts):
        return None
    chinese = 2 * sum(not key.text.isascii() for key, _ in tree.entries) > len(tree.entries)
    state = "定稿" if chinese else State.FINAL.value
    words = (state, _quoted(approval.by or ""), f"{approval.day}", approval.mark or "")
    values = dict(zip(STATE_FIELDS, words, strict=True))
    written = {}
    for key, node in tree.entries:
        field = ISSUE.find(key.text)
        if field is not None and field.key in STATE_FIELDS:
            written[field.key] = (key, node)
    edits = [
        (node.span, values[name] if node.span.start < node.span.end else " " + values[name])
        for name, (_, node) in written.items()
    ]
    newline = next((end for end in ("\r\n", "\n", "\r") if end in text), "\n")
    lines = [
        f"{ISSUE[name].names[0] if chinese else name}: {values[name]}{newline}"
        for name in STATE_FIELDS
        if name not in written
    ]
    if lines:
        at = _place(text, tree)
        edits.append((Span(at, at), "".join(lines)))
    for span, new in sorted(edits, key=lambda edit: edit[0].start, reverse=True):
        text = text[: span.start] + new + text[span.end :]
    return text


def _place(text: str, tree: Mapping) -> int:
    """Behind the lines of ``brieftex`` and ``theme`` at the head of a file, or before its first
    key."""
    heads = {word for name in ("brieftex", "theme", *STATE_FIELDS) for word in ISSUE[name].words}
    place = tree.entries[0][0].span.start
    for (key, _), (following, _) in zip(tree.entries, tree.entries[1:], strict=False):
        if key.text not in heads:
            break
        ends = [end for mark in "\r\n" if (end := text.find(mark, key.span.start)) >= 0]
        line = min(ends)
        line += 2 if text.startswith("\r\n", line) else 1
        place = min(line, following.span.start)
    return place


def _quoted(words: str) -> str:
    """``words`` as a value that YAML reads as they are."""
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
