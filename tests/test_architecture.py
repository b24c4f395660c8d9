"""The shape of the project itself: what ARCHITECTURE.md says, sizes, start-up, no strays."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from helpers.sources import SOURCE, nodes, parsed

MOST_LINES = 400

# Names that many modules define, since they are asked for one by one under that name.
ASKED_FOR = {
    "command",  # of each module of cli/, by cli/__init__
    "RULES",  # of each module of checks/rules/, by checks/engine/registry
}

HEAVY = {"PIL", "fontTools", "markdown_it", "pypdf", "reportlab", "uharfbuzz", "yaml"}

# The options and paths by which somebody's own package index gets into a project.
STRAY = re.compile(r"/root/|--(?:extra-)?index-url|--find-links|--trusted-host|/simple/")


def package(root: Path) -> Path:
    return root / "src/brieftex"


def rooms(root: Path) -> set[str]:
    """The packages, ``layout/lines/``, and the modules that stand outside of them, ``units``."""
    source = package(root)
    packages = {
        p.parent.relative_to(source).as_posix() + "/" for p in source.glob("**/__init__.py")
    }
    return packages - {"./"} | {p.stem for p in source.glob("*.py")} - {"__init__", "__main__"}


def test_the_table_of_rooms_is_the_package(root: Path) -> None:
    text = (root / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z_/]+)` \|", text, re.MULTILINE)
    assert set(rows) == rooms(root)
    assert len(rows) == len(set(rows))


def test_no_module_is_too_long(root: Path) -> None:
    lengths = {p: len(p.read_text("utf-8").splitlines()) for p in package(root).rglob("*.py")}
    assert {p: n for p, n in lengths.items() if n > MOST_LINES} == {}


HELP = (
    "approve", "build", "check", "dump", "explain", "fonts", "ledger", "new", "print", "readers",
    "schema", "verify", "watch",
)  # fmt: skip
CALLS = ("--help", "biuld", *(f"{name} --help" for name in HELP))

LOADING = """\
import sys
import brieftex
from brieftex.cli import run
found = [*sys.modules]
for call in sys.argv[1:]:
    run(call.split())
    found += ["after " + call, *(name for name in sys.modules if name not in found)]
print()
print(*found, sep="|")
"""


def test_start_up_is_light() -> None:
    """Ensures that whoever only asks for help does not wait for the typesetter. What one call has
    loaded stays for the next one: where none is there after all of them, none loads any."""
    result = subprocess.run(
        [sys.executable, "-c", LOADING, *CALLS], capture_output=True, text=True, check=True
    )
    loaded = result.stdout.splitlines()[-1].split("|")
    assert [name for name in loaded if name in HEAVY or name.startswith("after ")] == [
        f"after {call}" for call in CALLS
    ]
    assert "brieftex.cli.watch" in loaded


def project_files(root: Path) -> Iterator[Path]:
    """The files that belong to the project; without git, those that look like it."""
    if shutil.which("git") and (root / ".git").exists():
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, cwd=root, capture_output=True, check=True).stdout
        yield from (root / name for name in listed.decode().split("\0") if name)
        return
    for top in ("src", "tests", "bench", ".ci", "fonts"):
        yield from (p for p in (root / top).rglob("*") if "__pycache__" not in p.parts)
    yield from root.glob("*")


def test_the_project_speaks_only_of_itself(root: Path) -> None:
    stray = []
    for path in project_files(root):
        if not path.is_file() or b"\0" in path.read_bytes()[:8192]:
            continue
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1):
            if (STRAY.search(line) or str(root) in line) and path != Path(__file__):
                stray.append(f"{path.relative_to(root)}:{number}: {line.strip()}")
    assert stray == []


def imports() -> dict[str, set[str]]:
    """The modules that each module names in an import, for its types alone included."""
    names = {
        ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts).removesuffix(
            ".__init__"
        ): path
        for path in parsed()
    }
    graph: dict[str, set[str]] = {}
    for name, path in names.items():
        found = graph[name] = set()
        for node in nodes(path):
            if isinstance(node, ast.ImportFrom) and node.module is not None:
                inside = (f"{node.module}.{alias.name}" for alias in node.names)
                found |= {full if full in names else node.module for full in inside}
            elif isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
        found &= names.keys() - {name}
    return graph


def circle(graph: Mapping[str, set[str]]) -> list[str]:
    """The modules of a circle, the first of them again at the end; empty if there is none."""
    done: set[str] = set()
    for start in graph:
        path: list[str] = []
        pending = [(start, False)]
        while pending:
            name, left = pending.pop()
            if left:
                done.add(path.pop())
            elif name in path:
                return [*path[path.index(name) :], name]
            elif name not in done:
                path.append(name)
                pending += [(name, True), *((other, False) for other in sorted(graph[name]))]
    return []


def test_no_module_imports_itself_by_way_of_others() -> None:
    """Ensures that each module can be understood and tested with those below it, and that no
    import for the type checker alone hides that two are one. import-linter sees only the rooms."""
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == ["b", "c", "b"]
    assert circle(imports()) == []


def defined(path: Path) -> Iterator[str]:
    """The public names that a module defines itself: functions, classes, constants, aliases."""
    for node in parsed()[path].body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names = [node.name]
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            parts = [part for target in targets for part in ast.walk(target)]
            stored = [part for part in parts if isinstance(getattr(part, "ctx", None), ast.Store)]
            names = [part.id for part in stored if isinstance(part, ast.Name)]
        else:
            continue
        yield from (name for name in names if not name.startswith("_"))


def test_a_public_name_is_defined_in_one_module() -> None:
    """Ensures that a name means one thing wherever it is read, and a search finds one place."""
    homes: dict[str, set[str]] = {}
    for path in parsed():
        for name in defined(path):
            homes.setdefault(name, set()).add(path.relative_to(SOURCE).as_posix())
    several = {name: sorted(where) for name, where in homes.items() if len(where) > 1}
    assert several.keys() >= ASKED_FOR
    assert {name: where for name, where in several.items() if name not in ASKED_FOR} == {}
