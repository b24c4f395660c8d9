from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import msgspec
import yaml
from helpers.cases import each

from brieftex.diagnostics import InputError, Source
from brieftex.input.fields import Record
from brieftex.input.issue.blocks import BLOCKS, TABLE_CONTENT
from brieftex.input.issue.fields import (
    ATTACHMENT,
    COLOPHON,
    FOREWORD,
    ISSUE,
    ITEM,
    MASTHEAD,
    SECTION,
    SIGNATURE,
    SOURCE,
    homes,
)
from brieftex.input.issue.read import read
from brieftex.input.issue.reference import issue_markdown
from brieftex.input.issue.schema import issue_schema
from brieftex.input.yaml import parse
from brieftex.model import issue

SCHEMA = issue_schema()
RECORDS = (ISSUE, MASTHEAD, FOREWORD, SECTION, ITEM, SOURCE, SIGNATURE, ATTACHMENT, COLOPHON)


class Core(yaml.SafeLoader):
    """YAML 1.2 as an editor's checker reads it: no dates, no yes and no."""


Core.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in pairs
        if not tag.endswith(("timestamp", ":bool")) or (tag.endswith(":bool") and first in "tTfF")
    ]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def valid(text: str) -> bool:
    value: Any = yaml.load(text, Loader=Core)
    return bool(jsonschema.Draft7Validator(SCHEMA).is_valid(value))


def accepted(text: str, folder: Path) -> bool:
    source = Source("x", text)
    try:
        return not read(parse(source), source, folder)[1]
    except InputError:
        return False


def test_it_is_a_schema() -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    json.dumps(SCHEMA)


def test_every_object_is_closed_and_described() -> None:
    for definition in (SCHEMA, *SCHEMA["definitions"].values()):
        assert definition["description"]
        if "properties" in definition:
            assert definition["additionalProperties"] is False
            assert all(p["description"] for p in definition["properties"].values())


@each("record", [*RECORDS, *BLOCKS, TABLE_CONTENT], ids=lambda r: r.name)
def test_names_of_fields_are_unique(record: Record) -> None:
    names = [name for field in record.fields for name in (field.key, *field.names)]
    assert len(set(names)) == len(names)


@each("record", RECORDS, ids=lambda r: r.name)
def test_fields_are_those_of_the_model(record: Record) -> None:
    cls = {
        "issue": issue.Issue, "masthead": issue.Masthead, "foreword": issue.Foreword,
        "section": issue.Section, "item": issue.Item, "source": issue.SourceNote,
        "attachment": issue.Attachment, "colophon": issue.Colophon,
        "signature": issue.Signature,
    }[record.name]  # fmt: skip
    fields = {f.name: f.required for f in msgspec.structs.fields(cls)}
    elsewhere = ("source", "folder", "pictures") if record is ISSUE else ("places", "span")
    for made_elsewhere in elsewhere:
        fields.pop(made_elsewhere, None)
    keys = {f.key: f for f in record.fields if f.key != "brieftex"}
    if record is ISSUE:  # one value of three keys
        keys = {("approval" if key.startswith("approved_") else key): f for key, f in keys.items()}
    if record.name == "attachment":  # together they are the last block of the body
        keys = {key: f for key, f in keys.items() if key not in ("pdf", "pages", "fit")}
    assert set(keys) == set(fields)
    required = {name for name, needed in fields.items() if needed}
    assert {key for key, field in keys.items() if field.required} == required


@each("record", [*RECORDS, *BLOCKS, TABLE_CONTENT], ids=lambda r: r.name)
def test_examples_are_valid(record: Record) -> None:
    definition = SCHEMA if record is ISSUE else SCHEMA["definitions"][record.name]
    for field in record.fields:
        example = "正文" if field.example == "|" else field.example
        value = yaml.load(example.replace("校领导：,", "'校领导：',"), Loader=Core)
        schema = {**definition["properties"][field.key], "definitions": SCHEMA["definitions"]}
        jsonschema.Draft7Validator(schema).validate(value)
        for shown in schema["examples"]:
            jsonschema.Draft7Validator(schema).validate(shown)


