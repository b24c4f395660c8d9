"""PDF files by the grammar of ISO 32000-1: objects, tables of them, object streams, filters and the
operators of pages. Most are almost right; each part may be wrong in some way.
"""

from __future__ import annotations

import random
import zlib
from base64 import a85encode

Random = random.Random

_NUMBERS = (
    b"0", b"1", b"-1", b"12", b"0.5", b"-.002", b"595", b"842", b"1e9", b"99999999999999999999",
    b"-2147483648", b"1.7976931348623157e308", b"+5", b"--5", b"4.", b".", b"0.0000000001",
)  # fmt: skip
_STRINGS = (
    b"(a)", b"(\\)\\(\\\\)", b"((nested))", b"(\\377\\001)", b"<61>", b"<6>", b"<FEFF4E2D>", b"()",
    b"(unfinished", b"<xyz>", b"(\r\n)", b"<0001000200030004>",
)  # fmt: skip
_NAMES = (
    b"/F1",
    b"/Fm1",
    b"/Im1",
    b"/Gs1",
    b"/Cs1",
    b"/P",
    b"/Span",
    b"/X#",
    b"/#20",
    b"/",
    b"/Artifact",
)
_PROPERTIES = (
    b"<</MCID 0>>", b"<</MCID 1>>", b"<</MCID -1>>", b"<</MCID 99999999>>", b"/Pr1", b"<</MCID",
    b"<</ActualText (a)/MCID 2>>", b"<</ActualText <FEFF>>>", b"[]", b"<<>>",
)  # fmt: skip


def _number(rng: Random) -> bytes:
    return rng.choice(_NUMBERS)


def _operands(rng: Random, kinds: str) -> bytes:
    """Operands by a letter each; now and then one of another kind, or one too few."""
    made = []
    for kind in kinds:
        kind = rng.choice("nsNa") if rng.random() < 0.03 else kind
        made.append({"n": _number(rng), "s": rng.choice(_STRINGS), "N": rng.choice(_NAMES),
                     "a": _array(rng), "p": rng.choice(_PROPERTIES)}[kind])  # fmt: skip
    if made and rng.random() < 0.03:
        made.pop()
    return b" ".join(made)


def _array(rng: Random) -> bytes:
    parts = [rng.choice((_number(rng), rng.choice(_STRINGS))) for _ in range(rng.randrange(5))]
    return b"[" + b" ".join(parts) + (b"]" if rng.random() < 0.97 else b"")


_OPERATORS = (
    ("q", ""), ("Q", ""), ("cm", "nnnnnn"), ("w", "n"), ("d", "an"), ("gs", "N"), ("m", "nn"),
    ("l", "nn"), ("c", "nnnnnn"), ("h", ""), ("re", "nnnn"), ("S", ""), ("f", ""), ("B*", ""),
    ("n", ""), ("W", ""), ("W*", ""), ("BT", ""), ("ET", ""), ("Tf", "Nn"), ("Td", "nn"),
    ("TD", "nn"), ("Tm", "nnnnnn"), ("T*", ""), ("Tj", "s"), ("'", "s"), ('"', "nns"), ("TJ", "a"),
    ("Tc", "n"), ("Tw", "n"), ("Tz", "n"), ("TL", "n"), ("Tr", "n"), ("Ts", "n"), ("Do", "N"),
    ("sh", "N"), ("cs", "N"), ("scn", "nnn"), ("rg", "nnn"), ("k", "nnnn"), ("BMC", "N"),
    ("BDC", "Np"), ("EMC", ""), ("MP", "N"), ("DP", "Np"), ("BX", ""), ("EX", ""), ("d1", "nnnnnn"),
    ("nonsense", "ns"),
)  # fmt: skip


def content(rng: Random) -> bytes:
    """The operators of a page or a form."""
    lines = [b"BT /F1 12 Tf /P <</MCID 0>> BDC (a) Tj EMC ET"] if rng.random() < 0.7 else []
    for _ in range(rng.choice((0, 3, 20, 200))):
        if rng.random() < 0.03:
            lines.append(_inline_image(rng))
            continue
        name, kinds = rng.choice(_OPERATORS)
        lines.append(_operands(rng, kinds) + b" " + name.encode())
    if rng.random() < 0.05:
        lines += [b"q"] * rng.choice((40, 5000))
    return rng.choice((b"\n", b"\n", b" ", b"\r")).join(lines)


def _inline_image(rng: Random) -> bytes:
    data = rng.choice((b"\0\1\2", b"EI", b"", b" EI Q", bytes(300)))
    fields = rng.choice((b"/W 1/H 1/BPC 8/CS/G", b"/W 99999999 /H 9", b"/F/AHx", b"/L 3"))
    return b"BI " + fields + b" ID " + data + rng.choice((b" EI", b"\nEI\n", b""))


