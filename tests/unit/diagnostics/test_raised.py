"""Every kind of finding is raised somewhere, with exactly the values that its words use.

The source is read, not run: a message that nobody can trigger in a test is held to it as well.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from string import Formatter

from helpers.cases import each
from helpers.sources import nodes, parsed

from brieftex.diagnostics import Kind
from brieftex.diagnostics import messages as package
from brieftex.diagnostics.messages import kinds

KINDS = list(kinds().values())


def used(kind: Kind) -> set[str]:
    """The fields of all its words."""
    texts = (kind.zh, kind.en, *kind.hints_zh, *kind.hints_en)
    names = (name for text in texts for _, name, _, _ in Formatter().parse(text) if name)
    return {name.partition(".")[0].partition("[")[0] for name in names}


@cache
def constants() -> dict[tuple[str, str], Kind]:
    """Every kind by its module and its name there."""
    return {
        (module.name, name): value
        for module in iter_modules(package.__path__)
        for name, value in vars(import_module(f"{package.__name__}.{module.name}")).items()
        if isinstance(value, Kind)
    }


class Raised:
    """The calls of one module that name a kind, and what they give it."""

    def __init__(self, path: Path) -> None:
        self.nodes = nodes(path)
        self.calls = [node for node in self.nodes if isinstance(node, ast.Call)]
        self.names: dict[str, Kind] = {}  # NUMBER, kinds.NUMBER
        for node in self.nodes:
            if isinstance(node, ast.ImportFrom) and node.module:
                self._imported(node)

    def _imported(self, node: ast.ImportFrom) -> None:
        module = (node.module or "").rpartition(".")[2]
        for alias in node.names:
            here = alias.asname or alias.name
            if node.module == package.__name__:
                for (home, name), kind in constants().items():
                    if home == alias.name:
                        self.names[f"{here}.{name}"] = kind
            elif (module, alias.name) in constants():
                self.names[here] = constants()[module, alias.name]

    def kind(self, node: ast.AST) -> Kind | None:
        if isinstance(node, ast.Name):
            return self.names.get(node.id)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            return self.names.get(f"{node.value.id}.{node.attr}")
        return None

    @cached_property
    def raised(self) -> list[tuple[Kind, frozenset[str], ast.Call]]:
        """``KIND.at(…)`` and every call that is handed a kind with the values of its words:
        ``report(KIND, …)``. With the names of the values."""
        found = []
        for node in self.calls:
            at = isinstance(node.func, ast.Attribute) and node.func.attr == "at"
            named = [node.func.value] if at else node.args  # type: ignore[attr-defined]
            kinds = [kind for kind in map(self.kind, named) if kind is not None]
            if kinds and not self._registers(node):
                found += [(kind, given(node), node) for kind in kinds]
        return found

    @cached_property
    def raised_by_variable(self) -> set[frozenset[str]]:
        """The values of ``kind.at(…)`` where a table says which kind it is."""
        return {
            given(node)
            for node in self.calls
            if isinstance(node.func, ast.Attribute)
            and node.func.attr == "at"
            and ast.unparse(node.func.value).startswith(("kind", "_PROBLEMS["))
            and self.kind(node.func.value) is None
        }

    def with_second_places(self) -> set[str]:
        """The codes of what is raised with a second place: ``KIND.at(…).also(…)``, or ``also``
        of a name that it was given."""
        found = set()
        codes = {id(call): kind.code for kind, _, call in self.raised}
        for scope in self.nodes if codes else ():
            if not isinstance(scope, ast.FunctionDef):
                continue
            within = list(ast.walk(scope))
            given_to = {
                target.id: codes[id(node.value)]
                for node in within
                if isinstance(node, ast.Assign) and id(node.value) in codes
                for target in node.targets
                if isinstance(target, ast.Name)
            }
            for node in within:
                if isinstance(node, ast.Attribute) and node.attr == "also":
                    code = codes.get(id(node.value)) or given_to.get(ast.unparse(node.value))
                    found |= {code} - {None}
        return found

    def rules(self) -> Iterator[Kind]:
        """The kinds that rules about texts are registered with; ``rule.findings`` gives each
        what is wrong and what is right."""
        for node in self.calls:
            if dotted(node.func) == "RULES.text":
                kind = self.kind(node.args[0])
                assert kind is not None
                yield kind

    def _registers(self, call: ast.Call) -> bool:
        return dotted(call.func).startswith("RULES.") or dotted(call.func) == "Leaf"

    def mentioned(self) -> set[str]:
        """The codes of kinds that the module names, other than to import them."""
        found = (self.kind(node) for node in self.nodes)
        return {kind.code for kind in found if kind is not None}


def dotted(node: ast.AST) -> str:
    """A name, or one with a dot in it; nothing of what else can be called."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return f"{node.value.id}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def given(call: ast.Call) -> frozenset[str]:
    """The names of the values; ``**`` for those in a dictionary."""
    return frozenset(keyword.arg or "**" for keyword in call.keywords)


@cache
def modules() -> dict[Path, Raised]:
    return {path: Raised(path) for path in parsed() if "messages" not in path.parts}


@cache
def raised() -> dict[str, list[tuple[str, frozenset[str]]]]:
    """By code: where it is raised, and with what."""
    found = defaultdict(list)
    for path, module in modules().items():
        for kind, values, call in module.raised:
            found[kind.code].append((f"{path.name}:{call.lineno}", values))
    return found


@cache
def by_table() -> dict[str, set[frozenset[str]]]:
    """By code: the values of the variable raises in the room of a table that has the kind."""
    found, variable = defaultdict(set), defaultdict(set)
    for path, module in modules().items():
        variable[path.parent].update(module.raised_by_variable)
    for path, module in modules().items():
        for code in module.mentioned():
            found[code] |= variable[path.parent]
    return found


@cache
def rules() -> frozenset[str]:
    return frozenset(kind.code for module in modules().values() for kind in module.rules())


@each("kind", KINDS, ids=lambda kind: kind.code)
def test_a_message_is_raised_with_what_it_says(kind: Kind) -> None:
    """Catches a KeyError in a message, a value that no word of it uses, and a message that
    nothing raises any more."""
    wrong = [(where, values) for where, values in raised()[kind.code] if values != used(kind)]
    assert wrong == []
    if not raised()[kind.code]:
        if kind.code in rules():
            assert used(kind) <= {"wrong", "right"}
        else:
            assert used(kind) in by_table()[kind.code]


def test_second_places_have_words_and_words_second_places() -> None:
    """Catches an empty line where a second place is shown, and words for one never named."""
    told = {kind.code for kind in KINDS if all(kind.second)}
    assert told == {kind.code for kind in KINDS if any(kind.second)}
    assert told == set().union(*(module.with_second_places() for module in modules().values()))
