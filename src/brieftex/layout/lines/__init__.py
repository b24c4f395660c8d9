"""Stages 5 to 7: breaking paragraphs into lines and setting each line."""
