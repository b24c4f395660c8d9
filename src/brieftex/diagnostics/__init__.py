"""Findings about a file: their places, wording and rendering."""

from brieftex.diagnostics.core import (
    Finding,
    Fix,
    Kind,
    Naming,
    Place,
    Severity,
    Source,
)
from brieftex.diagnostics.errors import InputError
from brieftex.diagnostics.offsets import OffsetBuilder, OffsetMap, Span

__all__ = [
    "Finding",
    "Fix",
    "InputError",
    "Kind",
    "Naming",
    "OffsetBuilder",
    "OffsetMap",
    "Place",
    "Severity",
    "Source",
    "Span",
]
