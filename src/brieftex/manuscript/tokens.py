"""Manuscript text as tokens: what must be printed, character by character, and what may be a mark.

In: a text of the issue file. Out: ``Token``s. A character that Markdown may take for a mark is
printed or not, and it is not judged here which; all others must be printed as they are. White
space and characters that no one sees are left out of account on both sides.
"""

from __future__ import annotations

import html
import re
from bisect import bisect
from collections.abc import Iterator, Sequence

from msgspec import Struct

from brieftex.patterns import FORMAT, late

CALL = "\x01"
"""Stands for the call of a footnote, whatever a theme prints there."""

_NOTHING = late(f"[\\s{FORMAT}\ufe00-\ufe0f]+")

_DESTINATION = (
    r"\([ \t\n]*(?:<[^<>\n]*>|(?:[^\s()<>]|\([^\s()]*\))*)"
    r"(?:[ \t\n]+(?P<title{0}>\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))?"
    r"[ \t\n]*\)"
)
_SPECIAL = late(
    # A line without text of its own: a rule, the rule of a table, what a link leads to.
    r"\n[ \t>]*(?P<rule>(?:[-*_](?:[ \t]*[-*_]){2,}"
    r"|[|｜]?[ \t]*[:：]?[-－—─]+[:：]?[ \t]*(?:[|｜][ \t]*[:：]?[-－—─]+[:：]?[ \t]*)*[|｜]"
    r"|[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*"
    r"|\[(?!\^)[^\[\]\n]+\]:[ \t]*\S+(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?)[ \t]*)"
    r"(?=\n|\Z)"
    # Line ends, and the marks of quotations and lists behind them.
    r"|(?P<line>\n[ \t\u3000]*)"
    r"(?P<lead>(?:(?:>|(?:[-*+]|\d{1,9}[.)]|[#＃]{1,6})(?=[ \t\u3000]|\n|\Z))[ \t\u3000]*)*)"
    r"|(?P<path>(?:(?<=[A-Za-z]:)\\{1,2}|\\\\)(?=[\w.-]))"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])?"
    r"|(?P<call>(?:\[|(?<!\\)【)\^[^\s\[\]【】]+[\]】])"
    r"|!\[(?P<alt>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\](?:" + _DESTINATION.format("i") + ")"
    r"|!\[(?P<named>[^\[\]\n]*)\](?:\[(?P<name>[^\[\]\n]*)\])?"
    r"|(?P<to>\](?:"
    + _DESTINATION.format("l")
    + r"|\[[^\[\]\n]*\])|】[(（]https?://[!-'*-~]+[)）])"
    r"|<(?P<auto>[A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*|[^<>\s@]+@[^<>\s@]+)>"
    r"|\{(?P<base>[^{}|｜\n]*)(?P<bar>[|｜])(?P<reading>[^{}|｜\n]*)\}"
    r"|\^(?P<above>[0-9+\-−=()ni]{1,8})\^|~(?P<below>[0-9+\-−n]{1,6})~"
    r"|(?P<entity>&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|(?P<merge>(?<=[|\t\n])[ ]*[<^][ ]*(?=[|\t\n]|\Z))"
    r"|(?P<part>[|｜\t])"
    r"|(?P<mark>[*＊`\[\]]|==|【(?=[^【】\[\]\n]+】[(（]))"
)
_PATH = late(r"(?:(?!\[\^)[^\s\"<>|?*，。；：、（）“”《》])*")
"""What a path of Windows goes on with; a backslash in it is no escape."""
_EMPTY_LINE = late(r"\n[ \t>]*\n")
_FENCE = late(r"(?m)^[ \t>]*(?:`{3}|~{3})")
_ABOVE = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_BELOW = str.maketrans("0123456789+-−n", "₀₁₂₃₄₅₆₇₈₉₊₋₋ₙ")

_ASCII = str.maketrans("＊＃【】（）：｜－—─", "*#[]():|---")
"""Full-width marks are read as ASCII, and may be printed so if they are none."""

