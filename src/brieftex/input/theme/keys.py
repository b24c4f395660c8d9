"""What may stand in a theme file.

``THEME`` is the whole file as a tree of ``Keys`` (fixed names), ``Named`` (names of the
theme's own), ``Items`` (a list) and ``Leaf`` (one value). The names of the leaves are the
names of the fields they fill in ``theme.model`` and ``theme.styles``.
"""

from __future__ import annotations

from brieftex.document.styles import Sides
from brieftex.input.theme.values import (
    ALIGN,
    COLOR,
    COUNT,
    FLAG,
    LENGTH,
    LOOK,
    NUMBER,
    PERMILLE,
    ROLE,
    TEXT,
    WORDS,
    Items,
    Keys,
    Named,
    choice,
    words_with,
)
from brieftex.model.theme import ForewordStart
from brieftex.typeset.styles import Kinsoku, LineBreaking, Punctuation

_DATE = words_with("year", "month", "day", "month:02", "day:02")
_HEAD = words_with("name", "issue", "title", "issuer", "section")
_FOLIO = words_with("page", "pages")

STYLE = Keys(
    {
        "like": TEXT,
        "font": ROLE,
        "size": LENGTH,
        "bold": FLAG,
        "color": COLOR,
        "rise": LENGTH,
        "leading": LENGTH,
        "align": ALIGN,
        "indent": LENGTH,
        "left": LENGTH,
        "right": LENGTH,
        "hang": LENGTH,
        "before": LENGTH,
        "after": LENGTH,
        "space": COUNT,
        "balance": FLAG,
        "keep_next": FLAG,
        "keep_previous": FLAG,
        "keep_lines": FLAG,
        "run_in": FLAG,
    },
    partial=True,
)

STYLES = (
    "body", "copy_number", "classification", "urgency", "masthead_name", "masthead_number",
    "signers", "imprint", "title", "contents_heading", "contents_section", "contents_item",
    "salutation", "foreword", "foreword_title", "foreword_heading", "editor_note",
    "editor_note_label", "section", "item", "heading1", "heading2", "heading3", "speaker",
    "speaker_role", "speech", "quotation", "list", "sources", "table", "table_caption",
    "figure_caption", "chart", "note", "attachment_label", "attachment_title",
    "attachment_heading1", "attachment_heading2", "attachment_heading3", "attachment_list",
    "signature", "remark", "colophon", "running_head", "folio", "line_number",
    "watermark",
)  # fmt: skip

MASTHEAD = (
    "copy_number", "classification", "urgency", "marks", "name", "number", "imprint", "rule",
)  # fmt: skip

