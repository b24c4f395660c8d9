"""Every field of an issue file, once: its names, what it holds and what it is for.

Reading (``read``) and the JSON Schema (``schema``) are both made from these tables, so that
an editor's completion and the program can never disagree.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from functools import cache


class Form(Enum):
    """What a value looks like in the file."""

    VERSION = auto()
    TEXT = auto()
    TITLE = auto()  # text in which a line break is the editor's
    MARKDOWN = auto()  # one line
    INTEGER = auto()
    DATE = auto()
    URL = auto()
    PATH = auto()
    CONTENTS = auto()
    BREAKING = auto()
    NAMES = auto()
    TEXTS = auto()
    CODES = auto()
    BODY = auto()
    PROSE = auto()  # a body that is Markdown, never a list of blocks
    FIT = auto()  # a record of which one field is given
    RECORD = auto()
    RECORDS = auto()
    CELLS = auto()
    ROWS = auto()
    ALIGNS = auto()
    TRUE = auto()
    FLAG = auto()
    CHART = auto()
    AMOUNTS = auto()


@dataclass(frozen=True, slots=True)
class Field:
    """One key. ``names`` are its Chinese names, all accepted; the first is shown.

    ``example`` is YAML as an editor would type it. ``titled`` says whose title this is, or
    whose sub-headings are in this body, when they lose a number typed by hand.
    """

    key: str
    names: tuple[str, ...]
    form: Form
    about: str
    example: str
    required: bool = False
    record: Record | None = None
    titled: str = ""

    @property
    def label(self) -> str:
        """The Chinese name in messages."""
        return self.names[0]


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping: its name in the schema, in messages, and its fields."""

    name: str
    label: str
    fields: tuple[Field, ...]

    def find(self, key: str) -> Field | None:
        """The field of that key or Chinese name, or None."""
        for field in self.fields:
            if key == field.key or key in field.names:
                return field
        return None


SOURCE = Record("source", "来源", (
    Field("name", ("名称", "媒体"), Form.TEXT, "媒体或网站的名称", "人民网", required=True),
    Field("title", ("标题", "原题"), Form.TEXT, "原文标题", "高校改革新进展"),
    Field("url", ("网址", "链接"), Form.URL, "网址，以 http、https 或 mailto 开头",
          "http://edu.people.com.cn/n1/2023/1228/c1006.html"),
    Field("date", ("日期",), Form.DATE, "发布日期", "2023-12-28"),
    Field("accessed", ("查阅日期",), Form.DATE, "查阅日期", "2024-01-05"),
))  # fmt: skip

ITEM = Record("item", "条目", (
    Field("title", ("标题",), Form.TITLE, "条目标题，序号由程序编排",
          "某某大学成立人工智能学院", required=True, titled="item"),
    Field("editor_note", ("编者按", "按语"), Form.PROSE, "编者按，印在正文之前",
          "三校做法不同，结果相近，一并刊出。"),
    Field("body", ("正文",), Form.BODY, "正文：Markdown 文本，或由若干块组成的列表", "|",
          titled="item"),
    Field("sources", ("来源",), Form.RECORDS, "消息来源",
          "[{name: 人民网, date: 2023-12-28}]", record=SOURCE),
))  # fmt: skip

SECTION = Record("section", "栏目", (
    Field("title", ("标题", "栏目名"), Form.TITLE, "栏目名称，序号由程序编排",
          "高校动态", required=True, titled="section"),
    Field("editor_note", ("编者按", "按语"), Form.PROSE, "编者按，印在各条之前",
          "本栏四篇出自同一次座谈会。"),
    Field("items", ("条目", "文章"), Form.RECORDS, "栏目里的各条",
          "[{title: 某某大学成立人工智能学院, body: 正文}]", required=True, record=ITEM),
))  # fmt: skip

FOREWORD = Record("foreword", "卷首语", (
    Field("title", ("标题",), Form.TITLE, "卷首语的标题，可省略", "编者按"),
    Field("salutation", ("称谓", "主送机关"), Form.TEXT, "称谓或主送机关，顶格排", "校领导："),
    Field("body", ("正文",), Form.BODY, "正文，其中的小标题不编号", "|", required=True),
))  # fmt: skip