_HAN = "一二三四五六七八九十百"
_NUMBER = late(
    rf"附件(?:\d{{1,3}}|[{_HAN}]{{1,5}})?[：:、．.]|第?[{_HAN}]{{1,5}}[、．.，]|\d{{1,3}}[、．.]"
    rf"|[（(](?:[{_HAN}]{{1,5}}|\d{{1,2}})[）)][、．.]?|[①-⑳][、．.]?"
)
"""A number typed before a title, which the program counts itself."""


class Token(Struct, frozen=True):
    """Tokens that stand in the value of a field from ``at`` on. ``texts`` are the forms in
    which they may be printed, what is meant last; "" is among them if they may be a mark.
    ``parted``: another paragraph or cell may begin before them."""

    texts: tuple[str, ...]
    at: int
    parted: bool = False


class Image(Struct, frozen=True):
    """A figure written in Markdown: its description and caption, where they begin, and what is
    printed if it is none, such as in the midst of a paragraph."""

    alt: str
    caption: str
    at: int
    raw: tuple[Token, ...] = ()


def bare(text: str) -> str:
    """A text without white space and unseen characters."""
    return _NOTHING.sub("", text)


def meant(tokens: Sequence[Token]) -> str:
    """The characters that tokens most likely stand for."""
    return "".join([token.texts[-1] for token in tokens])


def plain(text: str, at: int = 0) -> list[Token]:
    """The tokens of a text without marks but for ``m^2^``."""
    scanner = _Scanner(frozenset())
    end = 0
    for found in re.finditer(
        r"\^(?P<above>[0-9+\-−=()ni]{1,8})\^|~(?P<below>[0-9+\-−n]{1,6})~|\n", text
    ):
        scanner.add(text[end : found.start()], at + end)
        if found[0] == "\n":
            scanner.part()
        else:
            scanner.raised(found, at + found.start())
        end = found.end()
    scanner.add(text[end:], at + end)
    return scanner.tokens


def marked(text: str, at: int = 0, names: frozenset[str] = frozenset()) -> list[Token]:
    """The tokens of Markdown without headings, notes and figures; ``names`` are those of
    addresses given elsewhere in the body."""
    return scanned(text, at, names)[0]


def scanned(
    text: str, at: int = 0, names: frozenset[str] = frozenset()
) -> tuple[list[Token], list[Image]]:
    """The same, and the figures in it."""
    scanner = _Scanner(names)
    scanner.scan(text, at)
    return scanner.tokens, scanner.images


def titled(text: str, at: int = 0, names: frozenset[str] = frozenset()) -> list[Token]:
    """The tokens of a title: a number typed before it need not be printed."""
    return _numbered(marked(text, at, names), text, at)


def optional(text: str, at: int) -> list[Token]:
    """Marks that may be printed or not, such as those of a heading that is none."""
    shown = bare(text)
    return [Token((shown, shown.translate(_ASCII), ""), at, parted=True)] if shown else []


def contents_title(text: str) -> list[Token]:
    """The tokens of a title in the contents, which do without ruby."""
    scanner = _Scanner(frozenset(), ruby=False)
    scanner.scan(text, 0)
    return _numbered(scanner.tokens, text, 0)


_READ_NUMBER = late(r"\s*\{([^{}|｜\n]*)[|｜][^{}|｜\n]*\}\s*[：:、．.，]?")


def _numbered(tokens: list[Token], text: str, at: int) -> list[Token]:
    read = _READ_NUMBER.match(text)
    if read and _NUMBER.fullmatch(bare(read[1])):  # ruby above the number goes with it
        end = at + read.end()
        return [_optional(token) if token.at < end else token for token in tokens]
    number = _NUMBER.match(meant(tokens))
    left = number.end() if number else 0
    if left == len(meant(tokens)) and all(len(token.texts) == 1 for token in tokens):
        return tokens
    for k, token in enumerate(tokens):
        last = token.texts[-1]
        if left <= 0:
            break
        if len(last) <= left:
            tokens[k] = _optional(token)
        elif len(token.texts) == 1:
            # The place of the rest, whatever white space stands before it.
            skipped = _skipped(text[token.at - at :], left)
            tokens[k : k + 1] = [
                Token((last[:left], ""), token.at, token.parted),
                Token((last[left:],), token.at + skipped),
            ]
        left -= len(last)
    return tokens


