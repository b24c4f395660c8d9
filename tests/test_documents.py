"""What the documents say is there: links, commands, options, examples, both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import pytest
from helpers.cases import each
from helpers.foreignfiles import with_words

from brieftex import Source, check
from brieftex.cli import _group
from brieftex.diagnostics.messages.foreign import ATTACHED_PAGES

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted((*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "tests/README.md"))
TWINS = sorted(
    (path.with_name(path.name.replace(".zh-CN", "")), path)
    for path in DOCUMENTS
    if path.name.endswith(".zh-CN.md")
    and path.name not in ("first-steps.zh-CN.md", "publication-day.zh-CN.md")
)
NAMES = [path.relative_to(ROOT).as_posix() for path in DOCUMENTS]


def commands() -> dict[str, click.Command]:
    """Every command by its name."""
    group = _group()
    context = click.Context(group)
    found = {name: group.get_command(context, name) for name in group.list_commands(context)}
    return {name: command for name, command in found.items() if command is not None}


COMMANDS = commands()


def options(command: click.Command) -> set[str]:
    """The options of a command, as they are written."""
    return {
        name
        for parameter in command.get_params(click.Context(command))
        for name in (*parameter.opts, *parameter.secondary_opts)
        if name.startswith("-")
    }


ALL_OPTIONS = set().union(*map(options, COMMANDS.values())) | {"--version"}


def prose(text: str) -> str:
    """A document without its examples."""
    return re.sub(r"(?ms)^```.*?^```$", "", text)


def code(text: str) -> Iterator[str]:
    """What a document shows as code: blocks line by line, and what stands between backticks."""
    for block in re.findall(r"(?ms)^```\w*\n(.*?)^```$", text):
        yield from block.splitlines()
    text = prose(text)
    yield from re.findall(r"(?m)^ {4}(\S.*)$", text)
    yield from (" ".join(span.split()) for span in re.findall(r"`([^`]+)`", text))


def anchors(path: Path) -> set[str]:
    """What a link may name behind #, as GitHub makes it of headings."""
    headings = re.findall(r"(?m)^#+ (.+)$", prose(path.read_text("utf-8")))
    kept = (re.sub(r"[^\w\- ]", "", heading.strip().lower()) for heading in headings)
    return {heading.replace(" ", "-") for heading in kept}


@each("name", [name for name in NAMES if name != "docs/rules.md"])
def test_every_link_leads_somewhere(name: str) -> None:
    """Not in the rules: their messages show how a link is written."""
    path = ROOT / name
    lost = []
    for target in re.findall(
        r"\]\(([^)\s]+)\)", re.sub(r"`[^`]*`", "", prose(path.read_text("utf-8")))
    ):
        if re.match(r"https?:|mailto:", target):
            continue
        file, _, anchor = target.partition("#")
        there = path.parent / file if file else path
        if not there.exists() or (anchor and anchor not in anchors(there)):
            lost.append(target)
    assert lost == []


def structure(path: Path) -> list[str]:
    """What both languages have in common: headings, tables, examples, pictures, links."""
    found = []
    fenced = False
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("```"):
            fenced = not fenced
            found.append(line)
        elif fenced:
            found.append(re.sub(r"\s*#.*", "", line))
        elif match := re.match(r"#+ |\* |    \S+(?: \S+)*", line):
            found.append(match[0])
        elif line.startswith("|"):
            found.append(f"| {line.count('|')}")
        targets = re.findall(r"\]\(([^)#]+)", line)
        if not fenced and not re.match(r"\[(English|中文)", line):
            found += [target.replace(".zh-CN", "") for target in targets]
    return found


@each("pair", TWINS, ids=lambda pair: pair[0].name)
def test_both_languages_have_one_structure(pair: tuple[Path, Path]) -> None:
    """Catches what was added in one language alone. Links within running text may come in
    another order."""
    english, chinese = map(structure, pair)
    assert [x for x in english if x[:1] in "#*|` "] == [x for x in chinese if x[:1] in "#*|` "]
    assert set(english) == set(chinese)


