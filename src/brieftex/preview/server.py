"""Serves the preview. The only module that imports websockets.

One thread runs the event loop, another one sets the issue. Every window has a socket, over
which the changed pages come as soon as they are drawn.
"""

from __future__ import annotations

import asyncio
import gc
import json
import logging
from collections.abc import Callable
from itertools import islice

from msgspec import Struct
from websockets.asyncio.server import Server, ServerConnection, broadcast, serve
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.typing import Origin

from brieftex.preview.guard import HOST, Guard
from brieftex.preview.protocol import answer, pages_message
from brieftex.preview.session import Outcome, Session
from brieftex.preview.watching import Watching, comes

# A file is written in one go or closed at its end; whatever writes it piece by piece gets
# this long between two pieces, seconds.
_PIECE = 0.008

# An editor that empties a file before it fills it, or takes it away before it puts the new
# one in its place, is not to see an error for that: it has this long, seconds.
_GRACE = 0.15

_LONGEST_QUESTION = 1024


class PortError(OSError):
    """The port cannot be used."""


class Listeners(Struct, frozen=True):
    """Who hears what happens: ``opened`` the address, ``made`` each outcome."""

    opened: Callable[[str], None]
    made: Callable[[Outcome], None]


async def preview(session: Session, port: int, listeners: Listeners) -> None:
    """Serve until cancelled. ``port`` 0 takes a free one. Raises PortError when it is taken."""
    await _Preview(session, listeners).run(port)


class _Preview:
    """One preview; used once."""

    def __init__(self, session: Session, listeners: Listeners) -> None:
        self._session = session
        self._listeners = listeners
        self._outcome: Outcome | None = None
        self._sent_pages: dict[str, str] = {}
        self._outlines: dict[str, str] = {}
        self._windows: set[ServerConnection] = set()

    async def run(self, port: int) -> None:
        watching = Watching(self._session.path)
        try:
            try:
                served = await self._serve(port)
            except OSError as error:
                raise PortError(error.errno, error.strerror) from error
            async with served as server:
                taken = server.sockets[0].getsockname()[1]
                self._guard = Guard(taken, self._picture)
                self._origins[:] = map(Origin, self._guard.origins)
                self._listeners.opened(self._guard.address)
                watching.look(())
                await self._work(watching)
        finally:
            watching.close()

    async def _serve(self, port: int) -> Server:
        self._origins: list[Origin] = []
        logger = logging.getLogger("brieftex.preview")
        logger.addHandler(logging.NullHandler())
        logger.propagate = False
        return await serve(
            self._window,
            HOST,
            port,
            origins=self._origins,
            process_request=self._request,
            compression=None,  # it would take longer than the way
            max_size=_LONGEST_QUESTION,
            server_header=None,
            close_timeout=1,
            logger=logger,
        )

    def _picture(self, name: str) -> tuple[str, bytes] | None:
        found = self._session.pictures.by_name.get(name)
        return (found.kind, found.data) if found else None

    def _request(self, _: ServerConnection, request: Request) -> Response | None:
        # Versions of websockets before 17 refuse all but GET themselves, and tell no method.
        method = getattr(request, "method", "GET")
        reply = self._guard.reply(request.path, request.headers.get_all("Host"), method)
        if reply is None:
            return None
        headers = Headers(reply.headers)
        headers["Content-Type"] = reply.kind
        headers["Content-Length"] = str(len(reply.data))
        headers["Connection"] = "close"
        return Response(reply.status.value, reply.status.phrase, headers, reply.data)

    async def _window(self, window: ServerConnection) -> None:
        if self._outcome is not None:
            # In one go with the next line: no letter may come between.
            broadcast({window}, pages_message(self._outcome, self._outlines, {}))
        self._windows.add(window)
        try:
            async for question in window:
                reply = self._answer(question)
                if reply is not None:
                    await window.send(reply)
        except ConnectionClosed:
            pass
        finally:
            self._windows.discard(window)

    def _answer(self, question: str | bytes) -> str | None:
        try:
            asked = json.loads(question)
        except (ValueError, RecursionError):
            return None
        return answer(asked, self._outcome) if self._outcome else None

    async def _work(self, watching: Watching) -> None:
        """Set the issue now and whenever something changed."""
        while True:
            await watching.settled(_PIECE)
            outcome = await asyncio.to_thread(self._session.attempt)
            new = watching.look(self._session.watched)
            if not outcome.good and await comes(watching.changed, _GRACE):
                continue
            self._send(outcome)
            gc.collect()  # a command runs without; this one lasts for a day
            if outcome.number == 1:
                gc.freeze()  # what was loaded stays, and need not be looked at again
            # What has happened in a new folder before it was watched is not known.
            if not new or (outcome.number == 1 and not self._session.kept.is_stale()):
                await watching.changed.wait()

    def _send(self, outcome: Outcome) -> None:
        known = self._outlines
        # Outlines are added behind those that are known, and never taken away.
        new = dict(islice(self._session.ink.outlines.items(), len(known), None))
        broadcast(self._windows, pages_message(outcome, new, self._sent_pages))
        known.update(new)
        self._outcome = outcome
        self._sent_pages = outcome.drawn.pages if outcome.drawn else {}
        self._listeners.made(outcome)