def _packed(rng: Random, data: bytes) -> tuple[bytes, bytes]:
    """A stream through none, one or several filters, and what its dictionary says of them."""
    packed = zlib.compress(data)
    if rng.random() < 0.1:
        predictor = rng.choice((b"12", b"2", b"15", b"99", b"-1"))
        columns = rng.choice((b"4", b"0", b"1", b"2147483647"))
        parms = b"<</Predictor " + predictor + b"/Columns " + columns + b">>"
        unknown = b"/Filter" + rng.choice(
            (b"/LZWDecode", b"/RunLengthDecode", b"/Crypt", b"/DCTDecode", b"/X")
        )
        return rng.choice(((packed, b"/Filter/FlateDecode/DecodeParms" + parms), (data, unknown)))
    ends = rng.choice((b">", b">", b"", b"0>")), rng.choice((b"~>", b"~>", b"", b"~"))
    both = b"/Filter[/ASCII85Decode/FlateDecode]/DecodeParms[null null]"
    ways = (
        (data, b""), (packed, b"/Filter/FlateDecode"),
        (data.hex().encode() + ends[0], b"/Filter/ASCIIHexDecode"),
        (a85encode(data) + ends[1], b"/Filter[/ASCII85Decode]"),
        (a85encode(packed) + ends[1], both),
    )  # fmt: skip
    return rng.choices(ways, (6, 6, 1, 1, 2))[0]


def _stream(rng: Random, data: bytes, fields: bytes = b"") -> bytes:
    packed, said = _packed(rng, data)
    length = str(len(packed)).encode()
    if rng.random() < 0.06:
        length = rng.choice((b"0", b"99999999", b"-5", b"9 0 R", b"(a)", b"77 0 R"))
    end = b"\nendstream" if rng.random() < 0.97 else b""
    return b"<<" + fields + said + b"/Length " + length + b">>\nstream\n" + packed + end


_MAPS = (
    b"1 beginbfchar <61> <4E2D> endbfchar", b"1 beginbfrange <00> <FF> <0041> endbfrange",
    b"1 beginbfrange <0000> <FFFFFFFF> <0041> endbfrange", b"99999 beginbfchar <61>", b"",
    b"1 beginbfrange <61> <63> [<41> <42>] endbfrange", b"1 beginbfchar <61> <D800> endbfchar",
    b"/A usecmap 1 begincodespacerange <00> <FF> endcodespacerange",
)  # fmt: skip


def _objects(rng: Random) -> dict[int, bytes]:
    """The objects of a file with a page or some, text, forms and tags, by number."""
    pages = rng.choice((1, 1, 2, 5))
    kids = b" ".join(b"%d 0 R" % (20 + k) for k in range(pages))
    resources = (
        b"<</Font<</F1 5 0 R>>/XObject<</Fm1 7 0 R/Im1 8 0 R>>/Properties<</Pr1<</MCID 3>>>>>>"
    )
    made = {
        1: b"<</Type/Catalog/Pages 2 0 R/StructTreeRoot 10 0 R/MarkInfo<</Marked true>>"
        b"/Lang(zh-CN)>>",
        2: b"<</Type/Pages/Kids[" + kids + b"]/Count %d>>" % pages,
        5: b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[6 0 R]"
        b"/ToUnicode 9 0 R>>",
        6: b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<<>>/DW 1000/W"
        + rng.choice((b"[0[500]]", b"[0 99999999 500]", b"[1[", b"[]", b"5")) + b">>",
        7: _stream(rng, content(rng), b"/Subtype/Form/BBox[0 0 9 9]/Resources " + resources),
        8: _stream(rng, bytes(9), b"/Type/XObject/Subtype/Image/Width 3/Height 3/BitsPerComponent 8"
                   b"/ColorSpace/DeviceGray"),
        9: _stream(rng, b"begincmap " + rng.choice(_MAPS) + b" endcmap"),
        10: b"<</Type/StructTreeRoot/K[11 0 R]/ParentTree 12 0 R>>",
        11: b"<</Type/StructElem/S/Document/P 10 0 R/K[<</Type/MCR/Pg 20 0 R/MCID 0>> 13 0 R]>>",
        12: b"<</Nums[0[11 0 R 13 0 R]]>>",
        13: b"<</S/P/P 11 0 R/K " + rng.choice((b"0", b"[0 1]", b"11 0 R", b"[13 0 R]", b"(a)"))
        + b"/Pg 20 0 R>>",
    }  # fmt: skip
    for k in range(pages):
        made[20 + k] = (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/StructParents 0/Contents "
            + rng.choice((b"%d 0 R" % (40 + k), b"[%d 0 R %d 0 R]" % (40 + k, 40 + k)))
            + b"/Resources " + resources + b">>"
        )  # fmt: skip
        made[40 + k] = _stream(rng, content(rng))
    for _ in range(rng.choice((0, 0, 0, 1, 3))):
        number = rng.choice(list(made))
        match rng.randrange(4):
            case 0:
                made[number] = b"%d 0 R" % rng.choice([*made, number, 999])
            case 1:
                made[number] = rng.choice((b"null", b"[]", b"<<>>", b"1", b"[" * 90, b"(a"))
            case 2:
                made[number] = made[number].replace(b" 0 R", b" 7 R", 1)
            case _:
                del made[number]
    return made


