"""Who gets which message of an issue, each with its PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct

from brieftex.cli.findings import Reporter
from brieftex.cli.release import too_few_lines

if TYPE_CHECKING:
    from brieftex.delivery.message import Letter
    from brieftex.delivery.readers import Recipient
    from brieftex.model.issue import Issue
    from brieftex.printing.traced import TracedIssue

USUAL_EDITION = "mail"


class Post(Struct, frozen=True):
    """One message to be sent: to whom, with which letter, of which edition."""

    reader: Recipient
    letter: Letter
    edition: str
    trace: TracedIssue | None = None

    def row(self, issue: str) -> dict[str, object]:
        """The row that the ledger keeps of it."""
        trace = "" if self.trace is None else self.trace.digest
        return {"issue": issue, "edition": self.edition, "trace": trace}


def mailed_readers(path: Path, findings: Reporter) -> list[Recipient]:
    """The readers of a list who want mail. Raises InputError."""
    from brieftex.delivery.readers import read_readers  # noqa: PLC0415  # help does without

    readers, found, source = read_readers(path)
    findings.show(found, source)
    return [reader for reader in readers if reader.mailed]


def posts_of(
    path: Path,
    readers: list[Recipient],
    sender: str,
    how_set: dict[str, Any],
    findings: Reporter,
) -> tuple[Issue, list[Post]]:
    """The messages, each edition set once. Raises InputError. ``how_set`` has the other
    arguments of ``typeset``."""
    from brieftex.delivery.digest import mail_digest  # noqa: PLC0415  # help does without
    from brieftex.delivery.message import Letter  # noqa: PLC0415  # as above
    from brieftex.delivery.naming import issue_file_name  # noqa: PLC0415  # as above
    from brieftex.pipeline import typeset  # noqa: PLC0415  # as above

    letters: dict[str, Letter] = {}
    issue = None
    for edition in dict.fromkeys(reader.edition or USUAL_EDITION for reader in readers):
        made = typeset(path, edition=edition, **how_set)
        if issue is None:
            findings.show(made.findings, made.source)
        issue = made.issue
        issuer = issue.masthead.issuer
        letters[edition] = Letter(
            digest=mail_digest(issue, made.pages),
            file_name=issue_file_name(issue.masthead),
            pdf=made.pdf,
            sender=sender,
            sender_name="" if issuer is None else issuer.text.replace("\n", ""),
        )
    if issue is None:
        from brieftex.input.issue.file import read_issue  # noqa: PLC0415  # nobody wants mail

        issue = read_issue(path)[0]
    named = ((reader, reader.edition or USUAL_EDITION) for reader in readers)
    return issue, [Post(reader, letters[edition], edition) for reader, edition in named]


def traced_posts(path: Path, posts: list[Post], how_set: dict[str, Any]) -> list[Post]:
    """The messages with a file of its own for each reader, lines moved. Raises InputError,
    ClickException."""
    from msgspec.structs import replace  # noqa: PLC0415  # help does without

    from brieftex.delivery.naming import issue_name  # noqa: PLC0415  # as above
    from brieftex.pipeline import typeset_pages  # noqa: PLC0415  # as above
    from brieftex.printing.drawing import CopyDrawer  # noqa: PLC0415  # as above
    from brieftex.printing.traced import TooFewLinesError, TracedIssue  # noqa: PLC0415  # as above

    marked: dict[str, Post] = {}
    for edition in dict.fromkeys(post.edition for post in posts):
        own = [post for post in posts if post.edition == edition]
        made = typeset_pages(path, edition=edition, **how_set)
        name = issue_name(made.issue.masthead)
        try:
            trace = TracedIssue(made, name, edition, len(own), {})
        except TooFewLinesError as error:
            raise click.ClickException(too_few_lines(error.lines, error.needed)) from error
        drawer = CopyDrawer(made)
        for post in own:
            address = post.reader.address.lower()
            pdf = drawer.file(trace.pages(made.pages, address))
            marked[address] = replace(post, letter=replace(post.letter, pdf=pdf), trace=trace)
    return [marked[post.reader.address.lower()] for post in posts]
