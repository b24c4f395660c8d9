"""Makes a folder that runs without Python on the system it is made on.

    python scripts/bundle.py [--output dist]
    python scripts/bundle.py --embeddable python-3.13.9-embed-amd64.zip

The first is for the system that it runs on, made by PyInstaller, as a folder (onedir): a file that
unpacks itself at each start would be slow, and virus scanners take it for what they look for. The
second is for Windows and can be made on any system: python.org's embeddable Python,
whose programs are signed, with brieftex and its libraries beside it. Both have the documents, a
sample and an entry for the start menu. The wheel of brieftex is made first and goes into an
environment of its own, so that nothing of a developer's gets in.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import venv
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]

EXTRAS = "collect,mail,password,png,search,word"
"""What an office may come to need; a cluster it has elsewhere."""

SHARED = Path("/opt/brieftex")
"""Where the folder lies if it is for all users of a machine."""

SAMPLE = "样刊"
APPLICATION = "brieftex"

_LAUNCHER = """\
import multiprocessing

from brieftex.__main__ import start

if __name__ == "__main__":
    multiprocessing.freeze_support()
    start()
"""

_GLIBC = re.compile(rb"GLIBC_2\.(\d+)")


def main(arguments: Sequence[str]) -> None:
    """Make the folder, and a file of it to hand on."""
    parser = argparse.ArgumentParser(description="a folder that runs without Python")
    parser.add_argument("--output", type=Path, default=ROOT / "dist")
    parser.add_argument("--embeddable", type=Path, metavar="ZIP")
    options = parser.parse_args(arguments)
    target = options.output / APPLICATION
    with tempfile.TemporaryDirectory() as work:
        wheel = make_wheel(Path(work))
        if options.embeddable:
            with_embeddable(options.embeddable, wheel, target)
        else:
            with_pyinstaller(wheel, target, Path(work))
    add_documents(target)
    if options.embeddable or os.name == "nt":
        add_windows_menu(target, embedded=options.embeddable is not None)
    else:
        add_linux_menu(target)
    packed = pack(target, windows=bool(options.embeddable) or os.name == "nt")
    size = sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
    print(f"{target}: {size / 1e6:.0f} MB; {packed.name}: {packed.stat().st_size / 1e6:.0f} MB")
    if not options.embeddable and platform.system() == "Linux":
        least, by = needed_glibc(target)
        print(f"needs glibc 2.{least} or later, because of {by}")


def run(*command: str | Path) -> None:
    """Run a program, in silence unless it fails."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")


def make_wheel(work: Path) -> Path:
    """The wheel of brieftex, in which the faces are part of the package."""
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check")
    run(*pip, "wheel", "--quiet", "--no-deps", "--wheel-dir", work, ROOT)
    return next(work.glob("*.whl"))


