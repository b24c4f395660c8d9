"""Any bytes can be verified: findings, never a traceback."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
from helpers.support import ISSUE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brieftex.diagnostics import Finding
from brieftex.pdf.read.verify import verify
from brieftex.pipeline import typeset


@cache
def good(form: str) -> bytes:
    """A small file: as built, with object streams, or encrypted."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "issue.yaml"
        path.write_text(ISSUE, encoding="utf-8")
        pdf = typeset(path, bundled_fonts=True, attach_source=True).pdf
    if form == "built":
        return pdf
    made = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        if form == "packed":
            opened.save(made, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        else:
            opened.save(made, encryption=pikepdf.Encryption(user="", owner="x"))
    return made.getvalue()


WORDS = (
    b"/Kids", b"/Parent", b"/K", b"/Prev 0", b"/Length 99999999", b"obj", b"endobj", b"stream",
    b"<<", b">>", b"[", b"]", b"(", b")", b"<", b"0 R", b"1 0 R", b"2 0 R", b"null", b"-1",
    b"9" * 40, b"xref", b"trailer", b"startxref", b"%%EOF", b"\\", b"#", b"/Type", b"BDC",
    b"/Filter/LZWDecode",
)  # fmt: skip
places = st.floats(0, 1)
changes = st.lists(
    st.one_of(
        st.tuples(st.just("put"), places, st.sampled_from(WORDS)),
        st.tuples(st.just("write over"), places, st.sampled_from(WORDS) | st.binary(max_size=9)),
        st.tuples(st.just("cut"), places, st.integers(1, 400)),
        st.tuples(st.just("end"), places, st.just(b"")),
        st.tuples(st.just("twice"), places, st.integers(1, 4000)),
        st.tuples(st.just("number"), places, st.integers(-1, 400)),
    ),
    min_size=1,
    max_size=6,
)


def changed(data: bytes, change: tuple[str, float, bytes | int]) -> bytes:
    """The bytes after a change."""
    what, place, value = change
    at = int(place * len(data))
    head, tail = data[:at], data[at:]
    if what == "number":  # the next reference leads elsewhere
        before, word, after = tail.partition(b" 0 R")
        return head + before.rstrip(b"0123456789") + str(value).encode() + word + after
    if isinstance(value, int):
        return head + tail[value:] if what == "cut" else head + tail[:value] + tail
    if what == "end":
        return head
    return head + value + (tail if what == "put" else tail[len(value) :])


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(("built", "packed", "encrypted")), changes)
def test_a_changed_file_is_read_or_refused(
    form: str, steps: list[tuple[str, float, bytes | int]]
) -> None:
    """Ensures that no damage, whether by a bad disk or on purpose, gets past the reader as an
    exception of its own, of zlib, of pypdf or of the stack."""
    data = good(form)
    for step in steps:
        data = changed(data, step)
    found = verify(data)
    assert all(isinstance(finding, Finding) for finding in found)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert verify(data)
    assert verify(b"%PDF-1.7\n" + data)


def test_a_file_in_a_circle_ends() -> None:
    """Ensures that loops of pages, tags, bookmarks and forms are no endless loops."""
    for old, new in (
        (b"/Kids", b"/Kids[2 0 R]/X"), (b"/First", b"/Next"), (b"/K[", b"/K[125 0 R "),
        (b"/Prev", b"/Next"), (b"/P ", b"/K "),
    ):  # fmt: skip
        assert isinstance(verify(good("built").replace(old, new)), list)
