"""The faces of the themes in use: found, replaced by another, lacking; and the folders of fonts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from brieftex.diagnostics import InputError, Severity
from brieftex.doctor.checkup import Checkup, Health, Topic, good, tilde
from brieftex.fonts.index import FontIndex
from brieftex.fonts.load import load_fonts
from brieftex.fonts.locations import bundled_folder, system_folders
from brieftex.fonts.report import FontBook, Origin
from brieftex.fonts.sfnt import name_key
from brieftex.input.issue.file import ReadableError, read_issue
from brieftex.input.theme import load_theme
from brieftex.input.theme.locate import user_folder

_SCRIPTS = {"han": ("中文", "Han"), "latin": ("西文", "Latin"), "fallback": ("补字", "fallback")}
_ENDINGS = (".ttf", ".otf", ".ttc", ".otc")


def themes_in_use(issues: Sequence[Path]) -> dict[tuple[str, Path], Path]:
    """The themes of these issues, by name and folder, each with an issue that uses it; the usual
    one where there are no issues. What cannot be read is for ``check`` to tell."""
    used: dict[tuple[str, Path], Path] = {}
    for path in issues:
        try:
            issue, _ = read_issue(path)
        except ReadableError as error:
            issue = error.issue
        except (InputError, OSError):
            continue
        used.setdefault((issue.theme, issue.folder), path)
    return used or {("briefing", Path()): Path()}


class _Faces(Struct, frozen=True):
    """The faces of a theme: those that play its roles, and those that stand for others, each in
    Chinese and in English. Many themes have the same."""

    found: tuple[str, str]
    replaced: tuple[str, str]


def look_at_fonts(issues: Sequence[Path]) -> Iterator[Checkup]:
    """What the themes of these issues are set with."""
    folders: dict[Path, None] = {}
    alike: dict[_Faces, list[str]] = {}
    told: dict[Checkup, None] = {}
    for name, folder in themes_in_use(issues):
        folders[folder] = None
        try:
            theme = load_theme(name, folder)
        except InputError as error:
            finding = error.findings[0]
            told[Checkup(
                Topic.FONTS, Health.BAD,
                (f"主题 {name}：{finding.message()}", f"theme {name}: {finding.message('en')}"),
                ("改正主题文件，或换一个主题", "mend the theme, or take another"),
            )] = None  # fmt: skip
            continue
        book = load_fonts(theme.fonts, folder)
        alike.setdefault(_faces(book), []).append(name)
        told |= dict.fromkeys(_faults(name, book))
    yield from told
    for faces, names in alike.items():
        listed = "、".join(names), ", ".join(names)
        zh, en = (f"主题 {listed[0]}：", f"theme {listed[1]}: ")
        yield good(Topic.FONTS, f"{zh}{faces.found[0]}", f"{en}{faces.found[1]}")
        if faces.replaced[0]:
            yield Checkup(
                Topic.FONTS, Health.LIMITED,
                (f"{zh}{faces.replaced[0]}", f"{en}{faces.replaced[1]}"),
                ("不必处理；单位买有这些字体时装上，或放进 fonts 文件夹，就会用上",
                 "nothing to do; where the office has these faces, installing them is enough"),
            )  # fmt: skip
    for folder in folders:
        yield from _own_folder(folder / "fonts")
    yield from _folders()


def _faces(book: FontBook) -> _Faces:
    chosen: dict[tuple[str, str], None] = {}
    instead: dict[tuple[str, str], None] = {}
    for choice in book.choices:
        if choice.face is None:
            continue
        zh, en = _use(choice.role, choice.script)
        chosen[f"{zh} {choice.family}", f"{en} {choice.family}"] = None
        # A theme names the face of type foundries first, ours last.
        ours = choice.origin is Origin.BUNDLED and name_key(choice.wanted[0]) not in (
            name_key(choice.family), *_bundled_names()
        )  # fmt: skip
        if ours and choice.script == "han":
            first, family = choice.wanted[0], choice.family
            instead[
                f"{choice.role} 用 {family} 代替 {first}", f"{choice.role} {family} for {first}"
            ] = None
    return _Faces(
        ("、".join(zh for zh, _ in chosen), ", ".join(en for _, en in chosen)),
        ("；".join(zh for zh, _ in instead), "; ".join(en for _, en in instead)),
    )


def _bundled_names() -> Iterator[str]:
    """The names of the bundled faces, as they are compared."""
    for file in FontIndex().files(bundled_folder()):
        for names in file.faces:
            yield from (*names.families, *names.exact)


def _use(role: str, script: str) -> tuple[str, str]:
    zh, en = _SCRIPTS[script]
    return f"{role}{zh}", f"{role} {en}".strip()


def _faults(name: str, book: FontBook) -> Iterator[Checkup]:
    """Roles without a face, characters that no face has, files that are of no use."""
    for choice, row in zip(book.choices, book.report(), strict=True):
        zh, en = _use(choice.role, choice.script)
        if choice.face is None:
            wanted = "、".join(choice.wanted)
            yield Checkup(
                Topic.FONTS, Health.BAD if choice.role else Health.LIMITED,
                (f"主题 {name} 的{zh}没有字体：{wanted}", f"theme {name}: no {en}: {wanted}"),
                ("装上其中一种，或放进简报旁边的 fonts 文件夹，或在主题里改用别的",
                 "install one, put it into the folder fonts beside the issue, or change the theme"),
            )  # fmt: skip
        elif row.missing:
            yield Checkup(
                Topic.FONTS, Health.LIMITED,
                (f"主题 {name} 的{zh}：常用字里有 {row.missing} 个哪种字体都没有",
                 f"theme {name}, {en}: no face has {row.missing} of the usual characters"),
                ("brieftex fonts 列出缺哪些字", "brieftex fonts lists them"),
            )  # fmt: skip
    for finding in (*book.findings, *book.confusions()):
        if finding.severity is not Severity.ERROR:
            yield Checkup(
                Topic.FONTS, Health.LIMITED, (finding.message(), finding.message("en")),
                (" ".join(finding.hints()), " ".join(finding.hints("en"))),
            )  # fmt: skip


def _own_folder(folder: Path) -> Iterator[Checkup]:
    """The folder of fonts beside an issue."""
    if not folder.is_dir():
        return
    try:
        files = [path for path in folder.iterdir() if path.suffix.lower() in _ENDINGS]
        others = sum(path.is_file() for path in folder.iterdir()) - len(files)
    except OSError as error:
        yield Checkup(
            Topic.FONTS, Health.BAD,
            (f"{tilde(folder)} 不能读：{error.strerror}", f"{tilde(folder)}: {error.strerror}"),
            ("检查文件夹的权限", "look at its permissions"),
        )  # fmt: skip
        return
    shown = tilde(folder)
    more = (f"，另有 {others} 个不是字体", f", and {others} others") if others else ("", "")
    yield good(Topic.FONTS, f"{shown}：{len(files)} 个字体文件{more[0]}",
               f"{shown}: {len(files)} font files{more[1]}")  # fmt: skip


def _folders() -> Iterator[Checkup]:
    """Where faces and themes are looked for."""
    bundled = bundled_folder()
    count = sum(path.suffix in _ENDINGS for path in bundled.iterdir()) if bundled.is_dir() else 0
    if not count:
        yield Checkup(
            Topic.FONTS, Health.BAD,
            (f"自带的字体不见了：{tilde(bundled)}", f"the bundled faces are gone: {bundled}"),
            ("重新安装 brieftex", "install brieftex again"),
        )  # fmt: skip
    there = [tilde(folder) for folder in system_folders() if folder.is_dir()]
    listed = "、".join(there) or "–"
    yield good(Topic.FONTS, f"自带 {count} 个字体文件；系统的字体文件夹：{listed}",
               f"{count} bundled font files; folders of the system: {listed}")  # fmt: skip
    themes = user_folder()
    if themes.is_dir():
        names = "、".join(sorted(path.stem for path in themes.glob("*.yaml"))) or "–"
        yield good(Topic.FONTS, f"自己的主题（{tilde(themes)}）：{names}",
                   f"themes of your own ({tilde(themes)}): {names}")  # fmt: skip
