"""What a theme may say, told to people and to their editors.

The keys are those of ``theme.keys``; what each is for stands once, in the comments of
``themes/briefing.yaml``, which also has the values that hold unless a theme says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from brieftex.input.theme.keys import STYLE, STYLES, THEME
from brieftex.input.theme.load import read_theme, theme_names
from brieftex.input.theme.read import Raw, Value
from brieftex.input.theme.values import Items, Keys, Leaf, Named, Scope, Shape

_FOLDER = Path(__file__).parents[2] / "themes"
_KEY = re.compile(r"( *)([a-z_0-9]+):(.*)")
_TRAILING = re.compile(r"(?:^|\s)#\s(.*)$")
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

写错的键、长度、颜色会连同位置一起指出来。`brieftex schema --theme > theme.json`
打印主题文件的 JSON Schema，编辑器可以据此补全。

长度写成 `28mm`、`10.5pt`、`三号`（字号）、`2em`（本样式字号的两个字宽）、`2字`（正文的两个字宽）
或 `1行`（版心网格的一行）。颜色写成 `'#d7261e'`，或 `colors` 里的名称；
字体写 `fonts.roles` 里的角色。下面的默认值是 `briefing` 的。
"""


def markdown() -> str:
    """``docs/themes.md``."""
    themes = "\n".join(f"| `{name}` | {_first_comment(name)} |" for name in theme_names())
    about = comments((_FOLDER / "briefing.yaml").read_text("utf-8"))
    raw = read_theme("briefing")
    parts = [_HEAD.format(themes=themes, own=OWN)]
    for key, shape in THEME.known.items():
        if key not in {"extends", "styles"}:
            parts.append(f"\n## {key}\n\n{_group(key, shape, raw[key], about)}")
    parts.append(f"\n## styles\n\n{about['styles']}\n\n{_styles(raw['styles'], about)}")
    return "".join(parts)


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a theme file, draft 7."""
    about = comments((_FOLDER / "briefing.yaml").read_text("utf-8"))
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "brieftex 主题",
        **_schema(THEME, "", about),
    }


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


def _group(key: str, shape: Shape, raw: Raw, about: dict[str, str]) -> str:
    """One top-level key: a table of the keys below it, or a line for its one value."""
    told = f"{about[key]}\n\n" if about.get(key) else ""
    if not isinstance(shape, Keys | Named):
        return f"{told}{_form(shape)}，默认 `{_written(raw)}`。\n"
    rows = "".join(
        f"| `{path}` | {_form(leaf)} | `{_written(value)}` | {about[f'{key}.{path}']} |\n"
        for path, leaf, value in _leaves(shape, raw)
    )
    return f"{told}| 键 | 写法 | 默认 | 说明 |\n|---|---|---|---|\n{rows}"


def _leaves(shape: Keys | Named, raw: Raw, path: str = "") -> Iterator[tuple[str, Shape, Raw]]:
    assert isinstance(raw, dict)
    inner = shape.known if isinstance(shape, Keys) else dict.fromkeys(raw, shape.shape)
    for key, below in inner.items():
        here = f"{path}{key}"
        if isinstance(below, Keys) or (isinstance(below, Named) and isinstance(below.shape, Keys)):
            yield from _leaves(below, raw[key], f"{here}.")
        else:
            yield here, below, raw[key]


def _styles(raw: Raw, about: dict[str, str]) -> str:
    assert isinstance(raw, dict)
    keys = "".join(
        f"| `{key}` | {_form(leaf)} | {STYLE_WORDS[key]} |\n" for key, leaf in STYLE.known.items()
    )
    rows = ""
    for name in STYLES:
        keys_of = raw[name]
        assert isinstance(keys_of, dict)
        look = "，".join(f"{k}: {_written(keys_of[k])}" for k in _LOOK if k in keys_of)
        rows += f"| `{name}` | {about[f'styles.{name}']} | `{look}` |\n"
    return (
        f"| 键 | 写法 | 说明 |\n|---|---|---|\n{keys}\n"
        f"| 样式 | 用在 | 默认 |\n|---|---|---|\n{rows}"
    )


STYLE_WORDS = {
    "like": "先照这个样式，再改下面写到的",
    "font": "字体角色",
    "size": "字号",
    "bold": "加粗",
    "color": "颜色",
    "rise": "文字抬高多少",
    "leading": "行距",
    "align": "justify 两端齐、left 居左、center 居中、right 居右",
    "indent": "首行缩进",
    "left": "整段左边缩进",
    "right": "整段右边缩进",
    "hang": "首行以外各行再缩进",
    "before": "文字之上的空白；连同文字进为整行，多出的上下均分",
    "after": "文字之下的空白",
    "space": "上方空的整行数，遇页首不空",
    "balance": "各行长短相近，按词语断开：用于标题",
    "keep_next": "不做一页的最后一样东西",
    "keep_previous": "不做一页的第一样东西",
    "keep_lines": "不分在两页",
    "run_in": "小标题不独占一行，下面的段落接着排",
}
"""What the keys of a style are for."""


def _form(shape: Shape) -> str:
    if isinstance(shape, Items):
        count = f"{shape.count} 项" if shape.count else ""
        return f"{count}列表：{_form(shape.leaf)}"
    if isinstance(shape, Named):
        return f"名称: {_form(shape.shape)}"
    assert isinstance(shape, Leaf)
    return shape.form or " ".join(f"`{word}`" for word in shape.choices(Scope()).split("、"))


def _written(raw: Raw) -> str:
    if isinstance(raw, Value):
        return raw.text if raw.text.strip() else f"'{raw.text}'"
    if isinstance(raw, tuple):
        return f"[{', '.join(map(_written, raw))}]"
    return f"{{{', '.join(f'{key}: {_written(value)}' for key, value in raw.items())}}}"


def _schema(shape: Shape, path: str, about: dict[str, str]) -> dict[str, Any]:
    told = {"description": about[path]} if about.get(path) else {}
    if isinstance(shape, Items):
        size = {"minItems": shape.count, "maxItems": shape.count} if shape.count else {}
        return {"type": "array", "items": _schema(shape.leaf, "", about), **size, **told}
    if isinstance(shape, Named):
        inner = _schema(shape.shape, "", about)
        return {"type": "object", "additionalProperties": inner, **told}
    if isinstance(shape, Keys):
        names = {
            key: _schema(below, f"{path}.{key}".lstrip("."), about)
            for key, below in shape.known.items()
        }
        return {"type": "object", "additionalProperties": False, "properties": names, **told}
    if shape.form == "true 或 false":
        return {"type": "boolean", **told}
    if not shape.form:
        return {"enum": shape.choices(Scope()).split("、"), **told}
    return {"type": ["string", "number"], **told}
