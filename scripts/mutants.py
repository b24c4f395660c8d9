"""Small mistakes are made in the code by chance, one at a time: which of them does no test notice?

    pip install --group mutants
    python scripts/mutants.py --seed 1 --count 100 --trace /tmp/trace.json

draws so many mutants of each of ``ROOMS`` from all that cosmic-ray can make of it, but for those of
type annotations. The tests that run the changed line are run, those of the module first, then those
that are quick and run little else, up to the first that fails. Printed are the mutants that
survive, and the share that is killed of those that are not known to be no mistakes
(``mutants.txt``). What each test runs is traced first, which takes three times as long as all of
them; the file keeps it for other seeds.

``--results FILE`` keeps what became of each mutant as soon as it is known. With such a file only
those that no test has killed are tried again: to go on with a run that was ended, to give survivors
more ``--seconds``, or to see whether a new test kills them.

All of this is one process that has collected the tests. It copies itself to trace them, and for
each mutant: there the function gets the code of the mutant. What stands outside of functions is
mutated in a process that imports everything anew.
"""

from __future__ import annotations

import argparse
import ast
import gc
import importlib
import importlib.machinery
import importlib.util
import json
import os
import random
import re
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from itertools import accumulate
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src/brieftex"
ROOMS = ("layout/lines", "layout/pages", "text", "pdf/read")
TESTS = (
    "unit/layout unit/text unit/pdf unit/compose unit/copyfit property suite pdf collection"
    " test_briefing.py test_shapes.py test_values.py cli/test_verify.py"
    " test_documents.py::test_every_bound_is_that_of_the_code"
)
EVERYWHERE = "tests/test_values.py", "tests/test_documents.py"  # look at every module
FIXTURES = {"unit": 0.005, "suite": 0.01, "property": 0.01}  # s for those that tests share, about
KNOWN = Path(__file__).with_suffix(".txt")
PLAIN = ["-q", "-s", "-p", "no:randomly", "-p", "no:xdist", "-p", "no:cacheprovider"]


class Mutant(NamedTuple):
    """An operator of cosmic-ray at one of the places in a file where it can work."""

    path: Path
    operator: str
    occurrence: int
    line: int

    def name(self) -> str:
        """What a file of results knows it by."""
        return f"{self.path.relative_to(SOURCE)}:{self.line} {self.operator} {self.occurrence}"

    def source(self) -> str:
        """The text of the mutated file."""
        from cosmic_ray.mutating import mutate_code  # noqa: PLC0415  # not where a mutant runs
        from cosmic_ray.plugins import get_operator  # noqa: PLC0415

        return str(
            mutate_code(
                self.path.read_text("utf-8"), get_operator(self.operator)(), self.occurrence
            )
        )

    def change(self, source: str) -> str:
        """The line and what becomes of it."""
        lines = zip(self.path.read_text("utf-8").split("\n"), source.split("\n"), strict=False)
        old, new = next((pair for pair in lines if pair[0] != pair[1]), ("", ""))
        return f"{self.path.relative_to(SOURCE)}\n- {old.strip()}\n+ {new.strip()}"


def mutants_of(path: Path) -> Iterator[Mutant]:
    """All mutants of a file that are more than another type."""
    from cosmic_ray.ast import ast_nodes, get_ast  # noqa: PLC0415
    from cosmic_ray.plugins import get_operator, operator_names  # noqa: PLC0415

    text = path.read_text("utf-8")
    types = [
        ((part.lineno, part.col_offset), (part.end_lineno, part.end_col_offset))
        for node in ast.walk(ast.parse(text))
        for part in (getattr(node, "annotation", None), getattr(node, "returns", None))
        if part is not None
    ]
    nodes = list(ast_nodes(get_ast(text)))
    for name in operator_names():
        if not get_operator(name).arguments():
            positions = get_operator(name)().mutation_positions
            for k, place in enumerate(start for node in nodes for start, _ in positions(node)):
                if not any(start <= place < end for start, end in types):
                    yield Mutant(path, name, k, place[0])


Functions = dict[tuple[str, str, int], Any]
"""Something of functions, by file, name and line."""


