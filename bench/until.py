"""A build that ends just before or just after its galley is set, for ``instructions.py``.

    python bench/until.py before|after ARGUMENTS

The arguments are those of ``brieftex``, which is begun as the command begins it: nothing is
collected, and patterns are those kept by an earlier run.
"""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from brieftex.document.blocks import Document
    from brieftex.layout.lines.paragraph import Setting


def main() -> None:
    """Run the command line's arguments up to there."""
    gc.disable()
    from brieftex.cli import run  # noqa: PLC0415  # patterns are looked for at the first import
    from brieftex.cli.keeping import kept_patterns  # noqa: PLC0415
    from brieftex.patterns import STORE  # noqa: PLC0415

    STORE.load = kept_patterns
    import brieftex.pipeline  # noqa: F401, PLC0415  # what is imported is not counted
    from brieftex.layout import paginate  # noqa: PLC0415
    from brieftex.layout.blocks.galley import build_galley  # noqa: PLC0415

    end, *arguments = sys.argv[1:]

    def ended(document: Document, setting: Setting) -> NoReturn:
        if end == "after":
            build_galley(document, setting)
        os._exit(0)

    vars(paginate)["build_galley"] = ended
    sys.exit(run(arguments) or "no galley was set")


if __name__ == "__main__":
    main()
