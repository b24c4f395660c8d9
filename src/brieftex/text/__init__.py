"""Stage 5: text is classified and becomes units with widths, gaps and breaks."""
