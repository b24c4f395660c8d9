"""An office file is opened: guards first, then python-docx for its parts and relations.

Whatever cannot be opened ends in one ``InputError`` whose sentence says what to do. python-docx's
parser resolves no entities and lxml bounds depth; sizes are judged here before anything is
unpacked.
"""

from __future__ import annotations

import contextlib
import io
import zipfile
import zlib
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from brieftex.diagnostics import Finding, InputError, Source
from brieftex.diagnostics.messages import incoming as messages

LARGEST_FILE = 200 * 1024 * 1024
"""Bytes of the largest office file that is read: scans of a whole volume stay below."""

_LARGEST_PART = 64 * 1024 * 1024
_LARGEST_WHOLE = 600 * 1024 * 1024
_MOST_PARTS = 20_000
_MOST_ELEMENTS = 1_000_000
_LEAST_ELEMENT = 4  # bytes
_OLE = b"\xd0\xcf\x11\xe0"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


class XmlPart(Struct):
    """A part of a package: its root element, and where its relations lead."""

    root: Any
    relations: Any

    def target(self, identifier: str | None) -> str | None:
        """The address outside the file that a relation leads to."""
        relation = self.relations.get(identifier) if identifier else None
        if relation is None or not relation.is_external:
            return None
        return str(relation.target_ref)

    def blob(self, identifier: str | None) -> tuple[bytes, str] | None:
        """The bytes and the name of the part that a relation leads to."""
        relation = self.relations.get(identifier) if identifier else None
        if relation is None or relation.is_external:
            return None
        part = relation.target_part
        return part.blob, str(part.partname)


class Package(Struct):
    """The parts of a document that hold text, by their sort; ``document`` is always there."""

    document: XmlPart
    others: dict[str, XmlPart]
    edges: tuple[XmlPart, ...]  # headers and footers


def refused(name: str, problem: Finding) -> InputError:
    """The end of an import."""
    return InputError(Source(name, ""), [problem])


def needs_conversion(data: bytes) -> str | None:
    """What kind of file LibreOffice would have to convert first: its ending. None for others."""
    if data.startswith(_OLE) and not _is_encrypted(data):
        return "doc"
    if data.startswith(b"{\\rtf"):
        return "rtf"
    if data[30:].startswith(b"mimetypeapplication/vnd.oasis.opendocument.text"):
        return "odt"
    return None


def _is_encrypted(data: bytes) -> bool:
    return "EncryptedPackage".encode("utf-16-le") in data


def load_libraries() -> None:
    """Load what a document is opened with, if it is there."""
    with contextlib.suppress(ImportError):
        import docx.opc.package  # noqa: PLC0415  # only this import needs it
        import docx.oxml.parser  # noqa: F401, PLC0415


def open_package(name: str, data: bytes) -> Package:
    """The parts of a .docx. Raises InputError for what is none, with a sentence that helps."""
    if data.startswith(_OLE):
        raise refused(name, messages.ENCRYPTED.at(None))
    _guard(name, data)
    try:
        from docx.opc.exceptions import OpcError  # noqa: PLC0415  # only this import needs it
        from docx.opc.package import OpcPackage  # noqa: PLC0415
        from lxml.etree import LxmlError  # noqa: PLC0415
    except ImportError:
        raise refused(name, messages.LIBRARY_MISSING.at(None)) from None
    try:
        package = _parts(OpcPackage.open(io.BytesIO(data)))
    except (
        OpcError, LxmlError, zipfile.BadZipFile, KeyError, ValueError, AttributeError, TypeError,
        OSError, EOFError, zlib.error, NotImplementedError, RuntimeError, IndexError,
        AssertionError,
    ) as error:  # fmt: skip
        # python-docx names no errors of its own for packages whose relations lead nowhere.
        detail = type(error).__name__
        raise refused(name, messages.DAMAGED.at(None, detail=detail)) from None
    if package is None:
        raise refused(name, messages.NO_DOCUMENT.at(None))
    return package


def twin_mark(data: bytes) -> str:
    """What a document of brieftex says of itself in its properties; "" in any other."""
    from lxml import etree  # noqa: PLC0415  # only the way back needs it

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if archive.getinfo("docProps/custom.xml").file_size > _LARGEST_PART:
                return ""
            root = etree.fromstring(
                archive.read("docProps/custom.xml"), etree.XMLParser(resolve_entities=False)
            )
    except (KeyError, zipfile.BadZipFile, etree.LxmlError, ValueError, OSError, zlib.error,
            NotImplementedError, RuntimeError):  # fmt: skip
        return ""
    for entry in root:
        if entry.get("name") == "brieftex":
            return "".join(entry.itertext()).strip()
    return ""


