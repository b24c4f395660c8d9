"""Whether a YAML file is an issue, told by its first keys: without parsing it."""

from __future__ import annotations

import re
from pathlib import Path

from brieftex.patterns import late
from brieftex.source import SIZE_LIMIT, SpecialFileError, read_regular

# Themes and other YAML files have no masthead; the file of a meeting says what it is.
_ISSUE = late(
    rb"^(?:\xef\xbb\xbf)?(?:brieftex|masthead|\xe6\x8a\xa5\xe5\xa4\xb4)\s*:", re.MULTILINE
)
_MEETING = late(rb"^(?:meeting|\xe4\xbc\x9a\xe8\xae\xae)\s*:", re.MULTILINE)


def looks_like_issue(path: Path) -> bool:
    """Whether the file is an issue, also where it cannot be read: reading it again will say why."""
    try:
        data = read_regular(path, SIZE_LIMIT)
    except (FileNotFoundError, IsADirectoryError, SpecialFileError):
        return False
    except OSError:
        return True
    text = data.replace(b"\0", b"")
    return _ISSUE.search(text) is not None and _MEETING.search(text) is None
