"""Texts and lists as lines of YAML that an editor would write."""

from __future__ import annotations

import re
from collections.abc import Sequence

from brieftex.patterns import late

_BARE = late(r"[\w（“《〔【—…·][^:#\n]*")
# What YAML or a reader of numbers and dates would take for something else stays text for
# brieftex, but an editor is surprised by it in other programs.
_LOOKS_TYPED = late(r"(?i)true|false|yes|no|on|off|null|~|[-+.\d][\d.,:_eE+-]*")


def yaml_text(text: str, *, listed: bool = False) -> str:
    """A text as one line of YAML: bare where that is safe, else in quotes; ``listed`` within
    ``[…]``."""
    if "\n" in text or not text.replace("\u3000", "").isprintable():
        inner = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return '"' + "".join(c if c.isprintable() else _escape(c) for c in inner) + '"'
    bare = _BARE.fullmatch(text) and text == text.strip() and not _LOOKS_TYPED.fullmatch(text)
    if bare and not (listed and set(text) & set("[]{},")):
        return text
    if listed and re.fullmatch(r"\d+(?:\.\d+)?", text):
        return text  # a number in a table
    return "'" + text.replace("'", "''") + "'"


def _escape(character: str) -> str:
    code = ord(character)
    return (
        character
        if character == "\u3000"
        else f"\\U{code:08x}"
        if code > 0xFFFF
        else f"\\u{code:04x}"
    )


def indented(lines: Sequence[str], by: int = 2) -> list[str]:
    """Lines further in by so many spaces; empty ones stay empty."""
    return [f"{'':{by}}{line}" if line else "" for line in lines]


def list_entry(lines: Sequence[str]) -> list[str]:
    """Lines as an entry of a list; comments before its first key stand above it."""
    count = next((i for i, line in enumerate(lines) if not line.startswith("#")), 0)
    head, rest = lines[:count], lines[count:]
    return [*head, f"- {rest[0]}", *indented(rest[1:])] if rest else list(head)
