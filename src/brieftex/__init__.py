"""brieftex sets a Chinese office's 简报 as a PDF.

``typeset`` is the whole compiler. It is loaded on first use, so that importing the package
(for its version, say) costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from brieftex.diagnostics import Finding, InputError
    from brieftex.pipeline import Typeset, typeset

__all__ = ["Finding", "InputError", "Typeset", "__version__", "typeset"]

__version__ = "0.1.0"

_HOMES = {
    "Finding": "brieftex.diagnostics",
    "InputError": "brieftex.diagnostics",
    "Typeset": "brieftex.pipeline",
    "typeset": "brieftex.pipeline",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
