"""The wording of every finding, one module per hundred of codes.

A module holds ``Kind`` constants and nothing else. A build imports only the modules whose
findings it may make; ``kinds`` imports them all, for ``explain``, the documentation and the
tests.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from brieftex.diagnostics.core import Kind


def kinds() -> dict[str, Kind]:
    """Every kind of the package by its code, in order of code.

    Raises ValueError when two kinds share a code or a name.
    """
    found: dict[str, Kind] = {}
    names: set[str] = set()
    for module in iter_modules(__path__):
        for value in vars(import_module(f"{__name__}.{module.name}")).values():
            if not isinstance(value, Kind):
                continue
            if value.code in found or value.name in names:
                raise ValueError(f"{value.code} {value.name}")
            found[value.code] = value
            names.add(value.name)
    return dict(sorted(found.items()))
