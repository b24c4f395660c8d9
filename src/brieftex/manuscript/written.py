"""What must be printed, as values; and the keys that it is written under.

The keys are listed here once more (a test holds them against those of ``input``), so that a field
cannot be forgotten in both readings at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from brieftex.manuscript.tokens import Token

WRITTEN_KEYS = {
    "issue": """brieftex=格式版本,版本 theme=主题,样式 state=状态 approved_by=定稿人
        approved_on=定稿日期
        approved_text=定稿印记 masthead=报头 title=标题,专题
        summary=提要,摘要 salutation=主送机关,称谓 body=正文 contributors=供稿,供稿单位
        sources=来源 contents=目录 foreword=卷首语,编者按,按语 sections=栏目 signature=落款
        attendance=与会人员,参会人员 attachments=附件
        colophon=版记,报尾 line_breaking=换行方式 paragraphs=分段 fit=页数要求,页数限制
        keep=不断开 allow=允许""",
    "masthead": """name=刊名,名称 suffix=刊名后缀,标志后缀 above=刊名上行,会议全称
        name_picture=刊名图,刊名图片 number_words=期号文字,期次 supplement=增刊,增刊号
        number=期号,期数 total=总期号,总期数 issuer=编发单位,主办单位
        date=日期,编发日期 classification=密级 retention=保密期限 urgency=紧急程度
        copy_number=份号,编号 document_number=发文字号,文号 signers=签发人""",
    "foreword": "title=标题 salutation=称谓,主送机关 body=正文",
    "section": "title=标题,栏目名 editor_note=编者按,按语 body=正文 items=条目,文章",
    "item": """title=标题 summary=提要,摘要 editor_note=编者按,按语 body=正文
        contributors=供稿,供稿单位 sources=来源""",
    "source": "name=名称,媒体 title=标题,原题 url=网址,链接 date=日期 accessed=查阅日期",
    "attachment": """title=标题 body=正文 pdf=PDF pages=页码,页 fit=版面
        odd_page=奇数页,单数页""",
    "signature": """names=署名,发文机关 office=职务,签发人职务 seals=印章,签名章
        date=日期,成文日期 remark=附注""",
    "attendance": "present=出席 excused=请假 observers=列席",
    "colophon": """prepared_by=编写,编辑 reviewed_by=审核 approved_by=签发 report_to=报 send_to=送
        distribute_to=发 copy_to=抄送 printed_by=印发机关 printed_on=印发日期 copies=份数,印数
        even_page=偶数页,双数页""",
    "speech": "speaker=发言人 role=职务 text=文字,正文",
    "figure": """figure=插图,图 caption=图注,图题 alt=替代文字
        beside=并排 orientation=版面方向,方向""",
    "besideFigure": "figure=插图,图 alt=替代文字",
    "chart": """chart=图表 categories=类别,分类 series=系列 values=数值,数据 unit=单位 stacked=堆叠
        caption=图注,图题 alt=替代文字 orientation=版面方向,方向""",
    "series": "name=名称,系列名 values=数值,数据",
    "table": "table=表格,表",
    "tableContent": """caption=表题 unit=单位 header=表头 rows=行 align=对齐 widths=列宽
        grid=格线 notes=注 sources=资料来源 orientation=版面方向,方向""",
    "cell": "text=文字,内容 colspan=跨列,占列 rowspan=跨行,占行 align=对齐",
    "quote": "quote=引文",
    "box": "box=提要框,方框 title=标题",
    "verse": "lines=分行,逐行 align=对齐",
    "names": "names=名单,姓名",
    "pageBreak": "page_break=另起一页,分页",
    "textBlock": "text=文字,正文",
}
"""The keys of each record, with their Chinese names."""


OF_HEADING = ("标题", "heading")
OF_TEXT = ("正文", "text")
OF_CELL = ("表格", "table")
OF_NOTE = ("脚注", "footnote")
OF_CAPTION = ("图题", "caption")
OF_FIELD = ("内容", "value")
OF_FIGURE = ("插图", "figure")
OF_ALT = ("替代文字", "description")
OF_CATEGORY = ("图表的文字", "words of a chart")
OF_AMOUNT = ("图表的数值", "number of a chart")


class YamlText(Struct, frozen=True):
    """A scalar of the file: its text, with line ends as in the file, and where it stands."""

    text: str
    start: int
    end: int
    literal: bool


class WrittenText(Struct, frozen=True):
    """Tokens that stand together, and the value that they are from. ``what`` is what they
    are, in both languages."""

    tokens: Sequence[Token]
    value: YamlText
    path: str
    what: tuple[str, str]


class WrittenChart(Struct, frozen=True):
    """The words of a chart, and the numbers that its description must have."""

    categories: Sequence[WrittenText]
    names: Sequence[WrittenText]
    amounts: Sequence[WrittenText]
    unit: WrittenText | None
    pie: bool


class WrittenFigure(Struct, frozen=True):
    """A figure or chart; a chart without ``alt`` is described by its numbers. ``raw`` is what is
    printed in the running text if Markdown finds no figure there."""

    alt: WrittenText | None
    caption: WrittenText | None
    chart: WrittenChart | None
    value: YamlText
    path: str
    raw: WrittenText | None = None

    @property
    def is_vague(self) -> bool:
        """Whether its description is nothing but marks, and may be that of any figure."""
        return self.alt is not None and all("" in token.texts for token in self.alt.tokens)


class Printing(Struct, frozen=True):
    """What a theme prints beside and around the fields: its ``labels``, the ``sources`` by lines
    with their parts in braces, the parts of the masthead that it has, and whether issuer and date
    stand in the signature instead."""

    labels: Mapping[str, str]
    sources: Sequence[str]
    masthead: Sequence[str]
    signed: bool


class Manuscript(Struct):
    """What must be printed: ``stream`` in this order; ``fields`` around it, so often; ``titles``
    in the contents, if there are any; ``notes`` and ``figures``."""

    stream: list[WrittenText] = field(default_factory=list)
    fields: list[WrittenText] = field(default_factory=list)
    titles: list[WrittenText] = field(default_factory=list)
    notes: list[WrittenText] = field(default_factory=list)
    figures: list[WrittenFigure] = field(default_factory=list)
