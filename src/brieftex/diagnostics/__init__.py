"""Findings about a file: their places, wording and rendering."""

from brieftex.diagnostics.core import (
    Finding,
    Fix,
    InputError,
    Kind,
    OffsetMap,
    Severity,
    Source,
    Span,
)

__all__ = ["Finding", "Fix", "InputError", "Kind", "OffsetMap", "Severity", "Source", "Span"]
