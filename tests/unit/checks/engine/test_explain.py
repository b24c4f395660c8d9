"""Pages of findings, for the terminal and for ``docs/rules.md``."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from brieftex.checks.engine.explain import explanation, overview, rules_markdown
from brieftex.diagnostics.messages import kinds


def test_the_document_is_what_the_command_prints(root: Path) -> None:
    """Ensures that ``brieftex explain --markdown > docs/rules.md`` was not forgotten."""
    assert (root / "docs/rules.md").read_text(encoding="utf-8") == rules_markdown()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kind_has_a_page(language: str) -> None:
    for kind in kinds().values():
        page = explanation(kind, language)
        assert page.startswith(f"{kind.code} {kind.name}")
        assert not re.search(r"\{\w+\}", page)
        assert page.endswith("\n")
    assert len(overview(language).splitlines()) == len(kinds())


def test_a_rule_is_explained_in_full() -> None:
    page = explanation(kinds()["BT309"])
    words = ("检查什么：", "为什么：", "不要写：", "应写：", "依据：", "allow: [BT309]")
    assert all(word in page for word in words)
