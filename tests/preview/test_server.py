"""The server as other programs on the machine meet it, and the command line."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from helpers.fontfiles import put, renamed
from helpers.processes import COMMAND, run
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from .conftest import Watch

LIMIT = 30


def asked(
    watched: Watch, path: str, method: str = "GET", **headers: str
) -> tuple[int, http.client.HTTPMessage, bytes]:
    address = urlsplit(watched.address)
    connection = http.client.HTTPConnection("127.0.0.1", address.port or 0, timeout=LIMIT)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    found = answer.status, answer.headers, answer.read()
    connection.close()
    return found


@pytest.fixture
def watched(issue: Path, watch: Callable[..., Watch]) -> Watch:
    return watch(issue)


def test_requests(watched: Watch) -> None:
    address = urlsplit(watched.address)
    status, headers, data = asked(watched, address.path)
    assert status == 200
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert b"<!doctype html>" in data
    assert asked(watched, "/")[0] == 403
    assert asked(watched, "/wrong/")[0] == 403
    assert asked(watched, address.path + "../server.py")[0] == 404
    assert asked(watched, address.path, Host="evil.example")[0] == 403
    assert asked(watched, address.path, Host=f"localhost:{address.port}")[0] == 200
    try:
        assert asked(watched, address.path, "POST")[0] == 405
    except http.client.RemoteDisconnected:  # all that websockets before 17 says to it
        assert asked(watched, address.path)[0] == 200


def test_it_listens_on_this_machine_alone(watched: Watch) -> None:
    port = urlsplit(watched.address).port
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:  # nothing is sent: this asks for the address that others see
            probe.connect(("192.0.2.1", 9))
        except OSError:
            pytest.skip("no network here")
        outside = probe.getsockname()[0]
    if outside.startswith("127."):
        pytest.skip("no network here")
    with pytest.raises(OSError), socket.create_connection((outside, port), timeout=LIMIT):  # noqa: PT011
        pass


def test_the_socket(watched: Watch) -> None:
    address = urlsplit(watched.address)
    url = f"ws://{address.netloc}{address.path}socket"
    home = f"http://{address.netloc}"
    for origin in (None, "http://evil.example", f"http://evil.example:{address.port}", "null"):
        with pytest.raises(InvalidStatus), connect(url, origin=origin):  # type: ignore[arg-type]
            pass
    wrong = url.replace(address.path, "/wrong/")
    with pytest.raises(InvalidStatus), connect(wrong, origin=home):  # type: ignore[arg-type]
        pass
    with connect(url, origin=home, max_size=None) as window:  # type: ignore[arg-type]
        letter = json.loads(window.recv(LIMIT))
        assert letter["good"] is True
        assert len(letter["names"]) == 1
        assert set(letter["fresh"]) == set(letter["names"])
        # Nonsense gets no answer, and does no harm.
        for nonsense in ("", "{", "[]", '{"ask": "source", "page": 99, "x": 1, "y": 1}',
                         '{"ask": "source", "page": "1", "x": [], "y": null}', "[" * 900,
                         '{"ask": "place", "number": 1, "finding": -1}', "1e999",
                         '{"ask": "source", "page": 1, "x": 1e999, "y": 0}'):  # fmt: skip
            window.send(nonsense)
        window.send(b"\xff\x00")
        window.send('{"ask": "source", "page": 1, "x": 100, "y": 100}')
        assert json.loads(window.recv(LIMIT))["kind"] == "source"


def test_a_window_that_comes_later_gets_everything(
    long_issue: Path, watch: Callable[..., Watch]
) -> None:
    watched = watch(long_issue)
    address = urlsplit(watched.address)
    url, home = f"ws://{address.netloc}{address.path}socket", f"http://{address.netloc}"
    with connect(url, origin=home, max_size=None) as first:  # type: ignore[arg-type]
        whole = json.loads(first.recv(LIMIT))
        watched.save(watched.path.read_text("utf-8").replace("开头的一段话。", "龘龘龘。"))
        while True:
            change = json.loads(first.recv(LIMIT))
            if "龘" in json.dumps(change["fresh"], ensure_ascii=False):
                break
        assert 0 < len(change["fresh"]) < len(whole["fresh"])
        assert len(change["outlines"]) < 20
    with connect(url, origin=home, max_size=None) as second:  # type: ignore[arg-type]
        later = json.loads(second.recv(LIMIT))
    assert later["names"] == change["names"]
    assert set(later["outlines"]) == set(whole["outlines"]) | set(change["outlines"])


def test_ctrl_c(watched: Watch) -> None:
    status, said = watched.stop()
    assert status == 130
    assert "已中断" in said
    assert "Traceback" not in said


def test_patterns_are_kept(issue: Path, watch: Callable[..., Watch], tmp_path: Path) -> None:
    """Though a preview never ends as other commands do."""
    watched = watch(issue, BRIEFTEX_CACHE=str(tmp_path / "cache"))
    watched.line("已更新")
    watched.stop()
    assert list((tmp_path / "cache").glob("patterns-*"))


def test_the_terminal_tells_each_attempt(watched: Watch) -> None:
    good = watched.path.read_text(encoding="utf-8")
    watched.line(r"已更新：\d+ 页")
    watched.save(good.replace("number: 1", "number：1"))
    watched.line("issue.yaml:4:9: BT102")
    watched.line("1 个错误，版面没有更新")
    watched.save(good)
    watched.line(r"已更新：\d+ 页")


def test_half_written_files_are_waited_for(watched: Watch) -> None:
    """Ensures that an editor that empties the file before it writes shows no error."""
    good = watched.path.read_text(encoding="utf-8")
    watched.line("已更新")
    for _ in range(5):
        with watched.path.open("w", encoding="utf-8") as file:
            file.flush()
            file.write(good[:300])
            file.flush()
            file.write(good[300:])
    watched.path.unlink()
    watched.save(good.replace("number: 1", "number：1"))
    said = watched.until("版面没有更新")
    assert "BT102" in said
    assert said.count("个错误") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_an_issue_that_is_a_pipe_for_a_while(watched: Watch) -> None:
    """Ensures that the preview neither waits for the pipe nor gives up."""
    good = watched.path.read_text(encoding="utf-8")
    watched.line("已更新")
    watched.path.unlink()
    os.mkfifo(watched.path)
    assert "BT146" in watched.until("版面没有更新")
    watched.path.unlink()
    watched.save(good)
    watched.line(r"已更新：\d+ 页")


def test_a_font_that_is_overwritten_meanwhile(issue: Path, watch: Callable[..., Watch]) -> None:
    """Ensures that a copy over a font in use, torn while it lasts, ends neither the process nor
    the preview, and that the new font is taken when it is whole."""
    font = put(issue.parent / "fonts" / "x.ttf", renamed("试字"))
    whole = font.read_bytes()
    theme = "extends: briefing\nfonts:\n  roles:\n    body:\n      han: [试字, Fandol Fang]\n"
    issue.with_name("own.yaml").write_text(theme, "utf-8")
    text = issue.read_text("utf-8")
    issue.write_text(text.replace("brieftex: 1", "brieftex: 1\ntheme: own.yaml"), "utf-8")
    watched = watch(issue, fonts=())
    watched.line("已更新")
    for end in (0, 100, 3000, len(whole) // 2):
        font.write_bytes(whole[:end])  # the same file, not another in its place
        assert "BT431" in watched.until("已更新"), end
    font.write_bytes(whole)
    while "BT431" in watched.until("已更新"):
        pass  # it may have been looked at while it was torn


LIMITED = """\
import ctypes, os, sys
from watchdog.observers.polling import PollingObserver
PollingObserver.__init__.__kwdefaults__["timeout"] = 0.05
user, group = os.getuid(), os.getgid()
if ctypes.CDLL(None).unshare(0x10000000):  # CLONE_NEWUSER
    sys.exit("no limits may be set here")
