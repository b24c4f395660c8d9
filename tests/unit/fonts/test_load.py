"""Which file plays a role: places, names, permissions, damage."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import pytest
import yaml
from helpers.fontfiles import BRIEFTEST, put, put_collection, renamed

from brieftex.diagnostics import Severity
from brieftex.fonts.face import Face
from brieftex.fonts.load import load_fonts
from brieftex.fonts.locations import bundled_folder
from brieftex.fonts.report import FontBook, Origin, gb2312_hanzi
from brieftex.source import read_regular
from brieftex.styled.styles import FontRequest, RoleRequest

pytestmark = pytest.mark.skipif(
    sys.platform in ("win32", "darwin"), reason="steers the places by XDG variables"
)

ROLE = "正文"
ISSUE, SYSTEM, BUNDLED = Origin.ISSUE, Origin.SYSTEM, Origin.BUNDLED


@pytest.fixture
def issue(tmp_path: Path) -> Path:
    """An issue's folder, on a machine without fonts."""
    (tmp_path / "issue" / "fonts").mkdir(parents=True)
    return tmp_path / "issue"


@pytest.fixture(autouse=True)
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folder of fonts, the only one of the system."""
    data = tmp_path / "data"
    (data / "fonts").mkdir(parents=True)
    monkeypatch.setenv("XDG_DATA_HOME", str(data))
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "nothing"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("BRIEFTEX_CACHE", str(tmp_path / "cache"))
    return data / "fonts"


def load(issue: Path | None, *han: str, bundled_only: bool = False) -> FontBook:
    request = FontRequest({ROLE: RoleRequest(han, ())}, ("Noto Serif SC",))
    return load_fonts(request, issue, bundled_only)


def chosen(book: FontBook) -> tuple[Origin | None, str]:
    choice = book.choices[0]
    return choice.origin, choice.face.path.name if choice.face else ""


def names(book: FontBook) -> list[str]:
    return [finding.kind.name for finding in book.findings]


# -- bundled --------------------------------------------------------------------------------


def test_the_bundled_files_are_those_of_the_manifest() -> None:
    manifest = yaml.safe_load((bundled_folder() / "manifest.yaml").read_text("utf-8"))["fonts"]
    for entry in manifest:
        data = (bundled_folder() / entry["file"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == entry["sha256"]
        assert all((bundled_folder() / name).is_file() for name in entry["licence_files"])
        for name in entry["names"]:
            assert chosen(load(None, name)) == (BUNDLED, entry["file"])
    assert {entry["file"] for entry in manifest} == {
        path.name for path in bundled_folder().iterdir() if path.suffix in (".otf", ".ttf")
    }


def test_a_chain_has_the_chosen_face_then_the_fallback_no_face_twice() -> None:
    roles = {
        "a": RoleRequest(("Fandol Fang",), ("Noto Serif SC",)),
        "b": RoleRequest(("Fandol Fang",), ()),
    }
    book = load_fonts(FontRequest(roles, ("Noto Serif SC", "Noto Sans SC", "没有这种")), None)
    a, b = book.role("a"), book.role("b")
    assert [face.path.stem for face in a.han] == [
        "FandolFang-Regular", "NotoSerifSC-Regular", "NotoSansSC-Medium",
    ]  # fmt: skip
    assert a.latin == (*a.han[1:], a.han[0])
    assert b.latin == b.han == a.han
    assert not book.findings


def test_no_character_is_missing_that_any_face_of_the_build_has() -> None:
    """Catches ⅔ and ℠ refused although the Latin face of the body has them, and CO₂ in a title
    although another role's has: fallback goes by glyph."""
    roles = {
        "title": RoleRequest(("Noto Serif SC Bold",), ()),
        "body": RoleRequest(("Fandol Fang",), ("Tinos",)),
    }
    book = load_fonts(FontRequest(roles, ()), None, bundled_only=True)
    for role in map(book.role, roles):
        for chain in (role.han, role.latin):
            assert len(set(chain)) == len(chain)
            for char in "⅔⅓⅛℠₂⁵":
                assert any(face.glyph(char) for face in chain), char
    assert book.role("title").han[0].path.stem == "NotoSerifSC-Bold"


