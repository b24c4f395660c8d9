"""Time and size of each stage of a build, in one process; printed as JSON.

    python bench/stages.py ISSUE

The stages are watched rather than copied: wherever a module calls a stage's function, it calls one
with a clock. A stage that another calls is taken off that one's time.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable
from time import perf_counter
from typing import Any

STAGES = {
    "read": ("brieftex.input.issue.file.read_issue",),
    "check": ("brieftex.checks.engine.registry.check_issue",),
    "theme": ("brieftex.input.theme.load_theme",),
    "compose": ("brieftex.compose.compose.compose",),
    "fonts": ("brieftex.fonts.load.load_fonts",),
    "itemize, break, set": ("brieftex.layout.blocks.galley.build_galley",),
    "break pages": ("brieftex.layout.paginate.paginate",),
    "make up": (
        "brieftex.layout.pages.makeup.make_up",
        "brieftex.layout.pages.postprocess.postprocess",
    ),
    "draw": ("brieftex.pdf.write.draw.draw",),
    "read back": (
        "brieftex.pdf.read.verify.expected_of",
        "brieftex.pdf.read.verify.faults_in",
    ),
}


class Clock:
    """The seconds of each stage, without those of the stages that it calls."""

    def __init__(self) -> None:
        """No stage has begun."""
        self.times: dict[str, float] = {}
        self._since = perf_counter()
        self._within: list[str] = []

    def _pass_to(self, stages: list[str]) -> None:
        now = perf_counter()
        if self._within:
            stage = self._within[-1]
            self.times[stage] = self.times.get(stage, 0.0) + now - self._since
        self._since, self._within = now, stages

    def watch(self, stage: str, function: Callable[..., Any]) -> None:
        """Time a function in whatever modules have it."""

        def run(*args: Any, **named: Any) -> Any:
            outer = self._within
            self._pass_to([*outer, stage])
            try:
                return function(*args, **named)
            finally:
                self._pass_to(outer)

        for module in list(sys.modules.values()):
            for name, value in list(vars(module).items()):
                if value is function:
                    setattr(module, name, run)


def main() -> None:
    """Build the issue named on the command line."""
    clock = Clock()
    start = perf_counter()
    from brieftex.pdf.read import verify  # noqa: F401, PLC0415  # the import is what is measured
    from brieftex.pdf.write import draw  # noqa: F401, PLC0415
    from brieftex.pipeline import typeset  # noqa: PLC0415

    clock.times["import"] = perf_counter() - start
    for stage, paths in STAGES.items():
        for path in paths:
            module, _, name = path.rpartition(".")
            clock.watch(stage, getattr(sys.modules[module], name))
    result = typeset(sys.argv[1], bundled_fonts=True)
    facts = {
        "pages": len(result.pages),
        "characters": result.characters,
        "size": len(result.pdf),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }
    print(json.dumps({"times": clock.times, **facts}))


if __name__ == "__main__":
    main()
