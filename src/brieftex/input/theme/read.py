"""A theme file as text, its keys known and every value with its place.

Values stay text here: what ``2em`` or ``red`` comes to depends on the theme that extends
this one, so they are read after the files are laid over each other (``input.theme.resolve``).
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

from brieftex.diagnostics import Finding, Source
from brieftex.diagnostics.messages.fields import EMPTY_THEME_LIST
from brieftex.diagnostics.messages.theme import UNKNOWN_THEME_KEY, WRONG_THEME_SHAPE
from brieftex.input import yaml
from brieftex.input.fields import Field, Form, ListOf, Reading, Record, read_record
from brieftex.input.fields.suggest import nearest
from brieftex.input.theme.keys import THEME
from brieftex.input.theme.values import Leaf, WrittenValue

Raw: TypeAlias = "WrittenValue | tuple[WrittenValue, ...] | dict[str, Raw]"


class _Reading(Reading):
    """Reading of a theme: an empty text is a value, and no key is missing in one file."""

    def lacks(self, node: yaml.Node) -> bool:  # noqa: ARG002  # whatever it is
        """Never: labels may be empty."""
        return False

    def missing(self, *_: object) -> None:
        """Another file may have it."""

    def unknown_key(
        self,
        key: yaml.Scalar,
        node: yaml.Mapping,  # noqa: ARG002  # the record tells enough
        record: Record,
        path: str,
    ) -> None:
        """Report the key, with the one that was meant if it can be told."""
        known = [field.key for field in record.fields]
        near = nearest(key.text, {name: name for name in known}) or known[0]
        here = f"{path}.{key.text}".lstrip(".")
        self.report(
            UNKNOWN_THEME_KEY, key.span, here, key=key.text, nearest=near, known="、".join(known)
        )

    def wrong_type(
        self,
        node: yaml.Node,
        field: Field,
        path: str,
        form: Form | None = None,
    ) -> None:
        """Report a value of another kind, with one of the right kind; or a list without any."""
        example = _example(field.key, form or field.form)
        if isinstance(field.form, ListOf) and isinstance(node, yaml.Sequence) and not node.items:
            self.report(EMPTY_THEME_LIST, node.span, path, key=field.key, example=example)
            return
        self.report(WRONG_THEME_SHAPE, node.span, path, key=field.key, example=example)


def read_values(
    tree: yaml.Mapping, source: Source, folder: Path
) -> tuple[dict[str, Raw], list[Finding]]:
    """The values of a theme file, and everything wrong with its keys and their shapes."""
    reading = _Reading(source, folder)
    return read_record(reading, tree, THEME, ""), reading.findings


def merged(base: Raw, over: Raw) -> Raw:
    """``over`` laid on ``base``: mappings key by key, anything else replaced whole."""
    if not (isinstance(base, dict) and isinstance(over, dict)):
        return over
    result = dict(base)
    for key, value in over.items():
        result[key] = merged(base[key], value) if key in base else value
    return result


def _example(key: str, form: Form) -> str:
    if isinstance(form, Leaf):
        return f"{key}: …"
    if isinstance(form, ListOf):
        return f"{key}: [{', '.join('…' * form.count or '…')}]"
    return f"{key}: {{…: …}}"
