"""One issue that changed in the five forms of ``brieftex diff``, side by side in one picture.

The text is drawn as a terminal shows it, the Markdown as a mail shows it, pages are brieftex's, and
the document of Word is shown by LibreOffice, without which the picture is left as it is.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory

import pymupdf
from msgspec import Struct
from PIL import Image, ImageDraw, ImageFont, ImageOps

from brieftex.changes.comparison import issue_differences
from brieftex.changes.report import markdown_report, plain_report
from brieftex.input.issue.file import read_issue
from brieftex.model.issue import Issue
from brieftex.pipeline import Against, typeset
from brieftex.twin.revised import revised_document

ROOT = Path(__file__).parents[1]
FACE = ROOT / "fonts/NotoSansSC-Medium.ttf"
WIDTH, HEIGHT, GAP = 420, 594, 12
SIZE, LEADING = 13, 21
_ANSI = re.compile(r"\x1b\[([\d;]*)m")
_MARKS = re.compile(r"(\*\*|~~)")
_SAID = "李一", "2026-05-09T08:00:00Z"


class Look(Struct, frozen=True):
    """How words are drawn."""

    color: str
    struck: bool = False
    under: bool = False


def save_forms(old: Path, new: Path, target: Path) -> None:
    """Write the picture."""
    with chdir(old.parent):
        earlier, later = read_issue(old.name)[0], read_issue(new.name)[0]
    with TemporaryDirectory() as folder:
        word = _word(earlier, later, Path(folder))
    if word is None:
        return
    found = issue_differences(earlier, later)
    sources = earlier.source, later.source
    terminal = plain_report(found, sources, color=True, language="zh")
    mail = markdown_report(found, sources)
    against = Against(earlier, marked=True)
    marked = typeset(later, against=against, bundled_fonts=True).pdf
    bars = typeset(later, against=Against(earlier), bundled_fonts=True).pdf
    panels = [
        _drawn(_terminal(terminal), "#1e1e1e"), _drawn(_mail(mail), "#ffffff"),
        _page(marked, _both(marked)), _page(bars, 1), _page(word, 1),
    ]  # fmt: skip
    whole = Image.new("RGB", ((WIDTH + GAP) * len(panels) - GAP, HEIGHT), "#ffffff")
    for k, panel in enumerate(panels):
        whole.paste(panel, (k * (WIDTH + GAP), 0))
    whole.quantize(48).save(target, optimize=True)


def _both(pdf: bytes) -> int:
    """The second page of the issue, behind those of the list."""
    with pymupdf.open(stream=pdf, filetype="pdf") as book:
        return next(k for k, page in enumerate(book) if page.get_label() == "2")


def _word(old: Issue, new: Issue, folder: Path) -> bytes | None:
    if shutil.which("soffice") is None:
        return None
    document = folder / "changes.docx"
    document.write_bytes(revised_document(old, new, _SAID, bundled_fonts=True))
    call = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
            "--convert-to", "pdf", "--outdir", str(folder), str(document)]  # fmt: skip
    subprocess.run(call, check=True, capture_output=True)
    return (folder / "changes.pdf").read_bytes()


def _page(pdf: bytes, number: int) -> Image.Image:
    with pymupdf.open(stream=pdf, filetype="pdf") as book:
        scale = WIDTH / book[number].rect.width
        page = book[number].get_pixmap(matrix=pymupdf.Matrix(scale, scale)).pil_image()
    return ImageOps.expand(page.crop((1, 1, WIDTH - 1, HEIGHT - 1)), border=1, fill="#b0b0b0")


def _terminal(text: str) -> Iterator[list[tuple[str, Look]]]:
    plain = Look("#d8d8d8")
    looks = {"31;9": Look("#f0706a", struck=True), "32;4": Look("#7ccf6f", under=True),
             "1": Look("#ffffff")}  # fmt: skip
    for line in text.split("\n"):
        parts = _ANSI.split(line)
        row = [(parts[0], plain)]
        for code, words in zip(parts[1::2], parts[2::2], strict=True):
            row.append((words, looks.get(code, plain)))
        yield row


def _mail(text: str) -> Iterator[list[tuple[str, Look]]]:
    plain, head = Look("#222222"), Look("#0b4ea2")
    looks = {"~~": Look("#8a8a8a", struck=True), "**": Look("#000000", under=True)}
    for raw in text.split("\n"):
        line = re.sub(r"\\([\\`*_\[\]<>#~|])", r"\1", raw)
        if line.startswith("#"):
            yield [(line.lstrip("# "), head)]
            continue
        look, row = plain, list[tuple[str, Look]]()
        for part in _MARKS.split(line.replace("- ", "• ", 1)):
            if part in looks:
                look = plain if look is looks[part] else looks[part]
            else:
                row.append((part, look))
        if line:
            yield row


def _drawn(lines: Iterator[Sequence[tuple[str, Look]]], paper: str) -> Image.Image:
    """Lines of words, broken at the edge, as many as there is room for."""
    panel = Image.new("RGB", (WIDTH, HEIGHT), paper)
    draw = ImageDraw.Draw(panel)
    face = ImageFont.truetype(str(FACE), SIZE)
    margin, y = 14, 12
    for line in lines:
        x = float(margin)
        for words, look in line:
            for char in words:
                width = face.getlength(char)
                if x + width > WIDTH - margin:
                    x, y = margin, y + LEADING
                if y + LEADING > HEIGHT:
                    return ImageOps.expand(panel.crop((1, 1, WIDTH - 1, HEIGHT - 1)), 1, "#b0b0b0")
                draw.text((x, y), char, fill=look.color, font=face)
                for wanted, at in ((look.struck, SIZE * 3 // 4), (look.under, SIZE + 4)):
                    if wanted:
                        draw.line((x, y + at, x + width, y + at), fill=look.color)
                x += width
        y += LEADING
    return ImageOps.expand(panel.crop((1, 1, WIDTH - 1, HEIGHT - 1)), 1, "#b0b0b0")
