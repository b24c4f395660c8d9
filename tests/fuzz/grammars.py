"""Random themes, SVG figures, fonts and PDFs by grammars.

Each function makes one file from a ``random.Random``: what is mostly right, with everything that
the formats allow beside what they do not.
"""

from __future__ import annotations

import random
import struct
from functools import cache

from helpers.fontfiles import BRIEFTEST

from brieftex.input.fields import Form, ListOf, Record, RecordOf
from brieftex.input.theme.keys import THEME

Random = random.Random

# --- themes ------------------------------------------------------------------------------------

VALUES = (
    "0", "1", "-1", "3mm", "12pt", "1.5em", "2字", "1行", "1e9mm", "-3pt", "0.0001em", "nan",
    "inf", "'{han}、'", "'{arabic}.'", "'{'", "''", "red", "'#ff0000'", "'#12'", "body", "kai",
    "true", "no", "center", "justify", "[]", "{}", "[1, 2]", "{a: 1}", "null", "~", "三号",
    "四号", "999999999999", "1e400", "𠅤", "'{name}{url}'", "total", "left", "[body]", "A4",
    "210mm", "[210mm, 297mm]",
)  # fmt: skip


def theme(rng: Random) -> str:
    """A theme that extends one of the package's and changes a few keys, mostly to what may be."""
    lines = [f"extends: {rng.choice(('briefing', 'official', 'reference', 'large-print', 'x'))}"]
    for _ in range(rng.randint(1, 5)):
        lines += _key(rng, THEME, 0)
    return "\n".join(_once(lines)) + "\n"


def _key(rng: Random, record: Record, depth: int) -> list[str]:
    field = rng.choice(record.fields)
    form: Form = field.form
    pad = "  " * depth
    if isinstance(form, RecordOf) and rng.random() < 0.95:
        return [f"{pad}{field.key}:", *_key(rng, form.record, depth + 1)]
    if isinstance(form, ListOf) and rng.random() < 0.8:
        inner = ", ".join(rng.choice(VALUES[:20]) for _ in range(rng.randint(0, 4)))
        return [f"{pad}{field.key}: [{inner}]"]
    value = getattr(form, "example", "") if rng.random() < 0.2 else ""
    return [f"{pad}{field.key}: {value or rng.choice(VALUES)}"]


def _once(lines: list[str]) -> list[str]:
    """The lines without a group that is there already: a key may not be written twice."""
    seen: set[str] = set()
    kept: list[str] = []
    skipping = False
    for line in lines:
        if not line.startswith(" "):
            key = line.partition(":")[0]
            skipping = key in seen
            seen.add(key)
        if not skipping:
            kept.append(line)
    return kept


# --- SVG ---------------------------------------------------------------------------------------

_NUMBERS = (
    "0", "1", "10", "50", "-5", "1e-308", "1e308", "nan", "1.5e3", "50%", "10px", "2mm", "3em",
    "-0", ".5", "1e", "99999999999", "",
)  # fmt: skip
_COLORS = (
    "red", "#000", "#12345", "none", "url(#g)", "rgb(1,2,3)", "rgba(1,2,3,.5)", "currentColor",
    "hsl(10,50%,50%)", "inherit", "context-fill",
)  # fmt: skip
_ATTRIBUTES = (
    "x", "y", "width", "height", "cx", "cy", "r", "rx", "ry", "x1", "y1", "x2", "y2",
    "stroke-width", "font-size", "opacity", "stroke-dasharray", "stroke-dashoffset",
    "fill-opacity", "offset", "dx", "dy", "textLength", "letter-spacing", "stroke-miterlimit",
)  # fmt: skip
_ELEMENTS = (
    "rect", "circle", "ellipse", "line", "path", "polygon", "polyline", "text", "tspan", "g",
    "use", "defs", "linearGradient", "stop", "clipPath", "mask", "filter", "symbol", "marker",
    "image", "style", "a", "switch", "foreignObject", "pattern", "feGaussianBlur", "title",
    "desc", "animate", "script",
)  # fmt: skip


