"""Themes: how an issue looks, as data."""

from brieftex.theme.load import load_theme, theme_files, theme_names
from brieftex.theme.model import Theme
from brieftex.theme.styles import FontRequest, RoleRequest

__all__ = ["FontRequest", "RoleRequest", "Theme", "load_theme", "theme_files", "theme_names"]
