"""Small .docx files written by hand, in the manners of Word and of WPS.

``Docx`` puts a package together from the XML of its body; the functions give paragraphs, runs and
tables as these programs write them.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMES = (
    f'xmlns:w="{W}" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "application/vnd.openxmlformats-package.relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def run(text: str, face: str = "", size: int = 0, extra: str = "") -> str:
    """A run; ``size`` in half points, ``extra`` further properties."""
    fonts = f'<w:rFonts w:ascii="{face}" w:hAnsi="{face}" w:eastAsia="{face}"/>' if face else ""
    sizes = f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if size else ""
    properties = f"<w:rPr>{fonts}{extra}{sizes}</w:rPr>" if fonts or sizes or extra else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*content: str, style: str = "", align: str = "", extra: str = "") -> str:
    """A paragraph of runs."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties += extra
    properties += f'<w:jc w:val="{align}"/>' if align else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(content)}</w:p>"


def wps(text: str, face: str = "仿宋_GB2312", size: int = 32, align: str = "") -> str:
    """A paragraph as WPS leaves it: runs of a few characters, all Normal, faces set by hand."""
    pieces = [text[i : i + 7] for i in range(0, len(text), 7)]
    return paragraph(*(run(piece, face, size) for piece in pieces), align=align)


def table(rows: list[list[str]], *, ruled: bool = True, head: bool = False) -> str:
    """A table; a cell that begins with < is XML of its own."""
    border = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    properties = f"<w:tblPr>{f'<w:tblBorders>{border}</w:tblBorders>' if ruled else ''}</w:tblPr>"
    made = []
    for i, row in enumerate(rows):
        repeat = "<w:trPr><w:tblHeader/></w:trPr>" if head and not i else ""
        cells = "".join(
            cell if cell.startswith("<") else f"<w:tc>{paragraph(run(cell))}</w:tc>" for cell in row
        )
        made.append(f"<w:tr>{repeat}{cells}</w:tr>")
    return f"<w:tbl>{properties}{''.join(made)}</w:tbl>"


def cell(text: str, *, across: int = 1, merge: str = "") -> str:
    """A cell over several columns, or that begins or goes on with a merge of rows."""
    span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
    joined = {"": "", "begin": '<w:vMerge w:val="restart"/>', "on": "<w:vMerge/>"}[merge]
    return f"<w:tc><w:tcPr>{span}{joined}</w:tcPr>{paragraph(run(text) if text else '')}</w:tc>"


def picture(relation: str, alt: str = "", crop: str = "") -> str:
    """A picture in the line; ``crop`` is the attributes of srcRect."""
    cut = f"<a:srcRect {crop}/>" if crop else ""
    return (
        '<w:r><w:drawing><wp:inline><wp:extent cx="914400" cy="914400"/>'
        f'<wp:docPr id="1" name="图片 1" descr="{alt}"/><a:graphic><a:graphicData>'
        f'<pic:pic><pic:blipFill><a:blip r:embed="{relation}"/>{cut}</pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def text_box(*paragraphs: str) -> str:
    """A run with a text box, in both forms that Word writes."""
    inner = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor>'
        f"<a:graphic><a:graphicData><wps:wsp><wps:txbx>{inner}</wps:txbx></wps:wsp>"
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f"<v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def docx(
    body: str,
    *,
    styles: str = "",
    numbering: str = "",
    footnotes: str = "",
    comments: str = "",
    header: str = "",
    media: Mapping[str, bytes] | None = None,
    links: Mapping[str, str] | None = None,
) -> bytes:
    """A package. ``media`` gives the bytes of pictures by file name, whose relation is ``rN`` in
    their order; ``links`` the addresses of relations."""
    types = [
        f'<Default Extension="rels" ContentType="{_RELATIONS}+xml"/>',
        '<Default Extension="xml" ContentType="application/xml"/>',
        *(
            f'<Default Extension="{ending}" ContentType="image/{ending}"/>'
            for ending in sorted({name.rpartition(".")[2] for name in media or {}})
        ),
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>',
    ]
    relations = []
    parts: dict[str, bytes] = {}
    for name, sort, root, content in (
        ("styles", "styles", "styles", styles),
        ("numbering", "numbering", "numbering", numbering),
        ("footnotes", "footnotes", "footnotes", footnotes),
        ("comments", "comments", "comments", comments),
        ("header1", "header", "hdr", header),
    ):
        if content:
            parts[f"word/{name}.xml"] = _xml(root, content)
            types.append(
                f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{sort}+xml"/>'
            )
            relations.append(_relation(f"p{name}", sort, f"{name}.xml"))
    for number, (name, data) in enumerate((media or {}).items(), 1):
        parts[f"word/media/{name}"] = data
        relations.append(_relation(f"r{number}", "image", f"media/{name}"))
    for identifier, address in (links or {}).items():
        relations.append(
            f'<Relationship Id="{identifier}" Type="{_OFFICE}/hyperlink" '
            f'Target="{escape(address)}" TargetMode="External"/>'
        )
    parts["word/document.xml"] = _xml("document", f"<w:body>{body}</w:body>")
    parts["word/_rels/document.xml.rels"] = _relations(relations)
    parts["_rels/.rels"] = _relations([_relation("d", "officeDocument", "word/document.xml")])
    listed = "".join(types)
    content_types = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f"{listed}</Types>"
    )
    return packed({"[Content_Types].xml": content_types.encode(), **parts})


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A zip file that is the same each time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED, 9)
    return buffer.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """The parts of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _xml(root: str, content: str) -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f"{head}<w:{root} {_NAMES}>{content}</w:{root}>".encode()


def _relation(identifier: str, sort: str, target: str) -> str:
    return f'<Relationship Id="{identifier}" Type="{_OFFICE}/{sort}" Target="{target}"/>'


def _relations(relations: list[str]) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{''.join(relations)}</Relationships>"
    ).encode()


WORD_STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="仿宋" w:eastAsia="仿宋"/>'
    '<w:sz w:val="32"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr>'
    '<w:rPr><w:rFonts w:eastAsia="黑体"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="a"/>'
    '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'
    '<w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:rFonts w:eastAsia="楷体"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="Title"/><w:basedOn w:val="a"/>'
    '<w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:rFonts w:eastAsia="方正小标宋简体"/>'
    '<w:sz w:val="44"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/>'
    '<w:basedOn w:val="a"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="a4"><w:name w:val="caption"/>'
    '<w:basedOn w:val="a"/></w:style>'
)
"""Styles with the numeric identifiers of Chinese Word; headings are counted."""

WORD_NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>'
    '<w:pStyle w:val="1"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>'
    '<w:pStyle w:val="2"/><w:suff w:val="nothing"/><w:lvlText w:val="（%2）"/></w:lvl>'
    "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>'
    '<w:lvlText w:val="●"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
)