def svg(rng: Random) -> str:
    """An SVG file: any elements within any others, with any attributes."""
    size = rng.choice((
        'width="96" height="48"', 'viewBox="0 0 96 48"', 'viewBox="0 0 0 48"', "",
        'width="1e-308" height="2"', 'width="100%" viewBox="-5 -5 1e9 3"',
    ))  # fmt: skip
    inner = "".join(_element(rng, 0) for _ in range(rng.randint(1, 6)))
    head = rng.choice(('<?xml version="1.0"?>', "", "<!-- 图 -->", "<!DOCTYPE svg>"))
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"{head}<svg {names} {size}>{inner}</svg>"


def _element(rng: Random, depth: int) -> str:
    name = rng.choice(_ELEMENTS)
    attributes = [
        f'{rng.choice(_ATTRIBUTES)}="{rng.choice(_NUMBERS)}"' for _ in range(rng.randint(0, 5))
    ]
    if rng.random() < 0.4:
        attributes.append(
            f'{rng.choice(("fill", "stroke", "stop-color", "color"))}="{rng.choice(_COLORS)}"'
        )
    if rng.random() < 0.3:
        attributes.append(f'transform="{_transform(rng)}"')
    if rng.random() < 0.3:
        attributes.append(f'id="{rng.choice("gabc")}"')
    if rng.random() < 0.3:
        attributes.append(rng.choice((
            'href="#a"', 'xlink:href="#g"', 'clip-path="url(#b)"', 'mask="url(#c)"',
            'filter="url(#a)"', 'class="k"', 'style="fill:red;stroke:"', 'display="none"',
            'style="font:bold 12px/1 serif"', 'href="file:///etc/passwd"',
            'href="data:image/png;base64,AAAA"', 'marker-end="url(#a)"',
        )))  # fmt: skip
    if name == "path":
        attributes.append(f'd="{_path(rng)}"')
    if name.startswith("poly"):
        attributes.append(
            'points="' + " ".join(rng.choice(_NUMBERS[:8]) for _ in range(rng.randint(0, 9))) + '"'
        )
    kept = {}
    for attribute in attributes:
        kept.setdefault(attribute.partition("=")[0], attribute)
    inner = rng.choice(("", "中文", "&amp;字", ".k{fill:blue}", "@import 'x';a{b:c"))
    if depth < 4 and rng.random() < 0.5:
        inner += "".join(_element(rng, depth + 1) for _ in range(rng.randint(1, 3)))
    return f"<{name} {' '.join(kept.values())}>{inner}</{name}>"


def _transform(rng: Random) -> str:
    name = rng.choice(("translate", "scale", "rotate", "skewX", "matrix", "bogus"))
    count = 6 if name == "matrix" else rng.randint(0, 3)
    return f"{name}({','.join(rng.choice(_NUMBERS) for _ in range(count))})"


def _path(rng: Random) -> str:
    steps = [f"M{rng.choice(_NUMBERS[:4])} {rng.choice(_NUMBERS[:4])}"]
    for _ in range(rng.randint(0, 8)):
        letter = rng.choice("MmLlHhVvCcSsQqTtAaZzX")
        count = {"c": 6, "s": 4, "q": 4, "a": 7, "h": 1, "v": 1, "z": 0}.get(letter.lower(), 2)
        steps.append(letter + " ".join(rng.choice(_NUMBERS) for _ in range(count)))
    return " ".join(steps)


# --- fonts -------------------------------------------------------------------------------------


@cache
def _font() -> bytes:
    return BRIEFTEST.read_bytes()


