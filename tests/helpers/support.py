"""Inputs and small questions that several tests share."""

from __future__ import annotations

from pathlib import Path

ISSUE = """\
brieftex: 1
masthead:
  name: 试排
  number: 1
  issuer: 办公室
  date: 2026-01-05
sections:
  - title: 动态
    items:
      - title: 一件小事
        body: 只有一段话。
"""
"""A small good issue: one page, no warning."""

BROKEN = ISSUE.replace("number: 1", "number：1")


def files(folder: Path) -> set[str]:
    """Every file below a folder, by its path there."""
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
