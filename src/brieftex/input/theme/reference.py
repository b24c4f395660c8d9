"""What a theme may say, told to people and to their editors.

The keys are those of ``theme.keys``; what each is for stands once, in the comments of
``themes/briefing.yaml``, which also has the values that hold unless a theme says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from brieftex.input.fields import Field, Form, NamedOf, Record, RecordOf
from brieftex.input.fields.reference import ABOUT_COLUMN, rows, table
from brieftex.input.fields.schema import document
from brieftex.input.theme.keys import STYLE, STYLES, THEME
from brieftex.input.theme.layers import read_theme
from brieftex.input.theme.locate import theme_names
from brieftex.input.theme.read import Raw
from brieftex.input.theme.values import Leaf, WrittenValue
from brieftex.patterns import late

_FOLDER = Path(__file__).parents[2] / "themes"
_KEY = late(r"( *)([a-z_0-9]+):(.*)")
_TRAILING = late(r"(?:^|\s)#\s(.*)$")
_LOOK = ("like", "font", "size", "align")  # of a style, what its row of the table shows

OWN = """\
# 甲大学的简报：名称用暗红色，条目另起一页，页码同公文。
extends: briefing

colors: {red: '#9b1c1f'}

masthead: {name_max: 64pt, rule: 0.8mm}

start: {items: true}

folio: {middle: '', right: '— {page} —', mirrored: true, inset: 1字, on_first: false}

labels: {contents: 本期要目}

styles:
  item: {size: 三号, align: left}
"""
"""A theme of an office's own, as the documentation shows it."""

_HEAD = """\
# 主题

主题是 YAML 文件，说简报长什么样；简报文件里写 `theme: 名称`，或者写主题文件的路径。
自带的主题：

| 名称 | 用途 |
|---|---|
{themes}

## 自己的主题

只写与某个主题不同的地方，开头一行 `extends` 说从哪一个改起。例如存为 `本单位.yaml`，
简报里写 `theme: 本单位.yaml`：

```yaml
{own}```

主题文件放在简报文件所在的文件夹里（或其下），写相对路径；各期都要用的，放到用户的主题文件夹
（Windows 是 `%APPDATA%\\brieftex\\themes`，其他系统是 `~/.config/brieftex/themes`，可用环境变量
`BRIEFTEX_THEMES` 另定），写文件名、不写 `.yaml`。别处的文件，只有命令行上的 `--theme`、`--edition`
才能指定。`extends` 也照此，最多套 16 层。

写错的键、长度、颜色会连同位置一起指出来。每个数都有限度，写在下表里，超出限度也会指出来。
`brieftex schema --theme > theme.json`
打印主题文件的 JSON Schema，编辑器可以据此补全。

长度写成 `28mm`、`10.5pt`、`三号`（字号）、`2em`（本样式字号的两个字宽）、`2字`（正文的两个字宽）
或 `1行`（版心网格的一行）。颜色写成 `'#d7261e'`，或 `colors` 里的名称；
字体写 `fonts.roles` 里的角色。下面的默认值是 `briefing` 的。
"""


def theme_markdown() -> str:
    """``docs/themes.md``."""
    themes = "\n".join(f"| `{name}` | {_first_comment(name)} |" for name in theme_names())
    about = comments((_FOLDER / "briefing.yaml").read_text("utf-8"))
    raw = read_theme("briefing")
    parts = [_HEAD.format(themes=themes, own=OWN)]
    for field in THEME.fields:
        if field.key not in {"extends", "styles"}:
            told = _group(field, raw[field.key], about)
            parts.append(f"\n## {field.key}\n\n{told}")
    parts.append(f"\n## styles\n\n{about['styles']}\n\n{_styles(raw['styles'], about)}")
    return "".join(parts)


def theme_schema() -> dict[str, Any]:
    """The JSON Schema of a theme file, draft 7."""
    about = comments((_FOLDER / "briefing.yaml").read_text("utf-8"))
    return document(_described(THEME, "", about), "brieftex 主题", whole=False)


