"""Choosing a face for each role of a theme.

A family is searched for in the issue's own ``fonts`` folder, then on the system, then among the
bundled ones; for the name of a bundled family the system is skipped, so that an issue set in the
bundled faces has the same bytes on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from brieftex.diagnostics import Finding
from brieftex.diagnostics.messages import fonts as messages
from brieftex.fonts import index
from brieftex.fonts.face import Face
from brieftex.fonts.index import FontFile, FontIndex, Problem
from brieftex.fonts.locations import bundled_folder, cache_folder, system_folders
from brieftex.fonts.report import FaceChoice, FontBook, Origin, Role
from brieftex.fonts.sfnt import FaceNames, may_embed, name_key
from brieftex.styled.styles import FontRequest

_PROBLEMS = {
    Problem.DAMAGED: messages.DAMAGED_FONT,
    Problem.UNREADABLE: messages.UNREADABLE_FONT,
    Problem.NO_OUTLINES: messages.FONT_WITHOUT_OUTLINES,
}
_SCRIPTS = {"han": ("中文", "Chinese"), "latin": ("西文", "Latin")}


class _Place:
    """The font files of one origin, and their names."""

    def __init__(self, origin: Origin, files: Sequence[FontFile]) -> None:
        self.origin = origin
        self.files = files

    @cached_property
    def _named(self) -> dict[str, list[FontFile]]:
        named: dict[str, list[FontFile]] = {}
        for file in self.files:
            for key in {key for names in file.faces for key in (*names.families, *names.exact)}:
                named.setdefault(key, []).append(file)
        return named

    def faces(self, key: str) -> list[tuple[FontFile, FaceNames]]:
        """Every face of that name, the best match first: by exact name, upright style and
        regular weight, then in the order of files."""
        found = [
            (file, names)
            for known in self._named.get(key, ())
            for file in (index.current(known),)
            for names in file.faces
            if key in names.families or key in names.exact
        ]
        return sorted(
            found,
            key=lambda pair: (
                key not in pair[1].exact, pair[1].italic, abs(pair[1].weight - 400)
            ),
        )  # fmt: skip


class _Search:
    """A search through the places, which opens each face once and collects findings."""

    def __init__(self, issue_folder: Path | None, bundled_only: bool) -> None:
        bundled = bundled_folder()
        self._own = issue_folder / "fonts" if issue_folder and not bundled_only else None
        if self._own is not None and self._own.exists() and self._own.samefile(bundled):
            self._own = None  # an issue at the root of brieftex's own repository
        self._bundled_only = bundled_only
        self._bundled = _Place(Origin.BUNDLED, FontIndex().files(bundled))
        self._opened: dict[tuple[Path, int], Face] = {}
        self.findings: dict[Finding, None] = {}

    @cached_property
    def issue(self) -> _Place:
        return _Place(Origin.ISSUE, FontIndex().files(self._own) if self._own else ())

    @cached_property
    def system(self) -> _Place:
        if self._bundled_only:
            return _Place(Origin.SYSTEM, ())
        cache = cache_folder()
        index = FontIndex(cache / "fonts.json" if cache else None)
        files = [file for folder in system_folders() for file in index.files(folder)]
        index.save()
        return _Place(Origin.SYSTEM, files)

    def bundled_families(self) -> str:
        families = {names.family for file in self._bundled.files for names in file.faces}
        return "、".join(sorted(families))

    def _places(self, key: str) -> Iterator[_Place]:
        yield self.issue
        if not self._bundled.faces(key):
            yield self.system
        yield self._bundled

    def choose(self, role: str, script: str, wanted: tuple[str, ...]) -> FaceChoice:
        """The first of the wanted families that has a face to embed."""
        for key in map(name_key, wanted):
            for place in self._places(key):
                for file, names in place.faces(key):
                    if not may_embed(names.fs_type):
                        self._note(messages.EMBEDDING_FORBIDDEN.at(
                            None, family=names.family, file=self.shown(file.path)
                        ))  # fmt: skip
                        continue
                    face = self._open(file.path, names.index)
                    if face.usable:
                        return FaceChoice(role, script, wanted, names.family, face, place.origin)
                    self._note(messages.DAMAGED_FONT.at(None, file=self.shown(file.path)))
        return FaceChoice(role, script, wanted)

    def others(self, choice: FaceChoice) -> list[FaceChoice]:
        """A choice for each other wanted family, as fallbacks of the chosen one. It is no fault if
        one is missing, so nothing is reported."""
        if choice.face is None:
            return []
        reported = dict(self.findings)
        found = [self.choose(choice.role, choice.script, (name,)) for name in choice.wanted]
        self.findings = reported
        return found

    def _open(self, path: Path, index: int) -> Face:
        face = self._opened.get((path, index))
        if face is None:
            # The bundled faces do not change while brieftex runs.
            mapped = path.is_relative_to(bundled_folder())
            beside = next((f for (other, _), f in self._opened.items() if other == path), None)
            face = Face(path, index, mapped=mapped, beside=beside)
            self._opened[path, index] = face
        return face

    def _note(self, finding: Finding) -> None:
        self.findings[finding] = None

    def shown(self, path: Path) -> str:
        if self._own is not None and path.is_relative_to(self._own):
            return f"fonts/{path.relative_to(self._own).as_posix()}"
        return str(path)

    def problems(self, place: _Place) -> tuple[Finding, ...]:
        """A finding for each file of the place that has no usable face."""
        return tuple(
            _PROBLEMS[file.problem].at(None, file=self.shown(file.path))
            for file in place.files
            if file.problem
        )


def load_fonts(
    request: FontRequest, issue_folder: Path | None, bundled_only: bool = False
) -> FontBook:
    """Find a face for every role; with ``bundled_only`` among brieftex's own fonts alone.

    A wanted name may be a family name, a full name or a PostScript name. The first family found
    is the role's; characters that it lacks come from the families listed after it, which are
    similar, and only then from the fallback. A role without a Latin family uses the letters of
    its Han face. What all these lack comes from the faces of the other script and then of every
    other role, so that nothing is missing that any face of the build has.
    The choice does not depend on the order in which a folder lists its files.
    """
    search = _Search(issue_folder, bundled_only)
    fill_ins = [search.choose("", "fallback", (name,)) for name in request.fallback]
    roles: dict[str, Role] = {}
    choices: list[FaceChoice] = []
    errors: list[Finding] = []
    for name, wish in request.roles.items():
        chains = {}
        for script, wanted in (("han", wish.han), ("latin", wish.latin or wish.han)):
            choice = search.choose(name, script, wanted)
            choices.append(choice)
            chains[script] = _chain([choice, *search.others(choice), *fill_ins])
            if choice.face is None:
                zh, en = _SCRIPTS[script]
                errors.append(messages.FONT_NOT_FOUND.at(
                    None, role=name, zh=zh, en=en, wanted="、".join(wanted),
                    bundled=search.bundled_families(),
                ))  # fmt: skip
        roles[name] = Role(chains["han"], chains["latin"])
    roles = _filled_in(roles)
    findings = (*search.problems(search.issue), *search.findings)
    return FontBook(
        roles, (*choices, *fill_ins), (*errors, *findings), search.problems(search.system)
    )


def _filled_in(roles: Mapping[str, Role]) -> dict[str, Role]:
    """Each role's chains, extended by all other faces of the build."""
    everything = [face for role in roles.values() for face in (*role.han, *role.latin)]
    return {
        name: Role(
            tuple(dict.fromkeys((*role.han, *role.latin, *everything))),
            tuple(dict.fromkeys((*role.latin, *role.han, *everything))),
        )
        for name, role in roles.items()
    }


def _chain(choices: Sequence[FaceChoice]) -> tuple[Face, ...]:
    return tuple(dict.fromkeys(choice.face for choice in choices if choice.face is not None))
