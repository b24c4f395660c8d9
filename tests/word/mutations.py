"""Documents with their XML mutated: imported without a traceback and without a lost character.

python tests/word/mutations.py [COUNT] [SEED] runs as many; the suite runs a few.
"""

from __future__ import annotations

import io
import random
import sys
import tempfile
import zipfile
from collections import Counter
from copy import deepcopy
from pathlib import Path
from xml.etree import ElementTree as ET

sys.path.insert(0, str(Path(__file__).parents[1]))

from helpers.wordimports import DOCUMENTS, balance, imported

from brieftex.diagnostics import InputError
from brieftex.word.incoming import issue_text


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The package with one to four changes in the XML of its parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    names = [name for name in parts if name.startswith("word/") and name.endswith(".xml")]
    for _ in range(chance.randint(1, 4)):
        name = "word/document.xml" if chance.random() < 0.7 else chance.choice(names)
        root = ET.fromstring(parts[name])
        _change(root, chance)
        parts[name] = ET.tostring(root, "utf-8", xml_declaration=True)
    if chance.random() < 0.05:
        name = chance.choice(
            [n for n in parts if n != "[Content_Types].xml" and not n.endswith(".rels")]
        )
        del parts[name]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    mixed = buffer.getvalue()
    if chance.random() < 0.03:
        at = chance.randrange(len(mixed))
        mixed = mixed[:at] + bytes([chance.randrange(256)]) + mixed[at + 1 :]
    return mixed


def _change(root: ET.Element, chance: random.Random) -> None:
    pairs = [(parent, child) for parent in root.iter() for child in parent]
    if not pairs:
        return
    parent, child = chance.choice(pairs)
    match chance.randrange(6):
        case 0:
            parent.remove(child)
        case 1:
            parent.insert(chance.randrange(len(parent) + 1), deepcopy(child))
        case 2:  # moved somewhere else
            inside = set(child.iter())
            targets = [element for element in root.iter() if element not in inside]
            parent.remove(child)
            chance.choice(targets).append(child)
        case 3 if child.attrib:
            key = chance.choice(list(child.attrib))
            value = chance.choice(["", "-1", "99999999999", "x", "0", "1.5", "true", "一"])
            child.attrib[key] = value
        case 4 if child.attrib:
            del child.attrib[chance.choice(list(child.attrib))]
        case _:  # its children take its place
            at = list(parent).index(child)
            parent.remove(child)
            for inner in reversed(list(child)):
                parent.insert(at, inner)


def check(data: bytes) -> str:
    """What is wrong; nothing when the document was imported whole or refused by a sentence."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        try:
            one = imported(data, folder)
            text, odd = issue_text(one)
        except InputError:
            return ""
        if odd:
            return f"not exact: {[finding.message() for finding in odd]}"
        held, said = balance(data, one, text, folder)
        lost, more = held - said, said - held
        return "" if lost == more == Counter() else f"lost {lost}, more {more}"


def main(count: int, seed: int) -> int:
    wrong = 0
    for number in range(count):
        chance = random.Random(seed * 1_000_003 + number)
        path = chance.choice(DOCUMENTS)
        data = mutated(path.read_bytes(), chance)
        try:
            problem = check(data)
        except Exception as error:  # noqa: BLE001  # that is what is looked for
            problem = f"{type(error).__name__}: {error}"
        if problem:
            wrong += 1
            print(f"{path.stem} {number}: {problem}"[:400], flush=True)  # noqa: T201
    print(f"{count} mutations, {wrong} wrong")  # noqa: T201
    return wrong


if __name__ == "__main__":
    arguments = [int(text) for text in sys.argv[1:]]
    sys.exit(bool(main(*(arguments or [2000]), *([7] if len(arguments) < 2 else []))))
