"""Importing documents in tests, and counting their characters with another parser."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

from brieftex.diagnostics import Severity, Source
from brieftex.input.issue.file import read_issue_text
from brieftex.word.facts import SPACES
from brieftex.word.incoming import Incoming, empty_issue, printed_texts, read_document
from brieftex.word.pictures import save
from brieftex.word.shape import HeadingForms

DOCUMENTS = sorted((Path(__file__).parents[1] / "word" / "documents").glob("*.docx"))
FORMS = HeadingForms(
    ("{han}、", "{arabic}. ", "（{han}）", "{arabic}. "),
    ("{han}、", "（{han}）", "{arabic}.", "（{arabic}）"),
)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def imported(data: bytes, folder: Path, *, accept: bool = True) -> Incoming:
    return read_document("稿件.docx", data, empty_issue(folder), FORMS, accept=accept)


def folded(text: str) -> str:
    """Characters that print, ² as 2: a superscript is the same character raised."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(c for c in plain if not c.isspace() and c not in SPACES)


def characters_of(data: bytes) -> Counter[str]:
    """All characters of a document, read by another parser: one form of each text box, the bodies
    of notes, heads and feet; comments are told as such."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [
            name for name in archive.namelist()
            if re.fullmatch(r"word/(document|footnotes|endnotes|header\d*|footer\d*)\.xml", name)
        ]  # fmt: skip
        roots = [ET.fromstring(archive.read(name)) for name in names]
    found: Counter[str] = Counter()
    for root in roots:
        for parent in list(root.iter()):
            for child in list(parent):
                # Outside of an alternative neither is one.
                alone = parent.tag != f"{_MC}AlternateContent"
                if child.tag == f"{_MC}Fallback" and parent.find(f"{_MC}Choice") is not None:
                    if alone:
                        continue
                    parent.remove(child)
        for element in root.iter():
            if element.tag in (f"{_W}t", f"{_W}delText"):
                found.update(folded(element.text or ""))
    return found


def balance(
    data: bytes, one: Incoming, text: str, folder: Path
) -> tuple[Counter[str], Counter[str]]:
    """What the document holds and what was added, against what the file says and what was left
    out."""
    save([p for p in one.pictures if p.printable], folder)
    back, findings = read_issue_text(Source("x.yaml", text), [], folder)
    assert [f for f in findings if f.severity is Severity.ERROR] == []
    said = Counter("".join(folded(t) for t in printed_texts(back)))
    said.update(folded("".join(left.text for left in one.shaped.left)))
    held = characters_of(data)
    held.update(folded("".join(one.shaped.added)))
    if back.masthead.name.text == "（刊名）":
        held.update(folded("（刊名）"))
    return held, said
