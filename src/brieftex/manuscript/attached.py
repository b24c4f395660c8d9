"""The titles of attachments: as written, or what the PDF file is called whose pages they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

from brieftex.manuscript.tokens import Token, contents_title, titled
from brieftex.manuscript.values import Scalars
from brieftex.manuscript.written import OF_HEADING, WrittenText

_WHOLE = ("whole", "整页")
"""How an attachment says that pages of a PDF file cover the paper."""


def attached_title(
    values: Scalars, fields: dict[str, Any], path: str
) -> tuple[WrittenText | None, WrittenText | None]:
    """What stands above an attachment, and in the contents; nothing above a page that is covered
    by one of another file."""
    node, named = fields.get("title"), False
    if node is None:
        node, named = fields.get("pdf"), True

    def read(tokens: Callable[[str], list[Token]]) -> WrittenText | None:
        as_file = lambda text: tokens(PurePosixPath(text.replace("\\", "/")).stem)  # noqa: E731
        where = f"{path}.title"
        return values.passage(node, where, OF_HEADING, as_file if named else tokens)

    fit = fields.get("fit")
    covered = fit is not None and values.value(fit).text.strip().lower() in _WHOLE
    above = None if covered and "body" not in fields else read(titled)
    return above, read(contents_title)
