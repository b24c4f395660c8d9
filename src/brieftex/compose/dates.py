"""Dates in the format of a theme (GB/T 9704-2012 7.3.5.4: 2024年3月20日, no leading zeros)."""

from __future__ import annotations

import datetime


def format_date(form: str, date: datetime.date) -> str:
    """``date`` in a format with ``{year}``, ``{month}`` and ``{day}``, ``{month:02}`` padded."""
    return form.format(year=date.year, month=date.month, day=date.day)
