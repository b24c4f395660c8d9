"""A meeting to begin with: its file, and two papers in the folder 材料, so that it can be collected
as it is."""

from __future__ import annotations

import datetime
from importlib.resources import files

MEETING_KIND = ("meeting", "会议材料", "会议")
"""What editors call it."""

MEETING_SCHEMA_FILE = "brieftex-meeting.schema.json"
"""What the first line of a meeting file names."""

SAMPLE_PAPERS = {"材料/汇报.yaml": "report.yaml", "材料/方案.yaml": "plan.yaml"}
"""The papers by their paths beside the meeting file, and their forms."""


def meeting_form(name: str, date: datetime.date) -> str:
    """A form to fill in, dated ``date``: meeting.yaml, or one of ``SAMPLE_PAPERS``."""
    form = files("brieftex.input.meeting").joinpath("templates", name)
    return form.read_text(encoding="utf-8").replace("{date}", date.isoformat())
