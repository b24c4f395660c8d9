"""``brieftex build --dask`` on a real scheduler with workers as processes.

Every process has files for its output and a group of its own, which is killed at the end: a child
that kept a pipe of the tests open would let them wait for ever.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import pytest
from helpers import processes
from helpers.fontfiles import put, renamed
from helpers.mounts import can_mount
from helpers.pictures import noise
from helpers.processes import COMMAND, HELPERS, Process, started
from helpers.support import BROKEN, ISSUE, files

if find_spec("distributed") is None:
    pytest.skip("distributed is not installed", allow_module_level=True)

PROGRAM = f"{HELPERS}from helpers.daskworker import main; main()"
PATIENCE = 40  # seconds: no test waits so long, but none hangs

WARNED = "theme: look.yaml\n" + ISSUE.replace(
    "只有一段话。", '"只有一段话，(括号是半角的)。\\n\\n![图](图/甲.png)\\n"'
)
LOOK = "extends: briefing\nfonts: {roles: {body: {han: [某宋], latin: [某宋]}}}\n"


FETCHED = """\
import json, sys
from distributed import Client
client = Client(sys.argv[1], timeout=60, set_as_default=False)
def fetched(dask_worker):
    return [str(key) for log in dask_worker.transfer_incoming_log for key in log["keys"]]
print(json.dumps(client.run(fetched)))
client.close()
"""


class Cluster:
    """The processes of a cluster, by name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running: dict[str, Process] = {}

    def start(self, **faults: str) -> str:
        """Start a scheduler with workers of these faults; gives its address."""
        address = self._begin("scheduler", ("scheduler",))()
        waiting = [self._worker(address, *worker) for worker in faults.items()]
        for wait in waiting:
            wait()
        return address

    def join(self, address: str, name: str, fault: str) -> None:
        """Start another worker."""
        self._worker(address, name, fault)()

    def end(self, name: str) -> None:
        """Kill a worker, and wait until nothing of it is left."""
        self._running[name].kill()
        self._running[name].wait(PATIENCE)

    def fetched(self, address: str) -> dict[str, list[str]]:
        """What each worker was sent by another one."""
        said = processes.run(address, program=FETCHED, library="distributed", check=True)
        fetched: dict[str, list[str]] = json.loads(said.stdout)
        return fetched

    def kill(self) -> None:
        """End all of them."""
        for process in self._running.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(PATIENCE)

    def _worker(self, address: str, name: str, fault: str) -> Callable[[], str]:
        folder = self._folder / name
        folder.mkdir()
        if fault == "full" and not can_mount("distributed"):
            fault = ""
        return self._begin(name, (address, name, str(folder), fault))

    def _begin(self, name: str, arguments: tuple[str, ...]) -> Callable[[], str]:
        """Start a process; what is returned waits for it, and gives the line that it prints."""
        said, log = (self._folder / f"{name}.{ending}" for ending in ("out", "log"))
        with said.open("wb") as out, log.open("wb") as err:
            running = started(
                *arguments, program=PROGRAM, library="distributed",
                stdin=subprocess.DEVNULL, stdout=out, stderr=err, start_new_session=True,
            )  # fmt: skip
        self._running[name] = running

        def line() -> str:
            until(lambda: said.read_text().endswith("\n") or running.poll() is not None)
            assert running.poll() is None, log.read_text()
            return said.read_text().strip()

        return line


