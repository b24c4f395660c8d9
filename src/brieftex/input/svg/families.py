"""Which of the issue's roles plays a family that a file names."""

from __future__ import annotations

# Words in a font's name, and the role that stands for it. The first that is found counts.
_ROLES = (
    ("仿宋", "body"), ("fangsong", "body"), ("楷", "kai"), ("kai", "kai"),
    ("黑", "hei"), ("hei", "hei"), ("sans", "hei"), ("雅", "hei"),
    ("宋", "song"), ("song", "song"), ("simsun", "song"), ("times", "song"), ("serif", "song"),
)  # fmt: skip


def role_of(family: str, *, bold: bool) -> str:
    """The role that a family of a drawing has: body, kai, hei or song."""
    if bold:
        return "hei"
    name = family.lower()
    return next((role for word, role in _ROLES if word in name), "hei")