def pdf_file(rng: Random) -> bytes:
    """A whole file."""
    objects = _objects(rng)
    heads = (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",) * 18 + (b"junk%PDF-9\n", b"")
    out = bytearray(rng.choice(heads))
    places: dict[int, tuple[int, int, int]] = {}
    if rng.random() < 0.5:
        _in_object_stream(rng, objects, places)
    for number, body in objects.items():
        places[number] = (1, len(out), 0)
        out += b"%d 0 obj\n" % number + body + rng.choice((b"\nendobj\n",) * 9 + (b"\n",))
    if rng.random() < 0.15:
        _moved(rng, places)
    start = len(out)
    # Objects in streams are only found by a stream.
    if any(kind == 2 for kind, *_ in places.values()) or rng.random() < 0.3:
        out += _table_stream(rng, places, start)
    else:
        out += _table(rng, places)
    if rng.random() < 0.06:
        start = rng.choice((0, 7, 10**9, -1, start + 3))
    out += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(out[: rng.randrange(len(out))] if rng.random() < 0.04 else out)


def _in_object_stream(
    rng: Random, objects: dict[int, bytes], places: dict[int, tuple[int, int, int]]
) -> None:
    """Put the objects that are no streams into one, number 90."""
    inner = [n for n, body in objects.items() if b"stream" not in body]
    bodies = [objects.pop(n) for n in inner]
    heads, at = [], 0
    for index, (number, body) in enumerate(zip(inner, bodies, strict=True)):
        heads.append(b"%d %d" % (number, at if rng.random() < 0.97 else rng.choice((-1, 10**6))))
        places[number] = (2, 90, index)
        at += len(body) + 1
    head = b" ".join(heads) + b" "
    count = len(inner) if rng.random() < 0.9 else rng.choice((0, 1, 10**9, -1))
    first = len(head) if rng.random() < 0.9 else rng.choice((0, 1, 10**9))
    fields = b"/Type/ObjStm/N %d/First %d" % (count, first)
    if rng.random() < 0.05:
        fields += b"/Extends 90 0 R"
    objects[90] = _stream(rng, head + b" ".join(bodies), fields)


def _moved(rng: Random, places: dict[int, tuple[int, int, int]]) -> None:
    """Entries of the table lead elsewhere."""
    for number in rng.sample(list(places), min(2, len(places))):
        places[number] = rng.choice(
            ((1, 0, 0), (1, 10**9, 0), (2, number, 0), (2, 90, 99), (0, 0, 65535), (1, 20, 0))
        )


def _table(rng: Random, places: dict[int, tuple[int, int, int]]) -> bytes:
    made = bytearray(b"xref\n0 1\n0000000000 65535 f \n")
    for number, (kind, at, _) in sorted(places.items()):
        made += b"%d 1\n%010d 00000 %s \n" % (number, at, b"n" if kind else b"f")
    if rng.random() < 0.05:
        made += b"5 99999999\n"
    return bytes(made) + b"trailer\n<</Size 99/Root 1 0 R" + _previous(rng) + b">>\n"


def _previous(rng: Random) -> bytes:
    if rng.random() < 0.9:
        return b""
    return rng.choice((b"/Prev 0", b"/Prev 99999999", b"/Prev -1", b"/XRefStm 0", b"/Prev (a)"))


def _table_stream(rng: Random, places: dict[int, tuple[int, int, int]], start: int) -> bytes:
    places[95] = (1, start, 0)
    last = max(places)
    rows = [places.get(number, (0, 0, 65535)) for number in range(last + 1)]
    data = b"".join(
        bytes([kind]) + max(at, 0).to_bytes(5, "big") + index.to_bytes(2, "big")
        for kind, at, index in rows
    )
    widths = (
        b"[1 5 2]"
        if rng.random() < 0.92
        else rng.choice((b"[0 0 0]", b"[1 99999999 2]", b"[-1]", b"[]"))
    )
    fields = b"/Type/XRef/W" + widths + b"/Size %d/Root 1 0 R" % (last + 1) + _previous(rng)
    if rng.random() < 0.05:
        fields += rng.choice((b"/Index[0 99999999]", b"/Index[-5 2]", b"/Index[0]"))
    return b"95 0 obj\n" + _stream(rng, data, fields) + b"\nendobj\n"
