"""Work in a copy of the process, which has the threads of the libraries in it no more."""

from __future__ import annotations

import gc

from brieftex.bounded import Bounds, bounded


def test_nobody_listens_to_the_collector_there() -> None:
    """A Java machine in the process waits for its own thread at each collection: for ever there."""
    heard: list[str] = []

    def listen(phase: str, info: dict[str, int]) -> None:
        del info
        heard.append(phase)

    def collected() -> list[str]:
        heard.clear()
        gc.collect()
        return heard

    gc.callbacks.append(listen)
    try:
        assert bounded(collected, Bounds()) == []
        assert gc.callbacks.count(listen) == 1  # here it still does
    finally:
        gc.callbacks.remove(listen)
