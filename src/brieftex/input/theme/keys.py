"""What may stand in a theme file.

``THEME`` is the whole file as a record: each group of keys is one, too. The keys are the names
of the fields they fill in ``model.theme`` and ``document.styles``. What each is for stands in
the comments of ``themes/briefing.yaml`` (``reference``), but for those of a style.
"""

from __future__ import annotations

from brieftex.document.styles import PageBreaking, Sides
from brieftex.input.fields import Field, Form, ListOf, NamedOf, Record, RecordOf
from brieftex.input.theme.values import (
    ALIGN,
    ANY_TEXT,
    COLOR,
    FLAG,
    LOOK,
    NUMBER_WORDS,
    ROLE,
    WORDS,
    choice,
    count,
    length,
    share,
    words_with,
)
from brieftex.model.theme import ForewordStart
from brieftex.styled.styles import Kinsoku, LineBreaking, Punctuation


def _record(name: str, **forms: Form) -> Record:
    """Keys all of which a theme has in the end."""
    return Record(
        name, name, tuple(Field(key, (), form, "", required=True) for key, form in forms.items())
    )


def _group(name: str, **forms: Form) -> RecordOf:
    return RecordOf(_record(name, **forms))


_DATE = words_with("year", "month", "day", "month:02", "day:02")
_HEAD = words_with("name", "issue", "title", "issuer", "section")
_FOLIO = words_with("page", "pages")

# Bounds leave room for every page that an office prints, and none for a slip of the keyboard.
_SIDE = length("50mm", "1200mm")  # of the paper
_AREA = length("10mm", "1200mm")
_PLACE = length("0", "1200mm")  # from an edge of the paper
_WHITE = length("0", "500mm")
_GAP = length("0", "100mm")
_RULE = length("0", "20mm")
_MANY = count(0, 999)

STYLE = Record("style", "样式", (
    Field("like", (), ANY_TEXT, "先照这个样式，再改下面写到的"),
    Field("font", (), ROLE, "字体角色"),
    Field("size", (), length("2pt", "500pt"), "字号"),
    Field("bold", (), FLAG, "加粗"),
    Field("color", (), COLOR, "颜色"),
    Field("rise", (), length("-200pt", "200pt"), "文字抬高多少"),
    Field("leading", (), length("1pt", "1000pt"), "行距"),
    Field("align", (), ALIGN, "justify 两端齐、left 居左、center 居中、right 居右"),
    Field("indent", (), _WHITE, "首行缩进"),
    Field("left", (), _WHITE, "整段左边缩进"),
    Field("right", (), _WHITE, "整段右边缩进"),
    Field("hang", (), _WHITE, "首行以外各行再缩进"),
    Field("before", (), _WHITE, "文字之上的空白；连同文字进为整行，多出的上下均分"),
    Field("after", (), _WHITE, "文字之下的空白"),
    Field("space", (), count(0, 50), "上方空的整行数，遇页首不空"),
    Field("balance", (), FLAG, "各行长短相近，按词语断开：用于标题"),
    Field("keep_next", (), FLAG, "不做一页的最后一样东西，与下文的开头在同一页"),
    Field("keep_previous", (), FLAG, "与上文在同一页，其上至少有两行"),
    Field("keep_lines", (), FLAG, "不分在两页"),
    Field("run_in", (), FLAG, "小标题不独占一行，下面的段落接着排"),
))  # fmt: skip
"""A style has those of its keys that it says itself or takes over from the one it is like."""

STYLES = (
    "body", "copy_number", "classification", "urgency", "masthead_above", "masthead_name",
    "masthead_number", "signers", "imprint", "title", "contents_heading", "contents_section",
    "contents_item", "salutation", "foreword", "foreword_title", "foreword_heading", "editor_note",
    "editor_note_label", "section", "item", "summary", "summary_label", "heading1", "heading2",
    "heading3", "body_heading1", "body_heading2", "body_heading3", "contributors", "speaker",
    "speaker_role", "speech", "quotation", "box", "box_title", "verse", "names", "list",
    "sources", "table", "table_caption", "table_unit", "table_continued", "table_note",
    "figure_caption", "chart", "note",
    "attachment_label", "attachment_title",
    "attachment_heading1", "attachment_heading2", "attachment_heading3", "attachment_list",
    "attendance", "attendance_label", "signature", "remark", "colophon", "running_head", "folio",
    "line_number", "watermark",
)  # fmt: skip