ATTACHMENT = Record("attachment", "附件", (
    Field("title", ("标题",), Form.TITLE, "附件标题，序号由程序编排",
          "调研提纲", required=True, titled="attachment"),
    Field("body", ("正文",), Form.BODY, "附件正文", "|", required=True,
          titled="attachment"),
))  # fmt: skip

MASTHEAD = Record("masthead", "报头", (
    Field("name", ("刊名", "名称"), Form.TITLE, "刊名", "资政参考", required=True),
    Field("number", ("期号", "期数"), Form.INTEGER, "期号，印作“第3期”", "3"),
    Field("total", ("总期号", "总期数"), Form.INTEGER, "总期号，印作“总第27期”", "27"),
    Field("issuer", ("编发单位", "主办单位"), Form.TEXT, "编发单位", "党委政策研究室"),
    Field("date", ("日期", "编发日期"), Form.DATE, "编发日期", "2024-03-20"),
    Field("classification", ("密级",), Form.TEXT, "密级和保密提示", "内部资料　注意保存"),
    Field("retention", ("保密期限",), Form.TEXT, "保密期限，印作“机密★1年”", "1年"),
    Field("urgency", ("紧急程度",), Form.TEXT, "紧急程度", "特急"),
    Field("copy_number", ("份号", "编号"), Form.INTEGER, "这一份的顺序号，印作六位数字", "12"),
    Field("document_number", ("发文字号", "文号"), Form.TEXT, "发文字号，与期号同一行",
          "甲大研〔2024〕5号"),
    Field("signers", ("签发人",), Form.NAMES, "上行文的签发人，与发文字号同一行，居右", "[李明]"),
))  # fmt: skip

SIGNATURE = Record("signature", "落款", (
    Field("names", ("署名", "发文机关"), Form.NAMES, "署名；联合行文时每个机关一行",
          "[党委政策研究室]"),
    Field("date", ("日期", "成文日期"), Form.DATE, "成文日期", "2024-03-20"),
    Field("remark", ("附注",), Form.TEXT, "附注，加圆括号印在成文日期之下", "联系人：李明"),
))  # fmt: skip

COLOPHON = Record("colophon", "版记", (
    Field("prepared_by", ("编写", "编辑"), Form.NAMES, "编写人", "[甲]"),
    Field("reviewed_by", ("审核",), Form.NAMES, "审核人", "[乙]"),
    Field("approved_by", ("签发",), Form.NAMES, "签发人", "[丙]"),
    Field("report_to", ("报",), Form.NAMES, "报：上级", "[校领导]"),
    Field("send_to", ("送",), Form.NAMES, "送：平级", "[各学院]"),
    Field("distribute_to", ("发",), Form.NAMES, "发：下级", "[各系]"),
    Field("copy_to", ("抄送",), Form.NAMES, "抄送机关", "[各处室]"),
    Field("printed_by", ("印发机关",), Form.TEXT, "印发机关", "党委办公室"),
    Field("printed_on", ("印发日期",), Form.DATE, "印发日期", "2024-03-21"),
    Field("copies", ("份数", "印数"), Form.INTEGER, "印发份数，印作“共印60份”", "60"),
    Field("even_page", ("双数页",), Form.TRUE, "版记总排在双数页（封底）", "true"),
))  # fmt: skip

FIT = Record("fit", "页数要求", (
    Field("pages", ("页数",), Form.INTEGER, "正好排成这么多页", "16"),
    Field("max_pages", ("最多页数",), Form.INTEGER, "最多排成这么多页", "8"),
    Field("multiple_of", ("页数倍数",), Form.INTEGER, "页数是它的倍数，骑马订用 4", "4"),
))  # fmt: skip

