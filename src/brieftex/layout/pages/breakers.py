"""The page breakers that a theme can choose from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from brieftex.document.styles import PageBreaking
from brieftex.layout.pages.columns import PageColumns
from brieftex.layout.pages.feasible import PagePlan
from brieftex.layout.pages.msword import break_pages_msword
from brieftex.layout.pages.pagebreak import break_pages
from brieftex.units import Sp

BreakPages: TypeAlias = Callable[[PageColumns, Sp], list[PagePlan]]

PAGE_BREAKERS: Final[Mapping[PageBreaking, BreakPages]] = {
    PageBreaking.TOTAL: break_pages,
    PageBreaking.WORD: break_pages_msword,
}
"""What each page holds, of a vertical list and a type area so many Sp high."""
