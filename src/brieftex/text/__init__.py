"""Stage 5: character classes, and text as units with widths and gaps."""
