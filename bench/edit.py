"""One paragraph is edited in a process that stays warm, as ``brieftex watch`` does: milliseconds to
its pages and to the finished PDF, and Typst's to a PDF. Printed as JSON.

    python bench/edit.py ISSUE TYPST_SOURCE FONTS RUNS
"""

from __future__ import annotations

import gc
import json
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from brieftex.diagnostics import Source
from brieftex.pipeline import typeset, typeset_pages
from brieftex.preview.cache import CachedServices

_PARAGRAPH = re.compile(r"[\u4e00-\u9fff]{12}(?=[^\n]*。)")


def edits(text: str, runs: int) -> Iterator[str]:
    """``text`` with another word in a paragraph in its middle, each time a new one."""
    places = [match.end() for match in _PARAGRAPH.finditer(text)]
    at = places[len(places) // 2]
    for run in range(runs):
        yield f"{text[:at]}第{run}次改动{text[at:]}"


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the clock and of the processor."""
    wall, cpu = perf_counter(), process_time()
    work()
    return (perf_counter() - wall) * 1e3, (process_time() - cpu) * 1e3


def main() -> None:
    """Measure and print."""
    issue, source, fonts, runs = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    found: dict[str, list[tuple[float, float]]] = {"pages": [], "pdf": [], "typst": []}
    services = CachedServices()
    text = issue.read_text("utf-8")
    options: dict[str, Any] = {"folder": issue.parent, "bundled_fonts": True, "services": services}

    def pages(edited: str) -> None:
        typeset_pages(Source(str(issue), edited), **options)

    def pdf(edited: str) -> None:
        typeset(Source(str(issue), edited), **options)

    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "issue.typ"
        theirs = source.read_text("utf-8")
        root = str(Path("/"))
        typst: Any = import_module("typst")  # lint does without it
        compiler = typst.Compiler(root=root, font_paths=[fonts], ignore_system_fonts=True)

        def other(edited: str) -> None:
            copy.write_text(edited, "utf-8")
            compiler.compile(input=str(copy), output=str(copy.with_suffix(".pdf")))

        changed = zip(edits(text, runs + 2), edits(theirs, runs + 2), strict=True)
        for run, (mine, its) in enumerate(changed):
            gc.collect()
            gc.disable()
            taken = [
                timed(partial(pages, mine)),
                timed(partial(pdf, mine.replace("次改动", "次改"))),
                timed(partial(other, its)),
            ]
            gc.enable()
            if run >= 2:  # the first two fill the caches
                for name, figures in zip(found, taken, strict=True):
                    found[name].append(figures)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
