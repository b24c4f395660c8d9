"""Whose copy a scan is: lines of body text moved by a quarter of a point, and read back."""
