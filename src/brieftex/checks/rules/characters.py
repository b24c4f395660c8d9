"""Rules about characters that look like ordinary ones, so that a search for those misses them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from brieftex.checks.engine.corpus import Corpus
from brieftex.checks.engine.rule import Hit, Rules, swap
from brieftex.diagnostics.messages import characters as kinds
from brieftex.patterns import late

RULES = Rules()

_UNITS = "米元人天年月次台套个件吨间层户名亩"
_QUANTITY = late(
    r"(?<![0-9A-Za-z.])(?!0[xX])[0-9][0-9.,]*"
    rf"(?:[cdkm]?m|[%％]|[万亿]?[{_UNITS}])?[*＊xX]\Z"
)

# Radicals as characters of their own (U+2E80 to U+2EF3) and the Han character of each, after
# Unicode's EquivalentUnifiedIdeograph. Those of Kangxi (U+2F00 to U+2FD5) have compatibility
# decompositions instead.
_RADICALS = str.maketrans(
    "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗"
    "⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑𫜹忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨"
    "青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
)
_DIGITS = str.maketrans("lIOo", "1100")
_LOOKALIKE = "[\u2e80-\u2fd5\uf900-\ufb06\ufe5f-\ufe6b\uff61-\uff9f\U0002f800-\U0002fa1d]"
# Marks of vertical and small setting; without ﹒, an interpunct written wrongly.
_FORM = "[\ufe10-\ufe18\ufe31\ufe35-\ufe44\ufe47\ufe48\ufe50\ufe51\ufe54-\ufe5e]"
# Marks and signs that are others': a ratio between words, degrees that are ordinals or accents.
_SIGNS = {"∶": "：", "꞉": "：", "︰": "：", "‚": "，", "º": "°", "˚": "°", "゜": "°"}
_SIGN = r"(?<![0-9])[∶꞉]|[∶꞉](?![0-9])|︰|(?<=[\u4e00-\u9fff])‚|(?<=[0-9])[º˚゜]"
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
# Without U+E000, which masks addresses in a corpus.
_PRIVATE = "[\ue001-\uf8ff\U000f0000-\U0010fffd]"


@RULES.text(kinds.COMPATIBILITY_CHARACTER)
def compatibility_character(corpus: Corpus) -> Iterator[Hit]:
    """Radicals, compatibility ideographs, ligatures and half-width kana in place of letters, marks
    of vertical and small setting in place of ordinary ones.

    What it does: 找出康熙部首、兼容汉字、拉丁连字、半角假名和竖排的标点，它们看起来就是普通的字。
    Why: 多半是从 PDF 粘贴来的；看不出区别，却检索不到，字形和宽窄也可能不同。
    Example: \u2faf\u6821\u2f08\u624d | 党的\u2ed3期 | \uf9e9程 | \ufb01 | \ufe35\ufe36 | 如下∶ | 5º
    Use instead: 面校人才 | 长期规划 | 﨑（人名） | file | （甲） | 1∶500
    Reference: Unicode 的 EquivalentUnifiedIdeograph 和兼容分解
    """
    for match in corpus.find_rare(_LOOKALIKE, f"{_LOOKALIKE}{_LOOKALIKE}*"):
        plain = unicodedata.normalize("NFKC", match[0].translate(_RADICALS))
        if plain != match[0]:
            yield swap(*match.span(), plain)
    for match in corpus.find_rare(_FORM, f"{_FORM}{_FORM}*"):
        plain = unicodedata.normalize("NFKC", match[0]).translate(_FULL_WIDTH)
        yield swap(*match.span(), plain)
    for match in corpus.find_rare("[∶꞉︰‚º˚゜]", _SIGN):
        yield swap(*match.span(), _SIGNS[match[0]])


@RULES.text(kinds.PRIVATE_CHARACTER)
def private_character(corpus: Corpus) -> Iterator[Hit]:
    """Characters of private use, which no two computers draw alike.

    What it does: 找出专用区里的字符，即自造字，多半来自旧的输入法或从 PDF 粘贴。
    Why: 它们在别的电脑上是另一个字、方块或空白，也检索不到；只能由人认出是哪个字。
    Example: 李\ue863 | 王\uf0b7 | \U000f0001镇
    Use instead: 李䶮 | 王㛃 | 钅镇
    Reference: GB 18030—2022 附录 D
    """
    for match in corpus.find_rare(_PRIVATE, f"{_PRIVATE}{_PRIVATE}*"):
        yield Hit(*match.span())


@RULES.text(kinds.LOST_OBJECT, needs="\ufffc")
def lost_object(corpus: Corpus) -> Iterator[Hit]:
    """The character that stands for a picture or an equation where only the text was copied.

    What it does: 找出对象占位符 U+FFFC：从 Word、网页复制文字时，图片、公式的位置上只留下它。
    Why: 内容丢了，纸上印出来是一个虚线方框。
    Example: 如图所示：\ufffc。 | 面积为\ufffc平方米 | \ufffc\ufffc（现场照片）
    Use instead: 如图 1 所示。 | 面积为 120 平方米
    Reference: Unicode 标准 23.8 Specials
    """
    for match in corpus.find("\ufffc+"):
        yield Hit(*match.span())


@RULES.text(kinds.TIMES_SIGN, needs="*＊xX")
def times_sign(corpus: Corpus) -> Iterator[Hit]:
    """A star or a letter in place of the sign of multiplication.

    What it does: 找出数与数之间当乘号用的星号和字母 x。
    Why: 乘号是 ×；星号像注释的记号，字母 x 像未知数。
    Example: 规格600*800毫米 | 分辨率1920x1080 | 3米*4米
    Use instead: 规格600×800毫米 | 0x1F | 型号A3X5
    Reference: GB/T 3102.11—1993
    """
    # The sign first, of which there are few; a number of forty characters is no quantity.
    for match in corpus.find(rf"[*＊xX](?<=[0-9.,m%％{_UNITS}].)(?=[0-9])"):
        if _QUANTITY.search(corpus.text, max(match.start() - 40, 0), match.end()):
            yield swap(*match.span(), "×")


@RULES.text(kinds.LETTER_IN_NUMBER, needs="lIOo")
def letter_in_number(corpus: Corpus) -> Iterator[Hit]:
    """A letter in a number that looks like one of its digits.

    What it does: 找出数里当作 1 和 0 的字母 l、I、O、o。
    Why: 多半是扫描识别时认错的；印出来几乎一样，检索、计算都不对。
    Example: 增长1O% | 共2l人 | 2O26年 | 第l2期
    Use instead: 增长10% | 共5L | 型号A1O | O3日均浓度 | 3D打印
    Reference: 排版惯例
    """
    for match in corpus.find(
        r"(?<![0-9A-Za-z.-])(?:[0-9][0-9.,]*[lIOo]|l(?=[0-9]))[0-9.,lIOo]*"
        rf"(?=[%％‰万亿{_UNITS}岁期号时分条款页章节届批项])"
    ):
        yield swap(*match.span(), match[0].translate(_DIGITS))


@RULES.text(kinds.SPLIT_WORD, needs="-\u2010")
def split_word(corpus: Corpus) -> Iterator[Hit]:
    """A foreign word whose hyphen at a line's end was copied with it.

    What it does: 找出外文词中间的连字符和空格：从 PDF 复制的文字，行末断开的词会这样连起来。
    Why: 这个词在纸上是断开的两截，检索也找不到。
    Example: high-quality develop- ment | a series of meas- ures | inter- national cooperation
    Use instead: high-quality development | pre- and post-test | short- to long-term
    Reference: CMOS 7.36
    """
    for match in corpus.find(
        "[A-Za-z](?<![A-Za-z].)[A-Za-z]+[-\u2010] (?!(?:and|or|to|nor|but|as) )[a-z][a-z]+",
        "- ",
        "\u2010 ",
    ):
        yield Hit(*match.span())
