"""Rules about half-width marks among Han characters, and full-width letters and digits."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterator
from itertools import accumulate

from brieftex.checks.engine.corpus import Corpus
from brieftex.checks.engine.rule import NUMERAL, Hit, Rules, swap
from brieftex.diagnostics.messages import punctuation as kinds
from brieftex.diagnostics.messages.numerals import FULL_WIDTH_LETTER

RULES = Rules()

_FULL = str.maketrans(",;:!?.", "，；：！？。")
# Between these and Han a half-width mark is Chinese as well.
_CLOSING, _OPENING = "）》】〉〕", "（《【〈〔“‘"
_CLOSERS = f"{_CLOSING})”’"
_NUMBERING = f"{NUMERAL}{string.digits}（("


def is_han(character: str) -> bool:
    """Whether a character, or "" at the edge of the text, is Han."""
    # A comparison, because a build would pay for compiling the set of all Han characters.
    return "\u3400" <= character <= "\u9fff" or character >= "\U00020000" or character == "〇"


def has_han(text: str) -> bool:
    """Whether Han characters occur in a text."""
    return any(map(is_han, text))


@RULES.text(kinds.HALF_WIDTH_MARK, needs=",;:!?.")
def half_width_mark(corpus: Corpus) -> Iterator[Hit]:
    """A half-width stop or comma beside a Han character.

    What it does: 找出汉字旁边的半角逗号、句号、分号、冒号、问号和叹号。
    Why: 中文点号占一个字的位置；半角的挤在字脚，行末也不能按规则压缩。
    Example: 坚持发展,不断创新 | 到此结束. | 增产（达9%）.据统计 | 内容:总结 | 为什么?因为没人问
    Use instead: 坚持发展，不断创新 | 时间：8:30 | 共3,000人 | Yahoo!中国 | 见1.docx
    Reference: GB/T 15834—2011 4.1—4.7
    """
    text = corpus.text
    for match in corpus.find(r"[,;:!?.][,;:!?.]* *"):
        marks = match[0].rstrip(" ")
        start, end = match.start(), match.start() + len(marks)
        before, after = text[max(start - 1, 0) : start], text[match.end() : match.end() + 1]
        if "." in marks:
            if marks == "." and _is_full_stop(text, start):
                # Between two Han characters it may be meant for the dot in a name.
                edits = () if is_han(before) and is_han(after) else ((start, end, "。"),)
                yield Hit(start, end, edits, right="。" if edits else "。或·")
            elif marks == "." and before == " " and (after in ("", "\n") or is_han(after)):
                start = len(text[:start].rstrip(" "))  # of a text whose characters were spaced
                if is_han(text[max(start - 1, 0) : start]) and not _is_numeral(text, start):
                    yield swap(start, match.end(), "。")
            continue
        chinese_before = is_han(before) or (before != "" and before in _CLOSING)
        chinese_after = is_han(after) or (after != "" and after in _OPENING)
        if before.isascii() and before.isalpha() and marks[0] in "!?":
            continue
        if before == " ":
            start = len(text[:start].rstrip(" "))
            chinese_before = is_han(text[max(start - 1, 0) : start])
        if chinese_before or (chinese_after and before.strip("\n ")):
            end = match.end() if chinese_after else end
            yield swap(start, end, marks.translate(_FULL))


def _is_full_stop(text: str, start: int) -> bool:
    """Whether the dot at ``start`` ends a Chinese sentence, which a bracket or a quotation mark may
    close: 达到12万亩（占90%）.据统计 does so by what stands beside the bracket."""
    after = text[start + 1 : start + 2]
    if after.isascii() and after.isalnum():
        return False
    end = start
    while end > 0 and text[end - 1] in _CLOSERS:
        end -= 1
    closed = end < start and (is_han(after) or text[start - 1] in _CLOSING)
    if not closed and not is_han(text[max(end - 1, 0) : end]):
        return False
    return not _is_numeral(text, end)


def _is_numeral(text: str, end: int) -> bool:
    """Whether a numeral ends at ``end`` that begins its line: a number before a title."""
    while end > 0 and text[end - 1] in _NUMBERING:
        end -= 1
    return end == 0 or text[end - 1] == "\n"


@RULES.text(kinds.HALF_WIDTH_BRACKET, needs="()")
def half_width_bracket(corpus: Corpus) -> Iterator[Hit]:
    """Half-width brackets around Chinese text.

    What it does: 找出括着中文的半角括号，以及一半全角、一半半角的括号。
    Why: 中文括号是全角的，与汉字等高，行首行末才能正确挤压。
    Example: 管理办法(试行) | 衡澜大学(以下简称衡大) | 管理办法（试行)
    Use instead: 管理办法（试行） | 函数f(x) | （WTO） | 平均值(mean)
    Reference: GB/T 15834—2011 4.9
    """
    for match in corpus.find(r"([(（])[^()（）\n]*([)）])"):
        first, last = match.start(1), match.start(2)
        before = corpus.text[max(first - 1, 0) : first]
        mixed = (match[1] == "(") != (match[2] == ")")
        if match[1] == "（" and not mixed:
            continue
        if not mixed and (not has_han(match[0]) or (before.isascii() and before.isalnum())):
            continue
        edits = [(first, first + 1, "（")] * (match[1] == "(")
        edits += [(last, last + 1, "）")] * (match[2] == ")")
        yield Hit(first, last + 1, tuple(edits))


@RULES.text(kinds.STRAIGHT_QUOTE, needs="\"'＂＇〝〞")
def straight_quote(corpus: Corpus) -> Iterator[Hit]:
    """Typewriter quotation marks in Chinese text.

    What it does: 找出中文里的直引号 " 和 '，以及 ＂ 〝 等。
    Why: 直引号不分前后，也不占一个字的位置。
    Example: 建设"双一流"高校 | 他说"先做起来" | 所谓'首访'制度 | 所谓＂首访＂制度
    Use instead: 建设“双一流”高校 | 27"显示器、32"显示器 | lang="zh"的网页 | the teacher's desk
    Reference: GB/T 15834—2011 4.8
    """
    for start, end, _ in corpus.lines():
        line = corpus.text[start:end].translate(_STRAIGHT)
        if '"' in line:
            yield from _double(line, start)
        if "'" in line:
            yield from _single(line, start)


_STRAIGHT = str.maketrans("＂〝〞＇", '"""\'')


