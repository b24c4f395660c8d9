"""A crew of workers on a Dask cluster that exists already.

A worker is used if its brieftex, libraries and faces are the ones here. Each has a task that it
does and one that waits; who has nothing to do is given a second time what others have not done, so
that nothing waits for one that is slow, and what comes first counts. A worker
keeps pictures and faces, and is sent each of them once. What is large is sent to one worker, from
which the others fetch it; where it is lost with those who hold it, so are the tasks that wait for
it, and both are sent again. What cannot be done over there is done here.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

import dask
from distributed import Client
from msgspec import Struct

from brieftex.batch.errand import Errand, LostError
from brieftex.batch.identity import ProgramIdentity, program_identity
from brieftex.batch.parcel import KEPT_BYTES, Packer, Parcel, carry_out
from brieftex.batch.processes import done_alone
from brieftex.batch.run import Told
from brieftex.batch.task import BuildManner, BuildResult, BuildTask, built
from brieftex.diagnostics import InputError

_T = TypeVar("_T")

_LEAVE_WITHIN = 10
"""Seconds that the scheduler has to let the client go."""

_ANSWERED_WITHIN = 20
"""Seconds that the scheduler has to name its workers; they are asked for again later."""

_SENT_WITHIN = 120
"""Seconds that bytes may be on their way to a worker."""

_INTRODUCED_WITHIN = 60
"""Seconds that the first worker has to say what it is."""

_OTHERS_WITHIN = 5
"""Seconds that are waited for the other workers when one is there; they may come later."""

_SMALL = 32 * 1024
"""Bytes that are sent with a task; what is larger the workers give one another."""

_LOOK_EVERY = 0.5  # seconds between looks at who is there

_TRIES = 4
"""How often a task is lost with its workers before it is done here, in a process of its own."""

_COLLECTED_AFTER = 50
"""Issues after which what Dask keeps by cycles is freed."""


class NoClusterError(Exception):
    """There is no cluster, or nobody in it can be used; in Chinese and English."""

    def __init__(self, zh: str, en: str) -> None:
        """Takes the reason."""
        super().__init__(zh, en)
        self.zh, self.en = zh, en


class _Sent(Struct, frozen=True):
    """Bytes that were sent or are on their way: what gives Dask's name for them, their count."""

    task: asyncio.Task[Any]
    size: int


class _Client(Client):
    """A client that is closed by whoever made it. One that found no scheduler would be closed as
    it is freed, and wait for that scheduler."""

    def __del__(self) -> None:
        """Leave it."""


