"""What identifies the pictures of an issue: the bytes of their files."""

from __future__ import annotations

import hashlib

from brieftex.changes.parts import pieces_of
from brieftex.diagnostics import Span
from brieftex.model.content import Figure
from brieftex.model.issue import Issue
from brieftex.picture import PICTURE_LIMIT, Picture
from brieftex.source import read_regular
from brieftex.vector import Drawing


def picture_digests(issue: Issue) -> dict[str, str]:
    """A digest of each picture of an issue, by its path as written; empty for one that cannot be
    read any more."""
    return {name: _digest(picture) for name, picture in issue.pictures.items()}


def pictures_by_place(issue: Issue) -> dict[Span, str]:
    """The same by the places of the figures, and of the picture of the masthead's name."""
    if not issue.files:
        return {}
    known = picture_digests(issue)
    found = {
        part.block.span: known.get(part.block.path, "")
        for piece in pieces_of(issue)
        for part in piece.parts
        if isinstance(part.block, Figure)
    }
    found |= {a.pdf.span: a.pdf.digest for a in issue.attachments if a.pdf is not None}
    head = issue.masthead
    place = head.places.get("name_picture")
    if head.name_picture is not None and place is not None:
        found[place] = known.get(head.name_picture, "")
    return found


def _digest(picture: Picture | Drawing) -> str:
    if isinstance(picture, Drawing):
        return hashlib.sha256(repr(picture).encode("utf-8", "surrogatepass")).hexdigest()
    try:
        return hashlib.sha256(read_regular(picture.path, PICTURE_LIMIT)).hexdigest()
    except (OSError, ValueError):
        return ""
