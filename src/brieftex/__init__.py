"""brieftex sets a Chinese office's 简报 as a PDF.

``typeset`` is the whole compiler; docs/api.md shows the rest. Everything is loaded on first
use, so that importing the package (for its version, say) costs nothing.
"""

from __future__ import annotations

TYPE_CHECKING = False  # typing is not loaded for it: Ctrl-C is not ours before this is done
if TYPE_CHECKING:
    from brieftex.api import build, render
    from brieftex.checks.engine.run import Checked, check, check_series
    from brieftex.diagnostics import Finding, InputError, Kind, Severity, Source, Span
    from brieftex.layout.page import Page
    from brieftex.model.issue import Issue
    from brieftex.pdf.raster import NoRasteriserError
    from brieftex.pipeline import Typeset, typeset

__all__ = [
    "Checked",
    "Finding",
    "InputError",
    "Issue",
    "Kind",
    "NoRasteriserError",
    "Page",
    "Severity",
    "Source",
    "Span",
    "Typeset",
    "__version__",
    "build",
    "check",
    "check_series",
    "render",
    "typeset",
]

__version__ = "0.1.0"

_HOMES = {
    "brieftex.api": ("build", "render"),
    "brieftex.checks.engine.run": ("Checked", "check", "check_series"),
    "brieftex.diagnostics": ("Finding", "InputError", "Kind", "Severity", "Source", "Span"),
    "brieftex.layout.page": ("Page",),
    "brieftex.model.issue": ("Issue",),
    "brieftex.pdf.raster": ("NoRasteriserError",),
    "brieftex.pipeline": ("Typeset", "typeset"),
}


def __getattr__(name: str) -> object:
    from importlib import import_module  # noqa: PLC0415  # likewise

    home = next((home for home, names in _HOMES.items() if name in names), None)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return __all__
