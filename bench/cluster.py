"""What a cluster would make of an archive: a simulation from figures that are measured.

    python bench/cluster.py [--issues 10000]

Measured, as processor time and bytes, so that load does not show: reading and packing an issue,
setting it, writing its PDF (by the clock, the least of some turns, because the disk is waited for),
for issues of the archive that ``bench/search.py`` makes and for those of ``tests/publications``;
what Dask takes of the client and of the scheduler for a task and for a byte, with a real scheduler
and worker. Simulated is a queue at each of them: issues are drawn from the measured ones by a seed
and go through client, scheduler, network and workers as ``build --dask`` sends them, no more than
two for each worker. The network takes its bytes one after the other, in each direction of each
machine. Writes ``bench/cluster.md``.
"""

from __future__ import annotations

import argparse
import datetime
import heapq
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from time import process_time
from typing import Any

import search
from distributed import Client
from msgspec import Struct

from brieftex.batch.parcel import Packer, carry_out
from brieftex.batch.task import BuildManner, BuildTask
from brieftex.output import write_output

ROOT = Path(__file__).parents[1]
WORKERS = (1, 2, 4, 8, 12, 16, 24, 32, 64)
NETWORKS = {"1 Gb/s": 1e9 / 8 * 0.94, "100 Mb/s": 1e8 / 8 * 0.94}
"""Bytes a second that TCP carries: 94 % of what the wire does."""
TURNS = 5
AHEAD = 2
CALLS, AT_ONCE = 160, 8
FRESH = 24


class Measured(Struct, frozen=True):
    """An issue: seconds of processor that it takes to read and pack, to set, to write, bytes that
    are sent and that come back."""

    name: str
    pack: float
    build: float
    write: float
    sent: int
    made: int


class Overhead(Struct, frozen=True):
    """What Dask takes: seconds for a task and for a byte that comes back, of the client and of the
    scheduler."""

    client: float
    client_byte: float
    scheduler: float
    scheduler_byte: float


class Outcome(Struct, frozen=True):
    """Issues a minute, and which share of the time each station is at work."""

    rate: float
    busy: dict[str, float]


