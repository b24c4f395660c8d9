"""Work grows with the input and no faster, for a few of the kinds that bench/growth.py measures.

Calls of functions are counted, so that no other work of the machine matters. What grows within one
call, such as a search through a text, does not show here: for that there is bench/growth.py.
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import pytest
from helpers.counting import calls

from brieftex.cli import run

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "bench"))

from growth_commands import COMMANDS  # noqa: E402  # it is no package
from growth_kinds import KINDS  # noqa: E402

ALL = KINDS | COMMANDS
SIZES = {
    "kept words and text": 25, "diff of others": 70, "diff of items": 20, "SVG texts": 30,
    "footnotes": 12, "rows of a merged cell": 8, "merge keys": 60, "import footnotes": 16,
    "items of two files": 16, "diff as pages, readings": 25,
}  # fmt: skip
"""Kinds that once grew as the square, and a size at which that shows."""


@pytest.mark.parametrize("name", SIZES)
def test_work_grows_with_the_input(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # What a bounded process does is to be counted, too.
    monkeypatch.setattr("brieftex.word.incoming.bounded", lambda work, _bounds: work())
    kind, costs = ALL[name], []
    # At first modules are loaded, some of which only the greatest one needs, or only the least.
    for size in (4 * SIZES[name], 1, 1, SIZES[name], 4 * SIZES[name]):
        folder = tmp_path / f"{len(costs)}"
        folder.mkdir()
        monkeypatch.chdir(folder)
        for path, content in kind.files(size).items():
            Path(path).write_bytes(content if isinstance(content, bytes) else content.encode())
        work = partial(run, kind.command)
        costs.append(calls(work) if len(costs) > 1 else work())
    capsys.readouterr()
    *_, nothing, some, more = costs
    assert more - nothing <= 5 * (some - nothing)