class Cluster:
    """A crew of the workers of a cluster, all building in the same manner."""

    def __init__(self, address: str, manner: BuildManner) -> None:
        """Connects to the scheduler at ``address``. Raises NoClusterError."""
        # What it would say in English is said here, in the user's language.
        for name in list(logging.root.manager.loggerDict):
            if name.partition(".")[0] in ("asyncio", "distributed", "tornado"):
                logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        dask.config.set({"distributed.admin.large-graph-warning-threshold": "1TB"})
        try:
            connect: Any = _Client  # its types are not complete
            self._client = connect(address, set_as_default=False)
        except Exception as error:  # of many sorts: names, certificates, protocols, time
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise NoClusterError(
                f"连不上 Dask 调度器 {address}：{reason}",
                f"no Dask scheduler answers at {address}: {reason}",
            ) from error
        self._manner = manner
        self._packer = Packer(manner)
        self._own = program_identity()
        self._workers: dict[str, str] = {}
        self._introduced: dict[str, tuple[str, Future[ProgramIdentity]]] = {}
        self._unfit: set[str] = set()
        self._errands: dict[Future[BuildResult], Errand] = {}
        self._idle: set[str] = set()
        self._held: dict[str, set[str]] = {}
        self._sent: OrderedDict[str, _Sent] = OrderedDict()
        self._lost: dict[BuildTask, int] = {}
        self._news: list[Told] = []
        self._alone = False
        self._count = 0
        self._next_look = 0.0

    @property
    def size(self) -> int:
        """How many workers there are, at least 1."""
        return max(len(self._workers), 1)

    def begin(self) -> Iterator[Told]:
        """Ask all workers who they are, and tell of those that cannot be used. Raises
        NoClusterError where none can."""
        self._look()
        start = time.monotonic()
        while self._introduced:
            patience = _OTHERS_WITHIN if self._workers else _INTRODUCED_WITHIN
            if (left := start + patience - time.monotonic()) <= 0:
                break
            wait([future for _, future in self._introduced.values()], left, FIRST_COMPLETED)
            self._admit()
        yield from self._told()
        if not self._workers:
            raise NoClusterError(
                "集群里没有能用的工作进程", "the cluster has no worker that can be used"
            )

    def close(self) -> None:
        """Take leave; the cluster stays."""
        for errand in self._errands.values():
            errand.give_up()
        self._sent.clear()
        with suppress(Exception):  # a scheduler that is gone cannot be taken leave of
            self._client.close(timeout=_LEAVE_WITHIN)

    def tend(self) -> Iterator[Told]:
        """See who has come and who has gone, and tell of it."""
        if time.monotonic() >= self._next_look:
            self._look()
            self._admit()
            self._help()
            self._next_look = time.monotonic() + _LOOK_EVERY
        yield from self._told()

    def hand(self, task: BuildTask) -> Future[BuildResult]:
        """Hand a task to the worker that has least to do. It is done here if it is broken, if
        nobody else is there, or if it was lost too often."""
        if not self._workers:
            if not self._alone:
                self._alone = True
                self._news.append(
                    Told("集群里已经没有能用的工作进程，其余的在本机排",
                         "no worker is left in the cluster, the rest is set here")
                )  # fmt: skip
            return self._done_here(task)
        if self._lost.get(task, 0) >= _TRIES:
            return _done(done_alone(task, self._manner))  # perhaps they died of it
        try:
            errand = Errand(self._packer.packed(task))
        except (InputError, OSError, ValueError):
            return self._done_here(task)
        load = self._load()
        self._give(errand, min(self._workers, key=load.__getitem__))
        self._errands[errand.outcome] = errand
        return errand.outcome

    def settled(self, task: BuildTask, future: Future[BuildResult]) -> BuildResult | None:
        """What came of a task; None where it was lost with those who worked on it."""
        errand = self._errands.pop(future, None)
        if errand is None:
            return future.result()
        errand.give_up()
        self._count += 1
        if self._count % _COLLECTED_AFTER == 0:
            gc.collect()
        if future.exception() is None:
            return errand.parcel.completed(future.result())
        self._lost[task] = self._lost.get(task, 0) + 1
        return None

    def _give(self, errand: Errand, address: str) -> None:
        errand.add(address, self._begun(self._delivered(errand.parcel, address)))

    def _load(self) -> Counter[str]:
        """How many tasks each worker has."""
        load = Counter(dict.fromkeys(self._workers, 0))
        for errand in self._errands.values():
            load.update(errand.workers())
        return load

    def _help(self) -> None:
        """Give to those who have had nothing to do since the last look what others have not done:
        there is nothing else left."""
        load = self._load()
        idle = {address for address in self._workers if not load[address]}
        for address in idle & self._idle:
            waiting = (one for one in self._errands.values() if len(one.workers()) == 1)
            if (errand := next(waiting, None)) is None:
                break
            self._give(errand, address)
        self._idle = idle

    def _done_here(self, task: BuildTask) -> Future[BuildResult]:
        return _done(built(task, self._manner, self._packer.services))

    def _begun(self, work: Coroutine[Any, Any, _T]) -> Future[_T]:
        """The outcome of something that Dask's thread does."""
        loop: asyncio.AbstractEventLoop = self._client.loop.asyncio_loop
        return asyncio.run_coroutine_threadsafe(work, loop)

    async def _delivered(self, parcel: Parcel, address: str) -> BuildResult:
        """What a worker makes of a parcel. In Dask's thread, as are the next two."""
        held = self._held.setdefault(address, set())
        lacking = False
        while True:
            contents = {
                digest: data if len(data) < _SMALL else await self._at_hand(digest, data, address)
                for digest, data in parcel.contents.items()
                if digest not in held
            }
            done: BuildResult | None = await self._asked(
                address, carry_out, parcel.work, parcel.kit, contents
            )
            if done is not None:
                held.update(parcel.contents)
                return done
            if lacking:
                raise LostError
            held.clear()
            lacking = True

    async def _asked(self, address: str, function: Callable[..., Any], *given: Any) -> Any:
        """What a function gives on a worker."""
        task = self._client.submit(
            function, *given, pure=False, workers=[address], allow_other_workers=False
        )
        return await self._client.gather(task, asynchronous=True)

    async def _at_hand(self, digest: str, data: bytes, address: str) -> Any:
        """Dask's name for the bytes of this digest, which are sent unless some worker has them."""
        known = self._sent.pop(digest, None)
        if known is None or _is_lost(known.task):
            sending = self._client.scatter([data], workers=[address], hash=False, asynchronous=True)
            known = _Sent(asyncio.ensure_future(asyncio.wait_for(sending, _SENT_WITHIN)), len(data))
        self._sent[digest] = known
        while sum(one.size for one in self._sent.values()) > KEPT_BYTES and len(self._sent) > 1:
            self._sent.popitem(last=False)
        (name,) = await asyncio.shield(known.task)
        return name

    def _look(self) -> None:
        """See who is there: ask those who are new, give up what nobody can do any more."""
        present = self._present()
        if present is None:
            return
        for address in [known for known in self._workers if known not in present]:
            name = self._workers.pop(address)
            self._news.append(
                Told(f"工作进程 {_shown(name, address)} 断开了，没排完的交给别的接着排",
                     f"worker {_shown(name, address)} is gone, others go on with its files")
            )  # fmt: skip
        for address in [known for known in self._introduced if known not in present]:
            del self._introduced[address]
        for address, name in present.items():
            if address not in (*self._workers, *self._introduced, *self._unfit):
                answer = self._begun(self._asked(address, program_identity))
                self._introduced[address] = name, answer
        for errand in self._errands.values():
            errand.give_up(self._workers)

    def _present(self) -> dict[str, str] | None:
        """The names of the workers by their addresses; None if that cannot be told now."""
        if self._client.status != "running":
            return {}
        try:
            said = self._client.sync(
                self._client.scheduler.identity, callback_timeout=_ANSWERED_WITHIN
            )
        except Exception:  # noqa: BLE001  # slow, or just gone: the next look tells
            return None
        return {address: str(worker["name"]) for address, worker in said["workers"].items()}

    def _admit(self) -> None:
        """Take in those who have said that they are as they should be."""
        for address, (name, future) in list(self._introduced.items()):
            if not future.done():
                continue
            del self._introduced[address]
            flaws = _flaws(self._own, future)
            if flaws is None:
                self._workers[address] = name
                self._alone = False
                continue
            self._unfit.add(address)
            self._news.append(
                Told(f"工作进程 {_shown(name, address)} 不能用：{flaws[0]}",
                     f"worker {_shown(name, address)} cannot be used: {flaws[1]}")
            )  # fmt: skip

    def _told(self) -> Iterator[Told]:
        while self._news:
            yield self._news.pop(0)