_MASTHEAD = (
    "copy_number", "classification", "urgency", "marks", "reference", "name", "number", "imprint",
    "rule",
)  # fmt: skip

LABELS = {
    "number": words_with("number", "han"),
    "number_year": words_with("year", "number", "han"),
    "supplement": words_with("number", "han"),
    "number_total": words_with("issue", "total"),
    "copy_number": words_with("copy:06", "copy"),
    "retention": words_with("classification", "retention"),
    "signers": WORDS,
    "date": _DATE,
    "contents": WORDS,
    "foreword": WORDS,
    "editor_note": WORDS,
    "summary": WORDS,
    "contributors": words_with("names"),
    "run_in_end": WORDS,
    "sources": WORDS,
    "source_title": words_with("title"),
    "source_date": _DATE,
    "source_accessed": _DATE,
    "table": NUMBER_WORDS,
    "figure": NUMBER_WORDS,
    "table_continued": NUMBER_WORDS,
    "table_unit": words_with("unit"),
    "table_note": WORDS,
    "table_note_number": NUMBER_WORDS,
    "table_source": WORDS,
    "chart_unit": words_with("unit"),
    "speaker_gap": WORDS,
    "attachment": WORDS,
    "attachment_number": NUMBER_WORDS,
    "attachment_list": WORDS,
    "attachment_list_number": NUMBER_WORDS,
    "present": WORDS,
    "excused": WORDS,
    "observers": WORDS,
    "prepared_by": WORDS,
    "reviewed_by": WORDS,
    "approved_by": WORDS,
    "report_to": WORDS,
    "send_to": WORDS,
    "distribute_to": WORDS,
    "copy_to": WORDS,
    "pages": words_with("pages"),
    "copies": words_with("copies"),
    "printed_on": _DATE,
    "remark": words_with("remark"),
    "people_separator": WORDS,
    "people_gap": WORDS,
    "recipients_separator": WORDS,
    "recipients_end": WORDS,
}

_FONTS = _group(
    "fonts",
    roles=NamedOf(
        _group("role", han=ListOf(ANY_TEXT), latin=ListOf(ANY_TEXT)),
        ("body", "kai", "hei", "song", "title"),
    ),
    fallback=ListOf(ANY_TEXT),
)

PAGE = _record(
    "page",
    paper=ListOf(_SIDE, 2),
    top=_PLACE,
    left=_PLACE,
    width=_AREA,
    height=_AREA,
    characters=count(1, 200),
    lines=count(1, 200),
    flush=FLAG,
)

