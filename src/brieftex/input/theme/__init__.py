"""Themes: how an issue looks, as data."""

from brieftex.input.theme.load import load_theme, marked_with
from brieftex.input.theme.locate import edition_names, theme_names
from brieftex.model.theme import Theme
from brieftex.styled.styles import FontRequest, RoleRequest

__all__ = [
    "FontRequest",
    "RoleRequest",
    "Theme",
    "edition_names",
    "load_theme",
    "marked_with",
    "theme_names",
]
