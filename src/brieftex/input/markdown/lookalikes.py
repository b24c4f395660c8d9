"""Text that was meant as Markdown and would be printed as typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from brieftex.diagnostics import Finding, Kind, OffsetMap, Span
from brieftex.diagnostics.messages import markup as messages
from brieftex.diagnostics.messages import typed
from brieftex.input.markdown.rules import FORMULA
from brieftex.input.markdown.scripts import is_wide
from brieftex.patterns import late

# ``##`` without its space, or with a full-width one; and a heading behind a full-width indent.
_CROWDED_HEADING = late(r"^[ \t]*(#{2,6})(?=[^ \t\n#])", re.MULTILINE)
_INDENTED_HEADING = late(r"(?<=\u3000)(#{1,6})(?=[ \t])")
# A single one may begin a #话题#.
_CROWDED_TITLE = late(r"^[ \t]*(#)([^#\n])[^#\n]*$", re.MULTILINE)
_CROWDED_ITEM = late(r"^[ \t]*([-+])(.)", re.MULTILINE)
_TASK = late(r"\[[ xX√]\](?= )")
_DELIMITER = late(r":?-+:?")
# Left in the text where a picture, a link or the like was meant, most often for a space in
# the address: the finding, what stands in the text if there is one, the pattern.
_UNREAD = (
    (messages.IMAGE_UNREAD, "[", late(r"!\[|！\[(?=[^\]]{0,200}\]\()")),
    (messages.LINK_UNREAD, "](", late(r"\]\(")),
    (typed.STRIKE_UNREAD, "~~", late(r"~~(?![~\s])[^~\n]+~~")),
    (messages.RUBY_UNREAD, "{", late(r"\{[^{}|｜]*[|｜]")),
)
# Marks of other programs, looked for in whole texts: the characters without which there are none,
# the finding, the pattern.
_HAN = "\\u3400-\\u9fff"
_FOREIGN = (
    ("$", typed.FORMULA_UNREAD, FORMULA),
    ("$", typed.FORMULA_UNREAD, late(r"\$(?![\s$])[^$\n]*[\\^_{][^$\n]*\$")),
    ("\\", typed.FORMULA_UNREAD, FORMULA),
    ("\\", typed.FORMULA_UNREAD, late(
        r"\\[A-Za-z]+\{[^{}\n]*\}|(?<![:\\A-Za-z0-9_.-])\\(?:times|cdot|div|pm|approx|leq?|geq?|neq?|sum"
        r"|sqrt|infty|(?:right|left)arrow|alpha|beta|gamma|delta|Delta|lambda|mu|pi|rho|sigma|theta)"
        r"(?![A-Za-z_\\])")),
    ("^", typed.FORMULA_UNREAD, late(r"(?<=[0-9A-Za-z)\]])\^(?:[-+−]?\d+|\{[^{}\n]*\})(?!\^)")),
    ("{", typed.UNFILLED_FIELD, late(r"\{\{[^{}\n]*\}\}|\$\{[^{}\n]*\}|\{%[^{}\n]*%\}")),
    ("<", typed.UNFILLED_FIELD, late(r"<%[^<>\n]*%>")),
    ("«", typed.UNFILLED_FIELD, late(rf"«[^«»\n]*[_{_HAN}][^«»\n]*»")),
    ("[", typed.UNFILLED_FIELD, late(
        r"\[(?:图片|视频|语音|文件|表情|动画表情|位置|名片|聊天记录|小程序|转账|红包)\]")),
    ("错误", typed.UNFILLED_FIELD, late(r"错误[!！]\s?(?:未找到引用源|未定义书签|文档中没有)")),
    ("#", typed.UNFILLED_FIELD, late(
        r"#(?:REF!|N/A|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!)|^#{3,}$")),
    *((mark, typed.UNFILLED_FIELD, late(
        r"(?<![0-9A-Za-z.])\d(?:\.\d+)?[Ee]\+\d\d(?![0-9A-Za-z])")) for mark in ("E+", "e+")),
    ("Error!", typed.UNFILLED_FIELD, late(r"Error! (?:Reference source|Bookmark) not ")),
    ("++", typed.MARKUP_UNREAD, late(r"(?<![\w+])\+\+(?![+\s])[^+\n]+(?<!\s)\+\+(?![+A-Za-z0-9])"
                                   rf"|(?<=[{_HAN}])\+\+[{_HAN}][^+\n]*\+\+(?!\+)")),
    (":", typed.MARKUP_UNREAD, late(
        r"(?<![A-Za-z0-9:/]):[a-z][a-z0-9_+-]*:(?![A-Za-z0-9:])|^:::.*")),
    ("[[", typed.MARKUP_UNREAD, late(r"\[\[[^\[\]\n]+\]\]")),
    ("[", typed.MARKUP_UNREAD, late(
        r"^\[TOC\]$|(?i:\[/?(?:b|i|u|s|color|size|url|img|quote|center)(?:=[^\]\n]*)?\])"
        rf"|\[[^\[\]\n]*[{_HAN}][^\[\]\n]*\]\[[^\[\]\n]*\]|\^\[[^\[\]\n]+\]"
        r"|\[(?:微笑|呲牙|偷笑|捂脸|强|鼓掌|玫瑰|抱拳|合十|庆祝|握手|胜利|赞|OK)\]")),
    ("{", typed.MARKUP_UNREAD, late(rf"\{{[:#.][^{{}}\n]*\}}|(?<![{{$])\{{[{_HAN}]+\}}(?!\}})"
                                  r"|\{[a-z]+(?::[a-z]+)?\}(?=.*\{[a-z]+\})")),
    ("MERGE", typed.MARKUP_UNREAD, late(r"(?:[A-Z]+ \*\s?)?MERGEFORMAT|MERGEFIELD \S+")),
    ("HYPERLINK", typed.MARKUP_UNREAD, late(r"HYPERLINK (?:\\l )?[\"“”]\S+")),
    ("EMBED", typed.MARKUP_UNREAD, late(r"EMBED [A-Z][A-Za-z]+\.\S+")),
    ("SEQ", typed.MARKUP_UNREAD, late(r"SEQ \S+ ?\\?\* ?[A-Za-z]+")),
    ("TOC", typed.MARKUP_UNREAD, late(r"TOC \\[a-z]")),
    ("REF _", typed.MARKUP_UNREAD, late(r"(?:PAGE)?REF _(?:Toc|Ref)\d+")),
    ("+-", typed.MARKUP_UNREAD, late(r"\+(?:[-=]{2,}\+)+")),
    ("'", typed.MARKUP_UNREAD, late(r"^'(?=\d{6,}$)")),
    ("─", typed.MARKUP_UNREAD, late("[┌┏├┣└┗][─━┬┼┴┳╋┻]{2,}[┐┓┤┫┘┛]?")),
    ("%%", typed.MARKUP_UNREAD, late(r"%%(?![%\s])[^%\n]+(?<!\s)%%")),
    ("|", typed.MARKUP_UNREAD, late(r"^\|(?:[^|]*[^|\s][^|]*\|){2,}$")),
    # Emphasis of other programs; behind a colon it is a blank that was filled in.
    ("_", typed.MARKUP_UNREAD, late(
        r"(?<![\w:：])(_{1,2})(?=[^\s_])[^_\n]*[^\s_](?<![年月日])\1(?!\w)")),
    ("||", typed.MARKUP_UNREAD, late(r"\|\|(?![|\s])[^|\n]+(?<!\s)\|\|")),
    ("#", typed.MARKUP_UNREAD, late(r"^#{7,}(?=[ \t])")),
    ("&", typed.MARKUP_UNREAD, late(r"&(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,6});")),
    ("\\", typed.MARKUP_UNREAD, late(
        r"\\u[0-9a-fA-F]{4}|(?<![:\\A-Za-z0-9_])\\[nrt](?![A-Za-z0-9_\\])")),
)  # fmt: skip
_UNPAIRED = late("(?<!=)==(?!=)")


def unread_in(text: str) -> Iterator[tuple[Kind, int, int]]:
    """Find pictures, links and readings that the parser left in ``text``, with their places."""
    for kind, mark, pattern in _UNREAD:
        if mark in text:
            for match in pattern.finditer(text):
                yield kind, match.start(), match.end()


def foreign_in(text: str) -> Iterator[tuple[int, int, Kind]]:
    """Find formulas, places that were not filled in and marks of other programs in a whole
    ``text`` without its own marks, with their offsets."""
    for mark, kind, pattern in _FOREIGN:
        if mark in text:
            for match in pattern.finditer(text):
                yield match.start(), match.end(), kind


def unpaired_in(text: str) -> Iterator[tuple[int, int]]:
    """Find ``==`` that the parser left in ``text`` where Chinese was to be highlighted."""
    if "==" in text:
        for match in _UNPAIRED.finditer(text):
            start, end = match.span()
            # Beside a letter they are a comparison.
            if any(map(is_wide, text[max(start - 1, 0) : start] + text[end : end + 1])):
                yield start, end


def lookalikes(
    body: str, content: str, origin: OffsetMap, place: Callable[[int, int], Span]
) -> Iterator[Finding]:
    """Find lines of a paragraph that resemble headings or tables.

    ``origin`` maps the paragraph's ``content`` to ``body``; ``place`` says where characters of
    ``body`` stand in the file.
    """

    def heading(start: int, end: int) -> Finding:
        return messages.HEADING_UNREAD.at(place(start, end), text=body[start:end])

    if "#" in content:
        titles = (match for match in _CROWDED_TITLE.finditer(content) if is_wide(match[2]))
        for match in (*_CROWDED_HEADING.finditer(content), *titles):
            span = origin.span(*match.span(1))
            yield heading(span.start, span.end)
    if "-" in content or "+" in content:
        for match in _CROWDED_ITEM.finditer(content):
            if is_wide(match[2]):
                span = origin.span(*match.span(1))
                text = body[span.start : span.end]
                yield typed.ITEM_UNREAD.at(place(span.start, span.end), text=text)
    if content.startswith("[") and (task := _TASK.match(content)):
        span = origin.span(*task.span())
        yield typed.TASK_UNREAD.at(place(span.start, span.end), text=body[span.start : span.end])
    begin = origin.source(0)
    if body.startswith("#", begin) and (indented := _INDENTED_HEADING.match(body, begin)):
        yield heading(*indented.span())
    header, _, rest = content.partition("\n")
    row = rest.partition("\n")[0]
    cells = row.strip(" \t|").split("|")
    if "|" in header and "|" in row and all(_DELIMITER.fullmatch(c.strip()) for c in cells):
        end = origin.source(len(header) + len(row)) + 1
        yield messages.TABLE_UNREAD.at(place(begin, end))
