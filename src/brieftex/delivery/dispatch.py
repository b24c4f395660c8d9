"""Messages are sent one by one, and the ledger knows of each what is known.

A row ``sending`` is on the disk before the end of the message goes out, its outcome after the
answer; each is one transaction. So whoever is killed finds three sorts when going on: without
a row, which cannot have arrived and are sent; with an outcome, which are not sent again; and,
at most one for each kill or cut line, with ``sending`` alone. Those may have arrived or not.
They are never sent by themselves but named, for somebody to find out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum

from msgspec import Struct

from brieftex.delivery.ledger import Entry, Ledger, Result
from brieftex.delivery.message import Letter, message_id, written_message
from brieftex.delivery.readers import Recipient
from brieftex.delivery.smtp import LineCutError, MailRefusedError, Postbox, meaning_of

WAITS = (2.0, 10.0, 60.0)
"""Seconds to wait before a message that was put off is tried again."""


class MailOutcome(StrEnum):
    """What became of a message."""

    SENT = "sent"
    REFUSED = "refused"
    DOUBTFUL = "doubtful"
    PUT_OFF = "put off"  # it cannot have arrived, and may be tried later


class Delivered(Struct, frozen=True):
    """What became of the message to a reader; ``said`` is the server's answer."""

    reader: Recipient
    outcome: MailOutcome
    said: str


class SendingStoppedError(Exception):
    """No message will be taken: wrong login, wrong sender, no connection."""


def known_outcomes(entries: Iterable[Entry]) -> dict[str, Result]:
    """The last result of each message by its identity."""
    return {entry.message_id: entry.result for entry in entries if entry.message_id}


class Dispatch:
    """Sends letters, one connection for all."""

    def __init__(
        self,
        postbox: Postbox,
        ledger: Ledger,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
        note: str = "",
    ) -> None:
        """``clock`` gives seconds since 1970; ``note`` goes into each row."""
        self._postbox = postbox
        self._ledger = ledger
        self._clock = clock
        self._sleep = sleep
        self._note = note

    def send(self, letter: Letter, reader: Recipient, row: Mapping[str, object]) -> Delivered:
        """Send one message, again if it is put off. ``row`` has issue, edition and trace. Raises
        SendingStoppedError and OSError, if the ledger cannot be written."""
        message = written_message(letter, reader, self._clock())
        said, cut = "", False
        for wait in (0.0, *WAITS):
            if wait:
                self._sleep(wait)
            try:
                said = self._postbox.send(
                    letter.sender,
                    reader.address,
                    message,
                    lambda: self._enter(letter, reader, row, Result.SENDING, ""),
                )
            except MailRefusedError as error:
                said = f"{error} {meaning_of(error.code)}".strip()
                if error.everyone and error.final:
                    raise SendingStoppedError(said) from error
                if error.final:
                    self._enter(letter, reader, row, Result.REFUSED, said)
                    return Delivered(reader, MailOutcome.REFUSED, said)
                self._enter(letter, reader, row, Result.REFUSED, said)
                cut = False
            except LineCutError as error:
                said, cut = str(error), True
                if error.ended:
                    return Delivered(reader, MailOutcome.DOUBTFUL, said)
            else:
                self._enter(letter, reader, row, Result.SENT, said)
                return Delivered(reader, MailOutcome.SENT, said)
        if cut:
            raise SendingStoppedError(said)
        return Delivered(reader, MailOutcome.PUT_OFF, said)

    def settle(
        self, letter: Letter, reader: Recipient, row: Mapping[str, object], result: Result
    ) -> None:
        """Enter what somebody found out about a doubtful message."""
        self._enter(letter, reader, row, result, "人工核对")

    def _enter(
        self,
        letter: Letter,
        reader: Recipient,
        row: Mapping[str, object],
        result: Result,
        said: str,
    ) -> None:
        marked = "加了暗记" if row.get("trace") else ""
        note = "；".join(part for part in (self._note, marked, said) if part)
        self._ledger.add(
            Entry(
                issue=str(row["issue"]),
                edition=str(row["edition"]),
                sha256=letter.sha256,
                pages=letter.digest.pages,
                copy=0,
                reader=reader.whole_name,
                address=reader.address,
                way="mail",
                result=result,
                message_id=message_id(letter, reader),
                note=note,
                trace=str(row.get("trace", "")),
            )
        )
