"""The brieftex command, also as ``python -m brieftex``."""

import gc
import os

try:
    from brieftex.interruption import end_on_signals
except KeyboardInterrupt:  # before the handlers are there
    english = os.environ.get("BRIEFTEX_LANG", "").lower().startswith("en")
    os.write(2, b"interrupted\n" if english else "已中断\n".encode())
    os._exit(130)


def start() -> None:
    """The console script."""
    end_on_signals()  # before anything else is loaded
    # A build makes values and keeps them to its end, modules first: looking for garbage took a
    # tenth of its time (bench/bench.py) and found none.
    gc.disable()
    from brieftex.finder import find_faster  # noqa: PLC0415

    find_faster()
    from brieftex.cli import main  # noqa: PLC0415

    main()


if __name__ == "__main__":
    start()