def _described(record: Record, path: str, about: dict[str, str]) -> Record:
    """A record whose fields say what they are for, and within what bounds."""
    fields = []
    for field in record.fields:
        here = f"{path}.{field.key}".lstrip(".")
        form, told = field.form, field.about or about.get(here, "")
        if isinstance(form, RecordOf) and form.record is not STYLE:
            form = RecordOf(_described(form.record, here, about))
        elif isinstance(form, Leaf) and form.bounds is not None:
            told = f"{told}（{'～'.join(form.bounds)}）"
        fields.append(replace(field, form=form, about=told))
    return replace(record, fields=tuple(fields))


def comments(text: str) -> dict[str, str]:
    """What the comments of a theme file say of each key, by its path.

    A comment stands behind a key or, with no empty line between, above it.
    """
    found: dict[str, str] = {}
    above: list[str] = []
    stack: list[tuple[int, str]] = []
    for line in text.splitlines():
        if match := _KEY.match(line):
            indent = len(match[1])
            stack = [step for step in stack if step[0] < indent]
            stack.append((indent, match[2]))
            behind = _TRAILING.search(match[3])
            if len(stack) > 1 and stack[0][1] == "styles":
                above = []  # a heading over several styles
            path = ".".join(name for _, name in stack)
            found[path] = "".join((*above, *((behind[1],) if behind else ())))
            above = []
        elif line.lstrip().startswith("# "):
            above.append(line.strip()[2:])
        else:
            above = []
            if stack and (behind := _TRAILING.search(line)):  # a value of more than one line
                found[".".join(name for _, name in stack)] += behind[1]
    return found


def _first_comment(name: str) -> str:
    first = (_FOLDER / f"{name}.yaml").read_text("utf-8").splitlines()[0]
    return first.removeprefix("# ")


def _group(field: Field, raw: Raw, about: dict[str, str]) -> str:
    """One top-level key: a table of the keys below it, or a line for its one value."""
    told = f"{about[field.key]}\n\n" if about.get(field.key) else ""
    if not isinstance(field.form, RecordOf | NamedOf):
        return f"{told}{field.form.told()}，默认 `{_written(raw)}`。\n"
    cells = [
        (f"`{path}`", form.told(), f"`{_written(value)}`", about[f"{field.key}.{path}"])
        for path, form, value in _leaves(field.form, raw)
    ]
    return f"{told}{rows(('键', '写法', '默认', '说明'), cells)}"


def _leaves(form: Form, raw: Raw, path: str = "") -> Iterator[tuple[str, Form, Raw]]:
    assert isinstance(raw, dict)
    if isinstance(form, NamedOf):
        inner = dict.fromkeys(raw, form.inner)
    else:
        assert form.record is not None
        inner = {field.key: field.form for field in form.record.fields}
    for key, below in inner.items():
        here = f"{path}{key}"
        nested = isinstance(below, NamedOf) and below.inner.record is not None
        if isinstance(below, RecordOf) or nested:
            yield from _leaves(below, raw[key], f"{here}.")
        else:
            yield here, below, raw[key]


def _styles(raw: Raw, about: dict[str, str]) -> str:
    assert isinstance(raw, dict)
    key, form = ("键", lambda f: f"`{f.key}`"), ("写法", lambda f: f.form.told())
    cells = []
    for name in STYLES:
        keys_of = raw[name]
        assert isinstance(keys_of, dict)
        look = "，".join(f"{k}: {_written(keys_of[k])}" for k in _LOOK if k in keys_of)
        cells.append((f"`{name}`", about[f"styles.{name}"], f"`{look}`"))
    keys = table((key, form, ABOUT_COLUMN), STYLE.fields)
    return f"{keys}\n{rows(('样式', '用在', '默认'), cells)}"


def _written(raw: Raw) -> str:
    if isinstance(raw, WrittenValue):
        return raw.text if raw.text.strip() else f"'{raw.text}'"
    if isinstance(raw, tuple):
        return f"[{', '.join(map(_written, raw))}]"
    return f"{{{', '.join(f'{key}: {_written(value)}' for key, value in raw.items())}}}"
