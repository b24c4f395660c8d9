"""What stands in other parts of a document and is no text of it: charts, diagrams, files put in.

Their words are given, so that they can be listed; nothing of them becomes part of an issue.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from brieftex.patterns import late
from brieftex.word.names import local, r, w
from brieftex.word.package import XmlPart, parsed_part

_CHART = "Word 图表里的名称和数值，照着写成 `chart`", "names and values of a chart of Word"
_DIAGRAM = "SmartArt 图示里的字，另存为图片，或写成列表", "words of a SmartArt diagram"
CHUNK = "嵌入的另一份文件，在 Word 里打开、另存以后再导入", "another file that was put in"
LINKED = "链接的图片，文件里没有，要另找", "a picture that is linked and not in the file"
PLACEHOLDER = "内容控件里没有填写的提示", "prompts of content controls"

_TAGS = late(r"(?s)<(script|style)\b.*?</\1>|<[^>]*>")
_WORDS = {"chart": "v", "relIds": "t"}


def object_words(part: XmlPart, element: Any) -> tuple[str, tuple[str, str]] | None:
    """What a chart or a diagram says, and what it is; None for anything else."""
    name = local(element)
    if name not in _WORDS:
        return None
    identifier = element.get(r("id")) if name == "chart" else element.get(r("dm"))
    found = part.blob(identifier)
    words = " ".join(_texts(found[0], _WORDS[name])) if found is not None else ""
    reason = _CHART if name == "chart" else _DIAGRAM
    return (words or "（里面的字读不出来）"), reason


def _texts(data: bytes, name: str) -> Iterator[str]:
    """The words in elements of a name."""
    root = parsed_part(data)
    if root is None:
        return
    for element in root.iter():
        if local(element) == name and element.text and element.text.strip():
            yield element.text.strip()


def chunk_words(part: XmlPart, element: Any) -> str:
    """What a file says that was put into the document, as far as it is text, else its name."""
    found = part.blob(element.get(r("id")))
    if found is None:
        return "altChunk"
    data, name = found
    text = data.decode("utf-8", "replace") if b"<" in data[:2000] and data[:2] != b"PK" else ""
    return " ".join(_TAGS.sub(" ", text).split()) or name.rpartition("/")[2]


def linked_address(part: XmlPart, blip: Any) -> str | None:
    """The address of a picture that is not in the file; None for one that is."""
    if blip.get(r("embed")) is not None or blip.get(r("link")) is None:
        return None
    return part.target(blip.get(r("link"))) or "（地址不明）"


def is_placeholder(element: Any) -> bool:
    """Whether a content control shows its prompt, because nothing was put in."""
    properties = element.find(w("sdtPr")) if local(element) == "sdt" else None
    return properties is not None and properties.find(w("showingPlcHdr")) is not None
