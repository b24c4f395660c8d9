"""Stages 5 to 7: where lines end, and how a line is set."""
