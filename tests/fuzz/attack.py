"""Attack brieftex with random files for as long as one likes.

    python tests/fuzz/attack.py [KIND …] --minutes 10

Each KIND of file (see ``KINDS``; all without one) is made by ``grammars`` for so many minutes.
Every file must end in a PDF that says what it says, or in findings that can be shown, within ten
seconds. Prints how the files of each kind ended; what failed is named by its seed, and
``--seed N --count 1`` makes it again. Ends with status 1 if any did.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

sys.path.insert(0, str(Path(__file__).parents[1]))

from fuzz import grammars, issues, losses, pdf_files, picture_files
from helpers import extremes
from helpers.support import ISSUE

from brieftex.bounded import Bounds
from brieftex.diagnostics import InputError, Source
from brieftex.diagnostics.messages.makeup import OUT_OF_DRAWING
from brieftex.diagnostics.messages.verification import OVERPRINTED
from brieftex.diagnostics.render import FORMATS, render_findings
from brieftex.input.issue.picture import PictureError, read_header
from brieftex.output import write_whole
from brieftex.pdf.read.verify import expected_of, verify, verify_bounded
from brieftex.pdf.write.picture import PictureDataError, read_raster
from brieftex.pipeline import typeset
from brieftex.verification import verify_file

SLOW = 10.0
"""Seconds that one file may take."""

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="96" height="48">'
    '<rect width="9" height="9"/></svg>'
)
"""The figure that issues refer to."""

OWN_FONT = """\
fonts:
  roles:
    body: {han: [BriefTest, Fandol Fang], latin: [BriefTest, Tinos]}
