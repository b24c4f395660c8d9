"""Tables of small cases in one test each: pytest, with several processes, needs two to four
milliseconds for each test that it knows, and many of our cases a tenth of that."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

import pytest

_FAILED = (Exception, pytest.fail.Exception, BaseExceptionGroup)
"""What ends a case: the second is of ``pytest.raises``, the third of tables in tables."""


def each(
    names: str | tuple[str, ...],
    cases: Iterable[Any],
    ids: Callable[[Any], object] | Iterable[str] | None = None,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """As ``pytest.mark.parametrize``, for cases that take no time: all of them are tried, and each
    that fails is told by its values or ``ids``. Fixtures are those of the test, the same for every
    case, so that none may depend on what another has left there."""
    keys = [key.strip() for key in names.split(",")] if isinstance(names, str) else list(names)
    table = [_row(case, single=len(keys) == 1) for case in cases]
    assert table, "no case is no test"
    told = None if ids is None or callable(ids) else list(ids)

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        signature = inspect.signature(test)
        left = [p for name, p in signature.parameters.items() if name not in keys]

        @wraps(test)
        def every_case(**fixtures: Any) -> None:
            wrong: list[BaseException] = []
            for number, (values, name) in enumerate(table):
                try:
                    test(**dict(zip(keys, values, strict=True)), **fixtures)
                except _FAILED as error:
                    if told is not None:
                        name = told[number]
                    elif name is None:
                        name = ", ".join(str(ids(v)) if callable(ids) else repr(v) for v in values)
                    error.add_note(f"{test.__name__}: case {number}: {name}")
                    wrong.append(error)
            if wrong:
                raise BaseExceptionGroup(f"{len(wrong)} of {len(table)} cases", wrong)

        every_case.__signature__ = signature.replace(parameters=left)  # type: ignore[attr-defined]
        return every_case

    return decorate


def _row(case: Any, *, single: bool) -> tuple[tuple[Any, ...], str | None]:
    """The values of a case, and its name where it has one."""
    if isinstance(case, type(pytest.param())):
        assert not case.marks, "a case has no marks of its own"
        return tuple(case.values), case.id
    return ((case,) if single else tuple(case)), None
