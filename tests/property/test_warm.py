"""Whatever an editor does in a process that stays warm, and whatever issues follow one another in a
batch, each file is that of a cold build."""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

from msgspec.structs import asdict

from brieftex.batch.services import SeriesServices
from brieftex.compose.compose import compose
from brieftex.diagnostics import Finding, InputError, Source
from brieftex.fonts.report import FontBook
from brieftex.input.issue.file import read_issue
from brieftex.input.theme import load_theme
from brieftex.memory import FORGETFUL, KeepingMemory, Memory
from brieftex.model.issue import Issue
from brieftex.pdf.read.verify import expected_of, verify
from brieftex.pipeline import Typeset, typeset
from brieftex.preview.cache import CachedServices
from brieftex.services import Services
from brieftex.styled.styles import FontRequest

TESTS = Path(__file__).parents[1]

WORDS = (
    "甲",
    "，",
    "。",
    "的",
    "2026年",
    "**重**",
    "[^1]",
    "\n",
    "\n\n",
    " ",
    "Word",
    "“",
    "|",
    "# ",
)

REPORT = """\
brieftex: 1
theme: briefing
masthead: {name: 衡澜参阅, number: 4, issuer: 政策研究室, date: 2026-04-16}
title: 开放共享
contents: true
foreword:
  title: 卷首语
  body: |
    一台仪器从立项到装机，往往要走上两三年[^1]。

    ## 什么是共享？

    共享就是“让别人也能用”，2025年起如此。

    [^1]: 见《办法》。
sections:
  - title: 动态
    editor_note: 以下三则，出自{各|gè}地。
    items:
      - title: 首访清单
        body: |
          师生无论先找到谁，谁就是*首访责任人*[^甲]。

          - 能不能做；
          - 何时能做。

          [^甲]: 见清单。
        sources:
          - name: 新闻网
            url: https://www.example.org/a?b=1
      - title: 数据与图
        body:
          - 见表1。
          - table:
              caption: 台数
              header: [名称, 台数]
              rows: [[电镜, 12], [光谱, 40]]
          - figure: images/seal.svg
            caption: 印章
            alt: 印章
          - 又及。
      - title: 三、收费
        body: |
          ## 成本

          折旧、人员、能耗都算。

          ## 补贴

          学校承担**固定**成本。
  - title: 建言
    items:
      - title: 堵点
        body: 平均数掩盖不了差别。
"""
"""What is known by its lines: a foreword, items with notes, lists, a table, a figure, a source."""

CLAUSE = re.compile(r"(?<=[，。])[一-鿿]{4,}(?=[，。])")
NUMBER = re.compile(r"期号: \d+")
OBJECT = re.compile(rb"\d+ 0 obj\n<<")


def item(lines: list[str], chance: random.Random) -> tuple[int, int]:
    """Where an item of a list begins and ends; an empty stretch where there is none."""
    starts = [at for at, line in enumerate(lines) if line.lstrip().startswith("- ")]
    start = chance.choice(starts or [0])
    depth = len(lines[start]) - len(lines[start].lstrip())
    ends = (
        at
        for at, line in enumerate(lines)
        if at > start and line.strip() and len(line) - len(line.lstrip()) <= depth
    )
    return start, next(ends, len(lines)) if starts else start


def edited(text: str, chance: random.Random) -> str:  # noqa: PLR0911  # one for each way to edit
    """``text`` after something that an editor may do, sensible or not."""
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    place = chance.choice([at for at, char in enumerate(text) if char > "\u3000"])
    start, end = item(lines, chance)
    match chance.randrange(11):
        case 0 | 1 | 2:
            return text[:place] + chance.choice(WORDS) + text[place:]
        case 3:
            return text[:place] + text[place + chance.randrange(1, 4) :]
        case 4:
            return "\n".join([*lines[: at + 1], *lines[at:]])
        case 5:
            return "\n".join([*lines[:at], *lines[at + 1 :]])
        case 6:
            other = chance.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
            return "\n".join(lines)
        case 7:
            return "\n".join([*lines[:end], *lines[start:]])
        case 8:
            return "\n".join([*lines[:start], *lines[end:]])
        case 9:
            return "# 改\n" + text
        case _:
            theme, contents = chance.choice(["official", "briefing"]), chance.choice(["true", "no"])
            text = re.sub(r"(?m)^theme: .*$", f"theme: {theme}", text)
            return re.sub(r"(?m)^contents: .*$", f"contents: {contents}", text)


