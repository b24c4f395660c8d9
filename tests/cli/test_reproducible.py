"""The same issue gives the same bytes, whoever builds it, where and when."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from suite.test_suite import furnished

# Each as unlike the others as can be: where bytes differ, half of it is tried again by hand.
ENVIRONMENTS: list[dict[str, str]] = [
    {"PYTHONHASHSEED": "1", "TZ": "America/Lima"},
    {
        "PYTHONHASHSEED": "4321",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "LANG": "C",
        "BRIEFTEX_LANG": "en",
        "SOURCE_DATE_EPOCH": "soon",
    },
    {
        "LC_ALL": "tr_TR.UTF-8",
        "PYTHONUTF8": "0",
        "PYTHONOPTIMIZE": "2",
        "SOURCE_DATE_EPOCH": "9" * 30,
    },
]


@pytest.fixture
def sample(folder: Path, root: Path) -> Path:
    """An issue with all that the sample has, and its pictures, in a folder of their own."""
    home = folder / "第4期 draft"
    home.mkdir()
    return Path(shutil.copy(root / "tests/helpers/digest.yaml", furnished(home)))


def built(brieftex: Callable, issue: Path, target: Path, **environment: str) -> bytes:
    """The PDF of an issue, built by a process of its own."""
    call = ("build", str(issue), "-o", str(target), "--bundled-fonts", "--attach-source")
    result = brieftex(*call, **environment)
    assert result.returncode == 0, result.stderr
    return target.read_bytes()


def test_same_bytes_everywhere(brieftex: Callable, folder: Path, sample: Path) -> None:
    """Ensures that neither the order of sets, the clock and its zone, the locale, the folder
    nor the name of the output is seen in the file."""
    moved = folder / "deeper/down"
    shutil.copytree(sample.parent, moved)
    targets = (sample, "a.pdf"), (sample, "elsewhere/b.pdf"), (moved / sample.name, "c.pdf")
    files = {
        built(brieftex, issue, folder / target, **environment)
        for environment, (issue, target) in zip(ENVIRONMENTS, targets, strict=True)
    }
    assert len(files) == 1


def dates(pdf: bytes) -> set[str]:
    """The dates in Info and XMP, as 2024-03-20T12:00:00."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        info = [str(opened.docinfo[key]) for key in ("/CreationDate", "/ModDate")]
        xmp = opened.Root.Metadata.read_bytes().decode()
    found = {re.sub(r"D:(....)(..)(..)(..)(..)(..)Z", r"\1-\2-\3T\4:\5:\6", d) for d in info}
    return found | set(re.findall(r"Date>([^<]+)Z<", xmp))


def test_source_date_epoch_is_the_date(
    brieftex: Callable, folder: Path, issue: Path, sample: Path
) -> None:
    """Ensures that the date is the issue's unless somebody says which (reproducible-builds.org),
    and that nothing else of the file depends on it but the date and the identifier."""
    assert issue.exists()
    at = 1_700_000_000
    said = built(brieftex, sample, folder / "a.pdf", SOURCE_DATE_EPOCH=str(at))
    own = built(brieftex, sample, folder / "b.pdf")
    assert dates(said) == {f"{datetime.fromtimestamp(at, UTC):%Y-%m-%dT%H:%M:%S}"}
    assert dates(own) == {"2026-04-16T12:00:00"}
    assert len(said) == len(own)
    differing = sum(a != b for a, b in zip(said, own, strict=True))
    assert 0 < differing < 300


def test_identifiers_tell_contents_apart(brieftex: Callable, folder: Path, issue: Path) -> None:
    """Ensures that an archive can tell two versions by their /ID: one character is enough."""
    found = []
    for text in ("只有一段话。", "只有一段话！", "只有一段话。"):
        issue.write_text(
            issue.read_text("utf-8").replace("只有一段话。", text).replace("只有一段话！", text),
            encoding="utf-8",
        )
        pdf = built(brieftex, issue, folder / "x.pdf")
        with pikepdf.open(BytesIO(pdf)) as opened:
            found.append(bytes(opened.trailer.ID[0]))
    assert found[0] != found[1]
    assert found[0] == found[2]
