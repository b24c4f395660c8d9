"""Findings about a file: their places, wording and rendering."""

from brieftex.diagnostics.core import (
    Diagnostic,
    Fix,
    InputError,
    Kind,
    OffsetMap,
    Severity,
    Source,
    Span,
)

__all__ = ["Diagnostic", "Fix", "InputError", "Kind", "OffsetMap", "Severity", "Source", "Span"]
