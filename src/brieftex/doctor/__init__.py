"""Examines what on a machine can keep brieftex from its work, and says what to do about it."""