ISSUE = Record("issue", "文件", (
    Field("brieftex", ("版本",), Form.VERSION, "格式版本，现为 1", "1"),
    Field("theme", ("样式", "主题"), Form.PATH, "主题：briefing 简报、official 公文、"
          "reference 内参、large-print 大字，或主题文件的路径",
          "briefing"),
    Field("masthead", ("报头",), Form.RECORD, "报头：刊名、期号、编发单位、日期",
          "{name: 资政参考, number: 3}", required=True, record=MASTHEAD),
    Field("title", ("标题", "专题"), Form.TITLE, "本期专题名，可省略", "教育强国专题"),
    Field("contents", ("目录",), Form.CONTENTS,
          "是否印目录；auto 表示三个栏目以上或八页以上才印", "auto"),
    Field("foreword", ("卷首语", "编者按", "按语"), Form.RECORD, "卷首语或编者按",
          "{salutation: 校领导：, body: 正文}", record=FOREWORD),
    Field("sections", ("栏目",), Form.RECORDS, "各栏目",
          "[{title: 高校动态, items: [{title: 某某大学}]}]", record=SECTION),
    Field("signature", ("落款",), Form.RECORD, "正文之后的署名、成文日期和附注",
          "{names: [党委政策研究室], date: 2024-03-20}", record=SIGNATURE),
    Field("attachments", ("附件",), Form.RECORDS, "附件，各自另起一页",
          "[{title: 调研提纲, body: 正文}]", record=ATTACHMENT),
    Field("colophon", ("版记", "报尾"), Form.RECORD, "版记：编写、审核、签发、报送发、份数",
          "{prepared_by: [甲], copies: 60}", record=COLOPHON),
    Field("line_breaking", ("换行方式",), Form.BREAKING,
          "换行方式：total 整段择优，first 逐行，word 与 Word 相同，用来保持旧刊的行；默认从样式",
          "word"),
    Field("fit", ("页数要求", "页数限制"), Form.FIT,
          "页数要求：在样式允许的限度内改变行距、标题前后的空、版心来达到，三项中写一项",
          "{max_pages: 8}", record=FIT),
    Field("keep", ("不断开",), Form.TEXTS, "不可在中间换行的词语", "[人工智能学院]"),
    Field("allow", ("允许",), Form.CODES, "本期不再提示的检查代码", "[BT412]"),
))  # fmt: skip

TEXT_BLOCK = Record("textBlock", "文字", (
    Field("text", ("文字", "正文"), Form.PROSE, "Markdown 文本", "今年以来……", required=True),
))  # fmt: skip

SPEECH = Record("speech", "发言", (
    Field("speaker", ("发言人",), Form.MARKDOWN, "发言人", "李明", required=True),
    Field("role", ("职务",), Form.MARKDOWN, "职务", "某某大学校长"),
    Field("text", ("文字", "正文"), Form.PROSE, "发言，Markdown 文本", "高校要……", required=True),
))  # fmt: skip

FIGURE = Record("figure", "插图", (
    Field("figure", ("插图", "图"), Form.PATH, "图片的相对路径，PNG、JPEG 或 SVG",
          "images/chart.png", required=True),
    Field("caption", ("图注", "图题"), Form.MARKDOWN, "图题", "学生人数变化"),
    Field("alt", ("替代文字",), Form.TEXT, "一句话说出图里有什么，给看不见图的人听",
          "柱形图：学生人数逐年上升", required=True),
))  # fmt: skip

SERIES = Record("series", "系列", (
    Field("name", ("名称", "系列名"), Form.TEXT, "系列的名称，印在图例里", "本科生", required=True),
    Field("values", ("数值", "数据"), Form.AMOUNTS, "各类别的数值，依类别的次序；不详的写 ''",
          "[3.2, 3.4, 3.9]", required=True),
))  # fmt: skip

CHART = Record("chart", "图表", (
    Field("chart", ("图表",), Form.CHART,
          "种类：bar 柱形图、hbar 条形图（横放）、line 折线图、pie 饼图", "bar", required=True),
    Field("categories", ("类别", "分类"), Form.NAMES, "各类别的名称：年份、单位、项目……",
          "[2023年, 2024年, 2025年]", required=True),
    Field("series", ("系列",), Form.RECORDS, "几组数值，各有名称",
          "[{name: 本科生, values: [3.2, 3.4, 3.9]}]", record=SERIES),
    Field("values", ("数值", "数据"), Form.AMOUNTS,
          "数值，依类别的次序，可以写 3.2万、1,200、35%；只有一组数值时用它，不用 series",
          "[3.2, 3.4, 3.9]"),
    Field("unit", ("单位",), Form.TEXT, "数值的单位，印作“单位：万人”", "万人"),
    Field("stacked", ("堆叠",), Form.FLAG, "柱形图的各系列是否叠在一起", "true"),
    Field("caption", ("图注", "图题"), Form.MARKDOWN, "图题", "在校学生人数"),
    Field("alt", ("替代文字",), Form.TEXT, "给看不见图的人听的一句话；不写时由数值生成",
          "柱形图：在校学生人数逐年上升"),
))  # fmt: skip

