"""A real SMTP server (aiosmtpd) over TLS, with faults where a test wants them."""

from __future__ import annotations

import asyncio
import datetime
import ipaddress
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


def write_certificate(folder: Path, name: str = "localhost") -> tuple[Path, Path]:
    """A certificate for this host, signed by itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    start = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    names = [x509.DNSName(name), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(start)
        .not_valid_after(datetime.datetime(2100, 1, 1, tzinfo=datetime.UTC))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "server.pem", folder / "server.key"
    paths[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return paths


class Mailboxes:
    """Keeps what was accepted, by recipient. ``on_rcpt`` and ``on_data`` may answer otherwise;
    ``cut`` are recipients whose line is cut when their message has been accepted; ``reached`` tells
    that a message is there, also before its ``delay``."""

    def __init__(self) -> None:
        self.received: dict[str, list[bytes]] = {}
        self.rcpt_answers: dict[str, list[str]] = {}
        self.data_answers: dict[str, list[str]] = {}
        self.cut: set[str] = set()
        self.sender_answer: str | None = None
        self.delay = 0.0
        self.reached = Event()
        self.lines = 0

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.sender_answer is not None:
            return self.sender_answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if answers := self.rcpt_answers.get(address):
            answer = answers.pop(0)
            if not answer.startswith("250"):
                return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.reached.set()
        (address,) = envelope.rcpt_tos
        if answers := self.data_answers.get(address):
            answer = answers.pop(0)
            if not answer.startswith("250"):
                return answer
        if self.delay:
            await asyncio.sleep(self.delay)
        assert isinstance(envelope.content, bytes)
        self.received.setdefault(address, []).append(envelope.content)
        if address in self.cut:
            assert server.transport is not None
            server.transport.abort()
        return "250 kept"


class _Server(Controller):
    def __init__(self, boxes: Mailboxes, context: ssl.SSLContext, starttls: bool, **more: Any):
        super().__init__(
            boxes, hostname="127.0.0.1", port=0, ready_timeout=20,
            ssl_context=None if starttls else context, server_hostname="localhost",
            authenticator=lambda *a: AuthResult(success=a[4].password == b"secret", handled=False),
            auth_require_tls=starttls, tls_context=context if starttls else None,
            require_starttls=starttls, **more,
        )  # fmt: skip
        self.boxes = boxes

    def factory(self) -> SMTP:
        self.boxes.lines += 1
        return super().factory()

    def _trigger_server(self) -> None:
        """Knock on the door, as aiosmtpd wants it, but with a client's context, which trusts anyone
        and has not read the system's certificates: these take 27 ms."""
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        with socket.create_connection(("127.0.0.1", self.port), 10) as line:
            line.settimeout(10)
            if self.ssl_context is None:
                line.recv(1024)
            else:
                with context.wrap_socket(line) as safe:
                    safe.recv(1024)
        self.boxes.lines = 0


@contextmanager
def running(
    folder: Path, *, starttls: bool = False, size: int = 33_554_432, login: bool = False
) -> Iterator[tuple[Mailboxes, int, Path]]:
    """A server: its mailboxes, its port, and its certificate. ``login``: it demands one."""
    certificate, key = write_certificate(folder)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    boxes = Mailboxes()
    server = _Server(boxes, context, starttls, data_size_limit=size, auth_required=login)
    server.start()
    try:
        yield boxes, server.port, certificate
    finally:
        server.stop()
