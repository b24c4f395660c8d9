"""The metadata of the file: Info, XMP, output intent, attachment, outline and page labels."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping, Sequence
from functools import partial
from html import escape
from pathlib import Path

from brieftex.document.blocks import Metadata, OutlineEntry
from brieftex.pdf.write.objects import Objects, array, literal, stream, text_string
from brieftex.pdf.write.reportlab_bridge import EPOCH, Written

# sRGB as Little CMS builds it ("No copyright, use freely"): the bytes of Pillow's
# ImageCms.createProfile("sRGB"), profile version 4.4, with its creation time set to zero.
_SRGB = Path(__file__).with_name("srgb.icc")

_PRODUCER = "brieftex, ReportLab"

_ROOT = -1  # of the outline, which is no entry

# A file that has no date: the same one on every machine.
_NO_DATE = datetime.datetime(2000, 1, 1, 12, tzinfo=datetime.UTC)

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:format>application/pdf</dc:format>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
{more}<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
<xmp:MetadataDate>{date}</xmp:MetadataDate>
<xmp:CreatorTool>brieftex</xmp:CreatorTool>
<pdf:Producer>{producer}</pdf:Producer>
{archive}{accessible}<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


_PDF_A = """<pdfaid:part>{part}</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
"""


def information(metadata: Metadata, date: datetime.datetime) -> bytes:
    """The document information dictionary (ISO 32000-1, 14.3.3), without empty entries; ``date``
    is when the file was made and changed."""
    entries = {
        b"Title": metadata.title,
        b"Author": metadata.author,
        b"Subject": metadata.subject,
        b"Keywords": ", ".join(metadata.keywords),
        b"Creator": "brieftex",
        b"Producer": _PRODUCER,
    }
    return b"<<%b/CreationDate%b/ModDate%b>>" % (
        b"".join(b"/%b%b" % (k, text_string(value)) for k, value in entries.items() if value),
        _date(date),
        _date(date),
    )


def _date(date: datetime.datetime) -> bytes:
    """A date (ISO 32000-1, 7.9.4)."""
    # The year by hand: strftime writes 385, where four digits are wanted.
    return text_string(f"D:{date.year:04}{date:%m%d%H%M%S}Z")


def _said_date() -> datetime.datetime | None:
    try:
        return datetime.datetime.fromtimestamp(int(os.environ.get(EPOCH, "")), datetime.UTC)
    except (ValueError, OverflowError, OSError):
        return None


def date_of(metadata: Metadata) -> datetime.datetime:
    """The date of the file, never taken from the clock, so that builds are reproducible.

    SOURCE_DATE_EPOCH (reproducible-builds.org) if it is a number of seconds that a date can
    hold, else noon UTC of the issue's date.
    """
    said = _said_date()
    if said is not None:
        return said
    if metadata.date is None:
        return _NO_DATE
    return datetime.datetime.combine(metadata.date, _NO_DATE.timetz())


def xmp(
    metadata: Metadata, date: datetime.datetime, part: int | None, *, accessible: bool = True
) -> Written:
    """The XMP packet that declares PDF/A (ISO 19005-2, 6.6) and PDF/UA-1 (ISO 14289-1, 5).

    ``part`` of ISO 19005 is 2, or 3 for a file with an attachment; None: no PDF/A. One that is
    not ``accessible`` is no PDF/UA. The packet is not compressed, so that programs which know no
    PDF can find it.
    """
    lists = [
        ("dc:creator", "rdf:Seq", "", [metadata.author]),
        ("dc:description", "rdf:Alt", ' xml:lang="x-default"', [metadata.subject]),
        ("dc:subject", "rdf:Bag", "", list(metadata.keywords)),
    ]
    more = "".join(
        f"<{name}><{kind}>"
        + "".join(f"<rdf:li{attribute}>{escape(value)}</rdf:li>" for value in values if value)
        + f"</{kind}></{name}>\n"
        for name, kind, attribute, values in lists
        if any(values)
    )
    if metadata.keywords:
        more += f"<pdf:Keywords>{escape(', '.join(metadata.keywords))}</pdf:Keywords>\n"
    packet = _XMP.format(
        language=escape(metadata.language),
        title=escape(metadata.title),
        more=more,
        archive="" if part is None else _PDF_A.format(part=part),
        accessible="<pdfuaid:part>1</pdfuaid:part>\n" if accessible else "",
        date=f"{date.year:04}-{date:%m-%dT%H:%M:%S}Z",
        producer=escape(_PRODUCER),
    )
    return stream(b"/Type/Metadata/Subtype/XML", packet.encode("utf-8"), packed=False)


def output_intent(file: Objects) -> bytes:
    """The output intent, sRGB (ISO 19005-2, 6.2.3)."""
    profile = file.add(stream(b"/N 3", _SRGB.read_bytes()))
    return (
        b"<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)"
        b"/Info(sRGB IEC61966-2.1)/DestOutputProfile %b>>" % profile
    )


def attachment(name: str, data: bytes, date: datetime.datetime, file: Objects) -> bytes:
    """A file that the document was made from: the reference to its specification
    (ISO 19005-3, 6.8)."""
    parameters = b"/Params<</Size %d/ModDate%b>>" % (len(data), _date(date))
    embedded = file.add(stream(b"/Type/EmbeddedFile/Subtype/text#2Fyaml" + parameters, data))
    return file.add(
        Written(
            b"<</Type/Filespec/F%b/UF%b/Desc%b/AFRelationship/Source/EF<</F %b/UF %b>>>>"
            % (
                literal(name.encode("ascii", "replace")),
                text_string(name),
                text_string("原稿：本文件由它排成"),
                embedded,
                embedded,
            )
        )
    )


def page_labels(numbers: Sequence[int], front: int = 0) -> bytes:
    """The page labels, which are the page numbers (ISO 32000-1, 12.4.2): i, ii for the ``front``
    ones at the beginning."""
    starts = [
        (index, b"r" if index < front else b"D", number)
        for index, number in enumerate(numbers)
        if index in (0, front) or number != numbers[index - 1] + 1
    ]
    return b"<</Nums%b>>" % array(b"%d<</S/%b/St %d>>" % start for start in starts)


def outline(
    entries: Sequence[OutlineEntry],
    destinations: Mapping[str, bytes],
    file: Objects,
    opened: int | None = None,
) -> bytes | None:
    """The bookmarks (ISO 32000-1, 12.3.3); None if there are none.

    ``destinations`` of the anchors. A level that skips one stands right below its parent. So many
    levels are ``opened``; None: all.
    """
    if not entries:
        return None
    parents, places, children = _family(entries)
    references: dict[int, bytes] = {}

    def item(index: int) -> bytes:
        siblings = children[parents[index]]
        place = places[index]
        body = b"<</Title%b/Parent %b/Dest%b" % (
            text_string(entries[index].title),
            references[parents[index]],
            destinations[entries[index].anchor],
        )
        if place > 0:
            body += b"/Prev " + references[siblings[place - 1]]
        if place + 1 < len(siblings):
            body += b"/Next " + references[siblings[place + 1]]
        return body + below(index) + b">>"

    def below(index: int) -> bytes:
        kids = children[index]
        if not kids:
            return b""
        ends = (references[kids[0]], references[kids[-1]])
        shown = seen[index]
        return b"/First %b/Last %b/Count %d" % (*ends, shown if is_open(index) else -shown)

    def is_open(index: int) -> bool:
        return opened is None or index == _ROOT or entries[index].level + 1 < opened

    seen: dict[int, int] = {}  # how many there are below an entry when it is open
    for index in (*reversed(range(len(entries))), _ROOT):
        seen[index] = sum(1 + (seen[kid] if is_open(kid) else 0) for kid in children[index])
    references[_ROOT] = file.add(Written(lambda: b"<</Type/Outlines%b>>" % below(_ROOT)))
    for index in range(len(entries)):
        references[index] = file.add(Written(partial(item, index)))
    return references[_ROOT]


def _family(
    entries: Sequence[OutlineEntry],
) -> tuple[list[int], list[int], dict[int, list[int]]]:
    """The parent of each entry, its place among the children of that, and the children of each."""
    parents: list[int] = []
    places: list[int] = []
    path: list[int] = []  # the entries that the next one may be below
    children: dict[int, list[int]] = {_ROOT: []}
    for index, entry in enumerate(entries):
        del path[entry.level :]
        parents.append(path[-1] if path else _ROOT)
        places.append(len(children[parents[-1]]))
        children[parents[-1]].append(index)
        children[index] = []
        path.append(index)
    return parents, places, children
