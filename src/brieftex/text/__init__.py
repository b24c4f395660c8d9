"""Stage 5: faces, character classes, and text as units with widths and gaps."""
