"""Style sheets as browsers read them (CSS 2.1 with the selectors that programs write).

In goes the text of a sheet, out come rules. What cannot apply on paper, such as ``:hover``,
is left out without a word; what would apply and is not understood is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from brieftex.patterns import late

_TOKEN = late(
    r"""(?P<string>"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?)|(?P<comment>/\*.*?(?:\*/|\Z)|<!--|-->)"""
    r"""|[{}();:,\[\]]|\s+|[^"'/<{}();:,\[\]\s-]+|.""",
    re.DOTALL,
)

# Pseudo-classes and -elements of someone who points, types or has been there before.
_NOT_ON_PAPER = late(
    r":(?:hover|focus|focus-within|focus-visible|active|visited|target|checked|disabled|enabled"
    r"|any-link|link|:?selection|:?before|:?after|:?placeholder|:?first-letter|:?first-line"
    r"|:?-[\w-]+)(?![\w-])"
)
_SIMPLE = late(
    r"(?P<name>\*|[A-Za-z_][\w-]*)|\.(?P<cls>(?:[\w-]|\\.|[^\x00-\x7f])+)"
    r"|\#(?P<id>(?:[\w-]|\\.|[^\x00-\x7f])+)"
    r"|\[\s*(?P<key>[\w:-]+)\s*(?:(?P<how>[~|^$*]?=)\s*(?P<value>\"[^\"]*\"|'[^']*'|[^\]\s]+)\s*)?\]"
    r"|:not\((?P<no>[^()]*)\)|:(?P<pseudo>root|first-child|last-child)(?![\w(-])"
)
_MEDIA = late(r"(?:all|screen|print|\(\s*prefers-color-scheme\s*:\s*light\s*\))?\Z")
_NO_MEDIA = late(r"prefers-|hover|pointer|speech|not\s+screen|not\s+print|not\s+all")
_NO_RULES = (
    "@font-face", "@keyframes", "@charset", "@namespace", "@page", "@property", "@-", "@counter",
    "@font-feature", "@view",
)  # fmt: skip

_DEPTH_LIMIT = 8  # of rules such as @media, one in another

Declarations = dict[str, tuple[str, bool]]
"""Value of each property, and whether it is ``!important``."""


class Compound(Struct, frozen=True):
    """What one element must be, ``path.a#b[c=d]``, and what it must not be (``but``)."""

    name: str | None = None
    classes: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    tests: tuple[tuple[str, str, str], ...] = ()
    states: frozenset[str] = frozenset()
    but: tuple[Compound, ...] = ()


class Selector(Struct, frozen=True):
    """Compounds from the element outwards, each but the first with how it is reached: a blank
    for any ancestor, ``>`` for the parent. ``weight`` is the specificity."""

    weight: tuple[int, int, int]
    compounds: tuple[tuple[str, Compound], ...]


class StyleRule(Struct, frozen=True):
    """What holds for the elements that a selector finds."""

    selector: Selector
    body: Declarations


def read_sheet(text: str) -> tuple[list[StyleRule], list[str]]:
    """The rules of a style sheet, and what in it is not understood."""
    rules: list[StyleRule] = []
    odd: list[str] = []
    _read_rules(_tokens(text), rules, odd, 0)
    return rules, odd


def declarations(text: str) -> Declarations:
    """``fill: red; stroke: none`` as a mapping; custom properties keep their case."""
    return _declared(_tokens(text))


def _tokens(text: str) -> list[str]:
    return [m[0] for m in _TOKEN.finditer(text) if m.lastgroup != "comment"]


def _read_rules(tokens: list[str], rules: list[StyleRule], odd: list[str], depth: int) -> None:
    for prelude, body in _blocks(tokens):
        if not prelude.startswith("@"):
            _read_rule(prelude, body or [], rules, odd)
        elif prelude.startswith("@media"):
            media = [part.strip() for part in prelude[6:].lower().split(",")]
            if any(_MEDIA.match(part) for part in media):
                _read_inner(body or [], rules, odd, depth)
            elif not all(_NO_MEDIA.search(part) for part in media):
                odd.append(f"样式规则 {prelude[:30]}")
        elif prelude.startswith(("@layer", "@supports")) and body is not None:
            _read_inner(body, rules, odd, depth)
        elif not prelude.startswith(_NO_RULES):
            odd.append(f"样式规则 {prelude[:30]}")


def _read_inner(tokens: list[str], rules: list[StyleRule], odd: list[str], depth: int) -> None:
    if depth < _DEPTH_LIMIT:
        _read_rules(tokens, rules, odd, depth + 1)
    else:
        odd.append("嵌套太深的样式规则")


def _blocks(tokens: list[str]) -> Iterator[tuple[str, list[str] | None]]:
    """What stands before each block, and the tokens in it; None for a rule without a block."""
    prelude: list[str] = []
    body: list[str] = []
    depth = 0
    for token in tokens:
        if token == "{":
            depth += 1
            if depth == 1:
                continue
        elif token == "}" and depth:
            depth -= 1
            if not depth:
                yield "".join(prelude).strip(), body
                prelude, body = [], []
                continue
        elif token == ";" and not depth and "".join(prelude[:3]).lstrip().startswith("@"):
            yield "".join(prelude).strip(), None
            prelude = []
            continue
        (body if depth else prelude).append(token)
    if depth:  # the end of the file closes what is open
        yield "".join(prelude).strip(), body