def font(rng: Random) -> bytes:
    """The test font with fields of its tables changed: offsets, counts, glyph indices."""
    data = bytearray(_font())
    tables = _tables(data)
    for _ in range(rng.choice((1, 1, 2, 3, 8))):
        _, (entry, start, length) = rng.choice(sorted(tables.items()))
        match rng.randrange(6):
            case 0:  # the table lies elsewhere, or is longer than the file
                field = entry + rng.choice((8, 12))
                struct.pack_into(
                    ">I", data, field, rng.choice((0, 1, 7, length, len(data), 2**31, 2**32 - 1))
                )
            case 1:  # the table goes by another name
                data[entry : entry + 4] = rng.choice(
                    (b"glyf", b"CFF ", b"CFF2", b"fvar", b"XXXX", b"cmap")
                )
            case 2 if length >= 2:  # a field of its head
                at = start + 2 * rng.randrange(min(length // 2, 30))
                struct.pack_into(">H", data, at, rng.choice((0, 1, 2, 255, 0x7FFF, 0x8000, 0xFFFF)))
            case 3 if length:  # a byte
                data[start + rng.randrange(length)] = rng.randrange(256)
            case 4 if length >= 2 and "cmap" in tables:  # a code leads past the glyphs
                _, begin, size = tables["cmap"]
                at = begin + 2 * rng.randrange(max(size // 2, 1))
                if at + 2 <= len(data):
                    struct.pack_into(">H", data, at, rng.choice((0xFFFF, 0x4000, 3000)))
            case _:
                del data[rng.randrange(len(data)) :]
                data += b"\0" * rng.choice((0, 0, 64))
                return bytes(data)
    if rng.random() < 0.05:
        data[:4] = rng.choice((b"OTTO", b"ttcf", b"true", b"wOFF", b"\0\0\0\0"))
    return bytes(data)


def _tables(data: bytearray) -> dict[str, tuple[int, int, int]]:
    """Of each table, where its entry, its first byte and its length are."""
    (count,) = struct.unpack_from(">H", data, 4)
    tables = {}
    for entry in range(12, 12 + 16 * count, 16):
        name, _, start, length = struct.unpack_from(">4sIII", data, entry)
        tables[name.decode("latin-1")] = (entry, start, length)
    return tables


# --- PDFs --------------------------------------------------------------------------------------

_OBJECTS = (
    b"null", b"0", b"-1", b"2147483648", b"[]", b"<<>>", b"()", b"<>", b"true", b"/X", b"1 0 R",
    b"99999 0 R", b"[1 0 R 1 0 R]", b"<</Type/Page>>", b"<</K[1 0 R]>>", b"(\\377\\376a)",
    b"<FEFF4E2D>", b"[0 0 0 0]", b"1e400", b"9" * 30, b"[" * 70, b"<<" * 70,
)  # fmt: skip
_KEYS = (
    b"/Kids", b"/Count", b"/Parent", b"/Contents", b"/Resources", b"/Font", b"/ToUnicode",
    b"/MediaBox", b"/StructTreeRoot", b"/K", b"/Pg", b"/S", b"/ParentTree", b"/Nums",
    b"/Outlines", b"/First", b"/Next", b"/Dest", b"/A", b"/Annots", b"/Rect", b"/Length",
    b"/Filter", b"/DescendantFonts", b"/W", b"/FontFile2", b"/FontBBox", b"/Metadata", b"/Title",
    b"/Alt", b"/MCID", b"/RoleMap", b"/Names", b"/D", b"/Encoding", b"/Subtype", b"/BaseFont",
    b"/Info", b"/Root", b"/CreationDate", b"/ModDate", b"/Lang", b"/OutputIntents",
)  # fmt: skip


def pdf(rng: Random, good: bytes) -> bytes:
    """A sound file whose dictionaries have other values at some of their keys."""
    data = good
    for _ in range(rng.choice((1, 1, 2, 3, 5))):
        key = rng.choice(_KEYS)
        places = _places(data, key)
        if not places:
            continue
        at = rng.choice(places) + len(key)
        if rng.random() < 0.8:
            value = rng.choice(_OBJECTS)
            end = at + len(value)
            if rng.random() < 0.7:  # written over, so that the table of objects stays right
                data = data[:at] + b" " + value + data[end + 1 :]
            else:
                data = data[:at] + b" " + value + data[at:]
        else:
            data = data[: at - len(key)] + rng.choice(_KEYS) + data[at:]
    if rng.random() < 0.1:
        data = data[: rng.randrange(len(data))]
    return data


def _places(data: bytes, key: bytes) -> list[int]:
    places, at = [], data.find(key)
    while at >= 0 and len(places) < 400:
        places.append(at)
        at = data.find(key, at + 1)
    return places
