"""The reference of the issue file, as Markdown, made from the table of fields.

For people; ``schema`` is the same for programs.
"""

from __future__ import annotations

from brieftex.input.fields import Field, Record, RecordOf, RecordsOf
from brieftex.input.fields.forms import inside
from brieftex.input.fields.reference import ABOUT_COLUMN, EXAMPLE_COLUMN, KEY, NAMES_COLUMN, table
from brieftex.input.issue.blocks import BLOCKS
from brieftex.input.issue.fields import ISSUE, homes
from brieftex.input.issue.values import NUMBER_LIMIT

_HEAD = """\
# 简报文件

本文由 `brieftex schema --markdown` 生成，列出简报文件（YAML）的全部字段。

* 字段名可以写英文，也可以写表中的中文名，意思完全一样，同一个文件里可以混用。
* 字段名后面是半角冒号加一个空格；缩进用半角空格，每层两个。
* 内容里有“: ”“ #”，或以 `[ { * & ! % @ # " '` 等符号开头时，给整个内容加半角单引号。
* 加粗的字段必须写。
* 在 VS Code 里装 YAML 扩展（redhat.vscode-yaml），文件第一行写
  `# yaml-language-server: $schema=brieftex.schema.json`，并运行一次
  `brieftex schema > brieftex.schema.json`，就能自动补全和检查。`brieftex new` 会替你做好这两件事。

"""

_TAIL = f"""\
## 各种内容的写法

**文字**：写在冒号后面的一行。刊名、专题名和各级标题可以用 `|` 写成两行，照此换行。

**一行文字**：可以用 `**着重**`、`*强调*`、`==加点==`、`{{字｜读音}}`、`m^2^`、`CO~2~`、
`[链接文字](网址)`。

**数**：1 到 {NUMBER_LIMIT:,} 的阿拉伯数字，不带“第”“期”“份”。

**日期**：`2024-03-20`、`2024/3/20`、`2024.3.20` 或 `2024年3月20日`，印作 2024年3月20日。

**网址**：以 `http://`、`https://` 或 `mailto:` 开头。

**路径**：相对于简报文件的路径，文件夹之间用 `/`。插图只能在简报文件所在的文件夹里。

**列表**：写成 `[甲, 乙]`，或每项一行、前面加 `- `；只有一项时可以不写成列表。

**正文**：字段名后面写 `|`，文字从下一行起，各行空得一样多；一个自然段写成一行，段与段之间空一行。
可用的标记：

| 写法 | 意思 |
|---|---|
| `## 小标题`、`### 下一级` | 小标题，序号由程序编排 |
| `**着重**`、`*强调*`、`==加点==` | 黑体、楷体、着重号；见主题的 `marks` |
| `6*8`、`张*明`、`**万元` | 乘号、隐去的字、待填的空，星号照印 |
| `{{歙县｜Shè xiàn}}` | 注音，音节之间空一格 |
| `m^2^`、`CO~2~` | 上标、下标 |
| `[链接文字](https://…)` | 链接 |
| `文字[^1]`，另起一段 `[^1]: 注文` | 脚注 |
| `- 项目`、`1. 项目` | 项目列表、编号列表 |
| `> 引文` | 引文；`>50人` 一类照印 |
| `![替代文字](图.png "图题")` | 插图，单独成段 |
| 表头、`\\|---\\|` 和各行 | 表格；一格只写 `<` 并入左边的格，`^` 并入上边的格；换行写 `<br>` |
| 表格里的 `\\<`、`\\^` | 印 < 和 ^ 本身 |

**块**：正文也可以写成列表，每一项是一段文字，或下面“正文里的块”中的一种：

```yaml
body:
  - 开头的一段话。
  - speaker: 李明
    role: 某某大学校长
    text: |
      高校要……
  - figure: images/chart.png
    caption: 学生人数变化
    alt: 柱形图：学生人数逐年上升
```
"""


def issue_markdown() -> str:
    """The document, ending in a newline."""
    # In the order of the file: what a record holds comes after it.
    parts = [_section(record, 2) for record in dict.fromkeys(inside(ISSUE))]
    parts.append("## 正文里的块\n\n块的第一个字段说明它是哪一种。\n")
    for block in BLOCKS:
        parts.append(_section(block, 3))
        parts += [_section(inner, 4) for inner in [*dict.fromkeys(inside(block))][1:]]
    return _HEAD + "\n".join(parts) + "\n" + _TAIL


def _section(record: Record, level: int) -> str:
    title = "最外层" if record is ISSUE else f"{_label(record)} `{_key(record)}`"
    rows = table(
        (KEY, NAMES_COLUMN, ("内容", _content), ABOUT_COLUMN, EXAMPLE_COLUMN), record.fields
    )
    return f"{'#' * level} {title}\n\n{rows}"


def _label(record: Record) -> str:
    """A record's name; a table's block and its content have the same."""
    alike = any(record is not block and record.label == block.label for block in BLOCKS)
    return f"{record.label}的内容" if alike else record.label


def _key(record: Record) -> str:
    """The key that leads to a record: the field that holds it, or a block's own first one."""
    holder = next((h for h, r in homes() if r is record), None)
    return record.fields[0].key if record in BLOCKS or holder is None else holder.key


def _content(field: Field) -> str:
    record = field.form.record
    if not isinstance(field.form, RecordOf | RecordsOf) or record is None:
        return field.form.told()
    many = "列表，每项是" if isinstance(field.form, RecordsOf) else ""
    # The place of a heading, as GitHub makes it.
    return f"{many}[{_label(record)}](#{_label(record)}-{_key(record)})"
