"""One message to one reader, as bytes (RFC 5322, MIME).

The name of the attachment stands twice, as measured mail programs want it: as encoded words
(RFC 2047) in ``name``, which Outlook and QQ read, and as one ``filename*`` (RFC 2231), which
standards want; never in continuations. The email package cannot write that, so these two
headers are written by hand.
"""

from __future__ import annotations

import base64
from email import encoders, policy
from email.header import Header
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import formataddr, formatdate
from hashlib import sha256
from urllib.parse import quote

from msgspec import Struct

from brieftex.delivery.digest import MailDigest, digest_html, digest_text
from brieftex.delivery.readers import Recipient

_WORD = 75  # characters of an encoded word at most (RFC 2047, 2)


class Letter(Struct, frozen=True):
    """What all readers of one edition get; ``sender`` is an address, ``sender_name`` may be
    empty."""

    digest: MailDigest
    file_name: str
    pdf: bytes
    sender: str = ""
    sender_name: str = ""

    @property
    def sha256(self) -> str:
        """The digest of the attached file."""
        return sha256(self.pdf).hexdigest()


def message_id(letter: Letter, reader: Recipient) -> str:
    """The same for the same file to the same reader, so that a server may know a double."""
    text = f"{letter.digest.subject}\0{letter.sha256}\0{reader.address.lower()}"
    domain = letter.sender.rpartition("@")[2] or "localhost"
    return f"<{sha256(text.encode()).hexdigest()[:32]}@{domain}>"


def written_message(letter: Letter, reader: Recipient, time: float) -> bytes:
    """A message to be sent at ``time``, seconds since 1970."""
    made = _message(letter, reader.salutation)
    made["From"] = _address(letter.sender_name, letter.sender)
    made["To"] = _address(reader.name, reader.address)
    made["Date"] = formatdate(time, localtime=True)
    made["Message-ID"] = message_id(letter, reader)
    return made.as_bytes(policy=_POLICY)


def written_draft(letter: Letter, reader: Recipient | None) -> bytes:
    """A draft to be opened in a mail program, without date and identity; for nobody in particular
    if ``reader`` is None: who receives it is typed there, as Bcc."""
    salutation = "各位读者：" if reader is None else reader.salutation
    made = _message(letter, salutation)
    made["X-Unsent"] = "1"
    if letter.sender:
        made["From"] = _address(letter.sender_name, letter.sender)
    if reader is not None:
        made["To"] = _address(reader.name, reader.address)
    return made.as_bytes(policy=_POLICY)


# Lines end as on the wire, and none is folded again: they are short as they are.
_POLICY = policy.compat32.clone(linesep="\r\n")


def _message(letter: Letter, salutation: str) -> MIMEMultipart:
    body = MIMEMultipart("alternative", boundary=_boundary(letter, "a"))
    body.attach(_text(digest_text(letter.digest, salutation), "plain"))
    body.attach(_text(digest_html(letter.digest, salutation), "html"))
    made = MIMEMultipart("mixed", boundary=_boundary(letter, "m"))
    made["Subject"] = Header(letter.digest.subject, "utf-8", header_name="Subject").encode(
        linesep="\r\n"
    )
    made.attach(body)
    made.attach(_attachment(letter))
    return made


def _text(words: str, kind: str) -> MIMEText:
    return MIMEText(words.replace("\r\n", "\n"), kind, "utf-8")


def _boundary(letter: Letter, part: str) -> str:
    # Never by chance, and never in a base64 body, which has no underscore.
    return f"=_brieftex_{part}_{letter.sha256[:24]}"


def _attachment(letter: Letter) -> MIMEBase:
    part = MIMEBase("application", "pdf")
    part.set_payload(letter.pdf)
    encoders.encode_base64(part)
    del part["Content-Type"]
    name = encoded_words(letter.file_name)
    part["Content-Type"] = f'application/pdf;\r\n name="{name}"'
    part["Content-Disposition"] = (
        f"attachment;\r\n filename*=UTF-8''{quote(letter.file_name, safe='')}"
    )
    return part


def encoded_words(text: str) -> str:
    """Text as encoded words of 75 characters at most, cut between characters, folded (RFC 2047)."""
    if text.isascii() and '"' not in text and "\\" not in text:
        return text
    words: list[str] = []
    piece = ""
    for character in text:
        if len(_word(piece + character)) > _WORD:
            words.append(_word(piece))
            piece = ""
        piece += character
    return "\r\n ".join([*words, _word(piece)])


def _word(text: str) -> str:
    return f"=?UTF-8?B?{base64.b64encode(text.encode('utf-8')).decode('ascii')}?="


def _address(name: str, address: str) -> str:
    local, _, domain = address.rpartition("@")
    if not domain.isascii():
        address = f"{local}@{domain.encode('idna').decode('ascii')}"
    return formataddr((name, address), "utf-8") if name else address
