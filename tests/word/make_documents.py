"""The documents that tests import, made by four makers; run to make them anew.

python tests/word/make_documents.py FOLDER. LibreOffice and pandoc must be there. Documents are
kept in the project, so that tests need neither. The YAML beside each was looked at by a person.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from helpers.worddocs import (
    WORD_NUMBERING,
    WORD_STYLES,
    cell,
    docx,
    packed,
    paragraph,
    picture,
    run,
    table,
    text_box,
    unpacked,
    wps,
)

LONG = (
    "今年以来，学校围绕师生反映集中的难点，梳理出二十三项具体事项，逐项明确责任单位和完成时限，"
    "目前已经办结十九项，其余四项按计划推进。"
)
OTHER = (
    "据统计，上半年各类服务窗口受理业务4.6万件，按时办结率达到99.2%，比去年同期提高3.5个百分点，"
    "群众满意度保持稳定。"
)
THIRD = "下一步，将继续压缩办理环节，推动线上线下同标准服务，并定期公布办理进度，接受师生监督。"
HEI, KAI, TITLE = "黑体", "楷体_GB2312", "方正小标宋简体"

HAND: dict[str, Callable[[], bytes]] = {}


def hand(function: Callable[[], bytes]) -> Callable[[], bytes]:
    HAND[function.__name__] = function
    return function


def png(width: int = 24, height: int = 16) -> bytes:
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", (width, height), (30, 90, 160)).save(buffer, "PNG")
    return buffer.getvalue()


@hand
def wps_article() -> bytes:
    body = wps("师生服务事项办理情况", TITLE, 44, "center")
    body += wps(f"　　{LONG}") + wps("一、总体进展", HEI) + wps(f"　　{OTHER}")
    body += wps("（一）窗口服务", KAI) + wps(f"　　{LONG}") + wps("（二）线上服务", KAI)
    body += wps(f"　　{OTHER}") + wps("二、下一步打算", HEI) + wps(f"　　{THIRD}")
    return docx(body)


@hand
def wps_issue() -> bytes:
    box = wps("青岚简讯", TITLE, 72, "center") + wps("第5期（总第61期）", size=32, align="center")
    body = paragraph(text_box(box)) + wps("青岚大学办公室　　　　2026年5月8日")
    for name, first, second in (("校内动态", "后勤窗口延时服务", "图书馆试行预约入座"),
                                ("他山之石", "临水学院推行一次办好", "北岭大学改进会议")):  # fmt: skip
        number = "一" if name == "校内动态" else "二"
        body += wps(f"{number}、{name}", HEI)
        for label, title in (("（一）", first), ("（二）", second)):
            body += wps(f"{label}{title}", KAI) + wps(f"　　{LONG}")
            body += wps("信息来源：青岚大学新闻网　2026年4月30日")
    body += wps("报：校领导。") + wps("送：各学院、机关各部门。")
    body += wps("编辑：甲乙　　审核：丙丁　　共印80份")
    return docx(body)


@hand
def run_in() -> bytes:
    body = wps("关于办理情况的说明", TITLE, 44, "center")
    for number, head in (("（一）", "压实责任。"), ("（二）", "优化流程。")):
        body += paragraph(run(number + head, KAI, 32), run(LONG, "仿宋_GB2312", 32))
    return docx(body)


@hand
def marks() -> bytes:
    fang = "仿宋_GB2312"
    body = wps("记号", TITLE, 44, "center") + wps(f"　　{LONG}")
    body += paragraph(
        run("面积1200 m", fang, 32), run("2", fang, 32, '<w:vertAlign w:val="superscript"/>'),
        run("，CO", fang, 32), run("2", fang, 32, '<w:vertAlign w:val="subscript"/>'),
        run("减少；", fang, 32), run("重点", HEI, 32), run("抓好", fang, 32),
        run("细节", KAI, 32), run("，务求", fang, 32), run("实效", fang, 32, '<w:em w:val="dot"/>'),
        run("，划线", fang, 32, '<w:u w:val="single"/>'), run("的字也在。", fang, 32),
    )  # fmt: skip
    ruby = (
        "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>Shè xiàn</w:t></w:r></w:rt><w:rubyBase><w:r>"
        "<w:t>歙县</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    )
    body += paragraph(run("赴", fang, 32), ruby, run("调研，见", fang, 32),
                      '<w:hyperlink r:id="l1">' + run("公开目录", fang, 32) + "</w:hyperlink>",
                      run("。", fang, 32))  # fmt: skip
    return docx(body, links={"l1": "https://example.edu.cn/list?a=1&b=2"})


@hand
def changes() -> bytes:
    body = wps("修订", TITLE, 44, "center")
    body += paragraph(
        run("原定"), f'<w:del w:id="1" w:author="甲"><w:r><w:delText>五月</w:delText></w:r></w:del>',
        '<w:ins w:id="2" w:author="甲">' + run("六月") + "</w:ins>", run("完成，" + LONG),
    )  # fmt: skip
    mark = '<w:pPr><w:rPr><w:del w:id="3" w:author="甲"/></w:rPr></w:pPr>'
    body += f"<w:p>{mark}{run('这一段与')}</w:p>" + paragraph(run("下一段相连。"))
    body += '<w:p><w:moveTo w:id="4">' + run("移来的一句。") + "</w:moveTo>"
    body += '<w:moveFrom w:id="5">' + run("移走的一句。") + "</w:moveFrom></w:p>"
    return docx(body)


@hand
def comments() -> bytes:
    body = wps("批注", TITLE, 44, "center")
    body += paragraph(
        '<w:commentRangeStart w:id="0"/>', run(LONG), '<w:commentRangeEnd w:id="0"/>',
        '<w:r><w:commentReference w:id="0"/></w:r>',
    )  # fmt: skip
    note = f'<w:comment w:id="0" w:author="丙丁">{paragraph(run("这个数请再核。"))}</w:comment>'
    return docx(body, comments=note)


@hand
def footnotes() -> bytes:
    call = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    body = wps("脚注", TITLE, 44, "center") + paragraph(run("所称办结"), call, run("，" + LONG))
    notes = '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
    notes += f'<w:footnote w:id="2">{paragraph(run("指当事人已经确认。"))}</w:footnote>'
    return docx(body, footnotes=notes)


@hand
def word_numbered() -> bytes:
    body = paragraph(run("自动编号"), style="a3") + paragraph(run(LONG))
    body += paragraph(run("总体情况"), style="1") + paragraph(run(OTHER))
    body += paragraph(run("窗口"), style="2") + paragraph(run(LONG))
    body += paragraph(run("线上"), style="2") + paragraph(run(OTHER))
    body += paragraph(run("打算"), style="1") + paragraph(run("人员"), style="2")
    body += paragraph(run(THIRD))
    return docx(body, styles=WORD_STYLES, numbering=WORD_NUMBERING)


@hand
def word_lists() -> bytes:
    def counted(number: int, text: str) -> str:
        return paragraph(
            run(text), extra=f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
        )

    body = paragraph(run("列表"), style="a3") + paragraph(run(LONG))
    body += counted(2, "窗口延时到晚上八点；") + counted(2, "材料减到三份以内。")
    body += (
        paragraph(run(OTHER)) + counted(3, "第一步，摸清底数；") + counted(3, "第二步，逐项销号。")
    )
    body += paragraph(run(THIRD)) + counted(4, "接着编号的一项；") + counted(4, "再下一项。")
    return docx(body, styles=WORD_STYLES, numbering=WORD_NUMBERING)


@hand
def spans() -> bytes:
    body = wps("表格", TITLE, 44, "center") + wps(f"　　{LONG}")
    body += wps("表1　各窗口办理情况", HEI, 28, "center")
    body += table([
        [cell("窗口", merge="begin"), cell("件数", across=2)],
        [cell("", merge="on"), cell("受理"), cell("办结")],
        ["教务", "1200", "1188"], ["人事", "860", "860"],
    ])  # fmt: skip
    return docx(body + wps(f"　　{OTHER}"))


@hand
def pictures() -> bytes:
    body = wps("图片", TITLE, 44, "center") + wps(f"　　{LONG}")
    body += paragraph(picture("r1", "办事大厅的窗口", 'l="25000" r="25000"'), align="center")
    body += wps("图1　办事大厅", KAI, 28, "center") + wps(f"　　{OTHER}")
    body += paragraph(picture("r2", "流程"), align="center")
    return docx(body, media={"image1.png": png(), "image2.emf": b"\x01\0\0\0EMF"})


@hand
def attachments() -> bytes:
    body = wps("关于做好服务工作的通知", TITLE, 44, "center") + wps("各学院、机关各部门：")
    body += wps(f"　　{LONG}") + wps("　　附件：1.服务事项清单") + wps("　　　　　2.联系人名单")
    body += wps("青岚大学", align="right") + wps("2026年5月12日", align="right")
    body += wps("附件1") + wps("服务事项清单", TITLE, 44, "center") + wps(f"　　{OTHER}")
    body += wps("附件2") + wps("联系人名单", TITLE, 44, "center") + wps(f"　　{THIRD}")
    return docx(body)


@hand
def controls() -> bytes:
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        "</w:docPartObj></w:sdtPr><w:sdtContent>"
        f"{paragraph(run('一、总体情况…1'), style='TOC1')}</w:sdtContent></w:sdt>"
    )
    body = paragraph(run("内容控件"), style="a3") + contents
    body += f"<w:sdt><w:sdtContent>{paragraph(run(LONG))}</w:sdtContent></w:sdt>"
    body += paragraph("<w:smartTag>" + run("青岚大学") + "</w:smartTag>", run("的做法，" + OTHER))
    body += paragraph(
        run("见"), '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
        '<w:r><w:instrText> HYPERLINK "https://example.edu.cn/x" </w:instrText></w:r>',
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>', run("通知全文"),
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>', run("。"),
    )  # fmt: skip
    body += paragraph(run("看不见的字", extra="<w:vanish/>"), run("看得见的字。"))
    return docx(body, styles=WORD_STYLES, header=paragraph(run("青岚大学内部资料")))


@hand
def speeches() -> bytes:
    body = wps("座谈发言摘登", TITLE, 44, "center") + wps(f"　　{LONG}")
    for name, office in (("王一", "教务处处长"), ("李二", "图书馆馆长")):
        body += paragraph(run(f"　　{name}（{office}）：", HEI, 32), run(OTHER, "仿宋_GB2312", 32))
    return docx(body)


def slim(data: bytes) -> bytes:
    """The same each time, without the picture of the first page."""
    parts = {n: d for n, d in unpacked(data).items() if "thumbnail" not in n}
    parts["_rels/.rels"] = re.sub(
        rb"<Relationship [^>]*thumbnail[^>]*/>", b"", parts["_rels/.rels"]
    )
    return packed(parts)


def by_python_docx() -> dict[str, bytes]:
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt

    def faced(run_: object, face: str, size: int = 0, *, bold: bool = False) -> None:
        run_.font.name = face  # type: ignore[attr-defined]
        run_._element.rPr.rFonts.set(qn("w:eastAsia"), face)  # type: ignore[attr-defined]
        run_.bold = bold  # type: ignore[attr-defined]
        if size:
            run_.font.size = Pt(size)  # type: ignore[attr-defined]

    def saved(document: object) -> bytes:
        buffer = io.BytesIO()
        document.save(buffer)  # type: ignore[attr-defined]
        return slim(buffer.getvalue())

    def fresh(title: str = "") -> object:
        document = Document()
        document.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts().set(
            qn("w:eastAsia"), "仿宋"
        )
        if title:
            document.add_heading(title, 0)
        return document

    made: dict[str, bytes] = {}
    one = fresh("工作简况")
    one.add_paragraph(LONG)  # type: ignore[attr-defined]
    one.add_heading("一、进展", 1)  # type: ignore[attr-defined]
    one.add_paragraph(OTHER)  # type: ignore[attr-defined]
    one.add_heading("（一）窗口", 2)  # type: ignore[attr-defined]
    one.add_paragraph(THIRD)  # type: ignore[attr-defined]
    made["headings"] = saved(one)

    two = fresh("清单")
    two.add_paragraph(LONG)  # type: ignore[attr-defined]
    for text in ("减材料", "减环节", "减时限"):
        two.add_paragraph(text, style="List Bullet")  # type: ignore[attr-defined]
    for text in ("先摸底", "再整改"):
        two.add_paragraph(text, style="List Number")  # type: ignore[attr-defined]
    made["lists"] = saved(two)

    three = fresh("数据表")
    three.add_paragraph(OTHER)  # type: ignore[attr-defined]
    grid = three.add_table(rows=3, cols=3, style="Table Grid")  # type: ignore[attr-defined]
    for i, words in enumerate((("单位", "受理", "办结"), ("教务处", "320", "318"),
                               ("人事处", "", "75"))):  # fmt: skip
        for j, word in enumerate(words):
            grid.cell(i, j).text = word
    made["table"] = saved(three)

    four = fresh("图")
    four.add_paragraph(LONG)  # type: ignore[attr-defined]
    four.add_picture(io.BytesIO(png()))  # type: ignore[attr-defined]
    four.add_paragraph("图1 服务大厅", style="Caption")  # type: ignore[attr-defined]
    made["picture"] = saved(four)

    five = fresh("强调")
    mixed = five.add_paragraph("要求是")  # type: ignore[attr-defined]
    mixed.add_run("一次告知").bold = True
    mixed.add_run("，做到")
    mixed.add_run("件件有回音").italic = True
    mixed.add_run("。" + LONG)
    made["emphasis"] = saved(five)

    six = fresh()
    for text, face, size, bold in (("办理情况通报", TITLE, 22, False), ("", "仿宋", 16, False)):
        line = six.add_paragraph()  # type: ignore[attr-defined]
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if text:
            faced(line.add_run(text), face, size, bold=bold)
    for text, face in ((LONG, "仿宋"), ("一、成效", HEI), (OTHER, "仿宋"), ("二、不足", HEI),
                       (THIRD, "仿宋")):  # fmt: skip
        faced(six.add_paragraph().add_run(text), face, 16)  # type: ignore[attr-defined]
    made["faces"] = saved(six)

    seven = fresh("引文")
    seven.add_paragraph(LONG)  # type: ignore[attr-defined]
    seven.add_paragraph("办事不求人，才是真方便。", style="Quote")  # type: ignore[attr-defined]
    seven.add_paragraph(OTHER)  # type: ignore[attr-defined]
    made["quotation"] = saved(seven)

    eight = fresh("特殊字符")
    eight.add_paragraph(
        "文件名是a_b_c.txt，星号*和#号、[方括号]、<尖括号>、反斜线\\都照印；2*3*4=24。"
    )  # type: ignore[attr-defined]
    eight.add_paragraph("1.5倍行距不是编号；- 也不是列表")  # type: ignore[attr-defined]
    eight.add_paragraph("“引号”——破折号……省略号，全角：！？")  # type: ignore[attr-defined]
    made["characters"] = saved(eight)

    nine = fresh("换行")
    broken = nine.add_paragraph("第一行")  # type: ignore[attr-defined]
    broken.add_run().add_break()
    broken.add_run("第二行，" + LONG)
    nine.add_paragraph()  # type: ignore[attr-defined]
    nine.add_page_break()  # type: ignore[attr-defined]
    nine.add_paragraph(THIRD)  # type: ignore[attr-defined]
    made["breaks"] = saved(nine)

    ten = fresh("来源与供稿")
    ten.add_paragraph(LONG)  # type: ignore[attr-defined]
    ten.add_paragraph("（教务处供稿）")  # type: ignore[attr-defined]
    ten.add_paragraph("来源：青岚大学新闻网")  # type: ignore[attr-defined]
    ten.add_paragraph("网址：https://news.example.edu.cn/2026/0501.html")  # type: ignore[attr-defined]
    made["sources"] = saved(ten)
    return made


HTML = {
    "article": f"<h1>服务情况</h1><p>{LONG}</p><h2>一、进展</h2><p>{OTHER}</p><h3>（一）窗口</h3>"
    f"<p>{THIRD}</p>",
    "bullets": f"<h1>举措</h1><p>{LONG}</p><ul><li>延长时间</li><li>减少材料</li></ul><p>{OTHER}</p>",
    "ordered": f"<h1>步骤</h1><p>{LONG}</p><ol><li>摸底；</li><li>整改；</li><li>回访。</li></ol>",
    "table": f"<h1>表</h1><p>{LONG}</p><table border=1><tr><th>单位</th><th>件数</th></tr>"
    "<tr><td>教务处</td><td>320</td></tr><tr><td>人事处</td><td>75</td></tr></table>",
    "spans": f"<h1>并格</h1><p>{LONG}</p><table border=1><tr><td colspan=2>合计</td><td>395</td></tr>"
    "<tr><td>教务</td><td>处</td><td>320</td></tr></table>",
    "marks": f"<h1>记号</h1><p>{LONG}<b>务必</b>落实，<i>逐项</i>销号，1200 m<sup>2</sup>，"
    'H<sub>2</sub>O，<a href="https://example.edu.cn/a">目录</a>。</p>',
}  # fmt: skip

_FODT = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">'
    "<office:automatic-styles>"
    '<style:style style:name="T" style:family="paragraph"><style:paragraph-properties '
    'fo:text-align="center"/><style:text-properties style:font-name-asian="方正小标宋简体" '
    'style:font-size-asian="22pt" fo:font-size="22pt"/></style:style>'
    '<style:style style:name="H" style:family="paragraph"><style:text-properties '
    'style:font-name-asian="黑体" style:font-size-asian="16pt"/></style:style>'
    '<style:style style:name="K" style:family="paragraph"><style:text-properties '
    'style:font-name-asian="楷体" style:font-size-asian="16pt"/></style:style>'
    '<style:style style:name="B" style:family="paragraph"><style:text-properties '
    'style:font-name-asian="仿宋" style:font-size-asian="16pt"/></style:style>'
    '<style:style style:name="R" style:family="paragraph"><style:paragraph-properties '
    'fo:text-align="end"/><style:text-properties style:font-name-asian="仿宋" '
    'style:font-size-asian="16pt"/></style:style>'
    "</office:automatic-styles><office:body><office:text>"
)


def _odt(*lines: tuple[str, str]) -> str:
    inner = "".join(f'<text:p text:style-name="{style}">{text}</text:p>' for style, text in lines)
    return f"{_FODT}{inner}</office:text></office:body></office:document>"


NOTE = (
    '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
    "<text:note-body><text:p>按受理时间统计。</text:p></text:note-body></text:note>"
)
ODT = {
    "faces": _odt(("T", "服务质量报告"), ("B", LONG), ("H", "一、基本情况"), ("B", OTHER),
                  ("K", "（一）窗口"), ("B", THIRD), ("K", "（二）线上"), ("B", LONG)),
    "note": _odt(("T", "脚注"), ("B", f"办结率{NOTE}，{OTHER}")),
    "signed": _odt(("T", "情况说明"), ("B", LONG), ("B", OTHER), ("R", "青岚大学教务处"),
                   ("R", "2026年5月6日")),
    "numbers": _odt(("T", "三项任务"), ("B", LONG), ("B", "1.摸清底数；"), ("B", "2.逐项销号；"),
                    ("B", "3.公开结果。")),
}  # fmt: skip

PANDOC = {
    "plain": f"# 情况\n\n{LONG}\n\n## 进展\n\n{OTHER}\n\n### 窗口\n\n{THIRD}\n",
    "titled": f"---\ntitle: 有题目的稿件\n---\n\n{LONG}\n\n# 进展\n\n{OTHER}\n\n# 打算\n\n{THIRD}\n",
    "lists": f"---\ntitle: 列表\n---\n\n{LONG}\n\n- 甲项\n- 乙项\n\n{OTHER}\n\n1. 先做这件\n2. 再做那件\n",
    "table": f"---\ntitle: 表\n---\n\n{LONG}\n\n| 单位 | 件数 |\n|---|---|\n| 教务处 | 320 |\n| 人事处 | 75 |\n",
    "note": f"---\ntitle: 脚注\n---\n\n办结[^1]，{LONG}\n\n[^1]: 指当事人确认。\n",
    "marks": f"---\ntitle: 记号\n---\n\n{LONG}**务必**落实，*逐项*销号，m^2^，H~2~O，[目录](https://example.edu.cn/b)。\n",
    "quote": f"---\ntitle: 引文\n---\n\n{LONG}\n\n> 小事不小办，大事不拖办。\n\n{OTHER}\n",
    "quotes": f"---\ntitle: 引号\n---\n\n他说：“先把小事办好。”——这是要求……{LONG}\n",
    "deep": f"# 总题\n\n## 甲\n\n### 乙\n\n#### 丙\n\n{LONG}\n\n#### 丁\n\n{OTHER}\n",
    "source": f"---\ntitle: 来源\n---\n\n{LONG}\n\n来源：青岚日报，2026年4月2日\n",
}  # fmt: skip


def by_office(folder: Path) -> dict[str, bytes]:
    made = {}
    sources = {f"html-{name}": (f"<html><meta charset=utf-8><body>{text}</body></html>", "html")
               for name, text in HTML.items()}  # fmt: skip
    sources |= {f"odt-{name}": (text, "fodt") for name, text in ODT.items()}
    for name, (text, ending) in sources.items():
        path = folder / f"{name}.{ending}"
        path.write_text(text, encoding="utf-8")
    for ending, more in (("html", ["--infilter=HTML (StarWriter)"]), ("fodt", [])):
        files = sorted(map(str, folder.glob(f"*.{ending}")))
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        subprocess.run(["soffice", profile, "--headless", *more, "--convert-to", "docx",
                        "--outdir", str(folder), *files], check=True, timeout=300)  # fmt: skip
    for name in sources:
        made[name] = slim((folder / f"{name}.docx").read_bytes())
    return made


def by_pandoc(folder: Path) -> dict[str, bytes]:
    made = {}
    for name, text in PANDOC.items():
        path = folder / f"pandoc-{name}.docx"
        subprocess.run(["pandoc", "-f", "markdown", "-t", "docx", "-o", str(path)],
                       input=text, text=True, check=True, timeout=60)  # fmt: skip
        made[name] = slim(path.read_bytes())
    return made


def main(target: Path) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = {f"hand-{name}": make() for name, make in HAND.items()}
        made |= {f"python-{name}": data for name, data in by_python_docx().items()}
        made |= {f"office-{name}": data for name, data in by_office(folder).items()}
        made |= {f"pandoc-{name}": data for name, data in by_pandoc(folder).items()}
    for name, data in made.items():
        (target / f"{name.replace('_', '-')}.docx").write_bytes(data)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