@pytest.fixture
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster of processes, all gone afterwards."""
    made = Cluster(tmp_path_factory.mktemp("cluster"))
    yield made
    made.kill()


@pytest.fixture
def process(folder: Path) -> Callable[..., Process]:
    """Run brieftex with these arguments as a process that may have a cluster."""
    return partial(processes.run, cwd=folder, library="distributed")


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def put_year(folder: Path) -> int:
    """Issues with a theme, a face and a picture of their own, one with errors, in two folders;
    gives how many there are."""
    put(folder / "期/fonts/a.ttf", renamed("某宋"))
    (folder / "期/图").mkdir()
    noise(500, 300).save(folder / "期/图/甲.png")
    (folder / "期/look.yaml").write_text(LOOK, encoding="utf-8")
    for number in range(12):
        text = BROKEN if number == 3 else WARNED
        (folder / f"期/{number:02}.yaml").write_text(text, encoding="utf-8")
    (folder / "另").mkdir()
    for number in range(4):
        (folder / f"另/{number}.yaml").write_text(ISSUE, encoding="utf-8")
    return 15


def test_a_cluster(cluster: Cluster, process: Callable, brieftex: Callable, folder: Path) -> None:
    """Ensures that a cluster gives what this machine gives although one worker dies, one stands
    still, one has no byte left on its disk and one is of another version; whole files after an
    interruption; and the rest set here when the last worker is gone. One test, because a cluster
    takes longer to start than these take."""
    year = put_year(folder)
    address = cluster.start(dying="dies", slow="stands", full="full", old="old")
    gives_what_this_machine_gives(address, process, brieftex, folder, year)
    for fetched in cluster.fetched(address).values():
        assert len(fetched) == len(set(fetched))
    cluster.end("slow")
    leaves_whole_files(address, folder)
    cluster.end("full")
    goes_on_alone(address, cluster, process, folder)


def gives_what_this_machine_gives(
    address: str, process: Callable, brieftex: Callable, folder: Path, year: int
) -> None:
    """Every issue once and whole, with its bytes, findings in the order of the files."""
    call = ["build", "期", "另", "-o"]
    many = process(*call, "many", "--dask", address)
    one = brieftex(*call, "one", "-j", "1")
    assert (many.returncode, many.stdout) == (one.returncode, one.stdout)
    lines = many.stderr.splitlines(keepends=True)
    told = [line for line in lines if line.startswith("工作进程 ")]
    refused, gone = told
    assert refused.startswith("工作进程 old (tcp://127.0.0.1:")
    assert refused.endswith(" 不能用：版本 0.0.9、自带的字体不同\n")
    assert gone.startswith("工作进程 dying (tcp://127.0.0.1:")
    rest = "".join(line for line in lines if line not in told)
    assert rest.replace("many", "one") == one.stderr
    written = files(folder / "many")
    assert len(written) == year
    assert written == files(folder / "one")
    for name in written:
        assert (folder / "many" / name).read_bytes() == (folder / "one" / name).read_bytes()


def leaves_whole_files(address: str, folder: Path) -> None:
    for number in range(40):
        path = folder / f"又/{number:02}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(ISSUE, encoding="utf-8")
    call = ["build", "又", "-o", "cut", "--dask", address]
    running = started(*call, cwd=folder, stderr=subprocess.PIPE, library="distributed")
    try:
        until(lambda: len(list((folder / "cut").glob("*.pdf"))) >= 2)
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=PATIENCE)
    finally:
        running.kill()
    assert running.returncode == 130
    assert err.splitlines()[-1] == "已中断"
    written = files(folder / "cut")
    assert 2 <= len(written) < 40
    for name in written:
        assert (folder / "cut" / name).read_bytes().endswith(b"%%EOF\n")


def goes_on_alone(address: str, cluster: Cluster, process: Callable, folder: Path) -> None:
    """One worker of another version is no worker; one that dies leaves the rest to do here."""
    nobody = process("build", "另", "-o", "none", "--dask", address)
    assert nobody.returncode == 1
    assert nobody.stderr.splitlines()[-1] == "错误：集群里没有能用的工作进程"
    assert not (folder / "none").exists()
    cluster.join(address, "last", "dies")
    alone = process("build", "另", "期/03.yaml", "-o", "alone", "--dask", address)
    assert alone.returncode == 1
    assert files(folder / "alone") == {f"{number}.pdf" for number in range(4)}
    assert "其余的在本机排" in alone.stderr
    assert "03.yaml：1 个错误" in alone.stderr


def test_no_cluster(process: Callable, brieftex: Callable, folder: Path) -> None:
    put_year(folder)
    hasty = "import dask; dask.config.set({'distributed.comm.timeouts.connect': '100ms'})\n"
    for address in ("tcp://127.0.0.1:1", "nonsense"):
        result = process("build", "另", "--dask", address, program=hasty + COMMAND)
        assert result.returncode == 1
        assert result.stderr.startswith(f"错误：连不上 Dask 调度器 {address}：")
        assert len(result.stderr.splitlines()) == 1
    assert brieftex("build", "另", "--dask", "x", "-j", "2").returncode == 2
    assert brieftex("build", "另", "--dask", "x", "--password").returncode == 2