def _read_rule(prelude: str, body: list[str], rules: list[StyleRule], odd: list[str]) -> None:
    found = _declared(body)
    parts = _parts(prelude)
    if "" in parts:
        return  # a comma too many, for which browsers drop the rule
    for text in parts:
        if _NOT_ON_PAPER.search(text):
            continue
        selector = read_selector(text)
        if selector is not None:
            rules.append(StyleRule(selector, found))
        elif found:
            odd.append(f"选择器 {text[:30]}")


def _parts(prelude: str) -> list[str]:
    """The selectors of a list; a comma in brackets is none of the list's."""
    parts, depth, start = [], 0, 0
    for k, char in enumerate(prelude):
        depth += (char in "([") - (char in ")]")
        if char == "," and depth <= 0:
            parts.append(prelude[start:k].strip())
            start = k + 1
    return [*parts, prelude[start:].strip()]


def read_selector(text: str) -> Selector | None:
    """The selector that a text writes; None when it is not understood."""
    found: list[tuple[str, Compound]] = []
    weight = [0, 0, 0]
    how = ""
    for part in re.split(r"\s*(>)\s*|\s+", text.strip()):
        if part is None or part == "":
            continue
        if part == ">":
            how = ">"
            continue
        compound = _compound(part)
        if compound is None:
            return None
        for each in (compound, *compound.but):
            weight[0] += len(each.ids)
            weight[1] += len(each.classes) + len(each.tests) + len(each.states)
            weight[2] += each.name is not None
        found.append((how or " ", compound))
        how = ""
    if not found or how:
        return None
    # Each compound is reached from the one to its right by what stands between them.
    ways = [*(way for way, _ in found[1:]), ""]
    turned = [(way, compound) for way, (_, compound) in zip(ways, found, strict=True)]
    return Selector((weight[0], weight[1], weight[2]), tuple(reversed(turned)))


def _compound(text: str) -> Compound | None:
    name: str | None = None
    classes: set[str] = set()
    ids: set[str] = set()
    states: set[str] = set()
    tests: list[tuple[str, str, str]] = []
    but: list[Compound] = []
    at = 0
    while at < len(text):
        match = _SIMPLE.match(text, at)
        if match is None or (match["name"] and at):
            return None
        if match["name"]:
            name = None if match["name"] == "*" else match["name"]
        elif match["cls"]:
            classes.add(re.sub(r"\\(.)", r"\1", match["cls"]))
        elif match["id"]:
            ids.add(re.sub(r"\\(.)", r"\1", match["id"]))
        elif match["no"]:
            inner = _compound(match["no"].strip())
            if inner is None or not match["no"].strip():
                return None
            but.append(inner)
        elif match["pseudo"]:
            states.add(match["pseudo"])
        else:
            tests.append((match["key"], match["how"] or "", (match["value"] or "").strip("\"'")))
        at = match.end()
    return Compound(
        name, frozenset(classes), frozenset(ids), tuple(tests), frozenset(states), tuple(but)
    )


def _declared(tokens: list[str]) -> Declarations:
    found: Declarations = {}
    part: list[str] = []
    depth = 0
    for token in [*tokens, ";"]:
        depth += (token in "([{") - (token in ")]}") if token else 0
        if token != ";" or depth > 0:
            part.append(token)
            continue
        depth = 0
        name, colon, value = "".join(part).partition(":")
        part = []
        name, value = name.strip(), value.strip()
        important = re.search(r"\s*!\s*important\Z", value, re.IGNORECASE)
        if important:
            value = value[: important.start()]
        if colon and value and name:
            name = name if name.startswith("--") else name.lower()
            if not (name in found and found[name][1] and not important):
                found[name] = value, important is not None
    return found


def substituted(value: str, customs: Mapping[str, str], depth: int = 0) -> str | None:
    """A value without ``var()`` and ``light-dark()``; None when it has no meaning."""
    while True:
        match = re.search(r"(var|light-dark)\(", value)
        if match is None:
            return value
        end = _closing(value, match.end())
        if end is None or depth > 8 or len(value) > 10_000:
            return None
        first, rest = _halves(value[match.end() : end])
        if match[1] == "light-dark":
            new: str | None = first.strip()  # paper is light
        else:
            own = customs.get(first.strip())
            new = (rest.strip() or None) if own is None else substituted(own, customs, depth + 1)
        if new is None:
            return None
        value = value[: match.start()] + new + value[end + 1 :]


def _closing(text: str, start: int) -> int | None:
    depth = 1
    for k in range(start, len(text)):
        depth += (text[k] == "(") - (text[k] == ")")
        if not depth:
            return k
    return None


def _halves(text: str) -> tuple[str, str]:
    """What stands before and after the first comma that is in no brackets."""
    depth = 0
    for k, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if char == "," and not depth:
            return text[:k], text[k + 1 :]
    return text, ""
