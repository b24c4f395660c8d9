"""Faces: finding, reading and choosing them, and reporting what they lack."""