TABLE_CONTENT = Record("tableContent", "表格", (
    Field("caption", ("表题",), Form.MARKDOWN, "表题", "各院系人数"),
    Field("header", ("表头",), Form.CELLS, "表头各格", "[院系, 人数]"),
    Field("rows", ("行",), Form.ROWS, "各行，每行与表头的格数相同",
          "[[文学院, 320], [理学院, 410]]", required=True),
    Field("align", ("对齐",), Form.ALIGNS, "各列对齐：left、center 或 right", "[left, right]"),
    Field("grid", ("格线",), Form.TRUE, "画全部格线，不用三线表", "true"),
))  # fmt: skip

TABLE = Record("table", "表格", (
    Field("table", ("表格", "表"), Form.RECORD, "表格",
          "{header: [院系, 人数], rows: [[文学院, 320]]}", required=True, record=TABLE_CONTENT),
))  # fmt: skip

QUOTE = Record("quote", "引文", (
    Field("quote", ("引文",), Form.PROSE, "引文，Markdown 文本", "教育兴则国家兴", required=True),
))  # fmt: skip

PAGE_BREAK = Record("pageBreak", "另起一页", (
    Field("page_break", ("另起一页", "分页"), Form.TRUE, "在这里另起一页", "true", required=True),
))  # fmt: skip

BLOCKS = (SPEECH, FIGURE, CHART, TABLE, QUOTE, PAGE_BREAK, TEXT_BLOCK)
"""The blocks of a body written as a list; the first one that owns a key of a mapping, by its
own first field, says what the mapping is."""

BREAKING_WORDS = {"total": "total", "first": "first", "word": "word",
                  "整段": "total", "逐行": "first"}  # fmt: skip
"""What may stand for ``line_breaking``."""

CONTENTS_WORDS = {
    "true": True, "yes": True, "on": True, "是": True, "要": True,
    "false": False, "no": False, "off": False, "否": False, "不要": False,
    "auto": None, "自动": None,
}  # fmt: skip
"""What may stand for ``contents``."""

ALIGN_WORDS = {
    "left": "left", "center": "center", "right": "right",
    "左": "left", "中": "center", "右": "right",
    "居左": "left", "居中": "center", "居右": "right",
}  # fmt: skip
"""What may stand for a column's alignment."""

FLAG_WORDS = {word: value for word, value in CONTENTS_WORDS.items() if value is not None}
"""What may stand for ``stacked``."""

CHART_WORDS = {
    "bar": "bar", "hbar": "hbar", "line": "line", "pie": "pie",
    "柱形图": "bar", "柱状图": "bar", "条形图": "hbar", "折线图": "line", "饼图": "pie",
}  # fmt: skip
"""What may stand for ``chart``."""

TRUE_WORDS = frozenset({"true", "yes", "on", "是"})
"""What may stand for ``page_break``."""

NUMBER_LIMIT = 999_999
"""Largest issue number, running total and number of copies."""


@cache
def holders() -> tuple[tuple[Field | None, Record], ...]:
    """Every record, with the field that holds it: None for the file itself."""
    body = next(field for field in ITEM.fields if field.form is Form.BODY)
    found: list[tuple[Field | None, Record]] = [(None, ISSUE)]
    found += [(body, record) for record in BLOCKS]
    for _, record in found:
        found += [
            (field, field.record)
            for field in record.fields
            if field.record is not None and all(field.record is not r for _, r in found)
        ]
    return tuple(found)


@cache
def words() -> frozenset[str]:
    """Every key and name of a field that an issue file may hold."""
    return frozenset(
        word for _, record in holders() for field in record.fields
        for word in (field.key, *field.names)
    )  # fmt: skip