def with_pyinstaller(wheel: Path, target: Path, work: Path) -> None:
    """PyInstaller's folder, made in an environment that has no more than brieftex needs."""
    venv.create(work / "venv", with_pip=True)
    python = work / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pip = (python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    limits = ("--constraint", ROOT / "constraints.txt")
    run(*pip, *limits, f"{wheel}[{EXTRAS}]")
    run(*pip, *limits, "pyinstaller")
    launcher = work / "launch.py"
    launcher.write_text(_LAUNCHER, encoding="utf-8")
    run(
        python, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN",
        "--onedir", "--console", "--name", APPLICATION,
        "--distpath", work / "dist", "--workpath", work / "build", "--specpath", work,
        "--collect-all", "brieftex", "--recursive-copy-metadata", "brieftex",
        *(f"--copy-metadata={name}" for name in libraries_of(EXTRAS.split(","))),
        "--collect-data", "pyphen", "--collect-all", "resvg_py", "--collect-data", "docx",
        launcher,
    )  # fmt: skip
    shutil.rmtree(target, ignore_errors=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(work / "dist" / APPLICATION, target, symlinks=True)


def libraries_of(extras: Sequence[str]) -> list[str]:
    """The names of the libraries that extras ask for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [one for extra in extras for one in project["optional-dependencies"][extra]]
    return [re.split(r"[\[<>=!~ ;]", one)[0] for one in wanted]


def with_embeddable(archive: Path, wheel: Path, target: Path) -> None:
    """python.org's embeddable Python for Windows, the libraries beside it."""
    found = re.fullmatch(r"python-3\.(\d+)\.\d+-embed-(amd64|win32|arm64)\.zip", archive.name)
    if found is None:
        sys.exit(f"{archive.name} is no embeddable Python of python.org")
    minor, kind = found.groups()
    tag = {"amd64": "win_amd64", "win32": "win32", "arm64": "win_arm64"}[kind]
    shutil.rmtree(target, ignore_errors=True)
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(target / "python")
    # The file tells where modules are; nothing else is looked at, so that a Python that is
    # installed beside it does no harm (docs.python.org, "Finding modules", ._pth files).
    place = target / "python" / f"python3{minor}._pth"
    place.write_text(f"python3{minor}.zip\r\n.\r\n..\\libraries\r\n", encoding="utf-8")
    run(
        sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet",
        "--constraint", ROOT / "constraints.txt", "--target", target / "libraries",
        "--platform", tag, "--python-version", f"3.{minor}", "--implementation", "cp",
        "--only-binary=:all:", f"{wheel}[{EXTRAS}]",
    )  # fmt: skip
    shutil.rmtree(target / "libraries" / "bin", ignore_errors=True)
    start = "@echo off\r\nchcp 65001 >nul\r\n"
    start += '"%~dp0python\\python.exe" -X utf8 -m brieftex %*\r\n'
    (target / "brieftex.cmd").write_text(start, encoding="ascii")


def add_documents(target: Path) -> None:
    """The documents, the licences and a sample to build."""
    for name in ("README.md", "README.zh-CN.md", "CHANGELOG.md", "LICENSE"):
        shutil.copy(ROOT / name, target / name)
    shutil.copytree(ROOT / "docs", target / "docs", dirs_exist_ok=True)
    licences = target / "licences"
    licences.mkdir(exist_ok=True)
    for path in (*ROOT.glob("fonts/*-*.txt"), *ROOT.glob("src/brieftex/words/MIT-*.txt")):
        if path.name.startswith(("GPL", "OFL", "MIT")):
            shutil.copy(path, licences / path.name)
    sample = target / SAMPLE
    sample.mkdir(exist_ok=True)
    shutil.copy(ROOT / "briefing.yaml", sample / "briefing.yaml")
    shutil.copytree(ROOT / "images", sample / "images", dirs_exist_ok=True)
    shutil.copy(ROOT / "src/brieftex/preview/page/icon.svg", target / "brieftex.svg")


def desktop_entry(folder: Path) -> str:
    """The entry of a start menu (Desktop Entry Specification 1.5): it shows the sample, or the
    file that it is opened with."""
    program = quoted(str(folder / APPLICATION))
    lines = (
        "[Desktop Entry]",
        "Type=Application",
        "Name=brieftex preview",
        "Name[zh_CN]=简报预览（brieftex）",
        "Comment=Sets a Chinese briefing as PDF, and shows it while it is written",
        "Comment[zh_CN]=边写边看，排成 PDF",
        f"Exec={program} watch %f",
        f"Path={escaped(str(folder / SAMPLE))}",
        f"Icon={escaped(str(folder / 'brieftex.svg'))}",
        "Terminal=true",
        "Categories=Office;Publishing;",
        "MimeType=application/yaml;application/x-yaml;text/yaml;text/x-yaml;",
    )
    return "".join(f"{line}\n" for line in lines)


def escaped(text: str) -> str:
    """A value of type string."""
    return text.replace("\\", "\\\\")


def quoted(argument: str) -> str:
    """An argument of ``Exec``: in quotation marks, with what is special in them and in values."""
    inner = re.sub(r'(["`$\\])', r"\\\1", argument).replace("%", "%%")
    return escaped(f'"{inner}"')


def add_linux_menu(target: Path) -> None:
    """The entry for all users, and a script that writes it for the place where the folder lies."""
    entry = desktop_entry(SHARED)
    (target / "brieftex.desktop").write_text(entry, encoding="utf-8")
    script = target / "开始菜单.sh"
    script.write_text(menu_script(), encoding="utf-8")
    script.chmod(0o755)


def menu_script() -> str:
    """A script of the POSIX shell that writes the entry of the folder in which it lies."""
    mark = "/@FOLDER@"
    entry = desktop_entry(Path(mark)).replace("$", "\\$")
    # In Exec the path is within quotation marks, in the other values it is not.
    entry = entry.replace(f'"{mark}/', '"$exec/').replace(f"={mark}/", "=$value/")
    return f"""\
#!/bin/sh
# 把 brieftex 放进开始菜单，也能用它打开 .yaml 文件；挪动文件夹后再运行一次。
# Puts brieftex into the start menu; run it again when the folder has moved.
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd -P) || exit 1
value=$(printf %s "$here" | sed 's/\\\\/\\\\\\\\/g')
exec=$(printf %s "$here" | sed 's/["`$\\\\]/\\\\&/g; s/%/%%/g; s/\\\\/\\\\\\\\/g')
menu=${{XDG_DATA_HOME:-$HOME/.local/share}}/applications
mkdir -p -- "$menu" || exit 1
cat > "$menu/brieftex.desktop" <<END || exit 1
{entry}END
echo "$menu/brieftex.desktop"
"""


def add_windows_menu(target: Path, *, embedded: bool) -> None:
    """A script that puts an entry into the start menu; the system keeps such entries in files
    that only it can write."""
    program = "brieftex.cmd" if embedded else "brieftex.exe"
    lines = (
        "$here = Split-Path -Parent $MyInvocation.MyCommand.Path",
        "$menu = [Environment]::GetFolderPath('Programs')",
        "$shell = New-Object -ComObject WScript.Shell",
        "$entry = $shell.CreateShortcut((Join-Path $menu 'brieftex.lnk'))",
        f"$entry.TargetPath = Join-Path $here '{program}'",
        "$entry.Arguments = 'watch'",
        f"$entry.WorkingDirectory = Join-Path $here '{SAMPLE}'",
        "$entry.Save()",
    )
    # With a mark, without which Windows PowerShell 5.1 reads it in the code page of the system.
    text = "".join(f"{line}\r\n" for line in lines)
    (target / "menu.ps1").write_text(text, encoding="utf-8-sig")
    call = '@powershell -NoProfile -ExecutionPolicy Bypass -File "%~dp0menu.ps1"\r\n'
    (target / "menu.cmd").write_text(call, encoding="ascii")


def pack(target: Path, *, windows: bool) -> Path:
    """One file of the folder: zip for Windows; tar elsewhere, which keeps what may be run."""
    version = re.search(r'__version__ = "(.+)"', (ROOT / "src/brieftex/__init__.py").read_text())
    assert version is not None
    system = "windows" if windows else platform.system().lower()
    machine = "" if windows else f"-{platform.machine()}"
    name = target.parent / f"{APPLICATION}-{version[1]}-{system}{machine}"
    if windows:
        return Path(shutil.make_archive(str(name), "zip", target.parent, target.name))
    packed = name.with_name(f"{name.name}.tar.gz")
    with tarfile.open(packed, "w:gz") as archive:
        archive.add(target, target.name)
    return packed


def needed_glibc(folder: Path) -> tuple[int, str]:
    """The newest version 2.n of glibc that a program or library of the folder asks for, and its
    name."""
    found = [(0, "")]
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            found.extend((n, path.name) for n in glibc_versions(path.read_bytes()))
    return max(found)


def glibc_versions(data: bytes) -> Iterator[int]:
    """The versions that an ELF file names."""
    if data.startswith(b"\x7fELF"):
        yield from {int(match[1]) for match in _GLIBC.finditer(data)}


if __name__ == "__main__":
    main(sys.argv[1:])
