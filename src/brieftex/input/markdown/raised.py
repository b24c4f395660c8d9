"""Superscripts and subscripts typed as ``m^2^`` and ``CO~2~``, or pasted as ``m<sup>2</sup>``: they
become Unicode's own.

So bodies, titles, cells and labels read them alike, and what is searched and read aloud is what
it is. Only what Unicode has, behind something that can carry it: a lone mark, 3~5天, ~/docs, ^_^
and ^o^ are text, a range such as 2~3~4 has digits where a subscript has a letter before it, and
the carets of 2^3+4^5 are powers.
"""

from __future__ import annotations

import re

from markdown_it.rules_inline import StateInline

from brieftex.diagnostics import OffsetMap
from brieftex.model.content import Inline
from brieftex.patterns import late

_TYPED = late(
    r"(?<![\s^])\^(?![0-9]+[+\-−=][0-9]+\^[0-9A-Za-z(])([0-9+\-−=()ni]{1,8})\^(?!\^)"
    r"|(?<=[0-9])\^(st|nd|rd|th)\^(?!\^)"
    r"|(?<=[A-Za-z0-9)\]])\^([a-npr-tx-zT])\^(?!\^)"
    r"|(?<=[A-Za-z)\]])~([0-9+\-−aehijklmnprstuvx]{1,6})~(?!~)"
)
_TAGGED = late(
    r"<sup>([0-9+\-−=()a-npr-tx-zT]{1,8})</sup>|<sub>([0-9+\-−aehijklmnprstuvx]{1,8})</sub>",
    re.IGNORECASE,
)
_TAG = len("<sup>")
_ABOVE = str.maketrans(
    "0123456789+-−=()abcdefghijklmnprstxyzT", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵖʳˢᵗˣʸᶻᵀ"
)
_BELOW = str.maketrans("0123456789+-−aehijklmnprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋ₐₑₕᵢⱼₖₗₘₙₚᵣₛₜᵤᵥₓ")


def script(state: StateInline, silent: bool) -> bool:
    """The rule for Markdown, in markdown-it's sense."""
    mark = state.src[state.pos]
    if mark not in "^~<":
        return False
    match = (_TAGGED if mark == "<" else _TYPED).match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        token = state.push("script", "", 0)
        token.content = _meant(match)
        token.meta["lead"] = _TAG if mark == "<" else 1
    state.pos = match.end()
    return True


def with_scripts(inline: Inline) -> Inline:
    """Plain text with its superscripts and subscripts."""
    if "^" not in inline.text and "~" not in inline.text:
        return inline
    pieces: list[str] = []
    places: list[int] = []
    end = 0
    for match in _TYPED.finditer(inline.text):
        pieces += [inline.text[end : match.start()], _meant(match)]
        places += [*range(end, match.start()), *range(match.start() + 1, match.end() - 1)]
        end = match.end()
    pieces.append(inline.text[end:])
    places += range(end, len(inline.text))
    text = "".join(pieces)
    return Inline(text, OffsetMap.of([inline.origin.source(place) for place in places]))


def _meant(match: re.Match[str]) -> str:
    *above, below = match.groups("")
    return "".join(above).translate(_ABOVE) + below.translate(_BELOW)
