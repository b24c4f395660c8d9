"""Stages 6 to 9: lines, the galley, pages, and their dump as text."""
