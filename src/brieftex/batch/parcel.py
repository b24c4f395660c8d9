"""An issue on its way to another machine, and what is done with it there.

An issue is read where its files are; what is sent are the values that came of it: the issue, its
theme, its faces, with the bytes of pictures and of faces that do not come with brieftex, each
under its digest. So nothing is looked for over there, and no disk is used.
"""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from brieftex.batch.identity import ENVIRONMENT
from brieftex.batch.services import RENEWED_AFTER, BatchServices, SharedServices
from brieftex.batch.task import BuildManner, BuildResult, BuildTask, IssueRead, built
from brieftex.diagnostics import Finding, InputError, Severity, Source
from brieftex.fonts.face import FONT_LIMIT, Face
from brieftex.fonts.locations import bundled_folder
from brieftex.fonts.report import FontBook
from brieftex.input.issue.file import read_issue
from brieftex.input.theme import Theme
from brieftex.picture import PICTURE_LIMIT, Raster
from brieftex.source import FileLog, OpenedFile, SentFiles, read_regular
from brieftex.styled.styles import FontRequest


class Parcel(Struct, frozen=True):
    """What is sent of a task: ``work`` is the issue and how it is to be built, ``kit`` the digest
    of its theme and faces, ``contents`` the bytes of the kit, of faces and of pictures, by
    digest. The rest stays here: it belongs into the result."""

    work: bytes
    kit: str
    contents: Mapping[str, bytes]
    opened: tuple[OpenedFile, ...]
    theme: str
    looks: str

    def completed(self, result: BuildResult) -> BuildResult:
        """The result as a build on this machine gives it."""
        if not result.file:
            return result
        return replace(result, opened=self.opened, theme=self.theme, looks=self.looks)


class _Work(Struct, frozen=True):
    """``pictures`` are the digests of the files of pictures, ``environment`` are the variables
    that the bytes of a PDF depend on."""

    task: BuildTask
    manner: BuildManner
    read: IssueRead
    pictures: dict[Path, str]
    environment: dict[str, str]


class _Kit(Struct, frozen=True):
    """A theme and its faces as bytes, with the bytes of the faces that have to be sent."""

    digest: str
    data: bytes
    faces: dict[str, bytes]


class Packer:
    """Makes parcels of tasks; themes and faces are loaded once."""

    def __init__(self, manner: BuildManner) -> None:
        """All issues are to be built in the same manner, and with no password."""
        self.services = SharedServices()
        self._manner = manner
        self._faces: dict[Path, tuple[str, bytes]] = {}
        self._kits: list[tuple[Theme, FontBook, _Kit]] = []

    def packed(self, task: BuildTask) -> Parcel:
        """The parcel of a task. Raises InputError, OSError and ValueError for an issue that can
        only be told about; whoever builds it here tells."""
        with FileLog() as log:
            issue, findings = read_issue(task.issue)
            _stop_on_errors(issue.source, findings)
            paths = {p.path for p in issue.pictures.values() if isinstance(p, Raster)}
            paths |= {a.pdf.pages[0].path for a in issue.attachments if a.pdf is not None}
            pictures = {path: read_regular(path, PICTURE_LIMIT) for path in sorted(paths)}
            given = self._manner.theme is not None
            name = self._manner.theme or issue.theme
            theme = self.services.theme(name, issue.folder, task.edition, given=given)
            book = self.services.fonts(theme.fonts, issue.folder, self._manner.bundled_fonts)
        _stop_on_errors(issue.source, book.findings)
        kit = self._kit(theme, book)
        digests = {path: _digest(data) for path, data in pictures.items()}
        environment = {key: os.environ[key] for key in ENVIRONMENT if key in os.environ}
        read = IssueRead(issue, tuple(findings))
        return Parcel(
            pickle.dumps(_Work(task, self._manner, read, digests, environment), 5),
            kit.digest,
            {
                kit.digest: kit.data,
                **kit.faces,
                **{digests[path]: data for path, data in pictures.items()},
            },
            tuple(log.opened.values()),
            issue.theme,
            self.services.looks() if self._manner.recorded else "",
        )

    def _kit(self, theme: Theme, book: FontBook) -> _Kit:
        for known, faces, kit in self._kits:
            if known is theme and faces is book:
                return kit
        sent: dict[str, bytes] = {}

        def face_name(face: Face) -> tuple[str, str, int]:
            if face.path.parent == bundled_folder():
                return "", face.path.name, face.index
            if face.path not in self._faces:
                data = read_regular(face.path, FONT_LIMIT)
                self._faces[face.path] = _digest(data), data
            digest, data = self._faces[face.path]
            sent[digest] = data
            return digest, face.path.name, face.index

        stream = BytesIO()
        _FacePickler(stream, face_name).dump((theme, book))
        data = stream.getvalue()
        kit = _Kit(_digest(data), data, sent)
        self._kits.append((theme, book, kit))
        return kit


