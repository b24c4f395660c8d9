"""出席, 请假 and 列席 of the minutes of a meeting (GB/T 9704-2012 10.3)."""

from __future__ import annotations

from msgspec.structs import replace

from brieftex.compose.builder import Draft
from brieftex.document.paragraphs import TextBlock
from brieftex.styled.builder import TextBuilder


def add_attendance(draft: Draft) -> None:
    """Add the lists below the text, each on lines of its own, turnover lines aligned with the
    first character behind the colon."""
    attendance = draft.issue.attendance
    if attendance is None:
        return
    node, labels = draft.node("Sect"), draft.theme.labels
    style = draft.style("attendance")
    label = replace(draft.style("attendance_label").char, size=style.char.size)
    for key in ("present", "excused", "observers"):
        names = getattr(attendance, key)
        if not names:
            continue
        part, builder = draft.node("P", node), TextBuilder()
        builder.add_words(labels[key], label, part, draft.place(names[0]))
        for index, name in enumerate(names):
            words = labels["people_separator"] if index else ""
            builder.add_words(words, style.char, part, draft.place(name))
            draft.setter().add(builder, name, style.char, part)
        look = replace(style, hang=len(labels[key]) * style.char.size) if style.hang else style
        draft.add(TextBlock(builder.text(), look))
        style = replace(style, space=0)
