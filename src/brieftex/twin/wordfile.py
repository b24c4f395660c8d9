"""A document of Word that brieftex wrote, as its parts: XML as trees, relations, pictures.

Only files of ``word/write`` come here, which are well-formed and of a known make; the documents of
others are opened by ``word/package``.
"""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree as ET
from xml.sax.saxutils import quoteattr, unescape

from brieftex.patterns import late
from brieftex.word.write.package import PICTURE_TYPES, XML_HEAD, packed_files

WML = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DML = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NO_RELATIONS = (
    XML_HEAD
    + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    "</Relationships>"
).encode()
_RELATION = late(r'<Relationship Id="([^"]*)" Type="[^"]*/(\w+)" Target="([^"]*)"')
_QUOTES = {"&quot;": '"', "&apos;": "'", "&#10;": "\n", "&#13;": "\r", "&#9;": "\t"}
_DECLARED = late(rb' xmlns:(\w+)="([^"]+)"')


class WordFile:
    """The parts of a document by their names in the package."""

    def __init__(self, data: bytes) -> None:
        """``data`` is what ``write_twin`` made."""
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.files = {name: archive.read(name) for name in archive.namelist()}
        for prefix, address in _DECLARED.findall(self.files["word/document.xml"]):
            ET.register_namespace(prefix.decode(), address.decode())

    def tree(self, name: str) -> ET.Element:
        """The root element of a part of ``word/``."""
        return ET.fromstring(self.files[f"word/{name}.xml"])

    def put(self, name: str, root: ET.Element) -> None:
        """Replace a part of ``word/``."""
        self.files[f"word/{name}.xml"] = XML_HEAD.encode() + ET.tostring(root, encoding="utf-8")

    def relations(self, name: str) -> Relations:
        """The relations of a part of ``word/``, none if it has none."""
        return Relations(self, f"word/_rels/{name}.xml.rels")

    def declare(self, ending: str) -> None:
        """Say that there are pictures whose names end so."""
        name, said = "[Content_Types].xml", f'<Default Extension="{ending}"'.encode()
        if said not in self.files[name]:
            whole = said + f' ContentType="{PICTURE_TYPES[ending]}"/></Types>'.encode()
            self.files[name] = self.files[name].replace(b"</Types>", whole)

    def data(self) -> bytes:
        """The file; the same parts, the same bytes."""
        return packed_files(self.files)


class Relations:
    """Where a part leads: links outside, and pictures."""

    def __init__(self, file: WordFile, path: str) -> None:
        """Those in the file ``path`` of a package, if it has one."""
        self._file, self._path = file, path
        found = _RELATION.findall(file.files.get(path, b"").decode())
        self._targets: dict[str, tuple[str, str]] = {
            name: (kind, unescape(target, _QUOTES)) for name, kind, target in found
        }

    def target(self, identifier: str) -> str:
        """The address or the name of the file that a relation leads to."""
        _, found = self._targets.get(identifier, ("", ""))
        return found

    def link(self, address: str) -> str:
        """The identifier of the relation to an address outside, which is made if there is none."""
        return self._of("hyperlink", address, ' TargetMode="External"')

    def picture(self, data: bytes, ending: str) -> str:
        """That of a picture with these bytes."""
        files = self._file.files
        name = next((n for n in files if n.startswith("word/media/") and files[n] == data), None)
        if name is None:
            count = sum(n.startswith("word/media/") for n in files)
            name = f"word/media/image{count + 1}.{ending}"
            files[name] = data
            self._file.declare(ending)
        return self._of("image", name.removeprefix("word/"))

    def bytes_of(self, identifier: str) -> bytes:
        """The file of a picture."""
        return self._file.files[f"word/{self.target(identifier)}"]

    def _of(self, kind: str, target: str, mode: str = "") -> str:
        for name, known in self._targets.items():
            if known == (kind, target):
                return name
        name = f"rMore{len(self._targets) + 1}"
        self._targets[name] = kind, target
        added = (
            f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" '
            f"Target={quoteattr(target)}{mode}/></Relationships>"
        )
        held = self._file.files.get(self._path, _NO_RELATIONS).decode()
        self._file.files[self._path] = held.replace("</Relationships>", added).encode()
        return name
