"""What the readers of an issue file share beyond the engine of fields."""

from __future__ import annotations

from brieftex.input.yaml import Scalar
from brieftex.model.content import Inline


def trimmed(node: Scalar) -> Inline:
    """The text of a scalar without white space around it."""
    text = node.text.strip()
    start = len(node.text) - len(node.text.lstrip()) if text else 0
    return Inline(text, node.origin.without(start))