def test_what_a_face_lacks_comes_from_the_families_wanted_after_it() -> None:
    """Ensures that a rare character of a name has the weight of the text around it."""
    wanted = ("没有这种", "Fandol Fang", "Noto Serif SC ExtraLight")
    request = FontRequest({ROLE: RoleRequest(wanted, ())}, ("Noto Serif SC",))
    chain = load_fonts(request, None).role(ROLE).han
    assert [face.path.stem for face in chain] == [
        "FandolFang-Regular", "NotoSerifSC-ExtraLight", "NotoSerifSC-Regular",
    ]  # fmt: skip
    assert [bool(face.glyph("镕")) for face in chain] == [False, True, True]


def test_a_family_that_nobody_needs_is_not_reported(issue: Path) -> None:
    """Ensures that a face behind the chosen one may be locked in silence."""
    put(issue / "fonts" / "L.ttf", renamed("Locked Song", zh="锁宋", fsType=2))
    book = load(issue, "Fandol Fang", "锁宋")
    assert chosen(book) == (BUNDLED, "FandolFang-Regular.otf")
    assert names(book) == []


# -- places and names -----------------------------------------------------------------------


def test_the_issue_comes_before_the_system_and_that_before_the_bundled(
    issue: Path, system: Path
) -> None:
    wanted = ("方正小标宋简体", "Noto Serif SC Bold")
    assert chosen(load(issue, *wanted)) == (BUNDLED, "NotoSerifSC-Bold.ttf")
    put(system / "deep" / "deeper" / "S.TTF", renamed("FZXiaoBiaoSong-B05S", zh="方正小标宋简体"))
    assert chosen(load(issue, *wanted)) == (SYSTEM, "S.TTF")
    put(issue / "fonts" / "I.otf", renamed("FZXiaoBiaoSong-B05S", zh="方正小标宋简体"))
    assert chosen(load(issue, *wanted)) == (ISSUE, "I.otf")
    assert chosen(load(issue, *wanted, bundled_only=True)) == (BUNDLED, "NotoSerifSC-Bold.ttf")


@pytest.mark.parametrize(
    "name",
    ["仿宋_GB2312", "FangSong_GB2312", "fangsong_gb2312", " Fang Song_GB2312 ", "仿 宋_gb2312",
     "FangSong_GB2312 Regular", "FSGB"],
)  # fmt: skip
def test_a_name_is_a_family_a_full_or_a_postscript_name(issue: Path, name: str) -> None:
    put(
        issue / "fonts" / "simfang.ttf",
        renamed("FangSong_GB2312", zh="仿宋_GB2312", postscript="FSGB"),
    )
    assert chosen(load(issue, name)) == (ISSUE, "simfang.ttf")
    assert load(issue, name).choices[0].family == "仿宋_GB2312"


def test_a_similar_name_is_not_the_name(issue: Path) -> None:
    put(issue / "fonts" / "a.ttf", renamed("FangSong_GB2312", zh="仿宋_GB2312"))
    assert chosen(load(issue, "仿宋", "FangSong")) == (None, "")


def test_the_order_of_the_theme_comes_before_the_order_of_places(issue: Path, system: Path) -> None:
    put(system / "a.ttf", renamed("First"))
    put(issue / "fonts" / "b.ttf", renamed("Second"))
    assert chosen(load(issue, "First", "Second")) == (SYSTEM, "a.ttf")


def test_a_bundled_family_is_not_looked_for_on_the_system(issue: Path, system: Path) -> None:
    put(system / "other.ttf", renamed("Noto Serif SC"))
    assert chosen(load(issue, "Noto Serif SC")) == (BUNDLED, "NotoSerifSC-Regular.ttf")
    put(issue / "fonts" / "own.ttf", renamed("Noto Serif SC"))
    assert chosen(load(issue, "Noto Serif SC")) == (ISSUE, "own.ttf")


def test_faces_of_a_collection(issue: Path) -> None:
    put_collection(issue / "fonts" / "c.ttc", renamed("Eins"), renamed("Zwei", zh="二号体"))
    face = load(issue, "二号体").role(ROLE).han[0]
    assert (face.index, face.family) == (1, "Zwei")
    assert load(issue, "Eins").role(ROLE).han[0].index == 0