def _guard(name: str, data: bytes) -> None:
    """Refuse what is no zip, or would not fit when it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _guard_size(name, entries)
            _guard_elements(name, archive)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, IndexError):
        raise refused(name, messages.DAMAGED.at(None, detail="zip")) from None
    if any(entry.flag_bits & 1 for entry in entries):
        raise refused(name, messages.ENCRYPTED.at(None))
    if "word/document.xml" not in {e.filename for e in entries} and not any(
        e.filename == "[Content_Types].xml" for e in entries
    ):
        raise refused(name, messages.NO_DOCUMENT.at(None))


def _guard_size(name: str, entries: Sequence[zipfile.ZipInfo]) -> None:
    whole = sum(entry.file_size for entry in entries)
    largest = max((e.file_size for e in entries if _is_text(e)), default=0)
    if len(entries) > _MOST_PARTS:
        zh, en = f"{len(entries):,} 个部件", f"{len(entries):,} parts"
        raise refused(name, messages.UNPACKS_TOO_LARGE.at(None, what=zh, what_en=en))
    if largest > _LARGEST_PART or whole > _LARGEST_WHOLE:
        size = f"{whole // 2**20} MB"
        raise refused(name, messages.UNPACKS_TOO_LARGE.at(None, what=size, what_en=size))


def _guard_elements(name: str, archive: zipfile.ZipFile) -> None:
    """A few bytes of a zip hold millions of elements, each of which takes its time."""
    texts = [entry for entry in archive.infolist() if _is_text(entry)]
    if sum(entry.file_size for entry in texts) < _MOST_ELEMENTS * _LEAST_ELEMENT:
        return
    count = 0
    for entry in texts:
        text = archive.read(entry)
        count += text.count(b"<") - text.count(b"</")
    if count > _MOST_ELEMENTS:
        zh, en = f"{count:,} 个元素", f"{count:,} elements"
        raise refused(name, messages.UNPACKS_TOO_LARGE.at(None, what=zh, what_en=en))


def _is_text(entry: zipfile.ZipInfo) -> bool:
    return entry.filename.lower().endswith((".xml", ".rels"))


def _parts(package: Any) -> Package | None:
    from docx.opc.constants import RELATIONSHIP_TYPE as RT  # noqa: PLC0415

    main = _main_part(package)
    document = None if main is None else _part(main)
    if document is None or not str(document.root.tag).endswith("}document"):
        return None
    sorts = {
        RT.STYLES: "styles", RT.NUMBERING: "numbering", RT.FOOTNOTES: "footnotes",
        RT.ENDNOTES: "endnotes", RT.COMMENTS: "comments", RT.THEME: "theme",
    }  # fmt: skip
    others: dict[str, XmlPart] = {}
    edges: list[XmlPart] = []
    for relation in main.rels.values():
        if relation.is_external:
            continue
        # Word's strict variant has other addresses that end alike.
        kind = relation.reltype.rpartition("/")[2]
        sort = next((s for r, s in sorts.items() if r.rpartition("/")[2] == kind), None)
        if sort is None and kind not in ("header", "footer"):
            continue
        part = _part(relation.target_part)
        if part is not None and sort is None:
            edges.append(part)
        elif part is not None and sort is not None:
            others.setdefault(sort, part)
    return Package(document, others, tuple(edges))


def _main_part(package: Any) -> Any:
    """The document itself; None in a package without. Word's strict variant has another address
    for its relation, which ends alike."""
    for relation in package.rels.values():
        if not relation.is_external and relation.reltype.endswith("/officeDocument"):
            return relation.target_part
    return None


def _part(part: Any) -> XmlPart | None:
    root = _root(part)
    return None if root is None else XmlPart(root, part.rels)


def _root(part: Any) -> Any:
    """The root of a part, None of one that is no XML. What python-docx has parsed is taken as it
    is, but for names of the strict variant and what a document type may define: as text, a part
    is without its definitions, and what refers to them is no XML."""
    blob = part.blob
    parsed = getattr(part, "element", None)
    if parsed is None or parsed.getroottree().docinfo.internalDTD is not None:
        return parsed_part(blob)
    return parsed_part(blob) if any(strict in blob for strict, _ in _STRICT) else parsed


def parsed_part(blob: bytes) -> Any:
    """The root of a part, None of one that is no XML. Word's strict variant is turned into the
    usual one."""
    from docx.oxml.parser import parse_xml  # noqa: PLC0415
    from lxml.etree import LxmlError  # noqa: PLC0415

    for strict, usual in _STRICT:
        blob = blob.replace(strict, usual)
    try:
        return parse_xml(blob)
    except (LxmlError, ValueError):
        return None


_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", _W.encode()),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"http://purl.oclc.org/ooxml/drawingml/main",
        b"http://schemas.openxmlformats.org/drawingml/2006/main",
    ),
)
