"""What brieftex works with but does not contain: printers, mail servers, browsers."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import webbrowser
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from brieftex.delivery.smtp import LineCutError, MailRefusedError, MailServer, Postbox, meaning_of
from brieftex.diagnostics import InputError
from brieftex.diagnostics.reasons import reason_of
from brieftex.doctor.checkup import Checkup, Health, Topic, good

MAIL_PASSWORD = "BRIEFTEX_MAILPASSWORD"  # the name of a variable
_SECONDS = 10


def look_at_printer() -> Iterator[Checkup]:
    """The printers that CUPS knows; elsewhere a reader prints."""
    by_reader = ("打开 PDF 打印，选“实际大小”", "open the PDF and print it at its actual size")
    if shutil.which("lp") is None or shutil.which("lpstat") is None:
        yield Checkup(
            Topic.PRINTER, Health.LIMITED,
            ("没有 CUPS，brieftex print 只写文件，不能直接送打印机",
             "no CUPS: brieftex print writes files and hands none to a printer"),
            by_reader,
        )  # fmt: skip
        return
    printers = [line.split()[0] for line in _said("lpstat", "-e").splitlines() if line.strip()]
    if not printers:
        yield Checkup(
            Topic.PRINTER, Health.LIMITED, ("没有设打印机", "no printer is set up"),
            ("在系统设置里添加打印机，或者" + by_reader[0], "add one in the system's settings"),
        )  # fmt: skip
        return
    usual = _said("lpstat", "-d").rpartition(":")[2].strip()
    named = "、".join(printers)
    zh = f"打印机：{named}；默认 {usual or '没有设'}"
    yield good(Topic.PRINTER, zh, f"printers: {', '.join(printers)}; default {usual or 'none'}")
    for name in printers:
        state = _said("lpstat", "-p", name)
        if "disabled" in state or "停用" in state or "已禁用" in state:
            yield Checkup(
                Topic.PRINTER, Health.LIMITED,
                (f"{name} 停用了", f"{name} is disabled"),
                (f"运行 cupsenable {name}，或在系统设置里启用", f"run cupsenable {name}"),
            )  # fmt: skip


def _said(*command: str) -> str:
    """What a program prints; "" where it fails or takes too long."""
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=_SECONDS, check=False,
            env={**os.environ, "LC_ALL": "C.UTF-8"}, encoding="utf-8", errors="replace",
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout


def look_at_mail(folder: Path, server: MailServer | None) -> Iterator[Checkup]:
    """Password, list of readers, and the ``server``, if one is named; nothing is sent, and nobody
    logs in."""
    if MAIL_PASSWORD in os.environ:
        zh, en = f"变量 {MAIL_PASSWORD} 里有密码", f"{MAIL_PASSWORD} holds a password"
        yield good(Topic.MAIL, zh, en)
    elif find_spec("keyring") is not None:
        yield good(Topic.MAIL, "密码从系统的钥匙串或键盘来", "passwords: the keyring or typed")
    else:
        yield good(Topic.MAIL, "密码从键盘来", "the password is typed")
    yield from _readers(folder)
    if server is None:
        yield good(Topic.MAIL, "没有试邮件服务器；写 --server 主机 就试",
                   "no server was tried; --server HOST does")  # fmt: skip
    else:
        yield _server(server)


def _readers(folder: Path) -> Iterator[Checkup]:
    from brieftex.delivery.readers import read_readers  # seldom there  # noqa: PLC0415

    for name in ("readers.csv", "readers.yaml"):
        path = folder / name
        if not path.is_file():
            continue
        try:
            readers, found, _ = read_readers(path)
        except InputError as error:
            count = len(error.findings)
            yield Checkup(
                Topic.MAIL, Health.BAD,
                (f"读者名单 {name} 有 {count} 个问题", f"{name}: {count} findings"),
                (f"运行 brieftex readers check {name}", f"run brieftex readers check {name}"),
            )  # fmt: skip
            continue
        mailed = sum(reader.mailed for reader in readers)
        yield good(
            Topic.MAIL,
            f"读者名单 {name}：{len(readers)} 位，{mailed} 位收邮件，{len(found)} 个提醒",
            f"{name}: {len(readers)} readers, {mailed} by mail, {len(found)} warnings",
        )


def _server(server: MailServer) -> Checkup:
    """Whether a server answers, over an encrypted line whose certificate is good."""
    postbox = Postbox(server, None)
    where = f"{server.host}:{server.port}"
    try:
        largest = postbox.limit()
        postbox.close()
    except MailRefusedError as error:
        return Checkup(
            Topic.MAIL, Health.BAD,
            (f"邮件服务器 {where}：{error.text}", f"mail server {where}: {error.text}"),
            (meaning_of(error.code) or "内部的服务器用 --ca 给出单位的根证书；核对主机和端口",
             "check host and port; --ca adds certificates of your own"),
        )  # fmt: skip
    except LineCutError as error:
        return Checkup(
            Topic.MAIL, Health.BAD,
            (f"邮件服务器 {where} 连不上：{error}", f"mail server {where}: {error}"),
            ("核对主机和端口：465 不加 --starttls，587 加；或者防火墙不让连",
             "check host and port: 465 without --starttls, 587 with it; or a firewall"),
        )  # fmt: skip
    size = (f"，一封最大 {largest // 1_000_000} MB", f", {largest // 1_000_000} MB at most")
    zh, en = size if largest else ("", "")
    return good(Topic.MAIL, f"邮件服务器 {where} 可以用，证书没问题{zh}",
                f"mail server {where} answers, its certificate is good{en}")  # fmt: skip


def look_at_preview() -> Iterator[Checkup]:
    """Whether ``brieftex watch`` can be reached by a browser of this machine."""
    missing = [name for name in ("websockets", "watchdog") if find_spec(name) is None]
    if missing:
        names = "、".join(missing)
        yield Checkup(
            Topic.PREVIEW, Health.BAD, (f"缺少 {names}", f"missing: {', '.join(missing)}"),
            ("重新安装 brieftex", "install brieftex again"),
        )  # fmt: skip
        return
    try:
        with socket.socket() as door:
            door.bind(("127.0.0.1", 0))
            door.listen()
    except OSError as error:
        why, why_en = reason_of(error)
        yield Checkup(
            Topic.PREVIEW, Health.BAD,
            (f"不能在 127.0.0.1 上开端口：{why}", f"no port on 127.0.0.1: {why_en}"),
            ("请管理员让安全软件放行本机连接", "let security software allow local connections"),
        )  # fmt: skip
        return
    screen = sys.platform in ("win32", "darwin") or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )
    if not screen or not _browser():
        yield Checkup(
            Topic.PREVIEW, Health.LIMITED,
            ("没有找到可以打开的浏览器", "no browser was found that could be opened"),
            ("运行 brieftex watch 后，把显示的网址粘贴到浏览器里",
             "open the address that brieftex watch shows"),
        )  # fmt: skip
    else:
        yield good(Topic.PREVIEW, "预览可以用，有浏览器", "the preview works, there is a browser")
    watches = Path("/proc/sys/fs/inotify/max_user_watches")
    try:
        most = int(watches.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return
    if most < 1000:
        yield Checkup(
            Topic.PREVIEW, Health.LIMITED,
            (f"系统只许监视 {most} 个文件夹", f"the system lets {most} folders be watched"),
            ("请管理员调大 fs.inotify.max_user_watches", "raise fs.inotify.max_user_watches"),
        )  # fmt: skip


def _browser() -> str:
    try:
        return type(webbrowser.get()).__name__
    except webbrowser.Error:
        return ""
