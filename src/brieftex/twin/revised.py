"""Two drafts of an issue as one document of Word with tracked changes."""

from __future__ import annotations

from msgspec.structs import replace

from brieftex.compose.compose import compose
from brieftex.compose.contents import CONTENTS_ANCHOR
from brieftex.document.blocks import Document
from brieftex.model.issue import Issue
from brieftex.pipeline import TypesetPages
from brieftex.services import Services
from brieftex.twin.make import page_facts, picture_files, word_document
from brieftex.twin.measured import SetMeasure
from brieftex.twin.tracked import tracked_document
from brieftex.word.write.twin import write_twin


def revised_document(  # noqa: PLR0913  # all but three are named
    old: Issue,
    new: Issue,
    said: tuple[str, str],
    *,
    theme: str | None = None,
    edition: str | None = None,
    bundled_fonts: bool = False,
) -> bytes:
    """The document that ``new`` is, and in it, tracked, what became of ``old``; ``said`` are author
    and time (ISO 8601) of the changes, the options those of ``typeset``. Raises InputError."""
    services = Services()
    made = word_document(
        new, theme=theme, edition=edition, bundled_fonts=bundled_fonts, services=services
    )
    before = draft_document(old, made.made, services, bundled=bundled_fonts)
    return tracked_document(before, made.twin.data, *said)


def draft_document(issue: Issue, made: TypesetPages, services: Services, *, bundled: bool) -> bytes:
    """An earlier draft as a document in the theme of the issue that was ``made``: without pages of
    its own, and so without their numbers."""
    document = compose(issue, made.theme)[0]
    if document.with_contents is not None and _has_contents(made.document):
        document = document.with_contents.document
    book = services.fonts(made.theme.fonts, issue.folder, bundled)
    setting = services.setting(book, document)
    pictures, _ = picture_files(document, setting)
    known = replace(page_facts(made), folios={})
    return write_twin(document, made.theme, pictures, known, "", SetMeasure(setting)).data


def _has_contents(document: Document) -> bool:
    return any(key == CONTENTS_ANCHOR for key, _ in document.pieces)
