"""The blocks of a body that is written as a list: the fields of each."""

from __future__ import annotations

from brieftex.input.fields import Field, Record, RecordOf, RecordsOf
from brieftex.input.issue.charts import AMOUNTS, KIND
from brieftex.input.issue.tables import ALIGNS, HEADER, ROWS, WIDTHS
from brieftex.input.issue.values import (
    FILE_PATH,
    LINE_BY_LINE,
    LINES,
    MARKDOWN,
    NAMES,
    ORIENTATION,
    PROSE,
    SIDE,
    TEXT,
    TRUE,
    YES_OR_NO,
)

_ORIENTATION = Field(
    "orientation", ("版面方向", "方向"), ORIENTATION,
    "landscape 横排：转过来占一整页，表头在左（GB/T 9704-2012 第 8 章）", "landscape",
)  # fmt: skip

TEXT_BLOCK = Record("textBlock", "文字", (
    Field("text", ("文字", "正文"), PROSE, "Markdown 文本", "今年以来……", required=True),
))  # fmt: skip

SPEECH = Record("speech", "发言", (
    Field("speaker", ("发言人",), MARKDOWN, "发言人", "李明", required=True),
    Field("role", ("职务",), MARKDOWN, "职务", "某某大学校长"),
    Field("text", ("文字", "正文"), PROSE, "发言，Markdown 文本", "高校要……", required=True),
))  # fmt: skip

BESIDE = Record("besideFigure", "并排的图", (
    Field("figure", ("插图", "图"), FILE_PATH, "图片的相对路径", "images/b.png", required=True),
    Field("alt", ("替代文字",), TEXT, "一句话说出图里有什么", "会场一角", required=True),
))  # fmt: skip

FIGURE = Record("figure", "插图", (
    Field("figure", ("插图", "图"), FILE_PATH,
          "图片的相对路径，PNG、JPEG、SVG、WebP、GIF、BMP 或 TIFF", "images/chart.png",
          required=True),
    Field("caption", ("图注", "图题"), MARKDOWN, "图题", "学生人数变化", titled="figure"),
    Field("alt", ("替代文字",), TEXT, "一句话说出图里有什么，给看不见图的人听",
          "柱形图：学生人数逐年上升", required=True),
    Field("beside", ("并排",), RecordsOf(BESIDE),
          "排在右边的一张或两张图，与这一张同高，共用一个图题",
          "[{figure: images/b.png, alt: 会场一角}]"),
    _ORIENTATION,
))  # fmt: skip

SERIES = Record("series", "系列", (
    Field("name", ("名称", "系列名"), TEXT, "系列的名称，印在图例里", "本科生", required=True),
    Field("values", ("数值", "数据"), AMOUNTS, "各类别的数值，依类别的次序；不详的写 ''",
          "[3.2, 3.4, 3.9]", required=True),
))  # fmt: skip

CHART = Record("chart", "图表", (
    Field("chart", ("图表",), KIND,
          "种类：bar 柱形图、hbar 条形图（横放）、line 折线图、pie 饼图", "bar", required=True),
    Field("categories", ("类别", "分类"), NAMES, "各类别的名称：年份、单位、项目……",
          "[2023年, 2024年, 2025年]", required=True),
    Field("series", ("系列",), RecordsOf(SERIES), "几组数值，各有名称",
          "[{name: 本科生, values: [3.2, 3.4, 3.9]}]"),
    Field("values", ("数值", "数据"), AMOUNTS,
          "数值，依类别的次序，可以写 3.2万、1,200、35%；只有一组数值时用它，不用 series",
          "[3.2, 3.4, 3.9]"),
    Field("unit", ("单位",), TEXT, "数值的单位，印作“单位：万人”", "万人", before="单位"),
    Field("stacked", ("堆叠",), YES_OR_NO, "柱形图的各系列是否叠在一起", "true"),
    Field("caption", ("图注", "图题"), MARKDOWN, "图题", "在校学生人数", titled="figure"),
    Field("alt", ("替代文字",), TEXT, "给看不见图的人听的一句话；不写时由数值生成",
          "柱形图：在校学生人数逐年上升"),
    _ORIENTATION,
))  # fmt: skip

TABLE_CONTENT = Record("tableContent", "表格", (
    Field("caption", ("表题",), MARKDOWN, "表题", "各院系人数", titled="table"),
    Field("unit", ("单位",), TEXT, "全表的单位，印作“单位：万元”，在表的右上方", "万元",
          before="单位"),
    Field("header", ("表头",), HEADER, "表头各格；表头有几行时，写成各行的列表", "[院系, 人数]"),
    Field("rows", ("行",), ROWS,
          "各行，每行与表头的格数相同；`<` 并入左边的格，`^` 并入上边的格，"
          "或者把一格写成 `{文字: 合计, 跨列: 2}`；也可以写 `|`，下面粘贴 Excel、WPS 的单元格，"
          "没有另写表头的，第一行作表头",
          "[[文学院, 320], [理学院, 410]]", required=True),
    Field("align", ("对齐",), ALIGNS, "各列对齐：left、center、right 或 auto", "[left, right]"),
    Field("widths", ("列宽",), WIDTHS, "各列的宽；不写就由内容决定", "[4字, 自动, 20mm]"),
    Field("grid", ("格线",), TRUE, "画全部格线，不用三线表", "true"),
    Field("notes", ("注",), LINES, "表下的注，一条或几条，每条一行 Markdown", "不含在职研究生",
          before="注释?|备注|表注"),
    Field("sources", ("资料来源",), LINES, "资料来源，一条或几条，每条一行 Markdown", "县统计局",
          before="(?:资料|数据)?来源"),
    _ORIENTATION,
))  # fmt: skip

TABLE = Record("table", "表格", (
    Field("table", ("表格", "表"), RecordOf(TABLE_CONTENT), "表格",
          "{header: [院系, 人数], rows: [[文学院, 320]]}", required=True),
))  # fmt: skip

QUOTE = Record("quote", "引文", (
    Field("quote", ("引文",), PROSE, "引文，Markdown 文本", "教育兴则国家兴", required=True),
))  # fmt: skip

PANEL = Record("box", "提要框", (
    Field("box", ("提要框", "方框"), PROSE, "框里的文字，Markdown 文本；加框还是加底色由主题决定",
          "要点有三……", required=True),
    Field("title", ("标题",), MARKDOWN, "框里的标题", "要点"),
))  # fmt: skip

VERSE = Record("verse", "分行文字", (
    Field("lines", ("分行", "逐行"), LINE_BY_LINE,
          "一行一行照样排的文字：诗、地址、书信的落款；空一行分节", "|", required=True),
    Field("align", ("对齐",), SIDE, "各行的对齐，不写就靠左", "right"),
))  # fmt: skip

NAME_LIST = Record("names", "名单", (
    Field("names", ("名单", "姓名"), NAMES, "姓名，分栏排，两个字的与三个字的对齐",
          "[王明, 李小红, 欧阳明月]", required=True),
))  # fmt: skip

PAGE_BREAK = Record("pageBreak", "另起一页", (
    Field("page_break", ("另起一页", "分页"), TRUE, "在这里另起一页", "true", required=True),
))  # fmt: skip

BLOCKS = (
    SPEECH, FIGURE, CHART, TABLE, QUOTE, PANEL, VERSE, NAME_LIST, PAGE_BREAK, TEXT_BLOCK,
)  # fmt: skip
"""The first one that owns a key of a mapping, by its own first field, says what it is."""
