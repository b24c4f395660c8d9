"""What archives, screen readers and careful offices require of any PDF file.

These are not all rules of PDF/A and PDF/UA, of which veraPDF checks hundreds, but those that are
broken when something is lost between the document and the file, and that matter to its readers.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from brieftex.diagnostics import Finding
from brieftex.diagnostics.messages import verification as say
from brieftex.diagnostics.messages.foreign import FOREIGN_PAGES, NOT_CONFORMING
from brieftex.pdf.read.parse import BrokenPdfError, Reference, Stream, text_of
from brieftex.pdf.read.readback import ContentItem, Readback, is_foreign

SCHEMES = ("http://", "https://", "mailto:")
"""Where links may lead."""

OF_FOREIGN_PAGES = (say.NOT_ARCHIVAL, say.NOT_ACCESSIBLE, FOREIGN_PAGES, NOT_CONFORMING)
"""What is no fault of a file that holds pages of others, and does not hide it."""

_PROGRAMS = ("FontFile", "FontFile2", "FontFile3")

# Actions that do something without being asked (ISO 32000-1, 12.6.4).
_ACTIVE = frozenset(("JavaScript", "Launch", "ImportData", "SubmitForm", "Rendition", "Movie"))


def audit(read: Readback) -> Iterator[Finding]:
    """Every fault of a file that shows without its document. Raises BrokenPdfError."""
    yield from _catalog(read)
    yield from _faces(read)
    tagged = read.file.catalog.get("StructTreeRoot") is not None
    yield from _contents(read, tagged=tagged)
    if tagged:
        yield from _tags(read)
    else:
        yield say.NO_TAGS.at(None)
    yield from _links(read)
    for bookmark in read.bookmarks():
        if bookmark.page < 0:
            yield say.BROKEN_BOOKMARK.at(None, title=bookmark.title)
    yield from _active(read)
    yield from _foreign(read)


def _catalog(read: Readback) -> Iterator[Finding]:
    file, catalog = read.file, read.file.catalog
    if file.dictionary(catalog.get("MarkInfo")).get("Marked") is not True:
        yield say.NO_TAGS.at(None)
    if not text_of(file.get(catalog.get("Lang"))):
        yield say.NO_LANGUAGE.at(None)
    packet = file.get(catalog.get("Metadata"))
    xmp = read.unpacked(packet).decode("utf-8", "replace") if isinstance(packet, Stream) else ""
    preferences = file.dictionary(catalog.get("ViewerPreferences"))
    titled = re.search(r"<dc:title(?:\s[^>]*)?>.*?<rdf:li[^>]*>[^<]+<", xmp, re.DOTALL)
    if not titled or preferences.get("DisplayDocTitle") is not True:
        yield say.NO_TITLE.at(None)
    if _stated(xmp, "pdfaid:part") not in ("2", "3") or _stated(xmp, "pdfaid:conformance") != "A":
        yield say.NOT_ARCHIVAL.at(None)
    if _stated(xmp, "pdfuaid:part") != "1":
        yield say.NOT_ACCESSIBLE.at(None)
    intents = [file.dictionary(value) for value in file.array(catalog.get("OutputIntents"))]
    if not any(
        file.name(intent.get("S")) == "GTS_PDFA1"
        and isinstance(file.get(intent.get("DestOutputProfile")), Stream)
        for intent in intents
    ):
        yield say.NO_COLOR_SPACE.at(None)


def _stated(xmp: str, name: str) -> str:
    """A simple property of an XMP packet, written as an element, which may declare its namespace,
    or as an attribute."""
    found = re.search(rf"<{name}(?:\s[^>]*)?>\s*(\w+)\s*<|\b{name}\s*=\s*[\"'](\w+)[\"']", xmp)
    return (found[1] or found[2]) if found else ""


def _faces(read: Readback) -> Iterator[Finding]:
    file = read.file
    for name, font in read.fonts.items():
        kind = file.name(font.get("Subtype"))
        if kind == "Type0":
            below = file.array(font.get("DescendantFonts"))
            font = file.dictionary(below[0]) if below else {}
        descriptor = file.dictionary(font.get("FontDescriptor"))
        programs = [file.get(descriptor.get(key)) for key in _PROGRAMS]
        if kind != "Type3" and not any(isinstance(p, Stream) and p.raw for p in programs):
            yield say.FACE_NOT_EMBEDDED.at(None, face=name.split("+")[-1])


def _contents(read: Readback, *, tagged: bool) -> Iterator[Finding]:
    for number, sheet in enumerate(read.sheets, start=1):
        faults = sheet.content.faults
        if faults.missing:
            yield say.EMPTY_BOX.at(None, page=number, count=faults.missing)
        if faults.unreadable:
            yield say.UNREADABLE_GLYPH.at(None, page=number, count=faults.unreadable)
        if faults.unmarked and tagged:
            yield say.OUTSIDE_TAGS.at(None, page=number, count=faults.unmarked)
        if sheet.broken:
            yield say.BROKEN_PAGE.at(None, page=number)


def overlaps(read: Readback) -> Iterator[Finding]:
    """What is printed over other text or beyond the edges of the paper, page by page."""
    for number, sheet in enumerate(read.sheets, start=1):
        found = sheet.misprints
        if found.drawing:
            yield say.INK_OFF_PAPER.at(None, page=number, what="图形", what_en="a drawing")
        for text in found.beyond:
            yield say.INK_OFF_PAPER.at(None, page=number, what=f"“{text}”", what_en=text)
        for one, other in found.pairs:
            yield say.OVERPRINTED.at(None, page=number, one=one, other=other)


def _tags(read: Readback) -> Iterator[Finding]:
    """Marked content and the tree lead to each other (ISO 32000-1, 14.7.4.4)."""
    owners: dict[tuple[int, int], Reference | None] = {}
    astray: set[int] = set()
    for number, leaf in enumerate(read.leaves):
        if leaf.mcid is not None:
            place = (leaf.page, leaf.mcid)
            if place in owners:
                astray.add(leaf.page)
            owners[place] = leaf.element.reference
        elif leaf.annotation is None:
            yield from _element(read, number, leaf)
    keys = [read.file.number(sheet.entries.get("StructParents"), -1) for sheet in read.sheets]
    parents = _parent_tree(read, min(keys, default=0), max(keys, default=0))
    used: set[tuple[int, int]] = set()
    for index, sheet in enumerate(read.sheets):
        key = read.file.number(sheet.entries.get("StructParents"), -1)
        listed = read.file.array(parents.get(key))
        shown: set[int] = set()
        for sequence in sheet.content.sequences:
            mcid = sequence.mcid
            if mcid is None:
                continue
            used.add((index, mcid))
            owner = owners.get((index, mcid))
            entry = listed[mcid] if 0 <= mcid < len(listed) else None
            if owner is None or entry != owner or mcid in shown:
                astray.add(index)
            shown.add(mcid)
    astray |= {page for page, _ in owners.keys() - used}
    for page in sorted(astray):
        yield say.TAGS_ASTRAY.at(None, page=page + 1)


def _element(read: Readback, number: int, leaf: ContentItem) -> Iterator[Finding]:
    entries, roles = leaf.element.entries, leaf.element.roles
    if roles[-1] == "Figure" and not (
        text_of(entries.get("Alt")).strip() or text_of(entries.get("ActualText")).strip()
    ):
        # An element need not say its page; what stands in it or follows does.
        shown = (other.page for other in read.leaves[number:] if other.mcid is not None)
        page = leaf.page if leaf.page >= 0 else next(shown, 0)
        yield say.NO_ALTERNATIVE.at(None, page=page + 1)


def _parent_tree(read: Readback, first: int, last: int) -> dict[int, Any]:
    """The values of the parent tree by key, those from ``first`` to ``last`` at least."""
    file = read.file
    waiting, found, count = read.parent_nodes(first, last), {}, 0
    while waiting and count < 100_000:
        count += 1
        node = file.dictionary(waiting.pop())
        limits = [file.number(limit) for limit in file.array(node.get("Limits"))]
        if len(limits) == 2 and not (limits[0] <= last and first <= limits[1]):
            continue
        waiting += file.array(node.get("Kids"))
        numbers = file.array(node.get("Nums"))
        for key, value in zip(numbers[::2], numbers[1::2], strict=False):
            found[file.number(key, -1)] = value
    return found


def links(read: Readback) -> Iterator[tuple[int, Reference | None, dict[str, Any]]]:
    """The link annotations of all pages: page index, reference and dictionary."""
    for index, sheet in enumerate(read.sheets):
        for value in read.file.array(sheet.entries.get("Annots")):
            entries = read.file.dictionary(value)
            if read.file.name(entries.get("Subtype")) == "Link":
                yield index, value if isinstance(value, Reference) else None, entries


def href_of(read: Readback, annotation: dict[str, Any]) -> str:
    """The URI that a link annotation leads to, '' if it leads to no URI."""
    action = read.file.dictionary(annotation.get("A"))
    if read.file.name(action.get("S")) != "URI":
        return ""
    return text_of(read.file.get(action.get("URI")))


def _links(read: Readback) -> Iterator[Finding]:
    tagged = {leaf.annotation for leaf in read.leaves if leaf.annotation is not None}
    faults: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for index, reference, entries in links(read):
        href = href_of(read, entries)
        action = read.file.dictionary(entries.get("A"))
        if href:
            if not href.lower().startswith(SCHEMES):
                yield say.UNSAFE_LINK.at(None, page=index + 1, href=href[:80])
        elif read.destination(entries.get("Dest", action.get("D"))) < 0:
            faults[index].add(("没有目标", "it leads nowhere"))
        if not text_of(read.file.get(entries.get("Contents"))):
            faults[index].add(("没有说明", "it has no description"))
        if reference not in tagged:
            faults[index].add(("不在标签里", "it is not tagged"))
    for index, found in faults.items():
        for what, what_en in sorted(found):
            yield say.BROKEN_LINK.at(None, page=index + 1, what=what, what_en=what_en)


def _foreign(read: Readback) -> Iterator[Finding]:
    """Pages of other files, which are not looked into."""
    file, pages = read.file, list[int]()
    for number, sheet in enumerate(read.sheets, start=1):
        resources = file.dictionary(sheet.entries.get("Resources"))
        forms = map(file.get, file.dictionary(resources.get("XObject")).values())
        if any(isinstance(form, Stream) and is_foreign(file, form) for form in forms):
            pages.append(number)
    if pages:
        yield FOREIGN_PAGES.at(None, pages=_ranges(pages))


def _ranges(numbers: Sequence[int]) -> str:
    """Numbers in order, those that follow one another as a range: 2—4、7."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1] = [runs[-1][0], number]
        else:
            runs.append([number])
    return "、".join("—".join(map(str, run)) for run in runs)


