"""The whole compiler on one page: a file becomes an issue, a document, pages, a PDF.

Each stage is a function over values that no later stage changes (ARCHITECTURE.md).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from brieftex.checks.engine.registry import check_issue
from brieftex.checks.makeup import check_pages
from brieftex.checks.paper import check_paper
from brieftex.compose.compose import compose
from brieftex.diagnostics import Finding, InputError, Severity, Source, Span
from brieftex.diagnostics.messages.editions import SET_ANEW
from brieftex.document.blocks import Document, OutlineEntry
from brieftex.fonts.load import load_fonts
from brieftex.input.issue.file import read_issue
from brieftex.input.theme import Theme, marked_with
from brieftex.layout.dump import line_text
from brieftex.layout.lines.paragraph import Setting
from brieftex.layout.look import looks_of
from brieftex.layout.page import Page, PlacedLine, has_foreign_pages
from brieftex.layout.pages.breakers import BreakPages
from brieftex.layout.pages.makeup import make_up
from brieftex.layout.pages.postprocess import postprocess
from brieftex.layout.paginate import Layout, paginate
from brieftex.memory import FORGETFUL, Memory
from brieftex.model.issue import Issue, State
from brieftex.patterns import late
from brieftex.services import Services
from brieftex.source import Given
from brieftex.text.hyphenation import SOFT_HYPHEN

if TYPE_CHECKING:
    from brieftex.changes.comparison import Difference

_KEPT_TRIES = 4
"""Of so many documents that are tried for a number of pages it is kept what they were made of."""

DRAFT_MARK = "草稿"
"""What stands across every page of an issue whose state is draft."""


class Against(Struct, frozen=True):
    """An earlier draft that an issue is compared with. ``marked``: what is gone is printed, too,
    and a list of the changes stands before the pages; else there are only bars beside the lines
    that changed."""

    issue: Issue
    marked: bool = False


class TypesetPages(Struct, frozen=True):
    """An issue set in pages. ``findings`` has no errors; ``characters`` counts those that
    are set as text, without running heads and folios; ``changes`` are what differs from an
    earlier draft."""

    pages: tuple[Page, ...]
    document: Document
    issue: Issue
    theme: Theme
    findings: tuple[Finding, ...]
    source: Source
    characters: int
    changes: tuple[Difference, ...]


class Typeset(TypesetPages, frozen=True):
    """An issue set in pages and drawn."""

    pdf: bytes


def _silent(stage: str) -> None:
    """Say nothing."""


def typeset(  # noqa: PLR0913  # all but the first are named
    issue: Given | Issue,
    *,
    found: Sequence[Finding] = (),
    folder: Path | str | None = None,
    theme: str | None = None,
    edition: str | None = None,
    watermark: str | None = None,
    bundled_fonts: bool = False,
    attach_source: bool = False,
    archival: bool = True,
    against: Against | None = None,
    progress: Callable[[str], None] = _silent,
    services: Services | None = None,
) -> Typeset:
    """Set an issue, draw it and read the result back.

    ``issue`` is the path of a file, the bytes of one, a ``Source``, which is text with a name, or
    an issue that was read, with what was ``found`` in it; its figures and themes are looked for in
    ``folder``: that of the file, or the current one. ``theme`` replaces the file's own; ``edition``
    is print, mono, mail, large, review or the path of an edition of one's own; ``watermark`` stands
    across every page, an empty one takes away the edition's, and what a draft has by itself.
    ``bundled_fonts`` keeps to the fonts that come with brieftex, for the same result on every
    machine. ``attach_source`` puts the issue file into the PDF; a PDF that is not ``archival``,
    because it is going to be encrypted, does not call itself PDF/A. ``against``: it is shown what
    changed since an earlier draft. ``progress`` is told what comes next: set, draw, verify.
    ``services`` are those of a process that sets many issues. Raises InputError with everything
    that is wrong with the file, or with the PDF that was made of it.
    """
    # Imported here because a dump needs no PDF library.
    from brieftex.pdf.read.verify import expected_of, faults_in  # noqa: PLC0415
    from brieftex.pdf.write.draw import DrawOptions, draw  # noqa: PLC0415
    from brieftex.pdf.write.picture import read_pictures  # noqa: PLC0415

    memory = FORGETFUL if services is None else services.memory
    progress("set")
    made = typeset_pages(
        issue,
        found=found,
        folder=folder,
        theme=theme,
        edition=edition,
        watermark=watermark,
        bundled_fonts=bundled_fonts,
        services=services,
        against=against,
    )
    if against is not None and against.marked:
        made = _with_change_list(made, against, bundled_fonts=bundled_fonts)
    document = made.document
    source = made.source
    attached = (
        (_printable(Path(source.name).name), source.text.encode("utf-8")) if attach_source else None
    )
    conforming = not has_foreign_pages(made.pages)
    options = DrawOptions(attached, archival and conforming, accessible=conforming)
    progress("draw")
    pictures, odd = read_pictures(made.pages, document.resolution)
    findings = made.issue.without_allowed([*made.findings, *odd])
    if any(finding.severity is Severity.ERROR for finding in odd):
        raise InputError(source, findings)
    parts = document.nodes, document.outline, document.metadata
    pdf = draw(made.pages, *parts, options, pictures, memory)
    if document.compact and archival:  # one that is going to be encrypted stays as it is
        from brieftex.pdf.write.compact import compacted  # for one edition only  # noqa: PLC0415

        pdf = compacted(pdf)
    progress("verify")
    expected = expected_of(document, made.pages)
    if faults := faults_in(pdf, expected, archival=archival, conforming=conforming, memory=memory):
        raise InputError(source, [*findings, *faults])
    return Typeset(
        made.pages, document, made.issue, made.theme, tuple(findings), source, made.characters,
        made.changes, pdf,
    )  # fmt: skip


def _with_change_list(made: TypesetPages, against: Against, *, bundled_fonts: bool) -> TypesetPages:
    """The pages with the list of changes before them."""
    from brieftex.changes.listing import LIST_ANCHOR, LIST_TITLE, change_list  # noqa: PLC0415
    from brieftex.layout.lines.cache import LineCache  # noqa: PLC0415
    from brieftex.layout.pages.changebars import change_places  # noqa: PLC0415

    document, names = made.document, (against.issue.source.name, made.source.name)
    places = change_places(made.pages, document)
    files = (_printable(Path(names[0]).name), _printable(Path(names[1]).name))
    listed = change_list(made.changes, places, document, made.theme, files)
    book = load_fonts(made.theme.fonts, made.issue.folder, bundled_only=bundled_fonts)
    cache = LineCache()  # numbers of pages and lines, and what was done, come again and again
    setting = Services().setting(book, listed)
    cache.begin(setting.shaper, setting.rules, setting.keep)
    setting = replace(setting, cache=cache)
    pages, _ = make_up(paginate(listed, setting), setting)
    pages, _ = postprocess(pages, listed, setting)
    whole = replace(
        document,
        blocks=(*listed.blocks, *document.blocks),
        nodes=listed.nodes,
        outline=(OutlineEntry(0, LIST_TITLE, LIST_ANCHOR), *document.outline),
        metadata=replace(document.metadata, title=f"{document.metadata.title}（花脸稿）"),
    )
    front = tuple(replace(page, front=True) for page in pages)
    return replace(made, pages=(*front, *made.pages), document=whole)


def _printable(name: str) -> str:
    """A file's name in Unicode: bytes of it that are no UTF-8 are replaced."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def protect(pdf: bytes, password: str) -> bytes:
    """Encrypt a PDF that is not ``archival``. Raises NoCipherError."""
    # The one part of a build that needs pypdf, which takes a while to import.
    from brieftex.pdf.read.pypdf_bridge import protected  # noqa: PLC0415

    return protected(pdf, password)


