"""What a document has of its own (pictures, links, lists, notes) made part of another one, so that
content of both can stand side by side there."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from xml.etree import ElementTree as ET

from brieftex.changes.matching import match_parts
from brieftex.changes.parts import TextPart
from brieftex.twin.wordfile import DML, REL, WML, Relations, WordFile

_PROPERTIES = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_ID = f"{WML}id"
_LISTED = f"{WML}numId"


def adopted_links(root: ET.Element, own: Relations, wanted: Relations) -> None:
    """Let links and pictures below ``root`` lead where they lead by relations of another part."""
    for link in root.iter(f"{WML}hyperlink"):
        identifier = link.get(f"{REL}id")
        if identifier is not None:
            link.set(f"{REL}id", wanted.link(own.target(identifier)))
    for blip in root.iter(f"{DML}blip"):
        identifier = blip.get(f"{REL}embed", "")
        ending = own.target(identifier).rpartition(".")[2]
        blip.set(f"{REL}embed", wanted.picture(own.bytes_of(identifier), ending))


def renumbered_pictures(root: ET.Element, taken: ET.Element) -> None:
    """Give the pictures below ``root`` numbers that none below ``taken`` has."""
    numbers = [int(one.get("id", 0)) for one in taken.iter(_PROPERTIES)]
    for k, one in enumerate(root.iter(_PROPERTIES), max(numbers, default=0) + 1):
        one.set("id", str(k))


def adopted_lists(root: ET.Element, own: WordFile, into: WordFile) -> dict[str, str]:
    """Add the lists of ``own`` to those of another file, and let paragraphs below ``root`` count in
    them; by the numbers of all lists now, the kinds of list that they are."""
    ours, theirs = own.tree("numbering"), into.tree("numbering")
    known = _kinds(theirs)
    last = max((int(number) for number in known), default=0)
    renamed: dict[str, str] = {}
    for one in ours.findall(f"{WML}num"):
        number = one.get(_LISTED, "")
        plain = one.find(f"{WML}lvlOverride") is None
        if plain and known.get(number) == _kinds(ours)[number]:
            continue
        last += 1
        renamed[number] = str(last)
        copied = deepcopy(one)
        copied.set(_LISTED, str(last))
        theirs.append(copied)
    for one in root.iter(_LISTED):
        value = one.get(f"{WML}val", "")
        one.set(f"{WML}val", renamed.get(value, value))
    if renamed:
        into.put("numbering", theirs)
    return _kinds(theirs)


def _kinds(numbering: ET.Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in numbering.findall(f"{WML}num"):
        kind = one.find(f"{WML}abstractNumId")
        found[one.get(_LISTED, "")] = "" if kind is None else kind.get(f"{WML}val", "")
    return found


def paired_notes(
    old: ET.Element, new: ET.Element, said: Mapping[int, str]
) -> tuple[dict[str, ET.Element], dict[str, ET.Element]]:
    """The footnotes of both documents by a number that those of both have which are the same, by
    what they say (``said`` by the identity of the element)."""
    sides = [[note for note in part if note.get(f"{WML}type") is None] for part in (old, new)]
    parts = [[TextPart("脚注", said[id(note)], None) for note in side] for side in sides]
    later = {note.get(_ID, ""): note for note in sides[1]}
    free = max((int(number) for number in later), default=0)
    earlier: dict[str, ET.Element] = {}
    for i, j in match_parts(*parts):
        if i is not None:
            free += j is None
            number = str(free) if j is None else sides[1][j].get(_ID, "")
            earlier[number] = sides[0][i]
    return earlier, later


def renamed_notes(root: ET.Element, notes: Mapping[str, ET.Element]) -> None:
    """Let the marks below ``root`` be those of the numbers that ``paired_notes`` gave."""
    names = {note.get(_ID): number for number, note in notes.items()}
    for mark in root.iter(f"{WML}footnoteReference"):
        mark.set(_ID, names.get(mark.get(_ID), ""))
