"""A file's bytes become a ``Source``: size, kind, encoding, byte order mark.

UTF-8 is the rule. What Windows editors write instead (GBK, UTF-16) is read with a warning,
because sending an office editor away over an encoding helps nobody; what cannot be read
for certain is refused at its first bad byte. Knows nothing of YAML.
"""

from __future__ import annotations

import codecs
import errno
import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, ClassVar, Self, TypeAlias

from msgspec import Struct

from brieftex.diagnostics import Finding, InputError, Source, Span
from brieftex.diagnostics.messages import yaml as messages
from brieftex.diagnostics.reasons import reason_of
from brieftex.patterns import late

SIZE_LIMIT = 64 * 1024 * 1024
"""Largest file that is read, bytes: an archive volume is a hundredth of it."""

_BOM = "\ufeff"

_ENCODINGS = (
    (b"", "utf-8"), (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"", "utf-16-le"), (b"", "utf-16-be"), (b"", "gb18030"),
)  # fmt: skip
"""The marks and codecs of every file that ``decode_source`` reads."""

_FOREIGN = (
    (b"PK\x03\x04", " Word、WPS 或压缩文件", "Word, WPS or zip file"),
    (b"\xd0\xcf\x11\xe0", " Word 或 WPS 旧版文档", "Word or WPS document"),
    (b"%PDF-", " PDF 文件", "PDF file"),
    (b"{\\rtf", " RTF 文档", "RTF document"),
    (b"\x89PNG", " PNG 图片", "PNG picture"),
    (b"\xff\xd8\xff", " JPEG 图片", "JPEG picture"),
)


# A drive letter or a scheme such as file: or https:.
_NOT_RELATIVE = late(r"[/\\~]|[A-Za-z][A-Za-z0-9+.-]*:")


def confined(folder: Path, name: str, roots: Sequence[Path]) -> Path | None:
    """The file that a file in ``folder`` calls ``name``, or None when it lies in none of
    ``roots``; the system is not asked about what cannot lie there.

    Symbolic links count by what they lead to. The file need not exist. Raises OSError,
    ValueError and RuntimeError when the system cannot follow the path.
    """
    if _NOT_RELATIVE.match(name):
        return None
    path = (folder.resolve() / name).resolve()
    return path if any(path.is_relative_to(root.resolve()) for root in roots) else None


Given: TypeAlias = Path | str | bytes | Source
"""A text file as a caller has it: its path, its bytes, or its text with a name."""


def source_of(given: Given) -> tuple[Source, list[Finding], Path]:
    """The text of a file, findings about its encoding, and the folder in which it lies: the
    current one where there is no path. Raises InputError as ``read_source`` does."""
    if isinstance(given, Source):
        return given, [], Path(given.name).parent
    if isinstance(given, bytes):
        return *decode_source("issue.yaml", given), Path()
    path = Path(given)
    return *read_source(path), path.parent


def read_source(path: Path) -> tuple[Source, list[Finding]]:
    """Read a text file, whatever encoding an office editor saved it in.

    The diagnostics are warnings. Raises InputError when the file is missing, a folder, not
    readable, larger than ``SIZE_LIMIT`` or no text.
    """
    return decode_source(str(path), read_bytes(path))


def decode_source(name: str, data: bytes) -> tuple[Source, list[Finding]]:
    """The source of bytes already read, such as standard input. Raises InputError."""
    for start, zh, en in _FOREIGN:
        if data.startswith(start):
            raise _refused(name, messages.NOT_TEXT.at(None, format=zh, format_en=en))
    encoding = _utf16(data)
    if encoding is not None:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            raise _bad_byte(name, data, error) from None
        return _source(name, text, "UTF-16")
    try:
        return _source(name, data.decode("utf-8"), None)
    except UnicodeDecodeError as error:
        if not _is_damaged_utf8(data):
            try:
                return _source(name, data.decode("gb18030"), "GBK")
            except UnicodeDecodeError:
                pass
        raise _bad_byte(name, data, error) from None


