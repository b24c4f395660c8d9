"""Pages of PDF files in a document of Word that came back: there they are pictures, known by what
they are described as, and here they are what the issue has in their place."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from brieftex.compose.pdf_pages import page_description
from brieftex.model.content import Body, BodyBlock, Figure, PageBreak, PageFit
from brieftex.model.issue import Attachment, Issue


def with_attached_pages(edited: Issue, issue: Issue) -> Issue:
    """``edited``, read from a document of ``issue``, with the PDF files of its attachments in place
    of the pictures of their pages; pictures of which some are gone stay as they are."""
    homes = {
        page_description(one.pdf, page): index
        for index, one in enumerate(issue.attachments)
        if one.pdf is not None
        for page in one.pdf.pages
    }
    found: dict[int, int] = {}
    for body in (edited.body or Body(), *(one.body for one in edited.attachments)):
        for block in body.blocks:
            if isinstance(block, Figure) and block.alt in homes:
                home = homes[block.alt]
                found[home] = found.get(home, 0) + 1
    whole = {
        home
        for home, count in found.items()
        if (pdf := issue.attachments[home].pdf) is not None and count == len(pdf.pages)
    }
    known = {alt: home for alt, home in homes.items() if home in whole}
    if not known:
        return edited
    own, covered = _parted(edited.body or Body(), known, issue.attachments)
    made = [*covered]
    for one in edited.attachments:
        body, covered = _parted(one.body, known, issue.attachments)
        made += [replace(one, body=body), *covered]
    return replace(edited, body=None if edited.body is None else own, attachments=tuple(made))


def _parted(
    body: Body, known: dict[str, int], attachments: Sequence[Attachment]
) -> tuple[Body, list[Attachment]]:
    """A body with its own PDF file behind it, and the attachments that cover pages: a document has
    no title between those and what stands before them."""
    blocks: list[BodyBlock] = []
    homes: dict[int, None] = {}
    for block in body.blocks:
        if isinstance(block, Figure) and block.alt in known:
            homes[known[block.alt]] = None
            if blocks and isinstance(blocks[-1], PageBreak):  # each begins a page
                blocks.pop()
        else:
            blocks.append(block)
    covered = []
    for home in homes:
        pdf = attachments[home].pdf
        assert pdf is not None
        if pdf.fit is PageFit.WHOLE and len(attachments[home].body.blocks) == 1:
            covered.append(attachments[home])
        else:
            blocks.append(pdf)
    return Body(tuple(blocks), body.notes), covered