_GROUPS = _record(
    "theme",
    page=RecordOf(PAGE),
    binding=_group("binding", sides=choice(*Sides), least=length("0", "200mm")),
    line_numbers=_group("line_numbers", every=count(0, 100), gap=_GAP),
    changes=_group(
        "changes", added=COLOR, removed=COLOR, moved=COLOR, bar=_RULE, bar_color=COLOR, gap=_GAP
    ),
    watermark=_group("watermark", text=WORDS, angle=count(0, 90)),
    compact=FLAG,
    codes=_group("codes", size=_GAP, gap=_GAP),
    box=_group("box", rule=_RULE, color=COLOR, shade=COLOR, padding=_GAP),
    fonts=_FONTS,
    lines=_group(
        "lines",
        kinsoku=choice(*Kinsoku),
        punctuation=choice(*Punctuation),
        script_gap=ListOf(share("0", "1em"), 3),
        hanging=FLAG,
        trim_start=FLAG,
        trim_first=FLAG,
        breaking=choice(*LineBreaking),
        hyphenate=FLAG,
    ),
    colors=NamedOf(COLOR, ("ink", "red", "link")),
    marks=_group(
        "marks",
        strong=LOOK,
        emphasis=LOOK,
        highlight=LOOK,
        heavier=NamedOf(ROLE),
        stroke=share("0", "0.2em"),
        dot=share("0", "1em"),
        ruby=share("0.2em", "1em"),
        link=COLOR,
    ),
    headings=ListOf(NUMBER_WORDS),
    body_headings=ListOf(NUMBER_WORDS),
    lists=_group(
        "lists",
        ordered=ListOf(NUMBER_WORDS),
        bullets=ListOf(WORDS),
        step=_GAP,
        gap=_GAP,
        bullet_gap=_GAP,
    ),
    masthead=_group(
        "masthead",
        arrangement=ListOf(choice(*_MASTHEAD), may_be_empty=True),
        name_top=length("-200mm", "1200mm"),
        year=FLAG,
        name_fill=_AREA,
        name_max=length("5pt", "500pt"),
        name_min=length("5pt", "500pt"),
        rule=_RULE,
        rule_color=COLOR,
        rule_above=_WHITE,
        rule_below=_WHITE,
        rule_width=_PLACE,
        rule_second=_RULE,
        rule_gap=_RULE,
        foot_rule=_PLACE,
        joint=FLAG,
        preprinted=FLAG,
    ),
    contents=_group(
        "contents", from_sections=_MANY, from_pages=_MANY, alone_from=_MANY, leader=WORDS
    ),
    start=_group("start", foreword=choice(*ForewordStart), sections=FLAG, items=FLAG),
    running_head=_group(
        "running_head",
        left=_HEAD,
        middle=_HEAD,
        right=_HEAD,
        baseline=_PLACE,
        rule=_RULE,
        rule_y=_PLACE,
        on_first=FLAG,
    ),
    folio=_group(
        "folio",
        left=_FOLIO,
        middle=_FOLIO,
        right=_FOLIO,
        baseline=_PLACE,
        on_first=FLAG,
        mirrored=FLAG,
        inset=_GAP,
        top=_PLACE,
    ),
    signature=_group(
        "signature",
        sealed=FLAG,
        from_masthead=FLAG,
        seal=FLAG,
        seal_size=length("10mm", "100mm"),
    ),
    notes=_group(
        "notes",
        call=NUMBER_WORDS,
        label=NUMBER_WORDS,
        call_size=share("0.2em", "2em"),
        call_rise=share("-1em", "1em"),
        gap=_GAP,
        rule_width=length("0", "1200mm"),
        rule_thickness=_RULE,
        above=_GAP,
        below=_GAP,
        between=_GAP,
    ),
    tables=_group(
        "tables",
        padding=_GAP,
        heavy=_RULE,
        light=_RULE,
        grid=FLAG,
        color=COLOR,
        header=ROLE,
        least_size=length("2pt", "500pt"),
    ),
    figures=_group("figures", width=_AREA, max_height=_AREA, resolution=count(0, 2400)),
    charts=_group(
        "charts",
        height=length("10mm", "500mm"),
        colors=ListOf(COLOR),
        axis=COLOR,
        rule=_RULE,
        line=_RULE,
    ),
    colophon=_group("colophon", heavy=_RULE, light=_RULE, color=COLOR, gap=_GAP, even_page=FLAG),
    source_lines=ListOf(words_with("name", "title", "date", "accessed", "url")),
    labels=_group("labels", **LABELS),
    attachment_list=FLAG,
    pages=_group(
        "pages", breaking=choice(*PageBreaking), widow_control=FLAG, last_lines=count(0, 50)
    ),
    fit=_group(
        "fit",
        leading=ListOf(length("1pt", "1000pt"), 2),
        space=ListOf(count(0, 20), 2),
        height=_GAP,
        width=_GAP,
        wanted=FLAG,
    ),
    styles=_group("styles", **dict.fromkeys(STYLES, RecordOf(STYLE))),
)

THEME = Record("theme", "主题", (Field("extends", (), ANY_TEXT, ""), *_GROUPS.fields))
