"""Who may come in: requests of this machine's browser that know the key, for files we have.

The server listens on 127.0.0.1 alone. That keeps other machines out, not the other pages in
the user's browser: a page elsewhere may send requests here, and may give its own name our
address (DNS rebinding). So every address begins with a key that is made anew each time, the
name that was called must be ours, and a socket must come from our own page.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Mapping
from http import HTTPStatus
from pathlib import Path

from msgspec import Struct, field

HOST = "127.0.0.1"
SOCKET = "socket"

_PAGE = Path(__file__).parent / "page"
_KINDS = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}

_RULES = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_SOURCES = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self' {sockets}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class Reply(Struct, frozen=True):
    """An answer to a request for a file."""

    status: HTTPStatus
    kind: str
    data: bytes
    headers: Mapping[str, str]


class Guard(Struct, frozen=True):
    """``port`` is the server's; ``picture`` gives the kind and bytes of a picture by name."""

    port: int
    picture: Callable[[str], tuple[str, bytes] | None]
    key: str = field(default_factory=lambda: secrets.token_urlsafe(16))

    @property
    def address(self) -> str:
        """What to open in the browser."""
        return f"http://{HOST}:{self.port}/{self.key}/"

    @property
    def origins(self) -> list[str]:
        """The pages that may open a socket."""
        return [f"http://{name}:{self.port}" for name in (HOST, "localhost")]

    def reply(self, path: str, hosts: list[str], method: str = "GET") -> Reply | None:
        """The answer to a request for ``path`` that called us by ``hosts``; None: it is for
        the socket, and may go on."""
        if len(hosts) != 1 or f"http://{hosts[0].lower()}" not in self.origins:
            return self._refusal(HTTPStatus.FORBIDDEN, "这个地址不是预览的地址。")
        key, _, name = path.partition("?")[0].removeprefix("/").partition("/")
        if not hmac.compare_digest(key.encode(), self.key.encode()):
            return self._refusal(
                HTTPStatus.FORBIDDEN,
                "请用 brieftex watch 显示的完整网址打开预览；重新启动后，旧网址不再有效。",
            )
        if method != "GET":
            return self._refusal(HTTPStatus.METHOD_NOT_ALLOWED, "这里只能读取。")
        return None if name == SOCKET else self._file(name or "index.html")

    def _file(self, name: str) -> Reply:
        if name.startswith("picture/"):
            found = self.picture(name.removeprefix("picture/"))
            if found is not None:
                return self._answer(HTTPStatus.OK, *found)
        elif name in FILES:
            path = _PAGE / name
            kind = _KINDS[path.suffix]
            return self._answer(HTTPStatus.OK, f"{kind}; charset=utf-8", path.read_bytes())
        return self._refusal(HTTPStatus.NOT_FOUND, "没有这个文件。")

    def _refusal(self, status: HTTPStatus, words: str) -> Reply:
        return self._answer(status, "text/plain; charset=utf-8", f"{words}\n".encode())

    def _answer(self, status: HTTPStatus, kind: str, data: bytes) -> Reply:
        sockets = " ".join(origin.replace("http:", "ws:") for origin in self.origins)
        policy = {"Content-Security-Policy": _SOURCES.format(sockets=sockets)}
        return Reply(status, kind, data, {**_RULES, **policy})


FILES = frozenset(path.name for path in _PAGE.iterdir())
"""What there is, by name: a path never leads anywhere else."""