LABELS = {
    "number": words_with("number"),
    "number_year": words_with("year", "number"),
    "number_total": words_with("issue", "total"),
    "copy_number": words_with("copy:06", "copy"),
    "retention": words_with("classification", "retention"),
    "signers": WORDS,
    "date": _DATE,
    "contents": WORDS,
    "foreword": WORDS,
    "editor_note": WORDS,
    "run_in_end": WORDS,
    "sources": WORDS,
    "source_title": words_with("title"),
    "source_date": _DATE,
    "source_accessed": _DATE,
    "table": NUMBER,
    "figure": NUMBER,
    "chart_unit": words_with("unit"),
    "speaker_gap": WORDS,
    "attachment": WORDS,
    "attachment_number": NUMBER,
    "attachment_list": WORDS,
    "attachment_list_number": NUMBER,
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

THEME = Keys(
    {
        "extends": TEXT,
        "page": Keys(
            {
                "paper": Items(LENGTH, 2),
                "top": LENGTH,
                "left": LENGTH,
                "width": LENGTH,
                "height": LENGTH,
                "characters": COUNT,
                "lines": COUNT,
                "flush": FLAG,
            }
        ),
        "binding": Keys({"sides": choice(*Sides), "least": LENGTH}),
        "line_numbers": Keys({"every": COUNT, "gap": LENGTH}),
        "watermark": Keys({"text": WORDS, "angle": COUNT}),
        "compact": FLAG,
        "codes": Keys({"size": LENGTH, "gap": LENGTH}),
        "fonts": Keys(
            {
                "roles": Named(
                    Keys({"han": Items(TEXT), "latin": Items(TEXT)}),
                    ("body", "kai", "hei", "song", "title"),
                ),
                "fallback": Items(TEXT),
            }
        ),
        "lines": Keys(
            {
                "kinsoku": choice(*Kinsoku),
                "punctuation": choice(*Punctuation),
                "script_gap": Items(PERMILLE, 3),
                "hanging": FLAG,
                "trim_start": FLAG,
                "trim_first": FLAG,
                "breaking": choice(*LineBreaking),
                "hyphenate": FLAG,
            }
        ),
        "colors": Named(COLOR, ("ink", "red", "link")),
        "marks": Keys(
            {
                "strong": LOOK,
                "emphasis": LOOK,
                "highlight": LOOK,
                "heavier": Named(ROLE, (), of_roles=True),
                "stroke": PERMILLE,
                "dot": PERMILLE,
                "ruby": PERMILLE,
                "link": COLOR,
            }
        ),
        "headings": Items(NUMBER),
        "lists": Keys(
            {
                "ordered": Items(NUMBER),
                "bullets": Items(WORDS),
                "step": LENGTH,
                "gap": LENGTH,
                "bullet_gap": LENGTH,
            }
        ),
        "masthead": Keys(
            {
                "arrangement": Items(choice(*MASTHEAD)),
                "name_top": LENGTH,
                "year": FLAG,
                "name_fill": LENGTH,
                "name_max": LENGTH,
                "name_min": LENGTH,
                "rule": LENGTH,
                "rule_color": COLOR,
                "rule_above": LENGTH,
                "rule_below": LENGTH,
            }
        ),
        "contents": Keys(
            {"from_sections": COUNT, "from_pages": COUNT, "alone_from": COUNT, "leader": WORDS}
        ),
        "start": Keys({"foreword": choice(*ForewordStart), "sections": FLAG, "items": FLAG}),
        "running_head": Keys(
            {
                "left": _HEAD,
                "middle": _HEAD,
                "right": _HEAD,
                "baseline": LENGTH,
                "rule": LENGTH,
                "rule_y": LENGTH,
                "on_first": FLAG,
            }
        ),
        "folio": Keys(
            {
                "left": _FOLIO,
                "middle": _FOLIO,
                "right": _FOLIO,
                "baseline": LENGTH,
                "on_first": FLAG,
                "mirrored": FLAG,
                "inset": LENGTH,
                "top": LENGTH,
            }
        ),
        "signature": Keys({"sealed": FLAG, "from_masthead": FLAG}),
        "notes": Keys(
            {
                "call": NUMBER,
                "label": NUMBER,
                "call_size": PERMILLE,
                "call_rise": PERMILLE,
                "gap": LENGTH,
                "rule_width": LENGTH,
                "rule_thickness": LENGTH,
                "above": LENGTH,
                "below": LENGTH,
                "between": LENGTH,
            }
        ),
        "tables": Keys(
            {
                "padding": LENGTH,
                "heavy": LENGTH,
                "light": LENGTH,
                "grid": FLAG,
                "color": COLOR,
                "header": ROLE,
                "least_size": LENGTH,
            }
        ),
        "figures": Keys({"width": LENGTH, "max_height": LENGTH, "resolution": COUNT}),
        "charts": Keys(
            {
                "height": LENGTH,
                "colors": Items(COLOR),
                "axis": COLOR,
                "rule": LENGTH,
                "line": LENGTH,
            }
        ),
        "colophon": Keys(
            {
                "heavy": LENGTH,
                "light": LENGTH,
                "color": COLOR,
                "gap": LENGTH,
                "even_page": FLAG,
            }
        ),
        "labels": Keys(LABELS),
        "attachment_list": FLAG,
        "breaks": Keys({"last_lines": COUNT}),
        "fit": Keys(
            {
                "leading": Items(LENGTH, 2),
                "space": Items(COUNT, 2),
                "height": LENGTH,
                "width": LENGTH,
                "wanted": FLAG,
            }
        ),
        "styles": Keys(dict.fromkeys(STYLES, STYLE)),
    }
)
