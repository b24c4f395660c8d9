"""The pages that the documents show, small: one of each theme, of each edition, charts, changes,
cover, contents and index of a yearbook.

    make pictures

Needs PyMuPDF, which the development set-up has. Run it when a theme or edition changes its
looks: the same pages give the same files.
"""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

import pymupdf
import yaml
from forms import save_forms
from PIL import Image, ImageOps

from brieftex.collection.yearbook import YearbookWish, collect_yearbook
from brieftex.input.issue.file import read_issue
from brieftex.input.theme import edition_names, theme_names
from brieftex.layout.page import PlacedFrame
from brieftex.pipeline import Against, Typeset, typeset
from brieftex.units import to_pt

PAGES = Path(__file__).parents[1] / "docs/pages"
ROOT = PAGES.parents[1]
WIDTH = 360
ISSUES = {
    "official": ROOT / "tests/pdf/official.yaml",
    **{name: ROOT / f"tests/publications/{name}.yaml" for name in ("letter", "minutes", "order")},
}


def main() -> None:
    """Write ``docs/pages/<theme or edition>.png``, ``charts.png`` and ``changes-….png``."""
    for name in theme_names():
        issue = ISSUES.get(name, ROOT / "briefing.yaml")
        save(name, typeset(issue, theme=name, bundled_fonts=True).pdf, 0)
    for name in edition_names():
        pdf = typeset(ROOT / "briefing.yaml", edition=name, bundled_fonts=True).pdf
        save(name, pdf, page_with_source(pdf))
    save_charts(typeset(ROOT / "docs/charts.yaml", bundled_fonts=True))
    save_yearbook()
    drafts = ROOT / "docs/drafts/old.yaml", ROOT / "docs/drafts/new.yaml"
    save_changes(*drafts)
    save_forms(*drafts, PAGES / "changes-forms.png")


def save_yearbook() -> None:
    """Cover, contents and index of a yearbook of four issues: the sample's three sections, each as
    an issue, and a report of another one."""
    sample = yaml.safe_load((ROOT / "briefing.yaml").read_text("utf-8"))
    report = yaml.safe_load((ROOT / "tests/publications/research.yaml").read_text("utf-8"))
    wish = YearbookWish(name="衡澜参阅", bundled_fonts=True)
    with TemporaryDirectory() as place:
        folder = Path(place)
        copytree(ROOT / "images", folder / "images")
        contents = [{"sections": [section]} for section in sample["sections"]]
        contents.append({key: report[key] for key in ("标题", "卷首语", "栏目") if key in report})
        for number, parts in enumerate(contents, 1):
            masthead = {**sample["masthead"], "number": number, "total": 54 + number,
                        "date": f"2026-{number:02}-16"}  # fmt: skip
            issue = {"brieftex": 1, "masthead": masthead, "keep": sample["keep"], **parts}
            text = json.dumps(issue, ensure_ascii=False, default=str)
            (folder / f"{number}.yaml").write_text(text, "utf-8")
        target = folder / "yearbook.pdf"
        collect_yearbook(sorted(folder.glob("*.yaml")), target, wish)
        pdf = target.read_bytes()
    with pymupdf.open(stream=pdf, filetype="pdf") as book:
        toc = {title: page - 1 for _, title, page in reversed(book.get_toc())}
    for name, title in (("cover", "封面"), ("contents", "目录"), ("index", "索引")):
        save(f"yearbook-{name}", pdf, toc[title])
    beside = [Image.open(PAGES / f"yearbook-{name}.png") for name in ("cover", "contents", "index")]
    step = beside[0].width + 12
    whole = Image.new("RGB", (step * len(beside) - 12, beside[0].height), "white")
    for number, page in enumerate(beside):
        whole.paste(page.convert("RGB"), (step * number, 0))
    whole.quantize(32).save(PAGES / "yearbook.png", optimize=True)


def save_changes(old: Path, new: Path) -> None:
    """What changed between two drafts: the list, pages with both, pages with bars."""
    earlier, _ = read_issue(old)
    for name, number, marked in (("list", 0, True), ("marked", 3, True), ("bars", 1, False)):
        against = Against(earlier, marked=marked)
        save(f"changes-{name}", typeset(new, against=against, bundled_fonts=True).pdf, number)


def page_with_source(pdf: bytes) -> int:
    """The first page with a source below an item: it has codes, links and line numbers."""
    with pymupdf.open(stream=pdf, filetype="pdf") as book:
        return next(k for k in range(3, len(book)) if "来源：" in book[k].get_text())


def save_charts(made: Typeset) -> None:
    """The charts of an issue, one below the other."""
    strips: list[Image.Image] = []
    with pymupdf.open(stream=made.pdf, filetype="pdf") as book:
        for page, sheet in zip(made.pages, book, strict=True):
            for item in page.items:
                if isinstance(item, PlacedFrame):
                    box = (item.rect.x, item.rect.y, item.rect.width, item.rect.height)
                    x, y, width, height = map(to_pt, box)
                    clip = pymupdf.Rect(x - 6, y, x + width + 6, y + height + 4)
                    zoom = pymupdf.Matrix(1.5, 1.5)
                    strips.append(sheet.get_pixmap(matrix=zoom, clip=clip).pil_image())
    whole = Image.new("RGB", (strips[0].width, sum(s.height + 16 for s in strips)), "white")
    y = 8
    for strip in strips:
        whole.paste(strip, (0, y))
        y += strip.height + 16
    whole.quantize(32).save(PAGES / "charts.png", optimize=True)


def save(name: str, pdf: bytes, number: int) -> None:
    """A page as a small picture, framed."""
    with pymupdf.open(stream=pdf, filetype="pdf") as book:
        scale = WIDTH / book[number].rect.width
        pixmap = book[number].get_pixmap(matrix=pymupdf.Matrix(scale, scale))
    page = ImageOps.expand(pixmap.pil_image(), border=1, fill="#b0b0b0")
    page.quantize(32).save(PAGES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
