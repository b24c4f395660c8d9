"""A program that sends to many, to be killed."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from brieftex.delivery.digest import MailDigest
from brieftex.delivery.dispatch import Dispatch, known_outcomes
from brieftex.delivery.ledger import Ledger, Result
from brieftex.delivery.message import Letter, message_id
from brieftex.delivery.readers import read_readers
from brieftex.delivery.smtp import MailServer, Postbox

LETTER = Letter(
    MailDigest("《试排》2026年第1期", "", "办公室", 1, ()), "试排.pdf", b"%PDF-1.7" * 40,
    "office@example.edu.cn", "办公室",
)  # fmt: skip
ROW = {"issue": "试排2026年第1期", "edition": "mail"}


def main(port: str, certificate: str, ledger: str, readers: str) -> None:
    server = MailServer("127.0.0.1", int(port), user="office", ca=Path(certificate))
    with Ledger(Path(ledger)) as opened:
        known = known_outcomes(opened.entries())
        dispatch = Dispatch(Postbox(server, "secret"), opened, time.time, time.sleep)
        for reader in read_readers(Path(readers))[0]:
            if known.get(message_id(LETTER, reader)) in (None, Result.REFUSED):
                dispatch.send(LETTER, reader, ROW)
                sys.stdout.write(f"{reader.name}\n")
                sys.stdout.flush()
    sys.stdout.write("end\n")
