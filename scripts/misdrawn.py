"""Characters that a face may draw as others: what is to be looked at for ``fonts.misdrawn``.

    python scripts/misdrawn.py fonts/FandolFang-Regular.otf SHEET.png

Needs NumPy (``pip install numpy``), which nothing else does. Every character is compared with
two other faces. Suspect is

* a character with the very outline of another that is not its twin by Unicode (NFKC);
* a character that looks like another of its face, while the two are unlike in the second face;
* a hanzi that looks less like itself in both second faces than like several others;
* a sign of which much less is drawn than in the second face.

Most suspects are right, only drawn in their own way: look at the sheet, each beside the second
face's, before one goes into the table.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from unicodedata import category, normalize

import numpy as np
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from brieftex.fonts.face import Face

FONTS = Path(__file__).parents[1] / "fonts"
SECOND = FONTS / "NotoSerifSC-Regular.ttf", FONTS / "NotoSansSC-Medium.ttf"

SIZE = 64  # pixels to the em
NEARER = 10  # so many other characters that are nearer than a character itself make it suspect
ALIKE, UNLIKE = 0.96, 0.8  # likeness of two characters, 1 for the same picture
SPECK = 0.5  # of the second face's extent


def main(path: Path, sheet: Path) -> None:
    """Print the suspects of the face in ``path``, and draw them enlarged on ``sheet``."""
    face = Face(path)
    font = TTFont(path, lazy=True)
    known = font.getBestCmap()
    glyphs = {char: font.getGlyphID(known[ord(char)]) for char in _characters(path)}
    hanzi = [char for char in glyphs if "\u3400" <= char < "\ua000"]
    signs = {char: gid for char, gid in glyphs.items() if char not in set(hanzi)}
    own = _features(path, hanzi)
    second = [_features(other, hanzi) for other in SECOND]
    suspects: dict[str, None] = {}
    for title, found in (
        ("one outline", twins(face, glyphs)),
        ("like another", doubles(hanzi, own, second[0])),
        (
            "like another sign",
            doubles(list(signs), *(_features(p, list(signs)) for p in (path, SECOND[0]))),
        ),
        ("unlike themselves", strangers(hanzi, own, second)),
        ("specks", specks(face, signs)),
    ):
        listed = list(found)
        print(f"{title}: {' '.join(listed)}")
        suspects.update(dict.fromkeys("".join(listed)))
    _draw(path, list(suspects), sheet)


def twins(face: Face, glyphs: Mapping[str, int]) -> Iterator[str]:
    """Characters of one outline that are not the same to Unicode."""
    alike = defaultdict(str)
    for char, gid in glyphs.items():
        alike[face.outline(gid)] += char
    for found in alike.values():
        if len({normalize("NFKC", char) for char in found}) > 1:
            yield found


def doubles(chars: list[str], own: np.ndarray, second: np.ndarray) -> Iterator[str]:
    """Pairs that are alike in the face and not in the second one."""
    for a, b in zip(*np.nonzero((own @ own.T > ALIKE) & (second @ second.T < UNLIKE)), strict=True):
        if a < b and normalize("NFKC", chars[a]) != normalize("NFKC", chars[b]):
            yield chars[a] + chars[b]


def strangers(chars: list[str], own: np.ndarray, second: list[np.ndarray]) -> Iterator[str]:
    """Characters that are less like themselves in every second face than many others are, the
    most unlike first."""
    nearer = []
    for other in second:
        likeness = own @ other.T
        nearer.append((likeness > np.diag(likeness)[:, None]).sum(1))
    count = np.min(nearer, axis=0)
    for k in np.argsort(-count, kind="stable"):
        if count[k] >= NEARER:
            yield chars[k]


def specks(face: Face, glyphs: Mapping[str, int]) -> Iterator[str]:
    """Signs of which there is much less than in the second face."""
    second = Face(SECOND[0])
    for char, gid in glyphs.items():
        other = _extent(second, second.glyph(char))
        if other and _extent(face, gid) < SPECK * other:
            yield char


def _extent(face: Face, gid: int) -> float:
    """The longer side of a glyph's ink, in em."""
    across, up = face.ink(gid), face.ink_heights(gid)
    if across is None or up is None:
        return 0
    return max(across[1] - across[0], up[0] - up[1]) / face.upem


def _characters(path: Path) -> list[str]:
    """What a face and both second faces have."""
    maps = (TTFont(file, lazy=True).getBestCmap().keys() for file in (path, *SECOND))
    shared = set.intersection(*map(set, maps))
    return [chr(code) for code in sorted(shared) if category(chr(code))[0] not in "ZC"]


def _pictures(path: Path, chars: list[str]) -> Iterator[Image.Image]:
    """Each character, cut to its ink."""
    font = ImageFont.truetype(str(path), SIZE)
    for char in chars:
        picture = Image.new("L", (SIZE * 3 // 2, SIZE * 3 // 2))
        ImageDraw.Draw(picture).text((SIZE // 4, SIZE * 9 // 8), char, 255, font, "ls")
        yield picture.crop(picture.getbbox())


def _features(path: Path, chars: list[str]) -> np.ndarray:
    """A row of numbers of length 1 for each character: where strokes of each of four directions
    lie. The product of two rows is the likeness of two characters."""
    return np.stack([_feature(picture) for picture in _pictures(path, chars)])


def _feature(picture: Image.Image) -> np.ndarray:
    ink = np.asarray(picture.resize((32, 32), Image.Resampling.BOX), dtype=np.float32) / 255
    up, across = np.gradient(ink)
    edge, angle = np.hypot(across, up), np.arctan2(up, across) % np.pi
    parts = []
    for k in range(4):
        strokes = edge * np.maximum(0, np.cos((angle - k * np.pi / 4) * 2))
        soft = Image.fromarray((strokes / (strokes.max() or 1) * 255).astype("uint8"))
        soft = soft.filter(ImageFilter.GaussianBlur(2.2)).resize((10, 10), Image.Resampling.BOX)
        parts.append(np.asarray(soft, dtype=np.float32).ravel())
    row = np.concatenate(parts)
    row -= row.mean()
    return row / (np.linalg.norm(row) or 1)


def _draw(path: Path, chars: list[str], sheet: Path) -> None:
    """The characters of a face, each followed by the second face's, smaller."""
    step, columns = SIZE * 2, 12
    picture = Image.new("L", (columns * step, -(-len(chars) // columns) * step), 255)
    pen = ImageDraw.Draw(picture)
    mine = ImageFont.truetype(str(path), SIZE)
    second = ImageFont.truetype(str(SECOND[0]), SIZE // 2)
    for k, char in enumerate(chars):
        x, y = k % columns * step, k // columns * step + SIZE * 3 // 2
        pen.text((x, y), char, 0, mine, "ls")
        pen.text((x + SIZE, y), char, 96, second, "ls")
    picture.save(sheet)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
