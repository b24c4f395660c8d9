"""The program itself: its version, its Python, the libraries that it needs and may have."""

from __future__ import annotations

import os
import platform
import re
import shlex
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from pathlib import Path

from brieftex import __version__
from brieftex.doctor.checkup import Checkup, Health, Topic, good, tilde
from brieftex.patterns import late

EXTRAS = {
    "collect": ("按拼音排合订本的索引", "the index of a yearbook by pinyin"),
    "password": ("加密 PDF", "encrypted PDF files"),
    "search": ("简繁体一起查找", "search in simplified and traditional characters"),
    "mail": ("从钥匙串取邮箱密码", "the mail password from a keyring"),
    "png": ("把页面存成图片", "pages as pictures"),
    "word": ("读入 Word 稿件", "documents of Word"),
    "dask": ("在几台机器上排版", "building on several machines"),
}
"""What the extras are for."""

_REQUIREMENT = late(r"([\w.-]+)(?:\[([\w,]+)\])?(?:>=([\d.]+))?(?:.*extra == ['\"](\w+)['\"])?")

_SECRET = late(r"PASSWORD|PASSWD|SECRET|TOKEN|KEY", re.IGNORECASE)


def look_at_program() -> Iterator[Checkup]:
    """What brieftex and its libraries are like."""
    bundle = getattr(sys, "frozen", False)
    where = tilde(Path(sys.executable).parent if bundle else Path(__file__).parents[1])
    yield good(Topic.PROGRAM, f"brieftex {__version__}，在 {where}",
               f"brieftex {__version__} in {where}")  # fmt: skip
    kind = ("打包的程序，自带 ", "bundled with") if bundle else ("", "")
    machine = f"{platform.system()} {platform.release()} {platform.machine()}".strip()
    glibc = " ".join(platform.libc_ver()).strip()
    system = ", ".join(filter(None, (machine, glibc)))
    yield good(Topic.PROGRAM, f"{kind[0]}Python {platform.python_version()}；{system}",
               f"{kind[1]} Python {platform.python_version()}; {system}".strip())  # fmt: skip
    yield from _libraries(bundle=bundle)
    yield from _variables()


def _libraries(*, bundle: bool) -> Iterator[Checkup]:
    pip = f"{shlex.quote(tilde(sys.executable))} -m pip install"
    lacking: dict[str, list[str]] = {}
    told: dict[str, None] = {}
    for name, inner, least, extra in _requirements("brieftex"):
        have = _version(name)
        if extra and inner and (more := list(_lacking(name, inner))):
            lacking.setdefault(extra, []).extend(more)
            continue
        if have and not _is_older(have, least or "0"):
            told[f"{name} {have}"] = None
            continue
        if extra:
            lacking.setdefault(extra, []).append(name)
            continue
        there = f"{name} {have or '没有装'}", f"{name} {have or 'is missing'}"
        advice = f'{pip} "{name}>={least}"'
        yield Checkup(
            Topic.PROGRAM, Health.BAD,
            (f"{there[0]}，要 {least} 以上", f"{there[1]}, {least} or later is needed"),
            (f"运行 {advice}", f"run {advice}"),
        )  # fmt: skip
    if told:
        yield good(Topic.PROGRAM, f"程序库：{'、'.join(told)}", f"libraries: {', '.join(told)}")
    for extra, names in lacking.items():
        if extra in EXTRAS:
            zh, en = EXTRAS[extra]
            run = f'{pip} "brieftex[{extra}]"'
            advice_ = (f"要用时运行 {run}", f"if you need it: {run}")
            if bundle:
                advice_ = ("打包的程序里没有这一项", "the bundle does without")
            yield Checkup(
                Topic.PROGRAM, Health.LIMITED,
                (f"{zh}：没有 {'、'.join(names)}", f"{en}: no {', '.join(names)}"), advice_,
            )  # fmt: skip


def _requirements(library: str) -> Iterator[tuple[str, str | None, str | None, str | None]]:
    """What a library requires: a name, extras of that, the least version, the extra that asks."""
    try:
        wanted = requires(library) or []
    except PackageNotFoundError:
        return
    for line in wanted:
        if (found := _REQUIREMENT.match(line)) is not None:
            yield found[1], found[2], found[3], found[4]


def _lacking(library: str, extra: str) -> Iterator[str]:
    """What an extra of a library asks for and is not there."""
    for name, _, _, asking in _requirements(library):
        # A bundle has libraries whose metadata it has not.
        if asking == extra and not _version(name) and not find_spec(name):
            yield name


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _is_older(have: str, least: str) -> bool:
    return _numbers(have) < _numbers(least)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text.split("+", maxsplit=1)[0])[:3])


def _variables() -> Iterator[Checkup]:
    """The variables that change what brieftex does; of secrets only that they are set."""
    names = sorted(
        name
        for name in os.environ
        if name.startswith("BRIEFTEX_") or name in ("SOURCE_DATE_EPOCH", "NO_COLOR")
    )
    shown = [f"{name}={'…' if _SECRET.search(name) else tilde(os.environ[name])}" for name in names]
    if shown:
        listed = "、".join(shown)
        yield good(Topic.PROGRAM, f"环境变量：{listed}", f"variables: {listed}")
    encoding = getattr(sys.stderr, "encoding", None) or "?"
    try:
        "简报".encode(encoding)
    except (UnicodeError, LookupError):
        yield Checkup(
            Topic.PROGRAM, Health.LIMITED,
            (f"终端的编码 {encoding} 显示不了中文", f"a terminal in {encoding} shows no Chinese"),
            ("Windows 运行 chcp 65001；Linux 设 LANG=zh_CN.UTF-8", "use a terminal in UTF-8"),
        )  # fmt: skip