def test_a_collection_is_read_once(issue: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of a system have up to 150 MB, and a theme may take five of their faces."""
    put_collection(issue / "fonts" / "c.ttc", *(renamed(f"F{k}") for k in range(5)))
    read: list[Path] = []

    def counted(path: Path, limit: int) -> bytes:
        read.append(path)
        return read_regular(path, limit)

    monkeypatch.setattr("brieftex.fonts.face.read_regular", counted)
    roles = {f"r{k}": RoleRequest((f"F{k}",), ()) for k in range(5)}
    book = load_fonts(FontRequest(roles, ("Noto Serif SC",)), issue)
    assert [book.role(f"r{k}").han[0].index for k in range(5)] == [0, 1, 2, 3, 4]
    assert read == [issue / "fonts" / "c.ttc"]


def test_old_chinese_name_records(issue: Path) -> None:
    font = renamed("Old")
    font["name"].setName("老仿宋", 1, 1, 25, 33)  # Macintosh, simplified Chinese, in GBK
    put(issue / "fonts" / "old.ttf", font)
    assert chosen(load(issue, "老仿宋")) == (ISSUE, "old.ttf")


def test_of_a_family_the_regular_face_is_taken_whatever_the_files_are_called(issue: Path) -> None:
    put(issue / "fonts" / "a.ttf", renamed("Fam", style="Bold", usWeightClass=700))
    put(issue / "fonts" / "b.ttf", renamed("Fam"))
    put(issue / "fonts" / "c.ttf", renamed("Fam"))
    assert chosen(load(issue, "Fam")) == (ISSUE, "b.ttf")
    assert chosen(load(issue, "Fam Bold")) == (ISSUE, "a.ttf")


def test_the_order_of_a_folder_does_not_matter(
    issue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "cab":
        put(issue / "fonts" / f"{name}.ttf", renamed("Fam"))
    real = os.scandir

    class Reversed:
        def __init__(self, folder: Path) -> None:
            with real(folder) as entries:
                self.entries = sorted(entries, key=lambda entry: entry.name, reverse=True)

        def __enter__(self) -> list[os.DirEntry[str]]:
            return self.entries

        def __exit__(self, *_: object) -> None: ...

    assert chosen(load(issue, "Fam")) == (ISSUE, "a.ttf")
    monkeypatch.setattr(os, "scandir", Reversed)
    assert chosen(load(issue, "Fam")) == (ISSUE, "a.ttf")


def test_one_file_is_opened_once(issue: Path) -> None:
    put(issue / "fonts" / "a.ttf", renamed("Fam"))
    roles = {name: RoleRequest(("Fam",), ()) for name in "xy"}
    book = load_fonts(FontRequest(roles, ("Fam",)), issue)
    assert book.role("x").han[0] is book.role("y").latin[0]
    assert len(book.role("x").han) == 1


def test_links_that_lead_in_circles(issue: Path, system: Path) -> None:
    (system / "up").symlink_to(system)
    put(system / "a.ttf", renamed("Fam"))
    assert chosen(load(issue, "Fam")) == (SYSTEM, "a.ttf")


def test_brieftex_own_folder_as_an_issue_is_bundled() -> None:
    assert chosen(load(bundled_folder().parent, "Fandol Fang"))[0] is BUNDLED


def test_an_issue_without_a_folder_of_fonts(tmp_path: Path) -> None:
    assert chosen(load(tmp_path, "Fandol Fang"))[0] is BUNDLED


# -- findings -------------------------------------------------------------------------------


def test_a_role_without_a_face_is_an_error_and_has_the_fallback(issue: Path) -> None:
    book = load(issue, "没有的字体", "No Such")
    assert names(book) == ["font-not-found"] * 2  # han and latin
    finding = book.findings[0]
    assert finding.severity is Severity.ERROR
    assert finding.message() == "找不到“正文”的中文字体，主题要的是：没有的字体、No Such"
    assert finding.message("en").startswith(f"no Chinese font for {ROLE}")
    assert "FandolFang" in finding.hints()[1]
    assert [face.path.stem for face in book.role(ROLE).han] == ["NotoSerifSC-Regular"]


@pytest.mark.parametrize("fs_type", [2, 0x100, 0x200])
def test_a_face_that_may_not_be_embedded_is_passed_over_with_a_warning(
    issue: Path, fs_type: int
) -> None:
    put(issue / "fonts" / "no.ttf", renamed("Mean", zh="小气体", fsType=fs_type))
    book = load(issue, "小气体", "Fandol Fang")
    assert chosen(book) == (BUNDLED, "FandolFang-Regular.otf")
    assert names(book) == ["embedding-forbidden"]  # once, although two scripts ask
    assert book.findings[0].message() == (
        "字体“小气体”的许可标记不准嵌入 PDF，没有用它：fonts/no.ttf"
    )


def damaged() -> dict[str, bytes]:
    whole = BRIEFTEST.read_bytes()
    return {
        "empty": b"",
        "text": b"this is no font at all",
        "page": b"<!DOCTYPE html><html>" * 100,
        "half": whole[: len(whole) // 2],
        "header": whole[:40],
        "zeros": bytes(len(whole)),
        "collection": b"ttcf\0\1\0\0\xff\xff\xff\xff",
        "far": b"ttcf\0\1\0\0\0\0\0\1\x7f\xff\xff\xff",
        "no cmap": whole.replace(b"cmap", b"xmap", 1),
    }


@pytest.mark.parametrize("kind", damaged())
def test_damaged_files_are_passed_over_with_a_warning(issue: Path, kind: str) -> None:
    (issue / "fonts" / "bad.ttf").write_bytes(damaged()[kind])
    put(issue / "fonts" / "good.ttf", renamed("Fam"))
    book = load(issue, "Fam")
    assert chosen(book) == (ISSUE, "good.ttf")
    assert names(book) == ["damaged-font"]
    assert book.findings[0].message() == "字体文件已损坏，没有用它：fonts/bad.ttf"


def test_damaged_files_of_the_system_do_not_trouble_a_build(issue: Path, system: Path) -> None:
    (system / "bad.ttf").write_bytes(b"bad")
    book = load(issue, "Fandol Fang", "Fam")
    assert not book.findings
    book = load(issue, "Fam", "Fandol Fang")
    assert not book.findings
    assert [finding.kind.name for finding in book.unusable] == ["damaged-font"]


def test_any_cut_of_a_file_is_read_or_reported(issue: Path) -> None:
    whole = BRIEFTEST.read_bytes()
    for length in (*range(0, 400, 7), *range(400, len(whole), 997)):
        (issue / "fonts" / "cut.ttf").write_bytes(whole[:length])
        assert names(load(issue, "BriefTest", "Fandol Fang")) == ["damaged-font"]


def test_damaged_name_tables_give_no_name_and_no_crash(issue: Path) -> None:
    whole = bytearray(BRIEFTEST.read_bytes())
    place = whole.index(b"name")
    start = int.from_bytes(whole[place + 8 : place + 12], "big")
    for k in range(60):
        torn = whole.copy()
        torn[start + k] = 0xFF
        (issue / "fonts" / "torn.ttf").write_bytes(torn)
        assert load(issue, "BriefTest", "Fandol Fang").choices[0].face


def test_other_things_in_the_folder(issue: Path) -> None:
    (issue / "fonts" / "folder.ttf").mkdir()
    (issue / "fonts" / "README.txt").write_text("字体")
    os.mkfifo(issue / "fonts" / "pipe.ttf")
    (issue / "fonts" / "gone.ttf").symlink_to(issue / "nowhere")
    book = load(issue, "Fandol Fang")
    assert names(book) == ["unreadable-font", "unreadable-font"]


def test_bitmaps_alone_are_no_use(issue: Path) -> None:
    (issue / "fonts" / "dots.ttf").write_bytes(BRIEFTEST.read_bytes().replace(b"glyf", b"EBDT", 1))
    assert names(load(issue, "BriefTest", "Fandol Fang")) == ["font-without-outlines"]


# -- the report -----------------------------------------------------------------------------


def test_the_report_counts_what_a_face_lacks(issue: Path) -> None:
    put(issue / "fonts" / "few.ttf", renamed("Few"))
    book = load_fonts(
        FontRequest({ROLE: RoleRequest(("Few",), ("Noto Serif SC",))}, ("Noto Serif SC",)), issue
    )
    han, latin, fallback = book.report()
    face = Face(issue / "fonts" / "few.ttf")
    assert (han.role, han.script, han.wanted, han.family) == (ROLE, "han", ("Few",), "Few")
    assert (han.file, han.origin) == (face.path, ISSUE)
    assert ISSUE.zh == "本刊 fonts 文件夹"
    assert han.lacks >= sum(1 for char in gb2312_hanzi() if not face.glyph(char)) > 6000
    assert len(han.sample) == 20
    assert not any(face.glyph(char) for char in han.sample)
    assert han.missing == 0
    assert (latin.script, latin.lacks, latin.sample) == ("latin", 0, "")
    assert (fallback.role, fallback.script, fallback.lacks) == ("", "fallback", 0)


def test_the_report_of_a_role_without_a_face() -> None:
    row = load(None, "没有").report()[0]
    assert (row.family, row.file, row.origin) == ("", None, None)
    assert row.lacks > 6763
    assert row.missing == 0


def test_the_probe_is_gb2312() -> None:
    hanzi = gb2312_hanzi()
    assert len(hanzi) == len(set(hanzi)) == 6763
    assert (hanzi[0], hanzi[-1]) == ("啊", "齄")
