"""The two drafts that are compared: files, a revision of one, a document, what was approved."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from msgspec import Struct
from msgspec.structs import replace

from brieftex.changes.pictures import picture_digests
from brieftex.cli.findings import Reporter
from brieftex.cli.language import tr
from brieftex.diagnostics import InputError, Source
from brieftex.input.issue.approval import kept_text
from brieftex.input.issue.file import read_issue, read_issue_text, worded_issue
from brieftex.model.issue import Issue
from brieftex.names import shown_name
from brieftex.source import decode_source, read_bytes

_SECONDS = 60
"""How long git may take."""


class DraftWish(Struct, frozen=True):
    """What is to be compared: two files, or one and a revision of it, an edited document or the
    text that was approved."""

    old: Path
    new: Path | None = None
    revision: str | None = None
    edited: Path | None = None
    approved: bool = False


class Drafts(Struct, frozen=True):
    """The old and the new draft. ``told`` is the new one with the places that are shown: those of
    an edited document are its paragraphs, while pages are made from the YAML it would become."""

    old: Issue
    new: Issue
    told: Issue

    def digests(self) -> tuple[dict[str, str], dict[str, str]]:
        """What identifies the bytes of each picture of both, by its path as written."""
        return picture_digests(self.old), picture_digests(self.new)


@contextmanager
def opened_drafts(wish: DraftWish, *, for_pages: bool) -> Iterator[Drafts]:
    """The drafts, and with them their pictures, some of which may have to be unpacked; unless they
    are ``for_pages``, those that are not there are told of and done without. Raises InputError,
    UsageError and ClickException."""
    with tempfile.TemporaryDirectory(prefix="brieftex-") as name:
        folder = Path(name)
        if wish.new is not None:
            old, new = (_draft(path, for_pages=for_pages) for path in (wish.old, wish.new))
            yield Drafts(old, new, new)
            return
        new = _draft(wish.old, for_pages=for_pages)
        if wish.revision is not None:
            yield Drafts(_committed(wish.old, wish.revision, folder), new, new)
        elif wish.approved:
            yield Drafts(_approved(wish.old, new, folder), new, new)
        else:
            assert wish.edited is not None
            yield _edited(new, wish.edited, folder)


def _draft(path: Path, *, for_pages: bool) -> Issue:
    """The draft in a file. Raises InputError."""
    try:
        return read_issue(path)[0]
    except InputError as error:
        if for_pages:
            raise
        issue = worded_issue(error)
        Reporter("full").show(error.findings, error.source)
        return issue


def _edited(issue: Issue, path: Path, folder: Path) -> Drafts:
    """The issue that an edited document is; what no document holds is that of ``issue``."""
    from brieftex.diagnostics.messages.incoming import NO_DOCUMENT  # noqa: PLC0415
    from brieftex.input.theme import load_theme  # noqa: PLC0415  # for documents of Word alone
    from brieftex.twin.attached import with_attached_pages  # noqa: PLC0415
    from brieftex.twin.returned import WORD_BEGINNINGS  # noqa: PLC0415
    from brieftex.word.incoming import issue_text, read_document  # noqa: PLC0415
    from brieftex.word.package import LARGEST_FILE  # noqa: PLC0415
    from brieftex.word.pictures import save  # noqa: PLC0415
    from brieftex.word.shape import HeadingForms  # noqa: PLC0415

    data = read_bytes(path, LARGEST_FILE)
    if not data.startswith(WORD_BEGINNINGS):
        raise InputError(Source(str(path), ""), [NO_DOCUMENT.at(None, "")])
    theme = load_theme(issue.theme, issue.folder)
    forms = HeadingForms(theme.headings, theme.body_headings)
    read = read_document(str(path), data, issue, forms)
    told = replace(read.shaped.issue, source=read.source)
    save([picture for picture in read.pictures if picture.printable], folder)
    text, _ = issue_text(read)
    new, _ = read_issue_text(Source(str(path), text), [], folder)
    new = with_attached_pages(replace(new, folder=issue.folder), issue)
    return Drafts(issue, new, with_attached_pages(told, issue))


# --- earlier texts of a file ------------------------------------------------------------------


def _committed(path: Path, revision: str, folder: Path) -> Issue:
    """The issue as it was in a revision of the repository, with its pictures."""
    if not revision or revision.startswith("-") or ":" in revision:
        raise click.UsageError(tr(f"不是版本：{revision}", f"is no revision: {revision}"))
    folder.mkdir(exist_ok=True)
    then, data = _shown(path, revision)
    source, findings = decode_source(f"{path.name}@{revision}", data)
    _unpack(path, (revision, then), source.text, folder)
    return read_issue_text(source, findings, folder)[0]


def _unpack(path: Path, then: tuple[str, str], text: str, folder: Path) -> None:
    """Write the files of a revision that a text names, which stood at a path of the repository."""
    revision, place = then
    home = place.rpartition("/")[0]
    before = f"{home}/" if home else ""
    call = ("ls-tree", "-r", "-z", "--full-tree", "--name-only", revision)
    listed = _git(path, *call, "--", before or ".")
    for raw in listed.stdout.split(b"\0") if listed.returncode == 0 else ():
        name = raw.decode("utf-8", "surrogateescape").removeprefix(before)
        if name and name in text:
            target = folder / name
            done = _git(path, "show", f"{revision}:{before}{name}")
            if done.returncode == 0:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(done.stdout)


def _shown(path: Path, revision: str) -> tuple[str, bytes]:
    """A file as it was in a revision, and its path in the repository then. Raises UsageError."""
    prefix = _git(path, "rev-parse", "--show-prefix").stdout.decode("utf-8", "surrogateescape")
    place = prefix.rstrip("\n") + path.resolve().name
    done = _git(path, "show", f"{revision}:{place}")
    if done.returncode and (former := _former(path, revision, place)):
        place, done = former, _git(path, "show", f"{revision}:{former}")
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        zh, en = _reason(lines[-1] if lines else "", shallow=_is_shallow(path))
        raise click.UsageError(
            tr(
                f"版本库里没有 {revision} 的 {shown_name(path.name)}：{zh}",
                f"{revision} has no {shown_name(path.name)}: {en}",
            )
        )
    return place, done.stdout


def _former(path: Path, revision: str, place: str) -> str | None:
    """What a file was called in a revision, if it was renamed since."""
    done = _git(path, "diff", "-M", "-z", "--name-status", "--diff-filter=R", revision)
    parts = done.stdout.decode("utf-8", "surrogateescape").split("\0")
    found = zip(parts[1::3], parts[2::3], strict=False)
    return next((was for was, now in found if now == place), None)


def _is_shallow(path: Path) -> bool:
    return _git(path, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"


def _reason(said: str, *, shallow: bool) -> tuple[str, str]:
    """Why git has no such file, in the words of an editor."""
    if "not a git repository" in said:
        return "这个文件夹不在版本库里", "the folder is in no repository"
    if shallow and "exist" not in said:
        return (
            "只取来了最近几版，先 git fetch --unshallow",
            "only the latest revisions were fetched, git fetch --unshallow gets all",
        )
    if "exist" in said:
        return "这一版里还没有这个文件", "the file was not there yet"
    return "没有这一版", "there is no such revision"


def _git(path: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    call = ["git", "-C", str(Path(os.path.realpath(path)).parent), *arguments]
    try:
        return subprocess.run(call, capture_output=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.SubprocessError):
        raise click.UsageError(tr("没有装 git", "git is not installed")) from None


def _approved(path: Path, issue: Issue, folder: Path) -> Issue:
    """The issue as it was approved: from the copy that was kept then, or from the repository."""
    mark = issue.approval.mark
    if mark is None:
        raise click.ClickException(
            tr(
                f"{path} 还没有定稿，没有可比的定稿文字：先 brieftex approve --by 姓名",
                f"{path} was never approved: brieftex approve --by NAME does it",
            )
        )
    kept = kept_text(path, mark)
    if kept.is_file():
        source, findings = decode_source(f"{path.name}（定稿）", read_bytes(kept))
        old, _ = read_issue_text(source, findings, path.parent)
        if old.approval.mark == mark:
            return old
    found = _approved_revision(path, mark, folder)
    if found is None:
        raise click.ClickException(
            tr(
                f"找不到 {path} 定稿时的文字：{kept} 不在，版本库里也没有",
                f"the approved text of {path} is lost: neither {kept} nor the repository has it",
            )
        )
    return found


def _approved_revision(path: Path, mark: str, folder: Path) -> Issue | None:
    """The issue of the newest revision of the repository that holds the approved text."""
    try:
        listed = _git(path, "log", "--format=%H", "--", f"./{path.name}")
    except click.UsageError:
        return None
    for revision in listed.stdout.decode("ascii", "replace").split():
        done = _git(path, "show", f"{revision}:./{path.resolve().name}")
        if done.returncode == 0 and mark.encode("ascii") in done.stdout:
            try:
                found = _committed(path, revision, folder / revision)
            except InputError:
                continue
            if found.approval.mark == mark and not found.approval.changed:
                return found
    return None