def main(arguments: Sequence[str]) -> None:
    """Measure, simulate, write."""
    parser = argparse.ArgumentParser(description="a cluster for an archive, simulated")
    parser.add_argument("--issues", type=int, default=10_000)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        search.archive(Path(folder), FRESH)
        made = measured(sorted(Path(folder).rglob("*.yaml")))
    kinds = [*made[FRESH // 4 :], *measured(publications())]
    overhead = overhead_of()
    chance = random.Random(10_000)
    archive = [chance.choice(kinds) for _ in range(options.issues)]
    lines = [*head(kinds, overhead, archive), *tables(archive, overhead)]
    (ROOT / "bench/cluster.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


def publications() -> list[Path]:
    """The sample and issues of seven themes."""
    found = sorted((ROOT / "tests/publications").glob("*.yaml"))
    return [ROOT / "briefing.yaml", *(path for path in found if "theme" not in path.stem)]


def measured(paths: Sequence[Path]) -> list[Measured]:
    """The figures of issues, set once each in a worker that has set others: text that was set
    before would be set faster."""
    packer = Packer(BuildManner(bundled_fonts=True))
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            start = process_time()
            parcel = packer.packed(BuildTask(path))
            packed = process_time()
            result = carry_out(parcel.work, parcel.kit, parcel.contents)
            built = process_time()
            if result is None or not result.file:
                raise SystemExit(f"{path} is not set")
            writes = []
            for _ in range(TURNS):
                begun = time.perf_counter()
                write_output(Path(folder, "a.pdf"), result.file)
                writes.append(time.perf_counter() - begun)
            sizes = len(parcel.work), len(result.file)
            found.append(Measured(path.stem, packed - start, built - packed, min(writes), *sizes))
    return found


def answer(data: bytes, size: int) -> bytes:
    """What a worker does that only passes on."""
    del data
    return b"x" * size


def overhead_of() -> Overhead:
    """What Dask takes, from calls with a small and a large result."""
    # By value: the scheduler knows nothing of this file.
    import cloudpickle  # type: ignore[import-untyped]  # noqa: PLC0415  # comes with Dask

    cloudpickle.register_pickle_by_value(sys.modules[__name__])
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "scheduler.json")
        scheduler = started(folder, "scheduler", "--host", "127.0.0.1", "--port", "0",
                            "--scheduler-file", place)  # fmt: skip
        worker = started(folder, "worker", "--scheduler-file", place, "--nthreads", "1",
                         "--no-nanny", "--local-directory", folder)  # fmt: skip
        try:
            end = time.monotonic() + 120
            while not place.exists() and time.monotonic() < end:
                time.sleep(0.1)
            connect: Any = Client  # its types are not complete
            client = connect(scheduler_file=str(place), timeout=120, set_as_default=False)
            client.wait_for_workers(1, timeout=120)
            small, large = 1_000, 1_000_000
            calls(client, small, scheduler.pid)
            turns = [
                [calls(client, size, scheduler.pid) for size in (small, large)]
                for _ in range(TURNS)
            ]
            costs = [
                (min(turn[k][0] for turn in turns), min(turn[k][1] for turn in turns))
                for k in (0, 1)
            ]
            client.close()
        finally:
            for process in (worker, scheduler):
                process.kill()
                process.wait()
    (client_small, scheduler_small), (client_large, scheduler_large) = costs
    more = large - small
    return Overhead(
        client_small, max(client_large - client_small, 0) / more,
        scheduler_small, max(scheduler_large - scheduler_small, 0) / more,
    )  # fmt: skip


def calls(client: Any, size: int, pid: int) -> tuple[float, float]:
    """Seconds of processor that a call takes of the client and of the process ``pid``."""
    there, here = processor_of(pid), process_time()
    data = os.urandom(60_000)
    for _ in range(CALLS // AT_ONCE):
        client.gather([client.submit(answer, data, size, pure=False) for _ in range(AT_ONCE)])
    return (process_time() - here) / CALLS, (processor_of(pid) - there) / CALLS


def processor_of(pid: int) -> float:
    """Seconds of processor that the threads of a process have used."""
    threads = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((one / "schedstat").read_text().split()[0]) for one in threads) / 1e9


def started(folder: str, *arguments: str | Path) -> subprocess.Popen[bytes]:
    """A part of a cluster."""
    with Path(folder, "log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *map(str, arguments), "--no-dashboard"],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip


def simulated(
    archive: Sequence[Measured],
    overhead: Overhead,
    workers: int,
    bandwidth: float,
    *,
    direct: bool,
) -> Outcome:
    """The archive on so many workers. Each station does one thing after the other; an issue goes
    from one to the next."""
    free: defaultdict[str, float] = defaultdict(float)
    work: Counter[str] = Counter()
    events: list[tuple[float, int, int, int]] = []  # when, issue, which step, whose
    handed, now, done = 0, 0.0, 0

    def steps(one: Measured, worker: int) -> tuple[tuple[str, float], ...]:
        sent, made = one.sent / bandwidth, one.made / bandwidth
        # Half of what Dask takes is taken before, half after.
        client, scheduler = overhead.client / 2, overhead.scheduler / 2
        back: tuple[tuple[str, float], ...] = (
            ("scheduler, receiving", made),
            ("scheduler", scheduler + overhead.scheduler_byte * one.made),
            ("scheduler, sending", made),
        )
        if direct:
            back = (("scheduler", scheduler), ("client, receiving", made))
        return (
            ("client", one.pack + client), ("client, sending", sent),
            ("scheduler", scheduler), ("scheduler, sending", sent),
            (f"worker {worker}", one.build), (f"worker {worker}, sending", made),
            *back,
            ("client", client + overhead.client_byte * one.made + one.write),
        )  # fmt: skip

    for worker in list(range(workers)) * AHEAD:
        if handed < len(archive):
            heapq.heappush(events, (0.0, handed, 0, worker))
            handed += 1
    while events:
        now, number, step, worker = heapq.heappop(events)
        path = steps(archive[number], worker)
        if step == len(path):
            done += 1
            if handed < len(archive):
                heapq.heappush(events, (now, handed, 0, worker))
                handed += 1
            continue
        station, seconds = path[step]
        free[station] = max(free[station], now) + seconds
        work[station] += seconds  # type: ignore[assignment]  # a Counter of seconds
        heapq.heappush(events, (free[station], number, step + 1, worker))
    assert done == len(archive)
    busy = {name: seconds / now for name, seconds in work.items()}
    mine = [busy.pop(name) for name in list(busy) if name.startswith("worker") and "," not in name]
    busy = {name: share for name, share in busy.items() if not name.startswith("worker")}
    return Outcome(60 * len(archive) / now, {**busy, "workers": sum(mine) / len(mine)})


def head(kinds: Sequence[Measured], overhead: Overhead, archive: Sequence[Measured]) -> list[str]:
    """What was measured."""
    mean = {
        key: sum(getattr(one, key) for one in archive) / len(archive)
        for key in ("pack", "build", "write", "sent", "made")
    }
    return [
        "# A cluster for an archive: a simulation from measured figures",
        "",
        (
            f"`bench/cluster.py`, {datetime.datetime.now(datetime.UTC):%Y-%m-%d}; CPython "
            f"{platform.python_version()}, {platform.system()} {platform.machine()}. Times are of "
            "the processor but where it is said."
        ),
        "",
        "## Measured",
        "",
        (
            "| issue | read and packed here, ms | set by a worker, ms | written here, ms "
            "| sent, kB | PDF, kB |"
        ),
        "| --- | --- | --- | --- | --- | --- |",
        *(
            f"| {one.name} | {1e3 * one.pack:.0f} | {1e3 * one.build:.0f} | {1e3 * one.write:.1f} "
            f"| {one.sent / 1e3:.0f} | {one.made / 1e3:.0f} |"
            for one in kinds
        ),
        (
            f"| mean of the archive | {1e3 * mean['pack']:.0f} | {1e3 * mean['build']:.0f} "
            f"| {1e3 * mean['write']:.1f} | {mean['sent'] / 1e3:.0f} | {mean['made'] / 1e3:.0f} |"
        ),
        "",
        (
            f"Dask takes {1e3 * overhead.client:.1f} ms of the client and "
            f"{1e3 * overhead.scheduler:.1f} ms of the scheduler for a task, and "
            f"{1e9 * overhead.client_byte:.1f} and {1e9 * overhead.scheduler_byte:.1f} ms for each "
            "MB that comes back. Results come by way of the scheduler, which needs no way from "
            "here to the workers, unless Dask's setting `distributed.client.direct-to-workers` is "
            "true."
        ),
    ]


def tables(archive: Sequence[Measured], overhead: Overhead) -> list[str]:
    """What the archive would take."""
    lines: list[str] = []
    ideal = 60 * len(archive) / sum(one.build for one in archive)
    ways = [(f"network of {name}", speed, False) for name, speed in NETWORKS.items()]
    ways.append((f"{ways[-1][0]}, results fetched from the workers", ways[-1][1], True))
    for title, bandwidth, direct in ways:
        lines += [
            "", f"## {len(archive):,} issues, {title}", "",
            ("| workers | issues a minute | the archive, min | of the ideal | workers at work "
             "| client | scheduler | busiest network card |"),
            "| --- | --- | --- | --- | --- | --- | --- | --- |",
        ]  # fmt: skip
        first = ""
        for workers in WORKERS:
            found = simulated(archive, overhead, workers, bandwidth, direct=direct)
            busy = found.busy
            wires = {name: share for name, share in busy.items() if ", " in name}
            wire = max(wires, key=wires.__getitem__)
            shares = (busy["workers"], busy["client"], busy["scheduler"], wires[wire])
            bound = {
                "the client": shares[1],
                "the scheduler": shares[2],
                f"network, {wire}": shares[3],
            }
            most = max(bound, key=bound.__getitem__)
            if not first and bound[most] > 0.95:
                first = f"{most}, at {workers} workers"
            lines.append(
                f"| {workers} | {found.rate:,.0f} | {len(archive) / found.rate:.1f} "
                f"| {found.rate / ideal / workers:.0%} | "
                + " | ".join(f"{share:.0%}" for share in shares)
                + " |"
            )
        lines += ["", f"First at its bound: {first or 'nothing but the workers'}."]
    return lines


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main(sys.argv[1:])
