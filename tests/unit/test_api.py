"""The package as a program calls it."""

from __future__ import annotations

import re
import subprocess
import sys
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from helpers.support import ISSUE
from PIL import Image

import brieftex
from brieftex import InputError, Source, build, check, check_series, render, typeset

SMALL = "masthead: {name: 岚湖简讯, number: 3}\nforeword: {body: 正文。}\n"


@pytest.mark.parametrize("page", ["docs/api.md", "docs/api.zh-CN.md"])
def test_the_examples_of_the_documentation_run(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    """Catches documentation of an interface that is not there any more."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "issue.yaml").write_text(ISSUE, "utf-8")
    text = (root / page).read_text("utf-8")
    examples = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len(examples) > 5
    names: dict[str, object] = {}
    for example in examples:
        exec(compile(example, page, "exec"), names)  # our own text
    assert sorted(p.name for p in tmp_path.glob("*.png")) == ["page-1.png"]


@pytest.mark.parametrize("page", ["docs/api.md", "docs/api.zh-CN.md"])
def test_every_name_is_there_and_told(root: Path, page: str) -> None:
    """Catches a name of ``__all__`` without a home, or one that the page does not show."""
    text = (root / page).read_text("utf-8")
    for name in brieftex.__all__:
        assert getattr(brieftex, name) is not None
        assert name == "__version__" or re.search(rf"\b{name}\b", text), name
    assert dir(brieftex) == sorted(brieftex.__all__)
    with pytest.raises(AttributeError):
        brieftex.typset  # noqa: B018


def test_a_room_hides_no_function() -> None:
    """Catches a package of the name of a function, which Python puts in its place as soon as
    anything in it is imported."""
    code = "import brieftex.cli.build, brieftex.pipeline, brieftex\n"
    code += "from brieftex import *\n"
    code += "print([n for n in brieftex.__all__ if type(globals()[n]).__name__ == 'module'])"
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert made.stdout == "[]\n"


def test_path_bytes_and_text_are_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches a way of giving an issue that loses its figures, its encoding or its name."""
    (tmp_path / "dot.png").write_bytes(_png())
    text = SMALL.replace("{body: 正文。}", "\n  body: |\n    正文。\n\n    ![点](dot.png)")
    path = tmp_path / "issue.yaml"
    path.write_text(text, "utf-8")
    made = [
        typeset(path, bundled_fonts=True),
        typeset(str(path), bundled_fonts=True),
        typeset(path.read_bytes(), folder=tmp_path, bundled_fonts=True),
        typeset(text.encode("gb18030"), folder=str(tmp_path), bundled_fonts=True),
        typeset(Source(str(path), text), bundled_fonts=True),
        typeset(Source("x.yaml", text), folder=tmp_path, bundled_fonts=True),
    ]
    assert len({one.pdf for one in made}) == 1
    assert [f.kind.name for f in made[3].findings] == ["not-utf8", "figure-coarse"]
    monkeypatch.chdir(tmp_path)
    assert typeset(Source("y.yaml", text), bundled_fonts=True).pdf == made[0].pdf
    with pytest.raises(InputError) as caught:
        typeset(Source("z.yaml", text), folder=tmp_path / "nowhere")
    assert str(caught.value).startswith("z.yaml:")


def _png() -> bytes:
    made = BytesIO()
    Image.new("RGB", (300, 200), "#8f2a22").save(made, "PNG")
    return made.getvalue()


def test_an_error_is_a_readable_list(tmp_path: Path) -> None:
    """Catches an exception whose text is that of its arguments, or has no places."""
    wrong = Source("甲.yaml", "masthead: {name: 甲, number: 三}\nmasthead: {name: 乙}\n标提: 丙\n")
    with pytest.raises(InputError) as caught:
        typeset(wrong)
    assert re.findall(r"^(甲\.yaml:\d+:\d+): (BT\d+) \S", str(caught.value), re.MULTILINE) == [
        ("甲.yaml:1:29", "BT208"), ("甲.yaml:2:1", "BT113"), ("甲.yaml:1:1", "BT113"),
        ("甲.yaml:3:1", "BT202"),
    ]  # fmt: skip
    with pytest.raises(InputError, match=r"none\.yaml: BT\d+"):
        typeset(tmp_path / "none.yaml")


def test_a_build_writes_all_or_nothing(tmp_path: Path) -> None:
    target = tmp_path / "out/small.pdf"
    made = build(Source("small.yaml", SMALL), target, bundled_fonts=True)
    assert target.read_bytes() == made.pdf
    with pytest.raises(InputError):
        build(Source("wrong.yaml", SMALL + "x: y\n"), target)
    assert target.read_bytes() == made.pdf
    assert [p.name for p in target.parent.iterdir()] == ["small.pdf"]


def test_what_is_allowed_is_not_said_by_any_way() -> None:
    """Catches ``allow`` forgotten on one of the ways: check, series, build, a broken file."""
    noisy = SMALL.replace("正文。", "'两所大学,三个学院。'")
    [code] = {f.kind.code for f in check(Source("a.yaml", noisy)).findings}
    quiet = noisy + f"allow: [{code}, BT370]\n"
    assert code == "BT301"
    assert check(Source("a.yaml", quiet)).findings == ()
    assert typeset(Source("a.yaml", quiet), bundled_fonts=True).findings == ()
    fifth = Source("b.yaml", quiet.replace("number: 3", "number: 5"))
    assert check_series([Source("a.yaml", quiet), fifth])[1].findings == ()
    broken = Source("c.yaml", quiet.replace("masthead: ", "masthead:"))
    assert [f.kind.name for f in check(broken).findings if f.kind.code == code] == []
    with pytest.raises(InputError) as caught:
        typeset(Source("d.yaml", quiet + "theme: ''\nsignature: {names: 甲, 署名: 乙}\n"))
    assert code not in str(caught.value)


def test_pages_become_pictures() -> None:
    """Catches a page upside down or of another size, and a resolution that is not held."""
    made = typeset(Source("small.yaml", SMALL), bundled_fonts=True)
    (page,) = render(made, dpi=36)
    assert page[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(page[16:20]) == round(210 / 25.4 * 36)
    assert zlib.crc32(page) == zlib.crc32(next(render(made.pdf, dpi=36)))
    for dpi in (0, -1, 1e9, float("nan")):
        with pytest.raises(ValueError, match="dpi"):
            list(render(made, dpi=dpi))


def test_without_a_rasteriser_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(brieftex.NoRasteriserError, match=r"brieftex\[png\]"):
        list(render(b"%PDF-1.7"))
