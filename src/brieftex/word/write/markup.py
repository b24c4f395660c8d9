"""Elements of WordprocessingML as text, their properties in the order that its schema demands.

Word refuses a file whose properties stand in another order (ECMA-376 Part 1, annex A).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr

from brieftex.units import SP_PER_PT, Sp

_ORDERS = {
    "pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers "
        "pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE "
        "autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents "
        "suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle "
        "rPr sectPr"
    ),
    "rPr": (
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint "
        "noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u "
        "effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath"
    ),
    "tcPr": (
        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText "
        "vAlign hideMark"
    ),
    "tblPr": (
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc "
        "tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook"
    ),
    "pBdr": "top left bottom right between bar",
}
_PLACES = {
    kind: {name: place for place, name in enumerate(names.split())}
    for kind, names in _ORDERS.items()
}


def tag(name: str, /, *inner: str, **attributes: object) -> str:
    """An element ``w:name``; attributes that are None are left out."""
    begun = f"<w:{name}"
    for key, value in attributes.items():
        if value is not None:
            begun += f" w:{key}={_quoted(str(value))}"
    content = "".join(inner) if inner else ""
    return f"{begun}>{content}</w:{name}>" if content else f"{begun}/>"


@lru_cache(1024)
def _quoted(value: str) -> str:
    """An attribute's value in quotes: a document has few that differ, and thousands of each."""
    return quoteattr(value)


def properties(kind: str, held: Mapping[str, str]) -> str:
    """The properties of a kind (``pPr``), given by name as elements, in their order; nothing
    where there are none."""
    places = _PLACES[kind]
    inner = "".join(held[name] for name in sorted(held, key=places.__getitem__))
    return f"<w:{kind}>{inner}</w:{kind}>" if inner else ""


def text_element(text: str) -> str:
    """Characters of a run."""
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def twips(length: Sp) -> int:
    """A length in twentieths of a point, rounded."""
    return (length * 40 + SP_PER_PT) // (2 * SP_PER_PT)


def half_points(length: Sp) -> int:
    """A size in half points, rounded."""
    return (length * 4 + SP_PER_PT) // (2 * SP_PER_PT)


def emu(length: Sp) -> int:
    """A length in English metric units, 12,700 to the point."""
    return length * 12_700 // SP_PER_PT