def _double(line: str, start: int) -> Iterator[Hit]:
    places = [i for i, character in enumerate(line) if character == '"']
    if len(places) % 2:
        for i in places:
            beside = line[max(i - 1, 0) : i], line[i + 1 : i + 2]
            if not beside[0].isdigit() and any(map(is_han, beside)):
                yield Hit(start + i, start + i + 1, right="“ 或 ”")
        return
    depths = _depths(line)
    for first, last in zip(places[::2], places[1::2], strict=True):
        beside = line[max(first - 1, 0) : first], line[last + 1 : last + 2]
        if beside[0].isdigit() and line[last - 1].isdigit():
            continue  # inches, twice
        alone = all(is_han(c) or not c.isascii() or not c for c in beside)
        if has_han(line[first:last]) or (alone and any(map(is_han, beside))):
            yield _quoted(start + first, start + last, "‘’" if depths[first] > 0 else "“”")


def _single(line: str, start: int) -> Iterator[Hit]:
    depths = _depths(line)
    straight = [0, *accumulate(character == '"' for character in line)]
    for match in re.finditer(r"(?<![A-Za-z0-9'])'([^'\n]*)'(?![A-Za-z0-9'])", line):
        if has_han(match[1]):
            at = match.start()
            inside = depths[at] > 0 or straight[at] % 2
            yield _quoted(start + at, start + match.end() - 1, "‘’" if inside else "“”")


def _depths(line: str) -> list[int]:
    """How many quotations are open before each character."""
    return [0, *accumulate((c == "“") - (c == "”") for c in line)]


def _quoted(first: int, last: int, marks: str) -> Hit:
    return Hit(first, last + 1, ((first, first + 1, marks[0]), (last, last + 1, marks[1])))


@RULES.text(FULL_WIDTH_LETTER)
def full_width_letter(corpus: Corpus) -> Iterator[Hit]:
    """Full-width digits and Latin letters.

    What it does: 找出全角的阿拉伯数字和拉丁字母。
    Why: 阿拉伯数字占半个字的位置；全角数字断得开，也搜索不到。
    Example: 增长１０％ | 共３．５万元 | 接入ＡＩ平台 | 增长10％
    Use instead: 增长10% | 共3.5万元 | 接入AI平台
    Reference: GB/T 15835—2011 5.1.7.1
    """
    pattern = r"[０-９Ａ-Ｚａ-ｚ]+(?:[．.][０-９]+)?％?|(?<=[0-9])％"
    for match in corpus.find_rare("[０-９Ａ-Ｚａ-ｚ％]", pattern):
        before = corpus.text[max(match.start() - 1, 0) : match.start()]
        if match[0] in "Ｏ０ｏ" and before and before in NUMERAL:
            continue  # the zero of a year, another rule's
        yield swap(match.start(), match.end(), unicodedata.normalize("NFKC", match[0]))