def _is_lost(sending: asyncio.Task[Any]) -> bool:
    """Whether what was sent never arrived, or is with nobody any more."""
    if not sending.done():
        return False
    if sending.cancelled() or sending.exception() is not None:
        return True
    (name,) = sending.result()
    return bool(name.status != "finished")


def _done(result: BuildResult) -> Future[BuildResult]:
    future: Future[BuildResult] = Future()
    future.set_result(result)
    return future


def _shown(name: str, address: str) -> str:
    return address if name == address else f"{name} ({address})"


def _flaws(own: ProgramIdentity, future: Future[ProgramIdentity]) -> tuple[str, str] | None:
    """Why a worker cannot be used, in Chinese and English; None if it can."""
    if future.cancelled():
        return "没有回答", "no answer"
    error = future.exception()
    if isinstance(error, ImportError | AttributeError):
        return "没有装 brieftex，或版本不同", "no brieftex there, or another version"
    if error is not None:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        return reason, reason
    differences = list(own.differences(future.result()))
    if not differences:
        return None
    return "、".join(zh for zh, _ in differences), ", ".join(en for _, en in differences)


@contextmanager
def cluster(address: str, manner: BuildManner) -> Iterator[Cluster]:
    """The crew at ``address``; it is let go at the end of the context. Raises NoClusterError."""
    crew = Cluster(address, manner)
    try:
        yield crew
    finally:
        crew.close()
