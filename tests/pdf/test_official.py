"""GB/T 9704-2012, clause by clause, measured in the finished file.

Characters are found through MuPDF, their ink in pictures of the page at 1200 dpi, rules as
drawings: nothing here asks the typesetter. A character's cell reaches from 0.88 em above its
baseline to 0.12 em below; a line is one character and 7/8 of one of 三号 (3.2).

``pytest tests/pdf/test_official.py --update-goldens`` renews the table of docs/official.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

import pymupdf
import pytest
from helpers.cases import each
from PIL import Image

from brieftex.pipeline import typeset

ISSUE = Path(__file__).with_name("official.yaml")
FOLDER = ISSUE.parents[1] / "publications"
ISSUES = {
    "official": ISSUE,
    **{name: FOLDER / f"{name}.yaml" for name in ("notice", "letter", "order", "minutes")},
}
TABLE = Path(__file__).parents[2] / "docs" / "official.md"
MM = 72 / 25.4
DPI = 1200
ABOVE, BELOW = 0.88, 0.12
FILLER = "\u200b"  # bridges gaps for readers of text

LEFT, TOP, WIDTH, HEIGHT = 28.0, 37.0, 156.0, 225.0
RIGHT, FOOT = LEFT + WIDTH, TOP + HEIGHT
MIDDLE = LEFT + WIDTH / 2
EM = WIDTH / 28
LINE = EM * 15 / 8
FOUR = 14 / MM  # 四号


@dataclass(frozen=True)
class Character:
    text: str
    x: float
    y: float
    size: float
    red: bool

    @property
    def right(self) -> float:
        return self.x + self.size  # of a Han

    @property
    def top(self) -> float:
        return self.y - ABOVE * self.size

    @property
    def foot(self) -> float:
        return self.y + BELOW * self.size


Line = list[Character]


@cache
def book(of: str = "official") -> pymupdf.Document:
    """The finished document of one of ``ISSUES``."""
    return pymupdf.open(stream=typeset(ISSUES[of], bundled_fonts=True).pdf, filetype="pdf")


@cache
def lines(page: int, of: str = "official") -> list[Line]:
    """The lines of a page from its top, their characters in mm from its upper left corner."""
    return _lines(book(of)[page])


@cache
def upward() -> Line:
    """The number and who signs, of a document to an authority above (上行文)."""
    text = ISSUE.read_text("utf-8")
    with TemporaryDirectory() as folder:
        issue = Path(folder, "up.yaml")
        issue.write_text(
            text.replace("  urgency:", "  signers: [闻人堃, 陆景澜]\n  urgency:"), "utf-8"
        )
        pdf = typeset(issue, bundled_fonts=True).pdf
    found = _lines(pymupdf.open(stream=pdf, filetype="pdf")[0])
    return next(made for made in found if made[0].text == "校")


@cache
def unsealed(of: str) -> tuple[Line, ...]:
    """The lines of one of ``ISSUES`` set without seals, page by page, from its text to the end."""
    text = re.sub(r"(?m)^(theme|主题): .*$", r"\1: ./own.yaml", ISSUES[of].read_text("utf-8"))
    with TemporaryDirectory() as folder:
        copytree(FOLDER / "images", Path(folder, "images"))
        own = "extends: official\nsignature: {sealed: false}\n"
        own += "styles: {signature: {right: 2字, space: 1}}\n"
        Path(folder, "own.yaml").write_text(own, "utf-8")
        issue = Path(folder, "own-issue.yaml")
        issue.write_text(re.sub(r"(?m)^  印章: .*\n", "", text), "utf-8")
        pdf = typeset(issue, bundled_fonts=True).pdf
    pages = pymupdf.open(stream=pdf, filetype="pdf")
    return tuple(line for page in pages for line in _lines(page))


def unsigned(start: str, of: str = "official") -> Line:
    """The last line of an unsealed document that begins so, up to the colophon."""
    found = [made for made in unsealed(of) if "".join(c.text for c in made).startswith(start)]
    return next(made for made in reversed(found) if made[0].x > LEFT + EM)


def _lines(page: pymupdf.Page) -> list[Line]:
    found: dict[float, Line] = {}
    for span in page.get_texttrace():
        red = span["color"] != (0, 0, 0)
        for code, _, origin, _ in span["chars"]:
            if not chr(code).isspace() and chr(code) != FILLER:
                x, y = (value / MM for value in origin)
                made = Character(chr(code), x, y, span["size"] / MM, red)
                found.setdefault(round(y, 2), []).append(made)
    return [sorted(found[y], key=lambda char: char.x) for y in sorted(found)]


def line(page: int, start: str, of: str = "official") -> Line:
    """The line that begins with these words, not counting the marks before them."""
    return next(
        found for found in lines(page, of) if "".join(char.text for char in found).startswith(start)
    )


@cache
def ink(
    page: int, top: float, foot: float, of: str = "official", *, right: float = 210
) -> tuple[float, ...]:
    """Left, top, right and foot of all ink between two heights and left of ``right``, mm."""
    clip = pymupdf.Rect(0, top * MM, right * MM, foot * MM)
    picture = book(of)[page].get_pixmap(dpi=DPI, clip=clip, colorspace=pymupdf.csGRAY)
    size, scale = (picture.width, picture.height), 25.4 / DPI
    grey = Image.frombytes("L", size, picture.samples, "raw", "L", picture.stride)
    box = grey.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert box is not None
    x, y = picture.x, picture.y
    return (x + box[0]) * scale, (y + box[1]) * scale, (x + box[2]) * scale, (y + box[3]) * scale


@cache
def rules(page: int, of: str = "official") -> list[pymupdf.Rect]:
    """The rules of a page from its top, mm."""
    return [rect for rect in drawn(page, of) if rect.height < 2]


def seals(page: int, of: str) -> list[pymupdf.Rect]:
    """The rings of the seals of a page from the left, mm."""
    found = [rect for rect in drawn(page, of) if abs(rect.width - rect.height) < 0.1]
    return sorted((r for r in found if r.width > 30), key=lambda rect: rect.x0)


def drawn(page: int, of: str) -> list[pymupdf.Rect]:
    """The boxes of everything drawn on a page from its top, mm."""
    rects = []
    for item in book(of)[page].get_drawings():
        half = (item["width"] or 0) / 2 if item["type"] == "s" else 0
        box = item["rect"]
        rects.append((box.x0 - half, box.y0 - half, box.x1 + half, box.y1 + half))
    scaled = [pymupdf.Rect(*(value / MM for value in rect)) for rect in rects]
    return sorted(scaled, key=lambda rect: rect.y0)


def title(of: str = "official") -> list[Line]:
    return [found for found in lines(0, of) if abs(found[0].size - 22 / MM) < 0.1]


def name_ink() -> tuple[float, ...]:
    return ink(0, 70, 95)


def names() -> list[Line]:
    """The names of a joint masthead, without 文件."""
    return [
        [char for char in found if char.text not in "文件"]
        for found in lines(0, "notice")
        if found[0].red and found[0].text == "云"
    ]


def suffix() -> Line:
    found = [char for one in lines(0, "notice") for char in one if char.text in "文件"]
    return [char for char in found if char.red]


def joint_ink() -> tuple[float, ...]:
    """The ink of the joint names, without what stands beside them."""
    return ink(0, 70, names()[-1][0].foot + 1, "notice", right=names()[0][-1].right + 0.5)


def seal(number: int) -> pymupdf.Rect:
    return seals(1, "notice")[number]


def center(rect: pymupdf.Rect) -> float:
    return (rect.x0 + rect.x1) / 2


def joint_signed() -> tuple[Line, Line]:
    """The two names, which stand on one line."""
    found = line(1, "云汀县应急管理局云汀", "notice")
    half = len("云汀县应急管理局")
    return found[:half], found[half:]


def number() -> Line:
    return line(0, "校发")


def number_foot() -> float:
    return ink(0, number()[0].top - 0.5, rules(0)[0].y0 - 0.5)[3]


def middle(found: Line) -> float:
    return (found[0].x + found[-1].right) / 2


def pitches(page: int) -> Iterator[float]:
    heights = [found[0].y for found in lines(page) if found[0].top < FOOT]
    return (below - above for above, below in pairwise(heights))


FULL = 14  # a line of 28 characters without a mark that could be squeezed
LAST = 4
SIGNED = 2

Place = tuple[str, str, str, float, Callable[[], float]]

PLACES: list[Place] = [
    ("5.2.1", "天头", "37 mm", TOP, lambda: lines(1)[0][0].top),
    ("5.2.1", "订口", "28 mm", LEFT, lambda: lines(1)[FULL][0].x),
    ("5.2.1", "版心右边缘", "28 + 156 mm", RIGHT, lambda: lines(1)[FULL][-1].right),
    ("5.2.1", "版心下边缘，末行字底", "37 + 225 mm", FOOT, lambda: lines(1)[-2][-1].foot),
    ("5.2.3", "每面行数", "22", 22, lambda: len(lines(1)) - 1),
    ("5.2.3", "每行字数", "28", 28, lambda: len(lines(1)[FULL])),
    ("3.2", "行距，最小", "1⅞ 字", LINE, lambda: min(pitches(1))),
    ("3.2", "行距，最大", "1⅞ 字", LINE, lambda: max(pitches(1))),
    ("7.2.1", "份号，左", "顶格", LEFT, lambda: line(0, "000012")[0].x),
    ("7.2.1", "份号，上", "版心第一行", TOP, lambda: line(0, "000012")[0].y - ABOVE * EM),
    ("7.2.2", "密级和保密期限，左", "顶格", LEFT, lambda: line(0, "机密★1年")[0].x),
    ("7.2.2", "密级和保密期限，上", "第二行", TOP + LINE, lambda: line(0, "机密")[0].top),
    ("7.2.3", "紧急程度，左", "顶格", LEFT, lambda: line(0, "特急")[0].x),
    ("7.2.3", "紧急程度，上", "第三行", TOP + 2 * LINE, lambda: line(0, "特急")[0].top),
    ("7.2.4", "发文机关标志，上边缘", "距版心上边缘 35 mm", TOP + 35, lambda: name_ink()[1]),
    ("7.2.4", "发文机关标志，中线", "居中", MIDDLE, lambda: middle(line(0, "衡澜大学文件"))),
    ("7.2.4", "联合行文的标志，上边缘", "距版心上边缘 35 mm", TOP + 35, lambda: joint_ink()[1]),
    ("7.2.4", "各机关名称，左端", "等宽", 0, lambda: names()[1][0].x - names()[0][0].x),
    ("7.2.4", "各机关名称，右端", "等宽", 0, lambda: names()[1][-1].right - names()[0][-1].right),
    (
        "7.2.4", "联合行文的标志，中线", "居中", MIDDLE,
        lambda: (names()[0][0].x + suffix()[-1].right) / 2,
    ),
    (
        "7.2.4", "“文件”，高低", "以机关名称为准上下居中", 0,
        lambda: suffix()[0].y - (names()[0][0].y + names()[1][0].y) / 2,
    ),
    (
        "7.2.5", "联合行文的发文字号，距标志", "空二行", 2 * LINE + (LINE - EM) / 2,
        lambda: line(0, "云应急〔", "notice")[0].top - joint_ink()[3],
    ),
    (
        "7.2.5", "发文字号，距标志下边缘", "空二行", 2 * LINE + (LINE - EM) / 2,
        lambda: number()[0].top - name_ink()[3],
    ),
    ("7.2.5", "发文字号，中线", "居中", MIDDLE, lambda: middle(number())),
    ("7.2.5", "上行文的发文字号，左", "居左空一字", LEFT + EM, lambda: upward()[0].x),
    ("7.2.6", "签发人，右", "居右空一字", RIGHT - EM, lambda: upward()[-1].right),
    ("7.2.7", "分隔线，距发文字号", "4 mm", 4, lambda: rules(0)[0].y0 - number_foot()),
    ("7.2.7", "分隔线，左端", "与版心等宽", LEFT, lambda: rules(0)[0].x0),
    ("7.2.7", "分隔线，右端", "与版心等宽", RIGHT, lambda: rules(0)[0].x1),
    (
        "7.3.1", "标题，距分隔线", "空二行", 2 * LINE + (LINE - EM) / 2,
        lambda: title()[0][0].top - rules(0)[0].y1,
    ),
    ("7.3.1", "标题首行，中线", "居中", MIDDLE, lambda: middle(title()[0])),
    ("7.3.1", "标题末行，中线", "居中", MIDDLE, lambda: middle(title()[-1])),
    ("7.3.2", "主送机关，左", "顶格", LEFT, lambda: line(0, "各学院")[0].x),
    (
        "7.3.2", "主送机关，距标题", "空一行", 2 * LINE - EM,
        lambda: line(0, "各学院")[0].top - title()[-1][0].foot,
    ),
    (
        "7.3.3", "正文，距主送机关", "下一行", LINE,
        lambda: line(0, "为推动")[0].y - line(0, "各学院")[0].y,
    ),
    ("7.3.3", "正文首行，左", "左空二字", LEFT + 2 * EM, lambda: line(0, "为推动")[0].x),
    ("7.3.3", "正文回行，左", "回行顶格", LEFT, lambda: lines(1)[FULL][0].x),
    ("7.3.3", "第一层标题，左", "左空二字", LEFT + 2 * EM, lambda: line(1, "一、总体")[0].x),
    ("7.3.3", "第二层标题，左", "左空二字", LEFT + 2 * EM, lambda: depth("（一）")[0].x),
    ("7.3.3", "第三层标题，左", "左空二字", LEFT + 2 * EM, lambda: depth("1.存")[0].x),
    ("7.3.3", "第四层标题，左", "左空二字", LEFT + 2 * EM, lambda: depth("（1）")[0].x),
    (
        "7.3.3", "第四层标题，距上文", "下一行", LINE,
        lambda: depth("（1）")[0].y - depth("部分村")[0].y,
    ),
    (
        "7.3.4", "附件说明，距正文", "空一行", 2 * LINE,
        lambda: line(SIGNED, "附件：1")[0].y - line(SIGNED, "资产与")[0].y,
    ),
    ("7.3.4", "附件说明，左", "左空二字", LEFT + 2 * EM, lambda: line(SIGNED, "附件：1")[0].x),
    (
        "7.3.4", "附件名称第二项", "与上一项对齐",
        0, lambda: line(SIGNED, "2.首批")[2].x - line(SIGNED, "附件：1")[5].x,
    ),
    ("7.3.5", "成文日期，右", "右空四字", RIGHT - 4 * EM, lambda: line(SIGNED, "2026年")[-1].right),
    (
        "7.3.5", "发文机关署名，中线", "以成文日期为准居中",
        0, lambda: middle(line(SIGNED, "衡澜")) - middle(line(SIGNED, "2026年")),
    ),
    (
        "7.3.5", "成文日期，距署名", "下一行", LINE,
        lambda: line(SIGNED, "2026年")[0].y - line(SIGNED, "衡澜")[0].y,
    ),
    (
        "7.3.5.1", "联合行文的署名", "并排", 0,
        lambda: joint_signed()[1][0].y - joint_signed()[0][0].y,
    ),
    (
        "7.3.5.1", "末一署名，中线", "以成文日期为准居中", 0,
        lambda: middle(joint_signed()[1]) - middle(depth("2026年7")),
    ),
    (
        "7.3.5.1", "首个印章，中线", "居中压署名", 0,
        lambda: center(seal(0)) - middle(joint_signed()[0]),
    ),
    (
        "7.3.5.1", "末个印章，中线", "居中压署名和成文日期", 0,
        lambda: center(seal(1)) - middle(joint_signed()[1]),
    ),
    ("7.3.5.1", "印章，直径", "照章的大小", 42, lambda: seal(0).width),
    ("7.3.5.1", "两个印章，高低", "排列整齐", 0, lambda: seal(1).y0 - seal(0).y0),
    (
        "7.3.5.1", "两个印章，相交的部分", "互不相交或相切", 0,
        lambda: max(0.0, seal(0).x1 - seal(1).x0),
    ),
    ("7.3.5.1", "印章，超出版心的部分", "两端不超出版心", 0, lambda: max(0.0, seal(1).x1 - RIGHT)),
    (
        "7.3.5.1", "印章顶端，距上文超过一行的部分", "一行之内", 0,
        lambda: max(0.0, seal(0).y0 - depth("2.重点")[0].foot - LINE),
    ),
    (
        "7.3.5.1", "署名和成文日期，高于印章中心的部分", "居印章中心偏下", 0,
        lambda: max(
            0.0,
            (seal(1).y0 + seal(1).y1) / 2
            - (depth("云汀县应")[0].top + depth("2026年7")[0].foot) / 2,
        ),
    ),
    (
        "7.3.5.2", "发文机关署名，距附件说明", "空一行", 2 * LINE,
        lambda: unsigned("衡澜大学")[0].y - unsigned("2.首批")[0].y,
    ),
    (
        "7.3.5.2", "成文日期，比署名首字", "右移二字", 2 * EM,
        lambda: unsigned("2026年4")[0].x - unsigned("衡澜大学")[0].x,
    ),
    (
        "7.3.5.2", "成文日期，右", "长于署名，右空二字", RIGHT - 2 * EM,
        lambda: unsigned("2026年4")[-1].right,
    ),
    (
        "7.3.5.2", "成文日期，距署名", "下一行", LINE,
        lambda: unsigned("2026年4")[0].y - unsigned("衡澜大学")[0].y,
    ),
    (
        "7.3.5.2", "联合行文，第二个署名", "依次向下编排", LINE,
        lambda: unsigned("云汀县消", "notice")[0].y - unsigned("云汀县应", "notice")[0].y,
    ),
    (
        "7.3.5.2", "联合行文，署名首字", "对齐", 0,
        lambda: unsigned("云汀县消", "notice")[0].x - unsigned("云汀县应", "notice")[0].x,
    ),
    (
        "7.3.5.2", "联合行文，成文日期，右", "长于署名，右空二字", RIGHT - 2 * EM,
        lambda: unsigned("2026年7月6", "notice")[-1].right,
    ),
    (
        "7.3.5.2", "联合行文，成文日期，比署名首字", "右移二字", 2 * EM,
        lambda: unsigned("2026年7月6", "notice")[0].x - unsigned("云汀县应", "notice")[0].x,
    ),
    (
        "7.3.5.3", "签名，距正文", "空二行", 3 * LINE,
        lambda: signer()[0].y - line(0, "第47次", "order")[0].y,
    ),
    ("7.3.5.3", "签名，右", "右空四字", RIGHT - 4 * EM, lambda: signer()[-1].right),
    (
        "7.3.5.3", "职务，距签名", "左空二字", 2 * EM,
        lambda: signer()[2].x - signer()[1].right,
    ),
    ("7.3.5.3", "职务，高低", "上下居中", 0, lambda: signer()[0].y - signer()[2].y),
    (
        "7.3.5.3", "成文日期，距签名", "空一行", 2 * LINE,
        lambda: line(0, "2026年7月6", "order")[0].y - signer()[0].y,
    ),
    (
        "7.3.5.3", "成文日期，右", "右空四字", RIGHT - 4 * EM,
        lambda: line(0, "2026年7月6", "order")[-1].right,
    ),
    (
        "7.3.6", "附注，距成文日期", "下一行", LINE,
        lambda: line(SIGNED, "（联系人")[-1].y - line(SIGNED, "2026年")[-1].y,
    ),
    ("7.3.6", "附注，左", "居左空二字", LEFT + 2 * EM, lambda: depth("（联系人")[0].x),
    ("7.3.7", "附件序号，左", "顶格", LEFT, lambda: line(3, "附件1")[0].x),
    ("7.3.7", "附件序号，上", "版心第一行", TOP, lambda: line(3, "附件1")[0].top),
    (
        "7.3.7", "附件标题，字心", "版心第三行", TOP + 2 * LINE + EM / 2,
        lambda: (lines(3)[1][0].top + lines(3)[1][0].foot) / 2,
    ),
    ("7.4.1", "首条分隔线，粗", "0.35 mm", 0.35, lambda: rules(LAST)[0].height),
    ("7.4.1", "中间分隔线，粗", "0.25 mm", 0.25, lambda: rules(LAST)[1].height),
    ("7.4.1", "末条分隔线，粗", "0.35 mm", 0.35, lambda: rules(LAST)[2].height),
    ("7.4.1", "分隔线，宽", "与版心等宽", WIDTH, lambda: rules(LAST)[0].width),
    ("7.4.1", "末条分隔线，下边缘", "与版心下边缘重合", FOOT, lambda: rules(LAST)[2].y1),
    ("7.4.2", "抄送，左", "左空一字", LEFT + FOUR, lambda: line(LAST, "抄送")[0].x),
    (
        "7.4.2", "抄送回行，左", "与冒号后的首字对齐", LEFT + 4 * FOUR,
        lambda: lines(LAST)[lines(LAST).index(line(LAST, "抄送")) + 1][0].x,
    ),
    ("7.4.2", "抄送，字号", "4 号", FOUR, lambda: line(LAST, "抄送")[0].size),
    ("7.4.3", "印发机关，左", "左空一字", LEFT + FOUR, lambda: line(LAST, "衡澜大学办")[0].x),
    ("7.4.3", "印发日期，右", "右空一字", RIGHT - FOUR, lambda: line(LAST, "衡澜大学办")[-1].right),
    ("7.5", "一字线，上边缘", "距版心下边缘 7 mm", FOOT + 7, lambda: dash(0)[1]),
    ("7.5", "页码，字号", "4 号", FOUR, lambda: lines(0)[-1][0].size),
    ("7.5", "单页码，右", "居右空一字", RIGHT - FOUR, lambda: lines(0)[-1][-1].right),
    ("7.5", "双页码，左", "居左空一字", LEFT + FOUR, lambda: lines(1)[-1][0].x),
    ("10.1", "标志，上边缘", "距上页边 30 mm", 30, lambda: letter_ink()[1]),
    ("10.1", "标志，中线", "居中", MIDDLE, lambda: middle(letter("云汀县"))),
    ("10.1", "第一条双线，距标志", "4 mm", 4, lambda: red_rules()[0].y0 - letter_ink()[3]),
    ("10.1", "第一条双线，长", "170 mm", 170, lambda: red_rules()[0].width),
    ("10.1", "第一条双线，中线", "居中", MIDDLE, lambda: center(red_rules()[0])),
    (
        "10.1", "第一条双线，下细于上", "上粗下细", 0.8,
        lambda: red_rules()[0].height - red_rules()[1].height,
    ),
    ("10.1", "第二条双线，距下页边", "20 mm", 20, lambda: 297 - red_rules()[3].y1),
    ("10.1", "第二条双线，长", "170 mm", 170, lambda: red_rules()[3].width),
    (
        "10.1", "第二条双线，上细于下", "上细下粗", 0.8,
        lambda: red_rules()[3].height - red_rules()[2].height,
    ),
    ("10.1", "份号，左", "顶格居左", LEFT, lambda: letter("000003")[0].x),
    (
        "10.1", "份号，距双线", "三号字高的 7/8", EM * 7 / 8,
        lambda: letter("000003")[0].y - ABOVE * EM - red_rules()[1].y1,
    ),
    ("10.1", "发文字号，右", "顶格居右", RIGHT, lambda: letter("000003")[-1].right),
    (
        "10.1", "发文字号，距双线", "三号字高的 7/8", EM * 7 / 8,
        lambda: letter("000003")[-1].y - ABOVE * EM - red_rules()[1].y1,
    ),
    ("10.1", "密级，左", "顶格居左", LEFT, lambda: letter("机密")[0].x),
    (
        "10.1", "密级，距份号", "下一行", LINE,
        lambda: letter("机密")[0].y - letter("000003")[0].y,
    ),
    ("10.1", "紧急程度，距密级", "下一行", LINE, lambda: letter("特急")[0].y - letter("机密")[0].y),
    (
        "10.1", "标题，距其上最后一个要素", "二行", 2 * LINE + (LINE - EM),
        lambda: title("letter")[0][0].top - letter("特急")[0].foot,
    ),
    ("10.1", "标题，中线", "居中", MIDDLE, lambda: middle(title("letter")[0])),
    (
        "10.1", "首页页码", "不显示", 0,
        lambda: sum(one[0].text == "—" for one in lines(0, "letter")),
    ),
    ("10.1", "版记的分隔线", "不加", 0, lambda: len(rules(0, "letter")) - len(red_rules())),
    (
        "10.1", "版记末行字底", "版心内最下方", FOOT - (LINE - FOUR) / 2,
        lambda: letter("抄送")[0].foot,
    ),
    ("10.2", "标志，上边缘", "距版心上边缘 20 mm", TOP + 20, lambda: ink(0, 45, 75, "order")[1]),
    ("10.2", "标志，中线", "居中", MIDDLE, lambda: middle(line(0, "云汀县人", "order"))),
    (
        "10.2", "令号，距标志", "空二行", 2 * LINE + (LINE - EM) / 2,
        lambda: line(0, "第12号", "order")[0].y - ABOVE * EM - ink(0, 45, 75, "order")[3],
    ),
    ("10.2", "令号，中线", "居中", MIDDLE, lambda: middle(line(0, "第12号", "order"))),
    (
        "10.2", "正文，距令号", "空二行", 3 * LINE,
        lambda: line(0, "《云汀", "order")[0].y - line(0, "第12号", "order")[0].y,
    ),
    ("10.3", "标志，上边缘", "距版心上边缘 35 mm", TOP + 35, lambda: ink(0, 60, 85, "minutes")[1]),
    ("10.3", "标志，中线", "居中", MIDDLE, lambda: middle(line(0, "云汀县人", "minutes"))),
    ("10.3", "“出席”，左", "左空二字", LEFT + 2 * EM, lambda: present()[0].x),
    (
        "10.3", "“出席”，距正文", "空一行", 2 * LINE,
        lambda: present()[0].y - line(0, "错峰", "minutes")[0].y,
    ),
    (
        "10.3", "“出席”回行，左", "与冒号后的首字对齐", LEFT + 5 * EM,
        lambda: lines(0, "minutes")[lines(0, "minutes").index(present()) + 1][0].x,
    ),
    (
        "10.3", "“请假”，距上文", "另起一行", LINE,
        lambda: line(0, "请假", "minutes")[0].y
        - lines(0, "minutes")[lines(0, "minutes").index(present()) + 1][0].y,
    ),
    ("10.3", "“请假”，左", "左空二字", LEFT + 2 * EM, lambda: line(0, "请假", "minutes")[0].x),
    ("10.3", "“列席”，左", "左空二字", LEFT + 2 * EM, lambda: observers()[0].x),
]  # fmt: skip


def depth(start: str) -> Line:
    """A line of the second page of the joint document."""
    return line(1, start, "notice")


def signer() -> Line:
    """The office and the name of the person who signs an order."""
    return line(0, "县长陈", "order")


def letter(start: str) -> Line:
    return line(0, start, "letter")


def letter_ink() -> tuple[float, ...]:
    return ink(0, 25, letter("云汀县")[0].foot + 1, "letter")


def red_rules() -> list[pymupdf.Rect]:
    """The two double rules of a letter."""
    return [rect for rect in rules(0, "letter") if rect.width > WIDTH + 1]


def present() -> Line:
    return line(0, "出席", "minutes")


def observers() -> Line:
    return next(made for page in (0, 1) for made in lines(page, "minutes") if made[0].text == "列")


def dash(page: int) -> tuple[float, ...]:
    """The ink of the dash before the number, without the number."""
    first = lines(page)[-1][0]
    clip = pymupdf.Rect(first.x * MM, 264 * MM, (first.x + first.size) * MM, 275 * MM)
    picture = book()[page].get_pixmap(dpi=DPI, clip=clip, colorspace=pymupdf.csGRAY)
    inked = [
        k
        for k in range(picture.height)
        if min(picture.samples[k * picture.stride : k * picture.stride + picture.width // 2]) < 128
    ]
    return 0, (picture.y + inked[0]) * 25.4 / DPI


@each("place", PLACES, ids=lambda place: f"{place[0]} {place[1]}")
def test_the_place_is_that_of_the_standard(place: Place) -> None:
    """Catches anything that moves the furniture of an official document by 0.1 mm."""
    _, _, _, wanted, measured = place
    assert measured() == pytest.approx(wanted, abs=0.1)


def test_labels_and_headings_are_in_the_faces_of_the_standard() -> None:
    """7.3.3: 一、 in 黑体, （一） in 楷体, 1. and （1） in 仿宋; 10.3: 出席、请假、列席 in 黑体."""
    kinds = {"NotoSansSC": "黑体", "FandolKai": "楷体", "FandolFang": "仿宋"}

    def face(page: int, start: str, of: str) -> str:
        for span in book(of)[page].get_texttrace():
            text = "".join(chr(char[0]) for char in span["chars"])
            if text.replace(" ", "").startswith(start):
                return next(kind for name, kind in kinds.items() if name in span["font"])
        raise LookupError(start)

    starts = ("二、下", "（一", "存在", "）整改")
    assert [face(1, start, "notice") for start in starts] == ["黑体", "楷体", "仿宋", "仿宋"]
    assert face(0, "出席：", "minutes") == "黑体"
    assert face(0, "钱伟", "minutes") == "仿宋"


def test_red_is_what_the_standard_prints_red() -> None:
    """7.2.4 and 7.2.7: the name and the rule, and nothing else."""
    red = {char.text for found in lines(0) for char in found if char.red}
    assert red == set("衡澜大学文件")


def test_the_colophon_comes_after_every_attachment() -> None:
    """7.3.7: attachments stand before the colophon, which ends the last page (7.4)."""
    assert len(book()) == LAST + 1
    assert line(LAST, "附件2")
    assert line(LAST, "抄送")


def rows() -> Iterator[str]:
    """The table of the documentation."""
    for clause, what, words, wanted, measured in PLACES:
        yield f"| {clause} | {what} | {words} | {wanted:.2f} | {measured():.2f} |"


def test_the_table_in_the_documentation_is_what_was_measured(
    request: pytest.FixtureRequest,
) -> None:
    """Catches a table that praises places of long ago."""
    text = TABLE.read_text("utf-8")
    table = re.search(r"(?<=\|---\|\n)(\|.*\|\n)+", text)
    assert table
    made = "".join(f"{row}\n" for row in rows())
    if request.config.getoption("--update-goldens"):
        TABLE.write_text(text[: table.start()] + made + text[table.end() :], "utf-8")
    else:
        assert table[0] == made