limits = f"max_inotify_{sys.argv.pop(1)}"
for name, text in (
    ("self/setgroups", "deny"), ("self/uid_map", f"0 {user} 1"), ("self/gid_map", f"0 {group} 1"),
    ("sys/user/" + limits, "0"),
):
    with open("/proc/" + name, "w") as file:
        file.write(text)
"""
"""The beginning of a program that may watch nothing, since Linux grants each user so much. It looks
for itself twenty times a second, not once."""


@pytest.mark.skipif(sys.platform != "linux", reason="a limit of Linux")
def test_a_system_that_cannot_tell_of_changes_is_asked(
    issue: Path, watch: Callable[..., Watch]
) -> None:
    """That instances or folders to be watched are used up was said of the port, or not said while
    nothing was noticed any more."""
    if run("instances", program=LIMITED).returncode:
        pytest.skip("no limits may be set here")
    program = LIMITED + COMMAND
    both = [watch(issue, command=(of, "watch"), program=program) for of in ("instances", "watches")]
    for watched in both:
        watched.line("已更新")
    issue.write_text(issue.read_text("utf-8").replace("number: 1", "number：1"), "utf-8")
    for watched in both:
        watched.line("版面没有更新")


def test_without_its_libraries(issue: Path) -> None:
    program = f"import sys; sys.modules['websockets'] = None; {COMMAND}"
    result = run("watch", issue.name, program=program)
    assert result.returncode == 1
    assert "缺少 websockets" in result.stderr
    assert "-m pip install websockets watchdog" in result.stderr


def test_a_file_that_is_not_there(issue: Path) -> None:
    result = run("watch", "issu.yaml", cwd=issue.parent)
    assert result.returncode == 1
    assert "issu.yaml" in result.stderr
    assert run("watch", "--port", "70000", cwd=issue.parent).returncode == 2


def test_a_port_that_is_taken(issue: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = run("watch", "--no-open", "--port", str(port), cwd=issue.parent)
    assert result.returncode == 1
    assert f"无法使用端口 {port}" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_build_does_not_know_of_it(issue: Path) -> None:
    code = "from brieftex.cli import run; run(['build', 'issue.yaml'])"
    code += "; import sys; print(*sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=issue.parent, capture_output=True, text=True, check=True
    )
    loaded = set(result.stdout.split())
    assert "brieftex.pdf.write.draw" in loaded
    assert not {"websockets", "watchdog", "asyncio", "brieftex.preview"} & loaded
