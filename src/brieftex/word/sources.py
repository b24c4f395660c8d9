"""Lines that name sources and contributors become values."""

from __future__ import annotations

from msgspec.structs import replace

from brieftex.model.content import Inline
from brieftex.model.issue import SourceNote
from brieftex.patterns import late
from brieftex.word import signs
from brieftex.word.facts import Para
from brieftex.word.inlines import Account
from brieftex.word.trims import PRINTED, READ, remaining

_EMPTY = late(r"[（(]\s*[）)]")
_ACCESSED = late(r"[，,；;（(]?\s*(?:访问|查阅)(?:日期|时间)?[：:]?\s*(?=\d{4})")
_TITLED = late(r"([^《》]{2,})《([^《》]{2,80})》")
_EDGES = " \t\u3000，,；;、。：:"


def take_source(account: Account, block: Para, sources: list[SourceNote]) -> bool:
    """Add the source that a line gives, or what it says of the one above; whether it gives one."""
    text = block.text.strip()
    inner = text.strip("（）()[]【】") if text[:1] in "（([【" else text
    values: dict[str, object] = {}
    address = signs.ADDRESS_SIGN.search(inner)
    if address:
        values["url"] = Inline(address[0])
        inner = inner[: address.start()] + "\u3000" + inner[address.end() :]
    patterns = (signs.SOURCE_LINE, signs.ADDRESS_LINE, signs.DATE_LINE)
    label = next((found for p in patterns if (found := p.match(inner))), None)
    if label is None:
        label = signs.ADDRESS_LINE.match(text)
    rest = inner[label.end() :] if label and inner.startswith(label[0]) else inner
    if (visited := _ACCESSED.search(rest)) is not None:
        day = signs.day_of(rest[visited.end() :])
        if day is not None and day[1][0] == 0:
            values["accessed"] = day[0]
            rest = rest[: visited.start()] + rest[visited.end() + day[1][1] :]
    day = signs.day_of(rest)
    if day is not None:
        values["date"] = day[0]
        rest = f"{rest[: day[1][0]]}\u3000{rest[day[1][1] :]}"
    name = _EMPTY.sub("", rest).strip(_EDGES).removesuffix("网址").strip(_EDGES)
    kept = name + (address[0] if address else "")
    if not name and values and sources and all(_lacks(sources[-1], key) for key in values):
        sources[-1] = replace(sources[-1], **values)
    elif name:
        if (titled := _TITLED.fullmatch(name)) is not None:
            values["title"] = Inline(titled[2])
            name = titled[1].strip(_EDGES)
            kept = name + titled[2] + (address[0] if address else "")
        values["name"] = Inline(" ".join(name.split()))
        sources.append(SourceNote(**values))  # type: ignore[arg-type]
    else:
        return False
    account.leave(remaining(text, kept), READ, block.number)
    return True


def _lacks(source: SourceNote, key: str) -> bool:
    return getattr(source, key) is None


def take_contributors(account: Account, block: Para) -> list[Inline]:
    """The names that a line of contributors gives."""
    text = block.text.strip()
    found = signs.CONTRIBUTORS_SIGN.fullmatch(text)
    assert found is not None
    names = [
        name for name in (found[1] or found[2]).replace("，", "、").split("、") if name.strip()
    ]
    account.leave(remaining(text, "".join(names)), PRINTED, block.number)
    return [Inline(name.strip()) for name in names]