def _skipped(raw: str, count: int) -> int:
    """The offset in ``raw`` behind so many characters that are seen."""
    for offset, character in enumerate(raw):
        if count <= 0 and bare(character):
            return offset
        count -= bool(bare(character))
    return len(raw)


def place(token: Token, value: str, count: int) -> int:
    """The offset in ``value`` of character ``count`` of a token."""
    return min(token.at + _skipped(value[token.at :], count), max(len(value) - 1, 0))


class _Scanner:
    """Gathers tokens from left to right."""

    def __init__(self, names: frozenset[str], *, ruby: bool = True) -> None:
        self._ruby = ruby
        self.tokens: list[Token] = []
        self.images: list[Image] = []
        self._names = names
        self._parted = True
        self._end = 0  # of what has been scanned
        self._path_end = 0  # of the path that is being scanned
        self._ticks = _Ticks("")

    def part(self) -> None:
        self._parted = True

    def add(self, text: str, at: int) -> None:
        shown = bare(text)
        if shown:
            self._push((shown,), at)

    def may(self, text: str, at: int) -> None:
        shown = bare(text)
        if shown:
            ascii_form = shown.translate(_ASCII)
            forms = (shown,) if ascii_form == shown else (shown, ascii_form)
            self._push((*forms, ""), at)

    def raised(self, found: re.Match[str], at: int) -> None:
        """``m^2^`` or ``CO~2~``, if it is one."""
        groups = found.groupdict()
        above, below = groups.get("above"), groups.get("below")
        typed = above.translate(_ABOVE) if above else str(below).translate(_BELOW)
        self._push((bare(found[0]), typed), at)

    def _push(self, texts: tuple[str, ...], at: int) -> None:
        self.tokens.append(Token(texts, at, self._parted))
        self._parted = False

    def scan(self, text: str, at: int) -> None:
        """Markdown that stands in the value from ``at`` on."""
        text, at = f"\n{text}", at - 1  # the first line begins as all others do
        outer, end, self._ticks = (self._end, self._ticks), 1, _Ticks(text)
        start = 0
        while found := _SPECIAL.search(text, start):
            self.add(text[end : found.start()], at + end)
            self._end = found.end()
            self._special(found, at)
            start = end = self._end
        self.add(text[end:], at + end)
        self._end, self._ticks = outer

    def _special(self, found: re.Match[str], base: int) -> None:
        """One special place; ``base`` is where the text searched begins in the value."""
        read = {
            "rule": self._rule, "lead": self._lead, "path": self._path, "call": self._call,
            "alt": self._image, "titlei": self._image, "named": self._named,
            "name": self._named, "to": self._link, "titlel": self._link, "auto": self._auto,
            "reading": self._reading, "above": self._raised, "below": self._raised,
            "entity": self._entity, "merge": self._merge, "part": self._bar, "mark": self._mark,
        }.get(found.lastgroup or "", self._escape)  # fmt: skip
        read(found, base)

    def _rule(self, found: re.Match[str], base: int) -> None:
        self.part()
        for piece in re.finditer(r"[|｜]|[^|｜]+", found["rule"]):
            self.may(piece[0], base + found.start("rule") + piece.start())
            self.part()

    def _lead(self, found: re.Match[str], base: int) -> None:
        self.part()
        for mark in re.finditer(r"\S+?(?=[ \t\u3000>]|\Z)|>", found["lead"]):
            self.may(mark[0], base + found.start("lead") + mark.start())
            self.part()  # it may be a cell

    def _path(self, found: re.Match[str], base: int) -> None:
        for at in range(found.start(), found.end()):
            self.may("\\", base + at)
        end = _PATH.match(found.string, found.end())
        self._path_end = base + (end.end() if end else found.end())

    def _call(self, found: re.Match[str], base: int) -> None:
        forms: tuple[str, ...] = (CALL,)
        if self._ticks.around(found.start()):
            forms = (*dict.fromkeys((found[0], found[0].translate(_ASCII))), CALL)
        self._push(forms, base + found.start())

    def _image(self, found: re.Match[str], base: int) -> None:
        at = base + found.start()
        first = len(self.tokens)
        inside = at < self._path_end
        if not inside:
            self.part()
        self.add("!", at)
        self.scan(found[0][1:], at + 1)
        if not inside:  # a path goes on
            raw = tuple(self.tokens[first:])
            self.part()
            self.tokens[first:] = [_optional(token) for token in raw]
            self.images.append(Image(found["alt"], (found["titlei"] or "")[1:-1], at, raw))

    def _named(self, found: re.Match[str], base: int) -> None:
        at = base + found.start()
        if _key(found["name"] or found["named"]) in self._names:
            self.part()
            self.images.append(Image(found["named"], "", at))
        else:
            self.add("!", at)
            self._end = found.start() + 1  # what follows may be a link

    def _link(self, found: re.Match[str], base: int) -> None:
        tail, at = found["to"], base + found.start()
        if tail.startswith("][") and not self._is_named(found):
            self.may("]", at)
            self._end = found.start() + 1  # what follows may be a link of its own
        else:
            # Where Markdown finds no link, marks are marks in what would be the address, too.
            first = len(self.tokens)
            self.may(tail[:2], at)
            self.scan(tail[2:], at + 2)
            self.tokens[first:] = [_optional(token) for token in self.tokens[first:]]

    def _is_named(self, found: re.Match[str]) -> bool:
        """Whether ``[text][name]`` names an address: its own name, or its text."""
        text, at = found.string, found.start()
        label = found["to"][2:-1] or text[text.rfind("[", 0, at) + 1 : at]
        return _key(label) in self._names

    def _auto(self, found: re.Match[str], base: int) -> None:
        self.may("<", base + found.start())
        self.add(found["auto"], base + found.start("auto"))
        self.may(">", base + found.end() - 1)

    def _reading(self, found: re.Match[str], base: int) -> None:
        self.may("{", base + found.start())
        self.scan(found["base"], base + found.start("base"))
        self.part()
        self.may(found["bar"], base + found.start("bar"))
        self.part()
        (self.add if self._ruby else self.may)(found["reading"], base + found.start("reading"))
        self.may("}", base + found.end() - 1)

    def _raised(self, found: re.Match[str], base: int) -> None:
        self.raised(found, base + found.start())

    def _entity(self, found: re.Match[str], base: int) -> None:
        self._push((found[0], bare(html.unescape(found[0]))), base + found.start())

    def _bar(self, found: re.Match[str], base: int) -> None:
        self.part()
        self.may(found[0], base + found.start())
        self.part()

    def _merge(self, found: re.Match[str], base: int) -> None:
        """All of a cell that is part of another."""
        self.may(found[0], base + found.start())

    def _mark(self, found: re.Match[str], base: int) -> None:
        self.may(found[0], base + found.start())

    def _escape(self, found: re.Match[str], base: int) -> None:
        at, escaped = base + found.start(), found["escaped"]
        self.may("\\", at)
        if at < self._path_end:
            self._end = found.start() + 1
        elif escaped in ("\\", "`"):  # in a title it may break the line, and code may end
            self.may(escaped, at + 1)
        elif escaped:
            self.add(escaped, at + 1)


