"""Markdown that CommonMark lacks: footnotes, bare addresses, paragraphs begun by an indent.

These are rules in markdown-it's sense: they return whether they matched and, unless
``silent``, push tokens.
"""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from brieftex.diagnostics import OffsetMap
from brieftex.patterns import late

_CALL = late(r"\[\^([^\s\[\]]+)\]")
# As every paragraph of Chinese, a note may begin behind U+3000.
_DEFINITION = late(r"\u3000*(\[\^([^\s\[\]]+)\]:)")
# RFC 3986's characters without quotes, asterisks and brackets, which in running text are more
# likely to be its own. Chinese is never part of a bare address: it follows it without a space.
_URL = late(r"https?://[A-Za-z0-9\-._~:/?#@!$&()+,;=%]+", re.IGNORECASE)
# A path of Windows ends where no file's name goes on, at Chinese punctuation or at a note's call.
_PATH = late(r"\\{1,2}[\w.-](?:(?!\[\^)[^\s\"<>|?*，。；：、（）“”《》])*")
# TeX between its marks, as answers of language models have it. A bracket alone may be escaped.
_TEX = r"[^$\n\u3400-\u9fff]"
FORMULA = late(
    rf"\$\$[^$]+\$\$|\$(?![\s\d$])(?:{_TEX}*[\\^_{{]{_TEX}*|[A-Za-z][!-#%-~]*)\$"
    r"|\\\((?:(?!\\\))[^\u3400-\u9fff])+\\\)"
    r"|\\\[(?=[^\]]*(?:[\^=]|\\[A-Za-z]))(?:(?!\\\]).)+\\\]",
    re.DOTALL,
)
_DRIVE = late(r"[A-Za-z]:$")
_SCHEME_BEFORE = late(r"(?<![A-Za-z0-9])https?$", re.IGNORECASE)


def note_call(state: StateInline, silent: bool) -> bool:
    """``[^label]`` in text. Whether the note exists is judged when the whole body is read."""
    match = _CALL.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        token = state.push("note_call", "", 0)
        token.meta.update(label=match[1], end=match.end())
    state.pos = match.end()
    return True


def path(state: StateInline, silent: bool) -> bool:
    r"""``C:\data\_old`` or ``\\nas\data``: each backslash is text, none an escape."""
    before = state.src[max(state.pos - 2, 0) : state.pos]
    if not (state.src.startswith("\\\\", state.pos) or _DRIVE.search(before)):
        return False
    return _is_as_typed(state, _PATH, silent)


def formula(state: StateInline, silent: bool) -> bool:
    r"""``$a_1*b$``, ``\(x\)`` or ``\[x^2\]``: printed as typed and told of, no mark is lost."""
    return _is_as_typed(state, FORMULA, silent)


def _is_as_typed(state: StateInline, pattern: re.Pattern[str], silent: bool) -> bool:
    """Whether what ``pattern`` finds here is text, all of it."""
    match = pattern.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        state.append_pending(match[0])
    state.pos = match.end()
    return True


def bare_url(state: StateInline, silent: bool) -> bool:
    """``http://…`` or ``https://…`` in text, matched at its colon.

    Done while parsing, so that ``_`` and ``*`` in an address are not taken for emphasis.
    """
    if state.linkLevel or not state.src.startswith("://", state.pos):
        return False
    scheme = _SCHEME_BEFORE.search(state.src, max(state.pos - 6, 0), state.pos)
    # In lookahead there is no pending text; otherwise an escape may have used up the letters.
    if not scheme or not (silent or state.pending.endswith(scheme[0])):
        return False
    match = _URL.match(state.src, scheme.start(), state.posMax)
    url = _without_tail(match[0]) if match else ""
    if len(url) <= len(scheme[0]) + 3:
        return False
    if not silent:
        state.pending = state.pending[: -len(scheme[0])]
        state.pos = scheme.start()
        token = state.push("link_open", "a", 1)
        token.attrs = {"href": url}
        token = state.push("text", "", 0)
        token.content = url
        token = state.push("link_close", "a", -1)
        token.meta["end"] = scheme.start() + len(url)
    state.pos = scheme.start() + len(url)
    return True


def _without_tail(url: str) -> str:
    """``url`` without the punctuation of the sentence it ends, as GFM's autolinks cut it."""
    while url:
        if url[-1] == ")" and url.count(")") <= url.count("("):
            return url
        if url[-1] not in "?!.,:;_~()":
            return url
        url = url[:-1]
    return url


def note_definition(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """``[^label]: …``, and indented by two columns or more, what else belongs to the note."""
    begin = state.bMarks[start_line] + state.tShift[start_line]
    match = _DEFINITION.match(state.src, begin, state.eMarks[start_line])
    if not match:
        return False
    if silent:
        return True
    token = state.push("note_open", "", 1)
    token.meta.update(label=match[2], pos=match.start(1), end=match.end() - 1)

    kept = (state.bMarks[start_line], state.tShift[start_line], state.sCount[start_line])
    parent = state.parentType
    content = state.skipSpaces(match.end())
    state.parentType = "footnote"
    state.blkIndent += 2
    state.bMarks[start_line] = match.end()
    state.tShift[start_line] = min(content, state.eMarks[start_line]) - match.end()
    # The first line counts as indented however near the colon it begins.
    state.sCount[start_line] = state.blkIndent
    state.md.block.tokenize(state, start_line, end_line)
    state.bMarks[start_line], state.tShift[start_line], state.sCount[start_line] = kept
    state.blkIndent -= 2
    state.parentType = parent

    state.push("note_close", "", -1)
    return True


def parted_line(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """A line that begins a paragraph ends the one before it; the rule makes nothing itself.

    A Chinese paragraph begins with U+3000, and text pasted from Word has no empty lines between
    its paragraphs: ``markup.paragraphs`` has found those, and blocks that a list would
    take into its last line.
    """
    at = state.bMarks[start_line] + state.tShift[start_line]
    parted = any(start_line in state.env.get(key, ()) for key in ("parted", "blocks"))
    return silent and (parted or state.src.startswith("\u3000", at))


def closing(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """The end of a letter, set to the right by blanks: lines that ``indents`` has found."""
    found = state.env.get("closing", ())
    if start_line not in found:
        return False
    if silent:
        return True
    opening = state.push("closing_open", "", 1)
    line = start_line
    while line < end_line and (line in found or state.isEmpty(line)):
        if line in found:
            start, end = state.bMarks[line], state.eMarks[line]
            text = state.src[start:end]
            inline = state.push("inline", "", 0)
            inline.content, inline.children = text.strip(), []
            inline.meta["map"] = OffsetMap.at(start + len(text) - len(text.lstrip()))
            opening.meta["end"] = end
        line += 1
    opening.meta["pos"] = state.bMarks[start_line]
    state.push("closing_close", "", -1)
    state.line = line
    return True
