"""Whatever an editor does in a process that stays warm, each file is that of a cold build."""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

from msgspec.structs import asdict

from brieftex.diagnostics import Finding, InputError, Source
from brieftex.fonts.report import FontBook
from brieftex.memory import KeepingMemory
from brieftex.model.issue import Issue
from brieftex.pdf.read.verify import expected_of, verify
from brieftex.pipeline import Services, Typeset, typeset
from brieftex.preview.cache import CachedServices
from brieftex.styled.styles import FontRequest

TESTS = Path(__file__).parents[1]

WORDS = (
    "甲",
    "，",
    "。",
    "的",
    "2026年",
    "**重**",
    "[^1]",
    "\n",
    "\n\n",
    " ",
    "Word",
    "“",
    "|",
    "# ",
)

OBJECT = re.compile(rb"\d+ 0 obj\n<<")


def edited(text: str, chance: random.Random) -> str:
    """``text`` after something that an editor may do, sensible or not."""
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    place = chance.choice([at for at, char in enumerate(text) if char > "\u3000"])
    match chance.randrange(7):
        case 0 | 1 | 2:
            return text[:place] + chance.choice(WORDS) + text[place:]
        case 3:
            return text[:place] + text[place + chance.randrange(1, 4) :]
        case 4:
            return "\n".join([*lines[: at + 1], *lines[at:]])
        case 5:
            return "\n".join([*lines[:at], *lines[at + 1 :]])
        case _:
            other = chance.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
            return "\n".join(lines)


class SameFaces(Services):
    """What a cold build has, but for the faces, which are equal only to themselves."""

    def __init__(self, warm: CachedServices) -> None:
        self.warm = warm

    def fonts(self, request: FontRequest, folder: Path, bundled_only: bool) -> FontBook:
        return self.warm.fonts(request, folder, bundled_only)


def outcome(text: str, folder: Path, services: Services) -> Typeset | tuple[Finding, ...]:
    """What comes of a text."""
    given = Source(str(folder / "issue.yaml"), text)
    try:
        return typeset(given, folder=folder, bundled_fonts=True, services=services)
    except InputError as error:
        return tuple(error.findings)


def said(issue: Issue) -> dict[str, object]:
    """All of an issue but its source, which is equal only to itself."""
    return {key: value for key, value in asdict(issue).items() if key != "source"}


def rehearse(texts: list[str], folder: Path, chance: random.Random, edits: int) -> int:
    """Edit the texts by turns in one warm process, and hold what comes against a cold build; how
    many of the edits gave a file."""
    warm, files = CachedServices(), 0
    now = [*texts]
    for _ in range(edits):
        at = chance.randrange(len(now))
        text = edited(now[at], chance)
        ours = outcome(text, folder, warm)
        theirs = outcome(text, folder, SameFaces(warm))
        if isinstance(ours, Typeset) and isinstance(theirs, Typeset):
            for name in ("pdf", "findings", "document", "pages", "characters"):
                assert getattr(ours, name) == getattr(theirs, name), (name, text)
            assert said(ours.issue) == said(theirs.issue), text
            texts[at] = now[at] = text
            files += 1
        else:
            assert ours == theirs, text
            # An editor may go on before it is mended, or take it back.
            now[at] = text if now[at] == texts[at] and chance.random() < 0.5 else texts[at]
    return files


def test_every_file_is_that_of_a_cold_build(tmp_path: Path) -> None:
    chance = random.Random(13)
    shutil.copytree(TESTS / "publications", tmp_path, dirs_exist_ok=True)
    texts = [(tmp_path / f"{name}.yaml").read_text("utf-8") for name in ("minutes", "bulletin")]
    assert rehearse(texts, tmp_path, chance, 24) > 6


def test_what_is_known_of_a_file_hides_no_damage(tmp_path: Path) -> None:
    """Ensures that a file is found wrong in a warm process wherever it is in a cold one."""
    chance, memory = random.Random(7), KeepingMemory()
    shutil.copytree(TESTS / "publications", tmp_path, dirs_exist_ok=True)
    made = typeset(tmp_path / "letter.yaml", bundled_fonts=True)
    expected = expected_of(made.document, made.pages)
    assert not verify(made.pdf, expected, memory=memory)
    wrong = 0
    for _ in range(20):
        damaged = bytearray(made.pdf)
        at = chance.randrange(len(damaged))
        if chance.random() < 0.5:  # outside of streams, where there is less
            at = chance.choice([found.start() for found in OBJECT.finditer(made.pdf)])
            at += chance.randrange(20)
        damaged[at : at + chance.randrange(3)] = chance.randbytes(chance.randrange(3))
        found = verify(bytes(damaged), expected)
        assert verify(bytes(damaged), expected, memory=memory) == found, at
        wrong += bool(found)
    assert wrong > 3
