"""Who is let in."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from brieftex.preview.guard import FILES, Guard

HOST = ["127.0.0.1:8000"]


@pytest.fixture
def guard() -> Guard:
    return Guard(8000, lambda name: ("image/png", b"P") if name == "known" else None, "key")


def status(guard: Guard, path: str, hosts: list[str] | None = None) -> HTTPStatus | None:
    reply = guard.reply(path, HOST if hosts is None else hosts)
    return reply.status if reply else None


def test_what_there_is(guard: Guard) -> None:
    for name in ("", *FILES, "picture/known"):
        reply = guard.reply(f"/key/{name}", HOST)
        assert reply is not None
        assert reply.status == HTTPStatus.OK
        assert reply.data
    assert status(guard, "/key/socket") is None
    assert {"index.html", "main.js", "preview.css"} <= FILES


@pytest.mark.parametrize(
    "path",
    ["/", "/key2/", "/ke/", "", "//key/", "/../key/", "/KEY/", "/socket", "/key%20/", "/\u00e9/"],
)
def test_without_the_key(guard: Guard, path: str) -> None:
    assert status(guard, path) == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize(
    "name",
    ["../server.py", "%2e%2e/server.py", "/etc/passwd", "picture/../index.html", "picture/other",
     "socket/", "index.html/", "none", "..", "__init__.py"],
)  # fmt: skip
def test_nothing_else(guard: Guard, name: str) -> None:
    assert status(guard, f"/key/{name}") == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    "hosts",
    [[], ["evil.example:8000"], ["127.0.0.1"], ["127.0.0.1:80"], ["127.0.0.1:8000.evil.example"],
     ["evil.example", "127.0.0.1:8000"], [""]],
)  # fmt: skip
def test_names_that_are_not_ours(guard: Guard, hosts: list[str]) -> None:
    """Ensures that a foreign name for this address, as DNS rebinding gives it, gets nothing."""
    assert status(guard, "/key/", hosts) == HTTPStatus.FORBIDDEN
    assert status(guard, "/key/socket", hosts) == HTTPStatus.FORBIDDEN


def test_localhost_is_ours(guard: Guard) -> None:
    assert status(guard, "/key/", ["localhost:8000"]) == HTTPStatus.OK


def test_the_page_may_load_nothing_from_elsewhere(guard: Guard) -> None:
    reply = guard.reply("/key/", HOST)
    assert reply is not None
    policy = reply.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy


def test_every_start_has_another_key() -> None:
    keys = {Guard(1, lambda _: None).key for _ in range(3)}
    assert len(keys) == 3
    assert min(map(len, keys)) >= 20
