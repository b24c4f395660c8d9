"""A file of an office becomes the text of an issue file: the whole way, in one call.

In: a name and bytes. Out: YAML, pictures to be saved beside it, findings at the paragraphs of the
document. What was written is read back here, and what does not come back as it was is told.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from brieftex.bounded import Bounds, TooCostlyError, bounded
from brieftex.diagnostics import Finding, InputError, OffsetMap, Severity, Source
from brieftex.diagnostics.messages import incoming as messages
from brieftex.diagnostics.messages.yaml import NOT_TEXT
from brieftex.input.issue.figures import figure_path
from brieftex.input.issue.file import read_issue_text
from brieftex.input.issue.write import YamlWriter
from brieftex.input.markdown import parse_body
from brieftex.model.content import Body, Figure, Inline, Paragraph, Paragraphs
from brieftex.model.issue import Issue, Item, Masthead
from brieftex.patterns import late
from brieftex.picture import PICTURE_LIMIT
from brieftex.source import decode_source, read_regular
from brieftex.word.convert import converted
from brieftex.word.facts import Facts, PictureFacts
from brieftex.word.items import as_item, holds_nothing
from brieftex.word.named_issue import is_named, shape_named
from brieftex.word.package import load_libraries, needs_conversion, open_package, refused
from brieftex.word.pictures import Saved, named, save
from brieftex.word.plain import plain_facts
from brieftex.word.shape import HeadingForms, Shaped, shape
from brieftex.word.walk import walk

WORD_SECONDS, WORD_MEBIBYTES = 60, 2048
"""What reading a document of Word may take: one of a million elements takes a third of it."""

MOST_PARAGRAPHS = 50_000
"""Paragraphs of a document, those of cells and notes among them."""

_TITLE = late(r"#[ \t]+(\S.*?)[ \t]*#*$")
# A page of the web or of Word's older XML, whatever the file is called, and a message with parts.
_WEB_PAGE = late(
    r"(?is)\s*(?:<(?:\?[^>]*|!--.*?--)>\s*)*(<(?:!doctype\s+html|html|w:wordDocument|pkg:package)\b)"
    r"|(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?MIME-Version:"
)
_LOOKED_AT = 4_000

_HEADINGS = late(r"(?m)^(#{1,5})(?=[ \t])")


class Incoming(Struct, frozen=True):
    """A document that was read: where findings about it stand, what became of it, its pictures,
    and why some of it has no form."""

    source: Source
    shaped: Shaped
    pictures: tuple[Saved, ...]


def empty_issue(folder: Path) -> Issue:
    """An issue that holds nothing yet."""
    return Issue(Source("", ""), folder, Masthead(Inline("")))


def read_document(
    name: str, data: bytes, base: Issue, forms: HeadingForms, *, accept: bool = True
) -> Incoming:
    """What a document says, as an issue that has from ``base`` what it lacks; pictures get
    names in the folder of ``base``. Raises InputError for what cannot be read."""
    stem = Path(name).stem if name != "-" else "粘贴的文字"
    source = Path(name)
    if name != "-" and source.suffix.lower() in (".md", ".markdown"):
        made = _markdown(name, data, base, stem)
        if made is not None:
            return made
    facts = document_facts(name, data, accept=accept)
    if holds_nothing(facts):
        raise refused(name, messages.EMPTY_DOCUMENT.at(None))
    pictures = named(facts.pictures, base.folder, stem)
    paths = [picture.path if picture.printable else None for picture in pictures]
    if is_named(facts):
        shaped = shape_named(facts, base, paths, stem)
    else:
        shaped = shape(facts, base, forms, paths, stem)
    kept = tuple(p for k, p in enumerate(pictures) if k not in shaped.drawn)
    return Incoming(facts.source, _with_unprintable(shaped, kept), kept)


def document_facts(name: str, data: bytes, *, accept: bool = True) -> Facts:
    """The facts of a file by what it holds, whatever its name. Raises InputError."""
    if (ending := needs_conversion(data)) is not None:
        turned = converted(data, ending)
        if turned is None:
            raise refused(name, messages.OLD_FORMAT.at(None, ending=ending))
        data = turned
    facts = _facts(name, data, accept=accept)
    if facts.source.line_count > MOST_PARAGRAPHS:
        count = facts.source.line_count
        zh, en = f"{count:,} 段", f"{count:,} paragraphs"
        raise refused(name, messages.UNPACKS_TOO_LARGE.at(None, what=zh, what_en=en))
    return facts


def _facts(name: str, data: bytes, *, accept: bool) -> Facts:
    if data[:2] == b"PK" or data.startswith(b"\xd0\xcf\x11\xe0"):
        return _package_facts(name, data, accept=accept)
    text, odd = _text(name, data)
    if (page := _WEB_PAGE.match(text.text, 0, _LOOKED_AT)) is not None:
        zh, en = ("网页", "web page") if page[1] else ("邮件或网页存档", "message or web archive")
        raise refused(name, messages.NO_MANUSCRIPT.at(None, format=zh, format_en=en))
    facts = plain_facts(text)
    shown = [replace(f, span=None) for f in odd]
    return replace(facts, findings=(*shown, *facts.findings))


def _text(name: str, data: bytes) -> tuple[Source, list[Finding]]:
    """The text of a file. Raises InputError, which says of one that holds none what to do here."""
    try:
        return decode_source(name, data)
    except InputError as error:
        for finding in error.findings:
            if finding.kind is NOT_TEXT:
                said = dict(finding.values)
                zh, en = said["format"], said["format_en"]
                told = messages.NO_MANUSCRIPT.at(None, format=zh, format_en=en)
                raise refused(name, told) from None
        raise


def _package_facts(name: str, data: bytes, *, accept: bool) -> Facts:
    """The facts of a document of Word, read in a process that is bounded. Raises InputError."""

    def work() -> Facts | list[Finding]:
        try:
            return walk(name, open_package(name, data), accept=accept)
        except InputError as error:
            return list(error.findings)  # they are told with the name of the file alone

    load_libraries()  # once for all documents: they take longer than most of these
    try:
        found = bounded(work, Bounds(WORD_SECONDS, WORD_MEBIBYTES))
    except TooCostlyError:
        raise refused(
            name,
            messages.DOCUMENT_TOO_COSTLY.at(None, seconds=WORD_SECONDS, mebibytes=WORD_MEBIBYTES),
        ) from None
    if isinstance(found, list):
        raise InputError(Source(name, ""), found)
    return found


def issue_text(incoming: Incoming) -> tuple[str, list[Finding]]:
    """The file of an issue, and what it does not say as the document did."""
    shaped = incoming.shaped
    writer = YamlWriter(shaped.comments)
    text = writer.issue(shaped.issue)
    return text, list(_differences(text, shaped.issue, incoming.pictures, writer.inexact))


def item_of(incoming: Incoming) -> Item:
    """The document as one item."""
    return as_item(incoming.shaped)


def _with_unprintable(shaped: Shaped, pictures: Sequence[Saved]) -> Shaped:
    found = [
        messages.PICTURE_UNPRINTABLE.at(None, "", file=picture.path)
        for picture in dict.fromkeys(pictures)
        if not picture.printable
    ]
    if not found:
        return shaped
    lines = tuple(f"这些插图要另存为 PNG 再用：{p.path}" for p in pictures if not p.printable)
    comments = {**shaped.comments, "masthead": lines}
    return replace(shaped, findings=(*shaped.findings, *found), comments=comments)


def _differences(
    text: str, issue: Issue, pictures: Sequence[Saved], inexact: Sequence[str]
) -> Iterator[Finding]:
    """What comes back otherwise when the text is read; errors of the file itself."""
    with tempfile.TemporaryDirectory() as folder:
        save([picture for picture in pictures if picture.printable], Path(folder))
        try:
            back, _ = read_issue_text(Source("", text), [], Path(folder))
        except InputError as error:
            for finding in error.findings:
                if finding.severity is Severity.ERROR:
                    yield messages.NOT_EXACT.at(None, "", text=finding.message())
            return
    wanted, found = Counter(printed_texts(issue)), Counter(printed_texts(back))
    for one in dict.fromkeys([*inexact, *(wanted - found)]):
        yield messages.NOT_EXACT.at(None, "", text=one[:60])


def printed_texts(value: object) -> Iterator[str]:
    """Every text of a value of the model that is printed as such; blanks at its ends and line
    breaks do not count."""
    if isinstance(value, Inline):
        if value.text:
            yield re.sub(r"\s+", "", value.text)
        yield from (ruby.reading.replace(" ", "") for ruby in value.rubies)
    elif isinstance(value, tuple):
        for inner in value:
            yield from printed_texts(inner)
    elif isinstance(value, Struct) and not isinstance(value, Source | OffsetMap):
        for name in value.__struct_fields__:
            if name not in ("pictures", "places", "source", "span", "origin", "align"):
                yield from printed_texts(getattr(value, name))


# -- Markdown ------------------------------------------------------------------------------


def _markdown(name: str, data: bytes, base: Issue, stem: str) -> Incoming | None:
    """A file of Markdown, which bodies are written in; None for one that they cannot hold."""
    source, odd = decode_source(name, data)
    lines = re.sub(r"\r\n?", "\n", source.text).split("\n")
    title = stem
    first = next((i for i, line in enumerate(lines) if line.strip()), None)
    if first is None:
        raise refused(name, messages.EMPTY_DOCUMENT.at(None))
    findings = list(odd)
    if (match := _TITLE.match(lines[first])) is not None:
        title, lines = match[1], lines[first + 1 :]
    else:
        findings.append(messages.TO_DECIDE.at(
            None, "title", what="标题", what_en="title", text=stem
        ))  # fmt: skip
    rest = "\n".join(lines)
    if re.search(r"(?m)^#[ \t]", rest):
        rest = _HEADINGS.sub(r"#\1", rest)
    body, problems = parse_body(rest, OffsetMap(), Paragraphs.AUTO)
    if any(problem.severity is Severity.ERROR for problem in problems):
        return None
    body, pictures, missing = _with_pictures(body, Path(name).parent, base.folder, stem)
    findings += missing
    masthead = base.masthead if base.masthead.name.text else Masthead(Inline("（刊名）"))
    comments: dict[str, tuple[str, ...]] = {}
    if not base.masthead.name.text:
        comments["masthead.name"] = ("待定：稿件里没有刊名",)
        findings.append(messages.TO_DECIDE.at(
            None, "masthead.name", what="刊名", what_en="name of the briefing", text="（刊名）"
        ))  # fmt: skip
    issue = replace(base, masthead=masthead, title=Inline(title), body=body)
    return Incoming(source, Shaped(issue, comments, tuple(findings), ()), tuple(pictures))


def _with_pictures(
    body: Body, here: Path, folder: Path, stem: str
) -> tuple[Body, list[Saved], list[Finding]]:
    """The body with its figures as they will be saved; those that are not there become text."""
    held: list[PictureFacts] = []
    blocks: list[object] = []
    missing: list[Finding] = []
    for block in body.blocks:
        if not isinstance(block, Figure):
            blocks.append(block)
            continue
        try:
            path = figure_path(here, block.path)  # none outside the folder
            data = b"" if path is None else read_regular(path, PICTURE_LIMIT)
        except (OSError, ValueError, RuntimeError):
            data = b""
        if not data:
            missing.append(messages.PICTURE_UNPRINTABLE.at(None, "", file=block.path))
            blocks.append(Paragraph(Inline(block.alt or block.path)))
            continue
        held.append(PictureFacts(data, block.path.rpartition(".")[2].lower()))
        blocks.append(block)
    pictures = named(held, folder, stem)
    paths = iter(pictures)
    kept = tuple(
        replace(block, path=next(paths).path) if isinstance(block, Figure) else block
        for block in blocks
    )
    return Body(kept, body.notes), pictures, missing  # type: ignore[arg-type]
