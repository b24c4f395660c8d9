"""Stars and blanks that are printed, and those that are emphasis still."""

from __future__ import annotations

from helpers.cases import each

from brieftex.diagnostics import OffsetMap
from brieftex.input.markdown import parse_inline
from brieftex.model.content import Inline, Mark

HIDING = """
张*明、李*华  张**、李**  王**等3人、李**等2人  欧阳*、司马*云  张*（男）、李*（女）  张*诉李*案
被告人张*、李*甲  王*、李*、张*（已婚）  电话139****1234、138****5678
证号3701**********1234、3701**********123X  鲁A***12、鲁A**B34  zh***@qq.com、li***@163.com
尾号***1234、***5678  6222***********123、6222***********456  户主：马*、李**
"""

ENCLOSING_NOTHING = """
沙*明、候*华
某*县某*镇  *先生、*女士  矿泉水*20、面包*10  矿泉水*20箱、A4纸*5包，  张*明户、李**户为残疾人家庭
带*的单位须值班：县应急局*、县住建局*。  电脑*1、打印机*1  镇**村，参会**人，其中**单位**人
受害人张**与李**发生纠纷  **县**镇**村  ****年**月**日  *月*日  解放路**号**单元  补助**元、**元
第*章第*节  参会**人，其中**单位**人  达到**万元，同比增长**%。  张三*、李四*、王五  A*、B*为合格
（*为联系人）张三*、李四*  *号为必填项，带*的  带*的为必填，加*的可选  注*：甲；注*：乙
**人，**才是  表中*表示缺考，**表示作弊，*  *.doc、*.docx  *.doc和*.docx文件  *^_^*  o(*￣▽￣*)o
经办人：___（签字）___。  ______，______  *注：600*800*1200  标*的标题，标*的
"""

# 【】 strong, 〈〉 emphasised.
EMPHASISED = """
请〈务必〉带张*明  【张*明、李*华】等  【张明】、【李华】  由【王明】负责、【李华】
对〈高〉标准〈严〉要求  以【县】为单位  【一、】加强【二、】落实  【首先，】要
【低保】户、【五保】户，  他〈的〉书  “【甲】”和“【乙】”  【县】委、【县】政府
强化【县】级领导、【乡】级落实  电话〈139****1234〉  【《甲》】和【《乙》】
【问：】甲？【答：】乙  增长【5%】、【6万元】。  党的〈初心〉和〈使命〉  〈甲〉、〈乙〉、〈丙〉
【A】和【B】  为【人民】服务、为【社会】奉献  着力〈补〉短板、〈强〉弱项  〈年〉度计划
学习【王明】同志  甲【（乙）】丙
"""


def marked(inline: Inline) -> str:
    """The text of ``inline`` with brackets around what is strong or emphasised."""
    text = inline.text
    for stretch in reversed(inline.stretches):
        left, right = {Mark.STRONG: "【】", Mark.EMPHASIS: "〈〉"}[stretch.marks]
        text = f"{text[: stretch.end]}{right}{text[stretch.end :]}"
        text = f"{text[: stretch.start]}{left}{text[stretch.start :]}"
    return text


@each("text", HIDING.split())
def test_stars_that_hide_names_and_digits_are_printed(text: str) -> None:
    """Catches 张明、李华, which tells whom the office meant to hide. Nothing is told of the stars:
    they are what was meant."""
    inline, found = parse_inline(text, OffsetMap())
    assert marked(inline) == text
    assert not found


@each("text", ENCLOSING_NOTHING.split())
def test_stars_and_blanks_that_enclose_nothing_are_printed(text: str) -> None:
    """Catches marks that two places to fill in, two footnotes or a face would lose."""
    assert marked(parse_inline(text, OffsetMap())[0]) == text


@each("shown", EMPHASISED.split())
def test_emphasis_beside_names_and_numbers_stays_emphasis(shown: str) -> None:
    """Catches rules for masks and blanks that take what an office does emphasise."""
    typed = shown.translate(str.maketrans({"【": "**", "】": "**", "〈": "*", "〉": "*"}))
    inline, found = parse_inline(typed, OffsetMap())
    assert marked(inline) == shown
    assert not found
