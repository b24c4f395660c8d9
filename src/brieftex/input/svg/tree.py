"""XML into elements, with bounds: nothing outside the file is opened, and nothing swells."""

from __future__ import annotations

from html.entities import html5
from xml.parsers import expat

from msgspec import Struct, field

from brieftex.patterns import late

ELEMENT_LIMIT = 50_000
_DEPTH_LIMIT = 64
_ATTRIBUTE_LIMIT = 1_000

TEXT_LIMIT = 16_000_000
"""Characters of all texts and attributes together, once entities are replaced."""

_SVG = "http://www.w3.org/2000/svg"
_HTML = "http://www.w3.org/1999/xhtml"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"

_DECLARATION = late(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_WRITTEN = late(r"\A\s*<\?xml[^>]*\?>")

# Chinese encodings are supersets of each other; programs name the smaller one and write the larger.
_CHINESE = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "cp936": "gb18030"}


class SvgError(Exception):
    """An SVG file that cannot be used. ``line`` is where, 0 if it is the whole;
    ``zh`` and ``en`` say why."""

    def __init__(self, line: int, zh: str, en: str) -> None:
        """The reasons have no full stop."""
        super().__init__(line, en)
        self.line = line
        self.zh = zh
        self.en = en


class Element(Struct, eq=False):
    """An element: its name and its attributes' names without namespace, its text parts and
    children in order, and the line it begins in.

    HTML inside a ``foreignObject`` keeps its place in the name: ``html:div``. Elements and
    attributes of other namespaces, such as an editor's own notes, are left out; ``xml:space``
    and ``xml:lang`` keep their prefix.
    """

    name: str
    attributes: dict[str, str]
    line: int
    children: list[Element | str] = field(default_factory=list)

    def elements(self) -> list[Element]:
        """The children that are elements."""
        return [child for child in self.children if isinstance(child, Element)]

    def text(self) -> str:
        """All text in it."""
        return "".join(c if isinstance(c, str) else c.text() for c in self.children)


def parse_svg(data: bytes) -> Element:
    """The root element of an SVG file. Raises SvgError."""
    builder = _Builder()
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.words
    parser.EntityDeclHandler = builder.entity
    parser.SkippedEntityHandler = builder.skipped
    builder.parser = parser
    try:
        parser.Parse(_text(data).encode("utf-8"), True)  # expat takes it by position
    except expat.ExpatError as error:
        why = expat.errors.messages.get(error.code, str(error))
        raise SvgError(
            error.lineno, f"不是完整的 XML（{why}）", f"not well-formed: {why}"
        ) from None
    root = builder.root
    if root is None or root.name != "svg":
        raise SvgError(1, "最外层不是 svg", "the outermost element is no svg")
    return root


def _text(data: bytes) -> str:
    """The characters of a file, decoded as its first bytes or its XML declaration say."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        name = "utf-16"
    else:
        found = _DECLARATION.match(data.removeprefix(b"\xef\xbb\xbf"))
        name = found[1].decode("ascii").lower() if found else "utf-8"
        name = "utf-8-sig" if name in ("utf-8", "utf8") else _CHINESE.get(name, name)
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise SvgError(line, f"文字编码不是 {name}", f"it is not {name}") from None
    except (LookupError, ValueError):
        raise SvgError(1, f"不认识的文字编码 {name}", f"unknown encoding {name}") from None
    # The declaration no longer holds for what expat is given; its lines do.
    return _WRITTEN.sub(lambda match: "\n" * match[0].count("\n"), text, count=1)


class _Builder:
    def __init__(self) -> None:
        self.root: Element | None = None
        self.stack: list[Element] = []
        self.foreign = 0  # depth within an element that is left out
        self.count = self.size = 0
        self.parser: expat.XMLParserType

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        self.grow(sum(map(len, attributes.values())))
        line = self.parser.CurrentLineNumber
        if self.count > ELEMENT_LIMIT or len(self.stack) + self.foreign >= _DEPTH_LIMIT:
            raise SvgError(line, "图形太多或嵌套太深", "too many elements, or nested too deep")
        if len(attributes) > _ATTRIBUTE_LIMIT:
            raise SvgError(line, "一个图形的属性太多", "an element has too many attributes")
        space, _, local = name.rpartition(" ")
        if self.foreign or (self.stack and space not in (_SVG, _HTML, "")):
            self.foreign += 1
            return
        local = f"html:{local}" if space == _HTML else local
        element = Element(local, _attributes(attributes), line)
        if self.stack:
            self.stack[-1].children.append(element)
        else:
            self.root = element
        self.stack.append(element)

    def end(self, _name: str) -> None:
        if self.foreign:
            self.foreign -= 1
        else:
            self.stack.pop()

    def words(self, text: str) -> None:
        self.grow(len(text))
        if self.stack and not self.foreign:
            self.stack[-1].children.append(text)

    def skipped(self, name: str, _parameter: bool) -> None:
        """A name such as ``&nbsp;`` that only the document type, which is not read, defines."""
        text = html5.get(f"{name};")
        if text is None:
            line = self.parser.CurrentLineNumber
            raise SvgError(line, f"没有定义的实体 &{name};", f"&{name}; is not defined")
        self.words(text)

    def entity(self, name: str, _parameter: bool, value: str | None, *_: object) -> None:
        """Plain texts may have names, as Illustrator gives them; nested ones could swell."""
        if value is None or "&" in value or "%" in value or len(value) > 10_000:
            line = self.parser.CurrentLineNumber
            raise SvgError(line, f"不能用的实体定义 {name}", f"the entity {name} is not usable")

    def grow(self, count: int) -> None:
        self.size += count
        if self.size > TEXT_LIMIT:
            line = self.parser.CurrentLineNumber
            raise SvgError(line, "展开后太大", "too large once entities are replaced")


def _attributes(attributes: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in attributes.items():
        space, _, local = key.rpartition(" ")
        if not space:
            found[local] = value
        elif space == _XLINK and local == "href":
            found.setdefault("href", value)
        elif space == _XML and local in ("space", "lang"):
            found[f"xml:{local}"] = value
    return found