GOOD = [
    "masthead: {name: 甲}\nforeword: {body: 乙}\n",
    "报头: {刊名: 甲, 期号: 3, 日期: 2024年3月20日}\n卷首语: {正文: 乙}\n目录: 是\n",
    "masthead: {name: 2024, date: 2024-03-20}\ncontents: false\nforeword: {body: 乙}\n",
    "masthead: {name: 甲}\nsections: [{title: 乙, items: [{title: 丙, body: [丁, quote: 戊]}]}]\n",
    "masthead: {name: 甲}\ncolophon: {编写: 乙, 签发: [], copies: 3}\nforeword: {正文: 丁}\n",
    "masthead: {name: 甲}\nforeword: {body: [{speaker: 乙, text: 丙}, {page_break: true}]}\n",
    (
        "masthead: {name: 甲}\nforeword:\n  body:\n"
        "  - table: {header: [a, b], rows: [[1, ''], [x, 2.5]], align: [left, 居中]}\n"
    ),
    (
        "masthead: {name: 甲}\nforeword:\n  body:\n"
        "  - {chart: bar, categories: [2024, 2025], values: [3.2万, 4]}\n"
        "  - {图表: 饼图, 类别: [乙, 丙], 数值: [3, 5], 单位: 元, 图题: 丁, 替代文字: 戊}\n"
        "  - chart: line\n    categories: [乙]\n    stacked: false\n"
        "    series: [{name: 丙, values: 3}, {名称: 丁, 数值: ['']}]\n"
    ),
    "masthead: {name: 甲}\nallow: BT412\nkeep: [乙]\ncontents: auto\nforeword: {body: 丁}\n",
]  # fmt: skip

BAD = [
    "masthead: {name: 甲}\nforeword: {body: [{chart: 柱, categories: [乙], values: [1]}]}\n",
    "masthead: {name: 甲}\nforeword: {body: [{chart: bar, values: [1]}]}\n",
    "masthead: {name: 甲}\nforeword: {body: [{chart: bar, categories: [乙], series: [3]}]}\n",
    "masthead: {}\nforeword: {body: 乙}\n",
    "masthead: {name: 甲, colour: red}\nforeword: {body: 乙}\n",
    "masthead: {name: 甲, number: 三}\nforeword: {body: 乙}\n",
    "masthead: {name: 甲, number: 0}\nforeword: {body: 乙}\n",
    "masthead: {name: 甲, date: 昨天}\nforeword: {body: 乙}\n",
    "masthead: 甲\nforeword: {body: 乙}\n",
    "masthead: {name: 甲}\nforeword: {}\n",
    "masthead: {name: 甲}\nsections: [{title: 乙}]\n",
    "masthead: {name: 甲}\nsections: {title: 乙, items: []}\n",
    "masthead: {name: 甲}\nforeword: {body: [{figure: a.png}]}\n",
    "masthead: {name: 甲}\nforeword: {body: [{foo: a}]}\n",
    "masthead: {name: 甲}\nforeword: {body: [{table: {rows: [甲]}}]}\n",
    "masthead: {name: 甲}\nforeword: {body: [{page_break: false}]}\n",
    "masthead: {name: 甲}\nallow: [BT1]\nforeword: {body: 乙}\n",
    "masthead: {name: 甲}\ncontents: 也许\nforeword: {body: 乙}\n",
    "brieftex: 2\nmasthead: {name: 甲}\nforeword: {body: 乙}\n",
    (
        "masthead: {name: 甲}\n"
        "sections: [{title: 乙, items: [{title: 丙, sources: [{name: 丁, url: 'ftp://a.cn'}]}]}]\n"
    ),
]  # fmt: skip


@each("text", GOOD)
def test_schema_and_reader_accept(text: str, tmp_path: Path) -> None:
    assert accepted(text, tmp_path)
    assert valid(text)


@each("text", BAD)
def test_schema_and_reader_refuse(text: str, tmp_path: Path) -> None:
    assert not accepted(text, tmp_path)
    assert not valid(text)


def test_the_reference_is_what_the_command_prints(root: Path) -> None:
    """Ensures that ``brieftex schema --markdown > docs/issue.md`` was not forgotten."""
    assert (root / "docs/issue.md").read_text(encoding="utf-8") == issue_markdown()


def test_every_field_is_in_the_reference_and_every_link_leads_somewhere() -> None:
    text = issue_markdown()
    for _, record in homes():
        for field in record.fields:
            assert f"`{field.key}`" in text
            assert field.about in text
            assert all(name in text for name in field.names)
    anchors = {h.replace("`", "").replace(" ", "-") for h in re.findall(r"(?m)^#+ (.*)$", text)}
    links = re.findall(r"\]\(#([^)]*)\)", text)
    assert len(links) > 8
    assert set(links) <= anchors


def test_the_projects_own_issue(root: Path) -> None:
    text = (root / "briefing.yaml").read_text(encoding="utf-8")
    assert valid(text)
    assert accepted(text, root)