"""


def shown(error: InputError) -> str:
    """Findings have places in the file and can be shown; what a file lost is a defect."""
    for finding in error.findings:
        if finding.span is not None:
            assert 0 <= finding.span.start <= finding.span.end <= len(error.source.text), finding
    for style in FORMATS:
        assert render_findings(error.findings, error.source, style)
    told = any(f.kind is OUT_OF_DRAWING for f in error.findings)  # and where
    lost = [f for f in error.findings if "BT908" < f.kind.code < "BTA"]
    lost = [f for f in lost if not (told and f.kind is OVERPRINTED)]
    assert not lost, [finding.message() for finding in lost]
    return "refused"


def build(folder: Path, *, bundled: bool = True) -> str:
    """Build the issue of a folder, and hold the file against it."""
    path = folder / "issue.yaml"
    refused = None
    try:
        made = typeset(path, bundled_fonts=bundled)
    except InputError as error:
        refused = error
    if refused is not None:
        return shown(refused)
    pdf = folder / "issue.pdf"
    write_whole(pdf, made.pdf)
    found, source = verify_file(pdf, path, bundled_fonts=bundled)
    assert not found, render_findings(found, source or Source("issue.pdf", ""), "full")
    return "built"


def _issue(rng: random.Random, folder: Path) -> str:
    (folder / "flow.svg").write_text(DRAWING, "utf-8")
    (folder / "issue.yaml").write_text(issues.issue(rng), "utf-8")
    return build(folder)


def _markdown(rng: random.Random, folder: Path) -> str:
    (folder / "flow.svg").write_text(DRAWING, "utf-8")
    body = "\n".join(
        f"    {line}" if line.strip() else "" for line in issues.markdown(rng).split("\n")
    )
    text = f"masthead: {{name: 试排}}\nforeword:\n  body: |4\n{body}\n"
    (folder / "issue.yaml").write_text(text.replace("|4", "|2"), "utf-8")
    return build(folder)


def _theme(rng: random.Random, folder: Path) -> str:
    (folder / "theme.yaml").write_text(grammars.theme(rng), "utf-8")
    (folder / "dot.svg").write_text(DRAWING, "utf-8")
    (folder / "issue.yaml").write_text("theme: theme.yaml\n" + extremes.ISSUE, "utf-8")
    return build(folder)


def _svg(rng: random.Random, folder: Path) -> str:
    (folder / "figure.svg").write_text(grammars.svg(rng), "utf-8")
    text = "masthead: {name: 试排}\nforeword:\n  body: [{figure: figure.svg, alt: 图}]\n"
    (folder / "issue.yaml").write_text(text, "utf-8")
    return build(folder)


def _font(rng: random.Random, folder: Path) -> str:
    (folder / "fonts").mkdir(exist_ok=True)
    (folder / "fonts/own.ttf").write_bytes(grammars.font(rng))
    (folder / "theme.yaml").write_text("extends: briefing\n" + OWN_FONT, "utf-8")
    (folder / "issue.yaml").write_text("theme: theme.yaml\n" + ISSUE, "utf-8")
    return build(folder, bundled=False)


def _picture(rng: random.Random, folder: Path) -> str:
    """A picture is shown or refused; nothing is said by libraries."""
    path = folder / "figure.png"
    path.write_bytes(picture_files.picture(rng))
    kept = os.dup(2)
    with TemporaryFile() as said:
        os.dup2(said.fileno(), 2)
        try:
            ended = _tried(path)
        finally:
            os.dup2(kept, 2)
            os.close(kept)
        said.seek(0)
        assert not (words := said.read()), words
    return ended


def _tried(path: Path) -> str:
    try:
        raster = read_header(path).raster
        for pixels in (None, 2):
            read_raster(raster, pixels)
    except PictureError as error:
        return error.fault.name.lower()
    except PictureDataError:
        return "undecodable"
    return "shown"


@cache
def _sound() -> bytes:
    with TemporaryDirectory() as folder:
        (Path(folder) / "dot.svg").write_text(DRAWING, "utf-8")
        text = extremes.ISSUE.encode()
        return typeset(text, folder=folder, bundled_fonts=True, attach_source=True).pdf


def _pdf(rng: random.Random, folder: Path) -> str:  # noqa: ARG001
    found = verify(grammars.pdf(rng, _sound()))
    render_findings(found, Source("issue.pdf", ""), "full")
    return "found" if found else "good"


def _pdf_file(rng: random.Random, folder: Path) -> str:  # noqa: ARG001
    found = verify_bounded(pdf_files.pdf_file(rng), Bounds())
    render_findings(found, Source("issue.pdf", ""), "full")
    codes = {finding.kind.code for finding in found}
    assert "BT908" not in codes, "too costly"
    return "unreadable" if "BT902" in codes else "found" if found else "good"


def _loss(rng: random.Random, folder: Path) -> str:
    """A random issue as a file; what is taken out of that is missed."""
    (folder / "flow.svg").write_text(DRAWING, "utf-8")
    path = folder / "issue.yaml"
    path.write_text(issues.issue(rng), "utf-8")
    try:
        made = typeset(path, bundled_fonts=True)
    except InputError:
        return "refused"
    expected = expected_of(made.document, made.pages)
    for loss in losses.LOSSES:
        if lost := losses.lose(made.pdf, loss, rng):
            assert verify(lost[0], expected), lost[1]
    return "missed"


KINDS: dict[str, Callable[[random.Random, Path], str]] = {
    "issue": _issue,
    "markdown": _markdown,
    "theme": _theme,
    "svg": _svg,
    "font": _font,
    "picture": _picture,
    "pdf": _pdf,
    "pdf file": _pdf_file,
    "loss": _loss,
}


def run(kind: str, seed: int) -> str:
    """Make the file of a seed and try it: how it ended. Raises whatever it should not."""
    with TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("error")
        return KINDS[kind](random.Random(f"{kind} {seed}"), Path(folder))


def main() -> int:
    """Attack until the time is over."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", choices=[*KINDS, []], metavar="KIND")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=10**9)
    options = parser.parse_args()
    failed = False
    for kind in options.kinds or KINDS:
        ends = Counter[str]()
        stop = time.monotonic() + 60 * options.minutes
        for seed in range(options.seed, options.seed + options.count):
            if time.monotonic() > stop:
                break
            start = time.process_time()
            try:
                ends[run(kind, seed)] += 1
            except Exception:  # noqa: BLE001  # that is what it looks for
                ends["failed"] += 1
                sys.stdout.write(f"--- {kind} --seed {seed} --count 1\n{traceback.format_exc()}\n")
            if time.process_time() - start > SLOW:
                ends["slow"] += 1
                sys.stdout.write(f"--- {kind} --seed {seed} --count 1: slow\n")
        failed = failed or bool(ends["failed"] or ends["slow"])
        sys.stdout.write(f"{kind}: {ends.total() - ends['slow']} files: {dict(ends)}\n")
        sys.stdout.flush()
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
