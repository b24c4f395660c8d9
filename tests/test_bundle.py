"""The folder that ``scripts/bundle.py`` makes: it runs where there is no Python."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tomllib
import urllib.request
import zipfile
from importlib.util import module_from_spec, spec_from_file_location
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from urllib.parse import urlsplit

import pytest
from websockets.sync.client import connect

from brieftex.pipeline import typeset

ROOT = Path(__file__).parents[1]

posix = pytest.mark.skipif(sys.platform == "win32", reason="a folder of Linux and macOS")


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = spec_from_file_location("bundle", ROOT / "scripts/bundle.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle, in a folder with Chinese and blanks in its path."""
    made = Path(os.environ.get("BRIEFTEX_BUNDLE") or ROOT / "dist/brieftex")
    if not (made / "brieftex").is_file():
        pytest.skip("python scripts/bundle.py makes a bundle to be tested")
    there = tmp_path_factory.mktemp("用户 王 一") / "简报 程序"
    shutil.copytree(made, there, symlinks=True)
    return there


def alone(bundle: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """What the bundle does without any variable, in its sample's folder: no PATH, no HOME."""
    return subprocess.run(
        [bundle / "brieftex", *arguments],
        cwd=bundle / "样刊", env={}, capture_output=True, check=False,
    )  # fmt: skip


@posix
def test_it_builds_what_this_brieftex_builds(bundle: Path) -> None:
    """Ensures the same bytes, by one process and by two."""
    shutil.copy(bundle / "样刊/briefing.yaml", bundle / "样刊/第 2 期.yaml")
    done = alone(bundle, "build", "briefing.yaml", "第 2 期.yaml", "-j", "2", "--bundled-fonts")
    assert done.returncode == 0, done.stderr.decode()
    assert "out/第 2 期.pdf：" in done.stderr.decode()
    expected = typeset(bundle / "样刊/briefing.yaml", bundled_fonts=True).pdf
    for name in ("briefing", "第 2 期"):
        assert (bundle / f"样刊/out/{name}.pdf").read_bytes() == expected


@posix
def test_its_other_commands(bundle: Path) -> None:
    """Ensures that what is imported late, data and metadata of libraries are in it."""
    from brieftex.cli import _group  # noqa: PLC0415

    assert alone(bundle, "explain", "BT309").stdout.decode().startswith("BT309 ")
    assert alone(bundle, "check", "briefing.yaml").returncode == 0
    assert alone(bundle, "schema").stdout.startswith(b"{")
    for name in _group().summaries:
        assert alone(bundle, name, "--help").returncode == 0, name
    found = alone(bundle, "search", "简报", "--variants", "--in", ".")
    assert found.returncode in (0, 1), found.stderr.decode()
    report = alone(bundle, "doctor", "--report").stdout.decode()
    assert "× " not in report
    assert "打包的程序，自带 Python" in report
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = {
        re.split(r"[\[>]", one[0])[0] for one in extras["optional-dependencies"].values() if one
    }
    lacking = {name for name in names - {"distributed"} if f"没有 {name}" in report}
    assert lacking == set()


@posix
def test_its_preview(bundle: Path) -> None:
    """Ensures that the window and its pages come."""
    command = [bundle / "brieftex", "watch", "--no-open", "--bundled-fonts"]
    with subprocess.Popen(
        command, cwd=bundle / "样刊", env={}, stderr=subprocess.PIPE, encoding="utf-8"
    ) as watching:
        assert watching.stderr is not None
        address = watching.stderr.readline().partition("：")[2].strip()
        with urllib.request.urlopen(address) as page:
            assert b"<!doctype html>" in page.read()
        place = urlsplit(address)
        socket = f"ws://{place.netloc}{place.path}socket"
        with connect(socket, origin=f"http://{place.netloc}", max_size=None) as window:
            assert '"kind": "pages"' in str(window.recv())
        watching.send_signal(signal.SIGINT)
        watching.stderr.read()
    assert watching.returncode == 130


@posix
@pytest.mark.parametrize("name", ["简报 程序", "a$b`c\"d\\e%f'g"])
def test_the_entry_of_the_start_menu(script: ModuleType, tmp_path: Path, name: str) -> None:
    """Ensures that the entry written by the shell names the folder, whatever it is called, and
    that the specification reads it so."""
    folder = tmp_path / name
    folder.mkdir()
    (folder / "开始菜单.sh").write_text(script.menu_script(), encoding="utf-8")
    done = subprocess.run(
        ["sh", folder / "开始菜单.sh"],
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path / "家")},
        check=True, capture_output=True,
    )  # fmt: skip
    entry = tmp_path / "家/.local/share/applications/brieftex.desktop"
    assert done.stdout.decode().strip() == str(entry)
    text = entry.read_text(encoding="utf-8")
    assert text == script.desktop_entry(folder)
    values = dict(line.split("=", 1) for line in text.splitlines()[1:])
    assert unescaped(values["Path"]) == str(folder / "样刊")
    program, *arguments = called(values["Exec"])
    assert program.replace("%%", "%") == str(folder / "brieftex")
    assert arguments == ["watch", "%f"]


def unescaped(value: str) -> str:
    """A string as the Desktop Entry Specification 1.5 reads it, "Possible value types"."""
    return re.sub(r"\\(.)", lambda m: {"s": " ", "n": "\n", "t": "\t"}.get(m[1], m[1]), value)


def called(value: str) -> list[str]:
    """The arguments of an entry's Exec as the specification reads them, "The Exec key"."""
    found = re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', unescaped(value))
    return [re.sub(r"\\(.)", r"\1", inside) if inside else plain for inside, plain in found]


def test_what_an_elf_file_asks_for(script: ModuleType) -> None:
    data = b"\x7fELF..GLIBC_2.17\0GLIBC_2.28\0GLIBC_2.4\0"
    assert set(script.glibc_versions(data)) == {17, 28, 4}
    assert set(script.glibc_versions(data[1:])) == set()


def test_the_embeddable_python(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ensures the files around python.org's, and that pip is asked for libraries of that system."""
    archive = tmp_path / "python-3.13.9-embed-amd64.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("python.exe", b"MZ")
        packed.writestr("python313._pth", "python313.zip\n.\n#import site\n")
    calls: list[tuple[str, ...]] = []
    monkeypatch.setattr(script, "run", lambda *command: calls.append(tuple(map(str, command))))
    target = tmp_path / "dist/brieftex"
    script.with_embeddable(archive, tmp_path / "brieftex.whl", target)
    script.add_documents(target)
    script.add_windows_menu(target, embedded=True)
    place = (target / "python/python313._pth").read_text(encoding="utf-8")
    assert place.splitlines() == ["python313.zip", ".", "..\\libraries"]
    (call,) = calls
    for pair in (("--platform", "win_amd64"), ("--python-version", "3.13")):
        assert pair in pairwise(call)
    assert "-m brieftex %*" in (target / "brieftex.cmd").read_text(encoding="ascii")
    assert (target / "menu.ps1").read_bytes().startswith(b"\xef\xbb\xbf$here")
    assert {"docs", "licences", "样刊", "LICENSE"} <= {path.name for path in target.iterdir()}
    with pytest.raises(SystemExit):
        script.with_embeddable(tmp_path / "python.zip", tmp_path / "a.whl", target)
