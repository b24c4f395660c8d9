"""What server and window say to each other."""

from __future__ import annotations

from brieftex.checks.engine.run import check
from brieftex.diagnostics import Source
from brieftex.preview.protocol import _finding

TWICE = Source("twice.yaml", "masthead: {name: 甲}\nforeword: {body: 乙}\nmasthead: {name: 丙}\n")


def test_a_finding_about_two_places_brings_both() -> None:
    """Catches a second place that the window is not told of, or that leads to the first."""
    (found,) = [f for f in check(TWICE).findings if f.kind.name == "duplicate-key"]
    told = _finding(found, TWICE)
    assert (told["line"], told["column"]) == (3, 1)
    related = told["related"]
    assert (related["line"], related["column"], related["meant"]) == (1, 1, "masthead")
    assert related["message"] == "先写在这里"
    assert related["editor"].endswith("twice.yaml:1:1")
