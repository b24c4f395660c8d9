from __future__ import annotations

import os
from pathlib import Path

import pytest

from brieftex import source
from brieftex.diagnostics import InputError
from brieftex.source import decode_source, read_source

TEXT = "masthead:\n  name: 资政参考\n  issuer: 党委政策研究室\nsections: []\n"


def refused(data: bytes) -> tuple[str, int, int]:
    with pytest.raises(InputError) as caught:
        decode_source("x.yaml", data)
    (found,) = caught.value.findings
    assert found.message("zh")
    line, column = caught.value.source.position(found.span.start) if found.span else (0, 0)
    return found.kind.code, line, column


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf8_is_read_without_a_word(encoding: str) -> None:
    source, warnings = decode_source("x.yaml", TEXT.encode(encoding))
    assert source.text == TEXT
    assert warnings == []


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("gbk", "GBK"),
        ("gb18030", "GBK"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
    ],
)
def test_other_encodings_are_read_with_a_warning(encoding: str, name: str) -> None:
    source, warnings = decode_source("x.yaml", TEXT.encode(encoding))
    assert source.text == TEXT
    assert [w.kind.code for w in warnings] == ["BT137"]
    assert name in warnings[0].message("zh")
    assert "UTF-8" in warnings[0].hints("zh")[0]


def test_newlines_stay_as_they_are() -> None:
    assert decode_source("x", b"a\r\nb\rc\n")[0].text == "a\r\nb\rc\n"


def test_damaged_utf8_is_not_read_as_gbk() -> None:
    """Ensures that one bad byte is shown, not a page of rubbish made."""
    data = TEXT.encode() + b"# \xe4\xb8\n"
    assert refused(data)[:2] == ("BT136", 5)


def test_bytes_that_are_no_text() -> None:
    assert refused(b"name: ok\nx: \xff\xff\xff\x80") == ("BT136", 2, 4)
    assert refused(b"\xff\xfea\x00\x00\xd8\x00\x00")[0] == "BT136"


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04rest", b"\xd0\xcf\x11\xe0x", b"%PDF-1.7", b"{\\rtf1", b"\x89PNG\r\n"]
)
def test_documents_of_other_programs(data: bytes) -> None:
    assert refused(data)[0] == "BT135"


def test_an_empty_file_is_text() -> None:
    assert decode_source("x", b"")[0].text == ""


def code_of(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_source(path)
    assert str(path) in caught.value.findings[0].message("zh") or path.exists()
    return caught.value.findings[0].kind.code


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    assert code_of(tmp_path / "no.yaml") == "BT131"
    assert code_of(tmp_path) == "BT132"
    file = tmp_path / "a.yaml"
    file.write_text(TEXT, encoding="utf-8")
    assert code_of(file / "b.yaml") == "BT131"
    assert code_of(Path("a\0b")) == "BT133"
    assert read_source(file)[0].name == str(file)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_a_file_without_permission(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(TEXT, encoding="utf-8")
    file.chmod(0)
    assert code_of(file) == "BT133"


def test_a_file_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "SIZE_LIMIT", 100)
    file = tmp_path / "a.yaml"
    file.write_bytes(b"#" * 101)
    assert code_of(file) == "BT134"
    file.write_bytes(b"#" * 100)
    assert read_source(file)[1] == []
