"""How a twin's pages in LibreOffice compare with those of the PDF, in the theme ``word``.

    python bench/wordpages.py [--theme word] [--keep FOLDER] [--quiet] [ISSUE.yaml …]

Each issue (by default every one of the tests, of docs/ and the sample issue; an issue's text as a
PDF reader gives it, .txt, is made an issue first, by ``wordissue``) is built as a PDF and as a
document of Word, which LibreOffice turns into a PDF with the same faces. PDFium reads both. Of
each issue it prints how many pages they have, on how many of ours the number of lines differs by
more than one, and which characters one of them lacks; charts and drawings, which are pictures in a
document of Word, are left out. ``--keep`` leaves the files in a folder. Ends with status 1 when an
issue's pages, or their lines, differ by more than one, or a character is lost.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from helpers.office import Beside, compared  # noqa: E402
from wordissue import issue_of  # noqa: E402
from wordlines import lines_in, paragraphs  # noqa: E402

from brieftex.units import parse_length  # noqa: E402


def main() -> int:
    """Print a line for each issue."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("issues", nargs="*", type=Path)
    asked.add_argument("--theme", default="word")
    asked.add_argument("--keep", type=Path)
    asked.add_argument("--quiet", action="store_true", help="only issues that do not hold")
    given = asked.parse_args()
    issues = given.issues or list(all_issues())
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        files = [issue_file(path, folder) for path in issues]
        found = dict(compared(files, folder, given.theme))
    for name, one in found.items():
        if not (given.quiet and one.holds):
            print(shown(name, one))
    held = sum(one.holds for one in found.values())
    pages = sum(len(one.ours) for one in found.values())
    off = sum(len(one.off) for one in found.values())
    lost = sum(one.lost.total() for one in found.values())
    print(f"{held} of {len(found)} issues hold; of {pages} pages {off} do not, {lost} lost")
    return 0 if held == len(found) else 1


def all_issues() -> Iterator[Path]:
    """Every issue of the project that can be built."""
    yield ROOT / "briefing.yaml"
    for folder in ("tests", "docs"):
        for path in sorted((ROOT / folder).rglob("*.yaml")):
            if "documents" not in path.parts and "theme" not in path.name:
                yield path


def issue_file(path: Path, folder: Path) -> Path:
    """The issue of a file, which may be the text that a PDF reader gave."""
    if path.suffix != ".txt":
        return path
    made = folder / f"{path.stem}.yaml"
    made.write_text(_issue_of_lines(path.read_text("utf-8")), "utf-8")
    return made


def _issue_of_lines(text: str) -> str:
    """The issue of a text that a PDF reader gave line for line, set by Word on 28 characters."""
    parts = paragraphs(lines_in(text), parse_length("156mm") / parse_length("三号"), 2)
    return issue_of(["".join(raw.written for raw in part) for part in parts])


def shown(path: Path, one: Beside) -> str:
    """A line about an issue."""
    short = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    parts = [f"{'    ' if one.holds else 'OFF '}{short}: {len(one.ours)}/{len(one.theirs)} pages"]
    both = list(zip_longest(one.ours, one.theirs, fillvalue=0))
    if one.off:
        lines = (f"p{k} {both[k - 1][0]}/{both[k - 1][1]}" for k in one.off)
        parts.append("lines " + ", ".join(lines))
    for what, held in (("lost", one.lost), ("more", one.more)):
        if held:
            parts.append(f"{what} " + "".join(f"{c}{n if n > 1 else ''}" for c, n in held.items()))
    return "; ".join(parts)


if __name__ == "__main__":
    raise SystemExit(main())
