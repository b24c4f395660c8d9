"""What every test stands on: no fonts but the bundled ones, nobody's cache, no stray clock."""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.internal.conjecture import providers

# No test waits on a clock: a slow machine is no fault of what is tested. And each run tries the
# same inputs, so that only a change can make it fail; ``--hypothesis-profile search`` tries others.
settings.register_profile("search", settings(), deadline=None)
settings.register_profile("brieftex", settings.get_profile("search"), derandomize=True)
settings.load_profile("brieftex")

ROOT = Path(__file__).parents[1]

_NEIGHBOURS = (
    {"pdf", "collection"},
    {"word"},
    {"preview"},
    {
        "test_architecture.py",
        "test_integers.py",
        "test_values.py",
        "test_patterns.py",
        "test_raised.py",
    },
)
"""Folders and files whose tests share what a process takes seconds to start or to make: veraPDF's
Java machine, issues set once and documents of Word of them, Chromium, trees of all modules."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """An option that writes expected layouts and findings anew (tests/suite)."""
    parser.addoption(
        "--update-goldens", action="store_true", help="write the suite's expectations anew"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Ends one process of several at once, when all that others ask for is done: to take down what
    it loaded and kept takes a second."""
    if hasattr(config, "workerinput"):
        atexit.register(os._exit, 0)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Leaves what collecting makes, which stays to the end, out of the search for garbage, which
    is seldom made: a build leaves none (test_cycles), and to look took an eighth of all tests.

    Ensures also that Hypothesis tries the same inputs whatever is loaded: it sows among them
    constants of all modules, and parses these, two seconds in a process, as soon as it is known
    that there are tests of its own."""
    if settings.get_current_profile_name() == "brieftex":
        # It offers no setting.
        providers._get_local_constants = providers.Constants
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(200_000, 1000, 1000)
        gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Lets every second of several processes read the tests from their end: where none is compiled
    yet, which takes half the time of reading, it meets the others in the middle, and each finds
    there what others have compiled."""
    report = yield
    worker: str = getattr(collector.config, "workerinput", {}).get("workerid", "gw0")
    if isinstance(collector, pytest.Directory) and int(worker.removeprefix("gw")) % 2:
        report.result.reverse()
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> Generator[None, None, None]:
    """Puts the tests that have something to share first if there are several processes: each
    begins with a stretch of the tests, and gives of its end to one that has none left. Otherwise
    the order is left to chance, for modules among these as well; it begins with the same
    order in each process."""

    def rank(item: pytest.Item) -> int:
        folder = item.path.relative_to(ROOT / "tests").parts[0]
        found = (k for k, near in enumerate(_NEIGHBOURS) if near & {folder, item.path.name})
        return next(found, len(_NEIGHBOURS))

    several = hasattr(config, "workerinput")
    if several:
        items.sort(key=lambda item: item.path)
    yield
    if several:
        items.sort(key=rank)


@pytest.hookimpl(wrapper=True)
def pytest_runtestloop(session: pytest.Session) -> Generator[None, object, object]:
    """Ensures that neither installed fonts nor a user's cache or settings reach a test, that none
    waits for a disk, since what tests write need not outlive the machine, and that each process of
    the tests loads brieftex's own themes and faces once. This is no fixture: each test would look
    it up.

    On Windows and macOS the system's own fonts stay in sight: tests that depend on a face
    ask for bundled fonts as well.
    """
    if getattr(session.config.option, "tx", None) and not hasattr(session.config, "workerinput"):
        return (yield)  # this process waits for those that run the tests
    from helpers.services import kept_services  # noqa: PLC0415

    for name in ("SIGHUP", "SIGTERM"):
        if hasattr(signal, name) and signal.getsignal(getattr(signal, name)) is signal.SIG_IGN:
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # Run in the background, where a shell lets all that it starts ignore Ctrl-C.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    with (
        tempfile.TemporaryDirectory() as empty,
        pytest.MonkeyPatch.context() as patch,
        kept_services(),
    ):
        for name in ("HOME", "XDG_DATA_HOME", "XDG_DATA_DIRS", "LOCALAPPDATA"):
            patch.setenv(name, empty)
        patch.setenv("BRIEFTEX_CACHE", str(Path(empty, "cache")))
        for name in ("BRIEFTEX_DEBUG", "BRIEFTEX_LANG", "NO_COLOR", "SOURCE_DATE_EPOCH"):
            patch.delenv(name, raising=False)
        patch.setattr(os, "fsync", lambda _handle: None)
        return (yield)


@pytest.fixture
def afresh() -> Iterator[None]:
    """For a test of what a build leaves or takes: themes and faces are loaded for it."""
    from helpers.services import new_services  # noqa: PLC0415

    with new_services():
        yield


@pytest.fixture
def sound_files() -> Iterator[None]:
    """For a test of files that nobody made to harm: they are read without a copy of the process."""
    from helpers.services import without_copies  # noqa: PLC0415

    with without_copies():
        yield


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's own folder."""
    return ROOT


@pytest.fixture(scope="session")
def tool() -> Callable[[str], str]:
    """The path of a system program that reads PDF; the test is skipped where it is missing."""

    def find(name: str) -> str:
        path = shutil.which(name)
        if path is None:
            pytest.skip(f"{name} is not installed")
        return path

    return find
