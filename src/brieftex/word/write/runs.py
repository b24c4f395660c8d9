"""Styled text as the runs of a paragraph: looks, links, notes, ruby, fields.

Beside the elements the paragraph keeps what it says as a reader of the file sees it, and where each
character stands in the issue file, so that an edited document leads back there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby, zip_longest

from msgspec import Struct, field

from brieftex.patterns import late
from brieftex.styled.styles import CharStyle, FontRequest
from brieftex.styled.text import RubyText, Text
from brieftex.units import BLACK, SP_PER_PT
from brieftex.word.write.faces import fonts_element
from brieftex.word.write.markup import half_points, properties, tag, text_element
from brieftex.word.write.measuring import PressedLine

_SHARED = late("[“”‘’…—·％‰°′″※→←↑↓①-⑳]+|[^“”‘’…—·％‰°′″※→←↑↓①-⑳]+")
"""Marks that Western and Chinese faces share, for which Word has to be told which face (w:hint)."""

_APART = late("([\n\t])")
_ELEMENTS = {"\n": "<w:br/>", "\t": "<w:tab/>"}

_ADDRESS = {"lang": tag("lang", val="zh-CN"), "noProof": tag("noProof")}
"""What addresses are said to be. LibreOffice breaks English behind a slash only where figures stand
before it, and Chinese at any character; Word breaks them at slashes in either language."""

NOWHERE = -1
"""The place of a character that the issue file does not have."""

COUNTED = -2
"""That of one that Word makes anew: the number of a field."""


class Links(Struct):
    """The relations of a part that lead outside the file: address to identifier."""

    held: dict[str, str] = field(default_factory=dict)

    def identifier(self, address: str) -> str:
        """The identifier of the relation to an address."""
        return self.held.setdefault(address, f"rLink{len(self.held) + 1}")


class Looks(Struct, frozen=True):
    """What characters look like in Word; ``fonts`` are the families of roles, ``known`` the
    properties that were asked for before: a document has few looks and thousands of runs."""

    fonts: FontRequest
    known: dict[CharStyle, Mapping[str, str]] = field(default_factory=dict)

    @staticmethod
    def spacing(style: CharStyle) -> int:
        """By how much characters stand apart, in twentieths of a point, so that those of a size
        that Word does not know (15.79 pt, 28 to the line) take no more room than their cell. Sizes
        are half points, and a line a hair too long loses a character, in a grid of characters half
        of them: LibreOffice then gives each two cells."""
        size = half_points(style.size) * SP_PER_PT // 2
        return (style.size - size) * 20 // SP_PER_PT

    def of(self, style: CharStyle) -> Mapping[str, str]:
        """The properties of characters that look like ``style``, all of them."""
        found = self.known.get(style)
        if found is None:
            found = self.known[style] = self._of(style)
        return found

    def _of(self, style: CharStyle) -> dict[str, str]:
        return {
            "rFonts": fonts_element(self.fonts, style.font),
            "sz": tag("sz", val=half_points(style.size)),
            "szCs": tag("szCs", val=half_points(style.size)),
            "color": tag("color", val="auto" if style.color == BLACK else str(style.color)[1:]),
            "spacing": tag("spacing", val=self.spacing(style)),
            "b": tag("b", val=None if style.stroke else 0),
            "em": tag("em", val="dot" if style.dot else "none"),
            "position": tag("position", val=half_points(style.rise)),
        }

    def differing(self, style: CharStyle, base: CharStyle) -> dict[str, str]:
        """The properties by which characters differ from those of their paragraph."""
        one, other = self.of(style), self.of(base)
        held = {name: value for name, value in one.items() if other[name] != value}
        if held.pop("rFonts", None):
            held["rStyle"] = tag("rStyle", val=style.font)
        return held


class Composer(Struct):
    """What the runs of one part of a file are made with. ``anchors`` are the bookmarks of the
    document by the names of its anchors; ``note`` gives the reference to a note by its index."""

    looks: Looks
    links: Links
    anchors: Mapping[str, str] = field(default_factory=dict)
    note: Callable[[int], str] | None = None


class ParagraphText(Struct):
    """The content of one paragraph, in the making. ``said`` is what a reader of the file reads,
    ``places`` where each of its characters stands in the issue file."""

    composer: Composer
    base: CharStyle
    elements: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)

    def words(self, words: str, style: CharStyle | None = None) -> None:
        """Add words that the issue file does not have."""
        held = {} if style is None else self.composer.looks.differing(style, self.base)
        self.elements += self._runs(words, held)
        self._say(words)

    def element(self, element: str, said: str = "", place: int = NOWHERE) -> None:
        """Add an element as it is, which reads ``said``."""
        self.elements.append(element)
        self._say(said, place)

    def field(self, instruction: str, shown: str, style: CharStyle | None = None) -> None:
        """Add a field with the value it has now."""
        held = {} if style is None else self.composer.looks.differing(style, self.base)
        run = tag("r", properties("rPr", held), text_element(shown))
        self.element(tag("fldSimple", run, instr=f" {instruction} "), shown, COUNTED)

    def tab(self) -> None:
        """Add a tab."""
        self.element("<w:r><w:tab/></w:r>", "\t")

    def text(self, text: Text, start: int = 0, pressed: Iterable[PressedLine] = ()) -> None:
        """Add a text from character ``start`` on. The characters of ``pressed`` lines stand so much
        closer that these lines hold them."""
        calls = {at: note for at, note in text.calls if at >= start}
        rubies = {ruby.start: ruby for ruby in text.rubies}
        places = list(_places(text))
        closer = _closer(text, pressed, start)
        begin = 0
        for run in text.runs:
            held = self.composer.looks.differing(run.style, self.base)
            at, begin = max(begin, start), run.end
            if at >= run.end:
                continue
            if run.href is not None and "://" in text.text[at : run.end]:
                held |= _ADDRESS
            if at in calls:
                self._call(text.text[at : run.end], held, calls[at])
                continue
            inner: list[str] = []
            for less, places_ in groupby(range(at, run.end), lambda k: closer.get(k, 0)):
                span = [*places_]
                look = held
                if less:
                    own = self.composer.looks.spacing(run.style)
                    look = {**held, "spacing": tag("spacing", val=own - less)}
                inner += self._pieces(text, (span[0], span[-1] + 1), look, rubies)
            self.elements.append(self._linked("".join(inner), run.href))
            for k in range(at, run.end):
                self._say(text.text[k], places[k])

    def _pieces(
        self, text: Text, span: tuple[int, int], held: dict[str, str], rubies: dict[int, RubyText]
    ) -> Iterator[str]:
        """The runs of a stretch of one look, with the readings in it."""
        at, end = span
        plain = at
        while at < end:
            ruby = rubies.get(at)
            if ruby is None:
                at += 1
                continue
            yield from self._runs(text.text[plain:at], held)
            yield self._ruby(text.text[ruby.start : ruby.end], ruby, held)
            at = plain = ruby.end
        yield from self._runs(text.text[plain:end], held)

    def _call(self, shown: str, held: dict[str, str], note: int) -> None:
        """Add the mark of a note: Word's own number with whatever the theme sets around it."""
        if self.composer.note is None:
            self.words(shown)
            return
        held = {k: v for k, v in held.items() if k not in ("sz", "szCs", "position", "spacing")}
        held["rStyle"] = tag("rStyle", val="FootnoteReference")
        before, after = around_number(shown)
        look = properties("rPr", held)
        reference = self.composer.note(note)
        inner = text_element(before) * bool(before), reference, text_element(after) * bool(after)
        self.elements.append("".join(tag("r", look, part) for part in inner if part))

    def _ruby(self, base: str, ruby: RubyText, held: dict[str, str]) -> str:
        size = half_points(ruby.style.size)
        above = {**held, "sz": tag("sz", val=size), "szCs": tag("szCs", val=size)}
        above.pop("spacing", None)
        values = tag(
            "rubyPr", tag("rubyAlign", val="distributeSpace"), tag("hps", val=size),
            tag("hpsRaise", val=half_points(self.base.size)),
            tag("hpsBaseText", val=half_points(self.base.size)), tag("lid", val="zh-CN"),
        )  # fmt: skip
        reading = tag("rt", tag("r", properties("rPr", above), text_element(ruby.text)))
        text = tag("rubyBase", tag("r", properties("rPr", held), text_element(base)))
        return tag("r", tag("ruby", values, reading, text))

    def _runs(self, text: str, held: dict[str, str]) -> Iterator[str]:
        """The runs of characters of one look: line breaks and tabs are elements, and marks that
        Western faces have as well are marked as Chinese."""
        for part in _APART.split(text):
            if part in _ELEMENTS:
                yield tag("r", properties("rPr", held), _ELEMENTS[part])
                continue
            for match in _SHARED.finditer(part):
                own, around = held, part[: match.start()][-1:] + part[match.end() :][:1]
                latin = around.isascii() and around.isalpha() and len(around) == 2  # isn't
                if _SHARED_MARK.match(match[0]) and not latin:
                    own = {**held, "rFonts": tag("rFonts", hint="eastAsia")}
                yield tag("r", properties("rPr", own), text_element(match[0]))

    def _linked(self, runs: str, href: str | None) -> str:
        if href is None:
            return runs
        if href.startswith("#"):
            anchor = self.composer.anchors.get(href[1:])
            return tag("hyperlink", runs, anchor=anchor, history=1) if anchor else runs
        identifier = self.composer.links.identifier(href)
        return f'<w:hyperlink r:id="{identifier}" w:history="1">{runs}</w:hyperlink>'

    def _say(self, words: str, place: int = NOWHERE) -> None:
        self.said.append(words)
        self.places += [place] * len(words)


