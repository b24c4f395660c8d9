"""The parts of a document as one file: the same parts, the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from msgspec import Struct

from brieftex.document.blocks import Metadata

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
"""What the files of a package begin with."""

_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{_OFFICE}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
PICTURE_TYPES = {"png": "image/png", "jpeg": "image/jpeg"}
"""What the files of pictures are, by their endings."""


class WordPart(Struct, frozen=True):
    """A part beside the document: its name, the kind of its content and of the relation to it, the
    name of its root element, and what that holds. ``identifier`` is that of the relation."""

    name: str
    root: str
    content: str
    identifier: str
    kind: str = ""
    links: Mapping[str, str] = {}

    @property
    def sort(self) -> str:
        """The kind of the part."""
        return self.kind or self.name


def packed(  # noqa: PLR0913, PLR0917  # a package is made of all of these
    document: str, parts: Sequence[WordPart], media: Sequence[tuple[bytes, str]],
    links: Mapping[str, str], metadata: Metadata, mark: str,
) -> bytes:  # fmt: skip
    """The file. ``media`` are the pictures, in the order of their identifiers; ``mark`` is kept in
    the properties, and says of which text the document was made."""
    files: dict[str, bytes] = {}
    overrides = [("document", "document.main"), *((p.name, p.sort) for p in parts)]
    files["[Content_Types].xml"] = _types(overrides, sorted({ending for _, ending in media}))
    files["_rels/.rels"] = _relations([
        ("r1", f"{_OFFICE}/officeDocument", "word/document.xml", False),
        ("r2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml", False),
        ("r3", f"{_OFFICE}/custom-properties", "docProps/custom.xml", False),
    ])  # fmt: skip
    files["docProps/core.xml"] = _core(metadata)
    files["docProps/custom.xml"] = _custom(mark)
    inner = [(p.identifier, f"{_OFFICE}/{p.sort}", f"{p.name}.xml", False) for p in parts]
    inner += [
        (f"rImage{k}", f"{_OFFICE}/image", f"media/image{k}.{ending}", False)
        for k, (_, ending) in enumerate(media, 1)
    ]
    files["word/_rels/document.xml.rels"] = _relations(inner + _outside(links))
    files["word/document.xml"] = _root("document", document)
    for part in parts:
        files[f"word/{part.name}.xml"] = _root(part.root, part.content)
        if part.links:
            files[f"word/_rels/{part.name}.xml.rels"] = _relations(_outside(part.links))
    for k, (data, ending) in enumerate(media, 1):
        files[f"word/media/image{k}.{ending}"] = data
    return packed_files(files)


def packed_files(files: Mapping[str, bytes]) -> bytes:
    """Files by their names as one package: the same files, the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 0  # the same bytes on every system
            packing = zipfile.ZIP_STORED if "/media/" in name else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data, packing)
    return buffer.getvalue()


def _root(name: str, content: str) -> bytes:
    return f"{XML_HEAD}<w:{name} {_SPACES}>{content}</w:{name}>".encode()


def _types(overrides: Sequence[tuple[str, str]], endings: Sequence[str]) -> bytes:
    defaults = [("rels", "application/vnd.openxmlformats-package.relationships+xml"),
                ("xml", "application/xml"), *((e, PICTURE_TYPES[e]) for e in endings)]  # fmt: skip
    inner = "".join(f'<Default Extension="{e}" ContentType="{t}"/>' for e, t in defaults)
    inner += "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{sort}+xml"/>'
        for name, sort in overrides
    )
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    custom = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    for name, kind in (("core", core), ("custom", custom)):
        inner += f'<Override PartName="/docProps/{name}.xml" ContentType="{kind}"/>'
    return f'{XML_HEAD}<Types xmlns="{_PACKAGE}/content-types">{inner}</Types>'.encode()


def _relations(relations: Sequence[tuple[str, str, str, bool]]) -> bytes:
    mode = ' TargetMode="External"'
    inner = "".join(
        f'<Relationship Id="{identifier}" Type="{kind}" '
        f"Target={quoteattr(target)}{mode * outside}/>"
        for identifier, kind, target, outside in relations
    )
    space = f"{_PACKAGE}/relationships"
    return f'{XML_HEAD}<Relationships xmlns="{space}">{inner}</Relationships>'.encode()


def _outside(links: Mapping[str, str]) -> list[tuple[str, str, str, bool]]:
    return [(name, f"{_OFFICE}/hyperlink", address, True) for address, name in links.items()]


def _core(metadata: Metadata) -> bytes:
    """Title, author, subject: no time of writing, which would make other bytes of the same
    issue; what day the issue has."""
    fields = [
        ("dc:title", metadata.title), ("dc:subject", metadata.subject),
        ("dc:creator", metadata.author), ("cp:keywords", "; ".join(metadata.keywords)),
        ("dc:language", metadata.language),
    ]  # fmt: skip
    inner = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in fields if text)
    if metadata.date is not None:
        day = f"{metadata.date.isoformat()}T00:00:00Z"
        for name in ("created", "modified"):
            inner += f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{day}</dcterms:{name}>'
    return (
        f'{XML_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{inner}</cp:coreProperties>'
    ).encode()


def _custom(mark: str) -> bytes:
    office = "http://schemas.openxmlformats.org/officeDocument/2006"
    return (
        f'{XML_HEAD}<Properties xmlns="{office}/custom-properties" '
        f'xmlns:vt="{office}/docPropsVTypes"><property '
        'fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="brieftex">'
        f"<vt:lpwstr>{escape(mark)}</vt:lpwstr></property></Properties>"
    ).encode()