class SameFaces(Services):
    """What a cold build has, but for the faces, which are equal only to themselves."""

    def __init__(self, warm: Services) -> None:
        self.warm = warm

    def fonts(self, request: FontRequest, folder: Path, bundled_only: bool) -> FontBook:
        return self.warm.fonts(request, folder, bundled_only)


def outcome(text: str, folder: Path, services: Services) -> Typeset | tuple[Finding, ...]:
    """What comes of a text."""
    given = Source(str(folder / "issue.yaml"), text)
    try:
        return typeset(given, folder=folder, bundled_fonts=True, services=services)
    except InputError as error:
        return tuple(error.findings)


def said(issue: Issue) -> dict[str, object]:
    """All of an issue but its source, which is equal only to itself."""
    return {key: value for key, value in asdict(issue).items() if key != "source"}


def compared(text: str, folder: Path, warm: Services) -> Typeset | None:
    """Hold what comes of a text in a warm process against a cold build: the file, if it is one."""
    ours = outcome(text, folder, warm)
    theirs = outcome(text, folder, SameFaces(warm))
    if not isinstance(ours, Typeset) or not isinstance(theirs, Typeset):
        assert ours == theirs, text
        return None
    for name in ("pdf", "findings", "document", "pages", "characters"):
        assert getattr(ours, name) == getattr(theirs, name), (name, text)
    assert said(ours.issue) == said(theirs.issue), text
    return theirs


def read_or_refused(text: str, folder: Path, memory: Memory) -> tuple[Issue | None, list[Finding]]:
    """The issue that a text holds, None if it is refused, and what is to be said about it."""
    try:
        return read_issue(Source("issue.yaml", text), folder, memory)
    except InputError as error:
        return None, list(error.findings)


def composed(text: str, folder: Path, memory: Memory) -> Issue | None:
    """Read and compose a text in a process that keeps ``memory`` and in a cold one, and hold one
    against the other: the issue, if it is one."""
    (warm, found), (cold, wanted) = (
        read_or_refused(text, folder, kept) for kept in (memory, FORGETFUL)
    )
    assert (warm and said(warm), found) == (cold and said(cold), wanted), text
    if warm is not None:
        theme = load_theme(warm.theme, folder)
        assert compose(warm, theme, memory) == compose(warm, theme), text
    return warm


def rehearse(texts: list[str], folder: Path, chance: random.Random, edits: int) -> int:
    """Edit the texts by turns in one warm process, and hold what comes against a cold build; how
    many of the edits gave a file."""
    warm, files = CachedServices(), 0
    now = [*texts]
    for _ in range(edits):
        at = chance.randrange(len(now))
        text = edited(now[at], chance)
        if compared(text, folder, warm):
            texts[at] = now[at] = text
            files += 1
        else:
            # An editor may go on before it is mended, or take it back.
            now[at] = text if now[at] == texts[at] and chance.random() < 0.5 else texts[at]
    return files


def test_every_file_is_that_of_a_cold_build(tmp_path: Path) -> None:
    chance = random.Random(13)
    shutil.copytree(TESTS / "publications", tmp_path, dirs_exist_ok=True)
    names = ("minutes", "bulletin")
    texts = [REPORT, *[(tmp_path / f"{name}.yaml").read_text("utf-8") for name in names]]
    assert rehearse(texts, tmp_path, chance, 36) > 12


def dealt(text: str, number: int, chance: random.Random) -> str:
    """An issue of the series that ``text`` is of: another number, its clauses dealt anew."""
    clauses = CLAUSE.findall(text)
    chance.shuffle(clauses)
    new = iter(clauses)
    return NUMBER.sub(f"期号: {number}", CLAUSE.sub(lambda _: next(new), text))


