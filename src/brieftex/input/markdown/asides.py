"""Markdown that CommonMark lacks: ``==着重==`` and ``{汉字|hàn zì}``.

These are rules in markdown-it's sense: they return whether they matched and, unless
``silent``, push tokens.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

from brieftex.patterns import late

# A Chinese keyboard gives ｜, which also spares the backslash in a table.
_RUBY = late(r"\{([^{}|｜\n]*)[|｜]([^{}|｜\n]*)\}")
_MARK = "=="
_WESTERN = late(r"[A-Za-z0-9]")


class AsideState(StateInline):
    """Inline parsing that knows from where on a search for closing marks has failed, by where
    it had to end: a later one would fail as well."""

    def __init__(self, src: str, md: MarkdownIt, env: EnvType, outTokens: list[Token]) -> None:
        """As its base class's."""
        super().__init__(src, md, env, outTokens)
        self.unclosed: dict[int, int] = {}


def ruby(state: StateInline, silent: bool) -> bool:
    """``{base|reading}``. Whether both are there is judged when the text is read."""
    match = _RUBY.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        token = state.push("ruby", "", 0)
        token.meta.update(base=match.span(1), reading=match.span(2), end=match.end())
    state.pos = match.end()
    return True


def highlight(state: StateInline, silent: bool) -> bool:
    """``==text==``, with no space within the marks; what is in between is parsed, too."""
    start = state.pos
    if not _opens(state.src, start):
        return False
    end = _close(state, start + len(_MARK))
    if end is None:
        return False
    most = state.posMax
    if not silent:
        state.pos = start
        state.push("highlight_open", "mark", 1)
        state.pos, state.posMax = start + len(_MARK), end
        state.md.inline.tokenize(state)
        state.pos, state.posMax = end, most
        state.push("highlight_close", "mark", -1)
    state.pos = end + len(_MARK)
    return True


def _is_mark(text: str, at: int) -> bool:
    """Whether there are two equals signs at ``at``, no less and no more."""
    return (
        text.startswith(_MARK, at)
        and text[at - 1 : at] != "="
        and text[at + len(_MARK) : at + len(_MARK) + 1] != "="
    )


def _opens(text: str, at: int) -> bool:
    after = text[at + len(_MARK) : at + len(_MARK) + 1]
    if not _is_mark(text, at) or not after or after.isspace():
        return False
    # a==b is a comparison.
    return not (_WESTERN.match(after) and at and _WESTERN.match(text[at - 1]))


def _close(state: StateInline, start: int) -> int | None:
    """Where the marks end that open before ``start``; links, code and the like are skipped."""
    most = state.posMax
    failed = state.unclosed if isinstance(state, AsideState) else {}
    if start >= failed.get(most, most + 1):
        return None
    pos = state.pos
    state.pos = start
    found = None
    while state.pos < most:
        at = state.pos
        if at > start and _is_mark(state.src, at) and not state.src[at - 1].isspace():
            found = at
            break
        state.md.inline.skipToken(state)
    state.pos = pos
    if found is None:
        failed[most] = start
    return found
