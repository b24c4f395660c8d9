"""Text as people paste and type it: which line ends part paragraphs.

A ``¶`` stands where one does; every other line end must join its lines. The institutions are
invented, the shapes are those of Word, WeChat, mail programs, PDF readers and editors' windows.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers.cases import each
from helpers.tables import words_of

from brieftex.diagnostics import OffsetMap, Source
from brieftex.input.issue.read import read
from brieftex.input.markdown import parse_body
from brieftex.input.markdown.paragraphs import torn_lines
from brieftex.input.yaml import parse
from brieftex.model.content import (
    BodyBlock,
    Figure,
    Inline,
    ListBlock,
    Paragraph,
    Paragraphs,
    Quotation,
    Table,
)

SHAPES = {
    # -- Word: one line a paragraph
    "two paragraphs": "今年以来，县政务中心牵头推进改革。¶\n目前改革已取得初步成效。",
    "three, long and short": (
        "衡澜县把“一件事”改革作为重点，梳理事项三百二十项，编制统一的办事指南。¶\n"
        "成效明显。¶\n"
        "下一步，将继续压减材料，缩短时限，让群众少跑腿、好办事。"
    ),
    "headings 一、 without marks": (
        "今年以来，取得阶段性成效。¶\n一、坚持高位推动¶\n成立由县长任组长的专班，建立机制。¶\n"
        "二、坚持流程再造¶\n编制统一的指南。"
    ),
    "headings （一）": (
        "主要做法如下：¶\n"
        "（一）强化组织领导。成立专班。¶\n"
        "（二）优化流程。压减材料。¶\n"
        "（三）加强督查。"
    ),
    "headings （一） without marks": (
        "（一）强化组织领导¶\n"
        "各单位要高度重视。¶\n"
        "（二）抓好落实¶\n"
        "按月调度。"
    ),
    "half-width brackets": "(一)提高认识¶\n各单位要认真学习。¶\n(二)抓好落实¶\n按月调度。",
    "numbers 1. close up": "1.提高认识。各单位要学习。¶\n2.抓好落实。按月调度。¶\n3.加强督查。",
    "numbers 1、": "1、提高认识，压实责任；¶\n2、抓好落实，按月调度；¶\n3、加强督查，严肃问责。",
    "full-width 1．": "1．提高认识¶\n2．抓好落实¶\n3．加强督查",
    "numbers （1）": "工作分三步：¶\n（1）摸底；¶\n（2）整改；¶\n（3）验收。",
    "numbers 1）": "工作分三步：¶\n1）摸底；¶\n2）整改；¶\n3）验收。",
    "circled": "重点有三：¶\n①摸清底数¶\n②建立台账¶\n③逐项销号",
    "parenthesised numerals": "重点有三：¶\n⑴摸清底数¶\n⑵建立台账¶\n⑶逐项销号",
    "一是 二是": "一是健全机制，压实责任；¶\n二是优化流程，压减时限；¶\n三是加强督查，跟踪问效。",
    "一是 without ends": "一是健全机制，压实责任¶\n二是优化流程，压减时限¶\n三是加强督查，跟踪问效",
    "一要 二要": "会议强调：¶\n一要统一思想。¶\n二要狠抓落实。",
    "其一 其二": "原因有二：¶\n其一，底数不清；¶\n其二，机制不全。",
    "第一，第二，": "建议如下：¶\n第一，统一标准，¶\n第二，分步实施。",
    "chapters": "第一章 总则¶\n第一条 为规范管理，制定本办法。¶\n第二条 本办法适用于全县。",
    "articles": "第一条　为规范管理，制定本办法。¶\n第二条　本办法自印发之日起施行。",
    "numbers of a plan": "1 总则¶\n1.1 编制目的¶\n为此制定本预案。¶\n2 组织体系¶\n2.1 领导机构",
    "a number that a text goes on with": "游客达\n1.2 万人次，增长\n3.5 个百分点",
    "rows of names": "王建国 李 明 赵晓梅¶\n郑浩 孙倩 买买提·艾力¶\n马超",
    "rows with commas": "姓名，职务，电话¶\n王建国，书记，1380001¶\n李明，县长，1380002",
    "bold headings": "**主要做法**¶\n建立专班¶\n**工作成效：**¶\n成效明显",
    "references": "做法见[1]和[2]¶\n[1] 张三著¶\n[2] 李四著",
    "a comparison": ">50人的会议\n要报备",
    "labels in 【】": "【走势】¶\n15日22时—16日，发酵期¶\n【带班】李明 1380000¶\n【值班】张伟 刘洋",
    "lines in brackets": "书记 张志远¶\n（根据录音整理，未经审阅）¶\n(11月10日)¶\n县委政研室",
    "a chronicle": "10日¶\n县委常委会召开¶\n11月12日（星期四）¶\n全县干部大会¶\n同日¶\n巡察组来县",
    "columns of names": "县第一中学    石桥镇中心学校¶\n柳林乡中心学校    特殊教育学校",
    "ticks and crosses": "√ 材料已报¶\n× 材料未报¶\n☐ 待定",
    "an address that fills its line": (
        "认真组织学习，把精神传达到每一名干部职工，\n推动各项措施落实到位，详见县政务服务中心网站\n的说明："
        "¶\nhttps://zwzx.example.gov.cn/2026/05/newsDetail_1.html¶\n具体要求由各单位结合实际另行细化后执行"
    ),
    "the number of a page": "认真组织学习，把精神传达到每一名干¶\n— 3 —¶\n部职工。",
    "a number of a page alone": "认真组织学习，把精神传达到每一名干¶\n3¶\n部职工，3\n月底前上报。",
    "a source with an ASCII colon": "——转自《衡澜日报》¶\n来源: 县政务中心",
    "bullets •": "会议议定：¶\n• 统一平台¶\n• 统一标准¶\n• 统一监督",
    "bullets ·": "会议议定：¶\n·统一平台¶\n·统一标准",
    "bullets ●": "●统一平台¶\n●统一标准¶\n●统一监督",
    "bullets ◆": "◆ 平台：统一建设¶\n◆ 标准：统一制定",
    "bullets ■": "■ 工作动态¶\n■ 基层经验",
    "bullets ➢": "➢ 统一平台¶\n➢ 统一标准",
    "bullets √": "√ 已完成整改¶\n√ 已通过验收",
    "bullets ★": "★重点任务¶\n★一般任务",
    "dash bullets": "– 统一平台¶\n– 统一标准",
    "ends with a question": "为什么要改？¶\n因为群众有需要。",
    "ends with an exclamation": "群众说：太方便了！¶\n改革见了实效。",
    "ends with a quotation": "李明说：“现在一趟就办成了。”¶\n这样的变化还有很多。",
    "ends with a quotation without a stop": "这项做法被称为“一窗通办”¶\n目前已在全县推广。",
    "ends with a colon": "现将有关事项通知如下：¶\n各单位要高度重视，认真落实。",
    "ends with an ellipsis": "教育、医疗、养老、就业……¶\n民生实事一件接着一件办。",
    "ends with a bracketed source": (
        "全县新增学位两千个。（县教育局）¶\n"
        "全县新增床位三百张。（县卫健局）"
    ),
    "emphasised paragraphs": "**高位推动。**¶\n**流程再造。**¶\n正文从这里开始，没有空行。",
    "subtitle": "在高质量发展中促进共同富裕¶\n——衡澜县的实践",
    "document title and addressee": (
        "关于做好防汛工作的通知¶\n"
        "各乡镇人民政府：¶\n"
        "为做好防汛工作，现通知如下。"
    ),
    "signature behind text": "特此通知。¶\n衡澜县政务服务中心¶\n2026年6月22日",
    "signature in Han": "特此报告。¶\n衡澜县水利局¶\n二〇二六年六月二十二日",
    "signature alone": "衡澜县水利局¶\n2026年6月22日",
    "inline heading and text": "一、总体情况。全年完成投资三亿元。¶\n二、存在问题。资金缺口较大。",
    "last without a stop": "会议听取了汇报。¶\n会议审议了方案。¶\n会议强调抓好落实",
    "English": "The office was opened in May.¶\nIt serves three counties.",
    # -- white space of Word and WeChat
    "U+3000 indents": "　　今年以来，成效明显。¶\n　　下一步，继续推进。",
    "U+3000 on some": "今年以来，成效明显。¶\n　　一、高位推动，¶\n　　成立专班。",
    "U+3000 indents without stops": "　　高位推动¶\n　　流程再造¶\n　　数据赋能",
    "NBSP indents": "\u00a0\u00a0今年以来，成效明显。¶\n\u00a0\u00a0下一步，继续推进。",
    "four spaces": "    今年以来，成效明显。¶\n    下一步，继续推进。",
    "trailing spaces": "今年以来，成效明显。   ¶\n下一步，继续推进。",
    "trailing U+3000": "今年以来，成效明显。　¶\n下一步，继续推进。",
    "trailing NBSP": "今年以来，成效明显。\u00a0¶\n下一步，继续推进。",
    "zero-width end": "今年以来，成效明显。\u200b¶\n下一步，继续推进。",
    "zero-width beginning": "今年以来，成效明显。¶\n\u200b一、高位推动",
    "BOM inside": "今年以来，成效明显¶\n\ufeff（一）高位推动",
    "U+3000 before a number": "县里的做法是¶\n　　一、高位推动¶\n　　二、流程再造",
    # -- interviews, minutes, addresses, names
    "问 and 答": "问：改革难在哪里？¶\n答：难在数据不通。¶\n问：怎么办？¶\n答：先通数据。",
    "问 and 答 without stops": "问：改革难在哪里¶\n答：难在数据不通",
    "reporter and speaker": "记者：今年有什么打算？¶\n李明：先把平台建起来，再谈推广。",
    "speaker with office": "李明（衡澜县县长）：要抓落实。¶\n王芳（县教育局局长）：已有方案。",
    "minutes": "时间：2026年6月22日¶\n地点：县政务中心三楼¶\n主持：李明¶\n出席：王芳、张伟",
    "contact": "联系人：李明¶\n电话：0571-5550100¶\n邮箱：office@example.org",
    "address": "衡澜县东山路12号¶\n邮编：321000¶\n电话：5550100",
    "names": "李明¶\n王芳¶\n张伟",
    "names with units": "李明 县教育局¶\n王芳 县水利局¶\n张伟 县卫健局",
    "poem": "江上晴云淡，¶\n山前细雨微。¶\n行人归去晚，¶\n灯火照柴扉。",
    "poem of sevens": "一夜东风绿满川，¶\n农家早起種新田。¶\n忽闻布谷催耕急，¶\n又是人间四月天。",
    "couplet": "春风化雨润桃李，¶\n丹心热血育英才。",
    "verse of uneven lines": "夜深了。¶\n灯还亮着，¶\n窗里的人在改一份简报。¶\n天快亮了。",
    "slogans": "人民至上！¶\n生命至上！¶\n安全第一！",
    "list by semicolons": "加强领导，压实责任；¶\n优化流程，压减时限；¶\n严格督查，跟踪问效。",
    "figures": "新增学位2000个。¶\n新增床位300张。¶\n新建公园12个。",
    "dates": "6月1日：启动。¶\n6月8日：动员。¶\n6月22日：总结。",
    # -- Markdown beside pasted lines
    "text below a list item": "- 统一平台。¶\n下一步，全面推广。",
    "text within a list item": "- 统一平台。¶\n  下一步，全面推广。",
    "labels within a list item": "1. 责任单位：教育局¶\n   完成时限：12月底¶\n   责任人：张三",
    "entries within a list item": "- 地点：¶\n  李明（教务处）¶\n  王芳（科研处）",
    "text below a numbered heading": "1. 统一平台¶\n成立专班，全面推广。",
    "list that begins with 3": "会议还议定三件事。¶\n3. 统一监督。",
    "quotation of two": "> 第一段引文。¶\n> 第二段引文。",
    # -- entries that are alike
    "agenda": "会议议程¶\n9:00-9:10 开幕式¶\n9:10-9:40 校长致辞¶\n9:40-10:30 报告",
    "agenda with U+3000": "9:00　开幕¶\n9:30　报告¶\n10:30　茶歇",
    "a sentence with times": "大会时间定于\n9:00 开始，\n10:00 结束。",
    "hours": "上午9时 开幕¶\n下午2时 讨论",
    "telephones with units": "李明 13800000001 教务处¶\n王芳 13800000002 科研处",
    "telephones": "办公室 5550101¶\n教务处 5550102",
    "addresses": "通知见¶\nhttps://www.hengda.example/a.html¶\n请查收。",
    "addresses alone": "https://www.hengda.example/a¶\nhttps://www.hengda.example/b",
    "letter": "来信收悉。¶\n此致¶\n敬礼¶\n衡澜大学¶\n2025年11月28日",
    "title of a document": "关于召开年度工作会议的通知¶\n各学院、各部门：¶\n现通知如下：",
    "a title within a sentence": "今天发布了关于做好防汛工作的通知\n请各乡镇遵照执行",
    "attachment": "附件1¶\n报名回执表",
    "labels with half-width colons": "牵头部门:教务处¶\n配合部门:科研处",
    "spaced labels": "时 间：2025年11月28日¶\n地 点：行政楼",
    "labels with bars": "来源 | 衡澜大学¶\n编辑 | 李明¶\n审核 | 王芳",
    "labels with slashes": "文/李明¶\n图/王芳",
    "a chat": "张三 2026/11/20 10:00:00¶\n收到¶\n李四 2026/11/20 10:05:12¶\n已报送，请查收",
    "a line of signs": "＿＿＿＿＿＿＿＿¶\n县委办公室",
    "any emoji": "📍 地点三楼¶\n⚠️ 注意安全¶\n🕘 九点开始",
    "labels without a colon": "会议时间 6月1日¶\n会议地点 三楼¶\n主 持 人 李明¶\n记 录 人 王芳",
    "a name and a post": "县长 赵明¶\n副县长 钱进",
    "text with a space": "县里成立专班 统一调度，\n各乡镇 分片包干。",
    "English labels": "Time: 9:00¶\nPlace: Room 301",
    "首先 其次": "首先，统一思想¶\n其次，落实责任¶\n最后，加强督查",
    "会议指出": "会议指出，要提高认识¶\n会议强调，要抓好落实",
    "dotted numbers": "1.1 背景¶\n1.2 意义",
    "decimals are no numbers": "建筑面积\n3.2万平方米比\n4.1万平方米少",
    "letters": "A. 很满意¶\nB. 满意",
    "letters in brackets": "(A)很满意¶\n(B)满意",
    "Roman numerals": "Ⅰ. 摸底¶\nⅡ. 整改",
    "numerals with a stop": "一.总体情况¶\n二.存在问题",
    "甲、乙、": "甲、总体情况¶\n乙、存在问题",
    "keycaps": "1️⃣摸底¶\n2️⃣整改",
    "emoji": "✅已完成¶\n❌未完成",
    "bullets of Wingdings": "Ø 统一平台¶\nØ 统一标准",
    "bullets with tabs": "•\t统一平台¶\n•\t统一标准",
    "numbers with tabs": "（一）\t统一平台¶\n（二）\t统一标准",
    "two-digit heads": "01 工作动态¶\n02 基层经验",
    "prizes": "第1名 李明¶\n第2名 王芳",
    "counts": "文学院320人¶\n理学院410人",
    "books": "《高校治理研究》¶\n《教育评价改革》",
    "a book within a sentence": "他的论文\n《高校治理研究》获奖",
    "names with units in brackets": "李明（教务处）¶\n王芳（科研处）",
    "names with facts": "李明，男，1970年1月生¶\n王芳，女，1975年3月生",
    "topics": "#衡澜大学#¶\n#开学季#",
    "comma-separated": "序号,姓名,单位¶\n1,李明,教务处",
    "columns of spaces": "姓名  单位  电话¶\n李明  教务处  5550101",
    # -- wrapped: what must stay together
    "typed across lines": "今年以来，\n县政务中心牵头\n推进改革。",
    "broken in a sentence": (
        "衡澜县把“一件事”改革作为优化营商环境的重点任务，梳理高频事项\n"
        "三百二十项，编制统一的办事指南。"
    ),
    "broken behind a comma": "县里成立专班，\n建立机制，\n定期调度。",
    "broken behind 、": "教育、医疗、\n养老、就业都是民生。",
    "broken within brackets": "县政务中心（以下简称\n中心）牵头推进。",
    "broken within a quotation": "这就是“\n一窗通办”的由来。",
    "broken before a number": "全县共有\n320项事项。",
    "broken in a date": "会议于2026年\n6月22日召开。",
    "broken in a percentage": "增长了\n12.5%，好于预期。",
    "broken before 一些": "县里出台了\n一些新的政策。",
    "broken before 一是's look-alike": "这种做法不\n一定适合全县。",
    "broken behind a hyphen": "新型号是GJC-\n01，已投产。",
    "broken in English": "The office was opened\nin May this year.",
    "English and Chinese": "平台接入\nOpenAPI 标准接口。",
    "two short lines": "高位推动\n流程再造",
    "item that goes on": "- 统一平台\n  下一步推广",
    "continued quotation": "> 县里成立专班，\n> 定期调度。",
    "code": "命令是`brieftex\n build`，请留意。",
    "dash goes on": "这就是我们的目标——\n让群众少跑腿。",
    "slash goes on": "教师/\n学生都可以报名。",
}  # fmt: skip

TEXTS = (
    (
        "衡澜县把改革作为优化营商环境的重点任务，梳理高频事项三百二十项，编制统一的办事指南和申请表单，"
        "推动线上一网通办、线下一窗受理。截至六月底，全县办件平均用时由九个工作日压减到三个工作日，"
        "群众满意度达到百分之九十八。下一步，县里将继续打通部门之间的数据，扩大免证办理的范围，"
        "让企业和群众办事更省心、更省力。同时，还要把好的做法固定下来，形成制度。"
    ),
    (
        "东陵大学成立教学质量监测中心，对全校二千四百门课程开展评估。评估不看材料厚薄，只看课堂实效，"
        "由学生、同行、督导三方打分。得分靠后的课程，由学院组织帮扶，一个学期之后再评。中心主任说，"
        "评估不是为了排名，而是为了帮助教师改进教学。两年来，已有八十六门课程通过复评。"
    ),
    (
        "The county opened a service hall in May 2026, where residents settle most matters at one "
        "desk. By the end of June it had handled 12,480 cases; the average time fell from nine "
        "working days to three. Officials plan to link the remaining databases before the end "
        "of the year, and to publish the results every month. Visitors may rate each clerk."
    ),
    (
        "平台接入GB/T 15834标准接口12个，日均调用3,200次，响应时间小于0.5秒。县大数据局用Python写了"
        "3个核验脚本，每晚23:30自动运行，发现差错就生成工单，由责任单位在2个工作日内办结。"
        "半年来共核验记录128万条，更正差错4,300余条，准确率由97.2%提高到99.8%。"
    ),
)


def _wrapped(text: str, columns: int) -> str:
    """The text as programs wrap it at a column: no mark begins a line, no word is cut."""
    lines, line, width = [], "", 0
    units: list[str] = []
    for c in text:
        last = units[-1][-1] if units else " "
        word = c != " " and last != " " and c.isascii() and last.isascii()
        if units and (word or c in "，。；、：”）"):
            units[-1] += c
        else:
            units.append(c)
    for unit in units:
        wide = sum(1 + (c > "\u2e7f" or c in "“”") for c in unit)
        if width + wide > columns and line:
            lines.append(line.rstrip())
            line, width = "", 0
        if unit != " " or line:
            line, width = line + unit, width + wide
    return "\n".join([*lines, line])


def _paragraphs(text: str, manner: Paragraphs = Paragraphs.AUTO) -> list[Inline]:
    def inlines(blocks: tuple[BodyBlock, ...]) -> list[Inline]:
        found: list[Inline] = []
        for block in blocks:
            match block:
                case Paragraph(inline):
                    found.append(inline)
                case ListBlock(_, items):
                    found += [i for item in items for i in inlines(item)]
                case Quotation(inner):
                    found += inlines(inner)
        return found

    return inlines(parse_body(text, OffsetMap(), manner)[0].blocks)


@each("shape", SHAPES.values(), ids=SHAPES)
def test_line_ends_part_paragraphs_where_they_were_meant_to(shape: str) -> None:
    text = shape.replace("¶", "")
    found = _paragraphs(text)
    starts = [text.rfind("\n", 0, inline.span().start) + 1 for inline in found]
    wanted, at = [0], 0
    for line in shape.split("\n"):
        at += len(line.replace("¶", "")) + 1
        if line.endswith("¶"):
            wanted.append(at)
    assert starts == wanted


@each("columns", [40, 54, 56, 64, 72, 76, 80, 100])
@each("text", TEXTS)
def test_a_wrapped_text_is_one_paragraph(text: str, columns: int) -> None:
    wrapped = _wrapped(text, columns)
    assert wrapped.count("\n") > 1
    assert len(_paragraphs(wrapped)) == 1


@each("head", ["- ", "10. ", "    1. ", "> - "])
@each("columns", [48, 54, 72, 80])
@each("text", TEXTS)
def test_an_item_of_wrapped_lines_is_one_paragraph(text: str, columns: int, head: str) -> None:
    indent = head.replace("-", " ").replace("10.", "   ").replace("1.", "  ")
    lines = _wrapped(text, columns - len(head)).replace("\n", "\n" + indent)
    listed = f"{_wrapped(text, columns)}\n\n{head}{lines}"
    assert len(_paragraphs(listed)) == 2
    assert parse_body(listed, OffsetMap())[1] == []


@pytest.mark.parametrize("columns", [54, 72, 80])
def test_wrapped_paragraphs_without_empty_lines_part_where_a_line_is_not_full(columns: int) -> None:
    """As mail programs and some text editors write them."""
    texts = [_wrapped(text, columns) for text in TEXTS]
    # A last line that happens to be full cannot be told from a line within a paragraph.
    texts = [t if len(t.rsplit("\n", 1)[-1]) * 2 < columns - 8 else t[:-6] + "。" for t in texts]
    assert len(_paragraphs("\n".join(texts))) == len(texts)


@pytest.mark.parametrize("folio", ["12", "- 12 -", "第 12 页 共 30 页"])
def test_the_number_of_a_page_is_no_line_of_a_wrapped_text(folio: str) -> None:
    first, second = _wrapped(TEXTS[0], 56).split("\n"), _wrapped(TEXTS[1], 56)
    text = "\n".join([*first[:2], folio, *first[2:], second])
    assert [p.text for p in _paragraphs(text)][1] in (folio, folio.removeprefix("- "))


def _outline(block: BodyBlock) -> object:
    if isinstance(block, Quotation):
        return [_outline(part) for part in block.blocks]
    if isinstance(block, ListBlock):
        return (block.start, *([_outline(part) for part in item] for item in block.items))
    return block.inline.text if isinstance(block, Paragraph) else block


@each(
    ("text", "outline"),
    [
        ("- 甲\n    - 乙\n    - 丙\n- 丁", [(None, ["甲", (None, ["乙"], ["丙"])], ["丁"])]),
        ("1. 甲\n    - 乙\n    - 丙\n2. 丁", [(1, ["甲", (None, ["乙"], ["丙"])], ["丁"])]),
        ("1. 甲。\n说明。\n2. 乙\n3. 丙", [(1, ["甲。"]), "说明。", (2, ["乙"], ["丙"])]),
        ("   - 甲\n    - 乙\n    - 丙", [(None, ["甲"], ["乙"], ["丙"])]),
        ("   - 甲。\n    说明。\n        补充", [(None, ["甲。"]), "说明。", "补充"]),
        ("- 甲[^1]\n[^1]: 注。\n乙", [(None, ["甲"]), "乙"]),
        ("> 甲\n乙", [["甲"], "乙"]),
        ("> 甲\n>> 乙\n> 丙\n- 丁", [["甲", ["乙"], "丙"], (None, ["丁"])]),
        ("1. 甲\n　　（1）乙\n2. 丙", [(1, ["甲"]), "（1）乙", (2, ["丙"])]),
        ("1.   甲\n        （1）乙\n2.   丙", [(1, ["甲", "（1）乙"], ["丙"])]),
        (
            "1.  甲\n    - 乙\n        （1）丙\n2.  丁",
            [(1, ["甲", (None, ["乙", "（1）丙"])], ["丁"])],
        ),
    ],
)
def test_lists_go_on_behind_what_stands_in_them_or_ends_them(text: str, outline: object) -> None:
    """Ensures that no item is printed in the paragraph above it, and that none loses its level."""
    assert [_outline(block) for block in parse_body(text, OffsetMap())[0].blocks] == outline


@each("above", ["甲", "- 甲", "1. 甲\n   乙", "> 甲", "甲[^1]\n[^1]: 注", "1. 甲\n\n    乙"])
@each(
    "rows", ["|1|2|\n|-|-|\n|3|4|", "|1|2|\n|3|4|", "1\t2\n3\t4", "+--+--+\n|1|2|\n+--+--+\n|3|4|"]
)
def test_a_table_right_below_a_line_is_one(above: str, rows: str) -> None:
    """Ensures that lists and quotations do not take tables for more of their last lines."""
    *_, table = parse_body(f"{above}\n{rows}", OffsetMap())[0].blocks
    assert isinstance(table, Table)
    assert words_of(table.lines) == [["1", "2"], ["3", "4"]]


@each("above", ["甲", "- 甲", "> 甲"])
def test_a_picture_right_between_lines_stands_alone(above: str) -> None:
    """Ensures that a picture on a line of its own needs no empty lines."""
    body, found = parse_body(f"{above}\n![丙](a.png)\n后文", OffsetMap())
    assert [finding.kind.name for finding in found] == []
    assert [type(block) for block in body.blocks[-2:]] == [Figure, Paragraph]


def test_a_heading_behind_a_full_line_begins_a_paragraph() -> None:
    lines = _wrapped(TEXTS[0], 56).split("\n")
    ends = next(k for k, line in enumerate(lines[1:], 1) if line.endswith("。"))
    text = "\n".join([*lines[: ends + 1], "二、下一步打算", *lines])
    assert [p.text[:2] for p in _paragraphs(text)][1] == "二、"


def test_one_note_tells_of_all_line_ends_in_a_body() -> None:
    _, found = parse_body("第一段。\n第二段。\n第三段。\n\n第四段写，\n接着写。", OffsetMap())
    (note,) = found
    assert (note.kind.name, note.span and note.span.start) == ("lines-parted", 5)
    assert "2 处" in note.message()


def test_nothing_is_joined_in_silence() -> None:
    _, found = parse_body("高位推动\n流程再造\n\n县里成立专班，\n定期\n调度", OffsetMap())
    (note,) = found
    assert (note.kind.name, note.span and note.span.start) == ("lines-joined", 5)
    assert "2 处" in note.message()


@each("text", [
    "县里成立专班，\n定期调度。", "这就是“\n一窗通办”的由来。", "- 统一平台，\n  下一步推广",
    "甲乙\n，丙丁", "甲  \n乙", "甲\\\n乙",
])  # fmt: skip
@each("manner", Paragraphs)
def test_what_shows_that_it_goes_on_is_joined_without_a_word(text: str, manner: Paragraphs) -> None:
    assert parse_body(text, OffsetMap(), manner)[1] == []


@each("columns", [40, 56, 72, 100])
@each("text", TEXTS)
def test_a_wrapped_text_needs_no_note(text: str, columns: int) -> None:
    wrapped = _wrapped(text, columns)
    assert [d.kind.name for d in parse_body(wrapped, OffsetMap())[1]] == []


PAGE = """\
今年以来，县政务中心围绕群众反映集中的办事难题，逐|
项梳理流程，压减材料和环节，全县平均办理时间缩短到三个工|
日。“最多跑”“一窗办”“一网办”“跨省办”——这些事项|
都在其中，满意度居全市前列，有关做法已经在全市推广应用。
这样做有什么好处？
首先，办事的人少跑了路。据统计，上半年全县窗口接待人次同|
比下降四成，网上办件量翻了一番。基层同志也普遍反映，材料|
重复报送的情况少了，报表合并以后每月能省出两三天时间来。|
这些时间都用在了走访企业和群众上，解决了一批老大难问题。
为什么能够做到这一步？
根本在于数据通了。县里用一年时间打通了二十七个部门的系统，共享数据二十九类，群众不再反复提交同样的材料，部门之间
也不再来回要表
一、下一步打算"""
"""A page with an empty line behind each of its lines; those that go on end in a bar here."""


def test_a_page_with_an_empty_line_behind_each_of_its_lines() -> None:
    lines = PAGE.split("\n")
    torn = torn_lines("\n\n".join(line.rstrip("|") for line in lines))
    assert torn == tuple(2 * k for k in range(1, len(lines)) if lines[k - 1].endswith("|"))
    assert "BT516" not in {
        found.kind.code for found in parse_body("\n\n".join(lines), OffsetMap(), Paragraphs.LINE)[1]
    }


@each("indent", ["", "　　"])
@each("columns", [40, 56, 72])
@each("text", TEXTS)
def test_empty_lines_within_sentences_are_told_of(text: str, columns: int, indent: str) -> None:
    """As the text of a PDF has them; whether the blanks of a first line came along or not."""
    lines = _wrapped(indent + text, columns).strip().split("\n")
    torn = torn_lines("\n\n".join(lines))
    # Where a sentence ends with the line, only a full line goes on.
    kept = [2 * k for k in range(1, len(lines)) if lines[k - 1][-1] not in "。：；！？”"]
    assert set(torn) <= set(range(2, 2 * len(lines), 2))
    if len(kept) < 3:  # too few to tell that lines were wrapped
        assert not torn
        return
    assert set(kept) <= set(torn)
    (note,) = [d for d in parse_body("\n\n".join(lines), OffsetMap())[1] if d.fix]
    assert (note.kind.code, note.values) == ("BT516", (("count", len(torn)),))


@each("text", [
    "\n\n".join(TEXTS),
    "\n\n".join(_wrapped(text, 56) for text in TEXTS),
    ("关于做好全县森林防灭火工作的紧急通知\n\n关于调整县安委会组成人员名单的通知\n\n"
    "关于印发县政府工作规则修订稿的通知\n\n关于开展农村房屋隐患排查整治的通知"),
    ("王志强 青溪县人民政府党组书记、县长、县委副书记\n\n李明明 青溪县人民政府副县长、县公安局局长"
    "\n\n陈晓东 青溪县人民政府党组成员、办公室党组书记\n\n以上同志参加会议。"),
    ("坚持党建引领，健全网格化治理体系，提升服务群众能力水平\n\n"
    "坚持问题导向，建立全流程办理机制，推动难点堵点逐项销号\n\n"
    "加强组织领导，落实责任，抓好督查\n\n加大投入，用好资金\n\n深入宣传，营造氛围\n\n完"),
], ids=["paragraphs", "wrapped", "titles", "names", "aims"])  # fmt: skip
def test_empty_lines_between_paragraphs_are_no_tears(text: str) -> None:
    assert torn_lines(text) == ()


def test_an_editor_may_ask_for_empty_lines_alone_or_for_every_line() -> None:
    text = "第一段。\n第二段还没完，\n第三段。"
    assert [len(_paragraphs(text, manner)) for manner in Paragraphs] == [2, 1, 3]


@pytest.mark.parametrize("bar", ["", ">\n    "])
def test_yaml_folds_no_lines_of_a_body(bar: str) -> None:
    """YAML would join the lines of a value without a bar, with a space between Han."""
    head = "brieftex: 1\nmasthead: {name: 试排}\nforeword:\n  body: "
    text = f"{head}{bar}第一段。\n    第二段，\n    接着写。\n"
    source = Source("issue.yaml", text)
    issue, _ = read(parse(source), source, Path())
    assert issue.foreword is not None
    texts = [b.inline.text for b in issue.foreword.body.blocks if isinstance(b, Paragraph)]
    assert texts == ["第一段。", "第二段，接着写。"]


def test_a_field_of_the_file_says_what_parts_paragraphs() -> None:
    """Wherever it stands, also behind the bodies that it is about."""
    text = (
        "版本: 1\n报头: {刊名: 试排}\n卷首语:\n  正文: |\n    第一段。\n    第二段。\n分段: 空行\n"
    )
    source = Source("issue.yaml", text)
    issue, found = read(parse(source), source, Path())
    assert issue.foreword is not None
    assert len(issue.foreword.body.blocks) == 1
    assert found == []