def test_every_page_has_its_twin_and_both_are_in_the_readmes() -> None:
    chinese_alone = {
        "issue.md",
        "meeting.md",
        "rules.md",
        "themes.md",
        "official.md",
        "first-steps.zh-CN.md",
        "publication-day.zh-CN.md",
    }
    pages = {path.name for path in (ROOT / "docs").glob("*.md")} - chinese_alone
    for name in pages:
        chinese = name.endswith(".zh-CN.md")
        assert chinese or name.replace(".md", ".zh-CN.md") in pages
        readme = ROOT / ("README.zh-CN.md" if chinese else "README.md")
        assert f"](docs/{name})" in readme.read_text("utf-8")


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readmes_are_short(name: str) -> None:
    """Ensures that what belongs to a task goes to docs/."""
    assert (ROOT / name).stat().st_size <= 5_000


@each("name", [name for name in NAMES if name != "CHANGELOG.md"])
def test_commands_and_options_are_there(name: str) -> None:
    """Catches an option that was renamed or a command that lacks the option it is shown with."""
    wrong = []
    for shown in code((ROOT / name).read_text("utf-8")):
        call = re.match(r"(?:(?:py|python3) -m )?(?:\S*/)?brieftex ([a-z]+)(?![\w.:=])(.*)", shown)
        known = ALL_OPTIONS
        if call is not None:
            if call[1] not in COMMANDS:
                wrong.append(shown)
                continue
            known = options(COMMANDS[call[1]])
            given = re.findall(r"(?<![\w-])--?[a-z][a-z-]*", call[2])
        else:
            given = re.findall(r"^--[a-z][a-z-]*$|^--[a-z-]+(?= [^-])", shown)
        wrong += [f"{shown}: {option}" for option in given if option not in known]
    others = {"--update-goldens", "--hypothesis-profile", "--minutes"}  # of pytest and of scripts
    assert [one for one in wrong if one.split(": ")[-1] not in others] == []


@pytest.mark.parametrize("name", ["docs/commands.md", "docs/commands.zh-CN.md"])
def test_every_command_has_its_row(name: str) -> None:
    rows = re.findall(r"(?m)^\| `brieftex ([a-z]+)", (ROOT / name).read_text("utf-8"))
    assert sorted(rows) == sorted(COMMANDS)


@pytest.mark.parametrize("ending", [".md", ".zh-CN.md"])
def test_every_option_is_in_the_documents(ending: str) -> None:
    """Catches an option that nobody is told about."""
    pages = [page for page in (ROOT / "docs").glob("*.md") if page.name.endswith(ending)]
    chinese = [page for page in pages if page.name.endswith(".zh-CN.md")]
    kept = chinese if ending == ".zh-CN.md" else [page for page in pages if page not in chinese]
    text = "".join(page.read_text("utf-8") for page in kept)
    named = set(re.findall(r"(?<![\w-])--?[a-z0-9][a-z-]*", text))
    assert ALL_OPTIONS - named - {"-h", "--help", "--version", "--output"} == set()


@pytest.mark.parametrize("name", ["docs/commands.md", "docs/commands.zh-CN.md"])
def test_every_variable_is_in_the_documents(name: str) -> None:
    """What names a variable of ours in the source is a string of its name alone."""
    read = {
        found
        for path in (ROOT / "src").rglob("*.py")
        for found in re.findall(r"\"(BRIEFTEX_[A-Z]+)\"", path.read_text("utf-8"))
    }
    named = set(re.findall(r"(?m)^\| `(BRIEFTEX_[A-Z]+)", (ROOT / name).read_text("utf-8")))
    assert named == read