def encode_like(data: bytes, before: str, after: str) -> bytes | None:
    """``after`` in the encoding and with the mark of ``data``, which was read as ``before``.

    None when ``data`` does not come back from ``before`` byte for byte.
    """
    for mark, codec in _ENCODINGS:
        try:
            if mark + before.encode(codec) == data:
                return mark + after.encode(codec)
        except UnicodeEncodeError:
            continue
    return None


def read_bytes(path: Path, limit: int | None = None) -> bytes:
    """The bytes of a file that may be text, no more than ``limit`` (``SIZE_LIMIT`` if there is
    none). Raises InputError as ``read_source`` does."""
    name, limit = str(path), SIZE_LIMIT if limit is None else limit
    try:
        data = read_regular(path, limit)
    except SpecialFileError:
        raise _refused(name, messages.FILE_IS_SPECIAL.at(None, file=name)) from None
    except TooLargeError as error:
        mib = 1024 * 1024
        problem = messages.FILE_TOO_LARGE.at(
            None, size_mib=-(-error.size // mib), limit_mib=limit // mib
        )
        raise _refused(name, problem) from None
    except (FileNotFoundError, NotADirectoryError):
        raise _refused(name, messages.FILE_NOT_FOUND.at(None, file=name)) from None
    except IsADirectoryError:
        raise _refused(name, messages.FILE_IS_FOLDER.at(None, file=name)) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        if _is_folder(path):  # Windows reports a folder as a denied permission
            raise _refused(name, messages.FILE_IS_FOLDER.at(None, file=name)) from None
        reason, reason_en = reason_of(error)
        problem = messages.FILE_UNREADABLE.at(None, file=name, reason=reason, reason_en=reason_en)
        raise _refused(name, problem) from None
    return data


class SpecialFileError(OSError):
    """What the path leads to is a pipe, a device or a socket: it may never end."""


class TooLargeError(OSError):
    """The file is larger than whoever asked for it can use; ``size`` is that of the file."""

    def __init__(self, size: int) -> None:
        """Takes the size in bytes."""
        super().__init__(errno.EFBIG, "File too large")
        self.size = size


class OpenedFile(Struct, frozen=True):
    """A file as it was opened: time of change in ns, size in bytes, number on its disk."""

    path: Path
    changed: int
    size: int
    number: int

    @classmethod
    def at(cls, path: Path) -> OpenedFile:
        """The file at ``path`` as it is now. Raises OSError and ValueError."""
        return cls.of(path, path.stat())

    @classmethod
    def of(cls, path: Path, found: os.stat_result) -> OpenedFile:
        """The file of which the system says ``found``."""
        return cls(path, found.st_mtime_ns, found.st_size, found.st_ino)

    @property
    def is_current(self) -> bool:
        """Whether the file is still the one that was opened."""
        try:
            return self == self.at(self.path)
        except (OSError, ValueError):
            return False


class FileLog:
    """The files that are opened meanwhile, as a context: what a build depends on. One at a time."""

    _open: ClassVar[list[FileLog]] = []

    def __init__(self) -> None:
        """A log of no files."""
        self.opened: dict[Path, OpenedFile] = {}

    def __enter__(self) -> Self:
        """Begin to listen."""
        FileLog._open.append(self)
        return self

    def __exit__(self, *_: object) -> None:
        """Listen no more."""
        FileLog._open.remove(self)

    @classmethod
    @contextmanager
    def silent(cls) -> Iterator[None]:
        """A context whose files nobody hears of: those who open them account for them."""
        kept, cls._open = cls._open, []
        try:
            yield
        finally:
            cls._open = kept

    @classmethod
    def note(cls, path: Path, found: os.stat_result) -> None:
        """Tell the logs that are open that a file was opened."""
        for log in cls._open:
            log.opened.setdefault(path, OpenedFile.of(path, found))


class SentFiles:
    """Files that came from another machine, as a context: whoever reads one of these paths whole
    gets its bytes, and the disk is not asked. One at a time."""

    _held: ClassVar[Mapping[Path, bytes]] = {}

    def __init__(self, files: Mapping[Path, bytes]) -> None:
        """Takes the bytes of each file."""
        self._files = files

    def __enter__(self) -> None:
        """From now on they are there."""
        SentFiles._held = self._files

    def __exit__(self, *_: object) -> None:
        """They are there no more."""
        SentFiles._held = {}

    @classmethod
    def find(cls, path: Path) -> bytes | None:
        """The bytes of a file, if it was sent."""
        return cls._held.get(path)


def open_regular(path: Path) -> BinaryIO:
    """Open a file that is a file, to be read.

    Returns at once whatever the path leads to. Raises SpecialFileError, another OSError, and
    ValueError for a name that no file can have.
    """
    # Asked before it is opened, because opening a device may move it, and once more when it
    # is open, because it may be another one by then.
    _check_regular(path.stat())
    wait = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
    file = os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | wait), "rb")
    try:
        found = os.fstat(file.fileno())
        _check_regular(found)
    except OSError:
        file.close()
        raise
    FileLog.note(path, found)
    return file


