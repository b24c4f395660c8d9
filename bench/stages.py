"""Time and size of each stage of a build, in one process; printed as JSON.

The stages are those of ``brieftex.pipeline``, watched rather than copied: each function that
the pipeline calls, or ``layout.paginate`` for it, is wrapped by a clock.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable
from time import perf_counter
from typing import Any

STAGES = {
    "read": ("read_issue",),
    "compose": ("load_theme", "compose"),
    "fonts": ("load_fonts",),
    "itemize, break, set": ("build_galley",),
    "break pages": ("_broken",),
    "make up": ("make_up", "check_pages"),
}


def main() -> None:
    """Build the issue named on the command line."""
    times: dict[str, float] = {}

    def clocked(stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **named: Any) -> Any:
            start = perf_counter()
            try:
                return function(*args, **named)
            finally:
                times[stage] = times.get(stage, 0.0) + perf_counter() - start

        return run

    start = perf_counter()
    from brieftex import pipeline  # noqa: PLC0415  # the import is what is measured
    from brieftex.layout import paginate  # noqa: PLC0415
    from brieftex.pdf.write import draw  # noqa: PLC0415

    times["import"] = perf_counter() - start
    for stage, names in STAGES.items():
        for name in names:
            home = pipeline if hasattr(pipeline, name) else paginate
            setattr(home, name, clocked(stage, getattr(home, name)))
    draw.draw = clocked("draw", draw.draw)
    result = pipeline.typeset(sys.argv[1], bundled_fonts=True)
    facts = {
        "pages": len(result.pages),
        "characters": result.characters,
        "size": len(result.pdf),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }
    print(json.dumps({"times": times, **facts}))


if __name__ == "__main__":
    main()