def typeset_pages(  # noqa: PLR0913  # all but the first are named
    given: Given | Issue,
    *,
    found: Sequence[Finding] = (),
    folder: Path | str | None = None,
    theme: str | None = None,
    edition: str | None = None,
    watermark: str | None = None,
    bundled_fonts: bool = False,
    services: Services | None = None,
    against: Against | None = None,
) -> TypesetPages:
    """Set an issue in pages, as ``typeset`` does."""
    memory = FORGETFUL if services is None else services.memory
    issue, findings = (
        (given, found) if isinstance(given, Issue) else read_issue(given, folder, memory)
    )
    return set_issue(
        issue,
        findings,
        theme=theme,
        edition=edition,
        watermark=watermark,
        bundled_fonts=bundled_fonts,
        services=services,
        against=against,
    )


def set_issue(  # noqa: PLR0913  # all but the first two are named
    issue: Issue,
    found: Sequence[Finding],
    *,
    theme: str | None = None,
    edition: str | None = None,
    watermark: str | None = None,
    bundled_fonts: bool = False,
    services: Services | None = None,
    against: Against | None = None,
) -> TypesetPages:
    """Set an issue that was read, with what was ``found``, as ``typeset`` does."""
    services = services or Services()
    findings = list(found)
    findings.extend(check_issue(issue, notes=False, memory=services.memory))
    try:
        style = services.theme(theme or issue.theme, issue.folder, edition, given=theme is not None)
    except InputError as error:
        raise _of_issue(error, issue) if theme is None else error from None
    if watermark is None and issue.state is State.DRAFT:
        watermark = DRAFT_MARK
    if watermark is not None:
        style = marked_with(style, watermark)
    if style.set_anew:
        findings.append(SET_ANEW.at(None, edition=edition, keys="、".join(style.set_anew)))
    document, composed, changes = _composed(issue, style, against, services.memory)
    findings.extend(composed)
    book = services.fonts(style.fonts, issue.folder, bundled_fonts)
    findings.extend(book.findings)
    _stop_on_errors(issue, findings)

    setting = services.setting(book, document)
    breaker = services.breaker(document.breaks.breaking)
    layout = paginate(document, setting, breaker)
    wanted = issue.fit if style.fit.wanted and not (against and against.marked) else None
    if wanted is not None and not wanted.met(len(layout.plans)):
        own = layout, setting, breaker
        layout, fitted = _fitted(issue, style, own, against, services.memory)
        findings.append(fitted)
    pages, ill_set = make_up(layout, setting)
    pages, lacking = postprocess(pages, layout.document, setting)
    memo = services.memory.stage("looks")
    looks = looks_of(pages, memo)
    count = sum(
        memo.recall(("count", look), partial(_count, page))
        for look, page in zip(looks, pages, strict=True)
    )
    confused = book.confusions(lambda: _characters(pages))
    paper = check_paper(pages, looks, memo)
    findings.extend((*ill_set, *lacking, *confused, *check_pages(layout), *paper))
    _stop_on_errors(issue, findings)

    kept = tuple(issue.without_allowed(findings))
    return TypesetPages(pages, layout.document, issue, style, kept, issue.source, count, changes)


