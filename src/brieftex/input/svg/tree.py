"""XML into elements, with bounds; entities and document types are refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

ELEMENT_LIMIT = 20_000
DEPTH_LIMIT = 64


class SvgError(Exception):
    """An SVG file that cannot be used. ``line`` is where, 0 if it is the whole;
    ``zh`` and ``en`` say why."""

    def __init__(self, line: int, zh: str, en: str) -> None:
        """The reasons have no full stop."""
        super().__init__(line, en)
        self.line = line
        self.zh = zh
        self.en = en


@dataclass(slots=True)
class Element:
    """An element: its name and its attributes' names without namespace, its text parts and
    children in order, and the line it begins in."""

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


def parse(data: bytes) -> Element:
    """The root element of an SVG file. Raises SvgError."""
    builder = _Builder()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.words
    parser.EntityDeclHandler = builder.entity
    builder.parser = parser
    try:
        parser.Parse(data, True)  # expat takes it by position
    except expat.ExpatError as error:
        why = expat.errors.messages.get(error.code, str(error))
        raise SvgError(
            error.lineno, f"不是完整的 XML（{why}）", f"not well-formed: {why}"
        ) from None
    except (LookupError, ValueError) as error:  # an encoding that Python does not know
        raise SvgError(1, "不认识的文字编码", str(error)) from None
    root = builder.root
    if root is None or root.name != "svg":
        raise SvgError(1, "最外层不是 svg", "the outermost element is no svg")
    return root


class _Builder:
    def __init__(self) -> None:
        self.root: Element | None = None
        self.stack: list[Element] = []
        self.count = 0
        self.parser: expat.XMLParserType

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        line = self.parser.CurrentLineNumber
        if self.count > ELEMENT_LIMIT or len(self.stack) >= DEPTH_LIMIT:
            raise SvgError(line, "图形太多或嵌套太深", "too many elements, or nested too deep")
        local = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        element = Element(name.rpartition(" ")[2], local, line)
        if self.stack:
            self.stack[-1].children.append(element)
        else:
            self.root = element
        self.stack.append(element)

    def end(self, _name: str) -> None:
        self.stack.pop()

    def words(self, text: str) -> None:
        self.stack[-1].children.append(text)

    def entity(self, *_: object) -> None:
        raise SvgError(
            self.parser.CurrentLineNumber, "含有实体定义（ENTITY）", "it defines entities"
        )
