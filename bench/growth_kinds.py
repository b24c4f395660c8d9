"""The kinds of input that ``growth.py`` measures: each made for any size.

Every list, text and file that a user can make longer stands here once, with the command that reads
it. A field that is bounded is measured up to its bound (``docs/limits.md``).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

Files: TypeAlias = dict[str, str | bytes]

BUILD = ("build", "issue.yaml", "-o", "a.pdf")
CHECK = ("check", "issue.yaml")
VERIFY = ("verify", "a.pdf", "--against", "issue.yaml")
DIFF = ("diff", "old.yaml", "issue.yaml")


@dataclass(frozen=True)
class Kind:
    """One kind of input: ``make`` gives the issue, or all files.

    Of ``size`` and four times as much the command is measured, after the commands ``before``.
    ``most`` is the largest size that is not refused, 0 for any.
    """

    size: int
    make: Callable[[int], str | Files]
    command: tuple[str, ...] = BUILD
    most: int = 0
    before: tuple[tuple[str, ...], ...] = ()

    def files(self, size: int) -> Files:
        """The files of one input."""
        made = self.make(size)
        return {"issue.yaml": made} if isinstance(made, str) else made


_HEAD = "brieftex: 1\nmasthead: {name: 试排}\n"
_CLAUSE = "衡澜大学成立教学质量监测中心,对全校课程开展评估;评估只看课堂实效."
_ITEMS = f"{_HEAD}sections:\n  - title: 栏\n    items:\n"


def body(text: str) -> str:
    """An issue whose only item has this body."""
    lines = "".join(f"      {line}\n" for line in text.split("\n"))
    return f"{_HEAD}foreword:\n  body: |\n{lines}"


def _blocks(lines: list[str]) -> str:
    return f"{_HEAD}foreword:\n  body:\n" + "".join(f"    - {line}\n" for line in lines)


def _listed(key: str, count: int, inner: str = "") -> str:
    """An issue with a list of so many names; ``inner`` is the record that holds it."""
    names = "[" + ", ".join(f"名{k}" for k in range(count)) + "]"
    field = f"{inner}: {{{key}: {names}}}" if inner else f"{key}: {names}"
    return f"{body('甲')}{field}\n"


def _svg(inner: str) -> str:
    box = 'xmlns="http://www.w3.org/2000/svg" width="100" height="100"'
    return f"<svg {box}>{inner}<rect width='9' height='9'/></svg>"


def _drawn(copies: int, make: Callable[[int], str]) -> Callable[[int], Files]:
    """An issue with so many figures, different ones: the same one is drawn once."""

    def files(size: int) -> Files:
        made = _svg(make(size))
        drawings = {
            f"a{k}.svg": made.replace("width='9'", f"width='{k + 1}'") for k in range(copies)
        }
        figures = "\n\n".join(f"![图](a{k}.svg)" for k in range(copies))
        return {"issue.yaml": body(f"{figures}\n\n甲。"), **drawings}

    return files


def notes(count: int, text: str = "甲", note: str = "乙。") -> str:
    """A paragraph with so many footnotes."""
    return body(
        "".join(f"{text}[^{k}]" for k in range(count))
        + "\n\n"
        + "\n".join(f"[^{k}]: {note}" for k in range(count))
    )


def _compared(old: Callable[[int], str], new: Callable[[int], str]) -> Callable[[int], Files]:
    return lambda n: {"old.yaml": body(old(n)), "issue.yaml": body(new(n))}


def numbered(count: int, word: str = "开放") -> str:
    """So many paragraphs, of which no two are the same."""
    return "\n\n".join(f"第{k}段，说的是{word}共享。" for k in range(count))


KINDS: dict[str, Kind] = {
    # -- Markdown
    "brackets": Kind(25_000, lambda n: body("[" * n)),
    "brackets closed": Kind(3_000, lambda n: body("[" * n + "]" * n)),
    "emphasis": Kind(2_500, lambda n: body("**甲" * n)),
    "emphasis paired": Kind(2_500, lambda n: body("**甲**乙" * n)),
    "emphasis of many lengths": Kind(2_000, lambda n: body("*甲**乙***丙_丁__戊" * n)),
    "stars": Kind(25_000, lambda n: body("*" * n + "甲")),
    "stars apart": Kind(10_000, lambda n: body("甲 * " * n)),
    "underscores": Kind(5_000, lambda n: body("a_b" * n)),
    "highlight": Kind(5_000, lambda n: body("==甲" * n)),
    "highlights": Kind(2_500, lambda n: body("==甲==乙" * n)),
    "backticks": Kind(5_000, lambda n: body("甲".join("`" * k for k in range(1, math.isqrt(n))))),
    "code": Kind(2_500, lambda n: body("`a`甲" * n)),
    "braces": Kind(10_000, lambda n: body("{甲|" * n)),
    "powers": Kind(5_000, lambda n: body("m^2^" * n)),
    "carets": Kind(10_000, lambda n: body("^2" * n)),
    "tildes": Kind(10_000, lambda n: body("~~甲" * n)),
    "entities": Kind(5_000, lambda n: body("&amp;甲" * n)),
    "ampersands": Kind(10_000, lambda n: body("&甲" * n)),
    "backslashes": Kind(10_000, lambda n: body("\\甲" * n)),
    "paths": Kind(2_500, lambda n: body("C:\\a\\b，" * n)),
    "links": Kind(1_250, lambda n: body("[甲](https://a.cn/)乙" * n)),
    "links by name": Kind(1_000, lambda n: body("[甲][a]乙" * n + "\n\n[a]: https://a.cn/")),
    "names of links": Kind(
        1_000,
        lambda n: body("[甲][5]\n\n" + "\n".join(f"[{k}]: https://a.cn/{k}" for k in range(n))),
    ),
    "bare addresses": Kind(1_250, lambda n: body("见https://a.cn/b，" * n)),
    "hosts": Kind(2_500, lambda n: body("见 a.cn、例子.中国，" * n)),
    "mail addresses": Kind(1_250, lambda n: body("<a@b.cn>，" * n)),
    "at signs": Kind(5_000, lambda n: body("a@" * n)),
    "angle brackets": Kind(10_000, lambda n: body("<a" * n)),
    "tags": Kind(5_000, lambda n: body("<b>甲" * n)),
    "image marks": Kind(10_000, lambda n: body("![" * n)),
    "headings": Kind(500, lambda n: body("\n\n".join(["## 甲", "乙。"] * n))),
    "heading": Kind(250, lambda n: body("## " + "衡澜大学" * n)),
    "footnotes": Kind(200, notes),
    "footnotes, literal stars": Kind(200, lambda n: notes(n, note="3*4*5。")),
    "footnotes in cells": Kind(
        100,
        lambda n: body(
            "|甲|乙|\n|-|-|\n"
            + "".join(f"|子[^{k}]|丑|\n" for k in range(n))
            + "\n"
            + "\n".join(f"[^{k}]: 乙。" for k in range(n))
        ),
    ),
    "footnote called often": Kind(500, lambda n: body("甲[^a]" * n + "\n\n[^a]: 乙。")),
    "footnote": Kind(2_500, lambda n: body("甲[^a]\n\n[^a]: " + "衡澜大学" * n)),
    "calls of nothing": Kind(2_500, lambda n: body("甲[^a]" * n), CHECK),
    "bulleted lines": Kind(1_500, lambda n: body("\n".join(["• 甲乙丙"] * n))),
    "pasted lines": Kind(1_500, lambda n: body("\n".join(["今年以来，成效明显。"] * n))),
    "wrapped lines": Kind(2_000, lambda n: body("\n".join(["今年以来成效明显而且"] * n))),
    "forced lines": Kind(1_000, lambda n: body("甲乙丙\\\n" * n + "丁")),
    "list items": Kind(1_000, lambda n: body("\n".join(["- 甲乙丙"] * n))),
    "counted items": Kind(1_000, lambda n: body("\n".join(f"{k + 1}. 甲" for k in range(n)))),
    "lists in lists": Kind(
        100, lambda n: body("\n".join("  " * (k % 18) + "- 甲" for k in range(18 * n)))
    ),
    "lists too deep": Kind(  # n characters, not n lists
        100_000,
        lambda n: body("\n".join("  " * k + "- 甲" for k in range(math.isqrt(n)))),
        CHECK,
        most=1_600_000,
    ),
    "quotations too deep": Kind(
        100_000,
        lambda n: body("\n".join("> " * k + "甲" for k in range(math.isqrt(n)))),
        CHECK,
        most=1_600_000,
    ),
    "quotations": Kind(1_000, lambda n: body("\n".join(["> 甲乙丙。"] * n))),
    "quotations apart": Kind(500, lambda n: body("\n\n".join(["> 甲乙丙。", "丁"] * n))),
    "quotations in quotations": Kind(5_000, lambda n: body(">" * n + " 甲"), CHECK),
    "rules": Kind(1_000, lambda n: body("\n\n".join(["---", "甲"] * n))),
    "table rows": Kind(150, lambda n: body("|甲|乙|\n|-|-|\n" + "|子丑|寅卯|\n" * n)),
    "table columns": Kind(
        3,
        lambda n: body(
            ("|甲" * n + "|\n") + "|-" * n + "|\n" + ("|子" * n + "|\n") * 800 * (n > 1)
        ),
        most=12,
    ),
    "table cell": Kind(500, lambda n: body("|甲|乙|\n|-|-|\n|子|" + "衡澜大学" * n + "|\n")),
    "tables": Kind(50, lambda n: body("\n\n".join(["|甲|乙|\n|-|-|\n|子|丑|\n", "甲"] * n))),
    "table bars": Kind(5_000, lambda n: body("|" * n + "\n甲")),
    "rows of tabs": Kind(150, lambda n: body("甲\t乙\n" * n)),
    # -- checks and findings
    "findings in a line": Kind(400, lambda n: body(_CLAUSE * n), CHECK),
    "findings in lines": Kind(400, lambda n: body("\n\n".join([_CLAUSE] * n)), CHECK),
    "findings as JSON": Kind(400, lambda n: body(_CLAUSE * n), (*CHECK, "--format", "json")),
    "findings mended": Kind(400, lambda n: body(_CLAUSE * n), (*CHECK, "--fix")),
    "quotes": Kind(4_000, lambda n: body("“" * n), CHECK),
    "quotes paired": Kind(4_000, lambda n: body("“甲”" * n), CHECK),
    "quotes in quotes": Kind(1_000, lambda n: body("“" * n + "甲" + "”" * n), CHECK),
    "straight quotes": Kind(4_000, lambda n: body('甲"' * n), CHECK),
    "parentheses": Kind(4_000, lambda n: body("（" * n + "甲" + "）" * n), CHECK),
    "titles of works": Kind(2_000, lambda n: body("《甲〈乙〉》" * n), CHECK),
    "spaces": Kind(4_000, lambda n: body("甲 乙丙" * n), CHECK),
    "wide spaces": Kind(5_000, lambda n: body("甲" + "\u3000" * n + "乙"), CHECK),
    "stops": Kind(10_000, lambda n: body("甲" + "." * n), CHECK),
    "dashes": Kind(5_000, lambda n: body("甲—" * n), CHECK),
    "repeated words": Kind(2_500, lambda n: body("的的" * n), CHECK),
    "years": Kind(2_000, lambda n: body("2024年12月3日至5日，" * n), CHECK),
    "amounts": Kind(2_000, lambda n: body("3.2万元、15%～30%，" * n), CHECK),
    "numbers of clauses": Kind(1_000, lambda n: body("一是甲，二是乙，三是丙。" * n), CHECK),
    "hidden characters": Kind(1_000, lambda n: body("甲\u200b乙" * n), CHECK),
    "allowed": Kind(
        8_000,
        lambda n: body(_CLAUSE * 20) + "allow: [" + ", ".join(["BT301"] * n) + "]\n",
        CHECK,
    ),
    "unknown codes allowed": Kind(
        500, lambda n: body("甲") + "allow: [" + ", ".join(f"X{k}" for k in range(n)) + "]\n", CHECK
    ),
    "kept words in texts": Kind(
        100,
        lambda n: (
            body("\n\n".join(f"衡澜第{k}学院成立中心。" for k in range(n)))
            + "keep: ["
            + ", ".join(f"第{k}学院" for k in range(n))
            + "]\n"
        ),
    ),
    "kept words": Kind(250, lambda n: _listed("keep", n)),
    "kept words and text": Kind(
        250, lambda n: body("衡澜大学" * 10 * n) + "keep: [" + "衡澜, " * n + "]\n"
    ),
    # -- YAML
    "comments": Kind(100_000, lambda n: "# 甲\n" * n + body("甲")),
    "escapes": Kind(5_000, lambda n: f'{_HEAD}foreword:\n  body: "' + "\\u7532" * n + '"\n'),
    "folded lines": Kind(2_000, lambda n: f"{_HEAD}foreword:\n  body: 甲\n" + "    乙，\n" * n),
    "folded block": Kind(2_000, lambda n: f"{_HEAD}foreword:\n  body: >\n" + "    乙，\n" * n),
    "empty lines": Kind(10_000, lambda n: body("甲" + "\n" * n + "乙")),
    "slips": Kind(5, lambda n: _HEAD + "".join(f"甲{k}：乙\n" for k in range(n)), CHECK),
    "unknown keys": Kind(250, lambda n: _HEAD + "".join(f"甲{k}: 乙\n" for k in range(n)), CHECK),
    "the same key": Kind(250, lambda n: _HEAD + "title: 乙\n" * n, CHECK),
    "lists in lists of YAML": Kind(2_500, lambda n: f"{_HEAD}title: {'[' * n}{']' * n}\n", CHECK),
    "open quotation": Kind(2_500, lambda n: f'{_HEAD}title: "甲\n' + "乙: 丙\n" * n, CHECK),
    "aliases": Kind(500, lambda n: f"{_HEAD}keep: [&a 甲{', *a' * n}]\nforeword: {{body: 甲}}\n"),
    "tabs for indent": Kind(5, lambda n: _HEAD + "sections:\n" + "\t- title: 甲\n" * n, CHECK),
    "line ends of Windows": Kind(1_000, lambda n: body("甲。\n\n" * n).replace("\n", "\r\n")),
    "numbers for texts": Kind(250, lambda n: f"{_HEAD}sections: [{'7, ' * n}]\n", CHECK),
    # -- fields
    "title": Kind(250, lambda n: f"{_HEAD}title: {'衡澜大学' * n}\nforeword: {{body: 甲}}\n"),
    "summary": Kind(1_000, lambda n: f"{_HEAD}summary: {'衡澜大学' * n}\nforeword: {{body: 甲}}\n"),
    "running head": Kind(
        250,
        lambda n: (
            f"brieftex: 1\nmasthead: {{name: {'衡澜' * n}}}\nforeword:\n  body: |\n"
            + "    甲。\n\n" * 80
        ),
    ),
    "signers": Kind(
        50,
        lambda n: (
            "masthead: {name: 试排, number: 1, signers: ["
            + "李明, " * n
            + "]}\nforeword: {body: 甲}\n"
        ),
    ),
    "contributors": Kind(250, lambda n: _listed("contributors", n)),
    "names": Kind(250, lambda n: _listed("names", n, "signature")),
    "receivers": Kind(30, lambda n: _listed("send_to", n, "colophon"), most=120),
    "attendance": Kind(250, lambda n: _listed("present", n, "attendance")),
    "sources": Kind(
        1_000,
        lambda n: body("甲") + "body: 乙\nsources:\n" + "  - {name: 网, url: https://a.cn/b}\n" * n,
    ),
    "sections": Kind(
        25,
        lambda n: (
            f"{_HEAD}sections:\n"
            + "".join(f"  - title: 栏{k}\n    items: [{{title: 题, body: 文}}]\n" for k in range(n))
        ),
    ),
    "items": Kind(50, lambda n: _ITEMS + "      - {title: 题, body: 文}\n" * n),
    "items in the contents": Kind(
        50, lambda n: "contents: true\n" + _ITEMS + "      - {title: 题, body: 文}\n" * n
    ),
    "attachments": Kind(
        25, lambda n: body("甲") + "attachments:\n" + "  - {title: 题, body: 文}\n" * n
    ),
    # -- blocks
    "speeches": Kind(250, lambda n: _blocks(["{speaker: 李明, text: 甲。}"] * n)),
    "captions": Kind(
        50, lambda n: _blocks(["table: {caption: 题, header: [甲], rows: [[乙]]}"] * n)
    ),
    "caption": Kind(
        250,
        lambda n: _blocks([f"table: {{caption: {'衡澜大学' * n}, header: [甲], rows: [[乙]]}}"]),
    ),
    "charts": Kind(
        25, lambda n: _blocks(["{chart: bar, categories: [甲, 乙], values: [1, 2]}"] * n)
    ),
    "categories": Kind(
        15,
        lambda n: _blocks(
            [
                "{chart: hbar, categories: ["
                + ", ".join(f"学院{k}" for k in range(n))
                + "], values: ["
                + ", ".join(map(str, range(n)))
                + "]}"
            ]
            * 10
        ),
        most=60,
    ),
    "breaks": Kind(50, lambda n: _blocks(["甲。", "page_break: true"] * n)),
    "the same figure": Kind(
        100,
        lambda n: {"issue.yaml": body("![图](a.svg)\n\n" * n), "a.svg": _svg("")},
    ),
    # -- lines and pages
    "Han": Kind(5_000, lambda n: body("衡澜大学教学" * n)),
    "digits": Kind(2_500, lambda n: body("1" * n)),
    "letters": Kind(2_500, lambda n: body("a" * n)),
    "words": Kind(2_500, lambda n: body("university " * n)),
    "words joined": Kind(2_500, lambda n: body("a-b/c." * n)),
    "marks": Kind(2_500, lambda n: body("，" * n)),
    "accents": Kind(2_500, lambda n: body("e\u0301" * n)),
    "address": Kind(
        1_000, lambda n: body("\n\n".join(["https://a.cn/" + "b" * n] * 20)), most=4_000
    ),
    "addresses": Kind(10, lambda n: body("\n\n".join(["https://a.cn/" + "b" * 4_000] * n))),
    "readings": Kind(500, lambda n: body("{甲|jiǎ}" * n)),
    "reading": Kind(100, lambda n: body("{" + "甲" * n + "|" + "jiǎ " * n + "}")),
    "paragraphs": Kind(500, lambda n: body("\n\n".join(["衡澜大学成立中心。"] * n))),
    "pages to fit": Kind(
        100, lambda n: body("衡澜大学成立。\n\n" * n) + "fit: {max_pages: 1}\n", CHECK
    ),
    # -- SVG
    "SVG comments": Kind(100_000, _drawn(80, lambda n: "<!--a-->" * n), most=400_000),
    "SVG comment": Kind(975_000, _drawn(80, lambda n: f"<!--{'a' * n}-->"), most=3_900_000),
    "CSS rules": Kind(
        500,
        _drawn(
            1,
            lambda n: (
                "<style>"
                + "".join(f".c{k}{{fill:red}}" for k in range(n))
                + "</style>"
                + "<rect class='c1' width='1' height='1'/>" * 50
            ),
        ),
    ),
    "CSS selectors": Kind(
        500, _drawn(1, lambda n: f"<style>{'.a,' * n}.b{{fill:red}}</style><rect class='b'/>")
    ),
    "CSS descendants": Kind(
        100,
        _drawn(
            4,
            lambda n: (
                f"<style>{'g ' * n}rect{{fill:red}}</style>"
                + "<g>" * 40
                + "<rect width='1' height='1'/>"
                + "</g>" * 40
            ),
        ),
    ),
    "CSS comments": Kind(
        150_000, _drawn(20, lambda n: f"<style>{'/*a*/' * n}</style>"), most=600_000
    ),
    "CSS open comments": Kind(
        450_000, _drawn(20, lambda n: f"<style>{'/*' * n}</style>"), most=1_800_000
    ),
    "style of an element": Kind(
        10_000,
        _drawn(4, lambda n: f"<rect width='1' height='1' style='{'fill:red;' * n}'/>"),
        most=400_000,
    ),
    "SVG paths": Kind(50_000, _drawn(4, lambda n: f"<path d='M0 0{'L9 9' * n}'/>"), most=200_000),
    "SVG curves": Kind(
        5_000, _drawn(4, lambda n: f"<path d='M0 0{'C1 2 3 4 9 9' * n}'/>"), most=40_000
    ),
    "SVG arcs": Kind(
        2_500, _drawn(4, lambda n: f"<path d='M0 0{'A3 4 0 1 0 9 9' * n}'/>"), most=20_000
    ),
    "SVG points": Kind(
        25_000, _drawn(4, lambda n: f"<polyline points='{'1,2 ' * n}'/>"), most=200_000
    ),
    "SVG transforms": Kind(
        10_000,
        _drawn(4, lambda n: f"<rect width='1' height='1' transform='{'scale(1) ' * n}'/>"),
        most=400_000,
    ),
    "SVG dashes": Kind(
        10_000,
        _drawn(4, lambda n: f"<path d='M0 0L9 9' stroke='red' stroke-dasharray='{'1 ' * n}'/>"),
        most=400_000,
    ),
    "SVG elements": Kind(
        1_000, _drawn(1, lambda n: "<rect width='1' height='1'/>" * n), most=40_000
    ),
    "SVG groups": Kind(
        100,
        _drawn(1, lambda n: ("<g>" * 40 + "<rect width='1' height='1'/>" + "</g>" * 40) * n),
        most=1_000,
    ),
    "SVG texts": Kind(250, _drawn(1, lambda n: "<text x='1' y='9'>甲乙</text>" * n), most=10_000),
    "SVG spans": Kind(
        250, _drawn(1, lambda n: f"<text x='1' y='9'>{'<tspan>甲</tspan>' * n}</text>"), most=10_000
    ),
    "SVG text": Kind(2_500, _drawn(1, lambda n: f"<text x='1' y='9'>{'甲' * n}</text>")),
    "SVG uses": Kind(
        1_000,
        _drawn(
            1,
            lambda n: (
                "<defs><g id='a'><rect width='1' height='1'/></g></defs>" + "<use href='#a'/>" * n
            ),
        ),
        most=10_000,
    ),
    "SVG gradients": Kind(
        500,
        _drawn(
            1,
            lambda n: "".join(
                f"<linearGradient id='a{k}'><stop offset='0' stop-color='red'/></linearGradient>"
                f"<rect fill='url(#a{k})' width='1' height='1'/>"
                for k in range(n)
            ),
        ),
        most=8_000,
    ),
    "SVG clips": Kind(
        250,
        _drawn(
            1,
            lambda n: "".join(
                f"<clipPath id='a{k}'><rect width='1' height='1'/></clipPath>"
                f"<rect clip-path='url(#a{k})' width='1' height='1'/>"
                for k in range(n)
            ),
        ),
        most=8_000,
    ),
    "SVG entities": Kind(
        250,
        lambda n: {
            "issue.yaml": body("![图](a.svg)"),
            "a.svg": "<!DOCTYPE svg ["
            + "".join(f"<!ENTITY a{k} 'b'>" for k in range(n))
            + "]>"
            + _svg("&a0;"),
        },
    ),
    # -- blocks of every kind, and in each place
    "boxes": Kind(50, lambda n: _blocks(["{box: 要点有三。, title: 要点}", "甲。"] * n)),
    "box": Kind(500, lambda n: _blocks([f"{{box: {'衡澜大学教学' * n}}}"])),
    "paragraphs of a box": Kind(100, lambda n: _blocks(["box: |\n" + "        甲乙。\n\n" * n])),
    "list of names": Kind(
        250, lambda n: _blocks(["names: [" + ", ".join(f"王{k}明" for k in range(n)) + "]"])
    ),
    "lists of names": Kind(50, lambda n: _blocks(["names: [王明, 李小红]", "甲。"] * n)),
    "long name of a list": Kind(250, lambda n: _blocks([f"names: [王明, {'衡澜' * n}]"])),
    "lines": Kind(250, lambda n: _blocks(["lines: |\n" + "        甲乙丙丁\n" * n])),
    "stanzas": Kind(100, lambda n: _blocks(["lines: |\n" + "        甲乙丙丁\n\n" * n])),
    "quotes as blocks": Kind(100, lambda n: _blocks(["quote: 甲乙。", "丁"] * n)),
    "texts as blocks": Kind(250, lambda n: _blocks(["text: 甲乙。"] * n)),
    "speech": Kind(500, lambda n: _blocks([f"{{speaker: 李明, text: {'衡澜大学教学' * n}}}"])),
    "footnotes in boxes": Kind(
        2_400,
        lambda n: _blocks(["box: |\n        甲[^1]\n\n        [^1]: 乙。"] * n),
    ),
    "footnotes in quotations": Kind(
        100,
        lambda n: body(
            "\n\n".join(f"> 甲[^{k}]\n\n丁" for k in range(n))
            + "\n\n"
            + "\n".join(f"[^{k}]: 乙。" for k in range(n))
        ),
    ),
    "footnotes in lists": Kind(
        100,
        lambda n: body(
            "\n".join(f"- 甲[^{k}]" for k in range(n))
            + "\n\n"
            + "\n".join(f"[^{k}]: 乙。" for k in range(n))
        ),
    ),
    "footnotes, one a paragraph": Kind(
        100,
        lambda n: body("\n\n".join(f"甲乙丙[^{k}]\n\n[^{k}]: 丁戊。" for k in range(n))),
    ),
    "paragraphs of a footnote": Kind(
        100, lambda n: body("甲[^a]\n\n[^a]: 乙。\n\n" + "    丙。\n\n" * n)
    ),
    "merged cells": Kind(
        100, lambda n: body("|甲|乙|丙|\n|-|-|-|\n" + "|子|<|寅|\n|^|丑|<|\n" * n)
    ),
    "rows of a merged cell": Kind(
        64,
        lambda n: body(("|甲|乙|\n|-|-|\n|子|丑|\n" + "|^|寅|\n" * n + "\n丁\n\n") * 8),
    ),
    "notes of a table": Kind(
        100,
        lambda n: _blocks(
            [f"table: {{header: [甲], rows: [[乙]], notes: [{', '.join(['注甲'] * n)}]}}"]
        ),
    ),
    "sources of a table": Kind(
        100,
        lambda n: _blocks(
            [f"table: {{header: [甲], rows: [[乙]], sources: [{', '.join(['网'] * n)}]}}"]
        ),
    ),
    "rows of a head": Kind(
        50,
        lambda n: _blocks(
            [f"table: {{header: [{', '.join(['[甲, 乙]'] * n)}], rows: [[乙, 丙]]}}"]
        ),
        CHECK,
    ),
    "rows as lists": Kind(
        100,
        lambda n: _blocks([f"table: {{header: [甲, 乙], rows: [{', '.join(['[丙, 丁]'] * n)}]}}"]),
    ),
    "rows with a grid": Kind(
        100,
        lambda n: _blocks(
            [f"table: {{grid: true, header: [甲, 乙], rows: [{', '.join(['[丙, 丁]'] * n)}]}}"]
        ),
    ),
    "rows across the page": Kind(
        100,
        lambda n: _blocks(
            [
                "table: {header: [甲, 乙], orientation: landscape, rows: ["
                + ", ".join(["[丙, 丁]"] * n)
                + "]}"
            ]
        ),
    ),
    "tall rows": Kind(
        10, lambda n: body("|甲|乙|\n|-|-|\n" + f"|{'子丑寅卯' * 100}|{'辰巳' * 60}|\n" * n)
    ),
    "words of cells": Kind(
        100, lambda n: body("|甲|乙|\n|-|-|\n" + "|university of 2024-05|丑|\n" * n)
    ),
    "line charts": Kind(
        10,
        lambda n: _blocks(
            [
                "{chart: line, categories: ["
                + ", ".join(f"{2000 + k}年" for k in range(36))
                + "], values: ["
                + ", ".join(map(str, range(36)))
                + "]}"
            ]
            * n
        ),
    ),
    "pies": Kind(10, lambda n: _blocks(["{chart: pie, categories: [甲, 乙], values: [1, 2]}"] * n)),
    "too many categories": Kind(
        2_000,
        lambda n: _blocks(
            [
                "{chart: hbar, categories: ["
                + ", ".join(f"院{k}" for k in range(n))
                + "], values: ["
                + ", ".join(map(str, range(n)))
                + "]}"
            ]
        ),
        CHECK,
    ),
    "too many series": Kind(
        250,
        lambda n: _blocks(
            [
                "chart: bar\n      categories: [甲]\n      series:\n"
                + "        - {name: 乙, values: [1]}\n" * n
            ]
        ),
        CHECK,
    ),
    "name of a category": Kind(
        4_000,
        lambda n: _blocks([f"{{chart: hbar, categories: [{'衡澜' * n}, 乙], values: [1, 2]}}"]),
    ),
    "figures with captions": Kind(
        25,
        lambda n: {
            "issue.yaml": _blocks(["{figure: a.svg, alt: 图, caption: 题}"] * n),
            "a.svg": _svg(""),
        },
    ),
    "different figures": Kind(
        10,
        lambda n: {
            "issue.yaml": body("".join(f"![图](a{k}.svg)\n\n" for k in range(n)) + "甲。"),
            **{f"a{k}.svg": _svg(f"<circle r='{k + 1}'/>") for k in range(n)},
        },
    ),
    "missing figures": Kind(
        100, lambda n: body("".join(f"![图](a{k}.svg)\n\n" for k in range(n))), CHECK
    ),
    "sub-headings": Kind(
        100, lambda n: body("\n\n".join(["## 甲", "### 乙", "#### 丙", "丁。"] * n))
    ),
    "run-in headings": Kind(250, lambda n: body("\n\n".join(["### 甲。", "乙。"] * n))),
    "editor's notes": Kind(
        50, lambda n: _ITEMS + "      - {title: 题, editor_note: 按, summary: 提, body: 文}\n" * n
    ),
    "editor's note": Kind(
        500, lambda n: _ITEMS + f"      - {{title: 题, editor_note: {'衡澜大学' * n}, body: 文}}\n"
    ),
    "contributors of items": Kind(
        100,
        lambda n: (
            _ITEMS
            + f"      - {{title: 题, body: 文, contributors: [{', '.join(['教务处'] * n)}]}}\n"
        ),
    ),
    "sources of items": Kind(
        50,
        lambda n: (
            _ITEMS
            + "      - {title: 题, body: 文, sources: [{name: 网, url: 'https://a.cn/b'}]}\n" * n
        ),
    ),
    "untitled sections": Kind(
        50,
        lambda n: f"{_HEAD}sections:\n" + "  - items: [{title: 题, body: 文}]\n" * n,
    ),
    "sections with bodies": Kind(
        50, lambda n: f"{_HEAD}sections:\n" + "  - {title: 栏, body: 文}\n" * n
    ),
    "signatures": Kind(
        100,
        lambda n: (
            body("甲")
            + "signature: {date: 2024-03-20, names: ["
            + ", ".join(f"第{k}局" for k in range(n))
            + "]}\n"
        ),
        most=6_400,
    ),
    "copied to": Kind(30, lambda n: _listed("copy_to", n, "colophon"), most=120),
    "prepared by": Kind(30, lambda n: _listed("prepared_by", n, "colophon"), most=480),
    "excused": Kind(250, lambda n: _listed("excused", n, "attendance")),
    "receivers, too many": Kind(1_000, lambda n: _listed("send_to", n, "colophon"), CHECK),
    "name of the masthead": Kind(
        250,
        lambda n: f"brieftex: 1\nmasthead: {{name: {'衡澜' * n}}}\nforeword: {{body: 甲}}\n",
    ),
    "classification": Kind(
        8_000,
        lambda n: (
            f"brieftex: 1\nmasthead: {{name: 试, classification: {'机密' * n}}}\n"
            "foreword: {body: 甲}\n"
        ),
    ),
    "salutation": Kind(
        500,
        lambda n: f"{_HEAD}title: 题\nsalutation: {'各学院、' * n}\nbody: 甲\n",
    ),
    "remark": Kind(
        500,
        lambda n: body("甲") + f"signature: {{names: [甲局], remark: {'联系人李明' * n}}}\n",
    ),
    "items of a list of links": Kind(250, lambda n: body("\n".join(["- [甲](https://a.cn/)"] * n))),
    "mixed marks": Kind(500, lambda n: body("**甲*乙*丙**==丁==`a`m^2^CO~2~{子|zǐ}" * n)),
    "breaks of every line": Kind(250, lambda n: body("甲乙  \n" * n + "丁")),
    "mistyped lists": Kind(250, lambda n: body("\n".join(["-甲乙丙"] * n)), CHECK),
    "formulas": Kind(1_000, lambda n: body("$x^2$甲" * n), CHECK),
    "dollar signs": Kind(5_000, lambda n: body("$甲" * n), CHECK),
    "placeholders": Kind(500, lambda n: body("{{姓名}}甲" * n), CHECK),
    "marks of other programs": Kind(500, lambda n: body("++字++:smile:[[a]]甲" * n), CHECK),
    "colons": Kind(2_500, lambda n: body(":a" * n), CHECK),
    "open double brackets": Kind(2_500, lambda n: body("[[甲" * n), CHECK),
    "wide stars": Kind(500, lambda n: body("＊＊甲＊＊乙" * n), CHECK),
    "wide bars": Kind(100, lambda n: body("｜甲｜乙｜\n｜-｜-｜\n" + "｜丙｜丁｜\n" * n)),
    "pinyin of every character": Kind(250, lambda n: body("{衡|héng}{澜|lán}" * n)),
    "braces open": Kind(2_500, lambda n: body("{甲" * n)),
    "tabs": Kind(2_500, lambda n: body("甲\t" * n), CHECK),
    "emoji": Kind(500, lambda n: body("甲\U0001f600" * n), CHECK),
    "rare characters": Kind(500, lambda n: body("\U00020bb7甲" * n)),
    "different characters": Kind(
        500, lambda n: body("".join(chr(0x4E00 + k % 6_000) for k in range(n))), most=32_000
    ),
    "names in texts": Kind(
        250, lambda n: body("".join(f"李明{k}、王芳，" for k in range(n))), CHECK
    ),
    "lists of clauses": Kind(
        250, lambda n: body("\n\n".join(f"（{k + 1}）甲乙丙。" for k in range(n))), CHECK
    ),
    "figures named": Kind(500, lambda n: body("见图1、表2，" * n), CHECK),
    "repeated paragraphs": Kind(250, lambda n: body("\n\n".join([_CLAUSE] * n)), CHECK),
    "title of lines": Kind(
        400,
        lambda n: f"{_HEAD}title: |\n" + "  衡澜大学\n" * n + "foreword: {body: 甲}\n",
        most=25_600,
    ),
    # -- YAML, once more
    "a list in one line": Kind(
        1_000, lambda n: f"{_HEAD}keep: [{'甲乙, ' * n}]\nforeword: {{body: 甲}}\n"
    ),
    "records in one line": Kind(
        250, lambda n: f"{_HEAD}sections: [{'{title: 栏, body: 文}, ' * n}]\n"
    ),
    "quoted values": Kind(
        250, lambda n: f"{_HEAD}keep:\n" + "  - '乙'\n" * n + "foreword: {body: 甲}\n"
    ),
    "anchors": Kind(
        100, lambda n: f"{_HEAD}keep: [{', '.join(f'&a{k} 甲' for k in range(n))}]\n", CHECK
    ),
    "merge keys": Kind(100, lambda n: _HEAD + "<<: *a\n" * n, CHECK),
    "documents": Kind(500, lambda n: body("甲") + "---\na: 1\n" * n, CHECK),
    "directives": Kind(500, lambda n: "%甲 1\n" * n + body("甲"), CHECK),
    "escapes of quotes": Kind(2_500, lambda n: f"{_HEAD}foreword:\n  body: '" + "''甲" * n + "'\n"),
    "remarks behind values": Kind(
        250, lambda n: f"{_HEAD}keep:\n" + "  - 甲 # 乙\n" * n + "foreword: {body: 甲}\n"
    ),
    "lost texts": Kind(
        250, lambda n: f"{_HEAD}keep:\n" + "  - 甲 #乙\n" * n + "foreword: {body: 甲}\n", CHECK
    ),
    "full-width colons": Kind(
        10, lambda n: f"{_HEAD}sections:\n" + "  - title：甲\n    body：乙\n" * n, CHECK
    ),
    "odd blanks": Kind(
        5_000, lambda n: f"{_HEAD}sections:\n" + "\u3000\u3000- title: 甲\n" * n, CHECK
    ),
    "a long key": Kind(2_500, lambda n: f"{_HEAD}{'甲' * n}: 1\n", CHECK),
    "control characters": Kind(500, lambda n: body("甲\x01" * n), CHECK),
    "GBK": Kind(2_500, lambda n: {"issue.yaml": body("衡澜大学" * n).encode("gbk")}),
    # -- SVG, once more
    "SVG texts in many places": Kind(
        250,
        _drawn(
            1, lambda n: "".join(f"<text x='{k % 90}' y='{k % 97}'>甲</text>" for k in range(n))
        ),
        most=10_000,
    ),
    "SVG patterns": Kind(
        100,
        _drawn(
            1,
            lambda n: "".join(
                f"<pattern id='p{k}' width='2' height='2'><rect width='1' height='1'/></pattern>"
                f"<rect fill='url(#p{k})' width='9' height='9'/>"
                for k in range(n)
            ),
        ),
        most=1_600,
    ),
    "SVG masks": Kind(
        50,
        _drawn(
            1,
            lambda n: "".join(
                f"<mask id='m{k}'><rect width='1' height='1' fill='white'/></mask>"
                f"<rect mask='url(#m{k})' width='9' height='9'/>"
                for k in range(n)
            ),
        ),
        most=800,
    ),
    "SVG markers": Kind(
        250,
        _drawn(
            1,
            lambda n: (
                "<marker id='a'><path d='M0 0L1 1'/></marker><path marker-mid='url(#a)' d='M0 0"
                + "L9 9L1 2" * n
                + "'/>"
            ),
        ),
        most=4_000,
    ),
    "SVG attributes": Kind(
        250,
        _drawn(
            4,
            lambda n: (
                "<rect width='1' height='1' " + " ".join(f"a{k}='1'" for k in range(n)) + "/>"
            ),
        ),
        most=1_000,
    ),
    "SVG classes": Kind(
        2_500,
        _drawn(
            1,
            lambda n: (
                f"<style>.c{{fill:red}}</style><rect class='{'c ' * n}' width='1' height='1'/>"
            ),
        ),
        most=400_000,
    ),
    "CSS declarations": Kind(
        2_500, _drawn(1, lambda n: f"<style>rect{{{'fill:red;' * n}}}</style>"), most=160_000
    ),
    "CSS at-rules": Kind(
        500,
        _drawn(1, lambda n: f"<style>{'@media print{rect{fill:red}}' * n}</style>"),
        most=64_000,
    ),
    # -- themes
    "colours of a theme": Kind(
        250,
        lambda n: {
            "issue.yaml": "theme: t.yaml\n" + body("甲"),
            "t.yaml": "extends: briefing\n" + "".join(f"甲{k}: 1\n" for k in range(n)),
        },
        CHECK,
    ),
    "faces of a theme": Kind(
        25,
        lambda n: {
            "issue.yaml": "theme: t.yaml\n" + body("甲"),
            "t.yaml": "extends: briefing\nfonts:\n  roles:\n    body: {han: ["
            + ", ".join(f"面{k}" for k in range(n))
            + ", Fandol Fang], latin: [Tinos]}\n",
        },
    ),
    # -- verify
    "verify paragraphs": Kind(500, lambda n: body(numbered(n)), VERIFY, before=(BUILD,)),
    "verify footnotes": Kind(200, notes, VERIFY, before=(BUILD,)),
    "verify footnotes, literal stars": Kind(
        200, lambda n: notes(n, note="3*4*5。"), VERIFY, before=(BUILD,)
    ),
    "verify receivers": Kind(
        30, lambda n: _listed("send_to", n, "colophon"), VERIFY, most=120, before=(BUILD,)
    ),
    "verify attachments": Kind(
        25,
        lambda n: body("甲") + "attachments:\n" + "  - {title: 题, body: 文}\n" * n,
        VERIFY,
        before=(BUILD,),
    ),
    "verify code": Kind(2_500, lambda n: body("`a`甲" * n), VERIFY, before=(BUILD,)),
    "verify stars": Kind(2_500, lambda n: body("甲 * " * n), VERIFY, before=(BUILD,)),
    "verify captions": Kind(
        50,
        lambda n: {
            "issue.yaml": _blocks(["{figure: a.svg, alt: 图, caption: 题}"] * n),
            "a.svg": _svg(""),
        },
        VERIFY,
        before=(BUILD,),
    ),
    "verify another": Kind(
        250,
        lambda n: {"old.yaml": body("子丑。\n\n" * n), "issue.yaml": body(numbered(n))},
        VERIFY,
        before=(("build", "old.yaml", "-o", "a.pdf"),),
    ),
    "verify lost ones": Kind(
        250,
        lambda n: {
            "old.yaml": body(numbered(n)),
            "issue.yaml": body("\n\n".join(f"第{k}段，说的是共享。" for k in range(n))),
        },
        VERIFY,
        before=(("build", "old.yaml", "-o", "a.pdf"),),
    ),
    "verify table rows": Kind(
        100,
        lambda n: body("|甲|乙|\n|-|-|\n" + "".join(f"|子{k}|丑|\n" for k in range(n))),
        VERIFY,
        before=(BUILD,),
    ),
    "verify links": Kind(250, lambda n: body("[甲](https://a.cn/)乙" * n), VERIFY, before=(BUILD,)),
    "verify items": Kind(
        50,
        lambda n: _ITEMS + "".join(f"      - {{title: 题{k}, body: 文}}\n" for k in range(n)),
        VERIFY,
        before=(BUILD,),
    ),
    "verify names": Kind(
        250,
        lambda n: _blocks(["names: [" + ", ".join(f"王{k}明" for k in range(n)) + "]"]),
        VERIFY,
        before=(BUILD,),
    ),
    "verify readings": Kind(250, lambda n: body("{甲|jiǎ}" * n), VERIFY, before=(BUILD,)),
    "verify marks": Kind(500, lambda n: body("**甲**乙" * n), VERIFY, before=(BUILD,)),
    "verify charts": Kind(
        10,
        lambda n: _blocks(["{chart: bar, categories: [甲, 乙], values: [1, 2]}"] * n),
        VERIFY,
        before=(BUILD,),
    ),
    "verify by itself": Kind(
        500, lambda n: body(numbered(n)), ("verify", "a.pdf"), before=(BUILD,)
    ),
    "verify texts in a figure": Kind(
        250,
        _drawn(1, lambda n: "<text x='1' y='9'>甲乙</text>" * n),
        VERIFY,
        most=10_000,
        before=(BUILD,),
    ),
    # -- diff
    "diff of the same": Kind(1_000, _compared(numbered, numbered), DIFF),
    "diff of others": Kind(
        250, _compared(numbered, lambda n: "\n\n".join(f"另有{k}项。" for k in range(n))), DIFF
    ),
    "diff of every other": Kind(
        250,
        _compared(
            numbered,
            lambda n: "\n\n".join(
                f"第{k}段，说的是{'开放' if k % 2 else '封闭'}共享。" for k in range(n)
            ),
        ),
        DIFF,
    ),
    "diff turned round": Kind(
        250, _compared(numbered, lambda n: "\n\n".join(numbered(n).split("\n\n")[::-1])), DIFF
    ),
    "diff of alike": Kind(
        250,
        _compared(lambda n: "甲。\n\n" * n, lambda n: "甲。\n\n乙。\n\n" * (n // 2)),
        DIFF,
    ),
    "diff of a paragraph": Kind(
        500, _compared(lambda n: "甲乙丙" * n, lambda n: "丁乙戊" * n), DIFF
    ),
    "diff of a long paragraph": Kind(
        500, _compared(lambda n: _CLAUSE * n, lambda n: _CLAUSE.replace("全校", "全") * n), DIFF
    ),
    "diff of tables": Kind(
        100,
        _compared(
            lambda n: "|甲|乙|\n|-|-|\n" + "".join(f"|子{k}|1|\n" for k in range(n)),
            lambda n: "|甲|乙|\n|-|-|\n" + "".join(f"|子{k}|2|\n" for k in range(n)),
        ),
        DIFF,
    ),
    "diff of items": Kind(
        50,
        lambda n: {
            "old.yaml": _ITEMS + "".join(f"      - {{title: 题{k}, body: 文}}\n" for k in range(n)),
            "issue.yaml": _ITEMS
            + "".join(f"      - {{title: 目{k}, body: 文}}\n" for k in range(n)),
        },
        DIFF,
    ),
}
