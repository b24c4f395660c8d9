"""Items go into an issue file that there is already, and every other byte stays as it is."""

from __future__ import annotations

from collections.abc import Sequence

from brieftex.diagnostics import Source
from brieftex.input.issue.fields import ISSUE, SECTION, field_words
from brieftex.input.issue.write import YamlWriter
from brieftex.input.yaml import Mapping, Node, Scalar, parse
from brieftex.input.yaml import Sequence as YamlSequence
from brieftex.model.content import Inline
from brieftex.model.issue import Item, Section


class NoPlaceError(Exception):
    """The file is written so that nothing can be put in without changing it; says why."""


def with_items(source: Source, section: str, items: Sequence[Item]) -> tuple[str, list[str]]:
    """The text of a file with items at the end of the section of that title, which is made if it
    is missing; and the texts that could not be written exactly. Raises NoPlaceError."""
    tree = parse(source, field_words())
    writer = YamlWriter()
    sections = _value(tree, ISSUE["sections"].words)
    chinese = any(not key.text.isascii() for key, _ in tree.entries)
    if sections is None:
        key = ISSUE["sections"].names[0] if chinese else "sections"
        lines = [f"{key}:", *_indented(writer.section(_section(section, items), ""), 2)]
        return _inserted(source.text, len(source.text), lines), writer.inexact
    if not isinstance(sections, YamlSequence) or _is_flow(source, sections):
        raise NoPlaceError
    for node in sections.items:
        title = _value(node, SECTION["title"].words) if isinstance(node, Mapping) else None
        if isinstance(title, Scalar) and title.text.strip() == section:
            assert isinstance(node, Mapping)
            return _in_section(source, node, items, writer), writer.inexact
    column = _dash(source, sections)
    lines = _indented(writer.section(_section(section, items), ""), column)
    return _inserted(source.text, sections.span.end, lines), writer.inexact


def _section(title: str, items: Sequence[Item]) -> Section:
    return Section(Inline(title), tuple(items))


def _in_section(source: Source, node: Mapping, items: Sequence[Item], writer: YamlWriter) -> str:
    held = _value(node, SECTION["items"].words)
    entries = [line for item in items for line in writer.item(item, "")]
    if held is None:
        column = source.position(node.entries[0][0].span.start)[1] - 1
        lines = [f"{SECTION['items'].names[0]}:", *_indented(entries, 2)]
        return _inserted(source.text, node.span.end, _indented(lines, column))
    if not isinstance(held, YamlSequence) or _is_flow(source, held):
        raise NoPlaceError
    return _inserted(source.text, held.span.end, _indented(entries, _dash(source, held)))


def _value(node: Node, words: Sequence[str]) -> Node | None:
    if not isinstance(node, Mapping):
        return None
    return next((value for key, value in node.entries if key.text in words), None)


def _is_flow(source: Source, node: YamlSequence) -> bool:
    return source.text.startswith("[", node.span.start) or not node.items


def _dash(source: Source, node: YamlSequence) -> int:
    """The column, from 0, of the dashes of a list."""
    start = node.items[0].span.start
    line = source.text.rfind("\n", 0, start) + 1
    dash = source.text.rfind("-", line, start)
    if dash < 0:  # the dash stands alone on the line above
        above = source.text.rfind("\n", 0, max(line - 1, 0)) + 1
        dash = source.text.find("-", above)
        line = above
    return dash - line


def _indented(lines: Sequence[str], by: int) -> list[str]:
    return [f"{'':{by}}{line}" if line else "" for line in lines]


def _inserted(text: str, at: int, lines: Sequence[str]) -> str:
    """The text with whole lines behind the last one with content before ``at``."""
    end = len(text[:at].rstrip())
    newline = text.find("\n", end)
    break_ = "\r\n" if "\r\n" in text else "\n"
    more = "".join(f"{line}{break_}" for line in lines)
    if newline < 0:
        return text + break_ + more
    return text[: newline + 1] + more + text[newline + 1 :]
