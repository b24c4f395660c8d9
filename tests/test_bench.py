"""The scripts in bench/ that watch the package from within still find what they watch."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from suite.test_suite import furnished

ROOT = Path(__file__).parents[1]


def test_every_stage_takes_time(tmp_path: Path) -> None:
    # Catches a stage's function that was renamed, moved, or is called by another way.
    issue = furnished(tmp_path) / "digest.yaml"
    issue.write_bytes((ROOT / "tests/helpers/digest.yaml").read_bytes())
    command = [sys.executable, str(ROOT / "bench/stages.py"), str(issue)]
    found = json.loads(subprocess.check_output(command))
    assert set(found["times"]) == {
        "import", "read", "check", "theme", "compose", "fonts", "itemize, break, set",
        "break pages", "make up", "draw", "read back",
    }  # fmt: skip
    assert all(found["times"].values())
