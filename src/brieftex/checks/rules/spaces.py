"""Rules about spaces that Chinese text does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

from brieftex.checks.engine.corpus import MASK, Corpus, TextRole
from brieftex.checks.engine.rule import HAN, PROSE_ROLES, TITLE_ROLES, Hit, Rules, swap
from brieftex.checks.rules.widths import is_han
from brieftex.diagnostics.messages import punctuation as kinds
from brieftex.input.markdown.stars import SURNAME
from brieftex.patterns import late
from brieftex.text.segmentation import words_of_run

RULES = Rules()

_RUNNING = PROSE_ROLES | TITLE_ROLES | {TextRole.CAPTION}
_LABEL = (
    r"(?:第[一二三四五六七八九十百零]+[章节编条篇部讲]|[图表][一二三四五六七八九十]+"
    r"|附件[一二三四五六七八九十]*)\Z"
)
# 12日 上午, 同日 全县: a chronicle's date, set off from what happened.
_DATED = late(
    r"[\d〇零一二三四五六七八九十年月日号上中下旬、至—–～~-]*[年月日号旬]|[同当是本][日月年]"
)
# （记者 王芳 摄）, （本报记者王芳 通讯员李强）
_CREDITED = late("(?:本[报刊台社网])?(?:特[约派])?(?:记者|通讯员|作者|编辑|摄影|供稿)")
_NAME = late(rf"(?={SURNAME}).{{2,3}}")
# 李 明, as wide as 王建国 beside it.
_SPACED_NAME = late(
    rf"(?<![{HAN}])({SURNAME})[ \t\u3000]+([{HAN}])(?=同志|先生|女士|等|任|[^{HAN}]|\Z)"
)
# Whose picture or text it is: 李明 摄.
_CREDIT = late(rf"(?:[{HAN}]{{2,4}} +)?(?:摄影?|绘图?|供图|制图|[文图](?:/[文图])?)(?![{HAN}])")
_MARKS = "，。、；：？！（）《》〈〉【】〔〕"
_QUOTES = "“”‘’"
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061"
    "\u2062\u2063\u2064\u2065\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f\u2800\u3164\ufeff\uffa0"
    "\ufff9\ufffa\ufffb"
)
_JOINERS = "\u200c\u200d"
_ODD = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f"


def _spaces(corpus: Corpus) -> Iterator[tuple[int, int, str, str]]:
    """Every run of spaces, and the characters before and after it."""
    text = corpus.text
    for match in corpus.find("  *"):
        start, end = match.span()
        yield start, end, text[max(start - 1, 0) : start], text[end : end + 1]


@RULES.text(kinds.SPACE_IN_CHINESE, needs=" ", sorts=_RUNNING)
def space_in_chinese(corpus: Corpus) -> Iterator[Hit]:
    """A space between two Han characters.

    What it does: 找出汉字之间的半角空格；“第一章 总则”、口号、人名和行首的日期除外。
    Why: 中文词与词之间没有空格，多半是从别处粘贴或折行时带来的；需要空开时用全角空格。
    Example: 推进开 放共享工作 | 学校 召开了专题会议，布置工作。 | 加强 领导班子建设
    Use instead: 推进开放共享工作 | 第一章 总则 | 凝心聚力 再创佳绩 | 陈雨明 县人大代表 | 12日 开会
    Reference: 排版惯例
    """
    for start, end, before, after in _spaces(corpus):
        if not (is_han(before) and is_han(after)) or re.search(
            _LABEL, corpus.text[max(start - 8, 0) : start]
        ):
            continue
        if not _is_on_purpose(corpus, start, end):
            yield Hit(start - 1, end + 1, ((start, end, ""),))


def _is_on_purpose(corpus: Corpus, start: int, end: int) -> bool:
    """Whether the words around a space are a row of names or the parts of a slogan, or what
    stands before it is a label or a date."""
    text = corpus.text
    before = re.search(f"[{HAN} \u3000]*$", text[max(start - 40, 0) : start])
    after = re.match(f"[{HAN} \u3000]*", text[end : end + 40])
    left, right = before[0] if before else "", after[0] if after else ""
    lengths = [len(word) for word in f"{left} {right}".split()]
    if corpus.at(start)[0].role not in PROSE_ROLES:
        return min(lengths) > 1
    if max(lengths) == 1 and text.startswith(("：", ":"), end + len(right)):
        return True
    if _DATED.fullmatch(text, text.rfind("\n", 0, start) + 1, start) or _CREDIT.match(text, end):
        return True
    if _CREDITED.match(left) and text[: start - len(left)].endswith(("（", "(", "\n")):
        return True
    words = _SPACED_NAME.sub(r"\1\2", f"{left}\t{right}")
    lengths = [len(word) for word in words.split()]
    if "\t" not in words and min(lengths) > 1:
        return True
    names = all(2 <= length <= 4 for length in lengths)
    alike = min(lengths) >= 4 and len(set(lengths)) == 1
    return names or alike or _is_name(words.split()[-1]) or _is_behind_name(corpus, start, end)


def _is_name(word: str) -> bool:
    """Whether a word is the name of a person: it begins as one does and is no other word."""
    if not _NAME.fullmatch(word):
        return False
    words = words_of_run(word)
    return len(words) > 1 or words[0][1] == "nr"


def _is_behind_name(corpus: Corpus, start: int, end: int) -> bool:
    """Whether a line is no sentence, but a name or label and what belongs to it (陈明 县人大代表、
    县一中校长): what stands before the space is a name or no word, and the space parts none."""
    text = corpus.text
    first = text.rfind("\n", 0, start) + 1
    name, rest = text[first:start], text[end:].partition("\n")[0]
    if not 2 <= len(name) <= 4 or any(mark in rest for mark in "。，；！？"):
        return False
    ends = [
        *accumulate(length for length, _ in words_of_run(name + re.split(f"[^{HAN}]", rest)[0]))
    ]
    return (_is_name(name) or len(words_of_run(name)) > 1) and len(name) in ends


@RULES.text(kinds.SPACE_AROUND_MARK, needs=" ", sorts=_RUNNING)
def space_around_mark(corpus: Corpus) -> Iterator[Hit]:
    """A space before or behind a Chinese mark.

    What it does: 找出中文标点前后的半角空格。
    Why: 中文标点自带空白，再加空格就过宽，行末也对不齐。
    Example: 统一预约 ，统一结算 | 统一预约。 统一结算 | 印发 《办法》 | 他说 “好”
    Use instead: 统一预约，统一结算 | 见 Nature。 The end
    Reference: 排版惯例
    """
    for start, end, before, after in _spaces(corpus):
        edge = before in ("", "\n", MASK) or after in ("", "\n", MASK)
        if edge or (after.isascii() and after.isalpha()):
            continue
        clear = before in _MARKS or after in _MARKS
        quoted = (before in _QUOTES and is_han(after)) or (after in _QUOTES and is_han(before))
        if clear or quoted:
            yield Hit(start - 1, end + 1, ((start, end, ""),))


@RULES.text(kinds.INVISIBLE_CHARACTER)
def invisible_character(corpus: Corpus) -> Iterator[Hit]:
    """Characters that no one sees, as word processors and web pages bring them.

    What it does: 找出看不见的零宽字符、软连字符、文字方向标记，以及粘贴来的特殊空格。
    Why: 它们看不见，却会把词断开，检索不到，还可能印成方块。
    Example: 政\u200b策研究 | 共享\u00ad平台 | 开放\u00a0共享 | 会议\ufeff指出 | 政\u200d策
    Use instead: 政策研究 | 第一章　总则 | Nature\u00a0Physics
    Reference: 排版惯例
    """
    for match in corpus.find_rare(f"[{_INVISIBLE}]", f"[{_INVISIBLE}]+"):
        yield swap(*match.span(), "")
    for match in corpus.find_rare(f"[{_JOINERS}]", f"[{_JOINERS}]+"):
        # Between emoji, and in scripts that join their letters, they have a meaning.
        beside = (
            corpus.text[max(match.start() - 1, 0) : match.start()],
            corpus.text[match.end() : match.end() + 1],
        )
        if any(not c or c.isascii() or c in _MARKS or is_han(c) for c in beside):
            yield swap(*match.span(), "")
    for match in corpus.find_rare(f"[{_ODD}]", f"[{_ODD}]+"):
        before = corpus.text[max(match.start() - 1, 0) : match.start()]
        after = corpus.text[match.end() : match.end() + 1]
        if is_han(before) or is_han(after):
            yield swap(*match.span(), "" if is_han(before) and is_han(after) else " ")
