"""The brieftex command, also as ``python -m brieftex``."""

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
    from brieftex.cli import main  # noqa: PLC0415

    main()


if __name__ == "__main__":
    start()