def functions(code: CodeType) -> tuple[Functions, list[object]]:
    """The code of the functions that stand in no other, and what is left without it."""
    found: Functions = {}
    rest: list[object] = [code.co_code, code.co_names]
    for constant in code.co_consts:
        if not isinstance(constant, CodeType):
            rest.append(repr(constant))
        elif constant.co_flags & 2:  # of a function; that of a class has no fast locals
            found[code.co_filename, constant.co_qualname, constant.co_firstlineno] = constant
        else:
            inside, others = functions(constant)
            found |= inside
            rest.append(others)
    return found, rest


def all_mutants(room: str) -> list[Mutant]:
    """All mutants of a room."""
    return [one for path in sorted((SOURCE / room).glob("*.py")) for one in mutants_of(path)]


def statement(path: Path, line: int) -> range:
    """The lines of the innermost statement around a line, without the statements in it."""
    found = range(line, line + 1)
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or 0):
            body = getattr(node, "body", None)
            end = max(node.lineno, body[0].lineno - 1) if body else node.end_lineno or 0
            found = range(node.lineno, end + 1) if line <= end else found
    return found


def in_copy(work: Callable[[], int], seconds: int = 0) -> int:
    """The status of ``work`` in a silent copy of this process; less than 0 for a signal."""
    child = os.fork()
    if not child:
        status = 70
        try:
            for stream in (1, 2):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
            if seconds:
                bound(seconds)
            status = work()
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def bound(seconds: int) -> None:
    """End this process if it works or waits for ever, or grows without end."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds + 20, seconds + 20))
    resource.setrlimit(resource.RLIMIT_DATA, (6 << 30, 6 << 30))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(20 * (seconds + 20))


class Trace:
    """A plugin that notes which tests run which lines of the rooms, and how long each takes. What
    a fixture of several tests runs, all of these do."""

    def __init__(self) -> None:
        """Nothing is traced yet."""
        import coverage  # noqa: PLC0415

        self.coverage = coverage.Coverage(
            data_file=None, config_file=False, include=[f"{SOURCE}/{room}/*.py" for room in ROOMS]
        )
        self.test = ""
        self.bad: list[str] = []

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Iterator[None]:
        """Tell a fixture from the first test that asks for it."""
        if fixturedef.scope != "function":
            self.coverage.switch_context(f"fixture {fixturedef.argname}")
        try:
            return (yield)
        finally:
            self.coverage.switch_context(self.test)

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Note the tests that do not pass without a mutant either."""
        if not report.passed:
            self.bad.append(report.nodeid)

    def of(self, items: list[Any]) -> dict[str, Any]:
        """Run the tests."""
        items[0].config.pluginmanager.register(self)
        number = {item.nodeid: k for k, item in enumerate(items)}
        users: dict[str, list[int]] = {item.nodeid: [k] for k, item in enumerate(items)}
        for k, item in enumerate(items):
            for name in item.fixturenames:
                users.setdefault(f"fixture {name}", []).append(k)
        seconds = []
        self.coverage.start()
        for item, following in zip(items, (*items[1:], None), strict=True):
            self.test, before = item.nodeid, time.process_time()
            self.coverage.switch_context(self.test)
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            seconds.append(time.process_time() - before)
        self.coverage.stop()
        data = self.coverage.get_data()
        lines = {
            str(Path(path).relative_to(SOURCE)): {
                line: sorted({k for one in names for k in users.get(one, ())})
                for line, names in data.contexts_by_lineno(path).items()
            }
            for path in data.measured_files()
        }
        bad = sorted({number[one] for one in self.bad})
        return {"tests": list(number), "seconds": seconds, "lines": lines, "bad": bad}