def _active(read: Readback) -> Iterator[Finding]:
    """Scripts, launch actions and the like, wherever a file can have an action."""
    file, catalog = read.file, read.file.catalog
    found: set[str] = set()
    if file.dictionary(catalog.get("Names")).get("JavaScript") is not None:
        found.add("JavaScript")
    holders: list[dict[str, Any]] = [catalog]
    for sheet in read.sheets:
        holders.append(sheet.entries)
        holders += [file.dictionary(value) for value in file.array(sheet.entries.get("Annots"))]
    for holder in holders:
        actions = [holder.get("OpenAction"), holder.get("A")]
        actions += file.dictionary(holder.get("AA")).values()
        for value in actions:
            if value is not None:
                found |= _kinds(read, value)
    for what in sorted(found):
        yield say.ACTIVE_CONTENT.at(None, what=what)


def _kinds(read: Readback, value: Any) -> set[str]:
    """The active kinds in a chain of actions."""
    found: set[str] = set()
    for _ in range(20):
        action = read.file.get(value)
        if not isinstance(action, dict):
            return found
        found |= {read.file.name(action.get("S"))} & _ACTIVE
        value = action.get("Next")
        if isinstance(read.file.get(value), list):
            for following in read.file.array(value)[:20]:
                kind = read.file.name(read.file.dictionary(following).get("S"))
                found |= {kind} & _ACTIVE
            return found
    raise BrokenPdfError("actions in a circle")