def test_every_issue_of_a_batch_is_that_of_a_cold_build(tmp_path: Path) -> None:
    chance, warm = random.Random(5), SeriesServices()
    shutil.copytree(TESTS / "publications", tmp_path, dirs_exist_ok=True)
    names = ("research", "county", "county", "research", "research", "weekly", "county")
    for number, name in enumerate(names, 1):
        warm.begin()
        text = (tmp_path / f"{name}.yaml").read_text("utf-8")
        assert compared(dealt(text, number, chance), tmp_path, warm)


def test_every_issue_is_read_and_composed_as_by_a_cold_process(tmp_path: Path) -> None:
    chance, memory, text, good = random.Random(5), KeepingMemory(), REPORT, 0
    shutil.copytree(TESTS / "publications", tmp_path, dirs_exist_ok=True)
    for _ in range(80):
        now = edited(text, chance)
        issue = composed(now, tmp_path, memory)
        good += issue is not None
        # An editor takes back what was wrong.
        text = now if issue is not None and len(now) < 2 * len(REPORT) else REPORT
    assert good > 40


def test_what_is_known_of_a_file_hides_no_damage(tmp_path: Path) -> None:
    """Ensures that a file is found wrong in a warm process wherever it is in a cold one."""
    chance, memory = random.Random(7), KeepingMemory()
    shutil.copytree(TESTS / "publications", tmp_path, dirs_exist_ok=True)
    made = typeset(tmp_path / "letter.yaml", bundled_fonts=True)
    expected = expected_of(made.document, made.pages)
    assert not verify(made.pdf, expected, memory=memory)
    wrong = 0
    for _ in range(20):
        damaged = bytearray(made.pdf)
        at = chance.randrange(len(damaged))
        if chance.random() < 0.5:  # outside of streams, where there is less
            at = chance.choice([found.start() for found in OBJECT.finditer(made.pdf)])
            at += chance.randrange(20)
        damaged[at : at + chance.randrange(3)] = chance.randbytes(chance.randrange(3))
        found = verify(bytes(damaged), expected)
        assert verify(bytes(damaged), expected, memory=memory) == found, at
        wrong += bool(found)
    assert wrong > 3


def test_what_a_file_calls_its_keys_is_told_anew(tmp_path: Path) -> None:
    """Ensures that a key that was renamed has its new name in what is said about the file."""
    memory, texts = KeepingMemory(), (REPORT, REPORT.replace("title: 建言", "标题: 建言"), REPORT)
    shutil.copytree(TESTS / "publications", tmp_path, dirs_exist_ok=True)
    for text in texts:
        warm, cold = (
            read_issue(Source("issue.yaml", text), tmp_path, kept)[0].source.naming
            for kept in (memory, FORGETFUL)
        )
        assert (warm and warm.path("sections[0].title")) == (
            cold and cold.path("sections[0].title")
        )
        assert (warm is None) == ("标题" not in text)


PARTS = """\
brieftex: 1
theme: official
masthead:
  name: 衡澜参阅
  number: 4
  issuer: 政策研究室
  date: 2026-04-16
  signers: [甲乙丙]
title: 开放共享
contents: true
sections:
  - title: 动态
    items:
      - title: 清单
        body: 首访。
      - title: 数据
        body: 又及。
signature:
  date: 2026-04-16
  names: [政策研究室]
attachments:
  - title: 办法
    body: 第一条。
  - title: 名单
    body: 第二条。
colophon:
  copies: 12
  printed_by: 办公室
  printed_on: 2026-04-17
  copy_to: [校办]
"""
SECOND = "  - title: 名单\n    body: 第二条。\n"


