"""The content of a paragraph becomes pieces: text with its look, calls, pictures, breaks.

What is deleted or hidden is listed; text boxes are put aside for whoever reads the paragraph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from brieftex.word.facts import FaceSort, LeftOut, Look, PictureFacts, Run, RunKind, characters
from brieftex.word.names import a, choice_of, integer, local, r, w
from brieftex.word.objects import LINKED, PLACEHOLDER, is_placeholder, linked_address, object_words
from brieftex.word.package import Package
from brieftex.word.styles import Styles

DELETED = "修订中删去", "deleted by tracked changes"
HIDDEN = "隐藏文字", "hidden text"
SYMBOLS = "符号字体里的字", "a character of a symbol face"
CONTROL = "控制字符", "control characters"

# What Wingdings and Symbol draw for the characters that Word takes from them most often.
_SYMBOLS = {
    0x6C: "●", 0x6E: "■", 0x71: "□", 0x75: "◆", 0xA7: "▪", 0xA8: "□", 0xB7: "•", 0xD8: "➢",
    0xE0: "→", 0xF0: "→", 0xFC: "✓", 0xFE: "☑", 0x6F: "□", 0xB2: "❏",
}  # fmt: skip
WRAPPERS = frozenset({
    "hyperlink", "smartTag", "sdt", "sdtContent", "customXml", "fldSimple", "bdo", "dir",
})  # fmt: skip
"""Elements that only wrap others."""

ADDED, REMOVED = ("ins", "moveTo"), ("del", "moveFrom")
"""Tracked changes."""

# U+000B and its like would part lines in other programs; Word's own break is an element.
_LINES = {0x0B: " ", 0x0C: " ", 0x85: " ", 0x2028: " ", 0x2029: " ", 0x0D: " ", 0x0A: " "}

_DISPLAY = Look(FaceSort.TITLE, size=72)
"""WordArt, which is lettering of no size of its own."""

_Read: TypeAlias = Callable[[Any, Look, "str | None", int], Iterator[Run]]


class RunReader:
    """Reads the runs of one document. ``accept``: tracked changes are carried out."""

    def __init__(self, package: Package, styles: Styles, *, accept: bool) -> None:
        """Nothing is read yet."""
        self.part = package.document
        self.left: list[LeftOut] = []
        self.pictures: list[PictureFacts] = []
        self.labels: dict[tuple[str, str], str] = {}
        self.waiting: list[tuple[str, str, str]] = []  # sort, id, label of notes that are called
        self.inserted: list[int] = []
        self.deleted: list[int] = []
        self.commented: dict[str, int] = {}
        self.boxes: list[Any] = []
        self.seen: set[Any] = set()
        self._styles = styles
        self._accept = accept
        self._fields: list[list[str]] = []
        self._content: dict[str, _Read] = {
            "t": self._characters, "sym": self._symbol, "ruby": self._ruby,
            "fldChar": self._field, "instrText": self._instruction,
            "tab": self._blank, "ptab": self._blank, "br": self._break, "cr": self._break,
            "noBreakHyphen": self._hyphen, "footnoteReference": self._note,
            "endnoteReference": self._note, "drawing": self._drawing, "pict": self._drawing,
            "object": self._drawing, "AlternateContent": self._alternative,
            "commentReference": self._comment,
        }  # fmt: skip
        if not accept:
            self._content["delText"] = self._characters

    def text(self, element: Any) -> str:
        """All characters of an element, now seen; of an alternative, those that are meant."""
        if element is None:
            return ""
        name = local(element) if hasattr(element, "tag") else ""
        if name in ("t", "delText"):
            self.seen.add(element)
            return str(element.text or "")
        if name == "AlternateContent":
            return self.text(choice_of(element))
        return "".join(self.text(child) for child in element)

    def unseen(self, root: Any) -> Iterator[str]:
        """Characters that stand where no program shows any: outside of runs or paragraphs."""
        if next(root.iter("{*}AlternateContent"), None) is None:
            texts = root.iter("{*}t", "{*}delText")
            yield from (str(text.text or "") for text in texts if text not in self.seen)
            return
        for element in root:
            name = local(element)
            if name in ("t", "delText") and element not in self.seen:
                yield str(element.text or "")
            if name == "AlternateContent":
                yield from self.unseen(choice_of(element))
            else:
                yield from self.unseen(element)

    def leave(self, text: str, reason: tuple[str, str], number: int) -> None:
        """Note characters that are not taken."""
        if characters(text):
            self.left.append(LeftOut(text, reason, number))

    def pieces(
        self, parent: Any, paragraph: Any, number: int, href: str | None = None
    ) -> Iterator[Run]:
        """The pieces of a paragraph, which is the one of that ``number``."""
        for element in parent:
            name = local(element)
            if name == "r":
                yield from self._run(element, paragraph, href, number)
            elif name in ADDED or name in REMOVED:
                (self.inserted if name in ADDED else self.deleted).append(number)
                if (name in ADDED) == self._accept:
                    yield from self.pieces(element, paragraph, number, href)
                else:
                    self.leave(self.text(element), DELETED, number)
            elif is_placeholder(element):
                self.leave(self.text(element), PLACEHOLDER, number)
            elif name in WRAPPERS:
                target = self._target(element, name)
                yield from self.pieces(element, paragraph, number, target or href)
            elif name == "AlternateContent":
                yield from self.pieces(choice_of(element), paragraph, number, href)
            elif name in ("oMath", "oMathPara"):
                yield from self._text(self.text(element), Look(), href, number)
            elif name in ("commentRangeStart", "commentReference"):
                self.commented.setdefault(element.get(w("id"), ""), number)

    def _target(self, element: Any, name: str) -> str | None:
        if name == "hyperlink":
            return self.part.target(element.get(r("id")))
        return _field_address(element.get(w("instr"), "")) if name == "fldSimple" else None

    def _run(self, run: Any, paragraph: Any, href: str | None, number: int) -> Iterator[Run]:
        look, hidden = self._styles.shown(run, paragraph)
        if hidden:
            self.leave(self.text(run), HIDDEN, number)
        else:
            yield from self._inner(run, look, href, number)

    def _inner(self, run: Any, look: Look, href: str | None, number: int) -> Iterator[Run]:
        for element in run:
            read = self._content.get(local(element))
            if read is not None:
                yield from read(element, look, href, number)

    def _alternative(
        self, element: Any, look: Look, href: str | None, number: int
    ) -> Iterator[Run]:
        yield from self._inner(choice_of(element), look, href, number)

    # -- characters ------------------------------------------------------------------------

    def _characters(self, element: Any, look: Look, href: str | None, number: int) -> Iterator[Run]:
        self.seen.add(element)
        yield from self._text(str(element.text or ""), look, href or self._address(), number)

    def _text(self, text: str, look: Look, href: str | None, number: int) -> Iterator[Run]:
        kept = "".join(c for c in text if c.isprintable() or c.isspace() or c in "\u200b\ufeff")
        if len(kept) < len(text):
            self.leave("".join(c for c in text if c not in kept), CONTROL, number)
        kept = kept.translate(_LINES)
        if kept:
            yield Run(kept, look, href=href)

    def _symbol(self, element: Any, look: Look, href: str | None, number: int) -> Iterator[Run]:
        try:
            code = int(element.get(w("char"), "0"), 16) & 0xFF
        except ValueError:
            code = 0
        known = _SYMBOLS.get(code)
        if known is None:
            self.leave("□", SYMBOLS, number)
        else:
            yield Run(known, look, href=href)

    def _ruby(self, element: Any, look: Look, href: str | None, number: int) -> Iterator[Run]:
        base = self.text(element.find(w("rubyBase")))
        reading = self.text(element.find(w("rt"))).strip()
        if not base.strip() or set(reading) & set("{}|｜\n"):
            yield from self._text(base + reading, look, href, number)
        elif reading:
            yield Run(base, look, RunKind.RUBY, href, reading)
        else:
            yield from self._text(base, look, href, number)

    def _blank(self, element: Any, look: Look, href: str | None, number: int) -> Iterator[Run]:
        yield Run("\t", look)

    def _hyphen(self, element: Any, look: Look, href: str | None, number: int) -> Iterator[Run]:
        yield Run("-", look, href=href)

    def _break(self, element: Any, look: Look, href: str | None, number: int) -> Iterator[Run]:
        page = element.get(w("type"), "") == "page"
        yield Run("", look, RunKind.PAGE if page else RunKind.BREAK)

    # -- what stands for something else ------------------------------------------------------

    def _note(self, element: Any, look: Look, href: str | None, number: int) -> Iterator[Run]:
        sort, identifier = local(element).removesuffix("Reference"), element.get(w("id"), "")
        key = sort, identifier
        if key not in self.labels:
            self.labels[key] = str(len(self.labels) + 1)
            self.waiting.append((sort, identifier, self.labels[key]))
        yield Run(self.labels[key], look, RunKind.NOTE)

    def _comment(self, element: Any, look: Look, href: str | None, number: int) -> Iterator[Run]:
        self.commented.setdefault(element.get(w("id"), ""), number)
        yield from ()

    def _field(self, element: Any, look: Look, href: str | None, number: int) -> Iterator[Run]:
        kind = element.get(w("fldCharType"), "")
        if kind == "begin":
            self._fields.append([])
        elif kind == "end" and self._fields:
            self._fields.pop()
        yield from ()

    def _instruction(self, element: Any, *_: object) -> Iterator[Run]:
        if self._fields:
            self._fields[-1].append(str(element.text or ""))
        yield from ()

    def _address(self) -> str | None:
        """The address of the field ``HYPERLINK "…"`` in which a run stands."""
        for parts in reversed(self._fields):
            if (found := _field_address("".join(parts))) is not None:
                return found
        return None

    # -- pictures and boxes --------------------------------------------------------------------

    def _drawing(self, element: Any, look: Look, href: str | None, number: int) -> Iterator[Run]:
        alt = next((p.get("descr", "") for p in element.iter() if local(p) == "docPr"), "")
        stack = [element]
        while stack:
            found = stack.pop()
            name = local(found)
            if name == "AlternateContent":
                stack.append(choice_of(found))
            elif name == "txbxContent":
                self.boxes.append(found)
            else:
                stack += reversed(list(found))
            said = object_words(self.part, found)
            if said is not None:
                self.leave(*said, number)
            elif name == "textpath":  # WordArt has its words in an attribute
                yield from self._text(found.get("string", ""), _DISPLAY, href, number)
            elif name == "blip" and (address := linked_address(self.part, found)) is not None:
                self.leave(address, LINKED, number)
            elif name == "blip":
                yield from self._picture(found.get(r("embed")), _crop(found), alt)
            elif name == "imagedata":
                title = found.get("title", "")
                yield from self._picture(found.get(r("id")), (0, 0, 0, 0), alt or title)

    def _picture(
        self, identifier: str | None, crop: tuple[int, int, int, int], alt: str
    ) -> Iterator[Run]:
        found = self.part.blob(identifier)
        if found is None:
            return
        data, name = found
        ending = name.rpartition(".")[2].lower()[:5]
        if not (ending.isalnum() and ending.isascii()):
            ending = "bin"
        self.pictures.append(PictureFacts(data, ending, crop, " ".join(alt.split())))
        yield Run(str(len(self.pictures) - 1), kind=RunKind.PICTURE)


def _field_address(instruction: str) -> str | None:
    words = instruction.strip().split('"')
    if words[0].strip().upper() == "HYPERLINK" and len(words) > 1:
        return words[1] if "://" in words[1] or words[1].startswith("mailto:") else None
    return None


def _crop(blip: Any) -> tuple[int, int, int, int]:
    parent = blip.getparent()
    found = None if parent is None else parent.find(a("srcRect"))
    if found is None:
        return 0, 0, 0, 0
    left, top, right, bottom = (
        max(0, min(integer(found.get(side), 0) or 0, 99_000)) for side in "ltrb"
    )
    return (left, top, right, bottom) if left + right < 100_000 > top + bottom else (0, 0, 0, 0)
