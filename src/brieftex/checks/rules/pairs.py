"""Rules about marks that come in pairs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from brieftex.checks.engine.corpus import Corpus
from brieftex.checks.engine.nesting import Pair
from brieftex.checks.engine.rule import NUMERAL, Hit, Rules
from brieftex.checks.rules.widths import has_han
from brieftex.diagnostics.messages import punctuation as kinds
from brieftex.patterns import late

RULES = Rules()

_INNER = {"“": ("‘", "’"), "‘": ("“", "”"), "《": ("〈", "〉"), "（": ("〔", "〕")}


@RULES.text(kinds.REVERSED_QUOTES, needs="“”")
def reversed_quotes(corpus: Corpus) -> Iterator[Hit]:
    """A closing quotation mark where the opening one belongs, and the other way round.

    What it does: 找出前后颠倒的引号。
    Why: 多半是输入法按次数切换引号时出的错。
    Example: 推行”首访“制度 | 推行”首访“和”转介“制度 | 所谓”堵点“就在这里 | 完成“首访“工作
    Use instead: 推行“首访”制度
    Reference: GB/T 15834—2011 4.8
    """
    for first, last in _reversed(corpus):
        yield Hit(first, last + 1, ((first, first + 1, "“"), (last, last + 1, "”")))
    for at, right, _ in _half_reversed(corpus):
        yield Hit(at, at + 1, ((at, at + 1, right),))


def _half_reversed(corpus: Corpus) -> Iterator[tuple[int, str, list[int]]]:
    """The one mark of a paragraph with which all its quotations would be in order, what it
    should be, and the places of all."""
    stray = {*corpus.nesting.unopened, *corpus.nesting.unclosed}
    for start in sorted({corpus.text.rfind("\n", 0, at) + 1 for at in stray}):
        end = corpus.text.find("\n", start)
        line = corpus.text[start : end if end >= 0 else len(corpus.text)]
        places = [start + m.start() for m in re.finditer("[“”]", line)]
        wrong = [at for i, at in enumerate(places) if corpus.text[at] != "“”"[i % 2]]
        if len(places) % 2 == 0 and len(wrong) == 1:
            yield wrong[0], "”" if corpus.text[wrong[0]] == "“" else "“", places


def _reversed(corpus: Corpus) -> list[tuple[int, int]]:
    """Closing and opening mark of every quotation the wrong way round.

    A paragraph may rightly begin within a quotation and end within another one; then words
    that stand alone, with a stop or a colon, lie between the marks.
    """
    found = []
    for at in corpus.nesting.unopened:
        start, end = corpus.text.rfind("\n", 0, at) + 1, corpus.text.find("\n", at)
        line = corpus.text[start : end if end >= 0 else len(corpus.text)]
        marks = re.findall("[“”]", line)
        if corpus.text[at] != "”" or "".join(marks) != "”“" * (len(marks) // 2):
            continue
        places = [start + m.start() for m in re.finditer("[“”]", line)]
        if places[0] == at:
            pairs = list(zip(places[::2], places[1::2], strict=True))
            if not any(re.search("[。！？：]", corpus.text[a:b]) for a, b in pairs):
                found += pairs
    return found


@RULES.text(kinds.UNPAIRED_MARK, across=True)
def unpaired_mark(corpus: Corpus) -> Iterator[Hit]:
    """A quotation mark, bracket or title mark without its partner.

    What it does: 核对每个自然段里的引号、括号、书名号是否成对；跨段引文可以各段都用前引号。
    Why: 少了一半，读者不知道引文到哪里为止。
    Example: 他说：“先做起来。 | 印发《管理办法的通知 | 管理办法试行）已经印发
    Use instead: 他说：“先做起来。” | 印发《管理办法》的通知 | 分为两类：1）常规；2）加急
    Reference: GB/T 15834—2011 4.8、4.9、4.15
    """
    if corpus.is_paired:
        return
    known = {at for pair in _reversed(corpus) for at in pair}
    known |= {at for _, _, places in _half_reversed(corpus) for at in places}
    quotations = _quotations(corpus)
    for at in sorted(corpus.stray):
        if at not in known and at not in quotations:
            yield Hit(at, at + 1)


def _quotations(corpus: Corpus) -> set[int]:
    """The marks that are alone in their paragraph because a quotation goes on in the next."""
    stray = {corpus.number(at): at for at in corpus.nesting.unclosed}
    closed = {corpus.number(at): at for at in reversed(corpus.nesting.unopened)}
    fine: set[int] = set()
    for (number, (_, _, text)), (_, (start, _, below)) in pairwise(enumerate(corpus.lines())):
        at = stray.get(number, -1)
        if at < 0 or corpus.text[at] != "“" or text.path != below.path:
            continue
        last = closed.get(number + 1, -1)
        if last >= 0 and corpus.text[last] == "”":
            fine |= {at, last}
        elif corpus.text.startswith("“", start):
            # The next paragraph takes up the quotation; it must end or go on itself.
            fine.add(at)
    return fine


@RULES.text(kinds.NESTED_QUOTES, needs="“‘")
def nested_quotes(corpus: Corpus) -> Iterator[Hit]:
    """Quotation marks directly within quotation marks of the same shape.

    What it does: 找出双引号里又套双引号、单引号里又套单引号的写法。
    Why: 引号里再用引号，外面一层用双引号，里面一层用单引号，读者才分得清层次。
    Example: 他说：“要推行“首访”制度。” | “所谓“堵点”和“痛点”” | ‘甲‘乙’丙’
    Use instead: 他说：“要推行‘首访’制度。” | “首访”和“转介”
    Reference: GB/T 15834—2011 4.8.3.4
    """
    yield from _nested(corpus, "“‘")


@RULES.text(kinds.NESTED_TITLES, needs="《")
def nested_titles(corpus: Corpus) -> Iterator[Hit]:
    """Double title marks within title marks.

    What it does: 找出书名号里又套双书名号的写法。
    Why: 书名号里再用书名号，里面一层用单书名号。
    Example: 《关于印发《管理办法》的通知》 | 《学习《意见》的体会》 | 《读《史记》札记》
    Use instead: 《关于印发〈管理办法〉的通知》 | 《办法》《意见》
    Reference: GB/T 15834—2011 4.15.3.5
    """
    yield from _nested(corpus, "《")


@RULES.text(kinds.NESTED_BRACKETS, needs="（")
def nested_brackets(corpus: Corpus) -> Iterator[Hit]:
    """Round brackets directly within round brackets; numbers such as （一） are left alone.

    What it does: 找出圆括号里又套圆括号的写法；（一）、（1）一类序号除外。
    Why: 同一形式的括号应避免套用，里面一层改用六角括号。
    Example: （详见附件（略）） | （据年报（节选）整理） | （含研究生（不含博士生））
    Use instead: （详见附件〔略〕） | （依照第（三）项） | （见《办法（试行）》）
    Reference: GB/T 15834—2011 4.9.3.6
    """
    yield from _nested(corpus, "（")


def _nested(corpus: Corpus, marks: str) -> Iterator[Hit]:
    text = corpus.text
    closed = {pair.start for pair in corpus.nesting.pairs}
    inner = {pair.start: pair for pair in corpus.nesting.pairs if _is_nested(text, pair, marks)}
    for start, pair in sorted(inner.items()):
        if pair.parent not in closed:
            continue
        first, last = _INNER[text[start]]
        edits: tuple[tuple[int, int, str], ...] = ()
        # With the one around it mended, this one may be right.
        if pair.parent not in inner:
            edits = ((start, start + 1, first), (pair.end, pair.end + 1, last))
        right = first + text[start + 1 : pair.end] + last
        yield Hit(start, pair.end + 1, edits, right=right)


def _is_nested(text: str, pair: Pair, marks: str) -> bool:
    if text[pair.start] not in marks or pair.parent < 0 or text[pair.parent] != text[pair.start]:
        return False
    content = text[pair.start + 1 : pair.end]
    return text[pair.start] != "（" or content.strip(NUMERAL + "0123456789") != ""


_TITLED = late(
    "^[^，。；：、]*(?:法|意见|通知|通报|方案|规定|条例|细则|规划|纲要|报告|制度|要点|标准|指南|章程|决定)"
    "(?:（[^（）]*）)?$"
)


@RULES.text(kinds.ANGLE_TITLE, needs="<＜≪«〈")
def angle_title(corpus: Corpus) -> Iterator[Hit]:
    """Signs of comparison where title marks belong.

    What it does: 找出用小于号、大于号拼成的书名号，以及单独使用的单书名号。
    Why: 书名号是“《》”；“<<”是半角符号，断行和检索时都不会当作书名号。
    Example: 学习<<意见>>精神 | 印发＜管理办法＞ | 贯彻≪实施细则≫ | 根据〈意见〉精神
    Use instead: 学习《意见》精神 | 《关于印发〈管理办法〉的通知》 | 甲<乙，丙>丁
    Reference: GB/T 15834—2011 4.15
    """
    for match in corpus.find(
        r"(<<?|＜＜?|≪|«)([^<>＜＞≪≫«»《》\n]{1,60})(>>?|＞＞?|≫|»)", "<", "＜", "≪", "«"
    ):
        # Two comparisons enclose something, too.
        if has_han(match[2]) and (match[1] not in "<＜" or _TITLED.search(match[2])):
            edits = (match.start(1), match.end(1), "《"), (match.start(3), match.end(3), "》")
            yield Hit(match.start(), match.end(), edits)
    around = {pair.start: pair for pair in corpus.nesting.pairs}
    for pair in corpus.nesting.pairs:
        if corpus.text[pair.start] == "〈" and not _is_inside(corpus.text, around, pair):
            edits = (pair.start, pair.start + 1, "《"), (pair.end, pair.end + 1, "》")
            yield Hit(pair.start, pair.end + 1, edits)


def _is_inside(text: str, around: Mapping[int, Pair], pair: Pair) -> bool:
    """Whether a pair stands within title marks; ``around`` has the pairs by their start."""
    while pair.parent >= 0:
        if text[pair.parent] in "《〈" or pair.parent not in around:
            return True
        pair = around[pair.parent]
    return False