class _Ticks:
    """Where code may stand in a text: between backticks of a paragraph, or between fences."""

    def __init__(self, text: str) -> None:
        coded = "`" in text or "~~~" in text
        self._ticks = [found.start() for found in re.finditer("`", text)] if coded else []
        self._fences = [found.start() for found in _FENCE.finditer(text)] if coded else []
        self._blanks = [found.start() for found in _EMPTY_LINE.finditer(text)] if coded else []

    def around(self, at: int) -> bool:
        """Whether the character ``at`` may belong to code."""
        if 0 < bisect(self._fences, at) < len(self._fences):
            return True
        k = bisect(self._ticks, at)
        if not 0 < k < len(self._ticks):
            return False
        before, after = self._ticks[k - 1 : k + 1]
        return bisect(self._blanks, before) == bisect(self._blanks, after)


def _optional(token: Token) -> Token:
    return token if "" in token.texts else Token((*token.texts, ""), token.at, token.parted)


def _key(label: str) -> str:
    return " ".join(label.split()).casefold()


_NAME = late(r"(?m)^[ \t>]*\[(?!\^)([^\[\]\n]+)\]:")


def names_in(texts: Iterator[str]) -> frozenset[str]:
    """The names of the addresses that the parts of a body give."""
    return frozenset(_key(found[1]) for text in texts for found in _NAME.finditer(text))