def read_regular(path: Path, limit: int) -> bytes:
    """The bytes of a file that is a file, ``limit`` at most.

    Raises TooLargeError and what ``open_regular`` does.
    """
    if (sent := SentFiles.find(path)) is not None:
        return sent
    with open_regular(path) as file:
        size = os.fstat(file.fileno()).st_size
        if size > limit:
            raise TooLargeError(size)
        data = file.read(limit + 1)
    if len(data) > limit:  # it has grown, or does not tell its size
        raise TooLargeError(len(data))
    return data


def _check_regular(found: os.stat_result) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, "Is a directory")
    if not stat.S_ISREG(found.st_mode):
        raise SpecialFileError(errno.ENODEV, "Not a regular file")


def _is_folder(path: Path) -> bool:
    """Whether the path is a folder; a path the system cannot even ask about is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _utf16(data: bytes) -> str | None:
    """The UTF-16 codec to use, by mark or, without one, by where the zero bytes stand."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    head = data[:4096]
    even, odd = head[::2].count(0), head[1::2].count(0)
    # ASCII letters, spaces and newlines, a fifth of any issue file, have one zero byte each.
    if odd * 10 > len(head) and even * 20 < odd:
        return "utf-16-le"
    if even * 10 > len(head) and odd * 20 < even:
        return "utf-16-be"
    return None


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether most characters are good UTF-8, so that GBK would read it as rubbish.

    Han characters are three bytes in UTF-8; GBK's byte pairs form such triples only by
    accident, while two-byte accidents are common.
    """
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for character in text if character >= "\u0800") - bad
    return good > 4 * bad


def _source(name: str, text: str, encoding: str | None) -> tuple[Source, list[Finding]]:
    source = Source(name, text.lstrip(_BOM) if text.startswith(_BOM) else text)
    if encoding is None:
        return source, []
    return source, [messages.NOT_UTF8.at(Span(0, 0), encoding=encoding)]


def _bad_byte(name: str, data: bytes, error: UnicodeDecodeError) -> InputError:
    """An error at the byte's place in the text as far as it can be shown."""
    encoding = error.encoding if error.encoding.startswith("utf-16") else "utf-8"
    before = data[: error.start].decode(encoding, "replace").lstrip(_BOM)
    text = data.decode(encoding, "replace").lstrip(_BOM)
    offset = min(len(before), max(len(text) - 1, 0))
    problem = messages.BAD_ENCODING.at(
        Span(offset, min(offset + 1, len(text))), byte=f"0x{data[error.start]:02X}"
    )
    return InputError(Source(name, text), [problem])


def _refused(name: str, problem: Finding) -> InputError:
    return InputError(Source(name, ""), [problem])
