"""Documents in manners of their own: what stands in other parts, in objects, in controls, in other
namespaces. Nothing may be lost without a word, and what is imported can be built."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers.worddocs import docx, packed, paragraph, run, table, text_box, unpacked, wps
from helpers.wordimports import balance, imported

from brieftex.pipeline import typeset
from brieftex.word.incoming import issue_text
from brieftex.word.pictures import save

pytestmark = pytest.mark.usefixtures("sound_files")

LONG = (
    "今年以来，学校围绕师生反映集中的难点，梳理出二十三项具体事项，逐项明确责任单位和完成时限，"
    "目前已经办结十九项，其余四项按计划推进。"
)
TITLE = wps("师生服务事项办理情况", "方正小标宋简体", 44, "center")
HEI, KAI = "黑体", "楷体_GB2312"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def text(*lines: str) -> str:
    return "".join(wps(f"　　{line}") for line in lines or (LONG,))


def with_part(
    data: bytes, name: str, content: bytes, kind: str, identifier: str = "rX", outside: str = ""
) -> bytes:
    """The package with a part more, to which the document has a relation."""
    parts = unpacked(data)
    if not outside:
        parts[f"word/{name}"] = content
    ending = name.rpartition(".")[2]
    types = parts["[Content_Types].xml"].decode()
    if f'Extension="{ending}"' not in types:
        default = f'<Default Extension="{ending}" ContentType="text/{ending}"/></Types>'
        types = types.replace("</Types>", default)
    parts["[Content_Types].xml"] = types.encode()
    mode = ' TargetMode="External"' if outside else ""
    relation = (
        f'<Relationship Id="{identifier}" Type="{OFFICE}/{kind}" Target="{outside or name}"{mode}/>'
    )
    rels = parts["word/_rels/document.xml.rels"].decode()
    parts["word/_rels/document.xml.rels"] = rels.replace(
        "</Relationships>", f"{relation}</Relationships>"
    ).encode()
    return packed(parts)


def graphic(inner: str) -> str:
    return (
        "<w:r><w:drawing><wp:inline><wp:extent cx='900' cy='900'/><wp:docPr id='7' name='对象'/>"
        f"<a:graphic><a:graphicData>{inner}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def chart() -> bytes:
    body = TITLE + text() + paragraph(graphic(
        '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="rX"/>'
    )) + text()  # fmt: skip
    points = "".join(
        f'<c:pt xmlns:c="c" idx="{k}"><c:v>{v}</c:v></c:pt>'
        for k, v in enumerate(("东校区", "西校区", "31", "42"))
    )
    content = f'<c:chartSpace xmlns:c="c">{points}</c:chartSpace>'.encode()
    return with_part(docx(body), "charts/chart1.xml", content, "chart")


def smart_art() -> bytes:
    body = TITLE + text() + paragraph(graphic(
        '<dgm:relIds xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
        'r:dm="rX" r:lo="rX" r:qs="rX" r:cs="rX"/>'
    ))  # fmt: skip
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/main"
    content = (
        f'<d xmlns:a="{drawing}"><a:t>申请</a:t><a:t>审核</a:t><a:t>送交复核</a:t></d>'.encode()
    )
    return with_part(docx(body), "diagrams/data1.xml", content, "diagramData")


def alt_chunk() -> bytes:
    body = TITLE + text() + '<w:altChunk r:id="rX"/>' + text()
    html = "<html><body><p>嵌入的一段文字。</p></body></html>".encode()
    return with_part(docx(body), "afchunk.html", html, "aFChunk")


def linked_picture() -> bytes:
    inner = '<pic:pic><pic:blipFill><a:blip r:link="rX"/></pic:blipFill></pic:pic>'
    body = TITLE + text() + paragraph(graphic(inner)) + text()
    return with_part(docx(body), "x.png", b"", "image", outside="file:///D:/图/现场.png")


def strict() -> bytes:
    parts = unpacked(docx(TITLE + text() + wps("一、总体进展", HEI) + text()))
    for name, data in parts.items():
        parts[name] = data.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
    return packed(parts)


def controls() -> bytes:
    """A date, a placeholder, a list to choose from and a box to tick, as content controls."""

    def control(properties: str, inner: str) -> str:
        return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    body = TITLE + text()
    body += control("<w:alias w:val='正文'/>", text("控件里的一整段文字，写在块里。"))
    body += paragraph(
        run("时间："), control("<w:date/>", run("2026年5月8日")), run("，地点："),
        control("<w:showingPlcHdr/>", run("单击或点击此处输入文字。")), run("，结果："),
        control("<w:dropDownList/>", run("已办结")), run("。"),
    )  # fmt: skip
    return docx(body)


def layout_table() -> bytes:
    """A masthead in a table without rules, a whole page in another one, a table in that."""
    inner = table([["单位", "件数"], ["东校区", "31"]])
    cell = f"<w:tc>{text()}{inner}{text('表后的一段话，也在格里。')}</w:tc>"
    head = table([["青岚大学办公室", "2026年5月8日"]], ruled=False)
    body = wps("青岚简讯", "方正小标宋简体", 72, "center") + wps("第5期", align="center") + head
    return docx(body + table([[cell]], ruled=False))


def grouped_boxes() -> bytes:
    one, two = (
        f"<wps:wsp><wps:txbx><w:txbxContent>{wps(t)}</w:txbxContent></wps:txbx></wps:wsp>"
        for t in ("左边框里的提示。", "右边框里的提示。")
    )
    group = f"<wpg:wgp xmlns:wpg='wpg'>{one}<wpg:grpSp>{two}</wpg:grpSp></wpg:wgp>"
    return docx(TITLE + paragraph(graphic(group)) + text() + paragraph(text_box(wps("第三个框。"))))


def word_art() -> bytes:
    """The name of a briefing as WordArt, which holds its words in an attribute."""
    shape = '<w:r><w:pict><v:shape><v:textpath on="t" string="青岚简讯"/></v:shape></w:pict></w:r>'
    body = paragraph(shape, align="center") + wps("第5期", align="center")
    body += wps("青岚大学办公室　　2026年5月8日") + wps("一、校内动态", HEI)
    return docx(body + wps("（一）窗口延时", KAI) + text() + wps("（二）座位预约", KAI) + text())


def typed_tabs() -> bytes:
    """Numbers typed with tabs behind, soft hyphens, marks of direction, symbols, no break."""
    tab = "<w:r><w:tab/></w:r>"
    body = TITLE + text() + paragraph(run("一、", HEI, 32), tab, run("总体进展", HEI, 32)) + text()
    body += paragraph(
        run("办\u200f理"), "<w:r><w:softHyphen/></w:r>", run("进展"),
        "<w:r><w:noBreakHyphen/></w:r>", run("如下"),
        '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>',
        '<w:r><w:sym w:font="奇怪的字体" w:char="F123"/></w:r>', run("。"),
    )  # fmt: skip
    return docx(body + paragraph(run("二、", HEI, 32), tab, run("下一步打算", HEI, 32)) + text())


def hidden_and_upright() -> bytes:
    upright = '<w:eastAsianLayout w:vert="1"/>'
    body = TITLE + paragraph(
        run("看得见的话，"), run("看不见的话，", extra="<w:vanish/>"),
        run("２０", extra=upright), run("加点的字", extra='<w:em w:val="dot"/>'),
        "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>kūn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>堃"
        "</w:t></w:r></w:rubyBase></w:ruby></w:r>", run("字都在。"),
    )  # fmt: skip
    down = '<w:tcPr><w:textDirection w:val="tbRlV"/></w:tcPr>'
    cell = f"<w:tc>{down}{paragraph(run('竖排的格'))}</w:tc>"
    return docx(body + text() + table([["甲", "乙"], [cell, "横排"]]))


def framed_paragraphs() -> bytes:
    frame = '<w:framePr w:w="4000" w:hSpace="180" w:wrap="around" w:vAnchor="text"/>'
    body = TITLE + paragraph(run("放在图文框里的一句话。"), extra=frame) + text()
    return docx(body + "<w:p><w:smartTag><w:smartTag>" + run("智能标记里的字。") +
                "</w:smartTag></w:smartTag></w:p>")  # fmt: skip


def fields() -> bytes:
    """Fields in one another, a date, a reference, a folio, and a formula."""

    def char(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    def field(code: str, shown: str) -> str:
        instruction = f"<w:r><w:instrText> {code} </w:instrText></w:r>"
        return char("begin") + instruction + char("separate") + shown + char("end")

    inner = field("IF 1 = 1", field("DATE", run("2026年5月8日")) + run("前"))
    formula = "<m:oMath><m:r><m:t>x=2y</m:t></m:r></m:oMath>"
    body = TITLE + text() + paragraph(
        run("请在"), inner, run("报送，见第"), field("PAGEREF _Ref1", run("3")), run("页，按"),
        formula, run("计算。"), '<w:fldSimple w:instr="REF a">' + run("表1") + "</w:fldSimple>",
    )  # fmt: skip
    return docx(body + text())


MANNERS: dict[str, tuple[Callable[[], bytes], tuple[str, ...], tuple[str, ...]]] = {
    "chart": (chart, (), ("东校区", "42")),
    "SmartArt": (smart_art, (), ("申请", "送交复核")),
    "altChunk": (alt_chunk, (), ("嵌入的一段文字",)),
    "linked picture": (linked_picture, (), ("现场.png",)),
    "strict": (strict, ("## 总体进展", "梳理出二十三项"), ()),
    "controls": (controls, ("时间：2026年5月8日", "已办结", "控件里的一整段"), ("单击或点击",)),
    "layout table": (
        layout_table,
        ("刊名: 青岚简讯", "编发单位: 青岚大学办公室", "[东校区, 31]", "表后的一段话"),
        (),
    ),
    "grouped boxes": (grouped_boxes, ("左边框里的", "右边框里的", "第三个框"), ()),
    "WordArt": (word_art, ("刊名: 青岚简讯", "标题: 校内动态", "标题: 窗口延时"), ()),
    "typed with tabs": (typed_tabs, ("## 总体进展", "## 下一步打算", "进展-如下✓"), ()),
    "hidden and upright": (
        hidden_and_upright, ("==加点的字==", "{堃｜kūn}", "竖排的格"), ("看不见的话",)
    ),
    "frames": (framed_paragraphs, ("放在图文框里的一句话。", "智能标记里的字。"), ()),
    "fields": (fields, ("2026年5月8日前", "第3页", "x=2y", "表1"), ()),
}  # fmt: skip


@pytest.mark.parametrize("name", MANNERS)
def test_nothing_is_lost_without_a_word(name: str, tmp_path: Path) -> None:
    made, said, told = MANNERS[name]
    data = made()
    read = imported(data, tmp_path)
    written, odd = issue_text(read)
    assert odd == []
    for words in said:
        assert words in written
    listed = "\n".join(finding.message() for finding in read.shaped.findings)
    for words in told:
        assert words in listed
        assert words not in written
    held, found = balance(data, read, written, tmp_path)
    assert held - found == Counter()
    for finding in read.shaped.findings:
        assert finding.span is None or finding.span.end <= len(read.source.text)
    save([picture for picture in read.pictures if picture.printable], tmp_path)
    (tmp_path / "期.yaml").write_text(written, "utf-8")
    assert typeset(tmp_path / "期.yaml", bundled_fonts=True).pdf
