"""markdown-it, set up for Chinese text and made to say where each token stood.

markdown-it keeps line numbers for blocks and nothing for inline tokens. The subclasses here
note the place of every inline token as it is pushed, and wrap the leaf block rules so that
each ``inline`` token carries the map from its content to the text parsed. Both go into
``Token.meta``, markdown-it's place for extensions: ``pos`` and ``end`` are offsets, ``map`` is
an OffsetMap.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import chain
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock, RuleFuncBlockType
from markdown_it.parser_inline import ParserInline, RuleFuncInlineType
from markdown_it.rules_block import (
    StateBlock,
    blockquote,
    fence,
    heading,
    hr,
    html_block,
    list_block,
    paragraph,
    table,
)
from markdown_it.rules_inline import StateInline, autolink, html_inline, image, link
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType

from brieftex.input.markdown import asides, raised, rules
from brieftex.input.markdown.loose import loose_table
from brieftex.input.markdown.paragraphs import LineEnds
from brieftex.input.markdown.places import (
    NO_CODE,
    heading_map,
    number_places,
    paragraph_map,
    settle_columns,
    table_maps,
)
from brieftex.input.markdown.scripts import is_chinese_beside
from brieftex.input.markdown.stars import printed_stars
from brieftex.patterns import late

# Nobody nests ten lists; without a bound, 5,000 ``>`` exhaust Python's stack.
_MAX_NESTING = 20
# RFC 3986's characters; most addresses have no others.
_ENCODED = late(r"(?:[A-Za-z0-9\-._~:/?#@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+").fullmatch

# >50人, >=60分, >-5℃: a quotation that begins with a number has a space before it.
# >>>重点<<< and >>查看更多 have no space behind theirs either.
_COMPARISON = late(">{1,2}(?: ?[=＝]|[-−+±]?[.]?[0-9０-９])|>{2,9}[^ \t>]")


class _Inlines(asides.AsideState):
    """Inline parsing that keeps places and knows Chinese emphasis."""

    _pending_at = -1
    _run = (-1, 0)
    too_deep = False

    def append_pending(self, text: str) -> None:
        if self._pending_at < 0:
            self._pending_at = self.pos
        super().append_pending(text)

    def pushPending(self) -> Token:
        token = super().pushPending()
        token.meta["pos"] = self._pending_at
        self._pending_at = -1
        return token

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        token = super().push(ttype, tag, nesting)
        # The newline rule may have cut the pending text to nothing, which pushes no token.
        self._pending_at = -1
        # The emphasis rule pushes a run of marks one by one from where the run starts.
        at, count = self._run
        self._run = (self.pos, count + 1 if at == self.pos else 0) if ttype == "text" else (-1, 0)
        token.meta["pos"] = self.pos + self._run[1]
        if ttype == "text":
            token.meta["mark"] = True
        return token

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:
        """CommonMark's flanking rule; beside Chinese, only white space turns a mark away.

        CommonMark lets punctuation turn a run of marks away from the letter behind it, so that
        ``**“引文”**后文`` stays as typed; without spaces between words that is always wrong.
        After tats-u's proposal for CJK-friendly emphasis. ``_``, which alone must not split a
        word, is no mark: an office writes it for a blank, also for one that was filled in.
        """
        scanned = super().scanDelims(start, canSplitWord)
        if not canSplitWord or start in printed_stars(self.src):
            return Scanned(False, False, scanned.length)
        before, after = start - 1, start + scanned.length
        if not (is_chinese_beside(self.src, before, -1) or is_chinese_beside(self.src, after, 1)):
            return scanned
        return Scanned(
            after < self.posMax and not self.src[after].isspace(),
            before >= 0 and not self.src[before].isspace(),
            scanned.length,
        )


class _InlineParser(ParserInline):
    """markdown-it's inline parser, over ``_Inlines``."""

    def __init__(self) -> None:
        super().__init__()
        self.ruler.enableOnly(
            ["text", "newline", "escape", "backticks", "emphasis", "entity"],
        )
        for name, rule in (
            ("link", link),
            ("image", image),
            ("autolink", autolink),
            ("html_inline", html_inline),
        ):
            self.ruler.at(name, _ended(rule))
            self.ruler.enable(name)
        self.ruler.before("link", "note_call", rules.note_call)
        self.ruler.before("link", "ruby", asides.ruby)
        self.ruler.before("link", "highlight", asides.highlight)
        self.ruler.before("newline", "bare_url", rules.bare_url)
        self.ruler.before("escape", "path", rules.path)
        self.ruler.before("escape", "formula", rules.formula)
        self.ruler.before("link", "script", raised.script)
        # fragments_join would merge texts and lose where each stood.
        self.ruler2.enableOnly(["balance_pairs", "emphasis"])

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = _Inlines(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        if state.too_deep and tokens:
            tokens[0].meta["too_deep"] = True
        return tokens

    def skipToken(self, state: StateInline) -> None:
        if state.level >= _MAX_NESTING and isinstance(state, _Inlines):
            state.too_deep = True
        super().skipToken(state)


class _BlockParser(ParserBlock):
    """markdown-it's block parser; its leaf blocks carry their places."""

    def __init__(self) -> None:
        super().__init__()
        # The lists name what each rule may interrupt, as in markdown-it's own table.
        everything = ["paragraph", "reference", "blockquote", "list"]
        for name, rule, mapper, interrupts in (
            ("table", table, table_maps, ["paragraph", "reference"]),
            ("fence", fence, None, everything),
            ("hr", hr, None, everything),
            ("html_block", html_block, None, everything[:3]),
            ("heading", heading, heading_map, everything[:3]),
            ("list", list_block, number_places, everything[:3]),
            ("paragraph", paragraph, paragraph_map, []),
        ):
            self.ruler.at(name, _placed(rule, mapper), {"alt": interrupts})
        self.ruler.at("blockquote", _quotation, {"alt": everything})
        self.ruler.before(
            "reference", "note", rules.note_definition, {"alt": ["paragraph", "reference"]}
        )
        self.ruler.before("table", "closing", rules.closing, {"alt": ["paragraph"]})
        self.ruler.after("table", "loose_table", loose_table, {"alt": ["paragraph"]})
        self.ruler.before(
            "paragraph", "parted", rules.parted_line, {"alt": ["paragraph", "blockquote"]}
        )
        # Spaces before a Chinese paragraph are an indent, and a line of dashes under one is
        # a rule, not an order to make it a heading.
        self.ruler.disable(["code", "lheading"])

    def parse(self, src: str, md: MarkdownIt, env: EnvType, outTokens: list[Token]) -> list[Token]:
        state = StateBlock(src, md, env, outTokens)
        for line, (blanks, columns) in env.get("shifts", {}).items():
            state.bMarks[line] += blanks
            state.tShift[line] -= blanks
            state.sCount[line] -= columns
        # Four spaces or more would make a line part of the paragraph before it, come what may.
        if max(state.sCount, default=0) > NO_CODE:
            kept = (env.get(key, ()) for key in ("parted", "rows", "closing"))
            settle_columns(state, frozenset(chain.from_iterable(kept)))
        self.tokenize(state, state.line, state.lineMax)
        return state.tokens

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:
        if state.level < _MAX_NESTING:
            super().tokenize(state, startLine, endLine)
            return
        line = state.skipEmptyLines(startLine)
        if line < endLine:
            state.env.setdefault("too_deep", (state.bMarks[line], state.eMarks[line]))
        state.line = endLine


class _Markdown(MarkdownIt):
    """The configured parser. Addresses stay as typed; whoever reads the tokens judges them."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"maxNesting": _MAX_NESTING, "store_labels": True})
        self.inline = _InlineParser()
        self.block = _BlockParser()
        # normalize changes lengths, text_join loses places.
        self.core.ruler.enableOnly(["block", "inline"])

    def validateLink(self, url: str) -> bool:
        return True

    def normalizeLink(self, url: str) -> str:
        return url

    def normalizeLinkText(self, link: str) -> str:
        return link


def _ended(rule: RuleFuncInlineType) -> RuleFuncInlineType:
    """``rule``, with the end of what it matched on its last token."""

    def ended(state: StateInline, silent: bool) -> bool:
        if not rule(state, silent):
            return False
        if not silent:
            last = state.tokens[-1]
            last.meta["end"] = state.pos
            if last.markup == "autolink":
                # All its tokens were pushed at the "<".
                state.tokens[-2].meta["pos"] += 1
        return True

    return ended


def _placed(
    rule: RuleFuncBlockType, mapper: Callable[[StateBlock, list[Token], int], None] | None
) -> RuleFuncBlockType:
    """``rule``, with the block's extent on its first token and ``mapper`` run on all.

    It must happen here: the marks of a line that say where quotations and lists have eaten
    its beginning are gone when the enclosing rule returns.
    """

    def placed(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:
        first = len(state.tokens)
        if not rule(state, startLine, endLine, silent):
            return False
        if not silent:
            tokens = state.tokens[first:]
            tokens[0].meta["pos"] = state.bMarks[startLine] + state.tShift[startLine]
            tokens[0].meta["end"] = state.eMarks[max(state.line - 1, startLine)]
            if mapper:
                mapper(state, tokens, startLine)
        return True

    return placed


def _quotation(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:
    """markdown-it's rule, but for a comparison, whose sign it would take away."""
    if _COMPARISON.match(state.src, state.bMarks[startLine] + state.tShift[startLine]):
        return False
    return blockquote(state, startLine, endLine, silent)


@cache
def _markdown() -> _Markdown:
    return _Markdown()


def block_tokens(text: str, ends: LineEnds) -> tuple[list[Token], dict[str, Any]]:
    """The tokens of ``text``, whose lines end in U+000A, and what the rules left in the env."""
    env: dict[str, Any] = {"parted": ends.parted, "rows": ends.rows, "closing": ends.closing}
    env.update(shifts=ends.shifts, blocks=ends.blocks)
    return _markdown().parse(text, env), env


def inline_tokens(text: str) -> list[Token]:
    """The tokens of ``text`` as inline content."""
    markdown = _markdown()
    return markdown.inline.parse(text, markdown, {}, [])


def percent_encoded(url: str) -> str:
    """``url`` in ASCII: percent signs for other characters, Punycode for the host."""
    if _ENCODED(url):
        return url
    # A lone surrogate, which YAML's \u escapes can write, has no UTF-8.
    return MarkdownIt.normalizeLink(_markdown(), url.encode("utf-8", "replace").decode())
