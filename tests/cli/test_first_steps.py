"""The guide for editors who have never used it: its commands do what it says."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def guide(root: Path) -> str:
    return (root / "docs/first-steps.zh-CN.md").read_text(encoding="utf-8")


def test_the_commands_lead_from_nothing_to_a_pdf(
    process: Callable, folder: Path, guide: str
) -> None:
    calls = [shlex.split(call)[1:] for call in re.findall(r"(?m)^    (brieftex .*)$", guide)]
    assert [call[0] for call in calls] == [
        "new",
        "check",
        "check",
        "explain",
        "build",
        "new",
        "check",
    ]
    results = [process(*call) for call in calls]
    assert [(r.returncode, r.stderr) for r in results if r.returncode] == []
    (summary,) = re.findall(r"(?m)^out/2026-01\.pdf：.*$", guide)
    sizes = r"\d[\d,.]*"  # they change with the fonts
    assert re.sub(sizes, "0", results[4].stderr.splitlines()[-1]) == re.sub(sizes, "0", summary)
    assert (folder / "out/2026-01.pdf").exists()
    assert "第2期，总第2期，2026年2月12日（星期四）" in results[5].stderr
    assert (folder / "2026-02.yaml").exists()


def test_its_message_is_what_is_shown(process: Callable, folder: Path, guide: str) -> None:
    process("new", "2026-01.yaml")
    path = folder / "2026-01.yaml"
    text = path.read_text(encoding="utf-8")
    wanted = next(
        block for block in re.findall(r"(?s)```text\n(.*?)```", guide) if "BT102" in block
    )
    lines = ["masthead:", "  name: 甲", "", "  期号：1", "foreword: {body: 乙}"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert wanted in process("build", "2026-01.yaml").stderr
    assert "期号: 1" in text  # the guide's way of writing is the form's
