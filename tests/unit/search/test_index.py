"""The index against a search by hand: every token of every passage, through changes."""

from __future__ import annotations

import os
import random
import sqlite3
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from brieftex.search.index import Query, SearchIndex
from brieftex.search.records import record_of
from brieftex.search.words import phrase

EXAMPLES = int(os.environ.get("BRIEFTEX_EXAMPLES", "12"))
WORDS = [
    *"会议人员的在一二夜班" * 6, *"〇々𠮷𡃁龘，。：“”（）—— aXé 0９ßＡカなㄅ①Ⅳ½한Ям²%·",
    "Word", "2026", "pH值", "T细胞", "3.14", "A-B", "\n          ",
]  # fmt: skip
"""What texts are made of: also what SQLite, Python and editors might tell apart differently."""


def tokens(text: str) -> list[str]:
    """The tokens as the documents promise them, by another way than the index takes."""
    found, word = [], ""
    for char in text:
        category = unicodedata.category(char)
        name = unicodedata.name(char, "")
        if name.startswith(("CJK UNIFIED", "IDEOGRAPHIC", "HIRAGANA", "KATAKANA", "BOPOMOFO")):
            found += [word] if word else []
            word = ""
            found += [char] if category[0] in "LN" else []
        elif category[0] in "LN":
            word += char.lower()
        else:
            found += [word] if word else []
            word = ""
    return [*found, word] if word else found


def holds(whole: list[str], part: list[str]) -> bool:
    return any(whole[at : at + len(part)] == part for at in range(len(whole)))


def issue(chance: random.Random) -> str:
    date = f"20{chance.randint(10, 26)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    lines = [
        "brieftex: 1",
        f"masthead: {{name: 简报, number: {chance.randint(1, 99)}, issuer: 某办, date: {date}}}",
        "sections:",
    ]
    for section in "甲乙":
        lines += [f"  - title: 栏目{section}", "    items:"]
        body = "".join(chance.choices(WORDS, k=40)).rstrip()
        lines += ["      - title: 某事", "        body: |", f"          段{body}"]
    return "\n".join(lines) + "\n"


def queries(chance: random.Random, texts: list[str]) -> Iterator[tuple[str, ...]]:
    while True:
        words = []
        for text in chance.choices(texts, k=chance.choice((1, 1, 2))):
            at = chance.randrange(len(text))
            words.append(text[at : at + chance.choice((1, 1, 2, 2, 3, 5))])
        if all(map(phrase, words)):
            yield tuple(words)


def agrees(folder: Path, index: SearchIndex, chance: random.Random) -> None:
    """Ask for words of the files, and look for them in every passage."""
    index.update()
    records = {path.name: record_of(path) for path in folder.glob("*.yaml")}
    pieces = [
        (name, [tokens(passage.text) for passage in piece.passages], piece)
        for name, record in records.items() if record is not None
        for piece in record.pieces
    ]  # fmt: skip
    asked = queries(chance, [one.text for _, _, piece in pieces for one in piece.passages])
    for _ in range(10 * EXAMPLES):
        words = next(asked)
        wanted = sorted(
            name
            for name, passages, _ in pieces
            if all(any(holds(one, tokens(word)) for one in passages) for word in words)
        )
        hits, count = index.find(Query(tuple((word,) for word in words)), len(pieces))
        assert sorted(hit.path for hit in hits) == wanted, words
        assert count == len(wanted)
    index._db.execute("INSERT INTO words (words) VALUES ('integrity-check')")


def test_the_index_finds_what_is_there_and_no_more(tmp_path: Path) -> None:
    """Ensures it for words of one character and more, and again after files were changed,
    renamed and removed: what is taken out of the index has to be named exactly."""
    chance = random.Random(EXAMPLES)
    for number in range(EXAMPLES):
        (tmp_path / f"{number}.yaml").write_text(issue(chance), encoding="utf-8")
    index = SearchIndex(tmp_path, tmp_path / "index.db")
    agrees(tmp_path, index, chance)
    for number in range(0, EXAMPLES, 3):
        (tmp_path / f"{number}.yaml").write_text(issue(chance), encoding="utf-8")
    (tmp_path / "1.yaml").rename(tmp_path / "又.yaml")
    (tmp_path / "2.yaml").unlink()
    agrees(tmp_path, index, chance)
    index.close()


def test_opening_an_archive_takes_no_look_at_all_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ensures it in steps of SQLite's machine: a join of all files with all pieces took seconds."""
    place = tmp_path / "index.db"
    SearchIndex(tmp_path, place).close()
    with sqlite3.connect(place) as db:
        db.executemany("INSERT INTO files (path) VALUES (?)", ((str(n),) for n in range(2000)))
        db.executemany("INSERT INTO pieces (file) VALUES (?)", ((n,) for n in range(2000)))
    db.close()
    thousands = []

    def connect(*given: Any, **named: Any) -> sqlite3.Connection:
        made = sqlite3.Connection(*given, **named)
        made.set_progress_handler(lambda: thousands.append(1), 1000)
        return made

    monkeypatch.setattr("brieftex.search.index.sqlite3.connect", connect)
    SearchIndex(tmp_path, place).close()
    assert len(thousands) < 10
