"""Stage 8, first half: blocks become boxes of the vertical list."""
