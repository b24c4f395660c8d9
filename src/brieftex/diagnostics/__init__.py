"""Findings about a file: their places, wording and rendering."""

from brieftex.diagnostics.core import (
    Diagnostic,
    InputError,
    Kind,
    OffsetMap,
    Severity,
    Source,
    Span,
)

__all__ = ["Diagnostic", "InputError", "Kind", "OffsetMap", "Severity", "Source", "Span"]
