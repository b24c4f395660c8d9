"""The package's own source, parsed once in a process for all tests that read it."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import brieftex

SOURCE = Path(brieftex.__file__).parent


@cache
def parsed() -> dict[Path, ast.Module]:
    """The tree of every module; nobody changes it."""
    return {path: ast.parse(path.read_text("utf-8")) for path in sorted(SOURCE.rglob("*.py"))}


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """All nodes of a module, in the order of ``ast.walk``."""
    return tuple(ast.walk(parsed()[path]))
