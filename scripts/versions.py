"""Run the tests with the oldest or the newest version of every library that may be in use.

    python scripts/versions.py oldest [ARGUMENTS OF PYTEST]

Makes a virtual environment of its own, ``.venv/oldest`` or ``.venv/newest``, anew each time. The
oldest versions are those that ``pyproject.toml`` names; a bound is true if the tests pass with it.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
GROUP = "test"


def requirements(project: dict) -> list[str]:  # type: ignore[type-arg]
    """What brieftex, its extras and its tests need, as ``pyproject.toml`` says it."""

    def group(name: str) -> list[str]:
        parts = project["dependency-groups"][name]
        return [
            line
            for part in parts
            for line in ([part] if isinstance(part, str) else group(part["include-group"]))
        ]

    extras = project["project"]["optional-dependencies"]
    return [
        *project["project"]["dependencies"],
        *(line for lines in extras.values() for line in lines),
        *group(GROUP),
    ]


def oldest(project: dict) -> list[str]:  # type: ignore[type-arg]
    """Constraints for the lowest version of each requirement. Raises ValueError when two bounds of
    a library differ, or one has none."""
    lowest: dict[str, str] = {}
    for line in requirements(project):
        match = re.match(r"([A-Za-z0-9._-]+)(?:\[\w+\])?(?:>=|==)([\d.]+)", line)
        if match is None or lowest.setdefault(match[1].lower(), match[2]) != match[2]:
            raise ValueError(f"no lower bound, or two: {line}")
    return [f"{name}=={version}" for name, version in lowest.items()]


def main(which: str, *arguments: str) -> int:
    """Make the environment and run the tests in it; their exit status."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    home = ROOT / ".venv" / which
    subprocess.run([sys.executable, "-m", "venv", "--clear", home], check=True)
    python = home / "bin/python"
    pip = [python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    subprocess.run([*pip, "--upgrade", "pip>=25.1"], check=True)
    wanted = [
        "--editable",
        f".[{','.join(project['project']['optional-dependencies'])}]",
        "--group",
        GROUP,
    ]
    if which == "oldest":
        constraints = home / "constraints.txt"
        constraints.write_text("\n".join(oldest(project)) + "\n", "utf-8")
        wanted += ["--constraint", str(constraints)]
    subprocess.run([*pip, *wanted], cwd=ROOT, check=True)
    tests = [python, "-m", "pytest", "-n", "auto", "--dist", "worksteal", *arguments]
    return subprocess.run(tests, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    if sys.argv[1:2] not in (["oldest"], ["newest"]):
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