def test_parts_that_are_the_same_stand_beside_others_now(tmp_path: Path) -> None:
    """Ensures that a part is composed anew where what stands beside it is another: numbers,
    labels, levels of the contents, names that are printed in two places."""
    warm = CachedServices()
    plain = PARTS.replace("contents: true", "contents: no  ").replace("official", "briefing")
    item = "      - title: 数据"
    for text in (
        PARTS.replace(item, f"  #  items\n{item}"),
        PARTS.replace(item, f"  - items:\n{item}"),
        PARTS,
        PARTS.replace(SECOND, ""),
        PARTS,
        PARTS.replace(SECOND, SECOND.replace("名单", "清样")),
        PARTS.replace("  - title: 动态\n", "  - #########\n"),
        plain,
        plain.replace(SECOND, ""),
        PARTS.replace("copies: 12", "copies: 13"),
        PARTS.replace("number: 4", "number: 5"),
        PARTS,
        PARTS.replace("2026-04-16\n  names", "2026-04-18\n  names"),
        PARTS,
        PARTS.replace("names: [政", "names: [校"),
        PARTS.replace("甲乙丙", "甲丙乙"),
        PARTS.replace("title: 开放共享", "title: 开放{享|xiǎng}"),
        PARTS.replace("name: 衡澜参阅", "name: 衡澜内参"),
        PARTS.replace("body: 首访。", 'body: "## 首\\n\\n访"'),
        PARTS.replace("body: 首访。", "body: [{text: 一、首}, {text: 访。}]"),
        PARTS.replace("body: 首访。", "body: [{text: 一、首}, {text: 二、访}]"),
        PARTS.replace("theme: official", "theme: briefing"),
        PARTS,
    ):
        assert compared(text, tmp_path, warm), text


def test_an_issue_in_the_pages_wanted_is_that_of_a_cold_build(tmp_path: Path) -> None:
    """Ensures that what is known of the themes that were tried for the last edit is that of the
    same theme: here, the number of pages and the theme change between edits, too."""
    chance, warm, fitted = random.Random(3), CachedServices(), 0
    shutil.copytree(TESTS / "publications", tmp_path, dirs_exist_ok=True)
    names = ("county", "research", "research", "research", "county", "county")
    for name, wanted in zip(names, (3, 3, 5, 3, 3, 3), strict=True):
        text = (tmp_path / f"{name}.yaml").read_text("utf-8").rstrip()
        at = chance.choice([match.end() for match in CLAUSE.finditer(text)])
        text = f"{text[:at]}{chance.choice(WORDS[:4])}{text[at:]}\nfit: {{pages: {wanted}}}\n"
        cold = compared(text, tmp_path, warm)
        assert cold
        fitted += "fit-changed" in [finding.kind.name for finding in cold.findings]
    assert fitted == 5


def test_how_paragraphs_are_parted_is_asked_anew(tmp_path: Path) -> None:
    """Ensures that an item that is the same, at the same place, is read and composed again where
    the file says something else about all its bodies."""
    memory, body = KeepingMemory(), PARTS.replace("首访。", "|\n          首访\n          又访")
    bodies = []
    for paragraphs in ("blank", "line ", "blank", "line "):
        text = f"paragraphs: {paragraphs}\n{body}"
        issue = composed(text, tmp_path, memory)
        assert issue
        bodies.append(len(issue.sections[0].items[0].body.blocks))
    assert bodies == [1, 2, 1, 2]


def test_parts_of_the_same_lines_are_composed_as_what_they_are_now(tmp_path: Path) -> None:
    """Ensures that what is the same object as before is set in another style, on another level or
    with another number where something above it, as long as before, says so."""
    memory, text = KeepingMemory(), f"{REPORT.rstrip()}\n        sources: [{{name: 新闻网}}]\n"
    text = text.replace(
        "**固定**成本。\n", "**固定**成本。\n\n          ## 结余\n\n          转入来年。\n"
    )
    shutil.copytree(TESTS / "publications", tmp_path, dirs_exist_ok=True)
    for old, new in (
        ("title: 卷首语", "title: 编者按"),
        ("## 成本", "成本细账："),
        ("contents: true", "contents: no  "),
        ("## 成本", "### 成"),
        ("## 什么", "##什么是"),
        ("  - title: 动态", "  - #########"),
        ("    editor_note: ", "    # editor_no "),
        ("caption: 台数", "#ption: 台数"),
        ("- 能不能做；", "1. 能不能做"),
        ("theme: briefing", "theme: official"),
        ("title: 开放共享", "#itle: 开放共享"),
    ):
        assert old in text
        for now in (text, text.replace(old, new)):
            assert composed(now, tmp_path, memory)
