"""Themes: how an issue looks, as data."""

from brieftex.theme.load import edition_names, load_theme, marked_with, theme_files, theme_names
from brieftex.theme.model import Theme
from brieftex.theme.styles import FontRequest, RoleRequest

__all__ = [
    "FontRequest",
    "RoleRequest",
    "Theme",
    "edition_names",
    "load_theme",
    "marked_with",
    "theme_files",
    "theme_names",
]