class _FacePickler(pickle.Pickler):
    """Writes of a face only its name: the digest of its file, nothing for one that comes with
    brieftex, the name of the file, and which face of it."""

    def __init__(self, stream: BytesIO, face_name: Callable[[Face], tuple[str, str, int]]) -> None:
        super().__init__(stream, 5)
        self._face_name = face_name

    def persistent_id(self, obj: object) -> tuple[str, str, int] | None:
        return self._face_name(obj) if isinstance(obj, Face) else None


class _FaceUnpickler(pickle.Unpickler):
    """Opens the faces that are named; those of one file share it."""

    def __init__(self, data: bytes) -> None:
        super().__init__(BytesIO(data))
        self.files: dict[str, Path] = {}
        self._faces: dict[tuple[str, str, int], Face] = {}

    def persistent_load(self, pid: tuple[str, str, int]) -> Face:
        if pid not in self._faces:
            digest, name, index = pid
            beside = next((f for known, f in self._faces.items() if known[:2] == pid[:2]), None)
            if not digest:
                face = Face(bundled_folder() / name, index, mapped=True, beside=beside)
            else:
                path = self.files.setdefault(digest, Path(digest, name))
                face = Face(path, index, beside=beside)
            self._faces[pid] = face
        return self._faces[pid]


class _SentServices(BatchServices):
    """The theme and the faces that were sent, whatever is asked for."""

    def __init__(self, kit: bytes) -> None:
        opened = _FaceUnpickler(kit)
        self._theme: Theme
        self._book: FontBook
        self._theme, self._book = opened.load()
        self.files = opened.files
        self.issues = 0

    def begin(self) -> None:
        """Begin another issue."""
        self.issues += 1

    def theme(
        self, name: str, folder: Path, edition: str | None = None, *, given: bool = False
    ) -> Theme:
        """The theme."""
        del name, folder, edition, given
        return self._theme

    def fonts(self, request: FontRequest, folder: Path, bundled_only: bool) -> FontBook:
        """The faces."""
        del request, folder, bundled_only
        for role in self._book.roles.values():
            for face in (*role.han, *role.latin):
                face.begin_issue()
        return self._book


_KITS_KEPT = 4
"""Kits whose faces a worker keeps open."""

KEPT_BYTES = 256 * 1024 * 1024
"""Bytes of pictures and faces that a worker keeps for the next issues."""

_kits: dict[str, _SentServices] = {}
_kept: dict[str, bytes] = {}
_one_at_a_time = threading.Lock()


def carry_out(work: bytes, kit: str, contents: Mapping[str, bytes]) -> BuildResult | None:
    """Build the issue of a parcel: what a worker does. ``contents`` are those that it has not been
    sent before; None if it lacks others. Threads of a worker take turns, because a build has its
    process for itself."""
    with _one_at_a_time:
        for digest, data in contents.items():
            _keep(digest, data)
        asked: _Work = pickle.loads(work)  # whoever calls may run anything here
        try:
            services = _services(kit)
            digests = {path: digest for digest, path in services.files.items()} | asked.pictures
            files = {path: _keep(digest, _kept[digest]) for path, digest in digests.items()}
        except KeyError:
            return None
        while sum(map(len, _kept.values())) > KEPT_BYTES:
            del _kept[next(iter(_kept))]
        with SentFiles(files), _environment(asked.environment), _no_collecting():
            return built(asked.task, asked.manner, services, read=asked.read)


def _keep(digest: str, data: bytes) -> bytes:
    """The bytes, which are now the last ones to be forgotten."""
    _kept.pop(digest, None)
    _kept[digest] = data
    return data


def _services(kit: str) -> _SentServices:
    """The services of a kit. Raises KeyError where it was not sent."""
    services = _kits.pop(kit, None)
    if services is None or services.issues >= RENEWED_AFTER:
        services = _SentServices(_keep(kit, _kept[kit]))
    _kits[kit] = services
    while len(_kits) > _KITS_KEPT:
        del _kits[next(iter(_kits))]
    return services


@contextmanager
def _environment(wanted: Mapping[str, str]) -> Iterator[None]:
    """A context with these values of the variables that PDFs depend on."""
    before = {key: os.environ.pop(key) for key in ENVIRONMENT if key in os.environ}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for key in ENVIRONMENT:
            os.environ.pop(key, None)
        os.environ.update(before)


@contextmanager
def _no_collecting() -> Iterator[None]:
    """A context in which nobody looks for garbage: a build makes none before its end."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _stop_on_errors(source: Source, findings: Sequence[Finding]) -> None:
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise InputError(source, findings)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