class Mutants:
    """A plugin that does all of it where pytest would run the tests that it has collected."""

    def __init__(self, options: argparse.Namespace) -> None:
        """``options`` are those of the command."""
        self.options = options

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self) -> None:
        """Let Hypothesis look for no smaller example of what fails."""
        from hypothesis import Phase, settings  # noqa: PLC0415  # before it is a plugin

        profile = settings.get_profile("brieftex")
        settings.register_profile("mutants", profile, phases=(Phase.explicit, Phase.generate))
        settings.load_profile("mutants")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Trace the tests, then try the mutants."""
        items: list[Any] = [
            one for one in session.items if "chromium" not in getattr(one, "fixturenames", ())
        ]
        for path in (path for room in ROOMS for path in (SOURCE / room).glob("*.py")):
            importlib.import_module(name_of(path))  # some only when they are called for
        kept = Path(self.options.trace)
        if not kept.exists():

            def trace() -> int:
                kept.write_text(json.dumps(Trace().of(items)), "utf-8")
                return 0

            if in_copy(trace):
                sys.exit("the tests were not traced: is it this package that they import?")
        known = json.loads(kept.read_text())
        self.seconds = dict(zip(known["tests"], known["seconds"], strict=True))
        self.lines = known["lines"]
        self.names = known["tests"]
        self.breadth = Counter(
            self.names[k] for rows in self.lines.values() for row in rows.values() for k in row
        )
        bad = {self.names[k] for k in known["bad"]}
        self.items = {one.nodeid: one for one in items if one.nodeid not in bad}
        gc.unfreeze()  # what conftest.py froze is found, too
        self.functions: dict[tuple[str, str, int], list[FunctionType]] = {}
        for one in gc.get_objects():
            if isinstance(one, FunctionType) and one.__code__.co_filename.startswith(str(SOURCE)):
                code = one.__code__
                key = code.co_filename, code.co_qualname, code.co_firstlineno
                self.functions.setdefault(key, []).append(one)
        gc.freeze()
        self.report()
        return True

    def report(self) -> None:
        """Try mutants, and say what became of them."""
        chance = random.Random(self.options.seed)
        drawn = {
            mutant.name(): (mutant, room)
            for room in ROOMS
            for mutant in chance.sample(all_mutants(room), self.options.count)
        }
        results = Path(self.options.results or Path(self.options.trace).with_suffix(".results"))
        if not self.options.results:
            results.unlink(missing_ok=True)
        done = {name for name, (dead, _) in read_results(results).items() if dead is not False}
        left = [mutant for name, (mutant, _) in drawn.items() if name not in done]
        chance.shuffle(left)
        jobs = self.options.jobs
        for k in range(jobs):
            if not os.fork():
                try:
                    for mutant in left[k::jobs]:
                        self.try_one(mutant, results)
                finally:
                    os._exit(0)
        for _ in range(jobs):
            os.wait()
        known = KNOWN.read_text("utf-8").split("\n\n") if KNOWN.exists() else []
        counts = {room: [0, 0, 0] for room in ROOMS}
        for name, (dead, change) in read_results(results).items():
            excused = any(one.startswith(change) for one in known)
            if name in drawn and dead is not None:
                counts[drawn[name][1]][0 if dead else 1 + excused] += 1
                if not dead:
                    print(f"{change}\n  {name}, " + ("known" if excused else "SURVIVED"))
        for room, (dead, survived, excused) in (
            *counts.items(),
            ("all", [sum(column) for column in zip(*counts.values(), strict=True)]),
        ):
            tried = dead + survived + excused
            print(
                f"{room}: {dead} of {tried} killed ({dead / max(tried, 1):.1%}), {excused} known "
                f"to be no mistakes, {dead / max(tried - excused, 1):.1%} of the others"
            )

    def try_one(self, mutant: Mutant, results: Path) -> None:
        """Add a line to the results."""
        source = mutant.source()
        row = mutant.name(), self.is_killed(mutant, source), mutant.change(source)
        with results.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")

    def is_killed(self, mutant: Mutant, source: str) -> bool | None:
        """Whether a test that runs the line fails; None where Python cannot read it."""
        path, name, seconds = mutant.path, str(mutant.path), self.options.seconds
        try:
            new = compile(source, name, "exec")
        except SyntaxError:
            return None
        (own, rest), (other, other_rest) = map(
            functions, (compile(path.read_text("utf-8"), name, "exec"), new)
        )
        changed = [key for key in own if own[key] != other.get(key)]
        by_line = self.lines.get(str(path.relative_to(SOURCE)), {})
        rows = [by_line.get(str(n), ()) for n in statement(path, mutant.line)]
        # What no test runs stands outside of functions, or is run when its module is loaded.
        inside = rest == other_rest and len(changed) == 1 and changed[0] in self.functions
        inside = inside and any(rows)
        tests = self.tests_of(path, rows if inside else [*by_line.values()], inside=inside)
        if not tests:
            return False
        if inside:

            def work() -> int:
                for function in self.functions[changed[0]]:
                    function.__code__ = other[changed[0]]
                return self.fails(tests)

            return in_copy(work, seconds) != 0
        mutated = Path(f"{self.options.trace}.{os.getpid()}.py")
        mutated.write_text(source, "utf-8")
        files = list(dict.fromkeys(test.split("::")[0] for test in tests))[:8]
        ends = accumulate(self.seconds.get(test, 0) for test in tests)
        few = [test for test, end in zip(tests, ends, strict=True) if end < seconds]
        few = [test for test in few or tests[:1] if test.split("::")[0] in files]
        command = [sys.executable, __file__, "--module", name, str(mutated), *few]
        done = subprocess.run(
            command, check=False, capture_output=True, preexec_fn=partial(bound, seconds), cwd=ROOT
        )
        mutated.unlink()
        return done.returncode != 0

    def tests_of(self, path: Path, rows: list[Sequence[int]], *, inside: bool) -> list[str]:
        """The tests in some rows, those of the module first (with those that are newer than the
        trace), then those that are quick and run little else; what is tried with many inputs counts
        as many tests. For what is not ``inside`` a function those that know the module, too."""
        place = path.relative_to(SOURCE)
        found = {self.names[k] for row in rows for k in row}
        if not inside:
            found |= {test for test in self.items if _knows(test.split("::")[0], path)}
        first = f"tests/unit/{place.parent}/test_{place.stem}.py"
        new = self.items.keys() - self.seconds.keys()
        found |= {test for test in new if test.startswith(first)}

        def rank(test: str) -> tuple[bool, float]:
            many = getattr(self.items[test].obj, "is_hypothesis_test", False)
            shared = FIXTURES.get(test.split("/")[1], 0.1)
            price = (self.seconds.get(test, 0) + shared) * self.breadth[test]
            return not test.startswith(first), price / (10 if many else 1)

        return sorted(found & self.items.keys(), key=rank)

    def fails(self, tests: list[str]) -> int:
        """1 if one of them does, 0 if they have passed for so many seconds."""
        failed: list[Any] = []
        note = {"pytest_runtest_logreport": lambda _, report: failed.append(report.failed)}
        self.items[tests[0]].config.pluginmanager.register(type("Note", (), note)())
        begun = time.process_time()
        for test, following in zip(tests, (*tests[1:], ""), strict=True):
            item, after = self.items[test], self.items.get(following)
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
            if any(failed):
                return 1
            if time.process_time() - begun > self.options.seconds:
                break
        return 0


def read_results(path: Path) -> dict[str, tuple[bool | None, str]]:
    """What a file of results knows: whether each mutant was killed, and what it changes."""
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return {name: (dead, change) for name, dead, change in map(json.loads, lines)}


@cache
def _knows(test: str, path: Path) -> bool:
    """Whether a file of tests imports a module."""
    room, _, module = name_of(path).rpartition(".")
    if test in EVERYWHERE:
        return True
    text = (ROOT / test).read_text("utf-8")
    return re.search(rf"{room}\.{module}\b|from {room} import .*\b{module}\b", text) is not None


def name_of(path: Path) -> str:
    """The name of a module."""
    return ".".join(("brieftex", *path.relative_to(SOURCE).with_suffix("").parts))


def with_module(path: str, mutated: str, files: list[str]) -> int:
    """Run tests with another text of a module."""
    text = Path(mutated).read_text("utf-8")
    name = name_of(Path(path))

    class Loader(importlib.machinery.SourceFileLoader):
        def get_code(self, fullname: str) -> CodeType:
            del fullname
            return compile(text, path, "exec")

    class Finder:
        @staticmethod
        def find_spec(fullname: str, *_: object) -> Any:
            if fullname == name:
                return importlib.util.spec_from_file_location(name, path, loader=Loader(name, path))
            return None

    sys.meta_path.insert(0, Finder())  # type: ignore[arg-type]
    return int(pytest.main([*PLAIN, "-x", *files]))


def main() -> None:
    """Read the arguments."""
    if sys.argv[1:2] == ["--module"]:
        sys.exit(with_module(sys.argv[2], sys.argv[3], sys.argv[4:]))
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--trace", required=True)
    parser.add_argument("--tests", default=TESTS)
    parser.add_argument("--results")
    parser.add_argument("--seconds", type=int, default=6, help="of CPU time, for the tests of one")
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    os.chdir(ROOT)
    tests = [f"tests/{one}" for one in options.tests.split()]
    pytest.main([*PLAIN, *tests], plugins=[Mutants(options)])


if __name__ == "__main__":
    main()
