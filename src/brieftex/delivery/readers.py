"""``readers.csv`` or ``.yaml`` → who receives an issue, or every fault of the list at once."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as WordMeanings
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from brieftex.delivery.columns import column_names, csv_rows, reader_column
from brieftex.delivery.spreadsheet import SheetCell
from brieftex.diagnostics import Finding, InputError, Severity, Source, Span
from brieftex.diagnostics.messages import delivery as messages
from brieftex.diagnostics.messages.yaml import NOT_TEXT, NOT_UTF8
from brieftex.input.theme import edition_names
from brieftex.input.yaml import Mapping, Scalar, parse
from brieftex.input.yaml import Sequence as YamlList
from brieftex.patterns import late
from brieftex.source import read_source

MOST_COPIES = 10_000

_ADDRESS = late(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[\w-]{1,63}\.)+[^\W\d_][\w-]{0,62}")

# Line ends, tabs and other control characters.
_BREAKS = late(r"\s*[\x00-\x1f\x7f-\x9f\u2028\u2029]+\s*")
# What cannot be seen and comes along with an address from a web page or a chat.
_UNSEEN = late(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
# A name of two or three characters that was spread to the width of others: 张　明.
_SPREAD = late(r"(?:[\u3400-\u9fff]\s+){1,2}[\u3400-\u9fff]")


class Way(StrEnum):
    """How a reader receives an issue: 纸, 邮件, 都要."""

    PAPER = "paper"
    MAIL = "mail"
    BOTH = "both"


class Recipient(Struct, frozen=True):
    """One who receives an issue. ``edition`` "" is the usual one for the way; ``language`` is
    that of the salutation; ``span`` is where the reader stands in the list."""

    name: str
    office: str = ""
    post: str = ""
    address: str = ""
    copies: int = 1
    form: Way = Way.PAPER
    edition: str = ""
    language: str = "zh"
    span: Span = Span(0, 0)

    @property
    def mailed(self) -> bool:
        """Whether this reader gets a message."""
        return self.form is not Way.PAPER

    @property
    def printed(self) -> int:
        """How many copies on paper."""
        return 0 if self.form is Way.MAIL else self.copies

    @property
    def paper_edition(self) -> str:
        """The edition of the copies on paper, "" for the usual one: that for mail is none."""
        return "" if self.edition == "mail" else self.edition

    @property
    def whole_name(self) -> str:
        """Office and name, as the ledger has it."""
        return f"{self.office} {self.name}".strip()

    @property
    def salutation(self) -> str:
        """尊敬的王主任：, or Dear Wang Li:, for a message."""
        if self.language == "en":
            return f"Dear {self.name},"
        return f"{self.name}{self.post}：" if self.post else f"{self.name}："


_FORMS = {
    "paper": Way.PAPER, "纸": Way.PAPER, "纸质": Way.PAPER, "纸质版": Way.PAPER,
    "mail": Way.MAIL, "邮件": Way.MAIL, "电子邮件": Way.MAIL, "电子版": Way.MAIL,
    "both": Way.BOTH, "都要": Way.BOTH, "纸和邮件": Way.BOTH, "纸质和电子版": Way.BOTH,
}  # fmt: skip
_LANGUAGES = {"zh": "zh", "中文": "zh", "en": "en", "英文": "en"}
_EDITIONS = {
    "印刷": "print", "印刷版": "print", "邮件": "mail", "邮件版": "mail",
    "大字": "large", "大字版": "large", "送审": "review", "送审版": "review",
}  # fmt: skip


def read_readers(path: Path) -> tuple[list[Recipient], list[Finding], Source]:
    """The readers of a file, with warnings. Raises InputError with all that is wrong with it.

    A list in GBK is what Excel and WPS write, and no fault.
    """
    try:
        source, found = read_source(path)
    except InputError as error:
        raise InputError(error.source, list(map(_as_list, error.findings))) from None
    found = [finding for finding in found if finding.kind is not NOT_UTF8]
    readers, odd = check_readers(source, yaml=path.suffix.lower() in (".yaml", ".yml"))
    return readers, [*found, *odd], source


def _as_list(finding: Finding) -> Finding:
    """What is said of a file, as it is said of a list: one who keeps it in Excel saves it anew."""
    if finding.kind is not NOT_TEXT:
        return finding
    return messages.LIST_NO_TEXT.at(finding.span)


def check_readers(source: Source, *, yaml: bool) -> tuple[list[Recipient], list[Finding]]:
    """The readers of a text, with warnings. Raises InputError likewise."""
    rows, odd = _yaml_rows(source) if yaml else csv_rows(source)
    list_ = _ReaderList()
    readers = [reader for row in rows if (reader := list_.read(*row)) is not None]
    found = [*odd, *list_.found, *_repeated(readers)]
    if not readers and not any(f.severity is Severity.ERROR for f in found):
        found.append(messages.NO_READERS.at(Span(0, 0)))
    found.sort(key=lambda f: f.span.start if f.span else -1)
    if any(finding.severity is Severity.ERROR for finding in found):
        raise InputError(source, found)
    return readers, found


def _yaml_rows(source: Source) -> tuple[list[tuple[Span, dict[str, SheetCell]]], list[Finding]]:
    tree = parse(source)
    words = ("readers", "读者")
    node = next((value for key, value in tree.entries if key.text in words), None)
    if not isinstance(node, YamlList):
        return [], [messages.NO_READER_LIST.at(Span(0, 0))]
    found: list[Finding] = []
    made = []
    for item in node.items:
        if not isinstance(item, Mapping):
            found.append(messages.NO_READER_RECORD.at(item.span))
            continue
        cells: dict[str, SheetCell] = {}
        for key, value in item.entries:
            column = reader_column(key.text)
            if column is None or not isinstance(value, Scalar):
                found.append(
                    messages.UNKNOWN_COLUMN.at(key.span, column=key.text, columns=column_names())
                )
            elif column in cells:
                found.append(messages.REPEATED_COLUMN.at(key.span, column=key.text))
            else:
                cells[column] = SheetCell(value.text.strip(), value.span)
        made.append((Span(item.span.start, item.entries[0][0].span.end), cells))
    return made, found


class _ReaderList:
    """Reads rows; keeps what is wrong with them."""

    def __init__(self) -> None:
        self.found: list[Finding] = []

    def read(self, place: Span, cells: dict[str, SheetCell]) -> Recipient | None:
        """The reader of a row; None without a name. A cell that was broken into lines is one line:
        names go into headers of mail."""
        cells = {key: SheetCell(_one_line(c.text), c.span) for key, c in cells.items()}
        name = cells.get("name")
        if name is None or not name.text:
            self.found.append(messages.NO_NAME.at(name.span if name else place))
            return None
        if not any(map(str.isalpha, name.text)):
            self.found.append(messages.BAD_NAME.at(name.span, text=name.text))
            return None
        texts = {key: cell.text for key, cell in cells.items()}
        reader = Recipient(
            name=_closed_up(name.text),
            office=texts.get("office", ""),
            post=texts.get("post", ""),
            address=self._address(cells.get("address")),
            copies=self._copies(cells.get("copies")),
            form=self._form(cells),
            edition=self._edition(cells.get("edition")),
            language=self._word(cells.get("language"), _LANGUAGES, "zh", "称谓语言"),
            span=name.span,
        )
        if reader.mailed and not texts.get("address"):
            at = cells.get("form", name).span
            self.found.append(messages.NO_ADDRESS.at(at, name=reader.name))
        return reader

    def _form(self, cells: dict[str, SheetCell]) -> Way:
        cell = cells.get("form")
        address = cells.get("address")
        usual = Way.MAIL if address is not None and address.text else Way.PAPER
        return Way(self._word(cell, _FORMS, usual, "方式"))

    def _edition(self, cell: SheetCell | None) -> str:
        known = edition_names()
        if cell is None or cell.text.endswith((".yaml", ".yml")):
            return "" if cell is None else cell.text
        return self._word(cell, {**dict(zip(known, known, strict=True)), **_EDITIONS}, "", "版本")

    def _word(
        self, cell: SheetCell | None, words: WordMeanings[str, str], usual: str, what: str
    ) -> str:
        if cell is None or not cell.text:
            return usual
        word = cell.text.lower()
        if word not in words:
            choices = "、".join(words)
            self.found.append(
                messages.UNKNOWN_WORD.at(cell.span, column=what, text=cell.text, choices=choices)
            )
        return words.get(word, usual)

    def _copies(self, cell: SheetCell | None) -> int:
        if cell is None or not cell.text:
            return 1
        text = unicodedata.normalize("NFKC", cell.text).removesuffix("份").strip()
        text = text.removesuffix(".0")  # a number as some programs write it
        if not (text.isascii() and text.isdigit() and len(text) < 6 and int(text) >= 1):
            text = ""
        if not text or int(text) > MOST_COPIES:
            self.found.append(messages.BAD_COPIES.at(cell.span, text=cell.text, most=MOST_COPIES))
            return 1
        return int(text)

    def _address(self, cell: SheetCell | None) -> str:
        if cell is None or not cell.text:
            return ""
        if not _ADDRESS.fullmatch(cell.text) or ".." in cell.text or ".@" in cell.text:
            self.found.append(messages.BAD_ADDRESS.at(cell.span, text=cell.text))
        return cell.text


def _one_line(text: str) -> str:
    return _BREAKS.sub(" ", _UNSEEN.sub("", text)).strip()


def _closed_up(name: str) -> str:
    """The name without the blanks that only spread it."""
    return "".join(name.split()) if _SPREAD.fullmatch(name) else name


def _repeated(readers: Iterable[Recipient]) -> Iterator[Finding]:
    """One address twice would be mailed twice; one name twice in an office may be meant."""
    addresses: dict[str, Recipient] = {}
    names: dict[str, Recipient] = {}
    for reader in readers:
        key = reader.address.lower()
        if key and reader.mailed:
            if key in addresses:
                first = addresses[key]
                finding = messages.ADDRESS_TWICE.at(reader.span, address=key, name=first.name)
                yield finding.also(first.span)
            addresses.setdefault(key, reader)
        if reader.whole_name in names:
            first = names[reader.whole_name]
            yield messages.READER_TWICE.at(reader.span, name=reader.whole_name).also(first.span)
        names.setdefault(reader.whole_name, reader)
