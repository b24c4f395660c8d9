"""Documents of Word of any size, for ``growth_commands``."""

from __future__ import annotations

import io
import zipfile

from growth_kinds import Files

_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000100000001080000000"
    "03a7e9b550000000a49444154789c6360000000020001e221bc330000000049454e44ae426082"
)


def docx(count: int, part: str) -> Files:
    """A document of Word with so many of one part."""
    plain = "<w:r><w:t>甲乙</w:t></w:r>"
    paragraph = f"<w:p>{plain}</w:p>"
    cells = f"<w:tc>{paragraph}</w:tc>" * 3
    grid = f"<w:tblGrid>{'<w:gridCol/>' * 3}</w:tblGrid>"
    bold = f"<w:r><w:rPr><w:b/></w:rPr><w:t>甲乙</w:t></w:r>{plain}"
    change = f"<w:ins>{plain}</w:ins><w:del><w:r><w:delText>丙</w:delText></w:r></w:del>"
    each = range(count)
    merged = (
        "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>" + f"<w:tc>{paragraph}</w:tc>" * 2
    )
    nest = f"<w:tbl>{grid}<w:tr><w:tc>"  # from 83 on, libxml2 refuses them
    body = {
        "paragraphs": lambda: "".join(f"<w:p><w:r><w:t>第{k}段。</w:t></w:r></w:p>" for k in each),
        "text": lambda: f"<w:p><w:r><w:t>{'衡澜大学' * count}</w:t></w:r></w:p>",
        "cells": lambda: f"<w:tbl>{grid}{f'<w:tr>{cells}</w:tr>' * count}</w:tbl>",
        "merged cells": lambda: (
            f"<w:tbl>{grid}<w:tr>{cells}</w:tr>{f'{merged}</w:tr>' * count}</w:tbl>"
        ),
        "columns": lambda: (
            f"<w:tbl><w:tblGrid>{'<w:gridCol/>' * count}</w:tblGrid>"
            + f"<w:tr>{f'<w:tc>{paragraph}</w:tc>' * count}</w:tr>" * 4
            + "</w:tbl>"
        ),
        "tables": lambda: f"<w:tbl>{grid}<w:tr>{cells}</w:tr></w:tbl>{paragraph}" * count,
        "nested tables": lambda: (
            f"{nest * 20}{paragraph}{'<w:p/></w:tc></w:tr></w:tbl>' * 20}{paragraph}" * count
        ),
        "runs": lambda: f"<w:p>{bold * count}</w:p>",
        "changes": lambda: f"<w:p>{change * count}</w:p>",
        "spaces": lambda: (
            f"<w:p><w:r><w:t xml:space='preserve'>甲{' ' * count}乙</w:t></w:r></w:p>"
        ),
        "tabs": lambda: f"<w:p><w:r><w:t>甲</w:t>{'<w:tab/><w:t>乙</w:t>' * count}</w:r></w:p>",
        "breaks": lambda: f"<w:p><w:r>{'<w:t>甲</w:t><w:br/>' * count}</w:r></w:p>",
        "unknown": lambda: f"<w:p>{'<w:x><w:y/></w:x>' * count}{plain}</w:p>",
        "properties": lambda: f"<w:p><w:pPr>{'<w:keepNext/>' * count}</w:pPr>{plain}</w:p>",
        "bookmarks": lambda: "".join(
            f'<w:p><w:bookmarkStart w:id="{k}" w:name="b{k}"/>{plain}'
            f'<w:bookmarkEnd w:id="{k}"/></w:p>'
            for k in each
        ),
        "fields": lambda: (
            "<w:p>"
            + (
                '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
                "<w:r><w:instrText>PAGE</w:instrText></w:r>"
                f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{plain}'
                '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
            )
            * count
            + "</w:p>"
        ),
        "links": lambda: (
            "<w:p>"
            + "".join(f'<w:hyperlink r:id="h{k}">{plain}</w:hyperlink>{plain}' for k in each)
            + "</w:p>"
        ),
        "headings": lambda: (
            f'<w:p><w:pPr><w:pStyle w:val="H"/></w:pPr>{plain}</w:p>{paragraph}' * count
        ),
        "styles": lambda: "".join(
            f'<w:p><w:pPr><w:pStyle w:val="s{k}"/></w:pPr>{plain}</w:p>' for k in each
        ),
        "lists": lambda: (
            (
                '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
                f"{plain}</w:p>"
            )
            * count
        ),
        "footnotes": lambda: (
            "<w:p>"
            + "".join(f'{plain}<w:r><w:footnoteReference w:id="{k + 1}"/></w:r>' for k in each)
            + "</w:p>"
        ),
        "comments": lambda: (
            "<w:p>"
            + "".join(
                f'<w:commentRangeStart w:id="{k}"/>{plain}<w:commentRangeEnd w:id="{k}"/>'
                f'<w:r><w:commentReference w:id="{k}"/></w:r>'
                for k in each
            )
            + "</w:p>"
        ),
        "pictures": lambda: "".join(
            f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing">'
            f'<wp:docPr id="{k}" name="图"/><a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData>'
            f'<pic:pic xmlns:pic="{_DRAWING}/picture"><pic:blipFill><a:blip r:embed="p{k}"/>'
            "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
            for k in each
        ),
        "text boxes": lambda: (
            f"<w:p><w:r><w:pict><w:txbxContent>{paragraph}</w:txbxContent></w:pict></w:r></w:p>"
            * count
        ),
        "headers": lambda: "".join(
            f'<w:p>{plain}<w:pPr><w:sectPr><w:headerReference r:id="e{k}"/></w:sectPr></w:pPr>'
            "</w:p>"
            for k in each
        ),
    }[part]()
    relations, parts = _others(count, part)
    office = f"{_OFFICE}/officeDocument"
    parts |= {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
        + "".join(
            f'<Override PartName="/{name}" ContentType="{_WORD}.'
            f'{name[5:-4].rstrip("0123456789")}+xml"/>'
            for name in parts
            if name.endswith(".xml")
        )
        + "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="a" Type="{office}" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f"{relations}</Relationships>",
        "word/document.xml": f'<w:document xmlns:w="{_SPACE}" xmlns:r="{_OFFICE}"><w:body>{body}'
        "</w:body></w:document>",
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return {"a.docx": file.getvalue()}


def _relation(number: str, sort: str, target: str, more: str = "") -> str:
    return f'<Relationship Id="{number}" Type="{_OFFICE}/{sort}" Target="{target}"{more}/>'


def _others(  # noqa: PLR0911  # one for each sort of part
    count: int, part: str
) -> tuple[str, dict[str, str | bytes]]:
    """The relations of the document, and the parts that they lead to."""
    each = range(count)
    word = f'xmlns:w="{_SPACE}"'
    paragraph = "<w:p><w:r><w:t>甲乙</w:t></w:r></w:p>"
    if part == "footnotes":
        inner = "".join(f'<w:footnote w:id="{k + 1}">{paragraph}</w:footnote>' for k in each)
        return _relation("n", "footnotes", "footnotes.xml"), {
            "word/footnotes.xml": f"<w:footnotes {word}>{inner}</w:footnotes>"
        }
    if part == "comments":
        inner = "".join(
            f'<w:comment w:id="{k}" w:author="李">{paragraph}</w:comment>' for k in each
        )
        return _relation("n", "comments", "comments.xml"), {
            "word/comments.xml": f"<w:comments {word}>{inner}</w:comments>"
        }
    if part in ("styles", "headings"):
        inner = "".join(
            f'<w:style w:type="paragraph" w:styleId="s{k}"><w:name w:val="s{k}"/>'
            f'<w:basedOn w:val="s{k // 2 if k else "x"}"/></w:style>'
            for k in (each if part == "styles" else ())
        )
        inner += '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/></w:style>'
        return _relation("n", "styles", "styles.xml"), {
            "word/styles.xml": f"<w:styles {word}>{inner}</w:styles>"
        }
    if part == "lists":
        inner = (
            '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        )
        return _relation("n", "numbering", "numbering.xml"), {
            "word/numbering.xml": f"<w:numbering {word}>{inner}</w:numbering>"
        }
    if part == "links":
        outside = ' TargetMode="External"'
        return "".join(
            _relation(f"h{k}", "hyperlink", f"https://a.cn/{k}", outside) for k in each
        ), {}
    if part == "pictures":
        return "".join(_relation(f"p{k}", "image", f"media/p{k}.png") for k in each), {
            f"word/media/p{k}.png": _PIXEL for k in each
        }
    if part == "headers":
        return "".join(_relation(f"e{k}", "header", f"header{k}.xml") for k in each), {
            f"word/header{k}.xml": f"<w:hdr {word}>{paragraph}</w:hdr>" for k in each
        }
    return "", {}
