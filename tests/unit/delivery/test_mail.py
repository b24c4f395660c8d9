"""Messages handed to a real server over TLS, and what becomes of them when it fails."""

from __future__ import annotations

import os
import random
import smtplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers import mailing
from helpers.mailserver import Mailboxes, running, write_certificate
from helpers.processes import HELPERS, run, started

from brieftex.delivery import dispatch as dispatching
from brieftex.delivery.dispatch import Delivered, Dispatch, MailOutcome, SendingStoppedError
from brieftex.delivery.ledger import Ledger, Result
from brieftex.delivery.readers import Recipient, Way
from brieftex.delivery.smtp import MailServer, Postbox

READER = Recipient("王力", "教务处", address="wangli@example.edu.cn", form=Way.MAIL)


class Office:
    """A server, and a ledger of who was written to."""

    def __init__(self, folder: Path, boxes: Mailboxes, server: MailServer) -> None:
        self.boxes = boxes
        self.server = server
        self.ledger = Ledger(folder / "发行.db")
        self.postbox = Postbox(server, "secret")
        self.waits: list[float] = []

    def send(self, reader: Recipient = READER) -> Delivered:
        sender = Dispatch(self.postbox, self.ledger, lambda: 0.0, self.waits.append)
        return sender.send(mailing.LETTER, reader, mailing.ROW)

    def results(self) -> list[Result]:
        return [entry.result for entry in self.ledger.entries()]


