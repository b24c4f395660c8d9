"""Stages 1 and 2: files become values, with the place of each in its file."""
