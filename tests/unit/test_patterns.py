"""Patterns that are compiled late: all of them are right, and folded texts match as the others."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.sources import parsed
from hypothesis import given
from hypothesis import strategies as st

import brieftex
from brieftex import compiled
from brieftex.cli.keeping import keep_patterns, kept_patterns
from brieftex.patterns import (
    ANY,
    CharacterSet,
    Folding,
    PatternStore,
    _Late,
    late,
    late_patterns,
)

# Named, of the class, and neither; a digit and a space of the class's block.
# The last two are those that stand in folded texts for others.
ALPHABET = "一二年月甲乙丙㐀鿿か〇１\u30001a-～，、·é𠀀\U0010f800\U0010f801"
MEMBERS = "\u3400-\u4dbf\u4e00-\u9fff"
SOURCES = (
    rf"\d+(?![年二])[{ANY}]",
    rf"(?<=[{ANY}，])[一二]{{1,2}}(?:年|(?=[{ANY}a]))",
    rf"[^\s{ANY}]+[{ANY}·\u3000]*",
)


def values(module: object) -> Iterator[object]:
    for value in vars(module).values():
        yield value
        if isinstance(value, tuple):
            for part in value:
                yield part
                yield from part if isinstance(part, tuple) else ()


def test_every_pattern_compiles() -> None:
    """Ensures that no mistake in a pattern waits for the text that first needs it."""
    found = 0
    for module in pkgutil.walk_packages(brieftex.__path__, "brieftex."):
        if module.name != "brieftex.__main__":
            for value in values(importlib.import_module(module.name)):
                if isinstance(value, _Late):
                    assert value.flags is not None
                    found += 1
    assert found > 150


def test_no_module_compiles_as_it_is_imported() -> None:
    eager = []
    for path, tree in parsed().items():
        for statement in tree.body:
            if isinstance(statement, ast.FunctionDef | ast.ClassDef):
                continue
            eager += [
                f"{path.name}:{node.lineno}"
                for node in ast.walk(statement)
                if isinstance(node, ast.Call)
                and ast.unparse(node.func) in ("re.compile", "compile")
            ]
    assert eager == []


def test_a_pattern_is_compiled_when_it_is_used() -> None:
    pattern = late("(", re.ASCII)  # a mistake
    try:
        pattern.match("")
    except re.error:
        pass
    else:
        raise AssertionError
    pattern = late("a(?P<b>.)", re.IGNORECASE)
    assert pattern.flags & re.IGNORECASE
    assert pattern.sub(r"\g<b>", "xAbx") == "xbx"
    assert pattern.fullmatch("ab")
    assert not pattern.fullmatch("abc")


def test_the_patterns_of_one_library_are_late(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Catches a library that keeps all patterns late, another that gets late ones, which it may
    hand to ``re``, and ``re.compile`` that stays another."""
    for name in ("library_one", "library_other"):
        text = "import re\nONE = re.compile('a+', re.I)\nTWO = re.compile(ONE.pattern + 'b')\n"
        (tmp_path / f"{name}.py").write_text(text, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    before = re.compile
    with late_patterns("library_one"):
        one, other = map(importlib.import_module, ("library_one", "library_other"))
    assert re.compile is before
    assert isinstance(one.TWO, _Late)
    assert isinstance(other.TWO, re.Pattern)
    assert one.ONE.fullmatch("aA")
    assert one.TWO.findall("aab") == other.TWO.findall("aab") == ["aab"]


@given(st.text(ALPHABET, max_size=12))
def test_folded_texts_match_in_the_same_places(text: str) -> None:
    folding = Folding(MEMBERS, *SOURCES)
    folded = folding.fold(text)
    assert len(folded) == len(text)
    for source in SOURCES:
        plain = re.compile(source.replace(ANY, MEMBERS))
        expected = [match.span() for match in plain.finditer(text)]
        assert [match.span() for match in folding.late(source).finditer(folded)] == expected


@given(st.characters(), st.text(ALPHABET, max_size=12))
def test_a_set_has_what_its_brackets_have(character: str, text: str) -> None:
    members = "·〇_\u3041-\u30ff㐀-\u9fffa-c\U00020000-\U0003fffd"
    some, pattern = CharacterSet(members), re.compile(f"[{members}]+")
    assert (character in some) == bool(pattern.fullmatch(character))
    assert "" not in some
    assert list(some.runs(text)) == [match.span() for match in pattern.finditer(text)]


PATTERNS: tuple[tuple[str | bytes, int], ...] = (
    ("第[一二三四五六七八九十百]{1,3}(?P<of>期|号)(?P=of)?", 0),
    ("(?P<a>x)(?P<b>(?P<c>y)?)", re.IGNORECASE),
    ("(?<=[é甲])é++", re.IGNORECASE),
    ("[\ud800-\udfff\U0010fff0]+", 0),
    ("  a  # a comment", re.VERBOSE),
    ("(?ms)^.$", 0),
    (rb"\d+(?P<rest>[^\0])", re.DOTALL),
    (r"\w", re.ASCII),
    (r"\w", 0),
)


def filled() -> PatternStore:
    store = PatternStore()
    for pattern in PATTERNS:
        store.compile(*pattern)
    return store


def test_kept_patterns_are_those_that_were_compiled() -> None:
    """Ensures that what is made of kept codes is what ``re`` makes, groups and names too."""
    store = filled()
    assert store.learnt
    data = store.data()
    assert data is not None
    assert store.data() is None
    assert len(compiled.unpacked_codes(data)) == len(PATTERNS)
    later = PatternStore(lambda: data)
    for pattern, flags in PATTERNS:
        made, known = re.compile(pattern, flags), later.compile(pattern, flags)
        assert known == made
        assert (known.groups, known.groupindex) == (made.groups, made.groupindex)
    assert not later.learnt
    later.compile("another")
    more = later.data()
    assert more is not None
    assert len(compiled.unpacked_codes(more)) == len(PATTERNS) + 1


def test_damaged_codes_are_not_used() -> None:
    """Ensures that a byte that has changed, a file cut off and one of another Python give no
    pattern that matches otherwise."""
    data = filled().data()
    assert data is not None
    for place in (0, data.index(b"\0") + 1, data.index(b"\n") + 30, len(data) - 1):
        changed = bytearray(data)
        changed[place] ^= 1
        assert compiled.unpacked_codes(bytes(changed)) == []
    for damaged in (b"", b"\n", data[:-1], data[: data.index(b"\n") + 1], data[1:]):
        assert compiled.unpacked_codes(damaged) == []
    # Whole, but by another who knew how to make a checksum.
    odd = compiled.Codes(b"a", True, 0, 32, b"\xff" * 40, 0, {})
    short = compiled.Codes(b"b", True, 0, 32, b"\xff", 3, {"x": 9})
    store = PatternStore(lambda: compiled.packed_codes([odd, short]))
    for pattern in ("a", "b"):
        assert store.compile(pattern) == re.compile(pattern)
    assert store.learnt


def test_patterns_are_kept_in_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ensures that a cache that cannot be written or read costs nothing but time."""
    monkeypatch.setenv("BRIEFTEX_CACHE", str(tmp_path / "cache"))
    assert kept_patterns() == b""
    keep_patterns(filled())
    assert len(compiled.unpacked_codes(kept_patterns())) == len(PATTERNS)
    (tmp_path / "file").touch()
    monkeypatch.setenv("BRIEFTEX_CACHE", str(tmp_path / "file/cache"))
    keep_patterns(filled())
    assert kept_patterns() == b""
