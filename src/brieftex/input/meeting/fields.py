"""Every field of a meeting file, once, as ``input.issue.fields`` has those of an issue."""

from __future__ import annotations

from functools import cache

from brieftex.input.fields import Field, Record, RecordOf, RecordsOf
from brieftex.input.fields.forms import holders
from brieftex.input.issue.pdf_pages import PAGE_FIT, PDF_PAGES
from brieftex.input.issue.values import DATE, FILE_PATH, NAMES, TEXT, TITLE, VERSION

MEETING_PAPER = Record("paper", "材料", (
    Field("issue", ("简报", "文件"), FILE_PATH, "brieftex 的简报文件，原样收入", "材料/报告.yaml"),
    Field("pdf", ("PDF",), FILE_PATH, "别的程序做的 PDF，放在会议文件的文件夹里", "材料/报告.pdf"),
    Field("title", ("标题", "题目"), TITLE,
          "题目，印在议程和书签里；PDF 不写时用文件名，简报不写时用它自己的标题", "关于预算的报告",
          titled="paper"),
    Field("pages", ("页码", "页"), PDF_PAGES, "收 PDF 的哪些页；不写是全部", "1-6"),
    Field("fit", ("版面",), PAGE_FIT,
          "PDF 的页：inside 缩进版心里，印书眉和题目；whole 占满整页，原来多大就多大", "whole"),
), either=("issue", "pdf"))  # fmt: skip

AGENDA_ITEM = Record("agenda_item", "议程", (
    Field("title", ("标题", "议题", "内容"), TITLE, "议题，序号由程序编排",
          "审议年度预算", required=True, titled="agenda_item"),
    Field("time", ("时间",), TEXT, "时间", "9:00—9:20"),
    Field("presenters", ("汇报人", "发言人", "汇报", "发言"), NAMES, "谁汇报或发言", "[财务处]"),
    Field("papers", ("材料",), RecordsOf(MEETING_PAPER), "这一项的材料，各从右页起",
          "[{issue: 材料/报告.yaml}]"),
))  # fmt: skip

MEETING_HEAD = Record("meeting", "会议", (
    Field("name", ("名称", "会议名称"), TITLE, "会议名称，印在封面上",
          "青溪县人民政府第12次常务会议", required=True),
    Field("organizer", ("主办单位", "单位"), TEXT, "主办单位，印在封面下方", "县政府办公室"),
    Field("date", ("日期",), DATE, "会议日期", "2026-05-18"),
    Field("time", ("时间",), TEXT, "会议时间", "上午9时"),
    Field("place", ("地点",), TEXT, "会议地点", "县政府三楼会议室"),
    Field("host", ("主持", "主持人"), TEXT, "主持人", "王志强"),
    Field("remark", ("提示", "说明"), TEXT, "封面上的一行提示", "会后请将材料留在座位上"),
))  # fmt: skip

MEETING = Record("meeting_file", "会议文件", (
    Field("brieftex", ("格式版本", "版本"), VERSION, "格式版本，现为 1", "1"),
    Field("theme", ("主题", "样式"), FILE_PATH, "封面、议程、外来页所用的主题", "briefing"),
    Field("meeting", ("会议",), RecordOf(MEETING_HEAD), "会议：名称、时间、地点",
          "{name: 青溪县人民政府第12次常务会议}", required=True),
    Field("agenda", ("议程",), RecordsOf(AGENDA_ITEM), "议程和各项的材料",
          "[{title: 审议年度预算, papers: [{issue: 材料/报告.yaml}]}]", required=True),
))  # fmt: skip


@cache
def meeting_homes() -> tuple[tuple[Field | None, Record], ...]:
    """Every record, with the field that holds it: None for the file itself."""
    return holders(MEETING)


@cache
def meeting_words() -> frozenset[str]:
    """Every key and name of a field that a meeting file may hold."""
    return frozenset(w for _, record in meeting_homes() for f in record.fields for w in f.words)
