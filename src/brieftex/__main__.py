"""The brieftex command, also as ``python -m brieftex``."""

from brieftex.interruption import end_on_signals


def start() -> None:
    """The console script."""
    end_on_signals()  # before anything else is loaded
    from brieftex.cli import main  # noqa: PLC0415

    main()


if __name__ == "__main__":
    start()
