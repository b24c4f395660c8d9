"""What a PDF for the archive costs: its size beside Typst's, and the time of tags and reading back.

    python bench/archive.py [--runs N] [ISSUE]

Sizes are without pictures and charts, which each program packs its own way: the same text, in
the same faces and sizes (``typst_source.py``), Typst's file tagged as it is by default.

For the times a fresh process builds the issue as it is, and again with a part put out of
action from outside: nothing marked and no structure tree, no XMP and output intent (what is
left is an ordinary PDF of the same look), or not read back. Runs are taken in turns; the
processor's time is told, on which other programs have less influence than on the clock.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

from bench import FONTS, TYPST

BENCH = Path(__file__).parent

# A block of a body with all that is indented below it.
_PICTURES = re.compile(r"(?m)^( +)- (?:figure|chart):.*\n(?:\1 +.*\n)*")


def plain() -> None:
    """Put tags and archive dressing out of action."""
    from brieftex.pdf.write import content, draw, metadata, objects, reportlab_bridge, tags  # noqa: PLC0415  # children

    class Untagged(tags.Tags):
        def mark(self, node: int, box: bytes | None = None) -> bytes:
            del node, box
            return b""

        def annotate(self, node: int, page: int, reference: bytes) -> None:
            del node, page, reference

        def add_to(self, file: objects.Objects) -> bytes:
            del file
            return b"null"

    def no_object(*_: object, **__: object) -> reportlab_bridge.Written:
        return reportlab_bridge.Written(b"null")

    def no_value(*_: object) -> bytes:
        return b"null"

    def no_mark(*_: object) -> None:
        return

    replaced: list[tuple[object, str, object]] = [
        (content.Content, "begin", no_mark),
        (content.Content, "end", content.Content._end_text),  # noqa: SLF001
        (draw, "Tags", Untagged),
        (metadata, "xmp", no_object),
        (metadata, "output_intent", no_value),
        (metadata, "page_labels", no_value),
    ]
    for owner, name, value in replaced:
        setattr(owner, name, value)


def unread() -> None:
    """Put reading back out of action."""
    from brieftex.pdf.read import verify  # noqa: PLC0415  # for children

    def found(*_: object, **__: object) -> list[object]:
        return []

    setattr(verify, "verify", found)  # noqa: B010  # of another type


PARTS: dict[str, tuple[Callable[[], None], ...]] = {
    "as it is": (),
    "not read back": (unread,),
    "neither read back nor tagged": (unread, plain),
}


def child(part: str, issue: str, target: str) -> None:
    """Build, with a part out of action."""
    for change in PARTS[part]:
        change()
    sys.argv = ["brieftex", "build", issue, "--bundled-fonts", "-o", target]
    from brieftex.cli import main as build  # noqa: PLC0415  # the import is part of the time

    build()


def seconds(command: list[str]) -> float:
    """Run a command as a fresh process; the processor's time that it took."""
    process = subprocess.Popen(command, stderr=subprocess.PIPE)
    assert process.stderr is not None
    messages = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(messages.decode(errors="replace"))
    return usage.ru_utime + usage.ru_stime


def sizes(issue: Path, scratch: str) -> tuple[int, int]:
    """Bytes of brieftex's file and of Typst's, without pictures."""
    text = _PICTURES.sub("", issue.read_text(encoding="utf-8"))
    copy, ours, theirs = (Path(scratch) / name for name in ("b.yaml", "b.pdf", "t.pdf"))
    copy.write_text(text, encoding="utf-8")
    python = sys.executable
    build: list[str | Path] = [python, "-m", "brieftex", "build", copy, "--bundled-fonts"]
    build += ["-o", ours]
    subprocess.run(build, check=True, stderr=subprocess.DEVNULL)
    source = Path(scratch) / "t.typ"
    source.write_bytes(subprocess.check_output([python, BENCH / "typst_source.py", copy]))
    subprocess.run([python, "-c", TYPST, source, theirs, scratch, FONTS], check=True)
    return ours.stat().st_size, theirs.stat().st_size


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="what a PDF for the archive costs")
    parser.add_argument("issue", nargs="?", type=Path, default=BENCH.parent / "briefing.yaml")
    parser.add_argument("--runs", type=int, default=15)
    options = parser.parse_args()
    issue = options.issue.resolve()
    with tempfile.TemporaryDirectory() as scratch:
        ours, theirs = sizes(issue, scratch)
        print(f"without pictures: {ours:,} bytes, Typst {theirs:,}: {ours / theirs:.2f}")
        target = f"{scratch}/built.pdf"
        times: dict[str, list[float]] = {part: [] for part in PARTS}
        for _ in range(options.runs):
            for part, taken in times.items():
                command = [sys.executable, __file__, "--child", part, str(issue), target]
                taken.append(seconds(command))
    print(f"fresh process, processor's time, median and best of {options.runs}")
    for part, taken in times.items():
        print(f"{part:<32}{median(taken):7.3f} s{min(taken):8.3f} s")
    for name, of in (("median", median), ("best", min)):
        whole, unread_time, bare = (of(taken) for taken in times.values())
        print(
            f"{name}: reading back {(whole - unread_time) / whole:.1%} of the build, "
            f"tags and archive dressing {(unread_time - bare) / whole:.1%}"
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(*sys.argv[2:])
    else:
        main()