@each("name", [name for name in NAMES if name != "CHANGELOG.md"])
def test_what_make_is_asked_for_it_makes(name: str) -> None:
    targets = set(re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8")))
    text = (ROOT / name).read_text("utf-8")
    asked = {found for shown in code(text) for found in re.findall(r"^make ([a-z-]+)", shown)}
    assert asked - targets == set()


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_issue_in_the_readme_is_a_good_one(name: str) -> None:
    (example,) = re.findall(r"(?ms)^```yaml\n(.*?)^```", (ROOT / name).read_text("utf-8"))
    assert check(Source("issue.yaml", example)).findings == ()


def test_codes_and_their_number_are_those_of_the_program() -> None:
    """Catches a code that became another one; docs/rules.md is written by the program."""
    rules = (ROOT / "docs/rules.md").read_text("utf-8")
    codes = set(re.findall(r"(?m)^### (BT\d{3}) ", rules))
    texts = {name: (ROOT / name).read_text("utf-8") for name in NAMES}
    named = {(name, code) for name in texts for code in re.findall(r"BT\d{3}", texts[name])}
    assert {(name, code) for name, code in named if code not in codes} == set()
    (told,) = re.findall(r"`check`: (\d+) rules", texts["CHANGELOG.md"])
    assert f"BT3 开头的 {told} 条" in rules


FRAME = """\
masthead: {name: 资政参考, number: 3, issuer: 政策研究室, date: 2024-03-20}
sections:
  - title: 高校动态
    items:
      - title: 甲大学开放图书馆夜间阅览
        sources: [{name: 甲大学新闻网, url: https://example.edu.cn/news/1, date: 2024-03-02}]
"""


@pytest.mark.usefixtures("sound_files")
@pytest.mark.parametrize("name", ["docs/writing.md", "docs/writing.zh-CN.md"])
def test_examples_of_bodies_are_good(name: str, tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40"><path d="M0 0h9"/></svg>'
    (tmp_path / "images/seats.svg").write_text(svg)
    (tmp_path / "附件").mkdir()
    for file in ("报告", "汇总表", "批复"):
        with_words(tmp_path / f"附件/{file}.pdf", *"123456")
    examples = re.findall(r"(?ms)^```yaml\n(.*?)^```", (ROOT / name).read_text("utf-8"))
    assert len(examples) == 10
    for example in examples:
        if example.startswith("          - "):
            example = f"        body:\n          - 见图1。\n{example}"
        text = FRAME + example if example.startswith(" ") else example + FRAME
        if example.startswith("masthead:"):  # an issue by itself
            text = example
        if "body:" not in text:
            text += "        body: 图书馆夜间开放。\n"
        found = check(Source("issue.yaml", text), folder=tmp_path).findings
        assert [f for f in found if f.kind is not ATTACHED_PAGES] == []


def test_the_table_of_tests_is_the_folder() -> None:
    """Catches a folder of tests that nobody is told about."""
    text = (ROOT / "tests/README.md").read_text("utf-8")
    rows = {name for row in re.findall(r"(?m)^\| (`.*?) \|", text) for name in row.split("`")[1::2]}
    folders = {f"{path.name}/" for path in (ROOT / "tests").iterdir() if any(path.glob("*.*"))}
    modules = {path.name for path in (ROOT / "tests").glob("test_*.py")}
    assert rows == folders - {"__pycache__/"} | modules


ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text("utf-8")


def test_the_functions_of_the_walk_are_where_it_says() -> None:
    named = re.findall(r"`(\w+)` in `([\w/]+)`", ARCHITECTURE)
    named += re.findall(r"`(\w+)` \(`([\w/]+)`\)", ARCHITECTURE)
    assert len(named) > 15
    for function, home in named:
        assert hasattr(import_module(f"brieftex.{home.replace('/', '.')}"), function), home


def test_the_modules_that_are_named_exist() -> None:
    """Catches a module that was renamed."""
    rooms = [path.name for path in (ROOT / "src/brieftex").iterdir() if path.is_dir()]
    for home in re.findall(rf"`((?:{'|'.join(rooms)})/[\w/]*\w)`", ARCHITECTURE):
        place = ROOT / "src/brieftex" / home
        assert (
            place.is_dir()
            or place.with_suffix(".py").is_file()
            or any(place.parent.glob(f"{place.name}.*"))
        ), home


def test_the_walk_can_be_walked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (example,) = re.findall(r"(?ms)^```python\n(.*?)^```", ARCHITECTURE)
    names: dict[str, object] = {}
    exec(compile(example, "ARCHITECTURE.md", "exec"), names)  # our own text
    assert isinstance(names["pdf"], bytes)
    assert names["pdf"].startswith(b"%PDF-1.7")


def _bound(name: str) -> int:
    """A bound in the code by its dotted name: a constant, or a default of a Struct."""
    module, _, attribute = name.rpartition(".")
    try:
        return int(getattr(import_module(f"brieftex.{module}"), attribute))
    except ModuleNotFoundError:
        module, _, struct = module.rpartition(".")
        made = getattr(import_module(f"brieftex.{module}"), struct)()
        return int(getattr(made, attribute))


def _rows(name: str) -> list[tuple[str, str]]:
    """What the tables of bounds say: the amount, and where it is in the code."""
    text = (ROOT / "docs" / name).read_text("utf-8")
    return re.findall(r"(?m)^\| [^|]+ \| ([^|]+) \| [^|]+ \| `([\w.]+)` \|$", text)


@pytest.mark.parametrize("name", ["limits.md", "limits.zh-CN.md"])
def test_every_bound_is_that_of_the_code(name: str) -> None:
    rows = _rows(name)
    assert len(rows) > 40
    for amount, where in rows:
        bound = _bound(where)
        shown = {f"{bound:,}", str(bound), f"{bound:,} bytes", f"{bound:,} 字节"}
        assert amount in shown | ({f"{bound >> 20} MiB"} if bound >= 1 << 20 else set()), where


UNTOLD = {
    "checks", "copyfit.search", "compose.figures", "text", "input.fields",
    "input.markdown.paragraphs", "input.yaml.indent", "layout.lines", "layout.blocks",
    "changes", "word.bodies", "word.names", "word.roles", "word.shape", "word.styles", "word.walk",
}  # fmt: skip
"""Where a name like that of a bound is a measure of good setting, which refuses nothing."""


def test_no_bound_is_missing() -> None:
    """Ensures that a bound that is added to the code gets into the documents."""
    told = {where for _, where in _rows("limits.md")}
    lost = []
    source = ROOT / "src/brieftex"
    for path in sorted(source.rglob("*.py")):
        module = ".".join(path.relative_to(source).with_suffix("").parts)
        if any(module == part or module.startswith(f"{part}.") for part in UNTOLD):
            continue
        names = re.findall(
            r"(?m)^(_?[A-Z_]*(?:LIMIT|MOST|LARGEST|LONGEST|DEEPEST)[A-Z_]*)(?:: Final)? = \d",
            path.read_text("utf-8"),
        )
        lost += [f"{module}.{n}" for n in names if f"{module}.{n}" not in told]
    assert set(lost) == SMALL


SMALL = {
    "foreign._MOST_REMEMBERED", "compose.builder._DEEPEST_HEADING", "compose.numbering.HAN_MOST",
    "compose.numbering._CIRCLED_MOST",
    "input.issue.approval._PICTURE_LIMIT", "input.issue.read.MOST_CHANGES",
    "input.svg.cascade._FONT_LIMIT", "input.svg.css._DEPTH_LIMIT",
    "input.yaml.parse._READING_LIMIT", "output._MOST_NAMES", "pdf.read.overlap._MOST",
    "pdf.read.metrics._MOST_KNOWN",
    "pdf.read.tokens._DEEPEST",
    "pdf.write.actual_text._MOST", "pdf.write.line_shapes._MOST_SHAPES",
    "pdf.write.picture._MOST_ANEW", "preview.server._LONGEST_QUESTION",
    "search.words._MOST_VARIANTS", "cli.search._MOST_EXCERPTS",
}  # fmt: skip
"""Bounds that nobody meets, or that are told elsewhere."""
