"""Styled text and the rules it is set by: what the line engine works on."""
