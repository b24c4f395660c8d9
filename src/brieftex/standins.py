"""Modules that a library imports as it is loaded and does not need for what we ask of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType


class _StandIn(ModuleType):
    """Stands for a module that is imported when something of it is wanted."""

    def __getattr__(self, name: str) -> object:
        # Python comes here for what is not in the stand-in itself.
        _give_way(self)
        return getattr(import_module(self.__name__), name)


@contextmanager
def stand_ins(*names: str) -> Iterator[None]:
    """Within, these modules are not loaded by being imported, but when they are used: those that
    were imported here alone; whoever imports them afterwards gets them."""
    standing = [_StandIn(name) for name in names if name not in sys.modules]
    sys.modules.update({module.__name__: module for module in standing})
    try:
        yield
    finally:
        for module in standing:
            _give_way(module)


def _give_way(module: ModuleType) -> None:
    if sys.modules.get(module.__name__) is module:
        del sys.modules[module.__name__]
