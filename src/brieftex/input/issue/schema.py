"""The JSON Schema of an issue file: ``input.fields.schema`` of its fields."""

from __future__ import annotations

from typing import Any

from brieftex.input.fields.schema import document
from brieftex.input.issue.fields import ISSUE


def issue_schema() -> dict[str, Any]:
    """The schema, with descriptions and examples in Chinese."""
    return document(ISSUE, "brieftex 简报")
