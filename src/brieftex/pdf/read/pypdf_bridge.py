"""The door to pypdf: files that brieftex did not write, and files with a password."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from secrets import token_urlsafe
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.constants import UserAccessPermissions
from pypdf.errors import DependencyError
from pypdf.filters import decode_stream_data
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    EncodedStreamObject,
    NameObject,
    NumberObject,
    PdfObject,
)

from brieftex.foreign import LockedError, quietly
from brieftex.pdf.read.parse import BrokenPdfError, PdfFile, Stream

# Printing, copying and reading aloud are permitted to everyone with the password. Changes need
# the owner password, which is random and not kept.
_ALLOWED = UserAccessPermissions.all() & ~(
    UserAccessPermissions.MODIFY
    | UserAccessPermissions.ADD_OR_MODIFY
    | UserAccessPermissions.FILL_FORM_FIELDS
    | UserAccessPermissions.ASSEMBLE_DOC
)


class NoCipherError(ImportError):
    """The package that encrypts is not installed."""


def protected(pdf: bytes, password: str) -> bytes:
    """The file, encrypted with AES-256 (ISO 32000-2, 7.6.4, revision 6).

    Keys are random: unlike anything else that brieftex writes, no two results are alike.
    Raises NoCipherError.
    """
    writer = PdfWriter(clone_from=BytesIO(pdf))
    writer.pdf_header = "%PDF-1.7"
    try:
        writer.encrypt(password, token_urlsafe(24), permissions_flag=_ALLOWED, algorithm="AES-256")
        return _written(writer)
    except DependencyError as error:
        raise NoCipherError from error


def rewritten(pdf: bytes, password: str | None = None) -> tuple[bytes, bool]:
    """The file without encryption and with a classic cross-reference table, and whether it
    was encrypted. Raises LockedError and BrokenPdfError."""
    with _broken_if_it_fails():
        reader = PdfReader(BytesIO(pdf))
        if reader.is_encrypted and not reader.decrypt(password or ""):
            raise LockedError
        return _written(PdfWriter(clone_from=reader)), reader.is_encrypted


def decoded(file: PdfFile, stream: Stream) -> bytes:
    """The bytes of a stream with any filters. Raises BrokenPdfError."""
    with _broken_if_it_fails():
        made = EncodedStreamObject()
        for key in ("Filter", "DecodeParms"):
            if key in stream.entries:
                made[NameObject(f"/{key}")] = _object(file, stream.entries[key])
        made._data = stream.raw  # noqa: SLF001  # pypdf fills it so itself
        return decode_stream_data(made)


def _object(file: PdfFile, value: Any) -> PdfObject:
    """A value of ``parse_object`` as an object of pypdf."""
    found = file.get(value)
    if isinstance(found, list):
        return ArrayObject([_object(file, part) for part in found])
    if isinstance(found, dict):
        entries = {NameObject(f"/{k}"): _object(file, v) for k, v in found.items()}
        return DictionaryObject(entries)
    return NumberObject(found) if isinstance(found, int) else NameObject(f"/{found}")


def _written(writer: PdfWriter) -> bytes:
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


@contextmanager
def _broken_if_it_fails() -> Iterator[None]:
    """Report any failure of pypdf as a fault of the file, and silence its log."""
    try:
        with quietly():
            yield
    except (LockedError, MemoryError):
        raise
    except DependencyError as error:  # a cipher that is not installed
        raise LockedError from error
    except Exception as error:
        raise BrokenPdfError(f"{type(error).__name__}: {error}") from error
