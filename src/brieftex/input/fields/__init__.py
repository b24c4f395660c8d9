"""One description of what a YAML file may hold serves everything that is said of it.

A ``Record`` lists the fields of a mapping, each with its ``Form``. Reading with findings
(``forms``, ``records``), the JSON Schema (``schema``), the tables of the reference
(``reference``) and suggestions (``suggest``) are made from it, for issues and for themes.
"""

from brieftex.input.fields.choice import Choice
from brieftex.input.fields.forms import (
    Field,
    Form,
    Plain,
    Quotes,
    Reading,
    Record,
    example,
    is_empty,
)
from brieftex.input.fields.records import ListOf, NamedOf, RecordOf, RecordsOf, Values, read_record

__all__ = [
    "Choice",
    "Field",
    "Form",
    "ListOf",
    "NamedOf",
    "Plain",
    "Quotes",
    "Reading",
    "Record",
    "RecordOf",
    "RecordsOf",
    "Values",
    "example",
    "is_empty",
    "read_record",
]
