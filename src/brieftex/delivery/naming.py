"""What an issue is called in subjects, ledgers and names of files."""

from __future__ import annotations

from brieftex.model.issue import Masthead
from brieftex.patterns import late

NAME_STEM_CHARACTERS = 40
"""Characters of a file's name before its ending: longer ones are cut by mail programs."""

# What Windows, mail programs or shells take for something else.
_UNFIT = late(r'[\s<>:"/\\|?*\x00-\x1f：／《》〈〉“”‘’"]+')


def issue_words(masthead: Masthead, *, total: bool = False) -> str:
    """2026年第4期, with （总第58期） behind it if ``total`` is wanted; "" without a number."""
    year = "" if masthead.date is None else f"{masthead.date.year}年"
    words = f"{year}第{masthead.number}期" if masthead.number is not None else ""
    if not words and masthead.document_number is not None:
        words = masthead.document_number.text
    if words and total and masthead.total is not None:
        words += f"（总第{masthead.total}期）"
    return words


def issue_name(masthead: Masthead) -> str:
    """衡澜参阅2026年第4期."""
    return _one_line(masthead.name.text) + issue_words(masthead)


def issue_subject(masthead: Masthead) -> str:
    """《衡澜参阅》2026年第4期（总第58期）."""
    return f"《{_one_line(masthead.name.text)}》{issue_words(masthead, total=True)}"


def issue_file_name(masthead: Masthead, ending: str = ".pdf") -> str:
    """A name for a file that says what it is and that no mail program garbles."""
    return (_UNFIT.sub("", issue_name(masthead))[:NAME_STEM_CHARACTERS] or "简报") + ending


def _one_line(text: str) -> str:
    return "".join(text.split("\n"))
