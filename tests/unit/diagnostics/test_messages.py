from __future__ import annotations

import re
from string import Formatter

from helpers.cases import each

from brieftex.diagnostics import Kind
from brieftex.diagnostics.messages import kinds

ALL = kinds()


def fields(templates: tuple[str, ...]) -> set[str]:
    return {name for t in templates for _, name, _, _ in Formatter().parse(t) if name}


def test_codes_and_names_are_unique() -> None:
    """Ensures that ``kinds`` found no two alike: it raises when it does."""
    assert len({kind.name for kind in ALL.values()}) == len(ALL) > 50


@each("kind", ALL.values(), ids=ALL)
def test_a_kind_is_whole(kind: Kind) -> None:
    assert re.fullmatch(r"BT[1-9]\d\d", kind.code)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", kind.name)
    assert len(kind.hints_zh) == len(kind.hints_en) <= 2
    for text in (kind.zh, kind.en, *kind.hints_zh, *kind.hints_en):
        assert text
        assert text == text.strip()
        assert not text.endswith(("。", "."))


@each("kind", ALL.values(), ids=ALL)
def test_both_languages_say_the_same(kind: Kind) -> None:
    """Ensures that a value is in both languages, apart from those made for one of them."""
    zh, en = fields((kind.zh, *kind.hints_zh)), fields((kind.en, *kind.hints_en))
    # English calls by its key what Chinese calls by its name.
    for names in (zh, en):
        names -= {"key", "label", "owner", "zh", "en"}
    assert {name.removesuffix("_en") for name in en} == zh
