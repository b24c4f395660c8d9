"""How many instructions start-up, a cold build and its galley take, beside what they took before.

    python bench/instructions.py [--write]

Valgrind counts them: unlike seconds they are the same on a busy machine. Modules have been compiled
before, and so have patterns, by a run of the same command. The counts to compare
with are in ``instructions.json`` beside the Python that they are of; ``--write`` puts new ones
there. Fails when a command takes more than MORE of its count; with another Python there is
nothing to compare.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
KEPT = Path(__file__).with_suffix(".json")
MORE = 0.03

COMMANDS = {
    "the interpreter alone": ["-c", "pass"],
    "build --help": ["-m", "brieftex", "build", "--help"],
    "the compiler imported": ["-c", "import brieftex.pipeline"],
    "build briefing.yaml": ["-m", "brieftex", "build", "briefing.yaml", "--bundled-fonts"],
}
GALLEY = "its galley"
"""The difference of two builds that end before and after it is set (``until.py``)."""


def interpreter() -> str:
    """Which Python, and how it was built: a build with PGO takes 15 % fewer."""
    configured = sysconfig.get_config_var("CONFIG_ARGS") or ""
    kind = "with PGO" if "--enable-optimizations" in configured else "without PGO"
    return f"{platform.python_implementation()} {platform.python_version()} {kind}"


def millions(arguments: list[str], folder: Path) -> float:
    """Million instructions of one fresh process. Raises CalledProcessError."""
    if "briefing.yaml" in arguments:
        arguments = [*arguments, "-o", str(folder / "out.pdf")]
    environment = {**os.environ, "PYTHONHASHSEED": "0", "BRIEFTEX_CACHE": str(folder / "cache")}
    call = [sys.executable, *arguments]
    counting = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder / 'calls'}"]
    subprocess.run(call, cwd=ROOT, env=environment, capture_output=True, check=True)
    done = subprocess.run(
        [*counting, *call], cwd=ROOT, env=environment, capture_output=True, check=True
    )
    found = re.search(rb"Collected : (\d+)", done.stderr)
    if found is None:
        sys.exit(done.stderr.decode(errors="replace"))
    return int(found[1]) / 1e6


def counted(name: str, folder: Path) -> float:
    """Million instructions of what is kept by this name."""
    if name in COMMANDS:
        return millions(COMMANDS[name], folder)
    rest = COMMANDS["build briefing.yaml"][2:]
    before, after = (
        millions(["bench/until.py", end, *rest], folder) for end in ("before", "after")
    )
    return after - before


def main() -> None:
    """Count, print, compare."""
    parser = argparse.ArgumentParser(description="instructions of start-up and of a cold build")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    if shutil.which("valgrind") is None:
        sys.exit("no valgrind here")
    # Compiled modules are part of an installation.
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(ROOT / "src")], check=True)
    kept = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
    python = interpreter()
    before: dict[str, float] = kept.get(python, {})
    print(f"million instructions, {python}")
    counts: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in (*COMMANDS, GALLEY):
            counts[name] = round(counted(name, Path(folder)), 1)
            change = f"{counts[name] / before[name] - 1:+8.1%}" if name in before else ""
            print(f"{name:<24}{counts[name]:>9,.0f}{change}", flush=True)
    if options.write:
        kept[python] = counts
        KEPT.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
        return
    if not before:
        print("nothing to compare with: --write keeps these counts")
    worse = [name for name in counts if name in before and counts[name] > before[name] * (1 + MORE)]
    if worse:
        sys.exit(f"more than {MORE:.0%} above what is kept: {', '.join(worse)}")


if __name__ == "__main__":
    main()
