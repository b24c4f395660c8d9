"""What a command loads: help no more than it prints, a build the rooms that its issue needs."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from brieftex.compiled import unpacked_codes
from brieftex.standins import stand_ins

PLAIN = """\
brieftex: 1
masthead: {name: 简报}
sections:
  - title: 动态
    items:
      - {title: 消息, body: 全县召开会议，部署秋季工作。}
"""
LIBRARIES = {
    "PIL", "click", "fontTools", "markdown_it", "msgspec", "pypdf", "pypdfium2", "pyphen",
    "reportlab", "resvg_py", "uharfbuzz", "watchdog", "websockets", "yaml",
}  # fmt: skip
ROOMS_OF_A_BUILD = {
    "batch", "checks", "checks.engine", "checks.rules", "cli", "compose", "diagnostics",
    "diagnostics.messages", "document", "fonts", "input", "input.fields", "input.issue",
    "input.markdown", "input.theme", "input.yaml", "layout", "layout.blocks", "layout.lines",
    "layout.pages", "model", "pdf", "pdf.read", "pdf.write", "styled", "text",
}  # fmt: skip
"""No ``input.svg``, ``layout.charts``, ``copyfit``, ``preview``: the issue has nothing for them."""


def loaded(*arguments: str) -> set[str]:
    """The modules that a command has loaded when it ends."""
    code = "import sys; from brieftex.cli import run; run(sys.argv[1:]); print(*sys.modules)"
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


LOADED_BY_HELP = {
    "schema": set[str](),
    "new": {"core", "errors", "offsets", "render"},
    "build": {"core", "errors", "offsets", "reasons", "render"},
}
"""The modules of ``diagnostics`` behind the options and the messages of a command."""


@pytest.mark.parametrize("command", LOADED_BY_HELP)
def test_help_loads_what_it_prints(command: str) -> None:
    """Ensures that nothing of the compiler comes in by way of an option or a message."""
    modules = loaded(command, "--help")
    assert modules & LIBRARIES - {"msgspec"} == {"click"}
    ours = {name.removeprefix("brieftex.") for name in modules if name.startswith("brieftex.")}
    said = {name.removeprefix("diagnostics.") for name in ours if name.startswith("diagnostics.")}
    assert said == LOADED_BY_HELP[command]
    # ``cli`` may have as many modules as it likes.
    rest = {name for name in ours if not name.startswith(("cli", "diagnostics"))}
    assert rest <= {"interruption", "names", "output", "patterns", "source"}


def test_a_build_loads_the_rooms_it_needs(tmp_path: Path) -> None:
    """Ensures that an issue without charts, drawings and bounds on its pages does not pay for
    them, and that one library does not bring in another unnoticed."""
    issue = tmp_path / "issue.yaml"
    issue.write_text(PLAIN, encoding="utf-8")
    modules = loaded("build", str(issue), "-o", str(tmp_path / "a.pdf"), "--bundled-fonts")
    assert {name.split(".")[0] for name in modules} & LIBRARIES == {
        "PIL", "click", "markdown_it", "msgspec", "reportlab", "uharfbuzz", "yaml",
    }  # fmt: skip
    ours = {name.removeprefix("brieftex.") for name in modules if name.startswith("brieftex.")}
    assert {name.rpartition(".")[0] for name in ours} - {""} == ROOMS_OF_A_BUILD
    # Parts of reportlab and Pillow that take long and are not used.
    assert modules & {"reportlab.pdfgen", "reportlab.graphics", "secrets"} == set()
    # Libraries name them, and there are no pictures.
    assert modules & {"PIL.Image", "pickle", "tempfile"} == set()
    # One file is set in this process; a theme that comes along is not read.
    assert modules & {"multiprocessing", "brieftex.input.theme.values"} == set()


def test_the_patterns_of_libraries_wait() -> None:
    """Ensures that no module imports PyYAML or markdown-it before the packages that make their
    patterns late: one of PyYAML's alone takes 4 ms."""
    code = (
        "import brieftex.pipeline, yaml.reader, yaml.resolver, markdown_it.common.html_re as html;"
        "rules = yaml.resolver.Resolver.yaml_implicit_resolvers['1'];"
        "found = [yaml.reader.Reader.NON_PRINTABLE, html.HTML_TAG_RE, rules[0][1]];"
        "print({type(pattern).__name__ for pattern in found})"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "{'_Late'}"


def test_interruptions_are_ours_before_anything_is_loaded() -> None:
    """What Python's ``signal`` loads took five times as long as all else before the handlers."""
    code = (
        "import sys; before = {*sys.modules};"
        "from brieftex.__main__ import end_on_signals; end_on_signals();"
        "print(*sorted({*sys.modules} - before - {*sys.builtin_module_names}))"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    ours = ["__future__", "brieftex", "brieftex.__main__", "brieftex.interruption"]
    assert done.stdout.split() == ours


def test_patterns_are_compiled_once(tmp_path: Path) -> None:
    """Ensures that a second process compiles none of ours, however Python scatters its sets, and
    that it makes the same."""
    issue, cache = tmp_path / "issue.yaml", tmp_path / "cache"
    issue.write_text(PLAIN.replace("全县", "“3月五日"), encoding="utf-8")
    made, files = [], []
    for seed in "12":
        environment = {**os.environ, "BRIEFTEX_CACHE": str(cache), "PYTHONHASHSEED": seed}
        command = [
            sys.executable,
            "-m",
            "brieftex",
            "build",
            str(issue),
            "--bundled-fonts",
            "-o",
            str(tmp_path / "a.pdf"),
        ]
        done = subprocess.run(command, capture_output=True, env=environment, check=True)
        made.append((done.stdout, done.stderr, (tmp_path / "a.pdf").read_bytes()))
        (file,) = cache.iterdir()
        files.append((file.stat().st_ino, file.read_bytes()))
    assert made[0] == made[1]
    assert files[0] == files[1]
    assert len(unpacked_codes(files[0][1])) > 40


def test_a_stand_in_gives_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches one that stays where others look for the module, that is in the way of it when it is
    needed, or that is loaded for nothing."""
    (tmp_path / "rack").mkdir()
    (tmp_path / "rack/__init__.py").touch()
    for name in ("rack/heavy", "odd"):
        (tmp_path / f"{name}.py").write_text("VALUE = 7\n", "utf-8")
    text = (
        "import odd\nfrom rack import heavy\n\ndef value():\n    return odd.VALUE + heavy.VALUE\n"
    )
    for name in ("one", "other"):
        (tmp_path / f"{name}.py").write_text(text, "utf-8")
    (tmp_path / "hasty.py").write_text("from odd import VALUE\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with stand_ins("rack.heavy", "odd"):
        one = import_module("one")
    assert not sys.modules.keys() & {"rack.heavy", "odd"}
    other = import_module("other")
    assert {"rack.heavy", "odd"} <= sys.modules.keys()
    assert other.odd is sys.modules["odd"] is not one.odd
    assert one.value() == other.value() == 14
    monkeypatch.delitem(sys.modules, "odd")
    with stand_ins("odd"):
        assert import_module("hasty").VALUE == 7
    with stand_ins("odd"):
        assert sys.modules["odd"].VALUE == 7
