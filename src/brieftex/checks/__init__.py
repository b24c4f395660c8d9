"""Stages 3 and 10: what an editor would mark in the text and on the pages."""
