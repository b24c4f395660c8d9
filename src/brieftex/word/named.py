"""Styles that bear the names of a theme, as those of our own documents do.

Where Word has a style of its own for a purpose, the theme's name is its alias; a program that drops
aliases leaves the names of Word, which say as much.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from brieftex.word.names import local, value, w

_TEXTS = (
    "body", "foreword", "speech", "list", "quotation", "box", "verse", "names", "editor_note",
    "summary",
)  # fmt: skip
_HEADINGS = (
    "section", "item", "heading1", "heading2", "heading3", "body_heading1", "body_heading2",
    "body_heading3", "foreword_title", "foreword_heading", "attachment_title",
    "attachment_heading1", "attachment_heading2", "attachment_heading3", "box_title",
)  # fmt: skip
_FRONT = (
    "copy_number", "classification", "urgency", "masthead_above", "masthead_name",
    "masthead_number", "signers", "imprint", "title", "salutation",
)  # fmt: skip
_BESIDE = (
    "contributors", "speaker", "sources", "table", "table_caption", "table_unit", "table_note",
    "figure_caption", "note", "figure", "attachment_label", "attachment_list", "attendance",
    "signature", "remark", "colophon",
)  # fmt: skip
_NAMES = frozenset((*_TEXTS, *_HEADINGS, *_FRONT, *_BESIDE))
_COMMON = frozenset(("title", "signature", "figure", "table", "note"))
_OWN = frozenset((*_HEADINGS, *_FRONT, *_BESIDE)) - _COMMON
"""Names that no other document has for its styles."""

_WORDS = {
    "normal": "body", "title": "title", "quote": "quotation", "signature": "signature",
    "salutation": "salutation", "caption": "figure_caption", "footnote text": "note",
}  # fmt: skip
_IN_SECTIONS = ("section", "item", "heading1", "heading2", "heading3")
_ALONE = ("body_heading1", "body_heading2", "body_heading3")


def named_styles(styles: Iterable[Any]) -> dict[str, str]:
    """What a theme calls the styles of a document, by their identifiers; empty for a document
    whose styles are not those of a theme."""
    known: dict[str, str] = {}
    left: dict[str, str] = {}
    for style in styles:
        identifier = style.get(w("styleId"))
        if local(style) != "style" or style.get(w("type"), "paragraph") != "paragraph":
            continue
        name = (value(style, "name") or "").strip().lower()
        aliases = [a.strip() for a in (value(style, "aliases") or "").lower().split(",")]
        found = next((one for one in (*aliases, name) if one in _NAMES), None)
        if identifier is None:
            continue
        if found is not None and (found != name or name not in _WORDS):
            known[identifier] = found
        else:
            left[identifier] = name
    if len(_OWN & set(known.values())) < _ENOUGH:
        return {}
    # The style of Word that a theme's has taken the place of is not there under that name.
    heads = _ALONE if "section" in known.values() else _IN_SECTIONS
    words = _WORDS | {f"heading {level}": name for level, name in enumerate(heads, 1)}
    words |= {f"标题 {level}": name for level, name in enumerate(heads, 1)}
    for identifier, name in left.items():
        if name in words:
            known.setdefault(identifier, words[name])
    return known


_ENOUGH = 12
"""So many styles of a theme's own names make a document one of ours."""
