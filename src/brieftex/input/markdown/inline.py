"""Inline tokens → ``Inline``: one string, its stretches, its calls, and where it all stood."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import ClassVar

from markdown_it.token import Token

from brieftex.diagnostics import Finding, OffsetBuilder, OffsetMap, Span
from brieftex.diagnostics.messages import markup as messages
from brieftex.diagnostics.messages.typed import ADDRESS_TOO_LONG
from brieftex.input.fields.typed import clean
from brieftex.input.markdown.lookalikes import foreign_in, unpaired_in, unread_in
from brieftex.input.markdown.parser import inline_tokens, percent_encoded
from brieftex.input.markdown.passage import Findings, Passage
from brieftex.input.markdown.scripts import joins_without_space
from brieftex.input.markdown.spaced import wide_gaps
from brieftex.input.markdown.stars import meant_stars
from brieftex.model.content import Inline, Mark, NoteCall, Ruby, Stretch
from brieftex.patterns import late

ADDRESS_LIMIT = 4096
"""Characters of the longest address. Browsers and servers refuse longer ones, and a PDF repeats
an address with each line of its link."""

_ALLOWED = late(r"(?:https?://|mailto:)[^\s]", re.IGNORECASE)
_LINE_BREAK = late(r"<[bB][rR]\s*/?>")
_SCHEME = late(r"[A-Za-z][A-Za-z0-9.+-]*:")
_MARKS = {"strong": Mark.STRONG, "em": Mark.EMPHASIS, "mark": Mark.HIGHLIGHT}


def read_inline(passage: Passage, tokens: Sequence[Token], findings: Findings) -> Inline:
    """The content of one paragraph, heading or cell; problems go into ``findings``."""
    reader = _Reader(passage, findings)
    reader.read(tokens)
    return reader.result()


def read_caption(passage: Passage, findings: Findings) -> Inline:
    """A caption or another single line of Markdown."""
    return read_inline(passage, inline_tokens(passage.text), findings)


class _Reader:
    """Builds an ``Inline`` token by token."""

    def __init__(self, passage: Passage, findings: Findings) -> None:
        self._passage = passage
        self._findings = findings
        self._pieces: list[str] = []
        self._places = OffsetBuilder()
        self._last = ""
        self._stretches: list[Stretch] = []
        self._calls: list[NoteCall] = []
        self._rubies: list[Ruby] = []
        self._depth = dict.fromkeys(_MARKS.values(), 0)
        self._marks = Mark.NONE
        self._href: str | None = None
        self._break: tuple[int, Mark, str | None] | None = None
        self._link = (0, 0, "")
        self._html = False
        self._unpaired: list[int] = []
        self._escaped: set[int] = set()

    def read(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            self._READ[token.type](self, token, token.meta["pos"])
        self._report_unpaired()
        self._report_foreign()
        if tokens and "too_deep" in tokens[0].meta:
            self._report(messages.BRACKETS_TOO_DEEP.at(self._span(0, len(self._passage.text))))

    def result(self) -> Inline:
        origin = self._passage.origin
        if not self._places.length:  # no characters, and yet notes may be called
            return Inline("", OffsetMap.at(origin.source(0)), calls=tuple(self._calls))
        return Inline(
            "".join(self._pieces),
            origin.through(self._places.map()),
            tuple(self._stretches),
            tuple(self._calls),
            tuple(self._rubies),
        )

    def _span(self, start: int, end: int) -> Span:
        return self._passage.origin.span(start, end)

    def _report(self, finding: Finding) -> None:
        self._findings.findings.append(finding)

    # -- characters ------------------------------------------------------------

    def _add(self, text: str, at: int, marks: Mark = Mark.NONE) -> None:
        """Append ``text``, which stands in the passage from ``at`` on, character by character."""
        if not text:
            return
        if self._break is not None:
            self._join(text[0])
        self._append(text, at, self._marks | marks, self._href)
        self._last = text[-1]

    def _append(self, text: str, at: int, marks: Mark, href: str | None) -> None:
        start = self._places.length
        self._places.add(len(text), at)
        self._pieces.append(text)
        if marks or href is not None:
            last = self._stretches[-1] if self._stretches else None
            if last and (last.end, last.marks, last.href) == (start, marks, href):
                self._stretches[-1] = Stretch(last.start, self._places.length, marks, href)
            else:
                self._stretches.append(Stretch(start, self._places.length, marks, href))

    def _join(self, after: str) -> None:
        """Turn the pending line break into a space, or into nothing in Chinese text."""
        assert self._break is not None
        at, marks, href = self._break
        self._break = None
        if self._last and not joins_without_space(self._last, after):
            self._append(" ", at, marks, href)

    def _text(self, token: Token, at: int) -> None:
        if "mark" in token.meta and token.content == "*":
            self._unpaired.append(at)
        for kind, start, end in unread_in(token.content):
            self._report(kind.at(self._span(at + start, at + end)))
        for start, end in unpaired_in(token.content):
            span = self._span(at + start, at + end)
            self._report(messages.EMPHASIS_UNPAIRED.at(span, marks="=="))
        done = 0
        for start, end, ems in wide_gaps(token.content):
            self._add(token.content[done:start], at + done)
            self._add("\u3000" * ems, at + start)
            done = end
        self._add(token.content[done:], at + done)

    def _softbreak(self, token: Token, at: int) -> None:
        self._break = (at, self._marks, self._href)

    def _hardbreak(self, token: Token, at: int) -> None:
        self._break = None
        self._append("\n", at, Mark.NONE, None)
        self._last = ""

    def _special(self, token: Token, at: int) -> None:
        if token.info == "escape":
            if not token.content.startswith("\\") or token.markup == "\\\\":
                self._escaped.add(self._places.length)
            # Before anything but ASCII punctuation the backslash is itself text.
            self._add(token.content, at + len(token.markup) - len(token.content))
            return
        for character in token.content:
            self._add(character, at)

    def _code(self, token: Token, at: int) -> None:
        """Add a code span; its line breaks join as in text, one space at each end is stripped."""
        text, fence = self._passage.text, token.markup
        start = at + len(fence)
        end = start + len(token.content)
        # Unless the closing fence, no longer and no shorter, follows at once, a space was.
        stripped = not re.compile(f"(?<!`){fence}(?!`)").match(text, end)
        start += stripped
        for match in re.finditer(r"[^\n]+|\n[ \t]*", text[start : end + stripped]):
            if match[0].startswith("\n"):
                self._break = (start + match.start(), self._marks | Mark.CODE, self._href)
            else:
                self._add(match[0], start + match.start(), Mark.CODE)

    # -- marks, links, calls -----------------------------------------------------

    def _mark(self, token: Token, at: int) -> None:
        self._depth[_MARKS[token.tag]] += token.nesting
        self._marks = Mark.NONE
        for each, depth in self._depth.items():
            if depth > 0:
                self._marks |= each

    def _ruby(self, token: Token, at: int) -> None:
        (start, end), (first, last) = token.meta["base"], token.meta["reading"]
        text = self._passage.text
        reading = text[first:last].strip()
        if not reading or not clean(text[start:end]):
            self._report(messages.RUBY_INCOMPLETE.at(self._span(at, token.meta["end"])))
        before = self._places.length
        self._add(text[start:end], start)
        if reading and self._places.length > before:
            # A line break in the file may have become a space.
            begin = self._places.length - (end - start)
            place = self._passage.origin.source(text.index(reading, first))
            self._rubies.append(Ruby(begin, self._places.length, reading, place))

    def _script(self, token: Token, at: int) -> None:
        self._add(token.content, at + token.meta["lead"])

    def _open_link(self, token: Token, at: int) -> None:
        href = str(token.attrs["href"])
        self._link = (at, len(self._pieces), href)
        # [text]（https://…）: the address alone became a link.
        if self._passage.text.startswith("]（", at - 2) and at > 1:
            self._report(messages.LINK_UNREAD.at(self._span(at - 2, at)))
        if "label" in token.meta:
            self._findings.references.add(token.meta["label"])
        if token.markup == "autolink" and not _SCHEME.match(href):
            href = f"mailto:{href}"  # all else between angle brackets is an address of e-mail
        self._href = percent_encoded(href) if _ALLOWED.match(href) else None

    def _close_link(self, token: Token, at: int) -> None:
        begin, first, href = self._link
        if self._passage.text[begin - 1 : begin] == "[":
            begin -= 1
        span = self._span(begin, token.meta["end"])
        if len(href) > ADDRESS_LIMIT:
            count, limit = len(href), ADDRESS_LIMIT
            self._report(ADDRESS_TOO_LONG.at(span, count=count, limit=limit))
        elif self._href is None:
            self._report(messages.LINK_SCHEME.at(span, url=href))
        elif not "".join(self._pieces[first:]).strip():
            self._report(messages.LINK_WITHOUT_TEXT.at(span, url=href))
        self._href = None

    def _call(self, token: Token, at: int) -> None:
        self._calls.append(NoteCall(self._places.length, token.meta["label"]))
        self._findings.calls.append((token.meta["label"], self._span(at, token.meta["end"])))

    # -- what cannot be set --------------------------------------------------------

    def _refuse_html(self, token: Token, at: int) -> None:
        if _LINE_BREAK.fullmatch(token.content):
            self._hardbreak(token, at)
            return
        # The closing tag goes without saying.
        if not (self._html and token.content.startswith("</")):
            span = self._span(at, token.meta["end"])
            self._report(messages.HTML_REFUSED.at(span, html=token.content))
        self._html = True

    def _refuse_image(self, token: Token, at: int) -> None:
        self._report(messages.IMAGE_NOT_ALONE.at(self._span(at, token.meta["end"])))

    def _report_unpaired(self) -> None:
        """Report runs of two stars or more that hide nothing; a single one is a footnote's star or
        a product."""
        run: list[int] = []
        for at in (*self._unpaired, -1):
            if run and at != run[-1] + 1:
                if len(run) > 1 and run[0] not in meant_stars(self._passage.text):
                    span = self._span(run[0], run[-1] + 1)
                    self._report(messages.EMPHASIS_UNPAIRED.at(span, marks="*" * len(run)))
                run = []
            run.append(at)

    def _report_foreign(self) -> None:
        """Report marks of other programs, unless an escape, code or a link is where they begin."""
        text, told = "".join(self._pieces), 0
        for start, end, kind in sorted(foreign_in(text), key=lambda found: found[:2]):
            kept = any(
                each.start <= start < each.end and (each.href or Mark.CODE in each.marks)
                for each in self._stretches
            )
            if start < told:
                continue
            told = end
            if not kept and start not in self._escaped:
                origin = self._passage.origin.through(self._places.map())
                self._report(kind.at(origin.span(start, end), text=text[start:end][:40]))

    # Of the class: a reader that holds its own methods is only freed when cycles are collected.
    _READ: ClassVar[dict[str, Callable[[_Reader, Token, int], None]]] = {
        "text": _text,
        "text_special": _special,
        "code_inline": _code,
        "softbreak": _softbreak,
        "hardbreak": _hardbreak,
        "strong_open": _mark,
        "strong_close": _mark,
        "em_open": _mark,
        "em_close": _mark,
        "highlight_open": _mark,
        "highlight_close": _mark,
        "ruby": _ruby,
        "script": _script,
        "link_open": _open_link,
        "link_close": _close_link,
        "note_call": _call,
        "html_inline": _refuse_html,
        "image": _refuse_image,
    }
