"""Libraries that speak on standard error, in English and of things that no editor knows, are not
heard while they work."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock

from brieftex import interruption

_lock = RLock()
"""The descriptor is one for all threads."""


@contextmanager
def silent_if_tiff(start: bytes) -> Iterator[None]:
    """While a file that begins so is read: libtiff, in C, and Pillow's reader of TIFF say every
    damage that they find beside raising it. What others say to standard error meanwhile is lost,
    too, but for the line of an interruption."""
    if start[:2] not in (b"II", b"MM"):
        yield
        return
    with _lock:
        try:
            kept = os.dup(2)
        except OSError:  # there is none
            yield
            return
        before, nowhere = interruption.heard_at, os.open(os.devnull, os.O_WRONLY)
        interruption.heard_at = kept if before == 2 else before
        os.dup2(nowhere, 2)
        os.close(nowhere)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            interruption.heard_at = before
            os.close(kept)
