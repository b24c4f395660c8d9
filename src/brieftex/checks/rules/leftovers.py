"""Rules about words that were pasted or written on the way and were never meant to be printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import chain

from brieftex.checks.engine.corpus import Corpus, TextRole
from brieftex.checks.engine.rule import Hit, Rules
from brieftex.diagnostics.messages import leftovers as kinds
from brieftex.input.markdown.typed_line import FOLIO

RULES = Rules()

_INSIDE = r"[^\n（）()【】〔〕\[\]]"
_PENDING = "待补|待完善|待核|待填|待确认|待更新"
_ORDERS = "此处|这里|请(?=在此|插入|填|补|添加|替换|写)"
# Letters that stand for a number or a name: X月X日, 约X万元, XX县. ××公司 conceals one.
_LETTERS = (
    r"[XＸ×x](?<![A-Za-z0-9Ｘ×].)"
    r"(?:(?<!×)[XＸx]+(?![A-Za-z0-9]|染色体)|[XＸ×x]{0,3}(?= ?[年月日时点万亿%％]))"
)
_BRACKETED = (
    rf"[【（(〔\[]{_INSIDE}{{0,12}}(?:{_PENDING}){_INSIDE}{{0,4}}[】）)〕\]]"
    rf"|[【（(〔\[](?:{_ORDERS}){_INSIDE}{{1,30}}[】）)〕\]]"
)
_BARE = r"(?<![A-Za-z])(?:TODO|TBD|Lorem ipsum)(?![A-Za-z])"
_PLATFORM = (
    "点击上方蓝字关注", "点击上方", "点击下方卡片", "点击下方名片", "点击蓝字", "蓝字关注",
    "点击“阅读原文”", "点击阅读原文", "点击左下角", "长按识别", "长按二维码", "长按扫码",
    "微信扫一扫", "关注该公众号", "以下文章来源于", "收录于合集", "收录于话题", "预览时标签不可点",
    "点个在看", "点“在看”", "分享、点赞、在看", "轻触阅读原文", "单击此处", "点击此处",
    "单击或点击此处", "喜欢此内容的人还喜欢", "写下你的留言", "滑动看下一个", "滑动看下一篇",
    "扫一扫在手机打开当前页", "【字体：", "打印本页", "关闭窗口", "返回顶部", "浏览次数：",
    "您当前的位置",
)  # fmt: skip
# Lines of their own behind an article, and what an assistant counts.
_TAILS = (
    r"(?m)(?:阅读原文|图片|原创(?: \S+)?|阅读 ?[\d.]+ ?万?\+?"
    r"|分享到[:：]?|[上下]一篇[:：][^\n]*|(?:【?打印】?|【?关闭】?)(?: ?【?关闭】?)?"
    r"|往期(?:推荐|回顾|精选)|[—-]* ?(?:THE )?END ?[—-]*|点赞 ?在看"
    r"|扫码[^\n]{0,8}(?:关注|加群|入群)|[（(]?(?:全文|字数)[:：共约]*\d+ ?字[^\n]{0,20})$"
)
# The foot of another program's page; of - 1 - a list has taken the first.
_FOLIO = rf"(?m)(?:{FOLIO}|\d{{1,3}} [-－—])$"
# What answers of language models begin and end with, and comments of Word.
_ANSWERS = (
    r"以下是(?:根据|按照|为您|为你|修改后|优化后|润色后|重新|一份|一篇|一则|我为)[^\n]{0,40}"
    r"|希望(?:以上|这份|这篇)[^\n。！]{0,16}(?:帮助|您|你)"
    r"|如(?:果您?|需)[^\n。]{0,12}(?:修改|调整|补充|完善|其他版本)[^\n。]{0,20}(?:告诉我|我可以)"
    r"|作为(?:一个|一款)?(?:AI|人工智能|大|大型)?语言模型|根据您的要求，?(?:我|以下|现为您)"
    r"|批注 ?\[[^\]\n]{1,12}\]"
)


@RULES.text(kinds.UNFILLED_PLACE)
def unfilled_place(corpus: Corpus) -> Iterator[Hit]:
    """Letters or a note in brackets that stand for what is still to come.

    What it does: 找出代替内容的 X 和 ×，如“X月X日”“XX县”，括号里的“待补充”“此处插入图片”，以及
        TODO；隐去名称的“××公司”不在此列。
    Why: 写稿时先空着，忘了补就会照样印出来。
    Example: 于X月X日召开 | XX县教育局 | 增长X%。 | （此处插入图片） | 【数据待核实】 | 电话xxx
    Use instead: 于6月1日召开 | 做了X光检查 | 3×4排列 | ××公司经理李某 | 待定（另行通知）
    Reference: 简报编校惯例
    """
    for pattern, words in (
        (_LETTERS, ("X", "Ｘ", "×", "x")),
        (_BRACKETED, (*_PENDING.split("|"), "此处", "这里", "请")),
        (_BARE, ("TODO", "TBD", "Lorem")),
    ):
        for match in corpus.find(pattern, *words):
            yield Hit(*match.span())


@RULES.text(kinds.LEFTOVER_WORDS)
def leftover_words(corpus: Corpus) -> Iterator[Hit]:
    """Words of a platform, a form or a language model around the text that was copied, and
    numbers of pages within.

    What it does: 找出公众号文章前后的“点击上方蓝字关注我们”“长按识别二维码”，幻灯片和表单里的
        “单击此处添加标题”，人工智能助手的“以下是为您起草的……”，以及单独成段的页码。
    Why: 复制时一起带了过来，不是要印的内容。
    Example: 点击上方蓝字 | 单击此处添加标题 | 以下是为您起草的简报： | — 3 — | 第1页 共4页
    Use instead: 以下是三点体会 | 希望各单位认真落实 | 第1页有误 | 3个月
    Reference: 简报编校惯例
    """
    tails = (
        "阅读",
        "图片",
        "原创",
        "分享",
        "一篇",
        "打印",
        "关闭",
        "往期",
        "END",
        "点赞",
        "在看",
        "扫码",
        "字",
    )
    answers = ("以下是", "希望", "告诉我", "我可以", "语言模型", "您的要求", "批注")
    for match in chain(
        filter(partial(_is_folio, corpus), corpus.find_at_start(_FOLIO)),
        corpus.find("|".join(_PLATFORM), *_PLATFORM),
        corpus.find_at_start(_TAILS, *tails),
        corpus.find(_ANSWERS, *answers),
    ):
        yield Hit(*match.span())


def _is_folio(corpus: Corpus, match: re.Match[str]) -> bool:
    """Whether a number stands where a paragraph does; of a list only what - 1 - has become."""
    role = corpus.at(match.start())[0].role
    return role is TextRole.PARAGRAPH or (role is TextRole.ITEM and match[0].endswith("-"))