def _closer(text: Text, lines: Iterable[PressedLine], start: int) -> dict[int, int]:
    """By how many twips characters from ``start`` on stand closer, so that their lines hold them.
    Those that Western faces have alone stay as they are. LibreOffice does not move closer what
    follows another look or another script, so that the last of a stretch does not count."""
    found: dict[int, int] = {}
    ends = {run.end for run in text.runs}
    for line in lines:
        places = [k for k in range(max(line.start, start), line.end) if not text.text[k].isascii()]
        last = sum(k + 1 in ends or other != k + 1 for k, other in zip_longest(places, places[1:]))
        if last < len(places):
            closer = -(-line.excess * 20 // (SP_PER_PT * (len(places) - last)))
            found |= dict.fromkeys(places, closer)
    return found


_SHARED_MARK = late("[“”‘’…—·％‰°′″※→←↑↓①-⑳]")


def around_number(shown: str) -> tuple[str, str]:
    """What stands before and behind the number of a note, ``[`` and ``]``."""
    counted = [k for k, c in enumerate(shown) if c.isdigit() or c.isnumeric()]
    return (shown[: counted[0]], shown[counted[-1] + 1 :]) if counted else (shown, "")


def _places(text: Text) -> Iterator[int]:
    """Where each character stands in the issue file."""
    written = iter(text.written)
    start, end = next(written, (len(text.text), len(text.text)))
    for k in range(len(text.text)):
        while k >= end and end < len(text.text):
            start, end = next(written, (len(text.text), len(text.text)))
        yield text.origin.source(k) if start <= k < end else NOWHERE