@pytest.fixture(params=["tls", "starttls"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    starttls = request.param == "starttls"
    with running(tmp_path, starttls=starttls) as (boxes, port, ca):
        server = MailServer("127.0.0.1", port, not starttls, "office", ca, timeout=20)
        made = Office(tmp_path, boxes, server)
        yield made
        made.postbox.close()
        made.ledger.__exit__()


def test_one_connection_serves_many(office: Office) -> None:
    for n in range(5):
        reader = Recipient(f"读者{n}", address=f"r{n}@example.org", form=Way.MAIL)
        assert office.send(reader).outcome is MailOutcome.SENT
    assert office.boxes.lines == 1
    assert office.results() == [Result.SENDING, Result.SENT] * 5
    for n in range(5):
        (message,) = office.boxes.received[f"r{n}@example.org"]
        others = [f"r{k}@example.org".encode() for k in range(5) if k != n]
        assert not any(other in message for other in others)


def test_the_end_of_a_message_waits_for_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Catches 40 ms for each message, in which its last line waits for the server to confirm the
    lines before, and the server for more that it can confirm (Nagle, delayed acknowledgements)."""
    at_once: list[int] = []
    send = smtplib.SMTP.send

    def seen(line: smtplib.SMTP, data: bytes) -> None:
        assert line.sock is not None
        at_once.append(line.sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        send(line, data)

    monkeypatch.setattr(smtplib.SMTP, "send", seen)
    assert office.send().outcome is MailOutcome.SENT
    assert at_once[-1:] == [1]


def test_what_is_put_off_is_tried_again(office: Office) -> None:
    office.boxes.rcpt_answers[READER.address] = ["451 later"]
    office.boxes.data_answers[READER.address] = ["451 later", "250 OK"]
    assert office.send().outcome is MailOutcome.SENT
    assert office.waits == list(dispatching.WAITS[:2])
    assert len(office.boxes.received[READER.address]) == 1
    assert office.results()[-1] is Result.SENT


def test_what_is_refused_is_not_tried_again_and_said_in_chinese(office: Office) -> None:
    office.boxes.rcpt_answers[READER.address] = ["550 no such user"]
    refused = office.send()
    assert refused.outcome is MailOutcome.REFUSED
    assert "没有这个邮箱" in refused.said
    assert office.waits == []
    assert office.send(Recipient("别人", address="b@example.org")).outcome is MailOutcome.SENT


def test_what_is_refused_after_the_data_is_refused(office: Office) -> None:
    office.boxes.data_answers[READER.address] = ["552 too much"]
    assert office.send().outcome is MailOutcome.REFUSED
    assert office.results() == [Result.SENDING, Result.REFUSED]


def test_a_line_cut_after_the_end_is_doubtful_and_nothing_is_sent_again(office: Office) -> None:
    office.boxes.cut.add(READER.address)
    assert office.send().outcome is MailOutcome.DOUBTFUL
    assert office.results() == [Result.SENDING]
    assert office.waits == []
    assert len(office.boxes.received[READER.address]) == 1
    assert office.send(Recipient("别人", address="b@example.org")).outcome is MailOutcome.SENT


def test_a_slow_server_is_waited_for(office: Office) -> None:
    office.boxes.delay = 0.03
    assert office.send().outcome is MailOutcome.SENT


def test_a_server_that_never_answers_leaves_a_doubt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has time enough for what it answers before."""
    send = smtplib.SMTP.send
    with running(tmp_path) as (boxes, port, ca):

        def impatient(line: smtplib.SMTP, data: str | bytes) -> None:
            send(line, data)
            if data == b".\r\n":
                assert boxes.reached.wait(20)
                assert line.sock is not None
                assert line.sock.gettimeout() == 20
                line.sock.settimeout(0.01)

        monkeypatch.setattr(smtplib.SMTP, "send", impatient)
        boxes.delay = 60
        server = MailServer("127.0.0.1", port, True, "office", ca, timeout=20)
        office = Office(tmp_path, boxes, server)
        assert office.send().outcome is MailOutcome.DOUBTFUL
        office.ledger.__exit__()


def test_a_size_is_asked_for_before_sending(tmp_path: Path) -> None:
    with running(tmp_path, size=500) as (boxes, port, ca):
        office = Office(tmp_path, boxes, MailServer("127.0.0.1", port, True, "office", ca))
        refused = office.send()
        assert refused.outcome is MailOutcome.REFUSED
        assert "500 字节" in refused.said
        assert Result.SENDING not in office.results()
        office.postbox.close()
        office.ledger.__exit__()


@pytest.mark.parametrize("answer", ["553 not your address", "501 bad sender"])
def test_a_wrong_sender_stops_all(office: Office, answer: str) -> None:
    office.boxes.sender_answer = answer
    with pytest.raises(SendingStoppedError, match="发件人"):
        office.send()
    assert office.results() == []


def test_a_wrong_password_stops_all_with_a_word_about_authorisation(office: Office) -> None:
    office.postbox = Postbox(office.server, "wrong")
    with pytest.raises(SendingStoppedError, match="授权码"):
        office.send()
    assert office.boxes.received == {}


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other, _ = write_certificate(tmp_path / "other")
    for ca in (None, other):
        with running(tmp_path) as (boxes, port, _):
            office = Office(tmp_path, boxes, MailServer("127.0.0.1", port, True, "office", ca))
            with pytest.raises(SendingStoppedError, match="证书"):
                office.send()
            assert boxes.received == {}
            office.ledger.__exit__()


def test_a_server_without_tls_gets_nothing(tmp_path: Path) -> None:
    with running(tmp_path) as (boxes, port, ca):
        server = MailServer("127.0.0.1", port, False, "office", ca, timeout=0.02)
        office = Office(tmp_path, boxes, server)
        with pytest.raises(SendingStoppedError):
            office.send()
        assert boxes.received == {}
        office.ledger.__exit__()


@pytest.mark.skipif(sys.platform == "win32", reason="it has no SIGKILL")
def test_a_killed_sender_loses_nothing_and_sends_nothing_twice(tmp_path: Path) -> None:
    """Ensures that of all readers each has one message or is known to be in doubt, and that what
    is in doubt is no more than one for each kill. ``MAIL_READERS=1000 MAIL_KILLS=20`` makes it as
    large as a big mailing, which takes a minute or two."""
    count, kills = int(os.environ.get("MAIL_READERS", "90")), int(os.environ.get("MAIL_KILLS", "8"))
    (tmp_path / "readers.csv").write_text(
        "姓名,邮箱\n" + "".join(f"读者{n},r{n}@example.org\n" for n in range(count)), "utf-8"
    )
    chance = random.Random(15)
    with running(tmp_path) as (boxes, port, ca):
        arguments = [str(port), str(ca), str(tmp_path / "发行.db"), str(tmp_path / "readers.csv")]
        program = f"{HELPERS}from helpers.mailing import main; main(*sys.argv[1:])"
        for _ in range(kills):
            process = started(*arguments, program=program, stdout=subprocess.PIPE)
            assert process.stdout is not None
            for _ in range(chance.randint(1, 8 if count < 500 else 45)):
                assert process.stdout.readline() != "end\n"
            time.sleep(chance.random() * 0.004)  # anywhere within a message
            process.kill()
            process.communicate()
        run(*arguments, program=program, check=True)
        with Ledger(tmp_path / "发行.db") as ledger:
            assert ledger.faults() == []
            known = dispatching.known_outcomes(ledger.entries())
            people = {entry.message_id: entry.address for entry in ledger.entries()}
            doubtful = {people[i] for i, result in known.items() if result is Result.SENDING}
            assert all(len(messages) == 1 for messages in boxes.received.values())
            everyone = {f"r{n}@example.org" for n in range(count)}
            assert everyone - boxes.received.keys() <= doubtful
            assert len(doubtful) <= kills
            sent = {people[i] for i, result in known.items() if result is Result.SENT}
            assert sent <= boxes.received.keys()
            assert sent | doubtful == everyone
