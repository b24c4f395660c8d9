"""What ``explain`` says about a finding, and ``docs/rules.md``, which says it about all."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from brieftex.checks.engine.registry import rules
from brieftex.checks.engine.rule import Rule
from brieftex.diagnostics import Kind, Severity
from brieftex.diagnostics.messages import kinds
from brieftex.patterns import FORMAT

_WORDS = {
    "zh": {
        Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示",
        "What it does": "检查什么", "Why": "为什么", "Example": "不要写", "Use instead": "应写",
        "Reference": "依据", "hint": "建议",
        "off": "不需要这项检查时，在文件里写 `allow: [{code}]`",
    },
    "en": {
        Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note",
        "What it does": "What it does", "Example": "Example", "Use instead": "Use instead",
        "Reference": "Reference", "hint": "hint", "off": "to switch it off: `allow: [{code}]`",
    },
}  # fmt: skip
_NAME = "[A-Z][a-z]+(?: [a-z]+)*"
_PARTS = ("What it does", "Why", "Example", "Use instead", "Reference")
_THEMES = (
    ("BT1", "YAML"), ("BT2", "字段和正文"), ("BT30", "标点"), ("BT327", "数字和日期"),
    ("BT350", "整期"), ("BT365", "字符"), ("BT370", "各期之间"),
    ("BT380", "没有写完、不该印的话"), ("BT382", "没有写全的"), ("BT4", "排版"),
    ("BT5", "粘贴和随手写的文字"), ("BT6", "定稿、读者和发行"), ("BT9", "核验"),
)  # fmt: skip


def parts(rule: Rule) -> dict[str, str]:
    """The parts of a rule's page by name; ``summary`` is its first line, in English."""
    found = re.findall(rf"^ +({_NAME}): (.+(?:\n +(?!{_NAME}: )\S.*)*)", rule.page, re.MULTILINE)
    texts = {name: re.sub(r"\n +", "", text).strip() for name, text in found}
    return {"summary": rule.page.strip().split("\n")[0], **texts}


def explanation(kind: Kind, language: str = "zh") -> str:
    """The page of a kind of finding; only rules have more than the message and its hints."""
    words, zh = _WORDS[language], language == "zh"
    colon = "：" if zh else ": "
    lines = [f"{kind.code} {kind.name}（{words[kind.severity]}）" if zh
             else f"{kind.code} {kind.name} ({words[kind.severity]})"]  # fmt: skip
    lines += ["", _plain(kind.zh if zh else kind.en)]
    hints = kind.hints_zh if zh else kind.hints_en
    lines += [f"{words['hint']}{colon}{_plain(hint)}" for hint in hints]
    rule = rules().get(kind.code)
    if rule is not None:
        page = parts(rule)
        if not zh:  # the reasons are written for editors, in Chinese
            page = {**page, "What it does": page["summary"].rstrip(".")}
            page.pop("Why", None)
        lines.append("")
        lines += [f"{words[name]}{colon}{_seen(page[name])}" for name in _PARTS if name in page]
    if kind.severity is not Severity.ERROR:
        lines += ["", words["off"].format(code=kind.code)]
    return "\n".join(lines) + "\n"


def overview(language: str = "zh") -> str:
    """One line for every kind of finding."""
    words = _WORDS[language]
    return "".join(
        f"{kind.code} {words[kind.severity]} {kind.name}  "
        f"{_plain(kind.zh if language == 'zh' else kind.en)}\n"
        for kind in kinds().values()
    )


def rules_markdown() -> str:
    """``docs/rules.md``."""
    return "".join(_parts())


def _parts() -> Iterator[str]:
    words, known, waiting = _WORDS["zh"], rules(), list(_THEMES)
    fixes = sum(1 for kind in kinds().values() if kind.code in known)
    yield (
        "# 检查规则\n\n"
        "本文由 `brieftex explain --markdown` 生成；"
        "`brieftex explain BT301` 在终端里显示其中一条。\n"
        f"BT3 开头的 {fixes} 条是 `brieftex check` 的规则；其余是读文件和排版时的问题。\n"
        "错误使文件无法排版；警告和提示可以在文件里用 `allow: [BT314]` 关掉。\n"
    )
    for kind in kinds().values():
        while waiting and kind.code >= waiting[0][0]:
            title = waiting.pop(0)[1]
            if not waiting or kind.code < waiting[0][0]:
                yield f"\n## {title}\n"
        yield f"\n### {kind.code} {kind.name}\n\n{words[kind.severity]}：{_plain(kind.zh)}"
        yield "".join(f"。建议：{_plain(hint)}" for hint in kind.hints_zh) + "。\n"
        if kind.code in known:
            page = parts(known[kind.code])
            page |= {name: _code(_seen(page[name])) for name in ("Example", "Use instead")}
            yield "\n" + "".join(f"- {words[name]}：{page[name]}\n" for name in _PARTS)


def _code(examples: str) -> str:
    return "　".join(f"`{example}`" for example in examples.split(" | "))


def _seen(examples: str) -> str:
    """Examples whose invisible characters are named."""
    return re.sub(rf"[^\S \u3000]|[{FORMAT}\ufffc]", lambda m: f"[U+{ord(m[0]):04X}]", examples)


def _plain(template: str) -> str:
    """A template with … for what only a finding knows."""
    return template.format_map(defaultdict(lambda: "…"))
