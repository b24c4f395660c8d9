"""Names of elements and attributes in the XML of Word, and reading a few of their values."""

from __future__ import annotations

from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_VAL = f"{_W}val"
_MOST = 1_000_000


def w(name: str) -> str:
    """A name of WordprocessingML."""
    return _W + name


def a(name: str) -> str:
    """A name of DrawingML."""
    return _A + name


def r(name: str) -> str:
    """A name of relations."""
    return _R + name


def local(element: Any) -> str:
    """The name of an element without its namespace; "" for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: Any, name: str) -> Any:
    """The first child of a name, None where there is none: asked for at every step, so without
    the path that ``find`` would take apart."""
    return next(element.iterchildren(_W + name), None)


def value(element: Any, name: str, attribute: str = "val") -> str | None:
    """The attribute of a child, None where there is no such child or attribute."""
    if element is None:
        return None
    held = next(element.iterchildren(_W + name), None)
    found = None if held is None else held.get(_W + attribute)
    return None if found is None else str(found)


def switched(element: Any, name: str) -> bool | None:
    """Whether a property is on; None where nothing is said."""
    held = None if element is None else next(element.iterchildren(_W + name), None)
    if held is None:
        return None
    return held.get(_VAL, "true").lower() not in ("0", "false", "off", "none")


def integer(text: str | None, default: int | None = None) -> int | None:
    """A whole number of a bounded size; ``default`` for anything else."""
    try:
        number = round(float(text)) if text else None
    except (ValueError, OverflowError):
        return default
    return default if number is None or abs(number) > _MOST else number


def choice_of(element: Any) -> Any:
    """The part of an alternative that is meant for programs of today; nothing where there is
    none."""
    for name in ("Choice", "Fallback"):
        for held in element:
            if local(held) == name:
                return held
    return ()
