"""SMTP, one message at a time, so that it is known at each moment what the server may have.

``data()`` of smtplib sends the message and its end in one go. Here the end, a lone dot, is sent
apart: before it nothing can have been accepted, after the answer to it everything is known.
Only who is stopped between the two does not know (RFC 5321, 4.2.5 and 6.1; RFC 1047): the
protocol has no question that would tell.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

TIMEOUT = 60.0
"""Seconds that a server may take for an answer before the line counts as cut."""


class MailServer(Struct, frozen=True):
    """Where messages are handed in. ``tls``: encrypted from the first byte (port 465), else by
    STARTTLS (587); never without. ``ca`` is a file of certificates beside the system's."""

    host: str
    port: int
    tls: bool = True
    user: str = ""
    ca: Path | None = None
    timeout: float = TIMEOUT


class MailRefusedError(Exception):
    """The server said no. ``final``: it would again; ``everyone``: to any other message, too."""

    def __init__(self, code: int, text: str, *, everyone: bool = False) -> None:
        """Takes the server's answer; ``code`` 0: ours."""
        super().__init__(f"{code} {text}")
        self.code = code
        self.text = text
        self.everyone = everyone

    @property
    def final(self) -> bool:
        """Whether trying again is of no use."""
        return not 400 <= self.code < 500


class LineCutError(Exception):
    """The connection broke. ``ended``: behind the end of a message, which may have arrived."""

    def __init__(self, why: str, *, ended: bool = False) -> None:
        """Takes the reason."""
        super().__init__(why)
        self.ended = ended


class Postbox:
    """A connection to a server, made when it is first needed and again when it broke."""

    def __init__(self, server: MailServer, password: str | None) -> None:
        """``password`` None: no login."""
        self._server = server
        self._password = password
        self._line: smtplib.SMTP | None = None

    def close(self) -> None:
        """Say goodbye."""
        line, self._line = self._line, None
        if line is not None:
            try:
                line.quit()
            except (OSError, smtplib.SMTPException):
                line.close()

    def connect(self) -> None:
        """Connect and log in. Raises MailRefusedError, LineCutError."""
        if self._line is not None:
            return
        try:
            self._line = self._opened()
        except ssl.SSLCertVerificationError as error:
            raise MailRefusedError(
                0, f"证书核对不过：{error.verify_message}", everyone=True
            ) from error
        except smtplib.SMTPNotSupportedError as error:
            raise MailRefusedError(0, str(error), everyone=True) from error
        except smtplib.SMTPResponseException as error:
            text = _text_of(error.smtp_error)
            raise MailRefusedError(error.smtp_code, text, everyone=True) from error
        except (OSError, smtplib.SMTPException) as error:
            raise LineCutError(str(error)) from error

    def _opened(self) -> smtplib.SMTP:
        """A connection, encrypted and logged in."""
        server = self._server
        context = ssl.create_default_context()
        if server.ca is not None:
            context.load_verify_locations(server.ca)
        line: smtplib.SMTP
        if server.tls:
            line = smtplib.SMTP_SSL(
                server.host, server.port, timeout=server.timeout, context=context
            )
        else:
            line = smtplib.SMTP(server.host, server.port, timeout=server.timeout)
        try:
            # The end of a message is a few bytes behind it: they are not to wait until the server
            # has confirmed the rest, which takes it 40 ms where it waits for more itself.
            assert line.sock is not None
            line.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if not server.tls:
                line.starttls(context=context)
            line.ehlo()
            if self._password is not None:
                line.login(server.user, self._password)
        except BaseException:
            line.close()
            raise
        return line

    def limit(self) -> int:
        """The largest message that the server takes, bytes; 0: it does not say (RFC 1870)."""
        self.connect()
        assert self._line is not None
        said = self._line.esmtp_features.get("size", "")
        return int(said) if said.isascii() and said.isdigit() else 0

    def send(
        self, sender: str, recipient: str, message: bytes, before_end: Callable[[], None]
    ) -> str:
        """Hand in a message; what the server said. ``before_end`` is called before the end of the
        message is sent. Raises MailRefusedError, LineCutError."""
        self.connect()
        assert self._line is not None
        line, ended = self._line, False
        try:
            self._check_size(message)
            options = [f"size={len(message)}"] if line.has_extn("size") else []
            self._expect(line.mail(sender, options), everyone=True)
            self._expect(line.rcpt(recipient))
            self._expect(line.docmd("DATA"))
            line.send(_stuffed(message))
            before_end()
            ended = True
            line.send(b".\r\n")
            return self._expect(line.getreply())
        except MailRefusedError:
            self._reset(line)
            raise
        except (OSError, smtplib.SMTPException) as error:
            self._line = None
            line.close()
            raise LineCutError(str(error) or type(error).__name__, ended=ended) from error

    def _check_size(self, message: bytes) -> None:
        limit = self.limit()
        if limit and len(message) > limit:
            said = f"邮件 {len(message):,} 字节，服务器最多收 {limit:,} 字节"
            raise MailRefusedError(552, said)

    @staticmethod
    def _expect(reply: tuple[int, bytes], *, everyone: bool = False) -> str:
        code, said = reply
        text = _text_of(said)
        if code == 421:
            raise smtplib.SMTPServerDisconnected(text)
        if not 200 <= code < 400:
            raise MailRefusedError(code, text, everyone=everyone and code in (501, 530, 535, 553))
        return f"{code} {text}"

    def _reset(self, line: smtplib.SMTP) -> None:
        try:
            line.rset()
        except (OSError, smtplib.SMTPException):
            self._line = None
            line.close()


def _text_of(said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join(text.split())


def _stuffed(message: bytes) -> bytes:
    """The message with CRLF at its end and a second dot where a line begins with one (RFC 5321,
    4.5.2)."""
    made = message.replace(b"\r\n.", b"\r\n..")
    made = b"." + made if made.startswith(b".") else made
    return made if made.endswith(b"\r\n") else made + b"\r\n"


_MEANINGS = (
    (535, "登录不成功：QQ、163 邮箱要用授权码，不是登录密码；Exchange 可能没有开 SMTP 登录"),
    (530, "服务器要求先登录"),
    (501, "发件人地址不对：要与登录的邮箱相同"),
    (553, "发件人不符：QQ、163 要求发件人与登录的邮箱相同"),
    (552, "邮件太大，或对方邮箱已满"),
    (550, "对方没有这个邮箱，或拒收：QQ、163 也这样拒绝发得太快的"),
    (554, "被当作垃圾邮件，或发得太快：QQ、163 每天、每分钟有上限，过一会儿再 --resume"),
    (421, "服务器忙，或连接太多"),
    (450, "对方邮箱暂时收不了"),
    (451, "服务器暂时出错，多半是发得太快"),
    (452, "服务器存不下，或一次收件人太多"),
)


def meaning_of(code: int) -> str:
    """What a code means to an editor, or "" if nobody can tell."""
    return next((words for known, words in _MEANINGS if known == code), "")
