"""Lines that name sources and contributors become values."""

from __future__ import annotations

from msgspec.structs import replace

from brieftex.model.content import Inline
from brieftex.model.issue import SourceNote
from brieftex.word import signs
from brieftex.word.facts import Para
from brieftex.word.inlines import Account
from brieftex.word.trims import PRINTED, READ, remaining


def take_source(account: Account, block: Para, sources: list[SourceNote]) -> bool:
    """Add the source that a line gives; whether it gives one."""
    text = block.text.strip()
    inner = text.strip("（）()[]【】")
    values: dict[str, object] = {}
    address = signs.ADDRESS_SIGN.search(inner)
    if address:
        values["url"] = Inline(address[0])
        inner = inner[: address.start()] + "\u3000" + inner[address.end() :]
    label = signs.SOURCE_LINE.match(inner) or signs.ADDRESS_LINE.match(inner)
    if label is None:
        label = signs.ADDRESS_LINE.match(text)
    rest = inner[label.end() :] if label and inner.startswith(label[0]) else inner
    day = signs.day_of(rest)
    if day is not None:
        values["date"] = day[0]
        rest = f"{rest[: day[1][0]]}\u3000{rest[day[1][1] :]}"
    name = rest.strip(" \t\u3000，,；;、。：:").removesuffix("网址").strip(" \t\u3000，,；;、。：:")
    if not name and "url" in values and sources and sources[-1].url is None:
        sources[-1] = replace(sources[-1], url=values["url"])
    elif name:
        values["name"] = Inline(" ".join(name.split()))
        sources.append(SourceNote(**values))  # type: ignore[arg-type]
    else:
        return False
    kept = name + (address[0] if address else "")
    account.leave(remaining(text, kept), READ, block.number)
    return True


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