_THEME = late(r"(?m)^(?:theme|主题|样式)[ \t]*[:：][ \t]*(\S.*?)[ \t]*$")


def _of_issue(error: InputError, issue: Issue) -> InputError:
    """An error about a theme that is not there, at the line of the issue that names it."""
    found = _THEME.search(issue.source.text)
    if found is None or error.source.name != issue.theme:
        return error
    span = Span(*found.span(1))
    return InputError(issue.source, [replace(f, span=span) for f in error.findings])


def _composed(
    issue: Issue, theme: Theme, against: Against | None, memory: Memory = FORGETFUL
) -> tuple[Document, list[Finding], tuple[Difference, ...]]:
    """The document of an issue, with what changed since an earlier draft, and the list of that."""
    document, found = compose(issue, theme, memory)
    if against is None:
        return document, found, ()
    from brieftex.changes.documents import revision  # a build does without  # noqa: PLC0415

    compared = revision(against.issue, issue, document, theme, memory)
    wanted = compared.marked if against.marked else compared.clean
    return wanted, found, compared.entries


def _fitted(
    issue: Issue,
    theme: Theme,
    made: tuple[Layout, Setting, BreakPages],
    against: Against | None,
    memory: Memory,
) -> tuple[Layout, Finding]:
    """The layout with the number of pages that is wanted, from the theme's own, which was
    ``made`` in this setting and by this breaker."""
    own, setting, breaker = made
    # Few issues need these.
    from brieftex.copyfit.search import fit  # noqa: PLC0415
    from brieftex.layout.lines.cache import LineCache  # noqa: PLC0415

    remembering = replace(setting, cache=setting.cache or LineCache())

    tried = count()

    def in_theme(changed: Theme) -> Layout:
        # Nearly the same issue is tried in the same themes, one after the other.
        number = next(tried)
        kept = memory.within(f"fit {number}") if number < _KEPT_TRIES else FORGETFUL
        return paginate(_composed(issue, changed, against, kept)[0], remembering, breaker)

    assert issue.fit is not None
    return fit(issue.fit, theme, own, in_theme, lambda edited: paginate(edited, remembering))


def _stop_on_errors(issue: Issue, findings: list[Finding]) -> None:
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise InputError(issue.source, issue.without_allowed(findings))


def _count(page: Page) -> int:
    """How many characters of the text are on a page, without hyphens at line ends."""
    lines = [item.line for item in page.items if isinstance(item, PlacedLine) and not item.artifact]
    text = "".join(["".join(run.texts) for line in lines for run in line.runs])
    return len(text) - text.count(" ") - text.count(SOFT_HYPHEN)


def _characters(pages: Sequence[Page]) -> frozenset[str]:
    """All characters on pages, running heads included."""
    items = (item for page in pages for item in page.items)
    return frozenset().union(*(line_text(i.line) for i in items if isinstance(i, PlacedLine)))
