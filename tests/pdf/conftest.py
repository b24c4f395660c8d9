"""What the tests of finished files share."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def _no_machine_outlives_the_tests() -> Iterator[None]:
    """Ensures that veraPDF's Java machine ends before pytest gives up its fault handler: with
    it goes the handler of SIGSEGV that Java put on top, which Java cannot end without."""
    yield
    if "jpype" in sys.modules:
        import jpype  # noqa: PLC0415

        if jpype.isJVMStarted():
            jpype.shutdownJVM()
